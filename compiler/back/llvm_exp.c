/* llvm_exp.c: expressions of loop IR as LLVM instructions.
 *
 * In: an expression, a tree.  Out: the instructions that compute it, where the function
 * being printed stands, and the operand that holds its value. */
#include "back/llvm.h"

/* ---- ops of reals and masks ------------------------------------------------------------------ */

static const char *const intrinsic[OP_COUNT] = {
    [OP_fma] = "fma", [OP_abs] = "fabs", [OP_sqrt] = "sqrt", [OP_floor] = "floor", [OP_rint] = "rint", [OP_copysign] = "copysign",
};

static const char *const plain[OP_COUNT] = {
    [OP_neg] = "fneg", [OP_add] = "fadd", [OP_sub] = "fsub", [OP_mul] = "fmul", [OP_div] = "fdiv",
    [OP_lt] = "fcmp olt", [OP_le] = "fcmp ole", [OP_gt] = "fcmp ogt", [OP_ge] = "fcmp oge", [OP_eq] = "fcmp oeq", [OP_ne] = "fcmp une",
    [OP_and] = "and", [OP_or] = "or",
};

static const char *const whole[OP_COUNT] = {
    [OP_add] = "add", [OP_sub] = "sub", [OP_mul] = "mul", [OP_div] = "sdiv", [OP_mod] = "srem",
    [OP_lt] = "icmp slt", [OP_le] = "icmp sle", [OP_gt] = "icmp sgt", [OP_ge] = "icmp sge", [OP_eq] = "icmp eq", [OP_ne] = "icmp ne",
};

/* "@llvm.fma.v16f32", "@v_exp": with so many lanes. */
static Operand call(LlvmFn *f, const char *name, const char *suffix, LType type, unsigned narg, const Operand *arg)
{
    static const char *const format[] = { "call %t @%s%s(%p)", "call %t @%s%s(%p, %p)", "call %t @%s%s(%p, %p, %p)" };
    return llvm_get(f, type, format[narg - 1], type, name, suffix, &arg[0], &arg[1], &arg[2]);
}

/* ---- bits: see ops.def -------------------------------------------------------------------------- */

typedef struct Bits { const char *type; unsigned mantissa, sign; uint64_t root_half; LType real; } Bits;

static Bits bits_of(const LlvmFn *f, LType real)
{
    bool doubles = f->p->real == TYPE_F64;
    const char *one = doubles ? "i64" : "i32";
    return (Bits){ .type = real.lanes == 1 ? one : arena_printf(f->file->arena, "<%u x %s>", f->lanes, one), .real = real,
                   .mantissa = doubles ? 52 : 23, .sign = doubles ? 63 : 31,
                   .root_half = doubles ? UINT64_C(0x3fe6a09e667f3bcd) : UINT64_C(0x3f3504f3) };
}

static Operand as_bits(LlvmFn *f, const Bits *b, Operand a) { return llvm_get(f, b->real, "bitcast %p to %s", &a, b->type); }
static Operand as_real(LlvmFn *f, const Bits *b, Operand a) { return llvm_get(f, b->real, "bitcast %s %o to %t", b->type, &a, b->real); }

/* `a op number`, the same number in every lane. */
static Operand bits_by(LlvmFn *f, const Bits *b, const char *op, Operand a, uint64_t number)
{
    Text list = { .arena = &f->file->c->scratch };
    for (unsigned l = 0; b->real.lanes > 1 && l < f->lanes; l++)
        text_printf(&list, "%s%s %llu", l ? ", " : "<", b->sign == 63 ? "i64" : "i32", (unsigned long long)number);
    if (list.length) text_add(&list, ">");
    else text_printf(&list, "%llu", (unsigned long long)number);
    return llvm_get(f, b->real, "%s %s %o, %s", op, b->type, &a, text_string(&list));
}

static Operand bits_op(LlvmFn *f, Op op, LType real, const Operand arg[3])
{
    Bits b = bits_of(f, real);
    Operand a = as_bits(f, &b, arg[0]), c;
    switch (op) {
    case OP_expadd:
        c = bits_by(f, &b, "shl", as_bits(f, &b, arg[1]), b.mantissa);
        return as_real(f, &b, llvm_get(f, real, "add %s %o, %o", b.type, &a, &c));
    case OP_flip:
        c = bits_by(f, &b, "shl", as_bits(f, &b, arg[1]), b.sign);
        return as_real(f, &b, llvm_get(f, real, "xor %s %o, %o", b.type, &a, &c));
    case OP_mant:
        a = bits_by(f, &b, "and", bits_by(f, &b, "sub", a, b.root_half), (UINT64_C(1) << b.mantissa) - 1);
        return as_real(f, &b, bits_by(f, &b, "add", a, b.root_half));
    default:                        /* expo */
        a = bits_by(f, &b, "ashr", bits_by(f, &b, "sub", a, b.root_half), b.mantissa);
        return llvm_get(f, real, "sitofp %s %o to %t", b.type, &a, real);
    }
}

/* ---- any op ------------------------------------------------------------------------------------- */

