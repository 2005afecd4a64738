/* place_home.c: where values live.
 *
 * In: nodes with their phases. Out: a home for all that is stored longer than a phase:
 * kept values of samples, values without B, copies of leaves that are read in vectors.
 * Values of samples have a place from the phase that makes them to the last that reads
 * them; others have it before and after. (Never in the same phase: another block may be
 * further.)                                                                          */
#include "tile/place.h"

enum { SMALL = 4096 };              /* elements of a STEP value worth a serial loop */

typedef struct Read { bool by_con, by_map; } Read;      /* who reads a shared value  */

static void find_reads(const Placing *s, Read *read)
{
    const Fn *fn = s->fn;
    for (Ref r = (Ref)fn->node.count - 1; r > 0; r--) {
        const TileNode *v = &s->node[r];
        if (!v->cls) continue;
        bool con = NODE(fn, r)->op <= OP_BEFORE_MAP && !v->view && !v->sum;
        bool map = !con && (v->cls == CLASS_SAMPLE || v->sum || read[r].by_map);
        for (unsigned i = 0; i < NODE(fn, r)->narg; i++) {
            Read *a = &read[NODE(fn, r)->arg[i]];
            a->by_con |= con;
            a->by_map |= map;
        }
    }
}

static bool is_updated(const Fn *fn, Name name)
{
    for (size_t i = 0; i < fn->root.count; i++)
        if (fn->root.at[i].kind == ROOT_UPDATE && fn->root.at[i].name == name) return true;
    return false;
}

/* Reads from theta and buffers go to a padded copy where vectors are loaded, and where
 * the original changes.                                                                */
static void leaf_home(const Placing *s, Ref r, Read read)
{
    const Symbol *symbol = place_symbol(s->fn, r);
    const TileBind *b = bind_of(s->tf, symbol->name);
    TileNode *v = &s->node[r];
    Shape feature = tile_feature(SHAPE(s->fn, r));
    bool copy, whole = !feature.rank || (feature.rank == 1 && feature.dim[0] % LANES == 0);
    if (b) v->home = b->home;
    else {
        const FieldParam *param = place_param(s->tf, symbol->name);
        if (!param) place_bug(s->fn, "no place for parameter", symbol->name);
        v->home = (Home){ .area = AREA_THETA, .at = param->offset };
    }
    switch (v->home.area) {
    case AREA_TIME: case AREA_STEP: case AREA_WEIGHT: copy = read.by_con; break;
    case AREA_THETA: case AREA_FIXED: copy = read.by_map && !whole; break;
    case AREA_BUFFERS: copy = (read.by_map && !whole) || is_updated(s->fn, symbol->name); break;
    default: copy = false;
    }
    v->padded = copy || v->home.area == AREA_VALUES;
    v->lay = v->padded ? layout_of(s->tf->t->layouts, feature) : layout_dense(feature);
    if (copy) v->home = memory_fixed(&s->tf->t->memory, v->lay.count);
    v->here = v->home;
    if (!v->kept) return;           /* a copy that outlives the moment */
    v->padded = true;
    v->lay = layout_of(s->tf->t->layouts, feature);
    v->home = memory_values(&s->tf->t->memory, v->lay.count);
}

static bool shared_home(const Placing *s, Ref r, Read read)
{
    const Node *n = NODE(s->fn, r);
    const TileNode *v = &s->node[r];
    Shape feature = tile_feature(SHAPE(s->fn, r));
    if (n->type == TYPE_BOOL) return false;
    if (v->view) return read.by_con;
    if (n->op == OP_CONST) return feature.rank || read.by_con;
    if (n->op == OP_CON || v->cls != CLASS_STEP || read.by_con) return true;
    return n->op <= OP_BEFORE_MAP || shape_count(feature) <= SMALL;
}

static bool is_root_value(const TileFn *tf, Ref r)
{
    for (size_t i = 0; i < tf->fn->root.count; i++)
        if (tf->fn->root.at[i].value == r && root_wanted(tf, &tf->fn->root.at[i])) return true;
    return false;
}

