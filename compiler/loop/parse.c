/* parse.c: loop IR from text; the grammar is in text.c.
 *
 * Recursive descent, straight into the builder; what the builder would call a
 * bug of its caller is an error with its place here, and the first one ends the
 * reading. What it reads back prints as it was. */
#include "loop/loop.h"

#include <ctype.h>
#include <math.h>
#include <setjmp.h>
#include <string.h>

typedef struct Known { const char *name; Var var; } Known;

typedef struct Reader {
    Program      *p;
    Names        *names;
    const Source *source;
    Diags        *diags;
    const char   *at, *line;        /* line: where the current one begins               */
    int           number;           /* of the line                                      */
    const char   *token;            /* the current token and its length                 */
    size_t        length;
    VEC(Known)    known;            /* visible names, innermost last                    */
    jmp_buf       stop;
} Reader;

_Noreturn static void fail(Reader *r, const char *format, ...) ND_PRINTF(2, 3);
_Noreturn static void fail(Reader *r, const char *format, ...)
{
    int column = (int)(r->token - r->line) + 1;
    Text text = { .arena = r->p->arena };
    va_list args;
    va_start(args, format);
    text_vprintf(&text, format, args);
    va_end(args);
    diag_error(r->diags, (Span){ r->source, r->number, column, r->number, column + (int)(r->length ? r->length : 1) }, "%s",
               text_string(&text));
    longjmp(r->stop, 1);
}

/* ---- tokens -------------------------------------------------------------------------- */

static bool word_char(char c) { return isalnum((unsigned char)c) || c == '_'; }

static void skip_blank(Reader *r)
{
    for (;; r->at++) {
        if (*r->at == '#') while (*r->at && *r->at != '\n') r->at++;
        if (*r->at == '\n') r->line = r->at + 1, r->number++;
        if (!*r->at || !isspace((unsigned char)*r->at)) return;
    }
}

static size_t token_length(const char *at)
{
    size_t n = 0;
    if (isdigit((unsigned char)*at)) {              /* 1.5e-07, and not the dots of 0 .. 3 */
        while (word_char(at[n]) || (at[n] == '.' && at[n + 1] != '.') ||
               ((at[n] == '-' || at[n] == '+') && at[n - 1] == 'e')) n++;
        return n;
    }
    if (word_char(*at)) {
        while (word_char(at[n]) || (at[n] == '.' && word_char(at[n + 1]))) n++;
        return n;
    }
    if (*at == '"') {
        for (n = 1; at[n] && at[n] != '"' && at[n] != '\n'; n++)
            if (at[n] == '\\' && at[n + 1]) n++;
        return at[n] == '"' ? n + 1 : n;
    }
    static const char *const two[] = { "..", "<=", ">=", "==", "!=", "->" };
    for (size_t i = 0; i < COUNT(two); i++)
        if (!strncmp(at, two[i], 2)) return 2;
    return *at != 0;
}

static void advance(Reader *r)
{
    r->at = r->token + r->length;
    skip_blank(r);
    r->token = r->at;
    r->length = token_length(r->at);
}

static bool see(const Reader *r, const char *text)
{
    return strlen(text) == r->length && !memcmp(r->token, text, r->length);
}

static bool take(Reader *r, const char *text)
{
    bool is = see(r, text);
    if (is) advance(r);
    return is;
}

static void expect(Reader *r, const char *text)
{
    if (!take(r, text)) fail(r, "expected `%s`", text);
}

static const char *take_name(Reader *r)
{
    if (!r->length || !(isalpha((unsigned char)*r->token) || *r->token == '_')) fail(r, "expected a name");
    const char *name = arena_string(r->p->arena, r->token, r->length);
    advance(r);
    return name;
}

static const char *take_string(Reader *r)
{
    if (r->length < 2 || *r->token != '"' || r->token[r->length - 1] != '"') fail(r, "expected a \"text\"");
    char *text = arena_string(r->p->arena, r->token + 1, r->length - 2), *to = text;
    for (const char *from = text; *from; from++)
        *to++ = *from == '\\' && from[1] ? (*++from == 'n' ? '\n' : *from) : *from;
    *to = 0;
    advance(r);
    return text;
}

/* ---- names ------------------------------------------------------------------------------ */

