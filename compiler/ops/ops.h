/* ops.h: the elementwise ops as tables, and what they compute on one number.
 *
 * The rows are in ops.def; the programs of exp, log, sin ... in math.def.  A
 * Cell is an expression as a flat list of steps, in order of evaluation:
 * what the lowering walks to expand an op, the vjp to build a derivative, and
 * op_value to compute.  Since all three walk the same list, the evaluator and
 * the generated code agree to the bit.
 *
 *     exp in f32:   5: const 1.442695   6: const 12582912   7: fma a 5 6  ...
 */
#ifndef ND_OPS_H
#define ND_OPS_H

#include "base/base.h"

typedef enum Type { TYPE_F32, TYPE_F64, TYPE_I32, TYPE_BOOL } Type;

/* The structural ops of the tensor IR, then one enumerator per row of ops.def. */
typedef enum Op {
    OP_NONE, OP_LEAF, OP_CONST, OP_CON, OP_PEAK_MAX, OP_PEAK_MIN, OP_TAKE, OP_PUT,
    OP_FIRST_MAP,
    OP_BEFORE_MAP = OP_FIRST_MAP - 1,
#define PRIM1(name, value, da)             OP_##name,
#define PRIM2(name, value, da, db)         OP_##name,
#define PRIM3(name, value, da, db, dc)     OP_##name,
#define BITS1(name, value)                 OP_##name,
#define BITS2(name, value)                 OP_##name,
#define MATH1(name, da)                    OP_##name,
#define MATH2(name, da, db)                OP_##name,
#define MACRO1(name, value, da)            OP_##name,
#define MACRO2(name, value, da, db)        OP_##name,
#define TEST2(name, value)                 OP_##name,
#define LOGIC1(name, value)                OP_##name,
#define LOGIC2(name, value)                OP_##name,
#define CHOOSE(name)                       OP_##name,
#include "ops/ops.def"
    OP_COUNT
} Op;

typedef enum OpKind {
    OP_KIND_TENSOR,                 /* leaf, const, con, peak, take, put           */
    OP_KIND_PRIM, OP_KIND_BITS, OP_KIND_MATH, OP_KIND_MACRO, OP_KIND_TEST,
    OP_KIND_LOGIC, OP_KIND_CHOOSE
} OpKind;

typedef struct OpInfo {
    const char *name;               /* as in the language and in the text forms    */
    uint8_t     kind, narg;
    const char *value;              /* cell, or NULL (MATH: see math_program)      */
    const char *derivative[3];      /* cells, or NULL                              */
} OpInfo;

const OpInfo *op_info(Op);
Op op_by_name(const char *);        /* OP_NONE if there is no such op              */

/* ---- programs --------------------------------------------------------------- */

enum { IN_A, IN_B, IN_C, IN_Y, IN_G, CELL_INPUTS };     /* values before the steps */

typedef struct CellStep {
    uint16_t op;                    /* a map op, or OP_CONST                       */
    uint16_t arg[3];                /* below CELL_INPUTS: an input, else step
                                       arg - CELL_INPUTS                           */
    double   number;                /* of OP_CONST; rounded to the type in use     */
} CellStep;

typedef struct Cell {
    uint16_t    result;             /* numbered as arg is: "g" alone has no step   */
    uint16_t    count;
    CellStep step[];
} Cell;

/* A cell, parsed: "g*(1 - y*y)", or statements "u = a*a; v = u + 1; u*v".  A
 * mistake in a cell is a bug of the table; it aborts with the cell's text.       */
const Cell *cell_parse(Arena *, const char *cell);
/* With further inputs: reading name[i] is a step OP_LEAF whose number is i.      */
const Cell *cell_parse_named(Arena *, const char *cell, const char *const *name, size_t names);

/* A MATH op as PRIM, BITS, TEST and CHOOSE steps over IN_A, IN_B (math.def;
 * TYPE_F32 or TYPE_F64), with the MATH ops it calls written out.                 */
const Cell *math_program(Arena *, Op, Type);

/* ---- values ------------------------------------------------------------------
 * The reference: arguments are rounded to `type` (bools: 0 or 1), every step is
 * computed in it.  MATH and MACRO ops run their programs.                        */
typedef struct OpValues {           /* programs kept between calls; all zero but arena */
    Arena         *arena;
    const Cell    *program[OP_COUNT][2];
} OpValues;
double op_value(OpValues *, Op, Type, const double argument[3]);

#endif
