/* test_lang.c: what the language means.
 *
 * A row is the body of an odef, a state and a time, and what the right-hand side
 * must be, computed here by hand or in C.  Every row is evaluated alone and as the
 * first of three samples. */
#include "lang.h"
#include "lang/parse.h"
#include "lang/unit.h"
#include "ops/ops.h"

#include <stdio.h>

static double logistic(double x) { return 1 / (1 + exp(-x)); }

typedef struct Case {
    const char *name, *before, *body;       /* definitions above the odef; its body */
    double state[12], want[12];
} Case;

#define VECTOR "state x[3] "
#define PAIR   "state x[2] "

static const Case cases[] = {
    /* arithmetic, and what the operators bind */
    { "sum and product",   "", "state x dx/dt = 2 * x + 3 * x - 1", { 4 }, { 19 } },
    { "power is right",    "", "state x dx/dt = 2 ^ 3 ^ 2 + 0 * x", { 1 }, { 512 } },
    { "minus binds less than ^", "", "state x dx/dt = -x^2", { 3 }, { -9 } },
    { "/ is real",         "", "state x dx/dt = 8 / 3 * x", { 3 }, { 8 } },
    { "// floors",         "", "state x dx/dt = x * (7 // 2) + (-7) // 2", { 2 }, { 2 } },
    { "// of tensors",     "", "state x dx/dt = x // 2", { -3 }, { -2 } },
    { "@ binds more than *", "", PAIR "param b = 2 param W[2, 2] = [[1, 2], [3, 4]] dx/dt = b * W @ x",
      { 1, 10 }, { 42, 86 } },
    { "a state to a power", "", "state x dx/dt = x^3 + x^0.5 + x^1 + x^-1", { 4 }, { 64 + 2 + 4 + 0.25 } },
    { "pi",                "", "state x dx/dt = sin(pi / 2) * x", { 3 }, { 3 } },
    { "comparison chooses", "", "state x dx/dt = if x >= 2 and not x > 3 then 10 else 20", { 2 }, { 10 } },
    { "or, ==, !=, <=",    "", "state x dx/dt = if x <= 1 or x == 7 or x != x then 1 else 2", { 7 }, { 1 } },

    /* products of tensors */
    { "matrix by vector",  "", PAIR "param W[2, 2] = [[1, 2], [3, 4]] dx/dt = W @ x", { 1, 10 }, { 21, 43 } },
    { "vector by matrix",  "", PAIR "param W[2, 2] = [[1, 2], [3, 4]] dx/dt = x @ W", { 1, 10 }, { 31, 42 } },
    { "matrix by matrix",  "", "state x[2, 2] dx/dt = x @ x", { 1, 2, 3, 4 }, { 7, 10, 15, 22 } },
    { "vector by vector",  "", VECTOR "dx/dt = (x @ x) * x", { 1, 2, 3 }, { 14, 28, 42 } },
    { "transpose",         "", "state x[2, 2] dx/dt = transpose(x) @ x", { 1, 2, 3, 4 }, { 10, 14, 14, 20 } },
    { "dot",               "", VECTOR "dx/dt = dot(x, [1, 10, 100]) * x", { 1, 2, 3 }, { 321, 642, 963 } },
    { "outer",             "", PAIR "dx/dt = outer(x, [1, 10])[1]", { 2, 3 }, { 3, 30 } },
    { "trace",             "", "state x[2, 2] dx/dt = trace(x) * x", { 1, 2, 3, 4 }, { 5, 10, 15, 20 } },

    /* reductions */
    { "sum of all",        "", "state x[2, 2] dx/dt = sum(x) + x", { 1, 2, 3, 4 }, { 11, 12, 13, 14 } },
    { "mean",              "", VECTOR "dx/dt = mean(x) - x", { 1, 2, 6 }, { 2, 1, -3 } },
    { "max and min",       "", VECTOR "dx/dt = x * max(x) + min(x)", { 1, 5, 2 }, { 6, 26, 11 } },
    { "max of two",        "", VECTOR "dx/dt = max(x, 2) - min(x, [1, 1, 9])", { 1, 5, 2 }, { 1, 4, 0 } },
    { "mean over a loop",  "", VECTOR "dx/dt = x + mean(x[i] * i for i in 0:3)", { 1, 2, 3 }, { 1 + 8. / 3, 2 + 8. / 3, 3 + 8. / 3 } },
    { "max over a loop",   "", "state x[2, 2] dx/dt = [[max(r[j] for r in x) for j in 0:2] for i in 0:2]",
      { 1, 7, 5, 4 }, { 5, 7, 5, 7 } },
    { "sum of vectors",    "", PAIR "param q[3, 2] = [[1, 2], [3, 4], [5, 6]] dx/dt = x + sum(q[j] for j in 0:3)",
      { 1, 1 }, { 10, 13 } },
    { "sum that ignores its index", "", "state x dx/dt = sum(x for i in 0:5)", { 2 }, { 10 } },
    { "an empty sum is 0", "", VECTOR "dx/dt = x + sum(x[i] for i in 2:2)", { 1, 2, 3 }, { 1, 2, 3 } },
    { "two loops, one sum", "", PAIR "param w[2, 3] = [[1, 2, 3], [4, 5, 6]] dx/dt = x * sum(w[i, j] * x[i] for i in 0:2, j in 0:3)",
      { 1, 10 }, { 156, 1560 } },

    /* indices, slices, shapes */
    { "index",             "", VECTOR "dx/dt = [x[2], x[0], x[1]]", { 1, 2, 3 }, { 3, 1, 2 } },
    { "slice",             "", VECTOR "dx/dt = concat(x[1:], x[:1])", { 1, 2, 3 }, { 2, 3, 1 } },
    { "a row, a column",   "", "state x[2, 2] dx/dt = [x[1], x[:, 1]]", { 1, 2, 3, 4 }, { 3, 4, 2, 4 } },
    { "a window that moves", "", "state x[4] dx/dt = concat([sum(x[i:i+2]) for i in 0:3], 0)", { 1, 2, 3, 4 }, { 3, 5, 7, 0 } },
    { "reverse",           "", VECTOR "dx/dt = reverse(x)", { 1, 2, 3 }, { 3, 2, 1 } },
    { "reshape",           "", "state x[6] dx/dt = flatten(transpose(reshape(x, [2, 3])))", { 1, 2, 3, 4, 5, 6 }, { 1, 4, 2, 5, 3, 6 } },
    { "reshape in a loop", "", "state x[2, 2] dx/dt = [flatten(reshape(r, [2, 1])) for r in x]", { 1, 2, 3, 4 }, { 1, 2, 3, 4 } },
    { "reshape in groups", "", "state x[4, 2] let g = reshape(x, [2, 2, 2]) dx/dt = reshape([[r * [1, 2] for r in p] + sum(p[1]) for p in g], [4, 2])",
      { 1, 2, 3, 4, 5, 6, 7, 8 }, { 8, 11, 10, 15, 20, 27, 22, 31 } },
    { "concat takes numbers", "", VECTOR "dx/dt = concat(x[0], 5, x[1:2])", { 1, 2, 3 }, { 1, 5, 2 } },
    { "concat of matrices", "", "state x[2, 2] dx/dt = concat(x[1:], [[7, 8]])", { 1, 2, 3, 4 }, { 3, 4, 7, 8 } },
    { "border",            "", VECTOR "dx/dt = [sum(border(x, [1])[i:i+3]) for i in 0:3]", { 1, 2, 3 }, { 3, 6, 5 } },
    { "zeros and ones",    "", VECTOR "dx/dt = x + ones(3) * 2 + zeros([3])", { 1, 2, 3 }, { 3, 4, 5 } },
    { "size",              "", "state x[2, 3] dx/dt = x * (size(x, 1) + 10 * size(x))", { 1, 1, 1, 1, 1, 1 }, { 63, 63, 63, 63, 63, 63 } },
    { "a list of numbers of the model", "", PAIR "let s = x[0] dx/dt = [s * x[1], t]", { 3, 4 }, { 12, 0.25 } },
    { "a list of lists",   "", "state x[2, 2] dx/dt = [[x[1, 1], 0], [1, x[0, 0]]]", { 1, 2, 3, 4 }, { 4, 0, 1, 1 } },

    { "a list of conditions", "", PAIR "dx/dt = [if b then 2 else 3 for b in [x[0] > x[1], true]]", { 1, 2 }, { 3, 2 } },
    { "conditions together", "", PAIR "dx/dt = x * sum(concat(x > 1, [x[0] == 1, 2 < 1]))", { 1, 2 }, { 2, 4 } },
    { "a choice by conditions", "", PAIR "dx/dt = if [x[0] > 1, x[1] > 1] then x else -x", { 1, 2 }, { -1, 2 } },

    /* comprehensions */
    { "a product written out", "", PAIR "param w[2, 2] = [[1, 2], [3, 4]] dx/dt = [sum(w[o, i] * x[i] for i in 0:2) for o in 0:2]",
      { 1, 10 }, { 21, 43 } },
    { "two indices at once", "", "state x[2, 2] dx/dt = [x[j, i] for i in 0:2, j in 0:2]", { 1, 2, 3, 4 }, { 1, 3, 2, 4 } },
    { "over rows",         "", "state x[2, 2] dx/dt = [softmax(r) for r in x]", { 0, 0, 0, 1 },
      { 0.5, 0.5, 0.26894142136999512, 0.73105857863000488 } },
    { "over two things",   "", PAIR "let y = [u * v for u in x, v in [1, 10]] dx/dt = y[1]", { 2, 3 }, { 3, 30 } },
    { "an index as a number", "", VECTOR "dx/dt = [x[i] * i + i for i in 0:3]", { 1, 2, 3 }, { 0, 3, 8 } },
    { "an index in a function", "", VECTOR "dx/dt = [x[i] * cos(pi * i) for i in 0:3]", { 1, 2, 3 }, { 1, -2, 3 } },
    { "ranges that begin later", "", VECTOR "dx/dt = [x[i - 1] for i in 1:4]", { 1, 2, 3 }, { 1, 2, 3 } },
    { "an index that must be a number", "", "state x[4] dx/dt = [x[i // 2] for i in 0:4]", { 1, 2, 3, 4 }, { 1, 1, 2, 2 } },
    { "a choice by index", "", VECTOR "dx/dt = [if i == 0 then x[0] else x[i - 1] for i in 0:3]", { 1, 2, 3 }, { 1, 1, 2 } },
    { "an index from a table", "", VECTOR "let o = [2, 0, 1] dx/dt = [x[o[i]] for i in 0:3]", { 1, 2, 3 }, { 3, 1, 2 } },
    { "j != i",            "", VECTOR "dx/dt = [sum(x[j] / (j - i) for j in 0:3 if j != i) for i in 0:3]", { 1, 2, 3 },
      { 2 + 1.5, -1 + 3, -0.5 - 2 } },
    { "j != i + 1 leaves the range", "", VECTOR "dx/dt = [sum(x[j] for j in 0:3 if j != i + 1) for i in 0:3]", { 1, 2, 3 }, { 4, 3, 6 } },
    { "j < i",             "", VECTOR "dx/dt = [sum(x[j] for j in 0:3 if j < i) for i in 0:3]", { 1, 2, 3 }, { 0, 1, 3 } },
    { "a filtered list",   "", PAIR "param q[4] = [1, 2, 3, 4] dx/dt = x + [q[i] for i in 0:4 if mod(i, 2) == 1]", { 1, 1 }, { 3, 5 } },
    { "all but one",       "", "state x[2] param q[3] = [1, 2, 3] dx/dt = x + [q[j] for j in 0:3 if j != 1]", { 0, 0 }, { 1, 3 } },
    { "all but i, listed", "", "state x[3] dx/dt = [dot([x[j] for j in 0:3 if j != i], [1, 10]) for i in 0:3]", { 1, 2, 3 }, { 32, 31, 21 } },
    { "a mean of those left", "", VECTOR "dx/dt = [mean(x[j] for j in 0:3 if j != i) for i in 0:3]", { 1, 2, 3 }, { 2.5, 2, 1.5 } },
    { "fold",              "", "state x dx/dt = fold s = x for i in 0:3 do 2 * s + i", { 1 }, { 12 } },
    { "fold over rows",    "", PAIR "param q[3, 2] = [[1, 2], [3, 4], [5, 6]] dx/dt = fold s = x for r in q do s * r", { 1, 1 }, { 15, 48 } },
    { "scan",              "", VECTOR "dx/dt = scan s = 0 for u in x do s + u", { 1, 2, 3 }, { 1, 3, 6 } },
    { "a convolution",     "", "state x[3, 3] param w[2, 2] = [[1, 2], [3, 4]] let xp = border(x, [1, 1]) "
      "dx/dt = [sum(w[u, v] * xp[r + u, c + v] for u in 0:2, v in 0:2) for r in 0:3, c in 0:3]",
      { 1, 0, 0, 0, 1, 0, 0, 0, 1 }, { 4, 3, 0, 2, 5, 3, 0, 2, 5 } },
    { "loops in loops keep apart", "", PAIR "let v = [2 * x[i] for i in 0:2] dx/dt = [sum(v[i] * v[j] for i in 0:2) for j in 0:2]",
      { 1, 2 }, { 12, 24 } },

    /* functions and layers */
    { "a function",        "def twice(a) = 2 * a", "state x dx/dt = twice(twice(x))", { 3 }, { 12 } },
    { "a function with a block", "def f(a, b = 10) { let c = a + b output y = c * c }", "state x dx/dt = f(x) + f(b = 0, a = x)", { 1 }, { 122 } },
    { "a function of a tensor", "def unit(v) = v / sqrt(sum(v^2))", PAIR "dx/dt = unit(x)", { 3, 4 }, { 0.6, 0.8 } },
    { "pipes",             "def plus(a, b) = a + b", "state x dx/dt = x |> plus(3) |> square", { 1 }, { 16 } },
    { "a layer of one's own", "layer Scale(n, by = 2) { input x[n] param s[n] = by output y = s * x }",
      PAIR "layer a = Scale(2) layer b = Scale(2, by = 3) dx/dt = x |> a |> b", { 1, 2 }, { 6, 12 } },
    { "several outputs",   "layer Two { input x output up = x + 1, down = x - 1 }",
      "state x layer two = Two let r = two(x) dx/dt = r.up * r.down", { 3 }, { 8 } },
    { "axis",              "layer Total { axis n input x[n] output y = sum(x) * n }",
      "state x[3] layer all = Total dx/dt = x * all(x) + all(x[:2])", { 1, 2, 3 }, { 24, 42, 60 } },
    { "an array of layers", "layer Add(n) { input x[n] param a[n] = 1 output y = x + a }",
      PAIR "layer block[3] = Add(2) dx/dt = x |> block", { 1, 2 }, { 4, 5 } },
    { "one of an array",   "layer Add(n) { input x[n] param a[n] = 1 output y = x + a }",
      PAIR "layer block[3] = Add(2) dx/dt = sum(block[i](x) * i for i in 0:3)", { 1, 2 }, { 6, 9 } },
    { "a layer as argument", "layer Add(n) { input x[n] param a[n] = 1 output y = x + a } "
      "layer Twice(body : layer, n) { input x[n] layer inner = body output y = inner(inner(x)) }",
      PAIR "layer l = Twice(Add(2) |> leaky(0.5), 2) dx/dt = l(x)", { 1, -6 }, { 3, -0.75 } },
    { "an odef inside another", "odef Base(k = 2) { state x[2] param a = 3 dx/dt = a * k * x + t }",
      PAIR "layer base = Base(k = 10) dx/dt = base(x, 1) + base(x, t = t)", { 1, 2 }, { 61.25, 121.25 } },
    { "an odef of two states", "odef Base { state p, q dp/dt = q dq/dt = -p }",
      PAIR "layer base = Base let d = base(x[0], x[1]) dx/dt = [d.p, d.q]", { 1, 2 }, { 2, -1 } },
    { "a parameter bound", "odef Base { state x param a = 3 dx/dt = a * x }",
      "state x layer base = Base(a = 7) dx/dt = base(x)", { 2 }, { 14 } },
    { "a bound layer input", "layer Mul { input x, by = 2 output y = x * by }",
      "state x layer m = Mul layer n = Mul(by = 5) dx/dt = m(x) + n(x) + m(x, 3)", { 1 }, { 10 } },
    { "if picks before shapes are checked", "layer L(wide = false) { input x[2] param w[3] = 1 when wide output y = if wide then x + w else x }",
      PAIR "layer l = L dx/dt = l(x)", { 1, 2 }, { 1, 2 } },
    { "when",              "layer L(n, bias = true) { input x[n] param b[n] = 4 when bias output y = if bias then x + b else x }",
      PAIR "layer p = L(2) layer q = L(2, bias = false) dx/dt = p(q(x))", { 1, 2 }, { 5, 6 } },
    { "names that hide the prelude's", "def softmax(x) = 2 * x", "state x dx/dt = softmax(x) + sum(prelude.softmax([x, x]))", { 3 }, { 7 } },

    /* time and inputs */
    { "time",              "", "state x dx/dt = x * t", { 8 }, { 2 } },
    { "another variable",  "", "state x dx/ds = x * s", { 8 }, { 2 } },
    { "inputs",            "", PAIR "input a[2] = [1, 2], b = 3 dx/dt = a * x + b", { 1, 10 }, { 4, 23 } },
    { "several states",    "", "state x[2], v, w dx/dt = v * x dv/dt = w dw/dt = -v + sum(x)", { 1, 2, 3, 4 }, { 3, 6, 4, 0 } },

    /* derivatives */
    { "grad",              "", "state q[2], p[2] let H = sum(p^2) / 2 + q[0]^2 * q[1] dq/dt = grad(H, p) dp/dt = -grad(H, q)",
      { 2, 3, 5, 7 }, { 5, 7, -12, -4 } },
    { "grad of a network", "", "state x[2] param W[3, 2] = [[1, 2], [3, 4], [5, 6]] let y = sum(square(W @ x)) dx/dt = grad(y, x)",
      { 1, -1 }, { 2 * (-1 - 3 - 5), 2 * (-2 - 4 - 6) } },
    { "grad in the time",  "", "state x let y = x * t^2 dx/dt = grad(y, t)", { 8 }, { 4 } },
    { "grad of what does not depend", "", "state x, v dx/dt = grad(v^2, x) + v dv/dt = grad(v^2, v)", { 1, 3 }, { 3, 6 } },
    { "vjp",               "", "state x[2] let v = [x[0] * x[1], x[0]] dx/dt = vjp(v, x, [1, 10])", { 2, 3 }, { 13, 2 } },
    { "jacobian",          "", "state x[2, 2] let v = [sum(x), x[0, 0] * x[1, 1]] dx/dt = jacobian(v, x)[1] + trace(jacobian([x[0, 0]^2], x)[0])",
      { 1, 2, 3, 4 }, { 4 + 2, 2, 2, 1 + 2 } },
    { "trace of a jacobian", "", "state x[2], l let v = [x[0]^2, x[0] * x[1]^2] dx/dt = v dl/dt = -trace(jacobian(v, x))",
      { 2, 3, 0 }, { 4, 18, -16 } },
    { "grad of grad",      "", "state x let y = x^4, g = grad(y, x) dx/dt = grad(g, x)", { 2 }, { 48 } },

    /* what is computed at compile time */
    { "sizes",             "", "state x[4] let n = 2, h = n^2 param w[h, 2 * n] = 1 dx/dt = w @ x", { 1, 2, 3, 4 }, { 10, 10, 10, 10 } },
    { "tables",            "", "state x[3] let m = [i + 1 for i in 0:3], s = sum(m), z = m[1] dx/dt = x * s + zeros(3) + [z // 2 for i in 0:3]",
      { 1, 2, 3 }, { 7, 13, 19 } },
    { "the size of a table is a number", "", "state x[6] let m = [1, 2, 3] param w[sum(m)] = 2 dx/dt = w * x", { 1, 2, 3, 4, 5, 6 }, { 2, 4, 6, 8, 10, 12 } },
    { "tables of tables",  "", PAIR "let a = [[1, 2], [3, 4]], b = a @ a dx/dt = b @ x", { 1, 10 }, { 107, 235 } },
    { "a weight in a branch", "", "state x[2] param W[2, 2] = [[1, 2], [3, 4]], k = 3 let s = sum(x) "
      "dx/dt = if s > 0 then W @ x + sum([k, k]) else -x", { 1, 10 }, { 27, 49 } },
    { "a branch by element", "", "state x[2] param k = 3 dx/dt = if x > 2 then k * x + sum([k, k]) else log(x + 9)", { -8, 10 }, { 0, 36 } },
    { "a branch in a loop", "", "state x[2] dx/dt = [if u > 0 then log(u) else u^2 for u in x]", { 1, -3 }, { 0, 9 } },
    { "branches in branches", "", "state x[2] dx/dt = if x > 0 then (if x > 5 then x + 1 else x) else (if x > -5 then -x else 0 * x)",
      { -8, 10 }, { 0, 11 } },
    { "if on numbers",     "", "state x let n = 3 dx/dt = if n > 2 and true then x else x[7]", { 5 }, { 5 } },
};

