/* Losses, optimisers and norm as loop IR, against plain C on one number at a time. */
#include <criterion/criterion.h>

#include "ops/rows.h"
#include "lower/train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 83 };                 /* elements: vectors, and a tail                   */

static Arena arena;
static Names names;

static void setup(void) { names = (Names){.arena = &arena}; }
static void teardown(void) { arena_free(&arena); }

TestSuite(train, .init = setup, .fini = teardown);

static double random_in(double lo, double hi)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return lo + (hi - lo) * (double)(state >> 11) * 0x1p-53;
}

/* A field of two states whose parameters are `plain`, `positive`, `plain` reals. */
static Field *field_of(uint32_t plain, uint32_t positive)
{
    Field *f = NEW(&arena, Field);
    f->name = name_of(&names, "Test");
    f->states = 2;
    const uint32_t count[] = {plain, positive, plain};
    for (int i = 0; i < 3; i++) {
        if (count[i] == 0)
            continue;
        FieldParam p = {.name = name_of(&names, arena_printf(&arena, "p%d", i)), .positive = i == 1,
                        .shape = {.rank = 1, .dim = {count[i]}}, .offset = f->params, .count = count[i]};
        f->params += count[i];
        VEC_PUSH(&arena, f->param) = p;
    }
    return f;
}

static Program *built(const Field *field, const char *loss, double delta, bool log, const char *optim, Lowered *out)
{
    Program *p = program_new(&arena, &names, TYPE_F64);
    train_build(p, field, loss, delta, log, optim, out);
    const char *wrong = loop_verify(p, &arena);
    cr_assert_null(wrong, "%s", wrong);
    return p;
}

static void run(const Program *p, uint32_t fn, const LArg *args, size_t n)
{
    char error[200] = "";
    cr_assert_eq(loop_run(p, fn, args, n, error, sizeof error), 0, "%s", error);
}

#define BUFFER(a) {.buffer = (a), .elements = COUNT(a)}

/* ---- losses ---------------------------------------------------------------------------- */

static double loss_of(const Program *p, const Lowered *l, double *x, double *y, double *g)
{
    double out[1], work[2 * MANY / LOSS_PART + 1];
    LArg args[] = {{.i = MANY}, {.buffer = x, .elements = 2 * MANY}, {.buffer = y, .elements = 2 * MANY},
                   {.buffer = g, .elements = g ? 2 * MANY : 0}, BUFFER(out), BUFFER(work)};
    run(p, l->loss, args, COUNT(args));
    return out[0];
}

static double plain_loss(const char *name, double delta, bool log_scale, const double *x, const double *y)
{
    double sum = 0;
    for (int i = 0; i < 2 * MANY; i++) {
        double u = log_scale ? log(x[i]) - log(y[i]) : x[i] - y[i], r = fabs(u);
        sum += !strcmp(name, "mse") ? u * u
             : !strcmp(name, "mae") ? r
             : r < delta ? 0.5 * u * u : delta * (r - 0.5 * delta);
    }
    return sum / (2 * MANY);
}

Test(train, losses_and_their_slopes)
{
    size_t rows;
    const LossRow *row = loss_rows(&rows);
    for (size_t r = 0; r < 2 * rows; r++) {
        bool log_scale = r >= rows;
        const char *name = row[r % rows].name;
        Lowered l = {0};
        const Program *p = built(field_of(3, 0), name, 0.4, log_scale, "adam", &l);
        double x[2 * MANY], y[2 * MANY], g[2 * MANY];
        for (int i = 0; i < 2 * MANY; i++)
            x[i] = random_in(0.5, 2), y[i] = random_in(0.5, 2);
        double value = loss_of(p, &l, x, y, g);
        cr_expect_float_eq(value, plain_loss(name, 0.4, log_scale, x, y), 1e-13, "%s", name);
        cr_expect_eq(value, loss_of(p, &l, x, y, NULL), "%s: without its gradient", name);
        for (int i = 0; i < 2 * MANY; i++) {
            double at = x[i], h = 1e-6;
            x[i] = at + h;
            double up = plain_loss(name, 0.4, log_scale, x, y);
            x[i] = at - h;
            double down = plain_loss(name, 0.4, log_scale, x, y);
            x[i] = at;
            cr_expect_float_eq(g[i], (up - down) / (2 * h), 1e-8, "%s, slope %d", name, i);
        }
    }
}

