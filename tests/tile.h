/* tile.h: a Fn in the tile regime, run by the reference machine and compared with the
 * evaluator, root by root.
 *
 * Leaves are bound by role: states and cotangents in values, inputs dense in rows,
 * parameters in theta, buffers in theirs. A leaf whose name begins with late1, late2 ...
 * has this moment: until then its place is full of NaN, as is everything that nobody
 * has written, so what is read too early or beyond its end is seen.                 */
#ifndef TESTS_TILE_H
#define TESTS_TILE_H

#include "loop/lowered.h"
#include "tile/tile.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct TileTest {
    Arena    *arena;
    const Fn *fn;
    size_t    batch;
    Tiling    t;
    Tiled    *tiled;
    TileBind *bind;                 /* of leaves, by symbol, then of roots           */
    size_t    binds;
    uint32_t  outputs, buffer_reals, thetas;
    FieldParam *param;
    double   *inputs, *theta, *buffers, *out, *fixed, *values, *g_theta;
    double  **leaf;                 /* by symbol, dense: what the evaluator is given   */
    double  **sum;                  /* by root: SUM added up                          */
    Eval      wanted;               /* of the last step                               */
} TileTest;

static inline size_t tile_elements(const TileTest *x, Shape s) { return shape_count(s) * (shape_batched(s) ? x->batch : 1); }

static inline Shape tile_without_batch(Shape s)
{
    if (!shape_batched(s)) return s;
    memmove(s.dim, s.dim + 1, (MAX_RANK - 1) * sizeof *s.dim);
    s.rank--;
    return s;
}

static inline double *tile_reals(TileTest *x, size_t n, double value)
{
    double *reals = NEW_ARRAY(x->arena, double, n + 1);
    for (size_t i = 0; i < n; i++) reals[i] = value;
    return reals;
}

/* ---- where things live ----------------------------------------------------------------- */

static inline uint32_t tile_moment(const char *name)
{
    return strncmp(name, "late", 4) == 0 ? (uint32_t)(name[4] - '0') : 0;
}

static inline Home tile_leaf_home(TileTest *x, const Symbol *s)
{
    Shape feature = tile_without_batch(s->shape);
    uint32_t count = (uint32_t)shape_count(feature);
    Home home = { .area = AREA_VALUES };
    switch (s->role) {
    case ROLE_TIME:   return (Home){ .area = AREA_TIME };
    case ROLE_STEP:   return (Home){ .area = AREA_STEP };
    case ROLE_SCALAR: return (Home){ .area = AREA_WEIGHT };
    case ROLE_PARAM:
        x->param[x->t.params++] = (FieldParam){ .name = s->name, .shape = s->shape, .offset = x->thetas, .count = count };
        home = (Home){ .area = AREA_THETA, .at = x->thetas };
        x->thetas += count;
        return home;
    case ROLE_BUFFER:
        home = (Home){ .area = AREA_BUFFERS, .at = x->buffer_reals };
        x->buffer_reals += count;
        return home;
    case ROLE_INPUT:
        home = (Home){ .area = AREA_INPUTS, .at = x->t.input_row };
        x->t.input_row += count;
        return home;
    default: return memory_values(&x->t.memory, layout_of(x->t.layouts, feature).count);
    }
}

static inline Home tile_root_home(TileTest *x, const Root *root)
{
    Shape shape = SHAPE(x->fn, root->value);
    uint32_t count = (uint32_t)shape_count(shape);
    if (!shape_batched(shape)) return memory_fixed(&x->t.memory, count);
    Home home = { .area = AREA_OUTPUTS, .at = x->t.output_row };
    x->t.output_row += count;
    return home;
}

