/* cell.c: from the text of a cell to its steps.
 *
 *     program   = { name "=" sum ";" } sum
 *     sum       = product { ("+" | "-") product }
 *     product   = sign { ("*" | "/") sign }
 *     sign      = "-" sign | atom
 *     atom      = number | "inf" | "nan" | name | op "(" sum { "," sum } ")" | "(" sum ")"
 *
 * Equal steps become one, numbers under a minus are negated here, and
 * math_program writes out the MATH ops that a program calls.                    */
#include "ops/ops.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 256, LOCALS = 32 };

typedef struct Parser {
    const Arena *arena;             /* whose host hears of mistakes                */
    const char *text, *at;          /* the cell, and where we are in it            */
    struct { const char *name; size_t length; uint16_t value; } local[LOCALS];
    const char *const *input;       /* further names it may read                   */
    size_t      inputs, locals, count;
    CellStep step[STEPS];
} Parser;

static uint16_t sum(Parser *);

_Noreturn static void wrong(const Parser *c, const char *what)
{
    arena_bug(c->arena, "cell `%s`: %s at `%s`", c->text, what, c->at);
}

static uint16_t emit(Parser *c, Op op, const uint16_t arg[3], double number)
{
    CellStep s = {.op = (uint16_t)op, .number = number};
    for (unsigned i = 0; i < op_info(op)->narg; i++)
        s.arg[i] = arg[i];
    for (size_t i = 0; i < c->count; i++)
        if (c->step[i].op == s.op && memcmp(c->step[i].arg, s.arg, sizeof s.arg) == 0
            && memcmp(&c->step[i].number, &s.number, sizeof s.number) == 0)
            return (uint16_t)(CELL_INPUTS + i);
    if (c->count == STEPS)
        wrong(c, "too long");
    c->step[c->count++] = s;
    return (uint16_t)(CELL_INPUTS + c->count - 1);
}

static uint16_t emit2(Parser *c, Op op, uint16_t a, uint16_t b)
{
    return emit(c, op, (const uint16_t[3]){a, b, 0}, 0);
}

static bool skip(Parser *c, char token)
{
    while (isspace((unsigned char)*c->at))
        c->at++;
    if (*c->at != token)
        return false;
    c->at++;
    return true;
}

static size_t name_length(const char *at)
{
    size_t n = 0;
    if (isalpha((unsigned char)*at))
        while (isalnum((unsigned char)at[n]) || at[n] == '_')
            n++;
    return n;
}

static uint16_t call(Parser *c, Op op)
{
    uint16_t arg[3] = {0};
    unsigned n = 0;
    do {
        if (n == op_info(op)->narg)
            wrong(c, "too many arguments");
        arg[n++] = sum(c);
    } while (skip(c, ','));
    if (n != op_info(op)->narg || !skip(c, ')'))
        wrong(c, "expected `)` or another argument");
    return emit(c, op, arg, 0);
}

static uint16_t named(Parser *c, const char *name, size_t length)
{
    for (size_t i = c->locals; i-- > 0;)
        if (c->local[i].length == length && memcmp(c->local[i].name, name, length) == 0)
            return c->local[i].value;
    for (size_t i = 0; i < c->inputs; i++)
        if (strlen(c->input[i]) == length && memcmp(c->input[i], name, length) == 0)
            return emit(c, OP_LEAF, NULL, (double)i);
    static const char inputs[] = "abcyg";
    if (length == 1 && strchr(inputs, *name))
        return (uint16_t)(strchr(inputs, *name) - inputs);
    if (length == 3 && memcmp(name, "inf", 3) == 0)
        return emit(c, OP_CONST, NULL, INFINITY);
    if (length == 3 && memcmp(name, "nan", 3) == 0)
        return emit(c, OP_CONST, NULL, NAN);
    wrong(c, "unknown name");
}

static uint16_t atom(Parser *c)
{
    if (skip(c, '(')) {
        uint16_t inner = sum(c);
        if (!skip(c, ')'))
            wrong(c, "expected `)`");
        return inner;
    }
    size_t length = name_length(c->at);
    if (length == 0) {
        char *end;
        double number = real_read(c->at, &end);
        if (end == c->at)
            wrong(c, "expected a value");
        c->at = end;
        return emit(c, OP_CONST, NULL, number);
    }
    const char *name = c->at;
    char op[16] = "";
    c->at += length;
    if (!skip(c, '('))
        return named(c, name, length);
    if (length < sizeof op)
        memcpy(op, name, length);
    if (op_info(op_by_name(op))->kind == OP_KIND_TENSOR)
        wrong(c, "unknown op");
    return call(c, op_by_name(op));
}

