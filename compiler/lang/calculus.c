/* calculus.c: grad, vjp and jacobian of expressions, inside the right-hand side.
 *
 *     grad(H, q)          of a number, in a state, an input or the time
 *     vjp(v, x, a)        a . dv/dx
 *     jacobian(v, x)      row by row; for vectors
 *
 * The differentiation itself belongs to a floor above and is handed in with
 * unit_differentiates; what it makes is differentiable again. */
#include "lang/elab.h"

#include <string.h>

enum { MOST_ROWS = 64 };

/* The leaf that `v` is, or 0. */
static Ref leaf_of(Elab *e, const Val *v)
{
    if (v->kind != VAL_TENSOR || v->count != 1 || v->view->rank != v->rank) return 0;
    for (unsigned d = 0; d < v->rank; d++) {
        const Index *at = &v->view->at[d];
        if (at->n != 1 || at->c || at->term[0].k != 1 || at->term[0].gen != v->dim[d]) return 0;
    }
    const Node *node = NODE(e->fn, v->view->ref);
    if (node->op != OP_LEAF || !shape_batched(SHAPE(e->fn, v->view->ref))) return 0;
    return v->view->ref;
}

typedef struct Of { const Val *y, *x; Ref leaf; Space space; Ref root; } Of;

static bool open(Elab *e, const Val *y, const Val *x, const AstExpr *call, Of *of)
{
    const Gen *gen[MAX_AXES];
    *of = (Of){ .y = y, .x = x, .leaf = leaf_of(e, x) };
    if (!e->unit->differentiate) {
        elab_error(e, call->at, "derivatives of expressions are not supported here");
        return false;
    }
    if (!of->leaf) {
        elab_error(e, call->at, "a derivative is taken in a state, an input or the time, as a whole");
        return false;
    }
    if (!val_numeric(y) || (y->kind == VAL_TENSOR && y->number == NUMBER_BOOL)) {
        elab_error(e, call->at, "a derivative is taken of numbers, not of %s", val_text(e, y));
        return false;
    }
    if (val_gens(y, gen, MAX_AXES)) {
        elab_unroll(e, y, call->at);
        return false;
    }
    of->y = val_tensor(e, y);
    if (of->y->kind == VAL_BAD) return false;
    of->space = val_space(e, &of->y, 1);
    of->space.batched = true;
    of->root = val_ref(e, of->y, &of->space);
    return of->root != 0;
}

static const Val *zeros_like(Elab *e, const Val *x)
{
    double *at = NEW_ARRAY(e->arena, double, shape_count(val_shape(x)));
    return x->rank ? val_array(e, NUMBER_INT, x->rank, x->dim, at) : val_int(e, 0);
}

/* seed . dy/dx, in the shape of x. */
static const Val *pull(Elab *e, const Of *of, const Val *seed)
{
    Ref out = 0, with;
    if (seed->rank) seed = val_redim(e, val_tensor(e, seed), of->y->dim);
    if (seed->kind == VAL_BAD || !(with = val_ref(e, seed, &of->space))) return elab_bad(e);
    e->unit->differentiate(e->fn, &of->root, &with, 1, &of->leaf, 1, &out);
    return val_fresh(e, out ? val_node(e, out, NULL, 0, of->x->dim, of->x->rank) : zeros_like(e, of->x));
}

const Val *calculus_grad(Elab *e, const Args *args, const AstExpr *call)
{
    Of of;
    if (!open(e, args->at[0].val, args->at[1].val, call, &of)) return elab_bad(e);
    if (!of.y->rank) return pull(e, &of, val_int(e, 1));
    const Val *bad = elab_error(e, call->at, "`grad` is of a number, and this is %s", val_text(e, of.y));
    diag_help(e->diags, "vjp(y, x, a) is a . dy/dx, jacobian(y, x) all of it");
    return bad;
}

const Val *calculus_vjp(Elab *e, const Args *args, const AstExpr *call)
{
    Of of;
    const Val *a = args->at[2].val;
    if (!open(e, args->at[0].val, args->at[1].val, call, &of)) return elab_bad(e);
    if (val_numeric(a) && shape_equal(val_shape(a), val_shape(of.y))) return pull(e, &of, a);
    return elab_error(e, call->at, "`vjp`: what is multiplied with must have the shape of what is differentiated, "
                      "%s, and is %s", val_text(e, of.y), val_text(e, a));
}

const Val *calculus_jacobian(Elab *e, const Args *args, const AstExpr *call)
{
    Of of;
    if (!open(e, args->at[0].val, args->at[1].val, call, &of)) return elab_bad(e);
    if (of.y->rank != 1 || of.y->dim[0]->extent > MOST_ROWS)
        return elab_error(e, call->at, "`jacobian` is of a vector of at most %d numbers, and this is %s", MOST_ROWS,
                          val_text(e, of.y));
    uint32_t rows = of.y->dim[0]->extent;
    const Val **row = NEW_ARRAY(e->arena, const Val *, rows);
    for (uint32_t i = 0; i < rows; i++) {
        double *unit = NEW_ARRAY(e->arena, double, rows);
        unit[i] = 1;
        row[i] = pull(e, &of, val_array(e, NUMBER_INT, 1, of.y->dim, unit));
        if (row[i]->kind == VAL_BAD) return row[i];
    }
    return val_stack(e, row, rows);
}
