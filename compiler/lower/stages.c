/* stages.c: the tensor functions a whole solve is made of.
 *
 * In: a Field, a solver, a way to differentiate.  Out: what the skeletons apply.
 * Substep s of n of an interval that begins at t is taken at t + s*h.  Samples that
 * share a loop but have fewer substeps than others stay as they are, bit for bit:
 *
 *     step:  x := s < n ? step(x, t + min(s, n-1)*h, h) : x
 *     pull:  the same for z and a, from a cotangent s < n ? a : 0, so that nothing
 *            is added to any sum
 *
 * Exact gradients of the times (discrete): with t_s = t0 + s*h and h = (t1 - t0)/n,
 *
 *     dL/dt0 += sum t_bar_s - H/n,  dL/dt1 += H/n,  H = sum (h_bar_s + s*t_bar_s)   */
#include "pass/pass.h"
#include "lower/skeleton.h"

#include <string.h>

typedef struct Making {
    Arena              *arena;
    Arena              *raw;        /* functions before pass_finish; freed at the end */
    Names              *names;
    const Field        *field;
    const LowerOptions *options;
    bool                lanes;
    Stages             *st;
} Making;

static const Shape per_sample = { .rank = 1, .dim = { BATCH } };

static Shape batched(Shape s)
{
    Shape b = { .rank = (uint8_t)(s.rank + 1), .dim = { BATCH } };
    for (unsigned d = 0; d < s.rank; d++) b.dim[d + 1] = s.dim[d];
    return b;
}

/* ---- names ------------------------------------------------------------------------ */

/* `word`, or with underscores behind it if fn has a leaf of that name. */
static Name fresh(const Making *m, const Fn *fn, const char *word)
{
    while (ir_symbol(fn, name_of(m->names, word)) >= 0) word = arena_printf(m->arena, "%s_", word);
    return name_of(m->names, word);
}

static Name joined(const Making *m, const char *prefix, Name name)
{
    return name_of(m->names, arena_printf(m->arena, "%s%s", prefix, name));
}

/* The k-th leaf with this role; NULL if there are fewer. */
static Name leaf_name(const Fn *fn, Role role, size_t k)
{
    for (size_t i = 0; i < fn->symbol.count; i++)
        if (fn->symbol.at[i].role == role && k-- == 0) return fn->symbol.at[i].name;
    return NULL;
}

static Name root_name(const Fn *fn, RootKind kind, size_t k)
{
    for (size_t i = 0; i < fn->root.count; i++)
        if (fn->root.at[i].kind == kind && k-- == 0) return fn->root.at[i].name;
    return NULL;
}

/* ---- a function called with other leaves --------------------------------------------- */

typedef struct Call { Fn *to; const Fn *from; Ref *leaf, *value; } Call;    /* per symbol, per root */

/* Leaves of `from` in `to`; what stands for them may still be changed in `leaf`. */
static Call call_begin(const Making *m, const Fn *from, const char *name)
{
    Call c = { .to = fn_new(m->raw, m->names, name, from->real), .from = from,
               .leaf = NEW_ARRAY(m->raw, Ref, from->symbol.count + 1),
               .value = NEW_ARRAY(m->raw, Ref, from->root.count + 1) };
    for (size_t i = 0; i < from->symbol.count; i++) {
        const Symbol *s = &from->symbol.at[i];
        c.leaf[i] = ir_leaf(c.to, s->role, s->name, s->type, s->shape);
    }
    return c;
}

static void call_end(const Making *m, Call *c)
{
    Ref *root = NEW_ARRAY(m->raw, Ref, c->from->root.count + 1);
    for (size_t i = 0; i < c->from->root.count; i++) root[i] = c->from->root.at[i].value;
    ir_inline_many(c->to, c->from, root, c->from->root.count, c->leaf, c->value);
}

/* ---- substeps ---------------------------------------------------------------------------- */

typedef struct Clock { Ref index, count; } Clock;

static Clock clock_make(const Making *m, Call *c)
{
    Stages *st = m->st;
    Fn *to = c->to;
    st->index = fresh(m, to, "s");
    Clock k = { .index = ir_leaf(to, ROLE_SCALAR, st->index, to->real, per_sample) };
    st->count = fresh(m, to, "n");
    k.count = ir_leaf(to, ROLE_SCALAR, st->count, to->real, per_sample);

    Ref s = m->lanes ? ir_map(to, OP_min, k.index, ir_sub(to, k.count, ir_num(to, 1)), 0) : k.index;
    for (size_t i = 0; i < c->from->symbol.count; i++)
        if (c->from->symbol.at[i].role == ROLE_TIME) {
            Ref h = to->symbol.at[ir_symbol(to, st->step_size)].node;
            c->leaf[i] = ir_map(to, OP_fma, s, h, c->leaf[i]);
        }
    return k;
}

