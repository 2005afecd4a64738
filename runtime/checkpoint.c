/* checkpoint.c: head, checkpoint, theta, moments, buffers, more, CRC-32 of all before it. */
#include "checkpoint.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "store.h"

enum { VERSION = 2, ORDER = 0x01020304 };

typedef struct head {
    char magic[8];
    uint32_t version, order;        /* order: the bytes of ORDER as this machine has them */
    uint64_t real_bytes, params, moments, buffers, checkpoint_bytes, more_bytes;
} head;

static head head_of(const learned *l, size_t more_bytes)
{
    return (head){.magic = "nodec-cp", .version = VERSION, .order = ORDER, .real_bytes = l->real_bytes,
                  .params = l->params, .moments = l->moments, .buffers = l->buffers,
                  .checkpoint_bytes = sizeof(checkpoint), .more_bytes = more_bytes};
}

/* What follows the checkpoint, in order; theta first. */
typedef struct part { void *at; size_t bytes; } part;
enum { PARTS = 4 };

static void parts_of(const learned *l, const void *more, size_t more_bytes, part p[PARTS])
{
    p[0] = (part){l->theta,  l->params * l->real_bytes};
    p[1] = (part){l->moment, l->params * l->moments * l->real_bytes};
    p[2] = (part){l->kept,   l->buffers * l->real_bytes};
    p[3] = (part){(void *)(uintptr_t)more, more_bytes};
}

static void put(store *s, uint32_t *sum, const void *bytes, size_t size)
{
    if (!size) return;
    *sum = (uint32_t)crc32_z(*sum, bytes, size);
    fwrite(bytes, 1, size, s->file);
}

int checkpoint_save(const char *path, const learned *l, const checkpoint *c,
                    const void *more, size_t more_bytes, nodec_fault *fault)
{
    store s;
    part p[PARTS];
    const head h = head_of(l, more_bytes);
    uint32_t sum = 0;
    parts_of(l, more, more_bytes, p);
    if (store_open(&s, path, fault)) return fault->status;
    s.hurry = !c->step;                         /* nothing is lost with it, and a step waits */
    put(&s, &sum, &h, sizeof h);
    put(&s, &sum, c, sizeof *c);
    for (size_t i = 0; i < PARTS; i++) put(&s, &sum, p[i].at, p[i].bytes);
    fwrite(&sum, sizeof sum, 1, s.file);
    return store_commit(&s, fault);
}

/* ---- reading ------------------------------------------------------------------------- */

#define BAD(...) fault_at(fault, NODEC_EXIT_DATA, path, 0, 0, __VA_ARGS__)

static bool get(FILE *file, uint32_t *sum, void *bytes, size_t size)
{
    if (!size) return true;
    if (fread(bytes, 1, size, file) != size) return false;
    *sum = (uint32_t)crc32_z(*sum, bytes, size);
    return true;
}

static bool get_parts(FILE *file, uint32_t *sum, const part p[PARTS])
{
    for (size_t i = 0; i < PARTS; i++)
        if (!get(file, sum, p[i].at, p[i].bytes)) return false;
    return true;
}

static int check_head(const head *h, const learned *l, size_t more_bytes, const char *path, nodec_fault *fault)
{
    const head want = head_of(l, more_bytes);
    if (memcmp(h->magic, want.magic, sizeof h->magic)) return BAD("not a checkpoint of nodec");
    if (h->order != want.order) return BAD("a checkpoint from a machine of another byte order");
    if (h->version != want.version) return BAD("a checkpoint of version %u, this is version %u", h->version, want.version);
    if (h->real_bytes != want.real_bytes || h->params != want.params || h->moments != want.moments ||
        h->buffers != want.buffers)
        return BAD("a checkpoint of another model: %llu parameters of %llu bytes with %llu moments, "
                   "%s has %zu of %u with %zu",
                   (unsigned long long)h->params, (unsigned long long)h->real_bytes, (unsigned long long)h->moments,
                   l->name, l->params, (unsigned)l->real_bytes, l->moments);
    if (h->checkpoint_bytes != want.checkpoint_bytes || h->more_bytes != want.more_bytes) return BAD("a checkpoint of another build of nodec");
    return 0;
}

/* Numbers that later index arrays. */
static bool sane(const checkpoint *c)
{
    return c->past.loss.count <= HISTORY_POINTS && c->past.validation.count <= HISTORY_POINTS &&
           c->past.losses <= c->step;
}

int checkpoint_load(const char *path, const learned *l, checkpoint *c,
                    void *more, size_t more_bytes, nodec_fault *fault)
{
    head h;
    part p[PARTS];
    uint32_t sum = 0, stored;
    const uint64_t fingerprint = c->fingerprint, seed = c->seed;
    FILE *file = fopen(path, "rbe");
    if (!file) return fault_io(fault, "resume from", path);
    errno = 0;
    parts_of(l, more, more_bytes, p);
    if (!get(file, &sum, &h, sizeof h)) errno ? fault_io(fault, "read", path) : BAD("not a checkpoint of nodec");
    else if (check_head(&h, l, more_bytes, path, fault)) {}
    else if (!get(file, &sum, c, sizeof *c) || !get_parts(file, &sum, p) ||
             fread(&stored, sizeof stored, 1, file) != 1)
        BAD("the checkpoint is cut off");
    else if (stored != sum || fgetc(file) != EOF || !sane(c)) BAD("the checkpoint is damaged");
    else if (c->fingerprint != fingerprint) BAD("the model or the experiment has changed since this checkpoint");
    else if (c->seed != seed)
        BAD("this run began with --seed %llu, not %llu", (unsigned long long)c->seed, (unsigned long long)seed);
    fclose(file);
    return fault->status;
}
