/* llvm.c: the LLVM back end: a module of LLVM IR as text.
 *
 *     comment                     what the file is
 *     functions                   loop IR, function by function; the entries can be called from C
 *     nodec_entry_<n>             by index into the Program: reads its arguments from an array of
 *                                 nodec_arg (runtime/entry.h), for engines; in a file of its own
 *                                 spiral_mlp_entry_<n>
 *     exp, tanh ...               as far as used (ops/math.def), and what else the functions call
 *
 * LLVM is not needed to write it. */
#include "back/llvm.h"

#include "entry.h"
#include "jit.h"

#include <string.h>

/* ---- entries ------------------------------------------------------------------------------------ */

static Operand argument(LlvmFn *f, size_t i, LType type)
{
    size_t member = type.kind == L_BUFFER ? offsetof(nodec_arg, buffer) : type.kind == L_INT ? offsetof(nodec_arg, whole) : offsetof(nodec_arg, real);
    Operand at = llvm_get(f, t_pointer, "getelementptr i8, ptr %s, i64 %u", "%.args", (unsigned)(i * sizeof(nodec_arg) + member));
    if (type.kind != L_REAL || f->p->real == TYPE_F64) return llvm_get(f, type, "load %t, %p", type, &at);
    Operand wide = llvm_get(f, type, "load double, %p", &at);
    return llvm_get(f, type, "fptrunc double %o to float", &wide);
}

static void print_trampoline(LlvmFile *file, const CPart *part, const char *prefix, uint32_t index)
{
    const LFn *fn = part->program->fn.at[index];
    LlvmFn of = { .file = file, .p = part->program, .lanes = LANES, .out = &file->fn, .value = file->value, .parallel = "%.parallel" }, *f = &of;
    Operand *args = NEW_ARRAY(file->arena, Operand, fn->param.count + 1), status = llvm_number(t_int, 0);
    text_printf(f->out, "define i32 @%s_entry_%u(ptr %%.args, ptr %%.parallel) nounwind {\nb0:\n", prefix, index);
    for (size_t i = 0; i < fn->param.count; i++) args[i] = argument(f, i, part->program->var.at[fn->param.at[i]].type);
    llvm_call(f, part, index, args, &status);
    if (fn->returns) status = llvm_get(f, t_int, "trunc %p to i32", &status);
    llvm_put(f, "ret i32 %o", &status);
    text_add(f->out, "}\n\n");
}

/* ---- modules -------------------------------------------------------------------------------------- */

/* What is printed so far becomes one, with what it needs. */
void llvm_module(LlvmFile *file, const CPart *part)
{
    if (!file->fn.length) return;
    if (file->modules++) text_add(file->out, JIT_NEXT);
    text_add_n(file->out, file->fn.at, file->fn.length);
    llvm_helpers(file, file->out);
    for (uint32_t i = 0; i < part->program->fn.count; i++) {
        if (file->called[i] && !file->defined[i]) llvm_declare(file, part, i, file->out);
        file->called[i] = file->defined[i] = false;
    }
    file->fn.length = 0;
    file->use = (LlvmUse){ 0 };
}

static void print_part(LlvmFile *file, CPart *part)
{
    const Program *p = part->program;
    for (uint32_t i = 0; i < p->fn.count; i++)
        if (part->fn[i].wanted && p->fn.at[i]->entry) part->fn[i].name = arena_printf(file->arena, "%s_%s", file->c->stem, part->fn[i].name);
    llvm_functions(file, part);
    for (uint32_t i = 0; i < p->fn.count; i++)
        if (part->fn[i].wanted && p->fn.at[i]->entry) print_trampoline(file, part, file->c->options->module ? "nodec" : part->prefix, i);
    if (file->split) llvm_module(file, part);
}

static void emit(const EmitInput *in, const EmitOptions *options, Text *source, Text *header)
{
    (void)header;
    CPart *part;
    CFile c = c_file_new(in, options, source->arena);
    c.driven = true;
    size_t parts = c_parts_new(&c, in, &part);
    for (size_t i = 0; i < parts; i++) c_name_functions(&c, &part[i]);

    LlvmFile file = { .c = &c, .arena = source->arena, .fn = { .arena = source->arena }, .task = { .arena = source->arena },
                      .out = source, .width = LANES, .split = options->split };
    unsigned bytes = c.real == TYPE_F64 ? 8 : 4;
    if (options->vector_bytes >= bytes && options->vector_bytes < LANES * bytes) file.width = options->vector_bytes / bytes;
    text_printf(source, "; written by nodec from %s, for LLVM 15 to 19\n\n", options->model_path);
    for (size_t i = 0; i < parts; i++) print_part(&file, &part[i]);
    if (parts) llvm_module(&file, &part[parts - 1]);
    if (options->origins) llvm_debug(source);
    arena_free(&c.scratch);
}

const Back back_llvm = { .name = "llvm", .emit = emit };
