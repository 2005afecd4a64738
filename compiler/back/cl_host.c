/* cl_host.c: the host of a launch as data for the runtime.
 *
 * In: loop IR of whole numbers, loops, conditions and calls of kernels (loop/launch.h).
 * Out: the same as tables (runtime/launch.h). */
#include "back/cl.h"
#include "launch.h"

typedef struct Making {
    Arena *arena;
    const Program *p;
    const ClLaunch *of;
    const LFn *host;
    uint32_t *slot;                 /* [var]                                        */
    VEC(launch_step) step;
    VEC(launch_number) number;
    VEC(launch_given) given;
    uint32_t slots;
} Making;

static const uint8_t op_row[OP_COUNT] = {
    [OP_add] = LAUNCH_ADD, [OP_sub] = LAUNCH_SUB, [OP_mul] = LAUNCH_MUL, [OP_div] = LAUNCH_DIV, [OP_mod] = LAUNCH_MOD,
    [OP_neg] = LAUNCH_NEG, [OP_min] = LAUNCH_MIN, [OP_max] = LAUNCH_MAX, [OP_lt] = LAUNCH_LT, [OP_le] = LAUNCH_LE,
    [OP_gt] = LAUNCH_GT, [OP_ge] = LAUNCH_GE, [OP_eq] = LAUNCH_EQ, [OP_ne] = LAUNCH_NE, [OP_select] = LAUNCH_SELECT,
};

/* The number of a parameter of the host, or -1. */
static int64_t param_of(const Making *m, Var var)
{
    for (size_t i = 0; i < m->host->param.count; i++)
        if (m->host->param.at[i] == var) return (int64_t)i;
    return -1;
}

static uint32_t number(Making *m, Exp e)
{
    const LExp *x = &m->p->exp.at[e];
    launch_number n = { 0 };
    if (!e) return 0;
    switch (x->kind) {
    case X_INT:  n.value = (int64_t)x->num; break;
    case X_NULL: n = (launch_number){ .op = LAUNCH_ABSENT, .value = param_of(m, x->var) }; break;
    case X_ANY:  return number(m, x->a);
    case X_VAR:
        n = (launch_number){ .op = LAUNCH_PARAM, .value = param_of(m, x->var) };
        if (n.value < 0) n = (launch_number){ .op = LAUNCH_SLOT, .value = m->slot[x->var] };
        break;
    default:
        INSIST(m->arena, x->kind == X_OP && op_row[x->op] && "a host computes with whole numbers");
        n = (launch_number){ .op = op_row[x->op], .a = number(m, x->a), .b = number(m, x->b), .c = number(m, x->c) };
    }
    VEC_PUSH(m->arena, m->number) = n;
    return (uint32_t)m->number.count - 1;
}

static uint32_t slot_new(Making *m, Var var)
{
    INSIST(m->arena, m->slots < LAUNCH_SLOTS && "too many variables of a host");
    return m->slot[var] = m->slots++;
}

static size_t step_new(Making *m, launch_step step)
{
    VEC_PUSH(m->arena, m->step) = step;
    return m->step.count - 1;
}

static launch_given given(const Making *m, Exp arg)
{
    Var var = m->p->exp.at[arg].var;
    int64_t param = param_of(m, var);
    if (param + 1 == (int64_t)m->host->param.count) return (launch_given){ LAUNCH_STATUS, 0 };
    return param >= 0 ? (launch_given){ LAUNCH_FROM_PARAM, (uint32_t)param } : (launch_given){ LAUNCH_FROM_SLOT, m->slot[var] };
}

static void launch_kernel(Making *m, const LStm *par)
{
    const LStm *call = &m->p->stm.at[par->body];
    launch_step step = { .kind = LAUNCH_KERNEL, .a = number(m, par->b), .first = (uint32_t)m->given.count, .count = call->nargs - 1 };
    while (m->of->launch.kernel.at[step.slot] != call->callee) step.slot++;
    for (uint32_t i = 1; i < call->nargs; i++) VEC_PUSH(m->arena, m->given) = given(m, m->p->arg.at[call->args + i]);
    step_new(m, step);
}

static void steps(Making *m, Stm first)
{
    for (Stm at = first; at; at = m->p->stm.at[at].next) {
        const LStm *s = &m->p->stm.at[at];
        size_t step;
        switch (s->kind) {
        case S_LET:
            step = step_new(m, (launch_step){ .kind = LAUNCH_LET, .a = number(m, s->a) });
            m->step.at[step].slot = slot_new(m, s->var);
            break;
        case S_FOR: {
            const uint32_t from = number(m, s->a), to = number(m, s->b), by = number(m, s->c), slots = m->slots;
            step = step_new(m, (launch_step){ .kind = LAUNCH_FOR, .a = from, .b = to, .c = by, .slot = slot_new(m, s->var) });
            steps(m, s->body);
            m->step.at[step].end = (uint32_t)m->step.count;
            m->slots = slots;
            break;
        }
        case S_IF:
            step = step_new(m, (launch_step){ .kind = LAUNCH_IF, .a = number(m, s->a) });
            steps(m, s->body);
            m->step.at[step].other = (uint32_t)m->step.count;
            steps(m, s->other);
            m->step.at[step].end = (uint32_t)m->step.count;
            break;
        case S_PAR: launch_kernel(m, s); break;
        default: INSIST(m->arena, !"a host that works itself");
        }
    }
}

const launch *cl_host_of(Arena *arena, const Program *p, const ClLaunch *of)
{
    Making m = { .arena = arena, .p = p, .of = of, .host = p->fn.at[of->launch.host], .slot = NEW_ARRAY(arena, uint32_t, p->var.count) };
    VEC_PUSH(arena, m.number) = (launch_number){ 0 };
    steps(&m, m.host->body);
    launch *out = NEW(arena, launch);
    *out = (launch){ .step = m.step.at, .steps = m.step.count, .number = m.number.at, .numbers = m.number.count,
                     .given = m.given.at, .givens = m.given.count, .kernel = of->kernel, .group = of->group, .kernels = of->launch.kernel.count, .slots = m.slots };
    return out;
}
