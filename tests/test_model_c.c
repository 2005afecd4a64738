/* test_model_c.c: models of the language as generated C.
 *
 * Evaluation, a training step and an optimiser's step of each row, compiled by gcc and clang
 * for every vector width, give the bits of the reference machine's run of the same Program;
 * so they do on any number of threads, and so does the driver of serve.h over that machine,
 * with memory of its own and without. The gradient is that of central differences.        */
#include "library/library.h"
#include "abi.h"
#include "cc.h"
#include "machine.h"
#include "pass/pass.h"
#include "library/tables.h"

#include <criterion/criterion.h>
#include <math.h>
#include <pthread.h>

typedef struct Row { const char *experiment; Type real; unsigned targets; const char *set[2]; } Row;       /* bit mask */

static const Row rows[] = {
    { "tiny",         TYPE_F32, 15, { 0 } },
    { "tiny_adjoint", TYPE_F64, 10, { 0 } },
    { "tiny",         TYPE_F32, 12, { "solver = rk4(steps = 2)", "statistics = running" } },
    { "tiny_adjoint", TYPE_F32, 9, { "accuracy = 1e-5", "optimizer = adamw" } },
    { "plain",        TYPE_F32, 6, { 0 } },
};

static const struct { const char *compiler, *cpu, *flags; } targets[] = {
    { "gcc",   "avx512", "-std=gnu11 -O1 -mavx512f -mavx512dq -mavx2 -mfma" },
    { "clang", "avx2",   "-std=c99 -O2 -mavx2 -mfma" },
    { "gcc",   "plain",  "-std=c11 -O1 -DNODEC_PLAIN" },
    { "clang", "avx512", "-std=gnu17 -O0 -mavx512f -mavx512dq -mavx2 -mfma" },
};

/* ---- a model, lowered ------------------------------------------------------------------- */

typedef struct Lab {
    Arena  arena;
    Names  names;
    Diags  diags;
    const LoweredModel *lowered;
    size_t real;                    /* bytes                                           */
    served *served;                 /* of the last lab_serve                           */
    CcFolder folder;
} Lab;

static void lab_open(Lab *lab, const Row *row)
{
    memset(lab, 0, sizeof *lab);
    lab->names.arena = lab->diags.arena = &lab->arena;
    Unit *unit = unit_open(&lab->arena, &lab->names, "tests/models/tiny.node", &lab->diags);
    LowerOptions lower = { 0 };
    size_t sets = 0;
    while (sets < COUNT(row->set) && row->set[sets]) sets++;
    if (unit) unit_differentiates(unit, vjp_into);
    const Experiment *e = unit ? unit_experiment(unit, row->experiment, row->set, sets, row->real, &lab->diags) : NULL;
    Text said = { .arena = &lab->arena };
    if (!e || lower_options(&lab->arena, e, row->real, &lower, &lab->diags)) diag_render(&lab->diags, &said, false);
    cr_assert(!said.length, "%s", text_string(&said));
    lab->lowered = lower_model(&lab->arena, &lab->names, experiment_clause(e, "fit")->model, &lower);
    const char *wrong = loop_verify(lab->lowered->program, &lab->arena);
    cr_assert_null(wrong, "%s", wrong);
    lab->real = row->real == TYPE_F32 ? sizeof(float) : sizeof(double);

    Text source = { .arena = &lab->arena };
    back_c.emit(&(EmitInput){ .model = &lab->lowered, .models = 1 }, &(EmitOptions){ .stem = "m", .module = true }, &source, NULL);
    lab->folder = cc_folder();
    cc_write(&lab->folder, "m.c", text_string(&source));
}

static void lab_close(Lab *lab)
{
    served_close(lab->served);
    cc_remove(&lab->folder);
    arena_free(&lab->arena);
}

static const nodec_model *lab_load(Lab *lab, const char *compiler, const char *flags)
{
    void *object = cc_load(&lab->folder, compiler, flags, "m.c");
    cr_assert(object, "%s %s does not compile it", compiler, flags);
    const nodec_model *(*entry)(void);
    *(void **)&entry = dlsym(object, "nodec_model_entry");
    cr_assert(entry);
    return entry();
}

static const nodec_model *lab_serve(Lab *lab, bool apart)
{
    const Tables tables = tables_of_model(&lab->arena, lab->lowered, &(EmitOptions){ 0 });
    const nodec_code code = machine_code(machine_new(lab->lowered->program, apart));
    nodec_fault fault = { 0 };
    served_close(lab->served);
    lab->served = served_open(tables.at, tables.bytes, &code, &fault);
    cr_assert(lab->served, "%s", fault.text);
    return served_model(lab->served);
}

