/* pick.c: peak, take and put, one element at a time.
 *
 *     peak   best = max(best, a[..k..]) over the axes that leave
 *     take   out[i j] = a[i index j]               0 if the index is outside
 *     put    out = 0, out[i index j] = a[i j]      if it is inside
 *
 * Rare and small beside the contractions around them, so plain loops. */
#include "tile/tile_in.h"

typedef struct Pick {
    TileFn  *f;
    Program *p;
    Ref      r;
    Shape    to, from;              /* feature shapes of the result, the argument   */
    uint32_t axes;                  /* of `from` that are not in `to`               */
    Home     home;
} Pick;

static Exp open_loop(const Pick *k, const char *name, uint32_t extent)
{
    Program *p = k->p;
    return x_var(p, s_for(p, name, x_int(p, 0), x_int(p, extent), x_int(p, 1), FOR_ROLL));
}

/* The place in the argument that has all of the result's indices, elsewhere `other`. */
static void argument_at(const Pick *k, const Exp *at, Exp other, Exp *from)
{
    for (unsigned d = 0, kept = 0; d < k->from.rank; d++)
        from[d] = k->axes >> d & 1 ? other : at[kept++];
}

static void peak_loops(const Pick *k, Var best, Exp *from, unsigned d)
{
    Program *p = k->p;
    Ref arg = NODE(k->f->fn, k->r)->arg[0];
    while (d < k->from.rank && !(k->axes >> d & 1)) d++;
    if (d == k->from.rank) {
        Op op = NODE(k->f->fn, k->r)->op == OP_PEAK_MAX ? OP_max : OP_min;
        s_set(p, best, x_op(p, op, x_var(p, best), tile_value(k->f, arg, from), 0));
        return;
    }
    from[d] = open_loop(k, "k", k->from.dim[d]);
    peak_loops(k, best, from, d + 1);
    s_end(p);
}

static void store_at(const Pick *k, const Exp *at, Exp value)
{
    Program *p = k->p;
    const TileNode *v = &k->f->node[k->r];
    Exp index = home_base(k->f, k->home);
    for (unsigned d = 0; d < k->to.rank; d++) index = x_add(p, index, x_mul(p, at[d], x_int(p, v->lay.step[d])));
    s_store(p, home_buffer(k->f, k->home), index, value);
}

/* The second argument, an int from here on; what follows is done if it is inside. */
static Exp open_index(const Pick *k, uint32_t extent)
{
    Program *p = k->p;
    Exp at[1] = { 0 }, real = tile_value(k->f, NODE(k->f->fn, k->r)->arg[1], at);
    Exp index = x_var(p, s_let(p, "index", x_convert(p, real, L_INT)));
    Exp above = x_op(p, OP_ge, index, x_int(p, 0), 0), below = x_op(p, OP_lt, index, x_int(p, extent), 0);
    s_if(p, x_op(p, OP_and, above, below, 0));
    return index;
}

static void peak_element(const Pick *k, const Exp *at)
{
    Exp from[MAX_RANK];
    argument_at(k, at, x_int(k->p, 0), from);
    Var best = s_var(k->p, "best", tile_value(k->f, NODE(k->f->fn, k->r)->arg[0], from));
    peak_loops(k, best, from, 0);
    store_at(k, at, x_var(k->p, best));
}

static void take_element(const Pick *k, const Exp *at)
{
    Program *p = k->p;
    const Node *n = NODE(k->f->fn, k->r);
    Exp from[MAX_RANK];
    Var taken = s_var(p, "taken", x_real(p, 0));
    argument_at(k, at, open_index(k, SHAPE(k->f->fn, n->arg[0]).dim[n->aux]), from);
    s_set(p, taken, tile_value(k->f, n->arg[0], from));
    s_end(p);
    store_at(k, at, x_var(p, taken));
}

static void zero_element(const Pick *k, const Exp *at) { store_at(k, at, x_real(k->p, 0)); }

static void put_element(const Pick *k, const Exp *at)
{
    const Node *n = NODE(k->f->fn, k->r);
    unsigned axis = n->aux - shape_batched(SHAPE(k->f->fn, k->r));
    Exp to[MAX_RANK], index = open_index(k, k->to.dim[axis]);
    for (unsigned d = 0, kept = 0; d < k->to.rank; d++) to[d] = d == axis ? index : at[kept++];
    store_at(k, to, tile_value(k->f, n->arg[0], at));
    s_end(k->p);
}

typedef void Element(const Pick *, const Exp *at);

static void each_element(const Pick *k, Shape shape, Element *element, Exp *at, unsigned d)
{
    static const char *const name[MAX_RANK] = { "i", "j", "l", "m", "n", "o" };
    if (d == shape.rank) {
        element(k, at);
        return;
    }
    at[d] = open_loop(k, name[d], shape.dim[d]);
    each_element(k, shape, element, at, d + 1);
    s_end(k->p);
}

void pick_lower(TileFn *f, Ref r, Home to)
{
    const Node *n = NODE(f->fn, r);
    Shape from = SHAPE(f->fn, n->arg[0]);
    Pick k = { .f = f, .p = f->p, .r = r, .to = tile_feature(SHAPE(f->fn, r)), .from = tile_feature(from), .home = to };
    Exp at[MAX_RANK] = { 0 };
    switch (n->op) {
    case OP_TAKE:
        k.axes = 1u << (n->aux - shape_batched(from));
        each_element(&k, k.to, take_element, at, 0);
        break;
    case OP_PUT:
        each_element(&k, k.to, zero_element, at, 0);
        each_element(&k, k.from, put_element, at, 0);
        break;
    default:
        k.axes = n->aux >> shape_batched(from);
        each_element(&k, k.to, peak_element, at, 0);
        break;
    }
}
