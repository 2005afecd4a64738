/* c_shim.c: sections of embedded texts, chosen and filled in.
 *
 * In: a text in sections (see c_shim.in) and the names of those that are
 * needed.  Out: these and what they need in turn, in the order of the text. */
#include "back/c.h"
#include "c_shim_text.h"

#include <string.h>

const char *const c_vectors = c_shim_text;

/* The next "@ name: needs" at or after `at`, and its text up to the one after it. */
const char *c_section_next(const char *at, CSection *out)
{
    if (strncmp(at, "@ ", 2)) {
        at = strstr(at, "\n@ ");
        if (!at) return NULL;
        at++;
    }
    const char *line = at + 2, *end = line + strcspn(line, "\n");
    const char *colon = memchr(line, ':', (size_t)(end - line));
    *out = (CSection){ .name = line, .name_length = (size_t)((colon ? colon : end) - line) };
    if (colon) out->needs = colon + 1, out->needs_length = (size_t)(end - colon - 1);
    out->body = end + (*end == '\n');
    const char *next = strncmp(out->body, "@ ", 2) ? strstr(out->body, "\n@ ") : out->body - 1;
    out->body_length = next ? (size_t)(next + 1 - out->body) : strlen(out->body);
    return next ? next + 1 : out->body + out->body_length;
}

static bool section_is(const CSection *s, const char *name)
{
    return strlen(name) == s->name_length && !memcmp(s->name, name, s->name_length);
}

bool c_section_find(const char *text, const char *name, CSection *out)
{
    for (const char *at = text; (at = c_section_next(at, out));)
        if (section_is(out, name)) return true;
    return false;
}

void c_need(CFile *file, const char *section)
{
    for (size_t i = 0; i < file->need.count; i++)
        if (file->need.at[i] == section || !strcmp(file->need.at[i], section)) return;
    VEC_PUSH(file->arena, file->need) = section;
}

/* "less.f64" is "less" when the file's reals are doubles; NULL: of the other precision. */
static const char *plain_name(const CFile *file, const CSection *s)
{
    static const char *const suffix[] = { [TYPE_F32] = ".f32", [TYPE_F64] = ".f64" };
    for (size_t i = 0; i < COUNT(suffix); i++)
        if (s->name_length > 4 && !memcmp(s->name + s->name_length - 4, suffix[i], 4))
            return i == (size_t)file->real ? arena_string(file->arena, s->name, s->name_length - 4) : NULL;
    return arena_string(file->arena, s->name, s->name_length);
}

static void need_words(CFile *file, const CSection *s)
{
    const char *at = s->needs, *end = at + s->needs_length;
    while (at < end) {
        while (at < end && *at == ' ') at++;
        size_t n = 0;
        while (at + n < end && at[n] != ' ') n++;
        if (n) c_need(file, arena_string(file->arena, at, n));
        at += n;
    }
}

static bool needed(const CFile *file, const char *name)
{
    for (size_t i = 0; name && i < file->need.count; i++)
        if (!strcmp(file->need.at[i], name)) return true;
    return false;
}

void c_print_shim(CFile *file, Text *out)
{
    CSection s;
    size_t before;
    do {                            /* what is needed by what is needed */
        before = file->need.count;
        for (const char *at = file->shim; (at = c_section_next(at, &s));)
            if (needed(file, plain_name(file, &s))) need_words(file, &s);
        if (needed(file, "each")) c_need(file, "machine"), c_need(file, "quiet_end");
    } while (file->need.count > before);
    for (const char *at = file->shim; (at = c_section_next(at, &s));)
        if (needed(file, plain_name(file, &s))) text_add_n(out, s.body, s.body_length);
    if (file->need.count) text_add(out, "\n");
}

/* ---- templates ------------------------------------------------------------------ */

typedef struct Word { const char *at; size_t length; } Word;

static bool word_is(Word w, const char *text)
{
    return strlen(text) == w.length && !memcmp(text, w.at, w.length);
}

static const char *hole_value(const CHole *hole, size_t holes, Word name)
{
    for (size_t i = 0; i < holes; i++)
        if (word_is(name, hole[i].name)) return hole[i].value;
    return NULL;
}

void c_fill(Text *out, const char *body, size_t length, const CHole *hole, size_t holes)
{
    const char *at = body, *end = body + length;
    unsigned depth = 0, silent = 0;             /* silent: the depth from which on nothing is copied, or 0 */
    while (at < end) {
        const char *mark = memchr(at, '@', (size_t)(end - at));
        const char *close = mark ? memchr(mark + 1, '@', (size_t)(end - mark - 1)) : NULL;
        if (!silent) text_add_n(out, at, (size_t)((close ? mark : end) - at));
        if (!close) return;
        Word word = { mark + 1, (size_t)(close - mark - 1) };
        at = close + 1;

        bool opens = word.length > 3 && !memcmp(word.at, "if ", 3);
        bool turns = word_is(word, "else"), closes = word_is(word, "end");
        if (opens) {
            depth++;
            if (!silent && !hole_value(hole, holes, (Word){ word.at + 3, word.length - 3 })) silent = depth;
        } else if (turns) {
            silent = silent == depth ? 0 : silent ? silent : depth;
        } else if (closes) {
            if (silent == depth) silent = 0;
            depth--;
        } else if (!silent) {
            const char *value = hole_value(hole, holes, word);
            if (value) text_add(out, value);
        }
        /* a condition alone on its line leaves no empty line behind */
        if ((opens || turns || closes) && at < end && *at == '\n' && (mark == body || mark[-1] == '\n')) at++;
    }
}
