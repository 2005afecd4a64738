/* safetensors.c: see safetensors.h. */
#include "safetensors.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "real.h"

enum { LONGEST_HEADER = 100 << 20 };            /* the format's own limit            */

static const struct { char name[8]; size_t bytes; } type[] = {
    {"F64", 8}, {"F32", 4}, {"F16", 2}, {"BF16", 2}, {"I64", 8}, {"I32", 4}, {"I16", 2},
    {"I8", 1}, {"U64", 8}, {"U32", 4}, {"U16", 2}, {"U8", 1}, {"BOOL", 1}, {"F8_E5M2", 1}, {"F8_E4M3", 1}
};

static size_t type_bytes(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(type); i++)
        if (!strncmp(type[i].name, name, sizeof type[i].name)) return type[i].bytes;
    return 0;
}

/* Whole or not at all: 0, or -1 with errno (0: the file ended). */
static int read_at(int fd, void *to, uint64_t bytes, uint64_t offset)
{
    char *at = to;
    while (bytes) {
        const ssize_t n = pread(fd, at, bytes, (off_t)offset);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            if (!n) errno = 0;
            return -1;
        }
        at += n;
        bytes -= (uint64_t)n;
        offset += (uint64_t)n;
    }
    return 0;
}

static uint64_t little_endian(const unsigned char *b, size_t n)
{
    uint64_t value = 0;
    while (n--) value = value << 8 | b[n];
    return value;
}

/* ---- header ------------------------------------------------------------------------- */

#define BAD(...) fault_at(fault, NODEC_EXIT_DATA, s->path, 0, 0, "not a safetensors file: " __VA_ARGS__)

/* A whole number >= 0 of a JSON value. */
static bool natural(const json_t *value, uint64_t *out)
{
    if (!json_is_integer(value) || json_integer_value(value) < 0) return false;
    *out = (uint64_t)json_integer_value(value);
    return true;
}

static int read_shape(const safetensors *s, tensor *t, const json_t *shape, nodec_fault *fault)
{
    if (!json_is_array(shape) || json_array_size(shape) > TENSOR_RANK)
        return BAD("`%.80s` has no shape of at most %d sizes", t->name, TENSOR_RANK);
    t->rank = json_array_size(shape);
    t->count = 1;
    for (size_t i = 0; i < t->rank; i++) {
        uint64_t size;
        if (!natural(json_array_get(shape, i), &size)) return BAD("a size of `%.80s` is not a number", t->name);
        if (size && t->count > SIZE_MAX / 16 / size) return BAD("`%.80s` is too large", t->name);
        t->shape[i] = (size_t)size;
        t->count *= (size_t)size;
    }
    return 0;
}

static int read_entry(const safetensors *s, tensor *t, const char *name, const json_t *entry,
                      uint64_t data_bytes, nodec_fault *fault)
{
    t->name = strdup(name);
    if (!t->name) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    const char *dtype = json_string_value(json_object_get(entry, "dtype"));
    if (!dtype) return BAD("`%.80s` has no dtype", name);
    const size_t bytes = type_bytes(dtype);
    if (!bytes) return BAD("`%.80s` has the unknown dtype `%.20s`", name, dtype);
    snprintf(t->dtype, sizeof t->dtype, "%s", dtype);
    if (read_shape(s, t, json_object_get(entry, "shape"), fault)) return fault->status;
    const json_t *offsets = json_object_get(entry, "data_offsets");
    if (json_array_size(offsets) != 2 || !natural(json_array_get(offsets, 0), &t->begin) ||
        !natural(json_array_get(offsets, 1), &t->end))
        return BAD("`%.80s` has no data_offsets", name);
    if (t->begin > t->end || t->end > data_bytes)
        return BAD("`%.80s` lies outside the data (the file may be cut off)", name);
    if (t->end - t->begin != (uint64_t)t->count * bytes)
        return BAD("`%.80s` has %llu bytes of data for %zu elements of %s", name,
                   (unsigned long long)(t->end - t->begin), t->count, t->dtype);
    return 0;
}