Operand llvm_op(LlvmFn *f, Op op, LType type, const Operand arg[3])
{
    const OpInfo *info = op_info(op);
    unsigned variant = llvm_variant(f, type.lanes);
    if (info->kind == OP_KIND_MATH) {
        static const char *const prefix[] = { [1] = "r_", [2] = "v_", [4] = "p_" };
        f->file->use.math[op] |= (uint8_t)variant;
        return call(f, prefix[variant], info->name, type, info->narg, arg);
    }
    if (info->kind == OP_KIND_BITS) return bits_op(f, op, type, arg);
    if (intrinsic[op]) {
        f->file->use.intrinsic[op] |= (uint8_t)variant;
        return call(f, arena_printf(&f->file->c->scratch, "llvm.%s.", intrinsic[op]), llvm_suffix(f, type.lanes), type, info->narg, arg);
    }
    LType mask = { L_MASK, type.lanes };
    switch (op) {
    case OP_neg: return llvm_get(f, type, "fneg %p", &arg[0]);
    case OP_not: {
        Operand all = llvm_splat(f, llvm_number(t_mask, 1));
        if (type.lanes > 1) return llvm_get(f, type, "xor %p, %o", &arg[0], &all);
        return llvm_get(f, type, "xor %p, true", &arg[0]);
    }
    case OP_min: case OP_max: {     /* a < b ? a : b and a > b ? a : b, as x86 has it */
        Operand is = llvm_get(f, mask, op == OP_min ? "fcmp olt %p, %o" : "fcmp ogt %p, %o", &arg[0], &arg[1]);
        return llvm_get(f, type, "select %p, %p, %p", &is, &arg[0], &arg[1]);
    }
    case OP_select: return llvm_get(f, type, "select %p, %p, %p", &arg[0], &arg[1], &arg[2]);
    default:        return llvm_get(f, type, "%s %p, %o", plain[op], &arg[0], &arg[1]);
    }
}

/* ---- whole numbers --------------------------------------------------------------------------------- */

/* Would it matter that what a select does not choose is computed too? */
static bool may_stop(const LlvmFn *f, Exp e)
{
    const LExp *x = &f->p->exp.at[e];
    if (!e) return false;
    return x->kind == X_LOAD || (x->kind == X_OP && x->type.kind == L_INT && (x->op == OP_div || x->op == OP_mod)) || may_stop(f, x->a)
        || may_stop(f, x->b) || may_stop(f, x->c);
}

/* Only what is chosen is computed. */
static Operand choose(LlvmFn *f, const LExp *x)
{
    uint32_t yes = llvm_label(f), no = llvm_label(f), end = llvm_label(f), from_yes, from_no;
    Operand is = llvm_truth(f, x->a), a, b;
    llvm_put(f, "br %p, label %l, label %l", &is, yes, no);
    llvm_block(f, yes), a = llvm_exp(f, x->b), from_yes = f->block, llvm_branch(f, end);
    llvm_block(f, no), b = llvm_exp(f, x->c), from_no = f->block, llvm_branch(f, end);
    llvm_block(f, end);
    return llvm_get(f, t_int, "phi i64 [ %o, %l ], [ %o, %l ]", &a, from_yes, &b, from_no);
}

static Operand whole_op(LlvmFn *f, const LExp *x)
{
    Op op = (Op)x->op;
    if (op == OP_select) {
        if (may_stop(f, x->b) || may_stop(f, x->c)) return choose(f, x);
        Operand is = llvm_truth(f, x->a), a = llvm_exp(f, x->b), b = llvm_exp(f, x->c);
        return llvm_get(f, t_int, "select %p, %p, %p", &is, &a, &b);
    }
    Operand a = llvm_exp(f, x->a);
    if (op == OP_neg) return llvm_get(f, t_int, "sub i64 0, %o", &a);
    Operand b = llvm_exp(f, x->b);
    if (op == OP_min || op == OP_max) {
        Operand is = llvm_get(f, t_mask, op == OP_min ? "icmp slt %p, %o" : "icmp sgt %p, %o", &a, &b);
        return llvm_get(f, t_int, "select %p, %p, %p", &is, &a, &b);
    }
    return llvm_get(f, x->type, "%s %p, %o", whole[op], &a, &b);
}

static Operand op_exp(LlvmFn *f, const LExp *x)
{
    if (f->p->exp.at[x->a].type.kind == L_INT || x->type.kind == L_INT) return whole_op(f, x);
    Operand arg[3] = { { 0 } };
    const Exp in[] = { x->a, x->b, x->c };
    for (unsigned k = 0; k < op_info((Op)x->op)->narg; k++) arg[k] = llvm_exp(f, in[k]);
    return llvm_op(f, (Op)x->op, x->type, arg);
}

/* ---- memory --------------------------------------------------------------------------------------------- */

