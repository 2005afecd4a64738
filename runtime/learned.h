/* learned.h: what training changes: the parameters, what the optimiser remembers
 * of each, and a model's buffers; with the names they have in files. */
#ifndef NODEC_LEARNED_H
#define NODEC_LEARNED_H

#include <stdbool.h>

#include "abi.h"
#include "fault.h"

typedef struct learned {
    const char *name;               /* of the odef or model: "Mlp"                  */
    size_t real_bytes;
    size_t params, moments, buffers;                /* reals; moments: per parameter */
    size_t param_rows, buffer_rows;
    const nodec_param  *param;
    const nodec_buffer *buffer;
    void *theta;                    /* [params]                                     */
    void *moment;                   /* [moments * params]                           */
    void *kept;                     /* [buffers]                                    */
    const struct nodec_code *code;  /* where they live while they are trained, see code.h */
    const struct nodec_march *march;
    uint64_t batches;               /* that the buffers have seen                   */
} learned;

/* Without memory yet; learned_open gives it, zeroed. */
learned learned_of_module(const nodec_module *);
learned learned_of_model(const nodec_model *);
int  learned_open(learned *, nodec_fault *);
void learned_close(learned *);

/* The name of parameter `index` of theta. */
const char *learned_name(const learned *, size_t index);
/* Whether the values of some rows are told one by one, and of this row: of all if they are few, else
 * of those that are the odef's or model's own, not its layers', if these are. */
bool learned_few(const learned *);
bool learned_told(const learned *, size_t row);
/* "birth 0.4813, W [-0.1 -1.002 0.9991 -0.1]", for somebody to read. */
void learned_text(const learned *, char *text, size_t size);

#endif
