/* sweep_part.c: see sweep_part.h.
 *
 * Summaries are the module's (abi.h: survey): times come in slices, between which an
 * interrupt is looked for.  A slice begins with the last time of the one before, whose
 * state goes on; as the steps between two times depend on these alone, the bits are those
 * of all times at once.  An engine with memory of its own keeps all of it: what goes
 * there is where trajectories start, and what comes back are the summaries. */
#include "sweep_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "interrupt.h"
#include "real.h"

enum { ALONE = 32 };                /* a module may treat fewer trajectories differently */

/* ---- memory ------------------------------------------------------------------------------ */

static const nodec_module *module_of(const sweep_part *p) { return p->work->sweep->module; }

/* Bytes of so many reals of each trajectory of a block. */
static size_t reals(const sweep_part *p, size_t each) { return p->work->block * each * module_of(p)->real_bytes; }

static int open_path(sweep_part *p, nodec_fault *fault)
{
    const sweep_work *w = p->work;
    if (solve_open(&p->path, module_of(p), w->sweep->options, p->parallel, w->block, w->sweep->times, fault)) return fault->status;
    const size_t bytes = reals(p, w->sweep->times * module_of(p)->states);
    if (code_apart(module_of(p)->code)) code_keep(module_of(p)->code, p->path.x, bytes, true, fault);
    return fault->status;
}

static int open_survey(sweep_part *p, nodec_fault *fault)
{
    const sweep_work *w = p->work;
    const nodec_module *m = module_of(p);
    p->room_bytes = solve_work(m, w->block, w->slice);
    if (!p->room_bytes)
        return fault_set(fault, NODEC_EXIT_DATA, "%zu trajectories of %zu observations are too many", w->block, w->slice);
    p->x = solve_memory(reals(p, m->states));
    p->cells = solve_memory(reals(p, m->cells));
    p->kept = solve_memory(reals(p, m->summaries));
    p->room = solve_memory(p->room_bytes);
    if (!p->x || !p->cells || !p->kept || !p->room) fault_set(fault, NODEC_EXIT_IO, "out of memory");
    return fault->status;
}

int sweep_part_open(sweep_part *p, const sweep_work *work, const nodec_parallel *parallel, nodec_fault *fault)
{
    const nodec_module *m = work->sweep->module;
    *p = (sweep_part){.work = work, .parallel = parallel};
    p->given  = solve_memory(reals(p, m->states));
    p->inputs = solve_memory(reals(p, m->inputs));
    p->value  = calloc(m->summaries * work->block + 1, sizeof *p->value);
    p->finite = calloc(work->block, sizeof *p->finite);
    if (!p->given || !p->inputs || !p->value || !p->finite) fault_set(fault, NODEC_EXIT_IO, "out of memory");
    else if (work->whole) open_path(p, fault);
    else open_survey(p, fault);
    if (fault->status) sweep_part_close(p);
    return fault->status;
}

void sweep_part_close(sweep_part *p)
{
    if (p->path.x && code_apart(module_of(p)->code)) code_drop(module_of(p)->code, p->path.x);
    solve_close(&p->path);
    free(p->given);
    free(p->inputs);
    free(p->x);
    free(p->cells);
    free(p->room);
    free(p->kept);
    free(p->value);
    free(p->finite);
    *p = (sweep_part){0};
}

/* ---- where they start ----------------------------------------------------------------------- */

/* What is solved: enough trajectories that a module takes them for many, if there are many. */
static size_t padded(const sweep_work *w, size_t batch)
{
    return batch < ALONE && w->sweep->over.count >= ALONE ? ALONE : batch;
}

/* Where trajectories first, first + 1, ... start; behind them, where it is padded, the last again. */
static void begin(sweep_part *p, uint64_t first, size_t batch)
{
    const nodec_module *m = module_of(p);
    const size_t states = m->states * m->real_bytes, inputs = m->inputs * m->real_bytes;
    p->first = first;
    p->batch = batch;
    p->solved = padded(p->work, batch);
    p->stopped = false;
    points_fill(&p->work->points, first, batch, p->given, p->inputs);
    for (size_t b = batch; b < p->solved; b++) {
        memcpy((char *)p->given + b * states, (char *)p->given + (batch - 1) * states, states);
        memcpy((char *)p->inputs + b * inputs, (char *)p->inputs + (batch - 1) * inputs, inputs);
    }
}

/* ---- as a whole --------------------------------------------------------------------------------- */

double sweep_part_seen(const sweep_part *p, size_t i, size_t b, size_t o)
{
    const nodec_module *m = module_of(p);
    return real_at(p->path.y, m->real_bytes, (i * p->solved + b) * m->outputs + o);
}

static void look_whole(sweep_part *p)
{
    const size_t outputs = module_of(p)->outputs;
    for (size_t b = 0; b < p->batch; b++) {
        bool finite = true;
        for (size_t i = 0; finite && i < p->path.times; i++)
            for (size_t o = 0; finite && o < outputs; o++) finite = isfinite(sweep_part_seen(p, i, b, o));
        p->finite[b] = finite;
    }
}

