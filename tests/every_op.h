/* every_op.h: a Program with every op with one lane and with sixteen, and every kind of
 * expression and statement, as the f of a field; and numbers to try it on.             */
#ifndef ND_TEST_EVERY_OP_H
#define ND_TEST_EVERY_OP_H

#include "back/back.h"

#include <math.h>
#include <string.h>

enum { CHUNKS = 12, N = CHUNKS * LANES };

typedef struct Sample {             /* a Lowered whose f is the Program's function      */
    Arena    arena;
    Names    names;
    Field    field;
    Lowered  lowered;
    uint32_t out;                   /* reals that f writes                              */
} Sample;

static inline Entries no_entries(void)
{
    Entries e;
    memset(&e, 0xff, sizeof e);
    return e;
}

static inline void sample_serve(Sample *s, uint32_t f)
{
    s->field.name = name_of(&s->names, "Ops");
    s->field.states = N;
    VEC_PUSH(&s->arena, s->field.state) = (FieldState){ .name = name_of(&s->names, "x"), .count = N, .given = true };
    s->lowered.field = &s->field;
    s->lowered.solver = s->lowered.gradient = "none";
    s->lowered.max_steps = 1;
    s->lowered.few = (Serving){ .regime = "test", .entry = no_entries(), .width = 1 };
    s->lowered.few.entry.f = f;
    s->lowered.many = s->lowered.few;
    s->lowered.loss = s->lowered.update = s->lowered.norm = NO_ENTRY;
}

/* ---- the program ------------------------------------------------------------------- */

typedef struct Params { Var x, theta, dx; } Params;

static inline Params f_begin(Program *p, const char *name, uint32_t *fn)
{
    Params v;
    *fn = fn_begin(p, name, "Everything there is, one after the other.");
    fn_of(p, *fn)->entry = true;
    fn_param(p, "batch", L_INT);
    fn_param_buffer(p, "t", SPACE_CONST, false, false);
    fn_param(p, "t_stride", L_INT);
    v.x = fn_param_buffer(p, "x", SPACE_CONST, false, false);
    v.theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false);
    v.dx = fn_param_buffer(p, "dx", SPACE_SHARED, true, false);
    return v;
}

static inline Exp as_real(Program *p, Exp value)
{
    bool mask = x_type(p, value).kind == L_MASK;
    return mask ? x_op(p, OP_select, value, x_real(p, 1), x_real(p, 2)) : value;
}

static inline Exp op_of(Program *p, Op op, const Exp arg[3])
{
    const OpInfo *info = op_info(op);
    Exp in[3] = { arg[0], info->narg > 1 ? arg[1] : 0, info->narg > 2 ? arg[2] : 0 };
    if (info->kind == OP_KIND_CHOOSE) in[0] = x_op(p, OP_lt, arg[0], arg[1], 0);
    for (unsigned k = 0; info->kind == OP_KIND_LOGIC && k < info->narg; k++)
        in[k] = x_op(p, k ? OP_ge : OP_lt, arg[k], arg[2], 0);
    return as_real(p, x_op(p, op, in[0], in[1], in[2]));
}

/* A function for each op of ops.def, on the first 3N elements of x, with so many lanes. */
typedef struct OpFns { uint32_t fn[OP_COUNT]; } OpFns;

static inline bool has_op(unsigned op) { return op_info((Op)op)->kind != OP_KIND_MACRO; }

static inline OpFns op_functions(Program *p, unsigned lanes)
{
    OpFns fns;
    for (unsigned op = OP_FIRST_MAP; op < OP_COUNT; op++) {
        if (!has_op(op)) continue;
        const char *name = op_info((Op)op)->name;
        fns.fn[op] = fn_begin(p, arena_printf(p->arena, "Ops.%s%u", name, lanes), arena_printf(p->arena, "%s of everything.", name));
        fn_of(p, fns.fn[op])->outline = true;
        Var x = fn_param_buffer(p, "x", SPACE_CONST, false, false);
        Var y = fn_param_buffer(p, "y", SPACE_SHARED, true, false);
        Var i = s_for(p, "i", x_int(p, 0), x_int(p, N), x_int(p, lanes), FOR_ROLL);
        Exp arg[3];
        for (unsigned k = 0; k < 3; k++) arg[k] = x_load(p, x, x_add(p, x_var(p, i), x_int(p, k * N)), lanes);
        s_store(p, y, x_var(p, i), op_of(p, (Op)op, arg));
        s_end(p);
        fn_end(p);
    }
    return fns;
}

