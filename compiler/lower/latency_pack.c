/* latency_pack.c: weights as the cons read them, accumulators as the cons fill them.
 *
 * In: a Layout (latency_layout.c).  Out: statements that write its `pack`, clear its
 * `sums`, and add these to the gradients of parameters. */
#include "lower/latency.h"

/* ---- loops over elements ------------------------------------------------------------------ */

/* c + sum k[i] * at[i] */
static Exp index_of(Program *p, int64_t c, const int64_t *k, const Exp *at, int64_t n)
{
    Exp sum = 0;
    for (int64_t i = 0; i < n; i++) {
        if (k[i] == 0)
            continue;
        Exp term = x_mul(p, at[i], x_int(p, k[i]));
        sum = sum ? x_add(p, sum, term) : term;
    }
    return sum ? x_add(p, sum, x_int(p, c)) : x_int(p, c);
}

/* Opens loops over the rows of a nest; where the first lane of a row is, and which
 * element that is.  The caller closes nest->axes loops.                              */
static void open_rows(Program *p, const Nest *nest, Exp *row, Exp *element)
{
    Exp at[MAX_AXES];
    int64_t pitch[MAX_AXES], step = nest->pitch;
    for (int64_t a = nest->axes; a-- > 0; step *= nest->extent[a])
        pitch[a] = step;
    for (int64_t a = 0; a < nest->axes; a++)
        at[a] = x_var(p, s_for(p, "i", x_int(p, 0), x_int(p, nest->extent[a]), x_int(p, 1), FOR_ROLL));
    *row = index_of(p, 0, pitch, at, nest->axes);
    *element = index_of(p, nest->first, nest->stride, at, nest->axes);
}

static void close_loops(Program *p, int64_t n)
{
    while (n-- > 0)
        s_end(p);
}

static void fill(Program *p, Var buffer, Exp from, uint32_t count)
{
    Exp zero = x_splat(p, x_real(p, 0));
    uint32_t whole = count / LANES * LANES;
    if (whole > 0) {
        Exp i = x_var(p, s_for(p, "i", x_int(p, 0), x_int(p, whole), x_int(p, LANES), FOR_ROLL));
        s_store(p, buffer, x_add(p, from, i), zero);
        s_end(p);
    }
    if (count > whole)
        s_scatter(p, buffer, x_add(p, from, x_int(p, whole)), x_int(p, 1), x_int(p, count - whole), zero);
}

/* ---- pack: regions -------------------------------------------------------------------------- */

typedef struct Packing { Program *p; const Layout *l; Var theta, pack; } Packing;

/* Pack has reals: a condition is one or zero there. */
static Exp as_real(Program *p, const Node *n, Exp x)
{
    return n->type == TYPE_BOOL ? x_op(p, OP_select, x, x_real(p, 1), x_real(p, 0)) : x;
}

Exp latency_packed(Program *p, const Node *n, Var pack, Exp index, unsigned lanes)
{
    Exp x = x_load(p, pack, index, lanes), half = x_real(p, 0.5);
    return n->type == TYPE_BOOL ? x_op(p, OP_gt, x, lanes > 1 ? x_splat(p, half) : half, 0) : x;
}

/* Element `index` of a value that depends on weights alone. */
static Exp shared_element(const Packing *k, uint32_t fn, Ref r, Exp index)
{
    const Fn *of = k->l->job->fn[fn];
    const Node *n = NODE(of, r);
    const Packed *region = layout_region(k->l, fn, r);
    if (region)
        return latency_packed(k->p, n, k->pack, x_add(k->p, index, x_int(k->p, region->offset)), 1);
    if (n->op == OP_CONST)
        return x_real(k->p, of->value.at[n->aux]);
    const FieldParam *param = latency_param(k->l->job->field, of->symbol.at[n->aux].name);
    return x_load(k->p, k->theta, x_add(k->p, index, x_int(k->p, param->offset)), 1);
}

static void pack_numbers(const Packing *k, const Packed *to)
{
    const Fn *of = k->l->job->fn[to->fn];
    const double *number = &of->value.at[NODE(of, to->node)->aux];
    for (int64_t i = 0; i < to->nest.count; i++)
        s_store(k->p, k->pack, x_int(k->p, to->offset + i), x_real(k->p, number[i]));
}

static void pack_map(const Packing *k, const Packed *to)
{
    Program *p = k->p;
    const Node *n = NODE(k->l->job->fn[to->fn], to->node);
    Exp i = x_var(p, s_for(p, "i", x_int(p, 0), x_int(p, to->nest.count), x_int(p, 1), FOR_ROLL));
    Exp arg[3] = {0};
    for (unsigned a = 0; a < n->narg; a++)
        arg[a] = shared_element(k, to->fn, n->arg[a], i);
    Exp y = x_op(p, (Op)n->op, arg[0], arg[1], arg[2]);
    s_store(p, k->pack, x_add(p, i, x_int(p, to->offset)), as_real(p, n, y));
    s_end(p);
}

