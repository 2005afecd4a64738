/* vjp.c: reverse mode on the tensor IR.
 *
 * In: a Fn, cotangents of some of its nodes, and the nodes whose cotangents are
 * wanted.  Out: these, as further nodes of the same Fn, so that what value and
 * derivative share is one node.  A node's arguments come before it, hence the
 * whole of reverse mode is one loop over the nodes, backwards (Griewank and
 * Walther, Evaluating Derivatives, chapter 3):
 *
 *     map         g times the row's cells, built as nodes
 *     con         the same con with result and operand k exchanged: g takes the
 *                 place of operand k, its access that of the result
 *     peak        con of g with the mask "here is the extremum", ties sharing
 *     take, put   each other
 *
 * The branch that a select does not take must not contribute: 0 * inf is NaN
 * (log(x) where x <= 0). So a cotangent is kept as select(c, g, 0) while it moves
 * through maps: the factor is applied to g, inside. Where whole samples take a branch
 * it stays so through everything else in the branch; where samples are added up, into
 * a weight's cotangent, those that did not take it are made zeros first. */
#include "pass/pass.h"
#include "pass/rewrite.h"

#include <string.h>

typedef struct Vjp {
    Fn     *f;
    Ref    *bar;                    /* cotangent by node, 0: none yet              */
    bool   *need;                   /* does a wanted node reach it?                */
    bool   *branch;                 /* does a select of f choose by it?            */
    uint32_t *back;                 /* by place: the same, on the way back; or 0   */
    Ref     last;                   /* the nodes of f; what comes behind is made   */
    Arena   cells;                  /* parsed derivative cells, for this call      */
    const Cell *cell[OP_COUNT][3];
} Vjp;

/* ---- guarded cotangents --------------------------------------------------------- */

typedef struct Guard { Ref condition, value; bool otherwise; } Guard;

static bool is_zero(const Fn *f, Ref r)
{
    const Node *n = NODE(f, r);
    if (n->op == OP_CON && n->narg == 1) return is_zero(f, n->arg[0]);
    if (n->op != OP_CONST) return false;
    for (uint64_t i = 0; i < shape_count(SHAPE(f, r)); i++)
        if (f->value.at[n->aux + i] != 0) return false;
    return true;
}

/* select(c, g, 0) or select(c, 0, g) taken apart; otherwise no condition. */
static Guard guard_of(const Fn *f, Ref g)
{
    const Node *n = NODE(f, g);
    if (n->op == OP_select && is_zero(f, n->arg[2])) return (Guard){ n->arg[0], n->arg[1], false };
    if (n->op == OP_select && is_zero(f, n->arg[1])) return (Guard){ n->arg[0], n->arg[2], true };
    return (Guard){ 0, g, false };
}

static Ref guarded(Fn *f, Guard guard, Ref value)
{
    Ref zero = ir_num(f, 0);
    if (!guard.condition) return value;
    return guard.otherwise ? ir_map(f, OP_select, guard.condition, zero, value)
                           : ir_map(f, OP_select, guard.condition, value, zero);
}

/* A number or one per sample that was expanded, or the node itself. */
static Ref unexpanded(const Fn *f, Ref r)
{
    for (const Node *n = NODE(f, r); n->op == OP_CON && n->narg == 1; n = NODE(f, r)) {
        Shape s = SHAPE(f, n->arg[0]);
        if (s.rank > 1 || (s.rank == 1 && !shape_batched(s))) break;
        r = n->arg[0];
    }
    return r;
}

/* The guard of a branch that whole samples take, if g has one. */
static Guard branch_of(const Vjp *v, Ref g)
{
    Guard guard = guard_of(v->f, g);
    Ref of = guard.condition ? unexpanded(v->f, guard.condition) : 0;
    Shape s = SHAPE(v->f, of);
    if (!of || of > v->last || !v->branch[of] || s.rank > 1 || (s.rank == 1 && !shape_batched(s))) return (Guard){ 0, g, false };
    guard.condition = of;
    return guard;
}

/* Can what is zero where the branch is not taken be told so, sample by sample? */
static bool tells(const Fn *f, Guard guard, Ref of)
{
    return guard.condition && (shape_batched(SHAPE(f, of)) || !shape_batched(SHAPE(f, guard.condition)));
}

static void contribute(Vjp *v, Ref to, Ref more)
{
    Fn *f = v->f;
    Ref before = v->bar[to];
    if (!before) { v->bar[to] = more; return; }
    Guard a = guard_of(f, before), b = guard_of(f, more);
    if (a.condition && a.condition == b.condition && a.otherwise == b.otherwise)
        v->bar[to] = guarded(f, a, ir_add(f, a.value, b.value));
    else
        v->bar[to] = ir_add(f, before, more);
}