static inline void tile_bind(TileTest *x)
{
    const Fn *fn = x->fn;
    x->bind = NEW_ARRAY(x->arena, TileBind, fn->symbol.count + fn->root.count);
    x->param = NEW_ARRAY(x->arena, FieldParam, fn->symbol.count + 1);
    for (size_t i = 0; i < fn->symbol.count; i++) {
        const Symbol *s = &fn->symbol.at[i];
        x->bind[x->binds++] = (TileBind){ s->name, tile_leaf_home(x, s), tile_moment(s->name) };
    }
    for (size_t i = 0; i < fn->root.count; i++)
        if (fn->root.at[i].kind == ROOT_RESULT)
            x->bind[x->binds++] = (TileBind){ fn->root.at[i].name, tile_root_home(x, &fn->root.at[i]), 0 };
    x->t.param = x->param;
    x->t.has_buffers = x->t.writes_buffers = x->buffer_reals > 0;
    x->t.has_outputs = x->t.has_time = true;
}

/* Parameters are found by name, not bound. */
static inline void tile_unbind_params(TileTest *x)
{
    size_t n = 0;
    for (size_t i = 0; i < x->binds; i++)
        if (x->bind[i].home.area != AREA_THETA) x->bind[n++] = x->bind[i];
    x->binds = n;
}

static inline const TileBind *tile_bound(const TileTest *x, Name name)
{
    for (size_t i = 0; i < x->binds; i++)
        if (x->bind[i].name == name) return &x->bind[i];
    return NULL;
}

/* Element e, counted row-major without B, of sample n of what lives there. */
static inline double *tile_at(const TileTest *x, Home home, Shape feature, size_t n, size_t e)
{
    Layout lay = layout_of(x->t.layouts, feature);
    size_t at = 0;
    switch (home.area) {
    case AREA_INPUTS:  return &x->inputs[n * x->t.input_row + home.at + e];
    case AREA_OUTPUTS: return &x->out[n * x->t.output_row + home.at + e];
    case AREA_THETA:   return &x->theta[home.at + e];
    case AREA_BUFFERS: return &x->buffers[home.at + e];
    case AREA_FIXED:   return &x->fixed[home.at + e];
    default: break;
    }
    for (unsigned d = feature.rank; d-- > 0; e /= feature.dim[d]) at += e % feature.dim[d] * lay.step[d];
    return &x->values[x->batch * home.at + n * home.pitch + at];
}

/* ---- running ------------------------------------------------------------------------------ */

static inline void tile_run(TileTest *x, uint32_t fn, int b)
{
    LArg arg[16];
    size_t n = 0;
    char error[200] = "";
    if (fn == NO_ENTRY) return;
    arg[n++] = (LArg){ .i = (int64_t)x->batch };
    if (b >= 0) arg[n++] = (LArg){ .i = b };
    arg[n++] = (LArg){ .buffer = x->inputs, .elements = x->batch * x->t.input_row };
    arg[n++] = (LArg){ .buffer = x->theta, .elements = x->thetas };
    if (x->t.has_buffers) {
        arg[n++] = (LArg){ .buffer = x->buffers, .elements = x->buffer_reals };
        arg[n++] = (LArg){ .i = 0 };
    }
    arg[n++] = (LArg){ .buffer = x->out, .elements = x->batch * x->t.output_row };
    arg[n++] = (LArg){ .buffer = x->fixed, .elements = x->t.memory.fixed };
    arg[n++] = (LArg){ .buffer = x->values, .elements = x->batch * x->t.memory.values };
    arg[n++] = (LArg){ .r = 0.375 };
    arg[n++] = (LArg){ .r = 0.125 };
    arg[n++] = (LArg){ .r = 1.0 / (double)x->batch };
    if (fn == x->tiled->finish) arg[n++] = (LArg){ .buffer = x->g_theta, .elements = x->thetas };
    const char *name = fn_of(x->t.p, fn)->name;
    cr_assert(loop_run(x->t.p, fn, arg, n, error, sizeof error) == 0, "%s: %s: %s", x->fn->name, name, error);
}