static void run_case(const Case *c)
{
    Bench b;
    char *text = NULL;
    cr_assert(asprintf(&text, "%s\nodef Test {\n%s\n}\n", c->before, c->body) > 0);
    bench_open(&b, text);
    const Field *f = bench_field(&b, "Test");
    size_t n = f->states;
    double three[36];
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < f->states; i++) three[k * f->states + i] = c->state[i] + 3.0 * (double)k;
    expect_near(bench_run(&b, f, f->f, 1, c->state, 0.25, NULL), c->want, n, c->name);
    if (f->state.count == 1) expect_near(bench_run(&b, f, f->f, 3, three, 0.25, NULL), c->want, n, c->name);
    bench_close(&b);
    free(text);
}

Test(lang, means)
{
    for (size_t i = 0; i < COUNT(cases); i++) run_case(&cases[i]);
}

/* Every elementwise op is a function of the language, by its name in ops.def. */
Test(lang, elementwise)
{
    Arena arena = { 0 };
    OpValues values = { .arena = &arena };
    for (int op = OP_FIRST_MAP; op < OP_COUNT; op++) {
        const OpInfo *info = op_info((Op)op);
        double a[3] = { 0.3, 0.7, 0.2 };
        bool named = info->kind == OP_KIND_PRIM || info->kind == OP_KIND_MATH || info->kind == OP_KIND_MACRO;
        if (!named || !strcmp(info->name, "max") || !strcmp(info->name, "min")) continue;
        const char *args[] = { "", "x", "x, 0.7", "x, 0.7, 0.2" };
        Bench b;
        char *text = NULL;
        cr_assert(asprintf(&text, "odef Test { state x dx/dt = %s(%s) }", info->name, args[info->narg]) > 0);
        bench_open(&b, text);
        const Field *f = bench_field(&b, "Test");
        double want = op_value(&values, (Op)op, TYPE_F64, a);
        expect_near(bench_run(&b, f, f->f, 1, a, 0, NULL), &want, 1, info->name);
        bench_close(&b);
        free(text);
    }
    arena_free(&arena);
}

