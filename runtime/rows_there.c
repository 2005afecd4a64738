/* rows_there.c: the samples of a model on an engine with memory of its own: bytes stay bytes,
 * other types are kept as reals; a step sends which samples it takes, and where images move. */
#include "rows.h"

#include <stdlib.h>

#include "code.h"
#include "real.h"
#include "solve.h"

enum { PICK = 3 };                  /* sample, down, right                          */

typedef struct rows_there {
    int32_t *pick;                  /* [most][PICK]                                 */
    void   **column;                /* [input_rows]: what is kept of each           */
    void   **reals;                 /* [input_rows]: ... if it is no file's         */
    bool     inputs;                /* the batch is kept                            */
} rows_there;

static const nodec_model *model_of(const row_batch *b) { return b->data->model; }
static const nodec_code *engine(const row_batch *b) { return model_of(b)->code; }
static bool is_bytes(const row_batch *b, size_t r) { return b->data->column[r].type == IDX_U8; }

/* An engine that breaks here says so when it is asked for the step. */
void rows_gather(row_batch *b)
{
    const nodec_model *m = model_of(b);
    rows_there *there = b->there;
    nodec_fault ignored = {0};
    for (size_t s = 0; s < b->batch; s++) {
        there->pick[PICK * s] = (int32_t)b->sample[s];
        there->pick[PICK * s + 1] = b->move[2 * s];
        there->pick[PICK * s + 2] = b->move[2 * s + 1];
    }
    code_keep(engine(b), there->pick, b->batch * PICK * sizeof *there->pick, false, &ignored);  /* sent once for all */
    for (size_t r = 0; r < m->input_rows; r++) {
        const nodec_input *in = &m->input[r];
        const idx *x = &b->data->column[r];
        const bool moves = b->shift && rows_image(in);
        const nodec_gather g = {
            .to = real_address(b->inputs, m->real_bytes, in->offset), .from = there->column[r],
            .to_bytes = ((b->batch - 1) * m->inputs + x->size) * m->real_bytes,
            .from_bytes = x->count * x->size * (is_bytes(b, r) ? 1 : m->real_bytes), .of_bytes = is_bytes(b, r),
            .pick = there->pick, .each = PICK, .batch = b->batch, .times = 1, .width = x->size, .to_sample = m->inputs,
            .height = moves ? in->shape[in->rank - 2] : 0, .wide = moves ? in->shape[in->rank - 1] : 0
        };
        engine(b)->gather(engine(b)->self, &g);
    }
    code_drop(engine(b), there->pick);
}

/* ---- begin and end -------------------------------------------------------------------------------- */

static int keep_column(row_batch *b, size_t r, nodec_fault *fault)
{
    const idx *x = &b->data->column[r];
    const size_t bytes = model_of(b)->real_bytes, count = x->count * x->size;
    void *from = x->data;
    if (!is_bytes(b, r)) {
        from = b->there->reals[r] = solve_memory(count * bytes);
        if (!from) return fault_set(fault, NODEC_EXIT_IO, "out of memory for the data");
        for (size_t i = 0; i < count; i++) real_put(from, bytes, i, idx_at(x, i));
    }
    if (code_keep(engine(b), from, count * (is_bytes(b, r) ? 1 : bytes), false, fault)) return fault->status;
    b->there->column[r] = from;
    return 0;
}

int rows_keep(row_batch *b, nodec_fault *fault)
{
    const nodec_model *m = model_of(b);
    if (!code_gathers(engine(b)) || b->data->count > INT32_MAX) return 0;
    rows_there *there = b->there = calloc(1, sizeof *there);
    if (there) there->pick = calloc(b->most, PICK * sizeof *there->pick);
    if (there) there->column = calloc(m->input_rows + 1, sizeof *there->column);
    if (there) there->reals = calloc(m->input_rows + 1, sizeof *there->reals);
    if (!there || !there->pick || !there->column || !there->reals) return fault_set(fault, NODEC_EXIT_IO, "out of memory for a batch of %zu", b->most);
    for (size_t r = 0; r < m->input_rows; r++)
        if (keep_column(b, r, fault)) return fault->status;
    if (code_keep(engine(b), b->inputs, b->most * m->inputs * m->real_bytes, true, fault)) return fault->status;
    there->inputs = true;
    return 0;
}

void rows_drop(row_batch *b)
{
    rows_there *there = b->there;
    if (!there) return;
    if (there->inputs) code_drop(engine(b), b->inputs);
    for (size_t r = 0; there->column && r < model_of(b)->input_rows; r++) {
        code_drop(engine(b), there->column[r]);
        if (there->reals) free(there->reals[r]);
    }
    free(there->pick);
    free(there->column);
    free(there->reals);
    free(there);
    b->there = NULL;
}
