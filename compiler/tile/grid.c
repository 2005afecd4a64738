/* grid.c: loops over the elements of one shape; see grid.h.
 *
 * Loops go in the order of memory, the vector dimension innermost. Two neighbours
 * become one where no address tells them apart, so a run of maps over values of one
 * layout is a single loop. Per loop level, what the addresses have in common there is
 * named once; in the innermost loop an address is an addition.                     */
#include "tile/grid.h"
#include "ir/make.h"

#include <string.h>

Grid *grid_new(TileFn *f, Shape feature, unsigned vector)
{
    Grid *g = NEW(f->arena, Grid);
    g->f = f;
    g->p = f->p;
    g->shape = feature;
    g->vector = vector;
    g->lanes = feature.rank && feature.dim[vector] > 1 ? LANES : 1;
    VEC_PUSH(f->arena, g->elem) = (Elem){ 0 };
    VEC_PUSH(f->arena, g->base) = (Base){ 0 };
    return g;
}

/* ---- forms -------------------------------------------------------------------------- */

Form form_number(int64_t c) { return (Form){ .c = c }; }

Form form_index(unsigned dim)
{
    Form form = { 0 };
    form.k[dim] = 1;
    return form;
}

static void form_add(Form *to, const Form *from, int64_t times)
{
    to->c += times * from->c;
    for (unsigned d = 0; d < MAX_RANK; d++) to->k[d] += times * from->k[d];
}

Form form_of(const Aff *a, const Form *axis)
{
    Form form = form_number(a->c);
    for (unsigned i = 0; i < a->n; i++) form_add(&form, &axis[a->ax[i]], a->k[i]);
    return form;
}

static bool form_equal(const Form *a, const Form *b)
{
    return a->c == b->c && !memcmp(a->k, b->k, sizeof a->k);
}

/* ---- bases ---------------------------------------------------------------------------- */

static bool home_equal(Home a, Home b) { return a.area == b.area && a.at == b.at && a.pitch == b.pitch; }

static uint32_t base_of(Grid *g, Home home, const char *hint)
{
    for (uint32_t i = 1; i < g->base.count; i++)
        if (home_equal(g->base.at[i].home, home)) return i;
    VEC_PUSH(g->f->arena, g->base) = (Base){ .home = home, .hint = hint };
    return (uint32_t)g->base.count - 1;
}

Access grid_local(Grid *g, const char *hint, uint32_t count)
{
    VEC_PUSH(g->f->arena, g->base) = (Base){ .view = s_local(g->p, hint, count) };
    return (Access){ .base = (uint32_t)g->base.count - 1, .whole = true };
}

static uint32_t round_up(uint32_t extent) { return (extent + LANES - 1) / LANES * LANES; }

static uint32_t vector_extent(const Grid *g) { return g->shape.dim[g->vector]; }

/* Does a vector that begins at an element of the grid stay in the memory of its row? */
static bool is_whole(const Grid *g, const Layout *lay, bool padded, const Form *at, Shape shape)
{
    unsigned v = g->vector;
    if (vector_extent(g) % LANES == 0) return true;
    if (!padded || !shape.rank) return false;
    const Form *along = &at[lay->vector];
    return along->k[v] == 1 && along->c + round_up(vector_extent(g)) <= round_up(shape.dim[lay->vector]);
}

static Access access_of(const Grid *g, uint32_t base, const Layout *lay, bool padded, const Form *at, Shape shape)
{
    Access access = { .base = base };
    for (unsigned d = 0; d < shape.rank; d++) form_add(&access.at, &at[d], lay->step[d]);
    access.whole = g->lanes > 1 && access.at.k[g->vector] == 1 && is_whole(g, lay, padded, at, shape);
    return access;
}

Access grid_access(Grid *g, Home home, const Layout *lay, bool padded, const Form *at, Shape shape,
                   const char *hint)
{
    return access_of(g, base_of(g, home, hint), lay, padded, at, shape);
}

Access grid_buffer(Grid *g, Var buffer, Exp from, const Layout *lay, bool padded, const Form *at, Shape shape)
{
    VEC_PUSH(g->f->arena, g->base) = (Base){ .view = s_view(g->p, "to", buffer, from) };
    return access_of(g, (uint32_t)g->base.count - 1, lay, padded, at, shape);
}

