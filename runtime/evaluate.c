/* evaluate.c: nodec eval: trajectories from weights, starting states and inputs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numbers.h"
#include "pool.h"
#include "real.h"
#include "run.h"
#include "safetensors.h"
#include "solve.h"

/* ---- what the flags say ------------------------------------------------------------------ */

static int read_times(const nodec_evaluation *e, numbers *n, nodec_fault *fault)
{
    static const char *const name[] = {"t"};
    if (!e->times) return fault_set(fault, NODEC_EXIT_USAGE, "no times to evaluate at");
    if (numbers_read(n, e->times, "--times", name, 1, fault)) return fault->status;
    n->rows *= n->columns;
    n->columns = 1;
    if (n->rows < 2) return fault_set(fault, NODEC_EXIT_USAGE, "--times: at least 2 times are needed");
    for (size_t i = 1; i < n->rows; i++)
        if (n->at[i] == n->at[i - 1] || (n->at[i] > n->at[i - 1]) != (n->at[1] > n->at[0]))
            return fault_set(fault, NODEC_EXIT_DATA, "--times: times must all increase or all decrease, time %zu does not", i);
    return 0;
}

/* Names of the columns of states or inputs: "x[0]" for elements of arrays. */
static char **element_names(const nodec_state *row, size_t rows, size_t reals)
{
    char **name = calloc(reals + 1, sizeof *name);
    for (size_t r = 0; name && r < rows; r++)
        for (size_t i = 0; i < row[r].count; i++) {
            char text[256];
            snprintf(text, sizeof text, row[r].rank ? "%.200s[%zu]" : "%.200s", row[r].name, i);
            name[row[r].offset + i] = strdup(text);
        }
    return name;
}

static void free_names(char **name)
{
    for (size_t i = 0; name && name[i]; i++) free(name[i]);
    free(name);
}

static size_t given_states(const nodec_module *m)
{
    size_t count = 0;
    for (size_t r = 0; r < m->state_rows; r++)
        if (m->state[r].given) count += m->state[r].count;
    return count;
}

/* Rows of `columns` reals each; NULL text: none. */
static int read_rows(const char *text, const char *what, const nodec_state *row, size_t rows, size_t reals,
                     numbers *n, nodec_fault *fault)
{
    *n = (numbers){0};
    if (!text) return 0;
    char **name = element_names(row, rows, reals);
    if (!name) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    if (!numbers_read(n, text, what, (const char *const *)name, reals, fault) && n->columns != reals)
        fault_set(fault, NODEC_EXIT_DATA, "%s: %zu number%s a sample, not %zu", what, reals,
                  reals == 1 ? "" : "s", n->columns);
    free_names(name);
    return fault->status;
}

/* ---- writing ----------------------------------------------------------------------------------- */

static int write_csv(const solution *s, FILE *f, nodec_fault *fault)
{
    const nodec_module *m = s->module;
    const bool single = m->real_bytes == 4;
    char **name = element_names(m->output, m->output_rows, m->outputs);
    if (!name) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    fputs(s->batch > 1 ? "sample,t" : "t", f);
    for (size_t o = 0; o < m->outputs; o++) fprintf(f, ",%s", name[o]);
    putc('\n', f);
    for (size_t b = 0; b < s->batch; b++)
        for (size_t i = 0; i < s->times; i++) {
            if (s->batch > 1) fprintf(f, "%zu,", b);
            output_number(f, real_at(s->t, m->real_bytes, i), single, m->outputs ? ',' : '\n');
            for (size_t o = 0; o < m->outputs; o++)
                output_number(f, real_at(s->y, m->real_bytes, (i * s->batch + b) * m->outputs + o), single,
                      o + 1 < m->outputs ? ',' : '\n');
        }
    free_names(name);
    return 0;
}

static void write_npy(const solution *s, FILE *f)
{
    const nodec_module *m = s->module;
    const size_t shape[] = {s->times, s->batch, m->outputs}, count = s->times * s->batch * m->outputs;
    npy_head(f, m->real_bytes, 3, shape);
    for (size_t i = 0; i < count; i++) npy_put(f, m->real_bytes, real_at(s->y, m->real_bytes, i));
}

