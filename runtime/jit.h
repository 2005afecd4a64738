/* jit.h: LLVM IR to machine code, and machine code to functions that can be called.
 *
 * Two halves, so that what is in a cache is loaded without LLVM (opening its library
 * alone takes 15 ms):
 *
 *     jit_compile   IR as text -> an image: bytes that can be kept, and moved between
 *                   processes. libnodec-jit.so does it, which alone is linked with LLVM.
 *                   It is opened at the first call, with names of its own
 *                   (RTLD_LOCAL: an OpenCL driver may carry another LLVM).
 *     jit_load      an image -> nodec_code. On x86-64 by a loader of our own (jit_elf.c), the
 *                   compiled objects being position-independent with few kinds of relocation;
 *                   anything else is given to LLVM's, and everything with
 *                   NODEC_LOADER=llvm in the environment.
 *
 * Nothing here prints, exits or keeps state between calls; all of it may be called from
 * several threads at once.                                                              */
#ifndef NODEC_JIT_H
#define NODEC_JIT_H

#include "entry.h"
#include "fault.h"

#define JIT_NEXT "\n; ---- module\n"          /* before each module of a text but the first */

typedef struct jit_image { unsigned char *at; size_t bytes; } jit_image;    /* free() `at` */

typedef struct jit_options {
    const char *cpu;                /* "znver4", as LLVM calls it; NULL: this machine's, with its features */
    int assembly;                   /* the image is text to read, not to load           */
    int object;                     /* the image is one object file, for a linker; the IR has one module */
} jit_options;                      /* NULL: none of these                             */

/* 0, or the fault's status: NODEC_EXIT_IO if there is no plugin, NODEC_EXIT_USAGE for a CPU
 * that LLVM does not know, NODEC_EXIT_BUG for IR that it does not accept. The IR is what
 * back_llvm wrote: perhaps several modules, which are compiled side by side.          */
int jit_compile(const char *ir, size_t length, const jit_options *, jit_image *, nodec_fault *);

/* 0, or the fault's status. `code` calls the entries of the Program by their index in it (lowered.h);
 * the image is not needed afterwards. code->close unloads it.                              */
int jit_load(const jit_image *, nodec_code *code, nodec_fault *);

/* Where a function of it that others may call is; NULL: there is none.              */
const void *jit_symbol(const nodec_code *, const char *name);
/* Object k of an image as the ELF file it was, NULL from their number on.           */
const void *jit_object(const jit_image *, size_t k, size_t *bytes);

/* The plugin's path: NODEC_JIT (empty: there is none); or libnodec-jit.so beside the program or the library
 * that this is in, in nodec/ or in ../lib/nodec/ from there. 0 if there is none.                 */
int jit_plugin(char *path, size_t room);

/* What an image depends on beside its IR, as text for the key of a cache: this machine's CPU with its features,
 * the plugin's file, the image's format. Opens nothing.                              */
void jit_key(char *text, size_t room);

/* How many bytes a vector register of this machine (cpu NULL) or a CPU has: 64, 32 or 16;
 * for EmitOptions.vector_bytes.                                                          */
unsigned jit_vector_bytes(const char *cpu);

#endif
