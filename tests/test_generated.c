/* test_generated.c: what users get, the generated C, gives the numbers of the mathematics.
 *
 * Against PyTorch (tests/reference), and against central differences for every field of
 * every model, with every solver. One compiler at one level stands for all of them here:
 * that they agree to the bit is in test_bits.c.                                          */
#include "fields.h"
#include "generated.h"
#include "golden_run.h"
#include "ops/rows.h"

/* ---- against PyTorch ------------------------------------------------------------------- */

/* Relative to the largest element of an array: small elements of a gradient are sums in
 * which large terms cancel, and only what is small beside the whole is lost there. float64
 * is left with the order of sums; float32 also with its rounding of weights and inputs.   */
static double tolerance(const Board *b) { return b->real == sizeof(float) ? 1e-5 : 1e-10; }

static void near_of(const double *got, const double *want, size_t n, double relative, const char *what, const char *where)
{
    double scale = 0;
    for (size_t i = 0; i < n; i++) scale = fmax(scale, fabs(want[i]));
    for (size_t i = 0; i < n; i++)
        cr_assert(fabs(got[i] - want[i]) <= relative * scale, "%s: %s[%zu] is %.17g, not %.17g", where, what, i, got[i], want[i]);
}

/* Array `array` from element `from` on is want[0 ... n) times `scale`. */
static void board_near(Lab *lab, const Board *b, int array, size_t from, const double *want, size_t n, double scale, const char *what)
{
    double *got = NEW_ARRAY(&lab->arena, double, n), *scaled = NEW_ARRAY(&lab->arena, double, n);
    for (size_t i = 0; i < n; i++) got[i] = board_get(b, array, from + i), scaled[i] = scale * want[i];
    near_of(got, scaled, n, tolerance(b), what,
            arena_printf(&lab->arena, "%s, %s, %zu bytes, batch %zu%s", lab->lowered->field->instance, lab->lowered->gradient, b->real,
                         b->n.batch, b->n.t_stride ? ", each its own times" : ""));
}

/* The rows of `from` again and again until the array is full. */
static void board_repeat(Board *b, int array, const double *from, size_t n)
{
    for (size_t i = 0; i < b->count[array]; i++) board_set(b, array, i, from[i % n]);
}

/* The reference's name of a parameter behind "weights.", "vjp." ... */
static const char *reference_name(Lab *lab, const char *before, const FieldParam *p)
{
    static const char *const renamed[][2] = { { "W", "lin.weight" }, { "A", "A.weight" }, { "B", "B.weight" } };
    const char *name = p->file_name;
    for (size_t i = 0; i < COUNT(renamed); i++)
        if (!strcmp(name, renamed[i][0])) name = renamed[i][1];
    return arena_printf(&lab->arena, "%s%s", before, name);
}

static void weights_from(Lab *lab, Board *b, const char *file)
{
    for (size_t i = 0; i < lab->lowered->field->param.count; i++) {
        const FieldParam *p = &lab->lowered->field->param.at[i];
        size_t n;
        const double *w = reference(&lab->arena, file, reference_name(lab, "weights.", p), &n);
        cr_assert_eq(n, p->count);
        for (size_t k = 0; k < n; k++) board_set(b, NUM_THETA, p->offset + k, w[k]);
    }
}

static void gradients_near(Lab *lab, const Board *b, int array, const char *file, const char *before, double scale)
{
    for (size_t i = 0; i < lab->lowered->field->param.count; i++) {
        const FieldParam *p = &lab->lowered->field->param.at[i];
        const char *name = reference_name(lab, before, p);
        board_near(lab, b, array, p->offset, reference(&lab->arena, file, name, NULL), p->count, scale, name);
    }
}

/* f and its products of the file's three samples, each `copies` times. */
static void check_field(Lab *lab, const Host *host, const char *file, size_t copies)
{
    Arena *arena = &lab->arena;
    Board *b = board_new(lab, host, 3 * copies, 1, 1);
    weights_from(lab, b, file);
    board_repeat(b, NUM_X0, reference(arena, file, "x", NULL), 6);
    board_repeat(b, NUM_T, reference(arena, file, "t", NULL), 3);
    board_repeat(b, NUM_A, reference(arena, file, "a", NULL), 6);
    cr_assert_eq(host_run(host, CALL_F, b), NODEC_OK);
    cr_assert_eq(host_run(host, CALL_VJP, b), NODEC_OK);
    for (size_t c = 0; c < copies; c++) {
        board_near(lab, b, NUM_DX, 6 * c, reference(arena, file, "f", NULL), 6, 1, "f");
        board_near(lab, b, NUM_AX, 6 * c, reference(arena, file, "vjp.x", NULL), 6, 1, "vjp.x");
        board_near(lab, b, NUM_AT, 3 * c, reference(arena, file, "vjp.t", NULL), 3, 1, "vjp.t");
    }
    gradients_near(lab, b, NUM_ATHETA, file, "vjp.", (double)copies);
}

