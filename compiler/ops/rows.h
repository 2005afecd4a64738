/* rows.h: the tables of losses, optimisers and summaries, for whoever asks.
 *
 * The language checks `adam(lr = 0.01)` against them, the training functions
 * are built from them, the command's help prints them.  Data only. */
#ifndef ND_ROWS_H
#define ND_ROWS_H

#include "base/base.h"

typedef struct RowArg {
    const char *name;               /* as written in the language: "lr"                */
    const char *real;               /* the number it fills: "beta2" for rmsprop's alpha */
    double      value;              /* the default                                     */
    const char *help;
} RowArg;

typedef struct LossRow {
    const char   *name, *help;
    const RowArg *arg;
    size_t        args;
    const char   *value, *slope;    /* cells over x, y and the arguments               */
} LossRow;

typedef struct OptimRow {
    const char   *name, *help;
    const RowArg *arg;
    size_t        args;
    unsigned      moments;          /* reals kept per parameter: none, m, or m and v   */
    const char   *locals, *m, *v, *step;    /* cells: see optim.def                    */
} OptimRow;

typedef struct SummaryCell { const char *first, *next; } SummaryCell;

typedef struct SummaryRow {
    const char        *name;
    const SummaryCell *cell;        /* see summary.def                                 */
    size_t             cells;
    const char        *value;
} SummaryRow;

const LossRow  *loss_rows(size_t *count);
const OptimRow *optim_rows(size_t *count);

const SummaryRow *summary_rows(size_t *count);

const LossRow  *loss_row(const char *name);             /* NULL: no such row           */
const OptimRow *optim_row(const char *name);
const SummaryRow *summary_row(const char *name);
/* The numbers an optimiser's cells read beside p g m v; `value` is C over
 * `const nodec_update *u`.  One more is not named in cells: gscale, what the
 * gradient is multiplied by to respect nodec_update.clip.                      */
typedef struct OptimReal { const char *name, *value; } OptimReal;
const OptimReal *optim_reals(size_t *count);

const RowArg   *row_arg(const RowArg *, size_t count, const char *name);

#endif
