/* mutate.c: see mutate.h. A mutation is a row: what it does to a piece of the text. */
#include "mutate.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t chance_next(Chance *chance)
{
    uint64_t z = chance->state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

size_t chance_below(Chance *chance, size_t n) { return n ? chance_next(chance) % n : 0; }

/* ---- files that exist --------------------------------------------------------------------- */

enum { MOST = 1 << 17 };            /* of a file */

static void file_read_into(Mutant *text, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) return;
    text->length = fread(text->at, 1, text->room, file);
    fclose(file);
}

/* Room for one more. */
static Mutant *corpus_file(Corpus *corpus, const char *path)
{
    const size_t n = corpus->count++;
    corpus->file = realloc(corpus->file, corpus->count * sizeof *corpus->file);
    corpus->path = realloc(corpus->path, corpus->count * sizeof *corpus->path);
    corpus->path[n] = strdup(path);
    corpus->file[n] = (Mutant){ malloc(MOST), 0, MOST };
    return &corpus->file[n];
}

void corpus_add(Corpus *corpus, const char *pattern)
{
    glob_t found;
    if (glob(pattern, 0, NULL, &found)) return;
    for (size_t i = 0; i < found.gl_pathc; i++) file_read_into(corpus_file(corpus, found.gl_pathv[i]), found.gl_pathv[i]);
    globfree(&found);
}

void corpus_add_examples(Corpus *corpus, const char *page)
{
    static const char begins[] = "```node\n", ends[] = "\n```";
    Mutant text = { malloc(MOST), 0, MOST };
    file_read_into(&text, page);
    const char *at = text.at, *end = text.at + text.length;
    while ((at = memmem(at, (size_t)(end - at), begins, strlen(begins)))) {
        at += strlen(begins);
        const char *stop = memmem(at, (size_t)(end - at), ends, strlen(ends));
        if (!stop) break;
        Mutant *block = corpus_file(corpus, page);
        memcpy(block->at, at, block->length = (size_t)(stop + 1 - at));
        at = stop;
    }
    free(text.at);
}

void corpus_free(Corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++) free(corpus->file[i].at), free(corpus->path[i]);
    free(corpus->file);
    free(corpus->path);
}

/* ---- pieces --------------------------------------------------------------------------------- */

typedef struct Piece { size_t from, to; } Piece;

static int is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c & 0x80;
}

static int is_digit(char c) { return c >= '0' && c <= '9'; }

/* The word, or the sign, that is at a place. */
static Piece word_at(const Mutant *m, size_t at)
{
    Piece p = { at, at };
    if (at >= m->length) return p;
    if (!is_word(m->at[at])) return (Piece){ at, at + 1 };
    while (p.from && is_word(m->at[p.from - 1])) p.from--;
    while (p.to < m->length && is_word(m->at[p.to])) p.to++;
    return p;
}

static Piece line_at(const Mutant *m, size_t at)
{
    Piece p = { at, at };
    while (p.from && m->at[p.from - 1] != '\n') p.from--;
    while (p.to < m->length && m->at[p.to++] != '\n') continue;
    return p;
}

/* A bracket near a place, to the one that closes it. */
static Piece nest_at(const Mutant *m, size_t at)
{
    size_t depth = 0, from = at;
    while (from < m->length && !memchr("([{", m->at[from], 3)) from++;
    for (size_t to = from; to < m->length; to++) {
        if (memchr("([{", m->at[to], 3)) depth++;
        if (memchr(")]}", m->at[to], 3) && !--depth) return (Piece){ from, to + 1 };
    }
    return line_at(m, at);
}

static Piece some_bytes(Chance *chance, const Mutant *m)
{
    Piece p = { chance_below(chance, m->length + 1), 0 };
    size_t most = chance_below(chance, 4) ? 8 : 400;
    p.to = p.from + chance_below(chance, most);
    if (p.to > m->length) p.to = m->length;
    return p;
}

static Piece some_piece(Chance *chance, const Corpus *corpus, const Mutant *m)
{
    size_t at = chance_below(chance, m->length);
    switch (corpus->words ? chance_below(chance, 8) : 0) {
    case 0:  return some_bytes(chance, m);
    case 1: case 2: return nest_at(m, at);
    case 3: case 4: return line_at(m, at);
    default: return word_at(m, at);
    }
}

