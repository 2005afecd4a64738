/* c_embed.c: the functions a host program calls, and their header.
 *
 * In: fields whose entries have C names.  Out: the templates of c_embed.in with
 * the field's tables, sizes and calls filled in. A call picks the entry of the
 * regime that serves the batch; arguments are as lowered.h lists them. */
#include "back/c.h"
#include "ops/rows.h"
#include "abi_text.h"
#include "c_embed_text.h"
#include "philox_text.h"

#include <math.h>
#include <string.h>

typedef struct Maker { CFile *file; const CField *field; CHoles *holes; Arena *arena; } Maker;

static void hole(const Maker *m, const char *name, const char *value)
{
    VEC_PUSH(m->arena, *m->holes) = (CHole){ name, value };
}

static void hole_if(const Maker *m, const char *name, bool is)
{
    hole(m, name, is ? "" : NULL);
}

static void hole_number(const Maker *m, const char *name, uint64_t value)
{
    hole(m, name, arena_printf(m->arena, "%llu", (unsigned long long)value));
}

void c_fill_section(Text *out, const char *text, const char *section, const CHoles *holes)
{
    CSection s;
    if (c_section_find(text, section, &s)) c_fill(out, s.body, s.body_length, holes->at, holes->count);
}

static const char *filled(const Maker *m, const char *template)
{
    Text text = { .arena = m->arena };
    c_fill(&text, template, strlen(template), m->holes->at, m->holes->count);
    return text_string(&text);
}

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
    { ROW(start_vjp),   WHEN "start, " GIVEN "g_x0, g_theta", "NULL", 3 },
    { ROW(observe_vjp), TIMES AT "x, " GIVEN "g_y, g_x, g_more, w", "NULL", 2 },
};

static uint32_t entry_of(const Serving *s, const CallRow *row)
{
    uint32_t entry;
    memcpy(&entry, (const char *)&s->entry + row->entry, sizeof entry);
    return entry;
}

/* One line that calls `entry`, with what becomes of its status. */
static void call_entry(const Maker *m, Text *out, unsigned depth, const char *before, uint32_t entry,
                       const char *arguments, const char *parallel)
{
    const CFn *fn = &m->field->fn[entry];
    const char *line = arena_printf(m->arena, "%s%s(%s%s%s);", before, fn->name, arguments,
                                    fn->parallel ? ", " : "", fn->parallel ? parallel : "");
    c_print_line(out, depth, line);
}

static void hole_call(const Maker *m, const CallRow *row)
{
    const Lowered *l = m->field->lowered;
    uint32_t few = entry_of(&l->few, row), many = entry_of(&l->many, row);
    if (few == NO_ENTRY) few = many;
    if (many == NO_ENTRY) many = few;
    bool there = few != NO_ENTRY && m->field->fn[few].wanted;  /* some serve training only, modules need no jvp */
    hole_if(m, row->hole + strlen("call "), there);
    if (!there) return;

    Text out = { .arena = m->arena };
    const char *arguments = filled(m, row->arguments);
    bool status = l->program->fn.at[few]->returns;
    const char *before = !status ? "" : strstr(row->parallel, "o.") ? "status = " : "return ";
    if (row->depth > 1) before = "";
    if (few == many) {
        call_entry(m, &out, row->depth, before, few, arguments, row->parallel);
    } else {
        c_print_line(&out, row->depth, arena_printf(m->arena, "if (batch < %u)", l->many_from));
        call_entry(m, &out, row->depth + 1, before, few, arguments, row->parallel);
        c_print_line(&out, row->depth, "else");
        call_entry(m, &out, row->depth + 1, before, many, arguments, row->parallel);
    }
    if (!status && strstr(row->parallel, "o.")) c_print_line(&out, row->depth, "status = NODEC_OK;");
    if (!status && row->depth == 1 && (row->entry == offsetof(Entries, f) || row->entry == offsetof(Entries, vjp) ||
                                       row->entry == offsetof(Entries, jvp)))
        c_print_line(&out, row->depth, "return NODEC_OK;");
    hole(m, row->hole, text_string(&out));
}

/* ---- tables ---------------------------------------------------------------------------- */

