/* build.c: the constructors of maps, and what they simplify.
 *
 * Arguments are brought to one shape by explicit expands; a map of things that
 * were all expanded alike is computed before the expand; numbers fold; and the
 * identities below hold for every value (only the sign of a zero may differ). */
#include "ir/make.h"

#include <math.h>
#include <string.h>

/* ---- one shape for all arguments --------------------------------------------------- */

/* [] and [B] fit everything; what has dimensions besides B must agree in them. */
static Shape common_shape(const Fn *f, Op op, const Ref arg[3], unsigned n)
{
    Shape rest = {0};
    bool batched = false;
    for (unsigned i = 0; i < n; i++) {
        Shape s = SHAPE(f, arg[i]), mine = {0};
        bool b = shape_batched(s);
        batched |= b;
        mine.rank = (uint8_t)(s.rank - b);
        memcpy(mine.dim, s.dim + b, mine.rank * sizeof *mine.dim);
        if (mine.rank == 0)
            continue;
        if (rest.rank != 0 && !shape_equal(rest, mine))
            ir_bug(f, "%s: shapes differ", op_info(op)->name);
        rest = mine;
    }
    Shape all = rest;
    if (batched) {
        if (rest.rank == MAX_RANK)
            ir_bug(f, "%s: rank above %d", op_info(op)->name, MAX_RANK);
        all.rank++;
        all.dim[0] = BATCH;
        memcpy(all.dim + 1, rest.dim, rest.rank * sizeof *rest.dim);
    }
    return all;
}

static Type result_type(const Fn *f, Op op, const Ref arg[3], unsigned n)
{
    unsigned kind = op_info(op)->kind;
    for (unsigned i = 0; i < n; i++) {
        bool want_bool = kind == OP_KIND_LOGIC || (kind == OP_KIND_CHOOSE && i == 0);
        Type type = (Type)NODE(f, arg[i])->type;
        if (want_bool ? type != TYPE_BOOL : type != f->real && !(kind == OP_KIND_TEST && type == TYPE_I32))
            ir_bug(f, "%s: argument %u has the wrong type", op_info(op)->name, i + 1);
    }
    return kind == OP_KIND_TEST || kind == OP_KIND_LOGIC ? TYPE_BOOL : f->real;
}

/* ---- maps below expands -------------------------------------------------------------- */

static bool is_expand(const Fn *f, Ref r)
{
    const Node *n = NODE(f, r);
    return n->op == OP_CON && n->narg == 1
        && con_expands(CON(f, r), SHAPE(f, r), ir_operand_shape(f, n, 0));
}

static Ref source(const Fn *f, Ref r)
{
    return is_expand(f, r) ? NODE(f, r)->arg[0] : r;
}

/* map(expand a, expand b) = expand(map(a, b)) if the expands are alike or their
 * operands are single numbers; else 0.                                            */
static Ref below_expand(Fn *f, Op op, Shape shape, const Ref arg[3], unsigned n)
{
    Ref like = 0, from[3] = {0};
    if (shape.rank == 0 || n == 0)
        return 0;
    for (unsigned i = 0; i < n; i++) {
        if (!is_expand(f, arg[i]))
            return 0;
        from[i] = source(f, arg[i]);
        bool scalar = SHAPE(f, from[i]).rank == 0;
        bool alike = like && NODE(f, like)->aux == NODE(f, arg[i])->aux
                  && shape_equal(SHAPE(f, source(f, like)), SHAPE(f, from[i]));
        if (like == 0 || SHAPE(f, source(f, like)).rank == 0)
            like = arg[i];
        else if (!scalar && !alike)
            return 0;
    }
    Con con = *CON(f, like);
    Ref inner = ir_map(f, op, from[0], from[1], from[2]);
    return ir_con(f, &con, shape, &inner);
}

/* ---- identities ------------------------------------------------------------------------ */

static bool is(const Fn *f, Ref r, double wanted)
{
    double number;
    return ir_is_number(f, r, &number) && number == wanted;
}

static Ref negated(const Fn *f, Ref r)                  /* x of -x, else 0           */
{
    return NODE(f, r)->op == OP_neg ? NODE(f, r)->arg[0] : 0;
}

