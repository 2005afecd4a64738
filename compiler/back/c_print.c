/* c_print.c: loop IR as C functions.
 *
 * Every statement is a line, every variable keeps its name. What nobody uses is
 * left out, so that the strictest compiler has nothing to say. One-lane values
 * are written with C's own operators, vectors with the functions of c_shim.in;
 * each function and each op of math.def that is used is noted in the CFile. */
#include "back/c.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

typedef struct Printer {
    CFile         *file;
    const Program *p;
    const CField  *field;           /* whose functions are called; NULL: none are      */
    const LFn     *fn;
    const char    *fn_name;
    Text          *out;
    unsigned       depth;
    bool          *live;            /* [var]: somebody reads it                        */
} Printer;

enum { WIDTH = 100 };               /* of a line                                        */

/* ---- names ----------------------------------------------------------------------- */

/* Words that a variable cannot be called: C's, C++'s, and those of the shim.           */
static const char *const reserved[] = {
    "alignas", "alignof", "and", "asm", "auto", "bool", "break", "case", "catch", "char", "class", "compl",
    "const", "constexpr", "continue", "decltype", "default", "delete", "do", "double", "else", "enum",
    "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if", "inline", "int", "long",
    "mutable", "namespace", "new", "noexcept", "not", "nullptr", "operator", "or", "private", "protected",
    "public", "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch",
    "template", "this", "throw", "true", "try", "typedef", "typeid", "typename", "typeof", "union", "unsigned",
    "using", "virtual", "void", "volatile", "while", "xor", "real", "linux", "unix",
    "exp", "expm1", "log", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "tanh", "sigmoid", "erf", "pow",
    "expadd", "flip", "mant", "expo", "fma", "fmaf", "sqrt", "sqrtf", "fabs", "fabsf", "floor", "floorf", "rint",
    "rintf", "copysign", "copysignf", "parallel", "each", "memcpy", "memset", "NULL",
};

static bool is_reserved(const char *name)
{
    for (size_t i = 0; i < COUNT(reserved); i++)
        if (!strcmp(name, reserved[i])) return true;
    size_t n = strlen(name);        /* v_add, m_and, r_exp, i_min; and what ends in _ stays apart from what gets one */
    return (n > 2 && name[1] == '_' && strchr("vmri", name[0])) || (n && name[n - 1] == '_') || name[0] == '_' ||
           (isupper((unsigned char)name[0]) && n > 1 && !strpbrk(name, "abcdefghijklmnopqrstuvwxyz"));
}

static const char *name_of_var(const Printer *pr, Var var)
{
    const char **known = &pr->field->var[var];
    if (*known) return *known;
    Name name = pr->p->var.at[var].name;
    return *known = is_reserved(name) ? arena_printf(pr->file->arena, "%s%s_", name[0] == '_' ? "v" : "", name) : name;
}

/* A static function's name that is new in this file, from "Mlp.solve_batch". */
static const char *name_new(CFile *file, const char *from)
{
    char *name = arena_string(file->arena, from, strlen(from));
    for (char *c = name; *c; c++) *c = isalnum((unsigned char)*c) ? (char)tolower((unsigned char)*c) : '_';
    if (isdigit((unsigned char)*name) || is_reserved(name)) name = arena_printf(file->arena, "fn_%s", name);
    const char *full = name;
    for (unsigned again = 2;; again++) {
        size_t i = 0;
        while (i < file->taken.count && strcmp(file->taken.at[i], full)) i++;
        if (i == file->taken.count) break;
        full = arena_printf(file->arena, "%s_%u", name, again);
    }
    VEC_PUSH(file->arena, file->taken) = full;
    return full;
}

/* ---- which functions ---------------------------------------------------------------- */

typedef void Visit(void *, const LStm *);

static void each_statement(const Program *p, Stm first, Visit *visit, void *context)
{
    for (Stm s = first; s; s = p->stm.at[s].next) {
        visit(context, &p->stm.at[s]);
        each_statement(p, p->stm.at[s].body, visit, context);
        each_statement(p, p->stm.at[s].other, visit, context);
    }
}

typedef struct Reach { const CField *field; CFn *fn; } Reach;

static void reach_calls(void *context, const LStm *s)
{
    Reach *reach = context;
    if (s->kind == S_CALL) reach->field->fn[s->callee].wanted = true;
}

static void reach_parallel(void *context, const LStm *s)
{
    Reach *reach = context;
    if (s->kind == S_PAR || (s->kind == S_CALL && reach->field->fn[s->callee].parallel)) reach->fn->parallel = true;
}

