/* profile.h: where the time of a training goes, by the names of the model.
 *
 * A clock interrupts the thread that trains a few thousand times a second, and what it
 * was doing is counted: the instruction and the calls around it (Graham, Kessler and
 * McKusick, gprof, 1982, whose samples these are). Only steps are watched, no picture and
 * no file. Afterwards instructions become origins: an engine compiles with line tables in
 * which a line says which origin of the Program a statement has.
 *
 * The other threads do the same work at the same time, another sample's; so the shares
 * of one thread, its waiting for the others included, are those of the step.         */
#ifndef NODEC_PROFILE_H
#define NODEC_PROFILE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "fault.h"

/* In the line table: line l of this file belongs to origin l / PROFILE_LINES. */
#define PROFILE_FILE "nodec-origins"
enum { PROFILE_LINES = 16384 };

typedef enum nodec_origin_kind { NODEC_ORIGIN_NODE, NODEC_ORIGIN_PARAM, NODEC_ORIGIN_FUNCTION } nodec_origin_kind;

typedef struct nodec_origin {       /* what of the model a statement computes; [0] is "whoever calls" */
    nodec_origin_kind kind;
    const char *layer;              /* path in the model, or NULL                   */
    const char *op;                 /* of a function: its name                      */
    const char *file; int line;     /* where the model says it; NULL: nowhere       */
    bool back;                      /* of a derivative                              */
} nodec_origin;

typedef struct nodec_profile nodec_profile;

nodec_profile *profile_new(nodec_fault *);      /* NULL: not on this machine        */
void profile_free(nodec_profile *);

/* Code that was loaded, as the ELF file it was made from, with the address that one of
 * its global symbols was loaded at. Both the file's bytes and the origins are read later:
 * the origins' array and texts live until profile_free, the bytes may go.            */
int profile_code(nodec_profile *, const void *elf, size_t bytes, const char *symbol, const void *loaded,
                 const nodec_origin *, size_t origins, nodec_fault *);

/* A global function of an ELF file, "" if there is none: one to ask the loader for.  */
const char *profile_symbol(const void *elf, size_t bytes);

/* The calling thread is watched from here to there. NULL: nothing.                   */
void profile_begin(nodec_profile *);
void profile_end(nodec_profile *);

/* Afterwards, of `steps` steps that took so many seconds. */
void profile_table(const nodec_profile *, uint64_t steps, double seconds, FILE *);
struct json_t *profile_json(const nodec_profile *, uint64_t steps, double seconds);     /* new; NULL: no memory */

#endif
