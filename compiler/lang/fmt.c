/* fmt.c: the canonical layout of a model file.
 *
 *     tokens and comments --mark--> what each is --columns--> lines --write--> text
 *
 * Works on tokens with their spelling, not on the tree, because a tree has no
 * comments and no line breaks.  The author's line breaks stay; blanks, columns
 * and indentation are ours: four a block, `=` and `~` under each other in runs
 * of like declarations (as gofmt does), continued lines under what they go on
 * with, at most one blank line. */
#include "lang/fmt.h"
#include "lang/parse.h"
#include "lang/parser.h"

#include <string.h>

#include "node.tab.h"

enum { INDENT = 4, RAGGED = 10, COMMENT = -100 };    /* RAGGED: the widest hole in a column */

typedef enum Role { NO_START, DEFINITION, DECLARATION, DERIVATIVE, CLAUSE } Role;
typedef enum Bracket { OUTSIDE, HEADER, CALL, GROUP, LIST, SUBSCRIPT } Bracket;

typedef struct Piece {
    int         kind;               /* token, or COMMENT                        */
    const char *text;
    size_t      length;
    bool        first, blank;       /* of its line; a blank line stands before  */
    int         block;              /* braces around it                         */
    Bracket     in;                 /* the innermost bracket around it          */
    Role        starts;
    bool        sign;               /* the = or ~ of a declaration              */
    bool        next;               /* the comma between two declarators        */
    bool        unary, sort;        /* a minus sign; a colon before a sort      */
    bool        tight;              /* no blanks around it                      */
} Piece;

typedef struct Line {
    size_t begin, end;              /* pieces, without the comment behind       */
    const Piece *comment;
    Role   starts;
    size_t sign;                    /* piece, or 0                              */
    bool   plain, several;          /* just a name left of it; more declarators follow */
    int    word, left;              /* widths: keyword, and the rest up to sign */
    int    word_pad, left_pad;
    bool   blank;                   /* above it, and not just within braces      */
    Text   text;
} Line;

typedef struct Format {
    Arena        *arena;
    const Source *source;
    VEC(Piece) piece;
    VEC(Line)  line;
} Format;

/* ---- reading -------------------------------------------------------------------- */

static size_t trimmed(const char *text, size_t length)
{
    while (length && strchr(" \t\r\f\v", text[length - 1])) length--;
    return length;
}

/* Comments and line ends between two tokens, which lie at `from` and `to`. */
static void read_gap(Format *f, const char *from, const char *to, bool *first, bool *blank)
{
    bool ended = f->piece.count == 0;           /* a line end since the last piece */
    for (const char *at = from; at < to; at++)
        if (*at == '\n') {
            *blank = ended && f->piece.count;
            ended = true;
        } else if (*at == '#') {
            const char *stop = memchr(at, '\n', (size_t)(to - at));
            if (!stop) stop = to;
            VEC_PUSH(f->arena, f->piece) = (Piece){ .kind = COMMENT, .text = at, .first = ended, .blank = *blank,
                                                    .length = trimmed(at, (size_t)(stop - at)) };
            *blank = ended = false;
            at = stop - 1;
        }
    *first = ended;
}

/* `dx / dt` becomes `dx/dt`. */
static void squeeze(Arena *arena, Piece *piece)
{
    char *text = arena_string(arena, piece->text, piece->length), *to = text;
    for (const char *from = text; *from; from++)
        if (!strchr(" \t\r", *from)) *to++ = *from;
    piece->text = text;
    piece->length = (size_t)(to - text);
}