static void want(CField *field, uint32_t entry)
{
    if (entry != NO_ENTRY) field->fn[entry].wanted = true;
}

static void want_serving(const CFile *file, CField *field, const Serving *s)
{
    const uint32_t entry[] = { s->entry.f, s->entry.solve, s->entry.gradient, s->entry.start, s->entry.observe };
    for (size_t i = 0; i < COUNT(entry); i++) want(field, entry[i]);
    if (!file->options->module) want(field, s->entry.vjp), want(field, s->entry.jvp);
    if (field->lowered->loss == NO_ENTRY) return;
    want(field, s->entry.start_vjp);
    want(field, s->entry.observe_vjp);
}

void c_name_functions(CFile *file, CField *field)
{
    const Lowered *l = field->lowered;
    const Program *p = l->program;
    field->fn = NEW_ARRAY(file->arena, CFn, p->fn.count + 1);
    field->var = NEW_ARRAY(file->arena, const char *, p->var.count + 1);
    want_serving(file, field, &l->few);
    want_serving(file, field, &l->many);
    const uint32_t training[] = { l->loss, l->update, l->norm };
    for (size_t i = 0; i < COUNT(training) && l->loss != NO_ENTRY; i++) want(field, training[i]);

    Reach reach = { .field = field };
    for (size_t i = p->fn.count; i-- > 0;)              /* callers come after callees */
        if (field->fn[i].wanted) each_statement(p, p->fn.at[i]->body, reach_calls, &reach);
    for (size_t i = 0; i < p->fn.count; i++) {
        if (!field->fn[i].wanted) continue;
        reach.fn = &field->fn[i];
        each_statement(p, p->fn.at[i]->body, reach_parallel, &reach);
        field->fn[i].name = name_new(file, p->fn.at[i]->name);
        file->parallel |= field->fn[i].parallel;
    }
}

/* ---- what is used --------------------------------------------------------------------- */

static bool mark(Printer *pr, Var var)
{
    bool news = var && !pr->live[var];
    if (var) pr->live[var] = true;
    return news;
}

static bool mark_exp(Printer *pr, Exp e)
{
    if (!e) return false;
    const LExp *x = &pr->p->exp.at[e];
    bool news = mark(pr, x->var);
    news |= mark_exp(pr, x->a);
    news |= mark_exp(pr, x->b);
    return mark_exp(pr, x->c) || news;
}

/* Declarations count only if their variable is read, everything else always. */
static bool counts(const Printer *pr, const LStm *s)
{
    switch (s->kind) {
    case S_SET: return pr->live[s->var] && !(pr->p->exp.at[s->a].kind == X_VAR && pr->p->exp.at[s->a].var == s->var);
    case S_LET: case S_VAR: case S_VIEW: case S_LOCAL: return pr->live[s->var];
    case S_STORE: case S_SCATTER: return pr->live[s->var] || !pr->p->var.at[s->var].count;
    default: return true;
    }
}

static bool mark_block(Printer *, Stm);

static bool mark_statement(Printer *pr, const LStm *s)
{
    if (!counts(pr, s)) return false;
    bool stores = s->kind == S_STORE || s->kind == S_SCATTER;
    bool news = (stores || s->kind == S_VIEW) && mark(pr, stores ? s->var : s->var2);
    news |= mark_exp(pr, s->a) | mark_exp(pr, s->b) | mark_exp(pr, s->c) | mark_exp(pr, s->d);
    for (uint32_t i = 0; i < s->nargs; i++) news |= mark_exp(pr, pr->p->arg.at[s->args + i]);
    news |= mark_block(pr, s->body);
    return mark_block(pr, s->other) || news;
}

/* Backwards, so that a chain of declarations takes one pass; loops may ask for another. */
static bool mark_block(Printer *pr, Stm first)
{
    size_t count = 0;
    for (Stm s = first; s; s = pr->p->stm.at[s].next) count++;
    if (!count) return false;
    Stm *at = NEW_ARRAY(&pr->file->scratch, Stm, count);
    for (Stm s = first, *to = at; s; s = pr->p->stm.at[s].next) *to++ = s;
    bool news = false;
    while (count-- > 0) news |= mark_statement(pr, &pr->p->stm.at[at[count]]);
    return news;
}

/* ---- expressions ------------------------------------------------------------------------ */

/* How tightly C binds; an operand is put in parentheses if it binds less. */
enum { BIND_CHOOSE, BIND_OR, BIND_AND, BIND_EQUAL, BIND_LESS, BIND_ADD, BIND_MUL, BIND_SIGN, BIND_ATOM };

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