static void table_row(Text *out, const char *name, uint32_t offset, uint32_t count, Shape shape, const char *last)
{
    bool flat = shape.rank > 4;
    text_printf(out, "        { \"%s\", %u, %u, %u, {", name, offset, count, flat ? 1 : shape.rank);
    for (unsigned i = 0; i < 4; i++)
        text_printf(out, "%s %u", i ? "," : "", flat ? (i ? 0 : count) : i < shape.rank ? shape.dim[i] : 0);
    text_printf(out, " }, %s },\n", last);
}

static const char *param_table(const Maker *m)
{
    const Field *field = m->field->lowered->field;
    Text out = { .arena = m->arena };
    for (size_t i = 0; i < field->param.count; i++) {
        const FieldParam *p = &field->param.at[i];
        table_row(&out, p->file_name, p->offset, p->count, p->shape, p->positive ? "1" : "0");
    }
    return out.length ? text_string(&out) : NULL;
}

/* ": x[2], y" behind a number of reals. */
static void name_shape(Text *out, const char *name, Shape shape)
{
    text_printf(out, "%s%s", out->length ? ", " : ": ", name);
    for (unsigned i = 0; i < shape.rank; i++) text_printf(out, "%s%u", i ? ", " : "[", shape.dim[i]);
    if (shape.rank) text_add(out, "]");
}

static void hole_names(const Maker *m)
{
    const Field *field = m->field->lowered->field;
    Text state = { .arena = m->arena }, input = state, output = state;
    for (size_t i = 0; i < field->state.count; i++) name_shape(&state, field->state.at[i].name, field->state.at[i].shape);
    for (size_t i = 0; i < field->input.count; i++) name_shape(&input, field->input.at[i].name, field->input.at[i].shape);
    for (size_t i = 0; i < field->output.count; i++)
        name_shape(&output, field->output.at[i].name, field->output.at[i].shape);
    hole(m, "state_names", text_string(&state));
    hole(m, "input_names", text_string(&input));
    hole(m, "output_names", text_string(&output));
}

static const char *state_name(const Maker *m)
{
    const Field *field = m->field->lowered->field;
    Text out = { .arena = m->arena };
    for (size_t i = 0; i + 1 < field->state.count; i++)
        text_printf(&out, "    if (index < %u) return \"%s\";\n", field->state.at[i].offset + field->state.at[i].count,
                    field->state.at[i].name);
    if (!out.length) text_add(&out, "    (void)index;\n");
    text_printf(&out, "    return \"%s\";\n", field->state.at[field->state.count - 1].name);
    return text_string(&out);
}

/* The lines of the equations as they stand in the model, inside a comment. */
static const char *equations(const Maker *m)
{
    const char *at = m->field->lowered->field->equations;
    Text out = { .arena = m->arena };
    while (at && *at) {
        size_t n = strcspn(at, "\n"), blank = strspn(at, " \t");
        if (blank < n) text_printf(&out, " *     %.*s\n", (int)(n - blank), at + blank);
        at += n + (at[n] == '\n');
    }
    for (char *c = out.at; c && (c = strstr(c, "*/"));) c[1] = ' ';
    return out.length ? text_string(&out) : "";
}

/* ---- initialisation ----------------------------------------------------------------------- */

static bool all_equal(const FieldParam *p)
{
    for (uint32_t i = 1; i < p->count; i++)
        if (p->tensor[i] != p->tensor[0]) return false;
    return true;
}

static void init_tensor(const Maker *m, const FieldParam *p, Text *out)
{
    Text line = { .arena = m->arena };
    c_print_line(out, 1, "{");
    text_printf(&line, "static const real value[%u] = { ", p->count);
    for (uint32_t i = 0; i < p->count; i++) {
        if (i) text_add(&line, ", ");
        c_print_number(m->file, &line, p->tensor[i]);
    }
    text_add(&line, " };");
    c_print_line(out, 2, text_string(&line));
    c_print_line(out, 2, arena_printf(m->arena, "init_tensor(theta + %u, %u, value);", p->offset, p->count));
    c_print_line(out, 1, "}");
}

static void init_fill(const Maker *m, const FieldParam *p, double value, Text *out)
{
    Text line = { .arena = m->arena };
    text_printf(&line, "init_fill(theta + %u, %u, ", p->offset, p->count);
    c_print_number(m->file, &line, value);
    text_add(&line, ");");
    c_print_line(out, 1, text_string(&line));
}

