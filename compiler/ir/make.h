/* make.h: what the files of ir/ share among themselves: nodes as they are, with
 * no simplification, and affine indices as values. */
#ifndef ND_IR_MAKE_H
#define ND_IR_MAKE_H

#include "ir/ir.h"

/* ---- fn.c ------------------------------------------------------------------------ */

/* The node with this content, new or found; no checks, no simplification.          */
Ref      ir_node(Fn *, Op, Type, Shape, const Ref arg[3], unsigned narg, uint32_t aux);
uint32_t ir_shape_index(Fn *, Shape);
uint32_t ir_con_index(Fn *, const Con *);
uint32_t ir_value_index(Fn *, const double *, size_t count);
_Noreturn void ir_bug(const Fn *, const char *format, ...) ND_PRINTF(2, 3);

Shape    ir_operand_shape(const Fn *, const Node *, unsigned k);

bool     ir_commutes(Op);           /* the argument made first comes first (build.c) */

/* ---- affine.c --------------------------------------------------------------------- */

Aff  aff_number(int32_t c);
Aff  aff_axis(unsigned axis);
bool aff_is_axis(const Aff *, unsigned *axis);          /* the axis alone, bare       */
bool aff_equal(const Aff *, const Aff *);
int  aff_coefficient(const Aff *, unsigned axis);       /* 0 if absent                */
/* to += k * from; false if it has no room for the terms.                            */
bool aff_add(Aff *to, const Aff *from, int32_t k);
/* axis i := with[i]                                                                  */
bool aff_substitute(const Aff *, const Aff with[MAX_AXES], Aff *out);
void aff_sort(Aff *);                                   /* terms by axis              */
/* Least and greatest value over the box (axes of B are taken as unbounded above).    */
void aff_range(const Aff *, const uint32_t extent[MAX_AXES], int64_t *lo, int64_t *hi);

/* ---- con.c -------------------------------------------------------------------------- */

/* One operand, every axis in the result: no sum, each element from one place or zero. */
bool con_reindexes(const Con *);
/* ... and every element of the result is reached.                                     */
bool con_covers(const Con *, Shape out);
/* ... and it repeats its operand along further axes.                                  */
bool con_expands(const Con *, Shape out, Shape operand);
unsigned con_kept(const Con *, Shape out);              /* axes that index the result: 0 .. kept-1 */

#endif
