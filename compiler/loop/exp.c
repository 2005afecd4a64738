/* exp.c: making expressions of the loop IR.
 *
 * Types follow from arguments. Index arithmetic is folded on the way, because
 * what is left of it is read by people; reals are left as they are, for folding
 * them would change bits. A wrong use is a bug of the caller and aborts. */
#include "loop/loop.h"


static const LType one_int = { L_INT, 1 }, one_real = { L_REAL, 1 };

static Exp exp_new(Program *p, LExp exp)
{
    VEC_PUSH(p->arena, p->exp) = exp;
    return (Exp)(p->exp.count - 1);
}

LType x_type(const Program *p, Exp x) { return p->exp.at[x].type; }

static bool is_int(const Program *p, Exp x)   { return x_type(p, x).kind == L_INT; }
static bool is_real(const Program *p, Exp x)  { return x_type(p, x).kind == L_REAL; }
static bool is_constant(const Program *p, Exp x) { return p->exp.at[x].kind == X_INT; }

static bool is_buffer(const Program *p, Var var) { return p->var.at[var].space != SPACE_NONE; }

Exp x_int(Program *p, int64_t value)
{
    INSIST(p->arena, value > -(INT64_C(1) << 53) && value < INT64_C(1) << 53);
    Exp own, *small = value >= 0 && value < (int64_t)COUNT(p->small) ? &p->small[value] : &own;
    if (small == &own || !*small) *small = exp_new(p, (LExp){ .kind = X_INT, .type = one_int, .num = (double)value });
    return *small;
}

Exp x_real(Program *p, double value)
{
    double rounded = p->real == TYPE_F32 ? (double)(float)value : value;
    return exp_new(p, (LExp){ .kind = X_REAL, .type = one_real, .num = rounded });
}

Exp x_var(Program *p, Var var)
{
    INSIST(p->arena, var);
    LVar *v = &p->var.at[var];
    if (!v->read) v->read = exp_new(p, (LExp){ .kind = X_VAR, .type = v->type, .var = var });
    return v->read;
}

Exp x_load(Program *p, Var buffer, Exp index, unsigned lanes)
{
    INSIST(p->arena, is_buffer(p, buffer) && is_int(p, index) && (lanes == 1 || lanes == LANES));
    LType type = { L_REAL, (uint8_t)lanes };
    return exp_new(p, (LExp){ .kind = X_LOAD, .type = type, .var = buffer, .a = index });
}

Exp x_gather(Program *p, Var buffer, Exp base, Exp stride, Exp count)
{
    INSIST(p->arena, is_buffer(p, buffer) && is_int(p, base) && is_int(p, stride) && is_int(p, count));
    LType type = { L_REAL, LANES };
    return exp_new(p, (LExp){ .kind = X_GATHER, .type = type, .var = buffer,
                              .a = base, .b = stride, .c = count });
}

Exp x_splat(Program *p, Exp a)
{
    LType type = x_type(p, a);
    INSIST(p->arena, type.lanes == 1 && (type.kind == L_REAL || type.kind == L_MASK));
    type.lanes = LANES;
    return exp_new(p, (LExp){ .kind = X_SPLAT, .type = type, .a = a });
}

Exp x_pick(Program *p, Exp vector, unsigned lane)
{
    INSIST(p->arena, is_real(p, vector) && x_type(p, vector).lanes == LANES && lane < LANES);
    Exp b = x_int(p, lane);
    return exp_new(p, (LExp){ .kind = X_PICK, .type = x_type(p, vector), .a = vector, .b = b });
}

Exp x_tree(Program *p, Exp vector)
{
    INSIST(p->arena, is_real(p, vector) && x_type(p, vector).lanes == LANES);
    return exp_new(p, (LExp){ .kind = X_TREE, .type = one_real, .a = vector });
}

Exp x_lane(Program *p)
{
    return exp_new(p, (LExp){ .kind = X_LANE, .type = { L_REAL, LANES } });
}

Exp x_any(Program *p, Exp mask)
{
    INSIST(p->arena, x_type(p, mask).kind == L_MASK);
    return exp_new(p, (LExp){ .kind = X_ANY, .type = one_int, .a = mask });
}

Exp x_convert(Program *p, Exp a, LKind kind)
{
    INSIST(p->arena, x_type(p, a).lanes == 1 && (kind == L_INT || kind == L_REAL));
    if (x_type(p, a).kind == kind) return a;
    if (is_constant(p, a)) return x_real(p, p->exp.at[a].num);
    return exp_new(p, (LExp){ .kind = X_CONVERT, .type = { (uint8_t)kind, 1 }, .a = a });
}

Exp x_null(Program *p, Var buffer)
{
    INSIST(p->arena, is_buffer(p, buffer));
    return exp_new(p, (LExp){ .kind = X_NULL, .type = one_int, .var = buffer });
}

/* ---- ops ------------------------------------------------------------------------- */

static bool int_op(Op op)
{
    switch (op) {
    case OP_add: case OP_sub: case OP_mul: case OP_div: case OP_mod: case OP_neg: case OP_min: case OP_max:
    case OP_lt: case OP_le: case OP_gt: case OP_ge: case OP_eq: case OP_ne: case OP_select: return true;
    default: return false;
    }
}

