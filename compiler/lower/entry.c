/* entry.c: the frame of every entry: its parameters, its blocks, its workspace.
 *
 *     work = pack | sums of block 0, 1 ... | tapes | areas | dL/dt of block 0, 1 ...
 *
 * An area holds the block's failure, then room to look for it in, then values that
 * are too large for local arrays. dL/dt of shared times is one number per block and
 * time here, summed over blocks at the end. Every region begins at a multiple of 16
 * reals. All that blocks leave behind is combined in the order of the blocks.       */
#include "lower/skeleton.h"

#include <stddef.h>
#include <string.h>

typedef enum ArgKind { A_INT, A_REAL, A_IN, A_OUT } ArgKind;

static const struct { const char *name; ArgKind kind; bool optional, outer; } arg_row[ARG_COUNT] = {
    [ARG_BATCH]     = { "batch",     A_INT,  0, 0 }, [ARG_TIMES]     = { "times",     A_INT,  0, 0 },
    [ARG_T]         = { "t",         A_IN,   0, 0 }, [ARG_T_STRIDE]  = { "t_stride",  A_INT,  0, 0 },
    [ARG_X0]        = { "x0",        A_IN,   0, 0 }, [ARG_GIVEN]     = { "given",     A_IN,   0, 0 },
    [ARG_X]         = { "x",         A_IN,   0, 0 }, [ARG_INPUTS]    = { "inputs",    A_IN,   0, 0 },
    [ARG_THETA]     = { "theta",     A_IN,   0, 0 }, [ARG_A]         = { "a",         A_IN,   0, 0 },
    [ARG_VX]        = { "vx",        A_IN,   1, 0 }, [ARG_VT]        = { "vt",        A_IN,   1, 0 },
    [ARG_VTHETA]    = { "vtheta",    A_IN,   1, 0 }, [ARG_G_X]       = { "g_x",       A_IN,   0, 0 },
    [ARG_DX]        = { "dx",        A_OUT,  0, 0 }, [ARG_X0_OUT]    = { "x0",        A_OUT,  0, 0 },
    [ARG_X_OUT]     = { "x",         A_OUT,  0, 0 }, [ARG_Y]         = { "y",         A_OUT,  0, 0 },
    [ARG_OUT]       = { "out",       A_OUT,  0, 0 }, [ARG_AX]        = { "ax",        A_OUT,  1, 0 },
    [ARG_AT]        = { "at",        A_OUT,  1, 0 }, [ARG_AINPUTS]   = { "ainputs",   A_OUT,  1, 0 },
    [ARG_ATHETA]    = { "atheta",    A_OUT,  1, 1 }, [ARG_G_X_OUT]   = { "g_x",       A_OUT,  0, 0 },
    [ARG_G_X0]      = { "g_x0",      A_OUT,  1, 0 }, [ARG_G_INPUTS]  = { "g_inputs",  A_OUT,  1, 0 },
    [ARG_G_THETA]   = { "g_theta",   A_OUT,  1, 1 }, [ARG_ADD_THETA] = { "g_theta",   A_OUT,  0, 1 },
    [ARG_G_T]       = { "g_t",       A_OUT,  1, 0 }, [ARG_H_MAX]     = { "h_max",     A_REAL, 0, 0 },
    [ARG_STEPS]     = { "steps",     A_INT,  0, 0 }, [ARG_MAX_STEPS] = { "max_steps", A_INT,  0, 0 },
    [ARG_CELLS]     = { "cells",     A_OUT,  0, 0 }, [ARG_BEGIN]     = { "begin",     A_INT,  0, 0 },
    [ARG_BEFORE]    = { "before",    A_INT,  0, 0 }, [ARG_SEEN]      = { "cells",     A_IN,   0, 0 },
    [ARG_COUNT_SEEN] = { "observations", A_REAL, 0, 0 }, [ARG_SPAN]  = { "span",      A_REAL, 0, 0 },
    [ARG_VALUES]    = { "values",    A_OUT,  0, 0 },
    [ARG_FAIL]      = { "fail",      A_OUT,  0, 1 }, [ARG_WORK]      = { "work",      A_OUT,  0, 0 },
};

