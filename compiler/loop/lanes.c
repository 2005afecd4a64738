/* lanes.c: see lanes.h.
 *
 * Private arrays that are used in whole vectors only hold a lane's share in each item;
 * those that are used as single numbers only are each item's own, computed by all alike.
 * Other arrays are the group's, and parameters of what uses them.
 *
 * Items meet between a store to memory that others see and a load from it, either way
 * round, unless they met since; calls and the ends of loops count as both.               */
#include "loop/lanes.h"

typedef enum Use { USE_ONE = 1, USE_VECTOR = 2, USE_OTHER = 4 } Use;       /* of an array, a bit mask */

typedef struct Making {
    Program  *p;
    uint32_t *form;
    size_t    vars;                 /* those of the kernel and what it calls       */
    Var      *to;                   /* [var]                                       */
    uint8_t  *use;                  /* [var]: of private arrays                    */
    bool     *even;                 /* [var]: a multiple of LANES                  */
    VEC(Var)  shared;               /* arrays of the group, by their old variables */
    Var       lane, meet;           /* of the function being built                 */
    bool      stored, loaded;       /* since items met                             */
} Making;

static bool is_buffer(const Program *p, Var var) { return p->var.at[var].space != SPACE_NONE; }
static bool is_array(const Program *p, Var var) { return p->var.at[var].space == SPACE_PRIVATE; }

/* ---- how arrays are used ---------------------------------------------------------------- */

static bool is_even(const Making *m, Exp e)
{
    const LExp *x = &m->p->exp.at[e];
    if (x->kind == X_INT) return (int64_t)x->num % LANES == 0;
    if (x->kind == X_VAR) return m->even[x->var];
    if (x->kind != X_OP) return false;
    if (x->op == OP_mul) return is_even(m, x->a) || is_even(m, x->b);
    return (x->op == OP_add || x->op == OP_sub) && is_even(m, x->a) && is_even(m, x->b);
}

static Use use_of(const Making *m, Exp index, unsigned lanes)
{
    return lanes == 1 ? USE_ONE : is_even(m, index) ? USE_VECTOR : USE_OTHER;
}

static void see_exp(Making *m, Exp e)
{
    const LExp *x = &m->p->exp.at[e];
    if (!e) return;
    if (x->kind == X_LOAD) m->use[x->var] |= use_of(m, x->a, x->type.lanes);
    if (x->kind == X_GATHER) m->use[x->var] |= USE_OTHER;
    see_exp(m, x->a), see_exp(m, x->b), see_exp(m, x->c);
}

static void see_block(Making *m, Stm first)
{
    const Program *p = m->p;
    for (Stm at = first; at; at = p->stm.at[at].next) {
        const LStm *s = &p->stm.at[at];
        see_exp(m, s->a), see_exp(m, s->b), see_exp(m, s->c), see_exp(m, s->d);
        if (s->kind == S_LET) m->even[s->var] = p->var.at[s->var].type.kind == L_INT && is_even(m, s->a);
        if (s->kind == S_FOR) m->even[s->var] = is_even(m, s->a) && is_even(m, s->c);
        if (s->kind == S_STORE) m->use[s->var] |= use_of(m, s->a, p->exp.at[s->b].type.lanes);
        if (s->kind == S_SCATTER) m->use[s->var] |= USE_OTHER;
        if (s->kind == S_VIEW) m->use[s->var2] |= USE_OTHER;
        for (uint32_t i = 0; s->kind == S_CALL && i < s->nargs; i++) {
            const LExp *x = &p->exp.at[p->arg.at[s->args + i]];
            see_exp(m, p->arg.at[s->args + i]);
            if (x->type.kind == L_BUFFER) m->use[x->var] |= USE_OTHER;
        }
        see_block(m, s->body);
        see_block(m, s->other);
    }
}

static bool is_shared(const Making *m, Var array)
{
    return m->use[array] & USE_OTHER || (m->use[array] & USE_ONE && m->use[array] & USE_VECTOR);
}

/* A lane's part of a private array. */
static bool is_split(const Making *m, Var array) { return is_array(m->p, array) && m->use[array] == USE_VECTOR; }

/* Does only the item itself see it? */
static bool is_own(const Making *m, Var buffer) { return is_array(m->p, buffer) && !is_shared(m, buffer); }

static void find_shared(Making *m, Stm first)
{
    const Program *p = m->p;
    for (Stm at = first; at; at = p->stm.at[at].next) {
        const LStm *s = &p->stm.at[at];
        if (s->kind == S_LOCAL && is_shared(m, s->var)) VEC_PUSH(p->arena, m->shared) = s->var;
        find_shared(m, s->body);
        find_shared(m, s->other);
    }
}