static inline void call_ops(Program *p, Params v, const OpFns *fns, uint32_t *out)
{
    for (unsigned op = OP_FIRST_MAP; op < OP_COUNT; op++) {
        if (!has_op(op)) continue;
        Var y = s_view(p, "y", v.dx, x_int(p, *out));
        s_call(p, fns->fn[op], (Exp[]){ x_var(p, v.x), x_var(p, y) }, 2);
        *out += N;
    }
}

static inline void put(Program *p, Params v, Exp value, uint32_t *out)
{
    s_store(p, v.dx, x_int(p, *out), value);
    *out += x_type(p, value).lanes;
}

/* Lanes, integers, buffers, control: what is not an op. */
static inline void all_shapes(Program *p, Params v, uint32_t *out)
{
    Exp zero = x_int(p, 0), a = x_load(p, v.theta, zero, LANES), b = x_load(p, v.theta, x_int(p, LANES), LANES);
    for (unsigned l = 0; l < LANES; l++) put(p, v, x_pick(p, a, l), out);
    put(p, v, x_tree(p, a), out);
    put(p, v, x_tree(p, x_mul(p, a, b)), out);
    put(p, v, x_lane(p), out);
    put(p, v, x_splat(p, x_load(p, v.theta, x_int(p, 3), 1)), out);
    put(p, v, x_gather(p, v.theta, x_int(p, 1), x_int(p, 3), x_int(p, 5)), out);
    put(p, v, x_gather(p, v.theta, x_int(p, 1), x_int(p, 2), x_int(p, LANES)), out);
    for (unsigned k = 0; k < 2; k++) {
        Exp mask = x_op(p, OP_lt, a, x_real(p, k ? -1e30 : 1e30), 0);
        put(p, v, x_convert(p, x_any(p, mask), L_REAL), out);
    }

    Exp n = x_convert(p, x_load(p, v.theta, x_int(p, 2 * LANES), 1), L_INT);    /* 7, but who knows */
    Exp three = x_int(p, 3);
    const Op ints[] = { OP_add, OP_sub, OP_mul, OP_div, OP_mod, OP_min, OP_max };
    for (size_t k = 0; k < COUNT(ints); k++) put(p, v, x_convert(p, x_op(p, ints[k], n, three, 0), L_REAL), out);
    put(p, v, x_convert(p, x_op(p, OP_select, x_op(p, OP_gt, n, three, 0), x_op(p, OP_neg, n, 0, 0), three), L_REAL), out);
    put(p, v, x_convert(p, x_sub(p, x_sub(p, n, three), x_sub(p, three, n)), L_REAL), out);
    put(p, v, x_convert(p, x_mul(p, x_add(p, n, three), x_sub(p, n, three)), L_REAL), out);
    put(p, v, x_op(p, OP_sub, x_load(p, v.theta, n, 1), x_op(p, OP_neg, x_load(p, v.theta, three, 1), 0, 0), 0), out);

    Var room = s_local(p, "room", 64);
    Var i = s_for(p, "i", zero, x_int(p, 4), x_int(p, 1), FOR_ROLL);
    s_scatter(p, room, x_var(p, i), x_int(p, 4), x_int(p, LANES), x_add(p, a, x_convert(p, x_var(p, i), L_REAL)));
    s_end(p);
    Var sum = s_var(p, "sum", x_splat(p, x_real(p, 0)));
    i = s_for(p, "i", zero, x_int(p, 64), x_int(p, LANES), 0);
    s_set(p, sum, x_fma(p, x_load(p, room, x_var(p, i), LANES), b, x_var(p, sum)));
    s_end(p);
    put(p, v, x_var(p, sum), out);

    Var view = s_view(p, "rest", v.theta, x_int(p, 5));
    put(p, v, x_load(p, view, x_int(p, 2), LANES), out);
    Var best = s_var(p, "double", x_real(p, -1));           /* a word that C keeps for itself */
    s_if(p, x_op(p, OP_lt, x_load(p, v.theta, zero, 1), x_load(p, v.theta, x_int(p, 1), 1), 0));
    s_set(p, best, x_load(p, v.theta, zero, 1));
    s_else(p);
    s_set(p, best, x_load(p, v.theta, x_int(p, 1), 1));
    s_end(p);
    put(p, v, x_var(p, best), out);

    Var unused = s_let(p, "unused", x_add(p, a, b));
    (void)unused;
}