static Var lookup(Reader *r, bool buffer)
{
    for (size_t i = r->known.count; i-- > 0;) {
        const Known *known = &r->known.at[i];
        if (strlen(known->name) != r->length || memcmp(known->name, r->token, r->length)) continue;
        if ((r->p->var.at[known->var].space != SPACE_NONE) != buffer) fail(r, buffer ? "no buffer" : "a buffer");
        advance(r);
        return known->var;
    }
    fail(r, "no variable of this name is visible here");
}

/* A name for a new variable; the builder must not have to change it. */
static const char *new_name(Reader *r)
{
    for (size_t i = 0; i < r->known.count; i++)
        if (see(r, r->known.at[i].name)) fail(r, "this name is taken");
    if (r->length > 60 || memchr(r->token, '.', r->length)) fail(r, "a variable cannot be called so");
    return take_name(r);
}

static Var know(Reader *r, Var var)
{
    VEC_PUSH(r->p->arena, r->known) = (Known){ r->p->var.at[var].name, var };
    return var;
}

/* ---- expressions --------------------------------------------------------------------------- */

static Exp read_exp(Reader *);

static Exp read_int(Reader *r)
{
    const char *token = r->token;
    size_t length = r->length;
    Exp e = read_exp(r);
    if (x_type(r->p, e).kind == L_INT) return e;
    r->token = token, r->length = length;
    fail(r, "expected an integer");
}

static Exp read_number(Reader *r, bool minus)
{
    char digits[64];
    if (r->length >= sizeof digits) fail(r, "a long number");
    memcpy(digits, r->token, r->length);
    digits[r->length] = 0;
    bool real = strpbrk(digits, ".ein") != NULL;
    double value = !strcmp(digits, "inf.0") ? INFINITY : !strcmp(digits, "nan.0") ? NAN : real_read(digits, NULL);
    if (!real && value >= 9007199254740992.0) fail(r, "an integer beyond 2^53");
    advance(r);
    if (minus) value = -value;
    return real ? x_real(r->p, value) : x_int(r->p, (int64_t)value);
}

/* May these be arguments of the op? The builder would say no with an abort. */
static void check_op(Reader *r, Op op, const Exp *arg, unsigned n)
{
    const OpInfo *info = op_info(op);
    if (n != info->narg) fail(r, "`%s` takes %u arguments", info->name, info->narg);
    bool choose = info->kind == OP_KIND_CHOOSE;
    LKind kind = (LKind)x_type(r->p, arg[choose ? 1 : 0]).kind;
    for (unsigned i = 0; i < n; i++) {
        LKind want = choose && !i ? L_MASK : kind;
        if (x_type(r->p, arg[i]).kind != want) fail(r, "the arguments of `%s` do not fit", info->name);
    }
    bool ints = op == OP_add || op == OP_sub || op == OP_mul || op == OP_div || op == OP_mod || op == OP_neg ||
                op == OP_min || op == OP_max || op == OP_select || info->kind == OP_KIND_TEST;
    bool fits = kind == L_INT ? ints && (!choose || x_type(r->p, arg[0]).lanes == 1)
              : info->kind == OP_KIND_LOGIC ? kind == L_MASK : kind == L_REAL && info->kind != OP_KIND_MACRO;
    if (!fits) fail(r, "`%s` does not take such arguments", info->name);
}

static Exp make_op(Reader *r, Op op, Exp a, Exp b)
{
    check_op(r, op, (Exp[]){ a, b }, 2);
    return x_op(r->p, op, a, b, 0);
}