/* ---- numbers --------------------------------------------------------------------------------- */

enum { IN, DRAWN, THETA, KEPT, G_THETA, OUT, TRAIN_OUT, MOMENTS, VALUES, TRAIN_VALUES, ARRAYS };

typedef struct Board {
    size_t batch, real, count[ARRAYS];
    void  *at[ARRAYS];
} Board;

static double get(const Board *b, int array, size_t i)
{
    return b->real == sizeof(float) ? (double)((const float *)b->at[array])[i] : ((const double *)b->at[array])[i];
}

static void set(const Board *b, int array, size_t i, double value)
{
    if (b->real == sizeof(float)) ((float *)b->at[array])[i] = (float)value;
    else ((double *)b->at[array])[i] = value;
}

/* Numbers between -1 and 1 without order. */
static double wave(size_t i)
{
    uint32_t h = ((uint32_t)i + 1) * 2654435761u;
    h = (h ^ (h >> 15)) * 2246822519u;
    return (double)(h ^ (h >> 13)) / 2147483648.0 - 1;
}

static Board *board_new(Lab *lab, const nodec_model *m, size_t batch)
{
    Board *b = NEW(&lab->arena, Board);
    *b = (Board){ .batch = batch, .real = lab->real, .count = { batch * m->inputs, batch * m->draws, m->params, m->buffers, m->params,
        batch * m->outputs, batch * m->outputs, m->moments * m->params, m->values, m->values } };
    for (int k = 0; k < ARRAYS; k++) b->at[k] = arena_alloc(&lab->arena, b->count[k] * b->real + 64);
    for (size_t i = 0; i < b->count[IN]; i++) set(b, IN, i, 128 + 128 * wave(i));
    for (size_t r = 0; r < m->input_rows; r++)
        for (size_t n = 0; m->input[r].classes && n < batch; n++)
            set(b, IN, n * m->inputs + m->input[r].offset, (double)((n * 7 + 1) % m->input[r].classes));
    for (size_t i = 0; i < b->count[DRAWN]; i++) set(b, DRAWN, i, wave(i) < 0.5);
    m->init(m, 3, b->at[THETA], b->at[KEPT]);
    for (size_t i = 0; i < b->count[THETA]; i++) set(b, THETA, i, get(b, THETA, i) + 0.1 * wave(i + 99));
    return b;
}

static const nodec_update step = { .lr = 0.01, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .decay = 0.01, .step = 1 };

/* Training, a step, evaluation. */
static void play(Lab *lab, const nodec_model *m, Board *b, const nodec_parallel *parallel)
{
    size_t room = m->work(m, b->batch, 1), forward = m->work(m, b->batch, 0);
    void *work = arena_alloc(&lab->arena, room > forward ? room : forward);
    double values[8], trained[8];
    memset(work, 0xff, room > forward ? room : forward);
    cr_assert_eq(m->train(m, b->batch, b->at[IN], b->at[DRAWN], b->at[THETA], b->at[KEPT], b->at[G_THETA], b->at[TRAIN_OUT], trained,
                          parallel, NULL, work, room), NODEC_OK);
    m->update(m, &step, b->at[THETA], b->at[G_THETA], b->at[MOMENTS]);
    cr_assert_eq(m->forward(m, b->batch, b->at[IN], b->at[THETA], b->at[KEPT], b->at[OUT], values, parallel, NULL, work, forward), NODEC_OK);
    for (size_t k = 0; k < m->values; k++) set(b, VALUES, k, values[k]), set(b, TRAIN_VALUES, k, trained[k]);
}

/* ---- the reference machine -------------------------------------------------------------------- */

typedef struct Args { LArg at[24]; size_t count; } Args;

static void give(Args *a, const Board *b, int array)
{
    a->at[a->count++] = (LArg){ .buffer = b->at[array], .elements = b->count[array] };
}

static void give_rest(Lab *lab, Args *a, uint64_t work)
{
    const uint64_t elements[] = { 4, work };
    for (int i = 0; i < 2; i++)
        a->at[a->count++] = (LArg){ .buffer = arena_alloc(&lab->arena, elements[i] * lab->real + 64), .elements = elements[i] };
}

static int reference(Lab *lab, uint32_t fn, const Args *a)
{
    char error[160] = "";
    int status = loop_run(lab->lowered->program, fn, a->at, a->count, error, sizeof error);
    cr_assert(!*error, "%s", error);
    return status;
}

