/* rewrite.h: what passes share: the walk over the nodes, made names, cells. */
#ifndef ND_REWRITE_H
#define ND_REWRITE_H

#include "ir/ir.h"

typedef struct Rewrite {
    const Fn *from;
    Fn       *to;
    Ref      *copy;                 /* by node of from                             */
    bool     *same;                 /* the copy is made as the node was, from such copies */
    uint32_t *uses;                 /* of each node of from, by nodes and roots that are needed */
    const void *context;            /* the caller's                                */
} Rewrite;

/* A new Fn with the leaves and roots of f, its needed nodes made one after the
 * other by `node`, which is given the copies of the arguments.                    */
typedef Ref RewriteNode(Rewrite *, Ref, const Ref arg[3]);
Fn *rewrite(Arena *, const Fn *f, RewriteNode *node, const void *context);

/* A node that stays as it is (dce.c).                                             */
Ref rewrite_plain(Rewrite *, Ref, const Ref arg[3]);

/* A name for something made, which the model does not use itself (dce.c).         */
Name pass_name(const Fn *f, const char *format, Name of);

/* A parsed cell built as nodes (expand.c).                                        */
Ref rewrite_cell(Fn *, const Cell *, const Ref input[CELL_INPUTS]);

#endif
