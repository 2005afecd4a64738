/* place.h: what the files that place nodes share.
 *
 *     place.c         classes, which con is computed how, accumulators
 *     place_phase.c   phases, slack, what is kept from one to the next
 *     place_home.c    where values live                                             */
#ifndef ND_PLACE_H
#define ND_PLACE_H

#include "tile/tile_in.h"

typedef struct Placing {
    TileFn   *tf;
    const Fn *fn;
    TileNode *node;
    uint32_t  moments;
    uint32_t *last;                 /* per moment: its last phase, counted from its first */
    uint32_t *latest;               /* per node: the last phase it may stand in    */
    uint32_t *later;                /* per node: the last phase that reads it      */
    bool     *hangs, *fleeting;     /* on an unstored con of its phase; on a leaf that
                                       another moment may overwrite                  */
    bool     *root;                 /* the value of one, with B                    */
} Placing;

static inline const Symbol *place_symbol(const Fn *fn, Ref leaf) { return &fn->symbol.at[NODE(fn, leaf)->aux]; }

/* Is it computed in a phase, for samples or from them? */
static inline bool place_in_phase(const TileNode *v) { return v->cls == CLASS_SAMPLE || v->coupled; }

const FieldParam *place_param(const TileFn *, Name);    /* or NULL                   */
_Noreturn void place_bug(const Fn *, const char *what, const char *name);

void place_phases(Placing *);
void place_kept(Placing *);
void place_homes(Placing *);

#endif
