/* opencl_code.c: see opencl_code.h. */
#include "opencl_machine.h"

#include <stdlib.h>
#include <string.h>

enum { PHASES = 3 };

/* ---- arguments of entries ---------------------------------------------------------------------- */

static void add_real(const machine *m, call_args *a, double real)
{
    argument *to = &a->at[a->count++];
    to->size = m->real_bytes;
    to->is = (value){.real = real};
    if (m->real_bytes == sizeof(float)) to->is = (value){.single = (float)real};
}

static int add_arguments(machine *m, const opencl_entry *e, const nodec_arg *arg, size_t count, call_args *a)
{
    if (count != strlen(e->params) || count > ARGUMENTS)
        return fault_set(&m->fault, NODEC_EXIT_BUG, "%s has %zu arguments, not %zu", e->kernel[1] ? e->kernel[1] : e->kernel[0],
                         strlen(e->params), count);
    for (size_t i = 0; i < count; i++) {
        a->from[i] = a->count;
        a->whole[i] = e->params[i] == 'i' ? arg[i].whole : arg[i].buffer != NULL;
        switch (e->params[i]) {
        case 'i': args_whole(a, arg[i].whole); break;
        case 'r': add_real(m, a, arg[i].real); break;
        default:  if (args_buffer(m, a, &arg[i], m->real_bytes, e->params[i] == 'w')) return m->fault.status;
        }
    }
    a->from[count] = a->count;
    return args_finish(m, a);
}

static int run_kernels(machine *m, uint32_t entry, size_t items, const call_args *a)
{
    const opencl_entry *e = &m->entry[entry];
    for (size_t i = 0; i < PHASES; i++)
        if (e->kernel[i] && run_kernel(m, &m->kernels[m->first[entry] + i], e->kernel[i], i == 1 ? items : 1, 1, a)) return m->fault.status;
    return 0;
}

/* ---- launches ---------------------------------------------------------------------------------------- */

typedef struct launching { machine *m; uint32_t entry; const call_args *args; size_t count; } launching;

/* A kernel has some of the arguments, and variables of the host. */
static int queue(void *self, uint32_t number, size_t items, const launch_given *given, size_t count, const int64_t *slot)
{
    const launching *l = self;
    machine *m = l->m;
    const call_args *from = l->args;
    call_args some;
    some.count = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t which = given[i].from == LAUNCH_STATUS ? l->count : given[i].index;
        if (given[i].from == LAUNCH_FROM_SLOT) {
            some.at[some.count++] = (argument){sizeof(int64_t), {.whole = slot[given[i].index]}};
            continue;
        }
        const size_t end = which < l->count ? from->from[which + 1] : from->count;
        for (size_t k = from->from[which]; k < end; k++) some.at[some.count++] = from->at[k];
    }
    const launch *how = m->entry[l->entry].launch;
    return run_kernel(m, &m->kernels[m->first[l->entry] + number], how->kernel[number], items, how->group[number], &some);
}

static int run_launch(machine *m, uint32_t entry, const call_args *a, size_t count)
{
    launching l = {m, entry, a, count};
    return launch_run(m->entry[entry].launch, a->whole, &(launch_host){&l, queue});
}

/* ---- calls ----------------------------------------------------------------------------------------- */

/* A real, so that a kernel may be any function that stores reals. */
static int status_of(const machine *m)
{
    union { float single; double real; } left;
    memcpy(&left, m->copy, sizeof left);
    return m->real_bytes == sizeof(float) ? (int)left.single : (int)left.real;
}

/* Ahead of the host nobody waits for results. */
static int leave_results(machine *m, const call_args *a)
{
    for (size_t i = 0; i < a->lents; i++)
        if (a->back[i]) return fault_set(&m->fault, NODEC_EXIT_BUG, "a kernel that nobody waits for writes what is not kept");
    const cl_int code = m->cl.api.clFlush(m->program.queue);
    return code == CL_SUCCESS ? 0 : opencl_failed(&m->program, "running", code, &m->fault);
}

