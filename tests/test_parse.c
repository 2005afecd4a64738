/* test_parse.c: source text to tree, and what is said when it is none. */
#include "golden_run.h"
#include "lang/fmt.h"
#include "lang/parse.h"

#include <stdio.h>

typedef struct Session { Arena arena; Names names; Diags diags; } Session;

static void begin(Session *s)
{
    *s = (Session){ 0 };
    s->names.arena = s->diags.arena = &s->arena;
}

static const char *messages(Session *s)
{
    Text text = { .arena = &s->arena };
    diag_render(&s->diags, &text, false);
    return text_string(&text);
}

static const char *dump(Session *s, const Source *source)
{
    Text text = { .arena = &s->arena };
    ast_dump(parse_file(&s->arena, &s->names, source, &s->diags), &text);
    return text_string(&text);
}

/* ---- trees ------------------------------------------------------------------ */

static void compare_tree(const char *path)
{
    Session s;
    begin(&s);
    Source source = golden_source(&s.arena, path);
    const char *tree = dump(&s, &source);
    cr_expect(s.diags.errors == 0, "%s", messages(&s));
    golden_compare(&s.arena, path, ".ast", tree);
    arena_free(&s.arena);
}

Test(parse, trees)
{
    cr_assert(golden_each("tests/golden/parse/*.node", compare_tree) >= 3);
}

static void expect_clean(const char *path)
{
    Session s;
    begin(&s);
    Source source = golden_source(&s.arena, path);
    dump(&s, &source);
    cr_expect(s.diags.list.count == 0, "%s", messages(&s));
    arena_free(&s.arena);
}

Test(parse, models)
{
    golden_each("models/*.node", expect_clean);
    golden_each("compiler/lang/*.node", expect_clean);
}

Test(parse, expressions)
{
    static const struct { const char *text, *tree; } row[] = {
        { "1 + 2 * 3",                   "(1 + (2 * 3))" },
        { "1 - 2 - 3",                   "((1 - 2) - 3)" },
        { "2 ^ 3 ^ 4",                   "(2 ^ (3 ^ 4))" },
        { "-x^2",                        "(-(x ^ 2))" },
        { "2^-1",                        "(2 ^ (-1))" },
        { "a * W @ x",                   "(a * (W @ x))" },
        { "a / b // c",                  "((a / b) // c)" },
        { "not a == b and c or d",       "(((not (a == b)) and c) or d)" },
        { "a + 1 < b",                   "((a + 1) < b)" },
        { "x |> f |> g(1)",              "((x |> f) |> g(1))" },
        { "0 .. 2 * n",                  "(0 .. (2 * n))" },
        { "if a then b else c |> f",     "(if a then b else (c |> f))" },
        { "x[0, 1:, :n-1, :].y(k = 2)",  "x[0, 1:, :(n - 1), :].y(k = 2)" },
        { "sum(a for i in 0:n if i > 1)", "sum(a for i in 0:n if (i > 1))" },
        { "[1, 2,]",                     "[1, 2]" },
        { "fold s = 0 for v in a:b do s + v", "(fold s = 0 for v in a:b do (s + v))" },
        { "Mlp(hidden = 32)",            "Mlp(hidden = 32)" },
        { "1e6",                         "1000000.0" },
        { "1_000",                       "1000" },
        { "007",                         "7" },
        { "0.1",                         "0.1" },
        { "\"a\\n\\\"\"",                "\"a\\n\\\"\"" },
        { "dose/dt",                     "(dose / dt)" },
    };
    for (size_t i = 0; i < COUNT(row); i++) {
        Session s;
        begin(&s);
        Source source = { "<text>", row[i].text, strlen(row[i].text) };
        AstExpr *e = parse_expr(&s.arena, &s.names, &source, &s.diags);
        Text text = { .arena = &s.arena };
        if (e) ast_dump_expr(e, &text);
        cr_expect_str_eq(text_string(&text), row[i].tree, "%s gives %s\n%s", row[i].text, text_string(&text),
                         messages(&s));
        arena_free(&s.arena);
    }
}

Test(parse, expressions_that_are_none)
{
    static const char *const text[] = { "", "1 +", "a b", "f(", "]", "x = 1", "odef", "\"", "a,", "{}" };
    for (size_t i = 0; i < COUNT(text); i++) {
        Session s;
        begin(&s);
        Source source = { "<text>", text[i], strlen(text[i]) };
        cr_expect(!parse_expr(&s.arena, &s.names, &source, &s.diags), "%s", text[i]);
        cr_expect(s.diags.errors == 1, "`%s`: %s", text[i], messages(&s));
        arena_free(&s.arena);
    }
}

