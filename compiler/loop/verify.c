/* verify.c: is a Program what loop.h says it is?
 *
 * In: a Program from anywhere. Out: NULL, or the first thing that is wrong, with
 * the function and the names it is about. Checked: every index is in range,
 * every statement stands in one place, a variable is used where it is visible
 * and under a name of its own, kinds and lanes fit, only what is writable is
 * written, calls go backwards and fit their callee, a parallel loop is one call. */
#include "loop/loop.h"

#include <string.h>

typedef struct Check {
    const Program *p;
    Arena      *arena;
    const LFn  *fn;
    uint32_t    index;              /* of fn                                          */
    VEC(Var)    seen;               /* what is visible, innermost last                */
    bool       *visible;            /* [var]                                          */
    bool       *declared;           /* [var]: somewhere                               */
    bool       *placed;             /* [stm]                                          */
    const char *error;
} Check;

static bool wrong(Check *c, const char *format, ...) ND_PRINTF(2, 3);
static bool wrong(Check *c, const char *format, ...)
{
    if (c->error) return false;
    Text text = { .arena = c->arena };
    va_list args;
    va_start(args, format);
    text_printf(&text, "%s: ", c->fn ? c->fn->name : "program");
    text_vprintf(&text, format, args);
    va_end(args);
    c->error = text_string(&text);
    return false;
}

static const char *name(const Check *c, Var var) { return c->p->var.at[var].name; }

/* ---- variables ----------------------------------------------------------------------- */

static bool declare(Check *c, Var var)
{
    if (!var || var >= c->p->var.count) return wrong(c, "declares no variable");
    if (c->declared[var]) return wrong(c, "%s is declared twice", name(c, var));
    for (size_t i = 0; i < c->seen.count; i++)
        if (!strcmp(name(c, c->seen.at[i]), name(c, var)))
            return wrong(c, "two variables are called %s", name(c, var));
    LType type = c->p->var.at[var].type;
    bool buffer = c->p->var.at[var].space != SPACE_NONE;
    if (type.lanes != 1 && type.lanes != LANES) return wrong(c, "%s has %u lanes", name(c, var), type.lanes);
    if (buffer != (type.kind == L_BUFFER)) return wrong(c, "%s is half a buffer", name(c, var));
    if (type.kind == L_INT && type.lanes != 1) return wrong(c, "integers have one lane, not so %s", name(c, var));
    c->declared[var] = c->visible[var] = true;
    VEC_PUSH(c->arena, c->seen) = var;
    return true;
}

static void leave(Check *c, size_t count)
{
    while (c->seen.count > count) c->visible[c->seen.at[--c->seen.count]] = false;
}

static bool use(Check *c, Var var, bool buffer)
{
    if (!var || var >= c->p->var.count) return wrong(c, "uses no variable");
    if (!c->visible[var]) return wrong(c, "%s is used where it is not visible", name(c, var));
    if ((c->p->var.at[var].space != SPACE_NONE) != buffer)
        return wrong(c, "%s is %s buffer", name(c, var), buffer ? "no" : "a");
    return true;
}

static bool writes(Check *c, Var var)
{
    if (!use(c, var, true)) return false;
    return c->p->var.at[var].writable || wrong(c, "%s is written and may not be", name(c, var));
}

/* ---- expressions ------------------------------------------------------------------------ */

static bool is(LType type, LKind kind, unsigned lanes) { return type.kind == kind && type.lanes == lanes; }

static bool check_exp(Check *, Exp, Exp before);

static bool check_int(Check *c, Exp e, Exp before, const char *what)
{
    if (!check_exp(c, e, before)) return false;
    return is(c->p->exp.at[e].type, L_INT, 1) || wrong(c, "%s is no integer", what);
}

static bool int_knows(Op op)
{
    switch (op) {
    case OP_add: case OP_sub: case OP_mul: case OP_div: case OP_mod: case OP_neg: case OP_min: case OP_max:
    case OP_lt: case OP_le: case OP_gt: case OP_ge: case OP_eq: case OP_ne: case OP_select: return true;
    default: return false;
    }
}

