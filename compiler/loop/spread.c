/* spread.c: long loops become parallel ones.
 *
 * In: a Program. Out: the same, in which a long loop whose iterations may be done in any
 * order (FOR_ANY) is PIECES of it, for the host's threads: weights are packed, sums of
 * blocks combined, gradients put in order. Only where nothing is parallel already, and
 * not in entries, whose callers may have lent no threads. Functions made here come last;
 * loop_share puts them in front of their callers.                                    */
#include "loop/nest.h"
#include "loop/share.h"

enum { PIECES = 8, LONG = 1 << 12 };            /* LONG: statements done, about      */

typedef struct Spread {
    Arena    scratch;
    Program *p;
    bool    *inside;                /* [fn]: called in a parallel loop               */
    VEC(Nest) nest;
    uint32_t made;
} Spread;

/* ---- which loops ---------------------------------------------------------------------------- */

static bool is_known(const Program *p, const LStm *loop)
{
    return p->exp.at[loop->a].kind == X_INT && p->exp.at[loop->b].kind == X_INT && p->exp.at[loop->c].kind == X_INT;
}

static double rounds(const Program *p, const LStm *loop)
{
    enum { SOME = 4 };              /* of a loop nobody knows                        */
    if (!is_known(p, loop)) return SOME;
    return (p->exp.at[loop->b].num - p->exp.at[loop->a].num) / p->exp.at[loop->c].num;
}

static double work(const Program *p, Stm first)
{
    double sum = 0;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        sum += 1 + (at->kind == S_FOR ? rounds(p, at) : 1) * (work(p, at->body) + work(p, at->other));
    }
    return sum;
}

static bool is_long(const Program *p, const LStm *s)
{
    return s->kind == S_FOR && s->flags & FOR_ANY && is_known(p, s) && p->exp.at[s->a].num == 0
        && rounds(p, s) >= PIECES && rounds(p, s) * work(p, s->body) >= LONG;
}

static void find_inside(Spread *s, Stm first, bool inside)
{
    for (Stm at = first; at; at = s->p->stm.at[at].next) {
        const LStm *stm = &s->p->stm.at[at];
        bool here = inside || stm->kind == S_PAR;
        if (stm->kind == S_CALL && here && !s->inside[stm->callee]) {
            s->inside[stm->callee] = true;
            find_inside(s, fn_of(s->p, stm->callee)->body, true);
        }
        find_inside(s, stm->body, here);
        find_inside(s, stm->other, here);
    }
}

static void find_long(Spread *s, uint32_t fn)
{
    for (Stm at = fn_of(s->p, fn)->body; at; at = s->p->stm.at[at].next)
        if (is_long(s->p, &s->p->stm.at[at])) VEC_PUSH(&s->scratch, s->nest) = (Nest){ .loop = at, .fn = fn };
}

/* ---- pieces ------------------------------------------------------------------------------------ */

/* The parameter that stands for a value, new or known. */
static Exp param_for(Spread *s, const Nest *nest, size_t hole, Exp *param)
{
    Program *p = s->p;
    const LExp *x = &p->exp.at[nest->hole.at[hole].value];
    for (size_t i = 0; i < hole; i++)
        if (param[i] && nest->hole.at[i].value == nest->hole.at[hole].value) return param[i];
    const char *name = x->kind == X_VAR ? p->var.at[x->var].name : "at";
    if (x->type.kind != L_BUFFER) return x_var(p, fn_param(p, name, (LKind)x->type.kind));
    const LVar *var = &p->var.at[x->var];
    return x_var(p, fn_param_buffer(p, name, (Space)var->space, var->writable, var->optional));
}

static uint32_t build(Spread *s, Nests *nests, const Nest *nest, Exp *param)
{
    Program *p = s->p;
    const LStm loop = p->stm.at[nest->loop];
    int64_t step = (int64_t)p->exp.at[loop.c].num, to = (int64_t)p->exp.at[loop.b].num;
    int64_t each = ((to + step - 1) / step + PIECES - 1) / PIECES * step;
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s_piece%u", fn_of(p, nest->fn)->name, ++s->made), "A piece of a long loop.");
    Exp *value = NEW_ARRAY(&s->scratch, Exp, nest->hole.count + 1);
    Exp piece = x_var(p, fn_param(p, "piece", L_INT));
    p->at = 0;                      /* it is its caller's */
    value[HOLE_FROM] = x_mul(p, piece, x_int(p, each));
    value[HOLE_TO] = x_op(p, OP_min, x_add(p, value[HOLE_FROM], x_int(p, each)), x_int(p, to), 0);
    for (size_t i = HOLE_TO + 1; i < nest->hole.count; i++) {
        bool known = p->exp.at[nest->hole.at[i].value].kind == X_INT;
        value[i] = known ? nest->hole.at[i].value : (param[i] = param_for(s, nest, i, param));
    }
    nest_write(nests, nest, value);
    fn_end(p);
    fn_of(p, fn)->outline = true;
    return fn;
}

/* par piece in 0 .. PIECES { fn(piece, ...) } */
static void replace(Spread *s, const Nest *nest, uint32_t fn, const Exp *param)
{
    Program *p = s->p;
    LStm par = p->stm.at[nest->loop];
    LStm call = { .kind = S_CALL, .callee = fn, .args = (uint32_t)p->arg.count, .origin = par.origin };
    VEC_PUSH(p->arena, p->arg) = x_var(p, par.var);
    for (size_t i = HOLE_TO + 1; i < nest->hole.count; i++) {
        bool again = !param[i];
        for (size_t k = 0; k < i; k++) again |= param[k] && param[k] == param[i];
        if (!again) VEC_PUSH(p->arena, p->arg) = nest->hole.at[i].value;
    }
    call.nargs = (uint32_t)p->arg.count - call.args;
    par = (LStm){ .kind = S_PAR, .role = AXIS_ROW, .a = x_int(p, 0), .b = x_int(p, PIECES), .c = x_int(p, 1), .var = par.var,
                  .next = par.next, .origin = par.origin, .body = (Stm)p->stm.count };
    VEC_PUSH(p->arena, p->stm) = call;
    p->stm.at[nest->loop] = par;
}

void loop_spread(Program *p)
{
    Spread s = { .p = p, .scratch = { .heap = p->arena->heap } };
    s.inside = NEW_ARRAY(&s.scratch, bool, p->fn.count + 1);
    Nests *nests = nests_new(&s.scratch, p);
    for (uint32_t i = 0; i < p->fn.count; i++) find_inside(&s, fn_of(p, i)->body, false);
    for (uint32_t i = 0; i < p->fn.count; i++)
        if (!s.inside[i] && !fn_of(p, i)->entry && !fn_of(p, i)->apart) find_long(&s, i);
    for (size_t i = 0; i < s.nest.count; i++) {
        Nest *nest = &s.nest.at[i];
        nest_read(nests, nest);
        if (!nest->whole) continue;
        Exp *param = NEW_ARRAY(&s.scratch, Exp, nest->hole.count + 1);
        uint32_t fn = build(&s, nests, nest, param);
        replace(&s, nest, fn, param);
    }
    arena_free(&s.scratch);
}
