/* opencl_gather.c: batches out of data that are kept, by kernels of our own: what a sample
 * is lies on the device, which of them a batch has is sent. A group of items copies a row
 * that is long, an item one that is short. */
#include "opencl_machine.h"

#include <stdlib.h>
#include <string.h>

enum { ITEMS = 64 };

static const char gathers[] =
    "\n/* ---- batches ------------------------------------------------------------------------ */\n\n"
    "#define GATHER(name, type)                                                                              \\\n"
    "__kernel void name(__global real *to, long to_at, __global const type *from, long from_at,              \\\n"
    "                   __global const int *pick, long pick_at, long each, long by_time, long rows,          \\\n"
    "                   long times, long items,                                                              \\\n"
    "                   long width, long to_sample, long to_time, long height, long wide,                    \\\n"
    "                   __global const real *status, long status_at)                                         \\\n"
    "{                                                                                                       \\\n"
    "    const long item = (long)get_global_id(0), row = item/items, s = row/times, i = row%times;           \\\n"
    "    if (status[status_at] != 0 || row >= rows) return;                                                  \\\n"
    "    pick += pick_at + s*each;                                                                           \\\n"
    "    from += from_at + (by_time ? (long)pick[i] : (long)pick[0] + i)*width;                              \\\n"
    "    to += to_at + s*to_sample + i*to_time;                                                              \\\n"
    "    for (long k = item%items; k < width; k += items) {                                                  \\\n"
    "        if (!height) {                                                                                  \\\n"
    "            to[k] = (real)from[k];                                                                      \\\n"
    "        } else {                                                                                        \\\n"
    "            const long y = k/wide%height - pick[1], x = k%wide - pick[2];                               \\\n"
    "            const int inside = y >= 0 && y < height && x >= 0 && x < wide;                              \\\n"
    "            to[k] = inside ? (real)from[k - pick[1]*wide - pick[2]] : (real)0;                          \\\n"
    "        }                                                                                               \\\n"
    "    }                                                                                                   \\\n"
    "}\n\n"
    "GATHER(nodec_gather_reals, real)\n"
    "GATHER(nodec_gather_bytes, uchar)\n";

char *gather_text(const char *program)
{
    const size_t length = strlen(program);
    char *text = malloc(length + sizeof gathers);
    if (!text) return NULL;
    memcpy(text, program, length);
    memcpy(text + length, gathers, sizeof gathers);
    return text;
}

/* Of a row. */
static size_t items_of(const nodec_gather *g) { return g->width < ITEMS ? 1 : ITEMS; }

static int add_arguments(machine *m, const nodec_gather *g, call_args *a)
{
    const nodec_arg to = {.buffer = g->to, .bytes = g->to_bytes}, from = {.buffer = g->from, .bytes = g->from_bytes};
    const nodec_arg pick = {.buffer = g->pick, .bytes = g->batch * g->each * sizeof *g->pick};
    const size_t whole[] = {g->each, g->by_time != 0, g->batch * g->times, g->times, items_of(g), g->width, g->to_sample, g->to_time, g->height, g->wide};
    if (args_buffer(m, a, &to, m->real_bytes, true) || args_buffer(m, a, &from, g->of_bytes ? 1 : m->real_bytes, false) ||
        args_buffer(m, a, &pick, sizeof *g->pick, false))
        return m->fault.status;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) args_whole(a, (int64_t)whole[i]);
    return args_finish(m, a);
}

int gather_run(machine *m, const nodec_gather *g)
{
    call_args a = args_begin(m);
    kernel *k = &m->kernels[m->first[m->entries] + (g->of_bytes != 0)];
    const char *name = g->of_bytes ? "nodec_gather_bytes" : "nodec_gather_reals";
    const size_t groups = (g->batch * g->times * items_of(g) + ITEMS - 1) / ITEMS;
    const bool failed = add_arguments(m, g, &a) || run_kernel(m, k, name, groups, ITEMS, &a);
    for (size_t i = 0; i < a.lents; i++) opencl_take_back(&m->memory, &a.lent[i]);
    return failed ? m->fault.status : 0;
}