static void pack_con(const Packing *k, const Packed *to)
{
    Program *p = k->p;
    const Node *n = NODE(k->l->job->fn[to->fn], to->node);
    Form form;
    fill(p, k->pack, x_int(p, to->offset), (uint32_t)to->nest.count);
    if (!latency_form_open(k->l->job->fn[to->fn], to->node, &form))
        return;                                             /* nothing is in range */
    Exp at[MAX_AXES];
    for (unsigned a = 0; a < form.axes; a++)
        at[a] = x_var(p, s_for(p, "i", x_int(p, 0), x_int(p, form.extent[a]), x_int(p, 1), FOR_ROLL));
    unsigned guards = 0;
    for (unsigned i = 0; i < form.limits && !form.inside; i++) {
        Exp v = index_of(p, form.limit[i].at.c, form.limit[i].at.k, at, form.axes);
        s_if(p, x_op(p, OP_ge, v, x_int(p, 0), 0));
        s_if(p, x_op(p, OP_lt, v, x_int(p, form.limit[i].limit), 0));
        guards += 2;
    }
    Exp out = x_add(p, index_of(p, form.out.c, form.out.k, at, form.axes), x_int(p, to->offset));
    Exp product = x_real(p, 1);
    for (unsigned o = 0; o < n->narg; o++) {
        Exp index = index_of(p, form.in[o].c, form.in[o].k, at, form.axes);
        Exp x = as_real(p, n, shared_element(k, to->fn, n->arg[o], index));
        product = o ? x_mul(p, product, x) : x;
    }
    s_store(p, k->pack, out, x_add(p, x_load(p, k->pack, out, 1), product));
    close_loops(p, (int64_t)form.axes + guards);
}

/* ---- pack: copies --------------------------------------------------------------------------- */

static int64_t last_read(const Nest *nest)
{
    int64_t last = nest->first + nest->pitch;
    for (int64_t a = 0; a < nest->axes; a++)
        if (nest->stride[a] > 0)
            last += nest->stride[a] * (nest->extent[a] - 1);
    return last;
}

/* A row that lies in theta as it is. */
static void pack_vectors(const Packing *k, const Nest *nest, Exp row, Exp element)
{
    for (int64_t c = 0; c < nest->pitch; c += LANES)
        s_store(k->p, k->pack, x_add(k->p, row, x_int(k->p, c)),
                x_load(k->p, k->theta, x_add(k->p, element, x_int(k->p, c)), LANES));
}

/* One whose elements are apart there, as far as they fill vectors: what is read as a vector had
 * better been written as one, or the processor waits until single elements have got to its cache. */
static void pack_columns(const Packing *k, const Nest *nest, int64_t whole, Exp row, Exp element)
{
    Program *p = k->p;
    if (whole == 0)
        return;
    Exp c = whole == LANES ? x_int(p, 0)
                           : x_var(p, s_for(p, "c", x_int(p, 0), x_int(p, whole), x_int(p, LANES), FOR_ROLL));
    Exp from = x_add(p, element, x_mul(p, c, x_int(p, nest->step)));
    s_store(p, k->pack, x_add(p, row, c), x_gather(p, k->theta, from, x_int(p, nest->step), x_int(p, LANES)));
    if (whole > LANES)
        s_end(p);
}

static void pack_elements(const Packing *k, const Packed *to, int64_t first, Exp row, Exp element)
{
    Program *p = k->p;
    const Nest *nest = &to->nest;
    Exp l = x_var(p, s_for(p, "l", x_int(p, first), x_int(p, nest->count), x_int(p, 1), FOR_ROLL));
    Exp from = x_add(p, element, x_mul(p, l, x_int(p, nest->step)));
    s_store(p, k->pack, x_add(p, x_add(p, row, l), x_int(p, nest->base)),
            shared_element(k, to->fn, to->node, from));
    s_end(p);
}

static void pack_copy(const Packing *k, const Packed *to)
{
    Program *p = k->p;
    const Nest *nest = &to->nest;
    Exp row, element, in_theta = 0;
    const FieldParam *param = to->param ? latency_param(k->l->job->field, to->param) : NULL;
    bool from_lane_0 = param && nest->base == 0;
    bool vectors = from_lane_0 && nest->step == 1
                && param->offset + last_read(nest) <= k->l->job->field->params;
    int64_t whole = from_lane_0 ? nest->count / LANES * LANES : 0;
    if (to->param) {
        s_note(p, "%s, %lld in lanes", to->param, (long long)nest->count);
        origin_param(p, to->param, "pack", false);
    }
    open_rows(p, nest, &row, &element);
    row = x_add(p, row, x_int(p, to->offset));
    if (param)
        in_theta = x_add(p, element, x_int(p, param->offset));
    if (vectors)
        pack_vectors(k, nest, row, in_theta);
    else
        pack_columns(k, nest, whole, row, in_theta);
    if (!vectors && whole < nest->count)
        pack_elements(k, to, whole, row, element);
    close_loops(p, nest->axes);
}

