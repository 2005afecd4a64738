/* test_tile.c: the tile regime against the evaluator: fields with convolutions and batch
 * statistics, their steps back, and heads, for batches that fill their blocks and that
 * do not.                                                                            */
#include "pass/pass.h"
#include "tile/tile_in.h"
#include "golden_run.h"
#include "tile.h"

#include <stdio.h>

enum { RANDOM = 200 };

static Arena arena;
static Names names;

static void begin(void) { names = (Names){ .arena = &arena }; }
static void end(void) { arena_free(&arena); }

TestSuite(tile, .init = begin, .fini = end);

static Fn *parsed(const char *text)
{
    Diags diags = { .arena = &arena };
    Source source = { .path = "case", .text = text, .length = strlen(text) };
    Fn *fn = ir_parse(&arena, &names, &source, &diags);
    cr_assert(fn, "%s: %s", text, diags.list.count ? diags.list.at[0].text : "");
    const char *wrong = ir_verify(fn, &arena);
    cr_assert(!wrong, "%s", wrong);
    return fn;
}

static void check_at(const Fn *raw, size_t batch, size_t steps)
{
    tile_check(&arena, &names, pass_finish(&arena, raw), batch, steps, 1e-12);
}

static void check(const Fn *raw, size_t steps)
{
    static const size_t batch[] = { 1, 5, 9, 32 };
    for (size_t i = 0; i < COUNT(batch); i++) check_at(raw, batch[i], steps);
}

/* ---- layers, by hand -------------------------------------------------------------------------- */

static Aff bare(unsigned axis) { return (Aff){ .n = 1, .k = { 1 }, .ax = { (uint8_t)axis } }; }

static Aff window(unsigned stride, unsigned at, unsigned tap, int pad)
{
    return (Aff){ .c = -pad, .n = 2, .k = { (int16_t)stride, 1 }, .ax = { (uint8_t)at, (uint8_t)tap } };
}

static Shape dims(unsigned rank, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return (Shape){ .rank = (uint8_t)rank, .dim = { a, b, c, d } };
}

static Ref param(Fn *f, const char *name, Shape shape) { return ir_leaf(f, ROLE_PARAM, name, f->real, shape); }

/* x[B c y x] with w[o c k k], axes n o y x | c i j */
static Ref conv(Fn *f, const char *name, Ref x, uint32_t out, uint32_t taps, unsigned stride, int pad)
{
    Shape s = SHAPE(f, x);
    uint32_t y = (s.dim[2] + 2 * (uint32_t)pad - taps) / stride + 1, z = (s.dim[3] + 2 * (uint32_t)pad - taps) / stride + 1;
    Con con = { .naxis = 7, .nopd = 2, .extent = { BATCH, out, y, z, s.dim[1], taps, taps },
                .out = { bare(0), bare(1), bare(2), bare(3) },
                .in = { { bare(0), bare(4), window(stride, 2, 5, pad), window(stride, 3, 6, pad) },
                        { bare(1), bare(4), bare(5), bare(6) } } };
    Ref w = param(f, name, dims(4, out, s.dim[1], taps, taps));
    return ir_con(f, &con, dims(4, BATCH, out, y, z), (Ref[]){ x, w });
}

static Ref with_time(Fn *f, Ref x, Ref t)
{
    Shape s = SHAPE(f, x);
    Ref part[] = { x, ir_expand(f, t, dims(4, BATCH, 1, s.dim[2], s.dim[3])) };
    return ir_concat(f, part, 2, 1);
}

/* [c] along [B c ..] */
static Ref channels(Fn *f, Ref v, Shape to)
{
    Con con = { .naxis = to.rank, .nopd = 1, .in = { { bare(1) } } };
    for (unsigned d = 0; d < to.rank; d++) con.extent[d] = to.dim[d], con.out[d] = bare(d);
    return ir_con(f, &con, to, &v);
}

static Ref batch_mean(Fn *f, Ref x, Ref weight)
{
    Shape s = SHAPE(f, x);
    double pixels = 1;
    for (unsigned d = 2; d < s.rank; d++) pixels *= s.dim[d];
    Ref sum = ir_sum(f, x, ((1u << s.rank) - 1) & ~2u);
    return ir_mul(f, sum, ir_mul(f, weight, ir_num(f, 1 / pixels)));
}

