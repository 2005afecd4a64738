/* The tensor IR: what the builder simplifies (golden texts), text that reads back,
 * a verifier that sees every broken invariant, and the evaluator's arithmetic.     */
#include "fields.h"
#include "golden_run.h"
#include "pass/pass.h"
#include "scratch.h"

#include <signal.h>

SCRATCH_SUITE(ir);

static const char *printed(const Fn *f)
{
    Text t = {.arena = &arena};
    ir_print(f, &t);
    return text_string(&t);
}

static Fn *parsed(const char *text, Diags *diags)
{
    Source *source = NEW(&arena, Source);
    *source = (Source){"test", text, strlen(text)};
    *diags = (Diags){.arena = &arena};
    return ir_parse(&arena, &names, source, diags);
}

/* Sound, and its text reads back to the same text. */
static void assert_round_trip(const Fn *f)
{
    Diags diags;
    assert_sound(f);
    const char *text = printed(f);
    Fn *again = parsed(text, &diags);
    Text messages = {.arena = &arena};
    diag_render(&diags, &messages, false);
    cr_assert(again != NULL, "%s\n%s", text, text_string(&messages));
    cr_assert_str_eq(printed(again), text);
}

/* ---- the builder --------------------------------------------------------------------------- */

static Fn *fresh(void)
{
    return fn_new(&arena, &names, "test", TYPE_F64);
}

static Ref input(Fn *f, const char *name, Shape shape)
{
    return ir_leaf(f, ROLE_INPUT, name, f->real, shape);
}

Test(ir, equal_nodes_are_one)
{
    Fn *f = fresh();
    Ref x = input(f, "x", DIMS(BATCH, 3)), y = input(f, "y", DIMS(BATCH, 3));
    cr_assert_eq(ir_add(f, x, y), ir_add(f, y, x));
    cr_assert_eq(ir_map(f, OP_sin, ir_mul(f, x, y), 0, 0), ir_map(f, OP_sin, ir_mul(f, x, y), 0, 0));
    cr_assert_eq(ir_num(f, 2), ir_num(f, 2));
    cr_assert_neq(ir_num(f, 0.0), ir_num(f, -0.0));
    cr_assert_eq(ir_sum(f, x, 2), ir_sum(f, x, 2));
    cr_assert_eq(input(f, "x", DIMS(BATCH, 3)), x);
    for (int i = 0; i < 1000; i++)
        ir_add(f, x, ir_num(f, i));
    cr_assert_eq(ir_add(f, x, ir_num(f, 500)), ir_add(f, x, ir_num(f, 500)));
}

Test(ir, numbers_fold_and_neutral_elements_vanish)
{
    Fn *f = fresh();
    Ref x = input(f, "x", DIMS(4)), zero = ir_num(f, 0), one = ir_num(f, 1);
    cr_assert_eq(ir_add(f, ir_num(f, 2), ir_num(f, 3)), ir_num(f, 5));
    cr_assert_eq(ir_map(f, OP_fma, ir_num(f, 2), ir_num(f, 3), one), ir_num(f, 7));
    cr_assert_eq(ir_add(f, x, zero), x);
    cr_assert_eq(ir_sub(f, x, zero), x);
    cr_assert_eq(ir_mul(f, one, x), x);
    cr_assert_eq(ir_map(f, OP_div, x, one, 0), x);
    Ref minus = ir_map(f, OP_neg, x, 0, 0);
    cr_assert_eq(ir_map(f, OP_neg, minus, 0, 0), x);
    cr_assert_eq(ir_mul(f, x, ir_num(f, -1)), minus);
    cr_assert_eq(ir_sub(f, zero, x), minus);
    cr_assert_eq(ir_map(f, OP_div, x, ir_num(f, 4), 0), ir_mul(f, x, ir_num(f, 0.25)));
    cr_assert_eq(ir_map(f, OP_pow, x, ir_num(f, 2), 0), ir_mul(f, x, x));
    cr_assert_eq(NODE(f, ir_mul(f, x, zero))->op, OP_mul, "0 * inf is not 0");
}

Test(ir, single_precision_folds_in_single)
{
    Fn *f = fn_new(&arena, &names, "f", TYPE_F32);
    cr_assert_eq(ir_num(f, 0.1), ir_num(f, (double)0.1f));
    cr_assert_eq(ir_add(f, ir_num(f, 16777216), ir_num(f, 1)), ir_num(f, 16777216));
}

