/* survey.c: what a run keeps of each trajectory, in the loop that solves it.
 *
 * In: rows of ops/summary.def and which output each looks at.  Out: two tensor functions,
 *
 *     see:       cells = next(cells, observed(x, t), k)          first(...) where k is 1
 *     conclude:  values of the cells, not finite if x or any of them is not
 *
 * and their entries. `survey` is a solve that keeps no states but the last: what is looked
 * at is looked at in registers, on whatever device, and never seen in memory.  It goes on
 * from where it ended, so that the times may come in pieces. */
#include "ops/rows.h"
#include "pass/pass.h"
#include "lower/skeleton.h"

#include <string.h>

static const Shape per_sample = { .rank = 1, .dim = { BATCH } };

typedef struct Making {
    Arena *arena, *raw;             /* raw: until pass_finish                         */
    Names *names;
    const Field        *field;
    const LowerOptions *options;
    Stages             *st;
} Making;

/* ---- tensor functions -------------------------------------------------------------------- */

static Name fresh(const Making *m, const Fn *fn, const char *word)
{
    while (ir_symbol(fn, name_of(m->names, word)) >= 0) word = arena_printf(m->arena, "%s_", word);
    return name_of(m->names, word);
}

static Ref number_leaf(const Making *m, Fn *fn, const char *word, Name *name)
{
    *name = fresh(m, fn, word);
    return ir_leaf(fn, ROLE_SCALAR, *name, fn->real, per_sample);
}

static Ref per_trajectory(Fn *fn, Ref r) { return SHAPE(fn, r).rank ? r : ir_expand(fn, r, per_sample); }

/* What a cell's text may name: the cells of its summary, and three numbers more. */
enum { CELLS = 4, MORE = 3 };
static const char *const cell_name[CELLS] = { "a", "b", "c", "d" };

typedef struct Scope { const char *name[CELLS + MORE]; Ref value[CELLS + MORE]; size_t count; } Scope;

static void scope_add(Scope *s, const char *name, Ref value)
{
    s->name[s->count] = name;
    s->value[s->count++] = value;
}

static Ref cell(Fn *fn, const char *text, const Scope *s)
{
    return per_trajectory(fn, pass_cell(fn, text, s->name, s->value, s->count));
}

/* The leaves of a row's cells; they begin at number `first` of all. */
static Scope cells_of(const Making *m, Fn *fn, const SummaryRow *row, size_t first)
{
    Scope s = { 0 };
    for (size_t i = 0; i < row->cells; i++)
        scope_add(&s, cell_name[i], ir_leaf(fn, ROLE_SCALAR, m->st->cell[first + i], fn->real, per_sample));
    return s;
}

/* The outputs as functions of the leaves, which become leaves of `to`. */
static Ref *outputs_in(const Making *m, Fn *to)
{
    const Fn *from = m->field->observe;
    Ref *leaf = NEW_ARRAY(m->raw, Ref, from->symbol.count + 1), *root = NEW_ARRAY(m->raw, Ref, from->root.count + 1);
    Ref *value = NEW_ARRAY(m->raw, Ref, from->root.count + 1);
    for (size_t i = 0; i < from->symbol.count; i++) {
        const Symbol *s = &from->symbol.at[i];
        leaf[i] = ir_leaf(to, s->role, s->name, s->type, s->shape);
    }
    for (size_t i = 0; i < from->root.count; i++) root[i] = from->root.at[i].value;
    ir_inline_many(to, from, root, from->root.count, leaf, value);
    return value;
}

static size_t output_at(const Field *field, uint32_t offset)
{
    size_t i = 0;
    while (i + 1 < field->output.count && field->output.at[i].offset != offset) i++;
    return i;
}

static Ref time_in(const Making *m, Fn *fn)
{
    const int symbol = ir_symbol(fn, m->st->time);
    return symbol < 0 ? ir_leaf(fn, ROLE_TIME, m->st->time, fn->real, per_sample) : fn->symbol.at[symbol].node;
}

