/* profile_names.c: from what a profile saw to layers and ops of the model. See profile.h.
 *
 * A stack belongs to the innermost origin on it that is a node of the model: a kernel
 * that several layers share to the layer that called it, code that was inlined to the
 * statement it was inlined in. If there is none, to the innermost function.            */
#include <dlfcn.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "profile_in.h"

typedef struct row {                /* of one place in the model                    */
    const char *layer, *op, *file;
    int line;
    bool back;
    uint64_t samples;
} row;

typedef struct group { const char *layer; uint64_t samples, back; const row *row; size_t rows; } group;

typedef struct summary {
    row   *row;   size_t rows;
    group *group; size_t groups;
    uint64_t samples;
} summary;

/* ---- what a stack belongs to --------------------------------------------------------------- */

static const profile_part *part_at(const nodec_profile *p, uintptr_t pc)
{
    for (size_t i = 0; i < p->codes; i++)
        if (pc >= p->code[i].low && pc < p->code[i].high) return &p->code[i];
    return NULL;
}

static const nodec_origin *origin_of(const nodec_profile *p, const profile_stack *s)
{
    enum { MOST = 16 };
    const nodec_origin *function = NULL;
    for (size_t i = 0; i < PROFILE_DEPTH && s->pc[i]; i++) {
        uint32_t line[MOST];
        const profile_part *part = part_at(p, s->pc[i]);
        const size_t lines = part ? dwarf_lines(&part->lines, s->pc[i], line, MOST) : 0;
        for (size_t k = 0; k < lines; k++) {
            const size_t at = line[k] / PROFILE_LINES;
            if (!at || at >= part->origins) continue;
            if (part->origin[at].kind != NODEC_ORIGIN_FUNCTION) return &part->origin[at];
            if (!function) function = &part->origin[at];
        }
    }
    return function;
}

/* Code that is not the model's: by the name it has, or that of its file. Who yields waits (pool.c). */
static row outside(const nodec_profile *p, const profile_stack *s)
{
    Dl_info info = {0};
    row r = {.layer = "(runtime)", .op = "nodec"};
    if (part_at(p, s->pc[0])) r.op = "compiled code";
    else if (dladdr((void *)s->pc[0], &info) && info.dli_sname) r.op = strstr(info.dli_sname, "sched_yield") ? "waiting for threads" : info.dli_sname;
    else if (info.dli_fname) r.op = strrchr(info.dli_fname, '/') ? strrchr(info.dli_fname, '/') + 1 : info.dli_fname;
    return r;
}

static row row_of(const nodec_profile *p, const profile_stack *s)
{
    const nodec_origin *o = origin_of(p, s);
    if (!o) return outside(p, s);
    row r = {.layer = o->layer, .op = o->op, .file = o->file, .line = o->line, .back = o->back};
    if (!r.layer) r.layer = o->kind == NODEC_ORIGIN_PARAM ? "(training)" : o->file ? "(model)" : "(solver)";
    return r;
}

/* ---- sums --------------------------------------------------------------------------------------- */

static int compare_text(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : ""); }

/* Neighbours are the same place, layers together. */
static int by_place(const void *a, const void *b)
{
    const row *x = a, *y = b;
    int order = compare_text(x->layer, y->layer);
    if (!order) order = compare_text(x->op, y->op);
    if (!order) order = compare_text(x->file, y->file);
    if (!order) order = (x->line > y->line) - (x->line < y->line);
    return order ? order : x->back - y->back;
}

/* In a layer the longest first. */
static int by_time(const void *a, const void *b)
{
    const row *x = a, *y = b;
    const int order = compare_text(x->layer, y->layer);
    if (order) return order;
    return x->samples != y->samples ? (x->samples < y->samples ? 1 : -1) : by_place(a, b);
}

static int groups_by_time(const void *a, const void *b)
{
    const group *x = a, *y = b;
    return x->samples != y->samples ? (x->samples < y->samples ? 1 : -1) : strcmp(x->layer, y->layer);
}

static void merge(summary *s)
{
    size_t n = 0;
    if (s->rows) qsort(s->row, s->rows, sizeof *s->row, by_place);
    for (size_t i = 0; i < s->rows; i++) {
        if (n && !by_place(&s->row[n - 1], &s->row[i])) s->row[n - 1].samples += s->row[i].samples;
        else s->row[n++] = s->row[i];
    }
    s->rows = n;
    if (n) qsort(s->row, n, sizeof *s->row, by_time);
}

static void gather(summary *s)
{
    for (size_t i = 0; i < s->rows; i++) {
        const row *r = &s->row[i];
        if (!s->groups || strcmp(s->group[s->groups - 1].layer, r->layer))
            s->group[s->groups++] = (group){.layer = r->layer, .row = r};
        group *g = &s->group[s->groups - 1];
        g->rows++;
        g->samples += r->samples;
        if (r->back) g->back += r->samples;
    }
    if (s->groups) qsort(s->group, s->groups, sizeof *s->group, groups_by_time);
}

