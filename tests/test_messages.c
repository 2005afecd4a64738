/* test_messages.c: wrong models, and what is said about them.
 *
 * tests/golden/bad/NAME.node is compiled as `nodec check` would, all odefs, models and
 * experiments; NAME.txt is what a user reads. */
#include "golden_run.h"
#include "lang/lang.h"
#include "pass/pass.h"

#include <unistd.h>

/* How many fields and experiments there are without a mistake. */
static size_t check_unit(Unit *unit, Diags *diags)
{
    const Field *const *fields;
    const Model *const *models;
    const Name *experiment;
    if (!unit || diags->errors) return 0;
    unit_differentiates(unit, vjp_into);
    size_t sound = unit_fields(unit, TYPE_F32, &fields, diags) + unit_models(unit, TYPE_F32, &models, diags), n = unit_experiments(unit, &experiment);
    for (size_t i = 0; i < n; i++) sound += unit_experiment(unit, experiment[i], NULL, 0, TYPE_F32, diags) != NULL;
    return sound;
}

static void check_all(Arena *arena, const char *path, Diags *diags)
{
    Names names = { .arena = arena };
    check_unit(unit_open(arena, &names, path, diags), diags);
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

/* ---- models with something missing ----------------------------------------------
 * Whatever is left out, there is a message or a model, and no crash.              */

static void without(const char *text, size_t length, size_t from, size_t to)
{
    Arena arena = { 0 };
    Names names = { .arena = &arena };
    Diags diags = { .arena = &arena };
    Text rendered = { .arena = &arena };
    const char *rest = arena_printf(&arena, "%.*s%.*s", (int)from, text, (int)(length - to), text + to);
    Source source = { "cut.node", rest, strlen(rest) };
    size_t sound = check_unit(unit_of_source(&arena, &names, &source, &diags), &diags);
    cr_expect(sound || diags.errors || !strstr(rest, "odef"), "neither a model nor a message:\n%s", rest);
    diag_render(&diags, &rendered, true);
    arena_free(&arena);
}

static void without_each_line(const char *path)
{
    Arena arena = { 0 };
    size_t length;
    const char *text = file_read(&arena, path, &length);
    for (size_t from = 0, to; from < length; from = to) {
        to = from + strcspn(text + from, "\n") + 1;
        without(text, length, from, to < length ? to : length);
    }
    arena_free(&arena);
}

Test(messages, every_line_left_out)
{
    cr_assert(golden_each("models/*.node", without_each_line) >= 5);
}

Test(messages, every_word_left_out)
{
    static const char blank[] = " \n";
    Arena arena = { 0 };
    size_t length;
    const char *text = file_read(&arena, "models/pendulum.node", &length);
    for (size_t from = 0, to; from < length; from = to + strspn(text + to, blank)) {
        to = from + strcspn(text + from, blank);
        without(text, length, from, to);
    }
    arena_free(&arena);
}
