/* c_field.c: the functions of a field that a host program calls, and their header.
 *
 * In: a field whose entries have C names.  Out: the templates of c_field.in with
 * the field's tables, sizes and calls filled in. A call picks the entry of the
 * regime that serves the batch; arguments are as lowered.h lists them. */
#include "back/c.h"
#include "c_field_text.h"

#include <string.h>

/* ---- calls of entries --------------------------------------------------------------- */

#define WHEN     "(ptrdiff_t)batch, "
#define TIMES    "(ptrdiff_t)batch, (ptrdiff_t)times, "
#define AT       "t, (ptrdiff_t)t_stride, "
#define GIVEN    "@if inputs@inputs, @end@theta, "
#define STEPPING "(real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, "

typedef struct CallRow {
    const char *hole;
    size_t      entry;              /* offset in Entries                            */
    const char *arguments, *parallel;
    unsigned    depth;
} CallRow;

#define ROW(name) "call " #name, offsetof(Entries, name)
static const CallRow calls[] = {
    { ROW(f),           WHEN AT "x, " GIVEN "dx", "NULL", 1 },
    { ROW(vjp),         WHEN AT "x, " GIVEN "a, ax, at, @if inputs@ainputs, @end@atheta, aligned(work)", "NULL", 1 },
    { ROW(jvp),         WHEN AT "x, " GIVEN "vx, vt, vtheta, out, aligned(work)", "NULL", 1 },
    { ROW(solve),       TIMES AT "x0, " GIVEN "x, " STEPPING "aligned(work)", "o.parallel", 1 },
    { ROW(gradient),    TIMES AT "x, " GIVEN "g_x, g_x0, @if inputs@g_inputs, @end@g_theta, g_t, " STEPPING "aligned(work)",
                        "o.parallel", 1 },
    { ROW(start),       WHEN "given, " GIVEN "x0", "NULL", 1 },
    { ROW(observe),     TIMES AT "x, " GIVEN "y", "NULL", 1 },
    { ROW(survey),      TIMES "t, 0, " GIVEN "x, cells, (ptrdiff_t)begin, (ptrdiff_t)before, " STEPPING "aligned(work)", "o.parallel", 1 },
    { ROW(conclude),    WHEN "x, cells, (real)count, (real)span, values", "NULL", 1 },
    { ROW(start_vjp),   WHEN "start, " GIVEN "g_x0, g_theta, w", "NULL", 3 },
    { ROW(observe_vjp), TIMES AT "x, " GIVEN "g_y, g_x, g_more, w", "NULL", 2 },
};

static uint32_t entry_of(const Serving *s, const CallRow *row)
{
    uint32_t entry;
    memcpy(&entry, (const char *)&s->entry + row->entry, sizeof entry);
    return entry;
}

static void hole_call(const CMaker *m, const CallRow *row)
{
    const Lowered *l = m->part->field;
    uint32_t few = entry_of(&l->few, row), many = entry_of(&l->many, row);
    if (few == NO_ENTRY) few = many;
    if (many == NO_ENTRY || !c_serves_many(m->file, l)) many = few;
    bool there = few != NO_ENTRY && m->part->fn[few].wanted;  /* some serve training only, modules need no jvp */
    c_hole_if(m, row->hole + strlen("call "), there);
    if (!there) return;

    Text out = { .arena = m->arena };
    const char *arguments = c_filled(m, row->arguments);
    bool status = l->program->fn.at[few]->returns;
    const char *before = !status ? "" : strstr(row->parallel, "o.") ? "status = " : "return ";
    if (row->depth > 1) before = "";
    if (few == many) {
        c_call_entry(m, &out, row->depth, before, few, arguments, row->parallel);
    } else {
        c_print_line(&out, row->depth, arena_printf(m->arena, "if (batch < %u)", l->many_from));
        c_call_entry(m, &out, row->depth + 1, before, few, arguments, row->parallel);
        c_print_line(&out, row->depth, "else");
        c_call_entry(m, &out, row->depth + 1, before, many, arguments, row->parallel);
    }
    if (!status && strstr(row->parallel, "o.")) c_print_line(&out, row->depth, "status = NODEC_OK;");
    if (!status && row->depth == 1 && (row->entry == offsetof(Entries, f) || row->entry == offsetof(Entries, vjp) ||
                                       row->entry == offsetof(Entries, jvp)))
        c_print_line(&out, row->depth, "return NODEC_OK;");
    c_hole(m, row->hole, text_string(&out));
}

