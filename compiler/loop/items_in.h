/* items_in.h: what the files of items.h share. */
#ifndef ND_ITEMS_IN_H
#define ND_ITEMS_IN_H

#include "loop/items.h"

/* ---- indices (items_index.c) ---------------------------------------------------------------
 * A sum of terms, lets replaced by what they are.                                          */
enum { TERMS = 12 };
typedef struct Linear {
    Exp      atom[TERMS];
    int64_t  k[TERMS], c;
    unsigned n;
    bool     unknown;               /* more than that                                       */
} Linear;

/* ---- arrays (items_array.c) ----------------------------------------------------------------- */
typedef enum Home {
    HOME_ITEM,                      /* each item has all of it                              */
    HOME_LANE,                      /* ... has its lane of every vector                     */
    HOME_SPREAD,                    /* ... has every element whose number modulo the group is its own */
    HOME_GROUP                      /* one of the group, where all see it                   */
} Home;

/* ---- meeting (items_meet.c) -------------------------------------------------------------------
 * An access, and which item it is that touches an element.                                 */
typedef enum Who {
    WHO_ANY,
    WHO_FIRST,                      /* the first item                                       */
    WHO_TEAM,                       /* of the first team, by the element's lane             */
    WHO_OWNER                       /* element - at modulo the group                        */
} Who;

typedef struct Access {
    Var     buffer;
    uint8_t store, who;
    bool    even;                   /* a vector that begins at a multiple of LANES          */
    int64_t stride;                 /* between lanes' elements, where at is the first one's; else 0 */
    Linear  at;
} Access;
typedef VEC(Access) Accesses;
typedef VEC(Var) Vars;

/* ---- all of it ----------------------------------------------------------------------------------- */

typedef struct Staged { Var array; uint32_t at; } Staged;  /* a copy of all of a spread array */

typedef struct Items {
    Program  *p;
    unsigned  teams;
    int64_t   group;                /* items of a group                                     */
    size_t    vars, stms;           /* those of the kernel                                  */
    Stm       body;                 /* of the kernel, nothing called                        */
    uint32_t *apart;                /* [var]: views that share a number do not overlap      */
    Exp      *def;                  /* [var]: of a let                                      */
    Stm      *loop_of, *view_of;    /* [var]: whose number it is; what makes the view       */
    /* what was decided; a form in which it is wrong is thrown away */
    bool     *nan;                  /* [var]: sums that are asked for NaN only, each team has its own */
    bool     *alone;                /* [stm]: a loop that all teams do together             */
    bool     *early;                /* [stm]: items meet before this loop of the teams'     */
    bool     *flat;                 /* [stm]: items meet in this condition, so it guards statements */
    bool     *meets;                /* [stm]: ... in this loop                              */
    Accesses *carried;              /* [stm]: what a loop's last time leaves to the next    */
    uint8_t  *home;                 /* [var]: Home                                          */
    bool      again, failed;
    /* the form being built */
    Var      *to;                   /* [var]                                                */
    Var       item, team, lane;
    Var       meet, pool;           /* to[]: arrays of the group, where lanes show numbers, where copies are */
    Var       live;                 /* what guards statements, or 0                         */
    Stm       spread;               /* the loop of the teams' around, or 0                  */
    bool      once;                 /* ... a team does one of its iterations at most        */
    VEC(Stm)  around;               /* conditions and loops of the group's                  */
    Accesses  outer;                /* since items met                                      */
    Accesses  inner, mine;          /* in this iteration of a team, among its lanes and among teams */
    VEC(Staged) staged;
    size_t    pinned;               /* how many of them are good until a statement's end    */
    uint32_t  pool_most, pool_room;
} Items;

void inline_kernel(Items *, uint32_t kernel);
bool touches_nothing(const Program *, uint32_t fn);     /* no vectors, nothing stored: called as it is */

Linear  linear_of(const Items *, Exp);
void    linear_add(const Items *, Linear *, Exp, int64_t factor);
bool    linear_is_multiple(const Items *, const Linear *, int64_t of);
void    linear_reduce(const Items *, Linear *, int64_t of);        /* less what is a multiple */
bool    is_multiple(const Items *, Exp, int64_t of);
bool    linear_own(const Items *, Linear *, Var counter);   /* takes out the counter of a loop of the teams' */
bool    linear_mentions(const Items *, const Linear *, Var from);       /* a variable that is no older */
bool    mentions(const Items *, Exp, Var);
int64_t most_of(const Items *, Exp);                    /* INT64_MAX: who knows             */
int64_t most_between(const Items *, Exp from, Exp to);  /* ... how far apart they are       */
bool    is_between(const Items *, Exp from, Exp to, int64_t much);      /* just as far      */

void find_loops(Items *);                               /* fills alone, for what can be seen at once */
bool is_spread(const Items *, Stm);                     /* is it a loop of the teams'?      */
bool asks_teams(const Items *, Exp mask);                /* does it ask for such a sum?      */
bool is_own(const Items *, Stm spread, Exp index);      /* of a spread array: an item's own */
void arrays_place(Items *);                             /* fills home                       */
bool is_array(const Items *, Var);
bool in_registers(const Items *, const LStm *loop);     /* unrolled, for what it indexes by its counter */
bool is_shared(const Items *, Var buffer);              /* do others see it?                */

void meet(Items *);
void touch(Items *, const Accesses *);                  /* items meet where they must       */
void loads_of(Items *, Exp, Who one, Who vector, Accesses *);
Access strided(const Items *, Var buffer, Exp base, Exp stride, bool store);
void add_access(Items *, Accesses *, Access);
bool any_conflict(const Items *, const Accesses *, const Accesses *);
void spread_begin(Items *, Stm loop);
void spread_end(Items *);
void loop_begin(Items *, Stm loop);                     /* what its last time left          */
void loop_end(Items *, Stm loop, const Accesses *before);

void form_block(Items *, Stm first);
void guard(Items *);                                    /* begins what live guards, if it does; */
void guard_end(Items *);
size_t stage(Items *, Stm);                             /* what the statement wants of others' parts of arrays; pinned before */
void unstage(Items *, Var array);                       /* 0: all                           */
Exp  staged_at(const Items *, Var array);

#endif