static Exp read_call(Reader *r, const char *name)
{
    Exp arg[3] = { 0 };
    unsigned n = 0;
    Program *p = r->p;
    expect(r, "(");
    if (!strcmp(name, "null")) {
        Exp e = x_null(p, lookup(r, true));
        expect(r, ")");
        return e;
    }
    while (!see(r, ")")) {
        if (n == 3 || (n && !take(r, ","))) fail(r, "expected `)`");
        arg[n++] = read_exp(r);
    }
    LType type = n ? x_type(p, arg[0]) : (LType){ 0, 0 };
    bool one = type.lanes == 1, real = type.kind == L_REAL;
    advance(r);
    if (!strcmp(name, "lane") && n == 0) return x_lane(p);
    if (!strcmp(name, "splat") && n == 1 && one && type.kind != L_INT) return x_splat(p, arg[0]);
    if (!strcmp(name, "tree") && n == 1 && !one && real) return x_tree(p, arg[0]);
    if (!strcmp(name, "any") && n == 1 && type.kind == L_MASK) return x_any(p, arg[0]);
    if (!strcmp(name, "int") && n == 1 && one && real) return x_convert(p, arg[0], L_INT);
    if (!strcmp(name, "real") && n == 1 && one && type.kind == L_INT) return x_convert(p, arg[0], L_REAL);
    if (!strcmp(name, "pick") && n == 2 && !one && real && p->exp.at[arg[1]].kind == X_INT &&
        p->exp.at[arg[1]].num >= 0 && p->exp.at[arg[1]].num < LANES)
        return x_pick(p, arg[0], (unsigned)p->exp.at[arg[1]].num);
    Op op = op_by_name(name);
    if (op < OP_FIRST_MAP) fail(r, "no op is called `%s`, or it does not take these arguments", name);
    check_op(r, op, arg, n);
    return x_op(p, op, arg[0], arg[1], arg[2]);
}

static Exp read_load(Reader *r, Var buffer)
{
    Exp index = read_int(r);
    if (take(r, "]")) return x_load(r->p, buffer, index, 1);
    expect(r, ":");
    Exp second = read_int(r);
    if (take(r, "]")) {
        if (r->p->exp.at[second].kind != X_INT || r->p->exp.at[second].num != LANES) fail(r, "a vector has %d lanes", LANES);
        return x_load(r->p, buffer, index, LANES);
    }
    expect(r, ":");
    Exp third = read_int(r);
    expect(r, "]");
    return x_gather(r->p, buffer, index, second, third);
}

static Exp read_atom(Reader *r)
{
    if (take(r, "(")) {
        Exp e = read_exp(r);
        expect(r, ")");
        return e;
    }
    bool minus = take(r, "-");
    if (r->length && (isdigit((unsigned char)*r->token) || see(r, "inf.0") || see(r, "nan.0"))) return read_number(r, minus);
    if (minus) fail(r, "expected a number");
    const char *next = r->token + r->length;
    if (*next == '(') return read_call(r, take_name(r));
    if (*next == '[') {
        Var buffer = lookup(r, true);
        expect(r, "[");
        return read_load(r, buffer);
    }
    return x_var(r->p, lookup(r, false));
}

static Exp read_product(Reader *r)
{
    for (Exp e = read_atom(r);;)
        if (take(r, "*"))      e = make_op(r, OP_mul, e, read_atom(r));
        else if (take(r, "/")) e = make_op(r, OP_div, e, read_atom(r));
        else if (take(r, "%")) e = make_op(r, OP_mod, e, read_atom(r));
        else return e;
}

static Exp read_sum(Reader *r)
{
    for (Exp e = read_product(r);;)
        if (take(r, "+"))      e = make_op(r, OP_add, e, read_product(r));
        else if (take(r, "-")) e = make_op(r, OP_sub, e, read_product(r));
        else return e;
}

static Exp read_exp(Reader *r)
{
    static const struct { const char *text; Op op; } test[] = {
        { "<", OP_lt }, { "<=", OP_le }, { ">", OP_gt }, { ">=", OP_ge }, { "==", OP_eq }, { "!=", OP_ne },
    };
    Exp e = read_sum(r);
    for (size_t i = 0; i < COUNT(test); i++)
        if (take(r, test[i].text)) return make_op(r, test[i].op, e, read_sum(r));
    return e;
}

/* ---- statements ------------------------------------------------------------------------------- */

static void read_statement(Reader *);

static void read_block(Reader *r)
{
    expect(r, "{");
    size_t before = r->known.count;
    while (!see(r, "}")) {
        if (!r->length) fail(r, "the text ends inside of a block");
        read_statement(r);
    }
    r->known.count = before;
}

static void end_block(Reader *r)
{
    s_end(r->p);
    expect(r, "}");
}

static void read_assignment(Reader *r, SKind kind)
{
    if (kind == S_SET) {
        Var var = lookup(r, false);
        expect(r, "=");
        Exp e = read_exp(r);
        LType to = r->p->var.at[var].type, from = x_type(r->p, e);
        if (!r->p->var.at[var].writable) fail(r, "`let` is for ever, and a loop's variable its own");
        if (to.kind != from.kind || to.lanes < from.lanes) fail(r, "a value of another type");
        s_set(r->p, var, e);
        return;
    }
    const char *name = new_name(r);
    expect(r, "=");
    Exp e = read_exp(r);
    know(r, kind == S_LET ? s_let(r->p, name, e) : s_var(r->p, name, e));
}

