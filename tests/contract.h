/* contract.h: contractions for tests: convolutions as boxes, and running a box. */
#ifndef ND_TEST_CONTRACT_H
#define ND_TEST_CONTRACT_H

#include <criterion/criterion.h>

#include "convolution.h"

enum { OUT = MAX_OPERANDS };

/* ---- a contraction, run ----------------------------------------------------------------- */

typedef struct Memory { double *at; size_t reals; } Memory;

typedef struct Lab {
    Arena    arena;
    Names    names;
    Program *p;
    Contract c;
    Memory   memory[MAX_OPERANDS + 1];
    int64_t  count;                 /* of the counted axes                          */
} Lab;

/* Numbers between -1 and 1 without order. */
static inline double wave(size_t i)
{
    uint32_t h = ((uint32_t)i + 1) * 2654435761u;
    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    return (double)h / 2147483648.0 - 1;
}

static inline uint32_t lower_as(Lab *lab, const char *fn_name, ContractPlan *plan)
{
    static const char *const name[] = { "a", "b", "d" };
    Program *p = lab->p;
    uint32_t fn = fn_begin(p, fn_name, NULL);
    for (unsigned k = 0; k < lab->c.nopd; k++) lab->c.in[k].buffer = fn_param_buffer(p, name[k], SPACE_CONST, false, false);
    lab->c.out.buffer = fn_param_buffer(p, "out", SPACE_SHARED, true, false);
    Var count = fn_param(p, "count", L_INT);
    for (unsigned a = 0; a < lab->c.naxis; a++)
        if (lab->c.counted >> a & 1) lab->c.count[a] = x_var(p, count);
    contract_lower(plan, &lab->c);
    fn_end(p);
    const char *error = loop_verify(p, &lab->arena);
    cr_assert(!error, "%s", error);
    return fn;
}

static inline uint32_t lower(Lab *lab)
{
    return lower_as(lab, "Test.all", contract_plan(kernels_new(&lab->arena, lab->p), &lab->c));
}

static inline void run(Lab *lab, const char *what)
{
    if (!lab->p) lab->p = program_new(&lab->arena, &lab->names, TYPE_F64);
    uint32_t fn = lower(lab);
    LArg arg[MAX_OPERANDS + 2];
    unsigned n = 0;
    for (unsigned k = 0; k < lab->c.nopd; k++) arg[n++] = (LArg){ .buffer = lab->memory[k].at, .elements = lab->memory[k].reals };
    arg[n++] = (LArg){ .buffer = lab->memory[OUT].at, .elements = lab->memory[OUT].reals };
    arg[n++] = (LArg){ .i = lab->count };
    char error[256] = "";
    loop_run(lab->p, fn, arg, n, error, sizeof error);
    cr_assert(!error[0], "%s: %s", what, error);
}

static inline void close_lab(Lab *lab) { arena_free(&lab->arena); }

/* ---- convolutions ------------------------------------------------------------------------- */

static inline void conv_contract(Lab *lab, const Conv *v, Kind kind, int64_t weight[MAX_AXES], size_t reals[3])
{
    lab->c = conv_box(lab->p, v, kind, weight, reals);
    lab->count = v->batch;
}

#endif
