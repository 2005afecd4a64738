/* command.c: what the verbs share: messages, files, numbers, the model. */
#include "command.h"
#include "pass/pass.h"

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

int open_model(const Options *o, Diags *diags, Unit **unit)
{
    size_t length;
    Source *source = NEW(o->arena, Source);
    source->path = strcmp(o->word[0], "-") ? o->word[0] : "<stdin>";
    source->text = file_read(o->arena, o->word[0], &length);
    if (!source->text) return complain(NODEC_EXIT_IO, "%s: %s", o->word[0], strerror(errno));
    source->length = length;
    *unit = unit_of_source(o->arena, o->names, source, diags);
    if (*unit) unit_differentiates(*unit, vjp_into);
    return *unit && !diags->errors ? NODEC_EXIT_OK : NODEC_EXIT_DATA;
}

int write_output(const char *path, const Text *text)
{
    if (!strcmp(path, "-")) {
        if (fwrite(text->at, 1, text->length, stdout) == text->length && !fflush(stdout)) return NODEC_EXIT_OK;
        return complain(NODEC_EXIT_IO, "standard output: %s", strerror(errno));
    }
    if (!file_write(path, text->at, text->length)) return NODEC_EXIT_OK;
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