static uint16_t sign(Parser *c)
{
    if (!skip(c, '-'))
        return atom(c);
    size_t before = c->count;
    uint16_t v = sign(c);
    if (v < CELL_INPUTS || c->step[v - CELL_INPUTS].op != OP_CONST)
        return emit2(c, OP_neg, v, 0);
    double number = -c->step[v - CELL_INPUTS].number;
    if (c->count > before && (size_t)(v - CELL_INPUTS) == c->count - 1)
        c->count--;                         /* the positive number was only passing by */
    return emit(c, OP_CONST, NULL, number);
}

static uint16_t product(Parser *c)
{
    for (uint16_t v = sign(c);;)
        if (skip(c, '*'))
            v = emit2(c, OP_mul, v, sign(c));
        else if (skip(c, '/'))
            v = emit2(c, OP_div, v, sign(c));
        else
            return v;
}

static uint16_t sum(Parser *c)
{
    for (uint16_t v = product(c);;)
        if (skip(c, '+'))
            v = emit2(c, OP_add, v, product(c));
        else if (skip(c, '-'))
            v = emit2(c, OP_sub, v, product(c));
        else
            return v;
}

/* name "=" sum ";", or nothing of the kind. */
static bool statement(Parser *c)
{
    const char *start = c->at;
    while (isspace((unsigned char)*c->at))
        c->at++;
    const char *name = c->at;
    size_t length = name_length(name);
    c->at += length;
    if (length == 0 || !skip(c, '=')) {
        c->at = start;
        return false;
    }
    uint16_t value = sum(c);
    if (c->locals == LOCALS || !skip(c, ';'))
        wrong(c, "expected `;`");
    c->local[c->locals].name = name;
    c->local[c->locals].length = length;
    c->local[c->locals++].value = value;
    return true;
}

static const Cell *finish(Arena *arena, const Parser *c, uint16_t result)
{
    Cell *p = arena_alloc(arena, sizeof *p + c->count * sizeof *p->step);
    p->result = result;
    p->count = (uint16_t)c->count;
    if (c->count > 0)
        memcpy(p->step, c->step, c->count * sizeof *p->step);
    return p;
}

const Cell *cell_parse(Arena *arena, const char *text)
{
    return cell_parse_named(arena, text, NULL, 0);
}

const Cell *cell_parse_named(Arena *arena, const char *text, const char *const *name, size_t names)
{
    Parser c = {.arena = arena, .text = text, .at = text, .input = name, .inputs = names};
    while (statement(&c))
        ;
    uint16_t result = sum(&c);
    if (!skip(&c, '\0'))
        wrong(&c, "expected the end");
    return finish(arena, &c, result);
}

/* ---- the programs of math.def --------------------------------------------------- */

static const struct { Op op; const char *f32, *f64; } math[] = {
#define MATH32(name, ...)  {OP_##name, #__VA_ARGS__, NULL},
#define MATH64(name, ...)  {OP_##name, NULL, #__VA_ARGS__},
#define MATH(name, ...)    {OP_##name, #__VA_ARGS__, #__VA_ARGS__},
#include "ops/math.def"
};

static const char *math_text(const Arena *arena, Op op, Type type)
{
    for (size_t i = 0; i < COUNT(math); i++) {
        const char *text = type == TYPE_F32 ? math[i].f32 : math[i].f64;
        if (math[i].op == op && text)
            return text;
    }
    arena_bug(arena, "math.def has no program for `%s`", op_info(op)->name);
}

/* The steps of `p` after those of `c`, its inputs replaced by `input`; what its
 * value is there.  A called op is written out in place of its step.              */
static uint16_t write_out(Arena *arena, Parser *c, const Cell *p, Type type,
                          const uint16_t input[3])
{
    uint16_t *value = NEW_ARRAY(arena, uint16_t, CELL_INPUTS + p->count);
    memcpy(value, input, 3 * sizeof *value);
    for (size_t i = 0; i < p->count; i++) {
        const CellStep *s = &p->step[i];
        const OpInfo *info = op_info((Op)s->op);
        uint16_t arg[3] = {value[s->arg[0]], value[s->arg[1]], value[s->arg[2]]};
        const char *text = info->kind == OP_KIND_MATH  ? math_text(arena, (Op)s->op, type)
                         : info->kind == OP_KIND_MACRO ? info->value
                                                       : NULL;
        value[CELL_INPUTS + i] = text ? write_out(arena, c, cell_parse(arena, text), type, arg)
                                         : emit(c, (Op)s->op, arg, s->number);
    }
    return value[p->result];
}

const Cell *math_program(Arena *arena, Op op, Type type)
{
    const char *text = math_text(arena, op, type);
    Parser *c = NEW(arena, Parser);
    c->arena = arena;
    c->text = c->at = text;
    uint16_t result = write_out(arena, c, cell_parse(arena, text), type,
                                (const uint16_t[3]){IN_A, IN_B, IN_C});
    return finish(arena, c, result);
}
