/* train.c: loss, optimiser and norm as loops over flat arrays.
 *
 * In: rows of ops/loss.def and ops/optim.def.  Out: three functions of loop IR,
 * each a body over vectors of LANES elements and a tail over single ones; the
 * row's cells are written out in both.  Sums take four vectors of partial sums,
 * element i in vector i/16 mod 4, then (0+1)+(2+3), the tree, and the tail one
 * by one.  Long arrays are done in parts, in any order; the sums of the parts are
 * added in theirs: the same bits on every target, and by any number of threads.
 *
 * The optimisers are PyTorch's, formula by formula.  A parameter that must stay
 * positive is trained as its logarithm u: dL/du = p*dL/dp, and u - d is
 * p*exp(-d), which no rounding takes below zero. */
#include "lower/train.h"
#include "lower/ahead.h"

#include "ops/ops.h"
#include "ops/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHAINS = 4, NAMES = 24, PART = LOSS_PART, PARTS = 15 };

/* What a cell's inputs are bound to, by name. */
typedef struct Scope { const char *name[NAMES]; Exp value[NAMES]; size_t count; } Scope;

static void bind(const Program *p, Scope *s, const char *name, Exp value)
{
    INSIST(p->arena, s->count < NAMES);
    s->name[s->count] = name;
    s->value[s->count++] = value;
}

/* A step that is used once stands where it is used; the others get a name. */
static unsigned *count_uses(Program *p, const Cell *cell)
{
    unsigned *uses = NEW_ARRAY(p->arena, unsigned, CELL_INPUTS + cell->count);
    for (size_t i = 0; i < cell->count; i++)
        for (unsigned k = 0; k < op_info((Op)cell->step[i].op)->narg; k++)
            uses[cell->step[i].arg[k]]++;
    return uses;
}

/* The value of a cell where the builder stands; input: its a and b, scope: its names. */
static Exp steps_write(Program *p, const Cell *cell, const Exp input[2], const Scope *s)
{
    unsigned *uses = count_uses(p, cell);
    Exp *value = NEW_ARRAY(p->arena, Exp, CELL_INPUTS + cell->count);
    value[IN_A] = input[0];
    value[IN_B] = input[1];
    for (size_t i = 0; i < cell->count; i++) {
        const CellStep *step = &cell->step[i];
        const OpInfo *info = op_info((Op)step->op);
        Exp *to = &value[CELL_INPUTS + i], arg[3] = {0};
        for (unsigned k = 0; k < info->narg; k++) {
            arg[k] = value[step->arg[k]];
            if (info->kind == OP_KIND_MACRO && p->exp.at[arg[k]].kind != X_VAR)
                arg[k] = x_var(p, s_let(p, "u", arg[k]));
        }
        if (step->op == OP_LEAF)
            *to = s->value[(size_t)step->number];
        else if (step->op == OP_CONST)
            *to = x_real(p, step->number);
        else if (info->kind == OP_KIND_MACRO)
            *to = steps_write(p, cell_parse(p->arena, info->value), arg, s);
        else
            *to = x_op(p, (Op)step->op, arg[0], arg[1], arg[2]);
        if (info->kind != OP_KIND_TENSOR && uses[CELL_INPUTS + i] > 1)
            *to = x_var(p, s_let(p, "u", *to));
    }
    return value[cell->result];
}

static Exp cell_write(Program *p, const char *text, const Scope *s)
{
    return steps_write(p, cell_parse_named(p->arena, text, s->name, s->count), (Exp[2]){0}, s);
}

static Exp named(Program *p, const char *name, Exp value)
{
    return x_var(p, s_let(p, name, value));
}

/* ---- sums over an array ------------------------------------------------------------ */

/* What is added for the elements from `index` on, `lanes` of them at once. */
typedef Exp Term(Program *, void *of, Exp index, unsigned lanes);

/* The last element up to which whole blocks of `size` go. */
static Exp blocks_to(Program *p, const char *name, Exp from, Exp to, int64_t size)
{
    Exp end = x_sub(p, to, x_op(p, OP_mod, x_sub(p, to, from), x_int(p, size), 0));
    return p->exp.at[end].kind == X_INT ? end : named(p, name, end);
}

static bool nothing(const Program *p, Exp from, Exp to)
{
    const LExp *a = &p->exp.at[from], *b = &p->exp.at[to];
    return a->kind == X_INT && b->kind == X_INT && a->num == b->num;
}

