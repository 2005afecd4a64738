/* grid.h: loops over the elements of one shape.
 *
 * A grid stands at an element of a feature shape; every value it reads is at an index
 * affine in that element's, so every address is a number plus a step per loop. An Elem
 * is one value at one such index, computed once: at the level of the innermost loop it
 * depends on, before the loops if on none.                                          */
#ifndef ND_GRID_H
#define ND_GRID_H

#include "tile/tile_in.h"

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
    bool     root;                  /* asked for by the user: gets a name     */
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

typedef struct Grid {
    TileFn  *f;
    Program *p;
    Shape    shape;
    unsigned vector, lanes, loops;
    uint32_t chained;               /* bit mask of loops whose iterations go one after the other */
    Loop     loop[MAX_RANK];
    VEC(Elem)   elem;               /* [0] is none; arguments before their users     */
    VEC(Base)   base;               /* [0] is none                                   */
    VEC(Access) out;                /* what is stored to                             */
    VEC(Offset) offset;
} Grid;

/* How to use: grid_new, then grid_elem and grid_access for all that is read and
 * written, grid_order, grid_enter(0), and for each loop l: grid_open(l) ... grid_close. */
Grid *grid_new(TileFn *, Shape feature, unsigned vector);      /* dimension in vectors */
Form  form_number(int64_t);
Form  form_index(unsigned dim);
Form  form_of(const Aff *, const Form *axis);
uint32_t grid_elem(Grid *, Ref, const Form *at);
Access   grid_access(Grid *, Home, const Layout *, bool padded, const Form *at, Shape, const char *hint);
Access   grid_buffer(Grid *, Var buffer, Exp from, const Layout *, bool padded, const Form *at, Shape);
/* Order and merging of loops. vector_first: the vector dimension outside.           */
void grid_order(Grid *, bool vector_first, bool merge);
void grid_enter(Grid *);                                /* what depends on no loop    */
void grid_open(Grid *, unsigned loop);
void grid_close(Grid *, unsigned loop);
void grid_loop(Grid *, unsigned loop);                  /* opens the loop alone, naming nothing */
Access grid_local(Grid *, const char *hint, uint32_t count);    /* a private array, its steps still 0 */
Exp  grid_value(Grid *, uint32_t elem);
Exp  grid_index(Grid *, const Access *, unsigned level);        /* level: how many loops are open */
Exp  grid_load(Grid *, const Access *, unsigned level);
void grid_store(Grid *, const Access *, unsigned level, Exp value);
/* Which lanes are elements, as a mask; 0: all of them.                              */
Exp  grid_live(Grid *);

#endif
