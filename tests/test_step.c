/* Steps, the continuous adjoint and the exact gradient, driven step by step by the
 * evaluator and compared with PyTorch's float64 results for the same algorithm.  No
 * code generation takes part: what this proves is the mathematics of the passes.    */
#include "fields.h"
#include "pass/pass.h"
#include "scratch.h"

SCRATCH_SUITE(step);

/* ---- the reference trajectories ---------------------------------------------------------- */

enum { STATES = 2, MOST_LEAVES = 16 };

typedef struct Trajectory {
    const char   *file;
    Fn           *f;
    size_t        batch, times, count;                  /* count: reals of all states    */
    const double *t, *z, *target;                       /* [times batch], [times batch 2] */
    Bound         bound[MOST_LEAVES];                   /* t, h, x, a_x, then parameters  */
    size_t        bounds, first_param;
    double       *x, *a, *time, *step;                  /* what the first four point at   */
    double       *theta_bar[MOST_LEAVES];
} Trajectory;

static Trajectory trajectory(const char *model)
{
    Trajectory y = {.file = arena_printf(&arena, "trajectory_%s", model)};
    y.f = reference_field(&arena, &names, model, TYPE_F64);
    size_t z0;
    reference(&arena, y.file, "z0", &z0);
    y.t = reference(&arena, y.file, "times", &y.times);
    y.z = reference(&arena, y.file, "z", &y.count);
    y.target = reference(&arena, y.file, "target", NULL);
    y.batch = z0 / STATES;
    y.times /= y.batch;
    y.x = NEW_ARRAY(&arena, double, z0), y.a = NEW_ARRAY(&arena, double, z0);
    y.time = NEW_ARRAY(&arena, double, y.batch), y.step = NEW_ARRAY(&arena, double, y.batch);
    y.bound[y.bounds++] = (Bound){"x", y.x};
    y.bound[y.bounds++] = (Bound){"a_x", y.a};
    y.bound[y.bounds++] = (Bound){"t", y.time};
    y.bound[y.bounds++] = (Bound){"h", y.step};
    y.first_param = y.bounds;
    for (size_t i = 0; i < y.f->symbol.count; i++) {
        const Symbol *s = &y.f->symbol.at[i];
        if (s->role != ROLE_PARAM)
            continue;
        const char *weight = arena_printf(&arena, "weights.%s", s->name);
        y.theta_bar[y.bounds] = NEW_ARRAY(&arena, double, shape_count(s->shape));
        y.bound[y.bounds++] = (Bound){s->name, reference(&arena, y.file, weight, NULL)};
    }
    return y;
}

static double loss(const Trajectory *y)
{
    double sum = 0;
    for (size_t i = 0; i < y->count; i++)
        sum += (y->z[i] - y->target[i]) * (y->z[i] - y->target[i]);
    return sum / (double)y->count;
}

static void add_direct(const Trajectory *y, size_t k)
{
    for (size_t i = 0; i < y->batch * STATES; i++) {
        size_t at = k * y->batch * STATES + i;
        y->a[i] += 2 * (y->z[at] - y->target[at]) / (double)y->count;
    }
}

/* Euler steps from t[from] to t[to]: how many, and sets h and t. */
static size_t interval(const Trajectory *y, size_t from, size_t to)
{
    const double *t0 = y->t + from * y->batch, *t1 = y->t + to * y->batch;
    size_t n = 0;
    for (size_t b = 0; b < y->batch; b++) {
        size_t mine = (size_t)ceil(fabs(t1[b] - t0[b]) / 0.05);
        n = mine > n ? mine : n;
    }
    for (size_t b = 0; b < y->batch; b++) {
        y->time[b] = t0[b];
        y->step[b] = (t1[b] - t0[b]) / (double)n;
    }
    return n;
}

static void set_state(const Trajectory *y, size_t k)
{
    memcpy(y->x, y->z + k * y->batch * STATES, y->batch * STATES * sizeof *y->x);
}

static void advance(const Trajectory *y)
{
    for (size_t b = 0; b < y->batch; b++)
        y->time[b] += y->step[b];
}

