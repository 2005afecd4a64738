/* copy.h: statements again, with other variables. */
#ifndef ND_COPY_H
#define ND_COPY_H

#include "loop/loop.h"

typedef struct Copier {
    Program *p;
    Var     *to;                    /* [var]: what stands for it now, 0: itself    */
    size_t   vars;                  /* later variables stand for themselves        */
} Copier;

Program *program_copy(Arena *, const Program *);        /* functions may be added to it, the first is not touched */

Copier copier_new(Program *);
Exp  copy_exp(const Copier *, Exp);
void copy_statement(Copier *, Stm);         /* that one, with what is in it        */
void copy_block(Copier *, Stm first);       /* and those behind it                 */
Var  copy_param(Copier *, Var);             /* a parameter of the function that is being built, like this variable */

#endif
