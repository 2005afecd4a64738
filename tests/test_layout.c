/* test_layout.c: which way values lie in memory. */
#include "tile/tile_in.h"

#include <criterion/criterion.h>
#include <string.h>

static Arena arena;
static Names names;

static void begin(void) { names = (Names){ .arena = &arena }; }
static void end(void) { arena_free(&arena); }

TestSuite(layout, .init = begin, .fini = end);

static Layouts *voted(const char *text)
{
    Diags diags = { .arena = &arena };
    Source source = { .path = "case", .text = text, .length = strlen(text) };
    Fn *fn = ir_parse(&arena, &names, &source, &diags);
    cr_assert(fn && !diags.errors, "%s", diags.list.count ? diags.list.at[0].text : "no function");
    Layouts *l = layouts_new(&arena);
    layouts_vote(l, fn);
    return l;
}

static Shape shape(unsigned rank, uint32_t a, uint32_t b, uint32_t c)
{
    return (Shape){ .rank = (uint8_t)rank, .dim = { a, b, c } };
}

static void expect(const Layouts *l, Shape s, unsigned vector, uint32_t s0, uint32_t s1, uint32_t s2, uint32_t count)
{
    Layout at = layout_of(l, s);
    const uint32_t step[] = { s0, s1, s2 };
    cr_expect_eq(at.vector, vector, "%u x %u x %u: vectors along %u", s.dim[0], s.dim[1], s.dim[2], at.vector);
    cr_expect_eq(at.count, count, "%u x %u x %u: %u reals", s.dim[0], s.dim[1], s.dim[2], at.count);
    for (unsigned d = 0; d < s.rank; d++) cr_expect_eq(at.step[d], step[d], "step %u is %u", d, at.step[d]);
}

/* Images of 20 channels and 32x32 pixels: windows slide along the longest dimensions. */
Test(layout, windows_do_not_slide_along_vectors)
{
    Layouts *l = voted("fn f(state x: f64[B 20 32 32], param w: f64[40 20 3 3]) : f64 {"
                       "  %1 = con [B o y x | c i j] x[B c y+i-1 x+j-1] * w[o c i j] : f64[B 40 32 32]  result r = %1 }");
    expect(l, shape(3, 20, 32, 32), 0, 1, 1024, 32, 32768);
    expect(l, shape(3, 40, 32, 32), 0, 1, 1536, 48, 49152);
    expect(l, shape(3, 10, 32, 32), 1, 1024, 1, 32, 10240);       /* nobody slides there */
}

Test(layout, an_image_without_channels_lies_as_its_rows)
{
    Layouts *l = voted("fn f(state x: f64[B 1 28 28], param w: f64[40 1 3 3]) : f64 {"
                       "  %1 = con [B o y x | i j] x[B 0 y+i x+j] * w[o 0 i j] : f64[B 40 26 26]  result r = %1 }");
    expect(l, shape(3, 1, 28, 28), 2, 896, 32, 1, 896);
}

/* 6c + x tells its axes apart: a reshape, no window. */
Test(layout, a_flattened_value_is_not_slid_along)
{
    Layouts *l = voted("fn f(state x: f64[B 4 6], param w: f64[3 24]) : f64 {"
                       "  %1 = con [B o | c x] x[B c x] * w[o 6*c+x] : f64[B 3]  result r = %1 }");
    expect(l, shape(2, 4, 6, 0), 1, 16, 1, 0, 64);
}

Test(layout, numbers_have_a_vector_of_their_own)
{
    expect(layouts_new(&arena), shape(0, 0, 0, 0), 0, 0, 0, 0, LANES);
    expect(layouts_new(&arena), shape(1, 17, 0, 0), 0, 1, 0, 0, 32);
}

Test(layout, places_are_aligned_and_apart)
{
    Memory m = { 0 };
    Home a = memory_fixed(&m, 5), b = memory_fixed(&m, 16);
    cr_expect(a.at == 0 && b.at == 16 && m.fixed == 32);
    Home c = memory_values(&m, 1024), d = memory_values(&m, 2304), e = memory_values(&m, 3);
    cr_expect_eq(c.pitch, 1040, "samples 4096 bytes apart");
    cr_expect(d.pitch == 2304 && d.at == 1040 && e.pitch == 16 && e.at == 3344 && m.values == 3360);
}
