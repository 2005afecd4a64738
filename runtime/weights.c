/* weights.c: what was learned, in a safetensors file (safetensors.h). */
#include "safetensors.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "real.h"
#include "store.h"

enum { RANK = 5 };                              /* a buffer's, with its slots        */

/* A row of either table. */
typedef struct entry {
    const char *name;
    size_t rank, shape[RANK];
    size_t offset, count, slots, stride;        /* reals, into `at`                  */
    void  *at;
    bool   positive;
} entry;

static size_t entries(const learned *l) { return l->param_rows + l->buffer_rows; }

static entry entry_of(const learned *l, size_t row)
{
    entry e = {.slots = 1};
    if (row < l->param_rows) {
        const nodec_param *p = &l->param[row];
        e = (entry){.name = p->name, .rank = p->rank, .offset = p->offset, .count = p->count, .slots = 1,
                    .at = l->theta, .positive = p->positive};
        memcpy(e.shape, p->shape, sizeof p->shape);
        return e;
    }
    const nodec_buffer *b = &l->buffer[row - l->param_rows];
    const bool several = b->slots > 1;
    e = (entry){.name = b->name, .rank = b->rank + several, .offset = b->offset, .count = b->count,
                .slots = b->slots ? b->slots : 1, .stride = b->stride, .at = l->kept};
    e.shape[0] = b->slots;
    memcpy(e.shape + several, b->shape, sizeof b->shape);
    return e;
}

/* ---- writing ------------------------------------------------------------------------ */

static const char mean[] = "running_mean", tracked[] = "num_batches_tracked";

static bool ends_with(const char *text, const char *end)
{
    const size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

/* "norm.num_batches_tracked" for "norm.running_mean"; false for other buffers. */
static bool tracked_name(const learned *l, size_t row, char *name, size_t size)
{
    const char *of = l->buffer[row].name;
    if (!ends_with(of, mean)) return false;
    if (snprintf(name, size, "%.*s%s", (int)(strlen(of) - strlen(mean)), of, tracked) >= (int)size) return false;
    for (size_t r = 0; r < entries(l); r++)
        if (!strcmp(entry_of(l, r).name, name)) return false;           /* the model has its own */
    return true;
}

static json_t *entry_json(const char *type, json_t *shape, size_t from, size_t bytes)
{
    return json_pack("{s:s, s:o, s:[I,I]}", "dtype", type, "shape", shape,
                     "data_offsets", (json_int_t)from, (json_int_t)(from + bytes));
}

static json_t *header_of(const learned *l, const char *const *metadata)
{
    json_t *header = json_object(), *notes = json_object();
    size_t offset = 0;
    json_object_set_new(notes, "format", json_string("pt"));
    for (; metadata && *metadata; metadata += 2) json_object_set_new(notes, metadata[0], json_string(metadata[1]));
    json_object_set_new(header, "__metadata__", notes);
    for (size_t r = 0; r < entries(l); r++) {
        const entry e = entry_of(l, r);
        json_t *shape = json_array();
        for (size_t i = 0; i < e.rank; i++) json_array_append_new(shape, json_integer((json_int_t)e.shape[i]));
        const size_t bytes = e.count * e.slots * l->real_bytes;
        json_object_set_new(header, e.name, entry_json(l->real_bytes == 4 ? "F32" : "F64", shape, offset, bytes));
        offset += bytes;
    }
    for (size_t r = 0; r < l->buffer_rows; r++) {
        char name[256];
        if (!tracked_name(l, r, name, sizeof name)) continue;
        json_object_set_new(header, name, entry_json("I64", json_array(), offset, 8));
        offset += 8;
    }
    return header;
}

static void write_word(FILE *file, uint64_t word, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) putc((int)(word >> 8 * i & 255), file);
}

static void write_real(FILE *file, double value, size_t bytes)
{
    uint64_t word = 0;
    const float single = (float)value;
    uint32_t half;
    memcpy(&half, &single, sizeof half);
    if (bytes == 4) word = half;
    else memcpy(&word, &value, sizeof word);
    write_word(file, word, bytes);
}