/* The file's samples one by one. */
static void check_samples(Lab *lab, const Host *host, const char *file)
{
    Arena *arena = &lab->arena;
    double *sum = NEW_ARRAY(arena, double, lab->lowered->field->params);
    const double *x = reference(arena, file, "x", NULL), *t = reference(arena, file, "t", NULL), *a = reference(arena, file, "a", NULL);
    Board *b = board_new(lab, host, 1, 1, 0);
    weights_from(lab, b, file);
    for (size_t s = 0; s < 3; s++) {
        board_repeat(b, NUM_X0, x + 2 * s, 2);
        board_repeat(b, NUM_T, t + s, 1);
        board_repeat(b, NUM_A, a + 2 * s, 2);
        cr_assert_eq(host_run(host, CALL_F, b), NODEC_OK);
        cr_assert_eq(host_run(host, CALL_VJP, b), NODEC_OK);
        board_near(lab, b, NUM_DX, 0, reference(arena, file, "f", NULL) + 2 * s, 2, 1, "f");
        board_near(lab, b, NUM_AX, 0, reference(arena, file, "vjp.x", NULL) + 2 * s, 2, 1, "vjp.x");
        board_near(lab, b, NUM_AT, 0, reference(arena, file, "vjp.t", NULL) + s, 1, 1, "vjp.t");
        for (size_t i = 0; i < b->count[NUM_ATHETA]; i++) sum[i] += board_get(b, NUM_ATHETA, i);
    }
    for (size_t i = 0; i < b->count[NUM_ATHETA]; i++) board_set(b, NUM_ATHETA, i, sum[i]);
    gradients_near(lab, b, NUM_ATHETA, file, "vjp.", 1);
}

/* A trajectory of the file, its loss, and the gradients in the way ("adjoint." ...) that was lowered. */
static void check_trajectory(Lab *lab, const Host *host, const char *file, const char *way, size_t copies, bool own)
{
    Arena *arena = &lab->arena;
    size_t starts, all, row, times;
    const double *z0 = reference(arena, file, "z0", &starts), *z = reference(arena, file, "z", &all);
    const double *t = reference(arena, file, "times", NULL), *target = reference(arena, file, "target", NULL);
    double *t_once = NEW_ARRAY(arena, double, all);
    times = all / starts;
    row = starts / 2;               /* samples in the file; all have the same times     */
    for (size_t i = 0; i < times; i++) t_once[i] = t[i * row];

    Board *b = board_new(lab, host, row * copies, times, own ? times : 0);
    weights_from(lab, b, file);
    b->options.h_max = 0.05;
    board_repeat(b, NUM_X0, z0, starts);
    board_repeat(b, NUM_T, t_once, times);
    for (size_t i = 0; i < times; i++)
        for (size_t k = 0; k < starts * copies; k++) {
            size_t from = i * starts + k % starts;
            board_set(b, NUM_TARGET, i * starts * copies + k, target[from]);
            board_set(b, NUM_G_X, i * starts * copies + k, 2 * (z[from] - target[from]) / (double)all);
        }
    cr_assert_eq(host_run(host, CALL_SOLVE, b), NODEC_OK);
    for (size_t i = 0; i < times; i++)
        for (size_t c = 0; c < copies; c++)
            board_near(lab, b, NUM_X, (i * copies + c) * starts, z + i * starts, starts, 1, "z");
    cr_assert_eq(host_run(host, CALL_GRADIENT, b), NODEC_OK);
    const char *g_z0 = arena_printf(arena, "%s%s", way, "z0");
    for (size_t c = 0; c < copies; c++) board_near(lab, b, NUM_G_X0, c * starts, reference(arena, file, g_z0, NULL), starts, 1, g_z0);
    gradients_near(lab, b, NUM_G_THETA, file, way, (double)copies);

    if (!strcmp(way, "discrete.")) {        /* of times in the file [times][row]: ours are [b][times] or summed */
        const double *file_t = reference(arena, file, "discrete.times", NULL);
        double *sum = NEW_ARRAY(arena, double, times), *each = NEW_ARRAY(arena, double, row * times);
        for (size_t i = 0; i < times; i++)
            for (size_t s = 0; s < row; s++) sum[i] += each[s * times + i] = file_t[i * row + s];
        if (!own) board_near(lab, b, NUM_G_T, 0, sum, times, (double)copies, "discrete.times");
        for (size_t c = 0; own && c < copies; c++) board_near(lab, b, NUM_G_T, c * row * times, each, row * times, 1, "discrete.times");
    }

    cr_assert_eq(host_run(host, CALL_LOSS, b), NODEC_OK);
    near_of(&b->n.loss, reference(arena, file, "loss", NULL), 1, tolerance(b), "loss", file);
    gradients_near(lab, b, NUM_LOSS_THETA, file, way, 1);
}

