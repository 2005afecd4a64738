/* compile.c: `nodec MODEL -o FILE`: fields and models to text.
 *
 * In: a file, and perhaps an experiment's, odef's or model's name.  Out: C and its
 * header, or any stage on the way (--emit, --dump), whole or not at all. */
#include "command.h"

#include <stdio.h>
#include <string.h>

/* How files of a kind end; those that are not here end in "." and their kind. */
static const struct { const char *kind, *text, *header, *host; } endings[] = {
    { "c",      ".c",  ".h",    NULL    },
    { "opencl", ".cl", "_cl.h", "_cl.c" },
    { "llvm",   ".ll", NULL,    NULL    },
    { "obj",    ".o",  NULL,    NULL    },
    { "asm",    ".s",  NULL,    NULL    },
};

static bool ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && !strcmp(text + n - m, end);
}

static const char *ending_of(const Options *o, const char *kind)
{
    for (size_t i = 0; i < COUNT(endings); i++)
        if (!strcmp(endings[i].kind, kind)) return endings[i].text;
    return arena_printf(o->arena, ".%s", kind);
}

/* By --dump, --emit, or the output's name; NULL after saying that there is no such kind. */
static const char *kind_of(const Options *o)
{
    const char *asked = o->dump ? o->dump : o->emit, *kind;
    Text list = { .arena = o->arena };
    for (size_t i = 0; (kind = nodec_kind_name(i)); i++) {
        if (asked ? !strcmp(asked, kind) : o->output && ends_in(o->output, ending_of(o, kind))) return kind;
        text_printf(&list, "%s%s", !i ? "" : nodec_kind_name(i + 1) ? ", " : " and ", kind);
    }
    if (!asked) return "c";
    complain(0, "no stage is called %s; there are %s", asked, text_string(&list));
    return NULL;
}

static const char *with_suffix(const Options *o, const char *path, const char *suffix)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    int length = dot ? (int)(dot - path) : (int)strlen(path);
    return arena_printf(o->arena, "%.*s%s", length, path, suffix);
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The text where -o says, header and host beside it. */
static int write_all(const Options *o, const char *kind, const nodec_output *out)
{
    int status = write_output(o->output ? o->output : "-", out->text, out->length);
    for (size_t i = 0; i < COUNT(endings); i++) {
        if (strcmp(endings[i].kind, kind)) continue;
        if (!status && out->header) status = write_output(with_suffix(o, o->output, endings[i].header), out->header, out->header_length);
        if (!status && out->host) status = write_output(with_suffix(o, o->output, endings[i].host), out->host, out->host_length);
    }
    return status;
}

/* FILE.d for make: the output depends on the model and what it imports. */
static int write_deps(const Options *o, const nodec_unit *u)
{
    Text text = { .arena = o->arena };
    text_printf(&text, "%s: %s", o->output, o->word[0]);
    const char *path;
    for (size_t i = 0; (path = nodec_imported(u, i)); i++) text_printf(&text, " %s", path);
    text_add(&text, "\n");
    return write_output(with_suffix(o, o->output, ".d"), text_string(&text), text.length);
}

static int compile(const Options *o, const char *kind, nodec_unit *u)
{
    bool beside = o->output && strcmp(o->output, "-") && !ends_in(o->output, ".h");
    nodec_request request = request_of(o);
    nodec_output *out;
    request.prefix = o->prefix ? o->prefix : o->output && strcmp(o->output, "-") ? o->output : NULL;
    request.weights = o->weights;
    request.groups = o->groups;
    request.joined = !beside;                   /* one stream has both                */
    if (beside) request.file = last_part(with_suffix(o, o->output, ""));
    int status = answer(o, u, nodec_emit(u, &request, kind, &out));
    if (!status) status = write_all(o, kind, out);
    if (!status && o->deps) status = write_deps(o, u);
    nodec_output_free(out);
    return status;
}

int command_compile(Options *o)
{
    nodec_unit *u;
    const char *kind = kind_of(o);
    if (!kind) return NODEC_EXIT_USAGE;
    if (o->words > 2) return complain(NODEC_EXIT_USAGE, "one NAME at a time, not also %s", o->word[2]);
    if (o->deps && !o->output) return complain(NODEC_EXIT_USAGE, "-MD needs -o FILE");
    int status = open_model(o, &u);
    if (!status) status = compile(o, kind, u);
    nodec_close(u);
    return status;
}
