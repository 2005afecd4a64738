/* contract_kernel.c: functions that keep a tile of sums in registers.
 *
 * In: steps and extents (Kernel). Out: a function
 *
 *     for v in 0 .. 64 step 32 {                       # vector axis
 *         for r in 0 .. 36 step 6 {                    # row axis
 *             var c0_0 = splat(0) ... c5_1
 *             for i in i_from .. i_to {                # summed axes
 *                 let w0 = b[.. :16]  let w1 = b[.. + 16 :16]
 *                 set c0_0 = fma(splat(a[..]), w0, c0_0) ...
 *             }
 *             store out[.. :16] = c0_0 ...
 *         } }
 *
 * (Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, 2008.)
 * Each sum is one chain of fma in the order of the summed axes, whatever the tile, so
 * tiles never change bits. A summed axis that shares a guard with the row axis is
 * unrolled, and each copy names the rows that count; so no loop asks. Kernels that
 * read the same are the same function.                                              */
#include "tile/contract_in.h"

#include <string.h>

enum { MOST_SUMS = 64 };

static const char *const operand_name[MAX_OPERANDS] = { "a", "b", "d" };
static const char *const sum_name[MAX_AXES] = { "k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "k10", "k11" };

typedef struct Tile {
    Program *p;
    const Kernel *k;
    Var      in[MAX_OPERANDS], out;
    Exp      begin[MAX_OPERANDS + 1];                   /* their first elements     */
    Var      from[MAX_AXES], to[MAX_AXES], rows;        /* parameters               */
    unsigned lanes;
    Exp      v;                     /* elements along the vector axis before the tile */
    Exp      row;                   /* the tile's first row, and                    */
    int64_t  first;                 /* what that is when rows are told apart        */
    unsigned tall, wide;
    Exp      at[MAX_AXES];          /* loops over summed axes                       */
    int64_t  value[MAX_AXES];       /* of those that are unrolled                   */
    Var      sum[MOST_SUMS];
    unsigned flags;                 /* of loops over tiles                          */
} Tile;

/* ---- products --------------------------------------------------------------------------- */

static bool row_counts(const Kernel *k, int64_t row, const int64_t *value)
{
    for (unsigned g = 0; g < k->nguard; g++) {
        const KernelGuard *guard = &k->guard[g];
        int64_t index = guard->c + guard->row * row;
        for (unsigned s = 0; s < k->nsum; s++)
            if (k->sum[s].how == SUM_UNROLLED) index += guard->k[s] * value[s];
        if (index < 0 || index >= guard->limit) return false;
    }
    return true;
}

static bool counts(const Tile *t, unsigned i)
{
    return !t->k->nguard || row_counts(t->k, t->first + i, t->value);
}

/* at + x*step, what is known gathered in `fixed`. */
static Exp place(Program *p, Exp at, Exp x, int64_t step, int64_t *fixed)
{
    bool known = p->exp.at[x].kind == X_INT;
    if (known) *fixed += (int64_t)p->exp.at[x].num * step;
    return known || !step ? at : x_add(p, at, x_mul(p, x, x_int(p, step)));
}

/* Operand o where the loops stand, at a row of the tile and its first vector. */
static Var operand_view(const Tile *t, unsigned o, unsigned row)
{
    Program *p = t->p;
    const Kernel *k = t->k;
    int64_t fixed = k->row_step[o] * row;
    Exp at = place(p, t->begin[o], t->row, k->row_step[o], &fixed);
    at = place(p, at, t->v, k->vector[o], &fixed);
    for (unsigned s = 0; s < k->nsum; s++) {
        if (k->sum[s].how == SUM_UNROLLED) fixed += k->sum[s].step[o] * t->value[s];
        else at = place(p, at, t->at[s], k->sum[s].step[o], &fixed);
    }
    return s_view(p, p->var.at[t->in[o]].name, t->in[o], x_add(p, at, x_int(p, fixed)));
}

typedef struct Leaf {               /* the innermost statements                     */
    Var      view[MAX_OPERANDS];
    unsigned row[MAX_OPERANDS];     /* that the view stands at: the lowest address  */
    Exp      loaded[MAX_OPERANDS][MOST_SUMS];
} Leaf;

/* What several sums read is loaded once. */
static Exp factor(const Tile *t, Leaf *leaf, unsigned o, unsigned i, unsigned j)
{
    Program *p = t->p;
    bool by_row = t->k->row_step[o] != 0, vector = t->k->vector[o];
    Exp *known = &leaf->loaded[o][(by_row ? i : 0) * t->wide + (vector ? j : 0)];
    if (*known) return *known;
    int64_t at = t->k->row_step[o] * ((int64_t)i - leaf->row[o]) + (vector ? (int64_t)j * LANES : 0);
    Exp x = x_load(p, leaf->view[o], x_int(p, at), vector ? t->lanes : 1);
    if (t->lanes > 1 && !vector) x = x_splat(p, x);
    bool once = (by_row || t->tall == 1) && (vector || t->wide == 1);
    if (!once) x = x_var(p, s_let(p, vector ? "w" : "u", x));
    return *known = x;
}

static void products(Tile *t)
{
    Program *p = t->p;
    const Kernel *k = t->k;
    Leaf leaf = { .row = { 0 } };
    Exp operand[MAX_OPERANDS] = { 0 };
    unsigned first = 0, last = t->tall - 1;
    while (!counts(t, first)) first++;
    while (!counts(t, last)) last--;
    for (unsigned o = 0; o < k->nopd; o++) {
        leaf.row[o] = k->row_step[o] < 0 ? last : first;
        leaf.view[o] = operand_view(t, o, leaf.row[o]);
    }
    for (unsigned o = 0; o < k->nopd; o++)              /* what all rows share comes first */
        for (unsigned j = 0; j < t->wide && k->vector[o] && !k->row_step[o]; j++) factor(t, &leaf, o, 0, j);
    for (unsigned i = first; i <= last; i++) {
        if (!counts(t, i)) continue;
        for (unsigned j = 0; j < t->wide; j++) {
            Var sum = t->sum[i * t->wide + j];
            for (unsigned o = 0; o < k->nopd; o++) operand[o] = factor(t, &leaf, o, i, j);
            s_set(p, sum, site_product(p, operand, k->nopd, x_var(p, sum)));
        }
    }
}

/* Does a row count for some of what is unrolled further inside? */
static bool some_count(Tile *t, unsigned s)
{
    bool some = false;
    if (!t->k->nguard) return true;
    while (s < t->k->nsum && t->k->sum[s].how != SUM_UNROLLED) s++;
    if (s == t->k->nsum) {
        for (unsigned i = 0; i < t->tall; i++) some |= counts(t, i);
        return some;
    }
    for (t->value[s] = 0; t->value[s] < t->k->sum[s].extent && !some; t->value[s]++) some = some_count(t, s + 1);
    t->value[s] = 0;
    return some;
}

static void sum_loops(Tile *t, unsigned s)
{
    Program *p = t->p;
    if (!some_count(t, s)) return;
    if (s == t->k->nsum) {
        products(t);
        return;
    }
    const KernelSum *sum = &t->k->sum[s];
    if (sum->how == SUM_UNROLLED) {
        for (t->value[s] = 0; t->value[s] < sum->extent; t->value[s]++) sum_loops(t, s + 1);
        t->value[s] = 0;
        return;
    }
    if (sum->extent == 1 && sum->how == SUM_WHOLE) {
        t->at[s] = x_int(p, 0);
        sum_loops(t, s + 1);
        return;
    }
    Exp from = sum->how == SUM_CLIPPED ? x_var(p, t->from[s]) : x_int(p, 0);
    Exp to = sum->how == SUM_WHOLE ? x_int(p, sum->extent) : x_var(p, t->to[s]);
    const char *name = t->k->lanes_summed && s + 1 == t->k->nsum ? "v" : sum_name[s];
    t->at[s] = x_var(p, s_for(p, name, from, to, x_int(p, 1), FOR_ROLL));
    sum_loops(t, s + 1);
    s_end(p);
}

/* ---- tiles ---------------------------------------------------------------------------------- */

static Exp out_at(const Tile *t, unsigned i, unsigned j)
{
    Program *p = t->p;
    int64_t step = t->k->row_step[OPERAND_OUT], fixed = step * i + (int64_t)j * LANES;
    Exp at = place(p, t->begin[OPERAND_OUT], t->row, step, &fixed);
    at = place(p, at, t->v, !t->k->lanes_summed, &fixed);
    return x_add(p, at, x_int(p, fixed));
}

static void begin_sums(Tile *t, bool from_out)
{
    Program *p = t->p;
    Exp zero = t->lanes > 1 ? x_splat(p, x_real(p, 0)) : x_real(p, 0);
    for (unsigned i = 0; i < t->tall; i++)
        for (unsigned j = 0; j < t->wide; j++) {
            const char *name = arena_printf(p->arena, "c%u_%u", i, j);
            t->sum[i * t->wide + j] = s_var(p, name, from_out ? x_load(p, t->out, out_at(t, i, j), t->lanes) : zero);
        }
}

static void tile(Tile *t)
{
    begin_sums(t, t->k->add);
    sum_loops(t, 0);
    for (unsigned i = 0; i < t->tall; i++)
        for (unsigned j = 0; j < t->wide; j++)
            s_store(t->p, t->out, out_at(t, i, j), x_var(t->p, t->sum[i * t->wide + j]));
}

/* The last summed axis in lanes: vectors, their lanes in a tree, then what is left over. */
static void tile_of_lanes(Tile *t)
{
    Program *p = t->p;
    Kernel whole = *t->k, rest = *t->k;
    const Kernel *k = t->k;
    unsigned last = k->nsum;
    Exp v = t->v;
    Var total[MOST_SUMS];
    whole.nsum++, rest.nsum++;
    whole.sum[last] = (KernelSum){ .how = SUM_WHOLE, .extent = k->vectors };
    rest.sum[last] = (KernelSum){ .how = SUM_WHOLE, .extent = k->rest };
    for (unsigned o = 0; o < k->nopd; o++)
        whole.sum[last].step[o] = k->vector[o] ? LANES : 0, rest.sum[last].step[o] = k->vector[o];

    t->k = &whole;
    begin_sums(t, false);
    sum_loops(t, 0);
    for (unsigned i = 0; i < t->tall; i++)
        total[i] = s_var(p, arena_printf(p->arena, "s%u", i), x_tree(p, x_var(p, t->sum[i])));
    memcpy(t->sum, total, sizeof total);
    if (k->rest) {
        t->k = &rest;
        t->lanes = 1;
        t->v = x_int(p, k->vectors * LANES);
        sum_loops(t, 0);
        t->lanes = LANES;
    }
    t->k = k;
    t->v = v;
    for (unsigned i = 0; i < t->tall; i++) {
        Exp sum = x_var(p, total[i]);
        s_store(p, t->out, out_at(t, i, 0), k->add ? x_add(p, x_load(p, t->out, out_at(t, i, 0), 1), sum) : sum);
    }
}

static void any_tile(Tile *t)
{
    if (t->k->lanes_summed) tile_of_lanes(t);
    else tile(t);
}

/* ---- rows ------------------------------------------------------------------------------------- */

/* Do the same rows count in two tiles? */
static bool tiles_alike(const Kernel *k, int64_t one, int64_t other, unsigned tall)
{
    int64_t value[MAX_AXES] = { 0 };
    for (bool more = true; more;) {
        for (unsigned i = 0; i < tall; i++)
            if (row_counts(k, one + i, value) != row_counts(k, other + i, value)) return false;
        more = false;
        for (unsigned s = 0; s < k->nsum && !more; s++) {
            if (k->sum[s].how != SUM_UNROLLED) continue;
            more = ++value[s] < k->sum[s].extent;
            if (!more) value[s] = 0;
        }
    }
    return true;
}

/* Tiles of so many rows, from one row to another. */
static void tiles_between(Tile *t, Exp from, Exp to, unsigned tall)
{
    Program *p = t->p;
    t->tall = tall;
    t->row = x_var(p, s_for(p, "r", from, to, x_int(p, tall), t->flags));
    any_tile(t);
    s_end(p);
}

static void counted_rows(Tile *t)
{
    Program *p = t->p;
    Exp rows = x_var(p, t->rows), from = x_int(p, 0);
    for (unsigned tall = t->k->tall; tall; tall /= 2) {
        Exp to = tall == 1 ? rows : x_var(p, s_let(p, "to", x_sub(p, rows, x_op(p, OP_mod, rows, x_int(p, tall), 0))));
        tiles_between(t, from, to, tall);
        from = to;
    }
}

static void all_rows(Tile *t)
{
    const Kernel *k = t->k;
    if (k->rows_counted) {
        counted_rows(t);
        return;
    }
    for (int64_t row = 0; row < k->rows;) {
        unsigned tall = k->rows - row < k->tall ? (unsigned)(k->rows - row) : k->tall;
        int64_t end = row + tall;
        while (end + tall <= k->rows && tiles_alike(k, row, end, tall)) end += tall;
        t->first = row;
        t->tall = tall;
        t->row = x_int(t->p, row);
        if (end == row + tall) any_tile(t);
        else tiles_between(t, x_int(t->p, row), x_int(t->p, end), tall);
        row = end;
    }
}

/* ---- columns ------------------------------------------------------------------------------------ */

static void columns(Tile *t, int64_t from, int64_t to, unsigned wide, unsigned lanes)
{
    Program *p = t->p;
    int64_t step = (int64_t)wide * lanes;
    t->wide = wide;
    t->lanes = lanes;
    t->v = x_int(p, from);
    if (from + step < to) t->v = x_var(p, s_for(p, "v", x_int(p, from), x_int(p, to), x_int(p, step), t->flags));
    if (from < to) all_rows(t);
    if (from + step < to) s_end(p);
}

static void all_columns(Tile *t)
{
    const Kernel *k = t->k;
    int64_t whole = k->vectors * LANES, even = k->vectors / k->wide * k->wide * LANES;
    columns(t, 0, even, k->wide, LANES);
    columns(t, even, whole, (unsigned)((whole - even) / LANES), LANES);
    columns(t, whole, whole + k->rest, 1, 1);
}

/* ---- functions ------------------------------------------------------------------------------------ */

/* " + 64*k1", or " + k1"; the first of an index without its plus. */
static void text_term(Text *out, const char *name, int64_t step, bool *first)
{
    if (!step) return;
    text_add(out, step < 0 ? (*first ? "-" : " - ") : *first ? "" : " + ");
    if (step != 1 && step != -1) text_printf(out, "%lld*", (long long)(step < 0 ? -step : step));
    text_add(out, name);
    *first = false;
}

static void text_index(Text *out, const Kernel *k, unsigned o, const char *name)
{
    bool first = true, last = o == OPERAND_OUT;
    text_printf(out, "%s[", name);
    text_term(out, "r", k->row_step[o], &first);
    for (unsigned s = 0; s < k->nsum && !last; s++) text_term(out, sum_name[s], k->sum[s].step[o], &first);
    text_term(out, "v", last ? !k->lanes_summed : k->vector[o], &first);
    text_add(out, first ? "0]" : "]");
}

/* What is the same for equal kernels, and only then:
 * "out[64*r + v] = sum of a[64*r + 64*k1 + k2] * b[..], 6 rows, 64 v, 3 k1 unrolled ..." */
static const char *kernel_text(Arena *arena, const Kernel *k)
{
    static const char *const how[] = { "", " clipped", " counted", " unrolled" };
    Text out = { .arena = arena };
    text_index(&out, k, OPERAND_OUT, "out");
    text_add(&out, k->add ? " += sum of " : " = sum of ");
    for (unsigned o = 0; o < k->nopd; o++) {
        text_add(&out, o ? " * " : "");
        text_index(&out, k, o, operand_name[o]);
    }
    text_add(&out, k->nopd ? " for " : "1 for ");
    if (k->rows_counted) text_add(&out, "counted r");
    else text_printf(&out, "%lld r", (long long)k->rows);
    text_printf(&out, ", %lld v", (long long)(k->vectors * LANES + k->rest));
    for (unsigned s = 0; s < k->nsum; s++) {
        if (k->sum[s].extent) text_printf(&out, ", %lld %s%s", (long long)k->sum[s].extent, sum_name[s], how[k->sum[s].how]);
        else text_printf(&out, ",%s %s", how[k->sum[s].how], sum_name[s]);
    }
    for (unsigned g = 0; g < k->nguard; g++) {
        bool first = true;
        text_add(&out, g ? ", " : ", where ");
        text_term(&out, "r", k->guard[g].row, &first);
        for (unsigned s = 0; s < k->nsum; s++) text_term(&out, sum_name[s], k->guard[g].k[s], &first);
        if (k->guard[g].c) text_printf(&out, "%+lld", (long long)k->guard[g].c);
        text_printf(&out, " in %lld", (long long)k->guard[g].limit);
    }
    text_printf(&out, "; in tiles of %u rows and %u vectors.", k->tall, k->wide);
    return text_string(&out);
}

struct Kernels {
    Arena   *arena;
    Program *p;
    unsigned flags;                 /* of loops over tiles                          */
    VEC(struct { const char *text; uint32_t fn; }) made;
};

Kernels *kernels_new(Arena *arena, Program *p)
{
    Kernels *kernels = NEW(arena, Kernels);
    kernels->arena = arena;
    kernels->p = p;
    kernels->flags = FOR_ROLL;
    return kernels;
}

void kernels_spread(Kernels *kernels) { kernels->flags |= FOR_ANY; }

Program *kernels_program(const Kernels *kernels) { return kernels->p; }
Arena   *kernels_arena(const Kernels *kernels)   { return kernels->arena; }

static void parameters(Tile *t)
{
    Program *p = t->p;
    const Kernel *k = t->k;
    for (unsigned o = 0; o < k->nopd; o++) t->in[o] = fn_param_buffer(p, operand_name[o], SPACE_CONST, false, false);
    t->out = fn_param_buffer(p, "out", SPACE_SHARED, true, false);
    for (unsigned o = 0; o <= k->nopd; o++) {
        bool last = o == k->nopd;
        const char *of = last ? "out" : operand_name[o];
        t->begin[last ? OPERAND_OUT : o] = x_var(p, fn_param(p, arena_printf(p->arena, "%s_at", of), L_INT));
    }
    for (unsigned s = 0; s < k->nsum; s++) {
        if (k->sum[s].how == SUM_CLIPPED) t->from[s] = fn_param(p, "from", L_INT);
        if (k->sum[s].how == SUM_CLIPPED) t->to[s] = fn_param(p, "to", L_INT);
        if (k->sum[s].how == SUM_COUNTED) t->to[s] = fn_param(p, "count", L_INT);
    }
    if (k->rows_counted) t->rows = fn_param(p, "rows", L_INT);
}

uint32_t kernel_fn(Kernels *kernels, const Kernel *k)
{
    Program *p = kernels->p;
    const char *text = kernel_text(kernels->arena, k);
    for (size_t i = 0; i < kernels->made.count; i++)
        if (!strcmp(kernels->made.at[i].text, text)) return kernels->made.at[i].fn;
    Tile t = { .p = p, .k = k, .flags = kernels->flags };
    const char *name = arena_printf(kernels->arena, "kernel%zu_%ux%u", kernels->made.count + 1, k->tall, k->wide);
    uint32_t fn = fn_begin(p, name, text);
    p->at = 0;                      /* it is its callers' */
    fn_of(p, fn)->outline = true;
    fn_of(p, fn)->apart = !k->lanes_summed && !k->rest;
    parameters(&t);
    if (!k->lanes_summed) all_columns(&t);
    else {
        t.lanes = LANES, t.wide = 1;
        t.v = x_int(p, 0);
        all_rows(&t);
    }
    fn_end(p);
    VEC_PUSH(kernels->arena, kernels->made).text = text;
    kernels->made.at[kernels->made.count - 1].fn = fn;
    return fn;
}