/* ---- the prelude --------------------------------------------------------------- */

static const Case prelude[] = {
    { "swish",     "", "state x dx/dt = swish(x)", { 0.5 }, { 0 } },
    { "leaky",     "", PAIR "dx/dt = leaky(x, 0.1)", { 2, -3 }, { 2, -0.3 } },
    { "norm",      "", PAIR "dx/dt = norm(x) * x", { 3, 4 }, { 15, 20 } },
    { "mix",       "", PAIR "dx/dt = mix(x, 10, 0.25)", { 2, 6 }, { 4, 7 } },
    { "mean_pool", "", "state x[2, 2, 2] dx/dt = x + [[[p for i in 0:2] for j in 0:2] for p in mean_pool(x)]",
      { 1, 2, 3, 4, 5, 6, 7, 8 }, { 3.5, 4.5, 5.5, 6.5, 11.5, 12.5, 13.5, 14.5 } },
    { "with_channel", "", "state x[1, 2, 2] let y = with_channel(x, t) dx/dt = x * 0 + y[1:]", { 1, 2, 3, 4 }, { 0.25, 0.25, 0.25, 0.25 } },
    { "LayerNorm", "", VECTOR "layer n = LayerNorm(3, eps = 0) dx/dt = n(x)", { 1, 2, 3 }, { -1.2247448713915890, 0, 1.2247448713915890 } },
    { "GroupNorm", "", "state x[2, 1, 2] layer n = GroupNorm(2, 2, eps = 0) dx/dt = n(x)", { 1, 3, 5, 9 }, { -1, 1, -1, 1 } },
};

