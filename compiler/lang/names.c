/* names.c: every name is declared above its use, and once (D1, D3).
 *
 * This runs over all that was written, used or not, before anything is
 * elaborated; so a slip of the keyboard is reported once, wherever it stands. */
#include "lang/elab.h"

#include <string.h>

typedef struct Seen { Name name; Span at; } Seen;

typedef struct Scope {
    Unit       *unit;
    const File *file;
    size_t      order;              /* of the definition in the file                */
    const AstDef *def;              /* or NULL: an expression alone                 */
    VEC(Seen)   seen;               /* parameters, declarations and loop variables so far */
} Scope;

static void check(Scope *s, const AstExpr *x);

/* ---- messages ----------------------------------------------------------------------- */

typedef VEC(const char *) Candidates;

static void candidates_of_file(Arena *arena, Candidates *list, const File *file, size_t order)
{
    for (size_t i = 0; i < file->ast->defs.count && i < order; i++) {
        const AstDef *def = file->ast->defs.at[i];
        if (def->kind != AST_IMPORT && def->kind != AST_EXPERIMENT) VEC_PUSH(arena, *list) = def->name.name;
    }
    for (size_t i = 0; i < file->import.count; i++) {
        if (file->import.at[i].name) VEC_PUSH(arena, *list) = file->import.at[i].name;
        else candidates_of_file(arena, list, file->import.at[i].file, SIZE_MAX);
    }
}

/* What other languages call it. */
static const struct { const char *found, *text; } habits[] = {
    { "True",    "did you mean `true`?" },
    { "False",   "did you mean `false`?" },
    { "Dense",   "a layer that multiplies by a matrix is `Linear(inputs, outputs)`" },
    { "ReLU",    "did you mean `relu`?" },
    { "ln",      "the natural logarithm is `log`" },
    { "log10",   "write `log(x) / log(10)`" },
    { "cat",     "did you mean `concat`?" },
    { "len",     "did you mean `size`?" },
    { "range",   "the whole numbers below n are `0:n`" },
    { "lambda",  "a function has a name: `def f(x) = ...`" },
    { "arctan",  "did you mean `atan`?" },
    { "arcsin",  "did you mean `asin`?" },
    { "arccos",  "did you mean `acos`?" },
    { "self",    "the names of a definition stand by themselves" },
    { "np",      "functions stand by themselves: `exp(x)`" },
    { "numpy",   "functions stand by themselves: `exp(x)`" },
    { "math",    "functions stand by themselves: `exp(x)`" },
    { "torch",   "functions and layers stand by themselves: `tanh(x)`, `Linear(2, 16)`" },
    { "nn",      "functions and layers stand by themselves: `tanh(x)`, `Linear(2, 16)`" },
    { "t",       "the time is known where an equation `dx/dt` is; elsewhere it is handed in, `input t`" },
};

/* Behind `//`, which divides here. */
static bool after_slashes(Span at)
{
    const char *line = source_line(at.source, at.line);
    int i = at.column - 2;
    while (i >= 0 && line[i] == ' ') i--;
    return i >= 1 && line[i] == '/' && line[i - 1] == '/';
}

static void suggest(Scope *s, Name wrong, Span at)
{
    for (size_t i = 0; i < COUNT(habits); i++)
        if (!strcmp(wrong, habits[i].found)) {
            diag_help(s->unit->diags, "%s", habits[i].text);
            return;
        }
    Arena *arena = s->unit->arena;
    Candidates list = { 0 };
    const char **more;
    size_t n = builtin_names(arena, &more);
    for (size_t i = 0; i < s->seen.count; i++) VEC_PUSH(arena, list) = s->seen.at[i].name;
    candidates_of_file(arena, &list, s->file, s->order);
    candidates_of_file(arena, &list, s->unit->prelude, SIZE_MAX);
    for (size_t i = 0; i < n; i++) VEC_PUSH(arena, list) = more[i];
    const char *near = name_nearest(wrong, list.at, list.count);
    if (near) diag_help(s->unit->diags, "did you mean `%s`?", near);
    else if (after_slashes(at)) diag_help(s->unit->diags, "`//` divides and rounds down; a comment begins with `#`");
}