static void run_whole(sweep_part *p)
{
    const sweep_work *w = p->work;
    const nodec_module *m = module_of(p);
    solution *s = &p->path;
    nodec_fault fault = {0};
    p->stopped = interrupted();
    if (p->stopped) return;
    p->status = solve_start(s, p->solved, w->sweep->times, w->t, 0, p->given, p->inputs, w->theta, false);
    if (p->status == NODEC_NONFINITE) p->status = NODEC_OK;
    if (!p->status && s->y != s->x)
        p->status = m->observe(m, p->solved, s->times, s->t, 0, s->x, p->inputs, w->theta, s->y);
    else if (!p->status && code_apart(m->code) && code_fetch(m->code, s->x, &fault))
        p->status = NODEC_BROKEN;
    if (!p->status) look_whole(p);
}

/* ---- summaries of each ---------------------------------------------------------------------------- */

/* All times; the first of a slice was seen in the one before. */
static int survey(sweep_part *p)
{
    const sweep_work *w = p->work;
    const nodec_sweep *s = w->sweep;
    const nodec_module *m = s->module;
    nodec_options options = s->options ? *s->options : m->options;
    options.size = sizeof options;
    options.parallel = p->parallel;
    size_t seen = 0;
    for (size_t at = 0; at + 1 < s->times; at += w->slice - 1) {
        const size_t times = s->times - at < w->slice ? s->times - at : w->slice;
        const size_t from = w->from > at + !!at ? w->from - at : !!at;
        p->stopped = interrupted();
        if (p->stopped) return NODEC_OK;
        const int status = m->survey(m, p->solved, times, real_address(w->t, m->real_bytes, at), p->inputs, w->theta, p->x, p->cells,
                                     from, seen, &options, &p->report, p->room, p->room_bytes);
        if (status && status != NODEC_NONFINITE) return status;
        if (from < times) seen += times - from;
    }
    return m->conclude(m, p->solved, p->x, p->cells, s->times - w->from, w->span, p->kept);
}

static int start(sweep_part *p)
{
    const nodec_module *m = module_of(p);
    if (m->start) return m->start(m, p->solved, p->given, p->inputs, p->work->theta, p->x);
    memcpy(p->x, p->given, p->solved * m->states * m->real_bytes);
    return NODEC_OK;
}

/* Has it states that are given, or some that are not? */
static bool some_states(const nodec_module *m, bool given)
{
    for (size_t r = 0; r < m->state_rows; r++)
        if (!m->state[r].given == !given) return true;
    return false;
}

/* With an engine apart.  States that are not given are made there; where all are given, there
 * is nothing to make and they are sent.                                               */
static int survey_there(sweep_part *p)
{
    const nodec_module *m = module_of(p);
    const size_t row = p->solved * m->real_bytes;
    const bool make = some_states(m, false), given = some_states(m, true);
    const struct { void *array; size_t each; bool fresh; } kept[] = {
        {p->given, make ? m->states : 0, !given}, {p->inputs, m->inputs, false}, {p->x, m->states, make},
        {p->cells, m->cells, true}, {p->kept, m->summaries, true}
    };
    nodec_fault fault = {0};
    size_t there = 0;
    int status = make ? NODEC_OK : start(p);
    if (status) return status;
    while (there < COUNT_OF(kept) && !code_keep(m->code, kept[there].array, row * kept[there].each, kept[there].fresh, &fault)) there++;
    if (there < COUNT_OF(kept)) status = NODEC_BROKEN;
    if (!status && make) status = start(p);
    if (!status) status = survey(p);
    if (!status && !p->stopped && code_fetch(m->code, p->kept, &fault)) status = NODEC_BROKEN;
    while (there--)
        if (kept[there].each) code_drop(m->code, kept[there].array);
    return status;
}

/* What is not finite is so as a whole: one number of a trajectory that was lost says nothing. */
static void read_values(sweep_part *p)
{
    const nodec_module *m = module_of(p);
    const size_t n = m->summaries;
    for (size_t b = 0; b < p->batch; b++) {
        double *value = p->value + b * n;
        bool finite = true;
        for (size_t k = 0; k < n; k++) {
            value[k] = real_at(p->kept, m->real_bytes, b * n + k);
            finite = finite && isfinite(value[k]);
        }
        p->finite[b] = finite;
        for (size_t k = 0; !finite && k < n; k++) value[k] = NAN;
    }
}

static void run_survey(sweep_part *p)
{
    if (code_apart(module_of(p)->code)) p->status = survey_there(p);
    else if (!(p->status = start(p))) p->status = survey(p);
    if (!p->status && !p->stopped) read_values(p);
}

void sweep_part_run(sweep_part *p, uint64_t first, size_t batch)
{
    begin(p, first, batch);
    if (p->work->whole) run_whole(p);
    else run_survey(p);
}
