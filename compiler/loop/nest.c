/* nest.c: reading nests of loops as code with holes, and writing them again.
 *
 * Both are one walk, so that they come past the holes in the same order. An address is a
 * sum of terms; those that nothing inside of the nest changes are one hole together.
 * A view from outside is its buffer, and where it begins part of the address.        */
#include "loop/nest.h"

enum { MOST_TERMS = 32 };

struct Nests {
    Arena   *arena;
    Program *p;
    Nest    *nest;
    const Exp *given;               /* writing: by hole                             */
    size_t   holes;                 /* passed so far                                */
    Stm     *view;                  /* by variable: the S_VIEW that declares it     */
    uint32_t *number;               /* by variable, of those declared inside: 1, 2 ... */
    Var     *copy;                  /* ... what it is where the nest is written     */
    VEC(Var) inside;
};

static void find_views(Nests *n, Stm first)
{
    for (Stm s = first; s; s = n->p->stm.at[s].next) {
        if (n->p->stm.at[s].kind == S_VIEW) n->view[n->p->stm.at[s].var] = s;
        find_views(n, n->p->stm.at[s].body);
        find_views(n, n->p->stm.at[s].other);
    }
}

Nests *nests_new(Arena *arena, Program *p)
{
    Nests *n = NEW(arena, Nests);
    *n = (Nests){ .arena = arena, .p = p };
    n->view = NEW_ARRAY(arena, Stm, p->var.count);
    n->number = NEW_ARRAY(arena, uint32_t, p->var.count);
    n->copy = NEW_ARRAY(arena, Var, p->var.count);
    for (size_t i = 0; i < p->fn.count; i++) find_views(n, p->fn.at[i]->body);
    return n;
}

/* ---- code and holes --------------------------------------------------------------------- */

static void emit(Nests *n, uint64_t word)
{
    if (!n->given) VEC_PUSH(n->arena, n->nest->code) = word;
}

static void fail(Nests *n) { n->nest->whole = false; }

static Exp hole(Nests *n, Exp value, bool stored)
{
    if (n->given) return n->given[n->holes++];
    VEC_PUSH(n->arena, n->nest->hole) = (Hole){ value, stored };
    return value;
}

static void declare(Nests *n, Var var, Var copy)
{
    VEC_PUSH(n->arena, n->inside) = var;
    n->number[var] = (uint32_t)n->inside.count;
    n->copy[var] = copy;
}

static const char *hint(const Nests *n, Var var) { return n->p->var.at[var].name; }

/* ---- buffers --------------------------------------------------------------------------------- */

typedef struct Spot { Var buffer; Exp before; } Spot;     /* before: reals; 0: none   */

static bool fixed_value(const Nests *n, Exp e)
{
    const LExp *x = &n->p->exp.at[e];
    if (x->kind == X_INT) return true;
    if (x->kind == X_VAR) return !n->number[x->var] && x->type.kind == L_INT && !n->p->var.at[x->var].writable;
    return x->kind == X_OP && x->type.kind == L_INT && fixed_value(n, x->a) && (!x->b || fixed_value(n, x->b)) && !x->c;
}

/* What a view from outside is a view of. */
static Spot place_of(Nests *n, Var var)
{
    Spot place = { .buffer = var };
    for (const LStm *s; !n->number[place.buffer] && n->view[place.buffer]; place.buffer = s->var2) {
        s = &n->p->stm.at[n->view[place.buffer]];
        if (n->p->var.at[s->var].optional) break;
        if (!fixed_value(n, s->a)) fail(n);
        if (!n->given) place.before = place.before ? x_add(n->p, place.before, s->a) : s->a;
    }
    return place;
}

static Var buffer(Nests *n, Spot place, bool stored)
{
    const LVar *var = &n->p->var.at[place.buffer];
    emit(n, n->number[place.buffer]);
    if (n->number[place.buffer]) return n->copy[place.buffer];
    emit(n, (uint64_t)var->space << 1 | var->optional);     /* pointers to them differ in OpenCL C */
    Exp at = hole(n, x_var(n->p, place.buffer), stored);        /* which may move the expressions */
    return n->p->exp.at[at].var;
}

