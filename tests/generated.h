/* generated.h: a field of a model as generated C, and on the reference machine.
 *
 * A Lab lowers a field, writes its C into a folder and compiles it, as often as there
 * are Targets; each compiled one is a Host, and so is the driver of serve.h over the
 * reference machine (compiler "driver", cpu "here" or with memory of its own, "apart"). A Board holds every array a field's
 * functions read or write, each between guards that must stay as they are. host_run
 * runs one function of generated C on a board; reference_run does the same with
 * loop_run on the Program that was printed.                                         */
#ifndef ND_TEST_GENERATED_H
#define ND_TEST_GENERATED_H

#include "back/back.h"
#include "cc.h"
#include "entry.h"
#include "host.h"
#include "lang/lang.h"
#include "lower/lower.h"
#include "pass/pass.h"
#include "served.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <math.h>

/* ---- targets ---------------------------------------------------------------------------- */

typedef struct Target { const char *compiler; int level; const char *cpu; } Target;

static inline const char *target_flags(const char *cpu)
{
    return !strcmp(cpu, "avx512") ? "-mavx512f -mavx512dq -mavx2 -mfma" : !strcmp(cpu, "avx2") ? "-mavx2 -mfma" : "-DNODEC_PLAIN";
}

static inline bool is_driver(const Target *t) { return !strcmp(t->compiler, "driver"); }
static inline bool target_here(const Target *t) { return is_driver(t) || (cc_has(t->compiler) && cc_cpu(t->cpu)); }

/* What compiles and runs soonest. It gives the bits of all others, which is a test of its own. */
static inline const Target *target_quick(void)
{
    static const Target quick[] = { { "clang", 0, "avx512" }, { "clang", 0, "avx2" }, { "gcc", 0, "avx512" }, { "gcc", 0, "plain" } };
    size_t i = 0;
    while (i + 1 < COUNT(quick) && !target_here(&quick[i])) i++;
    return &quick[i];
}

/* ---- a lab ------------------------------------------------------------------------------- */

typedef struct Lab {
    Arena    arena;
    Names    names;
    Diags    diags;
    Unit    *unit;
    CcFolder folder;
    const Lowered *lowered;         /* of the last lab_lower                           */
    const nodec_code *engine;       /* what stands for the reference machine, or NULL  */
} Lab;

static inline const char *lab_messages(Lab *lab)
{
    Text text = { .arena = &lab->arena };
    diag_render(&lab->diags, &text, false);
    return text_string(&text);
}

static inline void lab_open(Lab *lab, const char *path)
{
    *lab = (Lab){ 0 };
    lab->names.arena = lab->diags.arena = &lab->arena;
    lab->unit = unit_open(&lab->arena, &lab->names, path, &lab->diags);
    cr_assert(lab->unit && !lab->diags.errors, "%s", lab_messages(lab));
    unit_differentiates(lab->unit, vjp_into);
    lab->folder = cc_folder();
}

static inline void lab_close(Lab *lab)
{
    cc_remove(&lab->folder);
    arena_free(&lab->arena);
}

/* From here on, hosts are of this field, lowered in this way. */
static inline void lab_lower(Lab *lab, const Field *field, const LowerOptions *options)
{
    cr_assert(field && !lab->diags.errors, "%s", lab_messages(lab));
    const Lowered *l = lab->lowered = lower_field(&lab->arena, &lab->names, field, options);
    Text source = { .arena = &lab->arena }, header = source, host = source;
    back_c.emit(&(EmitInput){ .field = &l, .fields = 1 }, &(EmitOptions){ .stem = "m", .model_path = "m.node" }, &source, &header);
    char *name = arena_string(&lab->arena, field->name, strlen(field->name));
    for (char *c = name; *c; c++) *c = (char)tolower((unsigned char)*c);
    text_printf(&host, "#include \"m.c\"\n#define PREFIX m_%s\n%s%s%s%s#include \"host.h\"\n", name,
                field->inputs ? "#define INPUTS\n" : "", field->start ? "#define STARTS\n" : "",
                field->observe ? "#define OBSERVES\n" : "", l->loss != NO_ENTRY ? "#define TRAINS\n" : "");
    cc_write(&lab->folder, "m.c", text_string(&source));
    cc_write(&lab->folder, "m.h", text_string(&header));
    cc_write(&lab->folder, "host.c", text_string(&host));
    cc_write(&lab->folder, "host.h", file_read(&lab->arena, "tests/host.h", NULL));
}

