/* nodec.h: the compiler of neural ordinary differential equations, as a library.
 *
 *     text of a model -> nodec_unit -> C, OpenCL C, LLVM ... as text
 *                                  \-> nodec_jit: functions in this process
 *
 *     nodec_unit *unit;
 *     if (nodec_open_file("spiral.node", &unit) == NODEC_DONE) {
 *         const nodec_request what = { .size = sizeof what, .name = "Mlp(hidden = 32)" };
 *         nodec_output *c;
 *         if (nodec_emit(unit, &what, "c", &c) == NODEC_DONE) puts(c->text);
 *         nodec_output_free(c);
 *     }
 *     fputs(nodec_messages(unit, 0), stderr);
 *     nodec_close(unit);
 *
 * Errors. A function that can fail returns an enum nodec_outcome; why it failed is in the
 * unit's diagnostics, which always are those of the last call with that unit. Nothing here
 * writes to stdout or stderr, ends the process, raises a signal or reports through errno.
 *
 * Memory. What a nodec_..._free or nodec_close function takes belongs to the caller and may be
 * freed in any order: outputs and compiled code do not need their unit any more. Everything
 * else that a function returns belongs to the object it was asked of and says how long it
 * lives. Freeing NULL does nothing. After NODEC_MEMORY or NODEC_BUG a unit is good for nothing
 * but nodec_messages, nodec_diagnostics and nodec_close; what it gave away before stays valid.
 * Out of memory inside of the C library, LLVM or a C compiler is NODEC_SYSTEM, and harms no unit.
 *
 * Threads. There is no state outside of the objects. Different units, outputs and compiled
 * modules may be used by different threads at once; one unit by one thread at a time. The
 * functions of a compiled module are re-entrant. A thread that compiles needs 2 MiB of stack.
 *
 * Structs that the caller fills begin with their size, so that later ones may be longer, and
 * mean by zero "as usual". */
#ifndef NODEC_H
#define NODEC_H

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define NODEC_VERSION "0.1"

#if defined __GNUC__
#define NODEC_API __attribute__((visibility("default")))
#else
#define NODEC_API
#endif

/* The library's version, which may be another than the header's. */
NODEC_API const char *nodec_version(void);

enum nodec_outcome {
    NODEC_DONE   = 0,
    NODEC_WRONG  = 1,       /* the model is: see the diagnostics                   */
    NODEC_MISUSE = 2,       /* the call is: NULL, an unknown name, a bad number    */
    NODEC_SYSTEM = 3,       /* a file, a missing program, a full disk              */
    NODEC_MEMORY = 69,      /* there is not enough                                 */
    NODEC_BUG    = 70       /* in the library; please report it with the model     */
};

/* ---- a model's text ------------------------------------------------------------------- */

typedef struct nodec_unit nodec_unit;   /* a file with what it imports, checked          */

typedef struct nodec_opening {
    size_t size;                    /* sizeof(nodec_opening)                       */
    const char *path;               /* a file to read; or NULL and                 */
    const char *text;               /*   a text, copied,                           */
    size_t length;                  /*   of so many bytes,                         */
    const char *name;               /*   called so in messages ("<text>"); with a path: instead of it */
    /* Where the text of `import "file.node"` comes from. `read` returns it and its length, or
     * NULL if there is none; it is copied at once. The path is relative to `name` as in a file
     * of that name ("models/a.node" importing "b.node" asks for "models/b.node").
     * Without `read` that file is read, from `folder` if the path is relative and a folder given. */
    const char *(*read)(void *self, const char *path, size_t *length);
    void *read_self;
    const char *folder;
    /* Memory of the unit and its outputs; NULL: calloc and free. take may return NULL. Both are
     * called by whatever thread uses the unit or frees the output.                         */
    void *(*take)(void *self, size_t bytes);
    void  (*give)(void *self, void *memory);
    void *memory_self;
    size_t block;                   /* small things share blocks of at most so many bytes; 0: 1 MiB */
} nodec_opening;

/* *unit is set, and is to be closed, whatever the outcome, so that the diagnostics can be read;
 * to NULL only if `opening` or its size is wrong or there is no memory at all. A unit whose text
 * is wrong has the same outcome for every further request. */
