/* idx.c: see idx.h. */
#include "idx.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "real.h"

/* No deflate stream unpacks to more than 1032 times its size (zlib.net/zlib_tech.html). */
enum { DEFLATE_LIMIT = 1032, CHUNK = 1 << 20 };

static const struct { idx_type type; size_t bytes; } types[] = {
    {IDX_U8, 1}, {IDX_I8, 1}, {IDX_I16, 2}, {IDX_I32, 4}, {IDX_F32, 4}, {IDX_F64, 8}
};

static size_t type_bytes(unsigned type)
{
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (types[i].type == type) return types[i].bytes;
    return 0;
}

/* ---- bytes from the file -------------------------------------------------------------------- */

typedef struct source {
    gzFile file;
    idx   *x;
    uint64_t at, size;              /* bytes unpacked so far; of the file; 0: unknown */
    nodec_fault *fault;
} source;

#define BAD(...) fault_at(s->fault, NODEC_EXIT_DATA, s->x->path, 0, 0, __VA_ARGS__)

static unsigned long long packed_place(const source *s)
{
    const z_off_t place = gzoffset(s->file);
    return place < 0 ? 0 : (unsigned long long)place;
}

/* What zlib found, or the system under it. */
static int reading_failed(source *s)
{
    int code = Z_OK;
    const char *reason = gzerror(s->file, &code);
    const char *colon = strstr(reason, ": ");           /* "path: reason" */
    switch (code) {
    case Z_ERRNO: return fault_io(s->fault, "read", s->x->path);
    case Z_MEM_ERROR: return fault_set(s->fault, NODEC_EXIT_IO, "out of memory");
    case Z_BUF_ERROR:
        return BAD("byte %llu: the gzip stream ends in the middle; the file is cut off", packed_place(s));
    default:
        return BAD("the gzip stream is damaged before byte %llu: %.60s", packed_place(s), colon ? colon + 2 : reason);
    }
}

/* How many of `count` bytes there were; fewer only at the end of the file. A fault is
 * not the same as an end.                                                             */
static size_t take(source *s, void *to, size_t count)
{
    size_t done = 0;
    while (done < count) {
        const size_t left = count - done;
        const int n = gzread(s->file, (char *)to + done, left < CHUNK ? (unsigned)left : CHUNK);
        if (n < 0) return reading_failed(s), done;
        if (!n) break;
        done += (size_t)n;
        s->at += (size_t)n;
    }
    int code = Z_OK;
    if (done < count && (gzerror(s->file, &code), code != Z_OK)) reading_failed(s);
    return done;
}

/* ---- the head ------------------------------------------------------------------------------- */