/* What stands in a piece becomes `length` bytes, which are elsewhere. */
static void put(Mutant *m, Piece p, const char *bytes, size_t length)
{
    size_t rest = m->length - p.to;
    if (p.from + length + rest > m->room) return;
    memmove(m->at + p.from + length, m->at + p.to, rest);
    memcpy(m->at + p.from, bytes, length);
    m->length = p.from + length + rest;
}

static void put_copies(Mutant *m, Piece p, const char *bytes, size_t length, size_t times)
{
    char *all = malloc(length * times + 1);
    for (size_t i = 0; i < times; i++) memcpy(all + i * length, bytes, length);
    put(m, p, all, length * times);
    free(all);
}

/* ---- mutations -------------------------------------------------------------------------------- */

typedef void Mutation(Chance *, const Corpus *, Mutant *);

static const Mutant *some_file(Chance *chance, const Corpus *corpus)
{
    size_t among = chance_below(chance, 2) ? corpus->first : corpus->count;
    return &corpus->file[chance_below(chance, among)];
}

static void remove_piece(Chance *chance, const Corpus *corpus, Mutant *m)
{
    put(m, some_piece(chance, corpus, m), "", 0);
}

static void double_piece(Chance *chance, const Corpus *corpus, Mutant *m)
{
    Piece p = some_piece(chance, corpus, m);
    size_t times = chance_below(chance, 8) ? 2 : 2 + chance_below(chance, 60);
    put_copies(m, p, m->at + p.from, p.to - p.from, times);
}

/* Somewhere else of the same text. */
static void move_piece(Chance *chance, const Corpus *corpus, Mutant *m)
{
    Piece from = some_piece(chance, corpus, m), to = some_piece(chance, corpus, m);
    put_copies(m, to, m->at + from.from, from.to - from.from, 1);
}

static void splice(Chance *chance, const Corpus *corpus, Mutant *m)
{
    const Mutant *other = some_file(chance, corpus);
    Piece from = some_piece(chance, corpus, other), to = some_piece(chance, corpus, m);
    put(m, to, other->at + from.from, from.to - from.from);
}

static void join(Chance *chance, const Corpus *corpus, Mutant *m)
{
    const Mutant *other = some_file(chance, corpus);
    size_t cut = chance_below(chance, 2) ? chance_below(chance, m->length) : m->length;
    size_t from = chance_below(chance, 2) ? chance_below(chance, other->length) : 0;
    put(m, (Piece){ cut, m->length }, other->at + from, other->length - from);
}

static void cut_off(Chance *chance, const Corpus *corpus, Mutant *m)
{
    (void)corpus;
    m->length = chance_below(chance, m->length + 1);
}

static void change_byte(Chance *chance, const Corpus *corpus, Mutant *m)
{
    static const char odd[] = "\0\x01\x1b\x7f\x80\xff\xc3\xc0\xed\"'#\\\r\n\t{}()[],;:=|><-+*/^.%&~`$@!?_";
    (void)corpus;
    if (!m->length) return;
    char *at = &m->at[chance_below(chance, m->length)];
    if (chance_below(chance, 3)) *at = odd[chance_below(chance, sizeof odd - 1)];
    else *at = (char)(*at ^ 1 << chance_below(chance, 8));
}