/* ---- one rule per class ----------------------------------------------------------- */

static const Cell *cell_of(Vjp *v, Op op, unsigned k)
{
    const char *text = op_info(op)->derivative[k];
    if (!v->cell[op][k] && text) v->cell[op][k] = cell_parse(&v->cells, text);
    return v->cell[op][k];
}

static void pull_select(Vjp *v, Ref r, Ref g)
{
    Fn *f = v->f;
    Node n = *NODE(f, r);
    Ref zero = ir_num(f, 0);
    v->branch[unexpanded(f, n.arg[0])] = true;
    if (v->need[n.arg[1]]) contribute(v, n.arg[1], ir_map(f, OP_select, n.arg[0], g, zero));
    if (v->need[n.arg[2]]) contribute(v, n.arg[2], ir_map(f, OP_select, n.arg[0], zero, g));
}

static void pull_map(Vjp *v, Ref r, Ref g)
{
    Fn *f = v->f;
    Node n = *NODE(f, r);
    Guard guard = guard_of(f, g);
    for (unsigned k = 0; k < n.narg; k++) {
        const Cell *cell = cell_of(v, (Op)n.op, k);
        if (!v->need[n.arg[k]] || !cell) continue;
        Ref input[CELL_INPUTS] = { n.arg[0], n.arg[1], n.arg[2], r, guard.value };
        Ref more = rewrite_cell(f, cell, input);
        if (is_zero(f, more)) continue;
        if (!shape_equal(SHAPE(f, more), SHAPE(f, n.arg[k])))
            more = ir_expand(f, more, SHAPE(f, n.arg[k]));
        contribute(v, n.arg[k], guarded(f, guard, more));
    }
}

static void pull_con(Vjp *v, Ref r, Ref g)
{
    Fn *f = v->f;
    Node n = *NODE(f, r);
    Con forward = *CON(f, r);
    Guard guard = branch_of(v, g);
    for (unsigned k = 0; k < forward.nopd; k++) {
        if (!v->need[n.arg[k]]) continue;
        Con back = forward;
        Ref operand[MAX_OPERANDS];
        memcpy(operand, n.arg, sizeof operand);
        bool told = tells(f, guard, n.arg[k]);
        operand[k] = told ? guard.value : g;
        for (unsigned i = 0; i < forward.nopd && guard.condition && !told; i++)
            if (i != k && tells(f, guard, operand[i])) operand[i] = guarded(f, guard, operand[i]);
        memcpy(back.out, forward.in[k], sizeof back.out);
        memcpy(back.in[k], forward.out, sizeof back.out);
        Ref more = ir_con(f, &back, SHAPE(f, n.arg[k]), operand);
        contribute(v, n.arg[k], told ? guarded(f, guard, more) : more);
    }
}

/* y[kept] for x[kept and reduced]: y or g repeated along the reduced axes. */
static Ref spread(Fn *f, Ref kept, Shape to, uint32_t reduced)
{
    Con con = { .naxis = to.rank, .nopd = 1 };
    unsigned d = 0;
    for (unsigned i = 0; i < to.rank; i++) {
        con.extent[i] = to.dim[i];
        con.out[i] = (Aff){ .n = 1, .ax = { (uint8_t)i }, .k = { 1 } };
        if (!(reduced >> i & 1)) con.in[0][d++] = con.out[i];
    }
    return ir_con(f, &con, to, &kept);
}

static void pull_peak(Vjp *v, Ref r, Ref g)
{
    Fn *f = v->f;
    Node n = *NODE(f, r);
    Shape shape = SHAPE(f, n.arg[0]);
    Ref here = ir_map(f, OP_eq, n.arg[0], spread(f, r, shape, n.aux), 0);
    Ref mask = ir_map(f, OP_select, here, ir_num(f, 1), ir_num(f, 0));
    Guard guard = branch_of(v, g);
    if (!tells(f, guard, n.arg[0])) guard = (Guard){ 0, g, false };
    Ref share = ir_map(f, OP_div, guard.value, ir_sum(f, mask, n.aux), 0);
    contribute(v, n.arg[0], guarded(f, guard, ir_mul(f, mask, spread(f, share, shape, n.aux))));
}