static void read_local(Reader *r)
{
    const char *name = new_name(r);
    expect(r, ":");
    expect(r, "real");
    expect(r, "[");
    Exp count = read_int(r);
    const LExp *x = &r->p->exp.at[count];
    if (x->kind != X_INT || x->num < 1 || x->num > 1 << 30) fail(r, "expected a number of elements");
    expect(r, "]");
    know(r, s_local(r->p, name, (uint32_t)x->num));
}

static void read_view(Reader *r)
{
    const char *name = new_name(r);
    expect(r, "=");
    if (take(r, "fresh")) {
        know(r, s_fresh(r->p, name, lookup(r, true)));
        return;
    }
    Var buffer = lookup(r, true);
    expect(r, "[");
    Exp from = read_int(r);
    expect(r, "..");
    expect(r, "]");
    know(r, s_view(r->p, name, buffer, from));
}

static void read_store(Reader *r, bool scatter)
{
    Var buffer = lookup(r, true);
    if (!r->p->var.at[buffer].writable) fail(r, "this buffer is only read");
    expect(r, "[");
    Exp index = read_int(r), stride = 0, count = 0;
    if (scatter) {
        expect(r, ":");
        stride = read_int(r);
        expect(r, ":");
        count = read_int(r);
    }
    expect(r, "]");
    expect(r, "=");
    Exp value = read_exp(r);
    LType type = x_type(r->p, value);
    if (type.kind != L_REAL || (scatter && type.lanes == 1)) fail(r, "a value of another type");
    if (scatter) s_scatter(r->p, buffer, index, stride, count, value);
    else s_store(r->p, buffer, index, value);
}

static AxisRole read_role(Reader *r)
{
    static const char *const role[] = { "", "block", "sample", "row", "lane" };
    for (size_t i = 1; i < COUNT(role); i++)
        if (take(r, role[i])) return (AxisRole)i;
    return AXIS_NONE;
}

static void read_loop(Reader *r, bool par)
{
    const char *name = new_name(r);
    unsigned flags = 0;
    expect(r, "in");
    Exp from = read_int(r);
    expect(r, "..");
    Exp to = read_int(r), step = take(r, "step") ? read_int(r) : x_int(r->p, 1);
    if (take(r, "roll"))    flags |= FOR_ROLL;
    if (take(r, "unroll"))  flags |= FOR_UNROLL;
    if (take(r, "uniform")) flags |= FOR_UNIFORM;
    if (take(r, "any"))     flags |= FOR_ANY;
    if (take(r, "chain"))   flags |= FOR_CHAIN;
    AxisRole role = read_role(r);
    size_t before = r->known.count;
    know(r, par ? s_par(r->p, name, to, role) : s_for(r->p, name, from, to, step, flags));
    read_block(r);
    r->known.count = before;
    end_block(r);
}

static void read_if(Reader *r)
{
    Exp condition = read_exp(r);
    LType type = x_type(r->p, condition);
    if (type.lanes != 1 || type.kind == L_REAL) fail(r, "a condition is one truth");
    s_if(r->p, condition);
    read_block(r);
    expect(r, "}");
    if (take(r, "else")) {
        s_else(r->p);
        read_block(r);
        expect(r, "}");
    }
    s_end(r->p);
}

static uint32_t lookup_fn(Reader *r, const char *name)
{
    for (uint32_t i = 0; i < r->p->in; i++)
        if (!strcmp(r->p->fn.at[i]->name, name)) return i;
    fail(r, "no function above is called `%s`", name);
}

/* A buffer stands for itself here. */
static Exp read_argument(Reader *r, const LVar *param)
{
    if (param->space == SPACE_NONE) {
        Exp e = read_exp(r);
        if (x_type(r->p, e).kind != param->type.kind || x_type(r->p, e).lanes != 1) fail(r, "`%s` is of another type", param->name);
        return e;
    }
    Var buffer = lookup(r, true);
    if (param->writable && !r->p->var.at[buffer].writable) fail(r, "`%s` is written, this buffer only read", param->name);
    return x_var(r->p, buffer);
}