/* ---- integers ---------------------------------------------------------------------------------- */

static Exp walk(Nests *, Exp);

typedef struct Terms {
    Exp      fixed, moving[MOST_TERMS];
    bool     minus[MOST_TERMS];
    unsigned count;
} Terms;

static Exp plus(Program *p, Exp sum, Exp term, bool minus)
{
    if (!sum && !minus) return term;
    return x_op(p, minus ? OP_sub : OP_add, sum ? sum : x_int(p, 0), term, 0);
}

static void terms_of(Nests *n, Exp e, bool minus, Terms *t)
{
    const LExp x = n->p->exp.at[e];
    if (fixed_value(n, e)) {
        if (!n->given) t->fixed = plus(n->p, t->fixed, e, minus);
    } else if (x.kind == X_OP && (x.op == OP_add || x.op == OP_sub)) {
        terms_of(n, x.a, minus, t);
        terms_of(n, x.b, minus != (x.op == OP_sub), t);
    } else if (t->count < MOST_TERMS) {
        t->moving[t->count] = e;
        t->minus[t->count++] = minus;
    } else fail(n);
}

/* A sum, of which what is fixed may be anything. `before`: reals in front of it, or 0. */
static Exp walk_sum(Nests *n, Exp e, Exp before)
{
    Program *p = n->p;
    Terms t = { .fixed = before };
    Exp sum = 0;
    terms_of(n, e, false, &t);
    emit(n, t.count);
    for (unsigned i = 0; i < t.count; i++) {
        emit(n, t.minus[i]);
        Exp term = walk(n, t.moving[i]);
        if (n->given) sum = plus(p, sum, term, t.minus[i]);
    }
    Exp rest = hole(n, t.fixed ? t.fixed : x_int(p, 0), false);
    return sum ? x_add(p, sum, rest) : rest;
}

/* A number that stays what it is, or else a sum. */
static Exp walk_number(Nests *n, Exp e)
{
    if (!e) return 0;
    bool known = n->p->exp.at[e].kind == X_INT;
    emit(n, known);
    if (known) emit(n, (uint64_t)(int64_t)n->p->exp.at[e].num);
    return known ? e : walk_sum(n, e, 0);
}

/* ---- expressions -------------------------------------------------------------------------------- */

static uint64_t bits_of(double number)
{
    union { double number; uint64_t bits; } u = { .number = number };
    return u.bits;
}

static Exp walk_var(Nests *n, Exp e)
{
    Var var = n->p->exp.at[e].var;
    LType type = x_type(n->p, e);
    emit(n, n->number[var]);
    if (n->number[var]) return n->given ? x_var(n->p, n->copy[var]) : e;
    if (type.lanes != 1 || (type.kind != L_REAL && type.kind != L_INT)) fail(n);
    return hole(n, e, false);
}

/* a + b and b + a are the same: in which order are they written? Numbers come last. */
static int compare(const Nests *n, Exp a, Exp b)
{
    const LExp *x = &n->p->exp.at[a], *y = &n->p->exp.at[b];
    if (a == b || !a || !b) return 0;
    if (x->kind != y->kind) return x->kind == X_REAL || (y->kind != X_REAL && x->kind > y->kind) ? 1 : -1;
    if (x->op != y->op) return x->op < y->op ? -1 : 1;
    if (x->kind == X_VAR) return n->number[x->var] < n->number[y->var] ? -1 : n->number[x->var] > n->number[y->var];
    if (x->kind == X_REAL) return x->num < y->num ? -1 : x->num > y->num;
    int first = compare(n, x->a, y->a);
    return first ? first : compare(n, x->b, y->b);
}

static bool commutes(const LExp *x)
{
    return x->type.kind == L_REAL && (x->op == OP_add || x->op == OP_mul || x->op == OP_fma);
}