static Exp sum_build(Program *p, Exp from, Exp to, Term *term, void *of)
{
    Exp lanes = x_int(p, LANES);
    Exp whole = blocks_to(p, "whole", from, to, CHAINS * LANES), vectors = blocks_to(p, "vectors", from, to, LANES);

    Var sum[CHAINS];
    for (unsigned c = 0; c < CHAINS; c++)
        sum[c] = s_var(p, "sum", x_splat(p, x_real(p, 0)));
    if (!nothing(p, from, whole)) {
        Var i = s_for(p, "i", from, whole, x_int(p, CHAINS * LANES), FOR_ROLL);
        for (unsigned c = 0; c < CHAINS; c++) {
            Exp at = x_add(p, x_var(p, i), x_int(p, c * LANES));
            s_set(p, sum[c], x_add(p, x_var(p, sum[c]), term(p, of, at, LANES)));
        }
        s_end(p);
    }
    if (!nothing(p, whole, vectors)) {
        Var i = s_for(p, "i", whole, vectors, lanes, FOR_ROLL);
        s_set(p, sum[0], x_add(p, x_var(p, sum[0]), term(p, of, x_var(p, i), LANES)));
        s_end(p);
    }

    Exp low  = x_add(p, x_var(p, sum[0]), x_var(p, sum[1]));
    Exp high = x_add(p, x_var(p, sum[2]), x_var(p, sum[3]));
    Var total = s_var(p, "total", x_tree(p, named(p, "lanes", x_add(p, low, high))));
    if (!nothing(p, vectors, to)) {
        Var i = s_for(p, "i", vectors, to, x_int(p, 1), FOR_ROLL);
        s_set(p, total, x_add(p, x_var(p, total), term(p, of, x_var(p, i), 1)));
        s_end(p);
    }
    return x_var(p, total);
}

/* ---- loss --------------------------------------------------------------------------- */

typedef struct Loss {
    const LossRow *row;
    double delta;
    bool   log;                     /* of both sides                                   */
    Var    x, y, g;                 /* g: 0 when no gradient is wanted here            */
    Exp    scale;                   /* 1 / number of elements                          */
} Loss;

static Exp loss_term(Program *p, void *of, Exp index, unsigned lanes)
{
    const Loss *l = of;
    Scope scope = {0};
    Exp raw = named(p, "x", x_load(p, l->x, index, lanes));
    Exp x = raw, y = named(p, "y", x_load(p, l->y, index, lanes));
    if (l->log) {
        x = named(p, "log_x", x_op(p, OP_log, x, 0, 0));
        y = named(p, "log_y", x_op(p, OP_log, y, 0, 0));
    }
    bind(p, &scope, "x", x);
    bind(p, &scope, "y", y);
    bind(p, &scope, "delta", x_real(p, l->delta));
    if (l->g) {
        Exp slope = x_mul(p, cell_write(p, l->row->slope, &scope), l->scale);
        s_store(p, l->g, index, l->log ? x_op(p, OP_div, slope, raw, 0) : slope);
    }
    return cell_write(p, l->row->value, &scope);
}

/* The elements from part*PART on; their sum goes to sums[part]. */
static uint32_t loss_part(Program *p, const char *name, Loss l)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s_part", name), "the loss of some elements, and its gradient there");
    origin_param(p, NULL, "loss", false);
    Var n = fn_param(p, "n", L_INT);
    l.scale = x_var(p, fn_param(p, "scale", L_REAL));
    l.x = fn_param_buffer(p, "x", SPACE_CONST, false, false);
    l.y = fn_param_buffer(p, "target", SPACE_CONST, false, false);
    Var g = fn_param_buffer(p, "g_x", SPACE_SHARED, true, true);
    Var sums = fn_param_buffer(p, "sums", SPACE_SHARED, true, false);
    Exp part = x_var(p, fn_param(p, "share", L_INT));
    Exp from = named(p, "from", x_mul(p, part, x_int(p, PART)));
    Exp to = named(p, "to", x_op(p, OP_min, x_add(p, from, x_int(p, PART)), x_var(p, n), 0));
    s_if(p, x_op(p, OP_eq, x_null(p, g), x_int(p, 1), 0));
        s_store(p, sums, part, sum_build(p, from, to, loss_term, &l));
    s_else(p);
        l.g = g;
        s_store(p, sums, part, sum_build(p, from, to, loss_term, &l));
    s_end(p);
    fn_end(p);
    fn_of(p, fn)->outline = true;
    return fn;
}

