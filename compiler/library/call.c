/* call.c: the way into the library and, when something fails, out of it.
 *
 * Deep inside, whoever finds no memory or a bug jumps to the Heap's `fail`. That is
 * here; what was under way belongs to the heaps, and nothing else is lost. */
#include "library/library.h"

#include <stdlib.h>
#include <string.h>

static const char no_memory[] = "out of memory";

/* ---- diagnostics ---------------------------------------------------------------------- */

void unit_clear_diagnostics(nodec_unit *u)
{
    arena_clear(&u->said);
    u->diags = (Diags){ .arena = &u->said };
    u->diagnostic = NULL;
    u->count = 0;
}

static void publish(nodec_unit *u)
{
    u->diagnostic = NEW_ARRAY(&u->said, nodec_diagnostic, u->diags.list.count + 1);
    u->count = u->diags.list.count;
    for (size_t i = 0; i < u->count; i++) {
        const Diag *d = &u->diags.list.at[i];
        u->diagnostic[i] = (nodec_diagnostic){
            (int)d->kind, d->at.source ? d->at.source->path : NULL,
            d->at.line, d->at.column, d->at.end_line, d->at.end_column, d->text,
        };
    }
}

int unit_misused(nodec_unit *u, const char *format, ...)
{
    Text text = { .arena = &u->said };
    va_list args;
    va_start(args, format);
    text_vprintf(&text, format, args);
    va_end(args);
    diag_error(&u->diags, (Span){ 0 }, "%s", text_string(&text));
    return NODEC_MISUSE;
}

int unit_outcome(const nodec_unit *u)
{
    return u->diags.errors ? NODEC_WRONG : NODEC_DONE;
}

/* ---- calls ---------------------------------------------------------------------------- */

static int guarded(nodec_unit *u, Body *body, void *call, Heap *also)
{
    jmp_buf here;
    int outcome;
    u->heap.fail = &here;
    if (also) also->fail = &here;
    switch (setjmp(here)) {
    case 0:
        outcome = body(u, call);
        publish(u);
        break;
    case HEAP_BUG:
        outcome = NODEC_BUG;
        break;
    default:
        outcome = NODEC_MEMORY;
    }
    u->heap.fail = NULL;
    if (also) also->fail = NULL;
    return outcome;
}

int unit_break(nodec_unit *u, int outcome)
{
    u->broken = outcome;
    u->last_words = (nodec_diagnostic){ .message = outcome == NODEC_BUG ? u->heap.bug : no_memory };
    u->diagnostic = &u->last_words;
    u->count = 1;
    return outcome;
}

int unit_call(nodec_unit *u, Body *body, void *call, Heap *also)
{
    if (u->broken) return u->broken;
    int outcome = guarded(u, body, call, also);
    if (also && *also->bug) memcpy(u->heap.bug, also->bug, sizeof u->heap.bug);
    return outcome == NODEC_MEMORY || outcome == NODEC_BUG ? unit_break(u, outcome) : outcome;
}

int unit_request(nodec_unit *u, Body *body, void *call, Heap *also)
{
    if (!u) return NODEC_MISUSE;
    if (u->broken) return u->broken;
    if (!u->unit) return u->opened;
    unit_clear_diagnostics(u);
    unit_forget_errors(u->unit);
    return unit_call(u, body, call, also);
}

/* ---- reading them ----------------------------------------------------------------------- */

size_t nodec_diagnostics(const nodec_unit *u, const nodec_diagnostic **diagnostic)
{
    if (diagnostic) *diagnostic = u ? u->diagnostic : NULL;
    return u ? u->count : 0;
}

typedef struct Rendering { bool colour; const char *text; } Rendering;

static int render(nodec_unit *u, void *call)
{
    Rendering *r = call;
    Text text = { .arena = &u->said };
    diag_render(&u->diags, &text, r->colour);
    r->text = text_string(&text);
    return NODEC_DONE;
}

const char *nodec_messages(nodec_unit *u, int colour)
{
    Rendering r = { colour != 0, "" };
    if (!u) return "";
    if (!u->broken && u->count) unit_call(u, render, &r, NULL);
    return u->broken ? u->last_words.message : r.text;
}

/* ---- outputs ------------------------------------------------------------------------------ */

Output *output_new(nodec_unit *u)
{
    const Heap heap = { u->heap.take, u->heap.give, u->heap.self, NULL, NULL, u->heap.largest, "" };
    Output *out = heap.take ? heap.take(heap.self, sizeof *out) : malloc(sizeof *out);
    if (!out) return NULL;
    *out = (Output){ .heap = heap };
    out->arena.heap = &out->heap;
    return out;
}

void nodec_output_free(nodec_output *output)
{
    Output *out = (Output *)output;
    if (!out) return;
    Heap heap = out->heap;
    heap_free(&out->heap);
    if (heap.give) heap.give(heap.self, out);
    else free(out);
}
