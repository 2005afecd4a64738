/* verify.c: is this Fn sound?  Every invariant that passes and back ends rely on
 * is a REQUIRE below; the tests break each of them.                              */
#include "ir/make.h"
#include "ir/text.h"

#include <string.h>

typedef struct Check { const Fn *f; Arena *arena; Ref r; } Check;

ND_PRINTF(2, 3)
static const char *wrong(const Check *c, const char *format, ...)
{
    Text t = {.arena = c->arena};
    va_list arguments;
    if (c->r != 0) {
        unsigned op = NODE(c->f, c->r)->op;
        text_printf(&t, "node %u (%s): ", (unsigned)c->r, op < OP_COUNT ? op_info((Op)op)->name : "?");
    }
    va_start(arguments, format);
    text_vprintf(&t, format, arguments);
    va_end(arguments);
    return text_string(&t);
}

#define REQUIRE(condition, ...) \
    do { if (!(condition)) return wrong(c, __VA_ARGS__); } while (0)
#define TRY(check) \
    do { const char *what = (check); if (what) return what; } while (0)

/* ---- con ------------------------------------------------------------------------- */

static const char *check_index(const Check *c, const Con *con, const Aff *a, uint32_t limit)
{
    REQUIRE(a->n <= COUNT(a->k), "an index has %u terms", a->n);
    for (unsigned i = 0; i < a->n; i++) {
        REQUIRE(a->ax[i] < con->naxis, "an index uses axis %u of %u", a->ax[i], con->naxis);
        REQUIRE(a->k[i] != 0, "an index has a term without weight");
        REQUIRE(i == 0 || a->ax[i] > a->ax[i - 1], "the terms of an index are not in order");
        REQUIRE((con->extent[a->ax[i]] == BATCH) == (limit == BATCH), "B and another axis meet");
    }
    unsigned axis;
    REQUIRE(limit != BATCH || aff_is_axis(a, &axis), "B is not indexed by its axis alone");
    return NULL;
}

static const char *check_con(const Check *c, const Node *n)
{
    REQUIRE(n->aux < c->f->con.count, "there is no con %u", (unsigned)n->aux);
    const Con *con = c->f->con.at[n->aux];
    Shape out = SHAPE(c->f, c->r);
    REQUIRE(con->nopd == n->narg && con->nopd >= 1 && con->nopd <= MAX_OPERANDS,
            "%u operands, %u arguments", con->nopd, n->narg);
    REQUIRE(con->naxis <= MAX_AXES && con->nguard <= MAX_RANK, "too many axes or guards");
    unsigned batches = 0;
    for (unsigned a = 0; a < con->naxis; a++) {
        REQUIRE(con->extent[a] > 0, "axis %u is empty", a);
        batches += con->extent[a] == BATCH;
    }
    REQUIRE(batches <= 1, "two axes are B");
    for (unsigned d = 0; d < out.rank; d++)
        TRY(check_index(c, con, &con->out[d], out.dim[d]));
    for (unsigned k = 0; k < con->nopd; k++)
        for (unsigned d = 0; d < SHAPE(c->f, n->arg[k]).rank; d++)
            TRY(check_index(c, con, &con->in[k][d], SHAPE(c->f, n->arg[k]).dim[d]));
    for (unsigned g = 0; g < con->nguard; g++) {
        REQUIRE(con->limit[g] > 0 && con->limit[g] != BATCH, "guard %u has no limit", g);
        TRY(check_index(c, con, &con->guard[g], con->limit[g]));
    }
    for (unsigned a = 0, kept = con_kept(con, out); a < con->naxis; a++)
        for (unsigned d = 0; a >= kept && d < out.rank; d++)
            REQUIRE(aff_coefficient(&con->out[d], a) == 0, "a summed axis before a kept one");
    for (unsigned k = 0; k < con->nopd; k++)
        REQUIRE(NODE(c->f, n->arg[k])->type == n->type && (con->nopd == 1 || n->type == c->f->real),
                "operand %u has another type", k);
    return NULL;
}

/* ---- the other classes --------------------------------------------------------------- */

