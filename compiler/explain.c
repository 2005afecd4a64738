/* explain.c: `nodec explain`: what the plan chose, and why.
 *
 * In: a model and perhaps a name.  Out, per field: which regime serves which
 * batch, the functions of the program with the comment the plan gave them, and
 * the workspace. */
#include "command.h"

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

static void add_lowered(Text *text, const Lowered *l)
{
    char few[32], many[32];
    unsigned bytes = l->program->real == TYPE_F64 ? 8 : 4;
    snprintf(few, sizeof few, "batch below %u", l->many_from);
    snprintf(many, sizeof many, "batch from %u", l->many_from);
    text_printf(text, "%s, solver %s, gradient %s\n", l->field->instance, l->solver, l->gradient);
    add_serving(text, few, &l->few, bytes);
    add_serving(text, many, &l->many, bytes);
    text_add(text, "    functions\n");
    for (size_t i = 0; i < l->program->fn.count; i++) {
        const LFn *fn = l->program->fn.at[i];
        if (!fn || !fn->name) continue;
        const char *note = fn->note ? fn->note : "";
        text_printf(text, "        %-32s %.*s\n", fn->name, (int)strcspn(note, "\n"), note);
    }
    text_add(text, "\n");
}

int command_explain(const Options *o)
{
    Diags diags = { .arena = o->arena };
    Unit *unit = NULL;
    Wanted wanted = { 0 };
    int status = open_model(o, &diags, &unit);
    if (status) return diags.errors ? report(o, &diags) : status;
    if ((status = wanted_of(o, unit, &diags, &wanted))) return status;

    Text text = { .arena = o->arena };
    if (wanted.experiment && wanted.experiment->name) {
        experiment_print(wanted.experiment, &text);
        text_add(&text, "\n");
    }
    for (size_t i = 0; i < wanted.count; i++)
        add_lowered(&text, lower_field(o->arena, o->names, wanted.field[i], &wanted.lower));
    fputs(text_string(&text), stdout);
    return NODEC_EXIT_OK;
}