Test(parse, clauses)
{
    static const struct { const char *text, *path, *value; } row[] = {
        { "optimizer.lr=1e-4",                 "optimizer.lr", "0.0001" },
        { "solver = rk4(h_max = 0.1)",         "solver",       "rk4(h_max = 0.1)" },
        { "loss=mse",                          "loss",         "mse" },
        { "at = 0 .. 10",                      "at",           "(0 .. 10)" },
        { "steps",                             NULL,           NULL },
        { "=3",                                NULL,           NULL },
        { "a.=3",                              NULL,           NULL },
        { "a=3 b=4",                           NULL,           NULL },
    };
    for (size_t i = 0; i < COUNT(row); i++) {
        Session s;
        begin(&s);
        AstClause clause;
        Source source = { "--set", row[i].text, strlen(row[i].text) };
        bool good = parse_clause(&s.arena, &s.names, &source, &s.diags, &clause);
        cr_assert(good == (row[i].path != NULL), "%s\n%s", row[i].text, messages(&s));
        cr_expect((s.diags.errors == 0) == good);
        if (good) {
            Text text = { .arena = &s.arena };
            ast_dump_expr(clause.value, &text);
            cr_expect_str_eq(ast_path(&s.arena, &clause.path), row[i].path);
            cr_expect_str_eq(text_string(&text), row[i].value);
        }
        arena_free(&s.arena);
    }
}

static void expect_place(Span at, int line, int column, int end_column, const char *what)
{
    cr_expect(at.line == line && at.column == column && at.end_column == end_column,
              "%s: %d:%d-%d", what, at.line, at.column, at.end_column);
}

Test(parse, places)
{
    Session s;
    begin(&s);
    const char *text = "odef A(n = 2) {\n    param w[n], b ~ f(x)\n    dx/dt = a + w @ x\n}\n";
    Source source = { "a.node", text, strlen(text) };
    const Ast *ast = parse_file(&s.arena, &s.names, &source, &s.diags);
    cr_assert(s.diags.errors == 0 && ast->defs.count == 1 && ast->defs.at[0]->decls.count == 3);
    const AstDef *def = ast->defs.at[0];
    const AstDecl *w = def->decls.at[0], *b = def->decls.at[1], *dx = def->decls.at[2];
    expect_place(def->at, 1, 1, 14, "head");
    expect_place(def->name.at, 1, 6, 7, "name");
    expect_place(def->params.at[0].at, 1, 8, 13, "parameter");
    expect_place(w->at, 2, 5, 15, "first declarator, with its word");
    expect_place(w->word_at, 2, 5, 10, "word");
    expect_place(b->at, 2, 17, 25, "second declarator");
    expect_place(b->value->at, 2, 21, 25, "call");
    expect_place(dx->at, 3, 5, 22, "derivative");
    expect_place(dx->value->at, 3, 13, 22, "sum");
    expect_place(dx->value->op_at, 3, 15, 16, "+");
    expect_place(dx->value->b->at, 3, 17, 22, "product");
    arena_free(&s.arena);
}

/* ---- messages --------------------------------------------------------------- */

static void compare_messages(const char *path)
{
    Session s;
    begin(&s);
    Source source = golden_source(&s.arena, path);
    dump(&s, &source);
    cr_expect(s.diags.errors > 0, "%s parses", path);
    golden_compare(&s.arena, path, ".txt", messages(&s));
    arena_free(&s.arena);
}

Test(parse, messages)
{
    cr_assert(golden_each("tests/golden/bad/syntax_*.node", compare_messages) >= 25);
}

Test(parse, colour_changes_no_text)
{
    Session s;
    begin(&s);
    const char *text = "odef A {\n\tstat x\n}\n";
    Source source = { "a.node", text, strlen(text) };
    dump(&s, &source);
    Text dyed = { .arena = &s.arena }, plain = { .arena = &s.arena };
    diag_render(&s.diags, &dyed, true);
    for (const char *at = text_string(&dyed); *at; at++)
        if (*at == '\033') at = strchr(at, 'm');
        else text_add_n(&plain, at, 1);
    cr_expect_str_eq(text_string(&plain), messages(&s));
    arena_free(&s.arena);
}

