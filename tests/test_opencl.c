/* test_opencl.c: generated OpenCL C gives the bits of the reference machine.
 *
 * Every kernel of a field, on the first device there is, equals the reference
 * machine's run of the same Program to the last bit: the state and the gradient at
 * every time, sums over samples too, in whole blocks and in a part of one, with
 * shared times and with times of their own.  A machine without OpenCL, and a device
 * that promises less, are no failure: what is skipped is said.                      */
#include "back/cl.h"
#include "library/library.h"
#include "every_op.h"
#include "generated.h"
#include "opencl_program.h"

typedef struct Row { const char *path, *experiment; Type real; const char *set[3]; } Row;

static const Row rows[] = {
    { "spiral",    "linear",    TYPE_F32, { 0 } },
    { "spiral",    "comp",      TYPE_F32, { "solver = rk4(h_max = 0.1)", "gradient = discrete" } },
    { "spiral",    "comp_time", TYPE_F64, { 0 } },
    { "forced",    "forced",    TYPE_F32, { 0 } },
    { "lynx_hare", "lynx_hare", TYPE_F32, { 0 } },
    { "lynx_hare", "physics",   TYPE_F64, { "gradient = discrete" } },
};

/* ---- a device ---------------------------------------------------------------------------- */

/* The first device if it promises the CPU's bits; else says what is skipped. */
static const opencl_device *device_open(opencl *cl, Type real)
{
    nodec_fault fault = { 0 };
    const opencl_device *d = opencl_open(cl, &fault) ? NULL : &cl->device[0];
    const char *why = !d ? fault.text : opencl_loses(d) ? opencl_loses(d) : real == TYPE_F64 && !d->lanes_f64 ? "no fp64" : NULL;
    if (why) cr_log_warn("skipped: %s", why);
    return why ? NULL : d;
}

/* ---- a field ------------------------------------------------------------------------------ */

static void row_open(Lab *lab, const Row *row)
{
    char path[64];
    size_t sets = 0;
    snprintf(path, sizeof path, "models/%s.node", row->path);
    lab_open(lab, path);
    while (sets < COUNT(row->set) && row->set[sets]) sets++;
    const Experiment *e = unit_experiment(lab->unit, row->experiment, row->set, sets, row->real, &lab->diags);
    LowerOptions lower = { 0 };
    cr_assert(e && !lower_options(&lab->arena, e, row->real, &lower, &lab->diags), "%s", lab_messages(lab));
    lab->lowered = lower_field(&lab->arena, &lab->names, experiment_clause(e, "fit")->field, &lower);
}

static nodec_options options_of(void) { return (nodec_options){ .size = sizeof(nodec_options), .h_max = 0.1, .max_steps = 1000 }; }

static void no_weights(uint64_t seed, void *theta) { (void)seed, (void)theta; }

/* What boards want of a host; weights are numbers without order. */
static Board *board_of(Lab *lab, size_t batch, When when)
{
    static const Host nobody = { .options = options_of, .init = no_weights };
    Board *b = board_filled(lab, &nobody, batch, when);
    for (size_t i = 0; i < b->count[NUM_THETA]; i++) board_set(b, NUM_THETA, i, 0.4 * wave(i + 777));
    return b;
}

/* ---- a call on the device ------------------------------------------------------------------ */

static const char *const call_names[CALL_COUNT] = {
    [CALL_F] = "f", [CALL_VJP] = "vjp", [CALL_JVP] = "jvp", [CALL_START] = "start", [CALL_SOLVE] = "solve",
    [CALL_OBSERVE] = "observe", [CALL_GRADIENT] = "gradient",
};

typedef struct Device { opencl cl; opencl_program program; } Device;

static cl_mem buffer_of(const Device *d, size_t bytes, const void *from)
{
    nodec_fault fault = { 0 };
    cl_mem buffer = opencl_buffer(&d->program, bytes, from, &fault);
    cr_assert(buffer, "%s", fault.text);
    return buffer;
}

static void release(const Device *d, cl_mem buffer)
{
    if (buffer) d->program.api->clReleaseMemObject(buffer);
}