static int by_place(const void *a, const void *b)
{
    const tensor *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

static int read_entries(safetensors *s, json_t *header, uint64_t data_bytes, nodec_fault *fault)
{
    const char *name;
    json_t *entry;
    s->at = calloc(json_object_size(header) + 1, sizeof *s->at);
    if (!s->at) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    json_object_foreach(header, name, entry) {
        if (!strcmp(name, "__metadata__")) continue;
        if (read_entry(s, &s->at[s->count++], name, entry, data_bytes, fault)) return fault->status;
    }
    qsort(s->at, s->count, sizeof *s->at, by_place);
    uint64_t end = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (s->at[i].begin != end)
            return BAD("`%.80s` %s the data before it", s->at[i].name,
                       s->at[i].begin < end ? "overlaps" : "leaves a hole behind");
        end = s->at[i].end;
    }
    return end == data_bytes ? 0 : BAD("there are %llu bytes behind the last array",
                                       (unsigned long long)(data_bytes - end));
}

static int read_header(safetensors *s, nodec_fault *fault)
{
    struct stat st;
    unsigned char length[8];
    if (fstat(s->fd, &st)) return fault_io(fault, "read", s->path);
    if (S_ISDIR(st.st_mode)) return errno = EISDIR, fault_io(fault, "read", s->path);
    const uint64_t size = (uint64_t)st.st_size;
    if (size < 8) return BAD("it has only %llu bytes", (unsigned long long)size);
    if (read_at(s->fd, length, 8, 0)) return fault_io(fault, "read", s->path);
    const uint64_t n = little_endian(length, 8);
    if (n > LONGEST_HEADER || n > size - 8)
        return BAD("a header of %llu bytes in a file of %llu", (unsigned long long)n, (unsigned long long)size);
    char *text = malloc(n + 1);
    if (!text) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    json_error_t error;
    json_t *header = NULL;
    if (read_at(s->fd, text, n, 8)) fault_io(fault, "read", s->path);
    else if (!n || text[0] != '{') BAD("the header does not begin with `{`");
    else if (!(header = json_loadb(text, n, JSON_REJECT_DUPLICATES, &error)))
        BAD("header, byte %d: %.160s", error.position, error.text);
    else read_entries(s, header, size - 8 - n, fault);
    s->data = 8 + n;
    json_decref(header);
    free(text);
    return fault->status;
}

int safetensors_open(safetensors *s, const char *path, nodec_fault *fault)
{
    *s = (safetensors){.path = path, .fd = open(path, O_RDONLY | O_CLOEXEC)};
    if (s->fd < 0) return fault_io(fault, "read", path);
    if (!read_header(s, fault)) return 0;
    safetensors_close(s);
    return fault->status;
}

void safetensors_close(safetensors *s)
{
    for (size_t i = 0; i < s->count; i++) free(s->at[i].name);
    free(s->at);
    if (s->fd >= 0) close(s->fd);
    *s = (safetensors){.fd = -1};
}

const tensor *safetensors_find(const safetensors *s, const char *name)
{
    for (size_t i = 0; i < s->count; i++)
        if (!strcmp(s->at[i].name, name)) return &s->at[i];
    return NULL;
}

int safetensors_read(const safetensors *s, const tensor *t, size_t bytes, void *to, nodec_fault *fault)
{
    const size_t width = !strcmp(t->dtype, "F32") ? 4 : !strcmp(t->dtype, "F64") ? 8 : 0;
    unsigned char chunk[8 * 512];
    if (!width)
        return fault_at(fault, NODEC_EXIT_DATA, s->path, 0, 0, "`%.80s` is %s; F32 or F64 is wanted", t->name, t->dtype);
    for (size_t i = 0, n; i < t->count; i += n) {
        n = t->count - i < 512 ? t->count - i : 512;
        if (read_at(s->fd, chunk, n * width, s->data + t->begin + i * width))
            return fault_io(fault, "read", s->path);
        for (size_t j = 0; j < n; j++) {
            const uint64_t word = little_endian(chunk + j * width, width);
            const uint32_t half = (uint32_t)word;
            float f;
            double d;
            memcpy(&f, &half, sizeof f);
            memcpy(&d, &word, sizeof d);
            real_put(to, bytes, i + j, width == 4 ? (double)f : d);
        }
    }
    return 0;
}
