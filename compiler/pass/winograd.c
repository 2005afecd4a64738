/* winograd.c: a convolution of three taps as products in a transformed domain.
 *
 * In: a function, and the relative error its contractions may have.  Out: the same
 * function, in which every
 *
 *     out[n o y x] = sum X[n c y+i+a x+j+b] * W[o c i j]        i, j in 0 .. 3
 *
 * worth it has become, tile by tile of m x m outputs (Winograd 1980; Lavin and Gray
 * 2016; matrices by Toom and Cook),
 *
 *     V = B X B'      U = G W G'      M[k l] = sum over c of V[k l c] * U[k l o c]
 *     out = A M A'
 *
 * (m+2)^2 products where there were up to 9 m^2. All of it is con, so gradients, the
 * sharing of V between a convolution and its weight's gradient, and the gathering of
 * U's gradient along a solve need nothing of their own. Only indices are looked at:
 * whatever has this form is rewritten, and U must depend on weights alone, so that it
 * is made once.                                                                    */
#include "pass/pass.h"
#include "pass/rewrite.h"

#include <math.h>
#include <string.h>

enum { TAPS = 3, MOST_TILE = 6, MOST_POINTS = MOST_TILE + TAPS - 1, LEAST_CHANNELS = 32 };

typedef struct Tile {
    unsigned m;                     /* outputs per tile and dimension              */
    double   error;                 /* relative to the largest output, measured on 64 channels */
    double   point[MOST_POINTS];    /* m+1 of them, and infinity                   */
} Tile;

static const Tile tilings[] = {
    { 2, 5e-7, { 0, 1, -1 } },
    { 3, 3e-6, { 0, 1, -1, 2 } },
    { 6, 1e-5, { 0, 1, -1, 2, -2, 0.5, -0.5 } },
};

/* ---- matrices -------------------------------------------------------------------- */

typedef struct Matrices { double a[MOST_TILE * MOST_POINTS], b[MOST_POINTS * MOST_POINTS], g[MOST_POINTS * TAPS]; } Matrices;

/* Coefficients of the product of (x - point) over all points but `left_out`. */
static void polynomial(const Tile *t, unsigned left_out, double *out)
{
    unsigned degree = 0;
    out[0] = 1;
    for (unsigned l = 0; l <= t->m; l++) {
        if (l == left_out) continue;
        out[degree + 1] = out[degree];
        for (unsigned i = degree; i > 0; i--) out[i] = out[i - 1] - t->point[l] * out[i];
        out[0] *= -t->point[l];
        degree++;
    }
}

static Matrices matrices_of(const Tile *t)
{
    Matrices s = { { 0 }, { 0 }, { 0 } };
    unsigned m = t->m, n = m + TAPS - 1;
    for (unsigned k = 0; k < n - 1; k++) {
        double scale = 1;
        for (unsigned l = 0; l < n - 1; l++)
            if (l != k) scale *= t->point[k] - t->point[l];
        for (unsigned i = 0; i < m; i++) s.a[i * n + k] = pow(t->point[k], i);
        for (unsigned j = 0; j < TAPS; j++) s.g[k * TAPS + j] = pow(t->point[k], j) / scale;
        polynomial(t, k, s.b + k * n);
    }
    s.a[(m - 1) * n + n - 1] = 1;
    s.g[(n - 1) * TAPS + TAPS - 1] = 1;
    polynomial(t, n, s.b + (n - 1) * n);
    return s;
}

/* ---- what can be rewritten -------------------------------------------------------- */

typedef struct Form {               /* the axes of a con by their part in it           */
    const Con *con;
    unsigned   x, w;                /* which operand is which                          */
    unsigned   n, o, c;             /* axes                                            */
    unsigned   kept[2], tap[2];     /* y x, i j: in the order in which out has y and x */
    unsigned   out_o, out_kept[2];  /* dimensions of the result                        */
    unsigned   in_c, in_kept[2];    /* of X                                            */
} Form;

static bool is_axis(const Aff *a, unsigned axis) { return a->n == 1 && a->k[0] == 1 && a->ax[0] == axis && a->c == 0; }

static unsigned readers(const Aff *dim, unsigned rank, unsigned axis)
{
    unsigned n = 0;
    for (unsigned d = 0; d < rank; d++)
        for (unsigned i = 0; i < dim[d].n; i++) n += dim[d].ax[i] == axis;
    return n;
}

