/* format.c: `nodec fmt`: files in the canonical layout. */
#include "command.h"
#include "lang/fmt.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int format_file(const Options *o, const char *path)
{
    Source source = { .path = path };
    Diags diags = { .arena = o->arena };
    Text laid_out = { .arena = o->arena };
    source.text = file_read(o->arena, path, &source.length);
    if (!source.text) return complain(NODEC_EXIT_IO, "%s: %s", path, strerror(errno));
    if (!fmt_source(o->arena, o->names, &source, &diags, &laid_out)) return report(o, &diags);

    bool same = laid_out.length == source.length && !memcmp(laid_out.at, source.text, source.length);
    if (o->fmt_check && !same) {
        fprintf(stderr, "%s: not in the canonical layout; nodec fmt %s would change it\n", path, path);
        return NODEC_EXIT_DATA;
    }
    if (!strcmp(path, "-")) return o->fmt_check ? NODEC_EXIT_OK : write_output("-", laid_out.at, laid_out.length);
    return same || o->fmt_check ? NODEC_EXIT_OK : write_output(path, laid_out.at, laid_out.length);
}

int command_format(Options *o)
{
    int worst = NODEC_EXIT_OK;
    for (size_t i = 0; i < o->words; i++) {
        int status = format_file(o, o->word[i]);
        if (status > worst) worst = status;
    }
    return worst;
}
