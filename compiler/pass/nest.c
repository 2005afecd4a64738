/* nest.c: loops over the elements of one shape; see nest.h.
 *
 * Loops go in the order of memory, the vector dimension innermost. Two neighbours
 * become one where no address tells them apart, so a run of maps over values of one
 * layout is a single loop. Per loop level, what the addresses have in common there is
 * named once; in the innermost loop an address is an addition.                     */
#include "pass/nest.h"
#include "ir/make.h"

#include <string.h>

Nest *nest_new(TileFn *f, Shape feature)
{
    Nest *n = NEW(f->arena, Nest);
    n->f = f;
    n->p = f->p;
    n->shape = feature;
    n->lay = layout_of(f->t->layouts, feature);
    n->lanes = feature.rank && feature.dim[n->lay.vector] > 1 ? LANES : 1;
    VEC_PUSH(f->arena, n->elem) = (Elem){ 0 };
    VEC_PUSH(f->arena, n->base) = (Base){ 0 };
    return n;
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

static uint32_t base_of(Nest *n, Home home, const char *hint)
{
    for (uint32_t i = 1; i < n->base.count; i++)
        if (home_equal(n->base.at[i].home, home)) return i;
    VEC_PUSH(n->f->arena, n->base) = (Base){ .home = home, .hint = hint };
    return (uint32_t)n->base.count - 1;
}

Access nest_local(Nest *n, const char *hint, uint32_t count)
{
    VEC_PUSH(n->f->arena, n->base) = (Base){ .view = s_local(n->p, hint, count) };
    return (Access){ .base = (uint32_t)n->base.count - 1, .whole = true };
}

static uint32_t round_up(uint32_t extent) { return (extent + LANES - 1) / LANES * LANES; }

static uint32_t vector_extent(const Nest *n) { return n->shape.dim[n->lay.vector]; }

/* Does a vector that begins at an element of the nest stay in the memory of its row? */
static bool is_whole(const Nest *n, const Layout *lay, bool padded, const Form *at, Shape shape)
{
    unsigned v = n->lay.vector;
    if (vector_extent(n) % LANES == 0) return true;
    if (!padded || !shape.rank) return false;
    const Form *along = &at[lay->vector];
    return along->k[v] == 1 && along->c + round_up(vector_extent(n)) <= round_up(shape.dim[lay->vector]);
}

Access nest_access(Nest *n, Home home, const Layout *lay, bool padded, const Form *at, Shape shape,
                   const char *hint)
{
    Access access = { .base = base_of(n, home, hint) };
    for (unsigned d = 0; d < shape.rank; d++) form_add(&access.at, &at[d], lay->step[d]);
    access.whole = n->lanes > 1 && access.at.k[n->lay.vector] == 1 && is_whole(n, lay, padded, at, shape);
    return access;
}

/* ---- elements --------------------------------------------------------------------------- */

static uint32_t elem_find(const Nest *n, Ref r, const Form *at, unsigned rank)
{
    for (uint32_t e = 1; e < n->elem.count; e++) {
        bool same = n->elem.at[e].ref == r;
        for (unsigned d = 0; same && d < rank; d++) same = form_equal(&n->elem.at[e].at[d], &at[d]);
        if (same) return e;
    }
    return 0;
}

static uint32_t elem_add(Nest *n, Elem elem)
{
    VEC_PUSH(n->f->arena, n->elem) = elem;
    return (uint32_t)n->elem.count - 1;
}

static uint32_t form_dims(const Nest *n, const Form *form)
{
    uint32_t dims = 0;
    for (unsigned d = 0; d < n->shape.rank; d++)
        if (form->k[d] && n->shape.dim[d] > 1) dims |= 1u << d;
    return dims;
}

/* The operand of a view where the view is at `at`: out = c + k*axis, k = 1 or -1. */
static uint32_t view_elem(Nest *n, Ref r, const Form *at)
{
    const Con *con = CON(n->f->fn, r);
    Shape to = SHAPE(n->f->fn, r), from = SHAPE(n->f->fn, NODE(n->f->fn, r)->arg[0]);
    unsigned b = shape_batched(to);
    Form axis[MAX_AXES] = { 0 }, index[MAX_RANK] = { 0 };
    for (unsigned d = b; d < to.rank; d++) {
        const Aff *out = &con->out[d];
        if (!out->n) continue;
        form_add(&axis[out->ax[0]], &at[d - b], out->k[0]);
        axis[out->ax[0]].c -= out->k[0] * out->c;
    }
    b = shape_batched(from);
    for (unsigned d = b; d < from.rank; d++) index[d - b] = form_of(&con->in[0][d], axis);
    return nest_elem(n, NODE(n->f->fn, r)->arg[0], index);
}

uint32_t nest_elem(Nest *n, Ref r, const Form *at)
{
    TileFn *f = n->f;
    const Node *node = NODE(f->fn, r);
    const TileNode *v = &f->node[r];
    Shape feature = tile_feature(SHAPE(f->fn, r));
    double number;
    bool is_number = ir_is_number(f->fn, r, &number);
    bool here = v->here.area != AREA_NONE;
    if (!is_number && !here && tile_is_view(f, r)) return view_elem(n, r, at);

    unsigned rank = is_number ? 0 : feature.rank;
    uint32_t found = elem_find(n, r, at, rank);
    if (found) return found;
    Elem elem = { .ref = r };
    memcpy(elem.at, at, rank * sizeof *at);
    if (is_number) elem.value = x_real(n->p, number);
    else if (home_scalar(f, v->here)) elem.value = home_scalar(f, v->here);
    else if (here) {
        elem.from = nest_access(n, v->here, &v->lay, v->padded, at, feature, tile_hint(f, r));
        elem.dims = form_dims(n, &elem.from.at);
    } else {
        if (node->op < OP_FIRST_MAP) tile_bug(f, r, "is read before it is there");
        for (unsigned i = 0; i < node->narg; i++) {
            elem.arg[i] = nest_elem(n, node->arg[i], at);
            elem.dims |= n->elem.at[elem.arg[i]].dims;
            n->elem.at[elem.arg[i]].uses++;
        }
    }
    return elem_add(n, elem);
}

/* ---- order of loops ------------------------------------------------------------------------- */

static Loop loop_of(const Nest *n, unsigned d)
{
    bool vector = n->lanes > 1 && d == n->lay.vector;
    uint32_t extent = n->shape.dim[d];
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

static bool loops_merge(const Nest *n, const Loop *outer, const Loop *inner)
{
    for (uint32_t e = 1; e < n->elem.count; e++)
        if (n->elem.at[e].from.base && !access_merges(&n->elem.at[e].from, outer, inner)) return false;
    for (size_t i = 0; i < n->out.count; i++)
        if (!access_merges(&n->out.at[i], outer, inner)) return false;
    return true;
}

static void add_loop(Nest *n, Loop loop, bool merge)
{
    Loop *last = &n->loop[n->loops - 1];
    if (!n->loops || !merge || !loops_merge(n, last, &loop)) {
        n->loop[n->loops++] = loop;
        return;
    }
    if (loop.vector) loop.extent = round_up(loop.extent);
    loop.extent *= last->extent;
    loop.dims |= last->dims;
    loop.once = false;
    *last = loop;
}

void nest_order(Nest *n, bool vector_first, bool merge)
{
    unsigned v = n->lay.vector;
    if (n->lanes > 1 && vector_first) add_loop(n, loop_of(n, v), false);
    for (unsigned d = 0; d < n->shape.rank; d++)
        if (d != v && n->shape.dim[d] > 1) add_loop(n, loop_of(n, d), merge);
    if (n->lanes > 1 && !vector_first) add_loop(n, loop_of(n, v), merge);
}

/* ---- addresses -------------------------------------------------------------------------------- */

static bool same_steps(const Nest *n, const Offset *offset, const Access *a, unsigned level)
{
    if (offset->level != level) return false;
    for (unsigned l = 0; l < level; l++)
        if (offset->k[l] != a->at.k[n->loop[l].dim]) return false;
    return true;
}

/* How far an access is along the loops 0 .. level-1; 0: not at all. */
static Exp offset_at(const Nest *n, const Access *a, unsigned level)
{
    while (level && (n->loop[level - 1].once || !a->at.k[n->loop[level - 1].dim])) level--;
    if (!level) return 0;
    for (size_t i = 0; i < n->offset.count; i++)
        if (same_steps(n, &n->offset.at[i], a, level)) return n->offset.at[i].value;
    const Loop *loop = &n->loop[level - 1];
    Exp along = x_mul(n->p, loop->index, x_int(n->p, a->at.k[loop->dim])), before = offset_at(n, a, level - 1);
    return before ? x_add(n->p, before, along) : along;
}

/* In the loop level-1, which is not the innermost: a name for its part of an address. */
static void name_offset(Nest *n, const Access *a, unsigned level)
{
    const Loop *loop = &n->loop[level - 1];
    if (!a->base || loop->once || !a->at.k[loop->dim]) return;
    for (size_t i = 0; i < n->offset.count; i++)
        if (same_steps(n, &n->offset.at[i], a, level)) return;
    Exp value = offset_at(n, a, level);
    if (value != loop->index) value = x_var(n->p, s_let(n->p, "at", value));
    Offset offset = { .level = level, .value = value };
    for (unsigned l = 0; l < level; l++) offset.k[l] = a->at.k[n->loop[l].dim];
    VEC_PUSH(n->f->arena, n->offset) = offset;
}

Exp nest_index(Nest *n, const Access *a, unsigned level)
{
    Exp along = offset_at(n, a, level), c = x_int(n->p, a->at.c);
    return along ? x_add(n->p, along, c) : c;
}

static Exp lanes_left(Nest *n)
{
    Program *p = n->p;
    uint32_t extent = vector_extent(n);
    if (extent % LANES == 0) return x_int(p, LANES);
    for (unsigned l = 0; l < n->loops; l++)
        if (n->loop[l].vector && !n->loop[l].once)
            return x_op(p, OP_min, x_sub(p, x_int(p, extent), n->loop[l].index), x_int(p, LANES), 0);
    return x_int(p, extent);
}

static Var base_view(Nest *n, const Access *a) { return n->base.at[a->base].view; }

Exp nest_load(Nest *n, const Access *a, unsigned level)
{
    Exp index = nest_index(n, a, level);
    int64_t step = n->lanes > 1 ? a->at.k[n->lay.vector] : 0;
    if (!step) return x_load(n->p, base_view(n, a), index, 1);
    if (a->whole) return x_load(n->p, base_view(n, a), index, LANES);
    return x_gather(n->p, base_view(n, a), index, x_int(n->p, step), lanes_left(n));
}

void nest_store(Nest *n, const Access *a, unsigned level, Exp value)
{
    Program *p = n->p;
    const Base *base = &n->base.at[a->base];
    Exp index = nest_index(n, a, level);
    int64_t step = n->lanes > 1 ? a->at.k[n->lay.vector] : 0;
    if (base->optional) s_if(p, x_op(p, OP_eq, x_null(p, base->view), x_int(p, 0), 0));
    if (step && x_type(p, value).lanes < LANES) value = x_splat(p, value);
    if (!step || a->whole) s_store(p, base->view, index, value);
    else s_scatter(p, base->view, index, x_int(p, step), lanes_left(n), value);
    if (base->optional) s_end(p);
}

Exp nest_live(Nest *n)
{
    Program *p = n->p;
    if (n->lanes == 1 || vector_extent(n) % LANES == 0) return 0;
    return x_op(p, OP_lt, x_lane(p), x_convert(p, lanes_left(n), L_REAL), 0);
}

/* ---- levels -------------------------------------------------------------------------------------- */

/* The number of loops that must be open for what depends on these dimensions. */
static unsigned level_of(const Nest *n, uint32_t dims)
{
    unsigned level = n->loops;
    while (level && !(n->loop[level - 1].dims & dims)) level--;
    return level;
}

static bool inlined(const Nest *n, const Elem *e)
{
    bool small = e->from.base || NODE(n->f->fn, e->ref)->type == TYPE_BOOL;
    return small && e->uses < 2 && !e->root && level_of(n, e->dims) == n->loops;
}

static Exp elem_value(Nest *n, const Elem *e)
{
    if (e->from.base) return nest_load(n, &e->from, level_of(n, e->dims));
    Exp arg[3] = { 0 };
    for (unsigned i = 0; i < NODE(n->f->fn, e->ref)->narg; i++) arg[i] = nest_value(n, e->arg[i]);
    return x_op(n->p, (Op)NODE(n->f->fn, e->ref)->op, arg[0], arg[1], arg[2]);
}

Exp nest_value(Nest *n, uint32_t elem)
{
    const Elem *e = &n->elem.at[elem];
    return e->value ? e->value : elem_value(n, e);
}

static void name_values(Nest *n, unsigned level)
{
    for (uint32_t i = 1; i < n->elem.count; i++) {
        Elem *e = &n->elem.at[i];
        if (e->value || level_of(n, e->dims) != level || inlined(n, e)) continue;
        e->value = x_var(n->p, s_let(n->p, tile_hint(n->f, e->ref), elem_value(n, e)));
    }
}

void nest_enter(Nest *n)
{
    for (uint32_t i = 1; i < n->base.count; i++) {
        Base *base = &n->base.at[i];
        if (base->view) continue;
        Var buffer = home_buffer(n->f, base->home);
        base->optional = n->p->var.at[buffer].optional;
        base->view = s_view(n->p, base->hint, buffer, home_base(n->f, base->home));
    }
    name_values(n, 0);
}

void nest_loop(Nest *n, unsigned l)
{
    Program *p = n->p;
    static const char *const name[MAX_RANK] = { "i", "j", "k", "l", "m", "n" };
    Loop *loop = &n->loop[l];
    unsigned step = loop->vector ? LANES : 1;
    loop->index = x_int(p, 0);
    if (!loop->once)
        loop->index = x_var(p, s_for(p, loop->vector ? "v" : name[loop->dim], x_int(p, 0), x_int(p, loop->extent),
                                     x_int(p, step), FOR_ROLL));
}

void nest_open(Nest *n, unsigned l)
{
    nest_loop(n, l);
    if (l + 1 < n->loops) {
        for (uint32_t i = 1; i < n->elem.count; i++)
            if (level_of(n, n->elem.at[i].dims) > l + 1) name_offset(n, &n->elem.at[i].from, l + 1);
        for (size_t i = 0; i < n->out.count; i++) name_offset(n, &n->out.at[i], l + 1);
    }
    name_values(n, l + 1);
}

void nest_close(Nest *n, unsigned l)
{
    while (n->offset.count && n->offset.at[n->offset.count - 1].level > l) n->offset.count--;
    if (!n->loop[l].once) s_end(n->p);
}