static uint32_t round_up(uint32_t reals)
{
    return (reals + LANES - 1) / LANES * LANES;
}

/* ---- parameters --------------------------------------------------------------------- */

static bool has_arg(const Serve *s, Arg arg, bool inner)
{
    if (inner && arg_row[arg].outer) return false;
    return s->field->inputs || (arg != ARG_INPUTS && arg != ARG_AINPUTS && arg != ARG_G_INPUTS);
}

static void params(Scene *c, const EntryRow *row, bool inner)
{
    Program *p = c->p;
    for (const Arg *a = row->arg; *a; a++) {
        if (!has_arg(c->serve, *a, inner)) continue;
        bool out = arg_row[*a].kind == A_OUT;
        if (arg_row[*a].kind == A_INT)       c->arg[*a] = fn_param(p, arg_row[*a].name, L_INT);
        else if (arg_row[*a].kind == A_REAL) c->arg[*a] = fn_param(p, arg_row[*a].name, L_REAL);
        else c->arg[*a] = fn_param_buffer(p, arg_row[*a].name, out ? SPACE_SHARED : SPACE_CONST, out,
                                          arg_row[*a].optional);
    }
}

/* ---- what blocks are written with ------------------------------------------------------ */

void scene_bind(Scene *c, Name leaf, Held *value)
{
    VEC_PUSH(c->arena, c->bind) = (Bind){ leaf, value };
}

Held **scene_states(Scene *c, const char *suffix)
{
    Held **held = NEW_ARRAY(c->arena, Held *, c->field->state.count);
    for (size_t i = 0; i < c->field->state.count; i++) {
        const FieldState *state = &c->field->state.at[i];
        held[i] = c->r->declare(c->block, arena_printf(c->arena, "%s%s", state->name, suffix), state->shape);
    }
    return held;
}

void scene_states_bind(Scene *c, Held **x)
{
    for (size_t i = 0; i < c->field->state.count; i++) scene_bind(c, c->st->state[i].state, x[i]);
}

void scene_inputs(Scene *c)
{
    for (size_t i = 0; i < c->field->input.count; i++) {
        const FieldInput *input = &c->field->input.at[i];
        Held *held = c->r->declare(c->block, input->name, input->shape);
        Exp width = x_int(c->p, c->field->inputs);
        c->r->load(c->block, held, c->arg[ARG_INPUTS],
                   x_add(c->p, x_mul(c->p, c->first, width), x_int(c->p, input->offset)), width);
        scene_bind(c, c->st->input[i].input, held);
    }
}

void scene_apply(Scene *c, const Fn *fn, const Bind *out, size_t nout)
{
    c->r->apply(c->block, fn, c->bind.at, c->bind.count, out, nout, c->sums);
}

static Exp state_base(const Scene *c, size_t i, Exp row)
{
    Program *p = c->p;
    Exp sample = x_add(p, x_mul(p, row, scene_arg(c, ARG_BATCH)), c->first);
    return x_add(p, x_mul(p, sample, x_int(p, c->field->states)), x_int(p, c->field->state.at[i].offset));
}

void scene_load(Scene *c, Held **to, Arg from, Exp row)
{
    for (size_t i = 0; i < c->field->state.count; i++)
        c->r->load(c->block, to[i], c->arg[from], state_base(c, i, row), x_int(c->p, c->field->states));
}

void scene_store(Scene *c, Held **from, Arg to, Exp row)
{
    for (size_t i = 0; i < c->field->state.count; i++)
        c->r->store(c->block, from[i], c->arg[to], state_base(c, i, row), x_int(c->p, c->field->states));
}

