/* explain.c: `nodec explain`: what the plan chose, and why.
 *
 * In: fields and models.  Out, per field: which regime serves which batch,
 * the functions of the program with the comment the plan gave them, and the workspace.
 * Per model: its solves, memory, how often threads meet, kernels, and the phases. */
#include "library/library.h"

#include <stdio.h>
#include <string.h>

static const struct { const char *regime, *why; } reasons[] = {
    { "latency", "one trajectory at a time, features in vector lanes, all in registers:\n"
                 "        with few trajectories only the length of the chain of one step counts" },
    { "scalar",  "one trajectory at a time, plain loops: the model has values that do not\n"
                 "        fit the lanes of the latency regime" },
    { "batch",   "blocks of 128 trajectories, one per vector lane: each weight is loaded once\n"
                 "        for 16 of them" },
};

static void add_serving(Text *text, const char *who, const Serving *s, unsigned real_bytes)
{
    const char *why = "";
    for (size_t i = 0; i < COUNT(reasons); i++)
        if (!strcmp(reasons[i].regime, s->regime)) why = reasons[i].why;
    text_printf(text, "    %s: %s\n        %s\n", who, s->regime, why);
    text_printf(text, "        workspace %llu bytes and %llu per block of %u\n",
                (unsigned long long)s->fixed * real_bytes, (unsigned long long)s->per_block * real_bytes, s->width);
}

static void add_functions(Text *text, const Program *p)
{
    text_add(text, "    functions\n");
    for (size_t i = 0; i < p->fn.count; i++) {
        const LFn *fn = p->fn.at[i];
        if (!fn || !fn->name) continue;
        const char *note = fn->note ? fn->note : "";
        text_printf(text, "        %-32s %.*s\n", fn->name, (int)strcspn(note, "\n"), note);
    }
}

static void add_lowered(Text *text, const Lowered *l)
{
    char few[32], many[32];
    unsigned bytes = l->program->real == TYPE_F64 ? 8 : 4;
    snprintf(few, sizeof few, "batch below %u", l->many_from);
    snprintf(many, sizeof many, "batch from %u", l->many_from);
    text_printf(text, "%s, solver %s, gradient %s\n", l->field->instance, l->solver, l->gradient);
    add_serving(text, few, &l->few, bytes);
    add_serving(text, many, &l->many, bytes);
    add_functions(text, l->program);
    text_add(text, "\n");
}

/* ---- models ------------------------------------------------------------------------- */

enum { SAMPLES = 32 };              /* of the batch that examples are given for     */

static double megabytes(uint64_t reals, unsigned real_bytes) { return (double)reals * real_bytes / 1048576; }

static void add_memory(Text *text, const char *what, uint64_t fixed, uint64_t per_sample, unsigned bytes)
{
    text_printf(text, "    %-8s workspace %llu bytes and %llu per sample: %.1f MiB for a batch of %d\n", what,
                (unsigned long long)fixed * bytes, (unsigned long long)per_sample * bytes,
                megabytes(fixed + SAMPLES * per_sample, bytes), SAMPLES);
}

static double trips(const Program *p, const LStm *s)
{
    const LExp *a = &p->exp.at[s->a], *b = &p->exp.at[s->b], *c = &p->exp.at[s->c];
    bool known = a->kind == X_INT && b->kind == X_INT && c->kind == X_INT && c->num > 0;
    return known ? (b->num - a->num + c->num - 1) / c->num : 1;
}

/* How often all threads meet while a block runs; by function, what is known of callees. */
static double meetings(const Program *p, const double *fn, Stm first)
{
    double sum = 0;
    for (Stm at = first; at; at = p->stm.at[at].next) {
        const LStm *s = &p->stm.at[at];
        double times = s->kind == S_FOR ? trips(p, s) : 1;
        sum += times * (meetings(p, fn, s->body) + meetings(p, fn, s->other)) + (s->kind == S_PAR);
        if (s->kind == S_CALL) sum += fn[s->callee];
    }
    return sum;
}

/* Callees come before their callers. */
static double meetings_of(Arena *arena, const Program *p, uint32_t entry)
{
    double *fn = NEW_ARRAY(arena, double, p->fn.count + 1);
    for (uint32_t i = 0; i <= entry && i < p->fn.count; i++) fn[i] = meetings(p, fn, p->fn.at[i]->body);
    return fn[entry];
}

static void add_entry(Text *text, const LoweredModel *l, const char *what, uint32_t entry, uint64_t flops, uint64_t evaluations)
{
    if (entry == NO_ENTRY) return;
    text_printf(text, "    %-8s %.2f million multiply-adds per sample; f %llu times; threads meet %.0f times\n", what,
                (double)flops / 1e6, (unsigned long long)evaluations,
                meetings_of(text->arena, l->program, entry));
}

static void add_model_solves(Text *text, const LoweredModel *l, unsigned bytes)
{
    for (size_t i = 0; i < l->model->solve.count; i++) {
        const ModelSolve *s = &l->model->solve.at[i];
        text_printf(text, "    solve    %s: %u steps, state of %u reals (%.1f kB per sample)\n", s->name, l->steps, s->eval->states,
                    (double)s->eval->states * bytes / 1000);
    }
}

static void add_model_buffers(Text *text, const LoweredModel *l, unsigned bytes)
{
    uint32_t slots = 0;
    for (size_t i = 0; i < l->model->buffer.count; i++) slots = l->buffer[i].slots > slots ? l->buffer[i].slots : slots;
    if (l->buffers)
        text_printf(text, "    buffers  %u reals (%.1f kB), up to %u copies along a solve\n", l->buffers,
                    (double)l->buffers * bytes / 1000, slots);
}

static void add_model(Text *text, const LoweredModel *l, Text *phases)
{
    unsigned bytes = l->program->real == TYPE_F64 ? 8 : 4;
    const Model *m = l->model;
    text_printf(text, "%s, %s, gradient %s\n", m->instance ? m->instance : m->name, l->solver, l->gradient);
    add_model_solves(text, l, bytes);
    add_entry(text, l, "forward", l->forward, l->flops_forward, l->evaluations);
    add_entry(text, l, "train", l->train, l->flops_train, l->evaluations + l->pulls);
    add_memory(text, "forward", l->forward_fixed, l->forward_sample, bytes);
    if (l->train != NO_ENTRY) add_memory(text, "train", l->train_fixed, l->train_sample, bytes);
    add_model_buffers(text, l, bytes);
    add_functions(text, l->program);
    for (const char *at = phases->length ? text_string(phases) : ""; *at; at += strcspn(at, "\n") + 1)
        text_printf(text, "    %.*s\n", (int)strcspn(at, "\n"), at);
    text_add(text, "\n");
}

void explain(Arena *arena, Names *names, Wanted *wanted, Text *text)
{
    if (wanted->experiment && wanted->experiment->name) {
        experiment_print(wanted->experiment, text);
        text_add(text, "\n");
    }
    for (size_t i = 0; i < wanted->count; i++)
        add_lowered(text, lower_field(arena, names, wanted->field[i], &wanted->lower));
    for (size_t i = 0; i < wanted->models; i++) {
        Text phases = { .arena = arena };
        wanted->lower.phases = &phases;
        add_model(text, lower_model(arena, names, wanted->model[i], &wanted->lower), &phases);
    }
}
