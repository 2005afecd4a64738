/* jit_load.c: an image as entries that can be called. */
#include "jit.h"
#include "jit_image.h"
#include "jit_plugin.h"

#include <stdio.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ---- the image, taken apart ---------------------------------------------------------------------- */

static size_t round16(size_t n) { return (n + 15) / 16 * 16; }

static uint32_t u32(const unsigned char *at)
{
    uint32_t number;
    memcpy(&number, at, sizeof number);
    return number;
}

int jit_objects_of(const unsigned char *image, size_t bytes, jit_objects *out)
{
    *out = (jit_objects){ 0 };
    if (bytes < 16 || memcmp(image, JIT_MAGIC, 8)) return -1;
    size_t objects = u32(image + 8), entries = u32(image + 12);
    if (entries > (bytes - 16) / 4 || objects > bytes / 16) return -1;
    out->object = calloc(objects + 1, sizeof *out->object);
    out->bytes  = calloc(objects + 1, sizeof *out->bytes);
    out->entry  = calloc(entries + 1, sizeof *out->entry);
    if (!out->object || !out->bytes || !out->entry) return -1;
    out->entries = entries;
    memcpy(out->entry, image + 16, entries * 4);
    size_t at = round16(16 + entries * 4);
    for (; out->count < objects; out->count++) {
        uint64_t size;
        if (at > bytes || bytes - at < 16) return -1;
        memcpy(&size, image + at, sizeof size);
        if (size > bytes - at - 16) return -1;
        out->object[out->count] = image + at + 16;
        out->bytes[out->count] = (size_t)size;
        at += 16 + round16((size_t)size);
    }
    return 0;
}

void jit_objects_free(jit_objects *o)
{
    free(o->object);
    free(o->bytes);
    free(o->entry);
}

/* ---- code ------------------------------------------------------------------------------------------ */

typedef int32_t Entry(const nodec_arg *, const nodec_parallel *);

typedef struct Code {
    jit_elf *elf;                   /* ours, or else LLVM's                              */
    const nodec_jit_plugin *plugin;
    void    *handle, *loaded;
    Entry  **entry;                 /* by number                                         */
    size_t   entries;
    atomic_bool broken;             /* somebody called what is not there                 */
} Code;

static int call(void *self, uint32_t entry, const nodec_arg *args, size_t count, const nodec_parallel *parallel)
{
    Code *code = self;
    (void)count;
    if (entry < code->entries && code->entry[entry]) return code->entry[entry](args, parallel);
    code->broken = true;
    return NODEC_BROKEN;
}

static const char *fault_of(void *self)
{
    const Code *code = self;
    return code->broken ? "there is no such entry" : NULL;
}

static void close_code(void *self)
{
    Code *code = self;
    jit_elf_unload(code->elf);
    if (code->loaded) code->plugin->unload(code->loaded);
    jit_plugin_close(code->handle);
    free(code->entry);
    free(code);
}

static void *find_named(const Code *code, const char *name)
{
    return code->elf ? jit_elf_find(code->elf, name) : code->plugin->find(code->loaded, name);
}

static void *find(const Code *code, uint32_t entry)
{
    char name[32];
    snprintf(name, sizeof name, "nodec_entry_%u", entry);
    return find_named(code, name);
}

static int find_entries(Code *code, const jit_objects *o)
{
    for (size_t i = 0; i < o->entries; i++)
        if (o->entry[i] >= code->entries) code->entries = (size_t)o->entry[i] + 1;
    if (code->entries > 1 << 20 || !(code->entry = calloc(code->entries + 1, sizeof *code->entry))) return -1;
    for (size_t i = 0; i < o->entries; i++) {
        union { void *symbol; Entry *entry; } at = { .symbol = find(code, o->entry[i]) };
        if (!at.symbol) return -1;
        code->entry[o->entry[i]] = at.entry;
    }
    return 0;
}

/* NODEC_LOADER=llvm in the environment: as on a machine whose objects jit_elf.c does not know. */
static jit_elf *load_here(const jit_objects *o, int *alien)
{
    const char *wanted = getenv("NODEC_LOADER");
    *alien = 1;
    return wanted && !strcmp(wanted, "llvm") ? NULL : jit_elf_load(o, alien);
}

static int open_code(Code *code, const jit_objects *o, nodec_fault *fault)
{
    int alien;
    char error[800] = "";
    code->elf = load_here(o, &alien);
    if (!code->elf && alien) {
        code->plugin = jit_plugin_open(&code->handle, fault);
        if (!code->plugin) return fault->status;
        code->loaded = code->plugin->load(o->object, o->bytes, o->count, error, sizeof error);
    }
    if (!code->elf && !code->loaded) return fault_set(fault, NODEC_EXIT_IO, "compiled code cannot be loaded: %s", error);
    return find_entries(code, o) ? fault_set(fault, NODEC_EXIT_IO, "compiled code lacks an entry") : 0;
}

int jit_load(const jit_image *image, nodec_code *out, nodec_fault *fault)
{
    jit_objects objects;
    Code *code = calloc(1, sizeof *code);
    int status = !code ? fault_set(fault, NODEC_EXIT_IO, "out of memory")
               : jit_objects_of(image->at, image->bytes, &objects) ? fault_set(fault, NODEC_EXIT_IO, "this is no compiled code")
               : open_code(code, &objects, fault);
    if (code) jit_objects_free(&objects);
    *out = (nodec_code){ .self = code, .call = call, .close = close_code, .fault = fault_of };
    if (status && code) close_code(code);
    if (status) *out = (nodec_code){ 0 };
    return status;
}

/* ---- for whoever looks inside ------------------------------------------------------------------------ */

const void *jit_symbol(const nodec_code *code, const char *name) { return find_named(code->self, name); }

const void *jit_object(const jit_image *image, size_t k, size_t *bytes)
{
    jit_objects o;
    const bool good = !jit_objects_of(image->at, image->bytes, &o);
    const void *at = good && k < o.count ? o.object[k] : NULL;
    if (at) *bytes = o.bytes[k];
    jit_objects_free(&o);
    return at;
}