static const AstDecl *declared_below(const Scope *s, Name name)
{
    for (size_t i = 0; s->def && i < s->def->decls.count; i++) {
        const AstDecl *decl = s->def->decls.at[i];
        if (decl->word != AST_DERIVATIVE && decl->word != AST_UPDATE && decl->name.name == name) return decl;
    }
    return NULL;
}

static void undeclared(Scope *s, Name name, Span at)
{
    Diags *diags = s->unit->diags;
    const AstDecl *decl = declared_below(s, name);
    Found below = unit_below(s->file, name);
    if (s->def && s->def->name.name == name) {
        diag_error(diags, at, "`%s` is used inside itself", name);
    } else if (decl) {
        diag_error(diags, at, "`%s` is defined below, line %d", name, decl->name.at.line);
        diag_note(diags, decl->name.at, "here; a name must stand above its use");
    } else if (below.def.def && below.def.file == s->file) {
        diag_error(diags, at, "`%s` is defined below, line %d", name, below.def.def->name.at.line);
        diag_note(diags, below.def.def->name.at, "here; a name must stand above its use");
    } else {
        diag_error(diags, at, "`%s` is not declared", name);
        suggest(s, name, at);
    }
}

/* ---- scopes ---------------------------------------------------------------------------- */

static const Seen *seen(const Scope *s, Name name)
{
    for (size_t i = s->seen.count; i--; )
        if (s->seen.at[i].name == name) return &s->seen.at[i];
    return NULL;
}

static void declare(Scope *s, AstIdent ident)
{
    Diags *diags = s->unit->diags;
    const Seen *before = seen(s, ident.name);
    Found global = unit_find(s->unit, s->file, s->order, ident.name);
    if (before) {
        diag_error(diags, ident.at, "`%s` is already declared", ident.name);
        diag_note(diags, before->at, "here");
    } else if (global.def.def && global.def.file == s->file) {
        diag_error(diags, ident.at, "`%s` is already defined in this file, and names are not hidden", ident.name);
        diag_note(diags, global.def.def->name.at, "here");
    }
    VEC_PUSH(s->unit->arena, s->seen) = (Seen){ ident.name, ident.at };
}

static bool known(const Scope *s, Name name)
{
    if (seen(s, name)) return true;
    Found found = unit_find(s->unit, s->file, s->order, name);
    return found.def.def || found.module || builtin_find(name) || op_callable(name) ||
           !strcmp(name, "pi") || !strcmp(name, "training");
}

/* ---- expressions ------------------------------------------------------------------------ */

static void check_range(Scope *s, const AstRange *range)
{
    if (range->first) check(s, range->first);
    if (range->last) check(s, range->last);
}

static void check_over(Scope *s, const AstExpr *x)
{
    size_t before = s->seen.count;
    if (x->over.f) check(s, x->over.f);
    for (size_t i = 0; i < x->over.binders.count; i++) {
        const AstBinder *binder = &x->over.binders.at[i];
        if (binder->batch) continue;
        check_range(s, &binder->in);
        declare(s, binder->name);
    }
    if (x->over.only) check(s, x->over.only);
    check(s, x->over.body);
    s->seen.count = before;
}

static void check_fold(Scope *s, const AstExpr *x)
{
    size_t before = s->seen.count;
    check(s, x->fold.begin);
    check_range(s, &x->fold.in);
    declare(s, x->fold.state);
    declare(s, x->fold.item);
    check(s, x->fold.body);
    s->seen.count = before;
}

static void check_args(Scope *s, const AstArgs *args)
{
    for (size_t i = 0; i < args->count; i++) check(s, args->at[i].value);
}

static void check(Scope *s, const AstExpr *x)
{
    switch (x->kind) {
    case AST_NAME:
        if (!known(s, x->name)) undeclared(s, x->name, x->at);
        break;
    case AST_NUMBER: case AST_STRING: case AST_TRUTH: break;
    case AST_UNARY:  check(s, x->a); break;
    case AST_BINARY: check(s, x->a); check(s, x->b); break;
    case AST_CALL:   check(s, x->call.f); check_args(s, &x->call.args); break;
    case AST_REDUCE:
    case AST_EACH:   check_over(s, x); break;
    case AST_MEMBER: check(s, x->member.of); break;
    case AST_INDEX:
        check(s, x->index.of);
        for (size_t i = 0; i < x->index.subscripts.count; i++) check_range(s, &x->index.subscripts.at[i]);
        break;
    case AST_LIST:
        for (size_t i = 0; i < x->list.count; i++) check(s, x->list.at[i]);
        break;
    case AST_IF:
        check(s, x->choice.test);
        check(s, x->choice.yes);
        check(s, x->choice.no);
        break;
    case AST_FOLD:
    case AST_SCAN:   check_fold(s, x); break;
    }
}

