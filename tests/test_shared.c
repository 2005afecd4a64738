/* test_shared.c: what is the same for all samples, against the evaluator: weights and
 * their copies, the step's own values, what hangs on sums over samples, buffers, and
 * gradients added up over two steps.                                                 */
#include "pass/pass.h"
#include "tile/tile_in.h"
#include "tile.h"

static const struct Case { const char *name, *text; } cases[] = {
    { "weights", "fn f(state x: f64[B 20], param W: f64[7 20], param b: f64[7], param k: f64[]) : f64 {"
      "  %1 = tanh W : f64[7 20]                    %2 = con [i | j] %1[i j] * W[i j] : f64[7]"
      "  %3 = con [i |] k[] : f64[7]                %4 = fma %2 %3 b : f64[7]"
      "  %5 = con [B i | j] x[B j] * %1[i j] : f64[B 7]  %6 = con [B i |] %4[i] : f64[B 7]"
      "  %7 = add %5 %6 : f64[B 7]                  result y = %7 }" },
    { "matrices", "fn f(state x: f64[B 5], param V: f64[9 5], param W: f64[9 6]) : f64 {"
      "  %1 = con [i j | k] V[k i] * W[k j] : f64[5 6]  %2 = con [i j |] %1[j i] : f64[6 5]"
      "  %3 = con [i | j] %2[i j] : f64[6]              %4 = con [i j |] %3[i] : f64[6 5]"
      "  %5 = add %2 %4 : f64[6 5]                      %6 = con [B i | j] %5[i j] * x[B j] : f64[B 6]"
      "  result y = %6 }" },
    { "padding", "fn f(state x: f64[B 3 6 6], param w: f64[3 3 3], time t: f64[B]) : f64 {"
      "  %1 = con [o y x | i:3 j:3] w[o i j] where y+i-1 in 6, x+j-1 in 6 : f64[3 6 6]"
      "  %2 = con [B o y x |] t[B] * %1[o y x] : f64[B 3 6 6]  %3 = add x %2 : f64[B 3 6 6]"
      "  result y = %3 }" },
    { "peaks and numbers", "fn f(state x: f64[B 4], param w: f64[4 6]) : f64 {"
      "  %1 = peak_max w over 1 : f64[4]           %2 = const [1 2 0 -4] : f64[4]"
      "  %3 = mul %1 %2 : f64[4]                   %4 = con [B i |] %3[i] : f64[B 4]"
      "  %5 = mul x %4 : f64[B 4]                  %6 = con [B i |] %2[i] : f64[B 4]"
      "  %7 = add %5 %6 : f64[B 4]  result y = %7 }" },
    { "statistics", "fn f(state x: f64[B 20 3 3], scalar weight: f64[], buffer mean: f64[20], buffer var: f64[20],"
      "     param scale: f64[20], param shift: f64[20]) : f64 {"
      "  %1 = con [c | B i j] x[B c i j] : f64[20]    %2 = con [c | B i j] x[B c i j] * x[B c i j] : f64[20]"
      "  %3 = con [c |] weight[] : f64[20]            %4 = mul %1 %3 : f64[20]  %5 = mul %2 %3 : f64[20]"
      "  %6 = mul %4 %4 : f64[20]                     %7 = add %5 %6 : f64[20]  %8 = sqrt %7 : f64[20]"
      "  %9 = div scale %8 : f64[20]                  %10 = mul %4 %9 : f64[20] %11 = sub shift %10 : f64[20]"
      "  %12 = con [B c i j |] %9[c] : f64[B 20 3 3]  %13 = con [B c i j |] %11[c] : f64[B 20 3 3]"
      "  %14 = fma x %12 %13 : f64[B 20 3 3]          %15 = add mean %4 : f64[20]"
      "  %16 = mul var %7 : f64[20]"
      "  result y = %14  update mean = %15  update var = %16  result m = %4 }" },
    { "counting", "fn f(state x: f64[B 3], param w: f64[3], time t: f64[B]) : f64 {"
      "  %1 = con [i | B] w[i] * t[B] : f64[3]  %2 = con [| B] t[B] : f64[]   %3 = con [i |] %2[] : f64[3]"
      "  %4 = add %1 %3 : f64[3]                %5 = con [B i |] %4[i] : f64[B 3]  %6 = add x %5 : f64[B 3]"
      "  result y = %6 }" },
    { "gradients", "fn f(state x: f64[B 20 3], cotangent a: f64[B 7 3], param W: f64[7 20], param b: f64[7], param s: f64[]) : f64 {"
      "  %1 = con [o c | B i] a[B o i] * x[B c i] : f64[7 20]  %2 = con [o | B i] a[B o i] : f64[7]"
      "  %3 = con [o c |] s[] : f64[7 20]  %4 = mul %1 %3 : f64[7 20]"
      "  %5 = con [| o c] %1[o c] * W[o c] : f64[]"
      "  sum W = %4  sum b = %2  sum s = %5 }" },
    { "spread over windows", "fn f(state x: f64[B 4 6 6], state s: f64[B], time t: f64[B], param W: f64[4 5 3 3], param V: f64[4 8], param U: f64[4 7]) : f64 {"
      "  %1 = con [o 4 i j | B y x] x[B o y x] where y+i-1 in 6, x+j-1 in 6 : f64[4 5 3 3]"
      "  %2 = con [o y+1 | B x] x[B o y x] * s[B] : f64[4 8]"
      "  %3 = con [o 2*y | B x] x[B o y x] * t[B] where y+o in 5 : f64[4 7]"
      "  %4 = exp %2 : f64[4 8]  %5 = con [| i j] %4[i j] : f64[]  %6 = con [B |] %5[] : f64[B]  %7 = add s %6 : f64[B]"
      "  sum W = %1  sum V = %2  sum U = %3  result r = %4  result y = %7 }" },
    { "factors of the step", "fn f(state x: f64[B 4 6], time t: f64[], step h: f64[], param W: f64[4 6], param V: f64[4], param U: f64[4 8]) : f64 {"
      "  %1 = con [i j | B] x[B i j] : f64[4 6]  %2 = con [i j |] t[] : f64[4 6]  %3 = mul %2 %1 : f64[4 6]"
      "  %4 = con [i | B j] x[B i j] : f64[4]    %5 = con [i |] h[] : f64[4]  %6 = mul V %5 : f64[4]          %7 = fma %4 %6 V : f64[4]"
      "  %8 = con [i j+k | k:3] %3[i j] : f64[4 8]"
      "  sum W = %3  sum V = %7  sum U = %8 }" },
    { "products in part of a parameter", "fn f(state x: f64[B 4 6], cotangent a: f64[B 3 6], param W: f64[3 5]) : f64 {"
      "  %1 = con [o c | B y] a[B o y] * x[B c y] : f64[3 5]  sum W = %1 }" },
    { "gradients of steps", "fn f(state x: f64[B 20 3], cotangent a: f64[B 20 3], time t: f64[B], scalar weight: f64[], param W: f64[20], param b: f64[20]) : f64 {"
      "  %1 = con [c | B i] x[B c i] : f64[20]   %2 = con [c |] weight[] : f64[20]  %3 = mul %1 %2 : f64[20]"
      "  %4 = con [c | B i] a[B c i] : f64[20]   %5 = mul %3 %4 : f64[20]           %6 = exp %5 : f64[20]"
      "  %7 = con [B c i |] %6[c] : f64[B 20 3]  %8 = mul x %7 : f64[B 20 3]"
      "  sum W = %6  sum b = %4  result y = %8 }" },
};