/* ---- meeting ------------------------------------------------------------------------------ */

static void meet(Making *m)
{
    if (m->stored || m->loaded) s_sync(m->p);
    m->stored = m->loaded = false;
}

static bool loads(const Making *m, Exp e)
{
    const LExp *x = &m->p->exp.at[e];
    if (!e) return false;
    if ((x->kind == X_LOAD || x->kind == X_GATHER) && !is_own(m, x->var)) return true;
    return loads(m, x->a) || loads(m, x->b) || loads(m, x->c);
}

/* Before expressions of a statement are made. */
static void before_loads(Making *m, const LStm *s)
{
    bool any = loads(m, s->a) || loads(m, s->b) || loads(m, s->c) || loads(m, s->d);
    for (uint32_t i = 0; s->kind == S_CALL && i < s->nargs; i++) any |= loads(m, m->p->arg.at[s->args + i]);
    if (any && m->stored) meet(m);
    m->loaded |= any;
}

/* ---- expressions ---------------------------------------------------------------------------- */

static Exp form(Making *, Exp);

static Var now(const Making *m, Var var) { return var < m->vars && m->to[var] ? m->to[var] : var; }
static Exp lane(const Making *m) { return x_var(m->p, m->lane); }

/* An item's element of a vector that begins at index. */
static Exp own_index(Making *m, Var buffer, Exp index, unsigned lanes)
{
    Exp at = form(m, index);
    if (lanes == 1) return at;
    if (is_split(m, buffer)) return x_op(m->p, OP_div, at, x_int(m->p, LANES), 0);
    return x_add(m->p, at, lane(m));
}

static void show(Making *m, Exp value)
{
    Program *p = m->p;
    Exp mine = x_var(p, s_let(p, "mine", value));
    s_sync(p);
    s_store(p, m->meet, lane(m), mine);
    s_sync(p);
    m->stored = false;
    m->loaded = true;
}

static Exp shown(Making *m, unsigned of) { return x_load(m->p, m->meet, x_int(m->p, of), 1); }

/* Pairs 8, 4, 2 and 1 apart. */
static Exp tree_of(Making *m, unsigned from, unsigned apart)
{
    if (apart == LANES) return shown(m, from);
    return x_add(m->p, tree_of(m, from, 2 * apart), tree_of(m, from + apart, 2 * apart));
}

static Exp any_of(Making *m, Exp mask)
{
    Program *p = m->p;
    show(m, x_op(p, OP_select, form(m, mask), x_real(p, 1), x_real(p, 0)));
    Exp sum = x_var(p, s_let(p, "some", tree_of(m, 0, 1)));
    return x_any(p, x_op(p, OP_ne, sum, x_real(p, 0), 0));
}

static Exp gathered(Making *m, const LExp *x)
{
    Program *p = m->p;
    Exp last = x_sub(p, form(m, x->c), x_int(p, 1));
    Exp which = x_op(p, OP_min, lane(m), last, 0);
    return x_load(p, now(m, x->var), x_add(p, form(m, x->a), x_mul(p, which, form(m, x->b))), 1);
}

static Exp form(Making *m, Exp e)
{
    Program *p = m->p;
    const LExp x = p->exp.at[e];
    if (!e) return 0;
    switch ((XKind)x.kind) {
    case X_NONE: case X_INT: case X_REAL: return e;
    case X_VAR:     return x_var(p, now(m, x.var));
    case X_LOAD:    return x_load(p, now(m, x.var), own_index(m, x.var, x.a, x.type.lanes), 1);
    case X_GATHER:  return gathered(m, &x);
    case X_SPLAT:   return form(m, x.a);
    case X_LANE:    return x_convert(p, lane(m), L_REAL);
    case X_CONVERT: return x_convert(p, form(m, x.a), (LKind)x.type.kind);
    case X_NULL:    return x_null(p, now(m, x.var));
    case X_ANY:     return p->exp.at[x.a].type.lanes == 1 ? x_any(p, form(m, x.a)) : any_of(m, x.a);
    case X_TREE:
        show(m, form(m, x.a));
        return x_var(p, s_let(p, "sum", tree_of(m, 0, 1)));
    case X_PICK:
        show(m, form(m, x.a));
        return x_var(p, s_let(p, "picked", shown(m, (unsigned)p->exp.at[x.b].num)));
    case X_OP: {
        Exp a = form(m, x.a), b = form(m, x.b);
        return x_op(p, (Op)x.op, a, b, form(m, x.c));
    }
    }
    return 0;
}