static void print_exp(Printer *, Text *, Exp, unsigned bind);

static void print_args(Printer *pr, Text *out, const LExp *x)
{
    const Exp arg[] = { x->a, x->b, x->c };
    text_add(out, "(");
    for (unsigned i = 0; i < 3 && arg[i]; i++) {
        if (i) text_add(out, ", ");
        print_exp(pr, out, arg[i], BIND_CHOOSE);
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
    const char *name = arena_printf(file->arena, "%s_%s", info->kind == OP_KIND_LOGIC ? "m" : "v", info->name);
    if (info->kind == OP_KIND_MATH) file->math[x->op] |= 2;
    else c_need(file, name);
    text_add(out, name);
    print_args(pr, out, x);
}

/* "x == NULL" and "x != NULL" for comparisons of an X_NULL with 1 and 0. */
static bool print_null_test(Printer *pr, Text *out, const LExp *x, unsigned bind)
{
    const LExp *a = &pr->p->exp.at[x->a], *b = &pr->p->exp.at[x->b];
    if ((x->op != OP_eq && x->op != OP_ne) || a->kind != X_NULL || b->kind != X_INT) return false;
    bool is_null = (b->num != 0) == (x->op == OP_eq);
    text_printf(out, bind > BIND_EQUAL ? "(%s %s NULL)" : "%s %s NULL", name_of_var(pr, a->var), is_null ? "==" : "!=");
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
        print_exp(pr, out, x->a, how->bind);
        text_add(out, how->infix);
        print_exp(pr, out, x->b, how->bind_right);
        if (paren) text_add(out, ")");
    } else if (x->op == OP_neg || x->op == OP_not) {
        if (BIND_SIGN < bind) text_add(out, "(");
        text_add(out, x->op == OP_neg ? "-" : "!");
        print_exp(pr, out, x->a, BIND_ATOM);
        if (BIND_SIGN < bind) text_add(out, ")");
    } else if (x->op == OP_select) {
        if (BIND_CHOOSE < bind) text_add(out, "(");
        print_exp(pr, out, x->a, BIND_OR);
        text_add(out, " ? ");
        print_exp(pr, out, x->b, BIND_OR);
        text_add(out, " : ");
        print_exp(pr, out, x->c, BIND_OR);
        if (BIND_CHOOSE < bind) text_add(out, ")");
    } else if (op_info((Op)x->op)->kind == OP_KIND_MATH) {
        file->math[x->op] |= 1;
        text_printf(out, "r_%s", op_info((Op)x->op)->name);
        print_args(pr, out, x);
    } else {
        const char *name = x->type.kind == L_INT ? how->ints : file->real == TYPE_F32 ? how->f32 : how->f64;
        if (how->shim) c_need(file, name);
        text_add(out, name);
        print_args(pr, out, x);
    }
}

/* "x + 3*i", or "x" for the first element. */
static void print_place(Printer *pr, Text *out, Var buffer, Exp index)
{
    const LExp *i = &pr->p->exp.at[index];
    text_add(out, name_of_var(pr, buffer));
    if (i->kind == X_INT && i->num == 0) return;
    text_add(out, " + ");
    print_exp(pr, out, index, BIND_MUL);
}

static void print_call(Printer *pr, Text *out, const char *shim, Exp a)
{
    c_need(pr->file, shim);
    text_add(out, shim);
    text_add(out, "(");
    if (a) print_exp(pr, out, a, BIND_CHOOSE);
    text_add(out, ")");
}

static void print_cast(Printer *pr, Text *out, const char *type, Exp a)
{
    text_printf(out, "(%s)", type);
    print_exp(pr, out, a, BIND_ATOM);
}

