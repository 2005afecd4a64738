/* fn.c: the tables of a Fn.  Shapes, cons and constants are kept once each; nodes
 * are found by what they contain (hash-consing), so that equal nodes are one. */
#include "ir/make.h"

#include <stdio.h>
#include <string.h>

/* ---- shapes -------------------------------------------------------------------- */

bool shape_equal(Shape a, Shape b)
{
    return a.rank == b.rank && memcmp(a.dim, b.dim, a.rank * sizeof *a.dim) == 0;
}

bool shape_batched(Shape s)
{
    return s.rank > 0 && s.dim[0] == BATCH;
}

uint64_t shape_count(Shape s)
{
    uint64_t n = 1;
    for (unsigned d = 0; d < s.rank; d++)
        n *= s.dim[d] == BATCH ? 1 : s.dim[d];
    return n;
}

uint32_t ir_shape_index(Fn *f, Shape s)
{
    for (uint32_t i = 0; i < f->shape.count; i++)
        if (shape_equal(f->shape.at[i], s))
            return i;
    Shape clean = {.rank = s.rank};
    memcpy(clean.dim, s.dim, s.rank * sizeof *s.dim);
    VEC_PUSH(f->arena, f->shape) = clean;
    return (uint32_t)f->shape.count - 1;
}

/* ---- pools ----------------------------------------------------------------------- */

/* As is, but with zeros in what is not used: equal cons are equal bytes. */
uint32_t ir_con_index(Fn *f, const Con *c)
{
    for (uint32_t i = 0; i < f->con.count; i++)
        if (memcmp(f->con.at[i], c, sizeof *c) == 0)
            return i;
    VEC_PUSH(f->arena, f->con) = arena_copy(f->arena, c, sizeof *c);
    return (uint32_t)f->con.count - 1;
}

uint32_t ir_value_index(Fn *f, const double *value, size_t count)
{
    for (uint32_t i = 0; i + count <= f->value.count; i++)
        if (memcmp(&f->value.at[i], value, count * sizeof *value) == 0)
            return i;
    uint32_t first = (uint32_t)f->value.count;
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(f->arena, f->value) = value[i];
    return first;
}

/* ---- nodes -------------------------------------------------------------------------- */

static bool same_content(const Node *a, const Node *b)
{
    return a->op == b->op && a->narg == b->narg && a->type == b->type && a->shape == b->shape
        && a->aux == b->aux && memcmp(a->arg, b->arg, sizeof a->arg) == 0;
}

static uint32_t *slot_of(Fn *f, const Node *n)
{
    const uint64_t key[] = {n->op | (uint64_t)n->shape << 32, n->arg[0] | (uint64_t)n->arg[1] << 32,
                            n->arg[2] | (uint64_t)n->aux << 32};
    uint64_t hash = 0;
    for (size_t k = 0; k < COUNT(key); k++)
        hash = ((hash << 5 | hash >> 59) ^ key[k]) * UINT64_C(0x9e3779b97f4a7c15);
    size_t i = hash >> 40 & (f->cons.slots - 1);
    while (f->cons.slot[i] != 0 && !same_content(NODE(f, f->cons.slot[i]), n))
        i = (i + 1) & (f->cons.slots - 1);
    return &f->cons.slot[i];
}

static void grow(Fn *f)
{
    f->cons.slots = f->cons.slots ? 2 * f->cons.slots : 64;
    f->cons.slot = NEW_ARRAY(f->arena, uint32_t, f->cons.slots);
    for (uint32_t r = 1; r < f->node.count; r++)
        *slot_of(f, NODE(f, r)) = r;
}

static uint32_t role_dep(Role role)
{
    switch (role) {
    case ROLE_STATE:     return DEP_STATE;
    case ROLE_TIME:      return DEP_TIME;
    case ROLE_PARAM:     return DEP_PARAM;
    case ROLE_INPUT:     return DEP_INPUT;
    case ROLE_COTANGENT: return DEP_COTANGENT;
    default:             return DEP_OTHER;
    }
}