/* kept + tap + c, both with factor 1. */
static bool window(const Form *f, const Aff *a, const Shape *out, unsigned *kept, unsigned *tap)
{
    if (a->n != 2 || a->k[0] != 1 || a->k[1] != 1) return false;
    bool first = readers(f->con->out, out->rank, a->ax[0]) > 0;
    *kept = a->ax[first ? 0 : 1];
    *tap = a->ax[first ? 1 : 0];
    return readers(f->con->out, out->rank, *kept) == 1 && !readers(f->con->out, out->rank, *tap)
        && f->con->extent[*tap] == TAPS;
}

static bool x_matches(Form *f, const Shape *out, const Shape *in)
{
    unsigned windows = 0;
    bool channel = false;
    for (unsigned d = 1; d < in->rank; d++) {
        const Aff *a = &f->con->in[f->x][d];
        if (windows < 2 && window(f, a, out, &f->kept[windows], &f->tap[windows])) f->in_kept[windows++] = d;
        else if (!channel && a->n == 1 && is_axis(a, a->ax[0])) f->c = a->ax[0], f->in_c = d, channel = true;
        else return false;
    }
    return windows == 2 && channel && is_axis(&f->con->in[f->x][0], f->n);
}

static bool w_matches(const Form *f, const Shape *w)
{
    unsigned seen = 0;
    for (unsigned d = 0; d < w->rank; d++) {
        const Aff *a = &f->con->in[f->w][d];
        if (!a->n) continue;
        if (a->n != 1 || (a->k[0] != 1 && a->k[0] != -1)) return false;
        unsigned axis = a->ax[0];
        if (axis != f->o && axis != f->c && axis != f->tap[0] && axis != f->tap[1]) return false;
        if (seen >> axis & 1) return false;
        seen |= 1u << axis;
    }
    return seen == (1u << f->o | 1u << f->c | 1u << f->tap[0] | 1u << f->tap[1]);
}

static bool out_matches(Form *f, const Shape *out)
{
    unsigned found = 0;
    for (unsigned d = 1; d < out->rank; d++) {
        const Aff *a = &f->con->out[d];
        if (a->n != 1 || !is_axis(a, a->ax[0])) return false;
        if (a->ax[0] == f->kept[0]) f->out_kept[0] = d, found++;
        else if (a->ax[0] == f->kept[1]) f->out_kept[1] = d, found++;
        else f->o = a->ax[0], f->out_o = d;
    }
    return found == 2;
}

static bool form_of(const Fn *fn, Ref r, Form *f)
{
    const Node *node = NODE(fn, r);
    if (node->op != OP_CON) return false;
    *f = (Form){ .con = CON(fn, r) };
    if (f->con->nopd != 2 || f->con->naxis != 7 || f->con->nguard) return false;
    f->w = NODE(fn, node->arg[1])->dep & ~(uint32_t)DEP_PARAM ? 0 : 1;
    f->x = 1 - f->w;
    Shape out = SHAPE(fn, r), in = SHAPE(fn, node->arg[f->x]), w = SHAPE(fn, node->arg[f->w]);
    if (out.rank != 4 || in.rank != 4 || !shape_batched(out) || !shape_batched(in)) return false;
    if (NODE(fn, node->arg[f->w])->dep & ~(uint32_t)DEP_PARAM || f->con->out[0].n != 1) return false;
    f->n = f->con->out[0].ax[0];
    return x_matches(f, &out, &in) && out_matches(f, &out) && w_matches(f, &w)
        && f->con->extent[f->c] >= LEAST_CHANNELS && f->con->extent[f->o] >= LEAST_CHANNELS;
}

static uint64_t tiles(uint32_t extent, unsigned m) { return (extent + m - 1) / m; }

/* The admitted tiling with the fewest products, if they are below 2/3 of the direct ones. */
static const Tile *tiling_for(const Form *f, const Shape *in, double accuracy)
{
    uint32_t y = f->con->extent[f->kept[0]], x = f->con->extent[f->kept[1]];
    uint64_t direct = 1, least = UINT64_MAX;
    for (unsigned k = 0; k < 2; k++) {          /* taps that fall on data */
        uint64_t taps = 0;
        int32_t c = f->con->in[f->x][f->in_kept[k]].c;
        for (int64_t i = 0; i < (int64_t)f->con->extent[f->kept[k]] + TAPS - 1; i++) {
            int64_t rows = i < TAPS ? i + 1 : TAPS, left = (int64_t)f->con->extent[f->kept[k]] + TAPS - 1 - i;
            if (i + c >= 0 && i + c < in->dim[f->in_kept[k]]) taps += (uint64_t)(rows < left ? rows : left);
        }
        direct *= taps;
    }
    const Tile *best = NULL;
    for (size_t i = 0; i < COUNT(tilings); i++) {
        const Tile *t = &tilings[i];
        uint64_t side = t->m + TAPS - 1, products = tiles(y, t->m) * tiles(x, t->m) * side * side;
        if (t->error > accuracy || products >= least) continue;
        least = products;
        best = t;
    }
    return best && 3 * least <= 2 * direct ? best : NULL;
}

