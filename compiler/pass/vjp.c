/* vjp.c: reverse mode, one loop over the nodes backwards (Griewank and Walther,
 * Evaluating Derivatives, 2nd ed., ch. 3).
 *
 *     map      the row's derivative cells, built as nodes
 *     con      for operand k: accesses 0 and k swapped, the cotangent in place of
 *              operand k; nothing here knows of matrices or convolutions
 *     peak     the cotangent where the operand equals the result
 *     take     put of the cotangent; put: take of it
 *
 * A parameter has no B, so the con of its cotangent sums over the batch by itself.
 *
 * What leaves the branch that a select did not take is selected away again behind
 * every derivative: a cotangent select(c, g, 0) passes the derivative d as
 * select(c, d(g), 0), not as d(select(c, g, 0)), which is 0*inf where d overflows. */
#include "pass/rewrite.h"

#include <string.h>

typedef struct Reverse {
    Fn   *f;
    bool *wants;                    /* node leads to something wanted               */
    Ref  *cotangent;                /* 0: none so far                               */
} Reverse;

static bool is_zero(const Fn *f, Ref r)
{
    double number;
    return ir_is_number(f, r, &number) && number == 0;
}

static Ref zeros(Fn *f, Shape shape)
{
    return ir_expand(f, ir_num(f, 0), shape);
}

static void contribute(Reverse *v, Ref to, Ref value)
{
    if (value == 0 || is_zero(v->f, value))
        return;
    value = ir_expand(v->f, value, SHAPE(v->f, to));
    Ref *sum = &v->cotangent[to];
    *sum = *sum ? ir_add(v->f, *sum, value) : value;
}

/* ---- maps -------------------------------------------------------------------------- */

/* The cell, with the selects around its cotangent taken off and put on again. */
static Ref derivative(Fn *f, const char *cell, Ref in[CELL_INPUTS])
{
    const Node g = *NODE(f, in[IN_G]);
    bool first = g.op == OP_select && is_zero(f, g.arg[2]);
    bool second = g.op == OP_select && is_zero(f, g.arg[1]);
    if (!first && !second)
        return pass_cell(f, cell, in);
    Ref inner[CELL_INPUTS], zero = zeros(f, f->shape.at[g.shape]);
    memcpy(inner, in, sizeof inner);
    inner[IN_G] = g.arg[first ? 1 : 2];
    Ref d = derivative(f, cell, inner);
    return first ? ir_map(f, OP_select, g.arg[0], d, zero)
                 : ir_map(f, OP_select, g.arg[0], zero, d);
}

static void map(Reverse *v, Ref y, Ref g)
{
    const Node n = *NODE(v->f, y);
    const OpInfo *info = op_info((Op)n.op);
    for (unsigned i = 0; i < n.narg; i++)
        if (v->wants[n.arg[i]] && info->derivative[i]) {
            Ref in[CELL_INPUTS] = {n.arg[0], n.arg[1], n.arg[2], y, g};
            contribute(v, n.arg[i], derivative(v->f, info->derivative[i], in));
        }
}

static void choose(Reverse *v, Ref y, Ref g)
{
    const Node n = *NODE(v->f, y);
    Ref zero = zeros(v->f, SHAPE(v->f, y));
    if (v->wants[n.arg[1]])
        contribute(v, n.arg[1], ir_map(v->f, OP_select, n.arg[0], g, zero));
    if (v->wants[n.arg[2]])
        contribute(v, n.arg[2], ir_map(v->f, OP_select, n.arg[0], zero, g));
}

/* ---- the other classes ---------------------------------------------------------------- */

static void con(Reverse *v, Ref y, Ref g)
{
    const Node n = *NODE(v->f, y);
    for (unsigned k = 0; k < n.narg; k++) {
        if (!v->wants[n.arg[k]])
            continue;
        Con swapped = *CON(v->f, y);
        Ref operand[3] = {n.arg[0], n.arg[1], n.arg[2]};
        Aff out[MAX_RANK];
        memcpy(out, swapped.out, sizeof out);
        memcpy(swapped.out, swapped.in[k], sizeof out);
        memcpy(swapped.in[k], out, sizeof out);
        operand[k] = g;
        contribute(v, n.arg[k], ir_con(v->f, &swapped, SHAPE(v->f, n.arg[k]), operand));
    }
}

