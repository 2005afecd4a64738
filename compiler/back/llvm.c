/* llvm.c: the LLVM back end: a module of LLVM IR as text.
 *
 *     comment                     what the file is
 *     functions                   loop IR, function by function; the entries can be called from C
 *     nodec_entry_<n>             by index into the Program: reads its arguments from an array of
 *                                 nodec_arg (runtime/entry.h), for engines
 *     exp, tanh ...               as far as used (ops/math.def), and what else the functions call
 *
 * LLVM is not needed to write it. */
#include "back/llvm.h"

#include "entry.h"

#include <string.h>

/* ---- entries ------------------------------------------------------------------------------------ */

static void print_trampoline(LlvmFile *file, const CPart *part, const char *prefix, uint32_t index)
{
    const LFn *fn = part->program->fn.at[index];
    const CFn *callee = &part->fn[index];
    LlvmFn of = { .file = file, .p = part->program, .lanes = LANES, .out = &file->fn, .value = file->value, .parallel = "%.parallel" }, *f = &of;
    Operand *args = NEW_ARRAY(file->arena, Operand, fn->param.count + 1), status = { 0 };
    text_printf(f->out, "define i32 @%s_entry_%u(ptr %%.args, ptr %%.parallel) nounwind {\nb0:\n", prefix, index);
    for (size_t i = 0; i < fn->param.count; i++) {
        LType type = part->program->var.at[fn->param.at[i]].type, in = type;
        size_t member = type.kind == L_BUFFER ? offsetof(nodec_arg, buffer) : type.kind == L_INT ? offsetof(nodec_arg, whole) : offsetof(nodec_arg, real);
        Operand at = llvm_get(f, t_pointer, "getelementptr i8, ptr %s, i64 %u", "%.args", (unsigned)(i * sizeof(nodec_arg) + member));
        bool narrow = in.kind == L_REAL && part->program->real == TYPE_F32;
        args[i] = llvm_get(f, type, narrow ? "load double, %p" : "load %s, %p", narrow ? (const void *)&at : llvm_type(f, type), &at);
        if (narrow) args[i] = llvm_get(f, type, "fptrunc double %o to float", &args[i]);
    }
    llvm_call(f, callee, fn, args, fn->returns ? &status : NULL);
    if (fn->returns) status = llvm_get(f, t_int, "trunc %p to i32", &status), llvm_put(f, "ret i32 %o", &status);
    else llvm_put(f, "ret i32 0");
    text_add(f->out, "}\n\n");
}

static void print_part(LlvmFile *file, CPart *part, bool alone)
{
    const Program *p = part->program;
    for (uint32_t i = 0; i < p->fn.count; i++)
        if (part->fn[i].wanted && p->fn.at[i]->entry) part->fn[i].name = arena_printf(file->arena, "%s_%s", file->c->stem, part->fn[i].name);
    llvm_functions(file, part);
    for (uint32_t i = 0; i < p->fn.count; i++)
        if (part->fn[i].wanted && p->fn.at[i]->entry) print_trampoline(file, part, alone ? "nodec" : part->prefix, i);
}

static void emit(const EmitInput *in, const EmitOptions *options, Text *source, Text *header)
{
    (void)header;
    CPart *part;
    CFile c = c_file_new(in, options, source->arena);
    size_t parts = c_parts_new(&c, in, &part);
    for (size_t i = 0; i < parts; i++) c_name_functions(&c, &part[i]);

    LlvmFile file = { .c = &c, .arena = source->arena, .fn = { .arena = source->arena }, .task = { .arena = source->arena }, .width = LANES };
    unsigned bytes = c.real == TYPE_F64 ? 8 : 4;
    if (options->vector_bytes >= bytes && options->vector_bytes < LANES * bytes) file.width = options->vector_bytes / bytes;
    text_reserve(&file.fn, 1 << 20);       /* what is not touched costs nothing */
    for (size_t i = 0; i < parts; i++) print_part(&file, &part[i], parts == 1);
    text_printf(source, "; written by nodec from %s, for LLVM 15 to 19\n\n", options->model_path);
    text_add_n(source, text_string(&file.fn), file.fn.length);
    llvm_helpers(&file, source);
    arena_free(&c.scratch);
}

const Back back_llvm = { .name = "llvm", .emit = emit };
