/* nest.h: loops over the elements of one shape.
 *
 * A nest stands at an element of a feature shape; every value it reads is at an index
 * affine in that element's, so every address is a number plus a step per loop. An Elem
 * is one value at one such index, computed once: at the level of the innermost loop it
 * depends on, before the loops if on none.                                          */
#ifndef ND_NEST_H
#define ND_NEST_H

#include "pass/tile_in.h"

typedef struct Form { int64_t c, k[MAX_RANK]; } Form;   /* c + sum of k[d] * index d */

typedef struct Access {             /* element c + sum of k[d] * index d of a base  */
    uint32_t base;
    Form     at;
    bool     whole;                 /* LANES from there on may be read and written   */
} Access;

typedef struct Elem {
    Ref      ref;
    Form     at[MAX_RANK];          /* its own index                                 */
    Access   from;                  /* not computed but loaded, if place is not 0    */
    uint32_t arg[3], uses;          /* arg: elems                                    */
    uint32_t dims;                  /* bit mask: the dimensions it depends on        */
    bool     root;                  /* asked for by the nest's user: gets a name     */
    Exp      value;                 /* once it has one                               */
} Elem;

typedef struct Loop {               /* over dimension `dim` and those merged into it */
    uint32_t dims;
    uint8_t  dim;
    bool     vector, once;
    uint32_t extent;
    Exp      index;                 /* while it is open                              */
} Loop;

typedef struct Base { Home home; const char *hint; bool optional; Var view; } Base;
typedef struct Offset { unsigned level; int64_t k[MAX_RANK]; Exp value; } Offset;

typedef struct Nest {
    TileFn  *f;
    Program *p;
    Shape    shape;
    Layout   lay;
    unsigned lanes, loops;
    Loop     loop[MAX_RANK];
    VEC(Elem)   elem;               /* [0] is none; arguments before their users     */
    VEC(Base)   base;               /* [0] is none                                   */
    VEC(Access) out;                /* what is stored to                             */
    VEC(Offset) offset;
} Nest;

/* How to use: nest_new, then nest_elem and nest_access for all that is read and
 * written, nest_order, nest_enter(0), and for each loop l: nest_open(l) ... nest_close. */
Nest *nest_new(TileFn *, Shape feature);
Form  form_number(int64_t);
Form  form_index(unsigned dim);
Form  form_of(const Aff *, const Form *axis);
uint32_t nest_elem(Nest *, Ref, const Form *at);
Access   nest_access(Nest *, Home, const Layout *, bool padded, const Form *at, Shape, const char *hint);
/* Order and merging of loops. vector_first: the vector dimension outside.           */
void nest_order(Nest *, bool vector_first, bool merge);
void nest_enter(Nest *);                                /* what depends on no loop    */
void nest_open(Nest *, unsigned loop);
void nest_close(Nest *, unsigned loop);
void nest_loop(Nest *, unsigned loop);                  /* opens the loop alone, naming nothing */
Access nest_local(Nest *, const char *hint, uint32_t count);    /* a private array, its steps still 0 */
Exp  nest_value(Nest *, uint32_t elem);
Exp  nest_index(Nest *, const Access *, unsigned level);        /* level: how many loops are open */
Exp  nest_load(Nest *, const Access *, unsigned level);
void nest_store(Nest *, const Access *, unsigned level, Exp value);
/* Which lanes are elements, as a mask; 0: all of them.                              */
Exp  nest_live(Nest *);

#endif