static Ref per_element(Fn *fn, Ref r, Shape shape)
{
    return shape.rank > 1 ? ir_expand(fn, r, shape) : r;
}

/* s < n ? yes : no */
static Ref while_running(const Making *m, Fn *fn, Clock k, Ref yes, Ref no)
{
    if (!m->lanes) return yes;
    Shape shape = SHAPE(fn, no);
    Ref running = ir_map(fn, OP_lt, per_element(fn, k.index, shape), per_element(fn, k.count, shape), 0);
    return ir_map(fn, OP_select, running, yes, no);
}

static Ref leaf_called(const Fn *fn, Name name)
{
    return fn->symbol.at[ir_symbol(fn, name)].node;
}

static Fn *step_make(const Making *m)
{
    const Fn *bare = m->st->bare_step;
    m->st->step_size = leaf_name(bare, ROLE_STEP, 0);
    Call c = call_begin(m, bare, arena_printf(m->arena, "%s.step", m->field->name));
    Clock k = clock_make(m, &c);
    call_end(m, &c);
    for (size_t i = 0; i < bare->root.count; i++) {
        Name x = bare->root.at[i].name;
        ir_root(c.to, ROOT_CARRY, x, while_running(m, c.to, k, c.value[i], leaf_called(c.to, x)));
    }
    return pass_finish(m->arena, c.to);
}

/* A stopped sample's cotangent is zero inside and untouched outside. */
static Clock pull_begin(const Making *m, Call *c, const Fn *bare)
{
    *c = call_begin(m, bare, arena_printf(m->arena, "%s.pull", m->field->name));
    Clock k = clock_make(m, c);
    for (size_t i = 0; i < bare->symbol.count; i++)
        if (bare->symbol.at[i].role == ROLE_COTANGENT && m->lanes)
            c->leaf[i] = while_running(m, c->to, k, c->leaf[i],
                                       ir_expand(c->to, ir_num(c->to, 0), bare->symbol.at[i].shape));
    call_end(m, c);
    return k;
}

static Fn *pull_make(const Making *m)
{
    bool adjoint = m->options->gradient == GRADIENT_ADJOINT;
    Call c;
    Stages *st = m->st;
    const Fn *bare = st->bare_pull;
    Clock k = pull_begin(m, &c, bare);
    for (size_t i = 0; i < m->field->state.count; i++) {
        st->state[i].pulled = leaf_name(bare, ROLE_COTANGENT, i);
        st->state[i].first_slope = adjoint ? root_name(bare, ROOT_RESULT, i) : NULL;
    }
    Ref bar[2] = { 0 };             /* t_bar, h_bar: the results of the discrete pull */
    unsigned bars = 0;
    for (size_t i = 0; i < bare->root.count; i++) {
        const Root *root = &bare->root.at[i];
        Ref v = c.value[i];
        if (root->kind == ROOT_CARRY) v = while_running(m, c.to, k, v, leaf_called(c.to, root->name));
        if (root->kind == ROOT_RESULT && !adjoint) bar[bars++ & 1] = v;
        else ir_root(c.to, root->kind, root->name, v);
    }
    if (adjoint) return pass_finish(m->arena, c.to);

    st->span_sum = fresh(m, c.to, "h_sum");
    Ref span = ir_leaf(c.to, ROLE_SCALAR, st->span_sum, c.to->real, per_sample);
    st->time_sum = fresh(m, c.to, "t_sum");
    Ref time = ir_leaf(c.to, ROLE_SCALAR, st->time_sum, c.to->real, per_sample);
    ir_root(c.to, ROOT_CARRY, st->span_sum, ir_add(c.to, span, ir_add(c.to, bar[1], ir_mul(c.to, k.index, bar[0]))));
    ir_root(c.to, ROOT_CARRY, st->time_sum, ir_add(c.to, time, bar[0]));
    return pass_finish(m->arena, c.to);
}

/* ---- what happens at observations ------------------------------------------------------------ */

static Fn *jump_make(const Making *m)
{
    Fn *fn = fn_new(m->raw, m->names, arena_printf(m->arena, "%s.jump", m->field->name), m->options->real);
    for (size_t i = 0; i < m->field->state.count; i++) {
        StateNames *n = &m->st->state[i];
        Shape shape = batched(m->field->state.at[i].shape);
        Ref a = ir_leaf(fn, ROLE_COTANGENT, n->pulled, fn->real, shape);
        Ref g = ir_leaf(fn, ROLE_SCALAR, n->direct, fn->real, shape);
        ir_root(fn, ROOT_CARRY, n->pulled, ir_add(fn, a, g));
    }
    return pass_finish(m->arena, fn);
}