/* ---- rewriting --------------------------------------------------------------------- */

static Aff axis(unsigned a) { return (Aff){ .k = { 1 }, .ax = { (uint8_t)a }, .n = 1 }; }

static Aff tile_index(unsigned tile, unsigned within, unsigned m, int32_t c)
{
    return (Aff){ .c = c, .k = { (int16_t)m, 1 }, .ax = { (uint8_t)tile, (uint8_t)within }, .n = 2 };
}

static Ref matrix(Fn *f, unsigned rows, unsigned columns, const double *at)
{
    return ir_const(f, (Shape){ .rank = 2, .dim = { rows, columns } }, at);
}

/* A draft whose axes 0 .. count-1 are in the order given and all kept but the last. */
static Con draft(const uint32_t *extent, unsigned count)
{
    Con c = { .naxis = (uint8_t)count, .nopd = 2 };
    memcpy(c.extent, extent, count * sizeof *extent);
    return c;
}

enum { N, TY, TX, K, L, CHANNEL };              /* dimensions of V and M: [n ty tx k l c] */

/* V = B X B', one dimension after the other. */
static Ref transform_input(Fn *f, const Form *p, const Tile *t, const Matrices *s, Ref x)
{
    unsigned m = t->m, n = m + TAPS - 1;
    const Aff *at = p->con->in[p->x];
    uint32_t c = p->con->extent[p->c], ty = (uint32_t)tiles(p->con->extent[p->kept[0]], m);
    uint32_t tx = (uint32_t)tiles(p->con->extent[p->kept[1]], m), wide = SHAPE(f, x).dim[p->in_kept[1]];
    Ref b = matrix(f, n, n, s->b);

    Con rows = draft((uint32_t[]){ BATCH, ty, n, wide, c, n }, 6);      /* n ty k x c | u */
    for (unsigned d = 0; d < 5; d++) rows.out[d] = axis(d);
    rows.in[0][0] = axis(0);
    rows.in[0][p->in_c] = axis(4);
    rows.in[0][p->in_kept[0]] = tile_index(1, 5, m, at[p->in_kept[0]].c);
    rows.in[0][p->in_kept[1]] = axis(3);
    rows.in[1][0] = axis(2), rows.in[1][1] = axis(5);
    Ref half = ir_con(f, &rows, (Shape){ 5, { BATCH, ty, n, wide, c } }, (Ref[]){ x, b });

    Con columns = draft((uint32_t[]){ BATCH, ty, tx, n, n, c, n }, 7);  /* n ty tx k l c | u */
    for (unsigned d = 0; d < 6; d++) columns.out[d] = axis(d);
    columns.in[0][0] = axis(N), columns.in[0][1] = axis(TY), columns.in[0][2] = axis(K);
    columns.in[0][3] = tile_index(TX, 6, m, at[p->in_kept[1]].c);
    columns.in[0][4] = axis(CHANNEL);
    columns.in[1][0] = axis(L), columns.in[1][1] = axis(6);
    return ir_con(f, &columns, (Shape){ 6, { BATCH, ty, tx, n, n, c } }, (Ref[]){ half, b });
}