static void print_exp(Printer *pr, Text *out, Exp e, unsigned bind)
{
    const LExp *x = &pr->p->exp.at[e];
    switch ((XKind)x->kind) {
    case X_INT:
    case X_REAL:
        if (signbit(x->num) && bind > BIND_ADD) text_add(out, "(");
        if (x->kind == X_INT) text_printf(out, "%.0f", x->num);
        else c_print_number(pr->file, out, x->num);
        if (signbit(x->num) && bind > BIND_ADD) text_add(out, ")");
        return;
    case X_VAR:
        text_add(out, name_of_var(pr, x->var));
        return;
    case X_LOAD:
        if (x->type.lanes == 1) {
            text_printf(out, "%s[", name_of_var(pr, x->var));
            print_exp(pr, out, x->a, BIND_CHOOSE);
            text_add(out, "]");
            return;
        }
        c_need(pr->file, "v_load");
        text_add(out, "v_load(");
        print_place(pr, out, x->var, x->a);
        text_add(out, ")");
        return;
    case X_GATHER:
        c_need(pr->file, "v_gather");
        text_add(out, "v_gather(");
        print_place(pr, out, x->var, x->a);
        text_add(out, ", ");
        print_exp(pr, out, x->b, BIND_CHOOSE);
        text_add(out, ", ");
        print_exp(pr, out, x->c, BIND_CHOOSE);
        text_add(out, ")");
        return;
    case X_OP:
        if (pr->p->exp.at[x->a].type.lanes == 1) print_one_op(pr, out, x, bind);
        else print_vector_op(pr, out, x);
        return;
    case X_SPLAT:
        print_call(pr, out, x->type.kind == L_MASK ? "m_splat" : "v_splat", x->a);
        return;
    case X_PICK:
        c_need(pr->file, "v_pick");
        text_add(out, "v_pick");
        print_args(pr, out, x);
        return;
    case X_TREE: print_call(pr, out, "v_tree", x->a); return;
    case X_LANE: print_call(pr, out, "v_lane", 0); return;
    case X_ANY:
        if (pr->p->exp.at[x->a].type.lanes == 1) print_exp(pr, out, x->a, bind);
        else print_call(pr, out, "m_any", x->a);
        return;
    case X_CONVERT:
        print_cast(pr, out, x->type.kind == L_INT ? "ptrdiff_t" : "real", x->a);
        return;
    case X_NULL:
        text_printf(out, BIND_EQUAL < bind ? "(%s == NULL)" : "%s == NULL", name_of_var(pr, x->var));
        return;
    case X_NONE:
        return;
    }
}

/* ---- lines --------------------------------------------------------------------------------- */

/* Where to break a line: behind the last comma if that is not too early, else at a space. */
static size_t line_break(const char *line, size_t room)
{
    size_t comma = room, space = room;
    while (comma > room / 3 && !(line[comma] == ' ' && line[comma - 1] == ',')) comma--;
    if (comma > room / 3) return comma;
    while (space > room / 3 && line[space] != ' ') space--;
    return space > room / 3 ? space : room + strcspn(line + room, " ");
}

void c_print_line(Text *out, unsigned depth, const char *line)
{
    size_t indent = 4 * depth, length = strlen(line);
    bool first = true;
    while (length) {
        size_t left = indent + (first ? 0 : 4), room = left < WIDTH - 20 ? WIDTH - left : 20, n = length;
        if (n > room) n = line_break(line, room);
        text_printf(out, "%*s%.*s\n", (int)left, "", (int)n, line);
        while (n < length && line[n] == ' ') n++;
        line += n;
        length -= n;
        first = false;
    }
}

static void print_line(Printer *pr, const char *line)
{
    c_print_line(pr->out, pr->depth, line);
}

static void print_formatted(Printer *pr, const char *format, ...) ND_PRINTF(2, 3);
static void print_formatted(Printer *pr, const char *format, ...)
{
    Text line = { .arena = &pr->file->scratch };
    va_list args;
    va_start(args, format);
    text_vprintf(&line, format, args);
    va_end(args);
    print_line(pr, text_string(&line));
}

static const char *exp_text(Printer *pr, Exp e, unsigned bind)
{
    Text text = { .arena = &pr->file->scratch };
    print_exp(pr, &text, e, bind);
    return text_string(&text);
}

/* A comment of any length; "*" and "/" never meet inside. */
static void print_comment(Printer *pr, const char *text)
{
    size_t indent = 4 * pr->depth, room = WIDTH - indent - 6, length = strlen(text);
    char *safe = arena_string(&pr->file->scratch, text, length);
    for (char *c = safe; (c = strstr(c, "*/"));) c[1] = ' ';
    for (char *c = safe; (c = strstr(c, "/*"));) c[1] = ' ';
    text_printf(pr->out, "%*s/* ", (int)indent, "");
    for (const char *at = safe; *at;) {
        size_t n = strcspn(at, "\n"), rest = n;
        if (n > room) for (n = room; n > 20 && at[n] != ' '; n--) { }
        text_printf(pr->out, "%s%.*s", at == safe ? "" : arena_printf(&pr->file->scratch, "\n%*s * ", (int)indent, ""),
                    (int)n, at);
        at += n;
        if (*at == '\n' && n == rest) at++;
        while (*at == ' ') at++;
    }
    text_add(pr->out, " */\n");
}