static void check_reference(const char *instance, const char *field, const char *trajectory, Type real, GradientKind kind)
{
    Lab lab;
    lab_open(&lab, "models/spiral.node");
    const char *way = kind == GRADIENT_ADJOINT ? "adjoint." : "discrete.";
    lab_lower(&lab, unit_field(lab.unit, instance, real, &lab.diags),
              &(LowerOptions){ .real = real, .solver = solver_by_name("euler"), .gradient = kind, .tape = 64, .h_max = 0.05,
                               .max_steps = 1000, .solver_text = "euler", .gradient_text = way, .loss = "mse", .optimizer = "adam" });
    Host host = host_load(&lab, target_quick());
    if (kind == GRADIENT_ADJOINT) {         /* f is the same in both */
        check_samples(&lab, &host, field);
        check_field(&lab, &host, field, 1);
        check_field(&lab, &host, field, 11);
    }
    for (unsigned i = 0; trajectory && i < 4; i++) check_trajectory(&lab, &host, trajectory, way, i / 2 ? 33 : 1, i % 2);
    host_close(&host);
    lab_close(&lab);
}

static void check_references(Type real)
{
    static const struct { const char *instance, *field, *trajectory; } row[] = {
        { "Spiral",           "field_linear",   "trajectory_linear" },
        { "TwoWells",         "field_twowell",  NULL },
        { "Mlp",              "field_mlp",      "trajectory_mlp" },
        { "Mlp(time = true)", "field_mlp_time", "trajectory_mlp_time" },
    };
    for (size_t i = 0; i < COUNT(row); i++) {
        check_reference(row[i].instance, row[i].field, row[i].trajectory, real, GRADIENT_ADJOINT);
        if (row[i].trajectory) check_reference(row[i].instance, row[i].field, row[i].trajectory, real, GRADIENT_DISCRETE);
    }
}

Test(generated, agrees_with_pytorch_in_double, .timeout = 240) { check_references(TYPE_F64); }
Test(generated, agrees_with_pytorch_in_single, .timeout = 240) { check_references(TYPE_F32); }

/* ---- against central differences ---------------------------------------------------------- */

/* A number that a function makes of its inputs: the sum of `out` times `by`; or the loss. */
typedef struct Functional { Call call; int out, by; } Functional;

static double functional(const Host *host, Board *b, const Functional *f)
{
    double sum = 0;
    b->n.at[NUM_LOSS_THETA] = NULL;         /* stays as it is */
    cr_assert_eq(host_run(host, f->call, b), NODEC_OK);
    b->n.at[NUM_LOSS_THETA] = b->own[NUM_LOSS_THETA];
    if (f->call == CALL_LOSS) return b->n.loss;
    for (size_t i = 0; i < b->count[f->out]; i++) sum += board_get(b, f->out, i) * board_get(b, f->by, i);
    return sum;
}

static double largest(const Board *b, int array)
{
    double most = 0;
    for (size_t i = 0; i < b->count[array]; i++) most = fmax(most, fabs(board_get(b, array, i)));
    return most;
}

