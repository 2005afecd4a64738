/* c_init.c: parameters as the model initialises them, or as they were learned.
 *
 * In: the table of parameters.  Out: a call per row of one of the four init_
 * functions of c_file.in, which draw from philox.h or copy numbers; the numbers of a file of
 * weights, as constants that need no memory but the program's own. */
#include "back/c.h"

#include <string.h>

enum { LAW_UNIFORM, LAW_NORMAL, LAW_FILL, LAW_TENSOR, LAWS };

static const char *const law_name[LAWS] = { "uniform", "normal", "fill", "tensor" };

static bool all_equal(const FieldParam *p)
{
    for (uint32_t i = 1; i < p->count; i++)
        if (p->tensor[i] != p->tensor[0]) return false;
    return true;
}

static unsigned law_of(const FieldParam *p)
{
    switch (p->init) {
    case INIT_ZERO:    return LAW_FILL;
    case INIT_UNIFORM: return LAW_UNIFORM;
    case INIT_NORMAL:  return LAW_NORMAL;
    case INIT_TENSOR:  return all_equal(p) ? LAW_FILL : LAW_TENSOR;
    }
    return LAW_FILL;
}

static void init_tensor(const CFile *file, const FieldParam *p, Text *out)
{
    Text line = { .arena = file->arena };
    c_print_line(out, 1, "{");
    text_printf(&line, "static const real value[%u] = { ", p->count);
    for (uint32_t i = 0; i < p->count; i++) {
        if (i) text_add(&line, ", ");
        c_print_number(file, &line, p->tensor[i]);
    }
    text_add(&line, " };");
    c_print_line(out, 2, text_string(&line));
    c_print_line(out, 2, arena_printf(file->arena, "init_tensor(theta + %u, %u, value);", p->offset, p->count));
    c_print_line(out, 1, "}");
}

static void init_fill(const CFile *file, const FieldParam *p, Text *out)
{
    Text line = { .arena = file->arena };
    text_printf(&line, "init_fill(theta + %u, %u, ", p->offset, p->count);
    c_print_number(file, &line, p->init == INIT_ZERO ? 0 : p->tensor[0]);
    text_add(&line, ");");
    c_print_line(out, 1, text_string(&line));
}

static void init_random(const CFile *file, const FieldParam *p, const char *law, Text *out)
{
    Text line = { .arena = file->arena };
    text_printf(&line, "init_%s(seed, \"%s\", theta + %u, %u, ", law, p->file_name, p->offset, p->count);
    text_real(&line, p->lo, false);
    text_add(&line, ", ");
    text_real(&line, p->hi, false);
    text_add(&line, ");");
    c_print_line(out, 1, text_string(&line));
}

const char *c_init_calls(const CFile *file, const FieldParam *param, size_t params)
{
    Text out = { .arena = file->arena };
    for (const FieldParam *p = param; p < param + params; p++) {
        unsigned law = law_of(p);
        if (law == LAW_FILL) init_fill(file, p, &out);
        else if (law == LAW_TENSOR) init_tensor(file, p, &out);
        else init_random(file, p, law_name[law], &out);
    }
    return text_string(&out);
}

/* ---- the functions that are called ------------------------------------------------------------ */

void c_inits_used(CFile *file, const FieldParam *param, size_t params)
{
    for (const FieldParam *p = param; p < param + params; p++) file->inits |= 1u << law_of(p);
}

bool c_inits(const CFile *file, const char *law)
{
    for (unsigned i = 0; i < LAWS; i++)
        if (!strcmp(law_name[i], law)) return file->inits >> i & 1;
    return false;
}

/* ---- what was learned --------------------------------------------------------------------------- */

enum { A_LINE = 8 };

static void hole_numbers(const CMaker *m, const char *name, const double *value, size_t count)
{
    Text out = { .arena = m->arena };
    for (size_t i = 0; value && i < count; i++) {
        text_add(&out, i % A_LINE ? " " : "    ");
        c_print_number(m->file, &out, value[i]);
        text_add(&out, i % A_LINE == A_LINE - 1 || i + 1 == count ? ",\n" : ",");
    }
    c_hole_text(m, name, &out);
}

void c_weights(const CMaker *m, size_t params, size_t buffers)
{
    const EmitOptions *o = m->file->options;
    hole_numbers(m, "weights", o->weights, params);
    hole_numbers(m, "kept", o->buffers, buffers);
    c_hole(m, "weights_path", o->weights_path);
}