static void init_random(const Maker *m, const FieldParam *p, const char *law, Text *out)
{
    Text line = { .arena = m->arena };
    text_printf(&line, "init_%s(seed, \"%s\", theta + %u, %u, ", law, p->file_name, p->offset, p->count);
    text_real(&line, p->lo, false);
    text_add(&line, ", ");
    text_real(&line, p->hi, false);
    text_add(&line, ");");
    c_print_line(out, 1, text_string(&line));
}

static const char *initialisation(const Maker *m)
{
    const Field *field = m->field->lowered->field;
    Text out = { .arena = m->arena };
    for (size_t i = 0; i < field->param.count; i++) {
        const FieldParam *p = &field->param.at[i];
        switch (p->init) {
        case INIT_ZERO:    init_fill(m, p, 0, &out); break;
        case INIT_UNIFORM: init_random(m, p, "uniform", &out); break;
        case INIT_NORMAL:  init_random(m, p, "normal", &out); break;
        case INIT_TENSOR:
            if (all_equal(p)) init_fill(m, p, p->tensor[0], &out);
            else init_tensor(m, p, &out);
            break;
        }
    }
    return out.length ? text_string(&out) : "";
}

/* Which of the init_ functions some field of the file needs. */
static bool inits(const CField *field, size_t fields, const char *law)
{
    for (size_t f = 0; f < fields; f++)
        for (size_t i = 0; i < field[f].lowered->field->param.count; i++) {
            const FieldParam *p = &field[f].lowered->field->param.at[i];
            bool fill = p->init == INIT_ZERO || (p->init == INIT_TENSOR && all_equal(p));
            const char *needs = fill ? "fill" : p->init == INIT_TENSOR ? "tensor"
                              : p->init == INIT_UNIFORM ? "uniform" : "normal";
            if (!strcmp(needs, law)) return true;
        }
    return false;
}

/* ---- sizes ---------------------------------------------------------------------------------- */

/* a + b*of as an expression; what is zero is left out. The formats hold the sum or product. */
static const char *linear(const Maker *m, uint64_t a, uint64_t b, const char *of, const char *product, const char *sum)
{
    const char *first = arena_printf(m->arena, "%llu", (unsigned long long)a);
    if (!b) return first;
    const char *second = b == 1 ? of : arena_printf(m->arena, product, of, (unsigned long long)b);
    return a ? arena_printf(m->arena, sum, first, second) : second;
}

static const char *product_of(const Maker *m, const char *blocks, const char *each, const char *format)
{
    return !strcmp(each, "0") ? NULL : !strcmp(each, "1") ? blocks : arena_printf(m->arena, format, blocks, each);
}

static const char *sum_of(const Maker *m, const char *a, const char *b, const char *format)
{
    return !b ? a : !strcmp(a, "0") ? b : arena_printf(m->arena, format, a, b);
}

/* Reals of workspace for batch and times, as an expression of constants ... */
static const char *work_reals(const Maker *m, const Serving *s)
{
    static const char times[] = "(size_t)(times)", product[] = "%s*%llu", sum[] = "%s + %s";
    const char *blocks = s->width == 1 ? "(size_t)(batch)"
        : arena_printf(m->arena, "((size_t)(batch) + %u)/%u", s->width - 1, s->width);
    const char *each = linear(m, s->per_block, s->per_block_time, times, product, "(%s + %s)");
    return sum_of(m, linear(m, s->fixed, s->per_time, times, product, sum), product_of(m, blocks, each, "%s*%s"), sum);
}

/* ... and as one that cannot overflow. */
static const char *work_checked(const Maker *m, const Serving *s)
{
    static const char product[] = "size_mul(%s, %llu)", sum[] = "size_add(%s, %s)";
    const char *blocks = s->width == 1 ? "batch" : arena_printf(m->arena, "batch/%u + (batch%%%u != 0)", s->width, s->width);
    const char *each = linear(m, s->per_block, s->per_block_time, "times", product, sum);
    return sum_of(m, linear(m, s->fixed, s->per_time, "times", product, sum), product_of(m, blocks, each, "size_mul(%s, %s)"),
                  sum);
}

static bool batchless(const Serving *s) { return !s->per_block && !s->per_block_time; }
static bool timeless(const Serving *s) { return !s->per_time && !s->per_block_time; }