Test(lang, prelude_functions)
{
    for (size_t i = 0; i < COUNT(prelude); i++) {
        Case c = prelude[i];
        if (!strcmp(c.name, "swish")) c.want[0] = 0.5 * logistic(0.5);
        run_case(&c);
    }
}

Test(lang, prelude_softmax)
{
    Bench b;
    bench_open(&b, "odef A { state x[3] dx/dt = softmax(x) + logsumexp(x) + log_normal(x) }");
    const Field *f = bench_field(&b, "A");
    double x[3] = { 1, 2, 4 }, want[3], z = exp(1) + exp(2) + exp(4), q = 1 + 4 + 16;
    for (int i = 0; i < 3; i++) want[i] = exp(x[i]) / z + log(z) - 0.5 * (q + 3 * log(2 * acos(-1)));
    expect_near(bench_run(&b, f, f->f, 1, x, 0, NULL), want, 3, "softmax");
    bench_close(&b);
}

/* The prelude is a file like any other, and its definitions, each read when it is asked for,
 * are those of the whole; where they stand is part of what is compared.                    */
Test(lang, prelude_by_parts_is_the_prelude)
{
    Bench b, part;
    Arena shelf = { 0 };
    char *text = file_read(&shelf, "compiler/lang/prelude.node", NULL);
    cr_assert(text);
    bench_open(&b, text);
    bench_open(&part, "");
    const Ast *whole = b.unit->main->ast;
    const File *file = part.unit->prelude;
    cr_assert_gt(whole->defs.count, 20);
    cr_assert_eq(file->ast->defs.count, whole->defs.count);
    Text want = { .arena = &b.arena }, got = want;
    for (size_t i = 0; i < whole->defs.count; i++) {
        const AstDef *is = file->ast->defs.at[i], *was = whole->defs.at[i];
        cr_expect_str_eq(is->name.name, was->name.name);
        cr_expect_eq(is->kind, was->kind, "%s", was->name.name);
        prelude_read(file, i);
        cr_expect(is->at.line == was->at.line && is->at.column == was->at.column && is->at.end_line == was->at.end_line &&
                  is->at.end_column == was->at.end_column, "%s stands elsewhere", was->name.name);
    }
    ast_dump(whole, &want);
    ast_dump(file->ast, &got);
    cr_expect_str_eq(text_string(&got), text_string(&want));
    arena_free(&shelf);
    bench_close(&part);
    bench_close(&b);
}

