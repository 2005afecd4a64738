/* contract.c: the plan of a contraction, and its lowering.
 *
 * In: a Contract. Out: a list of pieces (contract_normal.c), each with the way it is
 * computed. */
#include "tile/contract_in.h"

#include <stdlib.h>

struct ContractPlan {
    Program *p;
    Pieces    pieces;
    Way     *way;                   /* per piece                                      */
};

static ContractPlan *plan_pieces(Kernels *kernels, const Contract *c)
{
    Arena *arena = kernels_arena(kernels);
    ContractPlan *plan = NEW(arena, ContractPlan);
    plan->p = kernels_program(kernels);
    pieces_of(arena, c, &plan->pieces);
    plan->way = NEW_ARRAY(arena, Way, plan->pieces.count + 1);
    for (size_t i = 0; i < plan->pieces.count; i++) {
        piece_tidy(&plan->pieces.at[i]);
        way_choose(&plan->pieces.at[i], c->padded, &plan->way[i]);
    }
    return plan;
}

ContractPlan *contract_plan(Kernels *kernels, const Contract *c)
{
    ContractPlan *plan = plan_pieces(kernels, c);
    for (size_t i = 0; i < plan->pieces.count; i++)
        if (!plan->way[i].plain) plan->way[i].fn = kernel_fn(kernels, &plan->way[i].kernel);
    return plan;
}

ContractPlan *contract_plan_plain(Kernels *kernels, const Contract *c)
{
    ContractPlan *plan = plan_pieces(kernels, c);
    for (size_t i = 0; i < plan->pieces.count; i++) plan->way[i].plain = true;
    return plan;
}

size_t contract_pieces(const ContractPlan *plan) { return plan->pieces.count; }

void contract_lower_piece(ContractPlan *plan, const Contract *c, size_t piece)
{
    Site site = { .p = plan->p, .c = c, .piece = &plan->pieces.at[piece] };
    way_lower(&site, &plan->way[piece]);
}

void contract_lower(ContractPlan *plan, const Contract *c)
{
    for (size_t i = 0; i < plan->pieces.count; i++) contract_lower_piece(plan, c, i);
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

static int64_t longest_step(const Piece *piece, unsigned a)
{
    int64_t most = 0;
    for (unsigned k = 0; k < piece->nopd; k++)
        if (llabs(piece->step[k][a]) > llabs(most)) most = piece->step[k][a];
    return most;
}

/* How far the sum walks along an axis in the other operands; kept axes are outside of it. */
static void walk(const Contract *c, unsigned operand, int64_t far[MAX_AXES])
{
    Arena scratch = { .heap = c->heap };
    Pieces pieces = { 0 };
    Contract others = *c;
    bool out = operand == OPERAND_OUT;
    if (!out) others.in[operand] = (Strided){ 0 };
    pieces_of(&scratch, &others, &pieces);
    for (size_t i = pieces.count; i-- > 0;) {
        const Piece *piece = &pieces.at[i];
        for (unsigned a = 0; a < piece->naxis && !piece->empty; a++) {
            int64_t step = longest_step(piece, a);
            far[piece->of[a]] = out ? llabs(step) : piece->summed >> a & 1 ? step : INT64_MAX;
        }
    }
    arena_free(&scratch);
}

uint64_t contract_layout(const Contract *c, unsigned operand, uint32_t reads, int64_t step[MAX_AXES])
{
    int v = vector_axis(c, operand, reads);
    int64_t far[MAX_AXES] = { 0 };
    unsigned order[MAX_AXES], count = 0;
    walk(c, operand, far);
    for (unsigned a = 0; a < c->naxis; a++) {
        step[a] = 0;
        if (!(reads >> a & 1) || (int)a == v) continue;
        unsigned at = count++;
        for (; at > 0 && llabs(far[order[at - 1]]) < llabs(far[a]); at--) order[at] = order[at - 1];
        order[at] = a;
    }
    int64_t reals = 1;
    if (v >= 0) step[v] = 1, reals = whole_vectors(c->extent[v]);
    while (count-- > 0) {
        step[order[count]] = far[order[count]] < 0 ? -reals : reals;
        reals *= c->extent[order[count]];
    }
    return (uint64_t)whole_vectors(reals);
}

int64_t contract_layout_first(const Contract *c, uint32_t reads, const int64_t step[MAX_AXES])
{
    int64_t first = 0;
    for (unsigned a = 0; a < c->naxis; a++)
        if (reads >> a & 1 && step[a] < 0) first -= step[a] * ((int64_t)c->extent[a] - 1);
    return first;
}

uint64_t contract_flops(const Contract *c)
{
    Arena scratch = { .heap = c->heap };
    Pieces pieces = { 0 };
    pieces_of(&scratch, c, &pieces);
    uint64_t terms = 0;
    for (size_t i = 0; i < pieces.count; i++) terms += piece_terms(&pieces.at[i]);
    arena_free(&scratch);
    return terms;
}
