/* build.c: what the grammar's actions make of their phrases.
 *
 * Mistakes that parse are found here: a list that is indexed where a comma is
 * missing, a number that is called, a pipe into something that is no call. */
#include "lang/parser.h"

#include <string.h>

/* ---- definitions and declarations --------------------------------------------- */

void make_version(Parser *p, const AstExpr *number)
{
    if (!number->number.whole || number->number.integer < 1)
        parser_error(p, number->at, "a version of the language is a whole number from 1 on");
    else if (number->number.integer > AST_VERSION)
        parser_stop(p, number->at, "this file is written in version %s of the language; this nodec reads "
                    "version %d", number->number.spelling, AST_VERSION);
    else
        p->ast->version = (int)number->number.integer;
}

AstDef *make_def(Parser *p, AstDefKind kind, Span head, AstIdent name)
{
    AstDef *def = NEW(p->arena, AstDef);
    def->kind = kind;
    def->at = head;
    def->name = name;
    return def;
}

AstDef *make_import(Parser *p, Span at, const AstExpr *path, AstIdent name)
{
    AstDef *def = make_def(p, AST_IMPORT, at, name);
    def->path = path->string.text;
    def->path_at = path->at;
    return def;
}

AstDecl *make_decl(Parser *p, AstWord word, Span at, AstIdent name, AstExpr *value)
{
    AstDecl *decl = NEW(p->arena, AstDecl);
    decl->word = word;
    decl->at = at;
    decl->name = name;
    decl->value = value;
    return decl;
}

