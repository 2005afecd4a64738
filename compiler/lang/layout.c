/* layout.c: between scanner and grammar: what lines and columns tell.
 *
 * The grammar ignores line ends.  Its errors do not: after one, everything is
 * skipped up to a token that begins a line no deeper than the declaration that
 * broke, so one mistake gives one message.  A definition begins in the column
 * of the definition before it; inside braces such a token can only mean that a
 * `}` is missing, which is said at the `{` and put right.
 *
 * A token changes the state (brackets, margins) only when the next one is asked
 * for: by then the grammar has accepted it, or layout_recover has taken it back. */
#include "lang/parser.h"

#include <string.h>

#include "node.tab.h"
#include "node.lex.h"

int node_scan(ParseToken *, void *);

static const ParseToken none = { .kind = TOK_NODE_EMPTY };

void layout_open(Parser *p, int entry)
{
    p->column = p->outer = p->margin = 1;
    if (!p->line) p->line = 1;
    p->fresh = true;
    p->last = p->before = none;
    p->kept = (ParseToken){ .kind = entry, .at = { p->source, 1, 1, 1, 1 } };
    const char *text = p->source->text;
    size_t length = p->source->length;
    if (!p->offset && length >= 3 && !memcmp(text, "\xef\xbb\xbf", 3)) p->offset = 3;      /* byte order mark */
    node_scan_lex_init_extra(p, &p->scanner);
    node_scan__scan_bytes(text + p->offset, (int)(length - p->offset), p->scanner);
}

int layout_scan(Parser *p, ParseToken *token)
{
    token->kind = node_scan(token, p->scanner);
    if (token->kind == TOK_END)
        token->at = (Span){ p->source, p->line, p->column, p->line, p->column };
    token->first = p->fresh;
    p->fresh = false;
    return token->kind;
}

/* ---- which tokens begin what ------------------------------------------------ */

/* These begin definitions and nothing else. */
static bool defines(int kind)
{
    return kind >= TOK_IMPORT && kind <= TOK_EXPERIMENT;
}

static bool declares(int kind)
{
    return (kind >= TOK_LAYER && kind <= TOK_EVENT) || kind == TOK_DERIVATIVE;
}

static bool starts(int kind)
{
    return defines(kind) || declares(kind) || kind == TOK_NAME;
}

bool layout_leads(const Parser *p, const ParseToken *t)
{
    if (!t->first || t->at.column > p->margin) return false;
    return defines(t->kind) || declares(t->kind) || (t->kind == TOK_NAME && p->clauses);
}

/* Can reading go on here after an error? */
static bool begins(Parser *p, const ParseToken *t)
{
    if (t->kind == TOK_END) return true;
    if (t->kind == '{') p->skipped++;
    if (t->kind == '}' && p->skipped) return p->skipped--, false;
    if (t->kind == '}') return p->braces > 0;
    if (!t->first) return false;
    if (p->braces) return t->at.column <= p->margin && starts(t->kind);
    if (t->at.column > p->outer) return false;
    return defines(t->kind) || (!p->skipped && starts(t->kind));
}

/* ---- brackets and braces ------------------------------------------------------ */

static void push(Parser *p, Opener *stack, int *count, int most, const ParseToken *t)
{
    if (*count == most) parser_stop(p, t->at, "`%c` nests more than %d deep", t->kind, most);
    else stack[(*count)++] = (Opener){ .kind = t->kind, .at = t->at };
}

static void accept(Parser *p, const ParseToken *t)
{
    bool first = t->first && !p->brackets;
    Opener *block = p->braces ? &p->brace[p->braces - 1] : NULL;
    if (first && (defines(t->kind) || declares(t->kind) || (p->clauses && block && t->kind == TOK_NAME)))
        p->margin = t->at.column;
    if (!block && (defines(t->kind) || t->kind == TOK_LAYER)) {
        p->clauses = t->kind == TOK_EXPERIMENT;
        if (first) p->outer = t->at.column;
    }
    switch (t->kind) {
    case '{': push(p, p->brace, &p->braces, BLOCKS, t); break;
    case '(':
    case '[': push(p, p->bracket, &p->brackets, DEEPEST, t); break;
    case '}': if (p->braces) p->braces--; break;
    case ')':
    case ']': if (p->brackets) p->brackets--; break;
    }
}

