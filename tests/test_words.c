/* test_words.c: what the words of a model mean: batch, training, buffers, draws,
 * labels, solves.
 *
 * A row is the body of a model of three samples with inputs x[2] and label, and
 * what its output `y` is in training and in evaluation; a buffer `m` and what it
 * becomes.  Draws are all 0.5.  Every row is asked of the tensor functions and of
 * the program that they become. */
#include "lang.h"
#include "loop/loop.h"
#include "lower/lower.h"

#include <stdio.h>

enum { SAMPLES = 3, MOST = 9 };

static const double xs[] = { 1, 2, 3, 5, 8, 8 }, labels[] = { 2, 0, 1 }, half[] = { 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5 };

typedef struct Case {
    const char *name, *before, *body;
    unsigned count;                         /* of y, per sample                     */
    double train[MOST], eval[MOST];         /* eval[0] NAN: the same                */
    double m;                               /* after training; NAN: no update       */
} Case;

#define SAME { NAN }

static const Case cases[] = {
    /* the batch */
    { "a mean",              "", "output y = x - [mean(x[i] for batch) for i in 0:2]", 2, { -3, -3, -1, 0, 4, 3 }, SAME, NAN },
    { "a sum over all",      "", "output y = sum(x[i] for batch, i in 0:2)", 1, { 27, 27, 27 }, SAME, NAN },
    { "how many",            "", "output y = sum(1 for batch) + sum(1 for batch, i in 0:4) + mean(7 for batch)", 1, { 22, 22, 22 }, SAME, NAN },
    { "how many times i",    "", "output y = sum(i for i in 0:3, batch)", 1, { 9, 9, 9 }, SAME, NAN },
    { "a product",           "", "output y = sum(x[0] * x[1] for batch) + sum(x for batch)", 2, { 93, 96, 93, 96, 93, 96 }, SAME, NAN },
    { "a loop written out",  "", "output y = sum(x[i // 2] * i for batch, i in 0:4)", 1, { 87, 87, 87 }, SAME, NAN },
    { "all but one",         "", "output y = [mean(x[j] for batch, j in 0:2 if j != i) for i in 0:2]", 2, { 5, 4, 5, 4, 5, 4 }, SAME, NAN },
    { "a shared factor",     "", "param w = 3 output y = sum(w * x[0] for batch)", 1, { 36, 36, 36 }, SAME, NAN },
    { "a condition counted", "", "output y = sum(x[0] > 2 for batch)", 1, { 2, 2, 2 }, SAME, NAN },
    { "a mean of a mean",    "", "let c = mean(x[0] for batch) output y = mean((x[0] - c)^2 for batch)", 1, { 26. / 3, 26. / 3, 26. / 3 }, SAME, NAN },

    /* training, buffers, draws */
    { "training",            "", "output y = if training then x[0] else -x[0]", 1, { 1, 3, 8 }, { -1, -3, -8 }, NAN },
    { "a buffer",            "", "buffer m = 7 output y = m * x[0]", 1, { 7, 21, 56 }, SAME, NAN },
    { "an update",           "", "buffer m = 7 let s = mean(x[0] for batch) update m = m + s output y = m", 1, { 7, 7, 7 }, SAME, 11 },
    { "an update to a number", "", "buffer m = 7 update m = 3 output y = m", 1, { 7, 7, 7 }, SAME, 3 },
    { "buffers see each other as they were", "", "buffer n = 2, m = 7 update n = 100 update m = n + 1 output y = m + n", 1, { 9, 9, 9 }, SAME, 3 },
    { "a layer called twice", "layer Count { input x buffer m = 0 update m = m + mean(x for batch) output y = x + m }",
      "layer c = Count buffer m = 1 let first = c(x[0]), second = c(10) update m = second output y = first + 10 * second", 1,
      { 1 + 140, 3 + 140, 8 + 140 }, { 101, 103, 108 }, 14 },
    { "a layer called in a loop", "layer Count { input x buffer m = 0 update m = m + 1 output y = x + m }",
      "layer c = Count buffer m = 1 let all = [c(x[i]) for i in 0:2] update m = mean(c(x[0]) - x[0] for batch) output y = all", 2,
      { 1, 3, 3, 6, 8, 9 }, { 1, 2, 3, 5, 8, 8 }, 2 },
    { "a draw",              "", "draw e[2] ~ normal(0, 1) output y = if training then x * e else x", 2, { 0.5, 1, 1.5, 2.5, 4, 4 }, { 1, 2, 3, 5, 8, 8 }, NAN },
    { "one draw for all that read it", "layer L { input x draw e ~ uniform(0, 1) output y = if training then x + e else x }",
      "layer l = L output y = l(x[0]) - l(0)", 1, { 1, 3, 8 }, SAME, NAN },

    /* labels */
    { "an index",            "", "output y = concat(x, 9)[label]", 1, { 9, 3, 8 }, SAME, NAN },
    { "of a weight",         "", "param w[3, 2] = [[1, 2], [3, 4], [5, 6]] output y = w[label]", 2, { 5, 6, 1, 2, 3, 4 }, SAME, NAN },
    { "behind others",       "", "param w[2, 3] = [[1, 2, 3], [4, 5, 6]] output y = w[1, label] + w[:, label][0]", 1, { 9, 5, 7 }, SAME, NAN },
    { "of a table",          "", "let tens = [10, 20, 30] output y = tens[label]", 1, { 30, 10, 20 }, SAME, NAN },
    { "in a loop",           "", "output y = sum(concat(x * i, 0)[label] for i in 0:3)", 1, { 0, 9, 24 }, SAME, NAN },
    { "compared",            "", "output y = if label == 1 then 5 else 6", 1, { 6, 6, 5 }, SAME, NAN },
    { "one hot",             "", "output y = one_hot(label, 3)", 3, { 0, 0, 1, 1, 0, 0, 0, 1, 0 }, SAME, NAN },
    { "argmax, the first of several", "", "output y = argmax(x) + 10 * argmax(-x)", 1, { 1, 1, 0 }, SAME, NAN },
    { "argmax of a table",   "", "output y = argmax([3, 9, 2]) + 0 * x[0]", 1, { 1, 1, 1 }, SAME, NAN },
    { "right or wrong",      "", "metric hit = argmax(x) + 1 == label output y = hit_of(x, label)", 1, { 1, 0, 1 }, SAME, NAN },
    { "among the largest",   "", "output y = if in_top(concat(x, 0), label, 1) then 1 else 0", 1, { 0, 0, 1 }, SAME, NAN },
    { "among the two largest", "", "output y = if in_top(concat(x, 0), label, 2) then 1 else 0", 1, { 0, 1, 1 }, SAME, NAN },

    /* the prelude */
    { "max_pool", "", "param w[1, 2, 4] = [[[1, 2, 3, 9], [5, 4, 7, 8]]] output y = x[0] * max_pool(w, 2)[0, 0]", 2, { 5, 9, 15, 27, 40, 72 }, SAME, NAN },
    { "avg_pool", "", "param w[1, 2, 4] = [[[1, 2, 3, 9], [5, 4, 7, 8]]] output y = x[0] * avg_pool(w, 2)[0, 0]", 2, { 3, 6.75, 9, 20.25, 24, 54 }, SAME, NAN },
    { "Dropout",  "", "layer d = Dropout(0.75) output y = d(x)", 2, { 2, 4, 6, 10, 16, 16 }, { 1, 2, 3, 5, 8, 8 }, NAN },
    { "BatchNorm1d", "", "layer n = BatchNorm1d(2, eps = 0) output y = n(x)[0]", 1,
      { -3 / 2.9439202887759490, -1 / 2.9439202887759490, 4 / 2.9439202887759490 }, { 1, 3, 8 }, NAN },
};

