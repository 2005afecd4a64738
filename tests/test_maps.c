/* test_maps.c: loops over the elements of a shape against the evaluator.
 *
 * Each function below is lowered sample by sample, with memory full of NaN where there
 * is no value, so that what runs past an extent is caught. Its states lie padded in
 * values, its inputs dense in rows, its parameters padded in fixed. A result is stored
 * padded and once more dense; a con that sums is formed by the loops that compute what
 * it sums, per sample or per block of samples.                                      */
#include "tile/tile_in.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct Case { const char *name, *text; } cases[] = {
    { "one loop", "fn f(state x: f64[B 20 3 5], state y: f64[B 20 3 5]) : f64 {"
      "  %1 = mul x y : f64[B 20 3 5]  %2 = exp %1 : f64[B 20 3 5]  %3 = add %2 x : f64[B 20 3 5]"
      "  result r = %3 }" },
    { "channel, pixel, sample", "fn f(state x: f64[B 20 3 5], state s: f64[B], param c: f64[20], param q: f64[3 5], param k: f64[]) : f64 {"
      "  %1 = con [B i j k |] c[i] : f64[B 20 3 5]    %2 = con [B i j k |] q[j k] : f64[B 20 3 5]"
      "  %3 = exp s : f64[B]                          %4 = con [B i j k |] %3[B] : f64[B 20 3 5]"
      "  %5 = con [B i j k |] k[] : f64[B 20 3 5]     %6 = fma x %1 %2 : f64[B 20 3 5]"
      "  %7 = fma %6 %4 %5 : f64[B 20 3 5]            %8 = mul %7 %6 : f64[B 20 3 5]"
      "  result r = %8  result u = %6 }" },
    { "statistics", "fn f(state x: f64[B 20 3 5], state a: f64[B 20 3 5]) : f64 {"
      "  %1 = exp x : f64[B 20 3 5]"
      "  %2 = con [i | B j k] %1[B i j k] : f64[20]          %3 = con [i | B j k] a[B i j k] * %1[B i j k] : f64[20]"
      "  %4 = con [| B i j k] %1[B i j k] : f64[]            %5 = con [i j k | B] %1[B i j k] : f64[20 3 5]"
      "  %6 = con [B j | i k] %1[B i j k] : f64[B 3]         %7 = con [j k | B i] a[B i j k] : f64[3 5]"
      "  result r = %1  result c = %2  result d = %3  result e = %4  result g = %5  result h = %6  result l = %7 }" },
    { "layer norm", "fn f(state x: f64[B 37]) : f64 {"
      "  %1 = con [B | i] x[B i] : f64[B]  %2 = con [B | i] x[B i] * x[B i] : f64[B]"
      "  result r = %1  result u = %2 }" },
    { "kept across", "fn f(state x: f64[B 16 3 5 2]) : f64 {"
      "  %1 = con [B j l | i k] x[B i j k l] : f64[B 3 2]   %2 = con [B i k | j l] x[B i j k l] : f64[B 16 5]"
      "  %3 = con [B i j | k l] x[B i j k l] : f64[B 16 3]  %4 = con [B k l | i j] x[B i j k l] : f64[B 5 2]"
      "  result r = %1  result s = %2  result u = %3  result v = %4 }" },
    { "scalars", "fn f(state x: f64[B], state y: f64[B], time t: f64[B]) : f64 {"
      "  %1 = mul x y : f64[B]  %2 = add %1 t : f64[B]  %3 = con [| B] %2[B] : f64[]"
      "  result r = %2  result s = %3 }" },
    { "seen differently", "fn f(state x: f64[B 9 5], state y: f64[B 5 18]) : f64 {"
      "  %1 = con [B i j |] y[B j i] : f64[B 9 5]      %2 = con [B i j |] y[B j i+9] : f64[B 9 5]"
      "  %3 = con [B i j |] y[B j 2*i] : f64[B 9 5]  %4 = con [B i j |] x[B -1*i+8 j] : f64[B 9 5]"
      "  %5 = fma x %1 %2 : f64[B 9 5]  %6 = fma %5 %3 %4 : f64[B 9 5]"
      "  result r = %6 }" },
    { "slices of vectors", "fn f(state x: f64[B 40], state y: f64[B 17], param q: f64[40]) : f64 {"
      "  %1 = con [B i |] x[B i+23] : f64[B 17]  %2 = con [B i |] x[B i+16] : f64[B 17]"
      "  %3 = con [B i |] x[B 2*i] : f64[B 17]   %4 = fma %1 %2 %3 : f64[B 17]  %5 = mul %4 y : f64[B 17]"
      "  %6 = con [B i |] q[i+23] : f64[B 17]    %7 = mul %6 y : f64[B 17]"
      "  result r = %5  result s = %7 }" },
    { "rows of inputs", "fn f(input u: f64[B 20 3 5], input w: f64[B 48], state x: f64[B 48]) : f64 {"
      "  %1 = exp u : f64[B 20 3 5]  %2 = mul w x : f64[B 48]"
      "  result r = %1  result s = %2 }" },
    { "choices", "fn f(state x: f64[B 20 3], state y: f64[B 20 3]) : f64 {"
      "  %1 = lt x y : bool[B 20 3]  %2 = select %1 x y : f64[B 20 3]  %3 = select %1 y x : f64[B 20 3]"
      "  %4 = gt %3 y : bool[B 20 3]  %5 = select %4 %2 %3 : f64[B 20 3]"
      "  result r = %2  result s = %5 }" },
    { "in place", "fn f(state x: f64[B 20 3], state y: f64[B 20 3]) : f64 {"
      "  %1 = add x y : f64[B 20 3]  %2 = mul x y : f64[B 20 3]  carry x = %1  carry y = %2 }" },
    { "one element", "fn f(state x: f64[B 1 1], state y: f64[B 1 1]) : f64 {"
      "  %1 = mul x y : f64[B 1 1]  %2 = con [i | B j] %1[B i j] : f64[1]  result r = %1  result s = %2 }" },
    { "whole vectors", "fn f(state x: f64[B 32 2 2], param c: f64[32]) : f64 {"
      "  %1 = con [B i j k |] c[i] : f64[B 32 2 2]  %2 = mul x %1 : f64[B 32 2 2]"
      "  %3 = con [i | B j k] %2[B i j k] : f64[32]  result r = %2  result s = %3 }" },
};

