/* test_contract.c: sums of products, whatever way they are lowered.
 *
 * A row of a table is a convolution; from it come three contractions (forward, and the
 * gradients of its input and its weights), which the reference machine runs and plain
 * loops check. Matrix products, pools and sums likewise, and boxes drawn by lot. */
#include "contract.h"

#include <math.h>
#include <string.h>

/* ---- convolutions by their definition -------------------------------------------------------- */

typedef struct Tensors { double *x, *w, *y; } Tensors;      /* dense, [n c y x], [o c i j] */

static size_t dense(const Conv *v, bool input, size_t n, size_t c, size_t y, size_t x)
{
    size_t depth = input ? v->in : v->out, size = input ? v->size : conv_out(v);
    return ((n * depth + c) * size + y) * size + x;
}

/* The definition: one of the three from the other two. */
static void conv_by_loops(const Conv *v, Kind kind, Tensors t)
{
    unsigned size = conv_out(v);
    size_t w = 0;
    for (unsigned o = 0; o < v->out; o++)
        for (unsigned c = 0; c < v->in; c++)
            for (unsigned i = 0; i < v->kernel; i++)
                for (unsigned j = 0; j < v->kernel; j++, w++)
                    for (unsigned n = 0; n < v->batch; n++)
                        for (unsigned y = 0; y < size; y++)
                            for (unsigned x = 0; x < size; x++) {
                                unsigned row = y * v->stride + i - v->pad, column = x * v->stride + j - v->pad;
                                if (row >= v->size || column >= v->size) continue;
                                double *in = &t.x[dense(v, true, n, c, row, column)], *out = &t.y[dense(v, false, n, o, y, x)];
                                if (kind == FORWARD) *out += *in * t.w[w];
                                if (kind == DATA) *in += *out * t.w[w];
                                if (kind == WEIGHT) t.w[w] += *in * *out;
                            }
}

/* Where element [n c y x] of the input or output lies in its memory. */
static size_t placed(const Conv *v, bool input, size_t n, size_t c, size_t y, size_t x)
{
    size_t depth = padded(input ? v->in : v->out), size = input ? v->size : conv_out(v);
    return ((n * size + y) * size + x) * depth + c;
}

static void move_pixels(const Conv *v, bool input, double *tensor, double *memory, bool back)
{
    size_t size = input ? v->size : conv_out(v), depth = input ? v->in : v->out;
    for (size_t n = 0; n < v->batch; n++)
        for (size_t c = 0; c < depth; c++)
            for (size_t y = 0; y < size; y++)
                for (size_t x = 0; x < size; x++) {
                    double *a = &tensor[dense(v, input, n, c, y, x)], *b = &memory[placed(v, input, n, c, y, x)];
                    *(back ? a : b) = *(back ? b : a);
                }
}

static void move_weights(const Conv *v, const int64_t *step, double *tensor, double *memory, bool back)
{
    const Contract sizes = { .naxis = AX_COUNT, .extent = { 1, v->out, 1, 1, v->in, v->kernel, v->kernel } };
    size_t w = 0;
    memory += contract_layout_first(&sizes, READ_BY_WEIGHTS, step);
    for (int64_t o = 0; o < v->out; o++)
        for (int64_t c = 0; c < v->in; c++)
            for (int64_t i = 0; i < v->kernel; i++)
                for (int64_t j = 0; j < v->kernel; j++, w++) {
                    double *b = &memory[o * step[AX_O] + c * step[AX_C] + i * step[AX_I] + j * step[AX_J]];
                    *(back ? &tensor[w] : b) = *(back ? b : &tensor[w]);
                }
}

