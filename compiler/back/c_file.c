/* c_file.c: what every generated source and header begin with and share.
 *
 * In: the parts of a file, with C names.  Out: the templates of c_file.in: the
 * comment at the top, the types all headers share, random numbers as far as
 * somebody draws them, and the public functions of the parts in their order. */
#include "back/c.h"
#include "abi_text.h"
#include "c_file_text.h"
#include "philox_text.h"

#include <string.h>

/* The part of abi.h between #ifndef `guard` and its #endif. */
static const char *abi_part(Arena *arena, const char *guard)
{
    const char *from = strstr(abi_text, arena_printf(arena, "#ifndef %s\n", guard));
    const char *to = from ? strstr(from, "\n#endif\n") : NULL;
    return to ? arena_string(arena, from, (size_t)(to - from) + strlen("\n#endif\n")) : "";
}

/* philox.h without its guard, its #includes and the distribution nobody draws from. */
static const char *philox(Arena *arena, bool uniform, bool normal)
{
    Text out = { .arena = arena };
    for (const char *at = strstr(philox_text, "typedef"); *at && strncmp(at, "#endif", 6);) {
        const char *end = strstr(at, "\n\n");
        size_t n = end ? (size_t)(end - at) + 2 : strlen(at);
        const char *part = arena_string(arena, at, n);
        bool unused = (!uniform && strstr(part, " nodec_uniform(")) || (!normal && strstr(part, " nodec_normal("));
        if (!unused) text_add(&out, part);
        at += n;
    }
    return text_string(&out);
}

/* ---- what the parts need --------------------------------------------------------------------- */

static const FieldParam *params_of(const CPart *part, size_t *count)
{
    *count = part->field ? part->field->field->param.count : part->model->model->param.count;
    return part->field ? part->field->field->param.at : part->model->model->param.at;
}

static bool draws(const CPart *part, size_t parts, bool normal)
{
    for (size_t i = 0; i < parts; i++)
        for (size_t k = 0; part[i].model && part[i].model->train != NO_ENTRY && k < part[i].model->model->draw.count; k++)
            if ((part[i].model->model->draw.at[k].kind == DRAW_NORMAL) == normal) return true;
    return false;
}

static bool any(const CPart *part, size_t parts, bool (*is)(const CPart *))
{
    for (size_t i = 0; i < parts; i++)
        if (is(&part[i])) return true;
    return false;
}

static bool is_field(const CPart *p) { return p->field != NULL; }
static bool is_model(const CPart *p) { return p->model != NULL; }
static bool has_buffers(const CPart *p) { return p->model && p->model->buffers; }
static bool trains(const CPart *p) { return p->field ? p->field->loss != NO_ENTRY : p->model->update != NO_ENTRY; }
static bool solves(const CPart *p)
{
    return p->field && (p->field->few.entry.solve != NO_ENTRY || p->field->many.entry.solve != NO_ENTRY);
}

/* ---- the two files ---------------------------------------------------------------------------- */

void c_file_holes(CFile *file, const CPart *part, size_t parts, bool header, CHoles *holes)
{
    CMaker maker = { file, part, holes, file->arena }, *m = &maker;
    Text what = { .arena = file->arena };
    char *upper = arena_string(file->arena, file->stem, strlen(file->stem));
    for (char *c = upper; *c; c++)
        if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 'a' + 'A');
    for (size_t i = 0, params; i < parts; i++) {
        const Field *f = part[i].field ? part[i].field->field : NULL;
        const Model *l = part[i].model ? part[i].model->model : NULL;
        const char *instance = f ? f->instance : l->instance;
        text_printf(&what, "%s%s", i ? ", " : "", instance ? instance : f ? f->name : l->name);
        const FieldParam *param = params_of(&part[i], &params);
        c_inits_used(file, param, params);
    }
    const char *path = file->options->model_path, *slash = path ? strrchr(path, '/') : NULL;
    bool vectors = false;
    for (size_t i = 0; i < file->need.count; i++) vectors |= file->need.at[i][0] == 'v';
    bool single = file->real == TYPE_F32;
    bool uniform = c_inits(file, "uniform") || draws(part, parts, false), normal = c_inits(file, "normal") || draws(part, parts, true);

    c_hole(m, "file", file->options->file ? file->options->file : file->options->stem);
    c_hole(m, "stem", file->stem);
    c_hole(m, "STEM", upper);
    c_hole(m, "model", slash ? slash + 1 : path);
    c_hole(m, "what", text_string(&what));
    c_hole(m, "ctype", single ? "float" : "double");
    c_hole(m, "ceil", single ? "ceilf" : "ceil");
    c_hole(m, "fabs", single ? "fabsf" : "fabs");
    c_hole(m, "real", arena_printf(file->arena, "%s_real", file->stem));
    c_hole(m, "abi", abi_part(file->arena, "NODEC_1"));
    c_hole(m, "update_type", abi_part(file->arena, "NODEC_1_UPDATE"));
    c_hole(m, "model_types", abi_part(file->arena, "NODEC_1_MODEL"));
    c_hole(m, "philox", uniform || normal ? philox(file->arena, uniform, normal) : NULL);
    c_hole_if(m, "header", header);
    c_hole_if(m, "lanes", file->options->lanes);
    c_hole_if(m, "vectors", vectors);
    c_hole_if(m, "fields", any(part, parts, is_field));
    c_hole_if(m, "models", any(part, parts, is_model));
}

void c_print_header(CFile *file, const CPart *part, size_t parts, const CHoles *holes, Text *out)
{
    c_fill_section(out, c_file_text, "header.head", holes);
    if (any(part, parts, trains)) c_fill_section(out, c_file_text, "header.training", holes);
    if (any(part, parts, is_model)) c_fill_section(out, c_file_text, "header.model", holes);
    text_add(out, "\n");
    for (size_t i = 0; i < parts; i++) (part[i].field ? c_print_field_header : c_print_model_header)(file, &part[i], out);
    c_fill_section(out, c_file_text, "header.tail", holes);
}

void c_source_head(const CFile *file, const CHoles *holes, Text *out)
{
    c_fill_section(out, c_file_text, "source.head", holes);
    if (file->parallel) c_fill_section(out, c_file_text, "source.each", holes);
}

void c_print_public(CFile *file, const CPart *part, size_t parts, const CHoles *holes, Text *out)
{
    static const char *const laws[] = { "uniform", "normal", "fill", "tensor" };
    c_fill_section(out, c_file_text, "source.common", holes);
    if (any(part, parts, solves)) c_fill_section(out, c_file_text, "source.times", holes);
    if (any(part, parts, is_model)) c_fill_section(out, c_file_text, "source.model", holes);
    c_fill_section(out, c_file_text, "source.random", holes);
    for (size_t i = 0; i < COUNT(laws); i++)
        if (c_inits(file, laws[i]))
            c_fill_section(out, c_file_text, arena_printf(file->arena, "source.init_%s", laws[i]), holes);
    if (any(part, parts, has_buffers)) c_fill_section(out, c_file_text, "source.init_buffers", holes);
    for (size_t i = 0; i < parts; i++) (part[i].field ? c_print_field : c_print_model)(file, &part[i], out);
}