static const double *bind_leaf(Bench *b, const Model *m, const Symbol *s)
{
    for (size_t i = 0; i < m->param.count; i++)
        if (m->param.at[i].name == s->name) return bench_param(b, &m->param.at[i]);
    for (size_t i = 0; i < m->buffer.count; i++)
        if (m->buffer.at[i].name == s->name) return m->buffer.at[i].initial;
    for (size_t i = 0; i < m->draw.count; i++)
        if (m->draw.at[i].name == s->name) return half;
    return !strcmp(s->name, "x") ? xs : !strcmp(s->name, "label") ? labels : NULL;
}

static Eval run(Bench *b, const Model *m, const Fn *fn)
{
    const char *wrong = ir_verify(fn, &b->arena);
    cr_assert(!wrong, "%s: %s", fn->name, wrong);
    const double **bind = NEW_ARRAY(&b->arena, const double *, fn->symbol.count + 1);
    for (size_t i = 0; i < fn->symbol.count; i++) bind[i] = bind_leaf(b, m, &fn->symbol.at[i]);
    return ir_eval(&b->arena, fn, SAMPLES, bind);
}

static const double *root(const Eval *e, RootKind kind, const char *name)
{
    for (size_t i = 0; i < e->fn->root.count; i++)
        if (e->fn->root.at[i].kind == kind && !strcmp(e->fn->root.at[i].name, name)) return e->value[e->fn->root.at[i].value];
    return NULL;
}

