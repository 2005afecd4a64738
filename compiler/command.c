/* command.c: what the verbs share: messages, files, numbers, the model. */
#include "command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int complain(int status, const char *format, ...)
{
    va_list args;
    fputs("nodec: error: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    return status;
}

int report(const Options *o, const Diags *diags)
{
    Text text = { .arena = o->arena };
    if (!diags->list.count) return NODEC_EXIT_OK;
    diag_render(diags, &text, o->colour);
    fputs(text_string(&text), stderr);
    return diags->errors ? NODEC_EXIT_DATA : NODEC_EXIT_OK;
}

/* ---- the library ---------------------------------------------------------------------- */

static void say(int severity, const char *message)
{
    static const char *const kind[] = { [NODEC_ERROR] = "error", [NODEC_WARNING] = "warning", [NODEC_NOTE] = "note", [NODEC_HELP] = "help" };
    if (severity == NODEC_ERROR) complain(0, "%s", message);
    else fprintf(stderr, "%s: %s\n", kind[severity], message);
}

/* What is about the model is shown with its place, what is not like the command's own words. */
int answer(const Options *o, nodec_unit *u, int outcome)
{
    const nodec_diagnostic *said;
    size_t count = nodec_diagnostics(u, &said);
    if (!u && outcome) return complain(NODEC_EXIT_BUG, "out of memory");
    if (outcome == NODEC_DONE || outcome == NODEC_WRONG) fputs(nodec_messages(u, o->colour), stderr);
    else for (size_t i = 0; i < count; i++) say(said[i].severity, said[i].message);
    return outcome == NODEC_MEMORY ? NODEC_EXIT_BUG : outcome;
}

int open_model(Options *o, nodec_unit **u)
{
    size_t length;
    const char *path = o->word[0], *text = NULL;
    bool input = !strcmp(path, "-");            /* the command's to read, and to name */
    *u = NULL;
    if (input && !(text = file_read(o->arena, path, &length))) return complain(NODEC_EXIT_IO, "-: %s", strerror(errno));
    int outcome = input ? nodec_open_text("<stdin>", text, length, u) : nodec_open_file(path, u);
    if (*u) {
        o->names = &(*u)->names;
        o->unit = (*u)->unit;
        (*u)->heap.fail = o->arena->heap->fail;     /* of what is done with it without the library */
    }
    return answer(o, *u, outcome);
}

nodec_request request_of(const Options *o)
{
    return (nodec_request){
        .size = sizeof(nodec_request), .name = o->words > 1 ? o->word[1] : NULL, .set = o->set, .sets = o->sets,
        .real_bytes = real_of(o) == TYPE_F64 ? 8 : 4, .cpu = o->cpu,
    };
}

/* ---- files, numbers ---------------------------------------------------------------------- */

int write_output(const char *path, const char *text, size_t length)
{
    if (!strcmp(path, "-")) {
        if (fwrite(text, 1, length, stdout) == length && !fflush(stdout)) return NODEC_EXIT_OK;
        return complain(NODEC_EXIT_IO, "standard output: %s", strerror(errno));
    }
    if (!file_write(path, text, length)) return NODEC_EXIT_OK;
    return complain(NODEC_EXIT_IO, "%s: %s", path, strerror(errno));
}

Type real_of(const Options *o)
{
    return o->real && !strcmp(o->real, "f64") ? TYPE_F64 : TYPE_F32;
}

bool number_of(const char *text, long long least, long long most, long long *value)
{
    char *end;
    errno = 0;
    *value = strtoll(text, &end, 10);
    return end != text && !*end && !errno && *value >= least && *value <= most;
}