/* Batch normalisation over raw moments: x * scale + shift. */
static Ref norm(Fn *f, const char *name, Ref x, Ref weight)
{
    Shape s = SHAPE(f, x), channel = dims(1, s.dim[1], 0, 0, 0);
    Ref g = param(f, arena_printf(&arena, "%s.g", name), channel), b = param(f, arena_printf(&arena, "%s.b", name), channel);
    Ref mean = batch_mean(f, x, weight), square = batch_mean(f, ir_mul(f, x, x), weight);
    Ref var = ir_add(f, ir_sub(f, square, ir_mul(f, mean, mean)), ir_num(f, 1e-2));
    Ref scale = ir_map(f, OP_div, g, ir_map(f, OP_sqrt, var, 0, 0), 0);
    Ref shift = ir_sub(f, b, ir_mul(f, mean, scale));
    return ir_add(f, ir_mul(f, x, channels(f, scale, s)), channels(f, shift, s));
}

static Ref relu(Fn *f, Ref x) { return ir_map(f, OP_relu, x, 0, 0); }

/* The field of middle.md: conv, relu and batch norm twice, time as a channel. */
static Fn *conv_field(uint32_t c, uint32_t side, bool normed)
{
    Fn *f = fn_new(&arena, &names, "ConvField", TYPE_F64);
    Ref z = ir_leaf(f, ROLE_STATE, "z", TYPE_F64, dims(4, BATCH, c, side, side));
    Ref t = ir_leaf(f, ROLE_TIME, "t", TYPE_F64, dims(1, BATCH, 0, 0, 0));
    Ref weight = ir_leaf(f, ROLE_SCALAR, "weight", TYPE_F64, (Shape){ 0 });
    Ref a = relu(f, conv(f, "w1", with_time(f, z, t), c, 3, 1, 1));
    if (normed) a = norm(f, "n1", a, weight);
    Ref b = relu(f, conv(f, "w2", with_time(f, a, t), c, 3, 1, 1));
    if (normed) b = norm(f, "n2", b, weight);
    ir_root(f, ROOT_RESULT, "dz", b);
    return f;
}

/* ---- small functions ------------------------------------------------------------------------ */

