/* ast.c: building the tree, and showing it.
 *
 * The dump puts every operator in parentheses and prints numbers by value, so
 * two trees have the same dump exactly when they say the same. */
#include "lang/ast.h"

#include <string.h>

const char *const ast_op_text[AST_OPS] = {
    [AST_NEG] = "-",    [AST_NOT] = "not ", [AST_OR] = "or",  [AST_AND] = "and",
    [AST_EQ]  = "==",   [AST_NE]  = "!=",   [AST_LE] = "<=",  [AST_GE]  = ">=",
    [AST_LT]  = "<",    [AST_GT]  = ">",    [AST_ADD] = "+",  [AST_SUB] = "-",
    [AST_MUL] = "*",    [AST_DIV] = "/",    [AST_IDIV] = "//", [AST_MATMUL] = "@",
    [AST_POW] = "^",    [AST_PIPE] = "|>",  [AST_SPAN] = "..",
};

const char *const ast_word_text[AST_WORDS] = {
    [AST_STATE] = "state",   [AST_PARAM] = "param",   [AST_INPUT] = "input",
    [AST_SIGNAL] = "signal", [AST_BUFFER] = "buffer", [AST_UPDATE] = "update",
    [AST_DRAW] = "draw",     [AST_AXIS] = "axis",     [AST_LAYER] = "layer",
    [AST_LET] = "let",       [AST_OUTPUT] = "output", [AST_LOSS] = "loss",
    [AST_METRIC] = "metric", [AST_EVENT] = "event",   [AST_DERIVATIVE] = "derivative",
};

const char *const ast_def_text[AST_DEFKINDS] = {
    [AST_IMPORT] = "import",  [AST_FUNCTION] = "def", [AST_ODEF] = "odef",
    [AST_LAYERDEF] = "layer", [AST_MODEL] = "model",  [AST_EXPERIMENT] = "experiment",
};

/* ---- building -------------------------------------------------------------- */

AstExpr *ast_expr(Arena *arena, AstKind kind, Span at)
{
    AstExpr *e = NEW(arena, AstExpr);
    e->kind = kind;
    e->height = 1;
    e->at = at;
    return e;
}

void ast_grow(AstExpr *e, const AstExpr *child)
{
    if (child && e->height <= child->height) e->height = child->height + 1;
}

AstExpr *ast_unary(Arena *arena, AstOp op, Span op_at, AstExpr *a)
{
    return ast_binary(arena, op, op_at, a, NULL);
}

AstExpr *ast_binary(Arena *arena, AstOp op, Span op_at, AstExpr *a, AstExpr *b)
{
    AstExpr *e = ast_expr(arena, b ? AST_BINARY : AST_UNARY,
                          b ? span_join(a->at, b->at) : span_join(op_at, a->at));
    e->op = op;
    e->op_at = op_at;
    e->a = a;
    e->b = b;
    ast_grow(e, a);
    ast_grow(e, b);
    return e;
}

const char *ast_path(Arena *arena, const AstIdents *path)
{
    Text text = { .arena = arena };
    for (size_t i = 0; i < path->count; i++)
        text_printf(&text, "%s%s", i ? "." : "", path->at[i].name);
    return text_string(&text);
}

/* ---- showing --------------------------------------------------------------- */

#define EACH(list, i) for (size_t i = 0; i < (list).count; i++)

static void comma(Text *out, size_t i)
{
    if (i) text_add(out, ", ");
}

static void dump_string(Text *out, const char *text, size_t length)
{
    text_add(out, "\"");
    for (size_t i = 0; i < length; i++)
        switch (text[i]) {
        case '\n': text_add(out, "\\n"); break;
        case '\t': text_add(out, "\\t"); break;
        case '"':
        case '\\': text_add(out, "\\");  /* fall through */
        default:   text_add_n(out, text + i, 1);
        }
    text_add(out, "\"");
}

static void dump_number(Text *out, const AstExpr *e)
{
    if (e->number.whole) {
        text_printf(out, "%lld", (long long)e->number.integer);
        return;
    }
    size_t from = out->length;
    text_real(out, e->number.value, false);
    if (!strpbrk(out->at + from, ".e")) text_add(out, ".0");
}

static void dump_range(Text *out, const AstRange *r)
{
    if (r->first) ast_dump_expr(r->first, out);
    if (r->range) text_add(out, ":");
    if (r->last) ast_dump_expr(r->last, out);
}

static void dump_args(Text *out, const AstArgs *args)
{
    text_add(out, "(");
    EACH(*args, i) {
        comma(out, i);
        if (args->at[i].key.name) text_printf(out, "%s = ", args->at[i].key.name);
        ast_dump_expr(args->at[i].value, out);
    }
    text_add(out, ")");
}

static void dump_over(Text *out, const AstExpr *e)
{
    ast_dump_expr(e->over.body, out);
    text_add(out, " for ");
    EACH(e->over.binders, i) {
        const AstBinder *b = &e->over.binders.at[i];
        comma(out, i);
        text_add(out, b->name.name);
        if (b->batch) continue;
        text_add(out, " in ");
        dump_range(out, &b->in);
    }
    if (!e->over.only) return;
    text_add(out, " if ");
    ast_dump_expr(e->over.only, out);
}

