/* rewrite.h: what passes are made of. */
#ifndef ND_PASS_REWRITE_H
#define ND_PASS_REWRITE_H

#include "pass/pass.h"

/* A Fn with the leaves of `from`, in their order, and nothing else.               */
Fn *pass_begin(Arena *, const Fn *from, const char *name);
/* prefix + name + suffix, with as many underscores as no leaf has.                 */
Name pass_name(const Fn *, const char *prefix, const char *name, const char *suffix);

/* Makes in `to` what node r of `from` becomes; copy[] has everything before it.    */
typedef Ref Rewrite(Fn *to, const Fn *from, Ref r, const Ref *copy, void *context);
Rewrite pass_keep;                  /* the node as it is                            */
/* A new Fn: every node that a root needs, rewritten; the roots.                    */
Fn *pass_rewrite(Arena *, const Fn *from, Rewrite *, void *context);

/* A cell as nodes; in[] as its inputs are numbered, 0 where it has none.           */
Ref pass_cell(Fn *, const char *cell, const Ref in[CELL_INPUTS]);

#endif