static void hole_work(const Maker *m)
{
    const Lowered *l = m->field->lowered;
    const Serving *few = &l->few, *many = &l->many;
    bool same = few->fixed == many->fixed && few->per_block == many->per_block && few->width == many->width &&
                few->per_time == many->per_time && few->per_block_time == many->per_block_time;
    if (same) {
        hole(m, "work", work_reals(m, few));
        hole(m, "work_checked", work_checked(m, few));
        return;
    }
    hole(m, "work", arena_printf(m->arena, "((size_t)(batch) < %u \\\n        ? %s \\\n        : %s)", l->many_from,
                                 work_reals(m, few), work_reals(m, many)));
    hole(m, "work_checked", arena_printf(m->arena, "batch < %u\n        ? %s\n        : %s", l->many_from,
                                         work_checked(m, few), work_checked(m, many)));
}

/* ---- training -------------------------------------------------------------------------------- */

static const char *update_arguments(const Maker *m)
{
    const Lowered *l = m->field->lowered;
    size_t reals;
    const OptimReal *real = optim_reals(&reals);
    Text out = { .arena = m->arena };
    text_printf(&out, "%u, theta, g_theta, moments", l->field->params);
    for (uint32_t i = 0; i < l->update_real_count; i++) {
        const char *value = "gscale";
        for (size_t k = 0; k < reals; k++)
            if (!strcmp(real[k].name, l->update_reals[i])) value = real[k].value;
        text_printf(&out, ", (real)(%s)", value);
    }
    return text_string(&out);
}

static void hole_training_call(const Maker *m, const char *name, uint32_t entry, unsigned depth, const char *arguments)
{
    Text out = { .arena = m->arena };
    call_entry(m, &out, depth, "", entry, arguments, "NULL");
    hole(m, name, text_string(&out));
}

static void hole_training(const Maker *m)
{
    const Lowered *l = m->field->lowered;
    bool train = l->loss != NO_ENTRY && l->update != NO_ENTRY && l->norm != NO_ENTRY;
    hole_if(m, "train", train);
    if (!train) {
        hole(m, "moments", "0");
        return;
    }
    bool seen = l->few.entry.observe != NO_ENTRY || l->many.entry.observe != NO_ENTRY;
    hole_number(m, "moments", l->moments);
    hole(m, "loss_name", l->loss_name);
    hole(m, "optimizer", l->optimizer_name);
    hole_training_call(m, "call loss", l->loss, 2, arena_printf(m->arena,
        "(ptrdiff_t)(batch * times), %s, target, g_theta ? %s : NULL, mean", seen ? "y" : "x", seen ? "g_y" : "g_x"));
    hole_training_call(m, "call norm", l->norm, 1, arena_printf(m->arena, "%u, g_theta, norm", l->field->params));
    hole_training_call(m, "call update", l->update, 1, update_arguments(m));
}

/* ---- a field ----------------------------------------------------------------------------------- */

void c_field_holes(CFile *file, const CField *of, CHoles *holes)
{
    const Lowered *l = of->lowered;
    const Field *field = l->field;
    Maker maker = { file, of, holes, file->arena }, *m = &maker;
    Text h_max = { .arena = file->arena };
    text_real(&h_max, l->h_max, false);
    bool some_given = false;
    for (size_t i = 0; i < field->state.count; i++) some_given |= field->state.at[i].given;

    hole(m, "prefix", of->prefix);
    hole(m, "PREFIX", of->upper);
    hole(m, "real", arena_printf(file->arena, "%s_real", file->stem));
    hole(m, "name", field->name);
    hole(m, "instance", field->instance ? field->instance : field->name);
    hole(m, "equations", equations(m));
    hole(m, "solver", l->solver ? l->solver : "");
    hole(m, "way", l->gradient ? l->gradient : "");
    hole_number(m, "states", field->states);
    hole_number(m, "params", field->params);
    hole_number(m, "outputs", field->outputs ? field->outputs : field->states);
    hole_number(m, "inputs_count", field->inputs);
    hole_number(m, "param_rows", field->param.count);
    hole(m, "inputs", field->inputs ? arena_printf(file->arena, "%u", field->inputs) : NULL);
    hole(m, "in", field->inputs ? arena_printf(file->arena, "const %s_real *inputs, ", file->stem) : "");
    hole_if(m, "autonomous", !field->uses_time);
    hole_if(m, "some_given", some_given);
    hole_if(m, "batchless", batchless(&l->few) && batchless(&l->many));
    hole_if(m, "timeless", timeless(&l->few) && timeless(&l->many));
    hole(m, "h_max", text_string(&h_max));
    hole_number(m, "steps", l->steps);
    hole_number(m, "max_steps", l->max_steps);
    hole_number(m, "stages", l->stages);
    hole(m, "param_table", param_table(m));
    hole(m, "state_name", state_name(m));
    hole(m, "init", initialisation(m));
    hole_names(m);
    hole_work(m);
    hole_training(m);
    for (size_t i = 0; i < COUNT(calls); i++) hole_call(m, &calls[i]);
}

