/* test_tile.c: the tile regime against the evaluator: fields with convolutions and batch
 * statistics, their steps back, and heads, for batches that fill their blocks and that
 * do not.                                                                            */
#include "pass/pass.h"
#include "tile.h"

#include <stdio.h>

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
    cr_assert(fn, "%s", text);
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

static const struct { const char *name, *text; } small[] = {
    { "maps", "fn maps(state x: f64[B 20], time t: f64[B]) : f64 {"
      "  %1 = con [B i |] t[B] : f64[B 20]  %2 = mul x %1 : f64[B 20]  %3 = exp %2 : f64[B 20]"
      "  result y = %3  carry x = %2 }" },
};

Test(tile, small_functions)
{
    for (size_t i = 0; i < COUNT(small); i++) check(parsed(small[i].text), 2);
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