uint32_t latency_pack_size(const Job *job) { return latency_layout(job)->pack_reals; }

void latency_pack(const Job *job, Var theta, Var pack)
{
    const Layout *l = latency_layout(job);
    Packing k = {job->p, l, theta, pack};
    for (size_t i = 0; i < l->packed.count; i++) {
        const Packed *at = &l->packed.at[i];
        const Node *n = NODE(job->fn[at->fn], at->node);
        uint32_t before = origin_node(k.p, job->fn[at->fn], at->node);
        if (!at->region)
            pack_copy(&k, at);
        else if (n->op == OP_CONST)
            pack_numbers(&k, at);
        else if (n->op == OP_CON)
            pack_con(&k, at);
        else
            pack_map(&k, at);
        k.p->at = before;
    }
}

/* ---- sums ------------------------------------------------------------------------------------- */

uint32_t latency_sums_size(const Job *job) { return latency_layout(job)->sum_reals; }

void latency_sums_clear(const Job *job, Var sums)
{
    fill(job->p, sums, x_int(job->p, 0), latency_sums_size(job));
}

/* Area b += area b + apart, for b = 0, 2*apart ..., for apart = 1, 2, 4 ...: a tree
 * that depends on the number of blocks alone.                                         */
static void add_blocks(Program *p, Var sums, Exp blocks, uint32_t reals)
{
    s_if(p, x_op(p, OP_gt, blocks, x_int(p, 1), 0));
    Var apart = s_var(p, "apart", x_int(p, 1));
    s_for(p, "level", x_int(p, 0), x_int(p, 32), x_int(p, 1), FOR_ROLL);
        Exp step = x_mul(p, x_var(p, apart), x_int(p, 2));
        Exp end = x_sub(p, blocks, x_var(p, apart));
        Exp b = x_var(p, s_for(p, "b", x_int(p, 0), end, step, FOR_ROLL));
            Exp i = x_var(p, s_for(p, "i", x_int(p, 0), x_int(p, reals), x_int(p, LANES), FOR_ROLL));
            Exp to = x_var(p, s_let(p, "to", x_add(p, x_mul(p, b, x_int(p, reals)), i)));
            Exp from = x_add(p, to, x_mul(p, x_var(p, apart), x_int(p, reals)));
            s_store(p, sums, to, x_add(p, x_load(p, sums, to, LANES), x_load(p, sums, from, LANES)));
            s_end(p);
        s_end(p);
        s_set(p, apart, step);
    s_end(p);
    s_end(p);
}

/* The one area that holds the whole cotangent of a parameter, or NULL. */
static const Area *whole_area(const Layout *l, const FieldParam *param)
{
    const Area *whole = NULL;
    for (size_t i = 0; i < l->area.count; i++) {
        const Area *at = &l->area.at[i];
        if (at->param != param->name)
            continue;
        int64_t elements = at->nest.count;
        for (int64_t a = 0; a < at->nest.axes; a++)
            elements *= at->nest.extent[a];
        if (whole || elements != param->count)
            return NULL;
        whole = at;
    }
    return whole;
}

static void finish_area(Program *p, const Area *area, Var sums, Var g_theta, uint32_t offset, bool add)
{
    const Nest *nest = &area->nest;
    bool vectors = nest->step == 1 && nest->count % LANES == 0 && nest->base == 0;
    unsigned lanes = vectors ? LANES : 1;
    Exp row, element;
    open_rows(p, nest, &row, &element);
    bool once = nest->count == lanes;
    Exp l = once ? x_int(p, 0)
                 : x_var(p, s_for(p, "l", x_int(p, 0), x_int(p, nest->count), x_int(p, lanes), FOR_ROLL));
    Exp from = x_add(p, x_add(p, row, l), x_int(p, area->offset + nest->base));
    Exp to = x_add(p, x_add(p, element, x_mul(p, l, x_int(p, nest->step))), x_int(p, offset));
    Exp sum = x_load(p, sums, from, lanes);
    s_store(p, g_theta, to, add ? x_add(p, x_load(p, g_theta, to, lanes), sum) : sum);
    close_loops(p, nest->axes + !once);
}

void latency_sums_finish(const Job *job, Var sums, Exp blocks, Var g_theta, bool add)
{
    Program *p = job->p;
    const Layout *l = latency_layout(job);
    if (l->sum_reals > 0)
        add_blocks(p, sums, blocks, l->sum_reals);
    for (size_t i = 0; i < job->field->param.count; i++) {
        const FieldParam *param = &job->field->param.at[i];
        const Area *whole = whole_area(l, param);
        if (!add && !whole)
            fill(p, g_theta, x_int(p, param->offset), param->count);
        s_note(p, "%s", param->name);
        uint32_t before = origin_param(p, param->name, "sum", true);
        for (size_t k = 0; k < l->area.count; k++)
            if (l->area.at[k].param == param->name)
                finish_area(p, &l->area.at[k], sums, g_theta, param->offset, add || !whole);
        p->at = before;
    }
}