int weights_save(const char *path, const learned *l, const char *const *metadata, nodec_fault *fault)
{
    json_t *header = header_of(l, metadata);
    char *text = json_dumps(header, JSON_COMPACT);
    json_decref(header);
    if (!text) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    char name[256];
    store s;
    if (store_open(&s, path, fault)) {
        free(text);
        return fault->status;
    }
    const size_t length = strlen(text), padded = (length + 7) & ~(size_t)7;
    write_word(s.file, padded, 8);
    fprintf(s.file, "%s%*s", text, (int)(padded - length), "");
    free(text);
    for (size_t r = 0; r < entries(l); r++) {
        const entry e = entry_of(l, r);
        for (size_t k = 0; k < e.slots; k++)
            for (size_t i = 0; i < e.count; i++)
                write_real(s.file, real_at(e.at, l->real_bytes, e.offset + k * e.stride + i), l->real_bytes);
    }
    for (size_t r = 0; r < l->buffer_rows; r++)
        if (tracked_name(l, r, name, sizeof name)) write_word(s.file, l->batches, 8);
    return store_commit(&s, fault);
}

/* ---- reading ------------------------------------------------------------------------ */

static void print_shape(char *text, size_t size, size_t rank, const size_t *shape)
{
    size_t used = (size_t)snprintf(text, size, "[");
    for (size_t i = 0; i < rank && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%zu", i ? ", " : "", shape[i]);
    if (used < size) snprintf(text + used, size - used, "]");
}

static int missing(const safetensors *s, const char *name, nodec_fault *fault)
{
    fault_at(fault, NODEC_EXIT_DATA, s->path, 0, 0, "there is no `%s`", name);
    const char **have = calloc(s->count + 1, sizeof *have);
    if (!have) return fault->status;
    for (size_t i = 0; i < s->count; i++) have[i] = s->at[i].name;
    fault_suggest(fault, name, have, s->count);
    free(have);
    return fault->status;
}

/* Whether the array has the entry's shape; `once`: without the dimension of its slots. */
static bool same_shape(const tensor *t, const entry *e, bool once)
{
    const size_t skip = once ? 1 : 0;
    if (once && (e->slots < 2 || !e->rank)) return false;
    return t->rank == e->rank - skip && !memcmp(t->shape, e->shape + skip, t->rank * sizeof *t->shape);
}

static int check_values(const safetensors *s, const entry *e, size_t bytes, const void *at, size_t count,
                        nodec_fault *fault)
{
    const size_t bad = real_first_bad(at, bytes, count);
    if (bad < count)
        return fault_at(fault, NODEC_EXIT_DATA, s->path, 0, 0, "element %zu of `%s` is not a finite number", bad, e->name);
    for (size_t i = 0; e->positive && i < count; i++)
        if (!(real_at(at, bytes, i) > 0))
            return fault_at(fault, NODEC_EXIT_DATA, s->path, 0, 0, "element %zu of `%s` must be above 0", i, e->name);
    return 0;
}

static int load_entry(const safetensors *s, const learned *l, const entry *e, nodec_fault *fault)
{
    const tensor *t = safetensors_find(s, e->name);
    if (!t) return missing(s, e->name, fault);
    const bool once = same_shape(t, e, true);
    if (!once && !same_shape(t, e, false)) {
        char has[120], wants[120];
        print_shape(has, sizeof has, t->rank, t->shape);
        print_shape(wants, sizeof wants, e->rank, e->shape);
        return fault_at(fault, NODEC_EXIT_DATA, s->path, 0, 0, "`%s` is %s there and %s in %s",
                        e->name, has, wants, l->name);
    }
    const size_t bytes = l->real_bytes;
    void *read = malloc(t->count * bytes + 1);
    if (!read) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    if (!safetensors_read(s, t, bytes, read, fault) && !check_values(s, e, bytes, read, t->count, fault))
        for (size_t k = 0; k < e->slots; k++)
            memcpy(real_address(e->at, bytes, e->offset + k * e->stride),
                   real_address(read, bytes, once ? 0 : k * e->count), e->count * bytes);
    free(read);
    return fault->status;
}

/* What the file has and the model does not want. */
static int check_extra(const safetensors *s, const learned *l, nodec_fault *fault)
{
    for (size_t i = 0; i < s->count; i++) {
        size_t r = 0;
        while (r < entries(l) && strcmp(entry_of(l, r).name, s->at[i].name)) r++;
        if (r == entries(l) && !(l->buffers && ends_with(s->at[i].name, tracked)))
            return fault_at(fault, NODEC_EXIT_DATA, s->path, 0, 0, "%s has no parameter `%.80s`", l->name, s->at[i].name);
    }
    return 0;
}

int weights_load(const char *path, const learned *l, nodec_fault *fault)
{
    safetensors s;
    if (safetensors_open(&s, path, fault)) return fault->status;
    for (size_t r = 0; r < entries(l) && !fault->status; r++) {
        const entry e = entry_of(l, r);
        load_entry(&s, l, &e, fault);
    }
    if (!fault->status) check_extra(&s, l, fault);
    safetensors_close(&s);
    return fault->status;
}