/* A bracket that closes nothing or another kind, and a bracket that the end of
 * the block or of the file finds open: said here, and an error for the grammar. */
static bool unbalanced(Parser *p, const ParseToken *t)
{
    const Opener *open = p->brackets ? &p->bracket[p->brackets - 1] : NULL;
    switch (t->kind) {
    case ')':
    case ']':
        if (!open) parser_error(p, t->at, "this `%c` closes nothing", t->kind);
        else if (open->kind != (t->kind == ')' ? '(' : '[')) {
            if (parser_error(p, t->at, "`%c` does not close a `%c`", t->kind, open->kind))
                diag_note(p->diags, open->at, "opened here");
        } else return false;
        return true;
    case '}':
    case TOK_END:
        if (open) parser_error(p, open->at, "this `%c` is never closed", open->kind);
        return open;
    }
    return false;
}

/* Does `t` show that a `}` is missing before it? */
static bool unclosed(const Parser *p, const ParseToken *t)
{
    if (!p->braces || t->kind == '}') return false;
    if (t->kind == TOK_END) return true;
    if (p->brackets || !t->first || t->at.column > p->outer) return false;
    return defines(t->kind) || (starts(t->kind) && p->brace[p->braces - 1].column > p->outer);
}

/* Keeps `t` for later and makes it the `}` that is missing. */
static void close_block(Parser *p, ParseToken *t)
{
    Opener *open = &p->brace[p->braces - 1];
    if (!open->said) parser_error(p, open->at, "this `{` is never closed");
    for (int i = 0; i < p->braces; i++) p->brace[i].said = true;
    p->kept = *t;
    *t = (ParseToken){ .kind = '}', .at = t->at };
    t->at.end_line = t->at.line;
    t->at.end_column = t->at.column;
}

/* The first line of a block sets its column. */
static void enter(Parser *p, const ParseToken *t)
{
    Opener *block = p->braces ? &p->brace[p->braces - 1] : NULL;
    if (block && !block->column && t->first && !p->brackets && t->kind != '}')
        block->column = p->margin = t->at.column;
}

/* ---- the stream ---------------------------------------------------------------- */

static void read_token(Parser *p, ParseToken *t)
{
    *t = p->kept;
    p->kept = none;
    if (t->kind == TOK_NODE_EMPTY) layout_scan(p, t);
}

int layout_next(Parser *p, ParseValue *value, Span *at)
{
    ParseToken t;
    accept(p, &p->last);
    do read_token(p, &t);
    while (p->lost && !begins(p, &t));
    p->lost = false;
    p->skipped = 0;
    enter(p, &t);

    if (p->mute) t.kind = TOK_END;
    else if (unbalanced(p, &t)) {
        if (t.kind != ')' && t.kind != ']') p->kept = t;
        t.kind = TOK_NODE_error;
    } else if (unclosed(p, &t)) {
        close_block(p, &t);
    } else if (t.kind == TOK_EQ && p->last.kind == TOK_DERIVATIVE) {
        parser_error(p, t.at, "a derivative is given with `=`; `==` compares");
        t.kind = '=';
    }
    p->before = p->last;
    p->last = t;
    *value = t.value;
    *at = t.at;
    return t.kind;
}

static bool same_place(Span a, Span b)
{
    return a.source == b.source && a.line == b.line && a.column == b.column;
}

void layout_recover(Parser *p)
{
    bool again = same_place(p->last.at, p->resumed);
    p->resumed = p->last.at;
    if (!again && p->kept.kind == TOK_NODE_EMPTY && p->last.kind != TOK_NODE_error) p->kept = p->last;
    p->last = none;
    p->brackets = 0;
    p->lost = true;
}
