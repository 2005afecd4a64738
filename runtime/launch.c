/* launch.c: see launch.h. */
#include "launch.h"

typedef struct run {
    const launch *l;
    const launch_whole *param;
    const launch_host *host;
    int64_t slot[LAUNCH_SLOTS];
} run;

static int64_t apply(uint32_t op, int64_t a, int64_t b)
{
    switch (op) {
#define ROW(name, value) case LAUNCH_##name: return value;
    LAUNCH_OPS(ROW)
#undef ROW
    default: return 0;
    }
}

static int64_t number_of(const run *r, uint32_t at)
{
    const launch_number *n = &r->l->number[at];
    switch (n->op) {
    case LAUNCH_CONSTANT: return n->value;
    case LAUNCH_PARAM:    return r->param[n->value];
    case LAUNCH_ABSENT:   return !r->param[n->value];
    case LAUNCH_SLOT:     return r->slot[n->value];
    case LAUNCH_SELECT:   return number_of(r, number_of(r, n->a) ? n->b : n->c);
    case LAUNCH_NEG:      return -number_of(r, n->a);
    default:              return apply(n->op, number_of(r, n->a), number_of(r, n->b));
    }
}

static int run_steps(run *r, size_t from, size_t to);

static int run_loop(run *r, size_t at)
{
    const launch_step *s = &r->l->step[at];
    const int64_t end = number_of(r, s->b), by = number_of(r, s->c);
    int status = 0;
    for (int64_t i = number_of(r, s->a); i < end && !status; i += by) {
        r->slot[s->slot] = i;
        status = run_steps(r, at + 1, s->end);
    }
    return status;
}

static int run_steps(run *r, size_t from, size_t to)
{
    int status = 0;
    for (size_t at = from, next; at < to && !status; at = next) {
        const launch_step *s = &r->l->step[at];
        next = at + 1;
        switch ((launch_kind)s->kind) {
        case LAUNCH_LET: r->slot[s->slot] = number_of(r, s->a); break;
        case LAUNCH_FOR:
            status = run_loop(r, at);
            next = s->end;
            break;
        case LAUNCH_IF:
            status = number_of(r, s->a) ? run_steps(r, at + 1, s->other) : run_steps(r, s->other, s->end);
            next = s->end;
            break;
        case LAUNCH_KERNEL:
            status = r->host->queue(r->host->self, s->slot, (size_t)number_of(r, s->a), r->l->given + s->first, s->count, r->slot);
            break;
        }
    }
    return status;
}

int launch_run(const launch *l, const launch_whole *param, const launch_host *host)
{
    run r = {.l = l, .param = param, .host = host};
    return run_steps(&r, 0, l->steps);
}
