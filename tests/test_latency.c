/* The latency regime against the reference evaluator: every form of con at sizes
 * that fill vectors and that do not, with everything nobody should read poisoned. */
#include <criterion/criterion.h>

#include "lower/lower.h"
#include "pass/pass.h"

#include <math.h>
#include <string.h>

static Arena arena;
static Names names;

static void setup(void) { names = (Names){.arena = &arena}; }
static void teardown(void) { arena_free(&arena); }

TestSuite(latency, .init = setup, .fini = teardown);

/* ---- a function of one block, built by a regime and run ------------------------------------- */

static double random_in(double lo, double hi)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return lo + (hi - lo) * (double)(state >> 11) * 0x1p-53;
}

static Shape feature(Shape s)
{
    if (s.rank && s.dim[0] == BATCH) {
        s.rank--;
        memmove(s.dim, s.dim + 1, s.rank * sizeof *s.dim);
    }
    return s;
}

static Field *field_of(const Fn *fn)
{
    Field *field = NEW(&arena, Field);
    field->name = fn->name;
    for (size_t i = 0; i < fn->symbol.count; i++) {
        const Symbol *s = &fn->symbol.at[i];
        if (s->role != ROLE_PARAM)
            continue;
        FieldParam p = {.name = s->name, .shape = s->shape, .offset = field->params,
                        .count = (uint32_t)shape_count(s->shape)};
        field->params += p.count;
        VEC_PUSH(&arena, field->param) = p;
    }
    return field;
}

typedef struct Built { Program *p; uint32_t entry, in, out, pack, sums, scratch; } Built;

/* in: the leaves that are no parameters, one after another; out: the roots that are no sums. */
static Built build(Fn *fn, const Regime *regime, const Field *field)
{
    Program *p = program_new(&arena, &names, TYPE_F64);
    Job job = {.p = p, .field = field, .fn = &fn, .fns = 1};
    Built b = {.p = p};
    b.entry = fn_begin(p, "apply", NULL);
    Var theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false);
    Var in = fn_param_buffer(p, "in", SPACE_CONST, false, false);
    Var out = fn_param_buffer(p, "out", SPACE_SHARED, true, false);
    Var g = fn_param_buffer(p, "g", SPACE_SHARED, true, false);
    Var pack = fn_param_buffer(p, "pack", SPACE_SHARED, true, false);
    Var sums = fn_param_buffer(p, "sums", SPACE_BLOCK, true, false);
    Var scratch = fn_param_buffer(p, "scratch", SPACE_BLOCK, true, false);
    Bind leaf[32], root[32];
    size_t leaves = 0, roots = 0;
    b.pack = regime->pack_size(&job);
    b.sums = regime->sums_size(&job);
    regime->pack(&job, theta, pack);
    regime->sums_clear(&job, sums);
    Block *block = regime->begin(&job, x_int(p, 1), theta, pack, scratch);
    for (size_t i = 0; i < fn->symbol.count; i++) {
        const Symbol *s = &fn->symbol.at[i];
        if (s->role == ROLE_PARAM)
            continue;
        Held *h = regime->declare(block, s->name, feature(s->shape));
        regime->load(block, h, in, x_int(p, b.in), x_int(p, 1));
        leaf[leaves++] = (Bind){s->name, h};
        b.in += (uint32_t)shape_count(s->shape);
    }
    for (size_t i = 0; i < fn->root.count; i++) {
        const Root *r = &fn->root.at[i];
        if (r->kind == ROOT_RESULT)
            root[roots++] = (Bind){r->name, regime->declare(block, r->name, feature(SHAPE(fn, r->value)))};
    }
    regime->apply(block, fn, leaf, leaves, root, roots, b.sums ? sums : 0);
    for (size_t i = 0; i < fn->root.count; i++) {
        const Root *r = &fn->root.at[i];
        const Held *h = NULL;
        for (size_t k = 0; k < leaves + roots; k++) {
            const Bind *at = k < leaves ? &leaf[k] : &root[k - leaves];
            if (at->leaf == r->name && (r->kind == ROOT_CARRY) == (k < leaves))
                h = at->value;
        }
        if (r->kind == ROOT_SUM)
            continue;
        regime->store(block, h, out, x_int(p, b.out), x_int(p, 1));
        b.out += (uint32_t)shape_count(SHAPE(fn, r->value));
    }
    b.scratch = regime->end(block);
    if (b.sums)
        regime->sums_finish(&job, sums, x_int(p, 1), g, false);
    fn_end(p);
    const char *wrong = loop_verify(p, &arena);
    cr_assert_null(wrong, "%s: %s", fn->name, wrong);
    return b;
}

