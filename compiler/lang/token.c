/* token.c: what literals are worth, and what to say about what is no token. */
#include "lang/parser.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers --------------------------------------------------------------- */

/* The digits without the `_` between them. */
static char *plain_digits(Arena *arena, const char *spelling, size_t length)
{
    char *digits = arena_string(arena, spelling, length), *to = digits;
    for (const char *from = digits; *from; from++)
        if (*from != '_') *to++ = *from;
    *to = 0;
    return digits;
}

static bool is_zero(const char *digits)
{
    return strspn(digits, "0.") == strcspn(digits, "eE");
}

AstExpr *token_number(Parser *p, Span at, const char *spelling, size_t length)
{
    AstExpr *e = ast_expr(p->arena, AST_NUMBER, at);
    const char *digits = plain_digits(p->arena, spelling, length);
    e->number.spelling = arena_string(p->arena, spelling, length);
    e->number.value = real_read(digits, NULL);
    e->number.whole = !strpbrk(digits, ".eE");
    if (e->number.whole) {
        errno = 0;
        e->number.integer = strtoll(digits, NULL, 10);
        if (errno == ERANGE)
            parser_error(p, at, "`%s` is too large for a whole number: the largest is %lld; "
                         "with a decimal point it is a real number",
                         parser_quote(p, at), (long long)INT64_MAX);
    } else if (isinf(e->number.value)) {
        parser_error(p, at, "`%s` is too large: the largest real number is about 1.8e308", parser_quote(p, at));
    } else if (e->number.value == 0 && !is_zero(digits)) {
        parser_error(p, at, "`%s` is too small: the smallest real number is about 5e-324", parser_quote(p, at));
    }
    return e;
}

/* ---- strings ----------------------------------------------------------------- */

static bool continues(unsigned char c) { return (c & 0xc0) == 0x80; }

/* Bytes of a character that is not ASCII, or 0 if it is no UTF-8.  Overlong
 * forms and surrogates count as none. */
static size_t wide_length(const unsigned char *at, size_t left)
{
    unsigned char c = at[0];
    size_t n = c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
    if (!n || n > left) return 0;
    for (size_t i = 1; i < n; i++)
        if (!continues(at[i])) return 0;
    if ((c == 0xe0 && at[1] < 0xa0) || (c == 0xed && at[1] > 0x9f)) return 0;
    if ((c == 0xf0 && at[1] < 0x90) || (c == 0xf4 && at[1] > 0x8f)) return 0;
    return n;
}

static int escape_of(char c)
{
    switch (c) {
    case '"':
    case '\\': return c;
    case 'n':  return '\n';
    case 't':  return '\t';
    default:   return 0;
    }
}

/* The place of n bytes within a token of one line. */
static Span part(Span at, size_t offset, size_t n)
{
    at.column += (int)offset;
    at.end_column = at.column + (int)n;
    return at;
}

AstExpr *token_string(Parser *p, Span at, const char *spelling, size_t length)
{
    AstExpr *e = ast_expr(p->arena, AST_STRING, at);
    char *text = arena_alloc(p->arena, length);
    size_t n = 0;
    for (size_t i = 1; i + 1 < length; i++) {
        unsigned char c = (unsigned char)spelling[i];
        size_t wide = c < 0x80 ? 1 : wide_length((const unsigned char *)spelling + i, length - 1 - i);
        int escaped = c == '\\' ? escape_of(spelling[i + 1]) : 0;
        if (c == '\\' && !escaped)
            parser_error(p, part(at, i, 2), "a string knows \\\", \\\\, \\n and \\t, no other \\");
        else if (c < ' ' || c == 0x7f)
            parser_error(p, part(at, i, 1), "a control character (0x%02x) in a string", c);
        else if (!wide)
            parser_error(p, part(at, i, 1), "byte 0x%02x is no UTF-8 text", c);
        if (escaped) {
            text[n++] = (char)escaped;
            i++;
            continue;
        }
        if (!wide) wide = 1;
        memcpy(text + n, spelling + i, wide);
        n += wide;
        i += wide - 1;
    }
    e->string.text = text;
    e->string.length = n;
    e->string.spelling = arena_string(p->arena, spelling, length);
    return e;
}

/* ---- what is no token ---------------------------------------------------------
 * Habits from other languages get the word they were looking for.               */

static const struct { const char *found, *text; } habits[] = {
    { "**", "a power is written `^`" },
    { "&",  "write `and`" },
    { "&&", "write `and`" },
    { "|",  "write `or`, or `|>` for a pipe" },
    { "||", "write `or`" },
    { "!",  "write `not`, or `!=` for a comparison" },
    { "%",  "there is no `%`: the remainder of i by n is `i - i // n * n`" },
    { "?",  "write `if condition then a else b`" },
    { "\\", "a line needs no `\\` to go on in the next" },
};

static void stray_number(Parser *p, Span at, const char *spelling, size_t length)
{
    const char *text = parser_quote(p, at);
    size_t digits = strspn(spelling, "0123456789._");
    if (spelling[0] == '.') parser_error(p, at, "a digit must stand before the decimal point: `0%s`", text);
    else if (spelling[length - 1] == '.')
        parser_error(p, at, "a digit must follow the decimal point: `%s0`", text);
    else if (spelling[0] == '0' && length > 1 && (spelling[1] == 'x' || spelling[1] == 'X'))
        parser_error(p, at, "`%s`: numbers are written in decimal", text);
    else
        parser_error(p, at, "`%s`: a name cannot begin with a digit; to multiply, write `%.*s * %s`",
                     text, (int)digits, spelling, spelling + digits);
}

static void stray_character(Parser *p, Span at, const char *spelling, size_t length)
{
    unsigned char c = (unsigned char)spelling[0];
    if (c == 0) parser_error(p, at, "a NUL byte: this is no text file");
    else if (c < ' ' || c == 0x7f) parser_error(p, at, "a control character (0x%02x)", c);
    else if (c < 0x80) parser_error(p, at, "`%c` means nothing here", c);
    else if (wide_length((const unsigned char *)spelling, length))
        parser_error(p, at, "`%.*s`: outside strings and comments only ASCII letters have a meaning",
                     (int)wide_length((const unsigned char *)spelling, length), spelling);
    else parser_error(p, part(at, 0, 1), "byte 0x%02x is no UTF-8 text", c);
}

void token_stray(Parser *p, Span at, const char *spelling, size_t length)
{
    for (size_t i = 0; i < COUNT(habits); i++)
        if (!strcmp(spelling, habits[i].found)) {
            parser_error(p, at, "%s", habits[i].text);
            return;
        }
    switch (spelling[0]) {
    case ';':
        if (p->brackets) parser_error(p, at, "`;` separates nothing: write `,`");
        else if (!p->semicolons) parser_error(p, at, "no `;` is needed: the next declaration ends this one");
        p->semicolons |= !p->brackets;
        break;
    case '"':
        parser_error(p, at, "this string has no closing quote");
        break;
    case '\'':
        parser_error(p, at, "a string stands in double quotes");
        break;
    case '.': case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9':
        stray_number(p, at, spelling, length);
        break;
    default:
        stray_character(p, at, spelling, length);
    }
}