Test(ir, re_indexing_twice_is_once)
{
    Fn *f = fresh();
    Ref x = input(f, "x", DIMS(BATCH, 3, 4));
    const uint8_t swap[] = {0, 2, 1};
    cr_assert_eq(ir_transpose(f, ir_transpose(f, x, swap), swap), x);
    cr_assert_eq(ir_slice(f, x, 1, 0, 3, 1), x);
    cr_assert_eq(ir_slice(f, ir_slice(f, x, 2, 3, 4, -1), 2, 3, 4, -1), x);
    cr_assert_eq(ir_slice(f, ir_pad(f, x, 1, 2, 5), 1, 2, 3, 1), x);
    Ref parts[] = {x, ir_expand(f, ir_num(f, 7), DIMS(BATCH, 1, 4))}, both = ir_concat(f, parts, 2, 1);
    cr_assert_eq(ir_slice(f, both, 1, 0, 3, 1), x, "%s", printed(f));
    Ref last = ir_slice(f, both, 1, 3, 1, 1);
    double seven;
    cr_assert(ir_is_number(f, last, &seven) && seven == 7, "%s", printed(f));
}

Test(ir, a_map_of_expands_is_an_expand)
{
    Fn *f = fresh();
    Ref h = input(f, "h", DIMS(BATCH)), k = input(f, "k", DIMS(BATCH));
    Shape wide = DIMS(BATCH, 9);
    Ref product = ir_mul(f, ir_expand(f, h, wide), ir_expand(f, k, wide));
    cr_assert_eq(product, ir_expand(f, ir_mul(f, h, k), wide));
    cr_assert_eq(ir_map(f, OP_neg, ir_expand(f, h, wide), 0, 0), ir_expand(f, ir_map(f, OP_neg, h, 0, 0), wide));
    cr_assert_eq(ir_add(f, ir_expand(f, h, wide), ir_num(f, 2)), ir_expand(f, ir_add(f, h, ir_num(f, 2)), wide));
}

Test(ir, a_reshape_that_is_not_affine_is_refused)
{
    Fn *f = fresh();
    Ref x = input(f, "x", DIMS(BATCH, 6, 4));
    cr_assert_eq(ir_reshape(f, x, DIMS(BATCH, 25)), 0);
    cr_assert_neq(ir_reshape(f, x, DIMS(BATCH, 2, 3, 2, 2)), 0);
    cr_assert_neq(ir_reshape(f, x, DIMS(BATCH, 8, 3)), x);
}

/* Wrong uses are bugs of the compiler: they abort. */
Test(ir, shapes_that_differ_abort, .signal = SIGABRT)
{
    Fn *f = fresh();
    ir_add(f, input(f, "x", DIMS(3)), input(f, "y", DIMS(4)));
}

Test(ir, types_that_differ_abort, .signal = SIGABRT)
{
    Fn *f = fresh();
    ir_add(f, input(f, "x", DIMS(3)), ir_map(f, OP_lt, input(f, "x", DIMS(3)), ir_num(f, 1), 0));
}

/* ---- golden texts -------------------------------------------------------------------------------- */

static void golden_fn(const char *name, const Fn *f)
{
    assert_round_trip(f);
    golden_compare(&arena, arena_printf(&arena, "tests/golden/ir/%s.", name), ".ir", printed(f));
}

Test(ir, golden_fields)
{
    static const char *const field[] = {"linear", "twowell", "mlp", "mlp_time"};
    for (size_t i = 0; i < COUNT(field); i++) {
        Fn *f = reference_field(&arena, &names, field[i], TYPE_F32);
        golden_fn(field[i], pass_dce(&arena, f));
        golden_fn(arena_printf(&arena, "%s_vjp", field[i]), pass_finish(&arena, pass_vjp(&arena, f, "vjp", NULL, 0)));
    }
}

Test(ir, golden_steps)
{
    Fn *f = reference_field(&arena, &names, "mlp_time", TYPE_F32);
    const Tableau *euler = solver_by_name("euler");
    golden_fn("mlp_time_step", pass_finish(&arena, pass_step(&arena, f, euler)));
    golden_fn("mlp_time_adjoint", pass_finish(&arena, pass_pull_adjoint(&arena, f, euler)));
    golden_fn("mlp_time_discrete", pass_finish(&arena, pass_pull_discrete(&arena, f, euler)));
}

/* ---- text ------------------------------------------------------------------------------------------ */