static bool check_op(Check *c, Exp e, const LExp *x)
{
    if (x->op < OP_FIRST_MAP || x->op >= OP_COUNT) return wrong(c, "no op has the number %u", x->op);
    const OpInfo *info = op_info((Op)x->op);
    const Exp arg[3] = { x->a, x->b, x->c };
    bool choose = info->kind == OP_KIND_CHOOSE;
    for (unsigned i = 0; i < 3; i++) {
        if ((arg[i] != 0) != (i < info->narg)) return wrong(c, "%s takes %u arguments", info->name, info->narg);
        if (arg[i] && !check_exp(c, arg[i], e)) return false;
    }
    LType in = c->p->exp.at[arg[choose ? 1 : 0]].type, out = in;
    for (unsigned i = 0; i < info->narg; i++) {
        LType type = c->p->exp.at[arg[i]].type;
        LKind want = choose && !i ? L_MASK : in.kind;
        if (type.kind != want || type.lanes != in.lanes) return wrong(c, "the arguments of %s differ", info->name);
    }
    if (in.kind == L_INT ? !int_knows((Op)x->op)
        : info->kind == OP_KIND_LOGIC ? in.kind != L_MASK : in.kind != L_REAL || info->kind == OP_KIND_MACRO)
        return wrong(c, "%s does not take these arguments", info->name);
    if (info->kind == OP_KIND_TEST) out.kind = L_MASK;
    return is(x->type, (LKind)out.kind, out.lanes) || wrong(c, "%s has another type than its arguments say", info->name);
}

static bool typed(Check *c, const LExp *x, LKind kind, unsigned lanes)
{
    return is(x->type, kind, lanes) || wrong(c, "an expression of kind %u has the wrong type", x->kind);
}

/* What a function whose lanes are apart may have of vectors. */
static bool is_apart(const LExp *x)
{
    bool sums = x->op == OP_add || x->op == OP_mul || x->op == OP_fma;
    bool plain = x->kind == X_VAR || x->kind == X_LOAD || x->kind == X_SPLAT || (x->kind == X_OP && sums);
    return x->type.lanes == 1 ? x->kind != X_TREE && x->kind != X_ANY : plain && x->type.kind == L_REAL;
}

/* Arguments are built before what they are arguments of. */
static bool check_exp(Check *c, Exp e, Exp before)
{
    if (!e || e >= before) return wrong(c, "an expression is missing or comes too late");
    const LExp *x = &c->p->exp.at[e];
    if (c->fn->apart && !is_apart(x)) return wrong(c, "lanes meet, and were to be apart");
    if (x->type.lanes != 1 && x->type.lanes != LANES) return wrong(c, "an expression has %u lanes", x->type.lanes);
    switch ((XKind)x->kind) {
    case X_INT:  return typed(c, x, L_INT, 1) && (x->num == (double)(int64_t)x->num || wrong(c, "an integer is none"));
    case X_REAL: return typed(c, x, L_REAL, 1);
    case X_VAR: {
        if (!x->var || x->var >= c->p->var.count || !c->visible[x->var]) return use(c, x->var, false);
        LType type = c->p->var.at[x->var].type;
        return typed(c, x, (LKind)type.kind, type.lanes);
    }
    case X_LOAD:
        return use(c, x->var, true) && check_int(c, x->a, e, "an index") && typed(c, x, L_REAL, x->type.lanes);
    case X_GATHER:
        return use(c, x->var, true) && check_int(c, x->a, e, "a base") && check_int(c, x->b, e, "a stride") &&
               check_int(c, x->c, e, "a count") && typed(c, x, L_REAL, LANES);
    case X_OP: return check_op(c, e, x);
    case X_SPLAT: {
        if (!check_exp(c, x->a, e)) return false;
        LType from = c->p->exp.at[x->a].type;
        if (from.lanes != 1 || (from.kind != L_REAL && from.kind != L_MASK)) return wrong(c, "splat takes one real or truth");
        return typed(c, x, (LKind)from.kind, LANES);
    }
    case X_PICK:
        if (!check_exp(c, x->a, e) || !check_int(c, x->b, e, "a lane")) return false;
        if (!is(c->p->exp.at[x->a].type, L_REAL, LANES)) return wrong(c, "pick takes a vector");
        if (c->p->exp.at[x->b].kind != X_INT || c->p->exp.at[x->b].num < 0 || c->p->exp.at[x->b].num >= LANES)
            return wrong(c, "pick takes a lane below %d", LANES);
        return typed(c, x, L_REAL, LANES);
    case X_TREE:
        if (!check_exp(c, x->a, e)) return false;
        if (!is(c->p->exp.at[x->a].type, L_REAL, LANES)) return wrong(c, "tree takes a vector");
        return typed(c, x, L_REAL, 1);
    case X_LANE: return typed(c, x, L_REAL, LANES);
    case X_ANY:
        if (!check_exp(c, x->a, e)) return false;
        if (c->p->exp.at[x->a].type.kind != L_MASK) return wrong(c, "any takes truths");
        return typed(c, x, L_INT, 1);
    case X_CONVERT: {
        if (!check_exp(c, x->a, e)) return false;
        LType from = c->p->exp.at[x->a].type;
        if (from.lanes != 1 || (from.kind != L_INT && from.kind != L_REAL)) return wrong(c, "only numbers convert");
        return typed(c, x, from.kind == L_INT ? L_REAL : L_INT, 1);
    }
    case X_NULL: return use(c, x->var, true) && typed(c, x, L_INT, 1);
    case X_NONE: break;
    }
    return wrong(c, "an expression of no kind");
}