/* Elements a stride apart, one for each lane. */
static Operand column(LlvmFn *f, const LExp *x)
{
    Operand at = llvm_place(f, x->var, x->a, false), stride = llvm_exp(f, x->b), v = { .type = x->type };
    for (unsigned l = 0; l < f->lanes; l++) {
        Operand one = llvm_get(f, t_real, "load %t, %p", t_real, &at);
        v = llvm_get(f, x->type, "insertelement %p, %p, i64 %u", &v, &one, l);
        if (l + 1 < f->lanes) at = llvm_get(f, t_pointer, "getelementptr %t, %p, %p", t_real, &at, &stride);
    }
    return v;
}

static Operand gather(LlvmFn *f, const LExp *x)
{
    if (loop_gathers_all(f->p, x)) return column(f, x);
    f->file->use.gather = true;
    Operand at = llvm_place(f, x->var, x->a, false), stride = llvm_exp(f, x->b), count = llvm_exp(f, x->c);
    return llvm_get(f, x->type, "call %t @v_gather(%p, %p, %p)", x->type, &at, &stride, &count);
}

/* ---- lanes ------------------------------------------------------------------------------------------------ */

Operand llvm_splat(LlvmFn *f, Operand a)
{
    LType type = { a.type.kind, LANES };
    if (a.type.lanes > 1) return a;
    if (a.kind == O_NUMBER && a.type.kind == L_REAL) return llvm_number(type, a.number);
    Operand one = llvm_get(f, type, "insertelement %t poison, %p, i64 0", type, &a);
    return llvm_get(f, type, "shufflevector %p, %t poison, <%u x i32> zeroinitializer", &one, type, f->lanes);
}

static Operand pick(LlvmFn *f, const LExp *x)
{
    Operand a = llvm_exp(f, x->a);
    unsigned lane = (unsigned)f->p->exp.at[x->b].num;
    Text list = { .arena = &f->file->c->scratch };
    for (unsigned l = 0; l < f->lanes; l++) text_printf(&list, "%si32 %u", l ? ", " : "", lane);
    return llvm_get(f, x->type, "shufflevector %p, %t poison, <%u x i32> <%s>", &a, x->type, f->lanes, text_string(&list));
}

/* A list of constants is no Operand, so an instruction has to hold it. */
static Operand lane_numbers(LlvmFn *f, const LExp *x)
{
    Text list = { .arena = &f->file->c->scratch };
    for (unsigned l = 0; l < f->lanes; l++) text_printf(&list, "%s%s %u.0", l ? ", " : "", llvm_type(f, t_real), l);
    return llvm_get(f, x->type, "select i1 true, %t <%s>, %t poison", x->type, text_string(&list), x->type);
}

static Operand any(LlvmFn *f, const LExp *x)
{
    Operand a = llvm_exp(f, x->a);
    if (a.type.lanes > 1) {
        Operand bits = llvm_get(f, a.type, "bitcast %p to i%u", &a, f->lanes);
        a = llvm_get(f, t_mask, "icmp ne i%u %o, 0", f->lanes, &bits);
    }
    return llvm_get(f, t_int, "zext %p to i64", &a);
}

static Operand convert(LlvmFn *f, const LExp *x)
{
    Operand a = llvm_exp(f, x->a);
    return llvm_get(f, x->type, x->type.kind == L_INT ? "fptosi %p to %t" : "sitofp %p to %t", &a, x->type);
}

static Operand is_null(LlvmFn *f, const LExp *x)
{
    Operand is = llvm_get(f, t_mask, "icmp eq %p, null", &f->value[x->var]);
    return llvm_get(f, t_int, "zext %p to i64", &is);
}

Operand llvm_truth(LlvmFn *f, Exp e)
{
    Operand a = llvm_exp(f, e);
    return a.type.kind == L_MASK ? a : llvm_get(f, t_mask, "icmp ne %p, 0", &a);
}

Operand llvm_exp(LlvmFn *f, Exp e)
{
    const LExp *x = &f->p->exp.at[e];
    Operand a;
    switch ((XKind)x->kind) {
    case X_INT: case X_REAL: return llvm_number(x->type, x->num);
    case X_VAR:
        a = f->value[x->var];
        return a.kind == O_SLOT ? llvm_get(f, a.type, "load %t, ptr %o", a.type, &a) : a;
    case X_LOAD:
        a = llvm_place(f, x->var, x->a, x->type.lanes > 1);
        return llvm_get(f, x->type, "load %t, %p, align %u", x->type, &a, f->p->real == TYPE_F64 ? 8u : 4u);
    case X_GATHER:  return gather(f, x);
    case X_OP:      return op_exp(f, x);
    case X_SPLAT:   return llvm_splat(f, llvm_exp(f, x->a));
    case X_PICK:    return pick(f, x);
    case X_TREE:
        f->file->use.tree = true;
        a = llvm_exp(f, x->a);
        return llvm_get(f, x->type, "call %t @v_tree(%p)", x->type, &a);
    case X_LANE:    return lane_numbers(f, x);
    case X_ANY:     return any(f, x);
    case X_CONVERT: return convert(f, x);
    case X_NULL:    return is_null(f, x);
    case X_NONE:    break;
    }
    return (Operand){ 0 };
}