static double *poisoned(size_t n)
{
    double *a = NEW_ARRAY(&arena, double, n + 1);
    for (size_t i = 0; i < n; i++)
        a[i] = NAN;
    return a;
}

static double *random_array(size_t n, double lo, double hi)
{
    double *a = NEW_ARRAY(&arena, double, n + 1);
    for (size_t i = 0; i < n; i++)
        a[i] = random_in(lo, hi);
    return a;
}

static void compare(const Fn *fn, const char *what, const double *got, const double *wanted, size_t n, double scale)
{
    for (size_t i = 0; i < n; i++)
        cr_expect(fabs(got[i] - wanted[i]) <= 1e-12 * (fabs(wanted[i]) + scale), "%s: %s[%zu] is %.17g, not %.17g",
                  fn->name, what, i, got[i], wanted[i]);
}

static void check_regime(Fn *fn, const Regime *regime)
{
    const Field *field = field_of(fn);
    Built b = build(fn, regime, field);
    double *theta = random_array(field->params, 0.2, 0.9), *in = random_array(b.in, 0.3, 0.9);
    double *out = poisoned(b.out), *g = poisoned(field->params);
    const double **bind = NEW_ARRAY(&arena, const double *, fn->symbol.count + 1);
    const double *next = in;
    for (size_t i = 0; i < fn->symbol.count; i++) {
        const Symbol *s = &fn->symbol.at[i];
        if (s->role != ROLE_PARAM) {
            bind[i] = next;
            next += shape_count(s->shape);
        } else
            for (size_t k = 0; k < field->param.count; k++)
                if (field->param.at[k].name == s->name)
                    bind[i] = theta + field->param.at[k].offset;
    }
    LArg args[] = {{.buffer = theta, .elements = field->params}, {.buffer = in, .elements = b.in},
                   {.buffer = out, .elements = b.out}, {.buffer = g, .elements = field->params},
                   {.buffer = poisoned(b.pack), .elements = b.pack}, {.buffer = poisoned(b.sums), .elements = b.sums},
                   {.buffer = poisoned(b.scratch), .elements = b.scratch}};
    char error[200] = "";
    cr_assert_eq(loop_run(b.p, b.entry, args, COUNT(args), error, sizeof error), 0, "%s: %s", fn->name, error);

    Eval eval = ir_eval(&arena, fn, 1, bind);
    const double *at = out;
    for (size_t i = 0; i < fn->root.count; i++) {
        const Root *r = &fn->root.at[i];
        size_t n = shape_count(SHAPE(fn, r->value));
        const double *wanted = eval.value[r->value];
        if (r->kind != ROOT_SUM) {
            compare(fn, r->name, at, wanted, n, 1);
            at += n;
            continue;
        }
        for (size_t k = 0; k < field->param.count; k++)
            if (field->param.at[k].name == r->name)
                compare(fn, r->name, g + field->param.at[k].offset, wanted, n, 1);
    }
}

/* fn, and its vector-Jacobian product, in this regime and in the one that can do everything. */
static void check(Fn *f)
{
    Fn *fn = pass_finish(&arena, f), *vjp = pass_finish(&arena, pass_vjp(&arena, f, f->name, NULL, 0));
    Fn *const both[] = {fn, vjp};
    for (int i = 0; i < 2; i++) {
        cr_assert(regime_latency.accepts(both[i]), "%s%s", f->name, i ? ", vjp" : "");
        check_regime(both[i], &regime_latency);
        check_regime(both[i], &regime_scalar);
    }
}