static inline void sample_ops(Sample *s, Type real)
{
    memset(s, 0, sizeof *s);
    s->names.arena = &s->arena;
    Program *p = s->lowered.program = program_new(&s->arena, &s->names, real);
    uint32_t helper = fn_begin(p, "Ops.share", "One share of a parallel loop.");
    Var theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false);
    Var to = fn_param_buffer(p, "to", SPACE_SHARED, true, true);
    Var k = fn_param(p, "k", L_INT), scale = fn_param(p, "scale", L_REAL);
    fn_of(p, helper)->outline = true;
    s_if(p, x_op(p, OP_eq, x_null(p, to), x_int(p, 0), 0));
    s_store(p, to, x_var(p, k), x_mul(p, x_load(p, theta, x_var(p, k), 1), x_var(p, scale)));
    s_end(p);
    fn_end(p);

    OpFns wide = op_functions(p, LANES), narrow = op_functions(p, 1);
    uint32_t f;
    Params v = f_begin(p, "Ops.f", &f);
    call_ops(p, v, &wide, &s->out);
    call_ops(p, v, &narrow, &s->out);
    all_shapes(p, v, &s->out);
    Var views = s_view(p, "to", v.dx, x_int(p, s->out));
    Var i = s_par(p, "k", x_int(p, 5), AXIS_BLOCK);
    s_call(p, helper, (Exp[]){ x_var(p, v.theta), x_var(p, views), x_var(p, i), x_real(p, 0.5) }, 4);
    s_end(p);
    s->out += 5;
    s_return(p, x_int(p, 0));
    fn_end(p);
    sample_serve(s, f);
}

/* ---- numbers to try ------------------------------------------------------------------ */

static const double hard[] = { 0.0, -0.0, 1, -1, 0.5, -0.5, 2, 1e-30, -1e-30, 1e30, -1e30, 88.5, -87.5, -104, 709.5, -745,
                               INFINITY, -INFINITY, NAN, 1e-40, -1e-40, 1e-310, 3, 1.5, 2.5, -2.5, 8388609, 1e16, 0.1, 12582912 };

static inline double number(uint64_t *state, size_t i)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    double unit = (double)(*state >> 11) / 9007199254740992.0;
    size_t kind = i % 3;
    return i < COUNT(hard) ? hard[i] : kind == 0 ? 20 * unit - 10 : kind == 1 ? 2 * unit - 1 : ldexp(unit - 0.5, (int)(i % 60) - 30);
}

static inline void *reals(Arena *arena, Type real, size_t count) { return arena_alloc(arena, count * (real == TYPE_F32 ? 4 : 8)); }

static inline void set(void *to, Type real, size_t i, double value)
{
    if (real == TYPE_F32) ((float *)to)[i] = (float)value;
    else ((double *)to)[i] = value;
}

static inline double get(const void *from, Type real, size_t i)
{
    return real == TYPE_F32 ? (double)((const float *)from)[i] : ((const double *)from)[i];
}

/* Equal to the bit; any NaN is like any other. */
static inline bool same(double a, double b) { return (isnan(a) && isnan(b)) || !memcmp(&a, &b, sizeof a); }

/* x[3N] and theta[N], with what is hard in them. */
static inline void sample_fill(Type real, void *x, void *theta)
{
    uint64_t state = 1;
    for (size_t i = 0; i < 3 * N; i++) set(x, real, i, number(&state, i % N + (i / N ? 5 * (i / N) + i % 7 : 0)));
    for (size_t i = 5; i < 9; i++) {            /* a*b + c: all but in the middle between two floats, or too small for one */
        set(x, real, i, i < 8 ? 1 + 0x1p-12 : 0x1p-70);
        set(x, real, N + i, i < 8 ? 1 + 0x1p-12 : 0x1.8p-60);
        set(x, real, 2 * N + i, i == 5 ? 0x1p-60 : i == 6 ? -0x1p-60 : i == 7 ? 0 : 0x1p-149);
    }
    for (size_t i = 0; i < N; i++) set(theta, real, i, number(&state, i + COUNT(hard)));
    set(theta, real, 2 * LANES, 7);
}

#endif
