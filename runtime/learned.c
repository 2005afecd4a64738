/* learned.c: see learned.h. */
#include "learned.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "real.h"
#include "solve.h"

enum { FEW = 24 };

learned learned_of_module(const nodec_module *m)
{
    return (learned){.name = m->name, .real_bytes = m->real_bytes, .params = m->params, .moments = m->moments,
                     .param_rows = m->param_rows, .param = m->param, .code = m->code,
                     .march = m->march};
}

learned learned_of_model(const nodec_model *m)
{
    return (learned){.name = m->name, .real_bytes = m->real_bytes, .params = m->params, .moments = m->moments,
                     .buffers = m->buffers, .param_rows = m->param_rows, .buffer_rows = m->buffer_rows,
                     .param = m->param, .buffer = m->buffer, .code = m->code, .march = m->march};
}

int learned_open(learned *l, nodec_fault *fault)
{
    l->theta  = solve_memory(l->params * l->real_bytes);
    l->moment = solve_memory(l->params * l->moments * l->real_bytes);
    l->kept   = solve_memory(l->buffers * l->real_bytes);
    if (l->theta && l->moment && l->kept) return 0;
    return fault_set(fault, NODEC_EXIT_IO, "out of memory for the %zu parameters of %s", l->params, l->name);
}

void learned_close(learned *l)
{
    free(l->theta);
    free(l->moment);
    free(l->kept);
    l->theta = l->moment = l->kept = NULL;
}

const char *learned_name(const learned *l, size_t index)
{
    for (size_t r = 0; r < l->param_rows; r++)
        if (index >= l->param[r].offset && index - l->param[r].offset < l->param[r].count) return l->param[r].name;
    return "?";
}

static bool own(const nodec_param *p) { return !strchr(p->name, '.'); }

static bool few(size_t reals) { return reals && reals <= FEW; }

static size_t own_reals(const learned *l)
{
    size_t n = 0;
    for (size_t r = 0; r < l->param_rows; r++)
        if (own(&l->param[r])) n += l->param[r].count;
    return n;
}

bool learned_few(const learned *l) { return few(l->params) || few(own_reals(l)); }

bool learned_told(const learned *l, size_t row) { return few(l->params) || (few(own_reals(l)) && own(&l->param[row])); }

void learned_text(const learned *l, char *text, size_t size)
{
    size_t n = 0;
    *text = 0;
    for (size_t r = 0; r < l->param_rows; r++) {
        const nodec_param *p = &l->param[r];
        if (!learned_told(l, r)) continue;
        if (n < size) n += (size_t)snprintf(text + n, size - n, "%s%s %s", n ? ", " : "", p->name, p->rank ? "[" : "");
        for (size_t i = 0; i < p->count && n < size; i++)
            n += (size_t)snprintf(text + n, size - n, "%s%.4g", i ? " " : "", real_at(l->theta, l->real_bytes, p->offset + i));
        if (p->rank && n < size) n += (size_t)snprintf(text + n, size - n, "]");
    }
}