static const Model *model_open(Bench *b, const char *before, const char *body)
{
    static char text[4096];
    int length = snprintf(text, sizeof text, "%s\ndef hit_of(x, label) = if argmax(x) + 1 == label then 1 else 0\n"
                          "model M { input x[2], label : int(3) %s }\n", before, body);
    cr_assert(length < (int)sizeof text);
    bench_open(b, text);
    const Model *m = unit_model(b->unit, "M", TYPE_F64, &b->diags);
    cr_assert(m && !b->diags.errors, "%s\n%s", body, bench_messages(b));
    return m;
}

Test(words, mean)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        const Case *c = &cases[i];
        Bench b;
        const Model *m = model_open(&b, c->before, c->body);
        Eval train = run(&b, m, m->train), eval = run(&b, m, m->eval);
        cr_assert_eq(m->output.at[0].count, c->count, "%s", c->name);
        expect_near(root(&train, ROOT_RESULT, "y"), c->train, SAMPLES * c->count, c->name);
        expect_near(root(&eval, ROOT_RESULT, "y"), isnan(c->eval[0]) ? c->train : c->eval, SAMPLES * c->count, c->name);
        const double *now = root(&train, ROOT_UPDATE, "m");
        cr_expect((now != NULL) == !isnan(c->m), "%s", c->name);
        if (now) expect_near(now, &c->m, 1, c->name);
        for (size_t k = 0; k < m->eval->root.count; k++) cr_expect(m->eval->root.at[k].kind == ROOT_RESULT);
        bench_close(&b);
    }
}

Test(words, losses_and_metrics)
{
    Bench b;
    const Model *m = model_open(&b, "", "param w[3] = 2 metric hit = argmax(x) + 1 == label let z = concat(x, 0) loss ce = cross_entropy(z, label) "
                                        "loss size = sum(w^2) output best = max(x)");
    cr_assert_eq(m->value.count, 3);
    cr_expect_str_eq(m->value.at[0].name, "ce");
    cr_expect_str_eq(m->value.at[1].name, "size");
    cr_expect(m->value.at[1].loss && !m->value.at[2].loss);
    Eval train = run(&b, m, m->train);
    double ce[SAMPLES], hit[] = { 1, 0, 1 }, size[] = { 12, 12, 12 };
    for (int i = 0; i < SAMPLES; i++) {
        double z[3] = { xs[2 * i], xs[2 * i + 1], 0 };
        ce[i] = log(exp(z[0]) + exp(z[1]) + exp(z[2])) - z[(int)labels[i]];
    }
    expect_near(root(&train, ROOT_RESULT, "ce"), ce, SAMPLES, "ce");
    expect_near(root(&train, ROOT_RESULT, "size"), size, SAMPLES, "size");
    expect_near(root(&train, ROOT_RESULT, "hit"), hit, SAMPLES, "hit");
    cr_expect_str_eq(m->train->root.at[0].name, "best");
    cr_expect_str_eq(m->train->root.at[3].name, "hit");
    bench_close(&b);
}