/* From a table that all samples share, each takes its row: put back, they add up. */
static void pull_take(Vjp *v, Ref r, Ref g)
{
    Fn *f = v->f;
    Node n = *NODE(f, r);
    Shape from = SHAPE(f, n.arg[0]);
    bool shared = shape_batched(SHAPE(f, n.arg[1])) && !shape_batched(from);
    Ref back = ir_put(f, g, n.arg[1], n.aux + shared, from.dim[n.aux]);
    contribute(v, n.arg[0], shared ? ir_sum(f, back, 1) : back);
}

static void pull(Vjp *v, Ref r, Ref g)
{
    Fn *f = v->f;
    Node n = *NODE(f, r);
    switch (n.op) {
    case OP_NONE: case OP_LEAF: case OP_CONST:
        break;
    case OP_CON:
        pull_con(v, r, g);
        break;
    case OP_PEAK_MAX: case OP_PEAK_MIN:
        pull_peak(v, r, g);
        break;
    case OP_TAKE:
        pull_take(v, r, g);
        break;
    case OP_PUT:
        contribute(v, n.arg[0], ir_take(f, g, n.arg[1], n.aux));
        break;
    case OP_select:
        pull_select(v, r, g);
        break;
    default:
        pull_map(v, r, g);
    }
}

/* ---- the loop ------------------------------------------------------------------------ */

/* What is made on the way back comes from where the node did. */
static uint32_t place_back(Vjp *v, uint32_t loc)
{
    Fn *f = v->f;
    Place place = f->place.at[loc];
    if (place.back) return loc;
    if (v->back[loc]) return v->back[loc];
    place.back = true;
    VEC_PUSH(f->arena, f->place) = place;
    return v->back[loc] = (uint32_t)f->place.count - 1;
}

void vjp_into(Fn *f, const Ref *root, const Ref *seed, size_t roots,
              const Ref *wanted, size_t count, Ref *out)
{
    Arena scratch = { .heap = f->arena->heap };
    Ref last = 0;
    for (size_t i = 0; i < roots; i++)
        if (root[i] > last) last = root[i];
    Vjp v = { .f = f, .last = last };
    v.cells.heap = f->arena->heap;
    v.bar = NEW_ARRAY(&scratch, Ref, last + 1);
    v.need = NEW_ARRAY(&scratch, bool, last + 1);
    v.branch = NEW_ARRAY(&scratch, bool, last + 1);
    v.back = NEW_ARRAY(&scratch, uint32_t, f->place.count);

    for (size_t i = 0; i < count; i++)
        if (wanted[i] <= last) v.need[wanted[i]] = true;
    for (Ref r = 1; r <= last; r++) {
        const Node *n = NODE(f, r);
        for (unsigned k = 0; k < n->narg; k++)
            if (v.need[n->arg[k]] && n->type == f->real) v.need[r] = true;
    }
    for (size_t i = 0; i < roots; i++)
        if (seed[i]) contribute(&v, root[i], seed[i]);
    for (Ref r = last; r > 0; r--)
        if (v.need[r] && v.bar[r]) {
            f->loc = place_back(&v, NODE(f, r)->loc);
            pull(&v, r, v.bar[r]);
        }
    for (size_t i = 0; i < count; i++) out[i] = wanted[i] <= last ? v.bar[wanted[i]] : 0;
    f->loc = 0;
    arena_free(&v.cells);
    arena_free(&scratch);
}

/* ---- whole functions --------------------------------------------------------------------- */

/* A new Fn with f's leaves and the nodes its roots need: root[i]. */
static Fn *copy_of(Arena *arena, const Fn *f, const char *name, Ref *root)
{
    Fn *g = fn_new(arena, f->names, name, f->real);
    Ref *old = NEW_ARRAY(arena, Ref, f->root.count + 1);
    Ref *leaf = NEW_ARRAY(arena, Ref, f->symbol.count + 1);
    for (size_t i = 0; i < f->symbol.count; i++) {
        const Symbol *s = &f->symbol.at[i];
        leaf[i] = ir_leaf(g, s->role, s->name, s->type, s->shape);
    }
    for (size_t i = 0; i < f->root.count; i++) old[i] = f->root.at[i].value;
    ir_inline_many(g, f, old, f->root.count, leaf, root);
    return g;
}

/* Indices of the wanted leaves: those named, or every leaf of reals. */
static uint32_t *wanted_symbols(Arena *arena, const Fn *f, const Name *wanted, size_t *count)
{
    uint32_t *index = NEW_ARRAY(arena, uint32_t, f->symbol.count + *count + 1);
    size_t n = 0;
    for (size_t i = 0; wanted && i < *count; i++) index[n++] = (uint32_t)ir_symbol(f, wanted[i]);
    for (uint32_t i = 0; !wanted && i < f->symbol.count; i++)
        if (f->symbol.at[i].type == f->real) index[n++] = i;
    *count = n;
    return index;
}