static const char *check_map(const Check *c, const Node *n)
{
    unsigned kind = op_info((Op)n->op)->kind;
    REQUIRE(kind != OP_KIND_BITS, "it exists below the tensor IR only");
    bool to_bool = kind == OP_KIND_TEST || kind == OP_KIND_LOGIC;
    REQUIRE(n->type == (to_bool ? TYPE_BOOL : c->f->real), "the result has the wrong type");
    for (unsigned i = 0; i < n->narg; i++) {
        const Node *a = NODE(c->f, n->arg[i]);
        bool from_bool = kind == OP_KIND_LOGIC || (kind == OP_KIND_CHOOSE && i == 0);
        bool index = kind == OP_KIND_TEST && a->type == TYPE_I32;
        REQUIRE(index || a->type == (from_bool ? TYPE_BOOL : c->f->real),
                "argument %u has the wrong type", i + 1);
        REQUIRE(a->shape == n->shape, "argument %u has another shape", i + 1);
    }
    return NULL;
}

static const char *check_leaf(const Check *c, const Node *n)
{
    REQUIRE(n->aux < c->f->symbol.count, "there is no symbol %u", (unsigned)n->aux);
    const Symbol *s = &c->f->symbol.at[n->aux];
    REQUIRE(s->node == c->r, "the symbol %s is another node", s->name);
    REQUIRE(s->type == n->type && shape_equal(s->shape, SHAPE(c->f, c->r)),
            "the symbol %s has another type", s->name);
    return NULL;
}

static const char *check_const(const Check *c, const Node *n)
{
    Shape s = SHAPE(c->f, c->r);
    REQUIRE(n->type == c->f->real, "a constant is real");
    REQUIRE(!shape_batched(s), "a constant has no B");
    REQUIRE(n->aux + shape_count(s) <= c->f->value.count, "its numbers are missing");
    return NULL;
}

static const char *check_peak(const Check *c, const Node *n)
{
    Shape from = SHAPE(c->f, n->arg[0]), to = {0};
    REQUIRE(n->aux != 0 && n->aux >> from.rank == 0, "axes %x of rank %u", (unsigned)n->aux, from.rank);
    REQUIRE(!(shape_batched(from) && n->aux & 1), "it does not reduce B");
    for (unsigned d = 0; d < from.rank; d++)
        if (!(n->aux >> d & 1))
            to.dim[to.rank++] = from.dim[d];
    REQUIRE(shape_equal(to, SHAPE(c->f, c->r)), "the result has another shape");
    REQUIRE(n->type == c->f->real && NODE(c->f, n->arg[0])->type == n->type, "it is of reals");
    return NULL;
}

/* The shape of the side without the indexed axis: take's result, put's value. */
static const char *check_choice(const Check *c, const Node *n)
{
    Shape index = SHAPE(c->f, n->arg[1]), small = {0};
    Shape large = n->op == OP_TAKE ? SHAPE(c->f, n->arg[0]) : SHAPE(c->f, c->r);
    Shape given = n->op == OP_TAKE ? SHAPE(c->f, c->r) : SHAPE(c->f, n->arg[0]);
    REQUIRE(NODE(c->f, n->arg[1])->type == TYPE_I32, "the index is not i32");
    REQUIRE(index.rank == shape_batched(index), "the index is i32[] or i32[B]");
    REQUIRE(n->aux < large.rank && large.dim[n->aux] != BATCH, "axis %u of rank %u", (unsigned)n->aux, large.rank);
    if (n->op == OP_TAKE && shape_batched(index) && !shape_batched(large))
        small.dim[small.rank++] = BATCH;
    for (unsigned d = 0; d < large.rank; d++)
        if (d != n->aux)
            small.dim[small.rank++] = large.dim[d];
    REQUIRE(shape_equal(small, given), "the shapes do not fit");
    REQUIRE(n->op == OP_TAKE || !shape_batched(index) || shape_batched(given), "put needs B in its value");
    REQUIRE(NODE(c->f, n->arg[0])->type == n->type, "the result has the wrong type");
    return NULL;
}