static void read_pieces(Format *f, Parser *p)
{
    const char *text = f->source->text, *at = text, *end = text + f->source->length;
    const char *line = text;                    /* where line `number` begins   */
    int number = 1;
    ParseToken token;
    if (end - at >= 3 && !memcmp(at, "\xef\xbb\xbf", 3)) line = at += 3;
    layout_open(p, TOK_FOR_FILE);
    do {
        bool first, blank = false;
        layout_scan(p, &token);
        for (; number < token.at.line; number++) line = (char *)memchr(line, '\n', (size_t)(end - line)) + 1;
        const char *begin = token.kind == TOK_END ? end : line + token.at.column - 1;
        read_gap(f, at, begin, &first, &blank);
        Piece piece = { .kind = token.kind, .text = begin, .first = first, .blank = blank,
                        .length = (size_t)(token.at.end_column - token.at.column) };
        if (piece.kind == TOK_DERIVATIVE) squeeze(f->arena, &piece);
        VEC_PUSH(f->arena, f->piece) = piece;
        at = token.kind == TOK_END ? end : begin + (token.at.end_column - token.at.column);
    } while (token.kind != TOK_END);
}

/* ---- marking: what each piece is ---------------------------------------------------- */

static bool ends_operand(int kind)
{
    return kind == TOK_NAME || kind == TOK_NUMBER || kind == TOK_STRING || kind == TOK_TRUE ||
           kind == TOK_FALSE || kind == ')' || kind == ']';
}

static bool is_definition(int kind)
{
    return kind == TOK_NODEC || kind == TOK_LAYER || (kind >= TOK_IMPORT && kind <= TOK_EXPERIMENT);
}

static bool is_word(int kind) { return kind >= TOK_LAYER && kind <= TOK_EVENT; }

static bool is_key(int kind)
{
    return kind == TOK_NAME || is_word(kind) || kind == TOK_MODEL || kind == TOK_ODEF;
}

/* Kind of the k-th token before or after piece i, comments not counted; else 0. */
static int near_kind(const Format *f, size_t i, int k)
{
    int step = k < 0 ? -1 : 1;
    while (k) {
        if ((step < 0 && i == 0) || i + 1 == f->piece.count) return 0;
        i += (size_t)step;
        if (f->piece.at[i].kind != COMMENT) k -= step;
    }
    return f->piece.at[i].kind;
}

/* `key = ` or `key.key = `, and not the state of a fold. */
static bool begins_clause(const Format *f, size_t i)
{
    int before = near_kind(f, i, -1), k = 1;
    if (!is_key(f->piece.at[i].kind) || before == '.' || before == TOK_FOLD || before == TOK_SCAN) return false;
    while (near_kind(f, i, k) == '.' && is_key(near_kind(f, i, k + 1))) k += 2;
    return near_kind(f, i, k) == '=';
}

static Role role_of(const Format *f, size_t i, int block, bool clauses)
{
    int kind = f->piece.at[i].kind;
    if (near_kind(f, i, -1) == ':') return NO_START;
    if (!block) return is_definition(kind) ? DEFINITION : NO_START;
    if (clauses) return begins_clause(f, i) ? CLAUSE : NO_START;
    return kind == TOK_DERIVATIVE ? DERIVATIVE : is_word(kind) ? DECLARATION : NO_START;
}

static Bracket bracket_of(const Format *f, size_t i, bool header)
{
    bool after = ends_operand(near_kind(f, i, -1));
    if (f->piece.at[i].kind == '[') return after ? SUBSCRIPT : LIST;
    return header ? HEADER : after ? CALL : GROUP;
}

static bool multiplies(int kind) { return kind == '*' || kind == '/' || kind == TOK_IDIV; }

/* `x^2`, `end.x`, `0:n`; in a subscript also products, and sums without them:
 * `w[3*n, i+1, s*r + u]`; elsewhere a multiple: `2*n + 1`.                     */
static bool is_tight(const Format *f, size_t i)
{
    const Piece *piece = &f->piece.at[i];
    int kind = piece->kind, before = near_kind(f, i, -2), after = near_kind(f, i, 2);
    if (kind == '^' || kind == '.' || (kind == ':' && !piece->sort)) return true;
    if (piece->in == SUBSCRIPT && multiplies(kind)) return true;
    if (piece->in == SUBSCRIPT && (kind == '+' || kind == '-'))
        return !multiplies(before) && !multiplies(after);
    return multiplies(kind) && near_kind(f, i, -1) == TOK_NUMBER &&
           (near_kind(f, i, 1) == TOK_NAME || near_kind(f, i, 1) == TOK_NUMBER) &&
           !multiplies(before) && before != '@' && before != '^' &&
           after != '(' && after != '[' && after != '.' && after != '@' && !multiplies(after);
}