static void check_conv(const Conv *v, Kind kind, bool add)
{
    Lab lab = { 0 };
    lab.names.arena = &lab.arena;
    lab.p = program_new(&lab.arena, &lab.names, TYPE_F64);
    size_t size = conv_out(v), reals[3], count[3] = { v->batch * v->in * v->size * v->size,
                                                      (size_t)v->out * v->in * v->kernel * v->kernel, v->batch * v->out * size * size };
    int64_t weight[MAX_AXES];
    conv_contract(&lab, v, kind, weight, reals);
    lab.c.add = add;

    double *tensor[3], *memory[3];
    unsigned made = parts[kind][2];
    for (unsigned part = X; part <= Y; part++) {
        tensor[part] = NEW_ARRAY(&lab.arena, double, count[part]);
        memory[part] = NEW_ARRAY(&lab.arena, double, reals[part]);
        for (size_t i = 0; i < reals[part]; i++) memory[part][i] = 7e7;
        for (size_t i = 0; i < count[part]; i++) tensor[part][i] = wave(i + 1000 * part);
        if (part == W) move_weights(v, weight, tensor[part], memory[part], false);
        else move_pixels(v, part == X, tensor[part], memory[part], false);
    }
    for (unsigned i = 0; i < 3; i++) lab.memory[i < 2 ? i : OUT] = (Memory){ memory[parts[kind][i]], reals[parts[kind][i]] };
    const char *what = arena_printf(&lab.arena, "%s of %u -> %u, %ux%u, kernel %u, stride %u, pad %u, batch %u%s", kind_name[kind], v->in,
                                    v->out, v->size, v->size, v->kernel, v->stride, v->pad, v->batch, add ? ", added" : "");
    run(&lab, what);

    double *want = arena_copy(&lab.arena, tensor[made], count[made] * sizeof *want);
    if (!add) for (size_t i = 0; i < count[made]; i++) want[i] = 0;
    Tensors t = { made == X ? want : tensor[X], made == W ? want : tensor[W], made == Y ? want : tensor[Y] };
    conv_by_loops(v, kind, t);
    if (made == W) move_weights(v, weight, tensor[made], memory[made], true);
    else move_pixels(v, made == X, tensor[made], memory[made], true);
    for (size_t i = 0; i < count[made]; i++)
        cr_assert(fabs(tensor[made][i] - want[i]) <= 1e-12 * (1 + fabs(want[i])), "%s: element %zu is %.17g and should be %.17g",
                  what, i, tensor[made][i], want[i]);
    close_lab(&lab);
}

Test(contract, convolutions)
{
    static const unsigned kernel[] = { 1, 3, 4, 5 }, size[] = { 6, 7, 13 }, channels[] = { 1, 3, 16, 20 };
    unsigned turn = 0;
    for (unsigned k = 0; k < COUNT(kernel); k++)
        for (unsigned s = 0; s < COUNT(size); s++)
            for (unsigned stride = 1; stride <= 3; stride++)
                for (unsigned pad = 0; pad <= 2; pad++) {
                    Conv v = { turn % 3 ? 1 : 2, channels[turn % 4], channels[turn / 4 % 4], size[s], kernel[k], stride, pad };
                    for (unsigned kind = FORWARD; kind <= WEIGHT; kind++) check_conv(&v, (Kind)kind, turn % 5 == kind);
                    turn++;
                }
}

Test(contract, convolutions_as_wide_as_real_ones)
{
    static const Conv conv[] = { { 2, 64, 64, 6, 3, 1, 1 }, { 1, 16, 64, 13, 4, 2, 1 }, { 1, 64, 16, 7, 3, 1, 1 },
                                 { 5, 1, 64, 26, 3, 1, 0 }, { 1, 3, 20, 26, 5, 2, 2 } };
    for (unsigned i = 0; i < COUNT(conv); i++)
        for (unsigned kind = FORWARD; kind <= WEIGHT; kind++) check_conv(&conv[i], (Kind)kind, false);
}

/* ---- anything --------------------------------------------------------------------------- */

typedef struct Dim { Aff index; uint32_t limit; bool window; } Dim;

typedef struct Access { Dim dim[MAX_RANK]; unsigned rank; size_t reals; int64_t step[MAX_RANK]; } Access;

typedef struct Random { uint64_t state; } Random;

static unsigned below(Random *r, unsigned n)
{
    r->state = r->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(r->state >> 33) % n;
}

static Dim bare(const Contract *c, unsigned a)
{
    return (Dim){ { .k = { 1 }, .ax = { (uint8_t)a }, .n = 1 }, c->extent[a], false };
}