/* ---- every node -------------------------------------------------------------------------- */

static const char *check_shape(const Check *c, Shape s)
{
    REQUIRE(s.rank <= MAX_RANK, "rank %u", s.rank);
    for (unsigned d = 0; d < s.rank; d++)
        REQUIRE(s.dim[d] > 0 && (d == 0 || s.dim[d] != BATCH), "dimension %u is 0 or B", d);
    return NULL;
}

static const char *check_node(const Check *c)
{
    const Node *n = NODE(c->f, c->r);
    uint32_t dep = 0;
    REQUIRE(n->op > OP_NONE && n->op < OP_COUNT, "there is no op %u", n->op);
    REQUIRE(n->type <= TYPE_BOOL, "there is no type %u", n->type);
    REQUIRE(n->shape < c->f->shape.count, "there is no shape %u", (unsigned)n->shape);
    REQUIRE(n->loc < c->f->place.count, "there is no place %u", (unsigned)n->loc);
    TRY(check_shape(c, SHAPE(c->f, c->r)));
    REQUIRE(n->op == OP_CON ? n->narg <= MAX_OPERANDS : n->narg == op_info((Op)n->op)->narg,
            "%u arguments", n->narg);
    for (unsigned i = 0; i < COUNT(n->arg); i++) {
        REQUIRE(i < n->narg ? n->arg[i] > 0 && n->arg[i] < c->r : n->arg[i] == 0,
                "argument %u is node %u", i + 1, (unsigned)n->arg[i]);
        dep |= i < n->narg ? NODE(c->f, n->arg[i])->dep : 0;
    }
    dep |= shape_batched(SHAPE(c->f, c->r)) ? DEP_BATCH : 0;
    REQUIRE((dep & ~n->dep) == 0, "dep misses something of the arguments");
    switch (n->op) {
    case OP_LEAF:     return check_leaf(c, n);
    case OP_CONST:    return check_const(c, n);
    case OP_CON:      return check_con(c, n);
    case OP_PEAK_MAX:
    case OP_PEAK_MIN: return check_peak(c, n);
    case OP_TAKE:
    case OP_PUT:      return check_choice(c, n);
    default:          return check_map(c, n);
    }
}

static const char *check_root(const Check *c, size_t i)
{
    const Root *root = &c->f->root.at[i];
    REQUIRE(root->value > 0 && root->value < c->f->node.count, "root %s is node %u", root->name, (unsigned)root->value);
    for (size_t j = 0; j < i; j++)
        REQUIRE(c->f->root.at[j].name != root->name || c->f->root.at[j].kind != root->kind,
                "root %s is given twice", root->name);
    if (root->kind != ROOT_CARRY && root->kind != ROOT_UPDATE)
        return NULL;
    int leaf = ir_symbol(c->f, root->name);
    const char *kind = ir_root_name[root->kind];
    REQUIRE(leaf >= 0, "%s %s has no leaf", kind, root->name);
    REQUIRE(root->kind == ROOT_CARRY || c->f->symbol.at[leaf].role == ROLE_BUFFER, "update %s is of no buffer", root->name);
    REQUIRE(shape_equal(c->f->symbol.at[leaf].shape, SHAPE(c->f, root->value))
            && c->f->symbol.at[leaf].type == NODE(c->f, root->value)->type,
            "%s %s is not what its leaf is", kind, root->name);
    return NULL;
}

const char *ir_verify(const Fn *f, Arena *arena)
{
    Check check = {f, arena, 0}, *c = &check;
    REQUIRE(f->real == TYPE_F32 || f->real == TYPE_F64, "its reals are neither f32 nor f64");
    for (size_t i = 0; i < f->symbol.count; i++)
        REQUIRE(ir_symbol(f, f->symbol.at[i].name) == (int)i, "leaf %s is given twice", f->symbol.at[i].name);
    for (c->r = 1; c->r < f->node.count; c->r++)
        TRY(check_node(c));
    c->r = 0;
    for (size_t i = 0; i < f->root.count; i++)
        TRY(check_root(c, i));
    return NULL;
}