/* Every class, every form of an index. */
static const char everything[] =
    "fn every.thing(state x: f64[B 3 4], param w: f64[5 4], input k: i32[B], scalar s: f64[], buffer _b: f64[7]) {\n"
    "  %1 = con [B j i | k] x[B i k] * w[j k] : f64[B 5 3]\n"
    "  %2 = con [B i+1 -j+3 |] x[B i j] : f64[B 5 4]\n"
    "  %3 = con [i | j:2 k:3] _b[2*i+j-k+1] where j+k in 3, i-1 in 2 : f64[3]\n"
    "  %4 = con [i*2 | i:2] w[i i] : f64[4]\n"
    "  %5 = const [1 -2.5 1e30 inf -inf nan] : f64[2 3]\n"
    "  %6 = con [i j |] 0.5[] : f64[2 3]\n"
    "  %7 = fma %5 %6 %5 : f64[2 3]\n"
    "  %8 = lt %7 %6 : bool[2 3]\n"
    "  %9 = select %8 %7 %5 : f64[2 3]\n"
    "  %10 = peak_max %9 over 0 1 : f64[]\n"
    "  %11 = take w k axis 0 : f64[B 4]\n"
    "  %12 = put %11 k axis 1 extent 9 : f64[B 9 4]\n"
    "  %13 = sub s 2 : f64[]\n"
    "  result y = %13\n"
    "  carry _b = _b\n"
    "  sum w = w\n"
    "}\n";

Test(ir, every_form_reads_back)
{
    char *text = arena_string(&arena, everything, strlen(everything));
    char *two = strstr(text, "i*2"), *extent = strstr(text, " extent 9");
    memcpy(two, "2*i", 3);                              /* as it is printed            */
    memmove(extent, extent + 9, strlen(extent + 9) + 1);
    Diags diags;
    Fn *f = parsed(text, &diags);
    Text messages = {.arena = &arena};
    diag_render(&diags, &messages, false);
    cr_assert(f != NULL, "%s", text_string(&messages));
    const char *once = printed(f);
    assert_round_trip(f);
    cr_assert_str_eq(once, printed(parsed(once, &diags)));
    cr_assert(strstr(once, "%9 = select %8 %7 %5 : f64[2 3]\n"), "%s", once);
    cr_assert(strstr(once, "where j+k in 3, i-1 in 2"), "%s", once);
    cr_assert(strstr(once, "const [1 -2.5 1e30 inf -inf nan]"), "%s", once);
}

Test(ir, comments_and_layout_do_not_matter)
{
    Diags diags;
    Fn *f = parsed("# a head\nfn f(state x:f32[B 2])  {  # leaves\n%1=mul x\n x:f32[B 2] result y=%1}", &diags);
    cr_assert(f != NULL);
    cr_assert_str_eq(printed(f), "fn f(state x: f32[B 2]) {\n  %1 = mul x x : f32[B 2]\n  result y = %1\n}\n");
}

Test(ir, a_constant_function_says_its_precision)
{
    Fn *f = fn_new(&arena, &names, "one", TYPE_F32);
    ir_root(f, ROOT_RESULT, "y", ir_num(f, 1));
    assert_round_trip(f);
    cr_assert_str_eq(printed(f), "fn one() : f32 {\n  result y = 1\n}\n");
}