/* ---- elements --------------------------------------------------------------------------- */

static uint32_t elem_find(const Grid *g, Ref r, const Form *at, unsigned rank)
{
    for (uint32_t e = 1; e < g->elem.count; e++) {
        bool same = g->elem.at[e].ref == r;
        for (unsigned d = 0; same && d < rank; d++) same = form_equal(&g->elem.at[e].at[d], &at[d]);
        if (same) return e;
    }
    return 0;
}

static uint32_t elem_add(Grid *g, Elem elem)
{
    VEC_PUSH(g->f->arena, g->elem) = elem;
    return (uint32_t)g->elem.count - 1;
}

static uint32_t form_dims(const Grid *g, const Form *form)
{
    uint32_t dims = 0;
    for (unsigned d = 0; d < g->shape.rank; d++)
        if (form->k[d] && g->shape.dim[d] > 1) dims |= 1u << d;
    return dims;
}

/* The operand of a view where the view is at `at`. */
static uint32_t view_elem(Grid *g, Ref r, const Form *at)
{
    const Con *con = CON(g->f->fn, r);
    Shape to = SHAPE(g->f->fn, r), from = SHAPE(g->f->fn, NODE(g->f->fn, r)->arg[0]);
    unsigned b = shape_batched(to);
    Form axis[MAX_AXES] = { 0 }, index[MAX_RANK] = { 0 };
    for (unsigned d = b; d < to.rank; d++)
        if (con->out[d].n) axis[con->out[d].ax[0]] = at[d - b];
    b = shape_batched(from);
    for (unsigned d = b; d < from.rank; d++) index[d - b] = form_of(&con->in[0][d], axis);
    return grid_elem(g, NODE(g->f->fn, r)->arg[0], index);
}

uint32_t grid_elem(Grid *g, Ref r, const Form *at)
{
    TileFn *f = g->f;
    const Node *node = NODE(f->fn, r);
    const TileNode *v = &f->node[r];
    Shape feature = tile_feature(SHAPE(f->fn, r));
    double number;
    bool is_number = ir_is_number(f->fn, r, &number);
    bool here = v->here.area != AREA_NONE;
    if (!is_number && !here && tile_is_view(f, r)) return view_elem(g, r, at);

    unsigned rank = is_number ? 0 : feature.rank;
    uint32_t found = elem_find(g, r, at, rank);
    if (found) return found;
    Elem elem = { .ref = r };
    memcpy(elem.at, at, rank * sizeof *at);
    if (is_number) elem.value = x_real(g->p, number);
    else if (home_scalar(f, v->here)) elem.value = home_scalar(f, v->here);
    else if (here) {
        elem.from = grid_access(g, v->here, &v->lay, v->padded, at, feature, tile_hint(f, r));
        elem.dims = form_dims(g, &elem.from.at);
    } else {
        if (node->op < OP_FIRST_MAP) tile_bug(f, r, "is read before it is there");
        for (unsigned i = 0; i < node->narg; i++) {
            elem.arg[i] = grid_elem(g, node->arg[i], at);
            elem.dims |= g->elem.at[elem.arg[i]].dims;
            g->elem.at[elem.arg[i]].uses++;
        }
    }
    return elem_add(g, elem);
}

/* ---- order of loops ------------------------------------------------------------------------- */

static Loop loop_of(const Grid *g, unsigned d)
{
    bool vector = g->lanes > 1 && d == g->vector;
    uint32_t extent = g->shape.dim[d];
    return (Loop){ .dims = 1u << d, .dim = (uint8_t)d, .vector = vector, .extent = extent,
                   .once = vector && extent <= LANES };
}

/* One step of the outer loop is as far as all steps of the inner one, or both stand. */
static bool access_merges(const Access *a, const Loop *outer, const Loop *inner)
{
    int64_t extent = inner->vector ? (int64_t)round_up(inner->extent) : (int64_t)inner->extent;
    int64_t step = a->at.k[inner->dim];
    if (a->at.k[outer->dim] != step * extent) return false;
    return !inner->vector || step == 0 || (step == 1 && a->whole);
}

static bool loops_merge(const Grid *g, const Loop *outer, const Loop *inner)
{
    for (uint32_t e = 1; e < g->elem.count; e++)
        if (g->elem.at[e].from.base && !access_merges(&g->elem.at[e].from, outer, inner)) return false;
    for (size_t i = 0; i < g->out.count; i++)
        if (!access_merges(&g->out.at[i], outer, inner)) return false;
    return true;
}