static uint32_t big_endian(const unsigned char *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int read_magic(source *s, size_t *rank)
{
    unsigned char b[4];
    const size_t n = take(s, b, sizeof b);
    if (s->fault->status) return s->fault->status;
    if (!n) return BAD("the file is empty; an IDX file is expected");
    if (n < sizeof b) return BAD("byte %zu: the file ends within the 4 bytes that an IDX file begins with", n);
    if (b[0] || b[1])
        return BAD("byte %d: not an IDX file: it begins with %02x %02x %02x %02x, and 00 00 is expected before the type",
                   b[0] ? 0 : 1, b[0], b[1], b[2], b[3]);
    s->x->bytes = type_bytes(b[2]);
    if (!s->x->bytes) return BAD("byte 2: not an IDX file: there is no type %02x of elements", b[2]);
    if (!b[3] || b[3] > IDX_RANK) return BAD("byte 3: %u dimensions; 1 to %d are expected", b[3], IDX_RANK);
    s->x->type = (idx_type)b[2];
    *rank = b[3];
    return 0;
}

/* After `n` bytes of elements. */
static int cut_off(source *s, size_t n)
{
    const idx *x = s->x;
    const size_t item = x->size * x->bytes;
    return BAD("byte %llu: the file ends in item %zu of %zu, %zu bytes too early",
               (unsigned long long)(idx_place(x, 0) + n), n / item, x->count, x->count * item - n);
}

/* Sizes whose product is more than the file can hold are refused before memory is asked for. */
static int read_sizes(source *s, size_t rank)
{
    idx *x = s->x;
    const uint64_t packed = x->packed = !gzdirect(s->file), most = s->size * (packed ? DEFLATE_LIMIT : 1);
    uint64_t total = x->bytes;
    x->size = 1;
    for (size_t i = 0; i < rank; i++) {
        unsigned char b[4];
        if (take(s, b, sizeof b) < sizeof b)
            return BAD("byte %llu: the file ends within the sizes of its %zu dimensions", (unsigned long long)s->at, rank);
        const size_t size = big_endian(b);
        if (!size) return BAD("byte %llu: dimension %zu has size 0", (unsigned long long)s->at - 4, i);
        if (total > SIZE_MAX / 2 / size)
            return BAD("byte %llu: the sizes up to dimension %zu make more elements than memory can hold",
                       (unsigned long long)s->at - 4, i);
        total *= size;
        if (i) x->shape[x->rank++] = size, x->size *= size;
        else x->count = size;
    }
    if (!s->size || total + s->at <= most) return 0;
    if (!packed) return cut_off(s, (size_t)(s->size - s->at));
    return BAD("the sizes at byte 4 promise %llu bytes of elements, more than a gzip file of %llu bytes can hold",
               (unsigned long long)total, (unsigned long long)s->size);
}

/* ---- the elements --------------------------------------------------------------------------- */

static void swap(unsigned char *b, size_t bytes, size_t count)
{
    const uint16_t probe = 1;
    if (bytes == 1 || !*(const unsigned char *)&probe) return;          /* big endian as the file */
    for (size_t i = 0; i < count; i++, b += bytes)
        for (size_t k = 0; k < bytes / 2; k++) {
            const unsigned char was = b[k];
            b[k] = b[bytes - 1 - k];
            b[bytes - 1 - k] = was;
        }
}

static int read_elements(source *s)
{
    idx *x = s->x;
    const size_t item = x->size * x->bytes, total = x->count * item;
    x->data = malloc(total);
    if (!x->data) return fault_set(s->fault, NODEC_EXIT_IO, "out of memory for the %zu bytes of %s", total, x->path);
    const size_t n = take(s, x->data, total);
    if (s->fault->status) return s->fault->status;
    if (n < total) return cut_off(s, n);
    char more;
    if (take(s, &more, 1)) return BAD("byte %llu: there are bytes behind the last of %zu items",
                                      (unsigned long long)s->at - 1, x->count);
    if (s->fault->status) return s->fault->status;
    swap(x->data, x->bytes, x->count * x->size);
    return 0;
}

static int read_all(source *s)
{
    size_t rank = 0;
    if (read_magic(s, &rank) || read_sizes(s, rank)) return s->fault->status;
    return read_elements(s);
}

int idx_open(idx *x, const char *path, nodec_fault *fault)
{
    struct stat st;
    *x = (idx){.path = path};
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fault_io(fault, "read", path);
    if (fstat(fd, &st) || S_ISDIR(st.st_mode)) {
        if (S_ISDIR(st.st_mode)) errno = EISDIR;
        fault_io(fault, "read", path);
        close(fd);
        return fault->status;
    }
    source s = {.file = gzdopen(fd, "rb"), .x = x, .size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0, .fault = fault};
    if (!s.file) {
        close(fd);
        return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    }
    gzbuffer(s.file, 1 << 16);
    if (read_all(&s)) idx_close(x);
    gzclose_r(s.file);
    return fault->status;
}

void idx_close(idx *x)
{
    if (x->map) munmap(x->map, x->mapped);
    else free(x->data);
    *x = (idx){.path = x->path};
}

double idx_at(const idx *x, size_t i)
{
    switch (x->type) {
    case IDX_U8:  return ((const uint8_t *)x->data)[i];
    case IDX_I8:  return ((const int8_t *)x->data)[i];
    case IDX_I16: return ((const int16_t *)x->data)[i];
    case IDX_I32: return ((const int32_t *)x->data)[i];
    case IDX_F32: return (double)((const float *)x->data)[i];
    case IDX_F64: return ((const double *)x->data)[i];
    }
    return 0;
}

uint64_t idx_place(const idx *x, size_t i) { return 4 + 4 * (uint64_t)(x->rank + 1) + (uint64_t)i * x->bytes; }