Fn *pass_vjp(Arena *arena, const Fn *f, const char *name, const Name *wanted, size_t count)
{
    Ref *root = NEW_ARRAY(arena, Ref, f->root.count + 1), *seed = NEW_ARRAY(arena, Ref, f->root.count + 1);
    Fn *g = copy_of(arena, f, name, root);
    for (size_t i = 0; i < f->root.count; i++)          /* what buffers become moves no result */
        if (f->root.at[i].kind != ROOT_UPDATE)
            seed[i] = ir_leaf(g, ROLE_COTANGENT, pass_name(f, "a_%s", f->root.at[i].name), f->real, SHAPE(g, root[i]));

    uint32_t *index = wanted_symbols(arena, f, wanted, &count);
    Ref *leaf = NEW_ARRAY(arena, Ref, count + 1), *bar = NEW_ARRAY(arena, Ref, count + 1);
    for (size_t i = 0; i < count; i++) leaf[i] = g->symbol.at[index[i]].node;
    vjp_into(g, root, seed, f->root.count, leaf, count, bar);
    for (size_t i = 0; i < count; i++) {
        const Symbol *s = &f->symbol.at[index[i]];
        bool sample = shape_batched(s->shape);
        Ref value = bar[i] ? bar[i] : ir_expand(g, ir_num(g, 0), s->shape);
        ir_root(g, sample ? ROOT_RESULT : ROOT_SUM, sample ? pass_name(f, "%s_bar", s->name) : s->name, value);
    }
    return g;
}

/* g without the leaves its roots cannot depend on: those of `role` become zeros. */
static Fn *without(Arena *arena, const Fn *g, Role role)
{
    Fn *to = fn_new(arena, g->names, g->name, g->real);
    Ref *subst = NEW_ARRAY(arena, Ref, g->symbol.count + 1);
    for (size_t i = 0; i < g->symbol.count; i++) {
        const Symbol *s = &g->symbol.at[i];
        subst[i] = s->role == role ? ir_expand(to, ir_num(to, 0), s->shape)
                                   : ir_leaf(to, s->role, s->name, s->type, s->shape);
    }
    for (size_t i = 0; i < g->root.count; i++)
        ir_root(to, g->root.at[i].kind, g->root.at[i].name, ir_inline(to, g, g->root.at[i].value, subst));
    return to;
}

/* (df v) = d/da (a . df) . v : the vjp is linear in a, so where it is taken does not
 * matter, and its own vjp in a is what is wanted. */
Fn *pass_jvp(Arena *arena, const Fn *f, const char *name, const Name *wanted, size_t count)
{
    size_t roots = f->root.count;
    Ref *root = NEW_ARRAY(arena, Ref, roots + 1), *seed = NEW_ARRAY(arena, Ref, roots + 1);
    Ref *dot = NEW_ARRAY(arena, Ref, roots + 1);
    Arena own = { .heap = arena->heap };          /* g, with cotangents nobody asked for */
    Fn *g = copy_of(&own, f, name, root);
    uint32_t *index = wanted_symbols(arena, f, wanted, &count);
    Ref *leaf = NEW_ARRAY(arena, Ref, count + 1), *bar = NEW_ARRAY(arena, Ref, count + 1);
    Ref *tangent = NEW_ARRAY(arena, Ref, count + 1), *reached = NEW_ARRAY(arena, Ref, count + 1);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const Symbol *s = &f->symbol.at[index[i]];
        leaf[i] = g->symbol.at[index[i]].node;
        tangent[i] = ir_leaf(g, ROLE_TANGENT, pass_name(f, "v_%s", s->name), f->real, s->shape);
    }
    for (size_t i = 0; i < roots; i++)
        seed[i] = ir_leaf(g, ROLE_COTANGENT, pass_name(f, "a_%s", f->root.at[i].name), f->real, SHAPE(g, root[i]));
    vjp_into(g, root, seed, roots, leaf, count, bar);
    for (size_t i = 0; i < count; i++)
        if (bar[i]) reached[n] = bar[i], tangent[n++] = tangent[i];
    vjp_into(g, reached, tangent, n, seed, roots, dot);
    for (size_t i = 0; i < roots; i++) {
        Ref value = dot[i] ? dot[i] : ir_expand(g, ir_num(g, 0), SHAPE(g, root[i]));
        ir_root(g, ROOT_RESULT, pass_name(f, "%s_dot", f->root.at[i].name), value);
    }
    Fn *out = without(arena, g, ROLE_COTANGENT);
    arena_free(&own);
    return out;
}