/* The arguments of the entry's row, and the status where it has one. */
static int device_call(const Device *d, Lab *lab, Call call, Board *b)
{
    const struct EntryRow *row = &entry_rows[call];
    const Serving *s = &lab->lowered->many;
    const size_t blocks = (b->n.batch + s->width - 1) / s->width, T = b->n.times;
    const size_t reals = s->fixed + s->per_block * blocks + s->per_time * T + s->per_block_time * blocks * T + 16;
    const int64_t whole[] = { (int64_t)b->n.batch, (int64_t)T, (int64_t)b->n.t_stride, (int64_t)b->options.steps, (int64_t)b->options.max_steps };
    const float h_single = (float)b->options.h_max;
    const void *h_max = b->real == sizeof(float) ? (const void *)&h_single : &b->options.h_max;
    unsigned char *nan = arena_alloc(&lab->arena, reals * b->real);
    int32_t status = 0;
    nodec_fault fault = { 0 };
    memset(nan, 0xFF, reals * b->real);
    cl_mem buffer[NUM_COUNT] = { 0 }, none = NULL, work = buffer_of(d, reals * b->real, nan), fail = buffer_of(d, 4 * b->real, nan),
           result = buffer_of(d, sizeof status, &status);
    opencl_argument arg[24];
    size_t n = 0;
    for (const unsigned char *a = row->arg; *a != ARG_END; a++)
        switch (*a) {
        case ARG_BATCH:    arg[n++] = (opencl_argument){ 8, &whole[0] }; break;
        case ARG_TIMES:    arg[n++] = (opencl_argument){ 8, &whole[1] }; break;
        case ARG_STRIDE:   arg[n++] = (opencl_argument){ 8, &whole[2] }; break;
        case ARG_FAIL:     arg[n++] = (opencl_argument){ sizeof fail, &fail }; break;
        case ARG_WORK:     arg[n++] = (opencl_argument){ sizeof work, &work }; break;
        case ARG_STEPPING:
            arg[n++] = (opencl_argument){ b->real, h_max };
            arg[n++] = (opencl_argument){ 8, &whole[3] };
            arg[n++] = (opencl_argument){ 8, &whole[4] };
            break;
        case NUM_U: case NUM_AU: case NUM_G_U:
            if (!lab->lowered->field->inputs) break;
            __attribute__((fallthrough));
        default:
            if (b->n.at[*a]) buffer[*a] = buffer_of(d, b->count[*a] * b->real, b->n.at[*a]);
            arg[n++] = (opencl_argument){ sizeof(cl_mem), b->n.at[*a] ? &buffer[*a] : &none };
        }
    uint32_t entry = entry_in(s, row);
    if (lab->lowered->program->fn.at[entry]->returns) arg[n++] = (opencl_argument){ sizeof result, &result };

    char name[64];
    snprintf(name, sizeof name, "m_%s_%s", lab->lowered->field->name, call_names[call]);
    for (char *c = name; *c; c++) *c = (char)tolower((unsigned char)*c);
    const uint32_t width = cl_block(lab->lowered->program, entry);
    cr_assert(!opencl_call(&d->program, name, (b->n.batch + width - 1) / width, arg, n, &fault) && !opencl_wait(&d->program, &fault), "%s: %s", name, fault.text);
    for (int k = 0; k < NUM_COUNT; k++)
        if (buffer[k]) cr_assert(!opencl_read(&d->program, buffer[k], 0, b->count[k] * b->real, b->n.at[k], &fault), "%s", fault.text);
    cr_assert(!opencl_read(&d->program, result, 0, sizeof status, &status, &fault), "%s", fault.text);
    for (int k = 0; k < NUM_COUNT; k++) release(d, buffer[k]);
    release(d, work), release(d, fail), release(d, result);
    return status;
}

static void device_build(Device *d, Lab *lab, const opencl_device *device)
{
    nodec_fault fault = { 0 };
    Text source = { .arena = &lab->arena };
    back_opencl.emit(&(EmitInput){ .field = &lab->lowered, .fields = 1 }, &(EmitOptions){ .stem = "m", .model_path = "m.node" }, &source, NULL);
    cr_assert(!opencl_build(&d->program, &d->cl, device, text_string(&source), NULL, &fault), "%s", fault.text);
}

/* ---- the same bits -------------------------------------------------------------------------- */

static void same_bits(Lab *lab, const Board *got, const Board *want, Call call)
{
    for (int k = 0; k < NUM_COUNT; k++)
        for (size_t i = 0; i < got->count[k]; i++)
            cr_assert(!memcmp((const char *)got->own[k] + i * got->real, (const char *)want->own[k] + i * got->real, got->real),
                      "%s, batch %zu, %s: array %d[%zu] is %a, on the reference machine %a", lab->lowered->field->instance,
                      got->n.batch, call_names[call], k, i, board_get(got, k, i), board_get(want, k, i));
}