static Ref simplify_add(Fn *f, Ref a, Ref b)
{
    if (is(f, b, 0)) return a;
    if (is(f, a, 0)) return b;
    if (negated(f, b)) return ir_sub(f, a, negated(f, b));
    if (negated(f, a)) return ir_sub(f, b, negated(f, a));
    return 0;
}

static Ref simplify_sub(Fn *f, Ref a, Ref b)
{
    if (is(f, b, 0)) return a;
    if (is(f, a, 0)) return ir_map(f, OP_neg, b, 0, 0);
    if (negated(f, b)) return ir_add(f, a, negated(f, b));
    return 0;
}

static Ref simplify_mul(Fn *f, Ref a, Ref b)
{
    if (is(f, b, 1)) return a;
    if (is(f, a, 1)) return b;
    if (is(f, b, -1)) return ir_map(f, OP_neg, a, 0, 0);
    if (is(f, a, -1)) return ir_map(f, OP_neg, b, 0, 0);
    if (negated(f, a) && negated(f, b)) return ir_mul(f, negated(f, a), negated(f, b));
    return 0;
}

/* By a power of two: the product with its inverse has the same bits. */
static Ref simplify_div(Fn *f, Ref a, Ref b)
{
    double number;
    int exponent;
    if (is(f, b, 1)) return a;
    if (ir_is_number(f, b, &number) && isnormal(number) && isnormal(1 / number)
        && fabs(frexp(number, &exponent)) == 0.5 && exponent > -100 && exponent < 100)
        return ir_mul(f, a, ir_num(f, 1 / number));
    return 0;
}

static Ref simplify_neg(Fn *f, Ref a)
{
    const Node *n = NODE(f, a);
    if (n->op == OP_neg) return n->arg[0];
    if (n->op == OP_sub) return ir_sub(f, n->arg[1], n->arg[0]);
    return 0;
}

static Ref simplify_pow(Fn *f, Ref a, Ref b)
{
    if (is(f, b, 0)) return ir_expand(f, ir_num(f, 1), SHAPE(f, a));
    if (is(f, b, 1)) return a;
    if (is(f, b, 2)) return ir_mul(f, a, a);
    if (is(f, b, 3)) return ir_mul(f, ir_mul(f, a, a), a);
    if (is(f, b, 4)) return ir_mul(f, ir_mul(f, a, a), ir_mul(f, a, a));
    if (is(f, b, 0.5)) return ir_map(f, OP_sqrt, a, 0, 0);
    if (is(f, b, -1)) return ir_map(f, OP_div, ir_num(f, 1), a, 0);
    return 0;
}

static Ref simplify(Fn *f, Op op, Ref a, Ref b, Ref c)
{
    switch (op) {
    case OP_add:    return simplify_add(f, a, b);
    case OP_sub:    return simplify_sub(f, a, b);
    case OP_mul:    return simplify_mul(f, a, b);
    case OP_div:    return simplify_div(f, a, b);
    case OP_neg:    return simplify_neg(f, a);
    case OP_pow:    return simplify_pow(f, a, b);
    case OP_select: return b == c ? b : 0;
    default:        return 0;
    }
}

/* All arguments are numbers: so is the result, in the Fn's precision. */
static Ref fold(Fn *f, Op op, Shape shape, const Ref arg[3], unsigned n)
{
    double x[3] = {0};
    for (unsigned i = 0; i < n; i++)
        if (NODE(f, arg[i])->type != f->real || !ir_is_number(f, arg[i], &x[i]))
            return 0;
    OpValues *values = NEW(f->arena, OpValues);
    values->arena = f->arena;
    return ir_expand(f, ir_num(f, op_value(values, op, f->real, x)), shape);
}

bool ir_commutes(Op op)
{
    return op == OP_add || op == OP_mul || op == OP_eq || op == OP_ne || op == OP_and || op == OP_or;
}

