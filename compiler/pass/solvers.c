/* solvers.c: the rows of solvers.def as a table. */
#include "pass/pass.h"

#include <string.h>

const Tableau solver_table[] = {
#define A(...) { __VA_ARGS__ }
#define R(...) { __VA_ARGS__ }
#define B(...) { __VA_ARGS__ }
#define C(...) { __VA_ARGS__ }
#define SOLVER(name, stages, order, help, a, b, c) { #name, stages, order, a, b, c },
#include "ops/solvers.def"
};

const size_t solver_count = COUNT(solver_table);

const Tableau *solver_by_name(const char *name)
{
    for (size_t i = 0; i < solver_count; i++)
        if (!strcmp(solver_table[i].name, name)) return &solver_table[i];
    return NULL;
}