static void add_loop(Grid *g, Loop loop, bool merge)
{
    Loop *last = g->loops ? &g->loop[g->loops - 1] : g->loop;
    if (!g->loops || !merge || !loops_merge(g, last, &loop)) {
        g->loop[g->loops++] = loop;
        return;
    }
    if (loop.vector) loop.extent = round_up(loop.extent);
    loop.extent *= last->extent;
    loop.dims |= last->dims;
    loop.once = false;
    *last = loop;
}

void grid_order(Grid *g, bool vector_first, bool merge)
{
    unsigned v = g->vector;
    if (g->lanes > 1 && vector_first) add_loop(g, loop_of(g, v), false);
    for (unsigned d = 0; d < g->shape.rank; d++)
        if (d != v && g->shape.dim[d] > 1) add_loop(g, loop_of(g, d), merge);
    if (g->lanes > 1 && !vector_first) add_loop(g, loop_of(g, v), merge);
}

/* ---- addresses -------------------------------------------------------------------------------- */

static bool same_steps(const Grid *g, const Offset *offset, const Access *a, unsigned level)
{
    if (offset->level != level) return false;
    for (unsigned l = 0; l < level; l++)
        if (offset->k[l] != a->at.k[g->loop[l].dim]) return false;
    return true;
}

/* How far an access is along the loops 0 .. level-1; 0: not at all. */
static Exp offset_at(const Grid *g, const Access *a, unsigned level)
{
    while (level && (g->loop[level - 1].once || !a->at.k[g->loop[level - 1].dim])) level--;
    if (!level) return 0;
    for (size_t i = 0; i < g->offset.count; i++)
        if (same_steps(g, &g->offset.at[i], a, level)) return g->offset.at[i].value;
    const Loop *loop = &g->loop[level - 1];
    Exp along = x_mul(g->p, loop->index, x_int(g->p, a->at.k[loop->dim])), before = offset_at(g, a, level - 1);
    return before ? x_add(g->p, before, along) : along;
}

/* In the loop level-1, which is not the innermost: a name for its part of an address. */
static void name_offset(Grid *g, const Access *a, unsigned level)
{
    const Loop *loop = &g->loop[level - 1];
    if (!a->base || loop->once || !a->at.k[loop->dim]) return;
    for (size_t i = 0; i < g->offset.count; i++)
        if (same_steps(g, &g->offset.at[i], a, level)) return;
    Exp value = offset_at(g, a, level);
    if (value != loop->index) value = x_var(g->p, s_let(g->p, "at", value));
    Offset offset = { .level = level, .value = value };
    for (unsigned l = 0; l < level; l++) offset.k[l] = a->at.k[g->loop[l].dim];
    VEC_PUSH(g->f->arena, g->offset) = offset;
}

Exp grid_index(Grid *g, const Access *a, unsigned level)
{
    Exp along = offset_at(g, a, level), c = x_int(g->p, a->at.c);
    return along ? x_add(g->p, along, c) : c;
}

static Exp lanes_left(Grid *g)
{
    Program *p = g->p;
    uint32_t extent = vector_extent(g);
    if (extent % LANES == 0) return x_int(p, LANES);
    for (unsigned l = 0; l < g->loops; l++)
        if (g->loop[l].vector && !g->loop[l].once)
            return x_op(p, OP_min, x_sub(p, x_int(p, extent), g->loop[l].index), x_int(p, LANES), 0);
    return x_int(p, extent);
}

static Var base_view(Grid *g, const Access *a) { return g->base.at[a->base].view; }

Exp grid_load(Grid *g, const Access *a, unsigned level)
{
    Exp index = grid_index(g, a, level);
    int64_t step = g->lanes > 1 ? a->at.k[g->vector] : 0;
    if (!step) return x_load(g->p, base_view(g, a), index, 1);
    if (a->whole) return x_load(g->p, base_view(g, a), index, LANES);
    return x_gather(g->p, base_view(g, a), index, x_int(g->p, step), lanes_left(g));
}

