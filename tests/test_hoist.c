/* What leaves the step, and that nothing else changes: prep and step together are the
 * function, post behind the vjp of step is the function's vjp.                       */
#include "fields.h"
#include "pass/pass.h"
#include "scratch.h"

SCRATCH_SUITE(hoist);

/* dx = exp(r) (V W) x + b, with b sliced: a map and a product of weights are invariant. */
static Fn *two_layers(void)
{
    Fn *f = fn_new(&arena, &names, "f", TYPE_F64);
    Ref x = ir_leaf(f, ROLE_STATE, "x", TYPE_F64, DIMS(BATCH, 2)), r = param(f, "r", RANK0), b = param(f, "b", DIMS(3));
    Ref vw = product(f, param(f, "V", DIMS(2, 3)), param(f, "W", DIMS(2, 3)));
    Ref grown = ir_mul(f, ir_map(f, OP_exp, r, 0, 0), product(f, x, vw));
    ir_root(f, ROOT_RESULT, "dx", ir_add(f, grown, ir_slice(f, b, 0, 1, 2, 1)));
    return f;
}

static const double x[] = {0.3, -0.7, 1.1, 0.4}, r[] = {0.6}, b[] = {1, 2, 3}, v[] = {1, 2, 3, -1, 0, 2},
                    w[] = {0.5, 1, -1, 2, 0, 1}, a[] = {1, -2, 0.5, 3};

Test(hoist, prep_step_and_post_are_the_function)
{
    Fn *f = two_layers();
    Hoisted h;
    cr_assert(pass_hoist(&arena, f, &h));
    cr_assert(ir_verify(h.prep, &arena) == NULL && ir_verify(h.step, &arena) == NULL && ir_verify(h.post, &arena) == NULL);
    cr_assert_eq(h.prep->root.count, 2);
    cr_assert_eq(ir_symbol(h.step, "V"), -1, "V is needed by prep only");
    cr_assert_geq(ir_symbol(h.step, "b"), 0);

    Bound bound[12] = {{"x", x}, {"r", r}, {"b", b}, {"V", v}, {"W", w}, {"a_dx", a}};
    size_t n = 6;
    Eval whole = run_fn(&arena, f, 2, bound, n), prep = run_fn(&arena, h.prep, 2, bound, n);
    for (size_t i = 0; i < 2; i++)
        bound[n++] = (Bound){h.prep->root.at[i].name, prep.value[h.prep->root.at[i].value]};
    Eval step = run_fn(&arena, h.step, 2, bound, n);
    assert_near(root_of(&step, ROOT_RESULT, "dx"), root_of(&whole, ROOT_RESULT, "dx"), 4, 0, "dx");

    Eval direct = run_fn(&arena, pass_vjp(&arena, f, "vjp", NULL, 0), 2, bound, n);
    Eval inner = run_fn(&arena, pass_vjp(&arena, h.step, "vjp", NULL, 0), 2, bound, n);
    for (size_t i = 0; i < 2; i++) {
        Name theta = h.prep->root.at[i].name;
        bound[n++] = (Bound){arena_printf(&arena, "a_%s", theta), root_of(&inner, ROOT_SUM, theta)};
    }
    Eval post = run_fn(&arena, h.post, 2, bound, n);
    assert_near(root_of(&inner, ROOT_RESULT, "x_bar"), root_of(&direct, ROOT_RESULT, "x_bar"), 4, 1e-14, "x");
    assert_near(root_of(&inner, ROOT_SUM, "b"), root_of(&direct, ROOT_SUM, "b"), 3, 1e-14, "b");
    assert_near(root_of(&post, ROOT_SUM, "r"), root_of(&direct, ROOT_SUM, "r"), 1, 1e-14, "r");
    assert_near(root_of(&post, ROOT_SUM, "V"), root_of(&direct, ROOT_SUM, "V"), 6, 1e-14, "V");
    assert_near(root_of(&post, ROOT_SUM, "W"), root_of(&direct, ROOT_SUM, "W"), 6, 1e-14, "W");
}

Test(hoist, slices_and_expands_stay)
{
    Hoisted h;
    cr_assert_not(pass_hoist(&arena, reference_field(&arena, &names, "mlp_time", TYPE_F64), &h));
}
