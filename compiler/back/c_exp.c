/* c_exp.c: what a function of loop IR reads, and its expressions in C.
 *
 * One-lane values are written with C's own operators, with as few parentheses as
 * C needs; vectors with the functions of c_shim.in. What is used of those and
 * of math.def is noted in the CFile. */
#include "back/c_print.h"

#include <math.h>
#include <string.h>

/* ---- what is used --------------------------------------------------------------------- */

static void mark(Printer *pr, Var var)
{
    pr->again |= pr->live[var] == PASSED;
    pr->live[var] |= READ;
}

void c_mark_exp(Printer *pr, Exp e)
{
    const LExp *x = &pr->p->exp.at[e];
    if (x->var) mark(pr, x->var);
    if (x->a) c_mark_exp(pr, x->a);
    if (x->b) c_mark_exp(pr, x->b);
    if (x->c) c_mark_exp(pr, x->c);
}

/* Declarations count only if their variable is read, everything else always. */
bool c_counts(const Printer *pr, const LStm *s)
{
    switch (s->kind) {
    case S_SET: return c_is_read(pr, s->var) && !(pr->p->exp.at[s->a].kind == X_VAR && pr->p->exp.at[s->a].var == s->var);
    case S_LET: case S_VAR: case S_VIEW: case S_LOCAL: return c_is_read(pr, s->var);
    case S_STORE: case S_SCATTER: return c_is_read(pr, s->var) || !pr->p->var.at[s->var].count;
    default: return true;
    }
}

static void mark_block(Printer *pr, Stm first);

static void mark_statement(Printer *pr, const LStm *s)
{
    if (!c_counts(pr, s)) {
        pr->live[s->var] |= PASSED;
        return;
    }
    if (s->kind == S_STORE || s->kind == S_SCATTER) mark(pr, s->var);
    if (s->kind == S_VIEW) mark(pr, s->var2);
    c_mark_exp(pr, s->a), c_mark_exp(pr, s->b), c_mark_exp(pr, s->c), c_mark_exp(pr, s->d);
    for (uint32_t i = 0; i < s->nargs; i++) c_mark_exp(pr, pr->p->arg.at[s->args + i]);
    mark_block(pr, s->body);
    mark_block(pr, s->other);
}

static void mark_block(Printer *pr, Stm first)
{
    size_t count = 0;
    for (Stm s = first; s; s = pr->p->stm.at[s].next) count++;
    if (!count) return;
    Stm *at = NEW_ARRAY(&pr->file->scratch, Stm, count);
    for (Stm s = first, *to = at; s; s = pr->p->stm.at[s].next) *to++ = s;
    while (count-- > 0) mark_statement(pr, &pr->p->stm.at[at[count]]);
}

/* Backwards, so that a chain of declarations takes one pass; where a loop reads in its next round
 * what was passed as not read, another.                                                          */
void c_mark_function(Printer *pr)
{
    do {
        pr->again = false;
        mark_block(pr, pr->fn->body);
    } while (pr->again);
}

/* ---- expressions ------------------------------------------------------------------------ */

typedef struct Spelling {           /* of an op with one lane                           */
    const char *infix;              /* or NULL: a call                                   */
    uint8_t     bind, bind_right;
    const char *f32, *f64, *ints;   /* functions                                         */
    bool        shim;               /* ... that are sections of c_shim.in                */
} Spelling;

static const Spelling spelling[OP_COUNT] = {
    [OP_add] = { .infix = " + ",  .bind = BIND_ADD,   .bind_right = BIND_MUL },
    [OP_sub] = { .infix = " - ",  .bind = BIND_ADD,   .bind_right = BIND_MUL },
    [OP_mul] = { .infix = "*",    .bind = BIND_MUL,   .bind_right = BIND_SIGN },
    [OP_div] = { .infix = "/",    .bind = BIND_MUL,   .bind_right = BIND_SIGN },
    [OP_mod] = { .infix = "%",    .bind = BIND_MUL,   .bind_right = BIND_SIGN },
    [OP_lt]  = { .infix = " < ",  .bind = BIND_LESS,  .bind_right = BIND_ADD },
    [OP_le]  = { .infix = " <= ", .bind = BIND_LESS,  .bind_right = BIND_ADD },
    [OP_gt]  = { .infix = " > ",  .bind = BIND_LESS,  .bind_right = BIND_ADD },
    [OP_ge]  = { .infix = " >= ", .bind = BIND_LESS,  .bind_right = BIND_ADD },
    [OP_eq]  = { .infix = " == ", .bind = BIND_EQUAL, .bind_right = BIND_LESS },
    [OP_ne]  = { .infix = " != ", .bind = BIND_EQUAL, .bind_right = BIND_LESS },
    [OP_and] = { .infix = " && ", .bind = BIND_AND,   .bind_right = BIND_EQUAL },
    [OP_or]  = { .infix = " || ", .bind = BIND_OR,    .bind_right = BIND_EQUAL },
    [OP_fma]      = { .f32 = "fmaf",      .f64 = "fma" },
    [OP_sqrt]     = { .f32 = "sqrtf",     .f64 = "sqrt" },
    [OP_abs]      = { .f32 = "fabsf",     .f64 = "fabs" },
    [OP_floor]    = { .f32 = "floorf",    .f64 = "floor" },
    [OP_rint]     = { .f32 = "rintf",     .f64 = "rint" },
    [OP_copysign] = { .f32 = "copysignf", .f64 = "copysign" },
    [OP_min]      = { .f32 = "r_min",  .f64 = "r_min",  .ints = "i_min", .shim = true },
    [OP_max]      = { .f32 = "r_max",  .f64 = "r_max",  .ints = "i_max", .shim = true },
    [OP_expadd]   = { .f32 = "expadd", .f64 = "expadd", .shim = true },
    [OP_flip]     = { .f32 = "flip",   .f64 = "flip",   .shim = true },
    [OP_mant]     = { .f32 = "mant",   .f64 = "mant",   .shim = true },
    [OP_expo]     = { .f32 = "expo",   .f64 = "expo",   .shim = true },
};

