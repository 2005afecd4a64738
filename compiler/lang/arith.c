/* arith.c: the elementwise operations, on numbers now and on tensors later.
 *
 * Whole numbers are int64 and stay whole under + - * // ^; `/` is real division
 * (D7).  Shapes must be equal; only a number goes with every shape (D9). */
#include "lang/elab.h"

#include <math.h>

static const Op binary_op[AST_OPS] = {
    [AST_OR] = OP_or, [AST_AND] = OP_and, [AST_EQ] = OP_eq, [AST_NE] = OP_ne, [AST_LE] = OP_le,
    [AST_GE] = OP_ge, [AST_LT] = OP_lt, [AST_GT] = OP_gt, [AST_ADD] = OP_add, [AST_SUB] = OP_sub,
    [AST_MUL] = OP_mul, [AST_DIV] = OP_div, [AST_POW] = OP_pow,
};

static bool same_shape(const Val *a, const Val *b)
{
    return shape_equal(val_shape(a), val_shape(b));
}

static unsigned rank_of(const Val *v)
{
    return v->kind == VAL_TENSOR || v->kind == VAL_ARRAY ? v->rank : 0;
}

/* ---- one number ----------------------------------------------------------------- */

static bool number_of(const Val *v, double *out)
{
    if (v->kind == VAL_BOOL) return *out = v->truth, true;
    return val_scalar_number(v, out);
}

static const Val *map_numbers(Elab *e, Op op, const Val *const *v, unsigned n)
{
    double argument[3] = { 0 };
    bool whole = op_info(op)->kind != OP_KIND_MATH && op != OP_div;
    for (unsigned i = 0; i < n; i++) {
        number_of(v[i], &argument[i]);
        whole = whole && v[i]->kind == VAL_INT;
    }
    double y = op_value(&e->values, op, TYPE_F64, argument);
    uint8_t kind = op_info(op)->kind;
    if (kind == OP_KIND_TEST || kind == OP_KIND_LOGIC) return val_bool(e, y != 0);
    if (whole && fabs(y) < 9e15 && y == floor(y)) return val_int(e, (int64_t)y);
    return val_real(e, y);
}

/* ---- tensors ---------------------------------------------------------------------- */

/* `a*b*c` as one product of views, as long as its factors multiply from the left. */
static const Val *map_product(Elab *e, const Val *a, const Val *b)
{
    if (b->count > 1) {
        const Val *swap = a;
        a = b;
        b = swap;
    }
    if (b->count > 1) b = val_settle(e, b);
    if (a->count == MAX_OPERANDS) a = val_settle(e, a);
    if (a->kind == VAL_BAD || b->kind == VAL_BAD) return elab_bad(e);
    Val *out = arena_copy(e->arena, a->rank ? a : b, sizeof *out);
    View *view = NEW_ARRAY(e->arena, View, a->count + 1);
    for (unsigned i = 0; i < a->count; i++) view[i] = a->view[i];
    view[a->count] = b->view[0];
    out->view = view;
    out->count = (uint8_t)(a->count + 1);
    return out;
}

static const Val *map_tensors(Elab *e, Op op, const Val *const *v, unsigned n)
{
    const Val *in[3] = { 0 }, *lead = NULL;
    Ref ref[3] = { 0 };
    for (unsigned i = 0; i < n; i++) {
        in[i] = val_tensor(e, v[i]);
        if (in[i]->kind == VAL_BAD) return in[i];
        if (in[i]->number == NUMBER_INT && op_info(op)->kind != OP_KIND_TEST)
            return elab_error(e, e->fn->place.at[e->fn->loc].at,
                              "a whole number of the running model is an index or compared, and nothing else");
        if (in[i]->rank && lead) in[i] = val_redim(e, in[i], lead->dim);
        if (in[i]->kind == VAL_BAD) return in[i];
        if (in[i]->rank && !lead) lead = in[i];
    }
    if (op == OP_mul) return map_product(e, in[0], in[1]);

    Space space = val_space(e, in, n);
    for (unsigned i = 0; i < n; i++) {
        Space own = val_space(e, &in[i], 1);
        ref[i] = val_ref(e, in[i], own.count || own.batched ? &space : &own);
        if (!ref[i]) return elab_bad(e);
    }
    Ref y = ir_map(e->fn, op, ref[0], ref[1], ref[2]);
    unsigned gens = space.count - space.own;
    return val_node(e, y, space.gen, gens, space.gen + gens, space.own);
}

/* The arguments are numbers and of one shape. */
static const Val *map(Elab *e, Op op, const Val *const *v, unsigned n)
{
    double number;
    bool scalars = true;
    for (unsigned i = 0; i < n; i++) scalars = scalars && number_of(v[i], &number);
    if (scalars) return map_numbers(e, op, v, n);
    Fn *before = lab_begin(e, v, n);
    const Val *y = map_tensors(e, op, v, n);
    return before ? lab_end(e, before, y) : y;
}