static bool summarise(const nodec_profile *p, summary *s)
{
    *s = (summary){.row = calloc(p->stacks + 1, sizeof *s->row), .group = calloc(p->stacks + 1, sizeof *s->group)};
    if (!s->row || !s->group) return false;
    for (size_t i = 0; i < PROFILE_STACKS; i++) {
        if (!p->stack[i].count) continue;
        row r = row_of(p, &p->stack[i]);
        s->samples += r.samples = p->stack[i].count;
        s->row[s->rows++] = r;
    }
    merge(s);
    gather(s);
    return true;
}

static void forget(summary *s)
{
    free(s->row);
    free(s->group);
}

/* ---- as text ---------------------------------------------------------------------------------------- */

static double share(const summary *s, uint64_t samples) { return s->samples ? (double)samples / (double)s->samples : 0; }

static void print_row(const summary *s, const row *r, double ms, FILE *to)
{
    const double of = share(s, r->samples);
    char place[300] = "";
    if (r->file) snprintf(place, sizeof place, "  %s:%d", r->file, r->line);
    fprintf(to, "  %5.1f %%  %10.4f  %22s    %-*s%s%s\n", 100 * of, ms * of, "", r->back || r->file ? 12 : 0, r->op,
            r->back ? "  backward" : r->file ? "          " : "", place);
}

void profile_table(const nodec_profile *p, uint64_t steps, double seconds, FILE *to)
{
    static const double SMALL = 0.001;                  /* what is less is in the sum of its layer only */
    const double ms = steps ? seconds * 1e3 / (double)steps : 0;
    summary s;
    if (!summarise(p, &s)) fputs("no memory for the profile\n", to);
    else {
        fprintf(to, "profile: %llu samples of %llu steps, %.4f ms each\n", (unsigned long long)s.samples, (unsigned long long)steps, ms);
        fprintf(to, "     time     ms/step     forward    backward  layer\n");
        for (size_t i = 0; i < s.groups; i++) {
            const group *g = &s.group[i];
            const double of = share(&s, g->samples), back = share(&s, g->back);
            fprintf(to, "  %5.1f %%  %10.4f  %10.4f  %10.4f  %s\n", 100 * of, ms * of, ms * (of - back), ms * back, g->layer);
            for (size_t k = 0; k < g->rows; k++)
                if (share(&s, g->row[k].samples) >= SMALL) print_row(&s, &g->row[k], ms, to);
        }
        if (p->lost) fprintf(to, "  %llu samples found no room\n", (unsigned long long)p->lost);
    }
    forget(&s);
}

/* ---- as JSON ---------------------------------------------------------------------------------------- */

static json_t *json_row(const summary *s, const row *r, double ms)
{
    json_t *o = json_object();
    json_object_set_new(o, "op", json_string(r->op));
    json_object_set_new(o, "file", r->file ? json_string(r->file) : json_null());
    json_object_set_new(o, "line", r->file ? json_integer(r->line) : json_null());
    json_object_set_new(o, "backward", json_boolean(r->back));
    json_object_set_new(o, "percent", json_real(100 * share(s, r->samples)));
    json_object_set_new(o, "ms_per_step", json_real(ms * share(s, r->samples)));
    return o;
}

static json_t *json_group(const summary *s, const group *g, double ms)
{
    json_t *o = json_object(), *ops = json_array();
    json_object_set_new(o, "layer", json_string(g->layer));
    json_object_set_new(o, "percent", json_real(100 * share(s, g->samples)));
    json_object_set_new(o, "ms_per_step", json_real(ms * share(s, g->samples)));
    json_object_set_new(o, "forward_ms", json_real(ms * share(s, g->samples - g->back)));
    json_object_set_new(o, "backward_ms", json_real(ms * share(s, g->back)));
    for (size_t k = 0; k < g->rows; k++) json_array_append_new(ops, json_row(s, &g->row[k], ms));
    json_object_set_new(o, "ops", ops);
    return o;
}

json_t *profile_json(const nodec_profile *p, uint64_t steps, double seconds)
{
    const double ms = steps ? seconds * 1e3 / (double)steps : 0;
    summary s;
    json_t *o = NULL;
    if (summarise(p, &s)) {
        json_t *layers = json_array();
        o = json_object();
        json_object_set_new(o, "samples", json_integer((json_int_t)s.samples));
        json_object_set_new(o, "steps", json_integer((json_int_t)steps));
        json_object_set_new(o, "ms_per_step", json_real(ms));
        for (size_t i = 0; i < s.groups; i++) json_array_append_new(layers, json_group(&s, &s.group[i], ms));
        json_object_set_new(o, "layers", layers);
    }
    forget(&s);
    return o;
}