static inline size_t lab_real(const Lab *lab) { return lab->lowered->program->real == TYPE_F32 ? sizeof(float) : sizeof(double); }

static inline bool lab_has(const Lab *lab, Call call)
{
    const Lowered *l = lab->lowered;
    return call == CALL_START ? l->field->start != NULL : call == CALL_OBSERVE ? l->field->observe != NULL
         : call == CALL_LOSS || call == CALL_UPDATE || call == CALL_TRAIN ? l->loss != NO_ENTRY : true;
}

/* ---- hosts ------------------------------------------------------------------------------- */

typedef struct Host {
    const Lab *lab;
    Target target;
    void  *module;
    int  (*call)(int, Numbers *);
    size_t (*work)(int, size_t, size_t);
    void (*init)(uint64_t, void *);
    nodec_options (*options)(void);
} Host;

static inline Host host_serve(Lab *lab, const Target *target)
{
    const Tables tables = tables_of_field(&lab->arena, lab->lowered, &(EmitOptions){ 0 });
    const nodec_code code = machine_code(machine_new(lab->lowered->program, !strcmp(target->cpu, "apart")));
    nodec_fault fault = { 0 };
    serving = served_open(tables.at, tables.bytes, &code, &fault);
    cr_assert(serving, "%s", fault.text);
    return (Host){ .lab = lab, .target = *target, .call = served_call, .work = served_room, .init = served_init, .options = served_options };
}

static inline Host host_load(Lab *lab, const Target *target)
{
    if (is_driver(target)) return host_serve(lab, target);
    Host host = { .lab = lab, .target = *target };
    char flags[128];
    snprintf(flags, sizeof flags, "-std=gnu11 -O%d %s", target->level, target_flags(target->cpu));
    host.module = cc_load(&lab->folder, target->compiler, flags, "host.c");
    cr_assert(host.module, "%s: %s %s does not compile it", lab->lowered->field->instance, target->compiler, flags);
    *(void **)&host.call = dlsym(host.module, "host_call");
    *(void **)&host.work = dlsym(host.module, "host_work");
    *(void **)&host.init = dlsym(host.module, "host_init");
    *(void **)&host.options = dlsym(host.module, "host_options");
    return host;
}

static inline void host_close(Host *host)
{
    if (host->module) dlclose(host->module);
    else served_close(serving);
}

/* ---- boards ------------------------------------------------------------------------------ */

enum { GUARD = 64, GUARDED = 0xA5, FRESH = 0x5A };      /* bytes; what guards and outputs hold at first */

typedef struct Board {
    Numbers n;
    size_t  count[NUM_COUNT];       /* reals                                           */
    void   *own[NUM_COUNT];         /* n.at, whatever becomes of that                  */
    size_t  real;                   /* bytes                                           */
    nodec_options options;
    nodec_report  report;
    nodec_update  update;
} Board;

static inline double board_get(const Board *b, int array, size_t i)
{
    return b->real == sizeof(float) ? (double)((const float *)b->own[array])[i] : ((const double *)b->own[array])[i];
}

static inline void board_set(Board *b, int array, size_t i, double value)
{
    if (b->real == sizeof(float)) ((float *)b->own[array])[i] = (float)value;
    else ((double *)b->own[array])[i] = value;
}

/* The first real of `out`. */
static inline double first_of(const Board *b, const void *out)
{
    return b->real == sizeof(float) ? (double)*(const float *)out : *(const double *)out;
}

