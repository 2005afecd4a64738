/* text.c: a Fn as text.  parse.c reads it back.
 *
 *     fn     = "fn" name "(" [leaf {"," leaf}] ")" [":" real] "{" {line} "}"
 *     leaf   = role name ":" type
 *     type   = ("f32" | "f64" | "i32" | "bool") "[" {int | "B"} "]"
 *     line   = "%" int "=" body ":" type | root name "=" ref
 *     root   = "result" | "carry" | "sum" | "update"
 *     body   = op {ref} | con | "const" "[" {number} "]"
 *            | ("peak_max" | "peak_min") ref "over" int {int}
 *            | ("take" | "put") ref ref "axis" int
 *     con    = "con" "[" {aff} "|" {axis [":" int]} "]" term {"*" term}
 *              ["where" aff "in" int {"," aff "in" int}]
 *     term   = ref "[" {aff} "]"
 *     aff    = sum of int, axis, int "*" axis, written without blanks
 *     ref    = "%" int | name of a leaf | number
 *
 * Axes left of `|` index the result, the others are summed.  An axis has the
 * least extent of the dimensions it indexes alone, or what `:` says.  B is the
 * batch.  A comment goes from # to the end of the line.                         */
#include "ir/make.h"
#include "ir/text.h"

#include <math.h>

const char *const ir_type_name[] = {"f32", "f64", "i32", "bool"};
const char *const ir_role_name[] = {
    [ROLE_STATE] = "state", [ROLE_TIME] = "time",           [ROLE_STEP] = "step",
    [ROLE_PARAM] = "param", [ROLE_INPUT] = "input",         [ROLE_COTANGENT] = "cotangent",
    [ROLE_TANGENT] = "tangent", [ROLE_SCALAR] = "scalar",   [ROLE_BUFFER] = "buffer",
};
const char *const ir_root_name[] = {"result", "carry", "sum", "update"};

static const char letters[] = "ijklmnpqrsuv";
_Static_assert(sizeof letters > MAX_AXES, "an axis has no letter");

static void print_type(Text *t, Type type, Shape s)
{
    text_printf(t, "%s[", ir_type_name[type]);
    for (unsigned d = 0; d < s.rank; d++) {
        text_add(t, d ? " " : "");
        if (s.dim[d] == BATCH)
            text_add(t, "B");
        else
            text_printf(t, "%u", (unsigned)s.dim[d]);
    }
    text_add(t, "]");
}

static void print_ref(const Fn *f, Text *t, const uint32_t *number, Ref r)
{
    const Node *n = NODE(f, r);
    if (n->op == OP_LEAF)
        text_add(t, f->symbol.at[n->aux].name);
    else if (number[r] == 0)
        text_real(t, f->value.at[n->aux], f->real == TYPE_F32);
    else
        text_printf(t, "%%%u", (unsigned)number[r]);
}

/* ---- con --------------------------------------------------------------------------- */

static void print_axis(const Con *c, Text *t, unsigned axis)
{
    unsigned letter = axis;
    for (unsigned a = 0; a < axis; a++)
        letter -= c->extent[a] == BATCH;
    if (c->extent[axis] == BATCH)
        text_add(t, "B");
    else
        text_add_n(t, &letters[letter], 1);
}

static void print_aff(const Con *c, Text *t, const Aff *a)
{
    for (unsigned i = 0; i < a->n; i++) {
        text_add(t, a->k[i] < 0 ? "-" : i ? "+" : "");
        if (a->k[i] != 1 && a->k[i] != -1)
            text_printf(t, "%d*", a->k[i] < 0 ? -a->k[i] : a->k[i]);
        print_axis(c, t, a->ax[i]);
    }
    if (a->n == 0 || a->c != 0)
        text_printf(t, a->n ? "%+d" : "%d", (int)a->c);
}

static void print_affs(const Con *c, Text *t, const Aff *a, unsigned rank)
{
    for (unsigned d = 0; d < rank; d++) {
        text_add(t, d ? " " : "");
        print_aff(c, t, &a[d]);
    }
}

static void least(uint32_t extent[MAX_AXES], const Aff *a, Shape s)
{
    for (unsigned d = 0, axis; d < s.rank; d++)
        if (aff_is_axis(&a[d], &axis) && s.dim[d] < extent[axis])
            extent[axis] = s.dim[d];
}

void ir_bare_extents(const Con *c, Shape out, const Shape in[], uint32_t extent[MAX_AXES])
{
    for (unsigned a = 0; a < MAX_AXES; a++)
        extent[a] = BATCH;
    least(extent, c->out, out);
    for (unsigned k = 0; k < c->nopd; k++)
        least(extent, c->in[k], in[k]);
}