static const double *weights(Bench *b, const Field *f, const char *name)
{
    for (size_t i = 0; i < f->param.count; i++)
        if (!strcmp(f->param.at[i].name, name)) return bench_param(b, &f->param.at[i]);
    cr_assert_fail("no parameter %s", name);
    return NULL;
}

Test(lang, prelude_linear_and_bilinear)
{
    Bench b;
    bench_open(&b, "odef A { state x[2] layer l = Linear(2, 2) layer m = Bilinear(2, 2, 2) dx/dt = l(x) + m(x, 2 * x) }");
    const Field *f = bench_field(&b, "A");
    double x[2] = { 0.3, -0.8 }, want[2];
    const double *w = weights(&b, f, "l.weight"), *c = weights(&b, f, "l.b");
    const double *v = weights(&b, f, "m.weight"), *d = weights(&b, f, "m.b");
    for (int o = 0; o < 2; o++) {
        want[o] = c[o] + d[o];
        for (int i = 0; i < 2; i++) {
            want[o] += w[2 * o + i] * x[i];
            for (int j = 0; j < 2; j++) want[o] += v[4 * o + 2 * i + j] * x[i] * 2 * x[j];
        }
    }
    expect_near(bench_run(&b, f, f->f, 1, x, 0, NULL), want, 2, "Linear, Bilinear");
    bench_close(&b);
}