static void read_fn_call(Reader *r)
{
    const char *status = NULL, *after = r->token + r->length;
    while (*after == ' ') after++;
    if (*after == '=') {
        status = new_name(r);
        expect(r, "=");
    }
    uint32_t callee = lookup_fn(r, take_name(r));
    const LFn *fn = fn_of(r->p, callee);
    Exp *arg = NEW_ARRAY(r->p->arena, Exp, fn->param.count + 1);
    if (status && !fn->returns) fail(r, "`%s` returns nothing", fn->name);
    expect(r, "(");
    for (size_t i = 0; i < fn->param.count; i++) {
        if (i) expect(r, ",");
        arg[i] = read_argument(r, &r->p->var.at[fn->param.at[i]]);
    }
    expect(r, ")");
    know(r, s_call_named(r->p, callee, arg, fn->param.count, status));
    if (!status) r->known.count--;
}

static void read_statement(Reader *r)
{
    Program *p = r->p;
    if (take(r, "note"))         s_note(p, "%s", take_string(r));
    else if (take(r, "local"))   read_local(r);
    else if (take(r, "let"))     read_assignment(r, S_LET);
    else if (take(r, "var"))     read_assignment(r, S_VAR);
    else if (take(r, "set"))     read_assignment(r, S_SET);
    else if (take(r, "view"))    read_view(r);
    else if (take(r, "store"))   read_store(r, false);
    else if (take(r, "scatter")) read_store(r, true);
    else if (take(r, "for"))     read_loop(r, false);
    else if (take(r, "par"))     read_loop(r, true);
    else if (take(r, "if"))      read_if(r);
    else if (take(r, "call"))    read_fn_call(r);
    else if (take(r, "return"))  s_return(p, read_int(r));
    else if (take(r, "bar"))     s_bar(p);
    else if (take(r, "sync"))    s_sync(p);
    else fail(r, "expected a statement");
}

/* ---- functions ------------------------------------------------------------------------------------ */

static void read_param(Reader *r)
{
    static const char *const space[] = { "", "in", "shared", "block", "group", "private" };
    bool optional = take(r, "optional");
    unsigned where = SPACE_NONE;
    for (unsigned i = 1; i < COUNT(space); i++)
        if (take(r, space[i])) where = i;
    bool mut = take(r, "mut");
    if (mut && !where) where = SPACE_SHARED;
    const char *name = new_name(r);
    expect(r, ":");
    if (where) {
        if (mut && where == SPACE_CONST) fail(r, "`in` is only read");
        expect(r, "real");
        know(r, fn_param_buffer(r->p, name, (Space)where, mut, optional));
    } else {
        bool is_int = take(r, "int");
        if (!is_int) expect(r, "real");
        know(r, fn_param(r->p, name, is_int ? L_INT : L_REAL));
    }
}

static void read_fn(Reader *r)
{
    const char *note = take(r, "note") ? take_string(r) : NULL;
    expect(r, "fn");
    for (size_t i = 0; i < r->p->fn.count; i++)
        if (see(r, r->p->fn.at[i]->name)) fail(r, "there is a function of this name above");
    LFn *fn = fn_of(r->p, fn_begin(r->p, take_name(r), note));
    expect(r, "(");
    for (bool first = true; !take(r, ")"); first = false) {
        if (!first) expect(r, ",");
        read_param(r);
    }
    fn->entry = take(r, "entry");
    fn->outline = take(r, "outline");
    fn->apart = take(r, "apart");
    if (take(r, "->")) {
        expect(r, "status");
        fn->returns = true;
    }
    read_block(r);
    expect(r, "}");
    fn_end(r->p);
    r->known.count = 0;
}

Program *loop_parse(Arena *arena, Names *names, const Source *source, Diags *diags)
{
    Reader r = { .names = names, .source = source, .diags = diags, .at = source->text, .line = source->text,
                 .number = 1, .token = source->text };
    r.p = program_new(arena, names, TYPE_F32);
    if (setjmp(r.stop)) return NULL;
    advance(&r);
    expect(&r, "real");
    if (take(&r, "f64")) r.p->real = TYPE_F64;
    else expect(&r, "f32");
    while (r.length) read_fn(&r);
    return r.p;
}
