/* contract_in.h: what the files of the contraction scheduler share.
 *
 *     contract.c          the plan and its lowering, layouts
 *     contract_normal.c   a contraction as pieces in which every kept axis has its
 *                         own place in out, and few guards
 *     contract_plain.c    a piece as one-lane loops
 *     contract_tile.c     a piece as calls of a kernel: which, and with what bounds
 *     contract_kernel.c   kernels: functions that keep a tile of sums in registers */
#ifndef ND_CONTRACT_IN_H
#define ND_CONTRACT_IN_H

#include "tile/contract.h"

typedef struct PieceGuard {         /* 0 <= c + sum of k[a] * axis a < limit           */
    int64_t c, k[MAX_AXES], limit;
    bool    dimension;              /* of out, not yet resolved                        */
} PieceGuard;

enum { PIECE_GUARDS = 4 * MAX_RANK };

typedef struct Piece {
    unsigned naxis;
    int64_t  extent[MAX_AXES];
    uint8_t  of[MAX_AXES];          /* the Contract's axis that this one came from     */
    uint32_t summed, counted;       /* bit masks; counted: the extent is Contract.count */
    uint32_t cut;                   /* there is more of it in memory, not to be touched */
    unsigned nopd;
    int64_t  at[MAX_OPERANDS + 1];  /* beside Strided.at                               */
    int64_t  step[MAX_OPERANDS + 1][MAX_AXES];
    unsigned nguard;
    PieceGuard guard[PIECE_GUARDS];
    bool     add, empty;            /* empty: no term at all, out is zero              */
} Piece;

typedef VEC(Piece) Pieces;

/* ---- contract_normal.c --------------------------------------------------------------- */

void pieces_of(Arena *, const Contract *, Pieces *);    /* every index of out plain, guards live */
void piece_tidy(Piece *);           /* axes that go together as one, none of extent 1 */
void piece_forwards(Piece *, unsigned operand);
void piece_guard_range(const Piece *, const PieceGuard *, int64_t *lo, int64_t *hi);
void piece_sum_order(const Piece *, unsigned operand, unsigned order[MAX_AXES], unsigned *count);
uint64_t piece_terms(const Piece *);                    /* multiply-adds, counted axes taken once */

/* ---- where loops stand ----------------------------------------------------------------- */

typedef struct Site {
    Program *p;
    const Contract *c;
    const Piece *piece;
    Exp axis[MAX_AXES];             /* of the piece, as far as loops are open          */
} Site;

Exp  site_index(const Site *, unsigned operand);        /* element of an operand, or OPERAND_OUT */
Exp  site_extent(const Site *, unsigned axis);
void site_loop(Site *, unsigned axis, Exp from, Exp to);
Exp  site_guard(const Site *, const PieceGuard *);      /* c + sum of k * axis, an int */
Exp  site_product(Program *, const Exp *factor, unsigned count, Exp sum);

/* ---- contract_kernel.c ------------------------------------------------------------------ */

typedef enum SumLoop { SUM_WHOLE, SUM_CLIPPED, SUM_COUNTED, SUM_UNROLLED } SumLoop;

typedef struct KernelSum {
    SumLoop how;
    int64_t extent, step[MAX_OPERANDS];
} KernelSum;

typedef struct KernelGuard {        /* 0 <= c + row*row axis + sum of k*unrolled < limit */
    int64_t c, row, k[MAX_AXES], limit;
} KernelGuard;

/* All that a kernel's text depends on. Its parameters: operands, out, the
 * element of each that it begins at, then for each sum from and to (clipped) or the
 * count (counted), then the number of rows if counted.                             */
typedef struct Kernel {
    unsigned  nopd;
    bool      add;
    bool      lanes_summed;         /* the vector axis is summed                    */
    int64_t   vectors, rest;        /* whole ones, and elements behind them         */
    bool      vector[MAX_OPERANDS]; /* step 1 along the vector axis; else 0         */
    unsigned  wide, tall;           /* vectors and rows in a tile                   */
    int64_t   rows, row_step[MAX_OPERANDS + 1];
    bool      rows_counted;
    unsigned  nsum;
    KernelSum sum[MAX_AXES];        /* outermost first                              */
    unsigned  nguard;
    KernelGuard guard[PIECE_GUARDS];
} Kernel;

Program *kernels_program(const Kernels *);
Arena   *kernels_arena(const Kernels *);
uint32_t kernel_fn(Kernels *, const Kernel *);          /* made now, or made before */

/* ---- contract_tile.c --------------------------------------------------------------------- */

typedef struct Way {                /* how a piece is computed                      */
    int      vector, row;           /* axes, or -1                                  */
    unsigned nsum, sum[MAX_AXES];   /* summed axes in the order of the sum          */
    bool     plain;                 /* else by a kernel                             */
    Kernel   kernel;
    uint32_t fn;
} Way;

void way_choose(Piece *, bool padded, Way *);
void way_lower(Site *, const Way *);

/* ---- contract_plain.c ------------------------------------------------------------------- */

void plain_lower(Site *, const Way *);

#endif