static void add_bytes(Chance *chance, const Corpus *corpus, Mutant *m)
{
    static const char *const odd[] = { "\xef\xbb\xbf", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x80\xae", "\xc2\x9b", "\x1b[2J", "\r\n",
        "θ", "→", "\"", "#", "\\", "-", "--", "**", "==", "|>", "...", "1e", "0x", "1__0", "'", "_", "%s%n", "*/", "/*", "/", "()", "[]", "{}", "[,]" };
    size_t i = chance_below(chance, sizeof odd / sizeof *odd), at = chance_below(chance, m->length + 1);
    (void)corpus;
    put(m, (Piece){ at, at }, odd[i], strlen(odd[i]));
}

/* One number of the text. */
static void change_number(Chance *chance, const Corpus *corpus, Mutant *m)
{
    static const char *const odd[] = { "0", "1", "2", "3", "7", "17", "64", "100", "1000", "65536", "1000000", "16777217", "2147483647", "2147483648",
        "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e9", "1e18", "1e308", "1e309", "1e-320",
        "1e999999999999", "0.1", "0.5", "-1", "-0", "1.5", "1e-9", "3037000500", "0.30000000000000004", "00000000000000000000000000000000000000001",
        "123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890.5" };
    size_t at = chance_below(chance, m->length), tries = m->length;
    const char *is = odd[chance_below(chance, sizeof odd / sizeof *odd)];
    (void)corpus;
    while (tries-- && !is_digit(m->at[at])) at = at + 1 < m->length ? at + 1 : 0;
    if (at < m->length && is_digit(m->at[at]) && m->at[line_at(m, at).from] != 'n') put(m, word_at(m, at), is, strlen(is));
}

/* Another word of this text, or of another, where one stands. */
static void rename_word(Chance *chance, const Corpus *corpus, Mutant *m)
{
    const Mutant *other = chance_below(chance, 2) ? m : some_file(chance, corpus);
    Piece old = word_at(m, chance_below(chance, m->length)), new = word_at(other, chance_below(chance, other->length));
    size_t n = old.to - old.from, k = new.to - new.from;
    char was[64], is[64];
    if (!n || !k || n > sizeof was || k > sizeof is) return;
    memcpy(was, m->at + old.from, n);
    memcpy(is, other->at + new.from, k);
    for (size_t at = 0, most = 100; at + n <= m->length && most; at++) {
        Piece p = { at, at + n };
        if (memcmp(m->at + at, was, n) || (is_word(*was) && word_at(m, at).to != at + n)) continue;
        put(m, p, is, k);
        at += k, most--;
    }
}

static void nest(Chance *chance, const Corpus *corpus, Mutant *m)
{
    static const struct { const char *before, *after; } around[] = {
        { "(", ")" }, { "[", "]" }, { "{", "}" }, { "-", "" }, { "not ", "" }, { "tanh(", ")" }, { "if 1 < 2 then ", " else 0" }, { "1 + ", "" },
        { "1 ^ ", "" }, { "(", "" }, { "[", "" }, { "sum(i in 0..2) ", "" }, { "2 ** ", "" }, { "", "[0]" }, { "", " |> tanh" }, { "", ".x" },
        { "if 1 < ", "" }, { "concat(", ", 1)" }, { "vec(", ")" }, { "odef A { ", " }" }, { "", "'" }, { "", "\n" },
    };
    size_t i = chance_below(chance, sizeof around / sizeof *around);
    static const size_t depths[] = { 1, 2, 20, 300, 5000, 60000 };
    size_t times = depths[chance_below(chance, chance_below(chance, 4) ? 3 : 6)];
    Piece p = some_piece(chance, corpus, m);
    put_copies(m, (Piece){ p.to, p.to }, around[i].after, strlen(around[i].after), times);
    put_copies(m, (Piece){ p.from, p.from }, around[i].before, strlen(around[i].before), times);
}

/* ---- mutations that may leave a sound text ------------------------------------------------------ */

/* A word on the right side of a sign, where a value stands. */
static Piece some_value(Chance *chance, const Mutant *m)
{
    for (int tries = 0; tries < 20; tries++) {
        size_t at = chance_below(chance, m->length);
        Piece line = line_at(m, at), word = word_at(m, at);
        const char *sign = memchr(m->at + line.from, '=', line.to - line.from);
        if (at < m->length && is_word(m->at[at]) && sign && sign < m->at + word.from) return word;
    }
    return (Piece){ 0, 0 };
}

static void grow_value(Chance *chance, const Corpus *corpus, Mutant *m)
{
    static const char *const forms[] = { "tanh(%)", "exp(%)", "(% + %)", "(% * %)", "(% - 1)", "-%", "(if sum(%) > 0 then % else 2*%)", "[%]", "[%, %]",
        "concat(%, %)", "sum(%)", "%[0]", "%^2", "(% @ %)", "softmax(%)", "flatten(%)", "[% + i for i in 0:2]", "(fold s = % for i in 0:3 do s * 0.5)",
        "relu(%)", "max(%, 0.5)", "sqrt(abs(%))", "(% / (1 + %^2))", "grad(sum(%^2), %)", "mean(%)", "sin(t) * %", "(0 * %)", "argmax(%)", "(% == %)",
        "reshape(%, 1)", "transpose(%)", "log(%)", "(% // 2)", "(% |> tanh)", "0 .. %", "(scan s = % for i in 0:2 do -s)", "%[0:1]", "%[-1]" };
    const char *form = forms[chance_below(chance, sizeof forms / sizeof *forms)];
    Piece word = some_value(chance, m), other = chance_below(chance, 2) ? word : some_value(chance, m);
    char text[512];
    size_t n = 0;
    (void)corpus;
    for (size_t seen = 0; *form; form++) {
        const Piece p = seen ? other : word;
        const size_t length = *form == '%' ? p.to - p.from : 1;
        if (n + length > sizeof text) return;
        memcpy(text + n, *form == '%' ? m->at + p.from : form, length);
        n += length, seen += *form == '%';
    }
    put(m, word, text, n);
}

static void swap_value(Chance *chance, const Corpus *corpus, Mutant *m)
{
    (void)corpus;
    Piece to = some_value(chance, m), from = some_value(chance, m);
    put_copies(m, to, m->at + from.from, from.to - from.from, 1);
}

static void swap_sign(Chance *chance, const Corpus *corpus, Mutant *m)
{
    static const char signs[] = "+-*/@^=~<>,.:";
    size_t at = chance_below(chance, m->length), tries = m->length;
    (void)corpus;
    while (tries-- && !strchr("+-*/@^<>", m->at[at])) at = at + 1 < m->length ? at + 1 : 0;
    if (at < m->length) m->at[at] = signs[chance_below(chance, sizeof signs - 1)];
}

static void small_number(Chance *chance, const Corpus *corpus, Mutant *m)
{
    char text[24];
    size_t at = chance_below(chance, m->length), tries = m->length;
    (void)corpus;
    while (tries-- && !is_digit(m->at[at])) at = at + 1 < m->length ? at + 1 : 0;
    if (at == m->length || !is_digit(m->at[at]) || m->at[line_at(m, at).from] == 'n') return;
    size_t n = (size_t)snprintf(text, sizeof text, "%zu", chance_below(chance, chance_below(chance, 3) ? 5 : 70));
    put(m, word_at(m, at), text, n);
}

static void remove_line(Chance *chance, const Corpus *corpus, Mutant *m)
{
    (void)corpus;
    put(m, line_at(m, chance_below(chance, m->length)), "", 0);
}

static void move_line(Chance *chance, const Corpus *corpus, Mutant *m)
{
    const Mutant *other = chance_below(chance, 2) ? m : some_file(chance, corpus);
    Piece from = line_at(other, chance_below(chance, other->length)), to = line_at(m, chance_below(chance, m->length));
    if (chance_below(chance, 2)) to.from = to.to;
    put_copies(m, to, other->at + from.from, from.to - from.from, 1);
}

/* ---- all of them ---------------------------------------------------------------------------------- */

static Mutation *const of_bytes[] = { change_byte, change_byte, change_byte, change_byte, remove_piece, double_piece, move_piece, splice, join, cut_off };
static Mutation *const of_words[] = {
    splice, splice, splice, splice, move_piece, move_piece, move_piece, change_number, change_number, change_number, change_number,
    rename_word, rename_word, rename_word, rename_word, remove_piece, remove_piece, double_piece, nest, nest, change_byte, add_bytes, join, cut_off,
};
static Mutation *const gentle[] = {
    grow_value, grow_value, grow_value, grow_value, swap_value, swap_value, swap_value, swap_sign, small_number, small_number, small_number,
    small_number, change_number, remove_line, move_line, move_line, rename_word,
};
#define SOME(chance, row) (row[chance_below(chance, sizeof row / sizeof *row)])

void mutate(const Corpus *corpus, uint64_t number, Mutant *m, Chance *chance)
{
    *chance = (Chance){ number };
    const int soft = chance_below(chance, 3) > 0;
    const Mutant *from = soft && corpus->words ? &corpus->file[chance_below(chance, corpus->first)] : some_file(chance, corpus);
    m->length = 0;
    put(m, (Piece){ 0, 0 }, from->at, from->length);
    do {
        Mutation *change = !corpus->words ? SOME(chance, of_bytes) : soft ? SOME(chance, gentle) : SOME(chance, of_words);
        change(chance, corpus, m);
    } while (chance_below(chance, soft ? 2 : 3));
}
