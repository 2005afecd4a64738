/* random_loop.h: loop IR programs that nobody would write.
 *
 * random_fn adds a function (in x, mut y) of statements and expressions drawn
 * by a seed: in[0 .. RANDOM_IN) is read, every element of out[0 .. RANDOM_OUT)
 * may be written, and all of it stays inside the arrays. */
#ifndef ND_RANDOM_LOOP_H
#define ND_RANDOM_LOOP_H

#include "loop/loop.h"

enum { RANDOM_IN = 64, RANDOM_OUT = 64, RANDOM_VARS = 16 };

typedef struct RandomLoop {
    Program *p;
    uint64_t state;
    Var      in, out;
    Var      var[RANDOM_VARS];      /* readable ones, one lane or sixteen              */
    unsigned vars, depth;
} RandomLoop;

static inline unsigned random_below(RandomLoop *r, unsigned n)
{
    r->state = r->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(r->state >> 33) % n;
}

static inline Exp random_real(RandomLoop *r, unsigned lanes, unsigned depth);

/* An integer in 0 .. 15. */
static inline Exp random_int(RandomLoop *r, unsigned depth)
{
    static const Op ops[] = { OP_add, OP_sub, OP_mul, OP_min, OP_max };
    Program *p = r->p;
    if (!depth || !random_below(r, 2)) return x_int(p, random_below(r, 16));
    Exp e = x_op(p, ops[random_below(r, COUNT(ops))], random_int(r, depth - 1), random_int(r, depth - 1), 0);
    return x_op(p, OP_min, x_op(p, OP_max, e, x_int(p, 0), 0), x_int(p, 15), 0);
}

static inline Exp random_mask(RandomLoop *r, unsigned lanes, unsigned depth)
{
    static const Op test[] = { OP_lt, OP_le, OP_gt, OP_ge, OP_eq, OP_ne };
    Program *p = r->p;
    Exp a = x_op(p, test[random_below(r, COUNT(test))], random_real(r, lanes, depth), random_real(r, lanes, depth), 0);
    if (!depth || random_below(r, 3)) return a;
    return random_below(r, 2) ? x_op(p, OP_not, a, 0, 0) : x_op(p, OP_or, a, random_mask(r, lanes, depth - 1), 0);
}

static inline Exp random_real(RandomLoop *r, unsigned lanes, unsigned depth)
{
    static const Op one[] = { OP_neg, OP_abs, OP_floor, OP_exp, OP_tanh }, two[] = { OP_add, OP_sub, OP_mul, OP_div, OP_min, OP_max };
    Program *p = r->p;
    Exp a, b;
    switch (random_below(r, depth ? 9 : 3)) {
    case 0: {
        Exp number = x_real(p, (double)random_below(r, 2000) / 256 - 4);
        return lanes > 1 ? x_splat(p, number) : number;
    }
    case 1: return x_load(p, r->in, x_op(p, OP_mul, random_int(r, depth / 2), x_int(p, 3), 0), lanes);
    case 2:
        for (unsigned i = 0; i < r->vars; i++) {
            Var var = r->var[random_below(r, r->vars)];
            if (p->var.at[var].type.lanes == lanes) return x_var(p, var);
        }
        return x_load(p, r->in, x_int(p, 16), lanes);
    case 3: return x_op(p, one[random_below(r, COUNT(one))], random_real(r, lanes, depth - 1), 0, 0);
    case 4: {
        Exp m = random_mask(r, lanes, depth - 1);
        a = random_real(r, lanes, depth - 1);
        return x_op(p, OP_select, m, a, random_real(r, lanes, depth - 1));
    }
    case 5:
        a = random_real(r, lanes, depth - 1);
        b = random_real(r, lanes, depth - 1);
        return x_fma(p, a, b, random_real(r, lanes, depth - 1));
    case 6:
        if (lanes == 1) return x_tree(p, random_real(r, LANES, depth - 1));
        return random_below(r, 2) ? x_pick(p, random_real(r, LANES, depth - 1), random_below(r, LANES))
                                  : x_splat(p, random_real(r, 1, depth - 1));
    default:
        a = random_real(r, lanes, depth - 1);
        return x_op(p, two[random_below(r, COUNT(two))], a, random_real(r, lanes, depth - 1), 0);
    }
}

static inline void random_statements(RandomLoop *r, unsigned n);

static inline void random_statement(RandomLoop *r)
{
    Program *p = r->p;
    unsigned lanes = random_below(r, 2) ? LANES : 1, kind = random_below(r, r->depth < 3 ? 7 : 4);
    if (kind == 0 || (kind == 1 && !r->vars)) {
        Exp value = random_real(r, lanes, 3);
        if (r->vars < RANDOM_VARS) r->var[r->vars++] = random_below(r, 2) ? s_let(p, "u", value) : s_var(p, "v", value);
    } else if (kind == 1) {
        Var var = r->var[random_below(r, r->vars)];
        if (p->var.at[var].writable) s_set(p, var, random_real(r, p->var.at[var].type.lanes, 2));
    } else if (kind <= 3) {
        Exp at = x_add(p, random_int(r, 1), x_int(p, random_below(r, 33)));
        s_store(p, r->out, at, random_real(r, lanes, 3));
    } else if (kind <= 5) {
        unsigned vars = r->vars;
        s_for(p, "i", x_int(p, random_below(r, 3)), x_int(p, 1 + random_below(r, 4)), x_int(p, 1 + random_below(r, 2)), FOR_ROLL);
        random_statements(r, 3);
        s_end(p);
        r->vars = vars;
    } else {
        unsigned vars = r->vars;
        s_if(p, random_mask(r, 1, 1));
        random_statements(r, 2);
        r->vars = vars;
        if (random_below(r, 2)) {
            s_else(p);
            random_statements(r, 2);
            r->vars = vars;
        }
        s_end(p);
    }
}

static inline void random_statements(RandomLoop *r, unsigned n)
{
    r->depth++;
    for (unsigned i = 0; i < n; i++) random_statement(r);
    r->depth--;
}

/* The function's number in the Program. */
static inline uint32_t random_fn(Program *p, const char *name, uint64_t seed)
{
    RandomLoop r = { .p = p, .state = seed * 2 + 1 };
    for (int i = 0; i < 4; i++) random_below(&r, 2);
    uint32_t fn = fn_begin(p, name, "Drawn by lot.");
    fn_of(p, fn)->outline = true;
    r.in = fn_param_buffer(p, "in", SPACE_CONST, false, false);
    r.out = fn_param_buffer(p, "out", SPACE_SHARED, true, false);
    random_statements(&r, 8);
    fn_end(p);
    return fn;
}

#endif