static void reference_update(Lab *lab, const nodec_model *m, const Board *b)
{
    static const double rate[] = { 0.01, 0.9, 0.999 };
    const LoweredModel *l = lab->lowered;
    Args a = { .at = { { .i = (int64_t)m->params } }, .count = 1 };
    give(&a, b, THETA), give(&a, b, G_THETA), give(&a, b, MOMENTS);
    for (uint32_t i = 0; i < l->update_real_count; i++) {
        const char *name = l->update_reals[i];
        double value = !strcmp(name, "lr") ? rate[0] : !strcmp(name, "beta1") ? rate[1] : !strcmp(name, "beta2") ? rate[2]
            : !strcmp(name, "w1") ? 1 - rate[1] : !strcmp(name, "w2") ? 1 - rate[2] : !strcmp(name, "rate") ? rate[0] / (1 - rate[1])
            : !strcmp(name, "root") ? 1 / sqrt(1 - rate[2]) : !strcmp(name, "eps") ? 1e-8 : !strcmp(name, "decay") ? 0.01
            : !strcmp(name, "momentum") ? 0 : 1;
        a.at[a.count++] = (LArg){ .r = lab->real == sizeof(float) ? (double)(float)value : value };
    }
    reference(lab, l->update, &a);
}

static void play_reference(Lab *lab, const nodec_model *m, Board *b)
{
    const LoweredModel *l = lab->lowered;
    Args train = { .at = { { .i = (int64_t)b->batch } }, .count = 1 }, forward = train;
    give(&train, b, IN);
    if (m->draws) give(&train, b, DRAWN);
    give(&train, b, THETA);
    if (m->buffers) give(&train, b, KEPT);
    give(&train, b, G_THETA), give(&train, b, TRAIN_OUT), give(&train, b, TRAIN_VALUES);
    give_rest(lab, &train, l->train_fixed + b->batch * l->train_sample);
    cr_assert_eq(reference(lab, l->train, &train), NODEC_OK);
    reference_update(lab, m, b);
    give(&forward, b, IN), give(&forward, b, THETA);
    if (m->buffers) give(&forward, b, KEPT);
    give(&forward, b, OUT), give(&forward, b, VALUES);
    give_rest(lab, &forward, l->forward_fixed + b->batch * l->forward_sample);
    cr_assert_eq(reference(lab, l->forward, &forward), NODEC_OK);
}

static void same_bits(const Board *got, const Board *want, const char *how)
{
    for (int k = 0; k < ARRAYS; k++)
        for (size_t i = 0; i < got->count[k]; i++) {
            cr_assert(isfinite(get(want, k, i)), "array %d[%zu]", k, i);
            cr_assert(!memcmp((const char *)got->at[k] + i * got->real, (const char *)want->at[k] + i * got->real, got->real),
                      "%s: array %d[%zu] is %a, not %a", how, k, i, get(got, k, i), get(want, k, i));
        }
}

/* ---- threads ------------------------------------------------------------------------------------ */

typedef struct Share { size_t from, by, count; void (*task)(void *, size_t); void *arg; } Share;

static void *share(void *of)
{
    const Share *s = of;
    for (size_t i = s->from; i < s->count; i += s->by) s->task(s->arg, i);
    return NULL;
}

static void on_threads(void *pool, size_t count, void (*task)(void *arg, size_t i), void *arg)
{
    size_t threads = *(const size_t *)pool;
    pthread_t other[4];
    Share part[4] = { 0 };
    for (size_t i = 0; i < threads; i++) part[i] = (Share){ i, threads, count, task, arg };
    for (size_t i = 1; i < threads; i++) cr_assert(!pthread_create(&other[i], NULL, share, &part[i]));
    share(&part[0]);
    for (size_t i = 1; i < threads; i++) pthread_join(other[i], NULL);
}

static void last_first(void *pool, size_t count, void (*task)(void *arg, size_t i), void *arg)
{
    (void)pool;
    while (count-- > 0) task(arg, count);
}

static void any_threads(Lab *lab, const nodec_model *m, const Board *want)
{
    for (size_t threads = 0; threads <= 3; threads++) {
        const nodec_parallel pool = { threads ? on_threads : last_first, &threads };
        Board *b = board_new(lab, m, want->batch);
        play(lab, m, b, &pool);
        same_bits(b, want, threads ? "on threads" : "the last block first");
    }
}

/* ---- the same bits everywhere ---------------------------------------------------------------- */

static const size_t batches[] = { 5, 19 };

