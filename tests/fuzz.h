/* fuzz.h: a function meets mutants (mutate.h), many of them, in processes that may die of one.
 *
 * A mutant that kills, that takes too long or of which the function complains is cut down to
 * what still does so, and kept in build/fuzz/.  FUZZ_SECONDS=600 in the environment goes on
 * for so long, with other mutants at every start unless FUZZ_SEED says which; FUZZ_FILE is
 * one that was kept, to see whether it is sound now.                                    */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "mutate.h"

typedef struct Fuzz {
    const char *name;               /* of the files that are kept                     */
    const Corpus *corpus;
    uint64_t count;                 /* of mutants, if no time is given                */
    unsigned seconds;               /* of the processor, for one                      */
    /* NULL or, in `why`, what is wrong; `chance` is the mutant's own.                */
    const char *(*meets)(const Mutant *, Chance *chance, char why[512]);
} Fuzz;

/* How many were found; they are listed on stderr. */
size_t fuzz_run(const Fuzz *);

#endif