/* Carries what the evaluated step carries, and adds what it sums. */
static void take_roots(const Trajectory *y, const Eval *e)
{
    for (size_t i = 0; i < e->fn->root.count; i++) {
        const Root *root = &e->fn->root.at[i];
        size_t n = y->batch * STATES;
        if (root->kind == ROOT_CARRY)
            memcpy(strcmp(root->name, "x") == 0 ? y->x : y->a, e->value[root->value], n * sizeof(double));
        for (size_t k = y->first_param; root->kind == ROOT_SUM && k < y->bounds; k++)
            if (strcmp(root->name, y->bound[k].name) == 0)
                for (size_t j = 0; j < shape_count(SHAPE(e->fn, root->value)); j++)
                    y->theta_bar[k][j] += e->value[root->value][j];
    }
}

static void assert_theta_bar(const Trajectory *y, const char *prefix)
{
    for (size_t k = y->first_param; k < y->bounds; k++) {
        size_t n;
        const double *wanted = reference(&arena, y->file, arena_printf(&arena, "%s.%s", prefix, y->bound[k].name), &n);
        assert_near(y->theta_bar[k], wanted, n, 1e-10, arena_printf(&arena, "%s.%s", prefix, y->bound[k].name));
    }
    size_t n;
    const double *wanted = reference(&arena, y->file, arena_printf(&arena, "%s.z0", prefix), &n);
    assert_near(y->a, wanted, n, 1e-10, "z0");
}

/* ---- forward ---------------------------------------------------------------------------------- */

static void check_forward(const char *model, bool finished)
{
    Trajectory y = trajectory(model);
    Fn *step = pass_step(&arena, y.f, solver_by_name("euler"));
    step = finished ? pass_finish(&arena, step) : step;
    assert_sound(step);
    set_state(&y, 0);
    for (size_t k = 0; k + 1 < y.times; k++) {
        for (size_t n = interval(&y, k, k + 1); n > 0; n--) {
            Eval e = run_fn(&arena, step, y.batch, y.bound, y.bounds);
            take_roots(&y, &e);
            advance(&y);
        }
        assert_near(y.x, y.z + (k + 1) * y.batch * STATES, y.batch * STATES, 1e-12, "z");
    }
    assert_near(&(double){loss(&y)}, reference(&arena, y.file, "loss", NULL), 1, 1e-12, "loss");
}

Test(step, linear_forward)          { check_forward("linear", false); }
Test(step, mlp_forward)             { check_forward("mlp", false); }
Test(step, mlp_time_forward)        { check_forward("mlp_time", false); }
Test(step, finished_forward)        { check_forward("mlp_time", true); }

/* ---- the continuous adjoint --------------------------------------------------------------------- */

static void check_adjoint(const char *model, bool finished)
{
    Trajectory y = trajectory(model);
    Fn *pull = pass_pull_adjoint(&arena, y.f, solver_by_name("euler"));
    pull = finished ? pass_finish(&arena, pull) : pull;
    assert_sound(pull);
    for (size_t k = y.times - 1; k > 0; k--) {
        add_direct(&y, k);
        set_state(&y, k);
        size_t n = interval(&y, k, k - 1);
        for (size_t s = 0; s < n; s++) {
            Eval e = run_fn(&arena, pull, y.batch, y.bound, y.bounds);
            if (s == 0) {
                Eval f = run_fn(&arena, y.f, y.batch, y.bound, y.bounds);
                assert_near(root_of(&e, ROOT_RESULT, "f_x"), root_of(&f, ROOT_RESULT, "dx"), y.batch * STATES, 1e-14, "f_x");
            }
            take_roots(&y, &e);
            advance(&y);
        }
    }
    add_direct(&y, 0);
    assert_theta_bar(&y, "adjoint");
}

Test(step, linear_adjoint)          { check_adjoint("linear", false); }
Test(step, mlp_adjoint)             { check_adjoint("mlp", false); }
Test(step, mlp_time_adjoint)        { check_adjoint("mlp_time", false); }
Test(step, finished_adjoint)        { check_adjoint("mlp_time", true); }

/* ---- the exact gradient ---------------------------------------------------------------------------- */