NODEC_API int nodec_open(const nodec_opening *opening, nodec_unit **unit);
NODEC_API int nodec_open_file(const char *path, nodec_unit **unit);
NODEC_API int nodec_open_text(const char *name, const char *text, size_t length, nodec_unit **unit);
NODEC_API void nodec_close(nodec_unit *unit);

/* The i-th file that the text imports, directly or not; NULL at the end. Lives as the unit. */
NODEC_API const char *nodec_imported(const nodec_unit *unit, size_t i);

/* ---- diagnostics ------------------------------------------------------------------------ */

enum nodec_severity { NODEC_ERROR, NODEC_WARNING, NODEC_NOTE, NODEC_HELP };

typedef struct nodec_diagnostic {
    int severity;                   /* a note or a help belongs to the error or warning before it */
    const char *file;               /* or NULL: no place                           */
    int line, column;               /* from 1, columns in bytes; 0: the whole file */
    int end_line, end_column;       /* one past the last byte                      */
    const char *message;            /* one line, without severity and place        */
} nodec_diagnostic;

/* Of the last call with this unit; valid until the next one. */
NODEC_API size_t nodec_diagnostics(const nodec_unit *unit, const nodec_diagnostic **diagnostic);
/* The same as text to show, with the lines of the model and carets under the place; colour: not 0
 * for ANSI colours. "" if there are none. Valid until the next call with this unit. */
NODEC_API const char *nodec_messages(nodec_unit *unit, int colour);

/* ---- what is in it ----------------------------------------------------------------------- */

/* What of a model is meant, and how. One request serves every function below. */
typedef struct nodec_request {
    size_t size;                    /* sizeof(nodec_request)                       */
    /* An experiment; an odef or a model, with arguments if it wants them ("Mlp(hidden = 32)");
     * NULL: every odef and model of the file whose arguments have defaults.                 */
    const char *name;
    const char *const *set;         /* clauses of the experiment to override, as the command's */
    size_t sets;                    /*   --set: "optimizer.lr=1e-4"                */
    size_t real_bytes;              /* 4 (float) or 8 (double); 0: 4               */
    const char *prefix;             /* of the C names; NULL: the model's name, without its folder and ending */
    const char *file;               /* what the C #includes: "spiral" for "spiral.h"; NULL: the prefix */
    int joined;                     /* not 0: what would be in the header begins the source instead */
    const char *engine;             /* of compiled code: "llvm" or "cc"; NULL: the first that is there */
    int anew;                       /* not 0: compiled code is not looked for in the cache on disk */
    const char *cpu;                /* of "obj" and "asm", as LLVM calls it: "znver4"; NULL: this machine's */
    const char *weights;            /* of "c" of one definition: a safetensors file of what was learned, which
                                       stands in the C as ..._weights (a model's buffers: ..._kept); or NULL */
    int groups;                     /* not 0: "opencl" for GPUs, in groups of work-items that have a lane each; 0: for
                                       processors, with vectors in a work-item     */
} nodec_request;

enum nodec_kind { NODEC_ODEF, NODEC_MODEL, NODEC_EXPERIMENT };

enum nodec_part {
    NODEC_STATE,                    /* of an odef; of a model: of the solve before it */
    NODEC_INPUT,
    NODEC_PARAM,
    NODEC_BUFFER,                   /* what training remembers: running statistics  */
    NODEC_OUTPUT,
    NODEC_SOLVE,                    /* of a model: a layer that integrates          */
    NODEC_LOSS,
    NODEC_METRIC
};

typedef struct nodec_row {
    int part;                       /* enum nodec_part                             */
    const char *name;               /* a parameter's as in a PyTorch state_dict: "lin1.weight" */
    size_t rank, shape[6];          /* without the batch                           */
    size_t offset, count;           /* in reals, in a sample's row or in theta     */
    int given;                      /* state: not 0 if the caller gives its start; else the model does */
    int positive;                   /* parameter: kept above zero                  */
    size_t classes;                 /* input: whole numbers 0 ... classes-1; 0: reals */
    double from, to;                /* solve: the times                            */
    double flops, transcendentals;  /* solve: of one evaluation of f, per sample   */
} nodec_row;