enum { SAMPLES = 11 };

typedef struct Setup {
    Arena     arena;
    Names     names;
    Fn       *fn;
    Tiling    t;
    TileFn    f;
    uint32_t  row_out;
    uint32_t  function;
    Home     *to, *dense;           /* of each root                                 */
    double   *inputs, *outputs, *fixed, *values, *bind[16];
} Setup;

static Fn *fn_of_text(Setup *s, const char *text)
{
    Diags diags = { .arena = &s->arena };
    Source source = { .path = "test", .text = text, .length = strlen(text) };
    Fn *fn = ir_parse(&s->arena, &s->names, &source, &diags);
    cr_assert(fn && !diags.errors, "%s", diags.list.count ? diags.list.at[0].text : "no function");
    const char *wrong = ir_verify(fn, &s->arena);
    cr_assert(!wrong, "%s", wrong);
    return fn;
}

static bool sums(const Fn *fn, Ref r) { return NODE(fn, r)->op == OP_CON && con_sums(CON(fn, r), SHAPE(fn, r)); }

static void place_leaf(Setup *s, const Symbol *leaf)
{
    TileNode *v = &s->f.node[leaf->node];
    Shape feature = tile_feature(leaf->shape);
    v->padded = leaf->role != ROLE_INPUT;
    v->lay = v->padded ? layout_of(s->t.layouts, feature) : layout_dense(feature);
    if (leaf->role == ROLE_TIME) v->here.area = AREA_TIME;
    else if (leaf->role == ROLE_PARAM) v->here = memory_fixed(&s->t.memory, v->lay.count);
    else if (leaf->role == ROLE_STATE) v->here = memory_values(&s->t.memory, v->lay.count);
    else v->here = (Home){ .area = AREA_INPUTS, .at = s->t.input_row }, s->t.input_row += (uint32_t)shape_count(feature);
}

static void place_root(Setup *s, size_t i)
{
    const Root *root = &s->fn->root.at[i];
    TileNode *v = &s->f.node[root->value];
    Shape shape = SHAPE(s->fn, root->value);
    v->lay = layout_of(s->t.layouts, tile_feature(shape));
    v->padded = true;
    if (root->kind == ROOT_CARRY) s->to[i] = s->f.node[s->fn->symbol.at[ir_symbol(s->fn, root->name)].node].here;
    else if (shape_batched(shape)) s->to[i] = memory_values(&s->t.memory, v->lay.count);
    else {
        s->to[i] = memory_fixed(&s->t.memory, (uint64_t)BLOCKS * v->lay.count);
        s->to[i].pitch = v->lay.count;
    }
    s->dense[i] = (Home){ .area = AREA_OUTPUTS, .at = s->t.output_row };
    s->t.output_row += (uint32_t)shape_count(shape);
}

/* ---- lowering -------------------------------------------------------------------------- */

