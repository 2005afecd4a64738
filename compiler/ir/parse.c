/* parse.c: the text of text.c, back into a Fn.
 *
 * Nodes are made as they stand, without simplification, so that a text that was
 * printed prints the same again.  ir_verify judges what comes out: a text can
 * be wrong in any way the IR can.                                               */
#include "ir/make.h"
#include "ir/text.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Parse {
    Arena        *arena;
    Names        *names;
    const Source *source;
    Diags        *diags;
    const char   *at, *end, *line_start, *word;         /* the last name that was read  */
    int           line;
    Fn           *fn;
    VEC(Ref)      number;           /* node of %1, %2 ...                            */
    char          axis[MAX_AXES];   /* letters of the con being read, 'B' for B      */
    jmp_buf       failed;
} Parse;

_Noreturn static void fail_at(Parse *p, const char *at, const char *what)
{
    int column = (int)(at - p->line_start) + 1;
    Span span = {p->source, p->line, column, p->line, column + 1};
    diag_error(p->diags, span, "%s", what);
    longjmp(p->failed, 1);
}

/* ---- tokens -------------------------------------------------------------------------- */

static void skip_blanks(Parse *p)
{
    for (; p->at < p->end; p->at++) {
        if (*p->at == '#')
            while (p->at < p->end && *p->at != '\n')
                p->at++;
        if (p->at == p->end || !isspace((unsigned char)*p->at))
            return;
        if (*p->at == '\n')
            p->line++, p->line_start = p->at + 1;
    }
}

_Noreturn static void fail(Parse *p, const char *what)
{
    skip_blanks(p);
    fail_at(p, p->at, what);
}

static bool accept(Parse *p, char c)
{
    skip_blanks(p);
    if (p->at == p->end || *p->at != c)
        return false;
    p->at++;
    return true;
}

static void expect(Parse *p, char c)
{
    if (!accept(p, c))
        fail(p, arena_printf(p->arena, "expected `%c`", c));
}

static bool is_name_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.';
}

static Name word(Parse *p)
{
    skip_blanks(p);
    const char *first = p->word = p->at;
    if (p->at < p->end && (isalpha((unsigned char)*first) || *first == '_'))
        while (p->at < p->end && is_name_char(*p->at))
            p->at++;
    return name_of_n(p->names, first, (size_t)(p->at - first));
}

static Name name(Parse *p)
{
    Name n = word(p);
    if (*n == '\0')
        fail(p, "expected a name");
    return n;
}

static bool accept_word(Parse *p, const char *wanted)
{
    const char *at = p->at, *line_start = p->line_start;
    int line = p->line;
    if (strcmp(word(p), wanted) == 0)
        return true;
    p->at = at, p->line_start = line_start, p->line = line;
    return false;
}

static uint32_t whole(Parse *p)
{
    skip_blanks(p);
    uint64_t n = 0;
    const char *first = p->at;
    for (; p->at < p->end && isdigit((unsigned char)*p->at) && n < BATCH; p->at++)
        n = 10 * n + (uint64_t)(*p->at - '0');
    if (p->at == first || n >= INT32_MAX)
        fail(p, "expected a whole number");
    return (uint32_t)n;
}

static double real(Parse *p)
{
    skip_blanks(p);
    char *end;
    double value = real_read(p->at, &end);
    if (end == p->at)
        fail(p, "expected a number");
    p->at = end;
    return value;
}

static unsigned one_of(Parse *p, const char *const *table, size_t count, const char *what)
{
    for (unsigned i = 0; i < count; i++)
        if (accept_word(p, table[i]))
            return i;
    fail(p, what);
}

static Type type(Parse *p, Shape *shape)
{
    Type t = (Type)one_of(p, ir_type_name, 4, "expected a type");
    *shape = (Shape){0};
    expect(p, '[');
    while (!accept(p, ']')) {
        if (shape->rank == MAX_RANK)
            fail(p, "too many dimensions");
        shape->dim[shape->rank] = accept(p, 'B') ? BATCH : whole(p);
        if (shape->dim[shape->rank] == 0 || (shape->dim[shape->rank] == BATCH && shape->rank > 0))
            fail(p, "a dimension is positive, and B comes first");
        shape->rank++;
    }
    return t;
}

