/* test_origin.c: a loop statement knows what of the model it computes.
 *
 * Small models go all the way down; then somewhere there must be statements of this
 * layer, this op and this line, on the way forwards and on the way back.              */
#include "lang.h"
#include "lower/lower.h"
#include "tile/tile.h"

typedef struct Wanted { const char *layer, *op; int line; bool back; } Wanted;

static const LowerOptions *options(GradientKind gradient)
{
    static LowerOptions o;
    o = (LowerOptions){ .real = TYPE_F32, .solver = solver_by_name("euler"), .gradient = gradient, .h_max = 0.5,
                        .optimizer = "adam", .loss = "mse" };
    return &o;
}

static bool same_text(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static bool computes(const Program *p, const Wanted *w)
{
    for (size_t i = 1; i < p->stm.count; i++) {
        const Origin *o = &p->origin.at[p->stm.at[i].origin];
        if (same_text(o->layer, w->layer) && same_text(o->op, w->op) && o->back == w->back
            && (o->at.source ? o->at.line : 0) == w->line) return true;
    }
    return false;
}

static void expect_origins(const Program *p, const Wanted *wanted, size_t n)
{
    for (size_t i = 1; i < p->stm.count; i++) cr_assert(p->stm.at[i].origin < p->origin.count);
    for (size_t i = 0; i < n; i++)
        cr_expect(computes(p, &wanted[i]), "nothing is %s %s of line %d%s", wanted[i].layer ? wanted[i].layer : "-",
                  wanted[i].op, wanted[i].line, wanted[i].back ? ", backwards" : "");
}

Test(origin, of_fields)
{
    static const char text[] =
        "nodec 1\n"
        "odef F(n = 2) {\n"
        "    state x[n]\n"
        "    layer lin1 = Linear(n, 8)\n"
        "    layer lin2 = Linear(8, n)\n"
        "    let   y = x |> lin1 |> tanh |> elu\n"
        "    dx/dt = sin(t) * lin2(y)\n"
        "}\n";
    static const Wanted wanted[] = {
        { "lin1", "con", 6, false }, { "lin1", "con", 6, true },  { "lin2", "con", 7, false },
        { "lin2", "con", 7, true },  { NULL, "tanh", 6, false },  { NULL, "elu", 6, false },
        { NULL, "sin", 7, false },
        { NULL, "update", 0, false }, { NULL, "loss", 0, false }, { NULL, "F.solve_batch", 0, false },
    };
    static const GradientKind kind[] = { GRADIENT_ADJOINT, GRADIENT_DISCRETE };
    for (size_t g = 0; g < COUNT(kind); g++) {
        Bench b;
        bench_open(&b, text);
        const Field *f = unit_field(b.unit, "F", TYPE_F32, &b.diags);
        const Lowered *low = lower_field(&b.arena, &b.names, f, options(kind[g]));
        expect_origins(low->program, wanted, COUNT(wanted));
        bench_close(&b);
    }
}

Test(origin, of_models)
{
    static const char text[] =
        "nodec 1\n"
        "odef F(dim) {\n"
        "    state x[dim, 4, 4]\n"
        "    layer conv = Conv2d(dim, dim, kernel = 3, pad = 1)\n"
        "    layer norm = BatchNorm2d(dim)\n"
        "    dx/dt = x |> conv |> relu |> norm\n"
        "}\n"
        "layer Block(dim) {\n"
        "    input  x[dim, 4, 4]\n"
        "    layer  func = F(dim)\n"
        "    output y    = solve(func, x, 0 .. 1)\n"
        "}\n"
        "model M {\n"
        "    input  image[4, 4], label : int(3)\n"
        "    layer  first = Conv2d(1, 16, kernel = 3, pad = 1)\n"
        "    layer  body  = Block(16)\n"
        "    layer  fc    = Linear(16, 3)\n"
        "    output logits[3] = [image] |> first |> body |> mean_pool |> fc\n"
        "    loss   ce = cross_entropy(logits, label)\n"
        "}\n";
    static const Wanted wanted[] = {
        { "first", "con", 18, false },          { "first", "con", 18, true },
        { "body.func.conv", "con", 6, false },  { "body.func.conv", "con", 6, true },
        { "body.func.norm", "con", 6, false },  { "fc", "con", 18, false },
        { "fc", "con", 18, true },              { NULL, "update", 0, false },
    };
    Bench b;
    bench_open(&b, text);
    const Model *m = unit_model(b.unit, "M", TYPE_F32, &b.diags);
    cr_assert(m && !b.diags.errors, "%s", bench_messages(&b));
    const LoweredModel *low = lower_model(&b.arena, &b.names, m, options(GRADIENT_ADJOINT));
    expect_origins(low->program, wanted, COUNT(wanted));
    bench_close(&b);
}

/* A kernel that several layers share belongs to whoever calls it. */
Test(origin, kernels_are_their_callers)
{
    static const char text[] =
        "nodec 1\n"
        "model M {\n"
        "    input  a[64], b[64], label : int(3)\n"
        "    layer  one = Linear(64, 64), two = Linear(64, 64), fc = Linear(64, 3)\n"
        "    output y[3] = a |> one |> two |> fc\n"
        "    loss   ce = cross_entropy(y, label)\n"
        "}\n";
    Bench b;
    bench_open(&b, text);
    const Model *m = unit_model(b.unit, "M", TYPE_F32, &b.diags);
    cr_assert(m && !b.diags.errors, "%s", bench_messages(&b));
    const Program *p = lower_model(&b.arena, &b.names, m, options(GRADIENT_ADJOINT))->program;
    size_t kernels = 0;
    for (size_t f = 0; f < p->fn.count; f++) {
        if (strncmp(p->fn.at[f]->name, "kernel", 6)) continue;
        kernels++;
        for (Stm s = p->fn.at[f]->body; s; s = p->stm.at[s].next)
            cr_expect_eq(p->stm.at[s].origin, 0, "%s has an origin of its own", p->fn.at[f]->name);
    }
    cr_expect(kernels > 0);
    bench_close(&b);
}
