/* contract_box.h: what the files of the contraction scheduler share.
 *
 *     contract.c          the plan and its lowering, layouts
 *     contract_normal.c   a contraction as boxes in which every kept axis has its
 *                         own place in out, and few guards
 *     contract_plain.c    a box as one-lane loops */
#ifndef ND_CONTRACT_BOX_H
#define ND_CONTRACT_BOX_H

#include "pass/contract.h"

typedef struct BoxGuard {           /* 0 <= c + sum of k[a] * axis a < limit           */
    int64_t c, k[MAX_AXES], limit;
    bool    dimension;              /* of out, not yet resolved                        */
} BoxGuard;

enum { BOX_GUARDS = 4 * MAX_RANK };

typedef struct Box {
    unsigned naxis;
    int64_t  extent[MAX_AXES];
    uint8_t  of[MAX_AXES];          /* the Contract's axis that this one came from     */
    uint32_t summed, counted;       /* bit masks; counted: the extent is Contract.count */
    unsigned nopd;
    int64_t  at[MAX_OPERANDS + 1];  /* beside Strided.at                               */
    int64_t  step[MAX_OPERANDS + 1][MAX_AXES];
    unsigned nguard;
    BoxGuard guard[BOX_GUARDS];
    bool     add, empty;            /* empty: no term at all, out is zero              */
} Box;

typedef VEC(Box) Boxes;

/* ---- contract_normal.c --------------------------------------------------------------- */

void boxes_split(Arena *, const Contract *, Boxes *);   /* every index of out plain, guards live */
void box_tidy(Box *);               /* summed axes forwards, axes that go together as one */
void guard_range(const Box *, const BoxGuard *, int64_t *lo, int64_t *hi);
void summed_order(const Box *, unsigned operand, unsigned order[MAX_AXES], unsigned *count);
uint64_t box_terms(const Box *);    /* multiply-adds, counted axes taken once          */

/* ---- where loops stand ----------------------------------------------------------------- */

typedef struct Nest {
    Program *p;
    const Contract *c;
    const Box *box;
    Exp axis[MAX_AXES];             /* of the box, as far as loops are open            */
} Nest;

Exp  nest_index(const Nest *, unsigned operand);        /* element of an operand, or OPERAND_OUT */
Exp  nest_extent(const Nest *, unsigned axis);
void nest_loop(Nest *, unsigned axis, Exp from, Exp to);
Exp  nest_guard(const Nest *, const BoxGuard *);        /* c + sum of k * axis, an int */
Exp  add_product(Program *, const Exp *factor, unsigned count, Exp sum);

/* ---- contract_plain.c ------------------------------------------------------------------- */

void plain_lower(Nest *);

#endif