Test(lang, prelude_convolution)
{
    enum { SIZE = 5, KERNEL = 3, OUT = 3 };
    Bench b;
    bench_open(&b, "odef A { state x[2, 5, 5] layer c = Conv2d(2, 2, kernel = 3, stride = 2, pad = 1) let y = c(x) dx/dt = x output z = y }");
    const Field *f = bench_field(&b, "A");
    double x[2 * SIZE * SIZE], want[2 * OUT * OUT];
    for (size_t i = 0; i < COUNT(x); i++) x[i] = bench_number("x", i);
    const double *w = weights(&b, f, "c.weight"), *bias = weights(&b, f, "c.b");
    for (int o = 0; o < 2; o++) for (int r = 0; r < OUT; r++) for (int s = 0; s < OUT; s++) {
        double sum = bias[o];
        for (int i = 0; i < 2; i++) for (int u = 0; u < KERNEL; u++) for (int v = 0; v < KERNEL; v++) {
            int row = 2 * r + u - 1, column = 2 * s + v - 1;
            if (row < 0 || column < 0 || row >= SIZE || column >= SIZE) continue;
            sum += w[((o * 2 + i) * KERNEL + u) * KERNEL + v] * x[(i * SIZE + row) * SIZE + column];
        }
        want[(o * OUT + r) * OUT + s] = sum;
    }
    expect_near(bench_run(&b, f, f->observe, 1, x, 0, NULL), want, COUNT(want), "Conv2d");
    cr_expect(f->outputs == 2 * OUT * OUT && bench_count(f->observe, OP_mul) == 0, "a convolution is one con");
    bench_close(&b);
}

Test(lang, prelude_gru)
{
    Bench b;
    bench_open(&b, "odef A { state x[2], s[2] layer g = GRU(2, 2) let y = g(x, s) dx/dt = y ds/dt = y }");
    const Field *f = bench_field(&b, "A");
    double x[4] = { 0.3, -0.8, 0.5, 0.1 }, a[6], c[6], want[2];
    const double *wi = weights(&b, f, "g.w_ih"), *wh = weights(&b, f, "g.w_hh");
    const double *bi = weights(&b, f, "g.b_ih"), *bh = weights(&b, f, "g.b_hh");
    for (int i = 0; i < 6; i++) {
        a[i] = wi[2 * i] * x[0] + wi[2 * i + 1] * x[1] + bi[i];
        c[i] = wh[2 * i] * x[2] + wh[2 * i + 1] * x[3] + bh[i];
    }
    for (int i = 0; i < 2; i++) {
        double r = logistic(a[i] + c[i]), z = logistic(a[2 + i] + c[2 + i]), n = tanh(a[4 + i] + r * c[4 + i]);
        want[i] = (1 - z) * n + z * x[2 + i];
    }
    expect_near(bench_run(&b, f, f->f, 1, x, 0, NULL), want, 2, "GRU");
    bench_close(&b);
}

/* ---- one con ----------------------------------------------------------------------- */