void scene_time(Scene *c)
{
    if (!c->field->uses_time) return;
    Held *time = c->r->declare(c->block, c->field->time, (Shape){ 0 });
    scene_bind(c, c->st->time, time);
    Exp stride = scene_arg(c, ARG_T_STRIDE);
    c->r->load(c->block, time, c->arg[ARG_T], x_mul(c->p, c->first, stride), stride);
}

/* ---- helpers of the Program -------------------------------------------------------------- */

/* The first element of x[base ..] that is not finite, or n. */
static uint32_t find_build(Program *p, Name field)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.find", field),
                           "where the first value that is not finite is among x[base] ... x[base + n - 1], or n");
    Var x = fn_param_buffer(p, "x", SPACE_CONST, false, false);
    Var base = fn_param(p, "base", L_INT), n = fn_param(p, "n", L_INT);
    Var i = s_for(p, "i", x_int(p, 0), x_var(p, n), x_int(p, 1), FOR_ROLL);
    Var v = s_let(p, "v", x_load(p, x, x_add(p, x_var(p, base), x_var(p, i)), 1));
    s_if(p, x_op(p, OP_ne, x_sub(p, x_var(p, v), x_var(p, v)), x_real(p, 0), 0));
    s_return(p, x_var(p, i));
    s_end(p);
    s_end(p);
    s_return(p, x_var(p, n));
    fn_end(p);
    fn_of(p, fn)->outline = true;
    return fn;
}

/* n = steps given, or max(1, ceil(|t1 - t0| / h_max)); 0 when that is above max_steps. */
static uint32_t steps_build(Program *p, Name field)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.steps", field),
                           "how many steps go from t0 to t1: at least one, none longer than h_max; 0: too many");
    Var t0 = fn_param(p, "t0", L_REAL), t1 = fn_param(p, "t1", L_REAL), h_max = fn_param(p, "h_max", L_REAL);
    Var steps = fn_param(p, "steps", L_INT), most = fn_param(p, "max_steps", L_INT);
    Var n = s_var(p, "n", x_var(p, steps));
    s_if(p, x_op(p, OP_le, x_var(p, steps), x_int(p, 0), 0));
    Var span = s_let(p, "span", x_op(p, OP_abs, x_sub(p, x_var(p, t1), x_var(p, t0)), 0, 0));
    Var exact = s_let(p, "exact", x_op(p, OP_div, x_var(p, span), x_var(p, h_max), 0));
    s_if(p, x_op(p, OP_le, x_var(p, exact), x_convert(p, x_var(p, most), L_REAL), 0));
    s_set(p, n, x_convert(p, x_var(p, exact), L_INT));
    s_if(p, x_op(p, OP_lt, x_convert(p, x_var(p, n), L_REAL), x_var(p, exact), 0));
    s_set(p, n, x_add(p, x_var(p, n), x_int(p, 1)));
    s_end(p);
    s_set(p, n, x_op(p, OP_max, x_var(p, n), x_int(p, 1), 0));
    s_else(p);
    s_set(p, n, x_int(p, 0));
    s_end(p);
    s_end(p);
    s_if(p, x_op(p, OP_gt, x_var(p, n), x_var(p, most), 0));
    s_set(p, n, x_int(p, 0));
    s_end(p);
    s_return(p, x_var(p, n));
    fn_end(p);
    return fn;
}

/* A function that is there already, or NO_ENTRY. */
static uint32_t function_called(const Program *p, const char *text)
{
    Name name = name_of(p->names, text);
    for (uint32_t i = 0; i < p->fn.count; i++)
        if (p->fn.at[i]->name == name) return i;
    return NO_ENTRY;
}

static uint32_t helper(const Serve *s, const char *part, uint32_t build(Program *, Name field))
{
    uint32_t fn = function_called(s->p, arena_printf(s->arena, "%s.%s", s->field->name, part));
    return fn != NO_ENTRY ? fn : build(s->p, s->field->name);
}

