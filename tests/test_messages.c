/* test_messages.c: wrong models, and what is said about them.
 *
 * tests/golden/bad/NAME.node is compiled as `nodec check` would, all odefs and all
 * experiments; NAME.txt is what a user reads. */
#include "golden_run.h"
#include "lang/lang.h"
#include "pass/pass.h"

#include <unistd.h>

static void check_all(Arena *arena, const char *path, Diags *diags)
{
    Names names = { .arena = arena };
    const Field *const *fields;
    const Name *experiment;
    Unit *unit = unit_open(arena, &names, path, diags);
    if (!unit || diags->errors) return;
    unit_differentiates(unit, vjp_into);
    unit_fields(unit, TYPE_F32, &fields, diags);
    size_t n = unit_experiments(unit, &experiment);
    for (size_t i = 0; i < n; i++) unit_experiment(unit, experiment[i], NULL, 0, TYPE_F32, diags);
}

static void expect_message(const char *path)
{
    if (!strncmp(path, "syntax_", 7)) return;       /* test_parse.c has them */
    Arena arena = { 0 };
    Diags diags = { .arena = &arena };
    Text text = { .arena = &arena };
    check_all(&arena, path, &diags);
    cr_expect(diags.errors > 0, "%s compiles, and should not", path);
    diag_render(&diags, &text, false);
    golden_compare(&arena, path, ".txt", text_string(&text));
    arena_free(&arena);
}

Test(messages, wrong_models)
{
    cr_assert(chdir("tests/golden/bad") == 0);      /* so that paths read as a user's */
    cr_assert(golden_each("*.node", expect_message) >= 100);
}