/* Is `gradient` the derivative of f by `of`, `apart` elements apart? At most `samples` are asked. */
static void check_slopes(const Host *host, Board *b, const Functional *f, int of, size_t apart, int gradient, size_t samples)
{
    double level = fabs(functional(host, b, f)), most = largest(b, gradient);
    size_t n = b->count[gradient], asked = n < samples ? n : samples;
    for (size_t k = 0; k < asked; k++) {
        size_t g = k * n / asked, i = g * apart;
        double kept = board_get(b, of, i), step = 1e-5 * (1 + fabs(kept)), side[2];
        for (int s = 0; s < 2; s++) {
            board_set(b, of, i, s ? kept + step : kept - step);
            side[s] = functional(host, b, f);
        }
        board_set(b, of, i, kept);
        double slope = (side[1] - side[0]) / (2 * step), got = board_get(b, gradient, g);
        cr_assert(fabs(slope - got) <= 1e-6 * most + 1e-9 * level,
                  "%s by %s, batch %zu%s: call %d, array %d[%zu] has the gradient %.12g, differences say %.12g",
                  host->lab->lowered->field->instance, host->lab->lowered->solver, b->n.batch,
                  b->n.t_stride ? ", each its own times" : "", f->call, of, i, got, slope);
    }
    functional(host, b, f);
}

static void check_jvp(const Host *host, Board *b)
{
    static const int moved[][2] = { { NUM_X0, NUM_VX }, { NUM_THETA, NUM_VTHETA } };
    size_t n = b->count[NUM_DX];
    double step = 1e-5, *side[2] = { malloc(n * sizeof(double)), malloc(n * sizeof(double)) }, most = 0;
    for (int s = 0; s < 2; s++) {
        double by = s ? step : -step;
        for (size_t k = 0; k < COUNT(moved); k++)
            for (size_t i = 0; i < b->count[moved[k][0]]; i++)
                board_set(b, moved[k][0], i, board_get(b, moved[k][0], i) + by * board_get(b, moved[k][1], i));
        for (size_t i = 0; i < b->n.batch; i++)             /* each its own */
            board_set(b, NUM_T, i * b->n.t_stride, board_get(b, NUM_T, i * b->n.t_stride) + by * board_get(b, NUM_VT, i));
        cr_assert_eq(host_run(host, CALL_F, b), NODEC_OK);
        for (size_t i = 0; i < n; i++) side[s][i] = board_get(b, NUM_DX, i), most = fmax(most, fabs(side[s][i]));
        for (size_t k = 0; k < COUNT(moved); k++)
            for (size_t i = 0; i < b->count[moved[k][0]]; i++)
                board_set(b, moved[k][0], i, board_get(b, moved[k][0], i) - by * board_get(b, moved[k][1], i));
        for (size_t i = 0; i < b->n.batch; i++)
            board_set(b, NUM_T, i * b->n.t_stride, board_get(b, NUM_T, i * b->n.t_stride) - by * board_get(b, NUM_VT, i));
    }
    cr_assert_eq(host_run(host, CALL_JVP, b), NODEC_OK);
    double scale = largest(b, NUM_DOT);
    for (size_t i = 0; i < n; i++) {
        double slope = (side[1][i] - side[0][i]) / (2 * step);
        cr_assert(fabs(slope - board_get(b, NUM_DOT, i)) <= 1e-6 * scale + 1e-9 * most, "%s, batch %zu: jvp[%zu] is %.12g, differences say %.12g",
                  host->lab->lowered->field->instance, b->n.batch, i, board_get(b, NUM_DOT, i), slope);
    }
    free(side[0]);
    free(side[1]);
}