typedef struct nodec_definition {
    int kind;                       /* enum nodec_kind                             */
    const char *name;               /* "Mlp"                                       */
    const char *instance;           /* with all its arguments: "Mlp(n = 2, hidden = 16)" */
    size_t states, inputs, params, buffers, outputs;        /* reals               */
    size_t rows;
    const nodec_row *row;           /* in the order of the model                   */
    int uses_time;                  /* odef: f depends on t                        */
    double flops, transcendentals;  /* of f, per sample; of a model what is outside of solves */
} nodec_definition;                 /* of an experiment: kind and name only        */

/* What the request means: of a name that one definition (of an experiment's, what it fits); else
 * odefs, models, experiments. The array belongs to the unit and lives as long. */
NODEC_API int nodec_describe(nodec_unit *unit, const nodec_request *request,
                             const nodec_definition **definition, size_t *count);

/* ---- compiled to text ---------------------------------------------------------------------- */

typedef struct nodec_output {       /* all NUL-terminated, the lengths without it; NULL: none */
    const char *text;   size_t length;
    const char *header; size_t header_length;
    const char *host;   size_t host_length;
} nodec_output;

/* The kinds there are, NULL at the end:
 *
 *     c          C99 and its header: f, vjp, jvp, solve, gradient; with an experiment's name also
 *                its loss and training step
 *     opencl     kernels, their header, and a host program to copy from
 *     llvm       LLVM IR
 *     obj, asm   an object file and assembly, for `cpu`, through libnodec-jit.so (NODEC_SYSTEM where
 *                it is not); the functions in it as the comments of the LLVM IR say them
 *     explain    which kernels were chosen, and why
 *     ast, ir, stages, phases, loop      the stages in between, for reading                */
NODEC_API const char *nodec_kind_name(size_t i);

/* `request` may be NULL: everything. *output is the caller's, NULL unless the outcome is NODEC_DONE. */
NODEC_API int nodec_emit(nodec_unit *unit, const nodec_request *request, const char *kind,
                         nodec_output **output);
/* The unit's text in the canonical layout; works wherever the text parses, wrong or not. */
NODEC_API int nodec_format(nodec_unit *unit, nodec_output **output);
NODEC_API void nodec_output_free(nodec_output *output);

/* ---- compiled to run in this process ---------------------------------------------------------- */

typedef struct nodec_jit nodec_jit;
typedef void (*nodec_function)(void);

/* Compiles what the request names, one odef or model, or what an experiment fits, then with its loss
 * and training step; without a name the only one of the file. By LLVM where libnodec-jit.so lies
 * beside this library, in `nodec` beside it, beside the program or where NODEC_JIT says; else by the
 * system's C compiler ($CC, cc, gcc, clang), which is run as a process. The same bits either way.
 * What was compiled is kept in $NODEC_CACHE, $XDG_CACHE_HOME/nodec or ~/.cache/nodec, and found
 * there the next time. *jit is the caller's, NULL unless the outcome is NODEC_DONE. */
NODEC_API int nodec_jit_open(nodec_unit *unit, const nodec_request *request, nodec_jit **jit);
/* Everything asked of it ends with it: tables, functions. */
NODEC_API void nodec_jit_close(nodec_jit *jit);

/* Tables and functions of what was compiled, whatever it is called: see nodec_module and nodec_model.
 * One of the two is NULL. `loss`, `train` and `update` are NULL without an experiment that trains. */
NODEC_API const nodec_module *nodec_jit_module(const nodec_jit *jit);
NODEC_API const nodec_model  *nodec_jit_model(const nodec_jit *jit);
NODEC_API const char *nodec_jit_engine(const nodec_jit *jit);        /* "llvm" or "cc" */

/* A function with the signature it has in the generated header, which nodec_emit gives for the same
 * request and kind "c"; by its name there ("spiral_mlp_solve") or the last part of it ("solve"):
 *
 *     int (*solve)(size_t batch, size_t times, const float *t, ...) =
 *         (int (*)(size_t, size_t, const float *, ...))nodec_jit_function(jit, "solve");
 *
 * NULL if there is none of that name. */
NODEC_API nodec_function nodec_jit_function(const nodec_jit *jit, const char *name);

#ifdef __cplusplus
}
#endif
#endif