static uint32_t loss_build(Program *p, const Field *field, Loss l)
{
    const char *name = arena_printf(p->arena, "%s.loss", field->name);
    uint32_t part = loss_part(p, name, l);
    uint32_t fn = fn_begin(p, name, arena_printf(p->arena, "%s%s over all elements, and its gradient in x",
                                                 l.row->help, l.log ? " of logarithms" : ""));
    fn_of(p, fn)->entry = true;
    origin_param(p, NULL, "loss", false);
    Var count = fn_param(p, "count", L_INT);
    Var x = fn_param_buffer(p, "x", SPACE_CONST, false, false), y = fn_param_buffer(p, "target", SPACE_CONST, false, false);
    Var g = fn_param_buffer(p, "g_x", SPACE_SHARED, true, true);
    Var out = fn_param_buffer(p, "out", SPACE_SHARED, true, false), work = fn_param_buffer(p, "work", SPACE_SHARED, true, false);

    uint32_t width = field->outputs ? field->outputs : field->states;
    Exp n = named(p, "n", x_mul(p, x_var(p, count), x_int(p, width)));
    Exp scale = named(p, "scale", x_op(p, OP_div, x_real(p, 1), x_convert(p, n, L_REAL), 0));
    Exp parts = named(p, "parts", x_op(p, OP_div, x_add(p, n, x_int(p, PART - 1)), x_int(p, PART), 0));
    Exp arg[] = { n, scale, x_var(p, x), x_var(p, y), x_var(p, g), x_var(p, work), 0 };
    arg[6] = x_var(p, s_par(p, "share", parts, AXIS_ROW));
    s_call(p, part, arg, COUNT(arg));
    s_end(p);
    Var total = s_var(p, "total", x_load(p, work, x_int(p, 0), 1));
    Exp i = x_var(p, s_for(p, "i", x_int(p, 1), parts, x_int(p, 1), FOR_ROLL));
    s_set(p, total, x_add(p, x_var(p, total), x_load(p, work, i, 1)));
    s_end(p);
    s_store(p, out, x_int(p, 0), x_mul(p, x_var(p, total), scale));
    fn_end(p);
    return fn;
}

/* ---- norm --------------------------------------------------------------------------- */

/* Neighbours in theta that are trained alike: [i, the result) of the table. */
static size_t run_end(const FieldParam *param, size_t count, size_t i)
{
    const FieldParam *first = &param[i];
    for (; ++i < count; first = &param[i])
        if (param[i].positive != first->positive || param[i].buffer != first->buffer
            || param[i].offset != first->offset + first->count)
            break;
    return i;
}

typedef struct Squares { Var theta, g; bool positive; } Squares;

static Exp square_term(Program *p, void *of, Exp index, unsigned lanes)
{
    const Squares *s = of;
    Exp g = x_load(p, s->g, index, lanes);
    if (s->positive) g = x_mul(p, x_load(p, s->theta, index, lanes), g);
    g = named(p, "g", g);
    return x_mul(p, g, g);
}

/* Of what is trained: dL/du = p*dL/dp where that is a logarithm. */
static Exp squares_build(Program *p, Exp params, Squares s, const FieldParam *param, size_t count)
{
    bool plain = true;
    for (size_t i = 0; i < count; i++)
        plain &= !param[i].positive;
    if (plain) return sum_build(p, x_int(p, 0), params, square_term, &s);
    Exp sum = 0;
    for (size_t i = 0, next; i < count; i = next) {
        next = run_end(param, count, i);
        s.positive = param[i].positive;
        const FieldParam *last = &param[next - 1];
        Exp more = sum_build(p, x_int(p, param[i].offset), x_int(p, last->offset + last->count), square_term, &s);
        sum = sum ? x_add(p, sum, more) : more;
    }
    return sum;
}

