/* Reverse and forward mode: against PyTorch's gradients of the reference fields, and
 * on random affine contractions with strides, pads and guards.  A contraction is
 * linear in each operand, so <a, y> = <x_bar, x> holds to the last bit on small whole
 * numbers; the same programs built without simplification must have the same values. */
#include "fields.h"
#include "ir/make.h"
#include "pass/pass.h"
#include "scratch.h"

SCRATCH_SUITE(vjp);

/* ---- the reference fields ------------------------------------------------------------------- */

static void check_field(const char *model, Type real, double relative, bool finished)
{
    Fn *f = reference_field(&arena, &names, model, real), *g = pass_vjp(&arena, f, "vjp", NULL, 0);
    const char *file = arena_printf(&arena, "field_%s", model);
    f = finished ? pass_finish(&arena, f) : f;
    g = finished ? pass_finish(&arena, g) : g;
    assert_sound(g);

    Bound bound[16] = {{"x", reference(&arena, file, "x", NULL)}, {"t", reference(&arena, file, "t", NULL)},
                       {"a_dx", reference(&arena, file, "a", NULL)}};
    size_t count = 3, n;
    for (size_t i = 0; i < f->symbol.count; i++)
        if (f->symbol.at[i].role == ROLE_PARAM) {
            const char *name = f->symbol.at[i].name;
            bound[count++] = (Bound){name, reference(&arena, file, arena_printf(&arena, "weights.%s", name), NULL)};
        }
    Eval y = run_fn(&arena, f, 3, bound, count), back = run_fn(&arena, g, 3, bound, count);
    const double *wanted = reference(&arena, file, "f", &n);
    assert_near(root_of(&y, ROOT_RESULT, "dx"), wanted, n, relative, "f");
    wanted = reference(&arena, file, "vjp.x", &n);
    assert_near(root_of(&back, ROOT_RESULT, "x_bar"), wanted, n, relative, "x");
    wanted = reference(&arena, file, "vjp.t", &n);
    assert_near(root_of(&back, ROOT_RESULT, "t_bar"), wanted, n, relative, "t");
    for (size_t k = 3; k < count; k++) {
        wanted = reference(&arena, file, arena_printf(&arena, "vjp.%s", bound[k].name), &n);
        assert_near(root_of(&back, ROOT_SUM, bound[k].name), wanted, n, relative, bound[k].name);
    }
}

static const char *const field[] = {"linear", "twowell", "mlp", "mlp_time"};

Test(vjp, fields_in_double)          { for (size_t i = 0; i < COUNT(field); i++) check_field(field[i], TYPE_F64, 1e-12, false); }
Test(vjp, finished_fields_in_double) { for (size_t i = 0; i < COUNT(field); i++) check_field(field[i], TYPE_F64, 1e-12, true); }
Test(vjp, finished_fields_in_single) { for (size_t i = 0; i < COUNT(field); i++) check_field(field[i], TYPE_F32, 1e-5, true); }

Test(vjp, only_what_is_wanted_is_there)
{
    Fn *f = reference_field(&arena, &names, "mlp", TYPE_F64);
    Name wanted[] = {name_of(&names, "lin3.bias"), name_of(&names, "x")};
    Fn *g = pass_dce(&arena, pass_vjp(&arena, f, "vjp", wanted, 2));
    cr_assert_eq(g->root.count, 2);
    cr_assert_str_eq(g->root.at[0].name, "lin3.bias");
    cr_assert_str_eq(g->root.at[1].name, "x_bar");
    Fn *bias = pass_dce(&arena, pass_vjp(&arena, f, "vjp", wanted, 1));
    cr_assert_eq(bias->node.count, bias->symbol.count + 2, "a bias needs one sum, not %zu nodes", bias->node.count);
}

/* ---- forward mode ------------------------------------------------------------------------------ */

static double *random_whole(uint64_t *state, size_t n)
{
    double *x = NEW_ARRAY(&arena, double, n);
    for (size_t i = 0; i < n; i++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        x[i] = (double)(int)(*state >> 61) - 3;
    }
    return x;
}