static Exp walk_op(Nests *n, const LExp *x)
{
    Program *p = n->p;
    bool turn = commutes(x) && compare(n, x->a, x->b) > 0;
    const Exp arg[3] = { turn ? x->b : x->a, turn ? x->a : x->b, x->c };
    Exp to[3] = { 0 };
    emit(n, x->op);
    for (unsigned i = 0; i < COUNT(arg) && arg[i]; i++)
        to[i] = x_type(p, arg[i]).kind == L_INT ? walk_number(n, arg[i]) : walk(n, arg[i]);
    return n->given ? x_op(p, (Op)x->op, to[0], to[1], to[2]) : 0;
}

static Exp walk(Nests *n, Exp e)
{
    Program *p = n->p;
    const LExp x = p->exp.at[e];
    Spot place = { 0 };
    emit(n, (uint64_t)x.kind << 16 | (uint64_t)x.type.kind << 8 | x.type.lanes);
    if (x.kind == X_LOAD || x.kind == X_GATHER || x.kind == X_NULL) {
        place = place_of(n, x.var);
        place.buffer = buffer(n, place, false);
    }
    Exp a = 0, b = 0, c = 0;
    switch ((XKind)x.kind) {
    case X_INT: case X_REAL:
        emit(n, bits_of(x.num));
        return e;
    case X_VAR: return walk_var(n, e);
    case X_OP:  return walk_op(n, &x);
    case X_LOAD: case X_GATHER:
        a = walk_sum(n, x.a, place.before), b = walk_number(n, x.b), c = walk_number(n, x.c);
        break;
    case X_CONVERT: a = x_type(p, x.a).kind == L_INT ? walk_number(n, x.a) : walk(n, x.a); break;
    case X_SPLAT: case X_TREE: case X_ANY: a = walk(n, x.a); break;
    case X_PICK:
        a = walk(n, x.a);
        emit(n, (uint64_t)p->exp.at[x.b].num);
        break;
    case X_LANE: case X_NULL: case X_NONE: break;
    }
    if (!n->given) return 0;
    switch ((XKind)x.kind) {
    case X_LOAD:    return x_load(p, place.buffer, a, x.type.lanes);
    case X_GATHER:  return x_gather(p, place.buffer, a, b, c);
    case X_CONVERT: return x_convert(p, a, (LKind)x.type.kind);
    case X_SPLAT:   return x_splat(p, a);
    case X_TREE:    return x_tree(p, a);
    case X_ANY:     return x_any(p, a);
    case X_PICK:    return x_pick(p, a, (unsigned)p->exp.at[x.b].num);
    case X_NULL:    return x_null(p, place.buffer);
    default:        return e;
    }
}

/* ---- statements ------------------------------------------------------------------------------------ */

static void walk_block(Nests *, Stm);

static void walk_for(Nests *n, const LStm *s)
{
    bool outermost = s == &n->p->stm.at[n->nest->loop];
    Exp from = outermost ? walk_sum(n, s->a, 0) : walk_number(n, s->a);
    Exp to = outermost ? walk_sum(n, s->b, 0) : walk_number(n, s->b);
    Exp step = walk_number(n, s->c);
    const LStm loop = *s;
    emit(n, loop.flags);
    declare(n, loop.var, n->given ? s_for(n->p, hint(n, loop.var), from, to, step, loop.flags) : 0);
    walk_block(n, loop.body);
    if (n->given) s_end(n->p);
}

static void walk_view(Nests *n, const LStm *s)
{
    Program *p = n->p;
    const LStm view = *s;
    if (p->var.at[view.var].optional || view.flags) fail(n);
    Spot place = place_of(n, view.var2);
    Var of = buffer(n, place, p->var.at[view.var].writable);
    Exp from = walk_sum(n, view.a, place.before);
    declare(n, view.var, n->given ? s_view(p, hint(n, view.var), of, from) : 0);
}

static void walk_store(Nests *n, const LStm *s)
{
    Program *p = n->p;
    const LStm store = *s;
    Spot place = place_of(n, store.var);
    Var to = buffer(n, place, true);
    Exp at = walk_sum(n, store.a, place.before), value = walk(n, store.b);
    Exp stride = walk_number(n, store.c), count = walk_number(n, store.d);
    if (!n->given) return;
    if (store.kind == S_STORE) s_store(p, to, at, value);
    else s_scatter(p, to, at, stride, count, value);
}