static void print_args(Printer *pr, Text *out, const LExp *x)
{
    const Exp arg[] = { x->a, x->b, x->c };
    text_add(out, "(");
    for (unsigned i = 0; i < 3 && arg[i]; i++) {
        if (i) text_add(out, ", ");
        c_print_exp(pr, out, arg[i], BIND_CHOOSE);
    }
    text_add(out, ")");
}

void c_print_number(const CFile *file, Text *out, double value)
{
    bool single = file->real == TYPE_F32;
    if (isnan(value) || isinf(value)) {
        text_printf(out, "(real)%s", isnan(value) ? "NAN" : value < 0 ? "-INFINITY" : "INFINITY");
        return;
    }
    size_t from = out->length;
    text_real(out, value, single);
    if (!strpbrk(text_string(out) + from, ".e")) text_add(out, ".0");
    if (single) text_add(out, "f");
}

static void print_vector_op(Printer *pr, Text *out, const LExp *x)
{
    CFile *file = pr->file;
    const OpInfo *info = op_info((Op)x->op);
    const char *kind = pr->apart || pr->narrow ? "p_" : info->kind == OP_KIND_LOGIC ? "m_" : "v_";
    if (info->kind == OP_KIND_MATH) file->math[x->op] |= 2;
    else if (pr->apart) c_need(file, "part");
    else if (pr->narrow) c_need(file, arena_printf(file->arena, "p_%s", info->name));
    else if (!file->vector[x->op]) {
        file->vector[x->op] = true;
        c_need(file, arena_printf(file->arena, "%s%s", kind, info->name));
    }
    text_add(out, kind);
    text_add(out, info->name);
    print_args(pr, out, x);
}

/* "x == NULL" and "x != NULL" for comparisons of an X_NULL with 1 and 0. */
static bool print_null_test(Printer *pr, Text *out, const LExp *x, unsigned bind)
{
    const LExp *a = &pr->p->exp.at[x->a], *b = &pr->p->exp.at[x->b];
    if ((x->op != OP_eq && x->op != OP_ne) || a->kind != X_NULL || b->kind != X_INT) return false;
    bool is_null = (b->num != 0) == (x->op == OP_eq);
    text_printf(out, bind > BIND_EQUAL ? "(%s %s NULL)" : "%s %s NULL", c_var_name(pr, a->var), is_null ? "==" : "!=");
    return true;
}

static void print_one_op(Printer *pr, Text *out, const LExp *x, unsigned bind)
{
    if (print_null_test(pr, out, x, bind)) return;
    CFile *file = pr->file;
    const Spelling *how = &spelling[x->op];
    bool paren = how->infix && how->bind < bind;
    if (how->infix) {
        if (paren) text_add(out, "(");
        c_print_exp(pr, out, x->a, how->bind);
        text_add(out, how->infix);
        c_print_exp(pr, out, x->b, how->bind_right);
        if (paren) text_add(out, ")");
    } else if (x->op == OP_neg || x->op == OP_not) {
        if (BIND_SIGN < bind) text_add(out, "(");
        text_add(out, x->op == OP_neg ? "-" : "!");
        c_print_exp(pr, out, x->a, BIND_ATOM);
        if (BIND_SIGN < bind) text_add(out, ")");
    } else if (x->op == OP_select) {
        if (BIND_CHOOSE < bind) text_add(out, "(");
        c_print_exp(pr, out, x->a, BIND_OR);
        text_add(out, " ? ");
        c_print_exp(pr, out, x->b, BIND_OR);
        text_add(out, " : ");
        c_print_exp(pr, out, x->c, BIND_OR);
        if (BIND_CHOOSE < bind) text_add(out, ")");
    } else if (op_info((Op)x->op)->kind == OP_KIND_MATH) {
        file->math[x->op] |= 1;
        text_printf(out, "r_%s", op_info((Op)x->op)->name);
        print_args(pr, out, x);
    } else {
        const char *name = x->type.kind == L_INT ? how->ints : file->real == TYPE_F32 && !file->opencl ? how->f32 : how->f64;
        if (how->shim) c_need(file, name);
        text_add(out, name);
        print_args(pr, out, x);
    }
}