Test(words, draws)
{
    static const struct { const char *name; DrawKind kind; double a, b; uint32_t offset, count; } want[] = {
        { "drop.keep", DRAW_BERNOULLI, 0.75, 0, 0, 2 }, { "e", DRAW_NORMAL, 1, 2, 2, 6 }, { "f", DRAW_UNIFORM, -1, 1, 8, 1 },
    };
    Bench b;
    const Model *m = model_open(&b, "", "layer drop = Dropout(0.25) draw e[2, 3] ~ normal(1, 2), f ~ uniform(-1, 1), unused ~ normal(0, 1) "
                                        "output y = if training then sum(e) * f * drop(x) else drop(x)");
    cr_assert_eq(m->draw.count, COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        size_t k = 0;
        while (k < COUNT(want) && strcmp(m->draw.at[i].name, want[k].name)) k++;
        cr_assert(k < COUNT(want), "%s", m->draw.at[i].name);
        const ModelDraw *d = &m->draw.at[i];
        cr_expect(d->kind == want[k].kind && d->a == want[k].a && d->b == want[k].b && d->count == want[k].count, "%s", d->name);
        cr_expect(ir_symbol(m->train, d->name) >= 0 && ir_symbol(m->eval, d->name) < 0);
    }
    cr_expect_eq(m->draws, 9);
    bench_close(&b);
}

/* ---- as programs ------------------------------------------------------------------------- */

enum { ROOM = 64 };

typedef struct Play {
    Bench *b;
    const Model *m;
    LoweredModel *l;
    double in[9], draws[ROOM], theta[ROOM], buffers[ROOM], g[ROOM], y[ROOM], values[8];
} Play;

static void play_begin(Play *p, Bench *b, const Model *m, bool running)
{
    LowerOptions o = { .real = TYPE_F64, .solver = solver_by_name("euler"), .gradient = GRADIENT_DISCRETE, .tape = 8, .steps = 4,
                       .max_steps = 10, .solver_text = "euler", .gradient_text = "discrete", .optimizer = "adam", .running = running };
    *p = (Play){ .b = b, .m = m, .l = lower_model(&b->arena, &b->names, m, &o) };
    cr_assert(m->params <= ROOM && m->draws * SAMPLES <= ROOM && p->l->buffers <= ROOM);
    for (size_t k = 0; k < SAMPLES; k++) {
        double *row = p->in + 3 * k;
        row[0] = xs[2 * k], row[1] = xs[2 * k + 1], row[2] = labels[k];
    }
    for (size_t i = 0; i < ROOM; i++) p->draws[i] = 0.5;
    for (size_t i = 0; i < m->param.count; i++)
        memcpy(p->theta + m->param.at[i].offset, bench_param(b, &m->param.at[i]), m->param.at[i].count * sizeof *p->theta);
    for (size_t i = 0; i < m->buffer.count; i++)
        for (uint32_t slot = 0; slot < p->l->buffer[i].slots; slot++)
            memcpy(p->buffers + p->l->buffer[i].offset + (size_t)slot * p->l->buffer[i].stride, m->buffer.at[i].initial,
                   m->buffer.at[i].count * sizeof *p->buffers);
}

static void play(Play *p, bool train)
{
    LArg arg[12] = { { .i = SAMPLES }, { .buffer = p->in, .elements = 9 } };
    uint64_t work = train ? p->l->train_fixed + SAMPLES * p->l->train_sample : p->l->forward_fixed + SAMPLES * p->l->forward_sample;
    size_t n = 2;
    char error[160] = "";
    if (train && p->m->draws) arg[n++] = (LArg){ .buffer = p->draws, .elements = ROOM };
    arg[n++] = (LArg){ .buffer = p->theta, .elements = p->m->params };
    if (p->m->buffer.count) arg[n++] = (LArg){ .buffer = p->buffers, .elements = p->l->buffers };
    if (train) arg[n++] = (LArg){ .buffer = p->g, .elements = p->m->params };
    arg[n++] = (LArg){ .buffer = p->y, .elements = ROOM };
    arg[n++] = (LArg){ .buffer = p->values, .elements = 8 };
    arg[n++] = (LArg){ .buffer = (double[4]){ 0 }, .elements = 4 };
    arg[n++] = (LArg){ .buffer = arena_alloc(&p->b->arena, work * sizeof(double) + 64), .elements = work };
    int status = loop_run(p->l->program, train ? p->l->train : p->l->forward, arg, n, error, sizeof error);
    cr_assert(status == 0 && !*error, "%s", error);
}