static const char *type_name(LType type)
{
    bool one = type.lanes == 1;
    return type.kind == L_INT ? "ptrdiff_t" : type.kind == L_MASK ? (one ? "int" : "m16") : one ? "real" : "v16";
}

/* ---- statements ------------------------------------------------------------------------------ */

static void print_block(Printer *, Stm);

static void print_body(Printer *pr, Stm first)
{
    pr->depth++;
    print_block(pr, first);
    pr->depth--;
}

static void print_view(Printer *pr, const LStm *s)
{
    const LVar *var = &pr->p->var.at[s->var];
    Text place = { .arena = &pr->file->scratch };
    print_place(pr, &place, s->var2, s->a);
    const char *type = var->writable ? "" : "const ", *of = name_of_var(pr, s->var2);
    if (s->flags & VIEW_FRESH)
        print_formatted(pr, "%sreal *%s = %s; FRESH(%s)", type, name_of_var(pr, s->var), of, name_of_var(pr, s->var));
    else if (var->optional)
        print_formatted(pr, "%sreal *const %s = %s ? %s : NULL;", type, name_of_var(pr, s->var), of, text_string(&place));
    else
        print_formatted(pr, "%sreal *const %s = %s;", type, name_of_var(pr, s->var), text_string(&place));
}

static void print_for(Printer *pr, const LStm *s)
{
    const char *i = name_of_var(pr, s->var);
    const LExp *step = &pr->p->exp.at[s->c];
    const char *next = step->kind == X_INT && step->num == 1 ? arena_printf(&pr->file->scratch, "%s++", i)
                     : arena_printf(&pr->file->scratch, "%s += %s", i, exp_text(pr, s->c, BIND_CHOOSE));
    print_formatted(pr, "%sfor (ptrdiff_t %s = %s; %s < %s; %s) {", s->flags & FOR_UNROLL ? "" : "ROLL ", i,
                    exp_text(pr, s->a, BIND_CHOOSE), i, exp_text(pr, s->b, BIND_ADD), next);
    print_body(pr, s->body);
    print_line(pr, "}");
}

static void print_args_of_call(Printer *pr, Text *line, const LStm *s)
{
    const CFn *callee = &pr->field->fn[s->callee];
    text_printf(line, "%s(", callee->name);
    for (uint32_t i = 0; i < s->nargs; i++) {
        if (i) text_add(line, ", ");
        print_exp(pr, line, pr->p->arg.at[s->args + i], BIND_CHOOSE);
    }
    if (callee->parallel) text_add(line, s->nargs ? ", parallel" : "parallel");
    text_add(line, ")");
}

static void print_function_call(Printer *pr, const LStm *s)
{
    Text line = { .arena = &pr->file->scratch };
    if (s->var && pr->live[s->var]) text_printf(&line, "const ptrdiff_t %s = ", name_of_var(pr, s->var));
    print_args_of_call(pr, &line, s);
    text_add(&line, ";");
    print_line(pr, text_string(&line));
}

/* Does the argument depend on the loop's own number? */
static bool is_indexed(const Printer *pr, const LStm *par, Exp arg)
{
    const LExp *e = &pr->p->exp.at[arg];
    if (!arg) return false;
    return (e->kind == X_VAR && e->var == par->var) || is_indexed(pr, par, e->a) || is_indexed(pr, par, e->b)
        || is_indexed(pr, par, e->c);
}

typedef VEC(Var) VarList;

/* Everything else that an indexed argument is made of. */
static void collect_vars(const Printer *pr, const LStm *par, Exp arg, VarList *list)
{
    const LExp *e = &pr->p->exp.at[arg];
    if (!arg) return;
    bool news = e->var && e->var != par->var;
    for (size_t i = 0; i < list->count; i++) news &= list->at[i] != e->var;
    if (news) VEC_PUSH(pr->file->arena, *list) = e->var;
    collect_vars(pr, par, e->a, list);
    collect_vars(pr, par, e->b, list);
    collect_vars(pr, par, e->c, list);
}

static VarList indexed_vars(const Printer *pr, const LStm *par)
{
    const LStm *call = &pr->p->stm.at[par->body];
    VarList list = { 0 };
    for (uint32_t i = 0; i < call->nargs; i++)
        if (is_indexed(pr, par, pr->p->arg.at[call->args + i]))
            collect_vars(pr, par, pr->p->arg.at[call->args + i], &list);
    return list;
}

typedef struct Pars { const LStm *until; unsigned count; bool found; } Pars;

static void count_par(void *context, const LStm *s)
{
    Pars *pars = context;
    pars->found |= s == pars->until;
    pars->count += s->kind == S_PAR && !pars->found;
}

