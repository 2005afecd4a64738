/* fields.h: the reference models built by hand as tensor IR, and the reference
 * numbers: float64 results of the same models in PyTorch (tests/reference).     */
#ifndef FIELDS_H
#define FIELDS_H

#include "fault.h"
#include "ir/ir.h"
#include "safetensors.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- building -------------------------------------------------------------------------- */

#define RANK0 ((Shape){0})
#define DIMS(...) ((Shape){.rank = COUNT(((uint32_t[]){__VA_ARGS__})), .dim = {__VA_ARGS__}})

static inline Aff index_of(unsigned axis)
{
    return (Aff){.n = 1, .k = {1}, .ax = {(uint8_t)axis}};
}

/* x[B i] * w[o i], no bias */
static inline Ref product(Fn *f, Ref x, Ref w)
{
    Shape in = SHAPE(f, x), weight = SHAPE(f, w);
    Con c = {.naxis = 3, .nopd = 2, .extent = {in.dim[0], weight.dim[0], weight.dim[1]},
             .out = {index_of(0), index_of(1)},
             .in = {{index_of(0), index_of(2)}, {index_of(1), index_of(2)}}};
    return ir_con(f, &c, DIMS(in.dim[0], weight.dim[0]), (Ref[]){x, w});
}

static inline Ref param(Fn *f, const char *name, Shape shape)
{
    return ir_leaf(f, ROLE_PARAM, name, f->real, shape);
}

static inline Ref linear(Fn *f, const char *name, Ref x, unsigned out)
{
    char path[32];
    snprintf(path, sizeof path, "%s.weight", name);
    Ref w = param(f, path, DIMS(out, SHAPE(f, x).dim[1]));
    snprintf(path, sizeof path, "%s.bias", name);
    return ir_add(f, product(f, x, w), param(f, path, DIMS(out)));
}

static inline Ref elu(Fn *f, Ref x)
{
    return ir_map(f, OP_elu, x, 0, 0);
}

static inline Ref mlp(Fn *f, Ref x, Ref t)
{
    if (t) {
        Ref parts[] = {x, ir_expand(f, t, DIMS(BATCH, 1))};
        x = ir_concat(f, parts, 2, 1);
    }
    return linear(f, "lin3", elu(f, linear(f, "lin2", elu(f, linear(f, "lin1", x, 16)), 16)), 2);
}

static inline Ref two_wells(Fn *f, Ref x)
{
    Ref centre = param(f, "x0", DIMS(2)), a = param(f, "A.weight", DIMS(2, 2)), b = param(f, "B.weight", DIMS(2, 2));
    Ref side = ir_sum(f, ir_mul(f, x, centre), 2);
    Ref left = ir_map(f, OP_sigmoid, side, 0, 0);
    Ref right = ir_map(f, OP_sigmoid, ir_map(f, OP_neg, side, 0, 0), 0, 0);
    return ir_add(f, ir_mul(f, left, product(f, ir_sub(f, x, centre), a)),
                  ir_mul(f, right, product(f, ir_add(f, x, centre), b)));
}

/* name: linear, twowell, mlp or mlp_time */
static inline Fn *reference_field(Arena *arena, Names *names, const char *name, Type real)
{
    Fn *f = fn_new(arena, names, name, real);
    Ref x = ir_leaf(f, ROLE_STATE, "x", real, DIMS(BATCH, 2)), t = ir_leaf(f, ROLE_TIME, "t", real, DIMS(BATCH)), dx;
    if (strcmp(name, "linear") == 0)
        dx = product(f, x, param(f, "lin.weight", DIMS(2, 2)));
    else if (strcmp(name, "twowell") == 0)
        dx = two_wells(f, x);
    else
        dx = mlp(f, x, strcmp(name, "mlp_time") == 0 ? t : 0);
    ir_root(f, ROOT_RESULT, "dx", dx);
    return f;
}

/* ---- running ---------------------------------------------------------------------------- */

typedef struct Bound { const char *name; const double *value; } Bound;

/* Leaves by name; a leaf without a line is zero. */
static inline Eval run_fn(Arena *arena, const Fn *f, size_t batch, const Bound *bound, size_t count)
{
    const double **bind = NEW_ARRAY(arena, const double *, f->symbol.count);
    for (size_t i = 0; i < f->symbol.count; i++)
        for (size_t k = 0; k < count; k++)
            if (strcmp(f->symbol.at[i].name, bound[k].name) == 0)
                bind[i] = bound[k].value;
    return ir_eval(arena, f, batch, bind);
}

static inline const double *root_of(const Eval *e, RootKind kind, const char *name)
{
    for (size_t i = 0; i < e->fn->root.count; i++)
        if (e->fn->root.at[i].kind == kind && strcmp(e->fn->root.at[i].name, name) == 0)
            return e->value[e->fn->root.at[i].value];
    cr_assert(false, "%s has no root %s", e->fn->name, name);
    abort();
}

static inline void assert_near(const double *got, const double *wanted, size_t n, double relative, const char *what)
{
    double scale = 0;
    for (size_t i = 0; i < n; i++)
        scale = fmax(scale, fabs(wanted[i]));
    for (size_t i = 0; i < n; i++)
        cr_assert(fabs(got[i] - wanted[i]) <= relative * fmax(scale, 1e-3), "%s[%zu]: %.17g, not %.17g", what, i, got[i], wanted[i]);
}

/* ---- reference files ---------------------------------------------------------------------- */

static inline const double *reference(Arena *arena, const char *file, const char *tensor_name, size_t *count)
{
    safetensors s;
    nodec_fault fault = {0};
    const char *path = arena_printf(arena, "tests/reference/%s.safetensors", file);
    cr_assert(safetensors_open(&s, path, &fault) == 0, "cannot read %s", path);
    const tensor *t = safetensors_find(&s, tensor_name);
    cr_assert(t != NULL, "%s has no %s", path, tensor_name);
    double *value = NEW_ARRAY(arena, double, t->count);
    cr_assert(safetensors_read(&s, t, sizeof *value, value, &fault) == 0);
    if (count)
        *count = t->count;
    safetensors_close(&s);
    return value;
}

#endif