Test(vjp, forward_and_reverse_mode_agree)
{
    uint64_t seed = 7;
    for (size_t m = 0; m < COUNT(field); m++) {
        Fn *f = reference_field(&arena, &names, field[m], TYPE_F64);
        Fn *back = pass_vjp(&arena, f, "vjp", NULL, 0), *ahead = pass_jvp(&arena, f, "jvp", NULL, 0);
        assert_sound(ahead);
        Bound bound[40];
        size_t count = 0, batch = 3;
        for (size_t i = 0; i < ahead->symbol.count; i++) {
            size_t n = shape_count(ahead->symbol.at[i].shape) * batch;
            double *x = random_whole(&seed, n);
            for (size_t j = 0; j < n; j++)
                x[j] = 0.1 * x[j] + 0.013;
            bound[count++] = (Bound){ahead->symbol.at[i].name, x};
        }
        double *a = random_whole(&seed, 2 * batch), moved = 0, pulled = 0;
        bound[count++] = (Bound){"a_dx", a};
        Eval y = run_fn(&arena, ahead, batch, bound, count), x = run_fn(&arena, back, batch, bound, count);
        for (size_t i = 0; i < 2 * batch; i++)
            moved += a[i] * root_of(&y, ROOT_RESULT, "dx_dot")[i];
        for (size_t k = 0; k < back->root.count; k++) {
            Name leaf = f->symbol.at[k].name;
            int v = ir_symbol(ahead, arena_printf(&arena, "v_%s", leaf));
            size_t n = shape_count(f->symbol.at[k].shape) * (shape_batched(f->symbol.at[k].shape) ? batch : 1);
            for (size_t i = 0; i < n; i++)
                pulled += x.value[back->root.at[k].value][i] * bound[v].value[i];
        }
        cr_assert_float_eq(moved, pulled, 1e-12, "%s: %.17g ahead, %.17g back", field[m], moved, pulled);
    }
}

/* ---- random contractions --------------------------------------------------------------------------- */

typedef struct Twin { Fn *plain, *clever; uint64_t state; } Twin;       /* the same program twice */
typedef struct Pair { Ref plain, clever; } Pair;

static unsigned dice(Twin *t, unsigned sides)
{
    t->state = t->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(t->state >> 33) % sides;
}

static Shape shape_of(const Twin *t, Pair p)
{
    return SHAPE(t->plain, p.plain);
}

static Pair twin_leaf(Twin *t, const char *name, Shape s)
{
    Role role = shape_batched(s) ? ROLE_STATE : ROLE_PARAM;
    return (Pair){ir_leaf(t->plain, role, name, TYPE_F64, s), ir_leaf(t->clever, role, name, TYPE_F64, s)};
}

static Pair twin_con(Twin *t, const Con *c, Shape out, const Pair *operand)
{
    Ref plain[3] = {0}, clever[3] = {0};
    for (unsigned k = 0; k < c->nopd; k++)
        plain[k] = operand[k].plain, clever[k] = operand[k].clever;
    return (Pair){ir_node(t->plain, OP_CON, TYPE_F64, out, plain, c->nopd, ir_con_index(t->plain, c)),
                  ir_con(t->clever, c, out, clever)};
}

static Pair twin_add(Twin *t, Pair a, Pair b)
{
    return (Pair){ir_node(t->plain, OP_add, TYPE_F64, shape_of(t, a), (Ref[3]){a.plain, b.plain}, 2, 0),
                  ir_add(t->clever, a.clever, b.clever)};
}

static Shape random_shape(Twin *t, bool batched)
{
    Shape s = {0};
    if (batched)
        s.dim[s.rank++] = BATCH;
    for (unsigned n = dice(t, 3); n > 0; n--)
        s.dim[s.rank++] = 1 + dice(t, 4);
    return s;
}

/* An index of a dimension by up to two axes, with stride, sign and offset. */
static Aff random_index(Twin *t, const Con *c, unsigned first)
{
    Aff a = aff_number(dice(t, 4) ? 0 : (int)dice(t, 4) - 1);
    for (unsigned n = dice(t, 3); n > 0 && c->naxis > first; n--) {
        Aff axis = aff_axis(first + dice(t, c->naxis - first));
        aff_add(&a, &axis, dice(t, 4) ? 1 : dice(t, 2) ? 2 : -1);
    }
    aff_sort(&a);
    return a;
}