/* The squares of share*size ... of `params` elements: their sum goes to out[1 + share]. */
static uint32_t norm_part(Program *p, Name prefix, uint32_t params, int64_t size)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.norm_part", prefix), "the squares of some of a gradient");
    origin_param(p, NULL, "norm", false);
    Squares s = {.theta = 0};
    s.g = fn_param_buffer(p, "g", SPACE_CONST, false, false);
    Var out = fn_param_buffer(p, "out", SPACE_SHARED, true, false);
    Exp share = x_var(p, fn_param(p, "share", L_INT));
    Exp from = named(p, "from", x_mul(p, share, x_int(p, size)));
    Exp to = named(p, "to", x_op(p, OP_min, x_add(p, from, x_int(p, size)), x_int(p, params), 0));
    s_store(p, out, x_add(p, share, x_int(p, 1)), sum_build(p, from, to, square_term, &s));
    fn_end(p);
    fn_of(p, fn)->outline = true;
    return fn;
}

static Exp parts_sum(Program *p, uint32_t part, int64_t parts, Var g, Var out)
{
    Exp arg[] = { x_var(p, g), x_var(p, out), x_var(p, s_par(p, "share", x_int(p, parts), AXIS_ROW)) };
    s_call(p, part, arg, COUNT(arg));
    s_end(p);
    Var total = s_var(p, "total", x_load(p, out, x_int(p, 1), 1));
    Exp i = x_var(p, s_for(p, "i", x_int(p, 2), x_int(p, parts + 1), x_int(p, 1), FOR_ROLL));
    s_set(p, total, x_add(p, x_var(p, total), x_load(p, out, i, 1)));
    s_end(p);
    return x_var(p, total);
}

static uint32_t norm_build(Program *p, Name prefix, const FieldParam *param, size_t count, uint32_t params)
{
    bool plain = params > PART;
    for (size_t i = 0; i < count; i++) plain &= !param[i].positive;
    const int64_t size = (params + PARTS * CHAINS * LANES - 1) / (PARTS * CHAINS * LANES) * (CHAINS * LANES);
    uint32_t part = plain ? norm_part(p, prefix, params, size) : NO_ENTRY;
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.norm", prefix), "2-norm of a gradient");
    fn_of(p, fn)->entry = true;
    origin_param(p, NULL, "norm", false);
    Var all = fn_param(p, "params", L_INT);
    Squares s = {.theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false)};
    s.g = fn_param_buffer(p, "g", SPACE_CONST, false, false);
    Var out = fn_param_buffer(p, "out", SPACE_SHARED, true, false);
    Exp sum = plain ? parts_sum(p, part, (params + size - 1) / size, s.g, out) : squares_build(p, x_var(p, all), s, param, count);
    s_store(p, out, x_int(p, 0), x_op(p, OP_sqrt, sum, 0, 0));
    fn_end(p);
    return fn;
}

/* ---- update ------------------------------------------------------------------------- */

typedef struct Update {
    const OptimRow *row;
    uint32_t params;
    Var   theta, g, moments;
    Scope reals;                    /* what the cells read beside p g m v              */
    Exp   gscale;
} Update;

static const char *cell_of(Program *p, const OptimRow *row, const char *cell)
{
    return row->locals[0] ? arena_printf(p->arena, "%s; %s", row->locals, cell) : cell;
}

static void update_some(Program *p, const Update *u, bool positive, Exp index, unsigned lanes)
{
    Exp natural = named(p, "p", x_load(p, u->theta, index, lanes));
    Exp g = x_mul(p, x_load(p, u->g, index, lanes), u->gscale);
    Exp trained = positive ? named(p, "log_p", x_op(p, OP_log, natural, 0, 0)) : natural;
    Scope s = u->reals;
    bind(p, &s, "p", trained);
    bind(p, &s, "g", named(p, "g", positive ? x_mul(p, g, natural) : g));

    static const char *const name[] = {"m", "v"};
    const char *const cell[] = {u->row->m, u->row->v};
    Exp at[2], new[2];
    size_t first = s.count;
    for (unsigned k = 0; k < u->row->moments; k++) {
        at[k] = x_add(p, index, x_int(p, (int64_t)k * u->params));
        bind(p, &s, name[k], named(p, name[k], x_load(p, u->moments, at[k], lanes)));
    }
    for (unsigned k = 0; k < u->row->moments; k++)
        new[k] = named(p, name[k], cell_write(p, cell_of(p, u->row, cell[k]), &s));
    for (unsigned k = 0; k < u->row->moments; k++) {
        s_store(p, u->moments, at[k], new[k]);
        s.value[first + k] = new[k];
    }
    Exp step = cell_write(p, cell_of(p, u->row, u->row->step), &s);
    Exp down = positive ? x_mul(p, natural, x_op(p, OP_exp, x_op(p, OP_neg, step, 0, 0), 0, 0))
                        : x_sub(p, natural, step);
    s_store(p, u->theta, index, down);
}