/* Back through the n steps from t[k] to t[k+1]; dL/dt of both ends.
 * t_s = t0 + s h, h = (t1 - t0)/n.                                                                   */
static void pull_interval(const Trajectory *y, const Fn *step, const Fn *pull, size_t k, double *t_bar)
{
    size_t n = interval(y, k, k + 1), width = y->batch * STATES;
    double *tape = NEW_ARRAY(&arena, double, n * width);
    set_state(y, k);
    for (size_t s = 0; s < n; s++) {
        memcpy(tape + s * width, y->x, width * sizeof *tape);
        Eval e = run_fn(&arena, step, y->batch, y->bound, y->bounds);
        take_roots(y, &e);
        advance(y);
    }
    for (size_t s = n; s-- > 0;) {
        memcpy(y->x, tape + s * width, width * sizeof *tape);
        for (size_t b = 0; b < y->batch; b++)
            y->time[b] = y->t[k * y->batch + b] + (double)s * y->step[b];
        Eval e = run_fn(&arena, pull, y->batch, y->bound, y->bounds);
        const double *tb = root_of(&e, ROOT_RESULT, "t_bar"), *hb = root_of(&e, ROOT_RESULT, "h_bar");
        for (size_t b = 0; b < y->batch; b++) {
            double through_h = (hb[b] + (double)s * tb[b]) / (double)n;
            t_bar[k * y->batch + b] += tb[b] - through_h;
            t_bar[(k + 1) * y->batch + b] += through_h;
        }
        take_roots(y, &e);
    }
}

static void check_discrete(const char *model, bool finished)
{
    Trajectory y = trajectory(model);
    Fn *step = pass_step(&arena, y.f, solver_by_name("euler"));
    Fn *pull = pass_pull_discrete(&arena, y.f, solver_by_name("euler"));
    step = finished ? pass_finish(&arena, step) : step;
    pull = finished ? pass_finish(&arena, pull) : pull;
    assert_sound(pull);
    double *t_bar = NEW_ARRAY(&arena, double, y.times * y.batch);
    for (size_t k = y.times - 1; k-- > 0;) {
        add_direct(&y, k + 1);
        pull_interval(&y, step, pull, k, t_bar);
    }
    add_direct(&y, 0);
    assert_theta_bar(&y, "discrete");
    assert_near(t_bar, reference(&arena, y.file, "discrete.times", NULL), y.times * y.batch, 1e-10, "times");
}

Test(step, linear_discrete)         { check_discrete("linear", false); }
Test(step, mlp_discrete)            { check_discrete("mlp", false); }
Test(step, mlp_time_discrete)       { check_discrete("mlp_time", false); }
Test(step, finished_discrete)       { check_discrete("mlp_time", true); }

/* ---- every solver ---------------------------------------------------------------------------------- */

/* dx/dt = -p x + sin t, u enters as a forcing: smooth, not autonomous, two states' worth of coupling. */
static Fn *forced(void)
{
    Fn *f = fn_new(&arena, &names, "forced", TYPE_F64);
    Ref x = ir_leaf(f, ROLE_STATE, "x", TYPE_F64, DIMS(BATCH)), v = ir_leaf(f, ROLE_STATE, "v", TYPE_F64, DIMS(BATCH));
    Ref t = ir_leaf(f, ROLE_TIME, "t", TYPE_F64, DIMS(BATCH)), p = param(f, "p", RANK0);
    Ref u = ir_leaf(f, ROLE_INPUT, "u", TYPE_F64, DIMS(BATCH));
    ir_root(f, ROOT_RESULT, "dx", ir_add(f, ir_mul(f, p, v), ir_map(f, OP_sin, t, 0, 0)));
    ir_root(f, ROOT_RESULT, "dv", ir_sub(f, ir_mul(f, u, v), ir_mul(f, p, ir_mul(f, x, x))));
    return f;
}

typedef struct Small { double x, v, t, h, p, u, a_x, a_v; } Small;