static Shape item_shape(const Fn *fn, Ref r)
{
    return tile_feature(SHAPE(fn, sums(fn, r) ? NODE(fn, r)->arg[0] : r));
}

static void add_items(Setup *s, size_t i, MapItem *item, size_t *n)
{
    const Root *root = &s->fn->root.at[i];
    const TileNode *v = &s->f.node[root->value];
    MapItem *at = &item[(*n)++];
    *at = (MapItem){ .kind = MAP_STORE, .node = root->value, .to = s->to[i], .lay = v->lay, .padded = true };
    if (sums(s->fn, root->value)) {
        const Con *con = CON(s->fn, root->value);
        unsigned b = shape_batched(SHAPE(s->fn, NODE(s->fn, root->value)->arg[0]));
        Shape shape = item_shape(s->fn, root->value);
        at->kind = MAP_SUM;
        at->add = !shape_batched(SHAPE(s->fn, root->value));
        for (unsigned d = 0; d < shape.rank; d++)
            at->axis_of[d] = con->in[0][d + b].n ? con->in[0][d + b].ax[0] : NO_AXIS;
    } else if (root->kind == ROOT_RESULT)
        item[(*n)++] = (MapItem){ .kind = MAP_STORE, .node = root->value, .to = s->dense[i],
                                  .lay = layout_dense(item_shape(s->fn, root->value)) };
}

static void lower(Setup *s)
{
    Program *p = s->t.p;
    const Fn *fn = s->fn;
    s->function = fn_begin(p, "f", NULL);
    TileArgs *a = &s->f.args;
    a->batch = fn_param(p, "batch", L_INT);
    a->b = fn_param(p, "b", L_INT);
    a->inputs = fn_param_buffer(p, "inputs", SPACE_CONST, false, false);
    a->outputs = fn_param_buffer(p, "outputs", SPACE_SHARED, true, true);
    a->fixed = fn_param_buffer(p, "fixed", SPACE_SHARED, true, false);
    a->values = fn_param_buffer(p, "values", SPACE_SHARED, true, false);
    a->t = fn_param(p, "t", L_REAL);
    s->f.block = x_var(p, a->b);
    Exp each = x_op(p, OP_div, x_add(p, x_var(p, a->batch), x_int(p, BLOCKS - 1)), x_int(p, BLOCKS), 0);
    Var size = s_let(p, "size", each);
    Exp first = x_mul(p, x_var(p, a->b), x_var(p, size));
    Exp last = x_op(p, OP_min, x_add(p, first, x_var(p, size)), x_var(p, a->batch), 0);
    s->f.sample = x_var(p, s_for(p, "n", first, last, x_int(p, 1), FOR_ROLL));
    for (size_t i = 0; i < fn->root.count;) {
        MapItem item[32];
        size_t items = 0;
        Shape shape = item_shape(fn, fn->root.at[i].value);
        while (i < fn->root.count && shape_equal(shape, item_shape(fn, fn->root.at[i].value))) add_items(s, i++, item, &items);
        maps_lower(&s->f, shape, item, items);
    }
    s_end(p);
    fn_end(p);
    const char *wrong = loop_verify(p, &s->arena);
    if (getenv("SHOW")) {
        Text text = { .arena = &s->arena };
        loop_print(p, &text);
        fputs(text_string(&text), stderr);
    }
    cr_assert(!wrong, "%s", wrong);
}

/* ---- memory ------------------------------------------------------------------------------ */

static double *filled(Arena *arena, size_t count, double value)
{
    double *at = NEW_ARRAY(arena, double, count + 1);
    for (size_t i = 0; i < count; i++) at[i] = value;
    return at;
}

static double *element(Setup *s, Home home, const Layout *lay, Shape feature, size_t sample, uint64_t dense)
{
    uint64_t at = 0;
    for (unsigned d = feature.rank; d-- > 0;) {
        at += dense % feature.dim[d] * lay->step[d];
        dense /= feature.dim[d];
    }
    if (home.area == AREA_FIXED) return s->fixed + home.at + sample * home.pitch + at;
    if (home.area == AREA_INPUTS) return s->inputs + sample * s->t.input_row + home.at + at;
    if (home.area == AREA_OUTPUTS) return s->outputs + sample * s->t.output_row + home.at + at;
    return s->values + SAMPLES * home.at + sample * home.pitch + at;
}

