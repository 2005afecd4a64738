/* c.c: the C back end: a source and a header from lowered fields and models.
 *
 *     comment, #includes          what the file is, how it is compiled
 *     vectors                     as far as the kernels use them (c_shim.in)
 *     exp, tanh ...               as far as used (ops/math.def)
 *     kernels                     loop IR, function by function
 *     public functions            argument checks, choice of kernel, tables
 *     module                      for `nodec run` only
 *
 * The kernels are written first, for they know what they need; what comes before
 * them is put there afterwards. Nothing depends on the day, the machine or where a file lies. */
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

/* One more part; another of the same name gets a number. */
static void part_add(CFile *file, CPart *part, size_t at, const char *name)
{
    size_t same = 0;
    const char *full = arena_printf(file->arena, "%s_%s", file->stem, name);
    const char *prefix = identifier(file->arena, full, tolower);
    for (size_t i = 0; i < at; i++) same += !strcmp(part[i].prefix, prefix);
    if (same) full = arena_printf(file->arena, "%s%zu", full, at + 1);
    part[at].prefix = identifier(file->arena, full, tolower);
    part[at].upper = identifier(file->arena, full, toupper);
    part[at].fn = NEW_ARRAY(file->arena, CFn, part[at].program->fn.count + 1);
    part[at].var = NEW_ARRAY(file->arena, const char *, part[at].program->var.count + 1);
}

CFile c_file_new(const EmitInput *in, const EmitOptions *options, Arena *arena)
{
    return (CFile){ .arena = arena, .scratch.heap = arena->heap, .options = options, .stem = identifier(arena, options->stem, tolower),
                    .real = in->fields ? in->field[0]->program->real : in->models ? in->model[0]->program->real : TYPE_F32,
                    .shim = c_vectors };
}

size_t c_parts_new(CFile *file, const EmitInput *in, CPart **out)
{
    size_t count = 0;
    CPart *part = *out = NEW_ARRAY(file->arena, CPart, in->fields + in->models + 1);
    for (size_t i = 0; i < in->fields; i++, count++) {
        part[count] = (CPart){ .field = in->field[i], .program = in->field[i]->program };
        part_add(file, part, count, in->field[i]->field->name);
    }
    for (size_t i = 0; i < in->models; i++, count++) {
        part[count] = (CPart){ .model = in->model[i], .program = in->model[i]->program };
        part_add(file, part, count, in->model[i]->model->name);
    }
    return count;
}

enum { LONG_TEXT = 400 << 10 };     /* longer ones are moved as they grow */

static void emit(const EmitInput *in, const EmitOptions *options, Text *source, Text *header)
{
    Arena *arena = source->arena;
    const EmitInput once = c_share(arena, in);
    CPart *part;
    CFile file = c_file_new(&once, options, arena);
    size_t parts = c_parts_new(&file, &once, &part);
    for (size_t i = 0; i < parts; i++) c_name_functions(&file, &part[i]);

    Text head = { .arena = arena }, math = head, shim = head;
    size_t begin = source->length;
    text_reserve(source, LONG_TEXT);
    for (size_t i = 0; i < parts; i++) c_print_functions(&file, &part[i], source);
    c_print_math(&file, &math);

    CHoles holes = { 0 };
    c_file_holes(&file, part, parts, header != NULL, &holes);
    c_print_shim(&file, &shim);

    if (header) c_print_header(&file, part, parts, &holes, header);
    else c_print_header(&file, part, parts, &holes, &head);
    if (options->module) text_add(&head, abi_text);
    c_source_head(&file, &holes, &head);
    text_add(&head, text_string(&shim));
    if (math.length) text_add(&head, "/* ---- functions by polynomials, the same bits everywhere --------------------------- */\n\n");
    text_add(&head, text_string(&math));
    text_add(&head, "/* ---- kernels ------------------------------------------------------------------------ */\n\n");
    text_insert(source, begin, &head);
    c_print_public(&file, part, parts, &holes, source);
    if (options->module && parts) c_print_module(&file, &part[0], source);
    arena_free(&file.scratch);
}

const Back back_c = { .name = "c", .emit = emit };
