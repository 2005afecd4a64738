/* place_phase.c: when nodes are computed, and what is kept until somebody reads it.
 *
 * In: nodes with their classes. Out: moment and phase of each, and which values of
 * samples are stored beyond their phase.
 *
 * A con that could stand in several phases goes where most of what it reads is touched
 * already, the earliest of them; the others are placed anew after it.               */
#include "tile/place.h"

/* ---- phases ------------------------------------------------------------------------------- */

/* Phases are counted within their moment here, and through all of them in the end. */

static bool by_glue(const Placing *s, Ref r)            /* there after a phase         */
{
    const TileNode *v = &s->node[r];
    return v->coupled || (v->cls == CLASS_STEP && NODE(s->fn, r)->op == OP_LEAF && v->moment > 0);
}

/* Must a phase lie between `from` and its reader? */
static bool waits(const Placing *s, Ref from, Ref reader)
{
    const TileNode *v = &s->node[from];
    bool whole = v->whole || (s->node[reader].whole && NODE(s->fn, from)->op != OP_LEAF);
    return by_glue(s, from) || (v->cls == CLASS_SAMPLE && whole);
}

/* The earliest place of r, given those of its arguments. */
static void earliest(const Placing *s, Ref r, uint32_t *moment, uint32_t *phase)
{
    const Node *n = NODE(s->fn, r);
    const TileBind *b = n->op == OP_LEAF ? bind_of(s->tf, place_symbol(s->fn, r)->name) : NULL;
    *moment = b ? b->moment : 0;
    *phase = 0;
    for (unsigned i = 0; i < n->narg; i++) {
        const TileNode *a = &s->node[n->arg[i]];
        uint32_t ready = a->phase + waits(s, n->arg[i], r);
        if (a->moment > *moment) *moment = a->moment, *phase = ready;
        else if (a->moment == *moment && ready > *phase) *phase = ready;
    }
}

static bool is_placed(const TileNode *v) { return v->cls && v->cls != CLASS_POST; }

static void place_early(Placing *s)
{
    for (Ref r = 1; r < s->fn->node.count; r++) {
        TileNode *v = &s->node[r];
        if (!is_placed(v)) continue;
        earliest(s, r, &v->moment, &v->phase);
        if (v->moment >= s->moments) s->moments = v->moment + 1;
    }
    s->last = NEW_ARRAY(s->tf->arena, uint32_t, s->moments);
    for (Ref r = 1; r < s->fn->node.count; r++) {
        const TileNode *v = &s->node[r];
        if (is_placed(v) && place_in_phase(v) && v->phase > s->last[v->moment]) s->last[v->moment] = v->phase;
    }
    for (size_t i = 0; i < s->fn->root.count; i++) {     /* one number for all samples, as an output */
        const TileNode *v = &s->node[s->fn->root.at[i].value];
        if (is_placed(v) && shape_batched(SHAPE(s->fn, s->fn->root.at[i].value))
            && root_wanted(s->tf, &s->fn->root.at[i]) && v->phase > s->last[v->moment])
            s->last[v->moment] = v->phase;
    }
}

static void find_latest(Placing *s)
{
    const Fn *fn = s->fn;
    for (Ref r = 1; r < fn->node.count; r++)
        s->latest[r] = s->last[s->node[r].moment] + !(place_in_phase(&s->node[r]) || s->root[r]);
    for (Ref r = (Ref)fn->node.count - 1; r > 0; r--)
        for (unsigned i = 0; is_placed(&s->node[r]) && i < NODE(fn, r)->narg; i++) {
            Ref a = NODE(fn, r)->arg[i];
            uint32_t latest = s->latest[r] - waits(s, a, r);
            if (s->node[a].moment == s->node[r].moment && latest < s->latest[a]) s->latest[a] = latest;
        }
}

/* Adds the stored values that r touches, seen through what is computed where it is read. */
static void reads(const Placing *s, Ref r, bool *set)
{
    const Node *n = NODE(s->fn, r);
    for (unsigned i = 0; i < n->narg; i++) {
        Ref a = n->arg[i];
        if (s->node[a].cls != CLASS_SAMPLE || set[a]) continue;
        set[a] = true;
        if (!s->node[a].heavy && NODE(s->fn, a)->op != OP_LEAF) reads(s, a, set);
    }
}

static void touch(const Placing *s, Ref r, bool *touched)
{
    reads(s, r, touched);
    if (s->node[r].cls == CLASS_SAMPLE) touched[r] = true;
}

static uint32_t best_phase(const Placing *s, Ref r, uint32_t from, uint32_t to, bool *const *touched)
{
    const Fn *fn = s->fn;
    bool *set = NEW_ARRAY(s->tf->arena, bool, fn->node.count);
    uint32_t best = from, most = 0;
    reads(s, r, set);
    for (uint32_t phase = from; phase <= to; phase++) {
        uint32_t common = 0;
        for (Ref a = 1; a < r; a++)
            common += set[a] && touched[phase][a] && (s->node[a].heavy || NODE(fn, a)->op == OP_LEAF);
        if (common > most) most = common, best = phase;
    }
    return best;
}