/* ---- kept values of samples -------------------------------------------------------------- */

typedef struct Stay { Home home; uint32_t from, to; } Stay;     /* phases               */

typedef struct Lodging {
    const Placing *s;
    uint32_t *until;                /* by node: the last phase that reads it, also to
                                       compute again what hangs on it               */
    uint64_t first;                 /* what is before belongs to others             */
    VEC(Stay) stay;
} Lodging;

static bool collide(const Stay *a, const Stay *b)
{
    return a->from <= b->to && b->from <= a->to
        && a->home.at < b->home.at + b->home.pitch && b->home.at < a->home.at + a->home.pitch;
}

/* The first place that nobody has at the same time. */
static Home lodge(Lodging *l, Ref r, uint32_t reals)
{
    Memory *memory = &l->s->tf->t->memory, free = { .values = l->first };
    Stay new = { memory_values(&free, reals), l->s->node[r].phase, l->until[r] };
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < l->stay.count; i++) {
            const Stay *other = &l->stay.at[i];
            if (!collide(&new, other)) continue;
            new.home.at = other->home.at + other->home.pitch;
            again = true;
        }
    }
    VEC_PUSH(l->s->tf->arena, l->stay) = new;
    uint64_t end = new.home.at + new.home.pitch;
    if (end > memory->values) memory->values = end;
    return new.home;
}

static void find_until(Lodging *l)
{
    const Placing *s = l->s;
    for (Ref r = (Ref)s->fn->node.count - 1; r > 0; r--) {
        const TileNode *v = &s->node[r];
        if (!v->cls) continue;
        if (v->phase > l->until[r]) l->until[r] = v->phase;
        if (s->later[r] > l->until[r]) l->until[r] = s->later[r];
        uint32_t reads = v->kept || v->coupled ? v->phase : l->until[r];
        for (unsigned i = 0; i < NODE(s->fn, r)->narg; i++)
            if (reads > l->until[NODE(s->fn, r)->arg[i]]) l->until[NODE(s->fn, r)->arg[i]] = reads;
    }
}

static void place_kept_values(Placing *s)
{
    Lodging l = { .s = s, .first = s->tf->t->memory.values, .until = NEW_ARRAY(s->tf->arena, uint32_t, s->fn->node.count) };
    find_until(&l);
    for (Ref r = 1; r < s->fn->node.count; r++) {
        TileNode *v = &s->node[r];
        if (v->cls == CLASS_SAMPLE && v->kept && NODE(s->fn, r)->op != OP_LEAF) v->home = lodge(&l, r, v->lay.count);
    }
}

/* ---- all of them --------------------------------------------------------------------------- */

void place_homes(Placing *s)
{
    const Fn *fn = s->fn;
    Memory *memory = &s->tf->t->memory;
    Read *read = NEW_ARRAY(s->tf->arena, Read, fn->node.count);
    find_reads(s, read);
    for (Ref r = 1; r < fn->node.count; r++) {
        TileNode *v = &s->node[r];
        if (!v->cls) continue;
        if (NODE(fn, r)->op == OP_LEAF) {
            leaf_home(s, r, read[r]);
            continue;
        }
        v->padded = true;
        v->lay = layout_of(s->tf->t->layouts, tile_feature(SHAPE(fn, r)));
        if (v->cls == CLASS_SAMPLE) continue;
        if (!v->coupled && (shared_home(s, r, read[r]) || (is_root_value(s->tf, r) && NODE(fn, r)->op != OP_CONST))) {
            v->home = memory_fixed(memory, v->lay.count);
        }
    }
    place_kept_values(s);
}

/* Sums over samples: a partial one per block, the first of which becomes the total. */
void place_sums(TileFn *tf)
{
    for (Ref r = 1; r < tf->fn->node.count; r++) {
        TileNode *v = &tf->node[r];
        if (!v->coupled) continue;
        v->home = v->partial = memory_fixed(&tf->t->memory, (uint64_t)(v->whole ? 1 : BLOCKS) * v->lay.count);
        if (!v->whole) v->partial.pitch = v->lay.count;
    }
}
