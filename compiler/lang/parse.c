/* parse.c: source text to tree: opens scanner and grammar, collects messages. */
#include "lang/parse.h"
#include "lang/parser.h"

#include "node.tab.h"

enum { LARGEST = 16 << 20, QUOTED = 24 };

/* ---- messages ---------------------------------------------------------------- */

static bool same_place(Span a, Span b) { return a.line == b.line && a.column == b.column; }

bool parser_error(Parser *p, Span at, const char *format, ...)
{
    if (p->mute || p->lost) return false;
    if (p->errors && (same_place(at, p->said) || same_place(at, p->resumed))) return false;
    p->said = at;
    p->errors++;
    va_list args;
    va_start(args, format);
    Text text = { .arena = p->arena };
    text_vprintf(&text, format, args);
    va_end(args);
    diag_error(p->diags, at, "%s", text_string(&text));
    if (p->errors == MOST_ERRORS) {
        diag_note(p->diags, (Span){ 0 }, "after %d errors the rest is not read", MOST_ERRORS);
        p->mute = true;
    }
    return true;
}

void parser_stop(Parser *p, Span at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Text text = { .arena = p->arena };
    text_vprintf(&text, format, args);
    va_end(args);
    parser_error(p, at, "%s", text_string(&text));
    p->mute = true;
}

/* Where a line begins in the text. */
static size_t line_offset(const Source *source, int line)
{
    size_t at = 0;
    for (int n = 1; n < line && at < source->length; at++) n += source->text[at] == '\n';
    return at;
}

static size_t end_offset(const Source *source, Span at)
{
    size_t to = line_offset(source, at.end_line) + (size_t)at.end_column - 1;
    return to < source->length ? to : source->length;
}

char parser_ahead(const Parser *p, Span at)
{
    size_t i = end_offset(p->source, at);
    while (i < p->source->length && (p->source->text[i] == ' ' || p->source->text[i] == '\t')) i++;
    return i < p->source->length ? p->source->text[i] : 0;
}

const char *parser_quote(Parser *p, Span at)
{
    size_t from = line_offset(p->source, at.line) + (size_t)at.column - 1;
    size_t to = end_offset(p->source, at);
    size_t n = from < to ? to - from : 0;
    if (n <= QUOTED) return arena_string(p->arena, p->source->text + from, n);
    n = QUOTED - 3;
    while (n && ((unsigned char)p->source->text[from + n] & 0xc0) == 0x80) n--;
    return arena_printf(p->arena, "%.*s...", (int)n, p->source->text + from);
}

/* ---- entry points --------------------------------------------------------------- */

/* False after errors; the tree then holds what was understood. */
static bool parse(Parser *p, int entry)
{
    Ast *ast = NEW(p->arena, Ast);
    ast->source = p->source;
    ast->version = AST_VERSION;
    p->ast = ast;
    if (p->source->length > LARGEST)
        parser_stop(p, (Span){ p->source, 0, 0, 0, 0 }, "this file is larger than %d MiB", LARGEST >> 20);
    else {
        layout_open(p, entry);
        node_parse(p);
    }
    return !p->errors;
}

Ast *parse_file(Arena *arena, Names *names, const Source *source, Diags *diags)
{
    Parser p = { .arena = arena, .names = names, .source = source, .diags = diags };
    parse(&p, TOK_FOR_FILE);
    return p.ast;
}

AstDef *parse_def(Arena *arena, Names *names, const Source *source, size_t from, int line, Diags *diags)
{
    Parser p = { .arena = arena, .names = names, .source = source, .diags = diags, .offset = from, .line = line };
    bool fine = parse(&p, TOK_FOR_FILE);
    return fine && p.ast->defs.count ? p.ast->defs.at[0] : NULL;
}

AstExpr *parse_expr(Arena *arena, Names *names, const Source *source, Diags *diags)
{
    Parser p = { .arena = arena, .names = names, .source = source, .diags = diags };
    return parse(&p, TOK_FOR_EXPR) ? p.expr : NULL;
}

bool parse_clause(Arena *arena, Names *names, const Source *source, Diags *diags, AstClause *clause)
{
    Parser p = { .arena = arena, .names = names, .source = source, .diags = diags };
    if (!parse(&p, TOK_FOR_CLAUSE)) return false;
    *clause = *p.clause;
    return true;
}