static const struct { const char *body; size_t cons, others; } shapes[] = {
    { "state x[3] param w[3, 3] dx/dt = [sum(w[o, i] * x[i] for i in 0:3) for o in 0:3]", 1, 0 },
    { "state x[3] param w[3, 3] dx/dt = w @ x", 1, 0 },
    { "state x[4] param w[3] let xp = border(x, [1]) dx/dt = [sum(w[u] * xp[i + u] for u in 0:3) for i in 0:4]", 1, 0 },
    { "state x[3] param w[3, 3, 3] dx/dt = [sum(w[o, i, j] * x[i] * x[j] for i in 0:3, j in 0:3) for o in 0:3]", 1, 0 },
    { "state x[2, 3] dx/dt = [[x[1 - i, 2 - j] for j in 0:3] for i in 0:2]", 1, 0 },
    { "state x[3, 3] dx/dt = transpose(x)[:, :]", 1, 0 },
    { "state x[3] dx/dt = [u for u in x]", 0, 0 },
    { "state x[3] dx/dt = tanh([tanh(u) for u in x])", 0, 2 },
};

Test(lang, comprehensions_are_one_con)
{
    for (size_t i = 0; i < COUNT(shapes); i++) {
        Bench b;
        char *text = NULL;
        cr_assert(asprintf(&text, "odef Test { %s }", shapes[i].body) > 0);
        bench_open(&b, text);
        const Fn *fn = bench_field(&b, "Test")->f;
        size_t cons = bench_count(fn, OP_CON), all = fn->node.count - 1 - fn->symbol.count;
        cr_expect(cons == shapes[i].cons && all - cons == shapes[i].others, "%s: %zu cons, %zu others",
                  shapes[i].body, cons, all - cons);
        bench_close(&b);
        free(text);
    }
}

/* ---- tables ------------------------------------------------------------------------- */

static const char two_layers[] =
    "layer Pair(n) { input x[n] layer a = Linear(n, n), b as \"second\" = Linear(n, n, bias = false) output y = x |> a |> b }\n"
    "odef A(n = 2, w = 3) {\n"
    "    state x[n], s\n"
    "    param free : positive as \"Free\" = 2, k[n] ~ normal(1, 0.5)\n"
    "    layer seq = Linear(n, w) |> tanh |> Linear(w, n), block[2] = Pair(n), one = Pair(n)\n"
    "    dx/dt = x |> seq |> block |> one\n"
    "    ds/dt = free * s + sum(k)\n"
    "}\n";

Test(lang, parameters)
{
    static const struct { const char *name, *file; uint32_t count; InitKind init; double lo, hi; } want[] = {
        { "free", "Free", 1, INIT_TENSOR, 0, 0 },
        { "k", "k", 2, INIT_NORMAL, 1, 0.5 },
        { "seq.0.weight", "seq.0.weight", 6, INIT_UNIFORM, -0.70710678118654752, 0.70710678118654752 },
        { "seq.0.b", "seq.0.bias", 3, INIT_UNIFORM, -0.70710678118654752, 0.70710678118654752 },
        { "seq.2.weight", "seq.2.weight", 6, INIT_UNIFORM, -0.57735026918962576, 0.57735026918962576 },
        { "seq.2.b", "seq.2.bias", 2, INIT_UNIFORM, -0.57735026918962576, 0.57735026918962576 },
        { "block.0.a.weight", "block.0.a.weight", 4, INIT_UNIFORM, -0.70710678118654752, 0.70710678118654752 },
        { "block.0.a.b", "block.0.a.bias", 2, INIT_UNIFORM, -0.70710678118654752, 0.70710678118654752 },
        { "block.0.b.weight", "block.0.second.weight", 4, INIT_UNIFORM, -0.70710678118654752, 0.70710678118654752 },
        { "block.1.a.weight", "block.1.a.weight", 4, INIT_UNIFORM, -0.70710678118654752, 0.70710678118654752 },
        { "block.1.a.b", "block.1.a.bias", 2, INIT_UNIFORM, -0.70710678118654752, 0.70710678118654752 },
        { "block.1.b.weight", "block.1.second.weight", 4, INIT_UNIFORM, -0.70710678118654752, 0.70710678118654752 },
        { "one.a.weight", "one.a.weight", 4, INIT_UNIFORM, -0.70710678118654752, 0.70710678118654752 },
        { "one.a.b", "one.a.bias", 2, INIT_UNIFORM, -0.70710678118654752, 0.70710678118654752 },
        { "one.b.weight", "one.second.weight", 4, INIT_UNIFORM, -0.70710678118654752, 0.70710678118654752 },
    };
    Bench b;
    bench_open(&b, two_layers);
    const Field *f = bench_field(&b, "A");
    uint32_t offset = 0;
    cr_assert_eq(f->param.count, COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        const FieldParam *p = &f->param.at[i];
        cr_expect_str_eq(p->name, want[i].name);
        cr_expect_str_eq(p->file_name, want[i].file);
        cr_expect(p->count == want[i].count && p->offset == offset && p->init == want[i].init, "%s", p->name);
        cr_expect(fabs(p->lo - want[i].lo) < 1e-15 && fabs(p->hi - want[i].hi) < 1e-15, "%s", p->name);
        cr_expect(p->positive == (i == 0));
        offset += p->count;
    }
    cr_expect_eq(f->params, offset);
    bench_close(&b);
}

