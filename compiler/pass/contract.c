/* contract.c: the plan of a contraction, and its lowering.
 *
 * In: a Contract. Out: a list of boxes (contract_normal.c), each with the way it is
 * computed. */
#include "pass/contract_box.h"

struct ContractPlan {
    Program *p;
    Boxes    boxes;
    Way     *way;                   /* per box                                      */
};

ContractPlan *contract_plan(Kernels *kernels, const Contract *c)
{
    Arena *arena = kernels_arena(kernels);
    ContractPlan *plan = NEW(arena, ContractPlan);
    plan->p = kernels_program(kernels);
    boxes_split(arena, c, &plan->boxes);
    plan->way = NEW_ARRAY(arena, Way, plan->boxes.count + 1);
    for (size_t i = 0; i < plan->boxes.count; i++) {
        Box *box = &plan->boxes.at[i];
        Way *way = &plan->way[i];
        box_tidy(box);
        if (way_choose(box, c->padded, plan->p->real, way)) way->fn = kernel_fn(kernels, &way->kernel);
    }
    return plan;
}

void contract_lower(ContractPlan *plan, const Contract *c)
{
    for (size_t i = 0; i < plan->boxes.count; i++) {
        Site site = { .p = plan->p, .c = c, .box = &plan->boxes.at[i] };
        way_lower(&site, &plan->way[i]);
    }
}

/* ---- layouts ----------------------------------------------------------------------------- */

static int64_t whole_vectors(int64_t extent) { return (extent + LANES - 1) / LANES * LANES; }

static int64_t step_of(const Contract *c, unsigned operand, unsigned axis)
{
    return operand == OPERAND_OUT ? c->out.step[axis] : c->in[operand].step[axis];
}

/* Step 1 or none in everything but `operand`, and 1 somewhere: the vector axis, the longest of them. */
static int vector_axis(const Contract *c, unsigned operand, uint32_t reads)
{
    int best = -1;
    for (unsigned a = 0; a < c->naxis; a++) {
        bool fits = reads >> a & 1 && c->extent[a] > 1 && !(c->counted >> a & 1), one = false;
        for (unsigned k = 0; k <= OPERAND_OUT; k++) {
            if (k == operand || (k >= c->nopd && k != OPERAND_OUT)) continue;
            int64_t step = step_of(c, k, a);
            fits &= step == 0 || step == 1;
            one |= step == 1 && (operand == OPERAND_OUT || k == OPERAND_OUT);
        }
        if (fits && one && (best < 0 || c->extent[a] >= c->extent[best])) best = (int)a;
    }
    return best;
}

/* Where the sum walks: by falling step of the other operand. */
static int64_t walk(const Contract *c, unsigned operand, unsigned axis)
{
    int64_t most = 0;
    for (unsigned k = 0; k < c->nopd; k++) {
        int64_t step = k == operand ? 0 : c->in[k].step[axis];
        if (step < 0) step = -step;
        if (step > most) most = step;
    }
    return most;
}

uint64_t contract_layout(const Contract *c, unsigned operand, uint32_t reads, int64_t step[MAX_AXES])
{
    int v = vector_axis(c, operand, reads);
    unsigned order[MAX_AXES], count = 0;
    for (unsigned a = 0; a < c->naxis; a++) {
        step[a] = 0;
        if (!(reads >> a & 1) || (int)a == v) continue;
        unsigned at = count++;
        for (; at > 0 && walk(c, operand, order[at - 1]) < walk(c, operand, a); at--) order[at] = order[at - 1];
        order[at] = a;
    }
    int64_t reals = 1;
    if (v >= 0) step[v] = 1, reals = whole_vectors(c->extent[v]);
    while (count-- > 0) step[order[count]] = reals, reals *= c->extent[order[count]];
    return (uint64_t)whole_vectors(reals);
}

uint64_t contract_flops(const Contract *c)
{
    Arena scratch = { 0 };
    Boxes boxes = { 0 };
    boxes_split(&scratch, c, &boxes);
    uint64_t terms = 0;
    for (size_t i = 0; i < boxes.count; i++) terms += box_terms(&boxes.at[i]);
    arena_free(&scratch);
    return terms;
}
