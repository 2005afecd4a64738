/* machine.h: the reference machine as an engine (entry.h), for tests of what drives engines.
 *
 * With `apart` it has memory of its own, as a device has: a call reads and writes copies,
 * what is kept stays as it was in the host's memory until it is fetched, and fresh memory
 * holds no numbers, here or there. It can run ahead: then a status that an entry leaves keeps
 * those after it from being done, and nobody hears of it before the end. Calls are checked to stay within the bytes
 * they were given. */
#ifndef ND_TEST_MACHINE_H
#define ND_TEST_MACHINE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entry.h"
#include "loop/loop.h"

enum { MACHINE_KEPT = 16, MACHINE_ARGS = 40 };

typedef struct MachineKept { char *host, *own; size_t bytes, inner; } MachineKept;      /* inner: keeps within it */

typedef struct Machine {
    const Program *program;
    bool   apart;
    size_t calls, breaks_at;        /* breaks_at: this call, counted from 1, fails     */
    size_t moved;                   /* bytes copied to and from its own memory         */
    bool   ahead;
    int    status;                  /* ahead: what an entry left                       */
    MachineKept kept[MACHINE_KEPT];
    size_t count;
    char   fault[256];
} Machine;

static inline size_t machine_real(const Machine *m) { return m->program->real == TYPE_F32 ? 4 : 8; }

static inline MachineKept *machine_find(Machine *m, const void *at)
{
    const char *c = at;
    for (size_t i = 0; i < m->count; i++)
        if (c >= m->kept[i].host && c < m->kept[i].host + m->kept[i].bytes) return &m->kept[i];
    return NULL;
}

static inline int machine_fail(Machine *m, const char *why)
{
    if (!*m->fault) snprintf(m->fault, sizeof m->fault, "%s", why);
    return NODEC_BROKEN;
}

static inline int machine_keep(void *self, void *memory, size_t bytes, int fresh)
{
    Machine *m = self;
    MachineKept *in = machine_find(m, memory);
    if (in) {
        if ((char *)memory + bytes > in->host + in->bytes) return machine_fail(m, "ranges overlap");
        in->inner++;
        return NODEC_OK;
    }
    if (m->count == MACHINE_KEPT) return machine_fail(m, "too much is kept");
    char *own = malloc(bytes);
    if (fresh) memset(own, 0xFF, bytes), memset(memory, 0x3B, bytes);
    else memcpy(own, memory, bytes), m->moved += bytes;
    m->kept[m->count++] = (MachineKept){ memory, own, bytes, 0 };
    return NODEC_OK;
}

static inline int machine_fetch(void *self, void *memory)
{
    Machine *m = self;
    MachineKept *in = machine_find(m, memory);
    if (!in) return NODEC_OK;
    memcpy(in->host, in->own, in->bytes);
    m->moved += in->bytes;
    return NODEC_OK;
}

static inline void machine_drop(void *self, void *memory)
{
    Machine *m = self;
    MachineKept *in = machine_find(m, memory);
    if (!in || in->inner) {
        if (in) in->inner--;
        return;
    }
    free(in->own);
    *in = m->kept[--m->count];
}

/* The machine's copy of an argument, and whether it is one that is `thrown` away. */
static inline void *machine_enter(Machine *m, const nodec_arg *arg, bool *thrown)
{
    if (!m->apart || !arg->buffer) return arg->buffer;
    MachineKept *in = machine_find(m, arg->buffer);
    if (in && (char *)arg->buffer + arg->bytes > in->host + in->bytes) machine_fail(m, "an argument reaches beyond what is kept");
    if (in) return in->own + ((char *)arg->buffer - in->host);
    void *own = aligned_alloc(64, (arg->bytes + 127) / 64 * 64);
    *thrown = true;
    m->moved += arg->bytes;
    return memcpy(own, arg->buffer, arg->bytes);
}

/* Of an argument only what its parameter's kind reads is set. */
static inline LArg machine_given(Machine *m, const nodec_arg *arg, LKind kind, bool *thrown)
{
    *thrown = false;
    if (kind == L_INT) return (LArg){ .i = arg->whole };
    if (kind == L_REAL) return (LArg){ .r = arg->real };
    return (LArg){ .buffer = machine_enter(m, arg, thrown), .elements = arg->bytes / machine_real(m) };
}