static inline void tile_fill(TileTest *x, size_t symbol, bool there)
{
    const Symbol *s = &x->fn->symbol.at[symbol];
    const TileBind *b = tile_bound(x, s->name);
    Home home = b ? b->home : (Home){ 0 };
    Shape feature = tile_without_batch(s->shape);
    for (size_t i = 0; i < x->t.params; i++)
        if (x->param[i].name == s->name) home = (Home){ .area = AREA_THETA, .at = x->param[i].offset };
    if (home.area == AREA_TIME || home.area == AREA_STEP || home.area == AREA_WEIGHT) return;
    size_t count = shape_count(feature);
    for (size_t i = 0; i < tile_elements(x, s->shape); i++)
        *tile_at(x, home, feature, i / count, i % count) = there ? x->leaf[symbol][i] : NAN;
}

static inline void tile_fill_moment(TileTest *x, uint32_t moment)
{
    for (size_t i = 0; i < x->fn->symbol.count; i++)
        if (tile_moment(x->fn->symbol.at[i].name) == moment) tile_fill(x, i, true);
}

static inline void tile_step(TileTest *x)
{
    uint32_t moment = 0;
    for (size_t i = 0; i < x->fn->symbol.count; i++)
        if (tile_moment(x->fn->symbol.at[i].name) > 0) tile_fill(x, i, false);
    tile_run(x, x->tiled->begin, -1);
    for (size_t i = 0; i < x->tiled->phase.count; i++) {
        const TilePhase *phase = &x->tiled->phase.at[i];
        while (moment < phase->moment) {            /* each one's leaves are gone in the next */
            for (size_t k = 0; moment && k < x->fn->symbol.count; k++)
                if (tile_moment(x->fn->symbol.at[k].name) == moment) tile_fill(x, k, false);
            tile_fill_moment(x, ++moment);
        }
        for (size_t k = 0; k < phase->part.count; k++)
            for (int b = phase->part.at[k].samples ? (int)x->batch : BLOCKS; b-- > 0;) tile_run(x, phase->part.at[k].fn, b);
        tile_run(x, phase->glue, -1);
    }
}

/* ---- comparing ------------------------------------------------------------------------------ */

static inline double *tile_next(TileTest *x, const Root *root)
{
    return x->leaf[ir_symbol(x->fn, root->name)];
}

static inline void tile_wanted_step(TileTest *x)
{
    x->wanted = ir_eval(x->arena, x->fn, x->batch, (const double *const *)x->leaf);
    for (size_t i = 0; i < x->fn->root.count; i++) {
        const Root *root = &x->fn->root.at[i];
        size_t count = tile_elements(x, SHAPE(x->fn, root->value));
        const double *value = x->wanted.value[root->value];
        for (size_t e = 0; root->kind == ROOT_SUM && e < count; e++) x->sum[i][e] += value[e];
    }
    for (size_t i = 0; i < x->fn->root.count; i++) {
        const Root *root = &x->fn->root.at[i];
        size_t count = tile_elements(x, SHAPE(x->fn, root->value));
        if (root->kind == ROOT_CARRY || root->kind == ROOT_UPDATE)
            memcpy(tile_next(x, root), x->wanted.value[root->value], count * sizeof(double));
    }
}

static inline void tile_compare(TileTest *x, size_t i, double relative)
{
    const Root *root = &x->fn->root.at[i];
    Shape shape = SHAPE(x->fn, root->value), feature = tile_without_batch(shape);
    const TileBind *b = tile_bound(x, root->name);
    Home home = b ? b->home : (Home){ 0 };
    const double *wanted = x->wanted.value[root->value];
    double scale = 1e-3;
    size_t total = tile_elements(x, shape), count = shape_count(feature);
    if (root->kind == ROOT_SUM) {
        if (shape_batched(shape)) return;
        wanted = x->sum[i];
        for (size_t k = 0; k < x->t.params; k++)
            if (x->param[k].name == root->name) home = (Home){ .area = AREA_THETA, .at = x->param[k].offset };
        if (home.area != AREA_THETA) return;
    }
    for (size_t e = 0; e < total; e++) scale = fmax(scale, fabs(wanted[e]));
    for (size_t e = 0; e < total; e++) {
        double got = root->kind == ROOT_SUM ? x->g_theta[home.at + e] : *tile_at(x, home, feature, e / count, e % count);
        cr_assert(fabs(got - wanted[e]) <= relative * scale, "%s, batch %zu, root %s[%zu]: %.17g, not %.17g", x->fn->name,
                  x->batch, root->name, e, got, wanted[e]);
    }
}