/* "x + 3*i", or "x" for the first element. */
void c_print_place(Printer *pr, Text *out, Var buffer, Exp index)
{
    const LExp *i = &pr->p->exp.at[index];
    text_add(out, c_var_name(pr, buffer));
    if (i->kind == X_INT && i->num == 0) return;
    text_add(out, " + ");
    c_print_exp(pr, out, index, BIND_MUL);
}

static void print_call(Printer *pr, Text *out, const char *shim, Exp a)
{
    c_need(pr->file, shim);
    text_add(out, shim);
    text_add(out, "(");
    if (a) c_print_exp(pr, out, a, BIND_CHOOSE);
    text_add(out, ")");
}

static void print_cast(Printer *pr, Text *out, const char *type, Exp a)
{
    text_printf(out, "(%s)", type);
    c_print_exp(pr, out, a, BIND_ATOM);
}

static void print_whole(Text *out, int number)
{
    if (number < 0) text_add(out, "-");
    text_whole(out, (uint64_t)(number < 0 ? -(int64_t)number : number));
}

static void print_gather(Printer *pr, Text *out, const LExp *x)
{
    const bool all = loop_gathers_all(pr->p, x);
    const char *name = all ? "v_column" : "v_gather";
    c_need(pr->file, name);
    text_add(out, name);
    text_add(out, "(");
    c_print_place(pr, out, x->var, x->a);
    text_add(out, ", ");
    c_print_exp(pr, out, x->b, BIND_CHOOSE);
    if (!all) {
        text_add(out, ", ");
        c_print_exp(pr, out, x->c, BIND_CHOOSE);
    }
    text_add(out, ")");
}

void c_print_exp(Printer *pr, Text *out, Exp e, unsigned bind)
{
    const LExp *x = &pr->p->exp.at[e];
    switch ((XKind)x->kind) {
    case X_INT:
    case X_REAL:
        if (signbit(x->num) && bind > BIND_ADD) text_add(out, "(");
        if (x->kind == X_INT && x->num > -1e9 && x->num < 1e9) print_whole(out, (int)x->num);
        else if (x->kind == X_INT) text_printf(out, "%.0f", x->num);
        else c_print_number(pr->file, out, x->num);
        if (signbit(x->num) && bind > BIND_ADD) text_add(out, ")");
        return;
    case X_VAR:
        text_add(out, c_var_name(pr, x->var));
        return;
    case X_LOAD:
        if (x->type.lanes == 1) {
            text_add(out, c_var_name(pr, x->var));
            text_add(out, "[");
            c_print_exp(pr, out, x->a, BIND_CHOOSE);
            text_add(out, "]");
            return;
        }
        c_need(pr->file, pr->apart ? "part" : pr->narrow ? "p_read" : "v_load");
        text_add(out, pr->apart ? "p_load(" : pr->narrow ? "p_read(" : "v_load(");
        c_print_place(pr, out, x->var, x->a);
        text_add(out, pr->apart ? " + part)" : ")");
        return;
    case X_GATHER:
        print_gather(pr, out, x);
        return;
    case X_OP:
        if (pr->p->exp.at[x->a].type.lanes == 1) print_one_op(pr, out, x, bind);
        else print_vector_op(pr, out, x);
        return;
    case X_SPLAT:
        if (!pr->apart && !pr->narrow) {
            print_call(pr, out, x->type.kind == L_MASK ? "m_splat" : "v_splat", x->a);
            return;
        }
        c_need(pr->file, "part");
        text_add(out, "p_splat");
        print_args(pr, out, x);
        return;
    case X_PICK:
        c_need(pr->file, "v_pick");
        text_add(out, "v_pick");
        print_args(pr, out, x);
        return;
    case X_TREE: print_call(pr, out, "v_tree", x->a); return;
    case X_LANE: print_call(pr, out, "v_lane", 0); return;
    case X_ANY:
        if (pr->p->exp.at[x->a].type.lanes == 1) c_print_exp(pr, out, x->a, bind);
        else print_call(pr, out, "m_any", x->a);
        return;
    case X_CONVERT:
        print_cast(pr, out, x->type.kind == L_INT ? "ptrdiff_t" : "real", x->a);
        return;
    case X_NULL:
        text_printf(out, BIND_EQUAL < bind ? "(%s == NULL)" : "%s == NULL", c_var_name(pr, x->var));
        return;
    case X_NONE:
        return;
    }
}