static inline Board *board_new(Lab *lab, const Host *host, size_t batch, size_t times, size_t t_stride)
{
    const Field *field = lab->lowered->field;
    const size_t B = batch, T = times, OWN = t_stride, S = field->states, I = field->inputs, P = field->params,
                 O = field->outputs ? field->outputs : S, M = lab->lowered->moments;
#define ARRAY(name, length) length,
    const size_t count[NUM_COUNT] = { HOST_ARRAYS(ARRAY) };
#undef ARRAY
    Board *b = NEW(&lab->arena, Board);
    memcpy(b->count, count, sizeof count);
    b->real = lab_real(lab);
    b->n = (Numbers){ .batch = batch, .times = times, .t_stride = t_stride };
    for (int k = 0; k < NUM_COUNT; k++) {
        char *room = arena_alloc(&lab->arena, count[k] * b->real + 2 * GUARD);
        memset(room, GUARDED, count[k] * b->real + 2 * GUARD);
        b->n.at[k] = b->own[k] = room + GUARD;
        memset(b->own[k], k >= NUM_DX ? FRESH : 0, count[k] * b->real);
    }
    memset(b->own[NUM_MOMENTS], 0, count[NUM_MOMENTS] * b->real);
    b->options = host->options();
    b->n.options = &b->options;
    b->n.report = &b->report;
    b->n.update = &b->update;
    return b;
}

static inline void guards_hold(const Board *b, const char *what)
{
    for (int k = 0; k < NUM_COUNT; k++) {
        const unsigned char *from = b->own[k];
        for (int i = 0; i < GUARD; i++)
            cr_assert(from[-1 - i] == GUARDED && from[b->count[k] * b->real + (size_t)i] == GUARDED, "%s writes outside of array %d", what, k);
    }
}

/* Numbers between -1 and 1 without order. */
static inline double wave(size_t i)
{
    uint32_t h = ((uint32_t)i + 1) * 2654435761u;
    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    return (double)h / 2147483648.0 - 1;
}

typedef enum When { SHARED, BACKWARDS, PER_SAMPLE } When;

enum { TIMES_TOLD = 4 };            /* of boards that are filled                       */

/* A board with something in every input; theta is as the model begins. */
static inline Board *board_filled(Lab *lab, const Host *host, size_t batch, When when)
{
    static const double told[TIMES_TOLD] = { 0.1, 0.35, 0.4, 1.02 };
    Board *b = board_new(lab, host, batch, TIMES_TOLD, when == PER_SAMPLE ? TIMES_TOLD : 0);
    static const struct { int array; double mean, spread; } fill[] = {
        { NUM_X0, 0.9, 0.5 }, { NUM_U, 0.5, 0.4 }, { NUM_A, 0, 1 }, { NUM_VX, 0, 1 }, { NUM_VT, 0, 1 },
        { NUM_VTHETA, 0, 1 }, { NUM_G_X, 0, 1 }, { NUM_TARGET, 1.2, 0.4 },
    };
    for (size_t k = 0; k < COUNT(fill); k++)
        for (size_t i = 0; i < b->count[fill[k].array]; i++)
            board_set(b, fill[k].array, i, fill[k].mean + fill[k].spread * wave(i + 10000 * k));
    for (size_t i = 0; i < b->count[NUM_T]; i++) {
        size_t at = i % TIMES_TOLD;
        double t = told[at] + (when == PER_SAMPLE ? 0.21 * (double)at * (1 + wave(i / TIMES_TOLD)) : 0);
        board_set(b, NUM_T, i, when == BACKWARDS ? 1 - t : t);
    }
    host->init(7, b->own[NUM_THETA]);
    b->options.h_max = 0.1;
    b->update = (nodec_update){ .lr = 0.01, .beta1 = 0.9, .beta2 = 0.99, .eps = 1e-8, .decay = 0.01, .momentum = 0.9, .clip = 0.1, .step = 3 };
    return b;
}

/* ---- running ----------------------------------------------------------------------------- */