/* Every derivative there is, in batches that every regime serves. */
static void check_differences(Lab *lab, const Host *host)
{
    static const struct { size_t batch; When when; size_t samples; } row[] = {
        { 3, PER_SAMPLE, 12 }, { 1, SHARED, 12 }, { 2, BACKWARDS, 6 }, { 33, PER_SAMPLE, 3 }, { 33, SHARED, 2 },
    };
    static const Functional f = { CALL_F, NUM_DX, NUM_A }, solve = { CALL_SOLVE, NUM_X, NUM_G_X }, loss = { .call = CALL_LOSS };
    for (size_t r = 0; r < COUNT(row); r++) {
        size_t samples = row[r].samples;
        Board *b = board_filled(lab, host, row[r].batch, row[r].when);
        cr_assert_eq(host_run(host, CALL_SOLVE, b), NODEC_OK);
        cr_assert_eq(host_run(host, CALL_GRADIENT, b), NODEC_OK);
        check_slopes(host, b, &solve, NUM_X0, 1, NUM_G_X0, samples);
        check_slopes(host, b, &solve, NUM_THETA, 1, NUM_G_THETA, samples);
        check_slopes(host, b, &solve, NUM_U, 1, NUM_G_U, samples);
        check_slopes(host, b, &solve, NUM_T, 1, NUM_G_T, samples);
        if (lab_has(lab, CALL_LOSS)) {
            cr_assert_eq(host_run(host, CALL_LOSS, b), NODEC_OK);
            check_slopes(host, b, &loss, NUM_THETA, 1, NUM_LOSS_THETA, samples);
        }
        cr_assert_eq(host_run(host, CALL_VJP, b), NODEC_OK);
        check_slopes(host, b, &f, NUM_X0, 1, NUM_AX, samples);
        check_slopes(host, b, &f, NUM_THETA, 1, NUM_ATHETA, samples);
        check_slopes(host, b, &f, NUM_U, 1, NUM_AU, samples);
        if (b->n.t_stride || b->n.batch == 1) check_slopes(host, b, &f, NUM_T, b->n.t_stride, NUM_AT, samples);
        if (b->n.t_stride || b->n.batch == 1) check_jvp(host, b);
    }
}

static double gap(const Board *a, const Board *b)
{
    static const int arrays[] = { NUM_G_X0, NUM_G_U, NUM_G_THETA, NUM_G_T };
    double most = 0;
    for (size_t k = 0; k < COUNT(arrays); k++)
        for (size_t i = 0; i < a->count[arrays[k]]; i++)
            most = fmax(most, fabs(board_get(a, arrays[k], i) - board_get(b, arrays[k], i)) / largest(b, arrays[k]));
    return most;
}

/* Steps of a quarter: the adjoint comes nearer to the exact gradient, by 4 at least. */
static void check_adjoint(Lab *lab, const Host *adjoint, const Host *discrete)
{
    static const struct { size_t batch; When when; } row[] = { { 3, SHARED }, { 2, BACKWARDS }, { 33, PER_SAMPLE } };
    for (size_t r = 0; r < COUNT(row); r++) {
        double far[2];
        for (int fine = 0; fine < 2; fine++) {
            Board *b[2];
            for (int k = 0; k < 2; k++) {
                const Host *host = k ? discrete : adjoint;
                b[k] = board_filled(lab, host, row[r].batch, row[r].when);
                b[k]->options.steps = fine ? 32 : 8;
                cr_assert_eq(host_run(host, CALL_SOLVE, b[k]), NODEC_OK);
                cr_assert_eq(host_run(host, CALL_GRADIENT, b[k]), NODEC_OK);
            }
            far[fine] = gap(b[0], b[1]);
        }
        cr_assert(far[1] < 0.05 && (far[1] < far[0] / 3 || far[1] < 1e-9), "%s by %s, batch %zu: from %g to %g of the exact gradient",
                  lab->lowered->field->instance, lab->lowered->solver, row[r].batch, far[0], far[1]);
    }
}

/* With the next solver, loss and optimizer of the tables each time. The steps of large
 * fields take long to compile: they get Euler's. Adjoints only have to come near.         */
static void check_derivatives(Lab *lab, const Field *field)
{
    static size_t turn;
    enum { LARGE = 5 };
    size_t losses, optims;
    const LossRow *loss = loss_rows(&losses);
    const OptimRow *optim = optim_rows(&optims);
    const Tableau *solver = field->states < LARGE ? &solver_table[turn % solver_count] : solver_by_name("euler");
    bool above = field->param.count && !field->observe;     /* all parameters are, and then the states stay so */
    for (size_t i = 0; i < field->param.count; i++) above &= field->param.at[i].positive;
    LowerOptions o = { .real = TYPE_F64, .solver = solver, .gradient = GRADIENT_DISCRETE, .tape = 3, .h_max = 0.1, .max_steps = 1000,
                       .solver_text = solver->name, .gradient_text = "discrete", .loss_log = above, .loss_delta = 0.3 };
    if (field->params) o.loss = loss[turn % losses].name, o.optimizer = optim[turn % optims].name;
    turn++;
    lab_lower(lab, field, &o);
    Host discrete = host_load(lab, target_quick());
    check_differences(lab, &discrete);
    o.gradient = GRADIENT_ADJOINT;
    o.solver = solver_by_name("heun");
    o.solver_text = "heun";
    o.loss = o.optimizer = NULL;
    lab_lower(lab, field, &o);
    Host adjoint = host_load(lab, target_quick());
    check_adjoint(lab, &adjoint, &discrete);
    host_close(&discrete);
    host_close(&adjoint);
}