static inline int machine_call(void *self, uint32_t entry, const nodec_arg *arg, size_t count, const nodec_parallel *parallel)
{
    Machine *m = self;
    (void)parallel;
    if (++m->calls == m->breaks_at) return machine_fail(m, "the machine is out of oil");
    const LFn *fn = m->program->fn.at[entry];
    LArg given[MACHINE_ARGS] = { 0 };
    bool thrown[MACHINE_ARGS];
    char error[200] = "";
    if (count != fn->param.count || count > MACHINE_ARGS) return machine_fail(m, "the number of arguments");
    for (size_t i = 0; i < count; i++)
        given[i] = machine_given(m, &arg[i], m->program->var.at[fn->param.at[i]].type.kind, &thrown[i]);
    int status = m->ahead && m->status ? 0 : loop_run(m->program, entry, given, count, error, sizeof error);
    if (m->ahead && !m->status && fn->returns) m->status = status;
    for (size_t i = 0; i < count; i++) {
        if (!thrown[i]) continue;
        if (m->ahead && m->program->var.at[fn->param.at[i]].writable) machine_fail(m, "nobody waits for what is not kept");
        if (m->program->var.at[fn->param.at[i]].writable) memcpy(arg[i].buffer, given[i].buffer, arg[i].bytes);
        free(given[i].buffer);
    }
    if (*error) {
        char why[256];
        snprintf(why, sizeof why, "%.40s: %.180s", fn->name, error);
        return machine_fail(m, why);
    }
    return *m->fault ? NODEC_BROKEN : fn->returns && !m->ahead ? status : NODEC_OK;
}

/* Element k of the row of sample s at time i, moved. */
static inline double machine_picked(const Machine *m, const nodec_gather *g, const char *from, size_t s, size_t i, size_t k)
{
    const int32_t *pick = g->pick + s * g->each;
    const size_t row = g->by_time ? (size_t)pick[i] : (size_t)pick[0] + i;
    if (g->height) {
        const long y = (long)(k / g->wide % g->height) - pick[1], x = (long)(k % g->wide) - pick[2];
        if (y < 0 || x < 0 || y >= (long)g->height || x >= (long)g->wide) return 0;
        k -= (size_t)((long)g->wide * pick[1] + pick[2]);
    }
    const size_t at = row * g->width + k;
    return g->of_bytes ? (double)((const unsigned char *)from)[at] : machine_real(m) == 4 ? (double)((const float *)from)[at] : ((const double *)from)[at];
}

static inline int machine_gather(void *self, const nodec_gather *g)
{
    Machine *m = self;
    const MachineKept *to = machine_find(m, g->to), *from = machine_find(m, g->from);
    if (m->ahead && m->status) return NODEC_OK;
    if (!to || !from || g->from_bytes > from->bytes) return machine_fail(m, "what is gathered is not kept");
    m->moved += machine_find(m, g->pick) ? 0 : g->batch * g->each * sizeof *g->pick;
    char *at = to->own + ((char *)g->to - to->host);
    for (size_t s = 0; s < g->batch; s++)
        for (size_t i = 0; i < g->times; i++)
            for (size_t k = 0; k < g->width; k++) {
                const size_t place = s * g->to_sample + i * g->to_time + k;
                const double x = machine_picked(m, g, from->own, s, i, k);
                if (machine_real(m) == 4) ((float *)at)[place] = (float)x;
                else ((double *)at)[place] = x;
            }
    return NODEC_OK;
}

static inline int machine_ahead(void *self, int on)
{
    Machine *m = self;
    const int status = m->status;
    m->ahead = on;
    m->status = NODEC_OK;
    return *m->fault ? NODEC_BROKEN : on ? NODEC_OK : status;
}

static inline const char *machine_fault(void *self)
{
    const Machine *m = self;
    return *m->fault ? m->fault : NULL;
}

static inline void machine_close(void *self)
{
    Machine *m = self;
    while (m->count) free(m->kept[--m->count].own);
    free(m);
}

static inline Machine *machine_new(const Program *program, bool apart)
{
    Machine *m = calloc(1, sizeof *m);
    m->program = program;
    m->apart = apart;
    return m;
}

static inline nodec_code machine_code(Machine *m)
{
    nodec_code code = { .self = m, .call = machine_call, .close = machine_close, .fault = machine_fault };
    if (m->apart) code.keep = machine_keep, code.fetch = machine_fetch, code.drop = machine_drop, code.ahead = machine_ahead, code.gather = machine_gather;
    return code;
}

#endif