static const char *const small[] = {
    "fn maps(state x: f64[B 20], time t: f64[B]) : f64 {"
    "  %1 = con [B i |] t[B] : f64[B 20]  %2 = mul x %1 : f64[B 20]  %3 = exp %2 : f64[B 20]"
    "  result y = %3  carry x = %2 }",

    "fn swap(state x: f64[B 3 5], state y: f64[B 3 5]) : f64 { carry x = y  carry y = x }",

    /* a carried leaf that another shape reads along, and one that is its own new value */
    "fn along(state x: f64[B 5], state y: f64[B 3 5], state z: f64[B 5]) : f64 {"
    "  %1 = con [B i j |] x[B j] : f64[B 3 5]  %2 = add y %1 : f64[B 3 5]"
    "  %3 = con [B j | i] y[B i j] : f64[B 5]  %4 = add x %3 : f64[B 5]"
    "  carry x = %4  carry y = %2  carry z = z }",

    /* others read the old value until the last of them has */
    "fn old(state x: f64[B 5], param w: f64[5 5]) : f64 {"
    "  %1 = sin x : f64[B 5]  %2 = con [B i | j] %1[B j] * %1[B i] : f64[B 5]  %3 = con [B i | j] x[B j] * x[B i] : f64[B 5]"
    "  %4 = neg x : f64[B 5]  %5 = con [B i+1 |] x[B i] : f64[B 6]  result r = %2  result s = %3  result u = %5  carry x = %4 }",

    "fn pieces(state x: f64[B 4 6], input u: f64[B 4 6]) : f64 {"
    "  %1 = con [B i j |] x[B 2*i j] : f64[B 2 6]      %2 = con [B j i |] u[B i j] : f64[B 6 4]"
    "  %3 = con [B i j+1 |] x[B i j] : f64[B 4 8]        %4 = con [B 0 j |] u[B 2 j] : f64[B 3 6]"
    "  %5 = con [B 6*i+j |] x[B i j] : f64[B 24]         %6 = con [B i 2*j+1 |] x[B i j] : f64[B 4 12]"
    "  %7 = exp %5 : f64[B 24]  result a = %1  result b = %2  result c = %3  result d = %4  result e = %7  result f = %6 }",

    "fn products(state x: f64[B 4 6], state y: f64[B 6 5], param w: f64[4 4]) : f64 {"
    "  %1 = con [B i j | k] x[B i k] * y[B k j] : f64[B 4 5]     %2 = con [B i j | k l] x[B i k] * x[B j k] * w[i l] : f64[B 4 4]"
    "  %3 = con [i j | B k] x[B i k] * x[B j k] : f64[4 4]       %4 = con [B i | j] %2[B i j] * w[j i] : f64[B 4]"
    "  %5 = con [i | B] %4[B i] : f64[4]  %6 = mul %5 %5 : f64[4]  %7 = con [B i |] %6[i] : f64[B 4]  %8 = sub %4 %7 : f64[B 4]"
    "  result a = %1  result b = %8  sum w = %3 }",

    /* sums over samples that only glue reads, and one of what is the same for all */
    "fn glue(state x: f64[B 7], param w: f64[7], time t: f64[B], buffer m: f64[7], buffer k: f64[]) : f64 {"
    "  %1 = con [i | B] x[B i] * t[B] : f64[7]  %2 = mul w %1 : f64[7]  %3 = exp %1 : f64[7]  %4 = mul %3 m : f64[7]"
    "  %5 = con [| B] t[B] : f64[]  %6 = add k %5 : f64[]  %7 = mul m %2 : f64[7]  %8 = con [B i |] m[i] : f64[B 7]  %9 = add x %8 : f64[B 7]"
    "  sum w = %7  update m = %3  update k = %6  result r = %4  result s = %5  carry x = %9 }",

    "fn uniform(state x: f64[B 4], time t: f64[B], param w: f64[4]) : f64 {"
    "  %1 = exp t : f64[B]  %2 = con [B i |] w[i] : f64[B 4]  %3 = con [B i |] t[B] : f64[B 4]  %4 = mul %2 %3 : f64[B 4]"
    "  %5 = con [i | B] x[B i] : f64[4]  %6 = con [B i |] %5[i] : f64[B 4]"
    "  result a = %1  result b = %4  result c = %6 }",

    "fn choice(state x: f64[B 3 4 5], param w: f64[10 7], input n: i32[B]) : f64 {"
    "  %1 = peak_max x over 1 3 : f64[B 4]  %2 = take w n axis 0 : f64[B 7]  %3 = put %1 n axis 1 : f64[B 10 4]"
    "  %4 = peak_min x over 1 : f64[B 4 5]  %5 = exp %3 : f64[B 10 4]"
    "  result a = %1  result b = %2  result c = %5  result d = %4 }",

    /* a sum with holes, and vectors that would run over them */
    "fn holes(state x: f64[B 17]) : f64 {"
    "  %1 = con [i j | B] x[B 2*i] : f64[17 3]  %2 = con [2*i j | B] x[B i] : f64[33 3]  result a = %1  result b = %2 }",

    /* products of all samples at 8 points, of a map of what is there */
    "fn points(state x: f64[B 8 64], param w: f64[8 64 128]) : f64 {"
    "  %1 = exp x : f64[B 8 64]  %2 = con [B i j | k] %1[B i k] * w[i k j] : f64[B 8 128]  %3 = sin %2 : f64[B 8 128]"
    "  %4 = con [i k j | B] %1[B i k] * %3[B i j] : f64[8 64 128]  sum w = %4  result y = %3 }",

    /* weights so large that their gradient is one sum, shared out by rows */
    "fn large(input u: f64[B 700], param w: f64[100 700]) : f64 {"
    "  %1 = con [B i | j] u[B j] * w[i j] : f64[B 100]  %2 = sin %1 : f64[B 100]  %3 = exp u : f64[B 700]"
    "  %4 = con [i j | B] %2[B i] * %3[B j] : f64[100 700]  sum w = %4  result y = %2 }",

    /* the end of a solve, its cotangent, and what crosses from one to the other */
    "fn late(input u: f64[B 6], state late1_x: f64[B 6], cotangent late2_a: f64[B 6], param w: f64[6 6], param v: f64[6]) : f64 {"
    "  %1 = con [B i | j] u[B j] * w[i j] : f64[B 6]   %2 = exp late1_x : f64[B 6]  %3 = mul %2 %1 : f64[B 6]"
    "  %4 = con [B i | j] %3[B j] * w[j i] : f64[B 6]  %5 = con [i | B] %4[B i] : f64[6]  %6 = con [B i |] %5[i] : f64[B 6]"
    "  %7 = mul %4 %6 : f64[B 6]  %8 = mul late2_a %2 : f64[B 6]  %9 = con [i j | B] %8[B i] * u[B j] : f64[6 6]"
    "  %10 = con [i | B] %8[B i] * %4[B i] : f64[6]  %11 = mul %10 %5 : f64[6]"
    "  result begin = %1  result out = %7  sum w = %9  sum v = %11 }",
};