/* A workspace of exactly the bytes the field asks for, at an odd address, between guards. */
static inline int host_run(const Host *host, Call call, Board *b)
{
    size_t times = call == CALL_VJP || call == CALL_JVP ? 1 : b->n.times;
    size_t need = host->work(call, b->n.batch, times);
    unsigned char *room = malloc(need + 2 * GUARD);
    memset(room, GUARDED, need + 2 * GUARD);
    b->n.work = room + GUARD - 3;
    b->n.work_bytes = need;
    int status = host->call(call, &b->n);
    for (int i = 0; i < GUARD; i++)
        cr_assert((i >= GUARD - 3 || room[i] == GUARDED) && room[need + GUARD - 3 + (size_t)i] == GUARDED,
                  "call %d writes outside of its workspace", call);
    free(room);
    guards_hold(b, "generated C");
    return status;
}

/* Arguments of entries: an array's number, or one of these (lowered.h). */
enum { ARG_BATCH = NUM_COUNT, ARG_TIMES, ARG_STRIDE, ARG_STEPPING, ARG_FAIL, ARG_WORK, ARG_END };

#define ARGS_POINT  ARG_BATCH, NUM_T, ARG_STRIDE, NUM_X0, NUM_U, NUM_THETA
#define ARGS_PATH   ARG_BATCH, ARG_TIMES, NUM_T, ARG_STRIDE
static const struct EntryRow { size_t entry; unsigned char arg[20]; } entry_rows[] = {
    [CALL_F]        = { offsetof(Entries, f),        { ARGS_POINT, NUM_DX, ARG_END } },
    [CALL_VJP]      = { offsetof(Entries, vjp),      { ARGS_POINT, NUM_A, NUM_AX, NUM_AT, NUM_AU, NUM_ATHETA, ARG_WORK, ARG_END } },
    [CALL_JVP]      = { offsetof(Entries, jvp),      { ARGS_POINT, NUM_VX, NUM_VT, NUM_VTHETA, NUM_DOT, ARG_WORK, ARG_END } },
    [CALL_START]    = { offsetof(Entries, start),    { ARG_BATCH, NUM_X0, NUM_U, NUM_THETA, NUM_START, ARG_END } },
    [CALL_SOLVE]    = { offsetof(Entries, solve),    { ARGS_PATH, NUM_X0, NUM_U, NUM_THETA, NUM_X, ARG_STEPPING, ARG_FAIL, ARG_WORK, ARG_END } },
    [CALL_OBSERVE]  = { offsetof(Entries, observe),  { ARGS_PATH, NUM_X, NUM_U, NUM_THETA, NUM_Y, ARG_END } },
    [CALL_GRADIENT] = { offsetof(Entries, gradient), { ARGS_PATH, NUM_X, NUM_U, NUM_THETA, NUM_G_X, NUM_G_X0, NUM_G_U, NUM_G_THETA, NUM_G_T,
                                                       ARG_STEPPING, ARG_FAIL, ARG_WORK, ARG_END } },
};
static const struct EntryRow
    start_vjp_row   = { offsetof(Entries, start_vjp),   { ARG_BATCH, NUM_X0, NUM_U, NUM_THETA, NUM_G_X0, NUM_G_THETA, ARG_WORK, ARG_END } },
    observe_vjp_row = { offsetof(Entries, observe_vjp), { ARGS_PATH, NUM_X, NUM_U, NUM_THETA, NUM_Y, NUM_G_X, NUM_G_THETA, ARG_WORK, ARG_END } };

static inline uint32_t entry_in(const Serving *s, const struct EntryRow *row)
{
    uint32_t entry;
    memcpy(&entry, (const char *)&s->entry + row->entry, sizeof entry);
    return entry;
}

/* The same call of an engine. */
static inline int engine_call(const Lab *lab, uint32_t entry, const LArg *arg, size_t n)
{
    nodec_arg same[24];
    for (size_t i = 0; i < n; i++) same[i] = (nodec_arg){ arg[i].buffer, arg[i].elements * lab_real(lab), arg[i].i, arg[i].r };
    int status = lab->engine->call(lab->engine->self, entry, same, n, NULL);
    cr_assert(status != NODEC_BROKEN, "%s: %s", lab->lowered->program->fn.at[entry]->name, lab->engine->fault(lab->engine->self));
    return status;
}