static void place_moment(Placing *s, uint32_t moment)
{
    const Fn *fn = s->fn;
    bool **touched = NEW_ARRAY(s->tf->arena, bool *, s->last[moment] + 1);
    for (uint32_t p = 0; p <= s->last[moment]; p++) touched[p] = NEW_ARRAY(s->tf->arena, bool, fn->node.count);
    for (Ref r = 1; r < fn->node.count; r++) {
        const TileNode *v = &s->node[r];
        if (is_placed(v) && v->heavy && v->moment == moment && v->phase == s->latest[r])
            touch(s, r, touched[v->phase]);
    }
    for (Ref r = 1; r < fn->node.count; r++) {
        TileNode *v = &s->node[r];
        uint32_t at, phase;
        if (!is_placed(v) || v->moment != moment) continue;
        earliest(s, r, &at, &phase);
        if (v->heavy && phase < s->latest[r]) {
            phase = best_phase(s, r, phase, s->latest[r], touched);
            touch(s, r, touched[phase]);
        }
        v->phase = phase;
    }
}

/* From phases of a moment to phases of the Fn. A moment without any work has none. */
static void number_phases(Placing *s)
{
    TileFn *tf = s->tf;
    bool *any = NEW_ARRAY(tf->arena, bool, s->moments);
    uint32_t *first = NEW_ARRAY(tf->arena, uint32_t, s->moments);
    for (Ref r = 1; r < s->fn->node.count; r++) {
        const TileNode *v = &s->node[r];
        if (is_placed(v) && (place_in_phase(v) || by_glue(s, r))) any[v->moment] = true;
    }
    for (size_t i = 0; i < s->fn->root.count; i++) {
        const Root *root = &s->fn->root.at[i];
        if (root_wanted(tf, root) && shape_batched(SHAPE(s->fn, root->value)))
            any[s->node[root->value].moment] = true;
    }
    for (uint32_t m = 0; m < s->moments; m++) {
        first[m] = tf->phases;
        if (any[m]) tf->phases += s->last[m] + 1;
    }
    tf->phase_moment = NEW_ARRAY(tf->arena, uint32_t, tf->phases + 1);
    for (uint32_t m = 0; m < s->moments; m++)
        for (uint32_t p = first[m]; any[m] && p <= first[m] + s->last[m]; p++) tf->phase_moment[p] = m;
    for (Ref r = 1; r < s->fn->node.count; r++)
        if (is_placed(&s->node[r])) s->node[r].phase += first[s->node[r].moment];
}

void place_phases(Placing *s)
{
    place_early(s);
    find_latest(s);
    for (uint32_t m = 0; m < s->moments; m++) place_moment(s, m);
    number_phases(s);
}

/* ---- kept ----------------------------------------------------------------------------------- */

/* Computed where it is read, always: there is nothing of it to be stored. */
static bool is_transparent(const Placing *s, Ref r) { return s->node[r].view || NODE(s->fn, r)->type == TYPE_BOOL; }

uint32_t root_phase(const TileFn *tf, const Root *root)
{
    return root->kind == ROOT_CARRY ? tf->phases - 1 : tf->node[root->value].phase;
}

static void find_readers(Placing *s)
{
    const Fn *fn = s->fn;
    for (size_t i = 0; i < fn->root.count; i++) {
        const Root *root = &fn->root.at[i];
        if (!root_wanted(s->tf, root) || !shape_batched(SHAPE(fn, root->value))) continue;
        uint32_t phase = root_phase(s->tf, root);
        if (phase > s->later[root->value]) s->later[root->value] = phase;
    }
    for (Ref r = (Ref)fn->node.count - 1; r > 0; r--) {
        const TileNode *v = &s->node[r];
        if (!is_placed(v) || !place_in_phase(v)) continue;
        uint32_t phase = is_transparent(s, r) && s->later[r] > v->phase ? s->later[r] : v->phase;
        for (unsigned i = 0; i < NODE(fn, r)->narg; i++)
            if (phase > s->later[NODE(fn, r)->arg[i]]) s->later[NODE(fn, r)->arg[i]] = phase;
    }
}

static void find_kept(Placing *s)
{
    const Fn *fn = s->fn;
    const uint32_t *moment = s->tf->phase_moment;
    bool *whole = NEW_ARRAY(s->tf->arena, bool, fn->node.count);
    for (Ref r = 1; r < fn->node.count; r++)
        for (unsigned i = 0; s->node[r].whole && i < NODE(fn, r)->narg; i++)
            whole[NODE(fn, r)->arg[i]] = NODE(fn, NODE(fn, r)->arg[i])->op != OP_LEAF;
    for (Ref r = 1; r < fn->node.count; r++) {
        const Node *n = NODE(fn, r);
        TileNode *v = &s->node[r];
        if (v->cls != CLASS_SAMPLE) continue;
        bool hangs = v->heavy, fleeting = false;
        if (n->op == OP_LEAF) fleeting = bind_of(s->tf, place_symbol(fn, r)->name)->home.area == AREA_VALUES;
        for (unsigned i = 0; !v->heavy && i < n->narg; i++) {
            const TileNode *a = &s->node[n->arg[i]];
            hangs |= s->hangs[n->arg[i]] && a->phase == v->phase;
            fleeting |= s->fleeting[n->arg[i]] && a->moment == v->moment;
        }
        if (!is_transparent(s, r))
            v->kept = whole[r] || (hangs && s->later[r] > v->phase) || (fleeting && moment[s->later[r]] > v->moment);
        s->hangs[r] = hangs && !v->kept;
        s->fleeting[r] = fleeting && !v->kept;
    }
}

void place_kept(Placing *s)
{
    find_readers(s);
    find_kept(s);
}
