/* c_print.h: what the files that print loop IR as C share.
 *
 * c_names.c   names of variables and functions, which functions are wanted
 * c_exp.c     what is used, and expressions
 * c_print.c   lines, statements, functions
 * c_narrow.c  loops that can go a register at a time
 * c_par.c     parallel loops
 * c_math.c    exp, tanh ... as functions */
#ifndef ND_C_PRINT_H
#define ND_C_PRINT_H

#include "back/c.h"

typedef struct Printer {
    CFile         *file;
    const Program *p;
    const CPart   *part;            /* whose functions are called, how its variables are called */
    const LFn     *fn;
    const char    *fn_name;
    Text          *out;
    unsigned       depth;
    uint8_t       *live;            /* [var]: READ, PASSED; see c_mark_function        */
    bool           again;
    bool           apart;           /* a register at a time, see LFn.apart            */
    uint32_t       origin;          /* of the lines being printed                     */
    uint8_t       *moves;           /* [var], all zero: c_narrow.c's               */
    bool           narrow;          /* in a loop that counts in registers, see c_narrow.c */
    const char    *status;          /* OpenCL: where a kernel leaves what it would return */
    Var            lane;            /* a kernel of groups: the item's number in its group */
    uint32_t       items;           /* ... how many there are                      */
    void         (*launch)(struct Printer *, const LStm *);     /* an S_PAR of a host of kernels */
} Printer;

const char *c_var_name(const Printer *, Var);

typedef void CVisit(void *, const LStm *);
void c_each_statement(const Program *, Stm first, CVisit *, void *context);

/* Marks what a function reads, and before that what an expression outside of it does. */
enum { READ = 1, PASSED = 2 };
void c_mark_exp(Printer *, Exp);
void c_mark_function(Printer *);
static inline bool c_is_read(const Printer *pr, Var var) { return pr->live[var] & READ; }
/* Declarations count only if their variable is read, everything else always.      */
bool c_counts(const Printer *, const LStm *);

/* How tightly C binds; an operand is put in parentheses if it binds less. */
enum { BIND_CHOOSE, BIND_OR, BIND_AND, BIND_EQUAL, BIND_LESS, BIND_ADD, BIND_MUL, BIND_SIGN, BIND_ATOM };

void c_print_exp(Printer *, Text *, Exp, unsigned bind);
void c_print_place(Printer *, Text *, Var buffer, Exp index);      /* "x + 3*i" */

/* A line. In the format: %s a string, %u a number, %v a Var, %p a Var and an Exp: "x + 3*i";
 * %e an Exp, %t one that is compared with something, %a one that is cast.             */
void c_print_code(Printer *, const char *format, ...);
void c_print_comment(Printer *, const char *text);
void c_print_block(Printer *, Stm first);
const char *c_type_name(LType);
const char *c_space(const Printer *, Var buffer);               /* "__global " in OpenCL C */
const char *c_param_text(Printer *, Var, bool restricted);     /* "const real *RESTRICT x" */

bool c_narrows(Printer *, const LStm *loop);

void c_print_task(void *printer, const LStm *);        /* before the function: what its S_PAR needs */
void c_print_par(Printer *, const LStm *);

#endif