Test(lang, field_tables)
{
    Bench b;
    bench_open(&b, "odef A(n = 2, w : int = 3, deep = true) { state x[n, 2], s = 4, u[2] = [1, n] param p[2] = n\n"
                   "    input a, c[2] = 7 let q = a * p\n"
                   "    dx/dtau = x * tau   # a remark\n"
                   "    ds/dtau = sum(c) *\n        a\n    du/dtau = u\n"
                   "    output total = sum(x), half[2] = q / 2 }");
    const Field *f = bench_field(&b, "A(3, deep = false)");
    cr_expect_str_eq(f->name, "A");
    cr_expect_str_eq(f->instance, "A(n = 3, w = 3, deep = false)");
    cr_expect_str_eq(f->time, "tau");
    cr_expect_str_eq(f->equations, "dx/dtau = x * tau\nds/dtau = sum(c) *\n        a\ndu/dtau = u");
    cr_expect(f->uses_time);
    cr_assert_eq(f->state.count, 3);
    cr_expect(f->states == 9 && f->state.at[1].offset == 6 && f->state.at[2].offset == 7);
    cr_expect(f->state.at[0].given && !f->state.at[1].given && !f->state.at[2].given);
    cr_assert_eq(f->input.count, 2);
    cr_expect(!f->input.at[0].has_default && f->input.at[1].has_default && f->input.at[1].tensor[1] == 7);
    cr_assert_eq(f->output.count, 2);
    cr_expect(f->outputs == 3 && f->output.at[1].offset == 1 && f->output.at[1].shape.rank == 1);
    double state[9] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, input[3] = { 10, 1, 2 };
    double want_f[9] = { 0.5, 1, 1.5, 2, 2.5, 3, 30, 8, 9 }, want_start[3] = { 4, 1, 3 }, want_observe[3] = { 21, 15, 15 };
    expect_near(bench_run(&b, f, f->f, 1, state, 0.5, input), want_f, 9, "f");
    expect_near(bench_run(&b, f, f->start, 1, state, 0.5, input), want_start, 3, "start");
    expect_near(bench_run(&b, f, f->observe, 1, state, 0.5, input), want_observe, 3, "observe");
    cr_expect_str_eq(f->f->root.at[0].name, "dx");
    cr_expect_str_eq(f->start->root.at[0].name, "s");
    bench_close(&b);
}

Test(lang, bindings)
{
    Bench b;
    bench_open(&b, "odef A { state x[2], s = 1 param a = 3, k = 2 input u = 1 dx/dt = a * k * u * x ds/dt = s }");
    const Field *f = bench_field(&b, "A(a = 5, x = [1, 2], u = 10, s = 7)");
    double state[3] = { 1, 2, 3 }, want[3] = { 100, 200, 3 }, start[3] = { 1, 2, 7 };
    cr_expect(f->params == 1 && !strcmp(f->param.at[0].name, "k") && f->inputs == 0);
    cr_expect(!f->state.at[0].given && !f->state.at[1].given);
    expect_near(bench_run(&b, f, f->f, 1, state, 0, NULL), want, 3, "bound");
    expect_near(bench_run(&b, f, f->start, 1, state, 0, NULL), start, 3, "bound start");
    bench_close(&b);
}

Test(lang, one_field_for_one_text)
{
    Bench b;
    bench_open(&b, two_layers);
    cr_expect_eq(bench_field(&b, "A"), bench_field(&b, "A(2, w = 3)"));
    cr_expect_neq(bench_field(&b, "A"), bench_field(&b, "A(w = 4)"));
    bench_close(&b);
}

/* Where a node came from: the layer and the line. */
Test(lang, places)
{
    Bench b;
    bench_open(&b, two_layers);
    const Fn *fn = bench_field(&b, "A")->f;
    size_t tanh_nodes = 0;
    for (size_t i = 1; i < fn->node.count; i++) {
        if (fn->node.at[i].op != OP_tanh) continue;
        const Place *place = &fn->place.at[fn->node.at[i].loc];
        tanh_nodes++;
        cr_expect(place->label && !strcmp(place->label, "seq.1"), "%s", place->label ? place->label : "nowhere");
        cr_expect_eq(place->at.line, 6);
    }
    cr_expect_eq(tanh_nodes, 1);
    bench_close(&b);
}

/* D15: an untaken branch sends no gradient back, so what it reads must be harmless. */
Test(lang, branches_are_gated)
{
    Bench b;
    bench_open(&b, "odef A { state x dx/dt = if x > 0 then log(x) else expm1(x) }");
    const Field *f = bench_field(&b, "A");
    for (int k = 0; k < 2; k++) {
        double x = k ? -2 : 3, want = k ? expm1(-2) : log(3);
        expect_near(bench_run(&b, f, f->f, 1, &x, 0, NULL), &want, 1, "gated");
    }
    for (size_t i = 1; i < f->f->node.count; i++) {
        const Node *n = &f->f->node.at[i];
        if (n->op == OP_log || n->op == OP_expm1) cr_expect_eq(f->f->node.at[n->arg[0]].op, OP_select);
    }
    bench_close(&b);
}

/* ... nor by way of inf: at 1000 the untaken branch overflows. */
Test(lang, branches_send_nothing_back)
{
    Bench b;
    bench_open(&b, "odef A { state x[2] let y = sum(if x > 0 then x else expm1(x)) dx/dt = grad(y, x) }");
    const Field *f = bench_field(&b, "A");
    double x[2] = { 1000, -1 }, want[2] = { 1, exp(-1) };
    expect_near(bench_run(&b, f, f->f, 1, x, 0, NULL), want, 2, "gated gradient");
    bench_close(&b);
}

Test(lang, single_precision)
{
    Bench b;
    bench_open(&b, two_layers);
    const Field *f = unit_field(b.unit, "A", TYPE_F32, &b.diags);
    cr_assert(f && f->f->real == TYPE_F32);
    bench_sound(&b, f);
    bench_close(&b);
}