/* An index of one or two axes that need not stay inside. */
static Dim any_window(Random *r, const Contract *c, unsigned a, unsigned b)
{
    int16_t k[] = { (int16_t)(1 + below(r, 3)), (int16_t)(1 + below(r, 2)) };
    if (below(r, 4) == 0) k[1] = (int16_t)-k[1];
    Dim d = { { .c = (int32_t)below(r, 5) - 2, .k = { k[0], k[1] }, .ax = { (uint8_t)a, (uint8_t)b }, .n = 2 }, 0, true };
    int64_t reach = k[0] * ((int64_t)c->extent[a] - 1) + abs(k[1]) * ((int64_t)c->extent[b] - 1);
    d.limit = (uint32_t)(1 + below(r, (unsigned)reach + 2));
    if (below(r, 3) == 0) d.index.n = 1, d.index.k[1] = 0;
    return d;
}

static void lay_out(Access *x, bool padded)
{
    int64_t step = 1;
    for (unsigned d = x->rank; d-- > 0;) {
        x->step[d] = step;
        bool last = d + 1 == x->rank;
        step *= last && padded ? (x->dim[d].limit + LANES - 1) / LANES * LANES : x->dim[d].limit;
    }
    x->reals = (size_t)step + (padded ? 2 * LANES : 0);     /* a window may begin behind the first element */
}

static void place(Lab *lab, Strided *s, const Access *x)
{
    int64_t at = 0;
    for (unsigned d = 0; d < x->rank; d++) {
        at += x->step[d] * x->dim[d].index.c;
        for (unsigned i = 0; i < x->dim[d].index.n; i++) s->step[x->dim[d].index.ax[i]] += x->step[d] * x->dim[d].index.k[i];
    }
    s->at = x_int(lab->p, at);
}

static void add_guard(Contract *c, const Dim *d, bool dimension)
{
    if (dimension) c->dimensions |= 1u << c->nguard;
    c->guard[c->nguard] = d->index;
    c->limit[c->nguard++] = d->limit;
}

static void shuffle(Random *r, unsigned *axis, unsigned n)
{
    for (unsigned i = n; i > 1; i--) {
        unsigned j = below(r, i), keep = axis[i - 1];
        axis[i - 1] = axis[j];
        axis[j] = keep;
    }
}

/* Dimensions out of the axes of a set: most of them bare, some in windows. */
static Access any_access(Random *r, const Contract *c, uint32_t axes, bool out)
{
    Access x = { .rank = 0 };
    unsigned axis[MAX_AXES], n = 0;
    for (unsigned a = 0; a < c->naxis; a++)
        if (axes >> a & 1 && (out || below(r, 3))) axis[n++] = a;
    if (!out || below(r, 2)) shuffle(r, axis, n);
    for (unsigned i = 0; i < n && x.rank < MAX_RANK; i++) {
        bool pair = i + 1 < n && below(r, 4) == 0 && !(c->counted >> axis[i] & 1) && !(c->counted >> axis[i + 1] & 1);
        x.dim[x.rank++] = pair ? any_window(r, c, axis[i], axis[i + 1]) : bare(c, axis[i]);
        i += pair;
    }
    return x;
}

static Contract any_box(Random *r)
{
    static const uint32_t extent[] = { 1, 2, 3, 4, 5, 7, 16, 20, 32, 35 };
    Contract c = { .naxis = 1 + below(r, 5), .nopd = below(r, 8) ? 1 + below(r, 3) : 0, .add = below(r, 2), .padded = below(r, 2) };
    for (unsigned a = 0; a < c.naxis; a++) {
        c.extent[a] = extent[below(r, a ? COUNT(extent) : 5)];
        if (below(r, 2)) c.summed |= 1u << a;
    }
    if (below(r, 3) == 0) c.counted = 1;
    return c;
}

/* Adds the terms from axis a on to `want`. */
static void sum_by_definition(const Lab *lab, const Access *access, int64_t *point, unsigned a, double *want)
{
    const Contract *c = &lab->c;
    if (a < c->naxis) {
        int64_t extent = c->counted >> a & 1 ? lab->count : c->extent[a];
        for (point[a] = 0; point[a] < extent; point[a]++) sum_by_definition(lab, access, point, a + 1, want);
        return;
    }
    double product = 1;
    for (unsigned k = 0; k <= c->nopd; k++) {
        const Access *x = &access[k == c->nopd ? OUT : k];
        int64_t at = 0;
        for (unsigned d = 0; d < x->rank; d++) {
            int64_t index = x->dim[d].index.c;
            for (unsigned i = 0; i < x->dim[d].index.n; i++) index += x->dim[d].index.k[i] * point[x->dim[d].index.ax[i]];
            if (index < 0 || index >= (int64_t)x->dim[d].limit) return;
            at += index * x->step[d];
        }
        if (k < c->nopd) product *= lab->memory[k].at[at];
        else want[at] += product;
    }
}