/* ---- tables ---------------------------------------------------------------------------- */

static void hole_names(const CMaker *m)
{
    const Field *field = m->part->field->field;
    Text state = { .arena = m->arena }, input = state, output = state;
    for (size_t i = 0; i < field->state.count; i++) c_name_shape(&state, field->state.at[i].name, field->state.at[i].shape);
    for (size_t i = 0; i < field->input.count; i++) c_name_shape(&input, field->input.at[i].name, field->input.at[i].shape);
    for (size_t i = 0; i < field->output.count; i++)
        c_name_shape(&output, field->output.at[i].name, field->output.at[i].shape);
    c_hole(m, "state_names", text_string(&state));
    c_hole(m, "input_names", text_string(&input));
    c_hole(m, "output_names", text_string(&output));
}

static const char *state_name(const CMaker *m)
{
    const Field *field = m->part->field->field;
    Text out = { .arena = m->arena };
    for (size_t i = 0; i + 1 < field->state.count; i++)
        text_printf(&out, "    if (index < %u) return \"%s\";\n", field->state.at[i].offset + field->state.at[i].count,
                    field->state.at[i].name);
    if (!out.length) text_add(&out, "    (void)index;\n");
    text_printf(&out, "    return \"%s\";\n", field->state.at[field->state.count - 1].name);
    return text_string(&out);
}

/* The lines of the equations as they stand in the model, inside a comment. */
static const char *equations(const CMaker *m)
{
    const char *at = m->part->field->field->equations;
    Text out = { .arena = m->arena };
    while (at && *at) {
        size_t n = strcspn(at, "\n"), blank = strspn(at, " \t");
        if (blank < n) text_printf(&out, " *     %.*s\n", (int)(n - blank), at + blank);
        at += n + (at[n] == '\n');
    }
    for (char *c = out.at; c && (c = strstr(c, "*/"));) c[1] = ' ';
    return out.length ? text_string(&out) : "";
}

/* ---- sizes ---------------------------------------------------------------------------------- */

static const char *product_of(const CMaker *m, const char *blocks, const char *each, const char *format)
{
    return !strcmp(each, "0") ? NULL : !strcmp(each, "1") ? blocks : arena_printf(m->arena, format, blocks, each);
}

static const char *sum_of(const CMaker *m, const char *a, const char *b, const char *format)
{
    return !b ? a : !strcmp(a, "0") ? b : arena_printf(m->arena, format, a, b);
}

/* Reals of workspace for batch and times, as an expression of constants ... */
const char *c_field_work(const CMaker *m, const Serving *s)
{
    static const char times[] = "(size_t)(times)", product[] = "%s*%llu", sum[] = "%s + %s";
    const char *blocks = s->width == 1 ? "(size_t)(batch)"
        : arena_printf(m->arena, "((size_t)(batch) + %u)/%u", s->width - 1, s->width);
    const char *each = c_linear(m, s->per_block, s->per_block_time, times, product, "(%s + %s)");
    return sum_of(m, c_linear(m, s->fixed, s->per_time, times, product, sum), product_of(m, blocks, each, "%s*%s"), sum);
}

/* ... and as one that cannot overflow. */
static const char *work_checked(const CMaker *m, const Serving *s)
{
    static const char product[] = "size_mul(%s, %llu)", sum[] = "size_add(%s, %s)";
    const char *blocks = s->width == 1 ? "batch" : arena_printf(m->arena, "batch/%u + (batch%%%u != 0)", s->width, s->width);
    const char *each = c_linear(m, s->per_block, s->per_block_time, "times", product, sum);
    return sum_of(m, c_linear(m, s->fixed, s->per_time, "times", product, sum), product_of(m, blocks, each, "size_mul(%s, %s)"),
                  sum);
}

static bool batchless(const Serving *s) { return !s->per_block && !s->per_block_time; }
static bool timeless(const Serving *s) { return !s->per_time && !s->per_block_time; }

static void hole_work(const CMaker *m)
{
    const Lowered *l = m->part->field;
    const Serving *few = &l->few, *many = c_serves_many(m->file, l) ? &l->many : few;
    bool same = few->fixed == many->fixed && few->per_block == many->per_block && few->width == many->width &&
                few->per_time == many->per_time && few->per_block_time == many->per_block_time;
    if (same) {
        c_hole(m, "work", c_field_work(m, few));
        c_hole(m, "work_checked", work_checked(m, few));
        return;
    }
    c_hole(m, "work", arena_printf(m->arena, "((size_t)(batch) < %u \\\n        ? %s \\\n        : %s)", l->many_from,
                                 c_field_work(m, few), c_field_work(m, many)));
    c_hole(m, "work_checked", arena_printf(m->arena, "batch < %u\n        ? %s\n        : %s", l->many_from,
                                         work_checked(m, few), work_checked(m, many)));
}