static Ref ref(Parse *p)
{
    if (accept(p, '%')) {
        uint32_t n = whole(p);
        if (n == 0 || n > p->number.count)
            fail(p, "no such node yet");
        return p->number.at[n - 1];
    }
    skip_blanks(p);
    const char *at = p->at;
    Name n = word(p);
    int symbol = *n ? ir_symbol(p->fn, n) : -1;
    if (symbol >= 0)
        return p->fn->symbol.at[symbol].node;
    p->at = at;
    if (*n && strcmp(n, "inf") != 0 && strcmp(n, "nan") != 0)
        fail(p, "no such leaf");
    return ir_num(p->fn, real(p));
}

/* ---- con -------------------------------------------------------------------------------- */

static unsigned axis(Parse *p, Con *c)
{
    char letter = p->at < p->end ? *p->at : '\0';
    if (!isalpha((unsigned char)letter) || (p->at + 1 < p->end && is_name_char(p->at[1])))
        fail(p, "expected an axis");
    p->at++;
    for (unsigned a = 0; a < c->naxis; a++)
        if (p->axis[a] == letter)
            return a;
    if (c->naxis == MAX_AXES)
        fail(p, "too many axes");
    p->axis[c->naxis] = letter;
    return c->naxis++;
}

static void aff_term(Parse *p, Con *c, Aff *a, int sign)
{
    int k = sign;
    bool counted = isdigit((unsigned char)*p->at) != 0;
    if (counted)
        k *= (int)whole(p);
    if (counted && *p->at != '*') {
        a->c += k;
        return;
    }
    p->at += counted;
    Aff one = aff_axis(axis(p, c));
    if (!aff_add(a, &one, k))
        fail(p, "too many axes in one index");
}

static Aff aff(Parse *p, Con *c)
{
    Aff a = aff_number(0);
    skip_blanks(p);
    int sign = 1;
    if (p->at < p->end && *p->at == '-')
        sign = -1, p->at++;
    aff_term(p, c, &a, sign);
    while (p->at < p->end && (*p->at == '+' || *p->at == '-')) {
        sign = *p->at++ == '-' ? -1 : 1;
        aff_term(p, c, &a, sign);
    }
    aff_sort(&a);
    return a;
}

static unsigned affs(Parse *p, Con *c, char end, Aff out[MAX_RANK])
{
    unsigned n = 0;
    while (!accept(p, end)) {
        if (n == MAX_RANK)
            fail(p, "too many indices");
        out[n++] = aff(p, c);
    }
    return n;
}

static Ref con(Parse *p)
{
    Con c = {0};
    Ref arg[3] = {0};
    Shape in[MAX_OPERANDS], out;
    uint32_t said[MAX_AXES] = {0};

    expect(p, '[');
    unsigned rank = affs(p, &c, '|', c.out);
    while (!accept(p, ']')) {
        unsigned a = axis(p, &c);
        if (accept(p, ':'))
            said[a] = whole(p);
    }
    do {
        if (c.nopd == MAX_OPERANDS)
            fail(p, "too many operands");
        Ref r = ref(p);
        expect(p, '[');
        in[c.nopd] = SHAPE(p->fn, r);
        arg[c.nopd] = r;
        if (affs(p, &c, ']', c.in[c.nopd]) != in[c.nopd].rank)
            fail(p, "as many indices as the operand has dimensions");
        c.nopd++;
    } while (accept(p, '*'));
    if (accept_word(p, "where"))
        do {
            if (c.nguard == MAX_RANK)
                fail(p, "too many guards");
            c.guard[c.nguard] = aff(p, &c);
            if (!accept_word(p, "in"))
                fail(p, "expected `in`");
            c.limit[c.nguard++] = whole(p);
        } while (accept(p, ','));
    expect(p, ':');
    Type t = type(p, &out);
    if (out.rank != rank)
        fail_at(p, p->word, "as many indices as the result has dimensions");
    ir_bare_extents(&c, out, in, c.extent);
    for (unsigned a = 0; a < MAX_AXES; a++) {
        c.extent[a] = said[a] ? said[a] : c.extent[a];
        if (a < c.naxis && c.extent[a] == BATCH && p->axis[a] != 'B')
            fail_at(p, p->word, "an axis has no extent: write i:3");
        if (a >= c.naxis)
            c.extent[a] = 0;
    }
    return ir_node(p->fn, OP_CON, t, out, arg, c.nopd, ir_con_index(p->fn, &c));
}