static void fill_memory(Setup *s)
{
    s->inputs = filled(&s->arena, (size_t)SAMPLES * s->t.input_row, NAN);
    s->outputs = filled(&s->arena, (size_t)SAMPLES * s->t.output_row, NAN);
    s->fixed = filled(&s->arena, s->t.memory.fixed, NAN);
    s->values = filled(&s->arena, SAMPLES * s->t.memory.values, NAN);
    uint64_t random = 1;
    for (size_t i = 0; i < s->fn->symbol.count; i++) {
        const Symbol *leaf = &s->fn->symbol.at[i];
        const TileNode *v = &s->f.node[leaf->node];
        Shape feature = tile_feature(leaf->shape);
        size_t samples = shape_batched(leaf->shape) ? SAMPLES : 1, count = shape_count(feature);
        s->bind[i] = NEW_ARRAY(&s->arena, double, samples * count);
        for (size_t k = 0; k < samples * count; k++) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            s->bind[i][k] = leaf->role == ROLE_TIME ? 0.25 : (double)(random >> 40) / (1 << 23) - 1;
            if (v->here.area == AREA_TIME) continue;
            *element(s, v->here, &v->lay, feature, k / count, k % count) = s->bind[i][k];
        }
    }
    for (size_t i = 0; i < s->fn->root.count; i++) {
        const TileNode *v = &s->f.node[s->fn->root.at[i].value];
        if (s->to[i].area == AREA_FIXED) memset(s->fixed + s->to[i].at, 0, BLOCKS * v->lay.count * sizeof(double));
    }
}

static void run(Setup *s)
{
    char error[200] = "";
    for (int64_t b = 0; b < BLOCKS; b++) {
        LArg arg[] = { { .i = SAMPLES }, { .i = b },
                       { s->inputs, (size_t)SAMPLES * s->t.input_row, 0, 0 },
                       { s->outputs, (size_t)SAMPLES * s->t.output_row, 0, 0 },
                       { s->fixed, s->t.memory.fixed, 0, 0 }, { s->values, SAMPLES * s->t.memory.values, 0, 0 },
                       { .r = 0.25 } };
        cr_assert(loop_run(s->t.p, s->function, arg, COUNT(arg), error, sizeof error) == 0, "%s", error);
    }
}

/* ---- against the evaluator ------------------------------------------------------------------ */

static void expect_near(double got, double want, const char *name, const char *root, size_t k)
{
    cr_assert(fabs(got - want) <= 1e-12 * (1 + fabs(want)), "%s: %s[%zu] is %.17g, not %.17g", name, root, k, got, want);
}

static void compare(Setup *s, const char *name)
{
    Eval eval = ir_eval(&s->arena, s->fn, SAMPLES, (const double *const *)s->bind);
    for (size_t i = 0; i < s->fn->root.count; i++) {
        const Root *root = &s->fn->root.at[i];
        const Layout *lay = &s->f.node[root->value].lay;
        Shape feature = tile_feature(SHAPE(s->fn, root->value));
        Layout dense = layout_dense(feature);
        bool batched = shape_batched(SHAPE(s->fn, root->value));
        size_t count = shape_count(feature), all = batched ? SAMPLES * count : count;
        for (size_t k = 0; k < all; k++) {
            double got = 0, want = eval.value[root->value][k];
            if (batched) got = *element(s, s->to[i], lay, feature, k / count, k % count);
            else for (unsigned b = 0; b < BLOCKS; b++) got += *element(s, s->to[i], lay, feature, b, k);
            expect_near(got, want, name, root->name, k);
            if (root->kind == ROOT_RESULT && !sums(s->fn, root->value))
                expect_near(*element(s, s->dense[i], &dense, feature, k / count, k % count), want, name, root->name, k);
        }
    }
}

static void run_case(const struct Case *c)
{
    Setup s = { .names = { 0 } };
    s.names.arena = &s.arena;
    s.fn = fn_of_text(&s, c->text);
    s.t = (Tiling){ .arena = &s.arena, .p = program_new(&s.arena, &s.names, TYPE_F64), .layouts = layouts_new(&s.arena) };
    s.f = (TileFn){ .t = &s.t, .p = s.t.p, .arena = &s.arena, .fn = s.fn, .name = "f" };
    s.f.node = NEW_ARRAY(&s.arena, TileNode, s.fn->node.count);
    s.to = NEW_ARRAY(&s.arena, Home, s.fn->root.count);
    s.dense = NEW_ARRAY(&s.arena, Home, s.fn->root.count);
    layouts_vote(s.t.layouts, s.fn);
    for (size_t i = 0; i < s.fn->symbol.count; i++) place_leaf(&s, &s.fn->symbol.at[i]);
    for (size_t i = 0; i < s.fn->root.count; i++) place_root(&s, i);
    lower(&s);
    fill_memory(&s);
    run(&s);
    compare(&s, c->name);
    arena_free(&s.arena);
}

Test(maps, agree_with_the_evaluator)
{
    for (size_t i = 0; i < COUNT(cases); i++) run_case(&cases[i]);
}