/* Marks what is in out: counted axes as far as they are counted. */
static void mark_by_definition(const Lab *lab, const Access *x, unsigned d, size_t at, bool *inside)
{
    if (d == x->rank) {
        inside[at] = true;
        return;
    }
    bool counted = !x->dim[d].window && lab->c.counted >> x->dim[d].index.ax[0] & 1;
    for (int64_t i = 0; i < (counted ? lab->count : x->dim[d].limit); i++)
        mark_by_definition(lab, x, d + 1, at + (size_t)(i * x->step[d]), inside);
}

/* Lays the accesses out, fills them, runs the contraction and compares. */
static void check_accesses(Lab *lab, Access *access, size_t seed, const char *what)
{
    Contract *c = &lab->c;
    for (unsigned k = 0; k <= MAX_OPERANDS; k++) {
        if (k < MAX_OPERANDS && k >= c->nopd) continue;
        lay_out(&access[k], c->padded);
        place(lab, k == OUT ? &c->out : &c->in[k], &access[k]);
        for (unsigned d = 0; d < access[k].rank; d++)
            if (access[k].dim[d].window) add_guard(c, &access[k].dim[d], k == OUT);
        lab->memory[k] = (Memory){ NEW_ARRAY(&lab->arena, double, access[k].reals), access[k].reals };
        for (size_t i = 0; i < access[k].reals; i++) lab->memory[k].at[i] = wave(i + 100 * k + seed);
    }
    Memory out = lab->memory[OUT];
    double *want = arena_copy(&lab->arena, out.at, out.reals * sizeof *want);
    bool *inside = NEW_ARRAY(&lab->arena, bool, out.reals);
    int64_t point[MAX_AXES] = { 0 };
    mark_by_definition(lab, &access[OUT], 0, 0, inside);
    for (size_t i = 0; i < out.reals && !c->add; i++)
        if (inside[i]) want[i] = 0;
    sum_by_definition(lab, access, point, 0, want);
    run(lab, what);
    for (size_t i = 0; i < out.reals; i++)
        if (inside[i] || !c->padded)
            cr_assert(fabs(out.at[i] - want[i]) <= 1e-12 * (1 + fabs(want[i])), "%s: element %zu is %.17g and should be %.17g",
                      what, i, out.at[i], want[i]);
}

static void check_random(unsigned seed)
{
    Random r = { seed };
    Lab lab = { .c = any_box(&r) };
    Contract *c = &lab.c;
    Access access[MAX_OPERANDS + 1] = { 0 };
    uint32_t all = (1u << c->naxis) - 1;
    lab.names.arena = &lab.arena;
    lab.p = program_new(&lab.arena, &lab.names, TYPE_F64);
    for (unsigned k = 0; k < c->nopd; k++) access[k] = any_access(&r, c, all, false);
    access[OUT] = any_access(&r, c, all & ~c->summed, true);
    lab.count = c->counted ? 1 + below(&r, c->extent[0]) : 0;
    check_accesses(&lab, access, seed, arena_printf(&lab.arena, "seed %u", seed));
    close_lab(&lab);
}

Test(contract, anything)
{
    for (unsigned seed = 1; seed <= 1500; seed++) check_random(seed);
}

/* ---- products without windows ------------------------------------------------------------- */

typedef struct Product {
    const char *text;               /* "nk,ko->no": axes by letters, the first one counted if it is n */
    uint32_t    extent[6];          /* in the order of the letters' first use       */
    bool        padded;
} Product;

static unsigned axis_called(char letter, char *letters, unsigned *count)
{
    for (unsigned a = 0; a < *count; a++)
        if (letters[a] == letter) return a;
    letters[*count] = letter;
    return (*count)++;
}