static void update_range(Program *p, const Update *u, bool positive, Exp from, Exp vectors, Exp to)
{
    if (!nothing(p, from, vectors)) {
        Var i = s_for(p, "i", from, vectors, x_int(p, LANES), FOR_ROLL | FOR_ANY);
        update_some(p, u, positive, x_var(p, i), LANES);
        s_end(p);
    }
    if (!nothing(p, vectors, to)) {
        Var i = s_for(p, "i", vectors, to, x_int(p, 1), FOR_ROLL | FOR_ANY);
        update_some(p, u, positive, x_var(p, i), 1);
        s_end(p);
    }
}

/* Does one of the row's cells read `name`? */
static bool reads(Program *p, const OptimRow *row, const char *name)
{
    const char *const cell[] = {row->m, row->v, row->step};
    const char *known[NAMES] = {"p", "g", "m", "v"};
    size_t n = 4, reals;
    const OptimReal *real = optim_reals(&reals);
    for (size_t i = 0; i < reals; i++)
        known[n++] = real[i].name;
    for (size_t c = 0; c < COUNT(cell); c++) {
        if (!cell[c][0])
            continue;
        const Cell *parsed = cell_parse_named(p->arena, cell_of(p, row, cell[c]), known, n);
        for (size_t i = 0; i < parsed->count; i++)
            if (parsed->step[i].op == OP_LEAF && strcmp(known[(size_t)parsed->step[i].number], name) == 0)
                return true;
    }
    return false;
}

/* theta, g, moments and what the row's cells read; into `name` the names of these numbers. */
static size_t update_params(Program *p, Update *u, const char **name)
{
    size_t reals, n = 0;
    const OptimReal *real = optim_reals(&reals);
    u->reals.count = 0;
    u->theta = fn_param_buffer(p, "theta", SPACE_SHARED, true, false);
    u->g = fn_param_buffer(p, "g", SPACE_CONST, false, false);
    u->moments = fn_param_buffer(p, "moments", SPACE_SHARED, true, false);
    for (size_t i = 0; i < reals; i++)
        if (reads(p, u->row, real[i].name)) {
            name[n++] = real[i].name;
            bind(p, &u->reals, real[i].name, x_var(p, fn_param(p, real[i].name, L_REAL)));
        }
    name[n++] = "gscale";
    u->gscale = x_var(p, fn_param(p, "gscale", L_REAL));
    return n;
}

typedef struct UpdateRun { uint32_t from, to, part; bool positive; } UpdateRun;      /* part: its function, or NO_ENTRY */

/* Of a long run, the elements from from + share*PART on. */
static uint32_t update_part(Program *p, const char *name, Update u, const UpdateRun *run, const char **reals)
{
    uint32_t fn = fn_begin(p, name, arena_printf(p->arena, "one step of %s, some parameters", u.row->help));
    origin_param(p, NULL, "update", false);
    update_params(p, &u, reals);
    Exp first = x_add(p, x_mul(p, x_var(p, fn_param(p, "share", L_INT)), x_int(p, PART)), x_int(p, run->from));
    first = named(p, "first", first);
    Exp end = named(p, "end", x_op(p, OP_min, x_add(p, first, x_int(p, PART)), x_int(p, run->to), 0));
    Exp vectors = (run->to - run->from) % LANES ? blocks_to(p, "vectors", first, end, LANES) : end;
    update_range(p, &u, run->positive, first, vectors, end);
    fn_end(p);
    fn_of(p, fn)->outline = true;
    return fn;
}

static void update_run(Program *p, const Update *u, const UpdateRun *run)
{
    if (run->part == NO_ENTRY) {
        uint32_t vectors = run->from + (run->to - run->from) / LANES * LANES;
        update_range(p, u, run->positive, x_int(p, run->from), x_int(p, vectors), x_int(p, run->to));
        return;
    }
    Exp arg[NAMES + 4];
    size_t n = 0;
    arg[n++] = x_var(p, u->theta), arg[n++] = x_var(p, u->g), arg[n++] = x_var(p, u->moments);
    for (size_t i = 0; i < u->reals.count; i++) arg[n++] = u->reals.value[i];
    arg[n++] = u->gscale;
    arg[n++] = x_var(p, s_par(p, "share", x_int(p, (run->to - run->from + PART - 1) / PART), AXIS_ROW));
    s_call(p, run->part, arg, n);
    s_end(p);
}

