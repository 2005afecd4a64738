/* jit_plugin.h: what libnodec-jit.so offers: LLVM behind a table of functions.
 *
 * The plugin (compiler/jit) knows this header and LLVM-C, nothing of nodec. It exports one symbol,
 * nodec_jit_plugin. Its functions never print and never exit; an error is text. All of
 * them may be called from several threads at once: each call has an LLVM context of its own. */
#ifndef NODEC_JIT_PLUGIN_H
#define NODEC_JIT_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

enum { NODEC_JIT_VERSION = 1 };     /* of this table                                  */

typedef struct nodec_jit_job {
    const char *ir;                 /* LLVM IR as text                                */
    size_t      length;
    const char *triple, *cpu;       /* "aarch64-linux-gnu", "cortex-a72"; both NULL: this machine, with its features */
    int         assembly;           /* text, not an object                            */
    unsigned char *out;             /* the result, for release()                      */
    size_t      bytes;
    char        error[1000];        /* where there is no result                       */
} nodec_jit_job;

typedef struct nodec_jit_plugin {
    uint32_t    version;
    unsigned    llvm;               /* 19                                             */
    int       (*compile)(nodec_jit_job *);              /* 0: fine                    */
    void      (*release)(unsigned char *out);
    /* LLVM's own loader of objects, for machines that jit_elf.c does not know.       */
    void     *(*load)(const unsigned char *const *object, const size_t *bytes, size_t count, char *error, size_t room);
    void     *(*find)(void *loaded, const char *symbol);
    void      (*unload)(void *loaded);
} nodec_jit_plugin;

typedef const nodec_jit_plugin *nodec_jit_entry(void);      /* of the symbol "nodec_jit" */

#endif
