/* weights.c: a module's parameters in a safetensors file (safetensors.h). */
#include "safetensors.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "real.h"
#include "store.h"

/* ---- writing ------------------------------------------------------------------------ */

static json_t *header_of(const nodec_module *m, const char *const *metadata)
{
    json_t *header = json_object(), *notes = json_object();
    size_t offset = 0;
    json_object_set_new(notes, "format", json_string("pt"));
    for (; metadata && *metadata; metadata += 2) json_object_set_new(notes, metadata[0], json_string(metadata[1]));
    json_object_set_new(header, "__metadata__", notes);
    for (size_t r = 0; r < m->param_rows; r++) {
        const nodec_param *p = &m->param[r];
        json_t *shape = json_array();
        for (size_t i = 0; i < p->rank; i++) json_array_append_new(shape, json_integer((json_int_t)p->shape[i]));
        const size_t bytes = p->count * m->real_bytes;
        json_object_set_new(header, p->name,
            json_pack("{s:s, s:o, s:[I,I]}", "dtype", m->real_bytes == 4 ? "F32" : "F64", "shape", shape,
                      "data_offsets", (json_int_t)offset, (json_int_t)(offset + bytes)));
        offset += bytes;
    }
    return header;
}

static void write_real(FILE *file, double value, size_t bytes)
{
    uint64_t word = 0;
    const float single = (float)value;
    uint32_t half;
    memcpy(&half, &single, sizeof half);
    if (bytes == 4) word = half;
    else memcpy(&word, &value, sizeof word);
    for (size_t i = 0; i < bytes; i++) putc((int)(word >> 8 * i & 255), file);
}

int weights_save(const char *path, const nodec_module *m, const void *theta,
                 const char *const *metadata, nodec_fault *fault)
{
    json_t *header = header_of(m, metadata);
    char *text = json_dumps(header, JSON_COMPACT);
    json_decref(header);
    if (!text) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    store s;
    if (store_open(&s, path, fault)) {
        free(text);
        return fault->status;
    }
    const size_t length = strlen(text), padded = (length + 7) & ~(size_t)7;
    for (size_t i = 0; i < 8; i++) putc((int)((uint64_t)padded >> 8 * i & 255), s.file);
    fprintf(s.file, "%s%*s", text, (int)(padded - length), "");
    free(text);
    for (size_t r = 0; r < m->param_rows; r++)
        for (size_t i = 0; i < m->param[r].count; i++)
            write_real(s.file, real_at(theta, m->real_bytes, m->param[r].offset + i), m->real_bytes);
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

static int load_row(const safetensors *s, const nodec_module *m, const nodec_param *p, void *theta,
                    nodec_fault *fault)
{
    const tensor *t = safetensors_find(s, p->name);
    if (!t) return missing(s, p->name, fault);
    if (t->rank != p->rank || memcmp(t->shape, p->shape, p->rank * sizeof *p->shape)) {
        char has[120], wants[120];
        print_shape(has, sizeof has, t->rank, t->shape);
        print_shape(wants, sizeof wants, p->rank, p->shape);
        return fault_at(fault, NODEC_EXIT_DATA, s->path, 0, 0, "`%s` is %s there and %s in %s",
                        p->name, has, wants, m->name);
    }
    void *to = real_address(theta, m->real_bytes, p->offset);
    if (safetensors_read(s, t, m->real_bytes, to, fault)) return fault->status;
    const size_t bad = real_first_bad(to, m->real_bytes, p->count);
    if (bad < p->count)
        return fault_at(fault, NODEC_EXIT_DATA, s->path, 0, 0, "element %zu of `%s` is not a finite number", bad, p->name);
    for (size_t i = 0; p->positive && i < p->count; i++)
        if (!(real_at(to, m->real_bytes, i) > 0))
            return fault_at(fault, NODEC_EXIT_DATA, s->path, 0, 0, "element %zu of `%s` must be above 0", i, p->name);
    return 0;
}

/* What the file has and the module does not want. */
static int check_extra(const safetensors *s, const nodec_module *m, nodec_fault *fault)
{
    for (size_t i = 0; i < s->count; i++) {
        size_t r = 0;
        while (r < m->param_rows && strcmp(m->param[r].name, s->at[i].name)) r++;
        if (r == m->param_rows)
            return fault_at(fault, NODEC_EXIT_DATA, s->path, 0, 0, "%s has no parameter `%.80s`", m->name, s->at[i].name);
    }
    return 0;
}

int weights_load(const char *path, const nodec_module *m, void *theta, nodec_fault *fault)
{
    safetensors s;
    if (safetensors_open(&s, path, fault)) return fault->status;
    for (size_t r = 0; r < m->param_rows && !fault->status; r++) load_row(&s, m, &m->param[r], theta, fault);
    if (!fault->status) check_extra(&s, m, fault);
    safetensors_close(&s);
    return fault->status;
}
