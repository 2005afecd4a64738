/* Convolutions of three taps through transforms: the same numbers and gradients as the
 * direct ones, in double to rounding, in single to what the row of tilings says; and
 * what is not such a convolution, or not allowed, stays as it is.                     */
#include "fields.h"
#include "pass/pass.h"
#include "scratch.h"

SCRATCH_SUITE(winograd);

/* 32 channels in and out of the third dimension of X; pad zeros around, the weight's taps
 * run backwards if `turned`, and its own shape has one channel more than is read.       */
static Fn *convolution(Type real, unsigned height, unsigned width, unsigned pad, bool turned)
{
    Fn *f = fn_new(&arena, &names, "f", real);
    unsigned oh = height + 2 * pad - 2, ow = width + 2 * pad - 2;
    Ref x = ir_leaf(f, ROLE_STATE, "x", real, (Shape){4, {BATCH, 32, height, width}});
    Ref w = ir_leaf(f, ROLE_PARAM, "w", real, (Shape){4, {40, 33, 3, 3}});
    Con c = {.naxis = 7, .nopd = 2, .extent = {BATCH, 40, oh, ow, 32, 3, 3}};
    for (unsigned d = 0; d < 4; d++) c.out[d] = (Aff){0, {1}, {(uint8_t)d}, 1};
    c.in[0][0] = (Aff){0, {1}, {0}, 1};
    c.in[0][1] = (Aff){0, {1}, {4}, 1};
    c.in[0][2] = (Aff){-(int)pad, {1, 1}, {2, 5}, 2};
    c.in[0][3] = (Aff){-(int)pad, {1, 1}, {3, 6}, 2};
    c.in[1][0] = (Aff){0, {1}, {1}, 1};
    c.in[1][1] = (Aff){0, {1}, {4}, 1};
    for (unsigned k = 0; k < 2; k++)
        c.in[1][2 + k] = turned ? (Aff){2, {-1}, {(uint8_t)(5 + k)}, 1} : (Aff){0, {1}, {(uint8_t)(5 + k)}, 1};
    ir_root(f, ROOT_RESULT, "y", ir_con(f, &c, (Shape){4, {BATCH, 40, oh, ow}}, (Ref[]){x, w}));
    return f;
}

static unsigned products(const Fn *f)
{
    unsigned n = 0;
    for (Ref r = 1; r < f->node.count; r++) n += NODE(f, r)->op == OP_CON;
    return n;
}

static double *noise(size_t n, uint64_t stream)
{
    double *x = NEW_ARRAY(&arena, double, n);
    for (size_t i = 0; i < n; i++) {
        uint64_t bits = (i + 1) * 0x9E3779B97F4A7C15u ^ stream * 0xC2B2AE3D27D4EB4Fu;
        bits ^= bits >> 29;
        bits *= 0xBF58476D1CE4E5B9u;
        x[i] = (double)(bits >> 40) / (1 << 23) - 1;
    }
    return x;
}

static void check(Type real, unsigned height, unsigned width, unsigned pad, bool turned, double accuracy, double relative)
{
    enum { SAMPLES = 2 };
    unsigned oh = height + 2 * pad - 2, ow = width + 2 * pad - 2;
    size_t ny = SAMPLES * 40u * oh * ow, nx = SAMPLES * 32u * height * width, nw = 40u * 33 * 9;
    Fn *direct = convolution(real, height, width, pad, turned), *other = pass_winograd(&arena, direct, accuracy);
    const char *wrong = ir_verify(other, &arena);
    cr_assert(!wrong, "%s", wrong);
    cr_assert_gt(products(other), 5, "it is rewritten");

    Bound bound[] = {{"x", noise(nx, 1)}, {"w", noise(nw, 2)}, {"a_y", noise(ny, 3)}};
    Eval a = run_fn(&arena, convolution(TYPE_F64, height, width, pad, turned), SAMPLES, bound, 3);
    Eval b = run_fn(&arena, pass_finish(&arena, other), SAMPLES, bound, 3);
    assert_near(root_of(&b, ROOT_RESULT, "y"), root_of(&a, ROOT_RESULT, "y"), ny, relative, "y");

    Fn *reference = convolution(TYPE_F64, height, width, pad, turned);
    a = run_fn(&arena, pass_finish(&arena, pass_vjp(&arena, reference, "vjp", NULL, 0)), SAMPLES, bound, 3);
    b = run_fn(&arena, pass_finish(&arena, pass_vjp(&arena, other, "vjp", NULL, 0)), SAMPLES, bound, 3);
    assert_near(root_of(&b, ROOT_RESULT, "x_bar"), root_of(&a, ROOT_RESULT, "x_bar"), nx, relative, "x_bar");
    assert_near(root_of(&b, ROOT_SUM, "w"), root_of(&a, ROOT_SUM, "w"), nw, relative, "w");
}

Test(winograd, is_the_convolution)
{
    check(TYPE_F64, 6, 6, 1, false, 1e-5, 1e-12);       /* one tile of 6 x 6            */
    check(TYPE_F64, 6, 6, 1, true, 1e-5, 1e-12);
    check(TYPE_F64, 7, 5, 1, false, 1e-5, 1e-12);       /* tiles that hang over         */
    check(TYPE_F64, 8, 8, 0, false, 1e-5, 1e-12);       /* no padding                   */
}

Test(winograd, smaller_tiles_are_more_accurate)
{
    check(TYPE_F64, 6, 6, 1, false, 3e-6, 1e-12);
    check(TYPE_F64, 6, 6, 1, false, 5e-7, 1e-12);
    check(TYPE_F32, 6, 6, 1, false, 5e-7, 5e-7);
    check(TYPE_F32, 6, 6, 1, false, 3e-6, 3e-6);
    check(TYPE_F32, 6, 6, 1, false, 1e-5, 1e-5);
}

Test(winograd, what_is_not_allowed_stays)
{
    Fn *f = convolution(TYPE_F32, 6, 6, 1, false);
    cr_assert_eq(products(pass_winograd(&arena, f, 0)), products(f));
    cr_assert_eq(products(pass_winograd(&arena, f, 1e-7)), products(f));
}

Test(winograd, strides_and_products_stay)
{
    Fn *f = fn_new(&arena, &names, "f", TYPE_F32);
    Ref x = ir_leaf(f, ROLE_STATE, "x", TYPE_F32, (Shape){4, {BATCH, 32, 9, 9}});
    Ref w = ir_leaf(f, ROLE_PARAM, "w", TYPE_F32, (Shape){4, {32, 32, 3, 3}});
    Con c = {.naxis = 7, .nopd = 2, .extent = {BATCH, 32, 4, 4, 32, 3, 3}};
    for (unsigned d = 0; d < 4; d++) c.out[d] = (Aff){0, {1}, {(uint8_t)d}, 1};
    c.in[0][0] = (Aff){0, {1}, {0}, 1};
    c.in[0][1] = (Aff){0, {1}, {4}, 1};
    c.in[0][2] = (Aff){0, {2, 1}, {2, 5}, 2};
    c.in[0][3] = (Aff){0, {2, 1}, {3, 6}, 2};
    for (unsigned d = 0; d < 4; d++) c.in[1][d] = (Aff){0, {1}, {(uint8_t)(d ? d + 3 : 1)}, 1};
    ir_root(f, ROOT_RESULT, "y", ir_con(f, &c, (Shape){4, {BATCH, 32, 4, 4}}, (Ref[]){x, w}));
    cr_assert_eq(products(pass_winograd(&arena, f, 1e-5)), products(f));
}