Test(tile, small_functions)
{
    for (size_t i = 0; i < COUNT(small); i++) check(parsed(small[i]), 2);
}

Test(tile, a_field_without_coupling) { check_at(conv_field(20, 7, false), 5, 1); }

Test(tile, a_field_with_norms)
{
    check_at(conv_field(20, 7, true), 1, 1);
    check(conv_field(3, 4, true), 1);
}

Test(tile, steps)
{
    check_at(pass_step(&arena, conv_field(20, 5, true), solver_by_name("euler")), 5, 2);
    check(pass_step(&arena, conv_field(3, 3, true), solver_by_name("heun")), 2);
}

Test(tile, continuous_adjoint)
{
    check_at(pass_pull_adjoint(&arena, conv_field(20, 5, true), solver_by_name("euler")), 5, 2);
    check(pass_pull_adjoint(&arena, conv_field(3, 3, true), solver_by_name("heun")), 2);
    check_at(pass_pull_adjoint(&arena, conv_field(3, 3, true), solver_by_name("rk4")), 9, 2);
}

Test(tile, discrete_adjoint)
{
    check_at(pass_pull_discrete(&arena, conv_field(20, 5, true), solver_by_name("euler")), 5, 2);
    check(pass_pull_discrete(&arena, conv_field(3, 3, true), solver_by_name("heun")), 2);
}

/* Winograd's transforms make one large product of all samples, at 64 points. */
static Fn *winograd_field(void) { return pass_winograd(&arena, conv_field(32, 6, true), 1e-4); }

Test(tile, products_over_all_samples)
{
    Fn *pull = pass_finish(&arena, pass_pull_adjoint(&arena, winograd_field(), solver_by_name("euler")));
    tile_check(&arena, &names, pull, 9, 2, 1e-10);
    tile_check(&arena, &names, pull, 1, 1, 1e-10);
}

/* ---- heads and whole models ------------------------------------------------------------------- */

static Ref mean_pool(Fn *f, Ref x)
{
    Shape s = SHAPE(f, x);
    Ref sum = ir_sum(f, x, 12);
    return ir_mul(f, sum, ir_expand(f, ir_num(f, 1.0 / (s.dim[2] * s.dim[3])), SHAPE(f, sum)));
}

static Ref linear(Fn *f, const char *name, Ref x, uint32_t out)
{
    Shape s = SHAPE(f, x);
    Con con = { .naxis = 3, .nopd = 2, .extent = { BATCH, out, s.dim[1] }, .out = { bare(0), bare(1) },
                .in = { { bare(0), bare(2) }, { bare(1), bare(2) } } };
    Ref w = param(f, arena_printf(&arena, "%s.w", name), dims(2, out, s.dim[1], 0, 0));
    Ref b = param(f, arena_printf(&arena, "%s.b", name), dims(1, out, 0, 0, 0));
    Ref y = ir_con(f, &con, dims(2, BATCH, out, 0, 0), (Ref[]){ x, w });
    return ir_add(f, y, channels(f, b, SHAPE(f, y)));
}

/* -log softmax(x)[label], [B] */
static Ref cross_entropy(Fn *f, Ref x, Ref label)
{
    Shape s = SHAPE(f, x);
    Ref peak = ir_peak(f, OP_PEAK_MAX, x, 2);
    Ref e = ir_map(f, OP_exp, ir_sub(f, x, ir_expand(f, peak, s)), 0, 0);
    Ref all = ir_add(f, ir_map(f, OP_log, ir_sum(f, e, 2), 0, 0), peak);
    return ir_sub(f, all, ir_take(f, x, label, 1));
}

static const Shape per_sample = { .rank = 1, .dim = { BATCH } };