static bool check_value(Check *c, Exp e) { return check_exp(c, e, (Exp)c->p->exp.count); }
static bool check_index(Check *c, Exp e, const char *what) { return check_int(c, e, (Exp)c->p->exp.count, what); }

/* ---- statements ------------------------------------------------------------------------------ */

static bool check_block(Check *, Stm);

static bool check_body(Check *c, Stm first, Var loop)
{
    size_t before = c->seen.count;
    bool fine = (!loop || declare(c, loop)) && check_block(c, first);
    leave(c, before);
    return fine;
}

static bool check_assign(Check *c, const LStm *s)
{
    if (!check_value(c, s->a)) return false;
    LType from = c->p->exp.at[s->a].type;
    if (s->kind != S_SET) {
        if (!declare(c, s->var)) return false;
    } else {
        if (!use(c, s->var, false)) return false;
        if (!c->p->var.at[s->var].writable) return wrong(c, "%s is set and was declared by let", name(c, s->var));
    }
    LType to = c->p->var.at[s->var].type;
    return (to.kind != L_BUFFER && is(from, (LKind)to.kind, to.lanes)) ||
           wrong(c, "%s gets a value of another type", name(c, s->var));
}

static bool check_view(Check *c, const LStm *s)
{
    if (!use(c, s->var2, true) || !check_index(c, s->a, "a view's place") || !declare(c, s->var)) return false;
    const LVar *to = &c->p->var.at[s->var], *from = &c->p->var.at[s->var2];
    if (to->space != from->space) return wrong(c, "the view %s lies in another space than its buffer", to->name);
    return !to->writable || from->writable || wrong(c, "the view %s may be written, its buffer not", to->name);
}

static bool check_arg(Check *c, const LStm *s, uint32_t i)
{
    const LFn *callee = c->p->fn.at[s->callee];
    Exp arg = c->p->arg.at[s->args + i];
    if (!check_value(c, arg)) return false;
    const LExp *x = &c->p->exp.at[arg];
    const LVar *param = &c->p->var.at[callee->param.at[i]];
    if (!is(x->type, (LKind)param->type.kind, param->type.lanes))
        return wrong(c, "%s of %s gets a value of another type", param->name, callee->name);
    return param->type.kind != L_BUFFER || !param->writable || c->p->var.at[x->var].writable ||
           wrong(c, "%s of %s is written, but %s may not be", param->name, callee->name, name(c, x->var));
}

static bool check_call(Check *c, const LStm *s)
{
    if (s->callee >= c->index) return wrong(c, "calls go to earlier functions");
    const LFn *callee = c->p->fn.at[s->callee];
    if (s->nargs != callee->param.count || (size_t)s->args + s->nargs > c->p->arg.count)
        return wrong(c, "%s takes %zu arguments", callee->name, callee->param.count);
    for (uint32_t i = 0; i < s->nargs; i++)
        if (!check_arg(c, s, i)) return false;
    if (!s->var) return true;
    if (!callee->returns) return wrong(c, "%s returns nothing", callee->name);
    return declare(c, s->var) && (is(c->p->var.at[s->var].type, L_INT, 1) || wrong(c, "a status is an integer"));
}

/* The body is one call, whose arguments may compute with the loop's number. */
static bool check_par(Check *c, const LStm *s)
{
    const LStm *call = &c->p->stm.at[s->body];
    if (!s->body || call->kind != S_CALL || call->next) return wrong(c, "a parallel loop is more or less than one call");
    return (c->p->exp.at[s->a].kind == X_INT && c->p->exp.at[s->a].num == 0) || wrong(c, "a parallel loop begins at 0");
}