/* ---- training -------------------------------------------------------------------------------- */

static void hole_training(const CMaker *m)
{
    const Lowered *l = m->part->field;
    bool train = l->loss != NO_ENTRY && l->update != NO_ENTRY && l->norm != NO_ENTRY;
    c_hole_if(m, "train", train);
    if (!train) {
        c_hole(m, "moments", "0");
        return;
    }
    bool seen = l->few.entry.observe != NO_ENTRY || l->many.entry.observe != NO_ENTRY;
    c_hole_number(m, "moments", l->moments);
    c_hole(m, "loss_name", l->loss_name);
    c_hole(m, "optimizer", l->optimizer_name);
    c_hole_entry(m, "call loss", 2, "", l->loss, arena_printf(m->arena,
        "(ptrdiff_t)(batch * times), %s, target, g_theta ? %s : NULL, mean, w", seen ? "y" : "x", seen ? "g_y" : "g_x"), "NULL");
    c_hole_update(m, l->norm, l->update, l->field->params, l->update_reals, l->update_real_count);
}

/* ---- a field ----------------------------------------------------------------------------------- */

void c_field_holes(CFile *file, const CPart *part, CHoles *holes)
{
    const Lowered *l = part->field;
    const Field *field = l->field;
    CMaker maker = { file, part, holes, file->arena }, *m = &maker;
    Text h_max = { .arena = file->arena }, param = h_max;
    text_real(&h_max, l->h_max, false);
    bool some_given = false;
    for (size_t i = 0; i < field->state.count; i++) some_given |= field->state.at[i].given;
    c_param_table(field->param.at, field->param.count, 2, &param);

    c_part_holes(m);
    c_hole(m, "name", field->name);
    c_hole(m, "instance", field->instance ? field->instance : field->name);
    c_hole(m, "equations", equations(m));
    c_hole(m, "solver", l->solver ? l->solver : "");
    c_hole(m, "way", l->gradient ? l->gradient : "");
    c_hole_number(m, "states", field->states);
    c_hole_number(m, "params", field->params);
    c_hole_number(m, "outputs", field->outputs ? field->outputs : field->states);
    c_hole_number(m, "inputs_count", field->inputs);
    c_hole_number(m, "param_rows", field->param.count);
    c_hole(m, "inputs", field->inputs ? arena_printf(file->arena, "%u", field->inputs) : NULL);
    c_hole(m, "in", field->inputs ? arena_printf(file->arena, "const %s_real *inputs, ", file->stem) : "");
    c_hole_if(m, "autonomous", !field->uses_time);
    c_hole_if(m, "some_given", some_given);
    c_hole_if(m, "batchless", batchless(&l->few) && batchless(&l->many));
    c_hole_if(m, "timeless", timeless(&l->few) && timeless(&l->many));
    c_hole(m, "h_max", text_string(&h_max));
    c_hole_number(m, "steps", l->steps);
    c_hole_number(m, "max_steps", l->max_steps);
    c_hole_number(m, "stages", l->stages);
    c_hole_number(m, "summaries", l->summaries);
    c_hole_number(m, "cells", l->cells);
    c_hole_text(m, "param_table", &param);
    c_hole(m, "state_name", state_name(m));
    c_hole(m, "init", c_init_calls(file, field->param.at, field->param.count));
    c_weights(m, field->params, 0);
    hole_names(m);
    hole_work(m);
    hole_training(m);
    for (size_t i = 0; i < COUNT(calls); i++) hole_call(m, &calls[i]);
}

/* ---- what is printed --------------------------------------------------------------------------- */

void c_print_field_header(CFile *file, const CPart *part, Text *out)
{
    CHoles holes = { 0 };
    c_field_holes(file, part, &holes);
    c_fill_section(out, c_field_text, "header", &holes);
}

void c_print_field(CFile *file, const CPart *part, Text *out)
{
    CHoles holes = { 0 };
    c_field_holes(file, part, &holes);
    c_fill_section(out, c_field_text, "source", &holes);
}