/* Each is wrong at the place that the caret names (line, column), and nothing crashes. */
static const struct { const char *text; int line, column; const char *says; } bad[] = {
    {"", 1, 1, "expected `fn`"},
    {"fn f(state x f32[2]) {}", 1, 14, "expected `:`"},
    {"fn f(state x: f16[2]) {}", 1, 15, "expected a type"},
    {"fn f(start x: f32[2]) {}", 1, 6, "expected a role"},
    {"fn f(state x: f32[2], state x: f32[2]) {}", 1, 29, "already declared"},
    {"fn f(state x: f32[0]) {}", 1, 20, "dimension"},
    {"fn f(state x: f32[2 B]) {}", 1, 22, "dimension"},
    {"fn f(state x: f32[1 1 1 1 1 1 1]) {}", 1, 31, "too many dimensions"},
    {"fn f(input k: i32[]) {}", 1, 22, "write `: f32`"},
    {"fn f(state x: f32[2]) {\n  %2 = neg x : f32[2]\n}", 2, 6, "in order"},
    {"fn f(state x: f32[2]) {\n  %1 = neg y : f32[2]\n}", 2, 12, "no such leaf"},
    {"fn f(state x: f32[2]) {\n  %1 = neg %1 : f32[2]\n}", 2, 15, "no such node"},
    {"fn f(state x: f32[2]) {\n  %1 = frob x : f32[2]\n}", 2, 8, "no such op"},
    {"fn f(state x: f32[2]) {\n  %1 = mant x : f32[2]\n}", 2, 8, "no such op"},
    {"fn f(state x: f32[2]) {\n  %1 = neg x : f32[3]\n}", 3, 2, "another shape"},
    {"fn f(state x: f32[2]) {\n  %1 = con [i |] x[2*j] : f32[2]\n}", 2, 27, "has no extent"},
    {"fn f(state x: f32[2]) {\n  %1 = con [i |] x[i i] : f32[2]\n}", 2, 25, "as many indices as the operand"},
    {"fn f(state x: f32[2]) {\n  %1 = con [i j |] x[i] : f32[2]\n}", 2, 27, "as many indices as the result"},
    {"fn f(state x: f32[2]) {\n  %1 = con [B |] x[B] : f32[B]\n}", 3, 2, "B"},
    {"fn f(state x: f32[2]) {\n  %1 = con [ij |] x[i] : f32[2]\n}", 2, 13, "expected an axis"},
    {"fn f(state x: f32[2]) {\n  %1 = const [1 2] : f32[3]\n}", 2, 22, "another number of elements"},
    {"fn f(state x: f32[2]) {\n  %1 = const [1 two] : f32[2]\n}", 2, 17, "expected a number"},
    {"fn f(state x: f32[2]) {\n  carry y = x\n}", 3, 2, "has no leaf"},
    {"fn f(state x: f32[2]) {\n  result y = %99999999999999999999\n}", 2, 0, "whole number"},
    {"fn f(state x: f32[2]) {\n  stuff y = x\n}", 2, 3, "expected %"},
    {"fn f(state x: f32[2]) {\n  result y = x", 2, 15, "expected %"},
};

Test(ir, wrong_texts_say_where)
{
    for (size_t i = 0; i < COUNT(bad); i++) {
        Diags diags;
        cr_assert_null(parsed(bad[i].text, &diags), "%s", bad[i].text);
        cr_assert_eq(diags.errors, 1);
        const Diag *d = &diags.list.at[0];
        cr_expect(strstr(d->text, bad[i].says), "%s\nsays: %s", bad[i].text, d->text);
        cr_expect(d->at.line == bad[i].line && (bad[i].column == 0 || d->at.column == bad[i].column),
                  "%s\n%d:%d: %s", bad[i].text, d->at.line, d->at.column, d->text);
    }
}

/* Cut anywhere, or with any byte changed: a message or a sound Fn. */
Test(ir, damaged_texts_do_no_harm)
{
    char *text = arena_string(&arena, everything, strlen(everything));
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        static const char other[] = "%[]{}:*+-|,= 9Bi\n";
        for (size_t k = 0; k <= sizeof other; k++) {
            Arena scratch = {0};
            Names its = {.arena = &scratch};
            Diags diags = {.arena = &scratch};
            char *copy = arena_string(&scratch, text, k ? length : i);
            if (k)
                copy[i] = other[k - 1];
            Source source = {"test", copy, k ? length : i};
            Fn *f = ir_parse(&scratch, &its, &source, &diags);
            cr_assert((f == NULL) == (diags.errors > 0));
            cr_assert(f == NULL || ir_verify(f, &scratch) == NULL);
            arena_free(&scratch);
        }
    }
}

/* ---- the verifier -------------------------------------------------------------------------------------- */

static Fn *sample(void)
{
    Fn *f = reference_field(&arena, &names, "mlp_time", TYPE_F64);
    Ref k = ir_leaf(f, ROLE_INPUT, "k", TYPE_I32, DIMS(BATCH));
    Ref w = f->symbol.at[ir_symbol(f, "lin2.weight")].node;
    Ref row = ir_take(f, w, k, 0);
    ir_root(f, ROOT_RESULT, "put", ir_put(f, row, k, 1, 5));
    ir_root(f, ROOT_RESULT, "peak", ir_peak(f, OP_PEAK_MAX, w, 2));
    ir_root(f, ROOT_RESULT, "const", ir_const(f, DIMS(2), (double[]){1, 2}));
    ir_root(f, ROOT_CARRY, "x", f->symbol.at[0].node);
    ir_root(f, ROOT_RESULT, "guarded", ir_sum(f, ir_slice(f, ir_pad(f, w, 0, 3, 3), 0, 1, 12, 2 - 1), 1));
    return f;
}

static Node *first(Fn *f, Op op)
{
    for (Ref r = 1; r < f->node.count; r++)
        if (NODE(f, r)->op == op)
            return NODE(f, r);
    cr_assert(false, "the sample has no %s", op_info(op)->name);
    abort();
}

