/* latency_layout.c: where weights and accumulators are.
 *
 * In: the functions of a Job.  Out: a Layout, the same whenever it is asked for.
 * `pack` holds, written once per call,
 *
 *     regions   values that depend on weights alone, row-major as they are
 *     copies    rows of lanes: columns of W for W x, rows of W for its transpose
 *
 * and `sums` one area per way in which the cotangent of a weight is accumulated.
 * Equal copies and areas are one, whichever function asks. */
#include "lower/latency.h"

/* ---- nests ---------------------------------------------------------------------------------- */

Nest latency_nest(const Form *form, const Flat *flat)
{
    uint8_t axis[MAX_AXES];
    unsigned n = latency_axes(form, axis);
    Nest nest = {.first = flat->c, .step = 0, .count = 1, .base = 0, .pitch = 1};
    for (unsigned i = 0; i < n; i++)
        if (flat->k[axis[i]]) {
            nest.extent[nest.axes] = form->extent[axis[i]];
            nest.stride[nest.axes++] = flat->k[axis[i]];
        }
    if (form->lane >= 0) {
        nest.step = flat->k[form->lane];
        nest.count = form->extent[form->lane];
        nest.base = form->base;
        nest.pitch = (int64_t)chunks_of(form->length) * LANES;
    }
    return nest;
}

Nest latency_value_nest(uint32_t count)
{
    int64_t pitch = count > SHORT ? (int64_t)chunks_of(count) * LANES : count;
    return (Nest){.step = 1, .count = count, .pitch = pitch};
}

static int64_t nest_reals(const Nest *nest)
{
    int64_t rows = 1;
    for (int64_t a = 0; a < nest->axes; a++)
        rows *= nest->extent[a];
    return (rows * nest->pitch + LANES - 1) / LANES * LANES;
}

/* ---- the layout ------------------------------------------------------------------------ */

const FieldParam *latency_param(const Field *field, Name name)
{
    for (size_t i = 0; i < field->param.count; i++)
        if (field->param.at[i].name == name)
            return &field->param.at[i];
    arena_bug(field->f->arena, "%s has no parameter %s", field->name, name);
}

static bool nest_equal(const Nest *a, const Nest *b)
{
    bool equal = a->axes == b->axes && a->first == b->first && a->step == b->step
              && a->count == b->count && a->base == b->base && a->pitch == b->pitch;
    for (int64_t i = 0; equal && i < a->axes; i++)
        equal = a->extent[i] == b->extent[i] && a->stride[i] == b->stride[i];
    return equal;
}

const Packed *layout_region(const Layout *l, uint32_t fn, Ref r)
{
    for (size_t i = 0; i < l->packed.count; i++)
        if (l->packed.at[i].region && l->packed.at[i].fn == fn && l->packed.at[i].node == r)
            return &l->packed.at[i];
    return NULL;
}

static const Packed *find_copy(const Layout *l, const Packed *wanted)
{
    for (size_t i = 0; i < l->packed.count; i++) {
        const Packed *at = &l->packed.at[i];
        if (!at->region && at->param == wanted->param && nest_equal(&at->nest, &wanted->nest)
            && (at->param || (at->fn == wanted->fn && at->node == wanted->node)))
            return at;
    }
    return NULL;
}

static Packed copy_of(const Layout *l, uint32_t fn, const Form *form, unsigned k)
{
    const Fn *of = l->job->fn[fn];
    Ref from = NODE(of, form->node)->arg[k];
    Packed copy = {.fn = fn, .node = from, .nest = latency_nest(form, &form->in[k])};
    if (NODE(of, from)->op == OP_LEAF)
        copy.param = of->symbol.at[NODE(of, from)->aux].name;
    return copy;
}

const Packed *layout_packed(const Layout *l, uint32_t fn, const Form *form, unsigned k)
{
    Packed wanted = copy_of(l, fn, form, k);
    return find_copy(l, &wanted);
}

const Area *layout_area(const Layout *l, Name param, const Nest *nest)
{
    for (size_t i = 0; i < l->area.count; i++)
        if (l->area.at[i].param == param && nest_equal(&l->area.at[i].nest, nest))
            return &l->area.at[i];
    return NULL;
}

static void add_packed(Layout *l, Packed packed)
{
    packed.offset = l->pack_reals;
    l->pack_reals += (uint32_t)nest_reals(&packed.nest);
    VEC_PUSH(l->arena, l->packed) = packed;
}

static void add_copies(Layout *l, uint32_t fn, const Form *form)
{
    const Fn *of = l->job->fn[fn];
    const Node *n = NODE(of, form->node);
    for (unsigned k = 0; k < n->narg; k++) {
        Packed copy = copy_of(l, fn, form, k);
        bool in_lanes = form->lane >= 0 && form->in[k].k[form->lane] != 0;
        bool number = NODE(of, n->arg[k])->op == OP_CONST && !l->fact[fn][n->arg[k]].region;
        if (in_lanes && !number && l->fact[fn][n->arg[k]].sort == SORT_SHARED && !find_copy(l, &copy))
            add_packed(l, copy);
    }
}

static void add_area(Layout *l, Name param, Nest nest)
{
    if (layout_area(l, param, &nest))
        return;
    VEC_PUSH(l->arena, l->area) = (Area){param, nest, l->sum_reals};
    l->sum_reals += (uint32_t)nest_reals(&nest);
}

static bool is_param(const Field *field, Name name)
{
    for (size_t i = 0; i < field->param.count; i++)
        if (field->param.at[i].name == name)
            return true;
    return false;
}

static void add_sums(Layout *l, uint32_t fn)
{
    const Fn *of = l->job->fn[fn];
    for (size_t i = 0; i < of->root.count; i++) {
        const Root *root = &of->root.at[i];
        Terms terms = {0};
        if (root->kind != ROOT_SUM || !latency_terms(l->arena, of, root->value, &terms))
            continue;
        for (size_t k = 0; k < terms.count; k++) {
            Form form;
            bool rows = terms.at[k].rows;
            if (rows && latency_form(of, l->fact[fn], terms.at[k].node, true, &form))
                add_copies(l, fn, &form);
            if (is_param(l->job->field, root->name))
                add_area(l, root->name, rows ? latency_nest(&form, &form.out)
                                             : latency_value_nest(latency_count(of, terms.at[k].node)));
        }
    }
}

static void add_values(Layout *l, uint32_t fn)
{
    const Fn *of = l->job->fn[fn];
    const Fact *fact = l->fact[fn];
    for (Ref r = 1; r < of->node.count; r++) {
        Form form;
        if (fact[r].region)
            add_packed(l, (Packed){.region = true, .fn = fn, .node = r,
                                   .nest = {.step = 1, .count = latency_count(of, r),
                                            .pitch = (int64_t)chunks_of(latency_count(of, r)) * LANES}});
        else if (fact[r].needed && NODE(of, r)->op == OP_CON && latency_form(of, fact, r, false, &form))
            add_copies(l, fn, &form);
    }
}

Layout *latency_layout(const Job *job)
{
    if (job->found && *job->found)
        return *job->found;
    Arena *arena = job->p->arena;
    Layout *l = NEW(arena, Layout);
    l->job = job;
    l->arena = arena;
    l->fact = NEW_ARRAY(arena, Fact *, job->fns);
    for (uint32_t i = 0; i < job->fns; i++) {
        l->fact[i] = latency_facts(arena, job->fn[i]);
        add_values(l, i);
        add_sums(l, i);
    }
    if (job->found)
        *job->found = l;
    return l;
}
