/* open.c: a unit begins and ends: the text, where imports come from, whose memory. */
#include "library/library.h"
#include "pass/pass.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *nodec_version(void) { return NODEC_VERSION; }

/* ---- imports ---------------------------------------------------------------------------- */

static const char *read_given(void *self, Arena *arena, const char *path, size_t *length, const char **why)
{
    const nodec_unit *u = self;
    const char *text = u->how.read(u->how.read_self, path, length);
    *why = "there is no such text";
    return text ? arena_string(arena, text, *length) : NULL;
}

static const char *read_file(void *self, Arena *arena, const char *path, size_t *length, const char **why)
{
    const nodec_unit *u = self;
    if (u->how.folder && *path != '/') path = arena_printf(arena, "%s/%s", u->how.folder, path);
    const char *text = strcmp(path, "-") ? file_read(arena, path, length) : file_read(arena, "./-", length);
    if (!text) *why = arena_printf(arena, "%s", strerror(errno));
    return text;
}

/* ---- opening ------------------------------------------------------------------------------ */

static int read_source(nodec_unit *u)
{
    const nodec_opening *how = &u->how;
    const char *name = how->name ? how->name : how->path ? how->path : "<text>";
    u->source->path = arena_string(&u->arena, name, strlen(name));
    if (how->text) {
        u->source->text = arena_string(&u->arena, how->text, how->length);
        u->source->length = how->length;
        return NODEC_DONE;
    }
    u->source->text = file_read(&u->arena, strcmp(how->path, "-") ? how->path : "./-", &u->source->length);
    if (u->source->text) return NODEC_DONE;
    diag_error(&u->diags, (Span){ 0 }, "%s: %s", how->path, strerror(errno));
    return NODEC_SYSTEM;
}

static int open(nodec_unit *u, void *call)
{
    (void)call;
    u->source = NEW(&u->arena, Source);
    if (!u->how.path == !u->how.text) return unit_misused(u, "nodec_open: either a path or a text is wanted");
    int outcome = read_source(u);
    if (outcome) return outcome;
    if (u->how.folder) u->how.folder = arena_string(&u->arena, u->how.folder, strlen(u->how.folder));
    u->importer = (Importer){ u->how.read ? read_given : read_file, u };
    u->unit = unit_importing(&u->arena, &u->names, u->source, &u->importer, &u->diags);
    u->how.text = NULL;                         /* the caller's again               */
    if (u->unit) unit_differentiates(u->unit, vjp_into);
    return unit_outcome(u);
}

static nodec_unit *unit_new(const nodec_opening *how)
{
    nodec_unit *u = how->take ? how->take(how->memory_self, sizeof *u) : malloc(sizeof *u);
    if (!u) return NULL;
    *u = (nodec_unit){ .how = *how, .heap = { .take = how->take, .give = how->give, .self = how->memory_self,
                                               .largest = how->block } };
    u->arena.heap = u->said.heap = &u->heap;
    u->names.arena = &u->arena;
    u->diags.arena = &u->said;
    return u;
}

int nodec_open(const nodec_opening *given, nodec_unit **unit)
{
    nodec_opening how = { 0 };
    if (!unit) return NODEC_MISUSE;
    *unit = NULL;
    if (!given || given->size < offsetof(nodec_opening, name) || !given->take != !given->give) return NODEC_MISUSE;
    memcpy(&how, given, given->size < sizeof how ? given->size : sizeof how);
    *unit = unit_new(&how);
    return *unit ? (*unit)->opened = unit_call(*unit, open, NULL, NULL) : NODEC_MEMORY;
}

int nodec_open_file(const char *path, nodec_unit **unit)
{
    return nodec_open(&(nodec_opening){ .size = sizeof(nodec_opening), .path = path }, unit);
}

int nodec_open_text(const char *name, const char *text, size_t length, nodec_unit **unit)
{
    return nodec_open(&(nodec_opening){ .size = sizeof(nodec_opening), .text = text, .length = length, .name = name }, unit);
}

void nodec_close(nodec_unit *u)
{
    if (!u) return;
    const nodec_opening how = u->how;
    heap_free(&u->heap);
    if (how.give) how.give(how.memory_self, u);
    else free(u);
}

const char *nodec_imported(const nodec_unit *u, size_t i)
{
    const char *path = NULL;
    if (u && u->unit && !u->broken) unit_imports(u->unit, i, &path);
    return path;
}