/* ---- statements ----------------------------------------------------------------------------- */

static void form_block(Making *, Stm first);

static void form_store(Making *m, const LStm *s)
{
    Program *p = m->p;
    unsigned lanes = p->exp.at[s->b].type.lanes;
    bool own = is_own(m, s->var);
    Exp value = form(m, s->b), at = own_index(m, s->var, s->a, lanes);
    if (!own && m->loaded) {
        value = x_var(p, s_let(p, "v", value));
        at = x_var(p, s_let(p, "to", at));
        meet(m);
    }
    bool one = !own && lanes == 1;
    if (one) s_if(p, x_op(p, OP_eq, lane(m), x_int(p, 0), 0));
    s_store(p, now(m, s->var), at, value);
    if (one) s_end(p);
    m->stored |= !own;
}

static void form_scatter(Making *m, const LStm *s)
{
    Program *p = m->p;
    Exp value = x_var(p, s_let(p, "v", form(m, s->b)));
    Exp at = x_var(p, s_let(p, "to", x_add(p, form(m, s->a), x_mul(p, lane(m), form(m, s->c)))));
    Exp count = x_var(p, s_let(p, "count", form(m, s->d)));
    if (m->loaded) meet(m);
    s_if(p, x_op(p, OP_lt, lane(m), count, 0));
    s_store(p, now(m, s->var), at, value);
    s_end(p);
    m->stored = true;
}

static void form_loop(Making *m, const LStm *s)
{
    Program *p = m->p;
    INSIST(p->arena, s->kind == S_FOR && "parallel loops are the host's");
    Exp from = form(m, s->a), to = form(m, s->b), step = form(m, s->c);
    m->to[s->var] = s_for(p, p->var.at[s->var].name, from, to, step, s->flags);
    m->stored = m->loaded = true;               /* what the last time did */
    form_block(m, s->body);
    s_end(p);
    m->stored = m->loaded = true;
}

static void form_if(Making *m, const LStm *s)
{
    Program *p = m->p;
    s_if(p, form(m, s->a));
    const bool stored = m->stored, loaded = m->loaded;
    form_block(m, s->body);
    const bool stored_then = m->stored, loaded_then = m->loaded;
    m->stored = stored, m->loaded = loaded;
    if (s->other) {
        s_else(p);
        form_block(m, s->other);
    }
    s_end(p);
    m->stored |= stored_then, m->loaded |= loaded_then;
}

static void form_call(Making *m, const LStm *s)
{
    Program *p = m->p;
    const LFn *callee = fn_of(p, m->form[s->callee] - 1);
    Exp *arg = NEW_ARRAY(p->arena, Exp, callee->param.count + 1);
    size_t n = 0;
    for (uint32_t i = 0; i < s->nargs; i++) arg[n++] = form(m, p->arg.at[s->args + i]);
    arg[n++] = lane(m);
    arg[n++] = x_var(p, m->meet);
    for (size_t i = 0; i < m->shared.count; i++) arg[n++] = x_var(p, m->to[m->shared.at[i]]);
    Var result = s_call_named(p, m->form[s->callee] - 1, arg, n, s->var ? p->var.at[s->var].name : NULL);
    if (s->var) m->to[s->var] = result;
    m->stored = m->loaded = true;
}

static void form_local(Making *m, Var array)
{
    Program *p = m->p;
    uint32_t count = p->var.at[array].count;
    if (is_shared(m, array)) return;
    m->to[array] = s_local(p, p->var.at[array].name, is_split(m, array) ? count / LANES : count);
}

static void form_statement(Making *m, const LStm *s)
{
    Program *p = m->p;
    const char *name = s->var ? p->var.at[s->var].name : NULL;
    before_loads(m, s);
    switch ((SKind)s->kind) {
    case S_NONE:    return;
    case S_NOTE:    s_note(p, "%s", s->text); return;
    case S_LOCAL:   form_local(m, s->var); return;
    case S_LET:     m->to[s->var] = s_let(p, name, form(m, s->a)); return;
    case S_VAR:     m->to[s->var] = s_var(p, name, form(m, s->a)); return;
    case S_SET:     s_set(p, now(m, s->var), form(m, s->a)); return;
    case S_VIEW:    m->to[s->var] = s_view(p, name, now(m, s->var2), form(m, s->a)); return;
    case S_STORE:   form_store(m, s); return;
    case S_SCATTER: form_scatter(m, s); return;
    case S_FOR: case S_PAR: form_loop(m, s); return;
    case S_IF:      form_if(m, s); return;
    case S_CALL:    form_call(m, s); return;
    case S_RETURN:  s_return(p, form(m, s->a)); return;
    case S_BAR: case S_SYNC: s_sync(p); return;
    }
}

