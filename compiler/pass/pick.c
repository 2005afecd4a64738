/* pick.c: peak, take and put, one element at a time.
 *
 *     peak   best = max(best, a[..k..]) over the axes that leave
 *     take   out[i j]   = a[i index j]             0 if the index is outside
 *     put    out[i k j] = k == index ? a[i j] : 0
 *
 * Rare and small beside the contractions around them, so plain loops. */
#include "pass/tile_in.h"

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

/* The places in the argument that have all of the result's indices, the others 0. */
static void argument_at(const Pick *k, const Exp *at, Exp *from)
{
    for (unsigned d = 0, kept = 0; d < k->from.rank; d++)
        from[d] = k->axes >> d & 1 ? x_int(k->p, 0) : at[kept++];
}

static void peak_loops(const Pick *k, Var best, Exp *from, unsigned d)
{
    Program *p = k->p;
    Ref arg = NODE(k->f->fn, k->r)->arg[0];
    while (d < k->from.rank && !(k->axes >> d & 1)) d++;
    if (d == k->from.rank) {
        Op op = NODE(k->f->fn, k->r)->op == OP_PEAK_MAX ? OP_max : OP_min;
        s_set(p, best, x_op(p, op, x_var(p, best), tile_value(k->f, arg, from, 1), 0));
        return;
    }
    from[d] = open_loop(k, "k", k->from.dim[d]);
    peak_loops(k, best, from, d + 1);
    s_end(p);
}

static Exp peak_element(const Pick *k, const Exp *at)
{
    Exp from[MAX_RANK];
    argument_at(k, at, from);
    Var best = s_var(k->p, "best", tile_value(k->f, NODE(k->f->fn, k->r)->arg[0], from, 1));
    peak_loops(k, best, from, 0);
    return x_var(k->p, best);
}

static Exp index_is(const Pick *k, Exp i)
{
    Exp at[1] = { 0 };
    Exp index = tile_value(k->f, NODE(k->f->fn, k->r)->arg[1], at, 1);
    return x_op(k->p, OP_eq, index, x_convert(k->p, i, L_REAL), 0);
}

static Exp take_element(const Pick *k, const Exp *at)
{
    Program *p = k->p;
    const Node *n = NODE(k->f->fn, k->r);
    unsigned axis = n->aux - shape_batched(SHAPE(k->f->fn, n->arg[0]));
    Exp from[MAX_RANK];
    argument_at(k, at, from);
    Var taken = s_var(p, "taken", x_real(p, 0));
    from[axis] = open_loop(k, "k", k->from.dim[axis]);
    s_set(p, taken, x_op(p, OP_select, index_is(k, from[axis]), tile_value(k->f, n->arg[0], from, 1), x_var(p, taken)));
    s_end(p);
    return x_var(p, taken);
}

static Exp put_element(const Pick *k, const Exp *at)
{
    Program *p = k->p;
    const Node *n = NODE(k->f->fn, k->r);
    unsigned axis = n->aux - shape_batched(SHAPE(k->f->fn, k->r));
    Exp from[MAX_RANK] = { 0 };
    for (unsigned d = 0, kept = 0; d < k->to.rank; d++)
        if (d != axis) from[kept++] = at[d];
    return x_op(p, OP_select, index_is(k, at[axis]), tile_value(k->f, n->arg[0], from, 1), x_real(p, 0));
}

static void pick_element(const Pick *k, const Exp *at)
{
    Program *p = k->p;
    const TileNode *v = &k->f->node[k->r];
    Op op = (Op)NODE(k->f->fn, k->r)->op;
    Exp value = op == OP_TAKE ? take_element(k, at) : op == OP_PUT ? put_element(k, at) : peak_element(k, at);
    Exp index = home_base(k->f, k->home);
    for (unsigned d = 0; d < k->to.rank; d++) index = x_add(p, index, x_mul(p, at[d], x_int(p, v->lay.step[d])));
    s_store(p, home_buffer(k->f, k->home), index, value);
}

static void pick_loops(const Pick *k, Exp *at, unsigned d)
{
    static const char *const name[MAX_RANK] = { "i", "j", "l", "m", "n", "o" };
    if (d == k->to.rank) {
        pick_element(k, at);
        return;
    }
    at[d] = open_loop(k, name[d], k->to.dim[d]);
    pick_loops(k, at, d + 1);
    s_end(k->p);
}

void pick_lower(TileFn *f, Ref r, Home to)
{
    const Node *n = NODE(f->fn, r);
    Shape from = SHAPE(f->fn, n->arg[0]);
    Pick k = { .f = f, .p = f->p, .r = r, .to = tile_feature(SHAPE(f->fn, r)), .from = tile_feature(from), .home = to };
    if (n->op == OP_TAKE) k.axes = 1u << (n->aux - shape_batched(from));
    else if (n->op != OP_PUT) k.axes = n->aux >> shape_batched(from);
    Exp at[MAX_RANK] = { 0 };
    pick_loops(&k, at, 0);
}
