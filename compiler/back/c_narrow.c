/* c_narrow.c: loops over vectors whose lanes never meet.
 *
 * In: a loop that counts in steps of LANES. Out: whether it does the same when it counts
 * in steps of a register instead: every vector in it is loaded or stored where the
 * loop stands, or made of such ones lane by lane, and nothing else depends on where
 * it stands. Then it is printed with registers (p_add), else with LANES (v_add); a
 * compiler has less to do, and a machine without vectors no calls.                 */
#include "back/c_print.h"

typedef struct Narrow {
    const Printer *pr;
    const Program *p;
    uint8_t *moves;                 /* by variable: UNKNOWN; else 1 + how far it goes with the loop */
    VEC(Var) known;                 /* which are not UNKNOWN                        */
    bool     fits;
} Narrow;

enum { UNKNOWN, STAYS, GOES };      /* of variables declared inside; else UNKNOWN stays, too */

static void fail(Narrow *n) { n->fits = false; }

static unsigned moves(const Narrow *n, Var var) { return n->moves[var] == GOES; }

static void declare(Narrow *n, Var var, unsigned moves)
{
    if (n->moves[var] == UNKNOWN) VEC_PUSH(&n->pr->file->scratch, n->known) = var;
    n->moves[var] = (uint8_t)moves;
}

/* Ops that have a form for one register. */
static bool has_form(Op op)
{
    switch (op) {
    case OP_add: case OP_sub: case OP_mul: case OP_div: case OP_fma: case OP_neg: case OP_sqrt: case OP_min: case OP_max:
    case OP_lt: case OP_le: case OP_gt: case OP_ge: case OP_eq: case OP_select: return true;
    default: return false;
    }
}

/* How far an integer moves with the loop: 0 or 1. */
static unsigned along(Narrow *n, Exp e)
{
    const LExp *x = &n->p->exp.at[e];
    if (!e || x->kind == X_INT) return 0;
    if (x->kind == X_VAR) return moves(n, x->var);
    unsigned a = x->a ? along(n, x->a) : 0, b = x->b ? along(n, x->b) : 0;
    bool sum = x->kind == X_OP && (x->op == OP_add || x->op == OP_sub);
    if (x->kind != X_OP || x->c || (sum ? a + b > 1 || (x->op == OP_sub && b) : a + b > 0)) fail(n);
    return a + b;
}

static void stays(Narrow *n, Exp e)
{
    if (e && along(n, e)) fail(n);
}

static void address(Narrow *n, Var buffer, Exp index, unsigned lanes)
{
    if (along(n, index) + moves(n, buffer) != (lanes > 1)) fail(n);
}

static void value(Narrow *n, Exp e)
{
    const LExp *x = &n->p->exp.at[e];
    if (!e || !n->fits) return;
    if (x->type.kind == L_INT) {
        stays(n, e);
        return;
    }
    switch ((XKind)x->kind) {
    case X_REAL: return;
    case X_VAR:
        if (x->type.lanes > 1 && n->moves[x->var] == UNKNOWN) fail(n);
        return;
    case X_LOAD:
        address(n, x->var, x->a, x->type.lanes);
        return;
    case X_OP:
        if (n->p->exp.at[x->a].type.lanes > 1 && !has_form((Op)x->op)) fail(n);
        break;
    case X_SPLAT:
        if (x->type.kind == L_MASK) fail(n);
        break;
    default: fail(n);
    }
    value(n, x->a), value(n, x->b), value(n, x->c);
}

static void block(Narrow *n, Stm first);

static void statement(Narrow *n, const LStm *s)
{
    bool vector = s->b && n->p->exp.at[s->b].type.lanes > 1;
    switch ((SKind)s->kind) {
    case S_LET: case S_VAR:
        declare(n, s->var, STAYS);
        if (n->p->exp.at[s->a].type.kind == L_INT && s->kind == S_LET) declare(n, s->var, STAYS + along(n, s->a));
        else value(n, s->a);
        return;
    case S_SET:
        if (n->moves[s->var] == UNKNOWN) fail(n);
        value(n, s->a);
        return;
    case S_VIEW:
        if (s->flags) fail(n);
        declare(n, s->var, STAYS + moves(n, s->var2) + along(n, s->a));
        if (n->moves[s->var] > GOES) fail(n);
        return;
    case S_STORE:
        if (!vector) fail(n);
        address(n, s->var, s->a, LANES);
        value(n, s->b);
        return;
    case S_FOR:
        stays(n, s->a), stays(n, s->b), stays(n, s->c);
        block(n, s->body);
        return;
    case S_NOTE: return;
    default: fail(n);
    }
}

static void block(Narrow *n, Stm first)
{
    for (Stm s = first; s && n->fits; s = n->p->stm.at[s].next)
        if (c_counts(n->pr, &n->p->stm.at[s])) statement(n, &n->p->stm.at[s]);
}

/* Surely a multiple of LANES? */
static bool whole_vectors(const Program *p, Exp e)
{
    const LExp *x = &p->exp.at[e];
    if (x->kind == X_INT) return (int64_t)x->num % LANES == 0;
    return x->kind == X_OP && x->op == OP_mul && whole_vectors(p, x->b);
}

bool c_narrows(Printer *pr, const LStm *loop)
{
    const Program *p = pr->p;
    const LExp *step = &p->exp.at[loop->c];
    if (pr->apart || pr->narrow || pr->file->opencl || step->kind != X_INT || step->num != LANES) return false;
    if (!whole_vectors(p, loop->a)) return false;
    if (!pr->moves) pr->moves = NEW_ARRAY(&pr->file->scratch, uint8_t, p->var.count);
    Narrow n = { .pr = pr, .p = p, .fits = true, .moves = pr->moves };
    declare(&n, loop->var, GOES);
    block(&n, loop->body);
    for (size_t i = 0; i < n.known.count; i++) n.moves[n.known.at[i]] = UNKNOWN;
    return n.fits;
}
