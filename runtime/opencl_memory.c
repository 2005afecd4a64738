/* opencl_memory.c: see opencl_memory.h. */
#include "opencl_memory.h"

#include <stdlib.h>
#include <string.h>

static const size_t ASIDE = 1 << 20;            /* bytes; longer things are waited for  */
static const size_t SMALL = 4096;               /* buffers of so many bytes are all alike */

/* ---- buffers of the device ------------------------------------------------------------------ */

static bool append(opencl_ranges *to, const opencl_range *r)
{
    if (to->count == to->room) {
        const size_t room = to->room ? 2 * to->room : 32;
        opencl_range *more = realloc(to->at, room * sizeof *more);
        if (!more) return false;
        to->at = more, to->room = room;
    }
    to->at[to->count++] = *r;
    return true;
}

static void leave(opencl_ranges *from, size_t i)        /* those after it move up: the newest is last */
{
    memmove(from->at + i, from->at + i + 1, (--from->count - i) * sizeof *from->at);
}

static void release(opencl_memory *m, const opencl_range *r)
{
    if (!r->mem) return;
    m->program->api->clReleaseMemObject(r->mem);
    m->used -= r->room;
    m->released++;
}

static void release_all(opencl_memory *m, opencl_ranges *ranges)
{
    for (size_t i = 0; i < ranges->count; i++) release(m, &ranges->at[i]);
    ranges->count = 0;
}

void opencl_memory_close(opencl_memory *m)
{
    release_all(m, &m->kept);
    release_all(m, &m->spare);
    free(m->kept.at);
    free(m->spare.at);
    free(m->aside);
    *m = (opencl_memory){0};
}

/* The smallest spare buffer that is large enough and not far too large. */
static bool find_spare(opencl_memory *m, size_t bytes, opencl_range *out)
{
    size_t best = m->spare.count;
    for (size_t i = 0; i < m->spare.count; i++) {
        const size_t room = m->spare.at[i].room;
        if (room < bytes || room / 2 > bytes + SMALL) continue;
        if (best == m->spare.count || room < m->spare.at[best].room) best = i;
    }
    if (best == m->spare.count) return false;
    *out = m->spare.at[best];
    leave(&m->spare, best);
    return true;
}

static int take(opencl_memory *m, void *from, size_t bytes, opencl_range *out, nodec_fault *fault)
{
    nodec_fault first = {0};
    if (!find_spare(m, bytes, out)) {
        const size_t room = bytes < SMALL ? SMALL : bytes;
        *out = (opencl_range){.room = room, .mem = opencl_buffer(m->program, room, NULL, &first)};
        if (!out->mem && m->spare.count) {
            release_all(m, &m->spare);
            out->mem = opencl_buffer(m->program, room, NULL, fault);
        } else if (!out->mem) {
            *fault = first;
        }
        if (!out->mem && m->used) fault_note(fault, "%zu bytes are in use by this run", m->used);
        if (!out->mem) return fault->status;
        m->used += room;
    }
    out->from = from;
    out->bytes = bytes;
    return 0;
}

void opencl_take_back(opencl_memory *m, const opencl_range *r)
{
    if (r->mem && !append(&m->spare, r)) release(m, r);
}

/* ---- copies ---------------------------------------------------------------------------------- */

/* A place for `bytes` on their way; NULL: the way must be waited for. */
static char *put_aside(opencl_memory *m, const void *from, size_t bytes)
{
    if (!m->aside && (m->aside = malloc(ASIDE))) m->aside_room = ASIDE;
    if (bytes > m->aside_room - m->aside_used) return NULL;
    char *copy = m->aside + m->aside_used;
    m->aside_used += bytes;
    memcpy(copy, from, bytes);
    return copy;
}

void opencl_arrived(opencl_memory *m) { m->aside_used = 0; }

int opencl_send(opencl_memory *m, cl_mem to, size_t at, const void *from, size_t bytes, nodec_fault *fault)
{
    if (!bytes) return 0;
    const char *copy = put_aside(m, from, bytes);
    const int status = opencl_write(m->program, to, at, bytes, copy ? copy : from, !copy, fault);
    if (!copy) opencl_arrived(m);               /* the queue is in order             */
    return status;
}

/* ---- what is kept ------------------------------------------------------------------------------ */

static const opencl_range *find(const opencl_memory *m, const void *memory, size_t bytes)
{
    const char *at = memory;
    for (size_t i = 0; i < m->kept.count; i++) {
        const opencl_range *r = &m->kept.at[i];
        if (r->mem && at >= r->from && at <= r->from + r->bytes && bytes <= (size_t)(r->from + r->bytes - at)) return r;
    }
    return NULL;
}

bool opencl_kept(const opencl_memory *m, const void *memory, size_t bytes, opencl_place *place)
{
    const opencl_range *r = find(m, memory, bytes);
    if (r) *place = (opencl_place){r->mem, (size_t)((const char *)memory - r->from)};
    return r;
}

int opencl_keep(opencl_memory *m, void *memory, size_t bytes, bool fresh, nodec_fault *fault)
{
    opencl_range r = {.from = memory, .bytes = bytes};
    const bool inner = find(m, memory, bytes);
    if (!inner && take(m, memory, bytes, &r, fault)) return fault->status;
    if (!append(&m->kept, &r)) return release(m, &r), fault_set(fault, NODEC_EXIT_IO, "out of memory");
    return inner || fresh ? 0 : opencl_send(m, r.mem, 0, memory, bytes, fault);
}

static opencl_range *newest(const opencl_memory *m, const void *memory)
{
    for (size_t i = m->kept.count; i-- > 0;)
        if (m->kept.at[i].from == memory) return &m->kept.at[i];
    return NULL;
}

int opencl_fetch(opencl_memory *m, void *memory, nodec_fault *fault)
{
    const opencl_range *r = newest(m, memory);
    opencl_place at;
    if (!r || !opencl_kept(m, memory, r->bytes, &at)) return fault_set(fault, NODEC_EXIT_BUG, "memory is fetched that was not kept");
    if (r->bytes && opencl_read(m->program, at.mem, at.at, r->bytes, memory, fault)) return fault->status;
    if (r->bytes) opencl_arrived(m);
    return 0;
}

void opencl_drop(opencl_memory *m, void *memory)
{
    opencl_range *r = newest(m, memory);
    if (!r) return;
    opencl_take_back(m, r);
    leave(&m->kept, (size_t)(r - m->kept.at));
}

/* ---- what is lent ------------------------------------------------------------------------------ */

int opencl_lend(opencl_memory *m, void *memory, size_t bytes, opencl_range *out, nodec_fault *fault)
{
    *out = (opencl_range){0};
    return take(m, memory, bytes, out, fault) || opencl_send(m, out->mem, 0, memory, bytes, fault) ? fault->status : 0;
}