static Eval run_small(Arena *scratch, const Fn *f, const Small *s)
{
    const Bound bound[] = {{"x", &s->x}, {"v", &s->v}, {"t", &s->t}, {"h", &s->h}, {"p", &s->p}, {"u", &s->u},
                           {"a_x", &s->a_x}, {"a_v", &s->a_v}};
    return run_fn(scratch, f, 1, bound, COUNT(bound));
}

static const Small start = {.x = 0.7, .v = -0.4, .t = 0.3, .p = 1.3, .u = -0.2};

static Small integrate(const Fn *step, Small s, double until, int n)
{
    s.h = (until - s.t) / n;
    for (int i = 0; i < n; i++) {
        Arena scratch = {0};
        Eval e = run_small(&scratch, step, &s);
        s.x = *root_of(&e, ROOT_CARRY, "x"), s.v = *root_of(&e, ROOT_CARRY, "v");
        s.t += s.h;
        arena_free(&scratch);
    }
    return s;
}

Test(step, rows_are_consistent_tableaus)
{
    cr_assert_geq(solver_count, 1);
    for (size_t i = 0; i < solver_count; i++) {
        const Tableau *s = &solver_table[i];
        double b = 0;
        for (unsigned j = 0; j < s->stages; j++) {
            double row = 0;
            b += s->b[j];
            for (unsigned k = 0; k < MAX_STAGES; k++) {
                row += s->a[j][k];
                cr_assert(k < j || s->a[j][k] == 0, "%s is not explicit", s->name);
            }
            cr_assert_float_eq(row, s->c[j], 1e-14, "%s: row %u adds up to %g, c is %g", s->name, j, row, s->c[j]);
        }
        cr_assert_float_eq(b, 1, 1e-14, "%s: b adds up to %g", s->name, b);
        cr_assert_eq(solver_by_name(s->name), s);
    }
    cr_assert_null(solver_by_name("no_such_solver"));
}

Test(step, every_solver_has_its_order)
{
    Fn *f = forced(), *fine = NULL;
    unsigned best = 0;
    for (size_t i = 0; i < solver_count; i++)
        if (solver_table[i].order > best)
            best = solver_table[i].order, fine = pass_step(&arena, f, &solver_table[i]);
    Small exact = integrate(fine, start, 1.3, 4000 >> best);
    for (size_t i = 0; i < solver_count; i++) {
        Fn *step = pass_step(&arena, f, &solver_table[i]);
        int n = solver_table[i].order > 3 ? 8 : 32;
        assert_sound(step);
        Small coarse = integrate(step, start, 1.3, n), half = integrate(step, start, 1.3, 2 * n);
        double order = log2(hypot(coarse.x - exact.x, coarse.v - exact.v) / hypot(half.x - exact.x, half.v - exact.v));
        cr_assert(fabs(order - solver_table[i].order) < 0.35, "%s converges with order %.2f, its row says %u",
                  solver_table[i].name, order, solver_table[i].order);
    }
}

/* a.x after one step, as a function of everything before it. */
static double projected(const Fn *step, Small s)
{
    Arena scratch = {0};
    Eval e = run_small(&scratch, step, &s);
    double y = s.a_x * *root_of(&e, ROOT_CARRY, "x") + s.a_v * *root_of(&e, ROOT_CARRY, "v");
    arena_free(&scratch);
    return y;
}

Test(step, every_discrete_pull_is_the_gradient_of_its_step)
{
    const struct { size_t at; RootKind kind; const char *root; } part[] = {
        {offsetof(Small, x), ROOT_CARRY, "a_x"}, {offsetof(Small, v), ROOT_CARRY, "a_v"}, {offsetof(Small, p), ROOT_SUM, "p"},
        {offsetof(Small, u), ROOT_SUM, "u"}, {offsetof(Small, t), ROOT_RESULT, "t_bar"}, {offsetof(Small, h), ROOT_RESULT, "h_bar"},
    };
    Fn *f = forced();
    for (size_t i = 0; i < solver_count; i++) {
        Fn *step = pass_step(&arena, f, &solver_table[i]), *pull = pass_pull_discrete(&arena, f, &solver_table[i]);
        Small s = start;
        s.h = 0.4, s.a_x = 0.9, s.a_v = -1.1;
        assert_sound(pull);
        Eval e = run_small(&arena, pull, &s);
        for (size_t k = 0; k < COUNT(part); k++) {
            Small more = s, less = s;
            *(double *)((char *)&more + part[k].at) += 1e-5;
            *(double *)((char *)&less + part[k].at) -= 1e-5;
            double wanted = (projected(step, more) - projected(step, less)) / 2e-5;
            cr_assert_float_eq(*root_of(&e, part[k].kind, part[k].root), wanted, 1e-8, "%s: %s", solver_table[i].name, part[k].root);
        }
    }
}

