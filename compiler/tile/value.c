/* value.c: where a value is, and one element of it.
 *
 * In: a node and an index per feature dimension.  Out: an expression. What is nowhere
 * is computed from its arguments, with the same index for a map, with the operand's
 * own for a view. For loops that stand at one element at a time (peaks, cons that are
 * no contraction); loops over maps name what they share, see maps.c.              */
#include "tile/tile_in.h"
#include "ir/make.h"


_Noreturn void tile_bug(const TileFn *f, Ref r, const char *what)
{
    arena_bug(f->arena, "%s: %%%u: %s", f->name, r, what);
}

/* ---- places ------------------------------------------------------------------------ */

Var home_buffer(const TileFn *f, Home home)
{
    switch (home.area) {
    case AREA_FIXED:   return f->args.fixed;
    case AREA_VALUES:  return f->args.values;
    case AREA_INPUTS:  return f->args.inputs;
    case AREA_DRAWS:   return f->args.draws;
    case AREA_OUTPUTS: return f->args.outputs;
    case AREA_THETA:   return f->args.theta;
    case AREA_BUFFERS: return f->args.buffers;
    default:           return 0;
    }
}

static Exp row_of(const TileFn *f, uint32_t row, uint64_t at)
{
    Program *p = f->p;
    return x_add(p, x_mul(p, f->sample, x_int(p, row)), x_int(p, (int64_t)at));
}

Exp home_base(const TileFn *f, Home home)
{
    Program *p = f->p;
    Exp at = x_int(p, (int64_t)home.at);
    switch (home.area) {
    case AREA_FIXED:
        return home.pitch ? x_add(p, x_mul(p, f->block, x_int(p, home.pitch)), at) : at;
    case AREA_VALUES:
        return x_add(p, x_mul(p, x_var(p, f->args.batch), at), x_mul(p, f->sample, x_int(p, home.pitch)));
    case AREA_INPUTS:  return row_of(f, f->t->input_row, home.at);
    case AREA_DRAWS:   return row_of(f, f->t->draw_row, home.at);
    case AREA_OUTPUTS: return row_of(f, f->t->output_row, home.at);
    case AREA_BUFFERS: return x_add(p, x_var(p, f->args.slot), at);
    default:           return at;
    }
}

/* t, h and 1/batch are arguments, not memory. */
Exp home_scalar(const TileFn *f, Home home)
{
    switch (home.area) {
    case AREA_TIME:   return x_var(f->p, f->args.t);
    case AREA_STEP:   return x_var(f->p, f->args.h);
    case AREA_WEIGHT: return x_var(f->p, f->args.weight);
    default:          return 0;
    }
}

/* ---- one element -------------------------------------------------------------------- */

static Exp tile_load(const TileFn *f, Ref r, const Exp *at)
{
    Program *p = f->p;
    const TileNode *v = &f->node[r];
    Exp scalar = home_scalar(f, v->here);
    if (scalar) return scalar;
    Exp index = home_base(f, v->here);
    for (unsigned d = 0; d < v->lay.rank; d++)
        index = x_add(p, index, x_mul(p, at[d], x_int(p, v->lay.step[d])));
    return x_load(p, home_buffer(f, v->here), index, 1);
}

static Exp aff_at(Program *p, const Aff *a, const Exp *axis)
{
    Exp x = x_int(p, 0);
    for (unsigned i = 0; i < a->n; i++) x = x_add(p, x, x_mul(p, axis[a->ax[i]], x_int(p, a->k[i])));
    return x_add(p, x, x_int(p, a->c));
}

bool tile_is_view(const TileFn *f, Ref r)
{
    const Node *n = NODE(f->fn, r);
    if (n->op != OP_CON || !con_covers(CON(f->fn, r), SHAPE(f->fn, r))) return false;
    Shape from = SHAPE(f->fn, n->arg[0]);
    for (unsigned d = 0; d < from.rank; d++) {
        int64_t lo, hi;
        if (from.dim[d] == BATCH) continue;
        aff_range(&CON(f->fn, r)->in[0][d], CON(f->fn, r)->extent, &lo, &hi);
        if (lo < 0 || hi >= (int64_t)from.dim[d]) return false;
    }
    return true;
}

Exp tile_operand(TileFn *f, Ref con, unsigned k, const Exp *axis)
{
    Ref from = NODE(f->fn, con)->arg[k];
    Shape shape = SHAPE(f->fn, from);
    unsigned b = shape_batched(shape);
    Exp at[MAX_RANK] = { 0 };
    for (unsigned d = b; d < shape.rank; d++) at[d - b] = aff_at(f->p, &CON(f->fn, con)->in[k][d], axis);
    return tile_value(f, from, at);
}

Exp tile_value(TileFn *f, Ref r, const Exp *at)
{
    const Node *n = NODE(f->fn, r);
    double number;
    if (ir_is_number(f->fn, r, &number)) return x_real(f->p, number);
    if (f->node[r].here.area != AREA_NONE) return tile_load(f, r, at);
    if (tile_is_view(f, r)) {
        const Con *con = CON(f->fn, r);
        Shape shape = SHAPE(f->fn, r);
        unsigned b = shape_batched(shape);
        Exp axis[MAX_AXES] = { 0 };
        for (unsigned d = b; d < shape.rank; d++)
            if (con->out[d].n) axis[con->out[d].ax[0]] = at[d - b];
        return tile_operand(f, r, 0, axis);
    }
    if (n->op < OP_FIRST_MAP) tile_bug(f, r, "is read before it is there");
    Exp arg[3] = { 0 };
    for (unsigned i = 0; i < n->narg; i++) arg[i] = tile_value(f, n->arg[i], at);
    return x_op(f->p, (Op)n->op, arg[0], arg[1], arg[2]);
}

const char *tile_hint(const TileFn *f, Ref r)
{
    const Node *n = NODE(f->fn, r);
    if (n->op == OP_LEAF) return f->fn->symbol.at[n->aux].name;
    if (n->op == OP_CON) return "sum";
    return n->op == OP_CONST ? "number" : op_info((Op)n->op)->name;
}