/* ---- functions ---------------------------------------------------------------------------------- */

static Fn *new_fn(const char *name) { return fn_new(&arena, &names, name, TYPE_F64); }
static Shape vec(uint32_t n) { return (Shape){.rank = 2, .dim = {BATCH, n}}; }
static const Shape per_sample = {.rank = 1, .dim = {BATCH}};

static Ref state(Fn *f, const char *name, uint32_t n) { return ir_leaf(f, ROLE_STATE, name, TYPE_F64, vec(n)); }

static Ref param(Fn *f, const char *name, uint32_t n, uint32_t m)
{
    return ir_leaf(f, ROLE_PARAM, name, TYPE_F64, (Shape){.rank = m ? 2 : n ? 1 : 0, .dim = {n, m}});
}

static Aff axis(unsigned a, int32_t c) { return (Aff){.c = c, .k = {1}, .ax = {(uint8_t)a}, .n = 1}; }

/* W x (or its transpose's product): axes 0 = B, 1 = result, 2 = sum. */
static Ref product(Fn *f, Ref w, Ref x, bool transposed)
{
    Shape s = SHAPE(f, w);
    uint32_t n = s.dim[transposed], m = s.dim[!transposed];
    Con c = {.naxis = 3, .nopd = 2, .extent = {BATCH, n, m}, .out = {axis(0, 0), axis(1, 0)},
             .in = {{axis(0, 0), axis(2, 0)}, {axis(1 + transposed, 0), axis(2 - transposed, 0)}}};
    return ir_con(f, &c, vec(n), (Ref[]){x, w});
}

static Ref spread(Fn *f, Ref r, uint32_t n)                 /* [n] to [B n] */
{
    Con c = {.naxis = 2, .nopd = 1, .extent = {BATCH, n}, .out = {axis(0, 0), axis(1, 0)}, .in = {{axis(1, 0)}}};
    return ir_con(f, &c, vec(n), &r);
}

static Ref map(Fn *f, Op op, Ref a) { return ir_map(f, op, a, 0, 0); }

static Ref linear(Fn *f, const char *name, uint32_t out, uint32_t in, Ref x)
{
    Ref w = param(f, arena_printf(&arena, "%s.weight", name), out, in);
    Ref b = param(f, arena_printf(&arena, "%s.bias", name), out, 0);
    return ir_add(f, product(f, w, x, false), spread(f, b, out));
}

static const uint32_t sizes[] = {3, 5, 16, 17, 33, 64};

static Fn *mlp(uint32_t n, uint32_t hidden, bool time)
{
    Fn *f = new_fn(arena_printf(&arena, "mlp(%u, %u)", n, hidden));
    Ref x = state(f, "x", n), t = ir_leaf(f, ROLE_TIME, "t", TYPE_F64, per_sample), in = x;
    if (time)
        in = ir_concat(f, (Ref[]){x, ir_expand(f, t, vec(1))}, 2, 1);
    Ref h = map(f, OP_elu, linear(f, "lin1", hidden, n + time, in));
    h = map(f, OP_tanh, linear(f, "lin2", hidden, hidden, h));
    ir_root(f, ROOT_RESULT, "dx", linear(f, "lin3", n, hidden, h));
    return f;
}

Test(latency, mlp_of_all_sizes)
{
    for (size_t i = 0; i < COUNT(sizes); i++) {
        check(mlp(2, sizes[i], false));
        check(mlp(3, sizes[i], true));
        check(mlp(7, sizes[i], true));
    }
}

Test(latency, long_sums_stay_loops)
{
    check(mlp(40, 35, false));
    Program *p = build(pass_finish(&arena, mlp(2, 128, false)), &regime_latency, field_of(mlp(2, 128, false))).p;
    cr_expect_lt(p->stm.count, 1000, "%zu statements", p->stm.count);
}

