/* llvm_math.c: the functions behind single instructions.
 *
 * exp, log, sin ...: the steps of math.def, op by op, for one lane, for sixteen, and for as many as a
 * register has; the sum of a vector's lanes; gathers and scatters; the loop over tasks.  Only
 * what was used is printed. */
#include "back/llvm.h"

#include <string.h>

static LlvmFn helper(LlvmFile *file, const Program *p, unsigned lanes, Text *out)
{
    return (LlvmFn){ .file = file, .p = p, .lanes = lanes, .out = out };
}

/* ---- math.def ----------------------------------------------------------------------------------- */

static void print_math(LlvmFile *file, const Program *p, Op op, unsigned variant, Text *out)
{
    static const char *const prefix[] = { [1] = "r_", [2] = "v_", [4] = "p_" };
    const Cell *cell = math_program(file->arena, op, p->real);
    LlvmFn fn = helper(file, p, variant == 4 ? file->width : LANES, out), *f = &fn;
    Operand *value = NEW_ARRAY(file->arena, Operand, CELL_INPUTS + cell->count);
    LType real = { L_REAL, variant == 1 ? 1 : LANES };
    unsigned narg = op_info(op)->narg;
    llvm_more(f, "define internal %t @%s%s(%t", real, prefix[variant], op_info(op)->name, real);
    llvm_more(f, narg > 1 ? ", %t" : "", real);
    llvm_more(f, ") alwaysinline nounwind {\n");
    for (unsigned k = 0; k < narg; k++) value[k] = (Operand){ .kind = O_TEMP, .type = real, .id = f->temp++ };
    f->temp++;                      /* the block's own number */
    for (size_t i = 0; i < cell->count; i++) {
        const CellStep *s = &cell->step[i];
        const OpInfo *info = op_info((Op)s->op);
        Operand *to = &value[CELL_INPUTS + i], arg[3] = { { 0 } };
        for (unsigned k = 0; k < info->narg; k++) arg[k] = value[s->arg[k]];
        if (s->op == OP_CONST) *to = llvm_number(real, s->number);
        else *to = llvm_op(f, (Op)s->op, (LType){ info->kind == OP_KIND_TEST ? L_MASK : L_REAL, real.lanes }, arg);
    }
    llvm_put(f, "ret %p", &value[cell->result]);
    text_add(out, "}\n\n");
}

/* ---- lanes ---------------------------------------------------------------------------------------- */

/* Lanes `from` ... `from + count - 1` of a vector of 2*count. */
static Operand half(LlvmFn *f, Operand a, unsigned from, unsigned count)
{
    Text list = { .arena = f->file->arena };
    for (unsigned l = 0; l < count; l++) text_printf(&list, "%si32 %u", l ? ", " : "", from + l);
    const char *real = llvm_type(f, t_real);
    return llvm_get(f, a.type, "shufflevector <%u x %s> %o, <%u x %s> poison, <%u x i32> <%s>", 2 * count, real, &a, 2 * count, real, count,
                    text_string(&list));
}

/* Pairs 8, 4, 2, 1 apart. */
static void print_tree(LlvmFile *file, const Program *p, Text *out)
{
    LlvmFn fn = helper(file, p, LANES, out), *f = &fn;
    llvm_more(f, "define internal %t @v_tree(%t) alwaysinline nounwind {\n", t_real, t_reals);
    Operand a = { .kind = O_TEMP, .type = t_reals, .id = 0 };
    f->temp = 2;
    for (unsigned count = LANES / 2; count; count /= 2) {
        Operand low = half(f, a, 0, count), high = half(f, a, count, count);
        a = llvm_get(f, t_reals, "fadd <%u x %s> %o, %o", count, llvm_type(f, t_real), &low, &high);
    }
    a = llvm_get(f, t_real, "extractelement <1 x %s> %o, i64 0", llvm_type(f, t_real), &a);
    llvm_put(f, "ret %p", &a);
    text_add(out, "}\n\n");
}

/* Elements `stride` apart; beyond `count` of them the last one again. */
static void print_gather(LlvmFile *file, const Program *p, Text *out)
{
    LlvmFn fn = helper(file, p, LANES, out), *f = &fn;
    llvm_more(f, "define internal %t @v_gather(ptr readonly %s, i64 %s, i64 %s) noinline nounwind {\nb0:\n", t_reals, "%p", "%s", "%n");
    llvm_put(f, "%s = sub i64 %s, 1", "%last", "%n");
    Operand v = llvm_splat(f, llvm_number(t_real, 0));
    for (unsigned l = 0; l < LANES; l++) {
        Operand in = llvm_get(f, t_mask, "icmp slt i64 %u, %s", l, "%n");
        Operand lane = llvm_get(f, t_int, "select %p, i64 %u, i64 %s", &in, l, "%last");
        Operand index = llvm_get(f, t_int, "mul %p, %s", &lane, "%s");
        Operand at = llvm_get(f, t_pointer, "getelementptr %t, ptr %s, %p", t_real, "%p", &index);
        Operand one = llvm_get(f, t_real, "load %t, %p", t_real, &at);
        v = llvm_get(f, t_reals, "insertelement %p, %p, i64 %u", &v, &one, l);
    }
    llvm_put(f, "ret %p", &v);
    text_add(out, "}\n\n");
}