/* sum over a sample's elements of a*b */
static Ref dot(Fn *fn, Ref a, Ref b, Shape shape)
{
    Con con = { .naxis = shape.rank, .nopd = 2 };
    for (unsigned d = 0; d < shape.rank; d++) {
        Aff axis = { .k = { 1 }, .ax = { (uint8_t)d }, .n = 1 };
        con.extent[d] = shape.dim[d];
        con.in[0][d] = con.in[1][d] = axis;
        if (d == 0) con.out[0] = axis;
    }
    return ir_con(fn, &con, per_sample, (Ref[]){ a, b, 0 });
}

static Fn *slope_make(const Making *m, const char *name, bool negative)
{
    Fn *fn = fn_new(m->raw, m->names, arena_printf(m->arena, "%s.%s", m->field->name, name), m->options->real);
    Ref sum = 0;
    for (size_t i = 0; i < m->field->state.count; i++) {
        StateNames *n = &m->st->state[i];
        Shape shape = batched(m->field->state.at[i].shape);
        Ref g = ir_leaf(fn, ROLE_SCALAR, n->direct, fn->real, shape);
        Ref f = ir_leaf(fn, ROLE_SCALAR, n->along, fn->real, shape);
        Ref one = shape.rank > 1 ? dot(fn, g, f, shape) : ir_mul(fn, g, f);
        sum = sum ? ir_add(fn, sum, one) : one;
    }
    ir_root(fn, ROOT_RESULT, m->st->dt, negative ? ir_map(fn, OP_neg, sum, 0, 0) : sum);
    return pass_finish(m->arena, fn);
}

static Fn *close_make(const Making *m)
{
    Stages *st = m->st;
    Fn *fn = fn_new(m->raw, m->names, arena_printf(m->arena, "%s.close", m->field->name), m->options->real);
    Ref count = ir_leaf(fn, ROLE_SCALAR, st->count, fn->real, per_sample);
    Ref span = ir_leaf(fn, ROLE_SCALAR, st->span_sum, fn->real, per_sample);
    Ref time = ir_leaf(fn, ROLE_SCALAR, st->time_sum, fn->real, per_sample);
    st->later = fresh(m, fn, "later");
    Ref later = ir_leaf(fn, ROLE_SCALAR, st->later, fn->real, per_sample);
    Ref share = ir_map(fn, OP_div, span, ir_map(fn, OP_max, ir_num(fn, 1), count, 0), 0);
    ir_root(fn, ROOT_RESULT, st->dt, ir_add(fn, later, share));
    ir_root(fn, ROOT_CARRY, st->later, ir_sub(fn, time, share));
    return pass_finish(m->arena, fn);
}

/* ---- products of f, and the ends ---------------------------------------------------------------- */

static void vjp_make(const Making *m)
{
    Stages *st = m->st;
    const Fn *f = m->field->f;
    const Fn *vjp = pass_vjp(m->raw, f, arena_printf(m->arena, "%s.vjp", m->field->name), NULL, 0);
    for (size_t i = 0; i < m->field->state.count; i++) st->state[i].seed = leaf_name(vjp, ROLE_COTANGENT, i);
    size_t states = 0, inputs = 0, results = 0;
    for (size_t i = 0; i < f->symbol.count; i++) {
        if (!shape_batched(f->symbol.at[i].shape) || f->symbol.at[i].type == TYPE_I32) continue;
        Name root = root_name(vjp, ROOT_RESULT, results++);
        switch (f->symbol.at[i].role) {
        case ROLE_STATE: st->state[states++].moved = root; break;
        case ROLE_INPUT: st->input[inputs++].moved = root; break;
        default:         st->time_moved = root;            break;
        }
    }
    st->vjp = pass_finish(m->arena, vjp);
}

static void jvp_make(const Making *m)
{
    Stages *st = m->st;
    const Field *field = m->field;
    size_t states = field->state.count, params = field->param.count, n = 0;
    Name *wanted = NEW_ARRAY(m->arena, Name, states + params + 1);
    for (size_t i = 0; i < states; i++) wanted[n++] = st->state[i].state;
    wanted[n++] = st->time;
    for (size_t i = 0; i < params; i++) wanted[n++] = field->param.at[i].name;
    const Fn *jvp = pass_jvp(m->raw, field->f, arena_printf(m->arena, "%s.jvp", field->name), wanted, n);
    for (size_t i = 0; i < states; i++) {
        st->state[i].tangent = leaf_name(jvp, ROLE_TANGENT, i);
        st->state[i].dot = root_name(jvp, ROOT_RESULT, i);
    }
    st->time_tangent = leaf_name(jvp, ROLE_TANGENT, states);
    for (size_t i = 0; i < params; i++) st->param[i].tangent = leaf_name(jvp, ROLE_TANGENT, states + 1 + i);
    st->jvp = pass_finish(m->arena, jvp);
}