void helpers_build(Serve *s)
{
    s->find = helper(s, "find", find_build);
    s->steps = helper(s, "steps", steps_build);
}

/* ---- blocks --------------------------------------------------------------------------------- */

typedef struct Sizes { uint32_t pack, sums, tape, area; } Sizes;        /* in reals */

static Exp block_count(const Scene *c)
{
    Program *p = c->p;
    return x_op(p, OP_div, x_add(p, scene_arg(c, ARG_BATCH), x_int(p, c->r->width - 1)), x_int(p, c->r->width), 0);
}

static const char *entry_name(const Serve *s, const EntryRow *row, const char *part)
{
    return arena_printf(s->arena, "%s.%s_%s%s", s->field->name, row->name, s->regime->name, part);
}

/* Views of work that the block owns; the areas come last: their size is not known yet. */
static void block_views(Scene *c, const EntryRow *row, const Job *job, const Sizes *size)
{
    Program *p = c->p;
    if (row->sums && c->r == &regime_scalar && !c->arg[ARG_WORK]) c->sums = c->arg[ARG_ADD_THETA];
    else if (row->sums) {
        Exp at = x_add(p, x_mul(p, c->b, x_int(p, c->r->sums_size(job))), x_int(p, size->pack));
        c->sums = s_view(p, "sums", c->arg[ARG_WORK], at);
        c->r->sums_clear(job, c->sums);
    }
    if (row->tape) {
        Exp at = x_mul(p, block_count(c), x_int(p, size->sums));
        c->tape = s_view(p, "tapes", c->arg[ARG_WORK], x_add(p, at, x_int(p, size->pack)));
    }
}

static uint32_t block_build(Scene *c, const EntryRow *row, const Job *job, Sizes *size)
{
    Program *p = c->p;
    const char *note = arena_printf(c->arena, "%s, one block of %u", row->note, c->r->width);
    uint32_t fn = fn_begin(p, entry_name(c->serve, row, "_block"), c->r->width > 1 ? note : row->note);
    params(c, row, true);
    Var pack = size->pack ? fn_param_buffer(p, "pack", SPACE_CONST, false, false) : 0;
    if (row->sums && !c->arg[ARG_WORK])
        c->arg[ARG_ADD_THETA] = fn_param_buffer(p, "g_theta", SPACE_SHARED, true, false);
    c->b = x_var(p, fn_param(p, "b", L_INT));
    Var areas = 0, area = 0, dt = 0;
    if (c->arg[ARG_WORK]) areas = fn_param(p, "areas", L_INT), area = fn_param(p, "area_size", L_INT);
    if (row->dt) dt = fn_param(p, "dt", L_INT);

    int64_t width = c->r->width;
    c->first = c->b;
    c->count = x_int(p, 1);
    if (width > 1) {
        c->first = x_var(p, s_let(p, "first", x_mul(p, c->b, x_int(p, width))));
        Exp rest = x_sub(p, scene_arg(c, ARG_BATCH), c->first);
        c->count = x_var(p, s_let(p, "count", x_op(p, OP_min, rest, x_int(p, width), 0)));
    }
    if (areas) {
        Exp at = x_add(p, x_var(p, areas), x_mul(p, c->b, x_var(p, area)));
        c->area = x_var(p, s_let(p, "area", at));
    }
    if (dt) c->dt_at = x_var(p, s_let(p, "dt_at", x_add(p, x_var(p, dt), x_mul(p, c->b, scene_arg(c, ARG_TIMES)))));
    uint32_t probe = LANES + round_up(row->parallel ? c->r->width * c->field->states : row->room);
    Var scratch = 0;
    if (c->arg[ARG_WORK]) scratch = s_view(p, "scratch", c->arg[ARG_WORK], x_add(p, c->area, x_int(p, probe)));
    c->block = c->r->begin(job, c->count, c->arg[ARG_THETA], pack, scratch);
    block_views(c, row, job, size);
    row->block(c);
    size->area = probe + round_up(c->r->end(c->block));
    size->tape = round_up(c->tape_size);
    fn_end(p);
    fn_of(p, fn)->outline = true;
    return fn;
}