static void random_indices(Twin *t, const Con *c, Shape s, Aff *out)
{
    for (unsigned d = 0; d < s.rank; d++)
        out[d] = s.dim[d] == BATCH ? aff_axis(0) : random_index(t, c, c->extent[0] == BATCH);
}

/* Slice, pad, flip, transpose, expand, diagonal ... of p. */
static Pair random_view(Twin *t, Pair p)
{
    Shape from = shape_of(t, p);
    bool batched = shape_batched(from) || dice(t, 3) == 0;
    Shape to = random_shape(t, batched);
    Con c = {.nopd = 1};
    if (batched)
        c.extent[c.naxis++] = BATCH;
    for (unsigned d = batched; d < to.rank; d++) {
        c.extent[c.naxis] = to.dim[d];
        c.naxis++;
    }
    for (unsigned d = 0; d < to.rank; d++) {
        c.out[d] = aff_axis(d);
        if (d >= batched && dice(t, 5) == 0)
            c.out[d].c = (int)dice(t, 3) - 1;
        if (d >= batched && dice(t, 4) == 0)
            c.out[d].k[0] = -1, c.out[d].c = (int)to.dim[d] - 1;
    }
    random_indices(t, &c, from, c.in[0]);
    if (dice(t, 5) == 0 && c.naxis > batched)
        c.guard[c.nguard] = random_index(t, &c, batched), c.limit[c.nguard++] = 1 + dice(t, 3);
    return twin_con(t, &c, to, &p);
}

/* Along the last axis. */
static Pair random_concat(Twin *t, Pair a, Pair b)
{
    Shape s = shape_of(t, a), u = shape_of(t, b), to = s;
    if (s.rank == 0 || s.rank != u.rank || s.dim[s.rank - 1] == BATCH || u.dim[s.rank - 1] == BATCH
        || memcmp(s.dim, u.dim, (s.rank - 1u) * sizeof *s.dim))
        return a;
    unsigned last = s.rank - 1u;
    to.dim[last] += u.dim[last];
    Pair part[2] = {a, b};
    for (unsigned i = 0; i < 2; i++) {
        Con c = {.nopd = 1, .naxis = s.rank};
        for (unsigned d = 0; d < s.rank; d++)
            c.extent[d] = shape_of(t, part[i]).dim[d], c.out[d] = c.in[0][d] = aff_axis(d);
        c.out[last].c = i ? (int)s.dim[last] : 0;
        part[i] = twin_con(t, &c, to, &part[i]);
    }
    return twin_add(t, part[0], part[1]);
}

static Pair random_contraction(Twin *t, const Pair *operand, unsigned n)
{
    Con c = {.nopd = (uint8_t)n};
    bool batched = false, keep = dice(t, 2);
    for (unsigned k = 0; k < n; k++)
        batched |= shape_batched(shape_of(t, operand[k]));
    if (batched)
        c.extent[c.naxis++] = BATCH;
    for (unsigned a = 1 + dice(t, 4); a > 0; a--)
        c.extent[c.naxis++] = 1 + dice(t, 4);
    Shape to = random_shape(t, batched && keep);
    random_indices(t, &c, to, c.out);
    for (unsigned k = 0; k < n; k++)
        random_indices(t, &c, shape_of(t, operand[k]), c.in[k]);
    for (unsigned g = dice(t, 4) / 2; g > 0; g--)
        c.guard[c.nguard] = random_index(t, &c, batched), c.limit[c.nguard++] = 1 + dice(t, 4);
    return twin_con(t, &c, to, operand);
}

/* Linear in each of up to three leaves x0, x1, x2. */
static Pair random_program(Twin *t, unsigned *leaves)
{
    Pair operand[3], last;
    *leaves = 1 + dice(t, 3);
    for (unsigned k = 0; k < *leaves; k++) {
        operand[k] = twin_leaf(t, (const char *[]){"x0", "x1", "x2"}[k], random_shape(t, dice(t, 2)));
        Pair view = operand[k];
        for (unsigned n = dice(t, 3); n > 0; n--)
            view = random_view(t, view);
        Pair other = dice(t, 2) ? random_view(t, operand[k]) : view;
        operand[k] = random_concat(t, view, other);
        if (dice(t, 2))
            operand[k] = random_view(t, operand[k]);
    }
    last = random_contraction(t, operand, *leaves);
    for (unsigned n = dice(t, 3); n > 0; n--)
        last = random_view(t, last);
    return last;
}

