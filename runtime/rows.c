/* rows.c: see rows.h. */
#include "rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ahead.h"
#include "idx_kept.h"
#include "real.h"
#include "shuffle.h"
#include "solve.h"

/* ---- opening: files against inputs ---------------------------------------------------------- */

static const char *path_for(const nodec_files *files, const char *input)
{
    for (size_t i = 0; i < files->columns; i++)
        if (!strcmp(files->column[i].name, input)) return files->column[i].column;
    return NULL;
}

/* A column that is no input. */
static int check_names(const nodec_model *m, const nodec_files *files, const char *what, nodec_fault *fault)
{
    for (size_t i = 0; i < files->columns; i++) {
        const char *known[64];
        size_t n = 0;
        for (size_t r = 0; r < m->input_rows && n < COUNT_OF(known); r++) known[n++] = m->input[r].name;
        size_t r = 0;
        while (r < n && strcmp(known[r], files->column[i].name)) r++;
        if (r < n || !n) continue;
        fault_set(fault, NODEC_EXIT_DATA, "%s: %s has no input `%.60s`", what, m->name, files->column[i].name);
        fault_suggest(fault, files->column[i].name, known, n);
        return fault->status;
    }
    return 0;
}

static void print_shape(char *text, size_t size, size_t rank, const size_t *shape)
{
    size_t used = (size_t)snprintf(text, size, rank ? "[" : "one number");
    for (size_t i = 0; i < rank && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%zu", i ? ", " : "", shape[i]);
    if (rank && used < size) snprintf(text + used, size - used, "]");
}

/* Equal but for dimensions of size 1: an image of one channel may lack the channel. */
static bool same_shape(const nodec_input *want, const idx *have)
{
    size_t a = 0, b = 0;
    for (;;) {
        while (a < want->rank && want->shape[a] == 1) a++;
        while (b < have->rank && have->shape[b] == 1) b++;
        if (a == want->rank || b == have->rank) return a == want->rank && b == have->rank;
        if (want->shape[a++] != have->shape[b++]) return false;
    }
}

static int check_shape(const rows *d, size_t r, nodec_fault *fault)
{
    const nodec_input *in = &d->model->input[r];
    const idx *x = &d->column[r];
    char wants[120], has[120];
    if (same_shape(in, x)) return 0;
    print_shape(wants, sizeof wants, in->rank, in->shape);
    print_shape(has, sizeof has, x->rank, x->shape);
    return fault_at(fault, NODEC_EXIT_DATA, x->path, 0, 0, "byte 8: an item is %s, and input `%s` of %s is %s",
                    has, in->name, d->model->name, wants);
}

/* Classes are whole numbers in range; reals are finite. */
static int check_values(const rows *d, size_t r, nodec_fault *fault)
{
    const nodec_input *in = &d->model->input[r];
    const idx *x = &d->column[r];
    char text[REAL_TEXT];
    if (!in->classes && x->type != IDX_F32 && x->type != IDX_F64) return 0;
    for (size_t i = 0; i < x->count * x->size; i++) {
        const double value = idx_at(x, i);
        if (in->classes ? value >= 0 && value < (double)in->classes && value == floor(value) : isfinite(value)) continue;
        real_print(text, value, true);
        return fault_at(fault, NODEC_EXIT_DATA, x->path, 0, 0, in->classes
                        ? "byte %llu: `%s` of item %zu is %s; a whole number from 0 to %zu is expected"
                        : "byte %llu: `%s` of item %zu is %s; a finite number is expected",
                        (unsigned long long)idx_place(x, i), in->name, i / x->size, text, in->classes - 1);
    }
    return 0;
}

static int check_count(const rows *d, size_t r, nodec_fault *fault)
{
    const idx *x = &d->column[r], *first = &d->column[0];
    if (x->count == first->count) return 0;
    return fault_at(fault, NODEC_EXIT_DATA, x->path, 0, 0, "byte 4: %zu items, but %s has %zu; they must belong together",
                    x->count, first->path, first->count);
}

static int open_column(const nodec_files *files, idx *x, const char *path, nodec_fault *fault)
{
    if (ahead_take(files->ahead, path, x, fault)) return fault->status;
    return (files->keep ? idx_open_kept : idx_open)(x, path, fault);
}

int rows_open(rows *d, const nodec_model *m, const nodec_files *files, const char *what, nodec_fault *fault)
{
    *d = (rows){.model = m, .ahead = files->ahead, .column = calloc(m->input_rows + 1, sizeof *d->column)};
    if (!d->column) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    check_names(m, files, what, fault);
    for (size_t r = 0; r < m->input_rows && !fault->status; r++) {
        const char *path = path_for(files, m->input[r].name);
        if (!path) fault_set(fault, NODEC_EXIT_DATA, "%s: input `%s` of %s has no column", what, m->input[r].name, m->name);
        else if (!open_column(files, &d->column[r], path, fault) && !check_shape(d, r, fault) && !check_count(d, r, fault))
            check_values(d, r, fault);
    }
    if (!fault->status && !m->input_rows) fault_set(fault, NODEC_EXIT_DATA, "%s has no inputs to give data to", m->name);
    if (!fault->status) d->count = d->column[0].count;
    else rows_close(d);
    return fault->status;
}

void rows_close(rows *d)
{
    ahead_wait(d->ahead);
    for (size_t r = 0; d->column && r < d->model->input_rows; r++) idx_close(&d->column[r]);
    free(d->column);
    *d = (rows){0};
}

const char *rows_path(const rows *d, size_t input) { return d->column[input].path; }

/* ---- samples -------------------------------------------------------------------------------- */

/* As it is. Bytes, which nearly all data are, are worth a loop of their own. */
static void convert(const idx *x, size_t i, size_t bytes, void *to)
{
    const size_t first = i * x->size;
    if (x->type == IDX_U8 && bytes == 4)
        for (size_t k = 0; k < x->size; k++) ((float *)to)[k] = ((const uint8_t *)x->data)[first + k];
    else
        for (size_t k = 0; k < x->size; k++) real_put(to, bytes, k, idx_at(x, first + k));
}

/* The last two dimensions are height and width; what moves in is 0. */
static void convert_moved(const idx *x, const nodec_input *in, size_t i, long down, long right, size_t bytes, void *to)
{
    const long height = (long)in->shape[in->rank - 2], width = (long)in->shape[in->rank - 1];
    const size_t plane = (size_t)(height * width), first = i * x->size;
    for (size_t c = 0; c < x->size / plane; c++)
        for (long y = 0; y < height; y++)
            for (long z = 0; z < width; z++) {
                const long u = y - down, v = z - right;
                const bool inside = u >= 0 && u < height && v >= 0 && v < width;
                const size_t from = first + c * plane + (inside ? (size_t)(u * width + v) : 0);
                real_put(to, bytes, c * plane + (size_t)(y * width + z), inside ? idx_at(x, from) : 0);
            }
}

void rows_sample(const rows *d, size_t i, long down, long right, void *to)
{
    const nodec_model *m = d->model;
    for (size_t r = 0; r < m->input_rows; r++) {
        const nodec_input *in = &m->input[r];
        void *at = real_address(to, m->real_bytes, in->offset);
        if (rows_image(in) && (down || right)) convert_moved(&d->column[r], in, i, down, right, m->real_bytes, at);
        else convert(&d->column[r], i, m->real_bytes, at);
    }
}

/* ---- batches -------------------------------------------------------------------------------- */

int row_batch_open(row_batch *b, const rows *d, const nodec_plan *plan, nodec_fault *fault)
{
    const nodec_model *m = d->model;
    *b = (row_batch){.data = d, .shift = plan->shift};
    b->orders = nodec_stream(plan->seed, "batch.order");
    b->shifts = nodec_stream(plan->seed, "augment.shift");
    b->most = plan->batch.kind == NODEC_BATCH_SOME && plan->batch.count < d->count ? plan->batch.count : d->count;
    b->per_epoch = (d->count + b->most - 1) / b->most;
    if (plan->batch.kind != NODEC_BATCH_SOME && plan->batch.kind != NODEC_BATCH_FULL)
        return fault_set(fault, NODEC_EXIT_DATA, "batch: a model learns from whole samples; batch = 32 takes so many");
    bool images = false;
    for (size_t r = 0; r < m->input_rows; r++) images |= rows_image(&m->input[r]);
    if (plan->shift && !images)
        return fault_set(fault, NODEC_EXIT_DATA, "augment: %s has no input of height and width to shift", m->name);
    if (d->count >> 32) return fault_set(fault, NODEC_EXIT_DATA, "%zu samples are too many", d->count);
    b->order = calloc(d->count, sizeof *b->order);
    if (b->most < SIZE_MAX / 16 / (m->inputs + 1)) b->inputs = solve_memory(b->most * m->inputs * m->real_bytes);
    b->move = calloc(b->most, 2 * sizeof *b->move);
    if (b->order && b->inputs && b->move) {
        if (rows_keep(b, fault)) row_batch_close(b);
        return fault->status;
    }
    row_batch_close(b);
    return fault_set(fault, NODEC_EXIT_IO, "out of memory for a batch of %zu", b->most);
}

void row_batch_close(row_batch *b)
{
    rows_drop(b);
    free(b->order);
    free(b->inputs);
    free(b->move);
    b->order = NULL;
    b->inputs = NULL;
    b->move = NULL;
}

/* -shift .. shift, twice, for a sample in an epoch. */
static void draw_shift(const row_batch *b, uint64_t epoch, size_t sample, int32_t move[2])
{
    const nodec_random r = nodec_bits(b->shifts, epoch, (uint32_t)sample, 0);
    for (int i = 0; i < 2; i++) move[i] = (int32_t)nodec_below(r.w[i], 2 * b->shift + 1) - (int32_t)b->shift;
}

static size_t first_of(const row_batch *b, uint64_t step) { return (size_t)((step - 1) % b->per_epoch) * b->most; }

size_t row_batch_size(const row_batch *b, uint64_t step)
{
    const size_t left = b->data->count - first_of(b, step);
    return left < b->most ? left : b->most;
}

static void fill(row_batch *b)
{
    const nodec_model *m = b->data->model;
    for (size_t s = 0; s < b->batch; s++)
        rows_sample(b->data, b->sample[s], b->move[2 * s], b->move[2 * s + 1], real_address(b->inputs, m->real_bytes, s * m->inputs));
}

void row_batch_at(row_batch *b, uint64_t step)
{
    const rows *d = b->data;
    const uint64_t epoch = (step - 1) / b->per_epoch;
    if (b->epoch != epoch + 1) {
        for (size_t i = 0; i < d->count; i++) b->order[i] = i;
        nodec_shuffle(b->order, d->count, b->orders, epoch);
        b->epoch = epoch + 1;
    }
    b->sample = b->order + first_of(b, step);
    b->batch = row_batch_size(b, step);
    for (size_t s = 0; b->shift && s < b->batch; s++) draw_shift(b, epoch, b->sample[s], &b->move[2 * s]);
    if (b->there) rows_gather(b);
    else fill(b);
}