static void call_block(const Scene *c, const EntryRow *row, uint32_t fn, Var pack, Var b, Exp areas, uint32_t area,
                       Exp dt)
{
    Exp args[ARG_COUNT + 6];
    size_t n = 0;
    for (const Arg *a = row->arg; *a; a++)
        if (has_arg(c->serve, *a, true)) args[n++] = scene_arg(c, *a);
    if (pack) args[n++] = x_var(c->p, pack);
    if (row->sums && !c->arg[ARG_WORK]) args[n++] = scene_arg(c, ARG_ADD_THETA);
    args[n++] = x_var(c->p, b);
    if (areas) args[n++] = areas, args[n++] = x_int(c->p, area);
    if (row->dt) args[n++] = dt;
    s_call(c->p, fn, args, n);
}

/* ---- the entry itself --------------------------------------------------------------------------- */

/* The first block that failed says how. */
static void return_status(const Scene *c, Exp blocks, Exp areas, uint32_t area)
{
    Program *p = c->p;
    Var status = s_var(p, "status", x_int(p, 0)), work = c->arg[ARG_WORK];
    Exp b = x_var(p, s_for(p, "b", x_int(p, 0), blocks, x_int(p, 1), FOR_ROLL));
    Var at = s_let(p, "at", x_add(p, areas, x_mul(p, b, x_int(p, area))));
    s_if(p, x_op(p, OP_eq, x_var(p, status), x_int(p, 0), 0));
    s_set(p, status, x_convert(p, x_load(p, work, x_var(p, at), 1), L_INT));
    for (int i = 1; i < FAIL_REALS; i++)
        s_store(p, c->arg[ARG_FAIL], x_int(p, i - 1), x_load(p, work, x_add(p, x_var(p, at), x_int(p, i)), 1));
    s_end(p);
    s_end(p);
    s_return(p, x_var(p, status));
}

static void sum_times(const Scene *c, Exp blocks, Exp dt_at)
{
    Program *p = c->p;
    Var g_t = c->arg[ARG_G_T];
    s_if(p, x_op(p, OP_eq, x_null(p, g_t), x_int(p, 0), 0));
    s_if(p, x_op(p, OP_eq, scene_arg(c, ARG_T_STRIDE), x_int(p, 0), 0));
    Exp i = x_var(p, s_for(p, "i", x_int(p, 0), scene_arg(c, ARG_TIMES), x_int(p, 1), FOR_ROLL));
    Var sum = s_var(p, "sum", x_real(p, 0));
    Exp b = x_var(p, s_for(p, "b", x_int(p, 0), blocks, x_int(p, 1), FOR_ROLL));
    Exp at = x_add(p, x_add(p, dt_at, x_mul(p, b, scene_arg(c, ARG_TIMES))), i);
    s_set(p, sum, x_add(p, x_var(p, sum), x_load(p, c->arg[ARG_WORK], at, 1)));
    s_end(p);
    s_store(p, g_t, i, x_var(p, sum));
    s_end(p);
    s_end(p);
    s_end(p);
}

/* The function that finishes some of the sums, or NO_ENTRY. */
static uint32_t part_build(const Serve *s, const EntryRow *row, const Job *job)
{
    bool work = false;
    for (const Arg *a = row->arg; *a; a++) work |= *a == ARG_WORK;
    if (!row->sums || !work || !s->regime->sums_part || !s->field->params) return NO_ENTRY;
    return s->regime->sums_part(job, entry_name(s, row, "_sums"), row->sums == ARG_ADD_THETA);
}

