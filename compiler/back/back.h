/* back.h: a back end is a struct and a file.
 *
 * In: lowered fields and models (loop IR with its entry functions and tables) and how to
 * name what comes out.  Out: text.  Nothing is decided here but spelling. */
#ifndef ND_BACK_H
#define ND_BACK_H

#include "loop/lowered.h"

typedef struct EmitOptions {
    const char *stem;               /* "spiral": prefix of names and file guards         */
    const char *file;               /* name of the two files without .c and .h; NULL: stem */
    const char *model_path;         /* as given, its last component is named in the head */
    bool module;                    /* append the nodec_module or nodec_model for `nodec run` */
    bool whole;                     /* beside it what only embedders call                */
    bool lanes;                     /* OpenCL: groups of work-items, see loop/items.h           */
    uint32_t group_room;            /* ... bytes of a group's memory; 0: what OpenCL promises, GROUP_ROOM */
    size_t most;                    /* trajectories that will ever be asked for at once; 0: any */
    const double *weights, *buffers;        /* C: theta and buffers of the only field or model, to stand in it; or NULL */
    const char *weights_path;       /* the name of the file they are from                         */
    unsigned vector_bytes;          /* LLVM: of the machine's vector registers; 0: 64            */
    bool origins;                   /* line tables say where statements come from, see profile.h */
    bool split;                     /* LLVM: a large Program as several modules, for jit_compile */
} EmitOptions;

typedef struct EmitInput {          /* what goes into one file                              */
    const Lowered *const *field;       size_t fields;
    const LoweredModel *const *model;  size_t models;
} EmitInput;

typedef struct Back {
    const char *name;               /* "c"                                              */
    /* Writes the implementation and the header; without one (NULL) the implementation
     * begins with what would stand there.                                              */
    void (*emit)(const EmitInput *, const EmitOptions *, Text *source, Text *header);
    /* A program that runs the first of it, to copy from; NULL: its users need none.    */
    void (*host)(const EmitInput *, const EmitOptions *, Text *);
} Back;

extern const Back back_c;
extern const Back back_opencl;
extern const Back back_llvm;        /* with `module`: entries as nodec_entry_<index into Program.fn>, for runtime/jit.h */

/* A function without its first argument, `self` (llvm_thunk.c). `types` are letters: what it returns, a
 * colon, what it takes: z a size_t, q 64 bits, w and i 32, p a pointer, d a double, v nothing, 0 a
 * pointer that is NULL and that the thunk does not take. */
typedef struct Thunk {
    const char *types;
    size_t record;                  /* not 0: it returns a struct of so many bytes, which the function
                                       is given the place of behind self; `types` begins with v */
} Thunk;
#define BACK_THUNKS "nodec's closures"          /* 16 bytes: an alignment that any pointer is content with */
/* As entry 0 of a module, which sets its first buffer to their addresses in order. Of what it is
 * compiled to, the bytes BACK_THUNKS come once, and behind them, to be set before it is loaded,
 * the pointers self, function 0, function 1, ...                                       */
void back_llvm_thunks(const Thunk *, size_t count, Text *);

/* An entry of a Program as kernels that an engine calls one after the other, each with the
 * entry's arguments: a whole number is a long, a buffer its memory and a long, the reals in
 * front of it; at the end, where the entry's status is left, likewise: a kernel that finds
 * another number than 0 there does nothing. */
typedef struct BackCall {
    const char *kernel[3];          /* before the blocks, one item a block, after them; NULL: none */
    uint32_t    width;              /* samples of a block                               */
    bool        returns;            /* a status                                         */
    const struct launch *launch;    /* of a model's entry, instead: runtime/launch.h */
    const char *params;             /* a letter each: i whole number, r real, c buffer, w buffer that is
                                       written; NULL: not an entry                      */
} BackCall;

/* One field or one model for an engine; by function of its Program.                    */
const BackCall *back_opencl_calls(const EmitInput *, const EmitOptions *, Text *source);

#endif
