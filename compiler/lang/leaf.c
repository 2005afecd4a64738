/* leaf.c: where the function of an odef or a model begins and ends: leaves as
 * values of the language, and values as results for every sample. */
#include "lang/elab.h"

#include <string.h>

Shape shape_batch(Shape shape)
{
    Shape out = { .rank = (uint8_t)(shape.rank + 1), .dim = { BATCH } };
    memcpy(out.dim + 1, shape.dim, shape.rank * sizeof *shape.dim);
    return out;
}

/* The leaf of this name, made if it is not there yet. */
const Val *leaf_value(Elab *e, Role role, Name name, Type type, Shape shape, bool sample)
{
    const Gen *dim[MAX_RANK];
    int symbol = ir_symbol(e->fn, name);
    Ref ref = symbol >= 0 ? e->fn->symbol.at[symbol].node
                          : ir_leaf(e->fn, role, name, type, sample ? shape_batch(shape) : shape);
    for (unsigned d = 0; d < shape.rank; d++) dim[d] = gen_new(e, shape.dim[d], NULL);
    return val_node(e, ref, NULL, 0, dim, shape.rank);
}

static const char *shape_text(Elab *e, Shape shape)
{
    Text text = { .arena = e->arena };
    for (unsigned i = 0; i < shape.rank; i++) text_printf(&text, "%s%u", i ? ", " : "[", shape.dim[i]);
    text_add(&text, shape.rank ? "]" : "a number");
    return text_string(&text);
}

Ref result_ref(Elab *e, const Val *v, Shape shape, bool fill, const char *what, Span at)
{
    if (v->kind == VAL_BAD) return 0;
    bool tensor = v->kind == VAL_TENSOR || v->kind == VAL_ARRAY;
    bool real = val_numeric(v) && v->kind != VAL_BOOL && !(tensor && v->number == NUMBER_BOOL) &&
                !val_label(v);
    bool scalar = !val_shape(v).rank;
    if (!real || (!shape_equal(val_shape(v), shape) && !(fill && scalar))) {
        elab_error(e, at, "%s must be %s, not %s", what, shape_text(e, shape), val_text(e, v));
        if (real && !shape.rank && val_shape(v).rank == 1 && val_shape(v).dim[0] == 1) diag_help(e->diags, "its number is (...)[0]");
        return 0;
    }
    elab_place(e, at);
    Space space = { .count = shape.rank, .own = shape.rank, .batched = true };
    v = val_tensor(e, v);
    for (unsigned d = 0; d < shape.rank; d++) space.gen[d] = scalar ? gen_new(e, shape.dim[d], NULL) : v->dim[d];
    return v->kind == VAL_BAD ? 0 : val_ref(e, v, &space);
}