/* Back to the shape before the axes left. */
static Ref spread(Fn *f, Ref a, Shape to, uint32_t axes)
{
    Con c = {.nopd = 1, .naxis = to.rank};
    unsigned kept = 0;
    for (unsigned d = 0; d < to.rank; d++) {
        Aff axis = {.n = 1, .k = {1}, .ax = {(uint8_t)d}};
        c.extent[d] = to.dim[d];
        c.out[d] = axis;
        if (!(axes >> d & 1))
            c.in[0][kept++] = axis;
    }
    return ir_con(f, &c, to, &a);
}

static void peak(Reverse *v, Ref y, Ref g)
{
    const Node n = *NODE(v->f, y);
    Shape shape = SHAPE(v->f, n.arg[0]);
    Ref at_peak = ir_map(v->f, OP_eq, n.arg[0], spread(v->f, y, shape, n.aux), 0);
    contribute(v, n.arg[0], ir_map(v->f, OP_select, at_peak, spread(v->f, g, shape, n.aux),
                                   zeros(v->f, shape)));
}

static void take(Reverse *v, Ref y, Ref g)
{
    const Node n = *NODE(v->f, y);
    Shape from = SHAPE(v->f, n.arg[0]);
    bool shared = shape_batched(SHAPE(v->f, n.arg[1])) && !shape_batched(from);
    Ref back = ir_put(v->f, g, n.arg[1], n.aux + shared, from.dim[n.aux]);
    contribute(v, n.arg[0], shared ? ir_sum(v->f, back, 1) : back);
}

static void put(Reverse *v, Ref y, Ref g)
{
    const Node n = *NODE(v->f, y);
    contribute(v, n.arg[0], ir_take(v->f, g, n.arg[1], n.aux));
}

/* ---- the loop ------------------------------------------------------------------------------ */

void vjp_into(Fn *f, const Ref *root, const Ref *seed, size_t roots,
              const Ref *wanted, size_t count, Ref *out)
{
    Ref end = (Ref)f->node.count;
    uint32_t loc = f->loc;
    Reverse v = {f, NEW_ARRAY(f->arena, bool, end), NEW_ARRAY(f->arena, Ref, end)};
    for (size_t i = 0; i < count; i++)
        v.wants[wanted[i]] = true;
    for (Ref r = 1; r < end; r++)
        for (unsigned i = 0; i < NODE(f, r)->narg; i++)
            v.wants[r] |= v.wants[NODE(f, r)->arg[i]];
    for (size_t i = 0; i < roots; i++)
        contribute(&v, root[i], seed[i]);

    for (Ref r = end - 1; r > 0; r--) {
        Ref g = v.cotangent[r];
        if (g == 0 || !v.wants[r])
            continue;
        f->loc = NODE(f, r)->loc;
        switch (NODE(f, r)->op) {
        case OP_LEAF: case OP_CONST:              break;
        case OP_CON:                              con(&v, r, g); break;
        case OP_PEAK_MAX: case OP_PEAK_MIN:       peak(&v, r, g); break;
        case OP_TAKE:                             take(&v, r, g); break;
        case OP_PUT:                              put(&v, r, g); break;
        case OP_select:                           choose(&v, r, g); break;
        default:                                  map(&v, r, g); break;
        }
    }
    f->loc = loc;
    for (size_t i = 0; i < count; i++)
        out[i] = v.cotangent[wanted[i]];
}

/* ---- as passes -------------------------------------------------------------------------------- */

typedef VEC(Ref) Refs;

/* The leaves of f that are meant, as nodes of `to` (which has f's leaves).  A name
 * that is no leaf's is passed over.                                                */
