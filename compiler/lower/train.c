/* train.c: loss, optimiser and norm as loops over flat arrays.
 *
 * In: rows of ops/loss.def and ops/optim.def.  Out: three functions of loop IR,
 * each a body over vectors of LANES elements and a tail over single ones; the
 * row's cells are written out in both.  Sums take four vectors of partial sums,
 * element i in vector i/16 mod 4, then (0+1)+(2+3), the tree, and the tail one
 * by one: the same bits on every target.
 *
 * The optimisers are PyTorch's, formula by formula.  A parameter that must stay
 * positive is trained as its logarithm u: dL/du = p*dL/dp, and u - d is
 * p*exp(-d), which no rounding takes below zero. */
#include "lower/train.h"

#include "ops/ops.h"
#include "ops/rows.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHAINS = 4, NAMES = 24 };

/* What a cell's inputs are bound to, by name. */
typedef struct Scope { const char *name[NAMES]; Exp value[NAMES]; size_t count; } Scope;

static void bind(Scope *s, const char *name, Exp value)
{
    assert(s->count < NAMES);
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
    bind(&scope, "x", x);
    bind(&scope, "y", y);
    bind(&scope, "delta", x_real(p, l->delta));
    if (l->g) {
        Exp slope = x_mul(p, cell_write(p, l->row->slope, &scope), l->scale);
        s_store(p, l->g, index, l->log ? x_op(p, OP_div, slope, raw, 0) : slope);
    }
    return cell_write(p, l->row->value, &scope);
}

static uint32_t loss_build(Program *p, const Field *field, Loss l)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.loss", field->name),
                           arena_printf(p->arena, "%s%s over all elements, and its gradient in x",
                                        l.row->help, l.log ? " of logarithms" : ""));
    fn_of(p, fn)->entry = true;
    origin_param(p, NULL, "loss", false);
    Var count = fn_param(p, "count", L_INT);
    l.x = fn_param_buffer(p, "x", SPACE_CONST, false, false);
    l.y = fn_param_buffer(p, "target", SPACE_CONST, false, false);
    Var g = fn_param_buffer(p, "g_x", SPACE_SHARED, true, true);
    Var out = fn_param_buffer(p, "out", SPACE_SHARED, true, false);

    uint32_t width = field->outputs ? field->outputs : field->states;
    Exp n = named(p, "n", x_mul(p, x_var(p, count), x_int(p, width)));
    Exp one = x_real(p, 1);
    l.scale = named(p, "scale", x_op(p, OP_div, one, x_convert(p, n, L_REAL), 0));
    Var mean = s_var(p, "mean", x_real(p, 0));
    s_if(p, x_op(p, OP_eq, x_null(p, g), x_int(p, 1), 0));
        s_set(p, mean, x_mul(p, sum_build(p, x_int(p, 0), n, loss_term, &l), l.scale));
    s_else(p);
        l.g = g;
        s_set(p, mean, x_mul(p, sum_build(p, x_int(p, 0), n, loss_term, &l), l.scale));
    s_end(p);
    s_store(p, out, x_int(p, 0), x_var(p, mean));
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

static uint32_t norm_build(Program *p, Name prefix, const FieldParam *param, size_t count)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.norm", prefix), "2-norm of a gradient");
    fn_of(p, fn)->entry = true;
    origin_param(p, NULL, "norm", false);
    Var params = fn_param(p, "params", L_INT);
    Squares s = {.theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false)};
    s.g = fn_param_buffer(p, "g", SPACE_CONST, false, false);
    Var out = fn_param_buffer(p, "out", SPACE_SHARED, true, false);
    Exp sum = squares_build(p, x_var(p, params), s, param, count);
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
    bind(&s, "p", trained);
    bind(&s, "g", named(p, "g", positive ? x_mul(p, g, natural) : g));

    static const char *const name[] = {"m", "v"};
    const char *const cell[] = {u->row->m, u->row->v};
    Exp at[2], new[2];
    size_t first = s.count;
    for (unsigned k = 0; k < u->row->moments; k++) {
        at[k] = x_add(p, index, x_int(p, (int64_t)k * u->params));
        bind(&s, name[k], named(p, name[k], x_load(p, u->moments, at[k], lanes)));
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

static void update_run(Program *p, const Update *u, bool positive, uint32_t from, uint32_t to)
{
    uint32_t vectors = from + (to - from) / LANES * LANES;
    if (vectors > from) {
        Var i = s_for(p, "i", x_int(p, from), x_int(p, vectors), x_int(p, LANES), FOR_ROLL | FOR_ANY);
        update_some(p, u, positive, x_var(p, i), LANES);
        s_end(p);
    }
    if (to > vectors) {
        Var i = s_for(p, "i", x_int(p, vectors), x_int(p, to), x_int(p, 1), FOR_ROLL | FOR_ANY);
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

static uint32_t update_build(Program *p, Name prefix, const FieldParam *param, size_t count, Update u,
                             Optimizer *out)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.update", prefix),
                           arena_printf(p->arena, "one step of %s", u.row->help));
    fn_of(p, fn)->entry = true;
    origin_param(p, NULL, "update", false);
    fn_param(p, "params", L_INT);
    u.theta = fn_param_buffer(p, "theta", SPACE_SHARED, true, false);
    u.g = fn_param_buffer(p, "g", SPACE_CONST, false, false);
    u.moments = fn_param_buffer(p, "moments", SPACE_SHARED, true, false);

    size_t reals, n = 0;
    const OptimReal *real = optim_reals(&reals);
    const char **name = NEW_ARRAY(p->arena, const char *, reals + 1);
    for (size_t i = 0; i < reals; i++)
        if (reads(p, u.row, real[i].name)) {
            name[n++] = real[i].name;
            bind(&u.reals, real[i].name, x_var(p, fn_param(p, real[i].name, L_REAL)));
        }
    name[n++] = "gscale";
    u.gscale = x_var(p, fn_param(p, "gscale", L_REAL));
    out->reals = name;
    out->real_count = (uint32_t)n;

    for (size_t i = 0, next; i < count; i = next) {     /* runs of one kind */
        next = run_end(param, count, i);
        const FieldParam *first = &param[i], *last = &param[next - 1];
        if (!first->buffer) update_run(p, &u, first->positive, first->offset, last->offset + last->count);
    }
    fn_end(p);
    return fn;
}

Optimizer optimizer_build(Program *p, Name prefix, const FieldParam *param, size_t count, uint32_t params,
                          const char *optimizer)
{
    const OptimRow *row = optim_row(optimizer);
    assert(row && "the names come from the tables");
    Optimizer out = {.name = row->name, .moments = row->moments};
    out.norm = norm_build(p, prefix, param, count);
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
    assert(row && "the names come from the tables");
    out->loss = loss_build(p, field, (Loss){.row = row, .delta = delta, .log = log});
    out->loss_name = row->name;
    Optimizer made = optimizer_build(p, field->name, field->param.at, field->param.count, field->params, optimizer);
    out->norm = made.norm;
    out->update = made.update;
    out->optimizer_name = made.name;
    out->moments = made.moments;
    out->update_reals = made.reals;
    out->update_real_count = made.real_count;
    if (!field->observe) return;
    out->clear = array_build(p, field->name, false);
    out->add = array_build(p, field->name, true);
}
