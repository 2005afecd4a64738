/* contract.h: one sum of products over memory, as fast loops.
 *
 * In: a box of axes, operands whose addresses are affine in them, guards.  Out:
 * statements of loop IR where the builder stands,
 *
 *     out[o(i)] (+)= sum over the summed axes of  in_0[a_0(i)] * in_1[a_1(i)] ...
 *
 * taken only where every guard holds. Nobody here knows what a convolution is: a
 * matrix product, a convolution of any stride, its two gradients, an outer product
 * are boxes with different steps.
 *
 * What is fast is chosen from the steps alone:
 *
 *     axpy   one axis has step 1 in out and in one operand and 0 in the other: the
 *            vector axis. Tiles of rows x vectors stay in named accumulators. The
 *            kernel is a function of its own, interned by its text, so equal ones
 *            are compiled once.
 *     zip    the vector axis has step 1 in out and step 1 or 0 in every operand
 *     dot    step 1 in both operands, 0 in out: sums of lanes
 *     plain  one lane; does everything, and axpy and zip give its bits: a sum is one
 *            chain in an order that no tile changes (dot sums lanes in a tree)
 *
 * (Tiles: Goto and van de Geijn 2008; strided boxes split by residue so that no
 * index is ever divided.)                                                        */
#ifndef ND_CONTRACT_H
#define ND_CONTRACT_H

#include "loop/loop.h"

enum { OPERAND_OUT = MAX_OPERANDS };

typedef struct Strided {            /* element(i) = buffer[at + sum step[a] * i_a]   */
    Var     buffer;
    Exp     at;                     /* an int; 0: 0                                */
    int64_t step[MAX_AXES];
} Strided;

typedef struct Contract {
    unsigned naxis;
    uint32_t extent[MAX_AXES];
    uint32_t counted;               /* bit mask of axes whose extent is count[], known */
    Exp      count[MAX_AXES];       /*   only when the code runs: an int <= extent[] (samples) */
    Name     axis[MAX_AXES];        /* for readable loops; may be NULL             */
    uint32_t summed;                /* bit mask of axes                            */
    unsigned nopd;                  /* 0: counts                                   */
    Strided  in[MAX_OPERANDS], out;
    unsigned nguard;                /* a term counts where 0 <= guard < limit       */
    Aff      guard[2 * MAX_RANK];
    uint32_t limit[2 * MAX_RANK];
    /* Bit mask of guards that are the index of out in one dimension (2*y+i-1 in 26; their
     * axes, at least one, have steps in out in the ratio of their coefficients). All of
     * 0 .. limit is set then, where no term falls too, and several points may reach one
     * element. An index that is one bare axis needs no guard. Which of such axes are
     * `summed` is free.                                                             */
    uint32_t dimensions;
    bool     add;                   /* to what is in out; else out is set, everywhere
                                       the kept axes reach                         */
    Heap    *heap;                  /* of memory for looking at it, or NULL        */
    bool     padded;                /* memory of out and of the vector operand runs on
                                       to whole vectors along the vector axis, and
                                       what is written beyond is never read as a value */
} Contract;

typedef struct Kernels Kernels;     /* functions made so far, by their text        */
Kernels *kernels_new(Arena *, Program *);
void     kernels_spread(Kernels *);     /* loops over tiles are for anybody, from now on: FOR_ANY */

/* Functions cannot be made while another is being built, so in two steps: plan before
 * fn_begin of the function that calls, lower inside it. Buffers, `at` and `count` are
 * filled in between.                                                              */
typedef struct ContractPlan ContractPlan;
ContractPlan *contract_plan(Kernels *, const Contract *);
void contract_lower(ContractPlan *, const Contract *);
/* The same in parts, one after the other: nests of loops of their own.               */
size_t contract_pieces(const ContractPlan *);
void contract_lower_piece(ContractPlan *, const Contract *, size_t piece);
ContractPlan *contract_plan_plain(Kernels *, const Contract *);     /* the reference: one lane, no tiles */

/* The best layout of an operand (or OPERAND_OUT) whose memory is still free: sets its
 * step[] for every axis it reads, as the lowering would like them (vector axis last and
 * padded to LANES, summed axes in loop order), and says how many reals that takes.
 * `reads`: bit mask of the axes it depends on, each of them plainly. A step is negative
 * where the sum runs backwards, so that it will not: then the element at all zeros lies
 * contract_layout_first reals behind the beginning.                                */
uint64_t contract_layout(const Contract *, unsigned operand, uint32_t reads, int64_t step[MAX_AXES]);
int64_t  contract_layout_first(const Contract *, uint32_t reads, const int64_t step[MAX_AXES]);

/* Multiply-adds done, guards taken into account, counted axes taken once: for explain
 * and bench.                                                                        */
uint64_t contract_flops(const Contract *);

#endif