static void dump_fold(Text *out, const AstExpr *e)
{
    text_printf(out, "(%s %s = ", e->kind == AST_FOLD ? "fold" : "scan", e->fold.state.name);
    ast_dump_expr(e->fold.begin, out);
    text_printf(out, " for %s in ", e->fold.item.name);
    dump_range(out, &e->fold.in);
    text_add(out, " do ");
    ast_dump_expr(e->fold.body, out);
    text_add(out, ")");
}

static void dump_exprs(Text *out, const AstExprs *list)
{
    text_add(out, "[");
    EACH(*list, i) comma(out, i), ast_dump_expr(list->at[i], out);
    text_add(out, "]");
}

void ast_dump_expr(const AstExpr *e, Text *out)
{
    switch (e->kind) {
    case AST_NAME:   text_add(out, e->name); break;
    case AST_NUMBER: dump_number(out, e); break;
    case AST_STRING: dump_string(out, e->string.text, e->string.length); break;
    case AST_TRUTH:  text_add(out, e->truth ? "true" : "false"); break;
    case AST_UNARY:
        text_printf(out, "(%s", ast_op_text[e->op]);
        ast_dump_expr(e->a, out);
        text_add(out, ")");
        break;
    case AST_BINARY:
        text_add(out, "(");
        ast_dump_expr(e->a, out);
        text_printf(out, " %s ", ast_op_text[e->op]);
        ast_dump_expr(e->b, out);
        text_add(out, ")");
        break;
    case AST_CALL:
        ast_dump_expr(e->call.f, out);
        dump_args(out, &e->call.args);
        break;
    case AST_REDUCE:
        ast_dump_expr(e->over.f, out);
        text_add(out, "(");
        dump_over(out, e);
        text_add(out, ")");
        break;
    case AST_MEMBER:
        ast_dump_expr(e->member.of, out);
        text_printf(out, ".%s", e->member.field.name);
        break;
    case AST_INDEX:
        ast_dump_expr(e->index.of, out);
        text_add(out, "[");
        EACH(e->index.subscripts, i) comma(out, i), dump_range(out, &e->index.subscripts.at[i]);
        text_add(out, "]");
        break;
    case AST_LIST:
        dump_exprs(out, &e->list);
        break;
    case AST_EACH:
        text_add(out, "[");
        dump_over(out, e);
        text_add(out, "]");
        break;
    case AST_IF:
        text_add(out, "(if ");
        ast_dump_expr(e->choice.test, out);
        text_add(out, " then ");
        ast_dump_expr(e->choice.yes, out);
        text_add(out, " else ");
        ast_dump_expr(e->choice.no, out);
        text_add(out, ")");
        break;
    case AST_FOLD:
    case AST_SCAN:
        dump_fold(out, e);
        break;
    }
}

static void dump_sort(Text *out, const AstSort *sort)
{
    if (!sort) return;
    text_printf(out, " : %s", sort->name.name);
    if (sort->args.count) dump_args(out, &sort->args);
}

static void dump_value(Text *out, const char *sign, const AstExpr *value)
{
    if (!value) return;
    text_printf(out, " %s ", sign);
    ast_dump_expr(value, out);
}

static void dump_decls(Text *out, const AstDecls *decls, int depth)
{
    EACH(*decls, i) {
        const AstDecl *d = decls->at[i];
        text_printf(out, "%*s%s %s", 4 * depth, "", ast_word_text[d->word], d->name.name);
        if (d->by.name) text_printf(out, " by %s", d->by.name);
        if (d->shape.count) dump_exprs(out, &d->shape);
        dump_sort(out, d->sort);
        if (d->file_name) {
            text_add(out, " as ");
            dump_string(out, d->file_name, strlen(d->file_name));
        }
        dump_value(out, d->random ? "~" : "=", d->value);
        dump_value(out, "when", d->when);
        text_add(out, "\n");
        dump_decls(out, &d->body, depth + 1);
    }
}

static void dump_params(Text *out, const AstDef *def)
{
    if (!def->has_params) return;
    text_add(out, "(");
    EACH(def->params, i) {
        const AstParam *p = &def->params.at[i];
        comma(out, i);
        text_add(out, p->name.name);
        dump_sort(out, p->sort);
        dump_value(out, "=", p->value);
    }
    text_add(out, ")");
}

static void dump_def(Text *out, const AstDef *def)
{
    text_add(out, ast_def_text[def->kind]);
    if (def->kind == AST_IMPORT) {
        text_add(out, " ");
        dump_string(out, def->path, strlen(def->path));
        if (def->name.name) text_add(out, " as");
    }
    if (def->name.name) text_printf(out, " %s", def->name.name);
    dump_params(out, def);
    if (def->like.name) text_printf(out, " like %s", def->like.name);
    dump_value(out, "=", def->value);
    text_add(out, "\n");
    dump_decls(out, &def->decls, 1);
    EACH(def->clauses, i) {
        const AstClause *clause = &def->clauses.at[i];
        text_add(out, "    ");
        EACH(clause->path, k) text_printf(out, "%s%s", k ? "." : "", clause->path.at[k].name);
        dump_value(out, "=", clause->value);
        text_add(out, "\n");
    }
}

void ast_dump(const Ast *ast, Text *out)
{
    text_printf(out, "nodec %d\n", ast->version);
    EACH(ast->defs, i) dump_def(out, ast->defs.at[i]);
}
