/* c_hole.c: what fields and models fill into their templates alike.
 *
 * In: a part of the file and its numbers.  Out: values of holes: rows of tables,
 * names with shapes, sizes of workspaces, calls of entries. */
#include "back/c.h"
#include "ops/rows.h"
#include "c_file_text.h"

#include <string.h>

void c_hole(const CMaker *m, const char *name, const char *value)
{
    VEC_PUSH(m->arena, *m->holes) = (CHole){ name, value };
}

void c_hole_if(const CMaker *m, const char *name, bool is)
{
    c_hole(m, name, is ? "" : NULL);
}

void c_hole_number(const CMaker *m, const char *name, uint64_t value)
{
    c_hole(m, name, arena_printf(m->arena, "%llu", (unsigned long long)value));
}

void c_hole_text(const CMaker *m, const char *name, Text *text)
{
    c_hole(m, name, text->length ? text_string(text) : NULL);
}

void c_fill_section(Text *out, const char *text, const char *section, const CHoles *holes)
{
    CSection s;
    if (c_section_find(text, section, &s)) c_fill(out, s.body, s.body_length, holes->at, holes->count);
}

const char *c_filled(const CMaker *m, const char *template)
{
    Text text = { .arena = m->arena };
    c_fill(&text, template, strlen(template), m->holes->at, m->holes->count);
    return text_string(&text);
}

void c_part_holes(const CMaker *m)
{
    c_hole(m, "prefix", m->part->prefix);
    c_hole(m, "PREFIX", m->part->upper);
    c_hole(m, "real", arena_printf(m->arena, "%s_real", m->file->stem));
}

/* ---- rows and names ----------------------------------------------------------------------- */

/* "    { "lin1.weight", 0, 32, 2, { 16, 2, 0, 0 }, 0 }," */
void c_table_row(Text *out, unsigned depth, const char *name, uint32_t offset, uint32_t count, Shape shape, const char *rest)
{
    bool flat = shape.rank > 4;
    text_printf(out, "%*s{ \"%s\", %u, %u, %u, {", 4 * (int)depth, "", name, offset, count, flat ? 1 : shape.rank);
    for (unsigned i = 0; i < 4; i++)
        text_printf(out, "%s %u", i ? "," : "", flat ? (i ? 0 : count) : i < shape.rank ? shape.dim[i] : 0);
    text_printf(out, " }, %s },\n", rest);
}

void c_param_table(const FieldParam *param, size_t params, unsigned depth, Text *out)
{
    for (const FieldParam *p = param; p < param + params; p++)
        c_table_row(out, depth, p->file_name, p->offset, p->count, p->shape, p->positive ? "1" : "0");
}

void c_name_shape(Text *out, const char *name, Shape shape)
{
    text_printf(out, "%s%s", out->length ? ", " : ": ", name);
    for (unsigned i = 0; i < shape.rank; i++) text_printf(out, "%s%u", i ? ", " : "[", shape.dim[i]);
    if (shape.rank) text_add(out, "]");
}

/* ---- sizes ---------------------------------------------------------------------------------- */

const char *c_linear(const CMaker *m, uint64_t a, uint64_t b, const char *of, const char *product, const char *sum)
{
    const char *first = arena_printf(m->arena, "%llu", (unsigned long long)a);
    if (!b) return first;
    const char *second = b == 1 ? of : arena_printf(m->arena, product, of, (unsigned long long)b);
    return a ? arena_printf(m->arena, sum, first, second) : second;
}

/* ---- entries ---------------------------------------------------------------------------------- */

void c_call_entry(const CMaker *m, Text *out, unsigned depth, const char *before, uint32_t entry,
                  const char *arguments, const char *parallel)
{
    const CFn *fn = &m->part->fn[entry];
    const char *line = arena_printf(m->arena, "%s%s(%s%s%s);", before, fn->name, arguments,
                                    fn->parallel ? ", " : "", fn->parallel ? parallel : "");
    c_print_line(out, depth, line);
}

void c_hole_entry(const CMaker *m, const char *name, unsigned depth, const char *before, uint32_t entry,
                  const char *arguments, const char *parallel)
{
    Text out = { .arena = m->arena };
    c_call_entry(m, &out, depth, before, entry, arguments, parallel);
    c_hole(m, name, text_string(&out));
}

/* The function of an optimiser's step of `params` parameters. */
void c_hole_update(const CMaker *m, uint32_t norm, uint32_t update, uint32_t params,
                   const char *const *update_real, uint32_t update_reals)
{
    size_t reals;
    const OptimReal *real = optim_reals(&reals);
    Text out = { .arena = m->arena };
    text_printf(&out, "%u, theta, g_theta, moments", params);
    for (uint32_t i = 0; i < update_reals; i++) {
        const char *value = "gscale";
        for (size_t k = 0; k < reals; k++)
            if (!strcmp(real[k].name, update_real[i])) value = real[k].value;
        text_printf(&out, ", (real)(%s)", value);
    }
    c_hole_entry(m, "call norm", 1, "", norm, arena_printf(m->arena, "%u, theta, g_theta, norm", params), "NULL");
    c_hole_entry(m, "call update", 1, "", update, text_string(&out), "NULL");
    Text function = { .arena = m->arena };
    c_fill_section(&function, c_file_text, "source.update", m->holes);
    c_hole(m, "update", text_string(&function));
}