static void check_product(const Product *row, int64_t count, bool add)
{
    Lab lab = { .c = { .padded = row->padded, .add = add }, .count = count };
    Contract *c = &lab.c;
    Access access[MAX_OPERANDS + 1] = { 0 };
    char letters[MAX_AXES];
    unsigned k = 0;
    lab.names.arena = &lab.arena;
    lab.p = program_new(&lab.arena, &lab.names, TYPE_F64);
    c->nopd = 1;
    for (const char *at = row->text; *at; at++) {
        if (*at == ',') k = c->nopd++;
        if (*at == '>') k = OUT;
        if (*at < 'a') continue;
        unsigned a = axis_called(*at, letters, &c->naxis);
        c->extent[a] = row->extent[a];
        if (*at == 'n') c->counted = 1u << a;
        access[k].dim[access[k].rank++] = bare(c, a);
    }
    c->summed = (1u << c->naxis) - 1;
    for (unsigned d = 0; d < access[OUT].rank; d++) c->summed &= ~(1u << access[OUT].dim[d].index.ax[0]);
    check_accesses(&lab, access, 1, row->text);
    close_lab(&lab);
}

Test(contract, products)
{
    static const Product product[] = {
        { "nk,ko->no", { 23, 37, 30 }, true },      /* dense layers, and their gradients */
        { "nk,ko->no", { 23, 20, 30 }, false },
        { "nk,ok->no", { 23, 37, 10 }, false },
        { "no,ok->nk", { 23, 30, 37 }, true },
        { "nk,no->ko", { 23, 37, 30 }, true },
        { "nk,no->ok", { 23, 20, 48 }, true },
        { "pnk,pko->pno", { 3, 9, 16, 48 }, true }, /* many at once                 */
        { "nyxc,nyxc->c", { 5, 6, 6, 20 }, true },  /* sums per channel             */
        { "nyxc->c", { 5, 6, 6, 64 }, true },
        { "yxc->", { 6, 5, 20 }, false },           /* sums of everything           */
        { "yxc,yxc->", { 6, 5, 33 }, false },
        { "nc,nc->n", { 9, 50 }, false },
        { "nc,nc,c->n", { 9, 50 }, false },
        { "yc,yc,c->yc", { 7, 20 }, true },
    };
    for (unsigned i = 0; i < COUNT(product); i++)
        for (int64_t count = 0; count <= 9; count += 3)
            if (count <= (int64_t)product[i].extent[0] && (count || strchr(product[i].text, 'n'))) check_product(&product[i], count, count == 3);
}

/* Depthwise convolution, mean pooling and the gradient of either: a window per channel. */
Test(contract, windows_per_channel)
{
    for (unsigned stride = 1; stride <= 3; stride++)
        for (unsigned weighted = 0; weighted < 2; weighted++)
            for (unsigned back = 0; back < 2; back++) {
                enum { Y_, X_, C_, I_, J_ };
                Lab lab = { .c = { .naxis = 5, .extent = { 7, 7, 20, 3, 3 }, .nopd = 1 + weighted, .padded = true } };
                Contract *c = &lab.c;
                lab.names.arena = &lab.arena;
                lab.p = program_new(&lab.arena, &lab.names, TYPE_F64);
                int16_t s = (int16_t)stride;
                Access small = { .rank = 3, .dim = { bare(c, Y_), bare(c, X_), bare(c, C_) } };
                Access large = { .rank = 3, .dim = { { { .c = -1, .k = { s, 1 }, .ax = { Y_, I_ }, .n = 2 }, 6 * stride + 1, true },
                                                     { { .c = -1, .k = { s, 1 }, .ax = { X_, J_ }, .n = 2 }, 6 * stride + 1, true }, bare(c, C_) } };
                Access weight = { .rank = 3, .dim = { bare(c, I_), bare(c, J_), bare(c, C_) } };
                Access access[MAX_OPERANDS + 1] = { back ? small : large, weight, { .rank = 0 }, back ? large : small };
                c->summed = 1 << I_ | 1 << J_;
                check_accesses(&lab, access, stride, arena_printf(&lab.arena, "stride %u%s%s", stride, weighted ? ", weights" : "", back ? ", back" : ""));
                close_lab(&lab);
            }
}