static uint32_t update_build(Program *p, Name prefix, const FieldParam *param, size_t count, Update u,
                             Optimizer *out)
{
    const char **name = NEW_ARRAY(p->arena, const char *, NAMES);
    UpdateRun *run = NEW_ARRAY(p->arena, UpdateRun, count + 1);
    size_t runs = 0;
    for (size_t i = 0, next; i < count; i = next) {     /* runs of one kind */
        next = run_end(param, count, i);
        const FieldParam *first = &param[i], *last = &param[next - 1];
        UpdateRun *r = &run[runs];
        *r = (UpdateRun){ first->offset, last->offset + last->count, NO_ENTRY, first->positive };
        if (first->buffer) continue;
        if (r->to - r->from > PART)
            r->part = update_part(p, arena_printf(p->arena, runs ? "%s.update_part%zu" : "%s.update_part", prefix, runs + 1), u, r, name);
        runs++;
    }
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.update", prefix),
                           arena_printf(p->arena, "one step of %s", u.row->help));
    fn_of(p, fn)->entry = true;
    origin_param(p, NULL, "update", false);
    fn_param(p, "params", L_INT);
    out->real_count = (uint32_t)update_params(p, &u, name);
    out->reals = name;
    for (size_t i = 0; i < runs; i++) update_run(p, &u, &run[i]);
    fn_end(p);
    return fn;
}

Optimizer optimizer_build(Program *p, Name prefix, const FieldParam *param, size_t count, uint32_t params,
                          const char *optimizer)
{
    const OptimRow *row = optim_row(optimizer);
    INSIST(p->arena, row && "the names come from the tables");
    Optimizer out = {.name = row->name, .moments = row->moments};
    out.norm = norm_build(p, prefix, param, count, params);
    out.update = update_build(p, prefix, param, count, (Update){.row = row, .params = params}, &out);
    return out;
}

/* ---- arrays for drivers ----------------------------------------------------------------- */

/* a = 0, or a = a + b: over vectors, and then one by one. */
static uint32_t array_build(Program *p, Name prefix, bool add)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.%s", prefix, add ? "add" : "clear"), add ? "a + b" : "zeros");
    fn_of(p, fn)->entry = true;
    Exp count = x_var(p, fn_param(p, "count", L_INT));
    Var a = fn_param_buffer(p, "a", SPACE_SHARED, true, false);
    Var b = add ? fn_param_buffer(p, "b", SPACE_CONST, false, false) : 0;
    Exp end[] = {x_int(p, 0), blocks_to(p, "vectors", x_int(p, 0), count, LANES), count};
    for (unsigned part = 0; part < 2; part++) {
        const unsigned lanes = part ? 1 : LANES;
        Exp i = x_var(p, s_for(p, "i", end[part], end[part + 1], x_int(p, lanes), FOR_ROLL)), zero = x_real(p, 0);
        s_store(p, a, i, add ? x_add(p, x_load(p, a, i, lanes), x_load(p, b, i, lanes))
                             : lanes == 1 ? zero : x_splat(p, zero));
        s_end(p);
    }
    fn_end(p);
    return fn;
}

void train_build(Program *p, const Field *field, const char *loss, double delta, bool log,
                 const char *optimizer, Lowered *out)
{
    const LossRow *row = loss_row(loss);
    INSIST(p->arena, row && "the names come from the tables");
    out->loss = loss_build(p, field, (Loss){.row = row, .delta = delta, .log = log});
    out->loss_name = log ? arena_printf(p->arena, "%s of logarithms", row->name) : row->name;
    Optimizer made = optimizer_build(p, field->name, field->param.at, field->param.count, field->params, optimizer);
    out->norm = made.norm;
    out->ahead = ahead_build(p, field->name, field->params, 0);
    out->update = made.update;
    out->optimizer_name = made.name;
    out->moments = made.moments;
    out->update_reals = made.reals;
    out->update_real_count = made.real_count;
    if (!field->observe) return;
    out->clear = array_build(p, field->name, false);
    out->add = array_build(p, field->name, true);
}