static inline int reference_call(const Lab *lab, uint32_t entry, const LArg *arg, size_t n)
{
    if (lab->engine) return engine_call(lab, entry, arg, n);
    char error[256] = "";
    int status = loop_run(lab->lowered->program, entry, arg, n, error, sizeof error);
    cr_assert(!error[0], "%s: %s", lab->lowered->program->fn.at[entry]->name, error);
    return status;
}

static inline int reference_entry(const Lab *lab, const struct EntryRow *row, Board *b)
{
    const Lowered *l = lab->lowered;
    const Serving *s = b->n.batch < l->many_from ? &l->few : &l->many;
    if (entry_in(s, row) == NO_ENTRY) s = s == &l->few ? &l->many : &l->few;
    size_t blocks = (b->n.batch + s->width - 1) / s->width, n = 0;
    size_t reals = s->fixed + s->per_block * blocks + s->per_time * b->n.times + s->per_block_time * blocks * b->n.times;
    void *work = aligned_alloc(64, (reals * b->real + 127) / 64 * 64);
    memset(work, 0xFF, reals * b->real);                            /* NaN */
    double fail[4];
    LArg arg[24];
    for (const unsigned char *a = row->arg; *a != ARG_END; a++)
        switch (*a) {
        case ARG_BATCH:  arg[n++] = (LArg){ .i = (int64_t)b->n.batch };    break;
        case ARG_TIMES:  arg[n++] = (LArg){ .i = (int64_t)b->n.times };    break;
        case ARG_STRIDE: arg[n++] = (LArg){ .i = (int64_t)b->n.t_stride }; break;
        case ARG_FAIL:   arg[n++] = (LArg){ .buffer = fail, .elements = 4 };       break;
        case ARG_WORK:   arg[n++] = (LArg){ .buffer = work, .elements = reals };   break;
        case ARG_STEPPING:
            arg[n++] = (LArg){ .r = b->real == sizeof(float) ? (double)(float)b->options.h_max : b->options.h_max };
            arg[n++] = (LArg){ .i = (int64_t)b->options.steps };
            arg[n++] = (LArg){ .i = (int64_t)b->options.max_steps };
            break;
        case NUM_U: case NUM_AU: case NUM_G_U:
            if (!l->field->inputs) break;
            __attribute__((fallthrough));
        default: arg[n++] = (LArg){ .buffer = b->n.at[*a], .elements = b->count[*a] };
        }
    int status = reference_call(lab, entry_in(s, row), arg, n);
    free(work);
    return status;
}

