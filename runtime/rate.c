/* rate.c: see rate.h. */
#include "rate.h"

#include <math.h>

#define NODEC_PI 3.14159265358979323846

double rate_at(const nodec_rate *rate, uint64_t step, uint64_t steps)
{
    const double s = (double)(step - 1), n = (double)(rate->over ? rate->over : steps);
    const double every = (double)rate->every, factor = rate->factor, end = rate->end;
    const double warm = step < rate->warmup ? (double)step / (double)rate->warmup : 1;
    switch (rate->kind) {
#define RATE(name, expression) case NODEC_RATE_##name: return warm * (expression);
#include "rate.def"
#undef RATE
    case NODEC_RATES: break;
    }
    return warm;
}

const char *rate_name(nodec_rate_kind kind)
{
    static const char *const name[] = {
#define RATE(name, expression) #name,
#include "rate.def"
#undef RATE
    };
    return kind < NODEC_RATES ? name[kind] : "?";
}

int rate_check(const nodec_rate *rate, nodec_fault *fault)
{
    if (rate->kind >= NODEC_RATES) return fault_set(fault, NODEC_EXIT_USAGE, "an unknown learning-rate schedule");
    if (rate->kind == NODEC_RATE_step && !(rate->every > 0 && rate->factor > 0))
        return fault_set(fault, NODEC_EXIT_DATA, "schedule: step needs `every` and `factor` above 0");
    if (rate->kind == NODEC_RATE_cosine && !(rate->end >= 0 && rate->end <= 1))
        return fault_set(fault, NODEC_EXIT_DATA, "schedule: cosine's `end` is what is left of the rate, 0 to 1");
    return 0;
}