static void root_loss(Fn *f, Ref loss, Ref weight)
{
    ir_root(f, ROOT_RESULT, "each", loss);
    ir_root(f, ROOT_RESULT, "mean", ir_sum(f, ir_mul(f, loss, ir_expand(f, weight, per_sample)), 1));
}

static Ref weight_leaf(Fn *f) { return ir_leaf(f, ROLE_SCALAR, "weight", TYPE_F64, (Shape){ 0 }); }

static Ref label_leaf(Fn *f) { return ir_leaf(f, ROLE_INPUT, "label", TYPE_I32, per_sample); }

static Fn *head(void)
{
    Fn *f = fn_new(&arena, &names, "Head", TYPE_F64);
    Ref x = ir_leaf(f, ROLE_STATE, "x", TYPE_F64, dims(4, BATCH, 20, 3, 3)), w = weight_leaf(f);
    Ref y = linear(f, "l2", relu(f, linear(f, "l1", mean_pool(f, x), 18)), 10);
    ir_root(f, ROOT_RESULT, "logits", y);
    root_loss(f, cross_entropy(f, y, label_leaf(f)), w);
    return f;
}

/* Roots of f and, for the root "each", gradients of the parameters and of the leaf x. */
static Fn *with_gradient(Fn *f, const char *x)
{
    Ref *leaf = NEW_ARRAY(&arena, Ref, f->symbol.count), *bar = NEW_ARRAY(&arena, Ref, f->symbol.count);
    Ref seed = 0, loss = 0;
    size_t n = 0;
    for (size_t i = 0; i < f->root.count; i++)
        if (!strcmp(f->root.at[i].name, "each")) loss = f->root.at[i].value;
    for (size_t i = 0; i < f->symbol.count; i++)
        if (f->symbol.at[i].role == ROLE_PARAM || !strcmp(f->symbol.at[i].name, x)) leaf[n++] = f->symbol.at[i].node;
    seed = ir_expand(f, f->symbol.at[ir_symbol(f, name_of(&names, "weight"))].node, per_sample);
    vjp_into(f, &loss, &seed, 1, leaf, n, bar);
    for (size_t i = 0; i < n; i++) {
        const char *name = f->symbol.at[NODE(f, leaf[i])->aux].name;
        if (strcmp(name, x) != 0) ir_root(f, ROOT_SUM, name, bar[i]);
        else ir_root(f, ROOT_RESULT, arena_printf(&arena, "%s_bar", x), bar[i]);
    }
    return f;
}

Test(tile, heads)
{
    check(head(), 1);
    check(with_gradient(head(), "x"), 1);
}

/* An image, two strided convolutions with norms, and a head. */
static Fn *classifier(void)
{
    Fn *f = fn_new(&arena, &names, "Classifier", TYPE_F64);
    Ref x = ir_leaf(f, ROLE_INPUT, "image", TYPE_F64, dims(4, BATCH, 1, 9, 9)), w = weight_leaf(f);
    Ref a = relu(f, norm(f, "n1", conv(f, "w1", x, 6, 3, 1, 0), w));
    Ref b = relu(f, norm(f, "n2", conv(f, "w2", a, 20, 4, 2, 1), w));
    root_loss(f, cross_entropy(f, linear(f, "l", mean_pool(f, b), 10), label_leaf(f)), w);
    return f;
}

Test(tile, classifiers)
{
    check(classifier(), 1);
    check(with_gradient(classifier(), ""), 2);
}

/* A convolution of any kind, and both of its gradients. */
static Fn *one_conv(uint32_t side, uint32_t taps, unsigned stride, int pad)
{
    Fn *f = fn_new(&arena, &names, arena_printf(&arena, "Conv%ux%u s%u p%d", taps, taps, stride, pad), TYPE_F64);
    Ref x = ir_leaf(f, ROLE_STATE, "x", TYPE_F64, dims(4, BATCH, 3, side, side));
    weight_leaf(f);
    Ref y = conv(f, "w", x, 18, taps, stride, pad);
    ir_root(f, ROOT_RESULT, "each", ir_sum(f, ir_mul(f, y, y), 14));
    return with_gradient(f, "x");
}

