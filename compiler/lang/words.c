/* words.c: which parts a declaration of each kind takes.
 *
 * The grammar gives all words one shape: name[shape] : sort as "name" = value
 * (or ~ distribution) when condition.  This table takes away what makes no sense. */
#include "lang/unit.h"

#include <string.h>

enum { SHAPE = 1, ALIAS = 2, EQUAL = 4, RANDOM = 8, WHEN = 16, NEEDS = 32 };

static const struct { unsigned takes; const char *sorts[4]; } words[AST_WORDS] = {
    [AST_STATE]      = { SHAPE | EQUAL, { 0 } },
    [AST_PARAM]      = { SHAPE | ALIAS | EQUAL | RANDOM | WHEN, { "positive" } },
    [AST_INPUT]      = { SHAPE | EQUAL, { "int" } },
    [AST_SIGNAL]     = { SHAPE, { "linear", "hold", "cubic" } },
    [AST_BUFFER]     = { SHAPE | ALIAS | EQUAL, { 0 } },
    [AST_UPDATE]     = { EQUAL | NEEDS, { 0 } },
    [AST_DRAW]       = { SHAPE | RANDOM | NEEDS, { 0 } },
    [AST_AXIS]       = { 0, { 0 } },
    [AST_LAYER]      = { SHAPE | ALIAS | EQUAL | WHEN | NEEDS, { 0 } },
    [AST_LET]        = { SHAPE | EQUAL | NEEDS, { 0 } },
    [AST_OUTPUT]     = { SHAPE | EQUAL | NEEDS, { 0 } },
    [AST_LOSS]       = { EQUAL | NEEDS, { 0 } },
    [AST_METRIC]     = { EQUAL | NEEDS, { 0 } },
    [AST_EVENT]      = { EQUAL | NEEDS, { 0 } },
    [AST_DERIVATIVE] = { EQUAL | NEEDS, { 0 } },
};

static const char *const param_sorts[] = { "layer", "odef", "int", "real", "bool" };

static void sort_check(Diags *diags, const AstSort *sort, const char *const *allowed, size_t n, const char *of)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(sort->name.name, allowed[i])) return;
    if (!n) {
        diag_error(diags, sort->at, "%s takes no kind after a colon", of);
        return;
    }
    diag_error(diags, sort->name.at, "`%s` is no kind of %s", sort->name.name, of);
    const char *near = name_nearest(sort->name.name, allowed, n);
    if (near) diag_help(diags, "did you mean `%s`?", near);
    else diag_help(diags, "%s%s%s%s%s", n > 1 ? "one of " : "", allowed[0], n > 1 ? ", " : "",
                   n > 1 ? allowed[1] : "", n > 2 ? " ..." : "");
}

/* Only `int(10)` says how many there are. */
static void sort_args_check(Diags *diags, const AstSort *sort)
{
    if (sort->args.count && strcmp(sort->name.name, "int"))
        diag_error(diags, sort->args.at[0].value->at, "`%s` takes no arguments", sort->name.name);
}

static void decl_check(Diags *diags, const AstDecl *decl)
{
    unsigned takes = words[decl->word].takes;
    const char *const *sorts = words[decl->word].sorts;
    const char *word = decl->word == AST_DERIVATIVE ? "an equation" : ast_word_text[decl->word];
    size_t n = 0;
    while (n < COUNT(words[0].sorts) && sorts[n]) n++;
    if (decl->shape.count && !(takes & SHAPE))
        diag_error(diags, decl->shape.at[0]->at, "`%s` takes no shape", word);
    if (decl->sort) sort_check(diags, decl->sort, sorts, n, word);
    if (decl->sort) sort_args_check(diags, decl->sort);
    if (decl->file_name && !(takes & ALIAS))
        diag_error(diags, decl->file_name_at, "`as` goes with `param` and `layer`, not with `%s`", word);
    if (decl->value && !decl->random && !(takes & EQUAL))
        diag_error(diags, decl->value->at, "`%s` takes no value", word);
    if (decl->value && decl->random && !(takes & RANDOM)) {
        diag_error(diags, decl->value->at, "`~` goes with `param` and `draw`, not with `%s`", word);
        if (takes & EQUAL) diag_help(diags, "%s %s = ...", word, decl->name.name);
    }
    if (decl->when && !(takes & WHEN))
        diag_error(diags, decl->when->at, "`when` goes with `param` and `layer`, not with `%s`", word);
    if (!decl->value && takes & NEEDS)
        diag_error(diags, decl->name.at, "`%s %s` needs a value", word, decl->name.name);
    for (size_t i = 0; i < decl->body.count; i++) decl_check(diags, decl->body.at[i]);
}

/* A function is its arguments: only `let` and `output` stand in its block. */
static void function_check(Diags *diags, const AstDef *def)
{
    for (size_t i = 0; i < def->decls.count; i++) {
        const AstDecl *decl = def->decls.at[i];
        if (decl->word == AST_LET || decl->word == AST_OUTPUT) continue;
        diag_error(diags, decl->word_at, "a function has `let` and `output` only");
        if (decl->word == AST_PARAM || decl->word == AST_LAYER)
            diag_help(diags, "what has parameters is a layer: layer %s(...) { ... }", def->name.name);
    }
}

void words_check(Unit *unit, const AstDef *def)
{
    for (size_t i = 0; i < def->params.count; i++)
        if (def->params.at[i].sort)
            sort_check(unit->diags, def->params.at[i].sort, param_sorts, COUNT(param_sorts), "parameter");
    for (size_t i = 0; i < def->decls.count; i++) decl_check(unit->diags, def->decls.at[i]);
    if (def->kind == AST_FUNCTION) function_check(unit->diags, def);
}
