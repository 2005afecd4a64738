/* jit_image.h: what jit_compile makes and jit_load reads.
 *
 *     "nodecji1"                JIT_MAGIC, the format's number at its end
 *     u32 objects, u32 entries
 *     u32 [entries]             the n of each nodec_entry_<n>
 *     u64 bytes, object         each object, from a multiple of 16 on
 *
 * Numbers as this machine stores them: an image is for the machine it was made on.        */
#ifndef NODEC_JIT_IMAGE_H
#define NODEC_JIT_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "fault.h"

#define JIT_MAGIC "nodecji1"

typedef struct jit_objects {
    size_t count, entries;
    const unsigned char **object;   /* point into the image                           */
    size_t *bytes;
    uint32_t *entry;
} jit_objects;

int  jit_objects_of(const unsigned char *image, size_t bytes, jit_objects *);   /* 0, or -1: no image */
void jit_objects_free(jit_objects *);

/* jit_elf.c: x86-64 objects made one piece of memory that runs. NULL, and *alien set, if there is something in
 * them that it does not know.                                                            */
typedef struct jit_elf jit_elf;
jit_elf *jit_elf_load(const jit_objects *, int *alien);
void    *jit_elf_find(const jit_elf *, const char *symbol);
void     jit_elf_unload(jit_elf *);

/* jit_cpu.c: a CPU that this LLVM has, or NULL and the fault.                            */
typedef struct jit_cpu { const char *name, *triple; unsigned vector_bytes, since; } jit_cpu;
const jit_cpu *jit_cpu_find(const char *name, unsigned llvm, nodec_fault *);

/* jit.c: the plugin, opened; NULL and the fault. `plugin` is for jit_plugin_close.       */
struct nodec_jit_plugin;
const struct nodec_jit_plugin *jit_plugin_open(void **plugin, nodec_fault *);
void jit_plugin_close(void *plugin);

#endif