static Refs leaves(Arena *arena, const Fn *to, const Fn *f, const Name *wanted, size_t count)
{
    Refs out = {0};
    for (size_t i = 0; wanted && i < count; i++) {
        int symbol = ir_symbol(to, wanted[i]);
        if (symbol >= 0)
            VEC_PUSH(arena, out) = to->symbol.at[symbol].node;
    }
    for (size_t i = 0; !wanted && i < f->symbol.count; i++)
        if (to->symbol.at[i].type == f->real)
            VEC_PUSH(arena, out) = to->symbol.at[i].node;
    return out;
}

/* A new leaf for each of `of`, which may be any nodes. */
static Ref companion(Fn *to, Role role, const char *prefix, const char *name, Ref of)
{
    return ir_leaf(to, role, pass_name(to, prefix, name, ""), to->real, SHAPE(to, of));
}

static void inline_roots(Arena *arena, Fn *to, const Fn *f, Ref *value)
{
    Ref *root = NEW_ARRAY(arena, Ref, f->root.count);
    for (size_t i = 0; i < f->root.count; i++)
        root[i] = f->root.at[i].value;
    ir_inline_many(to, f, root, f->root.count, NULL, value);
}

Fn *pass_vjp(Arena *arena, const Fn *f, const char *name, const Name *wanted, size_t count)
{
    Fn *to = pass_begin(arena, f, name);
    size_t roots = f->root.count;
    Ref *root = NEW_ARRAY(arena, Ref, roots), *seed = NEW_ARRAY(arena, Ref, roots);
    inline_roots(arena, to, f, root);
    for (size_t i = 0; i < roots; i++)
        seed[i] = companion(to, ROLE_COTANGENT, "a_", f->root.at[i].name, root[i]);

    Refs leaf = leaves(arena, to, f, wanted, count);
    Ref *bar = NEW_ARRAY(arena, Ref, leaf.count);
    vjp_into(to, root, seed, roots, leaf.at, leaf.count, bar);
    for (size_t i = 0; i < leaf.count; i++) {
        const Symbol *s = &to->symbol.at[NODE(to, leaf.at[i])->aux];
        Ref value = bar[i] ? bar[i] : zeros(to, s->shape);
        if (shape_batched(s->shape))
            ir_root(to, ROOT_RESULT, pass_name(to, "", s->name, "_bar"), value);
        else
            ir_root(to, ROOT_SUM, s->name, value);
    }
    return pass_dce(arena, to);
}

Fn *pass_jvp(Arena *arena, const Fn *f, const char *name, const Name *wanted, size_t count)
{
    Fn *work = pass_begin(arena, f, name), *to = pass_begin(arena, f, name);
    size_t roots = f->root.count;
    Ref *root = NEW_ARRAY(arena, Ref, roots), *seed = NEW_ARRAY(arena, Ref, roots);
    Ref *dot = NEW_ARRAY(arena, Ref, roots);
    inline_roots(arena, work, f, root);

    Refs leaf = leaves(arena, work, f, wanted, count), moves = {0}, bars = {0};
    Ref *bar = NEW_ARRAY(arena, Ref, leaf.count);
    for (size_t i = 0; i < roots; i++)
        seed[i] = companion(work, ROLE_COTANGENT, "a_", f->root.at[i].name, root[i]);
    vjp_into(work, root, seed, roots, leaf.at, leaf.count, bar);
    for (size_t i = 0; i < leaf.count; i++) {
        const Symbol *s = &work->symbol.at[NODE(work, leaf.at[i])->aux];
        Name moved = pass_name(to, "v_", s->name, "");
        Shape shape = s->shape;
        ir_leaf(to, ROLE_TANGENT, moved, to->real, shape);
        if (bar[i] == 0)
            continue;
        VEC_PUSH(arena, bars) = bar[i];
        VEC_PUSH(arena, moves) = ir_leaf(work, ROLE_TANGENT, moved, work->real, shape);
    }
    vjp_into(work, bars.at, moves.at, bars.count, seed, roots, dot);
    for (size_t i = 0; i < roots; i++) {
        Ref value = dot[i] ? ir_inline(to, work, dot[i], NULL) : zeros(to, SHAPE(work, seed[i]));
        ir_root(to, ROOT_RESULT, pass_name(to, "", f->root.at[i].name, "_dot"), value);
    }
    return pass_dce(arena, to);
}