Test(tile, convolutions_of_any_kind)
{
    static const uint32_t taps[] = { 1, 3, 4, 5 };
    for (size_t k = 0; k < COUNT(taps); k++)
        for (unsigned stride = 1; stride <= 3; stride++)
            for (int pad = 0; pad <= 2; pad++) check_at(one_conv(7, taps[k], stride, pad), 2, 1);
}

/* ---- random functions ---------------------------------------------------------------------------- */

typedef struct Dice { unsigned seed; } Dice;

static unsigned roll(Dice *d, unsigned n)
{
    d->seed = d->seed * 1664525u + 1013904223u;
    return (d->seed >> 8) % n;
}

static const Shape shapes[] = {
    { .rank = 1, .dim = { BATCH } }, { .rank = 2, .dim = { BATCH, 3 } }, { .rank = 2, .dim = { BATCH, 17 } },
    { .rank = 3, .dim = { BATCH, 17, 3 } }, { .rank = 4, .dim = { BATCH, 3, 2, 17 } },
    { 0 }, { .rank = 1, .dim = { 3 } }, { .rank = 1, .dim = { 17 } }, { .rank = 2, .dim = { 17, 3 } },
};

/* A node of this shape among those there are, else 0. */
static Ref some(Dice *d, const Fn *f, Shape shape)
{
    unsigned n = (unsigned)f->node.count - 1, from = roll(d, n);
    for (unsigned i = 0; i < n; i++) {
        Ref r = 1 + (from + i) % n;
        if (shape_equal(SHAPE(f, r), shape) && NODE(f, r)->type == f->real) return r;
    }
    return 0;
}

static Ref some_map(Dice *d, Fn *f, Shape shape)
{
    static const Op op[] = { OP_add, OP_sub, OP_mul, OP_min, OP_max, OP_sin, OP_relu, OP_neg };
    Op o = op[roll(d, COUNT(op))];
    Ref a = some(d, f, shape), b = op_info(o)->narg > 1 ? some(d, f, shape) : 0;
    return a && (b || op_info(o)->narg == 1) ? ir_map(f, o, a, b, 0) : 0;
}

/* Axes by extent: dimensions of one extent are indexed by one axis, or by axes of their own. */
static Ref some_con(Dice *d, Fn *f, Shape out)
{
    Con con = { .nopd = (uint8_t)(1 + roll(d, 2)) };
    Ref arg[MAX_OPERANDS] = { 0 };
    Shape shape[3] = { out };
    for (unsigned k = 0; k < con.nopd; k++) {
        arg[k] = some(d, f, shapes[roll(d, COUNT(shapes))]);
        if (!arg[k]) return 0;
        shape[k + 1] = SHAPE(f, arg[k]);
    }
    for (unsigned k = 0; k <= con.nopd; k++)
        for (unsigned i = 0; i < shape[k].rank; i++) {
            unsigned a = 0;
            bool apart = shape[k].dim[i] != BATCH && roll(d, 4) == 0;
            while (a < con.naxis && (con.extent[a] != shape[k].dim[i] || apart)) a++;
            if (a == MAX_AXES) return 0;
            if (a == con.naxis) con.extent[con.naxis++] = shape[k].dim[i];
            *(k ? &con.in[k - 1][i] : &con.out[i]) = bare(a);
            Aff *index = k ? &con.in[k - 1][i] : &con.out[i];
            if (shape[k].dim[i] != BATCH && roll(d, 6) == 0) index->c = (int)roll(d, 3) - 1;
            if (shape[k].dim[i] != BATCH && roll(d, 12) == 0) index->k[0] = 2;
        }
    return ir_con(f, &con, out, arg);
}

static Ref some_choice(Dice *d, Fn *f)
{
    Ref a = some(d, f, shapes[roll(d, COUNT(shapes))]), label = f->symbol.at[ir_symbol(f, name_of(&names, "label"))].node;
    Shape s = a ? SHAPE(f, a) : (Shape){ 0 };
    unsigned b = shape_batched(s), axis = b + (s.rank > b ? roll(d, s.rank - b) : 0);
    if (!a || s.rank == b) return 0;
    if (roll(d, 3)) return ir_peak(f, roll(d, 2) ? OP_PEAK_MAX : OP_PEAK_MIN, a, 1u << axis);
    return b && roll(d, 2) ? ir_put(f, a, label, axis, 3) : ir_take(f, a, label, axis);
}