static Fn *see_make(const Making *m)
{
    Stages *st = m->st;
    Fn *fn = fn_new(m->raw, m->names, arena_printf(m->arena, "%s.see", m->field->name), m->options->real);
    const Ref *seen = outputs_in(m, fn), t = time_in(m, fn);
    const Ref k = number_leaf(m, fn, "k", &st->seen);
    const Ref first = ir_map(fn, OP_lt, k, per_trajectory(fn, ir_num(fn, 1.5)), 0);
    for (size_t i = 0, at = 0; i < m->options->summaries; i++) {
        const Summarised *one = &m->options->summary[i];
        for (size_t c = 0; c < one->row->cells; c++)
            st->cell[at + c] = fresh(m, fn, arena_printf(m->arena, "%s_%s", one->row->name, cell_name[c]));
        Scope s = cells_of(m, fn, one->row, at);
        scope_add(&s, "v", per_trajectory(fn, seen[output_at(m->field, one->output)]));
        scope_add(&s, "t", per_trajectory(fn, t));
        scope_add(&s, "k", k);
        for (size_t c = 0; c < one->row->cells; c++, at++)
            ir_root(fn, ROOT_CARRY, st->cell[at], ir_map(fn, OP_select, first, cell(fn, one->row->cell[c].first, &s),
                                                         cell(fn, one->row->cell[c].next, &s)));
    }
    return pass_finish(m->arena, fn);
}

/* 0 if all elements of x are finite, else not a number. */
static Ref badness(Fn *fn, Ref x)
{
    const Shape shape = SHAPE(fn, x);
    const Ref off = ir_sub(fn, x, x);
    Con con = { .naxis = shape.rank, .nopd = 1 };
    if (shape.rank == 1) return off;
    for (unsigned d = 0; d < shape.rank; d++) {
        Aff axis = { .k = { 1 }, .ax = { (uint8_t)d }, .n = 1 };
        con.extent[d] = shape.dim[d];
        con.in[0][d] = axis;
        if (d == 0) con.out[0] = axis;
    }
    return ir_con(fn, &con, per_sample, (Ref[]){ off, 0, 0 });
}

static Shape batched(Shape s)
{
    Shape b = { .rank = (uint8_t)(s.rank + 1), .dim = { BATCH } };
    memcpy(b.dim + 1, s.dim, s.rank * sizeof *s.dim);
    return b;
}

static Fn *conclude_make(const Making *m)
{
    Stages *st = m->st;
    const size_t summaries = m->options->summaries;
    Fn *fn = fn_new(m->raw, m->names, arena_printf(m->arena, "%s.conclude", m->field->name), m->options->real);
    Ref bad = 0, *value = NEW_ARRAY(m->raw, Ref, summaries + 1);
    for (size_t i = 0; i < m->field->state.count; i++) {
        const FieldState *x = &m->field->state.at[i];
        const Ref one = badness(fn, ir_leaf(fn, ROLE_STATE, x->name, fn->real, batched(x->shape)));
        bad = bad ? ir_add(fn, bad, one) : one;
    }
    const Ref n = number_leaf(m, fn, "n", &st->observations), span = number_leaf(m, fn, "span", &st->span);
    for (size_t i = 0, at = 0; i < summaries; at += m->options->summary[i++].row->cells) {
        const SummaryRow *row = m->options->summary[i].row;
        Scope s = cells_of(m, fn, row, at);
        scope_add(&s, "n", n);
        scope_add(&s, "span", span);
        value[i] = cell(fn, row->value, &s);
        bad = ir_add(fn, bad, badness(fn, value[i]));
    }
    for (size_t i = 0; i < summaries; i++) {
        st->kept[i] = fresh(m, fn, arena_printf(m->arena, "value%zu", i));
        ir_root(fn, ROOT_RESULT, st->kept[i], ir_add(fn, value[i], bad));
    }
    return pass_finish(m->arena, fn);
}

void survey_stages(Arena *arena, Names *names, const Field *field, const LowerOptions *options, Stages *st)
{
    Arena raw = { .heap = arena->heap };
    Making m = { arena, &raw, names, field, options, st };
    if (!options->summaries) return;
    st->cells = 0;
    for (size_t i = 0; i < options->summaries; i++) st->cells += options->summary[i].row->cells;
    st->cell = NEW_ARRAY(arena, Name, st->cells + 1);
    st->kept = NEW_ARRAY(arena, Name, options->summaries + 1);
    st->summaries = options->summaries;
    st->see = see_make(&m);
    st->conclude = conclude_make(&m);
    arena_free(&raw);
}

/* ---- entries -------------------------------------------------------------------------------- */

static Held **cells_load(Scene *c, Arg from)
{
    const size_t cells = c->st->cells;
    Held **held = NEW_ARRAY(c->arena, Held *, cells);
    for (size_t i = 0; i < cells; i++) {
        held[i] = c->r->declare(c->block, c->st->cell[i], (Shape){ 0 });
        c->r->load(c->block, held[i], c->arg[from], x_add(c->p, x_mul(c->p, c->first, scene_int(c, (int64_t)cells)), scene_int(c, (int64_t)i)),
                   scene_int(c, (int64_t)cells));
        scene_bind(c, c->st->cell[i], held[i]);
    }
    return held;
}