static void mark(Format *f)
{
    Bracket stack[DEEPEST + 1] = { OUTSIDE };
    int depth = 0, block = 0;
    bool clauses = false, valued = false, header = false;   /* header: before the ( of parameters */
    for (size_t i = 0; i < f->piece.count; i++) {
        Piece *piece = &f->piece.at[i];
        int kind = piece->kind, before = near_kind(f, i, -1);
        if (kind == '}') block--;
        if ((kind == ')' || kind == ']') && depth) depth--;
        piece->block = block;
        piece->in = stack[depth];
        if (kind == COMMENT) continue;
        if (!depth) piece->starts = role_of(f, i, block, clauses);
        if (piece->starts) valued = false;
        if (piece->starts == DEFINITION) header = true, clauses = kind == TOK_EXPERIMENT;
        piece->unary = kind == '-' && !ends_operand(before);
        piece->sign = !depth && !valued && (kind == '=' || kind == '~');
        piece->next = !depth && kind == ',';
        piece->sort = kind == ':' && (depth ? stack[depth] == HEADER && before == TOK_NAME &&
                                              (near_kind(f, i, -2) == '(' || near_kind(f, i, -2) == ',')
                                            : !valued);
        piece->tight = is_tight(f, i);
        if (piece->sign) valued = true;
        if (piece->next) valued = false;
        if (kind == '{') block++;
        if (kind == '(' || kind == '[') {
            stack[++depth] = bracket_of(f, i, header);
            header = false;
        }
        if (kind == '=' || kind == '{') header = false;
    }
}

/* ---- blanks between two pieces of one line -------------------------------------------- */

static bool spaced(const Piece *a, const Piece *b)
{
    if (a->kind == '{' && b->kind == '}') return false;
    if (a->kind == '{' || b->kind == '}') return true;
    if (a->kind == '(' || a->kind == '[' || b->kind == ')' || b->kind == ']' || b->kind == ',') return false;
    if (a->kind == ',' || (a->kind == TOK_NUMBER && b->kind == '.')) return true;
    if (a->unary || a->tight || (b->tight && !b->unary)) return false;
    if ((b->kind == '(' || b->kind == '[') && ends_operand(a->kind)) return false;
    return true;
}

/* ---- lines and their columns -------------------------------------------------------------- */

static int width(const char *text, size_t length)
{
    int n = 0;
    for (size_t i = 0; i < length; i++) n += ((unsigned char)text[i] & 0xc0) != 0x80;
    return n;
}

static int width_of(const Format *f, size_t begin, size_t end)
{
    int n = 0;
    for (size_t i = begin; i < end; i++) {
        const Piece *piece = &f->piece.at[i];
        n += (i > begin && spaced(piece - 1, piece)) + width(piece->text, piece->length);
    }
    return n;
}

static void measure(const Format *f, Line *line)
{
    if (line->begin == line->end) return;
    size_t left = line->begin;
    line->starts = f->piece.at[left].starts;
    if (!line->starts) return;
    for (size_t i = left + 1; i < line->end && !f->piece.at[i].starts; i++)
        if (f->piece.at[i].sign) {
            line->sign = i;
            break;
        }
    if (line->starts == DECLARATION) line->word = (int)f->piece.at[left++].length;
    for (size_t i = left; i + 1 < line->end; i++) line->several |= f->piece.at[i].next;
    if (!line->sign) return;
    line->plain = line->sign == left + 1;
    line->left = width_of(f, left, line->sign);
}

/* Does the line before the next one end in `{`? */
static bool opened(const Format *f)
{
    const Line *last = f->line.count ? &f->line.at[f->line.count - 1] : NULL;
    return last && last->end > last->begin && f->piece.at[last->end - 1].kind == '{';
}