Test(parse, a_tab_and_a_long_line_keep_the_caret_in_place)
{
    Session s;
    begin(&s);
    Text text = { .arena = &s.arena };
    text_add(&text, "odef A {\n    let a = ");
    for (int i = 0; i < 100; i++) text_add(&text, "a1 + ");
    text_add(&text, "$ + 1");
    for (int i = 0; i < 100; i++) text_add(&text, " + a1");
    text_add(&text, "\n}\n");
    Source source = { "a.node", text.at, text.length };
    dump(&s, &source);
    const char *line = strchr(messages(&s), '\n') + 1, *caret = strchr(line, '\n') + 1;
    cr_assert(strchr(line, '$') && strchr(caret, '^'));
    cr_expect(strchr(line, '$') - line == strchr(caret, '^') - caret, "%s", messages(&s));
    cr_expect(strchr(line, '\n') - line < 120);
    arena_free(&s.arena);
}

/* ---- hostile input ------------------------------------------------------------ */

/* What every text may expect: it ends, and is either a model or has messages,
 * few of them, each at a place of its own inside the text. */
static void expect_manners(Session *s, const Source *source, size_t most)
{
    const char *tree = dump(s, source);
    const Diags *d = &s->diags;
    cr_expect(d->errors <= most, "%zu messages for\n%s\n%s", d->errors, source->text, messages(s));
    int lines = 1;
    for (size_t i = 0; i < source->length; i++) lines += source->text[i] == '\n';
    for (size_t i = 0; i < d->list.count; i++) {
        const Diag *a = &d->list.at[i];
        if (a->kind != DIAG_ERROR) continue;
        cr_expect(a->at.line >= 1 && a->at.line <= lines && a->at.column >= 1, "%s", messages(s));
        for (size_t k = 0; k < i; k++) {
            const Diag *b = &d->list.at[k];
            cr_expect(b->kind != DIAG_ERROR || a->at.line != b->at.line || a->at.column != b->at.column,
                      "two messages at one place:\n%s", messages(s));
        }
    }
    if (d->errors) return;
    Text laid_out = { .arena = &s->arena };
    cr_assert(fmt_source(&s->arena, &s->names, source, &s->diags, &laid_out));
    Source again = { "fmt", text_string(&laid_out), laid_out.length };
    cr_expect_str_eq(dump(s, &again), tree, "fmt changed the meaning of\n%s", source->text);
}

static uint64_t draw(uint64_t *state, uint64_t below)
{
    *state += UINT64_C(0x9e3779b97f4a7c15);
    return (hash_bytes(state, sizeof *state, 0) >> 20) % below;
}

typedef VEC(const char *) Tokens;       /* blanks and comments are tokens here     */