static void ends_make(const Making *m)
{
    Stages *st = m->st;
    const Field *field = m->field;
    size_t states = field->state.count, params = field->param.count;
    Name *wanted = NEW_ARRAY(m->arena, Name, states + params + 1);
    for (size_t i = 0; i < states; i++) wanted[i] = st->state[i].state;
    for (size_t i = 0; i < params; i++) wanted[states + i] = field->param.at[i].name;
    if (field->start) {
        st->start = pass_finish(m->arena, field->start);
        const Fn *vjp = pass_vjp(m->raw, field->start, arena_printf(m->arena, "%s.start_vjp", field->name),
                                 wanted + states, params);
        for (size_t i = 0, k = 0; i < states; i++)
            if (!field->state.at[i].given) st->state[i].begun = leaf_name(vjp, ROLE_COTANGENT, k++);
        st->start_vjp = pass_finish(m->arena, vjp);
    }
    if (field->observe) {
        st->observe = pass_finish(m->arena, field->observe);
        const Fn *vjp = pass_vjp(m->raw, field->observe, arena_printf(m->arena, "%s.observe_vjp", field->name),
                                 wanted, states + params);
        for (size_t i = 0; i < states; i++) st->state[i].observed = root_name(vjp, ROOT_RESULT, i);
        for (size_t i = 0; i < field->output.count; i++) st->output[i].seed = leaf_name(vjp, ROLE_COTANGENT, i);
        st->observe_vjp = pass_finish(m->arena, vjp);
    }
}

static void stages_list(Stages *st)
{
    Fn *all[] = { st->f, st->step, st->pull, st->jump, st->slope, st->start_slope, st->close,
                  st->vjp, st->jvp, st->start, st->start_vjp, st->observe, st->observe_vjp, st->see, st->conclude };
    st->count_all = 0;
    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i]) st->all[st->count_all++] = all[i];
}

static void names_make(const Making *m)
{
    Stages *st = m->st;
    const Field *field = m->field;
    st->state = NEW_ARRAY(m->arena, StateNames, field->state.count + 1);
    st->input = NEW_ARRAY(m->arena, InputNames, field->input.count + 1);
    st->param = NEW_ARRAY(m->arena, ParamNames, field->param.count + 1);
    st->output = NEW_ARRAY(m->arena, OutputNames, field->output.count + 1);
    st->time = leaf_name(field->f, ROLE_TIME, 0);
    st->dt = name_of(m->names, "dt");
    for (size_t i = 0; i < field->state.count; i++) {
        Name x = field->state.at[i].name;
        st->state[i] = (StateNames){ .state = x, .slope = root_name(field->f, ROOT_RESULT, i),
                                     .direct = joined(m, "g_", x), .along = joined(m, "f_", x) };
    }
    for (size_t i = 0; i < field->input.count; i++) st->input[i].input = field->input.at[i].name;
    for (size_t i = 0; i < field->param.count; i++) st->param[i].param = field->param.at[i].name;
    for (size_t i = 0; i < field->output.count; i++) st->output[i].output = field->output.at[i].name;
}

Stages *stages_build(Arena *arena, Names *names, const Field *field, const LowerOptions *options)
{
    Stages *st = NEW(arena, Stages);
    Arena raw = { .heap = arena->heap };
    Making m = { arena, &raw, names, field, options, false, st };
    bool adjoint = options->gradient == GRADIENT_ADJOINT;
    names_make(&m);
    st->bare_step = pass_step(arena, field->f, options->solver);
    st->bare_pull = adjoint ? pass_pull_adjoint(arena, field->f, options->solver)
                            : pass_pull_discrete(arena, field->f, options->solver);
    st->f = pass_finish(arena, field->f);
    st->step = step_make(&m);
    st->pull = pull_make(&m);
    st->jump = jump_make(&m);
    st->slope = slope_make(&m, "slope", false);
    st->start_slope = slope_make(&m, "start_slope", true);
    if (!adjoint) st->close = close_make(&m);
    vjp_make(&m);
    jvp_make(&m);
    ends_make(&m);
    survey_stages(arena, names, field, options, st);
    stages_list(st);
    arena_free(&raw);
    return st;
}

Stages *stages_for_lanes(Arena *arena, Names *names, const Field *field, const LowerOptions *options,
                         const Stages *one)
{
    Stages *st = arena_copy(arena, one, sizeof *one);
    Arena raw = { .heap = arena->heap };
    Making m = { arena, &raw, names, field, options, true, st };
    st->step = step_make(&m);
    st->pull = pull_make(&m);
    stages_list(st);
    arena_free(&raw);
    return st;
}