static Fn *fn_of_text(Arena *arena, Names *names, const char *name, const char *text)
{
    Diags diags = { .arena = arena };
    Source source = { .path = name, .text = text, .length = strlen(text) };
    Fn *fn = ir_parse(arena, names, &source, &diags);
    cr_assert(fn && !diags.errors, "%s: %s", name, diags.list.count ? diags.list.at[0].text : "no function");
    return fn;
}

static void run_case(const struct Case *c, size_t batch)
{
    Arena arena = { 0 };
    Names names = { .arena = &arena };
    Fn *fn = fn_of_text(&arena, &names, c->name, c->text);
    tile_check(&arena, &names, pass_finish(&arena, fn), batch, 2, 1e-12);
    arena_free(&arena);
}

Test(shared, agrees_with_the_evaluator)
{
    static const size_t batch[] = { 1, 11, 16 };
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t k = 0; k < COUNT(batch); k++) run_case(&cases[i], batch[k]);
}

Test(shared, samples_are_summed_before_a_result_spreads)
{
    Arena arena = { 0 };
    Names names = { .arena = &arena };
    Text text = { .arena = &arena };
    Fn *fn = fn_of_text(&arena, &names, "f", "fn f(state x: f64[B 4 6 6]) : f64 {"
        "  %1 = con [o 4 i j | B y x] x[B o y x] where y+i-1 in 6, x+j-1 in 6 : f64[4 5 3 3]  result r = %1 }");
    ir_print(tile_gather(&arena, fn), &text);
    cr_expect_str_eq(text_string(&text),
        "fn f(state x: f64[B 4 6 6]) {\n"
        "  %1 = con [i j k | B] x[B i j k] : f64[4 6 6]\n"
        "  %2 = con [i 4 j k | l m] %1[i l m] where j+l-1 in 6, k+m-1 in 6 : f64[4 5 3 3]\n"
        "  result r = %2\n"
        "}\n");
    arena_free(&arena);
}