Test(words, mean_the_same_in_programs)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        const Case *c = &cases[i];
        Bench b;
        Play p;
        const Model *m = model_open(&b, c->before, c->body);
        play_begin(&p, &b, m, false);
        play(&p, false);
        expect_near(p.y, isnan(c->eval[0]) ? c->train : c->eval, SAMPLES * c->count, c->name);
        play(&p, true);
        expect_near(p.y, c->train, SAMPLES * c->count, c->name);
        for (size_t k = 0; k < m->buffer.count; k++)
            if (!strcmp(m->buffer.at[k].name, "m") && !isnan(c->m)) expect_near(&p.buffers[p.l->buffer[k].offset], &c->m, 1, c->name);
        bench_close(&b);
    }
}

/* Four steps of Euler; what is evaluated comes after what was trained. */
static const struct { const char *name, *before, *body; bool running; double train[SAMPLES], eval[SAMPLES]; } solves[] = {
    { "growth", "odef F { state x[2] input u = 3 dx/dt = u * x }", "layer f = F output y = solve(f, x, 0 .. 1)[0]", false,
      { 9.37890625, 28.13671875, 75.03125 }, SAME },
    { "backwards", "odef F { state x param w = 3 dx/dt = w * x }", "layer f = F output y = solve(f, x[0], 1 .. 0)", false,
      { 0.00390625, 0.01171875, 0.03125 }, SAME },
    { "there and back", "odef F { state x dx/dt = 3 }", "layer f = F output y = solve(f, solve(f, x[0], 0 .. 1), 1 .. 0)", false, { 1, 3, 8 }, SAME },
    { "time", "odef F { state z dz/ds = s }", "layer f = F output y = solve(f, x[0], 0 .. 1)", false, { 1.375, 3.375, 8.375 }, SAME },
    { "two states", "odef F { state p, x dp/dt = 1 dx/dt = p }",
      "layer f = F let end = solve(f, x = x[0], p = x[1], t = 0 .. 1) output y = end.x + 100 * end.p", false,
      { 1 + 2.375 + 300, 3 + 5.375 + 600, 8 + 8.375 + 900 }, SAME },
    { "a draw", "odef F { state x draw e ~ normal(0, 1) dx/dt = if training then e else 1 }", "layer f = F output y = solve(f, x[0], 0 .. 1)", false,
      { 1.5, 3.5, 8.5 }, { 2, 4, 9 } },
    { "the batch", "odef F { state x dx/dt = 4 * (mean(x for batch) - x) }", "layer f = F output y = solve(f, x[0], 0 .. 1)", false, { 4, 4, 4 }, SAME },
    { "a buffer along", "odef F { state x buffer n = 0 update n = n + 1 dx/dt = n }", "layer f = F output y = solve(f, x[0], 0 .. 1)", false,
      { 1, 3, 8 }, { 2, 4, 9 } },
    { "a buffer running", "odef F { state x buffer n = 0 update n = n + 1 dx/dt = n }", "layer f = F output y = solve(f, x[0], 0 .. 1)", true,
      { 2.5, 4.5, 9.5 }, { 5, 7, 12 } },
};

Test(words, solve)
{
    for (size_t i = 0; i < COUNT(solves); i++) {
        Bench b;
        Play p;
        play_begin(&p, &b, model_open(&b, solves[i].before, solves[i].body), solves[i].running);
        play(&p, true);
        expect_near(p.y, solves[i].train, SAMPLES, solves[i].name);
        play(&p, false);
        expect_near(p.y, isnan(solves[i].eval[0]) ? solves[i].train : solves[i].eval, SAMPLES, solves[i].name);
        bench_close(&b);
    }
}

