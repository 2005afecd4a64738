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
    size_t most;                    /* trajectories that will ever be asked for at once; 0: any */
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
extern const Back back_opencl;      /* fields only */

#endif