/* ---- the file ----------------------------------------------------------------------------------- */

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

void c_file_holes(CFile *file, const CField *field, size_t fields, bool header, CHoles *holes)
{
    Maker maker = { file, field, holes, file->arena }, *m = &maker;
    Text what = { .arena = file->arena };
    char *upper = arena_string(file->arena, file->stem, strlen(file->stem));
    for (char *c = upper; *c; c++)
        if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 'a' + 'A');
    for (size_t i = 0; i < fields; i++) {
        const Field *f = field[i].lowered->field;
        text_printf(&what, "%s%s", i ? ", " : "", f->instance ? f->instance : f->name);
    }
    const char *path = file->options->model_path, *slash = path ? strrchr(path, '/') : NULL;
    bool vectors = false;
    for (size_t i = 0; i < file->need.count; i++) vectors |= file->need.at[i][0] == 'v';
    bool single = file->real == TYPE_F32;

    hole(m, "file", file->options->file ? file->options->file : file->options->stem);
    hole(m, "stem", file->stem);
    hole(m, "STEM", upper);
    hole(m, "model", slash ? slash + 1 : path);
    hole(m, "what", text_string(&what));
    hole(m, "ctype", single ? "float" : "double");
    hole(m, "ceil", single ? "ceilf" : "ceil");
    hole(m, "fabs", single ? "fabsf" : "fabs");
    hole(m, "real", arena_printf(file->arena, "%s_real", file->stem));
    hole(m, "abi", abi_part(file->arena, "NODEC_1"));
    hole(m, "update", abi_part(file->arena, "NODEC_1_UPDATE"));
    hole(m, "philox", philox(file->arena, inits(field, fields, "uniform"), inits(field, fields, "normal")));
    hole_if(m, "header", header);
    hole_if(m, "vectors", vectors);
}

static bool any(const CField *field, size_t fields, bool (*has)(const Lowered *))
{
    for (size_t i = 0; i < fields; i++)
        if (has(field[i].lowered)) return true;
    return false;
}

static bool trains(const Lowered *l) { return l->loss != NO_ENTRY; }
static bool solves(const Lowered *l) { return l->few.entry.solve != NO_ENTRY || l->many.entry.solve != NO_ENTRY; }

void c_print_header(CFile *file, const CField *field, size_t fields, const CHoles *holes, Text *out)
{
    c_fill_section(out, c_embed_text, "header.head", holes);
    if (any(field, fields, trains)) c_fill_section(out, c_embed_text, "header.training", holes);
    text_add(out, "\n");
    for (size_t i = 0; i < fields; i++) {
        CHoles own = { 0 };
        c_field_holes(file, &field[i], &own);
        c_fill_section(out, c_embed_text, "header.field", &own);
    }
    c_fill_section(out, c_embed_text, "header.tail", holes);
}

void c_source_head(const CFile *file, const CHoles *holes, Text *out)
{
    c_fill_section(out, c_embed_text, "source.head", holes);
    if (file->parallel) c_fill_section(out, c_embed_text, "source.each", holes);
}

void c_print_public(CFile *file, const CField *field, size_t fields, const CHoles *holes, Text *out)
{
    static const char *const laws[] = { "uniform", "normal", "fill", "tensor" };
    c_fill_section(out, c_embed_text, "source.common", holes);
    if (any(field, fields, solves)) c_fill_section(out, c_embed_text, "source.times", holes);
    if (inits(field, fields, "uniform") || inits(field, fields, "normal"))
        c_fill_section(out, c_embed_text, "source.init", holes);
    for (size_t i = 0; i < COUNT(laws); i++)
        if (inits(field, fields, laws[i]))
            c_fill_section(out, c_embed_text, arena_printf(file->arena, "source.init_%s", laws[i]), holes);
    for (size_t i = 0; i < fields; i++) {
        CHoles own = { 0 };
        c_field_holes(file, &field[i], &own);
        c_fill_section(out, c_embed_text, "source.field", &own);
    }
}
