/* tile_text.c: what the tile regime decided, as text.
 *
 * In: a Fn and its bindings, placed and ordered as for lowering. Out: its phases, one
 * action per line; numbers of nodes are those of the gathered Fn's text (ir_print).
 *
 *     phase 1
 *       each sample
 *         [64 6 6] stage %21
 *         con %24 [64 6 6] = %21 * w2
 *         [64 6 6] keep %27, combine %30 %31
 *       glue %32 %33                                                                */
#include "tile/tile_in.h"

typedef struct Print { TileFn *tf; const Fn *fn; Text *t; uint32_t *number; } Print;

static void print_ref(const Print *p, Ref r)
{
    const Node *n = NODE(p->fn, r);
    if (n->op == OP_LEAF) text_add(p->t, p->fn->symbol.at[n->aux].name);
    else if (p->number[r]) text_printf(p->t, "%%%u", (unsigned)p->number[r]);
    else text_real(p->t, p->fn->value.at[n->aux], p->fn->real == TYPE_F32);
}

static void print_shape(const Print *p, Shape s)
{
    text_add(p->t, "[");
    for (unsigned d = 0; d < s.rank; d++) text_printf(p->t, "%s%u", d ? " " : "", (unsigned)s.dim[d]);
    text_add(p->t, "]");
}

static void print_heavy(const Print *p, const Action *a)
{
    const Node *n = NODE(p->fn, a->heavy);
    const TileNode *v = &p->tf->node[a->heavy];
    text_printf(p->t, "%s ", op_info((Op)n->op)->name);
    print_ref(p, a->heavy);
    text_add(p->t, " ");
    print_shape(p, tile_feature(SHAPE(p->fn, a->heavy)));
    for (unsigned i = 0; i < n->narg; i++) {
        text_add(p->t, i ? " * " : " = ");
        print_ref(p, n->arg[i]);
    }
    if (v->coupled) text_add(p->t, v->accumulator ? ", accumulated" : ", combined");
    else if (v->kept) text_add(p->t, ", kept");
}

/* What becomes of an item's node. */
static const char *verb(const Print *p, const MapItem *item)
{
    const TileNode *v = &p->tf->node[item->node];
    if (item->kind == MAP_SUM) return v->accumulator ? "accumulate" : v->coupled ? "combine" : "sum";
    if (item->to.area) return "give";
    return v->kept ? "keep" : "stage";
}

static Name root_at(const Print *p, const MapItem *item)
{
    for (size_t i = 0; i < p->fn->root.count; i++) {
        const Root *root = &p->fn->root.at[i];
        const TileBind *b = bind_of(p->tf, root->name);
        if (root->value == item->node && b && b->home.area == item->to.area && b->home.at == item->to.at) return root->name;
    }
    return "";
}

static void print_items(const Print *p, const Action *a)
{
    const char *said = "";
    print_shape(p, a->shape);
    for (size_t i = 0; i < a->item.count; i++) {
        const MapItem *item = &a->item.at[i];
        const char *now = verb(p, item);
        if (now != said) text_printf(p->t, "%s %s", i ? "," : "", said = now);
        text_add(p->t, " ");
        if (item->to.area && item->kind == MAP_STORE) text_printf(p->t, "%s = ", root_at(p, item));
        print_ref(p, item->node);
    }
}

/* Nodes without B that are made here. */
static void print_shared(const Print *p, const char *head, TileClass cls, uint32_t glue)
{
    bool any = false;
    for (Ref r = 1; r < p->fn->node.count; r++) {
        if (p->tf->node[r].cls != cls || !p->number[r] || !glue_makes(p->tf, r, cls, glue)) continue;
        if (!any) text_add(p->t, head);
        any = true;
        text_add(p->t, " ");
        print_ref(p, r);
    }
    if (any) text_add(p->t, "\n");
}

static const char *grain_of(const Print *p, const Action *a)
{
    static const char *const grain[] = { "  each sample\n", "  all samples of the block\n", "  all samples\n" };
    const TileNode *v = &p->tf->node[a->heavy];
    return grain[a->heavy ? v->block + v->whole : 0];
}

static void print_phase(const Print *p, const PhaseOrder *o)
{
    text_printf(p->t, "phase %u", (unsigned)o->phase);
    if (p->tf->phase_moment[o->phase]) text_printf(p->t, ", moment %u", (unsigned)p->tf->phase_moment[o->phase]);
    text_add(p->t, "\n");
    for (size_t i = 0; i < o->action.count; i++) {
        const Action *a = &o->action.at[i];
        const char *grain = grain_of(p, a);
        if (!i || grain != grain_of(p, a - 1)) text_add(p->t, grain);
        text_add(p->t, "    ");
        if (a->heavy) print_heavy(p, a);
        else print_items(p, a);
        text_add(p->t, "\n");
    }
}

static Print print_of(TileFn *tf, Text *text)
{
    Print p = { .tf = tf, .fn = tf->fn, .t = text, .number = NEW_ARRAY(tf->arena, uint32_t, tf->fn->node.count) };
    uint32_t lines = 0;
    for (Ref r = 1; r < p.fn->node.count; r++) {
        const Node *n = NODE(p.fn, r);
        if (n->op != OP_LEAF && (n->op != OP_CONST || SHAPE(p.fn, r).rank)) p.number[r] = ++lines;
    }
    return p;
}

const char *tile_phase_note(TileFn *tf, const PhaseOrder *order)
{
    Text text = { .arena = tf->arena };
    Print p = print_of(tf, &text);
    print_phase(&p, order);
    return arena_string(tf->arena, text_string(&text), text.length - 1);    /* without the last end of a line */
}

void tile_print(const Tiling *t, const Fn *fn, const TileBind *bind, size_t binds, Text *text)
{
    Tiling copy = *t;                   /* its memory is not to be taken */
    fn = tile_gather(t->arena, fn);
    TileFn tf = { .t = &copy, .p = t->p, .arena = t->arena, .fn = fn, .name = fn->name, .bind = bind, .binds = binds };
    Print p = print_of(&tf, text);
    place_nodes(&tf);
    text_printf(text, "%s\n", fn->name);
    print_shared(&p, "prepare", CLASS_FIXED, 0);
    print_shared(&p, "begin", CLASS_STEP, 0);
    for (uint32_t i = 0; i < tf.phases; i++) {
        print_phase(&p, order_phase(&tf, i));
        print_shared(&p, "  glue", CLASS_STEP, i + 1);
    }
    print_shared(&p, "finish", CLASS_POST, 0);
}