static double inner(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static size_t reals(Shape s, size_t batch)
{
    return shape_count(s) * (shape_batched(s) ? batch : 1);
}

static void check_random(uint64_t seed, size_t *nonzero)
{
    enum { BATCHES = 2 };
    Twin t = {fn_new(&arena, &names, "plain", TYPE_F64), fn_new(&arena, &names, "clever", TYPE_F64), seed};
    unsigned leaves;
    Pair y = random_program(&t, &leaves);
    ir_root(t.plain, ROOT_RESULT, "y", y.plain);
    ir_root(t.clever, ROOT_RESULT, "y", y.clever);
    Fn *back = pass_vjp(&arena, t.clever, "vjp", NULL, 0);
    assert_sound(t.clever), assert_sound(back);

    Shape shape = SHAPE(t.plain, y.plain);
    size_t n = reals(shape, BATCHES);
    Bound bound[4] = {{"a_y", random_whole(&t.state, n)}};
    for (unsigned k = 0; k < leaves; k++) {
        const Symbol *s = &t.plain->symbol.at[k];
        bound[k + 1] = (Bound){s->name, random_whole(&t.state, reals(s->shape, BATCHES))};
    }
    Eval plain = run_fn(&arena, t.plain, BATCHES, bound, leaves + 1);
    Eval clever = run_fn(&arena, t.clever, BATCHES, bound, leaves + 1);
    Eval bars = run_fn(&arena, back, BATCHES, bound, leaves + 1);
    const double *a = plain.value[y.plain], *b = clever.value[y.clever];
    Text text = {.arena = &arena};
    ir_print(t.plain, &text);
    ir_print(t.clever, &text);
    for (size_t i = 0; i < n; i++)
        cr_assert_eq(a[i], b[i], "seed %u, element %zu: %g became %g\n%s", (unsigned)seed, i, a[i], b[i], text_string(&text));
    double wanted = inner(a, bound[0].value, n);
    *nonzero += wanted != 0;
    ir_print(back, &text);
    for (unsigned k = 0; k < leaves; k++) {
        double got = inner(bars.value[back->root.at[k].value], bound[k + 1].value, reals(t.plain->symbol.at[k].shape, BATCHES));
        cr_assert_eq(got, wanted, "seed %u, leaf %u: %g, not %g\n%s", (unsigned)seed, k, got, wanted, text_string(&text));
    }
}

Test(vjp, random_contractions)
{
    size_t nonzero = 0, programs = 5000;
    for (uint64_t seed = 1; seed <= programs; seed++) {
        check_random(seed, &nonzero);
        arena_free(&arena);
        names = (Names){.arena = &arena};
    }
    cr_assert_gt(nonzero, programs / 10, "only %zu of %zu programs compute anything", nonzero, programs);
}

/* ---- peak, take, put ------------------------------------------------------------------------------------ */

static const char choices[] =
    "fn f(state x: f64[B 2 3], input k: i32[B], param w: f64[4 3]) {\n"
    "  %1 = peak_max x over 2 : f64[B 2]\n  %2 = peak_min x over 1 2 : f64[B]\n"
    "  %3 = take w k axis 0 : f64[B 3]\n  %4 = take x k axis 2 : f64[B 2]\n"
    "  %5 = mul %1 %4 : f64[B 2]\n  %6 = put %5 k axis 2 : f64[B 2 3]\n"
    "  %7 = mul %3 %3 : f64[B 3]\n  %8 = put %7 k axis 1 : f64[B 4 3]\n"
    "  result a = %2\n  result b = %6\n  result c = %8\n}\n";

static double weighted(const Fn *f, const Bound *bound, const Bound *a)
{
    Arena scratch = {0};
    Eval e = run_fn(&scratch, f, 2, bound, 3);
    double sum = 0;
    for (size_t k = 0; k < 3; k++)
        sum += inner(root_of(&e, ROOT_RESULT, f->root.at[k].name), a[k].value, reals(SHAPE(f, f->root.at[k].value), 2));
    arena_free(&scratch);
    return sum;
}

Test(vjp, peak_take_and_put_are_differences)
{
    Diags diags = {.arena = &arena};
    Source source = {"test", choices, strlen(choices)};
    Fn *f = ir_parse(&arena, &names, &source, &diags);
    cr_assert(f);
    Fn *g = pass_vjp(&arena, f, "vjp", NULL, 0);
    assert_sound(g);
    double x[12], w[12], k[] = {2, 0};
    for (int i = 0; i < 12; i++)
        x[i] = sin(3 * i + 1), w[i] = cos(2 * i + 1);
    uint64_t seed = 3;
    const Bound a[] = {{"a_a", random_whole(&seed, 2)}, {"a_b", random_whole(&seed, 12)}, {"a_c", random_whole(&seed, 24)}};
    Bound bound[] = {{"x", x}, {"k", k}, {"w", w}, a[0], a[1], a[2]};
    Eval bars = run_fn(&arena, g, 2, bound, COUNT(bound));
    for (int part = 0; part < 2; part++)
        for (int i = 0; i < 12; i++) {
            double *at = part ? &w[i] : &x[i], old = *at;
            *at = old + 1e-5;
            double more = weighted(f, bound, a);
            *at = old - 1e-5;
            double less = weighted(f, bound, a), wanted = (more - less) / 2e-5;
            *at = old;
            double got = part ? root_of(&bars, ROOT_SUM, "w")[i] : root_of(&bars, ROOT_RESULT, "x_bar")[i];
            cr_assert_float_eq(got, wanted, 1e-8, "%s[%d]: %g, not %g", part ? "w" : "x", i, got, wanted);
        }
}

/* ---- branches --------------------------------------------------------------------------------------------- */

/* if s > 0 then w @ log(x) + max(log(x)) + log(x[1]) else x[0] */
static Fn *branches(void)
{
    Fn *f = fn_new(&arena, &names, "f", TYPE_F64);
    Ref x = ir_leaf(f, ROLE_STATE, "x", f->real, DIMS(BATCH, 3)), s = ir_leaf(f, ROLE_STATE, "s", f->real, DIMS(BATCH));
    Ref y = ir_map(f, OP_log, x, 0, 0);
    Ref sum = ir_add(f, product(f, y, param(f, "w", DIMS(2, 3))), ir_peak(f, OP_PEAK_MAX, y, 2));
    sum = ir_add(f, sum, ir_reshape(f, ir_slice(f, y, 1, 1, 1, 1), DIMS(BATCH)));
    Ref other = ir_expand(f, ir_reshape(f, ir_slice(f, x, 1, 0, 1, 1), DIMS(BATCH)), DIMS(BATCH, 2));
    Ref taken = ir_map(f, OP_gt, s, ir_num(f, 0), 0);
    ir_root(f, ROOT_RESULT, "y", ir_map(f, OP_select, taken, sum, other));
    return f;
}

/* What is infinite or no number in the branch that a sample does not take stays there,
 * behind contractions too, and out of what is summed over samples.                      */
Test(vjp, a_branch_that_is_not_taken_contributes_nothing)
{
    Fn *f = branches(), *g = pass_vjp(&arena, f, "vjp", NULL, 0);
    assert_sound(g);
    for (int finished = 0; finished < 2; finished++) {
        double x[] = {1, 2, 4, 0, -1, 2}, s[] = {1, -1}, w[] = {1, 2, 3, 4, 5, 6}, a[] = {1, 10, 100, 1000};
        const Bound bound[] = {{"x", x}, {"s", s}, {"w", w}, {"a_y", a}};
        Eval bars = run_fn(&arena, g, 2, bound, COUNT(bound));
        assert_near(root_of(&bars, ROOT_RESULT, "x_bar"), (double[]){41, (52. + 11) / 2, (63. + 11) / 4, 1100, 0, 0}, 6, 1e-14, "x");
        assert_near(root_of(&bars, ROOT_SUM, "w"), (double[]){0, log(2), log(4), 0, 10 * log(2), 10 * log(4)}, 6, 1e-14, "w");
        g = pass_finish(&arena, g);
    }
}