/* U = G W G' as [k l o c]. */
static Ref transform_weight(Fn *f, const Form *p, const Tile *t, const Matrices *s, Ref w)
{
    unsigned n = t->m + TAPS - 1, rank = SHAPE(f, w).rank;
    uint32_t o = p->con->extent[p->o], c = p->con->extent[p->c];
    Ref g = matrix(f, n, TAPS, s->g);

    Con rows = draft((uint32_t[]){ n, TAPS, o, c, TAPS }, 5);           /* k j o c | i */
    const unsigned as[2] = { 4, 1 };
    for (unsigned d = 0; d < 4; d++) rows.out[d] = axis(d);
    for (unsigned d = 0; d < rank; d++) {
        Aff a = p->con->in[p->w][d];
        if (a.n) a.ax[0] = (uint8_t)(a.ax[0] == p->o ? 2 : a.ax[0] == p->c ? 3 : as[a.ax[0] == p->tap[1]]);
        rows.in[0][d] = a;
    }
    rows.in[1][0] = axis(0), rows.in[1][1] = axis(4);
    Ref half = ir_con(f, &rows, (Shape){ 4, { n, TAPS, o, c } }, (Ref[]){ w, g });

    Con columns = draft((uint32_t[]){ n, n, o, c, TAPS }, 5);           /* k l o c | j */
    for (unsigned d = 0; d < 4; d++) columns.out[d] = axis(d);
    columns.in[0][0] = axis(0), columns.in[0][1] = axis(4), columns.in[0][2] = axis(2), columns.in[0][3] = axis(3);
    columns.in[1][0] = axis(1), columns.in[1][1] = axis(4);
    return ir_con(f, &columns, (Shape){ 4, { n, n, o, c } }, (Ref[]){ half, g });
}

static Ref multiply(Fn *f, const Form *p, Ref v, Ref u)
{
    Shape shape = SHAPE(f, v);
    uint32_t c = p->con->extent[p->c], o = p->con->extent[p->o];
    Con con = draft((uint32_t[]){ BATCH, shape.dim[TY], shape.dim[TX], shape.dim[K], shape.dim[L], o, c }, 7);
    for (unsigned d = 0; d < 6; d++) con.out[d] = con.in[0][d] = axis(d);
    con.in[0][CHANNEL] = axis(6);
    con.in[1][0] = axis(K), con.in[1][1] = axis(L), con.in[1][2] = axis(CHANNEL), con.in[1][3] = axis(6);
    shape.dim[CHANNEL] = o;
    return ir_con(f, &con, shape, (Ref[]){ v, u });
}

/* out = A M A'; tiles at the end may hang over. */
static Ref transform_output(Fn *f, const Form *p, const Tile *t, const Matrices *s, Ref product, Shape out)
{
    unsigned m = t->m, n = m + TAPS - 1;
    Shape shape = SHAPE(f, product);
    uint32_t ty = shape.dim[TY], tx = shape.dim[TX], o = shape.dim[CHANNEL];
    Ref a = matrix(f, m, n, s->a);

    Con rows = draft((uint32_t[]){ BATCH, ty, tx, m, n, o, n }, 7);     /* n ty tx y l o | k */
    for (unsigned d = 0; d < 6; d++) rows.out[d] = rows.in[0][d] = axis(d);
    rows.in[0][K] = axis(6);
    rows.in[1][0] = axis(K), rows.in[1][1] = axis(6);
    Ref half = ir_con(f, &rows, (Shape){ 6, { BATCH, ty, tx, m, n, o } }, (Ref[]){ product, a });

    Con columns = draft((uint32_t[]){ BATCH, ty, tx, m, m, o, n }, 7);  /* n ty tx y x o | l */
    for (unsigned d = 0; d < 6; d++) columns.in[0][d] = axis(d);
    columns.in[0][L] = axis(6);
    columns.in[1][0] = axis(L), columns.in[1][1] = axis(6);
    columns.out[0] = axis(N);
    columns.out[p->out_o] = axis(CHANNEL);
    columns.out[p->out_kept[0]] = tile_index(TY, K, m, 0);
    columns.out[p->out_kept[1]] = tile_index(TX, L, m, 0);
    return ir_con(f, &columns, out, (Ref[]){ half, a });
}

static Ref node_rewritten(Rewrite *w, Ref r, const Ref arg[3])
{
    Form form;
    const double *accuracy = w->context;
    const Tile *t = NULL;
    if (form_of(w->from, r, &form)) {
        Shape in = SHAPE(w->from, NODE(w->from, r)->arg[form.x]);
        t = tiling_for(&form, &in, *accuracy);
    }
    if (!t) return ir_copy(w->to, w->from, r, NULL, arg);
    w->to->loc = ir_place(w->to, &w->from->place.at[NODE(w->from, r)->loc]);
    Matrices s = matrices_of(t);
    Ref v = transform_input(w->to, &form, t, &s, arg[form.x]);
    Ref u = transform_weight(w->to, &form, t, &s, arg[form.w]);
    return transform_output(w->to, &form, t, &s, multiply(w->to, &form, v, u), SHAPE(w->from, r));
}

Fn *pass_winograd(Arena *arena, const Fn *f, double accuracy)
{
    return rewrite(arena, f, node_rewritten, &accuracy);
}