static void cells_store(Scene *c, Held **held)
{
    Program *p = c->p;
    const int64_t cells = (int64_t)c->st->cells;
    for (int64_t i = 0; i < cells; i++)
        c->r->store(c->block, held[i], c->arg[ARG_CELLS], x_add(p, x_mul(p, c->first, x_int(p, cells)), x_int(p, i)), x_int(p, cells));
}

/* What there is to see at time i, the k-th of those that are looked at. */
static void see(Scene *c, Held *k, Exp i)
{
    Program *p = c->p;
    const Exp stride = scene_arg(c, ARG_T_STRIDE), number = x_sub(p, x_add(p, i, scene_arg(c, ARG_BEFORE)), scene_arg(c, ARG_BEGIN));
    s_if(p, x_op(p, OP_ge, i, scene_arg(c, ARG_BEGIN), 0));
    scene_fill(c, k, x_convert(p, x_add(p, number, x_int(p, 1)), L_REAL));
    if (c->time) c->r->load(c->block, c->time, c->arg[ARG_T], x_add(p, x_mul(p, c->first, stride), i), stride);
    scene_apply(c, c->st->see, NULL, 0);
    s_end(p);
}

static void survey_block(Scene *c)
{
    Program *p = c->p;
    scene_fail_begin(c);
    Held **x = scene_states(c, "");
    scene_states_bind(c, x);
    scene_inputs(c);
    scene_clock(c);
    Held *k = scene_number(c, c->st->seen), **cells = cells_load(c, ARG_CELLS);
    scene_load(c, x, ARG_X_OUT, scene_int(c, 0));

    Exp i = scene_loop(c, "i", scene_int(c, 0), scene_arg(c, ARG_TIMES));
    s_if(p, x_op(p, OP_gt, i, scene_int(c, 0), 0));
    Exp before = x_sub(p, i, scene_int(c, 1)), most = scene_interval(c, before, i, before);
    Exp s = scene_loop(c, "s", scene_int(c, 0), most);
    scene_substep(c, s);
    scene_apply(c, c->st->step, NULL, 0);
    s_end(p);
    s_end(p);
    see(c, k, i);
    s_end(p);
    scene_store(c, x, ARG_X_OUT, scene_int(c, 0));
    cells_store(c, cells);
}

static void conclude_block(Scene *c)
{
    Program *p = c->p;
    const int64_t values = (int64_t)c->st->summaries;
    Bind *out = NEW_ARRAY(c->arena, Bind, c->st->summaries);
    Held **x = scene_states(c, "");
    scene_states_bind(c, x);
    scene_load(c, x, ARG_X, scene_int(c, 0));
    cells_load(c, ARG_SEEN);
    scene_fill(c, scene_number(c, c->st->observations), scene_arg(c, ARG_COUNT_SEEN));
    scene_fill(c, scene_number(c, c->st->span), scene_arg(c, ARG_SPAN));
    for (int64_t k = 0; k < values; k++) {
        Name name = c->st->kept[k];
        out[k] = (Bind){ name, c->r->declare(c->block, name, (Shape){ 0 }) };
    }
    scene_apply(c, c->st->conclude, out, c->st->summaries);
    for (int64_t k = 0; k < values; k++)
        c->r->store(c->block, out[k].value, c->arg[ARG_VALUES], x_add(p, x_mul(p, c->first, x_int(p, values)), x_int(p, k)), x_int(p, values));
}

void survey_build(const Serve *s, Entries *to)
{
    EntryRow survey = {
        .name = "survey", .note = "the last states from the first, and what the summaries see on the way", .block = survey_block, .parallel = true,
        .arg = { ARG_BATCH, ARG_TIMES, ARG_T, ARG_T_STRIDE, ARG_INPUTS, ARG_THETA, ARG_X_OUT, ARG_CELLS, ARG_BEGIN, ARG_BEFORE,
                 ARG_H_MAX, ARG_STEPS, ARG_MAX_STEPS, ARG_FAIL, ARG_WORK },
        .stage = { s->stages->step, s->stages->see },
    };
    EntryRow conclude = {
        .name = "conclude", .note = "what summaries come to", .block = conclude_block, .apart = true, .stage = { s->stages->conclude },
        .arg = { ARG_BATCH, ARG_X, ARG_SEEN, ARG_COUNT_SEEN, ARG_SPAN, ARG_VALUES },
    };
    to->survey = to->conclude = NO_ENTRY;
    if (!s->stages->see) return;
    to->survey = entry_build(s, &survey);
    to->conclude = entry_build(s, &conclude);
}