Test(train, norm_is_the_root_of_the_sum_of_squares)
{
    Lowered l = {0};
    const Program *p = built(field_of(3, 0), "mse", 1, false, "sgd", &l);
    for (int n = 0; n <= 150; n += 25) {
        double g[150], out[1], sum = 0;
        for (int i = 0; i < n; i++)
            g[i] = random_in(-1, 1), sum += g[i] * g[i];
        LArg args[] = {{.i = n}, {.buffer = NULL}, {.buffer = g, .elements = (size_t)n}, BUFFER(out)};
        run(p, l.norm, args, COUNT(args));
        cr_expect_float_eq(out[0], sqrt(sum), 1e-14);
    }
}

/* Clipping must not depend on the unit of a parameter that is trained as its logarithm. */
Test(train, norm_of_what_is_positive_is_that_of_its_logarithm)
{
    static const uint32_t kind[][2] = {{0, 3}, {0, 150}, {3, 4}, {70, 65}, {16, 16}, {1, 0}};
    for (size_t k = 0; k < COUNT(kind); k++) {
        Lowered l = {0};
        const Field *field = field_of(kind[k][0], kind[k][1]);
        const Program *p = built(field, "mse", 1, false, "sgd", &l);
        double theta[300], g[300], out[1], sum = 0;
        uint32_t n = field->params, first = kind[k][0], last = first + kind[k][1];
        for (uint32_t i = 0; i < n; i++) {
            theta[i] = random_in(0.1, 9), g[i] = random_in(-1, 1);
            double along = i >= first && i < last ? theta[i] * g[i] : g[i];
            sum += along * along;
        }
        LArg args[] = {{.i = n}, {.buffer = theta, .elements = n}, {.buffer = g, .elements = n}, BUFFER(out)};
        run(p, l.norm, args, COUNT(args));
        cr_expect_float_eq(out[0], sqrt(sum), 1e-12, "%u and %u: %g, not %g", kind[k][0], kind[k][1], out[0], sqrt(sum));
    }
}

/* ---- optimisers -------------------------------------------------------------------------- */

typedef struct Reals { double lr, beta1, beta2, eps, decay, momentum; int step; } Reals;

static double real_of(const Reals *u, const char *name)
{
    const struct { const char *name; double value; } table[] = {
        {"lr", u->lr}, {"beta1", u->beta1}, {"beta2", u->beta2}, {"eps", u->eps}, {"decay", u->decay},
        {"momentum", u->momentum}, {"w1", 1 - u->beta1}, {"w2", 1 - u->beta2},
        {"rate", u->lr / (1 - pow(u->beta1, u->step))}, {"root", 1 / sqrt(1 - pow(u->beta2, u->step))}, {"gscale", 0.5},
    };
    for (size_t i = 0; i < COUNT(table); i++)
        if (!strcmp(table[i].name, name))
            return table[i].value;
    cr_assert_fail("nobody knows the real %s", name);
    return 0;
}

/* The updates of torch.optim, on one parameter. */
static double plain_step(const char *name, const Reals *u, double p, double g, double *m, double *v)
{
    if (!strcmp(name, "adam") || !strcmp(name, "adamw")) {
        double q = p;
        if (!strcmp(name, "adam"))
            g += u->decay * p;
        else
            q = p * (1 - u->lr * u->decay);
        *m = u->beta1 * *m + (1 - u->beta1) * g;
        *v = u->beta2 * *v + (1 - u->beta2) * g * g;
        double m_hat = *m / (1 - pow(u->beta1, u->step)), v_hat = *v / (1 - pow(u->beta2, u->step));
        return q - u->lr * m_hat / (sqrt(v_hat) + u->eps);
    }
    g += u->decay * p;
    if (!strcmp(name, "rmsprop")) {
        *v = u->beta2 * *v + (1 - u->beta2) * g * g;
        *m = u->momentum * *m + g / (sqrt(*v) + u->eps);
        return p - u->lr * *m;
    }
    *m = u->momentum * *m + g;
    if (!strcmp(name, "sgd"))
        return p - u->lr * *m;
    cr_assert_str_eq(name, "nesterov", "a row without a plain version");
    return p - u->lr * (g + u->momentum * *m);
}

