/* prelude.c: the prelude, read as far as a file uses it.
 *
 * In: the text that the compiler carries.  Out: a File whose definitions are known
 * by name from the start, each beginning in the first column with `def` or `layer`;
 * what one says is read when its name is looked up.  A file that uses three of
 * sixty pays for three. */
#include "lang/unit.h"

#include "lang/parse.h"
#include "prelude_text.h"

#include <string.h>

struct Unread {                     /* of one definition                            */
    Source source;                  /* the prelude, up to the definition's end      */
    size_t from;                    /* where it begins,                             */
    int    line;                    /*   and which line that is                     */
    bool   read;
};

static const struct { const char *word; AstDefKind kind; } begins[] = {
    { "def ", AST_FUNCTION }, { "layer ", AST_LAYERDEF }, { "odef ", AST_ODEF }, { "model ", AST_MODEL },
};

static bool in_name(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The definition that begins with this line, by name, if one does. */
static AstDef *def_of_line(Unit *unit, const Source *source, const char *at, int line)
{
    for (size_t i = 0; i < COUNT(begins); i++) {
        size_t skip = strlen(begins[i].word), n = 0;
        if (strncmp(at, begins[i].word, skip)) continue;
        while (in_name(at[skip + n])) n++;
        Span span = { source, line, (int)skip + 1, line, (int)(skip + n) + 1 };
        AstDef *def = NEW(unit->arena, AstDef);
        *def = (AstDef){ .kind = begins[i].kind, .at = span, .name = { name_of_n(unit->names, at + skip, n), span } };
        return def;
    }
    return NULL;
}

File *prelude_open(Unit *unit)
{
    Source *source = NEW(unit->arena, Source);
    *source = (Source){ "<prelude>", prelude_text, sizeof prelude_text - 1 };
    File *file = NEW(unit->arena, File);
    *file = (File){ .source = source, .ast = NEW(unit->arena, Ast), .unit = unit };
    *file->ast = (Ast){ .source = source, .version = AST_VERSION };
    VEC(struct Unread) unread = { 0 };
    int line = 1;
    for (const char *at = prelude_text; at; at = strchr(at, '\n'), at += at != NULL, line++) {
        AstDef *def = def_of_line(unit, source, at, line);
        if (!def) continue;
        size_t from = (size_t)(at - prelude_text);
        if (unread.count) unread.at[unread.count - 1].source.length = from;
        VEC_PUSH(unit->arena, file->ast->defs) = def;
        VEC_PUSH(unit->arena, unread) = (struct Unread){ .source = *source, .from = from, .line = line };
    }
    file->unread = unread.at;
    return file;
}

void prelude_read(const File *file, size_t order)
{
    struct Unread *unread = &file->unread[order];
    Unit *unit = file->unit;
    if (unread->read) return;
    unread->read = true;
    const AstDef *def = parse_def(unit->arena, unit->names, &unread->source, unread->from, unread->line, unit->diags);
    if (def) *file->ast->defs.at[order] = *def;
}