static int read_results(machine *m, const opencl_entry *e, const call_args *a)
{
    bool look = e->returns;
    if (m->ahead) return leave_results(m, a);
    for (size_t i = 0; i < a->lents; i++) {
        const opencl_range *lent = &a->lent[i];
        if (a->back[i] && lent->mem && opencl_read(&m->program, lent->mem, 0, lent->bytes, lent->from, &m->fault)) return m->fault.status;
        look |= a->back[i];
    }
    if (!look) return 0;
    if (opencl_read(&m->program, m->slate, 0, a->slate, m->copy, &m->fault)) return m->fault.status;
    opencl_arrived(&m->memory);
    for (size_t i = 0; i < a->lents; i++)
        if (a->back[i] && !a->lent[i].mem) memcpy(a->lent[i].from, m->copy + a->place[i], a->lent[i].bytes);
    return 0;
}

static int break_down(machine *m)
{
    m->broken = true;
    return NODEC_BROKEN;
}

static int call(void *self, uint32_t entry, const nodec_arg *arg, size_t count, const nodec_parallel *unused)
{
    machine *m = self;
    (void)unused;
    if (m->broken) return NODEC_BROKEN;
    if (entry >= m->entries || !m->entry[entry].params) {
        fault_set(&m->fault, NODEC_EXIT_BUG, "entry %u is not there", (unsigned)entry);
        return break_down(m);
    }
    const opencl_entry *e = &m->entry[entry];
    call_args a = args_begin(m);
    const size_t items = e->width ? ((size_t)arg[0].whole + e->width - 1) / e->width : 1;
    const bool failed = add_arguments(m, e, arg, count, &a)
                     || (e->launch ? run_launch(m, entry, &a, count) : run_kernels(m, entry, items, &a)) || read_results(m, e, &a);
    for (size_t i = 0; i < a.lents; i++) opencl_take_back(&m->memory, &a.lent[i]);
    return failed ? break_down(m) : e->returns && !m->ahead ? status_of(m) : 0;
}

/* On: the status is 0 once what was queued before is done. Off: waits for it. */
static int ahead(void *self, int on)
{
    machine *m = self;
    if (m->broken) return NODEC_BROKEN;
    memset(m->copy, 0, APART);
    m->ahead = on;
    if (on) return opencl_send(&m->memory, m->slate, 0, m->copy, APART, &m->fault) ? break_down(m) : 0;
    if (opencl_read(&m->program, m->slate, 0, APART, m->copy, &m->fault)) return break_down(m);
    opencl_arrived(&m->memory);
    return status_of(m);
}

static int keep(void *self, void *memory, size_t bytes, int fresh)
{
    machine *m = self;
    if (m->broken) return NODEC_BROKEN;
    return opencl_keep(&m->memory, memory, bytes, fresh, &m->fault) ? break_down(m) : 0;
}

static int gather(void *self, const nodec_gather *g)
{
    machine *m = self;
    if (m->broken) return NODEC_BROKEN;
    return gather_run(m, g) ? break_down(m) : 0;
}

static int fetch(void *self, void *memory)
{
    machine *m = self;
    if (m->broken) return NODEC_BROKEN;
    return opencl_fetch(&m->memory, memory, &m->fault) ? break_down(m) : 0;
}

static void drop(void *self, void *memory)
{
    machine *m = self;
    opencl_drop(&m->memory, memory);
}

static const char *fault(void *self)
{
    static const char prefix[] = "nodec: error: ";              /* whoever asks has a sentence of his own */
    const machine *m = self;
    const char *text = m->fault.text;
    return !m->broken ? NULL : !strncmp(text, prefix, sizeof prefix - 1) ? text + sizeof prefix - 1 : text;
}

/* ---- begin and end ---------------------------------------------------------------------------------- */