const Val *arith_map(Elab *e, Op op, const Val *const *v, unsigned n, Span at)
{
    const OpInfo *info = op_info(op);
    const Val *lead = NULL;
    elab_place(e, at);
    if (n != info->narg)
        return elab_error(e, at, "`%s` takes %u argument%s, not %u", info->name, info->narg,
                          info->narg == 1 ? "" : "s", n);
    for (unsigned i = 0; i < n; i++) {
        bool wants = info->kind == OP_KIND_LOGIC;
        if (v[i]->kind == VAL_BAD) return v[i];
        if (!val_numeric(v[i]))
            return elab_error(e, at, "`%s` takes numbers, not %s", info->name, val_text(e, v[i]));
        if (val_truthful(v[i]) != wants && op != OP_select)
            return elab_error(e, at, wants ? "`%s` takes conditions, not numbers"
                                           : "`%s` takes numbers, not conditions", info->name);
        if (!rank_of(v[i])) continue;
        if (lead && !same_shape(lead, v[i]))
            return elab_error(e, at, "`%s`: shapes differ, %s and %s", info->name,
                              val_text(e, lead), val_text(e, v[i]));
        lead = v[i];
    }
    return map(e, op, v, n);
}

/* ---- operators ------------------------------------------------------------------------ */

static const Val *overflow(Elab *e, const AstExpr *x, const Val *a, const Val *b)
{
    return elab_error(e, x->op_at, "%s %s %s is too large for a whole number", val_text(e, a),
                      ast_op_text[x->op], val_text(e, b));
}

static const Val *whole_power(Elab *e, const AstExpr *x, const Val *a, const Val *b)
{
    int64_t y = 1;
    if (b->integer < 0) return NULL;
    if (a->integer == 0 || a->integer == 1) return val_int(e, b->integer ? a->integer : 1);
    if (a->integer == -1) return val_int(e, b->integer % 2 ? -1 : 1);
    for (int64_t i = 0; i < b->integer; i++)
        if (__builtin_mul_overflow(y, a->integer, &y)) return overflow(e, x, a, b);
    return val_int(e, y);
}

/* Both are INT.  NULL: not a whole matter (`/`). */
static const Val *whole(Elab *e, AstOp op, const Val *a, const Val *b, const AstExpr *x)
{
    int64_t y = 0, p = a->integer, q = b->integer;
    bool over = false;
    switch (op) {
    case AST_ADD: over = __builtin_add_overflow(p, q, &y); break;
    case AST_SUB: over = __builtin_sub_overflow(p, q, &y); break;
    case AST_MUL: over = __builtin_mul_overflow(p, q, &y); break;
    case AST_IDIV:
        over = p == INT64_MIN && q == -1;
        if (!over) y = p / q - (p % q != 0 && (p < 0) != (q < 0));
        break;
    case AST_POW: return whole_power(e, x, a, b);
    default: return NULL;
    }
    return over ? overflow(e, x, a, b) : val_int(e, y);
}

/* Axes stay axes under + and - and multiplication by whole numbers.  NULL: elsewhere. */
static const Val *affine(Elab *e, AstOp op, const Val *a, const Val *b)
{
    Index left = a->kind == VAL_INT ? index_const(a->integer) : a->index;
    Index right = b->kind == VAL_INT ? index_const(b->integer) : b->index, y = { 0 };
    bool fits = false;
    if (op == AST_ADD) fits = index_add(&left, &right, 1), y = left;
    if (op == AST_SUB) fits = index_add(&left, &right, -1), y = left;
    if (op == AST_MUL && !left.n) fits = index_add(&y, &right, left.c);
    else if (op == AST_MUL && !right.n) fits = index_add(&y, &left, right.c);
    return fits ? val_index(e, y) : NULL;
}

static bool wholly(const Val *v) { return v->kind == VAL_INT || v->kind == VAL_INDEX; }

static bool is_zero(const Val *v)
{
    double number;
    return val_scalar_number(v, &number) && number == 0;
}

static bool operands_fit(Elab *e, AstOp op, const Val *a, const Val *b, const AstExpr *x)
{
    const Val *v[2] = { a, b };
    const AstExpr *from[2] = { x->a, x->b };
    bool logic = op == AST_AND || op == AST_OR;
    for (int i = 0; i < 2; i++) {
        if (!val_numeric(v[i])) {
            elab_error(e, from[i]->at, "`%s` works on %s, not on %s", ast_op_text[op],
                       logic ? "conditions" : "numbers", val_text(e, v[i]));
            return false;
        }
        if (val_truthful(v[i]) != logic && !(val_truthful(a) && val_truthful(b) && (op == AST_EQ || op == AST_NE))) {
            elab_error(e, from[i]->at, logic ? "`%s` works on conditions, and this is a number"
                                             : "`%s` works on numbers, and this is a condition",
                       ast_op_text[op]);
            return false;
        }
    }
    if (rank_of(a) && rank_of(b) && !same_shape(a, b)) {
        elab_error(e, x->op_at, "`%s`: shapes differ, %s and %s", ast_op_text[op], val_text(e, a), val_text(e, b));
        elab_note(e, x->a, a);
        elab_note(e, x->b, b);
        return false;
    }
    return true;
}

