/* points.c: see points.h. */
#include "points.h"

#include <stdlib.h>
#include <string.h>

#include "data_from.h"
#include "philox.h"
#include "real.h"

/* ---- where values go ------------------------------------------------------------------- */

static int find(points *p, const char *name, size_t count, place *to, nodec_fault *fault)
{
    const nodec_module *m = p->sweep->module;
    const nodec_state *row = data_row(m->state, m->state_rows, name);
    to->input = !row;
    if (!row) row = data_row(m->input, m->input_rows, name);
    if (!row) return fault_set(fault, NODEC_EXIT_DATA, "%s has no state or input `%s`", m->name, name);
    to->offset = row->offset;
    to->count = row->count;
    if (count && count != row->count)
        return fault_set(fault, NODEC_EXIT_DATA, "`%s` of %s holds %zu number%s, not %zu", name, m->name, row->count,
                         row->count == 1 ? "" : "s", count);
    return 0;
}

static bool has(const points *p, const char *name)
{
    for (size_t i = 0; i < p->places; i++)
        if (!strcmp(p->place[i].varied ? p->place[i].varied->name : p->place[i].value->name, name)) return true;
    return false;
}

/* Every given state, and every input without a default, has a value. */
static int complete(const points *p, nodec_fault *fault)
{
    const nodec_module *m = p->sweep->module;
    for (size_t r = 0; r < m->state_rows; r++)
        if (m->state[r].given && !has(p, m->state[r].name))
            return fault_set(fault, NODEC_EXIT_DATA, "run: state `%s` of %s has no initial value", m->state[r].name, m->name);
    for (size_t r = 0; r < m->input_rows; r++)
        if (!m->input_default && !has(p, m->input[r].name))
            return fault_set(fault, NODEC_EXIT_DATA, "run: input `%s` of %s has no value", m->input[r].name, m->name);
    return 0;
}

static uint64_t stream_of(const points *p, const char *what, const char *name)
{
    char text[200];
    snprintf(text, sizeof text, "%s.%s", what, name);
    return nodec_stream(p->sweep->seed, text);
}

int points_open(points *p, const nodec_sweep *s, nodec_fault *fault)
{
    *p = (points){.sweep = s, .place = calloc(s->over.names + s->values + 1, sizeof(place))};
    if (!p->place) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    uint64_t every = s->over.count;
    for (size_t i = 0; i < s->over.names; i++) {
        const nodec_varied *v = &s->over.varied[i];
        place *to = &p->place[p->places];
        *to = (place){.varied = v, .stream = stream_of(p, "over", v->name)};
        if (find(p, v->name, v->points ? v->count : 0, to, fault)) break;
        if (s->over.kind == NODEC_OVER_GRID) every /= v->points;
        to->every = every;
        p->places++;
    }
    for (size_t i = 0; i < s->values && !fault->status; i++) {
        const nodec_value *v = &s->value[i];
        place *to = &p->place[p->places];
        *to = (place){.value = v, .stream = stream_of(p, "run", v->name)};
        if (!find(p, v->name, v->draw.law == NODEC_FIXED ? v->count : 0, to, fault)) p->places++;
    }
    if (!fault->status) complete(p, fault);
    if (fault->status) points_close(p);
    return fault->status;
}

void points_close(points *p)
{
    free(p->place);
    *p = (points){0};
}

/* ---- values ------------------------------------------------------------------------------- */

size_t points_index(const points *p, size_t varied, uint64_t i)
{
    const place *at = &p->place[varied];
    return p->sweep->over.kind == NODEC_OVER_GRID ? (size_t)(i / at->every % at->varied->points) : (size_t)i;
}

static double drawn(const nodec_draw *law, uint64_t stream, uint64_t i, size_t element)
{
    const uint32_t who = (uint32_t)i, which = (uint32_t)element;
    switch (law->law) {
    case NODEC_FIXED:   return law->a;
    case NODEC_UNIFORM: return law->a + (law->b - law->a) * nodec_uniform(stream, 0, who, which);
    case NODEC_NORMAL:  break;
    }
    return law->a + law->b * nodec_normal(stream, 0, who, which);
}

static double element_of(const points *p, const place *at, uint64_t i, size_t element)
{
    if (at->value && at->value->draw.law == NODEC_FIXED) return at->value->fixed[element];
    if (at->value) return drawn(&at->value->draw, at->stream, i, element);
    if (p->sweep->over.kind == NODEC_OVER_SAMPLE) return drawn(&at->varied->draw, at->stream, i, element);
    return at->varied->at[points_index(p, (size_t)(at - p->place), i) * at->count + element];
}

static void put(const points *p, const place *at, uint64_t i, void *row)
{
    for (size_t e = 0; e < at->count; e++)
        real_put(row, p->sweep->module->real_bytes, at->offset + e, element_of(p, at, i, e));
}

void points_fill(const points *p, uint64_t first, size_t batch, void *given, void *inputs)
{
    const nodec_module *m = p->sweep->module;
    for (size_t b = 0; b < batch; b++) {
        void *const x = real_address(given, m->real_bytes, b * m->states);
        void *const u = real_address(inputs, m->real_bytes, b * m->inputs);
        if (m->inputs && m->input_default) memcpy(u, m->input_default, m->inputs * m->real_bytes);
        for (size_t k = 0; k < p->places; k++) put(p, &p->place[k], first + b, p->place[k].input ? u : x);
    }
}

double points_value(const points *p, size_t varied, uint64_t i, size_t element)
{
    const double value = element_of(p, &p->place[varied], i, element);
    return p->sweep->module->real_bytes == 4 ? (double)(float)value : value;
}
