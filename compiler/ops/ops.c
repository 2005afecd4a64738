/* ops.c: what ops.def says, as tables and as functions on numbers. */
#include "ops/ops.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the table ---------------------------------------------------------------- */

static const OpInfo table[OP_COUNT] = {
    [OP_NONE]     = {"none",     OP_KIND_TENSOR, 0, NULL, {NULL}},
    [OP_LEAF]     = {"leaf",     OP_KIND_TENSOR, 0, NULL, {NULL}},
    [OP_CONST]    = {"const",    OP_KIND_TENSOR, 0, NULL, {NULL}},
    [OP_CON]      = {"con",      OP_KIND_TENSOR, 0, NULL, {NULL}},
    [OP_PEAK_MAX] = {"peak_max", OP_KIND_TENSOR, 1, NULL, {NULL}},
    [OP_PEAK_MIN] = {"peak_min", OP_KIND_TENSOR, 1, NULL, {NULL}},
    [OP_TAKE]     = {"take",     OP_KIND_TENSOR, 2, NULL, {NULL}},
    [OP_PUT]      = {"put",      OP_KIND_TENSOR, 2, NULL, {NULL}},
#define ROW(name, kind, narg, value, ...) \
    [OP_##name] = {#name, OP_KIND_##kind, narg, value, {__VA_ARGS__}},
#define PRIM1(name, value, da)          ROW(name, PRIM, 1, #value, #da)
#define PRIM2(name, value, da, db)      ROW(name, PRIM, 2, #value, #da, #db)
#define PRIM3(name, value, da, db, dc)  ROW(name, PRIM, 3, #value, #da, #db, #dc)
#define BITS1(name, value)              ROW(name, BITS, 1, #value, NULL)
#define BITS2(name, value)              ROW(name, BITS, 2, #value, NULL)
#define MATH1(name, da)                 ROW(name, MATH, 1, NULL, #da)
#define MATH2(name, da, db)             ROW(name, MATH, 2, NULL, #da, #db)
#define MACRO1(name, value, da)         ROW(name, MACRO, 1, #value, #da)
#define MACRO2(name, value, da, db)     ROW(name, MACRO, 2, #value, #da, #db)
#define TEST2(name, value)              ROW(name, TEST, 2, #value, NULL)
#define LOGIC1(name, value)             ROW(name, LOGIC, 1, #value, NULL)
#define LOGIC2(name, value)             ROW(name, LOGIC, 2, #value, NULL)
#define CHOOSE(name)                    ROW(name, CHOOSE, 3, NULL, NULL)
#include "ops/ops.def"
};

const OpInfo *op_info(Op op)
{
    return &table[op];
}

Op op_by_name(const char *name)
{
    for (unsigned op = OP_CONST; op < OP_COUNT; op++)
        if (strcmp(table[op].name, name) == 0)
            return (Op)op;
    return OP_NONE;
}

/* ---- scalars of both types ------------------------------------------------------ */

#define real        float
#define bits        uint32_t
#define signed_bits int32_t
#define NAME(x)     x##_f32
#define FMA         fmaf
#define ABS         fabsf
#define SQRT        sqrtf
#define FLOOR       floorf
#define RINT        rintf
#define COPYSIGN    copysignf
#define MANTISSA    23
#define ROOT_HALF   UINT32_C(0x3f3504f3)
#include "ops/scalar.h"

#define real        double
#define bits        uint64_t
#define signed_bits int64_t
#define NAME(x)     x##_f64
#define FMA         fma
#define ABS         fabs
#define SQRT        sqrt
#define FLOOR       floor
#define RINT        rint
#define COPYSIGN    copysign
#define MANTISSA    52
#define ROOT_HALF   UINT64_C(0x3fe6a09e667f3bcd)
#include "ops/scalar.h"

/* ---- values ---------------------------------------------------------------------- */

static double run(OpValues *v, const Cell *p, Type type, const double argument[3])
{
    double small[64], *value = small;
    size_t room = CELL_INPUTS + p->count;
    if (room > COUNT(small))
        value = NEW_ARRAY(v->arena, double, room);
    memcpy(value, argument, 3 * sizeof *value);
    value[IN_Y] = value[IN_G] = 0;
    for (size_t i = 0; i < p->count; i++) {
        const CellStep *s = &p->step[i];
        const double x[3] = {value[s->arg[0]], value[s->arg[1]], value[s->arg[2]]};
        value[CELL_INPUTS + i] = s->op != OP_CONST ? op_value(v, (Op)s->op, type, x)
                                  : type == TYPE_F32  ? (float)s->number
                                                      : s->number;
    }
    return value[p->result];
}

double op_value(OpValues *v, Op op, Type type, const double argument[3])
{
    const OpInfo *info = op_info(op);
    if (info->kind != OP_KIND_MATH && info->kind != OP_KIND_MACRO)
        return type == TYPE_F32 ? value_f32(op, argument) : value_f64(op, argument);

    bool single = type == TYPE_F32;
    const double x[3] = {single ? (float)argument[0] : argument[0],
                         single ? (float)argument[1] : argument[1],
                         single ? (float)argument[2] : argument[2]};
    const Cell **p = &v->program[op][single];
    if (*p == NULL)
        *p = info->kind == OP_KIND_MATH ? math_program(v->arena, op, type)
                                        : cell_parse(v->arena, info->value);
    return run(v, *p, type, x);
}