void grid_store(Grid *g, const Access *a, unsigned level, Exp value)
{
    Program *p = g->p;
    const Base *base = &g->base.at[a->base];
    Exp index = grid_index(g, a, level);
    int64_t step = g->lanes > 1 ? a->at.k[g->vector] : 0;
    if (base->optional) s_if(p, x_op(p, OP_eq, x_null(p, base->view), x_int(p, 0), 0));
    if (step && x_type(p, value).lanes < LANES) value = x_splat(p, value);
    if (!step || a->whole) s_store(p, base->view, index, value);
    else s_scatter(p, base->view, index, x_int(p, step), lanes_left(g), value);
    if (base->optional) s_end(p);
}

Exp grid_live(Grid *g)
{
    Program *p = g->p;
    if (g->lanes == 1 || vector_extent(g) % LANES == 0) return 0;
    return x_op(p, OP_lt, x_lane(p), x_convert(p, lanes_left(g), L_REAL), 0);
}

/* ---- levels -------------------------------------------------------------------------------------- */

/* The number of loops that must be open for what depends on these dimensions. */
static unsigned level_of(const Grid *g, uint32_t dims)
{
    unsigned level = g->loops;
    while (level && !(g->loop[level - 1].dims & dims)) level--;
    return level;
}

static bool inlined(const Grid *g, const Elem *e)
{
    bool small = e->from.base || NODE(g->f->fn, e->ref)->type == TYPE_BOOL;
    return small && e->uses < 2 && !e->root && level_of(g, e->dims) == g->loops;
}

static Exp elem_value(Grid *g, const Elem *e)
{
    if (e->from.base) return grid_load(g, &e->from, level_of(g, e->dims));
    Exp arg[3] = { 0 };
    for (unsigned i = 0; i < NODE(g->f->fn, e->ref)->narg; i++) arg[i] = grid_value(g, e->arg[i]);
    return x_op(g->p, (Op)NODE(g->f->fn, e->ref)->op, arg[0], arg[1], arg[2]);
}

Exp grid_value(Grid *g, uint32_t elem)
{
    const Elem *e = &g->elem.at[elem];
    return e->value ? e->value : elem_value(g, e);
}

static void name_values(Grid *g, unsigned level)
{
    uint32_t before = g->p->at;
    for (uint32_t i = 1; i < g->elem.count; i++) {
        Elem *e = &g->elem.at[i];
        if (e->value || level_of(g, e->dims) != level || inlined(g, e)) continue;
        origin_node(g->p, g->f->fn, e->ref);
        e->value = x_var(g->p, s_let(g->p, tile_hint(g->f, e->ref), elem_value(g, e)));
    }
    g->p->at = before;
}

void grid_enter(Grid *g)
{
    for (uint32_t i = 1; i < g->base.count; i++) {
        Base *base = &g->base.at[i];
        if (base->view) continue;
        Var buffer = home_buffer(g->f, base->home);
        base->optional = g->p->var.at[buffer].optional;
        base->view = s_view(g->p, base->hint, buffer, home_base(g->f, base->home));
    }
    name_values(g, 0);
}

void grid_loop(Grid *g, unsigned l)
{
    Program *p = g->p;
    static const char *const name[MAX_RANK] = { "i", "j", "k", "l", "m", "n" };
    Loop *loop = &g->loop[l];
    unsigned step = loop->vector ? LANES : 1;
    loop->index = x_int(p, 0);
    bool any = g->f->t->wide ? !(g->chained >> l & 1) : l == 0 && !g->f->block;
    if (!loop->once)
        loop->index = x_var(p, s_for(p, loop->vector ? "v" : name[loop->dim], x_int(p, 0), x_int(p, loop->extent),
                                     x_int(p, step), any ? FOR_ROLL | FOR_ANY : FOR_ROLL));
}

void grid_open(Grid *g, unsigned l)
{
    grid_loop(g, l);
    if (l + 1 < g->loops) {
        for (uint32_t i = 1; i < g->elem.count; i++)
            if (level_of(g, g->elem.at[i].dims) > l + 1) name_offset(g, &g->elem.at[i].from, l + 1);
        for (size_t i = 0; i < g->out.count; i++) name_offset(g, &g->out.at[i], l + 1);
    }
    name_values(g, l + 1);
}

void grid_close(Grid *g, unsigned l)
{
    while (g->offset.count && g->offset.at[g->offset.count - 1].level > l) g->offset.count--;
    if (!g->loop[l].once) s_end(g->p);
}