static bool check_loop(Check *c, const LStm *s)
{
    if (!check_index(c, s->a, "a bound") || !check_index(c, s->b, "a bound") || !check_index(c, s->c, "a step")) return false;
    if (s->var < c->p->var.count && !is(c->p->var.at[s->var].type, L_INT, 1)) return wrong(c, "a loop counts in integers");
    return check_body(c, s->body, s->var) && (s->kind == S_FOR || check_par(c, s));
}

static bool check_if(Check *c, const LStm *s)
{
    if (!check_value(c, s->a)) return false;
    LType type = c->p->exp.at[s->a].type;
    if (type.lanes != 1 || (type.kind != L_INT && type.kind != L_MASK)) return wrong(c, "a condition is one truth");
    return check_body(c, s->body, 0) && check_body(c, s->other, 0);
}

static bool check_store(Check *c, const LStm *s)
{
    if (!writes(c, s->var) || !check_index(c, s->a, "an index") || !check_value(c, s->b)) return false;
    LType type = c->p->exp.at[s->b].type;
    if (type.kind != L_REAL) return wrong(c, "%s stores reals", name(c, s->var));
    if (c->fn->apart && type.lanes == 1) return wrong(c, "%s is stored to as often as there are parts", name(c, s->var));
    if (s->kind == S_STORE) return true;
    return (type.lanes == LANES || wrong(c, "%s scatters vectors", name(c, s->var))) &&
           check_index(c, s->c, "a stride") && check_index(c, s->d, "a count");
}

static bool check_local(Check *c, const LStm *s)
{
    if (!declare(c, s->var)) return false;
    const LVar *var = &c->p->var.at[s->var];
    return ((var->space == SPACE_PRIVATE || var->space == SPACE_LOCAL) && var->count) || wrong(c, "%s is no array", var->name);
}

static bool check_statement(Check *c, const LStm *s)
{
    bool whole = s->kind == S_LOCAL || s->kind == S_SCATTER || s->kind == S_PAR || s->kind == S_CALL || s->kind == S_RETURN;
    if (c->fn->apart && whole) return wrong(c, "more than vectors in a function whose lanes are apart");
    switch ((SKind)s->kind) {
    case S_NOTE:  return s->text != NULL || wrong(c, "a note says nothing");
    case S_LOCAL: return check_local(c, s);
    case S_LET: case S_VAR: case S_SET: return check_assign(c, s);
    case S_VIEW:  return check_view(c, s);
    case S_STORE: case S_SCATTER: return check_store(c, s);
    case S_FOR: case S_PAR: return check_loop(c, s);
    case S_IF:   return check_if(c, s);
    case S_CALL: return check_call(c, s);
    case S_RETURN:
        if (!c->fn->returns) return wrong(c, "returns a status and was not to");
        return check_index(c, s->a, "a status");
    case S_BAR: case S_SYNC: return true;
    case S_NONE: break;
    }
    return wrong(c, "a statement of no kind");
}

static bool check_block(Check *c, Stm first)
{
    for (Stm s = first; s; s = c->p->stm.at[s].next) {
        if (s >= c->p->stm.count) return wrong(c, "a statement is not there");
        if (c->placed[s]) return wrong(c, "a statement stands in two places");
        c->placed[s] = true;
        if (!check_statement(c, &c->p->stm.at[s])) return false;
    }
    return true;
}

const char *loop_verify(const Program *p, Arena *arena)
{
    Check c = { .p = p, .arena = arena };
    c.visible = NEW_ARRAY(arena, bool, p->var.count);
    c.declared = NEW_ARRAY(arena, bool, p->var.count);
    c.placed = NEW_ARRAY(arena, bool, p->stm.count);
    if (p->real != TYPE_F32 && p->real != TYPE_F64) wrong(&c, "reals are f32 or f64");
    for (c.index = 0; c.index < p->fn.count && !c.error; c.index++) {
        c.fn = p->fn.at[c.index];
        for (uint32_t i = 0; i < c.index; i++)
            if (p->fn.at[i]->name == c.fn->name) wrong(&c, "is there twice");
        bool fine = true;
        for (size_t i = 0; i < c.fn->param.count && fine; i++) fine = declare(&c, c.fn->param.at[i]);
        if (fine) check_block(&c, c.fn->body);
        leave(&c, 0);
    }
    return c.error;
}