/* Whether something of the model is learned. What only runs may be chaotic, as Lorenz's equations
 * are, of which no difference and no way back in time is worth anything. */
static bool learns(Lab *lab)
{
    const Name *name;
    size_t n = unit_experiments(lab->unit, &name), fits = 0;
    for (size_t i = 0; i < n; i++) {
        const Experiment *e = unit_experiment(lab->unit, name[i], NULL, 0, TYPE_F64, &lab->diags);
        fits += e && experiment_clause(e, "fit");
    }
    return fits || !n;
}

static void check_model(const char *path)
{
    Lab lab;
    lab_open(&lab, path);
    const Field *const *field;
    size_t n = unit_fields(lab.unit, TYPE_F64, &field, &lab.diags);
    for (size_t i = 0; i < n && learns(&lab); i++)      /* of thousands of states some relu turns within any difference */
        if (field[i]->states < 1000) check_derivatives(&lab, field[i]);
    lab_close(&lab);
}

Test(generated, agrees_with_differences, .timeout = 240) { cr_assert(golden_each("models/*.node", check_model) >= 5); }

/* ---- what `nodec run` compiles ----------------------------------------------------------- */

typedef const nodec_module *Entry(void);

/* The loss of one trajectory, by a module for at most that many. */
static double module_loss(Lab *lab, const LowerOptions *o, size_t most, bool many)
{
    const Field *field = unit_field(lab->unit, "Mlp", o->real, &lab->diags);
    const Lowered *l = lower_field(&lab->arena, &lab->names, field, o);
    Text source = { .arena = &lab->arena };
    back_c.emit(&(EmitInput){ .field = &l, .fields = 1 }, &(EmitOptions){ .stem = "model", .model_path = "m.node", .module = true, .most = most },
                &source, NULL);
    cr_expect(!strstr(text_string(&source), "_vjp_"));
    cr_expect_eq(strstr(text_string(&source), "_batch_block") != NULL, many, "at most %zu", most);
    cr_expect_eq(strstr(text_string(&source), "_gradient_latency") != NULL, o->loss != NULL);
    cc_write(&lab->folder, "module.c", text_string(&source));
    void *object = cc_load(&lab->folder, "gcc", "-w -O0 -DNODEC_PLAIN", "module.c");
    cr_assert(object);
    Entry *entry;
    *(void **)&entry = dlsym(object, "nodec_entry");
    const nodec_module *m = entry();
    static double theta[1000], t[] = { 0, 0.2, 0.3 }, start[2] = { 1, 2 }, target[6], x[6];
    double loss = 0;
    void *work = NULL;
    cr_assert(!posix_memalign(&work, 64, m->work(m, 1, 3)));
    m->init(m, 5, theta);
    nodec_batch batch = { .batch = 1, .times = 3, .t = t, .start = start, .target = target };
    nodec_report report = { 0 };
    int status = o->loss ? m->loss(m, &batch, theta, &loss, x, NULL, &m->options, &report, work, m->work(m, 1, 3))
                         : m->solve(m, 1, 3, t, 0, start, NULL, theta, x, &m->options, &report, work, m->work(m, 1, 3));
    cr_expect_eq(status, NODEC_OK);
    free(work);
    dlclose(object);
    return o->loss ? loss : x[5];
}

/* Kernels for many trajectories are left out where there never are so many, and gradients
 * where nobody learns; what is there computes the same.                                    */
Test(generated, modules_have_what_they_need)
{
    Lab lab;
    lab_open(&lab, "models/spiral.node");
    LowerOptions o = { .real = TYPE_F64, .solver = solver_by_name("euler"), .h_max = 0.05, .solver_text = "euler", .gradient_text = "adjoint",
                       .loss = "mse", .optimizer = "adam" };
    for (int train = 1; train >= 0; train--) {
        double any = module_loss(&lab, &o, 0, true);
        cr_expect(any == module_loss(&lab, &o, 1, false));
        cr_expect(any == module_loss(&lab, &o, 31, false));
        cr_expect(any == module_loss(&lab, &o, 32, true));
        o.loss = o.optimizer = NULL;
    }
    lab_close(&lab);
}