static void print_con(const Fn *f, Text *t, const uint32_t *number, Ref r)
{
    const Con *c = CON(f, r);
    const Node *n = NODE(f, r);
    Shape in[MAX_OPERANDS];
    uint32_t bare[MAX_AXES];
    for (unsigned k = 0; k < c->nopd; k++)
        in[k] = SHAPE(f, n->arg[k]);
    ir_bare_extents(c, SHAPE(f, r), in, bare);

    text_add(t, "con [");
    print_affs(c, t, c->out, SHAPE(f, r).rank);
    text_add(t, SHAPE(f, r).rank ? " |" : "|");
    for (unsigned a = 0; a < c->naxis; a++) {
        bool said = bare[a] == c->extent[a];
        if (a < con_kept(c, SHAPE(f, r)) && said)
            continue;
        text_add(t, " ");
        print_axis(c, t, a);
        if (!said)
            text_printf(t, ":%u", (unsigned)c->extent[a]);
    }
    text_add(t, "]");
    for (unsigned k = 0; k < c->nopd; k++) {
        text_add(t, k ? " * " : " ");
        print_ref(f, t, number, n->arg[k]);
        text_add(t, "[");
        print_affs(c, t, c->in[k], in[k].rank);
        text_add(t, "]");
    }
    for (unsigned g = 0; g < c->nguard; g++) {
        text_add(t, g ? ", " : " where ");
        print_aff(c, t, &c->guard[g]);
        text_printf(t, " in %u", (unsigned)c->limit[g]);
    }
}

/* ---- nodes ------------------------------------------------------------------------------ */

static void print_body(const Fn *f, Text *t, const uint32_t *number, Ref r)
{
    const Node *n = NODE(f, r);
    if (n->op == OP_CON) {
        print_con(f, t, number, r);
        return;
    }
    text_add(t, op_info((Op)n->op)->name);
    if (n->op == OP_CONST) {
        text_add(t, " [");
        for (uint64_t i = 0; i < shape_count(SHAPE(f, r)); i++) {
            text_add(t, i ? " " : "");
            text_real(t, f->value.at[n->aux + i], f->real == TYPE_F32);
        }
        text_add(t, "]");
    }
    for (unsigned i = 0; i < n->narg; i++) {
        text_add(t, " ");
        print_ref(f, t, number, n->arg[i]);
    }
    if (n->op == OP_PEAK_MAX || n->op == OP_PEAK_MIN) {
        text_add(t, " over");
        for (unsigned d = 0; d < MAX_RANK; d++)
            if (n->aux >> d & 1)
                text_printf(t, " %u", d);
    }
    if (n->op == OP_TAKE || n->op == OP_PUT)
        text_printf(t, " axis %u", (unsigned)n->aux);
}

static bool has_line(const Fn *f, Ref r)
{
    const Node *n = NODE(f, r);
    return n->op != OP_LEAF && !(n->op == OP_CONST && SHAPE(f, r).rank == 0);
}

static void print_head(const Fn *f, Text *t)
{
    bool real = false;
    text_printf(t, "fn %s(", f->name);
    for (size_t i = 0; i < f->symbol.count; i++) {
        const Symbol *s = &f->symbol.at[i];
        text_printf(t, "%s%s %s: ", i ? ", " : "", ir_role_name[s->role], s->name);
        print_type(t, s->type, s->shape);
        real |= s->type == f->real;
    }
    text_add(t, ")");
    if (!real)
        text_printf(t, " : %s", ir_type_name[f->real]);
    text_add(t, " {\n");
}

void ir_print(const Fn *f, Text *t)
{
    uint32_t *number = NEW_ARRAY(t->arena, uint32_t, f->node.count), lines = 0;
    print_head(f, t);
    for (Ref r = 1; r < f->node.count; r++) {
        if (!has_line(f, r))
            continue;
        number[r] = ++lines;
        text_printf(t, "  %%%u = ", (unsigned)lines);
        print_body(f, t, number, r);
        text_add(t, " : ");
        print_type(t, (Type)NODE(f, r)->type, SHAPE(f, r));
        text_add(t, "\n");
    }
    for (size_t i = 0; i < f->root.count; i++) {
        text_printf(t, "  %s %s = ", ir_root_name[f->root.at[i].kind], f->root.at[i].name);
        print_ref(f, t, number, f->root.at[i].value);
        text_add(t, "\n");
    }
    text_add(t, "}\n");
}