/* Only a cache that lasts is of use. */
static bool open_cache(cache *kept)
{
    nodec_fault nowhere = {0};
    if (cache_open(kept, true, &nowhere)) return false;
    if (kept->temporary) cache_close(kept);
    return !kept->temporary;
}

static void remember(const machine *m)
{
    cache kept;
    if (!m->cached || m->broken || !m->program.anew || !open_cache(&kept)) return;
    opencl_remember(&m->program, &kept);
    cache_close(&kept);
}

static void close_machine(void *self)
{
    machine *m = self;
    if (m->program.queue) m->cl.api.clFinish(m->program.queue);
    if (m->program.program) remember(m);
    for (size_t i = 0; m->kernels && i < m->first[m->entries] + GATHERS; i++)
        if (m->kernels[i].id) m->cl.api.clReleaseKernel(m->kernels[i].id);
    if (m->slate) m->cl.api.clReleaseMemObject(m->slate);
    if (m->program.context) opencl_memory_close(&m->memory);
    opencl_release(&m->program);
    opencl_close(&m->cl);
    free(m->kernels);
    free(m->first);
    free(m);
}

static bool make_room(machine *m)
{
    m->first = calloc(m->entries + 1, sizeof *m->first);
    for (size_t i = 0; m->first && i < m->entries; i++)
        m->first[i + 1] = m->first[i] + (m->entry[i].launch ? m->entry[i].launch->kernels : m->entry[i].params ? PHASES : 0);
    if (m->first) m->kernels = calloc(m->first[m->entries] + GATHERS, sizeof *m->kernels);
    return m->kernels != NULL;
}

static int open_machine(machine *m, const char *name, const opencl_source *source, bool use_cache, nodec_fault *out)
{
    if (opencl_open(&m->cl, out)) return out->status;
    const opencl_device *device = opencl_choose(&m->cl, name, out);
    if (!device) return out->status;
    if (source->real_bytes == sizeof(double) && !device->lanes_f64)
        return fault_set(out, NODEC_EXIT_USAGE, "%s has no fp64; --real f32 runs there", device->name);
    cache kept;
    char *text = gather_text(source->text);
    if (!text) return fault_set(out, NODEC_EXIT_IO, "out of memory");
    m->cached = use_cache && open_cache(&kept);
    opencl_build(&m->program, &m->cl, device, text, m->cached ? &kept : NULL, out);
    free(text);
    if (out->status) return out->status;
    m->memory.program = &m->program;
    if (!make_room(m)) return fault_set(out, NODEC_EXIT_IO, "out of memory");
    m->slate = opencl_buffer(&m->program, SLATE, NULL, out);
    return out->status;
}

nodec_code *opencl_code_open(const char *device, const opencl_source *source, bool use_cache, nodec_fault *out)
{
    machine *m = calloc(1, sizeof *m);
    if (!m) return fault_set(out, NODEC_EXIT_IO, "out of memory"), NULL;
    m->code = (nodec_code){.self = m, .call = call, .keep = keep, .fetch = fetch, .drop = drop, .ahead = ahead, .gather = gather,
                           .close = close_machine, .fault = fault};
    m->real_bytes = source->real_bytes;
    m->entry = source->entry;
    m->entries = source->entries;
    if (!open_machine(m, device, source, use_cache, out)) return &m->code;
    close_machine(m);
    return NULL;
}

const char *opencl_code_loses(const nodec_code *code)
{
    const machine *m = code->self;
    return opencl_loses(m->program.device);
}

const char *opencl_code_device(const nodec_code *code)
{
    const machine *m = code->self;
    return m->program.device->name;
}

bool opencl_code_wants_items(const char *name)
{
    opencl cl;
    nodec_fault ignored = {0};
    const opencl_device *device = opencl_open(&cl, &ignored) ? NULL : opencl_choose(&cl, name, &ignored);
    const bool wants = device && (device->type & CL_DEVICE_TYPE_GPU || getenv("NODEC_ITEMS"));
    opencl_close(&cl);
    return wants;
}