static bool in_name(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The token is `dx/dt`, perhaps with blanks around the stroke. */
AstDecl *make_derivative(Parser *p, Span at, AstIdent token, AstExpr *value)
{
    const char *x = token.name + 1, *t = strchr(x, '/') + 1;
    size_t n = 0;
    while (in_name(x[n])) n++;
    while (*t != 'd') t++;
    AstIdent of = { name_of_n(p->names, x, n), token.at };
    AstDecl *decl = make_decl(p, AST_DERIVATIVE, at, of, value);
    decl->by = (AstIdent){ name_of(p->names, t + 1), token.at };
    decl->word_at = token.at;
    return decl;
}

AstDecls make_words(AstDecls decls, AstWord word, Span at)
{
    for (size_t i = 0; i < decls.count; i++) {
        decls.at[i]->word = word;
        decls.at[i]->word_at = at;
    }
    decls.at[0]->at = span_join(at, decls.at[0]->at);
    return decls;
}

AstSort *make_sort(Parser *p, Span at, Span name_at, const char *name, AstArgs args)
{
    AstSort *sort = NEW(p->arena, AstSort);
    *sort = (AstSort){ { name_of(p->names, name), name_at }, args, at };
    return sort;
}

/* ---- expressions ---------------------------------------------------------------- */

bool make_too_high(Parser *p, const AstExpr *e)
{
    if (e->height <= AST_TALLEST) return false;
    parser_stop(p, e->at, "this expression nests more than %d deep; give parts of it a name with `let`",
                AST_TALLEST);
    return true;
}

AstExpr *make_name(Parser *p, AstIdent ident)
{
    AstExpr *e = ast_expr(p->arena, AST_NAME, ident.at);
    e->name = ident.name;
    return e;
}

AstExpr *make_truth(Parser *p, Span at, bool truth)
{
    AstExpr *e = ast_expr(p->arena, AST_TRUTH, at);
    e->truth = truth;
    return e;
}

AstExpr *make_list(Parser *p, Span at, AstExprs list)
{
    AstExpr *e = ast_expr(p->arena, AST_LIST, at);
    e->list = list;
    for (size_t i = 0; i < list.count; i++) ast_grow(e, list.at[i]);
    return e;
}

static const char *noun(const AstExpr *e)
{
    switch (e->kind) {
    case AST_NUMBER: return "a number";
    case AST_STRING: return "a string";
    case AST_TRUTH:  return "a truth value";
    case AST_LIST:
    case AST_EACH:   return "a list";
    default:         return "this";
    }
}

static bool callable(const AstExpr *f)
{
    return f->kind == AST_NAME || f->kind == AST_MEMBER || f->kind == AST_INDEX || f->kind == AST_CALL;
}

static void check_callable(Parser *p, Span open, const AstExpr *f)
{
    if (!callable(f))
        parser_error(p, open, "%s cannot be called; is an operator or a `,` missing before this `(`?", noun(f));
}

AstExpr *make_call(Parser *p, Span at, Span open, AstExpr *f, AstArgs args)
{
    check_callable(p, open, f);
    AstExpr *e = ast_expr(p->arena, AST_CALL, span_join(f->at, at));
    e->call.f = f;
    e->call.args = args;
    ast_grow(e, f);
    for (size_t i = 0; i < args.count; i++) ast_grow(e, args.at[i].value);
    return e;
}

static void grow_range(AstExpr *e, const AstRange *range)
{
    ast_grow(e, range->first);
    ast_grow(e, range->last);
}

AstExpr *make_over(Parser *p, AstKind kind, Span at, AstExpr *f, AstExpr *body, ParseOver over)
{
    if (f && !callable(f)) check_callable(p, f->at, f);
    AstExpr *e = ast_expr(p->arena, kind, at);
    e->over.f = f;
    e->over.body = body;
    e->over.binders = over.binders;
    e->over.only = over.only;
    ast_grow(e, f);
    ast_grow(e, body);
    ast_grow(e, over.only);
    for (size_t i = 0; i < over.binders.count; i++) grow_range(e, &over.binders.at[i].in);
    return e;
}

AstExpr *make_index(Parser *p, Span at, Span open, AstExpr *of, AstRanges subscripts)
{
    if (of->kind == AST_LIST || of->kind == AST_EACH || of->kind == AST_NUMBER ||
        of->kind == AST_STRING || of->kind == AST_TRUTH)
        parser_error(p, open, "%s cannot be indexed where it stands; is a `,` missing before this `[`?", noun(of));
    AstExpr *e = ast_expr(p->arena, AST_INDEX, at);
    e->index.of = of;
    e->index.subscripts = subscripts;
    ast_grow(e, of);
    for (size_t i = 0; i < subscripts.count; i++) grow_range(e, &subscripts.at[i]);
    return e;
}

AstExpr *make_member(Parser *p, Span at, AstExpr *of, AstIdent field)
{
    AstExpr *e = ast_expr(p->arena, AST_MEMBER, at);
    e->member.of = of;
    e->member.field = field;
    ast_grow(e, of);
    return e;
}

AstExpr *make_if(Parser *p, Span at, AstExpr *test, AstExpr *yes, AstExpr *no)
{
    AstExpr *e = ast_expr(p->arena, AST_IF, at);
    e->choice.test = test;
    e->choice.yes = yes;
    e->choice.no = no;
    ast_grow(e, test);
    ast_grow(e, yes);
    ast_grow(e, no);
    return e;
}

AstExpr *make_fold(Parser *p, AstKind kind, Span at, AstIdent state, AstExpr *begin,
                   AstIdent item, const AstRange *in, AstExpr *body)
{
    AstExpr *e = ast_expr(p->arena, kind, at);
    e->fold.state = state;
    e->fold.begin = begin;
    e->fold.item = item;
    e->fold.in = *in;
    e->fold.body = body;
    ast_grow(e, begin);
    ast_grow(e, body);
    grow_range(e, in);
    return e;
}

AstExpr *make_pipe(Parser *p, Span op, AstExpr *a, AstExpr *b)
{
    if (!callable(b))
        parser_error(p, b->at, "right of `|>` stands a name or a call: `x |> f(a)` is `f(x, a)`");
    return ast_binary(p->arena, AST_PIPE, op, a, b);
}

AstBinder *make_binder(Parser *p, AstIdent name, const AstRange *in)
{
    AstBinder *binder = NEW(p->arena, AstBinder);
    binder->name = name;
    binder->batch = !in;
    if (in) binder->in = *in;
    else if (strcmp(name.name, "batch"))
        parser_error(p, name.at, "`for %s` needs a range, as in `for %s in 0:n`; only `for batch` has none",
                     name.name, name.name);
    return binder;
}

AstRange *make_range(Parser *p, Span at, AstExpr *first, AstExpr *last, bool range)
{
    AstRange *r = NEW(p->arena, AstRange);
    if (first) at = span_join(first->at, at);
    if (last) at = span_join(at, last->at);
    *r = (AstRange){ first, last, range, at };
    return r;
}
