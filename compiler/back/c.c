/* c.c: the C back end: a source and a header from lowered fields.
 *
 *     comment, #includes          what the file is, how it is compiled
 *     vectors                     as far as the kernels use them (c_shim.in)
 *     exp, tanh ...               as far as used (ops/math.def)
 *     kernels                     loop IR, function by function
 *     public functions            argument checks, choice of kernel, tables
 *     module                      for `nodec run` only
 *
 * The kernels are written first, into a text of their own: they know what they
 * need. Nothing depends on the day, the machine or where a file lies. */
#include "back/c.h"
#include "abi_text.h"

#include <ctype.h>
#include <string.h>

/* "my-model 2" as part of a C name. */
static const char *identifier(Arena *arena, const char *text, int (*letter)(int))
{
    char *name = arena_string(arena, text, strlen(text));
    for (char *c = name; *c; c++) *c = isalnum((unsigned char)*c) ? (char)letter((unsigned char)*c) : '_';
    return isdigit((unsigned char)*name) || !*name ? arena_printf(arena, "n%s", name) : name;
}

static CField *fields_new(CFile *file, const Lowered *const *lowered, size_t count)
{
    CField *field = NEW_ARRAY(file->arena, CField, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *name = lowered[i]->field->name;
        for (size_t k = 0; k < i; k++)          /* two instances of one odef: the second gets a number */
            if (!strcmp(lowered[k]->field->name, name)) name = arena_printf(file->arena, "%s%zu", name, i + 1);
        const char *full = arena_printf(file->arena, "%s_%s", file->stem, name);
        field[i].lowered = lowered[i];
        field[i].prefix = identifier(file->arena, full, tolower);
        field[i].upper = identifier(file->arena, full, toupper);
        c_name_functions(file, &field[i]);
    }
    return field;
}

enum { LONG_TEXT = 1 << 20 };       /* longer ones are moved as they grow */

static void emit(const Lowered *const *lowered, size_t count, const EmitOptions *options, Text *source, Text *header)
{
    Arena *arena = source->arena;
    CFile file = { .arena = arena, .scratch.oom = arena->oom, .options = options, .stem = identifier(arena, options->stem, tolower),
                   .real = count ? lowered[0]->program->real : TYPE_F32 };
    CField *field = fields_new(&file, lowered, count);

    Text kernels = { .arena = arena }, math = kernels, shim = kernels;
    text_reserve(&kernels, LONG_TEXT);
    text_reserve(source, LONG_TEXT);
    for (size_t i = 0; i < count; i++) c_print_functions(&file, &field[i], &kernels);
    c_print_math(&file, &math);

    CHoles holes = { 0 };
    c_file_holes(&file, field, count, header != NULL, &holes);
    c_print_shim(&file, &shim);

    if (header) c_print_header(&file, field, count, &holes, header);
    else c_print_header(&file, field, count, &holes, source);
    if (options->module) text_add(source, abi_text);
    c_source_head(&file, &holes, source);
    text_add(source, text_string(&shim));
    if (math.length) text_add(source, "/* ---- functions by polynomials, the same bits everywhere --------------------------- */\n\n");
    text_add(source, text_string(&math));
    text_add(source, "/* ---- kernels ------------------------------------------------------------------------ */\n\n");
    text_add(source, text_string(&kernels));
    c_print_public(&file, field, count, &holes, source);
    if (options->module && count) c_print_module(&file, &field[0], source);
    arena_free(&file.scratch);
}

const Back back_c = { .name = "c", .emit = emit };
