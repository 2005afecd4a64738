/* pick.c: places in a vector that only the running model knows: the largest
 * element, and what a label says.
 *
 *     argmax(x)      min over i of (x[i] == max(x) ? i : n)
 *     x[label]       take
 *     one_hot(l, n)  put of a one                                             */
#include "lang/elab.h"

const Val *pick_argmax(Elab *e, const Args *args, const AstExpr *x)
{
    const Val *v = args->at[0].val;
    if (!val_numeric(v) || val_truthful(v) || val_shape(v).rank != 1)
        return elab_error(e, x->at, "`argmax` takes a vector, not %s", val_text(e, v));
    v = val_settle(e, val_tensor(e, v));
    if (v->kind == VAL_BAD) return v;
    uint32_t n = v->dim[0]->extent;
    double *count = NEW_ARRAY(e->arena, double, n);
    for (uint32_t i = 0; i < n; i++) count[i] = i;
    const Val *largest = val_peak(e, OP_PEAK_MAX, v, v->dim, 1, x->at), *both[2] = { v, largest };
    const Val *is = arith_map(e, OP_eq, both, 2, x->at);
    if (is->kind == VAL_BAD) return is;
    const Val *first = arith_select(e, is, val_array(e, NUMBER_INT, 1, v->dim, count), val_int(e, n), x->at);
    return first->kind == VAL_BAD ? first : val_peak(e, OP_PEAK_MIN, first, first->dim, first->rank, x->at);
}

/* How many values the whole number has, 0 if nobody said. */
static uint32_t classes_of(Elab *e, const Val *label)
{
    const Node *node = NODE(e->fn, label->view->ref);
    for (size_t i = 0; e->model && node->op == OP_LEAF && i < e->model->input.count; i++)
        if (e->model->input.at[i].name == e->fn->symbol.at[node->aux].name) return e->model->input.at[i].classes;
    return 0;
}

static bool label_fits(Elab *e, const Val *label, uint32_t extent)
{
    uint32_t classes = classes_of(e, label);
    if (classes <= extent) return true;
    elab_error(e, e->fn->place.at[e->fn->loc].at, "this index goes from 0 to %u, but there are only 0 to %u", classes - 1, extent - 1);
    return false;
}

const Val *pick_take(Elab *e, const Val *v, unsigned d, const Val *label)
{
    if (!label_fits(e, label, v->dim[d]->extent)) return elab_bad(e);
    v = val_settle(e, v);
    if (v->kind == VAL_BAD) return v;
    Space space = val_space(e, &v, 1);
    unsigned gens = space.count - space.own, rank = 0;
    const Gen *dim[MAX_RANK];
    for (unsigned i = 0; i < v->rank; i++)
        if (i != d) dim[rank++] = v->dim[i];
    return val_node(e, ir_take(e->fn, v->view->ref, label->view->ref, space.batched + gens + d), space.gen, gens, dim, rank);
}

const Val *pick_one_hot(Elab *e, const Args *args, const AstExpr *x)
{
    const Val *label = args->at[0].val, *n = args->at[1].val;
    if (!val_label(label))
        return elab_error(e, x->at, "`one_hot` takes an input of whole numbers, not %s", val_text(e, label));
    if (n->kind != VAL_INT || n->integer < 1 || n->integer > 1 << 20)
        return elab_error(e, args->at[1].at, "the length must be a whole number of at least 1");
    if (!label_fits(e, label, (uint32_t)n->integer)) return elab_bad(e);
    const Gen *dim = gen_new(e, (uint32_t)n->integer, NULL);
    return val_node(e, ir_put(e->fn, ir_num(e->fn, 1), label->view->ref, 0, dim->extent), NULL, 0, &dim, 1);
}
