/* element.c: one group of a tensor function as loops over its elements.
 *
 * Knows where every value is (a weight, a number, an array, a variable of the loop
 * being built, or nowhere: a view or a comparison is computed where it is read) and
 * what is done per element: the maps in order, each a `let`, then what is stored.
 * Groups with a con are loops of their own (batch_con.c).                                */
#include "lower/batch.h"


const char *const axis_name[MAX_AXES] = { "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "u", "v" };

/* ---- where things are ------------------------------------------------------------- */

uint32_t param_offset(const Field *field, Name name)
{
    for (size_t i = 0; i < field->param.count; i++)
        if (field->param.at[i].name == name) return field->param.at[i].offset;
    arena_bug(field->f->arena, "%s has no parameter %s", field->name, name);
}

Exp flat_index(Program *p, Shape shape, const Exp *at)
{
    Exp flat = x_int(p, 0);
    for (unsigned d = 0; d < shape.rank; d++)
        flat = x_add(p, x_mul(p, flat, x_int(p, shape.dim[d])), at[d]);
    return flat;
}

Exp value_splat(const Lowering *l, Exp x)
{
    return x_type(l->p, x).lanes < l->lanes ? x_splat(l->p, x) : x;
}

Exp value_place(const Lowering *l, const Value *v, Exp flat)
{
    Program *p = l->p;
    unsigned chunks = v->blocked ? l->b->chunks : 1;
    Exp at = x_mul(p, flat, x_int(p, l->lanes * chunks));
    if (v->blocked) at = x_add(p, at, l->chunk);
    return x_add(p, v->base, at);
}

Exp aff_index(Program *p, const Aff *a, const Exp *axis)
{
    Exp x = x_int(p, 0);
    for (unsigned i = 0; i < a->n; i++)
        x = x_add(p, x, x_mul(p, axis[a->ax[i]], x_int(p, a->k[i])));
    return x_add(p, x, x_int(p, a->c));
}

Exp operand_at(Lowering *l, Ref r, unsigned k, const Exp *axis)
{
    const Con *con = CON(l->fn, r);
    Ref from = NODE(l->fn, r)->arg[k];
    Shape shape = SHAPE(l->fn, from);
    unsigned b = shape_batched(shape);
    Exp at[MAX_RANK];
    for (unsigned d = b; d < shape.rank; d++) at[d - b] = aff_index(l->p, &con->in[k][d], axis);
    return value_at(l, from, at);
}

static Exp view_at(Lowering *l, Ref r, const Exp *at)
{
    const Con *con = CON(l->fn, r);
    Shape shape = SHAPE(l->fn, r);
    unsigned b = shape_batched(shape);
    Exp axis[MAX_AXES] = { 0 };
    for (unsigned d = b; d < shape.rank; d++)
        if (con->out[d].n) axis[plain_axis(&con->out[d])] = at[d - b];
    return operand_at(l, r, 0, axis);
}

static Exp map_at(Lowering *l, Ref r, const Exp *at)
{
    const Node *n = NODE(l->fn, r);
    Exp arg[3] = { 0 };
    for (unsigned i = 0; i < n->narg; i++) arg[i] = value_at(l, n->arg[i], at);
    return x_op(l->p, (Op)n->op, arg[0], arg[1], arg[2]);
}

Exp value_at(Lowering *l, Ref r, const Exp *at)
{
    Program *p = l->p;
    const Node *n = NODE(l->fn, r);
    const Value *v = &l->value[r];
    Shape shape = shape_feature(SHAPE(l->fn, r));
    if (v->here) return x_var(p, v->here);
    if (v->on_demand) return n->op == OP_CON ? view_at(l, r, at) : map_at(l, r, at);
    if (n->op == OP_CONST && !shape.rank) return x_real(p, l->fn->value.at[n->aux]);

    Exp flat = flat_index(p, shape, at);
    if (v->leaf && v->leaf->shared) return x_load(p, v->leaf->buffer, x_add(p, v->leaf->base, flat), 1);
    if (v->leaf) return x_load(p, v->leaf->buffer, held_index(l->b, v->leaf, flat, l->chunk), l->lanes);
    if (n->op == OP_LEAF) {
        uint32_t offset = param_offset(l->b->job->field, l->fn->symbol.at[n->aux].name);
        return x_load(p, l->b->theta, x_add(p, flat, x_int(p, offset)), 1);
    }
    if (v->sort == SORT_SHARED) return x_load(p, v->buffer, x_add(p, v->base, flat), 1);
    return x_load(p, v->buffer, value_place(l, v, flat), l->lanes);
}

/* ---- one element of a group ---------------------------------------------------------- */

const char *value_hint(const Lowering *l, Ref r)
{
    const Node *n = NODE(l->fn, r);
    if (n->op == OP_LEAF) return l->fn->symbol.at[n->aux].name;
    return n->op == OP_CON ? "sum" : op_info((Op)n->op)->name;
}

static void keep(Lowering *l, Ref r, const Exp *at)
{
    const Value *v = &l->value[r];
    if (!v->stored) return;
    Exp flat = flat_index(l->p, shape_feature(SHAPE(l->fn, r)), at);
    s_store(l->p, v->buffer, value_place(l, v, flat), value_splat(l, x_var(l->p, v->here)));
}

static void move(Lowering *l, const Item *item, const Exp *at)
{
    Program *p = l->p;
    Exp flat = flat_index(p, shape_feature(SHAPE(l->fn, item->value)), at);
    Exp value = value_splat(l, value_at(l, item->value, at));
    Var to = item->sum ? l->sums : item->to->buffer;
    Exp index = item->sum ? x_mul(p, x_add(p, flat, x_int(p, item->offset)), x_int(p, l->lanes))
                          : held_index(l->b, item->to, flat, l->chunk);
    if (item->sum || item->add) value = x_add(p, x_load(p, to, index, l->lanes), value);
    s_store(p, to, index, value);
}

void lower_element(Lowering *l, const Group *g, const Exp *at, Var head)
{
    uint32_t before = l->p->at;
    if (g->head) {
        Ref r = g->head;
        if (l->value[r].init)               /* these sums are the add's already */
            for (r++; l->value[r].sum_with != g->head;) r++;
        l->value[r].here = head;
        keep(l, r, at);
    }
    for (size_t i = 0; i < g->item.count; i++) {
        Ref r = g->item.at[i].node;
        if (!r) continue;
        origin_node(l->p, l->fn, r);
        l->value[r].here = s_let(l->p, value_hint(l, r), map_at(l, r, at));
        keep(l, r, at);
    }
    for (size_t i = 0; i < g->item.count; i++) {
        if (g->item.at[i].node) continue;
        origin_node(l->p, l->fn, g->item.at[i].value);
        move(l, &g->item.at[i], at);
    }
    l->p->at = before;

    for (Ref r = 1; r < l->fn->node.count; r++) l->value[r].here = 0;
}

/* ---- groups without a con ------------------------------------------------------------- */

static void element_loop(Lowering *l, const Group *g, Element *element, Exp *at, unsigned d, bool unroll)
{
    Program *p = l->p;
    if (d == g->shape.rank) {
        element(l, g, at);
        return;
    }
    if (unroll || g->shape.dim[d] == 1)
        for (uint32_t i = 0; i < g->shape.dim[d]; i++) {
            at[d] = x_int(p, i);
            element_loop(l, g, element, at, d + 1, unroll);
        }
    else {
        Var i = s_for(p, axis_name[d], x_int(p, 0), x_int(p, g->shape.dim[d]), x_int(p, 1), FOR_ROLL);
        at[d] = x_var(p, i);
        element_loop(l, g, element, at, d + 1, unroll);
        s_end(p);
    }
}

void each_element(Lowering *l, const Group *g, Element *element)
{
    Exp at[MAX_RANK];
    element_loop(l, g, element, at, 0, shape_count(g->shape) <= UNROLLED);
}

static void map_element(Lowering *l, const Group *g, const Exp *at)
{
    lower_element(l, g, at, 0);
}

/* The index along an axis of the argument that is not in the result; for peak all
 * of `axes`, a bit mask over the argument's dimensions with B as one of them.        */
static void peak_loop(Lowering *l, const Group *g, Var best, Exp *from, unsigned d, unsigned b)
{
    Program *p = l->p;
    const Node *n = NODE(l->fn, g->head);
    Shape shape = SHAPE(l->fn, n->arg[0]);
    while (d < shape.rank && !(n->aux >> d & 1)) d++;
    if (d == shape.rank) {
        Op op = n->op == OP_PEAK_MAX ? OP_max : OP_min;
        s_set(p, best, x_op(p, op, x_var(p, best), value_at(l, n->arg[0], from), 0));
        return;
    }
    Var i = s_for(p, "k", x_int(p, 0), x_int(p, shape.dim[d]), x_int(p, 1), FOR_ROLL);
    from[d - b] = x_var(p, i);
    peak_loop(l, g, best, from, d + 1, b);
    s_end(p);
}

static void peak_element(Lowering *l, const Group *g, const Exp *at)
{
    const Node *n = NODE(l->fn, g->head);
    Shape shape = SHAPE(l->fn, n->arg[0]);
    unsigned b = shape_batched(shape), kept = 0;
    Exp from[MAX_RANK];
    for (unsigned d = b; d < shape.rank; d++)
        from[d - b] = n->aux >> d & 1 ? x_int(l->p, 0) : at[kept++];
    Var best = s_var(l->p, "peak", value_splat(l, value_at(l, n->arg[0], from)));
    peak_loop(l, g, best, from, b, b);
    lower_element(l, g, at, best);
}

static Exp is_index(Lowering *l, Ref index, Exp k)
{
    Exp at[1] = { 0 };
    return x_op(l->p, OP_eq, value_at(l, index, at), x_convert(l->p, k, L_REAL), 0);
}

/* out[i j] = from[i index j]: the one of all that is meant; 0 outside. */
static void take_element(Lowering *l, const Group *g, const Exp *at)
{
    Program *p = l->p;
    const Node *n = NODE(l->fn, g->head);
    Shape shape = SHAPE(l->fn, n->arg[0]);
    unsigned b = shape_batched(shape), axis = n->aux - b;
    Exp from[MAX_RANK];
    for (unsigned d = 0, k = 0; d < shape.rank - b; d++)
        if (d != axis) from[d] = at[k++];
    Var taken = s_var(p, "taken", value_splat(l, x_real(p, 0)));
    Var k = s_for(p, "k", x_int(p, 0), x_int(p, shape.dim[n->aux]), x_int(p, 1), FOR_ROLL);
    from[axis] = x_var(p, k);
    s_set(p, taken, x_op(p, OP_select, is_index(l, n->arg[1], x_var(p, k)), value_at(l, n->arg[0], from),
                         x_var(p, taken)));
    s_end(p);
    lower_element(l, g, at, taken);
}

/* out[i k j] = k == index ? value[i j] : 0 */
static void put_element(Lowering *l, const Group *g, const Exp *at)
{
    Program *p = l->p;
    const Node *n = NODE(l->fn, g->head);
    unsigned b = shape_batched(SHAPE(l->fn, g->head)), axis = n->aux - b;
    Exp from[MAX_RANK];
    for (unsigned d = 0, k = 0; d < g->shape.rank; d++)
        if (d != axis) from[k++] = at[d];
    Exp put = x_op(p, OP_select, is_index(l, n->arg[1], at[axis]), value_at(l, n->arg[0], from), x_real(p, 0));
    lower_element(l, g, at, s_let(p, "put", put));
}

static void store_numbers(Lowering *l, const Group *g)
{
    const Node *n = NODE(l->fn, g->head);
    const Value *v = &l->value[g->head];
    for (uint32_t i = 0; i < shape_count(g->shape); i++)
        s_store(l->p, v->buffer, value_place(l, v, x_int(l->p, i)), x_real(l->p, l->fn->value.at[n->aux + i]));
}

/* ---- all kinds ------------------------------------------------------------------------ */

/* A comment where a layer of the model begins. */
static void note(Lowering *l, const Group *g)
{
    const char *label = l->fn->place.count ? l->fn->place.at[NODE(l->fn, g->head)->loc].label : NULL;
    if (label) s_note(l->p, l->value[g->head].sort == SORT_COUPLED ? "%s: sum over samples" : "%s", label);
}

/* Loops of maps have no head: they belong to the first of them. */
static Ref leading(const Group *g)
{
    if (g->head || !g->item.count) return g->head;
    return g->item.at[0].node ? g->item.at[0].node : g->item.at[0].value;
}

void lower_group(Lowering *l, const Group *g)
{
    uint32_t before = origin_node(l->p, l->fn, leading(g));
    if (g->head) note(l, g);
    switch (g->head ? NODE(l->fn, g->head)->op : OP_NONE) {
    case OP_NONE:     each_element(l, g, map_element);  break;
    case OP_CON:      lower_con(l, g);                  break;
    case OP_PEAK_MAX:
    case OP_PEAK_MIN: each_element(l, g, peak_element); break;
    case OP_TAKE:     each_element(l, g, take_element); break;
    case OP_PUT:      each_element(l, g, put_element);  break;
    default:          store_numbers(l, g);              break;
    }
    l->p->at = before;
}