/* a op b of integer constants; false: this one does not fold. */
static bool int_value(Op op, int64_t a, int64_t b, int64_t *value)
{
    switch (op) {
    case OP_add: *value = a + b; return true;
    case OP_sub: *value = a - b; return true;
    case OP_mul: *value = a * b; return true;
    case OP_neg: *value = -a; return true;
    case OP_min: *value = a < b ? a : b; return true;
    case OP_max: *value = a > b ? a : b; return true;
    case OP_div: *value = b ? a / b : 0; return b != 0;
    case OP_mod: *value = b ? a % b : 0; return b != 0;
    default: return false;
    }
}

/* What a op b of integers is without computing it, or 0. */
static Exp int_fold(Program *p, Op op, Exp a, Exp b)
{
    bool known_a = is_constant(p, a), known_b = b && is_constant(p, b);
    if (!known_a && !known_b) return 0;
    int64_t va = (int64_t)p->exp.at[a].num, vb = (int64_t)p->exp.at[b].num, value;
    if (known_a && (known_b || !b) && int_value(op, va, vb, &value)) return x_int(p, value);
    switch (op) {
    case OP_add:
        if (known_a && !known_b) return x_op(p, OP_add, b, a, 0);       /* constants to the right */
        if (known_b && vb == 0) return a;
        if (known_b && vb < 0) return x_op(p, OP_sub, a, x_int(p, -vb), 0);
        break;
    case OP_sub:
        if (known_b && vb == 0) return a;
        if (known_b && vb < 0) return x_op(p, OP_add, a, x_int(p, -vb), 0);
        break;
    case OP_mul:
        if (known_a && !known_b) return x_op(p, OP_mul, b, a, 0);
        if (known_b && vb == 1) return a;
        if (known_b && vb == 0) return b;
        break;
    case OP_div:
        if (known_b && vb == 1) return a;
        break;
    default: break;
    }
    /* (x + 2) + 3 is x + 5, and (x * 2) * 3 is x * 6 */
    if (!known_b) return 0;
    LExp in = p->exp.at[a];
    if ( in.kind == X_OP && is_constant(p, in.b)) {
        int64_t vi = (int64_t)p->exp.at[in.b].num;
        if (op == OP_mul && in.op == OP_mul) return x_op(p, OP_mul, in.a, x_int(p, vi * vb), 0);
        if ((op == OP_add || op == OP_sub) && (in.op == OP_add || in.op == OP_sub))
            return x_op(p, OP_add, in.a,
                        x_int(p, (in.op == OP_sub ? -vi : vi) + (op == OP_sub ? -vb : vb)), 0);
    }
    return 0;
}

/* The same for integers but select, which is most of it. */
static Exp int_op_new(Program *p, const OpInfo *info, Op op, Exp a, Exp b)
{
    INSIST(p->arena, int_op(op) && x_type(p, a).lanes == 1 && "integers do not know this op");
    INSIST(p->arena, info->narg < 2 || (b && is_int(p, b) && x_type(p, b).lanes == 1));
    if (info->narg < 2) b = 0;
    Exp folded = int_fold(p, op, a, b);
    if (folded) return folded;
    uint8_t kind = info->kind == OP_KIND_TEST ? L_MASK : L_INT;
    return exp_new(p, (LExp){ .kind = X_OP, .type = { kind, 1 }, .op = (uint16_t)op, .a = a, .b = b });
}

Exp x_op(Program *p, Op op, Exp a, Exp b, Exp c)
{
    const OpInfo *info = op_info(op);
    if (is_int(p, a)) return int_op_new(p, info, op, a, b);
    Exp arg[3] = { a, b, c };
    unsigned lanes = 1;
    for (unsigned i = 0; i < info->narg; i++) {
        INSIST(p->arena, arg[i] && "an argument is missing");
        if (x_type(p, arg[i]).lanes > lanes) lanes = x_type(p, arg[i]).lanes;
    }
    for (unsigned i = 0; i < info->narg; i++)
        if (x_type(p, arg[i]).lanes < lanes) arg[i] = x_splat(p, arg[i]);

    bool choose = info->kind == OP_KIND_CHOOSE;
    LType type = x_type(p, arg[choose ? 1 : 0]);
    for (unsigned i = 0; i < info->narg; i++)
        INSIST(p->arena, (i == 0 && choose ? L_MASK : type.kind) == x_type(p, arg[i]).kind);
    INSIST(p->arena, (info->kind == OP_KIND_LOGIC) == (type.kind == L_MASK) || choose);
    if (type.kind == L_INT) {
        INSIST(p->arena, lanes == 1 && choose);
    } else {
        INSIST(p->arena, info->kind != OP_KIND_MACRO && info->kind != OP_KIND_TENSOR && "expand it first");
    }
    if (info->kind == OP_KIND_TEST) type.kind = L_MASK;
    return exp_new(p, (LExp){ .kind = X_OP, .type = type, .op = (uint16_t)op,
                              .a = arg[0], .b = arg[1], .c = arg[2] });
}