static void print_scatter(LlvmFile *file, const Program *p, Text *out)
{
    LlvmFn fn = helper(file, p, LANES, out), *f = &fn;
    uint32_t end = LANES + 1;
    llvm_more(f, "define internal void @v_scatter(ptr %s, i64 %s, i64 %s, %t %s) noinline nounwind {\nb0:\n", "%p", "%s", "%n", t_reals, "%v");
    for (unsigned l = 0; l < LANES; l++) {
        Operand in = llvm_get(f, t_mask, "icmp slt i64 %u, %s", l, "%n");
        llvm_put(f, "br %p, label %l, label %l", &in, l + 1, end);
        llvm_block(f, l + 1);
        Operand one = llvm_get(f, t_real, "extractelement %t %s, i64 %u", t_reals, "%v", l);
        Operand index = llvm_get(f, t_int, "mul i64 %u, %s", l, "%s");
        Operand at = llvm_get(f, t_pointer, "getelementptr %t, ptr %s, %p", t_real, "%p", &index);
        llvm_put(f, "store %p, %p", &one, &at);
    }
    llvm_branch(f, end);
    llvm_block(f, end);
    text_add(out, "  ret void\n}\n\n");
}

/* run(pool, count, task, args) of a nodec_parallel, or one task after the other. */
static const char each[] =
    "define internal void @each(ptr %parallel, i64 %count, ptr %task, ptr %args) noinline nounwind {\n"
    "b0:\n"
    "  %alone = icmp eq ptr %parallel, null\n"
    "  br i1 %alone, label %first, label %threads\n"
    "threads:\n"
    "  %run = load ptr, ptr %parallel\n"
    "  %member = getelementptr ptr, ptr %parallel, i64 1\n"
    "  %pool = load ptr, ptr %member\n"
    "  call void %run(ptr %pool, i64 %count, ptr %task, ptr %args)\n"
    "  ret void\n"
    "first:\n"
    "  %some = icmp ne i64 %count, 0\n"
    "  br i1 %some, label %next, label %end\n"
    "next:\n"
    "  %i = phi i64 [ 0, %first ], [ %i.next, %next ]\n"
    "  call void %task(ptr %args, i64 %i)\n"
    "  %i.next = add i64 %i, 1\n"
    "  %more = icmp ult i64 %i.next, %count\n"
    "  br i1 %more, label %next, label %end\n"
    "end:\n"
    "  ret void\n"
    "}\n\n";

/* ---- all of it ---------------------------------------------------------------------------------------- */

static void print_declares(LlvmFile *file, const Program *p, Text *out)
{
    static const struct { Op op; const char *name; } row[] = {
        { OP_fma, "fma" }, { OP_abs, "fabs" }, { OP_sqrt, "sqrt" }, { OP_floor, "floor" }, { OP_rint, "rint" }, { OP_copysign, "copysign" },
    };
    for (size_t i = 0; i < COUNT(row); i++)
        for (unsigned variant = 1; variant <= 4; variant *= 2) {
            if (!(file->use.intrinsic[row[i].op] & variant)) continue;
            LlvmFn fn = helper(file, p, variant == 4 ? file->width : LANES, out), *f = &fn;
            LType real = { L_REAL, variant == 1 ? 1 : LANES };
            llvm_more(f, "declare %t @llvm.%s.%s(%t", real, row[i].name, llvm_suffix(f, real.lanes), real);
            for (unsigned k = 1; k < op_info(row[i].op)->narg; k++) llvm_more(f, ", %t", real);
            llvm_more(f, ")\n");
        }
    text_add(out, "\n");
}

void llvm_helpers(LlvmFile *file, Text *out)
{
    const Program only_real = { .real = file->c->real }, *p = &only_real;
    for (unsigned op = 0; op < OP_COUNT; op++)
        for (unsigned variant = 1; variant <= 4; variant *= 2)
            if (file->use.math[op] & variant) print_math(file, p, (Op)op, variant, out);
    if (file->use.tree) print_tree(file, p, out);
    if (file->use.gather) print_gather(file, p, out);
    if (file->use.scatter) print_scatter(file, p, out);
    if (file->use.each) text_add(out, each);
    print_declares(file, p, out);
}