Ref ir_node(Fn *f, Op op, Type type, Shape shape, const Ref arg[3], unsigned narg, uint32_t aux)
{
    if (2 * f->node.count >= f->cons.slots)
        grow(f);
    Node n = {.op = (uint16_t)op, .narg = (uint8_t)narg, .type = (uint8_t)type,
              .shape = ir_shape_index(f, shape), .aux = aux, .loc = f->loc};
    if (shape_batched(shape))
        n.dep = DEP_BATCH;
    if (op == OP_LEAF)
        n.dep |= role_dep(f->symbol.at[aux].role);
    for (unsigned i = 0; i < narg; i++) {
        n.arg[i] = arg[i];
        n.dep |= NODE(f, arg[i])->dep;
    }
    uint32_t *slot = slot_of(f, &n);
    if (*slot == 0) {
        *slot = (uint32_t)f->node.count;
        VEC_PUSH(f->arena, f->node) = n;
    }
    return *slot;
}

Fn *fn_new(Arena *arena, Names *names, const char *name, Type real)
{
    Fn *f = NEW(arena, Fn);
    f->name = name_of(names, name);
    f->real = real;
    f->arena = arena;
    f->names = names;
    VEC_PUSH(arena, f->node) = (Node){.op = OP_NONE};
    VEC_PUSH(arena, f->shape) = (Shape){.rank = 0};
    VEC_PUSH(arena, f->place) = (Place){.label = NULL};
    return f;
}

void ir_bug(const Fn *f, const char *format, ...)
{
    char text[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    arena_bug(f->arena, "%s: %s", f->name, text);
}

/* ---- leaves, constants, roots ------------------------------------------------------- */

int ir_symbol(const Fn *f, const char *name)
{
    Name interned = name_of(f->names, name);
    for (size_t i = 0; i < f->symbol.count; i++)
        if (f->symbol.at[i].name == interned)
            return (int)i;
    return -1;
}

Ref ir_leaf(Fn *f, Role role, const char *name, Type type, Shape shape)
{
    int found = ir_symbol(f, name);
    if (found >= 0) {
        const Symbol *s = &f->symbol.at[found];
        if (s->role != role || s->type != type || !shape_equal(s->shape, shape))
            ir_bug(f, "leaf %s is declared twice, differently", name);
        return s->node;
    }
    uint32_t index = (uint32_t)f->symbol.count;
    VEC_PUSH(f->arena, f->symbol) = (Symbol){name_of(f->names, name), role, type, shape, 0};
    Ref r = ir_node(f, OP_LEAF, type, shape, NULL, 0, index);
    f->symbol.at[index].node = r;
    return r;
}

static double rounded(const Fn *f, double value)
{
    return f->real == TYPE_F32 ? (float)value : value;
}

Ref ir_num(Fn *f, double number)
{
    double value = rounded(f, number);
    return ir_node(f, OP_CONST, f->real, (Shape){.rank = 0}, NULL, 0, ir_value_index(f, &value, 1));
}

Ref ir_const(Fn *f, Shape shape, const double *number)
{
    size_t count = shape_count(shape);
    double *value = NEW_ARRAY(f->arena, double, count);
    bool same = true;
    for (size_t i = 0; i < count; i++) {
        value[i] = rounded(f, number[i]);
        same = same && memcmp(&value[i], &value[0], sizeof *value) == 0;
    }
    if (same || shape_batched(shape))
        return ir_expand(f, ir_num(f, value[0]), shape);
    return ir_node(f, OP_CONST, f->real, shape, NULL, 0, ir_value_index(f, value, count));
}

void ir_root(Fn *f, RootKind kind, const char *name, Ref value)
{
    if (value == 0 || value >= f->node.count)
        ir_bug(f, "root %s has no value", name);
    VEC_PUSH(f->arena, f->root) = (Root){name_of(f->names, name), kind, value};
}

bool ir_is_number(const Fn *f, Ref r, double *number)
{
    const Node *n = NODE(f, r);
    if (n->op == OP_CON && n->narg == 1 && con_covers(CON(f, r), SHAPE(f, r)))
        n = NODE(f, n->arg[0]);
    if (n->op != OP_CONST || f->shape.at[n->shape].rank != 0)
        return false;
    *number = f->value.at[n->aux];
    return true;
}

Shape ir_operand_shape(const Fn *f, const Node *n, unsigned k)
{
    return SHAPE(f, n->arg[k]);
}
