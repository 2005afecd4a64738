/* npy.c: see npy.h. */
#include "npy.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t npy_bytes(char *to, size_t bytes, double value)
{
    const float single = (float)value;
    uint64_t word;
    uint32_t half;
    memcpy(&half, &single, sizeof half);
    memcpy(&word, &value, sizeof word);
    if (bytes == 4) word = half;
    for (size_t i = 0; i < bytes; i++) to[i] = (char)(word >> 8 * i & 255);
    return bytes;
}

void npy_put(FILE *file, size_t bytes, double value)
{
    char text[8];
    fwrite(text, 1, npy_bytes(text, bytes, value), file);
}

void npy_head(FILE *file, size_t bytes, size_t rank, const size_t *shape)
{
    char text[512];
    size_t n = (size_t)snprintf(text, sizeof text, "{'descr': '<f%zu', 'fortran_order': False, 'shape': (", bytes);
    for (size_t i = 0; i < rank; i++) n += (size_t)snprintf(text + n, sizeof text - n, "%zu, ", shape[i]);
    n += (size_t)snprintf(text + n, sizeof text - n, "), }");
    const size_t padded = (10 + n + 1 + 63) / 64 * 64 - 10;     /* data start on a multiple of 64 */
    fwrite("\x93NUMPY\x01", 1, 7, file);
    putc(0, file);
    putc((int)(padded & 255), file);
    putc((int)(padded >> 8), file);
    fprintf(file, "%s%*s\n", text, (int)(padded - n - 1), "");
}

/* ---- reading ------------------------------------------------------------------------ */

#define BAD(...) fault_at(fault, NODEC_EXIT_DATA, path, 0, 0, "not an npy file of numbers: " __VA_ARGS__)

static uint64_t word_of(const unsigned char *b, size_t n, bool big)
{
    uint64_t word = 0;
    for (size_t i = 0; i < n; i++) word = word << 8 | b[big ? i : n - 1 - i];
    return word;
}

/* How one number stands in the file: 'f4' 'f8', 'i1' to 'i8', 'u1' to 'u8', 'b1' for truth. */
typedef struct number { char kind; size_t bytes; bool big; } number;

static bool number_of(const char *descr, number *n)
{
    char order, end;
    if (sscanf(descr, "'%c%c%1zu%c", &order, &n->kind, &n->bytes, &end) != 4 || end != '\'' || !strchr("<>|=", order)) return false;
    n->big = order == '>';
    const bool power = n->bytes == 1 || n->bytes == 2 || n->bytes == 4 || n->bytes == 8;
    return n->kind == 'f' ? n->bytes == 4 || n->bytes == 8 : n->kind == 'b' ? n->bytes == 1 : strchr("iu", n->kind) && power;
}

static double real_of(const unsigned char *b, const number *n)
{
    const uint64_t word = word_of(b, n->bytes, n->big), sign = (uint64_t)1 << (8 * n->bytes - 1);
    const uint32_t half = (uint32_t)word;
    float f;
    double d;
    memcpy(&f, &half, sizeof f);
    memcpy(&d, &word, sizeof d);
    if (n->kind == 'f') return n->bytes == 4 ? (double)f : d;
    return n->kind == 'i' && word & sign ? -(double)(sign - (word & (sign - 1))) : (double)word;
}

/* What follows 'key': in the header's dictionary, or NULL. */
static const char *entry(const char *header, const char *key)
{
    const char *at = strstr(header, key);
    if (!at) return NULL;
    at += strlen(key);
    return at + strspn(at, " :");
}

static int read_shape(npy *a, const char *at, const char *path, nodec_fault *fault)
{
    if (!at || *at++ != '(') return BAD("no shape");
    for (a->rank = 0, a->count = 1; *(at += strspn(at, " ,")) != ')';) {
        char *end;
        errno = 0;
        const unsigned long long size = strtoull(at, &end, 10);
        if (end == at || errno || *at == '-' || a->rank == NPY_RANK) return BAD("a strange shape");
        if (size && a->count > SIZE_MAX / 16 / size) return BAD("it is too large");
        a->shape[a->rank++] = (size_t)size;
        a->count *= (size_t)size;
        at = end;
    }
    return 0;
}

static int read_data(npy *a, FILE *file, const number *n, const char *path, nodec_fault *fault)
{
    const long start = ftell(file);
    if (start < 0 || fseek(file, 0, SEEK_END)) return fault_io(fault, "read", path);
    const long end = ftell(file);
    if (end < start || (uint64_t)(end - start) != (uint64_t)a->count * n->bytes)
        return BAD("it holds %ld bytes where its shape needs %zu", end - start, a->count * n->bytes);
    if (fseek(file, start, SEEK_SET)) return fault_io(fault, "read", path);
    a->at = malloc(a->count * sizeof *a->at + 1);
    if (!a->at) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    for (size_t i = 0; i < a->count; i++) {
        unsigned char raw[8];
        if (fread(raw, n->bytes, 1, file) != 1) return fault_io(fault, "read", path);
        a->at[i] = real_of(raw, n);
    }
    return 0;
}

static int read_file(npy *a, FILE *file, const char *path, nodec_fault *fault)
{
    unsigned char head[12];
    if (fread(head, 1, 8, file) != 8 || memcmp(head, "\x93NUMPY", 6)) return BAD("it does not begin like one");
    const size_t wide = head[6] == 1 ? 2 : 4;
    if (head[6] < 1 || head[6] > 3 || fread(head, 1, wide, file) != wide) return BAD("an unknown version");
    const size_t length = (size_t)word_of(head, wide, false);
    if (length > 65536) return BAD("a header of %zu bytes", length);
    char *header = calloc(length + 1, 1);
    if (!header) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    const char *descr = NULL, *order = NULL;
    if (fread(header, 1, length, file) == length) {
        descr = entry(header, "'descr'");
        order = entry(header, "'fortran_order'");
    }
    number n;
    if (!descr || !order) BAD("its header is cut off or strange");
    else if (strncmp(order, "False", 5)) BAD("it is in Fortran order; save numpy.ascontiguousarray(...)");
    else if (!number_of(descr, &n)) BAD("its type is %.*s; float32, float64, whole numbers and bool are read", (int)strcspn(descr, ",}"), descr);
    else if (!read_shape(a, entry(header, "'shape'"), path, fault)) read_data(a, file, &n, path, fault);
    free(header);
    return fault->status;
}

int npy_read(npy *a, const char *path, nodec_fault *fault)
{
    *a = (npy){0};
    FILE *file = fopen(path, "rbe");
    if (!file) return fault_io(fault, "read", path);
    if (read_file(a, file, path, fault)) {
        free(a->at);
        a->at = NULL;
    }
    fclose(file);
    return fault->status;
}