/* "mlp_solve_task" of the function's first parallel loop, "mlp_solve_task2" of its second. */
static const char *par_name(const Printer *pr, const LStm *par, const char *what)
{
    Pars pars = { .until = par };
    each_statement(pr->p, pr->fn->body, count_par, &pars);
    return pars.count ? arena_printf(pr->file->arena, "%s_%s%u", pr->fn_name, what, pars.count + 1)
                      : arena_printf(pr->file->arena, "%s_%s", pr->fn_name, what);
}

static void print_par(Printer *pr, const LStm *par)
{
    const LStm *call = &pr->p->stm.at[par->body];
    Text args = { .arena = &pr->file->scratch };
    for (uint32_t i = 0; i < call->nargs; i++) {
        Exp arg = pr->p->arg.at[call->args + i];
        if (is_indexed(pr, par, arg)) continue;
        text_add(&args, args.length ? ", " : "");
        print_exp(pr, &args, arg, BIND_CHOOSE);
    }
    VarList rest = indexed_vars(pr, par);
    for (size_t i = 0; i < rest.count; i++)
        text_printf(&args, "%s%s", args.length ? ", " : "", name_of_var(pr, rest.at[i]));
    print_line(pr, "{");
    pr->depth++;
    print_formatted(pr, "%s args = { %s };", par_name(pr, par, "args"), text_string(&args));
    print_formatted(pr, "each(parallel, (size_t)%s, %s, &args);", exp_text(pr, par->b, BIND_ATOM),
                    par_name(pr, par, "task"));
    pr->depth--;
    print_line(pr, "}");
}

static void print_statement(Printer *pr, const LStm *s)
{
    const char *name = s->var ? name_of_var(pr, s->var) : "";
    switch ((SKind)s->kind) {
    case S_NOTE:  print_comment(pr, s->text); return;
    case S_LOCAL: print_formatted(pr, "real %s[%u] ALIGNED;", name, pr->p->var.at[s->var].count); return;
    case S_LET:
    case S_VAR:
        print_formatted(pr, "%s%s %s = %s;", s->kind == S_LET ? "const " : "", type_name(pr->p->var.at[s->var].type),
                        name, exp_text(pr, s->a, BIND_CHOOSE));
        return;
    case S_SET:  print_formatted(pr, "%s = %s;", name, exp_text(pr, s->a, BIND_CHOOSE)); return;
    case S_VIEW: print_view(pr, s); return;
    case S_STORE:
        if (pr->p->exp.at[s->b].type.lanes == 1) {
            print_formatted(pr, "%s[%s] = %s;", name, exp_text(pr, s->a, BIND_CHOOSE), exp_text(pr, s->b, BIND_CHOOSE));
            return;
        }
        c_need(pr->file, "v_store");
        {
            Text place = { .arena = &pr->file->scratch };
            print_place(pr, &place, s->var, s->a);
            print_formatted(pr, "v_store(%s, %s);", text_string(&place), exp_text(pr, s->b, BIND_CHOOSE));
        }
        return;
    case S_SCATTER: {
        Text place = { .arena = &pr->file->scratch };
        c_need(pr->file, "v_scatter");
        print_place(pr, &place, s->var, s->a);
        print_formatted(pr, "v_scatter(%s, %s, %s, %s);", text_string(&place), exp_text(pr, s->c, BIND_CHOOSE),
                        exp_text(pr, s->d, BIND_CHOOSE), exp_text(pr, s->b, BIND_CHOOSE));
        return;
    }
    case S_FOR: print_for(pr, s); return;
    case S_PAR: print_par(pr, s); return;
    case S_IF:
        print_formatted(pr, "if (%s) {", exp_text(pr, s->a, BIND_CHOOSE));
        print_body(pr, s->body);
        if (s->other) {
            print_line(pr, "} else {");
            print_body(pr, s->other);
        }
        print_line(pr, "}");
        return;
    case S_CALL: print_function_call(pr, s); return;
    case S_RETURN: {
        const LExp *value = &pr->p->exp.at[s->a];
        const char *cast = value->kind == X_INT ? "" : "(int)";
        print_formatted(pr, "return %s%s;", cast, exp_text(pr, s->a, *cast ? BIND_ATOM : BIND_CHOOSE));
        return;
    }
    case S_BAR: case S_SYNC: case S_NONE: return;       /* one thread runs a function here */
    }
}

static void print_block(Printer *pr, Stm first)
{
    for (Stm at = first; at; at = pr->p->stm.at[at].next)
        if (counts(pr, &pr->p->stm.at[at])) print_statement(pr, &pr->p->stm.at[at]);
}