static void finish_sums(const Scene *c, const EntryRow *row, const Job *job, Exp blocks, uint32_t pack, uint32_t part)
{
    Program *p = c->p;
    Var to = c->arg[row->sums];
    bool optional = arg_row[row->sums].optional;
    if (optional) s_if(p, x_op(p, OP_eq, x_null(p, to), x_int(p, 0), 0));
    Var sums = s_view(p, "sums", c->arg[ARG_WORK], x_int(p, pack));
    if (part != NO_ENTRY) {
        Exp arg[] = { x_var(p, sums), blocks, x_var(p, to), x_int(p, 0) };
        const uint32_t shares = (c->field->params + SUMS_PART - 1) / SUMS_PART;
        if (shares > 1) arg[3] = x_var(p, s_par(p, "share", x_int(p, shares), AXIS_ROW));
        s_call(p, part, arg, COUNT(arg));
        if (shares > 1) s_end(p);
    } else if (c->r->sums_finish) c->r->sums_finish(job, sums, blocks, to, row->sums == ARG_ADD_THETA);
    if (optional) s_end(p);
}

/* Sums that a loss leaves, per block and time; at least one number, dL/dt. */
static uint64_t loss_parts(const Serve *s)
{
    const uint64_t seen = s->field->outputs ? s->field->outputs : s->field->states;
    return (seen * s->regime->width + LOSS_PART - 1) / LOSS_PART;
}

static void remember(const Serve *s, const EntryRow *row, const Sizes *size)
{
    Serving *to = s->to;
    uint64_t per_block = (uint64_t)size->sums + size->tape + size->area;
    if (to->fixed < size->pack) to->fixed = size->pack;
    if (to->per_block < per_block) to->per_block = per_block;
    if (row->dt) to->per_block_time = loss_parts(s);
}

uint32_t entry_build(const Serve *s, const EntryRow *row)
{
    Program *p = s->p;
    Scene inner = { .serve = s, .r = s->regime, .st = s->stages, .field = s->field, .p = p, .arena = s->arena,
                    .row = row };
    Scene outer = inner, *c = &outer;
    void *found = NULL;
    Job job = { .p = p, .field = s->field, .fn = row->stage, .found = &found };
    while (job.fns < 8 && row->stage[job.fns]) job.fns++;

    Sizes size = { .pack = round_up(c->r->pack_size(&job)), .sums = row->sums ? round_up(c->r->sums_size(&job)) : 0 };
    uint32_t block = block_build(&inner, row, &job, &size), part = part_build(s, row, &job);

    uint32_t fn = fn_begin(p, entry_name(s, row, ""), row->note);
    fn_of(p, fn)->entry = true;
    params(c, row, false);
    Exp blocks = x_var(p, s_let(p, "blocks", block_count(c)));
    Var pack = 0, work = c->arg[ARG_WORK];
    if (size.pack) {
        pack = work ? s_view(p, "pack", work, x_int(p, 0)) : s_local(p, "pack", size.pack);
        c->r->pack(&job, c->arg[ARG_THETA], pack);
    }
    Exp areas = 0, dt = 0;
    if (work) areas = x_add(p, x_mul(p, blocks, x_int(p, size.sums + size.tape)), x_int(p, size.pack));
    if (work) areas = x_var(p, s_let(p, "areas", areas));
    if (row->dt) dt = x_var(p, s_let(p, "dt", x_add(p, areas, x_mul(p, blocks, x_int(p, size.area)))));
    Var b = row->parallel || row->apart ? s_par(p, "b", blocks, AXIS_BLOCK)
                          : s_for(p, "b", x_int(p, 0), blocks, x_int(p, 1), FOR_ROLL);
    call_block(c, row, block, pack, b, areas, size.area, dt);
    s_end(p);
    if (row->dt) sum_times(c, blocks, dt);
    if (row->sums && work) finish_sums(c, row, &job, blocks, size.pack, part);
    if (row->parallel) return_status(c, blocks, areas, size.area);
    if (work) remember(s, row, &size);
    fn_end(p);
    return fn;
}