static int write_result(const nodec_evaluation *e, const solution *s, nodec_fault *fault)
{
    output o;
    if (output_open(&o, e->output, fault)) return fault->status;
    if (output_is_npy(e->output, e->format)) write_npy(s, o.file);
    else if (write_csv(s, o.file, fault)) {
        output_drop(&o);
        return fault->status;
    }
    return output_close(&o, fault);
}

/* ---- the whole ----------------------------------------------------------------------------------- */

typedef struct evaluation {
    const nodec_evaluation *plan;
    numbers times, start, inputs;
    void *theta, *t, *x, *u;
    pool *threads;
    solution solved;
} evaluation;

static void to_reals(void *to, size_t bytes, const numbers *n, size_t rows)
{
    for (size_t i = 0; i < rows * n->columns; i++) real_put(to, bytes, i, n->at[n->rows == 1 ? i % n->columns : i]);
}

static int read_all(evaluation *w, nodec_fault *fault)
{
    const nodec_evaluation *e = w->plan;
    const nodec_module *m = e->module;
    if (read_times(e, &w->times, fault) ||
        read_rows(e->start, "--start", m->state, m->state_rows, m->states, &w->start, fault) ||
        read_rows(e->inputs, "--inputs", m->input, m->input_rows, m->inputs, &w->inputs, fault))
        return fault->status;
    if (!e->start && given_states(m))
        return fault_set(fault, NODEC_EXIT_USAGE, "%s does not say where it starts; give %zu numbers with --start",
                         m->name, m->states);
    if (!e->inputs && m->inputs && !m->input_default)
        return fault_set(fault, NODEC_EXIT_USAGE, "%s has inputs without defaults; give %zu numbers with --inputs",
                         m->name, m->inputs);
    if (w->start.rows > 1 && w->inputs.rows > 1 && w->start.rows != w->inputs.rows)
        return fault_set(fault, NODEC_EXIT_DATA, "%zu starting states and %zu rows of inputs", w->start.rows, w->inputs.rows);
    return 0;
}

static int evaluate(evaluation *w, nodec_fault *fault)
{
    const nodec_evaluation *e = w->plan;
    const nodec_module *m = e->module;
    const size_t bytes = m->real_bytes;
    if (read_all(w, fault)) return fault->status;
    size_t batch = w->start.rows > w->inputs.rows ? w->start.rows : w->inputs.rows;
    if (!batch) batch = 1;
    w->theta = solve_memory(m->params * bytes);
    w->t = solve_memory(w->times.rows * bytes);
    w->x = solve_memory(batch * m->states * bytes);
    w->u = solve_memory(batch * m->inputs * bytes);
    if (!w->theta || !w->t || !w->x || !w->u) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    to_reals(w->t, bytes, &w->times, w->times.rows);
    if (w->start.rows) to_reals(w->x, bytes, &w->start, batch);
    if (w->inputs.rows) to_reals(w->u, bytes, &w->inputs, batch);
    else for (size_t b = 0; m->inputs && b < batch; b++)
        memcpy(real_address(w->u, bytes, b * m->inputs), m->input_default, m->inputs * bytes);
    if (!e->weights) m->init(m, e->seed, w->theta);
    else {
        learned from = learned_of_module(m);
        from.theta = w->theta;
        if (weights_load(e->weights, &from, fault)) return fault->status;
    }

    w->threads = pool_open(e->threads, fault);
    if (fault->status) return fault->status;
    if (solve_open(&w->solved, m, e->options, pool_parallel(w->threads), batch, w->times.rows, fault)) return fault->status;
    const int status = solve_start(&w->solved, batch, w->times.rows, w->t, 0, w->x, w->u, w->theta, true);
    if (status) return solve_fault(&w->solved, status, "evaluating", fault);
    return write_result(e, &w->solved, fault);
}

int nodec_evaluate(const nodec_evaluation *plan, nodec_fault *fault)
{
    evaluation w = {.plan = plan};
    const int status = evaluate(&w, fault);
    solve_close(&w.solved);
    pool_close(w.threads);
    free(w.times.at);
    free(w.start.at);
    free(w.inputs.at);
    free(w.theta);
    free(w.t);
    free(w.x);
    free(w.u);
    return status;
}