/* ---- functions --------------------------------------------------------------------------------- */

static const char *param_text(Printer *pr, Var var, bool restricted)
{
    const LVar *v = &pr->p->var.at[var];
    if (v->type.kind != L_BUFFER)
        return arena_printf(&pr->file->scratch, "%s %s", type_name(v->type), name_of_var(pr, var));
    return arena_printf(&pr->file->scratch, "%sreal *%s%s", v->writable ? "" : "const ",
                        restricted ? "RESTRICT " : "", name_of_var(pr, var));
}

/* What an S_PAR's call is given, in a struct, and the task that calls. */
static void print_task(void *context, const LStm *par)
{
    Printer *pr = context;
    if (par->kind != S_PAR) return;
    const LStm *call = &pr->p->stm.at[par->body];
    const LFn *callee = pr->p->fn.at[call->callee];
    const char *type = par_name(pr, par, "args");

    text_printf(pr->out, "typedef struct %s {\n", type);
    Text line = { .arena = &pr->file->scratch };
    text_printf(&line, "%s(", pr->field->fn[call->callee].name);
    for (uint32_t i = 0; i < call->nargs; i++) {
        Var param = callee->param.at[i];
        if (i) text_add(&line, ", ");
        Exp arg = pr->p->arg.at[call->args + i];
        if (is_indexed(pr, par, arg)) {
            print_exp(pr, &line, arg, BIND_CHOOSE);
            continue;
        }
        text_printf(pr->out, "    %s;\n", param_text(pr, param, false));
        text_printf(&line, "a->%s", name_of_var(pr, param));
    }
    VarList rest = indexed_vars(pr, par);
    for (size_t i = 0; i < rest.count; i++)
        text_printf(pr->out, "    %s_;\n", param_text(pr, rest.at[i], false));
    text_printf(pr->out, "} %s;\n\nstatic void %s(void *args, size_t task)\n{\n", type, par_name(pr, par, "task"));
    text_printf(pr->out, "    const %s *const a = (const %s *)args;\n", type, type);
    for (size_t i = 0; i < rest.count; i++)
        text_printf(pr->out, "    %s = a->%s_;\n", param_text(pr, rest.at[i], false), name_of_var(pr, rest.at[i]));
    bool indexed = false;
    for (uint32_t i = 0; i < call->nargs; i++) indexed |= is_indexed(pr, par, pr->p->arg.at[call->args + i]);
    if (indexed) text_printf(pr->out, "    const ptrdiff_t %s = (ptrdiff_t)task;\n", name_of_var(pr, par->var));
    else text_add(pr->out, "    (void)task;\n");
    text_add(&line, ");");
    c_print_line(pr->out, 1, text_string(&line));
    text_add(pr->out, "}\n\n");
}

static void print_signature(Printer *pr, bool parallel)
{
    Text line = { .arena = &pr->file->scratch };
    text_printf(&line, "static %s%s %s(", pr->fn->outline || pr->fn->entry ? "NOINLINE " : "",
                pr->fn->returns ? "int" : "void", pr->fn_name);
    for (size_t i = 0; i < pr->fn->param.count; i++)
        text_printf(&line, "%s%s", i ? ", " : "", param_text(pr, pr->fn->param.at[i], true));
    if (parallel) text_printf(&line, "%sconst nodec_parallel *parallel", pr->fn->param.count ? ", " : "");
    text_add(&line, !pr->fn->param.count && !parallel ? "void)" : ")");
    print_line(pr, text_string(&line));
}

static Stm last_of(const Program *p, Stm first)
{
    while (first && p->stm.at[first].next) first = p->stm.at[first].next;
    return first;
}

static void print_function(CFile *file, const CField *field, uint32_t index, Text *out)
{
    const Program *p = field->lowered->program;
    Printer pr = { .file = file, .p = p, .field = field, .fn = p->fn.at[index], .fn_name = field->fn[index].name,
                   .out = out, .live = NEW_ARRAY(&file->scratch, bool, p->var.count) };
    while (mark_block(&pr, pr.fn->body)) { }
    each_statement(p, pr.fn->body, print_task, &pr);
    if (pr.fn->note) print_comment(&pr, pr.fn->note);
    print_signature(&pr, field->fn[index].parallel);
    text_add(out, "{\n");
    pr.depth = 1;
    for (size_t i = 0; i < pr.fn->param.count; i++)
        if (!pr.live[pr.fn->param.at[i]]) print_formatted(&pr, "(void)%s;", name_of_var(&pr, pr.fn->param.at[i]));
    print_block(&pr, pr.fn->body);
    Stm last = last_of(p, pr.fn->body);
    if (pr.fn->returns && !(last && p->stm.at[last].kind == S_RETURN)) print_line(&pr, "return 0;");
    text_add(out, "}\n\n");
    arena_clear(&file->scratch);
}