static void split_lines(Format *f)
{
    size_t count = f->piece.count - 1;          /* the last is the end          */
    for (size_t i = 0; i < count; ) {
        const Piece *first = &f->piece.at[i];
        Line line = { .begin = i, .blank = first->blank && first->kind != '}' && !opened(f), .text = { .arena = f->arena } };
        do i++; while (i < count && !f->piece.at[i].first);
        line.end = i;
        if (f->piece.at[i - 1].kind == COMMENT) line.comment = &f->piece.at[--line.end];
        measure(f, &line);
        VEC_PUSH(f->arena, f->line) = line;
    }
}

/* Lines that only continue what a line above began, or only comment on it. */
static bool continues(const Format *f, const Line *line)
{
    if (line->blank) return false;
    if (line->begin == line->end) return true;
    int kind = f->piece.at[line->begin].kind;
    return !line->starts && kind != '}' && kind != '{';
}

static void pad_words(Format *f, size_t begin, size_t end)
{
    int widest = 0;
    for (size_t i = begin; i < end; i++)
        if (f->line.at[i].word > widest) widest = f->line.at[i].word;
    for (size_t i = begin; i < end; i++)
        if (f->line.at[i].word) f->line.at[i].word_pad = widest - f->line.at[i].word;
}

/* Do the signs of these two stand under each other? */
static bool alike(const Format *f, const Line *a, const Line *b)
{
    if (!a->sign || !b->sign || f->piece.at[a->sign].kind != f->piece.at[b->sign].kind) return false;
    if (a->several || b->several) return false;
    return (a->plain && b->plain) || f->piece.at[a->begin].kind == f->piece.at[b->begin].kind;
}

static void pad_signs(Format *f, size_t begin, size_t end)
{
    while (begin < end) {
        const Line *before = &f->line.at[begin];
        int least = before->left, most = before->left;
        size_t stop = begin + 1;
        for (; stop < end; stop++) {
            const Line *line = &f->line.at[stop];
            if (continues(f, line)) continue;
            int low = line->left < least ? line->left : least;
            int high = line->left > most ? line->left : most;
            if (!alike(f, before, line) || high - low > RAGGED) break;
            before = line, least = low, most = high;
        }
        for (size_t i = begin; i < stop; i++)
            if (f->line.at[i].sign) f->line.at[i].left_pad = most - f->line.at[i].left;
        begin = stop;
    }
}

static void set_columns(Format *f)
{
    for (size_t begin = 0, end; begin < f->line.count; begin = end) {
        Role starts = f->line.at[begin].starts;
        for (end = begin + 1; end < f->line.count; end++) {
            const Line *line = &f->line.at[end];
            if (!continues(f, line) && (!starts || line->starts != starts || line->blank)) break;
        }
        pad_words(f, begin, end);
        pad_signs(f, begin, end);
    }
}

/* ---- writing ------------------------------------------------------------------------------ */

typedef struct Pen {
    const Format *f;
    int anchor[DEEPEST + 1];        /* where a continued line within the bracket goes */
    int closer[DEEPEST + 1];        /* where its closing bracket goes, if first       */
    int depth;
    int name, value;                /* columns of the declaration being written, or 0 */
} Pen;

static int start_of(const Pen *pen, size_t i)
{
    const Piece *piece = &pen->f->piece.at[i];
    int indent = INDENT * piece->block;
    if (piece->kind == ')' || piece->kind == ']') return pen->closer[pen->depth];
    if (pen->depth) return pen->anchor[pen->depth];
    if (piece->starts || piece->kind == '{' || piece->kind == '}' || piece->kind == TOK_END) return indent;
    if (i && near_kind(pen->f, i, -1) == ',') return pen->name;
    return pen->value ? pen->value : indent + INDENT;
}

/* After piece i was written and the column is `column`. */
static void follow(Pen *pen, const Line *line, size_t i, int start, int column)
{
    const Piece *piece = &pen->f->piece.at[i];
    bool last = i + 1 == line->end;
    if (piece->starts) pen->name = pen->value = 0;
    if (piece->next) pen->value = 0;
    if (piece->sign) pen->value = last ? start + INDENT : column + 1;
    if (piece->kind == '{' || piece->kind == '}') pen->value = 0;
    if (piece->kind == '(' || piece->kind == '[') {
        pen->depth++;
        pen->anchor[pen->depth] = last ? start + INDENT : column;
        pen->closer[pen->depth] = last ? start : column - 1;
    }
    if ((piece->kind == ')' || piece->kind == ']') && pen->depth) pen->depth--;
}

