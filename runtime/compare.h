/* compare.h: several trained models side by side, as Chen et al. 2018, table 1, or
 * several trained odefs: what they get wrong, what they need, what a step costs.
 *
 * The run's folder gets compare.txt, compare.json, and a picture (compare.dat, .gp,
 * .png, .svg). */
#ifndef NODEC_COMPARE_H
#define NODEC_COMPARE_H

#include "run.h"

typedef struct nodec_trained {
    const char *name;               /* of the experiment                            */
    const nodec_module *field;      /* one of these two, the same of all            */
    const nodec_model *model;
    nodec_result result;
} nodec_trained;

/* The table goes to `to` as text, or as JSON. Returns an exit status.               */
int nodec_compare(const char *folder, const nodec_trained *, size_t count, bool json, FILE *to, nodec_fault *);

#endif