Ref ir_map(Fn *f, Op op, Ref a, Ref b, Ref c)
{
    Ref arg[3] = {a, b, c};
    unsigned n = op_info(op)->narg;
    if (op < OP_FIRST_MAP || op >= OP_COUNT || op_info(op)->kind == OP_KIND_BITS)
        ir_bug(f, "%s is no map of the tensor IR", op < OP_COUNT ? op_info(op)->name : "?");
    for (unsigned i = 0; i < 3; i++)
        if ((arg[i] != 0) != (i < n) || arg[i] >= f->node.count)
            ir_bug(f, "%s takes %u arguments", op_info(op)->name, n);

    Type type = result_type(f, op, arg, n);
    Shape shape = common_shape(f, op, arg, n);
    for (unsigned i = 0; i < n; i++)
        arg[i] = ir_expand(f, arg[i], shape);
    if (ir_commutes(op) && arg[0] > arg[1])
        arg[0] ^= arg[1], arg[1] ^= arg[0], arg[0] ^= arg[1];

    Ref r = type == f->real ? fold(f, op, shape, arg, n) : 0;
    if (r == 0)
        r = simplify(f, op, arg[0], arg[1], arg[2]);
    if (r == 0)
        r = below_expand(f, op, shape, arg, n);
    return r ? ir_expand(f, r, shape) : ir_node(f, op, type, shape, arg, n, 0);
}

/* ---- peak, take, put ----------------------------------------------------------------- */

Ref ir_peak(Fn *f, Op op, Ref a, uint32_t axes)
{
    Shape from = SHAPE(f, a), to = {0};
    if ((op != OP_PEAK_MAX && op != OP_PEAK_MIN) || axes >> from.rank != 0
        || (shape_batched(from) && axes & 1))
        ir_bug(f, "peak over the axes %x of rank %u", (unsigned)axes, from.rank);
    for (unsigned d = 0; d < from.rank; d++)
        if (!(axes >> d & 1))
            to.dim[to.rank++] = from.dim[d];
    return axes == 0 ? a : ir_node(f, op, f->real, to, (Ref[3]){a}, 1, axes);
}

static void check_index(const Fn *f, Op op, Ref index)
{
    Shape s = SHAPE(f, index);
    if (NODE(f, index)->type != TYPE_I32 || s.rank > 1 || (s.rank == 1 && s.dim[0] != BATCH))
        ir_bug(f, "%s: the index must be i32[] or i32[B]", op_info(op)->name);
}

/* The axis leaves; B comes in front if the index has it. */
Ref ir_take(Fn *f, Ref from, Ref index, unsigned axis)
{
    Shape s = SHAPE(f, from), to = {0};
    check_index(f, OP_TAKE, index);
    if (axis >= s.rank || s.dim[axis] == BATCH)
        ir_bug(f, "take: axis %u of rank %u", axis, s.rank);
    if (shape_batched(SHAPE(f, index)) && !shape_batched(s))
        to.dim[to.rank++] = BATCH;
    for (unsigned d = 0; d < s.rank; d++)
        if (d != axis)
            to.dim[to.rank++] = s.dim[d];
    return ir_node(f, OP_TAKE, (Type)NODE(f, from)->type, to, (Ref[3]){from, index, 0}, 2, axis);
}

/* A new axis at this place of the result, zero but at the index. */
Ref ir_put(Fn *f, Ref value, Ref index, unsigned axis, uint32_t extent)
{
    Shape s = SHAPE(f, value), to = {0};
    bool lift = shape_batched(SHAPE(f, index)) && !shape_batched(s);
    check_index(f, OP_PUT, index);
    if (lift) {
        Shape batched = {.rank = (uint8_t)(s.rank + 1), .dim = {BATCH}};
        memcpy(batched.dim + 1, s.dim, s.rank * sizeof *s.dim);
        return ir_put(f, ir_expand(f, value, batched), index, axis + 1, extent);
    }
    if (axis > s.rank || s.rank == MAX_RANK || (axis == 0 && shape_batched(s)))
        ir_bug(f, "put: axis %u of rank %u", axis, s.rank);
    for (unsigned d = 0; d <= s.rank; d++)
        to.dim[to.rank++] = d < axis ? s.dim[d] : d == axis ? extent : s.dim[d - 1];
    return ir_node(f, OP_PUT, (Type)NODE(f, value)->type, to, (Ref[3]){value, index, 0}, 2, axis);
}