/* ---- definitions --------------------------------------------------------------------------- */

static void check_decl(Scope *s, const AstDecl *decl)
{
    for (size_t i = 0; i < decl->shape.count; i++) check(s, decl->shape.at[i]);
    if (decl->when) check(s, decl->when);
    if (decl->value && decl->random) {              /* the distribution's name is no variable */
        if (decl->value->kind == AST_CALL) check_args(s, &decl->value->call.args);
    } else if (decl->value) {
        check(s, decl->value);
    }
    for (size_t i = 0; i < decl->body.count; i++) check_decl(s, decl->body.at[i]);
    if (decl->word == AST_UPDATE && !seen(s, decl->name.name)) undeclared(s, decl->name.name, decl->name.at);
    if (decl->word != AST_DERIVATIVE && decl->word != AST_UPDATE) declare(s, decl->name);
}

static const AstDecl *time_of(const AstDef *def)
{
    for (size_t i = 0; def->kind == AST_ODEF && i < def->decls.count; i++)
        if (def->decls.at[i]->word == AST_DERIVATIVE) return def->decls.at[i];
    return NULL;
}

void names_check_def(Unit *unit, const File *file, size_t order, const AstDef *def)
{
    Scope s = { .unit = unit, .file = file, .order = order, .def = def };
    for (size_t i = 0; i < def->params.count; i++) {
        if (def->params.at[i].value) check(&s, def->params.at[i].value);
        declare(&s, def->params.at[i].name);
    }
    const AstDecl *time = time_of(def);
    if (time) VEC_PUSH(unit->arena, s.seen) = (Seen){ time->by.name, time->by.at };
    for (size_t i = 0; i < def->decls.count; i++) check_decl(&s, def->decls.at[i]);
    if (def->value) check(&s, def->value);
}

static void check_once(Unit *unit, const File *file, size_t order)
{
    const AstDef *def = file->ast->defs.at[order];
    for (size_t i = 0; i < order; i++) {
        const AstDef *other = file->ast->defs.at[i];
        if (!def->name.name || other->name.name != def->name.name) continue;
        diag_error(unit->diags, def->name.at, "`%s` is already defined", def->name.name);
        diag_note(unit->diags, other->name.at, "here");
        return;
    }
}

/* Names are looked up one by one, so there is an end to how many there may be. */
static bool few_enough(Unit *unit, const File *file)
{
    enum { MOST = 10000 };
    size_t defs = file->ast->defs.count;
    if (defs > MOST)
        diag_error(unit->diags, file->ast->defs.at[MOST]->at, "more than %d definitions in a file", MOST);
    for (size_t i = 0; i < defs && defs <= MOST; i++) {
        const AstDef *def = file->ast->defs.at[i];
        if (def->decls.count <= MOST) continue;
        diag_error(unit->diags, def->decls.at[MOST]->at, "more than %d declarations in `%s`", MOST, def->name.name);
        return false;
    }
    return defs <= MOST;
}

void names_check(Unit *unit, const File *file)
{
    if (!few_enough(unit, file)) return;
    for (size_t i = 0; i < file->ast->defs.count; i++) {
        const AstDef *def = file->ast->defs.at[i];
        check_once(unit, file, i);
        words_check(unit, def);
        if (def->kind != AST_IMPORT && def->kind != AST_EXPERIMENT) names_check_def(unit, file, i, def);
    }
}

bool names_check_expr(Unit *unit, const File *file, size_t order, const AstExpr *x)
{
    Scope s = { .unit = unit, .file = file, .order = order };
    size_t errors = unit->diags->errors;
    check(&s, x);
    return unit->diags->errors == errors;
}
