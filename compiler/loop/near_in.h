/* near_in.h: what the files of near.h share. */
#ifndef ND_NEAR_IN_H
#define ND_NEAR_IN_H

#include "loop/copy.h"
#include "loop/items_in.h"
#include "loop/near.h"

typedef enum Fetch {                /* who reads in common, so who fetches              */
    FETCH_TEAMS,                    /* lanes differ: a team fetches every so many terms */
    FETCH_LANES,                    /* teams differ: each for itself, lanes share out terms */
    FETCH_ITEMS,                    /* all the same                                     */
    FETCHES
} Fetch;

typedef struct NearRead {
    Exp     load;                   /* in the kernel as it was                          */
    LExp    was;
    Fetch   by;
    int64_t at;                     /* place of its first number                        */
} NearRead;

enum { NEAR_DEEP = 4 };

typedef struct NearSite {           /* loops, each in the one before it, of which nothing else is done */
    Stm      loop[NEAR_DEEP];
    unsigned depth;
    int64_t  first[NEAR_DEEP], extent[NEAR_DEEP];       /* what their bounds may be at most */
    int64_t  terms;                 /* of the innermost at a time                       */
    int64_t  vectors, own;          /* reals of a term, of a team                       */
    VEC(NearRead) read;
} NearSite;

typedef struct Near {
    Program *p;
    const ItemsForm *form;
    Items    index;                 /* for items_index.c: what numbers are made of      */
    int64_t  group, teams;
    int64_t  room, most;            /* reals there are, and that are used               */
    NearSite **site;                /* [stm]: of the outermost loop                     */
    bool    *within;                /* [stm]: there is a site in it                     */
    bool    *same;                  /* [stm]: a loop whose bounds are the same for all items */
    bool    *varies;                /* [var]: a whole number that is set, to others in others */
    /* the kernel being built */
    Copier   copier;
    Var      near, live, all;       /* whether the item takes part, whether the group does; 0: it does */
} Near;

bool near_reads(const Program *, Exp);                  /* memory                       */
bool near_varies(const Near *, Exp);                    /* from one item to another     */
bool near_range(const Near *, Exp, int64_t *lo, int64_t *hi);
uint32_t near_form(Near *, const LFn *from);

#endif