static void form_block(Making *m, Stm first)
{
    for (Stm s = first; s; s = m->p->stm.at[s].next) {
        const LStm at = m->p->stm.at[s];
        const uint32_t before = m->p->at;
        m->p->at = at.origin;
        form_statement(m, &at);
        m->p->at = before;
    }
}

/* ---- functions -------------------------------------------------------------------------------- */

static Var param(Making *m, Var var)
{
    Program *p = m->p;
    const LVar v = p->var.at[var];
    return m->to[var] = is_buffer(p, var) ? fn_param_buffer(p, v.name, (Space)v.space, v.writable, v.optional)
                                          : fn_param(p, v.name, (LKind)v.type.kind);
}

/* Callees have every array of the group's: one of its functions is at work at a time, and what is
 * not read is left out where it is printed.                                                        */
static uint32_t fn_form(Making *m, uint32_t index)
{
    Program *p = m->p;
    const LFn *from = fn_of(p, index);
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.lane%zu", from->name, p->fn.count), from->note);
    fn_of(p, fn)->outline = from->outline;
    for (size_t i = 0; i < from->param.count; i++) param(m, from->param.at[i]);
    m->lane = fn_param(p, "lane", L_INT);
    m->meet = fn_param_buffer(p, "meet", SPACE_LOCAL, true, false);
    for (size_t i = 0; i < m->shared.count; i++)
        m->to[m->shared.at[i]] = fn_param_buffer(p, p->var.at[m->shared.at[i]].name, SPACE_LOCAL, true, false);
    m->stored = m->loaded = true;
    form_block(m, from->body);
    fn_end(p);
    return fn;
}

static Var group_array(Program *p, const char *name, uint32_t count)
{
    Var array = s_local(p, name, count);
    p->var.at[array].space = SPACE_LOCAL;
    return array;
}

static uint32_t kernel_form(Making *m, uint32_t index)
{
    Program *p = m->p;
    const LFn *from = fn_of(p, index);
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.lanes", from->name), from->note);
    param(m, from->param.at[0]);
    m->lane = fn_param(p, "lane", L_INT);
    for (size_t i = 1; i < from->param.count; i++) param(m, from->param.at[i]);
    m->meet = group_array(p, "meet", LANES);
    for (size_t i = 0; i < m->shared.count; i++)
        m->to[m->shared.at[i]] = group_array(p, p->var.at[m->shared.at[i]].name, p->var.at[m->shared.at[i]].count);
    m->stored = m->loaded = false;
    form_block(m, from->body);
    fn_end(p);
    return fn;
}

static void reach(const Program *p, Stm first, bool *reached)
{
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        if (at->kind == S_CALL && !reached[at->callee]) {
            reached[at->callee] = true;
            reach(p, fn_of(p, at->callee)->body, reached);
        }
        reach(p, at->body, reached);
        reach(p, at->other, reached);
    }
}

uint32_t lanes_build(Program *p, uint32_t kernel, uint32_t *form_of)
{
    Making m = { .p = p, .form = NEW_ARRAY(p->arena, uint32_t, p->fn.count), .vars = p->var.count,
                 .to = NEW_ARRAY(p->arena, Var, p->var.count), .use = NEW_ARRAY(p->arena, uint8_t, p->var.count),
                 .even = NEW_ARRAY(p->arena, bool, p->var.count) };
    bool *reached = NEW_ARRAY(p->arena, bool, p->fn.count);
    uint64_t room = LANES;
    reach(p, fn_of(p, kernel)->body, reached);
    reached[kernel] = true;
    for (uint32_t i = 0; i <= kernel; i++)
        if (reached[i]) see_block(&m, fn_of(p, i)->body);
    for (uint32_t i = 0; i <= kernel; i++)
        if (reached[i]) find_shared(&m, fn_of(p, i)->body);
    for (size_t i = 0; i < m.shared.count; i++) room += p->var.at[m.shared.at[i]].count;
    if (room * (p->real == TYPE_F32 ? 4 : 8) > LANES_ROOM) return NO_LANES;
    for (uint32_t i = 0; i < kernel; i++) {
        if (!reached[i]) continue;
        bool known = !m.shared.count && form_of[i];             /* it has the kernel's arrays, if there are any */
        m.form[i] = known ? form_of[i] : fn_form(&m, i) + 1;
        if (!m.shared.count) form_of[i] = m.form[i];
    }
    return kernel_form(&m, kernel);
}