/* The loss and its gradient, composed of entries as the header says it. */
static inline void reference_loss(Lab *lab, Board *b)
{
    const Lowered *l = lab->lowered;
    Board c = *b;
    bool starts = l->field->start != NULL, observes = l->field->observe != NULL;
    size_t P = b->count[NUM_THETA];
    void *given = b->n.at[NUM_X0], *out = arena_alloc(&lab->arena, 16 * b->real);
    c.n.at[NUM_X] = b->n.at[NUM_LOSS_X];
    c.n.at[NUM_START] = arena_alloc(&lab->arena, b->count[NUM_X0] * b->real);
    c.n.at[NUM_Y] = arena_alloc(&lab->arena, b->count[NUM_Y] * b->real);
    c.n.at[NUM_G_X] = arena_alloc(&lab->arena, b->count[NUM_X] * b->real);
    c.n.at[NUM_G_X0] = starts ? arena_alloc(&lab->arena, b->count[NUM_X0] * b->real) : NULL;
    c.n.at[NUM_G_U] = c.n.at[NUM_G_T] = NULL;
    if (starts) {
        reference_entry(lab, &entry_rows[CALL_START], &c);
        c.n.at[NUM_X0] = c.n.at[NUM_START];
    }
    cr_assert_eq(reference_entry(lab, &entry_rows[CALL_SOLVE], &c), NODEC_OK);
    if (observes) reference_entry(lab, &entry_rows[CALL_OBSERVE], &c);
    void *g_y = observes ? arena_alloc(&lab->arena, b->count[NUM_Y] * b->real) : c.n.at[NUM_G_X], *seen = c.n.at[observes ? NUM_Y : NUM_X];
    size_t parts = (b->count[NUM_Y] + LOSS_PART - 1) / LOSS_PART;
    void *work = arena_alloc(&lab->arena, parts * b->real);
    LArg arg[] = { { .i = (int64_t)(b->n.batch * b->n.times) }, { .buffer = seen, .elements = b->count[NUM_Y] },
                   { .buffer = b->n.at[NUM_TARGET], .elements = b->count[NUM_Y] }, { .buffer = g_y, .elements = b->count[NUM_Y] },
                   { .buffer = out, .elements = 16 }, { .buffer = work, .elements = parts } };
    reference_call(lab, l->loss, arg, COUNT(arg));
    b->n.loss = first_of(b, out);

    Board more = c;                 /* what theta gets beside the solve */
    more.n.at[NUM_Y] = g_y;
    more.n.at[NUM_G_THETA] = arena_alloc(&lab->arena, P * b->real);
    if (observes) reference_entry(lab, &observe_vjp_row, &more);
    c.n.at[NUM_G_THETA] = b->n.at[NUM_LOSS_THETA];
    cr_assert_eq(reference_entry(lab, &entry_rows[CALL_GRADIENT], &c), NODEC_OK);
    c.n.at[NUM_X0] = given;
    if (starts) reference_entry(lab, &start_vjp_row, &c);
    more.own[NUM_G_THETA] = more.n.at[NUM_G_THETA];
    for (size_t i = 0; observes && i < P; i++)
        board_set(b, NUM_LOSS_THETA, i, board_get(b, NUM_LOSS_THETA, i) + board_get(&more, NUM_G_THETA, i));
}

static inline void reference_update(Lab *lab, Board *b)
{
    const Lowered *l = lab->lowered;
    const nodec_update *u = &b->update;
    double c1 = 1 - pow(u->beta1, (double)u->step), c2 = 1 - pow(u->beta2, (double)u->step);
    const struct { const char *name; double value; } known[] = {
        { "lr", u->lr }, { "beta1", u->beta1 }, { "beta2", u->beta2 }, { "w1", 1 - u->beta1 }, { "w2", 1 - u->beta2 },
        { "rate", u->lr / c1 }, { "root", 1 / sqrt(c2) }, { "eps", u->eps }, { "decay", u->decay }, { "momentum", u->momentum },
    };
    double out[16];
    size_t P = l->field->params, n = 4;
    LArg params = { .i = (int64_t)P }, g = { .buffer = b->n.at[NUM_LOSS_THETA], .elements = P };
    LArg norm[] = { params, { .buffer = b->n.at[NUM_THETA], .elements = P }, g, { .buffer = out, .elements = 16 } };
    reference_call(lab, l->norm, norm, COUNT(norm));
    b->n.norm = first_of(b, out);
    double scale = b->real == 4 ? (float)u->clip > 0 && (float)b->n.norm > (float)u->clip ? (float)u->clip / (float)b->n.norm : 1
                 : u->clip > 0 && b->n.norm > u->clip ? u->clip / b->n.norm : 1;
    LArg arg[24] = { params, { .buffer = b->n.at[NUM_THETA], .elements = P }, g,
                     { .buffer = b->n.at[NUM_MOMENTS], .elements = b->count[NUM_MOMENTS] } };
    for (uint32_t i = 0; i < l->update_real_count; i++, n++) {
        double value = scale;
        for (size_t k = 0; k < COUNT(known); k++)
            if (!strcmp(known[k].name, l->update_reals[i])) value = known[k].value;
        arg[n].r = b->real == sizeof(float) ? (double)(float)value : value;
    }
    reference_call(lab, l->update, arg, n);
}

static inline int reference_run(Lab *lab, Call call, Board *b)
{
    if (call == CALL_LOSS) return reference_loss(lab, b), 0;
    if (call == CALL_UPDATE) return reference_update(lab, b), 0;
    int status = reference_entry(lab, &entry_rows[call], b);
    return call == CALL_SOLVE || call == CALL_GRADIENT ? status : 0;
}

#endif