/* ---- solves ------------------------------------------------------------------------------ */

static const char flows[] =
    "odef Turn(k = 1) { state p, q param w = 2 buffer seen = 0 update seen = seen + mean(p for batch)\n"
    "    draw e ~ normal(0, 1) let kick = if training then e else 0\n"
    "    dp/ds = w * q + s dq/ds = -k * p + kick }\n"
    "odef Still { state x[2] input u = 3 dx/dt = u * x }\n"
    "layer Block { input x[2] layer func = Still output y = solve(func, x, 0 .. 1) }\n";

Test(words, solves)
{
    static const struct { const char *name, *odef; double from, to; } want[] = {
        { "turn", "Turn", 0, 0.5 }, { "turn_2", "Turn", 0.5, 0 }, { "a", "Still", 0, 1 }, { "a_2", "Still", 0, 1 }, { "b", "Still", 0, 1 },
    };
    Bench b;
    const Model *m = model_open(&b, flows, "layer turn = Turn(3), a = Block, b = Block "
        "let one = solve(turn, p = x[0], q = x[1], s = 0 .. 1/2), two = solve(turn, one.p, one.q, 0.5 .. 0) "
        "output y = [one.q, two.p] |> a |> a |> b, again = a([one.q, two.p])");
    cr_assert_eq(m->solve.count, COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        const ModelSolve *s = &m->solve.at[i];
        cr_expect_str_eq(s->name, want[i].name);
        cr_expect_str_eq(s->train->name, want[i].odef);
        cr_expect(s->from == want[i].from && s->to == want[i].to);
        for (size_t k = 0; k < s->train->state.count; k++) {
            const char *state = s->train->state.at[k].name;
            const char *begin = arena_printf(&b.arena, "%s.%s.begin", s->name, state), *end = arena_printf(&b.arena, "%s.%s.end", s->name, state);
            for (int t = 0; t < 2; t++) {
                const Fn *fn = t ? m->train : m->eval;
                size_t r = 0;
                int leaf = ir_symbol(fn, end);
                while (r < fn->root.count && strcmp(fn->root.at[r].name, begin)) r++;
                cr_expect(r < fn->root.count && leaf >= 0 && fn->symbol.at[leaf].role == ROLE_STATE, "%s", begin);
            }
        }
        const Fn *both[] = { s->train->f, s->eval->f };
        for (int t = 0; t < 2; t++) {
            const char *wrong = ir_verify(both[t], &b.arena);
            cr_expect(!wrong, "%s: %s", both[t]->name, wrong);
        }
        cr_expect(s->train->param.count == 0 && s->train->input.count == 0);
    }
    const Field *train = m->solve.at[0].train, *eval = m->solve.at[0].eval;
    cr_expect(train->state.count == 2 && train->states == 2 && !strcmp(train->time, "s") && train->uses_time);
    cr_expect(ir_symbol(train->f, "turn.w") >= 0 && ir_symbol(train->f, "turn.e") >= 0 && ir_symbol(eval->f, "turn.e") < 0);
    cr_expect_eq(train->f->root.count, 3);
    cr_expect(train->f->root.at[2].kind == ROOT_UPDATE && !strcmp(train->f->root.at[2].name, "turn.seen"));
    cr_expect_eq(eval->f->root.count, 2);
    cr_expect(m->buffer.count == 1 && m->buffer.at[0].solve == -1, "two solves update it");
    bench_close(&b);
}

/* What one solve alone reads has its copies along it; what is read elsewhere too has one. */
Test(words, whose_buffer)
{
    Bench b;
    const Model *m = model_open(&b, flows, "layer one = Turn, two = Turn let r = solve(one, x[0], x[1], 0 .. 1), s = solve(two, x[0], x[1], 0 .. 1) "
                                           "let d = two(x[0], x[1], 0) output y = r.p + s.q + d.p");
    cr_assert_eq(m->buffer.count, 2);
    cr_expect_eq(m->buffer.at[0].solve, 0);
    cr_expect_eq(m->buffer.at[1].solve, -1);
    bench_close(&b);
}