static void walk_let(Nests *n, const LStm *s)
{
    Program *p = n->p;
    const LStm let = *s;
    if (let.kind == S_SET && !n->number[let.var]) fail(n);
    Exp value = x_type(p, let.a).kind == L_INT ? walk_number(n, let.a) : walk(n, let.a);
    if (let.kind == S_SET) {
        emit(n, n->number[let.var]);
        if (n->given) s_set(p, n->copy[let.var], value);
    } else if (!n->given) declare(n, let.var, 0);
    else declare(n, let.var, let.kind == S_LET ? s_let(p, hint(n, let.var), value) : s_var(p, hint(n, let.var), value));
}

static Exp walk_arg(Nests *n, Exp e, bool stored)
{
    Program *p = n->p;
    LType type = x_type(p, e);
    if (type.kind == L_INT) return walk_sum(n, e, 0);
    if (type.kind != L_BUFFER) return walk(n, e);
    Var var = p->exp.at[e].var;
    if (!n->number[var] && n->view[var]) fail(n);
    Var given = buffer(n, (Spot){ .buffer = var }, stored);
    return n->given ? x_var(p, given) : 0;
}

static void walk_call(Nests *n, const LStm *s)
{
    Program *p = n->p;
    const LStm call = *s;
    Exp *arg = NEW_ARRAY(n->arena, Exp, call.nargs + 1);
    emit(n, call.callee);
    for (uint32_t i = 0; i < call.nargs; i++)
        arg[i] = walk_arg(n, p->arg.at[call.args + i], p->var.at[fn_of(p, call.callee)->param.at[i]].writable);
    if (call.var) fail(n);
    if (n->given) s_call_named(p, call.callee, arg, call.nargs, NULL);
}

static void walk_if(Nests *n, const LStm *s)
{
    const LStm choice = *s;
    Exp condition = walk(n, choice.a);
    if (n->given) s_if(n->p, condition);
    walk_block(n, choice.body);
    if (choice.other && n->given) s_else(n->p);
    walk_block(n, choice.other);
    if (n->given) s_end(n->p);
}

static void walk_statement(Nests *n, const LStm *s)
{
    emit(n, s->kind);
    switch ((SKind)s->kind) {
    case S_LET: case S_VAR: case S_SET: walk_let(n, s); return;
    case S_VIEW:  walk_view(n, s); return;
    case S_STORE: case S_SCATTER: walk_store(n, s); return;
    case S_FOR:   walk_for(n, s); return;
    case S_IF:    walk_if(n, s); return;
    case S_CALL:  walk_call(n, s); return;
    case S_LOCAL:
        emit(n, n->p->var.at[s->var].count);
        declare(n, s->var, n->given ? s_local(n->p, hint(n, s->var), n->p->var.at[s->var].count) : 0);
        return;
    case S_NOTE: case S_PAR: case S_RETURN: case S_BAR: case S_SYNC: case S_NONE:
        fail(n);
        return;
    }
}

static void walk_block(Nests *n, Stm first)
{
    for (Stm s = first, next; s && n->nest->whole; s = next) {
        next = n->p->stm.at[s].next;
        if (n->p->stm.at[s].kind != S_NOTE) walk_statement(n, &n->p->stm.at[s]);
    }
    emit(n, UINT64_MAX);
}

static void walk_nest(Nests *n, Nest *nest, const Exp *given)
{
    n->nest = nest;
    n->given = given;
    n->holes = 0;
    n->inside.count = 0;
    walk_for(n, &n->p->stm.at[nest->loop]);
    for (size_t i = 0; i < n->inside.count; i++) n->number[n->inside.at[i]] = 0;
}

void nest_read(Nests *n, Nest *nest)
{
    nest->whole = true;
    walk_nest(n, nest, NULL);
}

void nest_write(Nests *n, const Nest *nest, const Exp *value)
{
    Nest copy = *nest;
    walk_nest(n, &copy, value);
}
