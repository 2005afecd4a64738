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

/* "nodec: error: why" and lines like "nodec: note: more". */
int unit_fault(nodec_unit *u, const nodec_fault *fault)
{
    static const struct { const char *begins; DiagKind kind; } kinds[] = {
        { "nodec: error: ", DIAG_ERROR }, { "nodec: note: ", DIAG_NOTE }, { "nodec: help: ", DIAG_HELP },
        { "note: ", DIAG_NOTE }, { "help: ", DIAG_HELP },
    };
    for (const char *at = fault->text; *at; at += strcspn(at, "\n"), at += *at == '\n') {
        DiagKind kind = at == fault->text ? DIAG_ERROR : DIAG_NOTE;
        for (size_t i = 0; i < COUNT(kinds); i++)
            if (!strncmp(at, kinds[i].begins, strlen(kinds[i].begins))) kind = kinds[i].kind, at += strlen(kinds[i].begins);
        const int length = (int)strcspn(at, "\n");
        const char *placed = strstr(at, ": error: ");           /* in a file that is no model */
        if (placed && placed >= at + length) placed = NULL;
        const int place = placed ? (int)(placed - at) + 2 : 0, skip = placed ? place + (int)strlen("error: ") : 0;
        if (kind == DIAG_ERROR) diag_error(&u->diags, (Span){ 0 }, "%.*s%.*s", place, at, length - skip, at + skip);
        else if (kind == DIAG_NOTE) diag_note(&u->diags, (Span){ 0 }, "%.*s", length, at);
        else diag_help(&u->diags, "%.*s", length, at);
    }
    return fault->status == NODEC_EXIT_USAGE ? NODEC_MISUSE : fault->status == NODEC_EXIT_IO ? NODEC_SYSTEM
         : fault->status == NODEC_EXIT_BUG ? NODEC_BUG : NODEC_WRONG;
}

int unit_outcome(const nodec_unit *u)
{
    return u->diags.errors ? NODEC_WRONG : NODEC_DONE;
}

/* ---- calls ---------------------------------------------------------------------------- */

int unit_break(nodec_unit *u, int outcome)
{
    u->broken = outcome;
    u->last_words = (nodec_diagnostic){ .message = outcome == NODEC_BUG ? u->escape.bug : no_memory };
    u->diagnostic = &u->last_words;
    u->count = 1;
    return outcome;
}

int unit_call(nodec_unit *u, Body *body, void *call, Heap *also)
{
    Escape *outside = u->heap.fail;
    int outcome;
    if (u->broken) return u->broken;
    u->heap.fail = &u->escape;
    if (also) also->fail = &u->escape;
    switch (setjmp(u->escape.to)) {
    case 0:
        outcome = body(u, call);
        publish(u);
        break;
    case HEAP_BUG:
        outcome = unit_break(u, NODEC_BUG);
        break;
    default:
        outcome = unit_break(u, NODEC_MEMORY);
    }
    u->heap.fail = outside;
    if (also) also->fail = NULL;
    return outcome;
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

void *object_new(const nodec_unit *u, size_t bytes, Heap *heap)
{
    *heap = (Heap){ .take = u->heap.take, .give = u->heap.give, .self = u->heap.self, .largest = u->heap.largest };
    void *object = heap->take ? heap->take(heap->self, bytes) : malloc(bytes);
    return object ? memset(object, 0, bytes) : NULL;
}

void object_free(void *object, Heap *in_it)
{
    const Heap heap = *in_it;
    heap_free(in_it);
    if (heap.give) heap.give(heap.self, object);
    else free(object);
}

Output *output_new(nodec_unit *u)
{
    Heap heap;
    Output *out = object_new(u, sizeof *out, &heap);
    if (!out) return NULL;
    out->heap = heap;
    out->arena.heap = &out->heap;
    return out;
}

void nodec_output_free(nodec_output *output)
{
    Output *out = (Output *)output;
    if (out) object_free(out, &out->heap);
}