static void same_tables(const nodec_model *a, const nodec_model *b)
{
    cr_assert(a->version == b->version && a->real_bytes == b->real_bytes && !strcmp(a->name, b->name) && a->inputs == b->inputs &&
              a->outputs == b->outputs && a->params == b->params && a->buffers == b->buffers && a->draws == b->draws &&
              a->values == b->values && a->losses == b->losses && a->moments == b->moments && a->steps == b->steps &&
              a->evaluations == b->evaluations && a->pulls == b->pulls && a->flops_forward == b->flops_forward &&
              a->flops_train == b->flops_train);
    cr_assert(a->input_rows == b->input_rows && a->output_rows == b->output_rows && a->param_rows == b->param_rows &&
              a->buffer_rows == b->buffer_rows && a->draw_rows == b->draw_rows);
#define SAME(row, last)                                                                                             \
    cr_assert(!strcmp(a->row[i].name, b->row[i].name) && a->row[i].offset == b->row[i].offset && a->row[i].rank == b->row[i].rank && \
              a->row[i].count == b->row[i].count && !memcmp(a->row[i].shape, b->row[i].shape, sizeof a->row[i].shape) &&      \
              a->row[i].last == b->row[i].last, #row " %zu", i)
    for (size_t i = 0; i < a->input_rows; i++)  SAME(input, classes);
    for (size_t i = 0; i < a->output_rows; i++) SAME(output, classes);
    for (size_t i = 0; i < a->param_rows; i++)  SAME(param, positive);
    for (size_t i = 0; i < a->buffer_rows; i++) {
        SAME(buffer, slots);
        cr_assert(a->buffer[i].stride == b->buffer[i].stride);
        cr_assert(!memcmp(a->buffer[i].initial, b->buffer[i].initial, a->buffer[i].count * sizeof(double)));
    }
#undef SAME
    for (size_t i = 0; i < a->values; i++) cr_assert_str_eq(a->value[i], b->value[i]);
    for (size_t i = 0; i < a->draw_rows; i++)
        cr_assert(!strcmp(a->draw[i].name, b->draw[i].name) && a->draw[i].offset == b->draw[i].offset && a->draw[i].law == b->draw[i].law &&
                  a->draw[i].count == b->draw[i].count && a->draw[i].a == b->draw[i].a && a->draw[i].b == b->draw[i].b);
    for (size_t batch = 1; batch < SIZE_MAX / 3; batch = 3 * batch + 1)
        for (int training = 0; training < 2; training++) cr_assert_eq(a->work(a, batch, training), b->work(b, batch, training));
}

static void check_row(const Row *row)
{
    Lab lab;
    Board *want[COUNT(batches)] = { 0 };
    lab_open(&lab, row);
    for (size_t i = 0; i < COUNT(targets); i++) {
        if (!(row->targets >> i & 1)) continue;
        if (!cc_has(targets[i].compiler) || !cc_cpu(targets[i].cpu)) {
            cr_log_warn("%s for %s is skipped: not on this machine", targets[i].compiler, targets[i].cpu);
            continue;
        }
        const nodec_model *m = lab_load(&lab, targets[i].compiler, targets[i].flags);
        for (size_t k = 0; k < COUNT(batches); k++) {
            bool first = !want[k];
            if (first) play_reference(&lab, m, want[k] = board_new(&lab, m, batches[k]));
            Board *b = board_new(&lab, m, batches[k]);
            play(&lab, m, b, NULL);
            same_bits(b, want[k], targets[i].flags);
            if (first) any_threads(&lab, m, want[k]);
        }
        same_tables(m, lab_serve(&lab, false));
    }
    for (int apart = 0; apart < 2; apart++) {
        const nodec_model *m = lab_serve(&lab, apart);
        for (size_t k = 0; k < COUNT(batches); k++) {
            Board *b = board_new(&lab, m, batches[k]);
            if (!want[k]) play_reference(&lab, m, want[k] = board_new(&lab, m, batches[k]));
            play(&lab, m, b, NULL);
            same_bits(b, want[k], apart ? "driven, apart" : "driven");
        }
    }
    lab_close(&lab);
}

Test(model_c, exact_gradient, .timeout = 240)            { check_row(&rows[0]); }
Test(model_c, adjoint_in_double, .timeout = 240)         { check_row(&rows[1]); }
Test(model_c, stages_and_one_statistic, .timeout = 240)  { check_row(&rows[2]); }
Test(model_c, transformed_products, .timeout = 240)      { check_row(&rows[3]); }
Test(model_c, no_solve, .timeout = 240)                  { check_row(&rows[4]); }

/* ---- the gradient ------------------------------------------------------------------------------ */

static double loss_at(const nodec_model *m, const Board *b, void *work, size_t room)
{
    double values[8];
    cr_assert_eq(m->train(m, b->batch, b->at[IN], b->at[DRAWN], b->at[THETA], b->at[KEPT], b->at[G_THETA], NULL, values, NULL, NULL, work, room), 0);
    return values[0];
}

/* Some elements of every parameter. */
Test(model_c, central_differences, .timeout = 120)
{
    static const Row row = { "tiny", TYPE_F64, 0, { 0 } };
    Lab lab;
    if (!cc_has("cc")) {
        cr_log_warn("skipped: no C compiler");
        return;
    }
    lab_open(&lab, &row);
    const nodec_model *m = lab_load(&lab, "cc", "-O1");
    Board *b = board_new(&lab, m, 6);
    size_t room = m->work(m, b->batch, 1);
    void *work = arena_alloc(&lab.arena, room);
    loss_at(m, b, work, room);
    double *g = NEW_ARRAY(&lab.arena, double, m->params);
    memcpy(g, b->at[G_THETA], m->params * sizeof *g);
    for (size_t r = 0; r < m->param_rows; r++)
        for (size_t k = 0; k < m->param[r].count; k += 1 + m->param[r].count / 7) {
            double *x = (double *)b->at[THETA] + m->param[r].offset + k, at = *x, h = 1e-5;
            *x = at + h;
            double more = loss_at(m, b, work, room);
            *x = at - h;
            double less = loss_at(m, b, work, room);
            *x = at;
            double slope = (more - less) / (2 * h), want = g[m->param[r].offset + k];
            cr_expect(fabs(slope - want) < 1e-8 + 1e-6 * fabs(want), "%s[%zu]: %.12g, differences give %.12g", m->param[r].name, k, want, slope);
        }
    lab_close(&lab);
}

/* ---- training ------------------------------------------------------------------------------------ */

Test(model_c, learns_a_batch_by_heart, .timeout = 120)
{
    static const Row row = { "tiny", TYPE_F32, 0, { 0 } };
    Lab lab;
    if (!cc_has("cc")) {
        cr_log_warn("skipped: no C compiler");
        return;
    }
    lab_open(&lab, &row);
    const nodec_model *m = lab_load(&lab, "cc", "-O1");
    Board *b = board_new(&lab, m, 8);
    size_t room = m->work(m, b->batch, 1);
    void *work = arena_alloc(&lab.arena, room);
    nodec_update u = step;
    double first = loss_at(m, b, work, room), loss = first, values[8];
    for (u.step = 1; u.step <= 200; u.step++) {
        loss = loss_at(m, b, work, room);
        m->update(m, &u, b->at[THETA], b->at[G_THETA], b->at[MOMENTS]);
    }
    cr_assert(loss < 0.3 * first, "%g, at first %g", loss, first);
    cr_assert_eq(m->forward(m, b->batch, b->at[IN], b->at[THETA], b->at[KEPT], NULL, values, NULL, NULL, work, room), NODEC_OK);
    cr_assert(values[0] < 0.8 * first && values[1] >= 0.75, "evaluated: loss %g, accuracy %g", values[0], values[1]);
    lab_close(&lab);
}

/* ---- what breaks --------------------------------------------------------------------------------- */

static void numbers_end(Lab *lab, const nodec_model *m)
{
    Board *b = board_new(lab, m, 7);
    size_t room = m->work(m, b->batch, 1);
    void *work = arena_alloc(&lab->arena, room);
    double values[8];
    nodec_report report = { 0 };
    set(b, IN, 4 * m->inputs + 7, NAN);
    cr_assert_eq(m->forward(m, b->batch, b->at[IN], b->at[THETA], b->at[KEPT], b->at[OUT], values, NULL, &report, work, room), NODEC_NONFINITE);
    cr_assert(report.sample == 4 && report.where && !strcmp(report.where, "feature.x"), "sample %zu, %s", report.sample, report.where);
    set(b, IN, 4 * m->inputs + 7, 0);
    set(b, THETA, m->params - 1, NAN);          /* fc.bias: behind the solve */
    cr_assert_eq(m->train(m, b->batch, b->at[IN], b->at[DRAWN], b->at[THETA], b->at[KEPT], b->at[G_THETA], NULL, values, NULL, &report, work, room),
                 NODEC_NONFINITE);
    cr_assert_str_eq(report.where, "ce");
}

Test(model_c, says_where_numbers_end, .timeout = 120)
{
    static const Row row = { "tiny", TYPE_F32, 0, { 0 } };
    Lab lab;
    if (!cc_has("cc")) {
        cr_log_warn("skipped: no C compiler");
        return;
    }
    lab_open(&lab, &row);
    numbers_end(&lab, lab_load(&lab, "cc", "-O1"));
    numbers_end(&lab, lab_serve(&lab, true));
    lab_close(&lab);
}