/* ---- all of it -------------------------------------------------------------------------------- */

static inline void tile_values(TileTest *x, unsigned seed)
{
    x->leaf = NEW_ARRAY(x->arena, double *, x->fn->symbol.count + 1);
    for (size_t i = 0; i < x->fn->symbol.count; i++) {
        const Symbol *s = &x->fn->symbol.at[i];
        size_t n = tile_elements(x, s->shape);
        x->leaf[i] = tile_reals(x, n, 0);
        for (size_t e = 0; e < n; e++) {
            seed = seed * 1664525u + 1013904223u;
            double u = (double)(seed >> 8) / (1 << 24);
            x->leaf[i][e] = s->role == ROLE_TIME ? 0.375 : s->role == ROLE_STEP ? 0.125
                          : s->role == ROLE_SCALAR ? 1.0 / (double)x->batch
                          : s->type == TYPE_I32 ? floor(u * 10) : 2 * u - 1;
        }
    }
}

/* fn, bound. */
static inline TileTest *tile_open(Arena *arena, Names *names, const Fn *fn, size_t batch)
{
    TileTest *x = NEW(arena, TileTest);
    *x = (TileTest){ .arena = arena, .fn = fn, .batch = batch };
    Program *p = program_new(arena, names, fn->real);
    x->t = (Tiling){ .arena = arena, .p = p, .kernels = kernels_new(arena, p), .layouts = layouts_new(arena),
                     .prefix = name_of(names, "Test") };
    layouts_vote(x->t.layouts, fn);
    tile_bind(x);
    tile_unbind_params(x);
    return x;
}

/* Lowers fn, which is finished, and runs `steps` steps of it: carried values, sums and
 * buffers go on from one to the next.                                                 */
static inline void tile_check(Arena *arena, Names *names, const Fn *fn, size_t batch, size_t steps, double relative)
{
    TileTest *x = tile_open(arena, names, fn, batch);
    Program *p = x->t.p;
    x->tiled = tile_lower(&x->t, fn, "fn", x->bind, x->binds);
    const char *wrong = loop_verify(p, arena);
    cr_assert(!wrong, "%s: %s", fn->name, wrong);

    tile_values(x, (unsigned)batch);
    x->inputs = tile_reals(x, batch * x->t.input_row, NAN);
    x->theta = tile_reals(x, x->thetas, NAN);
    x->buffers = tile_reals(x, x->buffer_reals, NAN);
    x->out = tile_reals(x, batch * x->t.output_row, NAN);
    x->fixed = tile_reals(x, x->t.memory.fixed, NAN);
    x->values = tile_reals(x, batch * x->t.memory.values, NAN);
    x->g_theta = tile_reals(x, x->thetas, 0);
    x->sum = NEW_ARRAY(arena, double *, fn->root.count + 1);
    for (size_t i = 0; i < fn->root.count; i++)
        x->sum[i] = tile_reals(x, tile_elements(x, SHAPE(fn, fn->root.at[i].value)), 0);

    tile_fill_moment(x, 0);
    tile_run(x, x->tiled->prepare, -1);
    tile_run(x, x->tiled->clear, -1);
    for (size_t i = 0; i < steps; i++) {
        tile_step(x);
        tile_wanted_step(x);
    }
    tile_run(x, x->tiled->finish, -1);
    for (size_t i = 0; i < fn->root.count; i++) tile_compare(x, i, relative);
}

#endif
