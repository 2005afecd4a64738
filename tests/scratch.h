/* scratch.h: what tests of the tensor IR begin with: memory and names that live as long
 * as one test, and that a function is sound.                                          */
#ifndef ND_TEST_SCRATCH_H
#define ND_TEST_SCRATCH_H

#include "ir/ir.h"

#include <criterion/criterion.h>

static Arena arena;
static Names names;

static inline void scratch_open(void)  { names = (Names){.arena = &arena}; }
static inline void scratch_close(void) { arena_free(&arena); }

#define SCRATCH_SUITE(suite) TestSuite(suite, .init = scratch_open, .fini = scratch_close)

static inline void assert_sound(const Fn *f)
{
    const char *wrong = ir_verify(f, &arena);
    Text text = {.arena = &arena};
    if (wrong)
        ir_print(f, &text);
    cr_assert(wrong == NULL, "%s: %s\n%s", f->name, wrong, text_string(&text));
}

#endif