static void fifty_steps(const char *name, Field *field)
{
    Lowered l = {0};
    const Program *p = built(field, "mse", 1, false, name, &l);
    size_t n = field->params;
    double *theta = NEW_ARRAY(&arena, double, n), *plain = NEW_ARRAY(&arena, double, n);
    double *g = NEW_ARRAY(&arena, double, n), *kept = NEW_ARRAY(&arena, double, l.moments * n);
    double *m = NEW_ARRAY(&arena, double, n), *v = NEW_ARRAY(&arena, double, n);
    Reals u = {.lr = 0.02, .beta1 = 0.9, .beta2 = 0.98, .eps = 1e-8, .decay = 0.03, .momentum = 0.8};
    for (size_t i = 0; i < n; i++)
        theta[i] = plain[i] = random_in(0.5, 1.5);
    for (u.step = 1; u.step <= 50; u.step++) {
        LArg args[16] = {{.i = (int64_t)n}, {.buffer = theta, .elements = n}, {.buffer = g, .elements = n},
                         {.buffer = kept, .elements = l.moments * n}};
        for (size_t i = 0; i < n; i++)
            g[i] = theta[i] + random_in(-2, 2);
        for (uint32_t i = 0; i < l.update_real_count; i++)
            args[4 + i].r = real_of(&u, l.update_reals[i]);
        for (size_t k = 0; k < field->param.count; k++)
            for (uint32_t i = field->param.at[k].offset; i < field->param.at[k].offset + field->param.at[k].count; i++) {
                double half = 0.5 * g[i], at = plain[i];
                plain[i] = field->param.at[k].positive
                         ? exp(plain_step(name, &u, log(at), at * half, &m[i], &v[i]))
                         : plain_step(name, &u, at, half, &m[i], &v[i]);
            }
        run(p, l.update, args, 4 + l.update_real_count);
    }
    for (size_t i = 0; i < n; i++)
        cr_expect_float_eq(theta[i], plain[i], 1e-12, "%s, parameter %zu of %zu: %.17g, plainly %.17g", name, i, n,
                           theta[i], plain[i]);
}

Test(train, every_optimiser_for_fifty_steps)
{
    size_t rows;
    const OptimRow *row = optim_rows(&rows);
    for (size_t r = 0; r < rows; r++) {
        fifty_steps(row[r].name, field_of(3, 0));
        fifty_steps(row[r].name, field_of(37, 0));
        fifty_steps(row[r].name, field_of(17, 21));
    }
}

Test(train, what_a_row_reads_is_what_it_is_given)
{
    Lowered l = {0};
    built(field_of(3, 0), "mse", 1, false, "sgd", &l);
    const char *const wanted[] = {"lr", "decay", "momentum", "gscale"};
    cr_assert_eq(l.update_real_count, COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++)
        cr_expect_str_eq(l.update_reals[i], wanted[i]);
    cr_expect_eq(l.moments, 1);
}

Test(train, defaults_are_pytorchs)
{
    static const struct { const char *row, *arg; double value; } torch[] = {
        {"adam", "lr", 1e-3}, {"adam", "beta1", 0.9}, {"adam", "beta2", 0.999}, {"adam", "eps", 1e-8}, {"adam", "decay", 0},
        {"adamw", "lr", 1e-3}, {"adamw", "decay", 1e-2}, {"sgd", "lr", 1e-3}, {"sgd", "momentum", 0},
        {"rmsprop", "lr", 1e-2}, {"rmsprop", "alpha", 0.99}, {"rmsprop", "eps", 1e-8}, {"rmsprop", "momentum", 0},
    };
    for (size_t i = 0; i < COUNT(torch); i++) {
        const OptimRow *row = optim_row(torch[i].row);
        cr_assert_not_null(row, "%s", torch[i].row);
        const RowArg *arg = row_arg(row->arg, row->args, torch[i].arg);
        cr_assert_not_null(arg, "%s(%s)", torch[i].row, torch[i].arg);
        cr_expect_eq(arg->value, torch[i].value, "%s(%s)", torch[i].row, torch[i].arg);
    }
    cr_expect_null(optim_row("adamm"));
    cr_expect_null(loss_row(""));
}