static const Val *floor_divide(Elab *e, const Val *a, const Val *b)
{
    const Val *v[2] = { a, b };
    const Val *y = map(e, OP_div, v, 2);
    return y->kind == VAL_BAD ? y : map(e, OP_floor, &y, 1);
}

/* x^2 and x^3 are products, x^0.5 a root: exact, fast, and right for negative x. */
static const Val *power(Elab *e, const Val *a, const Val *b)
{
    double exponent;
    const Val *v[2] = { a, b };
    if (val_scalar_number(b, &exponent)) {
        if (exponent == 1) return a;
        if (exponent == 0.5) return map(e, OP_sqrt, &a, 1);
        if (exponent == 2 || exponent == 3) {
            const Val *x = val_known(a) ? a : val_settle(e, a);
            if (x->kind == VAL_BAD) return x;
            const Val *y = map(e, OP_square, &x, 1);
            const Val *cube[2] = { y, x };
            return exponent == 2 || y->kind == VAL_BAD ? y : map(e, OP_mul, cube, 2);
        }
    }
    return map(e, OP_pow, v, 2);
}

const Val *arith_binary(Elab *e, AstOp op, const Val *a, const Val *b, const AstExpr *x)
{
    if (a->kind == VAL_BAD) return a;
    if (b->kind == VAL_BAD) return b;
    elab_place(e, x->op_at);
    if (op == AST_MATMUL) return val_matmul(e, a, b, x);
    if (!operands_fit(e, op, a, b, x)) return elab_bad(e);
    if ((op == AST_DIV || op == AST_IDIV) && is_zero(b) && val_known(a))
        return elab_error(e, x->op_at, "division by zero");
    if (a->kind == VAL_INT && b->kind == VAL_INT) {
        const Val *y = whole(e, op, a, b, x);
        if (y) return y;
    }
    if (wholly(a) && wholly(b)) {
        const Val *y = a->kind == VAL_INDEX || b->kind == VAL_INDEX ? affine(e, op, a, b) : NULL;
        if (y) return y;
    }
    if (val_truthful(a) && (op == AST_EQ || op == AST_NE)) {
        double p, q;
        if (number_of(a, &p) && number_of(b, &q)) return val_bool(e, (p == q) == (op == AST_EQ));
        return elab_error(e, x->op_at, "conditions of the running model cannot be compared");
    }
    if (op == AST_IDIV) return floor_divide(e, a, b);
    if (op == AST_POW) return power(e, a, b);
    const Val *v[2] = { a, b };
    return map(e, binary_op[op], v, 2);
}

const Val *arith_unary(Elab *e, AstOp op, const Val *a, Span at)
{
    if (a->kind == VAL_BAD) return a;
    elab_place(e, at);
    if (op == AST_NEG && a->kind == VAL_INT) {
        if (a->integer == INT64_MIN) return elab_error(e, at, "this is too large for a whole number");
        return val_int(e, -a->integer);
    }
    if (op == AST_NEG && a->kind == VAL_REAL) return val_real(e, -a->real);
    if (op == AST_NEG && a->kind == VAL_INDEX) {
        Index y = { 0 };
        if (index_add(&y, &a->index, -1)) return val_index(e, y);
    }
    return arith_map(e, op == AST_NEG ? OP_neg : OP_not, &a, 1, at);
}

/* ---- if, on values ----------------------------------------------------------------------- */

const Val *arith_select(Elab *e, const Val *test, const Val *yes, const Val *no, Span at)
{
    const Val *v[3] = { test, yes, no };
    const Val *lead = NULL;
    elab_place(e, at);
    for (unsigned i = 0; i < 3; i++) {
        if (v[i]->kind == VAL_BAD) return v[i];
        if (!val_numeric(v[i]))
            return elab_error(e, at, "a branch of `if` on values must be a number, not %s", val_text(e, v[i]));
        if (!rank_of(v[i])) continue;
        if (lead && !same_shape(lead, v[i]))
            return elab_error(e, at, "`if`: shapes differ, %s and %s", val_text(e, lead), val_text(e, v[i]));
        lead = v[i];
    }
    if (val_truthful(yes) || val_truthful(no))
        return elab_error(e, at, "the branches of `if` on values must be numbers, not conditions");
    return map(e, OP_select, v, 3);
}