/* Chosen by a comparison, which is nowhere in memory. */
static Ref some_select(Dice *d, Fn *f, Shape shape)
{
    Ref a = some(d, f, shape), b = some(d, f, shape), c = some(d, f, shape);
    return a ? ir_map(f, OP_select, ir_map(f, OP_lt, a, b, 0), c, ir_mul(f, a, b)) : 0;
}

/* Lest values grow from one to the next. */
static Ref tame(Fn *f, Ref r) { return r && NODE(f, r)->type == f->real ? ir_map(f, OP_sin, r, 0, 0) : r; }

static void random_roots(Dice *d, Fn *f)
{
    char name[8] = "r0";
    for (unsigned i = 0; i < 4; i++, name[1]++) {
        Ref r = some(d, f, shapes[roll(d, COUNT(shapes))]);
        if (r) ir_root(f, ROOT_RESULT, name, r);
    }
    for (size_t i = 0; i < f->symbol.count; i++) {
        const Symbol s = f->symbol.at[i];
        Ref r = some(d, f, s.shape);
        if (s.role == ROLE_STATE && !tile_moment(s.name) && roll(d, 2)) ir_root(f, ROOT_CARRY, s.name, r);
        if (s.role == ROLE_PARAM) ir_root(f, ROOT_SUM, s.name, r);
        if (s.role == ROLE_BUFFER && roll(d, 2)) ir_root(f, ROOT_UPDATE, s.name, r);
    }
}

static Fn *random_fn(unsigned seed)
{
    static const struct { Role role; const char *name; unsigned shape; } leaf[] = {
        { ROLE_STATE, "x", 2 }, { ROLE_STATE, "y", 4 }, { ROLE_STATE, "z", 3 }, { ROLE_TIME, "t", 0 },
        { ROLE_INPUT, "u", 1 }, { ROLE_PARAM, "p", 8 }, { ROLE_PARAM, "q", 7 }, { ROLE_BUFFER, "m", 6 },
        { ROLE_SCALAR, "weight", 5 }, { ROLE_STATE, "late1_v", 2 }, { ROLE_COTANGENT, "late2_w", 3 },
    };
    Dice d = { seed };
    Fn *f = fn_new(&arena, &names, arena_printf(&arena, "Random%u", seed), TYPE_F64);
    for (size_t i = 0; i < COUNT(leaf); i++) ir_leaf(f, leaf[i].role, leaf[i].name, TYPE_F64, shapes[leaf[i].shape]);
    ir_leaf(f, ROLE_INPUT, "label", TYPE_I32, per_sample);
    for (unsigned i = 0; i < 30; i++) {
        Shape shape = shapes[roll(&d, COUNT(shapes))];
        switch (roll(&d, 8)) {
        case 0: case 1: case 2: some_map(&d, f, shape); break;
        case 3: some_select(&d, f, shape); break;
        case 4: some_choice(&d, f); break;
        default: tame(f, some_con(&d, f, shape)); break;
        }
    }
    random_roots(&d, f);
    return f;
}

Test(tile, random_functions)
{
    static const size_t batch[] = { 1, 3, 11 };
    for (unsigned seed = 1; seed <= RANDOM; seed++)
        tile_check(&arena, &names, pass_finish(&arena, random_fn(seed)), batch[seed % COUNT(batch)], 2, 1e-8);
}

/* ---- what is decided, as text -------------------------------------------------------------------- */

static void check_text(const char *name, const Fn *raw)
{
    Fn *fn = pass_finish(&arena, raw);
    TileTest *x = tile_open(&arena, &names, fn, 32);
    Text t = { .arena = &arena };
    ir_print(tile_gather(&arena, fn), &t);
    text_add(&t, "\n");
    tile_print(&x->t, fn, x->bind, x->binds, &t);
    golden_compare(&arena, arena_printf(&arena, "tests/golden/tile/%s.x", name), ".phases", text_string(&t));
}

Test(tile, phases_as_text)
{
    check_text("step", pass_step(&arena, conv_field(64, 6, true), solver_by_name("euler")));
    check_text("pull", pass_pull_adjoint(&arena, conv_field(64, 6, true), solver_by_name("euler")));
    check_text("winograd", pass_pull_adjoint(&arena, winograd_field(), solver_by_name("euler")));
    check_text("classifier", with_gradient(classifier(), ""));
}
