/* check.c: `nodec check`: what is wrong with a file, or how big what it defines is.
 *
 * For every odef and every model that needs no arguments: its states, inputs, layers
 * and parameters with shapes, and the work of one evaluation of f. */
#include "command.h"

#include <string.h>

static const char *plural(size_t n) { return n == 1 ? "" : "s"; }

static void add_shape(Text *text, const nodec_row *row)
{
    for (size_t i = 0; i < row->rank; i++)
        text_printf(text, "%s%u%s", i ? ", " : "[", (unsigned)row->shape[i], i + 1 == row->rank ? "]" : "");
}

static void add_row(Text *text, const char *kind, const nodec_row *row, const char *rest)
{
    Text left = { .arena = text->arena };
    text_add(&left, row->name);
    add_shape(&left, row);
    text_printf(text, *rest ? "    %-7s %-28s %s\n" : "    %-7s %s\n", kind, text_string(&left), rest);
}

static void add_field(Text *text, const nodec_definition *d)
{
    text_printf(text, "%s: %zu state%s, %zu parameter%s\n", d->instance, d->states, plural(d->states), d->params, plural(d->params));
    for (const nodec_row *row = d->row; row < d->row + d->rows; row++) {
        if (row->part == NODEC_STATE) add_row(text, "state", row, row->given ? "" : "starts where the model says");
        if (row->part == NODEC_INPUT) add_row(text, "input", row, "");
        if (row->part == NODEC_PARAM) add_row(text, "param", row, row->positive ? "positive" : "");
        if (row->part == NODEC_OUTPUT) add_row(text, "output", row, "");
    }
    text_printf(text, "    f: %.0f flops and %.0f of exp, tanh and the like; %s\n\n", d->flops, d->transcendentals,
                d->uses_time ? "depends on time" : "time-invariant");
}

/* ---- models ------------------------------------------------------------------------- */

/* "feature.norm1" of "feature.norm1.weight". */
static size_t layer_length(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? (size_t)(dot - path) : 0;
}

static bool same_layer(const char *a, const char *b)
{
    size_t n = layer_length(a);
    return n == layer_length(b) && !memcmp(a, b, n);
}

static void add_part(Text *out, const nodec_row *row)
{
    size_t n = layer_length(row->name);
    text_printf(out, "%s%s", out->length ? "  " : "", row->name + n + (n > 0));
    add_shape(out, row);
}

/* A line per layer: its parameters, and what it remembers. */
static void add_layer(Text *text, const nodec_definition *d, const nodec_row *first)
{
    const nodec_row *end = d->row + d->rows, *row = first;
    Text line = { .arena = text->arena };
    for (; row < end && row->part == NODEC_PARAM && same_layer(row->name, first->name); row++) add_part(&line, row);
    bool keeps = false;
    for (; row < end; row++) {
        if (row->part != NODEC_BUFFER || !same_layer(row->name, first->name)) continue;
        text_add(&line, keeps ? "" : ", keeps");
        add_part(&line, row);
        keeps = true;
    }
    size_t n = layer_length(first->name);
    text_printf(text, "    %-7s %-28s %s\n", "layer", n ? arena_string(text->arena, first->name, n) : d->name, text_string(&line));
}

static void add_solve(Text *text, const nodec_definition *d, const nodec_row *solve)
{
    Text line = { .arena = text->arena };
    text_add(&line, "from ");
    text_real(&line, solve->from, false);
    text_add(&line, " to ");
    text_real(&line, solve->to, false);
    for (const nodec_row *row = solve + 1; row < d->row + d->rows && row->part == NODEC_STATE; row++) {
        text_printf(&line, ", %s", row->name);
        add_shape(&line, row);
    }
    text_printf(text, "    %-7s %-28s %s\n", "solve", solve->name, text_string(&line));
    text_printf(text, "            f: %.0f flops and %.0f of exp, tanh and the like\n", solve->flops, solve->transcendentals);
}

static void add_model(Text *text, const nodec_definition *d)
{
    text_printf(text, "%s: %zu parameter%s, %zu buffer%s\n", d->instance, d->params, plural(d->params), d->buffers, plural(d->buffers));
    for (const nodec_row *row = d->row, *before = NULL; row < d->row + d->rows; before = row++) {
        bool more = before && before->part == row->part && same_layer(before->name, row->name);
        if (row->part == NODEC_INPUT)
            add_row(text, "input", row, row->classes ? arena_printf(text->arena, "whole, 0 to %zu", row->classes - 1) : "");
        if (row->part == NODEC_PARAM && !more) add_layer(text, d, row);
        if (row->part == NODEC_SOLVE) add_solve(text, d, row);
        if (row->part == NODEC_OUTPUT) add_row(text, "output", row, "");
        if (row->part == NODEC_LOSS) add_row(text, "loss", row, "");
        if (row->part == NODEC_METRIC) add_row(text, "metric", row, "");
    }
    text_printf(text, "    outside of solves: %.0f flops and %.0f of exp, tanh and the like per sample\n\n", d->flops, d->transcendentals);
}

int command_check(Options *o)
{
    nodec_unit *u;
    const nodec_definition *d;
    size_t count;
    const nodec_request everything = { .size = sizeof everything, .real_bytes = request_of(o).real_bytes };
    int status = open_model(o, &u);
    if (!status) status = answer(o, u, nodec_describe(u, &everything, &d, &count));
    Text text = { .arena = o->arena };
    for (size_t i = 0; !status && i < count; i++) {
        if (d[i].kind == NODEC_ODEF) add_field(&text, &d[i]);
        if (d[i].kind == NODEC_MODEL) add_model(&text, &d[i]);
        if (d[i].kind == NODEC_EXPERIMENT) text_printf(&text, "experiment %s\n", d[i].name);
    }
    if (!status) status = write_output("-", text_string(&text), text.length);
    nodec_close(u);
    return status;
}
