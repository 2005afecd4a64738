/* lang.h: a model from text, its functions evaluated by the reference evaluator. */
#ifndef TEST_LANG_H
#define TEST_LANG_H

#include "lang/lang.h"
#include "pass/pass.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

typedef struct Bench { Arena arena; Names names; Diags diags; Unit *unit; } Bench;

static inline const char *bench_messages(Bench *b)
{
    Text text = { .arena = &b->arena };
    diag_render(&b->diags, &text, false);
    return text_string(&text);
}

static inline void bench_open(Bench *b, const char *text)
{
    *b = (Bench){ 0 };
    b->names.arena = b->diags.arena = &b->arena;
    Source *source = NEW(&b->arena, Source);
    *source = (Source){ "test.node", text, strlen(text) };
    b->unit = unit_of_source(&b->arena, &b->names, source, &b->diags);
    cr_assert(b->unit && !b->diags.errors, "%s\n%s", text, bench_messages(b));
    unit_differentiates(b->unit, vjp_into);
}

static inline void bench_close(Bench *b) { arena_free(&b->arena); }

static inline void bench_sound(Bench *b, const Field *f)
{
    const Fn *fns[] = { f->f, f->start, f->observe };
    for (size_t i = 0; i < COUNT(fns); i++) {
        const char *wrong = fns[i] ? ir_verify(fns[i], &b->arena) : NULL;
        cr_assert(!wrong, "%s: %s", fns[i]->name, wrong);
        for (size_t r = 0; fns[i] && r < fns[i]->root.count; r++)
            cr_assert(shape_batched(SHAPE(fns[i], fns[i]->root.at[r].value)));
    }
}

static inline const Field *bench_field(Bench *b, const char *expression)
{
    const Field *f = unit_field(b->unit, expression, TYPE_F64, &b->diags);
    cr_assert(f && !b->diags.errors, "%s\n%s", expression, bench_messages(b));
    bench_sound(b, f);
    return f;
}

/* Deterministic numbers for parameters without given ones: k-th of parameter `name`. */
static inline double bench_number(const char *name, size_t k)
{
    return sin(1.0 + 0.7 * (double)k + (double)(hash_bytes(name, strlen(name), 0) % 97));
}

static inline const double *bench_param(Bench *b, const FieldParam *p)
{
    if (p->init == INIT_TENSOR) return p->tensor;
    double *at = NEW_ARRAY(&b->arena, double, p->count);
    for (uint32_t i = 0; i < p->count; i++) at[i] = bench_number(p->name, i);
    return at;
}

/* Results of `fn` one after another, per sample: [root][batch][count]. `state` holds the
 * packed states of each sample, `input` their inputs (NULL: the defaults).              */
static inline const double *bench_run(Bench *b, const Field *f, const Fn *fn, size_t batch, const double *state,
                                      double t, const double *input)
{
    const double **bind = NEW_ARRAY(&b->arena, const double *, fn->symbol.count + 1);
    for (size_t i = 0; i < fn->symbol.count; i++) {
        const Symbol *s = &fn->symbol.at[i];
        double *at = NEW_ARRAY(&b->arena, double, batch * shape_count(s->shape) + batch);
        bind[i] = at;
        if (s->role == ROLE_TIME)
            for (size_t k = 0; k < batch; k++) at[k] = t;
        for (size_t p = 0; p < f->param.count; p++)
            if (f->param.at[p].name == s->name) bind[i] = bench_param(b, &f->param.at[p]);
        for (size_t k = 0; k < batch; k++) {
            for (size_t p = 0; p < f->state.count; p++)
                if (f->state.at[p].name == s->name && s->role == ROLE_STATE)
                    memcpy(at + k * f->state.at[p].count, state + k * f->states + f->state.at[p].offset,
                           f->state.at[p].count * sizeof *at);
            for (size_t p = 0; p < f->input.count; p++)
                if (f->input.at[p].name == s->name && s->role == ROLE_INPUT)
                    memcpy(at + k * f->input.at[p].count,
                           input ? input + k * f->inputs + f->input.at[p].offset : f->input.at[p].tensor,
                           f->input.at[p].count * sizeof *at);
        }
    }
    Eval run = ir_eval(&b->arena, fn, batch, bind);
    VEC(double) out = { 0 };
    for (size_t r = 0; r < fn->root.count; r++)
        for (size_t i = 0; i < batch * shape_count(SHAPE(fn, fn->root.at[r].value)); i++)
            VEC_PUSH(&b->arena, out) = run.value[fn->root.at[r].value][i];
    return out.at;
}

static inline void expect_near(const double *got, const double *want, size_t n, const char *what)
{
    for (size_t i = 0; i < n; i++)
        cr_expect(fabs(got[i] - want[i]) <= 1e-12 * (1 + fabs(want[i])), "%s: number %zu is %.17g, not %.17g",
                  what, i, got[i], want[i]);
}

/* How many nodes of the op the results need. */
static inline size_t bench_count(const Fn *fn, Op op)
{
    size_t n = 0;
    for (size_t i = 1; i < fn->node.count; i++) n += fn->node.at[i].op == op;
    return n;
}

#endif