void c_print_functions(CFile *file, const CField *field, Text *out)
{
    for (uint32_t i = 0; i < field->lowered->program->fn.count; i++)
        if (field->fn[i].wanted) print_function(file, field, i, out);
}

/* ---- exp, log, sin ... ------------------------------------------------------------------------- */

/* The steps of a MATH op as statements of a function of its own. A step that is used once stands
 * where it is used, up to a point.                                                                */
typedef struct Steps { Program *p; const Cell *cell; unsigned *uses; Exp *value; unsigned *size; } Steps;

enum { STEP_SIZE = 6 };             /* ops in one line                                  */

static Exp step_value(const Steps *s, uint16_t arg) { return s->value[arg]; }

static void add_step(Steps *s, size_t i)
{
    const CellStep *step = &s->cell->step[i];
    size_t at = CELL_INPUTS + i;
    if (step->op == OP_CONST) {
        s->value[at] = x_real(s->p, step->number);
        return;
    }
    unsigned narg = op_info((Op)step->op)->narg;
    Exp arg[3] = { 0 };
    s->size[at] = 1;
    for (unsigned k = 0; k < narg; k++) {
        arg[k] = step_value(s, step->arg[k]);
        s->size[at] += s->size[step->arg[k]];
    }
    s->value[at] = x_op(s->p, (Op)step->op, arg[0], arg[1], arg[2]);
    bool last = i + 1 == s->cell->count;
    if (!last && (s->uses[at] > 1 || s->size[at] > STEP_SIZE)) {
        s->value[at] = x_var(s->p, s_let(s->p, "t", s->value[at]));
        s->size[at] = 0;
    }
}

static void print_math_function(CFile *file, Op op, unsigned lanes, Text *out)
{
    const OpInfo *info = op_info(op);
    Names names = { .arena = file->arena };
    Steps s = { .p = program_new(file->arena, &names, file->real), .cell = math_program(file->arena, op, file->real) };
    size_t values = CELL_INPUTS + s.cell->count;
    s.uses  = NEW_ARRAY(file->arena, unsigned, values);
    s.size  = NEW_ARRAY(file->arena, unsigned, values);
    s.value = NEW_ARRAY(file->arena, Exp, values);
    for (size_t i = 0; i < s.cell->count; i++)
        for (unsigned k = 0; k < op_info((Op)s.cell->step[i].op)->narg; k++) s.uses[s.cell->step[i].arg[k]]++;

    fn_begin(s.p, info->name, NULL);
    static const char *const input[] = { "a", "b" };
    for (unsigned k = 0; k < info->narg; k++) {
        Var var = fn_param(s.p, input[k], L_REAL);
        s.p->var.at[var].type.lanes = (uint8_t)lanes;
        s.value[IN_A + k] = x_var(s.p, var);
    }
    for (size_t i = 0; i < s.cell->count; i++) add_step(&s, i);
    fn_end(s.p);

    CField names_only = { .var = NEW_ARRAY(file->arena, const char *, s.p->var.count + 1) };
    Printer pr = { .file = file, .p = s.p, .field = &names_only, .fn = s.p->fn.at[0], .out = out, .depth = 1,
                   .live = NEW_ARRAY(file->arena, bool, s.p->var.count) };
    Exp result = s.value[s.cell->result];
    mark_exp(&pr, result);
    while (mark_block(&pr, pr.fn->body)) { }
    const char *type = lanes > 1 ? "v16" : "real";
    text_printf(out, "%s %s %s_%s(%s a%s%s)\n{\n", lanes > 1 ? "VECTOR" : "INLINE", type, lanes > 1 ? "v" : "r", info->name, type,
                info->narg > 1 ? ", " : "", info->narg > 1 ? arena_printf(file->arena, "%s b", type) : "");
    print_block(&pr, pr.fn->body);
    print_formatted(&pr, "return %s;", exp_text(&pr, result, BIND_CHOOSE));
    text_add(out, "}\n\n");
}

void c_print_math(CFile *file, Text *out)
{
    for (unsigned op = 0; op < OP_COUNT; op++)
        for (unsigned wide = 1; wide <= 2; wide++)
            if (file->math[op] & wide) print_math_function(file, (Op)op, wide == 2 ? LANES : 1, out);
}
