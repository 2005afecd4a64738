/* test_fmt.c: the canonical layout: what it looks like, that it changes no
 * meaning, and that it is a fixed point. */
#include "golden_run.h"
#include "lang/fmt.h"
#include "lang/parse.h"

typedef struct Session { Arena arena; Names names; Diags diags; } Session;

static void begin(Session *s)
{
    *s = (Session){ 0 };
    s->names.arena = s->diags.arena = &s->arena;
}

static Source laid_out(Session *s, const Source *source)
{
    Text text = { .arena = &s->arena };
    bool good = fmt_source(&s->arena, &s->names, source, &s->diags, &text);
    cr_assert(good && s->diags.errors == 0, "%s does not parse", source->path);
    return (Source){ "fmt", arena_string(&s->arena, text_string(&text), text.length), text.length };
}

static const char *dump(Session *s, const Source *source)
{
    Text text = { .arena = &s->arena };
    ast_dump(parse_file(&s->arena, &s->names, source, &s->diags), &text);
    return text_string(&text);
}

static void expect_manners(Session *s, const Source *source)
{
    Source once = laid_out(s, source), twice = laid_out(s, &once);
    cr_expect_str_eq(twice.text, once.text, "a second time fmt changes %s", source->path);
    cr_expect_str_eq(dump(s, &once), dump(s, source), "fmt changes the meaning of %s", source->path);
}

static void check_file(const char *path)
{
    Session s;
    begin(&s);
    Source source = golden_source(&s.arena, path);
    expect_manners(&s, &source);
    arena_free(&s.arena);
}

Test(fmt, fixed_point_and_same_meaning)
{
    cr_assert(golden_each("tests/golden/parse/*.node", check_file) >= 3);
    cr_assert(golden_each("tests/golden/fmt/*.node", check_file) >= 1);
    golden_each("models/*.node", check_file);
    golden_each("compiler/lang/*.node", check_file);
}

static void compare_layout(const char *path)
{
    Session s;
    begin(&s);
    Source source = golden_source(&s.arena, path);
    golden_compare(&s.arena, path, ".txt", laid_out(&s, &source).text);
    arena_free(&s.arena);
}

Test(fmt, layouts)
{
    cr_assert(golden_each("tests/golden/fmt/*.node", compare_layout) >= 1);
}

Test(fmt, small_things)
{
    static const struct { const char *before, *after; } row[] = {
        { "",                                "nodec 1\n" },
        { "# a",                             "# a\nnodec 1\n" },
        { "\n\n# a\n\n\n\n# b\n",            "# a\nnodec 1\n\n# b\n" },
        { "# doc\ndef f(x)=x",               "nodec 1\n\n# doc\ndef f(x) = x\n" },
        { "nodec   1\r\n  def f(x)=x\r\n",   "nodec 1\ndef f(x) = x\n" },
        { "\xef\xbb\xbf" "nodec 1",          "nodec 1\n" },
        { "nodec 1\nodef A{state x}",        "nodec 1\nodef A { state x }\n" },
        { "nodec 1\nodef A{}",               "nodec 1\nodef A {}\n" },
        { "nodec 1\ndef f(x)=-  x^ - 2*a [i+1 , :]- -b",
          "nodec 1\ndef f(x) = -x^-2 * a[i+1, :] - -b\n" },
        { "nodec 1\ndef f(x)=if(x>0)then(x)else[x]",
          "nodec 1\ndef f(x) = if (x > 0) then (x) else [x]\n" },
        { "nodec 1\ndef f(x,n:layer,)=x.y( k=0 : 1 ,)" , NULL },
        { "nodec 1\ndef f(x)=2 * n+1-2 * g(x)-3 * x[0]+w[3 * n,i + 1,s * r+u,: T - 1]",
          "nodec 1\ndef f(x) = 2*n + 1 - 2 * g(x) - 3 * x[0] + w[3*n, i+1, s*r + u, :T-1]\n" },
        { "nodec 1\nodef A{state x dx / dt=x}", "nodec 1\nodef A { state x dx/dt = x }\n" },
    };
    for (size_t i = 0; i < COUNT(row); i++) {
        Session s;
        begin(&s);
        Source source = { "<text>", row[i].before, strlen(row[i].before) };
        Text text = { .arena = &s.arena };
        bool good = fmt_source(&s.arena, &s.names, &source, &s.diags, &text);
        cr_expect(good == (row[i].after != NULL), "%s", row[i].before);
        cr_expect(good || (s.diags.errors && text.length == 0), "%s", row[i].before);
        if (good) cr_expect_str_eq(text_string(&text), row[i].after);
        if (good) expect_manners(&s, &source);
        arena_free(&s.arena);
    }
}