static const struct { size_t batch; When when; } boards[] = { { 37, PER_SAMPLE }, { 261, SHARED }, { 128, BACKWARDS } };

static void check_row(const Row *row, size_t from, size_t to)
{
    Device d;
    Lab lab;
    const opencl_device *device = device_open(&d.cl, row->real);
    if (!device) return;
    row_open(&lab, row);
    device_build(&d, &lab, device);
    for (size_t i = from; i < to; i++) {
        Board *got = board_of(&lab, boards[i].batch, boards[i].when), *want = board_of(&lab, boards[i].batch, boards[i].when);
        if (boards[i].when == BACKWARDS) got->n.at[NUM_G_T] = want->n.at[NUM_G_T] = got->n.at[NUM_AX] = want->n.at[NUM_AX] = NULL;
        for (Call call = 0; call <= CALL_GRADIENT; call++) {
            if (!call_names[call] || !lab_has(&lab, call)) continue;
            cr_assert_eq(device_call(&d, &lab, call, got), NODEC_OK);
            cr_assert_eq(reference_run(&lab, call, want), NODEC_OK);
            same_bits(&lab, got, want, call);
        }
        for (size_t k = 0; k < got->count[NUM_X]; k++) cr_assert(isfinite(board_get(got, NUM_X, k)));
    }
    opencl_release(&d.program);
    lab_close(&lab);
    opencl_close(&d.cl);
}

#define SAME_BITS(row) Test(opencl, same_bits_##row) { check_row(&rows[row], 0, COUNT(boards)); }
SAME_BITS(0)
SAME_BITS(1)
SAME_BITS(2)
SAME_BITS(3)
SAME_BITS(4)
SAME_BITS(5)

/* ---- every op -------------------------------------------------------------------------------- */

static void check_ops(Type real)
{
    enum { SHARES = 5 };                        /* of the parallel loop: work-items */
    const size_t size = real == TYPE_F32 ? sizeof(float) : sizeof(double);
    const int64_t one = 1, none = 0;
    Device d;
    Sample s;
    nodec_fault fault = { 0 };
    char error[128] = "";
    const opencl_device *device = device_open(&d.cl, real);
    if (!device) return;
    sample_ops(&s, real);
    Lab lab = { .arena = s.arena, .lowered = &s.lowered };
    void *x = reals(&lab.arena, real, 3 * N), *theta = reals(&lab.arena, real, N), *t = reals(&lab.arena, real, 1);
    void *want = reals(&lab.arena, real, s.out), *have = reals(&lab.arena, real, s.out);
    sample_fill(real, x, theta);
    LArg args[] = { { .i = 1 }, { .buffer = t, .elements = 1 }, { .i = 0 }, { .buffer = x, .elements = 3 * N },
                    { .buffer = theta, .elements = N }, { .buffer = want, .elements = s.out } };
    cr_assert_eq(loop_run(s.lowered.program, s.lowered.many.entry.f, args, COUNT(args), error, sizeof error), 0, "%s", error);

    device_build(&d, &lab, device);
    cl_mem mt = buffer_of(&d, size, t), mx = buffer_of(&d, 3 * N * size, x), mtheta = buffer_of(&d, N * size, theta),
           mdx = buffer_of(&d, s.out * size, have), status = buffer_of(&d, sizeof(int32_t), NULL);
    const opencl_argument arg[] = { { 8, &one }, { sizeof mt, &mt }, { 8, &none }, { sizeof mx, &mx }, { sizeof mtheta, &mtheta },
                                    { sizeof mdx, &mdx }, { sizeof status, &status } };
    cr_assert(!opencl_call(&d.program, "m_ops_f", SHARES, arg, COUNT(arg), &fault), "%s", fault.text);
    cr_assert(!opencl_read(&d.program, mdx, 0, s.out * size, have, &fault), "%s", fault.text);
    for (size_t k = 0; k < s.out; k++)
        cr_expect(same(get(want, real, k), get(have, real, k)), "element %zu (block %zu) of x %a, %a, %a: reference %a, device %a",
                  k, k / N, get(x, real, k % N), get(x, real, N + k % N), get(x, real, 2 * N + k % N), get(want, real, k), get(have, real, k));
    release(&d, mt), release(&d, mx), release(&d, mtheta), release(&d, mdx), release(&d, status);
    opencl_release(&d.program);
    opencl_close(&d.cl);
    arena_free(&lab.arena);
}

Test(opencl, every_op_in_single_precision) { check_ops(TYPE_F32); }
Test(opencl, every_op_in_double_precision) { check_ops(TYPE_F64); }