static void write_line(Pen *pen, Line *line)
{
    const Format *f = pen->f;
    size_t i = line->begin;
    bool alone = i == line->end;                /* a comment                    */
    if (alone)                                  /* goes where the next token goes */
        while (f->piece.at[i].kind == COMMENT) i++;
    int start = start_of(pen, i), column = start;
    if (alone && f->piece.at[i].kind == '}' ) start = column += INDENT;
    text_printf(&line->text, "%*s", start, "");
    if (alone) return;
    for (; i < line->end; i++) {
        const Piece *piece = &f->piece.at[i];
        int blanks = i > line->begin && spaced(piece - 1, piece);
        if (i == line->begin + 1) blanks += line->word_pad;
        if (line->sign && i == line->sign) blanks += line->left_pad;
        text_printf(&line->text, "%*s", blanks, "");
        text_add_n(&line->text, piece->text, piece->length);
        if (piece > f->piece.at && piece[-1].starts == DECLARATION) pen->name = column + blanks;
        column += blanks + width(piece->text, piece->length);
        follow(pen, line, i, start, column);
    }
}

/* Comments behind neighbouring lines stand under each other. */
static void write_comments(Format *f)
{
    for (size_t begin = 0, end; begin < f->line.count; begin = end) {
        int widest = 0;
        for (end = begin; end < f->line.count; end++) {
            const Line *line = &f->line.at[end];
            if (!line->comment || line->begin == line->end || (end > begin && line->blank)) break;
            int n = width(line->text.at, line->text.length);
            if (n > widest) widest = n;
        }
        for (size_t i = begin; i < end; i++) {
            Line *line = &f->line.at[i];
            int blanks = widest - width(line->text.at, line->text.length) + 2;
            text_printf(&line->text, "%*s", blanks, "");
            text_add_n(&line->text, line->comment->text, line->comment->length);
        }
        if (end > begin) continue;
        Line *line = &f->line.at[end++];
        if (line->comment) text_add_n(&line->text, line->comment->text, line->comment->length);
    }
}

/* Before which line does `nodec 1` go?  Behind the comment that heads the file
 * if a blank line follows it, else first of all.                               */
static size_t version_line(const Format *f)
{
    for (size_t i = 0; i < f->line.count; i++) {
        const Line *line = &f->line.at[i];
        if (i && line->blank) return i;
        if (line->begin != line->end) return 0;
    }
    return f->line.count;
}

static bool has_version(const Format *f)
{
    for (size_t i = 0; i < f->piece.count; i++)
        if (f->piece.at[i].kind != COMMENT) return f->piece.at[i].kind == TOK_NODEC;
    return false;
}

static void write_all(const Format *f, Text *out)
{
    size_t version = has_version(f) ? SIZE_MAX : version_line(f);
    for (size_t i = 0; i <= f->line.count; i++) {
        if (i == version) text_printf(out, "nodec %d\n%s", AST_VERSION, i == 0 && f->line.count ? "\n" : "");
        if (i == f->line.count) break;
        const Line *line = &f->line.at[i];
        if (line->blank) text_add(out, "\n");
        text_add_n(out, line->text.at, line->text.length);
        text_add(out, "\n");
    }
}

bool fmt_source(Arena *arena, Names *names, const Source *source, Diags *diags, Text *out)
{
    size_t errors = diags->errors;
    parse_file(arena, names, source, diags);
    if (diags->errors != errors) return false;

    Parser p = { .arena = arena, .names = names, .source = source, .diags = diags };
    Format f = { .arena = arena, .source = source };
    read_pieces(&f, &p);
    mark(&f);
    split_lines(&f);
    set_columns(&f);
    Pen pen = { .f = &f };
    for (size_t i = 0; i < f.line.count; i++) write_line(&pen, &f.line.at[i]);
    write_comments(&f);
    write_all(&f, out);
    return true;
}
