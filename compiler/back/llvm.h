/* llvm.h: what the files of the LLVM back end share.
 *
 * llvm.c       puts a module together: functions, what they need, the entries
 * llvm_text.c  operands, types and instructions as text
 * llvm_exp.c   expressions
 * llvm_place.c addresses
 * llvm_stm.c   statements and functions
 * llvm_par.c   parallel loops
 * llvm_debug.c line tables, afterwards
 * llvm_math.c  exp, tanh ... as functions, and the lanes of a vector one by one
 *
 * The text is LLVM's language (LangRef) of the versions 15 to 19. An expression becomes
 * instructions, its value a numbered register; what is set more than once is an
 * alloca, which LLVM's first pass turns into registers. Nothing permits LLVM to compute
 * other bits: no fast-math flags, and llvm.fma only where loop IR says fma. */
#ifndef ND_LLVM_H
#define ND_LLVM_H

#include "back/c_print.h"

typedef enum OperandKind { O_NONE, O_TEMP, O_VAR, O_SLOT, O_NUMBER, O_NULL, O_PART, O_TASK, O_AHEAD } OperandKind;

typedef struct Operand {            /* what an instruction reads                       */
    uint8_t  kind;
    LType    type;
    uint32_t id;                    /* of a temporary, of a variable                    */
    double   number;                /* the same in all lanes                            */
} Operand;

typedef struct LlvmUse {            /* what a module needs beside its functions        */
    uint8_t  intrinsic[OP_COUNT];   /* declared with: 1 one lane, 2 sixteen, 4 `width`  */
    uint8_t  math[OP_COUNT];        /* used with: the same                              */
    bool     tree, gather, scatter, each;
} LlvmUse;

typedef struct LlvmFile {
    CFile   *c;                     /* names, and which functions are wanted            */
    Arena   *arena;
    Text     fn, task;              /* the module's functions so far; tasks of the one being printed */
    Text    *out;                   /* the modules so far                               */
    unsigned width;                 /* lanes of a register, in functions that are apart  */
    unsigned modules;               /* ... how many they are                            */
    bool     split;                 /* functions of one module are called from others    */
    LlvmUse  use;                   /* in the module                                    */
    bool    *defined, *called;      /* there, by function of the part                   */
    Operand *value;                 /* by variable of the part being printed            */
    bool    *set;                   /* ... set more than once                           */
    uint8_t *live;                  /* ... see c_mark_function                          */
    uint8_t *depth;                 /* ... in how many loops its value is the same      */
} LlvmFile;

enum { LOOPS = 24, AHEAD_TERMS = 12 };

typedef struct LlvmAhead {          /* an address computed where a loop's body begins  */
    Operand from, to;
    unsigned depth, terms;          /* of the loop: 1 is the outermost                 */
    Exp     term[AHEAD_TERMS];
    bool    minus[AHEAD_TERMS];
} LlvmAhead;

typedef struct LlvmFn {             /* a function being printed                         */
    Printer   at;                   /* what of it is read: c_mark_function              */
    LlvmFile *file;
    const Program *p;
    Text     *out, entry;           /* instructions; allocas, which come first          */
    unsigned  lanes;                /* of a vector here                                 */
    uint32_t  temp, label, block;   /* next register, last label, where we are          */
    unsigned  tasks;                /* parallel loops so far                            */
    bool      ended;                /* the block has its end already                    */
    const char *parallel;           /* what is handed on as `parallel`                  */
    Operand   part;                 /* apart: the first lane of these                   */
    unsigned  depth;                /* loops around                                     */
    Text      begin[LOOPS];         /* of each of them: what comes first in its body    */
    VEC(LlvmAhead) ahead;
    bool      ahead_text;           /* temporaries are %h1 ..., `out` is one of those    */
    uint32_t  ahead_temp;
    Operand  *value;                /* [var]                                            */
} LlvmFn;

static const LType t_int = { L_INT, 1 }, t_real = { L_REAL, 1 }, t_mask = { L_MASK, 1 }, t_pointer = { L_BUFFER, 1 },
                   t_reals = { L_REAL, LANES }, t_masks = { L_MASK, LANES };

/* ---- llvm_text.c -------------------------------------------------------------------------
 * In formats: %s a string, %u a number, %t an LType, %o an Operand, %p one with its type before it, %l a label. */
void    llvm_more(LlvmFn *, const char *format, ...);           /* part of a line            */
void    llvm_put(LlvmFn *, const char *format, ...);            /* an indented line          */
Operand llvm_get(LlvmFn *, LType, const char *format, ...);     /* "%7 = ..."                */
void    llvm_entry(LlvmFn *, const char *format, ...);          /* ... among the allocas     */
void    llvm_comment(LlvmFn *, const char *indent, const char *text);
const char *llvm_type(const LlvmFn *, LType);
const char *llvm_suffix(const LlvmFn *, unsigned lanes);        /* "v16f32" of an intrinsic  */
unsigned llvm_variant(const LlvmFn *, unsigned lanes);          /* 1, 2 or 4: see LlvmFile   */
uint32_t llvm_label(LlvmFn *);
void    llvm_block(LlvmFn *, uint32_t label);                   /* begins it                 */
void    llvm_branch(LlvmFn *, uint32_t label);
static inline Operand llvm_number(LType type, double number) { return (Operand){ .kind = O_NUMBER, .type = type, .number = number }; }

/* ---- the rest ---------------------------------------------------------------------------- */

Operand llvm_exp(LlvmFn *, Exp);
Operand llvm_op(LlvmFn *, Op, LType, const Operand arg[3]);     /* of reals and masks        */
Operand llvm_splat(LlvmFn *, Operand);
Operand llvm_truth(LlvmFn *, Exp);                              /* as a condition            */
Operand llvm_place(LlvmFn *, Var buffer, Exp index, bool vector);
void    llvm_statements(LlvmFn *, Stm first);
void    llvm_functions(LlvmFile *, const CPart *);              /* the wanted ones           */
void    llvm_declare(LlvmFile *, const CPart *, uint32_t fn, Text *);
void    llvm_module(LlvmFile *, const CPart *);                 /* ends one                  */
void    llvm_call(LlvmFn *, const CPart *, uint32_t fn, const Operand *args, Operand *status);
void    llvm_par(LlvmFn *, const LStm *);
void    llvm_debug(Text *);                                     /* lines `;@N` become line tables */
void    llvm_helpers(LlvmFile *, Text *);                       /* functions for what was used */

#endif