/* The continuous adjoint tends to the exact gradient, with the solver's order; back and forth in time. */
static Small adjoint_gradient(const Tableau *solver, double until, int n, double *p_bar, double *u_bar)
{
    Fn *f = forced(), *step = pass_step(&arena, f, solver), *pull = pass_pull_adjoint(&arena, f, solver);
    Small s = integrate(step, start, until, n);
    s.h = -s.h, s.a_x = 0.9, s.a_v = -1.1;
    assert_sound(pull);
    *p_bar = *u_bar = 0;
    for (int i = 0; i < n; i++) {
        Arena scratch = {0};
        Eval e = run_small(&scratch, pull, &s);
        *p_bar += *root_of(&e, ROOT_SUM, "p"), *u_bar += *root_of(&e, ROOT_SUM, "u");
        s.x = *root_of(&e, ROOT_CARRY, "x"), s.v = *root_of(&e, ROOT_CARRY, "v");
        s.a_x = *root_of(&e, ROOT_CARRY, "a_x"), s.a_v = *root_of(&e, ROOT_CARRY, "a_v");
        s.t += s.h;
        arena_free(&scratch);
    }
    return s;
}

static void check_adjoint_order(const Tableau *solver, double until)
{
    int n = solver->order > 3 ? 8 : 32;
    double exact_p, exact_u, p, u, p2, u2;
    Small exact = adjoint_gradient(solver_by_name("rk4"), until, 500, &exact_p, &exact_u);
    Small one = adjoint_gradient(solver, until, n, &p, &u), two = adjoint_gradient(solver, until, 2 * n, &p2, &u2);
    double far = fabs(one.a_x - exact.a_x) + fabs(one.a_v - exact.a_v) + fabs(p - exact_p) + fabs(u - exact_u);
    double near = fabs(two.a_x - exact.a_x) + fabs(two.a_v - exact.a_v) + fabs(p2 - exact_p) + fabs(u2 - exact_u);
    double order = log2(far / near);
    cr_assert(order > solver->order - 0.45, "%s: the adjoint converges with order %.2f", solver->name, order);
}

Test(step, every_adjoint_has_its_order)
{
    for (size_t i = 0; i < solver_count; i++) {
        check_adjoint_order(&solver_table[i], 1.3);
        check_adjoint_order(&solver_table[i], -0.7);
    }
}

/* A state called h and another called a_x: made names step aside. */
Test(step, made_names_do_not_collide)
{
    Fn *f = fn_new(&arena, &names, "f", TYPE_F64);
    Ref x = ir_leaf(f, ROLE_STATE, "x", TYPE_F64, DIMS(BATCH)), h = ir_leaf(f, ROLE_STATE, "h", TYPE_F64, DIMS(BATCH));
    Ref a = ir_leaf(f, ROLE_STATE, "a_x", TYPE_F64, DIMS(BATCH));
    ir_leaf(f, ROLE_TIME, "t", TYPE_F64, DIMS(BATCH));
    ir_root(f, ROOT_RESULT, "dx", ir_mul(f, h, a));
    ir_root(f, ROOT_RESULT, "dh", ir_mul(f, x, a));
    ir_root(f, ROOT_RESULT, "da_x", ir_mul(f, x, h));
    for (size_t i = 0; i < solver_count; i++) {
        assert_sound(pass_step(&arena, f, &solver_table[i]));
        assert_sound(pass_finish(&arena, pass_pull_adjoint(&arena, f, &solver_table[i])));
        assert_sound(pass_finish(&arena, pass_pull_discrete(&arena, f, &solver_table[i])));
    }
}