static bool in_word(char c)
{
    return c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static Tokens split(Arena *arena, const char *text)
{
    Tokens tokens = { 0 };
    while (*text) {
        size_t n = 1;
        if (*text == '#') n = strcspn(text, "\n");
        else if (*text == '"') n = 2 + strcspn(text + 1, "\"\n");
        else if (strchr(" \n", *text)) n = strspn(text, " \n");
        else while (in_word(*text) && in_word(text[n])) n++;
        VEC_PUSH(arena, tokens) = arena_string(arena, text, n);
        text += strlen(tokens.at[tokens.count - 1]);
    }
    return tokens;
}

static bool blank(const char *token) { return strchr(" \n#", *token) != NULL; }

static size_t any(const Tokens *tokens, uint64_t *seed)
{
    size_t i;
    do i = draw(seed, tokens->count);
    while (blank(tokens->at[i]));
    return i;
}

/* One token is dropped, doubled, or another one put in its place. */
static void mutate_tokens(const char *path)
{
    Session files;
    begin(&files);
    Source source = golden_source(&files.arena, path);
    Tokens tokens = split(&files.arena, source.text);
    uint64_t seed = tokens.count;
    for (int round = 0; round < 400; round++) {
        Session s;
        begin(&s);
        size_t at = any(&tokens, &seed), other = any(&tokens, &seed), how = draw(&seed, 3);
        Text text = { .arena = &s.arena };
        for (size_t i = 0; i < tokens.count; i++) {
            if (i != at) text_add(&text, tokens.at[i]);
            else if (how == 1) text_printf(&text, "%s %s", tokens.at[i], tokens.at[i]);
            else if (how == 2) text_printf(&text, " %s ", tokens.at[other]);
        }
        Source changed = { "changed.node", text_string(&text), text.length };
        expect_manners(&s, &changed, 6);
        arena_free(&s.arena);
    }
    arena_free(&files.arena);
}

Test(parse, one_wrong_token)
{
    cr_assert(golden_each("tests/golden/parse/*.node", mutate_tokens) >= 3);
}

/* Bytes are dropped, changed, and the rest of the file cut off. */
static void mutate_bytes(const char *path)
{
    Session files;
    begin(&files);
    Source source = golden_source(&files.arena, path);
    uint64_t seed = source.length;
    for (int round = 0; round < 400; round++) {
        Session s;
        begin(&s);
        char *text = arena_string(&s.arena, source.text, source.length);
        size_t length = source.length;
        for (size_t n = draw(&seed, 4); n; n--) text[draw(&seed, length)] = (char)draw(&seed, 256);
        if (draw(&seed, 2)) length = draw(&seed, length);
        Source changed = { "changed.node", arena_string(&s.arena, text, length), length };
        expect_manners(&s, &changed, 21);
        arena_free(&s.arena);
    }
    arena_free(&files.arena);
}

Test(parse, wrong_bytes)
{
    cr_assert(golden_each("tests/golden/parse/*.node", mutate_bytes) >= 3);
}

Test(parse, bytes_at_random)
{
    uint64_t seed = 1;
    for (int round = 0; round < 300; round++) {
        Session s;
        begin(&s);
        char text[256];
        size_t length = draw(&seed, sizeof text);
        for (size_t i = 0; i < length; i++) text[i] = (char)draw(&seed, 256);
        Source source = { "random.node", arena_string(&s.arena, text, length), length };
        expect_manners(&s, &source, 21);
        arena_free(&s.arena);
    }
}

/* `head`, then `body` so many times, then `tail`. */
static void expect_refused(const char *head, const char *body, int times, const char *tail)
{
    Session s;
    begin(&s);
    Text text = { .arena = &s.arena };
    text_add(&text, head);
    for (int i = 0; i < times; i++) text_add(&text, body);
    text_add(&text, tail);
    Source source = { "deep.node", text_string(&text), text.length };
    dump(&s, &source);
    cr_expect(s.diags.errors >= 1 && s.diags.errors <= 21, "%s%s...: %zu", head, body, s.diags.errors);
    arena_free(&s.arena);
}

Test(parse, what_nests_too_deeply)
{
    static const char *const body[] = {
        "(", "[", "f(", "x[", "[1, ", "f(k = ", "-", "not ", "2^", "1 + ", "x |> ", "if a then ",
        "if ", "[x for i in ", "fold s = ", "fold s = 0 for v in x do ", "f(a, k = 1 + f(b, ", "1 .. ", "(-",
    };
    for (size_t i = 0; i < COUNT(body); i++)
        expect_refused("odef A {\n    let a = ", body[i], 20000, "1\n}\n");
    expect_refused("odef A {\n    let a = 1", " + 1", 20000, "\n}\n");
    expect_refused("odef A {\n    let a = x", "[0]", 20000, "\n}\n");
    expect_refused("odef A {\n    let a = x", ".y", 20000, "\n}\n");
    expect_refused("odef A {\n    let a = x", " |> f", 20000, "\n}\n");
    expect_refused("odef A {\n", "event e = x {\n", 20000, "}\n");
    expect_refused("", "{", 20000, "");
    expect_refused("", "}", 20000, "");
    expect_refused("", "odef A {\n", 20000, "");
    expect_refused("odef A {\n", "    let\n", 20000, "}\n");
}

Test(parse, what_is_long_but_flat)
{
    Session s;
    begin(&s);
    Text text = { .arena = &s.arena };
    text_add(&text, "odef A {\n    let a = [1");
    for (int i = 0; i < 50000; i++) text_add(&text, ", 2");
    text_add(&text, "]\n    # ");
    for (int i = 0; i < 50000; i++) text_add(&text, "long ");
    text_add(&text, "\n    let b = \"");
    for (int i = 0; i < 50000; i++) text_add(&text, "long ");
    text_add(&text, "\", d");
    for (int i = 0; i < 50000; i++) text_add(&text, "long");
    text_add(&text, " = 1\n}\n");
    Source source = { "long.node", text_string(&text), text.length };
    const Ast *ast = parse_file(&s.arena, &s.names, &source, &s.diags);
    cr_assert(s.diags.errors == 0, "%s", messages(&s));
    cr_expect(ast->defs.at[0]->decls.at[0]->value->list.count == 50001);
    arena_free(&s.arena);
}