Test(latency, weights_and_numbers_alone)
{
    for (size_t i = 0; i < COUNT(sizes); i++) {
        uint32_t n = sizes[i];
        Fn *f = new_fn(arena_printf(&arena, "shared(%u)", n));
        Ref x = state(f, "x", n), a = param(f, "a", 0, 0), b = param(f, "b", n, 0), w = param(f, "w", n, n);
        Ref rate = map(f, OP_exp, map(f, OP_neg, a));
        Ref size = ir_map(f, OP_select, ir_map(f, OP_gt, b, ir_num(f, 0), 0), b, map(f, OP_neg, b));
        Ref gate = spread(f, map(f, OP_sigmoid, ir_mul(f, b, size)), n);
        Ref turn = ir_map(f, OP_select, ir_map(f, OP_gt, a, ir_num(f, 0), 0), gate, map(f, OP_neg, gate));
        double *number = random_array(n, 0, 1);
        Ref c = spread(f, ir_const(f, (Shape){.rank = 1, .dim = {n}}, number), n);
        Ref y = ir_mul(f, product(f, map(f, OP_tanh, w), x, true), turn);
        ir_root(f, ROOT_RESULT, "dx", ir_add(f, ir_mul(f, rate, y), ir_mul(f, c, x)));
        Fn *fn = pass_finish(&arena, f);
        cr_assert(regime_latency.accepts(fn), "%s", f->name);
        check_regime(fn, &regime_latency);
        check_regime(fn, &regime_scalar);
    }
}

Test(latency, named_scalars)
{
    Fn *f = new_fn("LotkaVolterra");
    Ref hare = ir_leaf(f, ROLE_STATE, "hare", TYPE_F64, per_sample), lynx = ir_leaf(f, ROLE_STATE, "lynx", TYPE_F64, per_sample);
    Ref p[4];
    for (int i = 0; i < 4; i++)
        p[i] = ir_expand(f, param(f, (const char *[]){"birth", "eaten", "growth", "death"}[i], 0, 0), per_sample);
    Ref met = ir_mul(f, hare, lynx);
    ir_root(f, ROOT_RESULT, "dhare", ir_sub(f, ir_mul(f, p[0], hare), ir_mul(f, p[1], met)));
    ir_root(f, ROOT_RESULT, "dlynx", ir_sub(f, ir_mul(f, p[2], met), ir_mul(f, p[3], lynx)));
    check(f);
}

/* Neighbours on a ring: dx[i] = (x[i+1] - x[i-2])*x[i-1] - x[i] (Lorenz 1996). */
static Ref turned(Fn *f, Ref x, uint32_t n, uint32_t by)
{
    Ref parts[] = {ir_slice(f, x, 1, by, n - by, 1), ir_slice(f, x, 1, 0, by, 1)};
    return ir_concat(f, parts, 2, 1);
}

Test(latency, neighbours)
{
    for (uint32_t n = 3; n <= 70; n += n < 20 ? 1 : 13) {
        Fn *f = new_fn(arena_printf(&arena, "lorenz96(%u)", n));
        Ref x = state(f, "x", n);
        Ref between = ir_sub(f, turned(f, x, n, 1), turned(f, x, n, n - 2));
        ir_root(f, ROOT_RESULT, "dx", ir_sub(f, ir_mul(f, between, turned(f, x, n, n - 1)), x));
        check(f);
    }
}

Test(latency, slices_pads_and_sums)
{
    for (size_t i = 1; i < COUNT(sizes); i++) {
        uint32_t n = sizes[i];
        Fn *f = new_fn(arena_printf(&arena, "parts(%u)", n));
        Ref x = state(f, "x", n), y = state(f, "y", 2);
        Ref part = ir_slice(f, x, 1, n - 3, 2, 1);                          /* long to short */
        Ref whole = ir_pad(f, ir_mul(f, part, y), 1, 1, n - 3);             /* and back */
        Ref dot = ir_sum(f, ir_mul(f, x, whole), 2);
        Ref square = ir_expand(f, ir_mul(f, dot, dot), vec(n));
        ir_root(f, ROOT_RESULT, "dx", ir_add(f, ir_mul(f, square, x), whole));
        ir_root(f, ROOT_RESULT, "dy", ir_add(f, part, ir_expand(f, ir_sum(f, x, 2), vec(2))));
        check(f);
    }
}