/* ---- lines --------------------------------------------------------------------------------- */

static Ref tensor(Parse *p)
{
    VEC(double) value = {0};
    Shape shape;
    expect(p, '[');
    while (!accept(p, ']'))
        VEC_PUSH(p->arena, value) = real(p);
    expect(p, ':');
    Type t = type(p, &shape);
    if (shape_batched(shape) || shape_count(shape) != value.count)
        fail_at(p, p->word, "the shape has another number of elements");
    return ir_node(p->fn, OP_CONST, t, shape, NULL, 0,
                   ir_value_index(p->fn, value.at, value.count));
}

static Ref node(Parse *p)
{
    Op op = op_by_name(name(p));
    Ref arg[3] = {0};
    uint32_t aux = 0;
    Shape shape;
    if (op == OP_CON)
        return con(p);
    if (op == OP_CONST)
        return tensor(p);
    if (op == OP_NONE || op_info(op)->kind == OP_KIND_BITS)
        fail_at(p, p->word, "no such op");
    unsigned n = op_info(op)->narg;
    for (unsigned i = 0; i < n; i++)
        arg[i] = ref(p);
    if (op == OP_PEAK_MAX || op == OP_PEAK_MIN) {
        if (!accept_word(p, "over"))
            fail(p, "expected `over`");
        do
            aux |= 1u << (whole(p) & 31);
        while (!accept(p, ':'));
        p->at--;
    }
    if (op == OP_TAKE || op == OP_PUT) {
        if (!accept_word(p, "axis"))
            fail(p, "expected `axis`");
        aux = whole(p);
    }
    expect(p, ':');
    Type t = type(p, &shape);
    return ir_node(p->fn, op, t, shape, arg, n, aux);
}

static void line(Parse *p)
{
    if (accept(p, '%')) {
        if (whole(p) != p->number.count + 1)
            fail(p, "nodes are numbered in order");
        expect(p, '=');
        Ref r = node(p);
        VEC_PUSH(p->arena, p->number) = r;
        return;
    }
    RootKind kind = (RootKind)one_of(p, ir_root_name, 4, "expected %, result, carry, sum, update or `}`");
    Name n = name(p);
    expect(p, '=');
    ir_root(p->fn, kind, n, ref(p));
}

/* The first leaf of reals says what the Fn's reals are. */
static void leaves(Parse *p)
{
    while (!accept(p, ')')) {
        if (p->fn->symbol.count > 0)
            expect(p, ',');
        Role role = (Role)one_of(p, ir_role_name, ROLE_BUFFER + 1, "expected a role");
        Name n = name(p);
        Shape shape;
        const char *at = p->word;
        expect(p, ':');
        Type t = type(p, &shape);
        if (ir_symbol(p->fn, n) >= 0)
            fail_at(p, at, "this leaf is already declared");
        if (t <= TYPE_F64 && p->fn->real == TYPE_BOOL)
            p->fn->real = t;
        ir_leaf(p->fn, role, n, t, shape);
    }
    if (accept(p, ':'))
        p->fn->real = (Type)one_of(p, ir_type_name, 2, "expected f32 or f64");
    if (p->fn->real == TYPE_BOOL)
        fail(p, "no leaf says f32 or f64: write `: f32` here");
}

static void function(Parse *p)
{
    if (!accept_word(p, "fn"))
        fail(p, "expected `fn`");
    p->fn = fn_new(p->arena, p->names, name(p), TYPE_BOOL);
    expect(p, '(');
    leaves(p);
    expect(p, '{');
    while (!accept(p, '}'))
        line(p);
    const char *unsound = ir_verify(p->fn, p->arena);
    if (unsound)
        fail(p, unsound);
}

Fn *ir_parse(Arena *arena, Names *names, const Source *source, Diags *diags)
{
    Parse p = {.arena = arena, .names = names, .source = source, .diags = diags,
               .at = source->text, .end = source->text + source->length,
               .line_start = source->text, .line = 1};
    if (setjmp(p.failed) != 0)
        return NULL;
    function(&p);
    return p.fn;
}