static Con *first_con(Fn *f)
{
    for (Ref r = 1; r < f->node.count; r++)
        if (NODE(f, r)->op == OP_CON && NODE(f, r)->narg == 2)
            return CON(f, r);
    abort();
}

static uint32_t new_shape(Fn *f, Shape s)
{
    VEC_PUSH(f->arena, f->shape) = s;
    return (uint32_t)f->shape.count - 1;
}

#define BREAKS(name, damage)                                                     \
    Test(ir, verifier_sees_##name)                                               \
    {                                                                            \
        Fn *f = sample();                                                        \
        assert_sound(f);                                                         \
        damage;                                                                  \
        cr_assert(ir_verify(f, &arena) != NULL);                                 \
    }

BREAKS(a_type_for_reals_that_is_none, f->real = TYPE_I32)
BREAKS(an_op_that_is_none, first(f, OP_elu)->op = OP_COUNT)
BREAKS(an_op_below_the_ir, first(f, OP_elu)->op = OP_mant)
BREAKS(an_argument_ahead, first(f, OP_elu)->arg[0] = (Ref)f->node.count - 1)
BREAKS(a_missing_argument, first(f, OP_add)->arg[1] = 0)
BREAKS(a_surplus_argument, first(f, OP_elu)->arg[1] = 1)
BREAKS(a_wrong_count, first(f, OP_elu)->narg = 2)
BREAKS(a_shape_that_is_none, first(f, OP_elu)->shape = 999)
BREAKS(a_place_that_is_none, first(f, OP_elu)->loc = 999)
BREAKS(a_type_that_is_none, first(f, OP_elu)->type = 9)
BREAKS(a_map_of_another_type, first(f, OP_elu)->type = TYPE_BOOL)
BREAKS(a_map_of_another_shape, first(f, OP_elu)->shape = NODE(f, f->symbol.at[0].node)->shape)
BREAKS(a_forgotten_dependence, first(f, OP_elu)->dep = 0)
BREAKS(an_empty_dimension, f->shape.at[first(f, OP_elu)->shape].dim[1] = 0)
BREAKS(b_behind, f->shape.at[first(f, OP_elu)->shape].dim[1] = BATCH)
BREAKS(a_symbol_that_is_none, first(f, OP_LEAF)->aux = 999)
BREAKS(a_symbol_elsewhere, f->symbol.at[0].node = 3)
BREAKS(a_symbol_of_another_shape, f->symbol.at[0].shape.dim[1] = 7)
BREAKS(a_name_twice, f->symbol.at[1].name = f->symbol.at[0].name)
BREAKS(missing_numbers, first(f, OP_CONST)->aux = (uint32_t)f->value.count)
BREAKS(a_batched_const, first(f, OP_CONST)->shape = new_shape(f, DIMS(BATCH)))
BREAKS(a_con_that_is_none, first(f, OP_CON)->aux = 999)
BREAKS(a_con_with_other_operands, first_con(f)->nopd = 1)
BREAKS(a_con_with_too_many_axes, first_con(f)->naxis = MAX_AXES + 1)
BREAKS(a_con_with_too_many_guards, first_con(f)->nguard = MAX_RANK + 1)
BREAKS(an_empty_axis, first_con(f)->extent[1] = 0)
BREAKS(two_axes_of_b, first_con(f)->extent[1] = BATCH)
BREAKS(an_axis_that_is_none, first_con(f)->in[0][1].ax[0] = 7)
BREAKS(an_index_with_too_many_terms, first_con(f)->in[0][1].n = 4)
BREAKS(a_term_without_weight, first_con(f)->in[0][1].k[0] = 0)
BREAKS(b_and_another_axis, first_con(f)->in[0][0].ax[0] = 1)
BREAKS(b_off_its_place, first_con(f)->in[0][0].c = 1)
BREAKS(axes_out_of_order, first_con(f)->out[1].ax[0] = 2)
BREAKS(an_operand_of_another_type, first(f, OP_LEAF)->type = TYPE_I32)
BREAKS(a_peak_over_nothing, first(f, OP_PEAK_MAX)->aux = 0)
BREAKS(a_peak_over_a_missing_axis, first(f, OP_PEAK_MAX)->aux = 4)
BREAKS(a_peak_of_another_shape, first(f, OP_PEAK_MAX)->aux = 3)
BREAKS(a_take_along_a_missing_axis, first(f, OP_TAKE)->aux = 2)
BREAKS(a_take_by_a_real, first(f, OP_TAKE)->arg[1] = f->symbol.at[1].node)
BREAKS(a_put_of_another_shape, first(f, OP_PUT)->shape = first(f, OP_elu)->shape)
BREAKS(a_put_along_b, first(f, OP_PUT)->aux = 0)
BREAKS(a_root_that_is_none, f->root.at[0].value = 0)
BREAKS(a_root_twice, f->root.at[1].name = f->root.at[0].name)
BREAKS(a_carry_without_leaf, f->root.at[4].name = name_of(&names, "nothing"))
BREAKS(a_carry_of_another_shape, f->root.at[4].value = f->root.at[1].value)

/* ---- the evaluator ----------------------------------------------------------------------------------------- */

Test(ir, con_adds_in_the_order_of_its_axes_by_fma)
{
    Fn *f = fn_new(&arena, &names, "dot", TYPE_F32);
    Ref x = input(f, "x", DIMS(5)), y = input(f, "y", DIMS(5));
    Con c = {.naxis = 1, .nopd = 2, .extent = {5}, .in = {{index_of(0)}, {index_of(0)}}};
    ir_root(f, ROOT_RESULT, "y", ir_con(f, &c, RANK0, (Ref[]){x, y}));
    const double a[] = {0.1, 1e8, -1e8, 0.3, 1e-9}, b[] = {0.7, 1.1, 1.1, 0.9, 3};
    Eval e = run_fn(&arena, f, 1, (Bound[]){{"x", a}, {"y", b}}, 2);
    float sum = (float)a[0] * (float)b[0];
    for (int i = 1; i < 5; i++)
        sum = fmaf((float)a[i], (float)b[i], sum);
    cr_assert_eq(*root_of(&e, ROOT_RESULT, "y"), (double)sum);
}

Test(ir, what_no_index_reaches_is_zero)
{
    Diags diags;
    Fn *f = parsed("fn f(state x: f64[3]) {\n"
                   "  %1 = con [2*i+1 | i:9] x[i] : f64[6]\n"
                   "  %2 = con [i | j:9] x[i-j] where j in 2 : f64[3]\n"
                   "  result a = %1\n  result b = %2\n}\n", &diags);
    cr_assert(f);
    const double x[] = {1, 10, 100};
    Eval e = run_fn(&arena, f, 1, (Bound[]){{"x", x}}, 1);
    assert_near(root_of(&e, ROOT_RESULT, "a"), (double[]){0, 1, 0, 10, 0, 100}, 6, 0, "scattered");
    assert_near(root_of(&e, ROOT_RESULT, "b"), (double[]){1, 11, 110}, 3, 0, "guarded");
}

Test(ir, peak_take_and_put)
{
    Diags diags;
    Fn *f = parsed("fn f(state x: f64[B 2 3], input k: i32[B], param w: f64[4 2]) {\n"
                   "  %1 = peak_max x over 2 : f64[B 2]\n  %2 = peak_min x over 1 2 : f64[B]\n"
                   "  %3 = take w k axis 0 : f64[B 2]\n  %4 = take x k axis 2 : f64[B 2]\n"
                   "  %5 = put %4 k axis 2 : f64[B 2 3]\n"
                   "  result a = %1\n  result b = %2\n  result c = %3\n  result d = %4\n  result e = %5\n}\n", &diags);
    cr_assert(f);
    const double x[] = {1, 5, 2, -3, -1, -2, 7, 7, 8, 0, 9, 4}, k[] = {2, 0}, w[] = {0, 1, 10, 11, 20, 21, 30, 31};
    Eval e = run_fn(&arena, f, 2, (Bound[]){{"x", x}, {"k", k}, {"w", w}}, 3);
    assert_near(root_of(&e, ROOT_RESULT, "a"), (double[]){5, -1, 8, 9}, 4, 0, "peak_max");
    assert_near(root_of(&e, ROOT_RESULT, "b"), (double[]){-3, 0}, 2, 0, "peak_min");
    assert_near(root_of(&e, ROOT_RESULT, "c"), (double[]){20, 21, 0, 1}, 4, 0, "take from a table");
    assert_near(root_of(&e, ROOT_RESULT, "d"), (double[]){2, -2, 7, 0}, 4, 0, "take by sample");
    assert_near(root_of(&e, ROOT_RESULT, "e"), (double[]){0, 0, 2, 0, 0, -2, 7, 0, 0, 0, 0, 0}, 12, 0, "put");
}