Test(latency, windows)
{
    for (uint32_t n = 5; n <= 64; n += 19) {                                /* y[l] = sum w[k] x[l + k - 1] */
        Fn *f = new_fn(arena_printf(&arena, "window(%u)", n));
        Ref x = state(f, "x", n), w = param(f, "w", 3, 0);
        Con c = {.naxis = 3, .nopd = 2, .extent = {BATCH, n, 3}, .out = {axis(0, 0), axis(1, 0)},
                 .in = {{axis(0, 0), {.c = -1, .k = {1, 1}, .ax = {1, 2}, .n = 2}}, {axis(2, 0)}}};
        ir_root(f, ROOT_RESULT, "dx", map(f, OP_tanh, ir_con(f, &c, vec(n), (Ref[]){x, w})));
        check(f);
    }
}

/* log of what is in the padding is not finite, and must not be seen. */
Test(latency, padding_is_not_read)
{
    for (size_t i = 0; i < COUNT(sizes); i++) {
        uint32_t n = sizes[i];
        Fn *f = new_fn(arena_printf(&arena, "padding(%u)", n));
        Ref x = state(f, "x", 2);
        Ref h = map(f, OP_log, linear(f, "lin1", n, 2, x));
        h = ir_map(f, OP_div, map(f, OP_sqrt, ir_mul(f, h, h)), h, 0);
        h = map(f, OP_log1p, linear(f, "lin2", n, n, h));
        ir_root(f, ROOT_RESULT, "dx", linear(f, "lin3", 2, n, h));
        check(f);
    }
}

Test(latency, carries_are_set_after_everything_is_read)
{
    Fn *f = new_fn("swap");
    Ref x = state(f, "x", 2), y = state(f, "y", 2), u = state(f, "u", 20), v = state(f, "v", 20);
    ir_root(f, ROOT_CARRY, "x", y);
    ir_root(f, ROOT_CARRY, "y", x);
    ir_root(f, ROOT_CARRY, "u", v);
    ir_root(f, ROOT_CARRY, "v", u);
    ir_root(f, ROOT_RESULT, "was", x);
    check_regime(f, &regime_latency);
}

Test(latency, steps_and_their_gradients)
{
    for (size_t s = 0; s < solver_count; s++)
        for (size_t i = 0; i < 3; i++) {
            Fn *f = mlp(2, sizes[i], true);
            Fn *const fns[] = {pass_step(&arena, f, &solver_table[s]), pass_pull_adjoint(&arena, f, &solver_table[s]),
                               pass_pull_discrete(&arena, f, &solver_table[s])};
            for (int k = 0; k < 3; k++) {
                Fn *fn = pass_finish(&arena, fns[k]);
                cr_assert(regime_latency.accepts(fn), "%s, %s", fn->name, solver_table[s].name);
                check_regime(fn, &regime_latency);
            }
        }
}

/* ---- what it leaves to others ---------------------------------------------------------------------- */

Test(latency, a_matrix_per_sample_is_refused)
{
    Fn *f = new_fn("matrix");
    Ref x = ir_leaf(f, ROLE_STATE, "x", TYPE_F64, (Shape){.rank = 3, .dim = {BATCH, 3, 3}});
    ir_root(f, ROOT_RESULT, "dx", map(f, OP_tanh, x));
    cr_expect_not(regime_latency.accepts(f));
    f = new_fn("small matrix");
    x = ir_leaf(f, ROLE_STATE, "x", TYPE_F64, (Shape){.rank = 3, .dim = {BATCH, 2, 2}});
    ir_root(f, ROOT_RESULT, "dx", map(f, OP_tanh, ir_transpose(f, x, (const uint8_t[]){0, 2, 1})));
    check(f);
}

Test(latency, what_is_not_linear_in_a_sum_over_samples_is_refused)
{
    Fn *f = new_fn("coupled");
    Ref x = state(f, "x", 2), w = param(f, "w", 2, 0);
    Ref sum = ir_sum(f, x, 1);
    ir_root(f, ROOT_SUM, "w", ir_add(f, map(f, OP_tanh, sum), w));
    cr_expect_not(regime_latency.accepts(f));
}
