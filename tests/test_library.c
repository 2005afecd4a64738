/* The library as a host sees it: nodec.h alone. */
#include "library/nodec.h"
#include "jitted.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char small[] =
    "odef Spring(stiff = 2) {\n"
    "    state x, v\n"
    "    param k[stiff] : positive = 1\n"
    "    input push = 0\n"
    "    dx/dt = v\n"
    "    dv/dt = push - sum(k) * x\n"
    "    output energy = x * x\n"
    "}\n";

static nodec_unit *opened(const char *text)
{
    nodec_unit *unit;
    int outcome = nodec_open_text("spring.node", text, strlen(text), &unit);
    cr_assert_eq(outcome, NODEC_DONE, "%d: %s", outcome, nodec_messages(unit, 0));
    return unit;
}

static nodec_request named(const char *name)
{
    return (nodec_request){ .size = sizeof(nodec_request), .name = name };
}

/* ---- what comes out ------------------------------------------------------------------------ */

Test(library, a_definition_is_described_with_names_and_shapes)
{
    nodec_unit *unit = opened(small);
    const nodec_definition *d;
    size_t count;
    nodec_request request = named("Spring(stiff = 3)");
    cr_assert_eq(nodec_describe(unit, &request, &d, &count), NODEC_DONE, "%s", nodec_messages(unit, 0));
    cr_assert_eq(count, 1);
    cr_assert_eq(d->kind, NODEC_ODEF);
    cr_assert_str_eq(d->name, "Spring");
    cr_assert(strstr(d->instance, "stiff = 3"));
    cr_assert(d->states == 2 && d->params == 3 && d->inputs == 1 && d->outputs == 1 && !d->uses_time);
    static const struct { int part; const char *name; size_t rank, offset, count; } rows[] = {
        { NODEC_STATE, "x", 0, 0, 1 }, { NODEC_STATE, "v", 0, 1, 1 }, { NODEC_INPUT, "push", 0, 0, 1 },
        { NODEC_PARAM, "k", 1, 0, 3 }, { NODEC_OUTPUT, "energy", 0, 0, 1 },
    };
    cr_assert_eq(d->rows, sizeof rows / sizeof *rows);
    for (size_t i = 0; i < d->rows; i++) {
        cr_expect(d->row[i].part == rows[i].part && d->row[i].rank == rows[i].rank && d->row[i].offset == rows[i].offset &&
                  d->row[i].count == rows[i].count, "row %zu", i);
        cr_expect_str_eq(d->row[i].name, rows[i].name);
    }
    cr_expect(d->row[3].shape[0] == 3 && d->row[3].positive);
    nodec_close(unit);
}

Test(library, everything_of_a_file_is_described)
{
    nodec_unit *unit;
    const nodec_definition *d;
    size_t count, of[3] = { 0 };
    cr_assert_eq(nodec_open_file("models/spiral.node", &unit), NODEC_DONE);
    cr_assert_eq(nodec_describe(unit, NULL, &d, &count), NODEC_DONE);
    for (size_t i = 0; i < count; i++) of[d[i].kind]++;
    cr_assert(of[NODEC_ODEF] >= 3 && of[NODEC_MODEL] == 0 && of[NODEC_EXPERIMENT] >= 1);
    nodec_close(unit);
}

Test(library, c_is_named_as_it_is_asked_for)
{
    nodec_unit *unit;
    nodec_output *c, *joined;
    cr_assert_eq(nodec_open_file("models/spiral.node", &unit), NODEC_DONE);
    nodec_request request = named("Mlp(hidden = 3)");
    request.prefix = "my_own", request.file = "other";
    cr_assert_eq(nodec_emit(unit, &request, "c", &c), NODEC_DONE);
    request.joined = 1, request.real_bytes = 8;
    cr_assert_eq(nodec_emit(unit, &request, "c", &joined), NODEC_DONE);
    nodec_close(unit);                          /* an output does not need its unit   */
    cr_expect(strstr(c->text, "#include \"other.h\"") && strstr(c->text, "int my_own_mlp_solve(") && strstr(c->text, "spiral.node"));
    cr_expect(strstr(c->header, "int my_own_mlp_solve(") && strstr(c->header, "typedef float my_own_real") && !c->host);
    cr_expect(strlen(c->text) == c->length && strlen(c->header) == c->header_length);
    cr_expect(strstr(joined->text, "typedef double my_own_real") && !joined->header);
    nodec_output_free(c);
    nodec_output_free(joined);
}

Test(library, every_kind_of_every_odef_is_a_text)
{
    nodec_unit *unit = opened(small);
    nodec_output *out;
    const char *kind;
    for (size_t i = 0; (kind = nodec_kind_name(i)); i++) {
        bool machine = !strcmp(kind, "obj") || !strcmp(kind, "asm");     /* LLVM's */
        if (machine && !jitted_here()) continue;
        cr_assert_eq(nodec_emit(unit, NULL, kind, &out), NODEC_DONE, "%s: %s", kind, nodec_messages(unit, 0));
        cr_expect(out->text && (strlen(out->text) == out->length || !strcmp(kind, "obj")));
        cr_expect(out->length || !strcmp(kind, "phases"), "%s", kind);
        nodec_output_free(out);
    }
    nodec_close(unit);
}

Test(library, a_model_may_have_no_outputs)
{
    nodec_unit *unit = opened("model M {\n    input x[2], label : int(2)\n    loss l = x[label]\n}\n");
    nodec_output *out;
    cr_assert_eq(nodec_emit(unit, NULL, "c", &out), NODEC_DONE, "%s", nodec_messages(unit, 0));
    nodec_output_free(out);
    nodec_close(unit);
}

Test(library, the_canonical_layout_of_a_text_with_errors)
{
    static const char text[] = "odef A {\n state x\n dx/dt =   nobody\n}\n";
    nodec_unit *unit;
    nodec_output *out;
    cr_assert_eq(nodec_open_text("a.node", text, strlen(text), &unit), NODEC_WRONG);
    cr_assert_eq(nodec_format(unit, &out), NODEC_DONE);
    cr_assert(strstr(out->text, "dx/dt = nobody\n"));
    nodec_output_free(out);
    nodec_close(unit);
}

/* ---- diagnostics ----------------------------------------------------------------------------- */

Test(library, a_diagnostic_is_data_and_text)
{
    static const char text[] = "odef A {\n    state x[2]\n    param W[3, 3]\n    dx/dt = W @ x\n}\n";
    nodec_unit *unit = opened(text);
    nodec_output *out;
    for (int again = 0; again < 2; again++) {   /* and says the same the second time    */
        const nodec_diagnostic *d;
        cr_assert_eq(nodec_emit(unit, NULL, "c", &out), NODEC_WRONG);
        cr_assert_null(out);
        size_t count = nodec_diagnostics(unit, &d);
        cr_assert(count >= 1 && d->severity == NODEC_ERROR && d->line == 4 && d->column == 15 && d->end_column == 16);
        cr_assert_str_eq(d->file, "spring.node");
        cr_assert(strstr(d->message, "3") && !strchr(d->message, '\n'));
        cr_assert(strstr(nodec_messages(unit, 0), "spring.node:4:15: error: "));
        cr_assert(strstr(nodec_messages(unit, 1), "\033["));
    }
    nodec_close(unit);
}

Test(library, a_wrong_text_has_diagnostics_and_nothing_else)
{
    nodec_unit *unit;
    nodec_output *out;
    const nodec_definition *d;
    size_t count;
    cr_assert_eq(nodec_open_text("a.node", "odef A {", 8, &unit), NODEC_WRONG);
    cr_assert(unit && strstr(nodec_messages(unit, 0), "never closed"));
    cr_assert_eq(nodec_emit(unit, NULL, "c", &out), NODEC_WRONG);
    cr_assert_eq(nodec_describe(unit, NULL, &d, &count), NODEC_WRONG);
    cr_assert(strstr(nodec_messages(unit, 0), "never closed"));
    nodec_close(unit);
}

/* ---- imports ------------------------------------------------------------------------------------ */

typedef struct Shelf { int asked; char last[80]; } Shelf;

static const char *from_shelf(void *self, const char *path, size_t *length)
{
    static const char text[] = "odef Base { state x  dx/dt = -x }\n";
    Shelf *shelf = self;
    shelf->asked++;
    snprintf(shelf->last, sizeof shelf->last, "%s", path);
    *length = strlen(text);
    return strstr(path, "base") ? text : NULL;
}

Test(library, imports_come_from_the_host)
{
    static const char good[] = "import \"base.node\" as b\nodef A { state x  dx/dt = 2 * x }\n", bad[] = "import \"other.node\"\n";
    Shelf shelf = { 0 };
    nodec_opening how = { .size = sizeof how, .name = "shelf/a.node", .text = good, .length = strlen(good),
                          .read = from_shelf, .read_self = &shelf };
    nodec_unit *unit;
    cr_assert_eq(nodec_open(&how, &unit), NODEC_DONE, "%s", nodec_messages(unit, 0));
    cr_assert_str_eq(shelf.last, "shelf/base.node");
    cr_assert_str_eq(nodec_imported(unit, 0), "shelf/base.node");
    cr_assert_null(nodec_imported(unit, 1));
    nodec_close(unit);
    how.text = bad, how.length = strlen(bad);
    cr_assert_eq(nodec_open(&how, &unit), NODEC_WRONG);
    cr_assert(strstr(nodec_messages(unit, 0), "shelf/other.node"));
    cr_assert_eq(shelf.asked, 2);
    nodec_close(unit);
}

Test(library, imports_come_from_a_folder)
{
    static const char text[] = "import \"spiral.node\" as s\nodef A { state x[2]  layer f = s.Mlp()  dx/dt = x }\n";
    nodec_opening how = { .size = sizeof how, .text = text, .length = strlen(text), .folder = "models" };
    nodec_unit *unit;
    nodec_open(&how, &unit);
    cr_assert_str_eq(nodec_imported(unit, 0) ? nodec_imported(unit, 0) : nodec_messages(unit, 0), "spiral.node");
    nodec_close(unit);
}

/* ---- misuse --------------------------------------------------------------------------------------- */

Test(library, misuse_is_an_outcome)
{
    nodec_unit *unit, *good = opened(small);
    nodec_output *out;
    const nodec_definition *d;
    size_t count;
    cr_expect_eq(nodec_open(NULL, &unit), NODEC_MISUSE);
    cr_expect_null(unit);
    cr_expect_eq(nodec_open_text("a", "", 0, NULL), NODEC_MISUSE);
    cr_expect_eq(nodec_open(&(nodec_opening){ .size = 3 }, &unit), NODEC_MISUSE);
    cr_expect_eq(nodec_open(&(nodec_opening){ .size = sizeof(nodec_opening) }, &unit), NODEC_MISUSE);
    nodec_close(unit);
    cr_expect_eq(nodec_open_text(NULL, NULL, 5, &unit), NODEC_MISUSE);
    nodec_close(unit);
    cr_expect_eq(nodec_open_file(NULL, &unit), NODEC_MISUSE);
    nodec_close(unit);
    cr_expect_eq(nodec_open_file("models", &unit), NODEC_SYSTEM);
    nodec_close(unit);
    cr_expect_eq(nodec_open_file("no/such.node", &unit), NODEC_SYSTEM);
    cr_expect(strstr(nodec_messages(unit, 0), "no/such.node: No such file"));
    cr_expect_eq(nodec_emit(unit, NULL, "c", &out), NODEC_SYSTEM);
    cr_expect_eq(nodec_format(unit, &out), NODEC_SYSTEM);
    nodec_close(unit);

    cr_expect_eq(nodec_emit(NULL, NULL, "c", &out), NODEC_MISUSE);
    cr_expect_eq(nodec_emit(good, NULL, "c", NULL), NODEC_MISUSE);
    cr_expect_eq(nodec_emit(good, NULL, NULL, &out), NODEC_MISUSE);
    cr_expect_eq(nodec_emit(good, NULL, "pascal", &out), NODEC_MISUSE);
    cr_expect(strstr(nodec_messages(good, 0), "pascal"));
    cr_expect_eq(nodec_emit(good, &(nodec_request){ 0 }, "c", &out), NODEC_MISUSE);
    cr_expect_eq(nodec_emit(good, &(nodec_request){ .size = sizeof(nodec_request), .real_bytes = 3 }, "c", &out), NODEC_MISUSE);
    cr_expect_eq(nodec_emit(good, &(nodec_request){ .size = sizeof(nodec_request), .sets = 1 }, "c", &out), NODEC_MISUSE);
    cr_expect_eq(nodec_describe(NULL, NULL, &d, &count), NODEC_MISUSE);
    cr_expect_eq(nodec_describe(good, NULL, NULL, &count), NODEC_MISUSE);
    nodec_request nobody = named("Nobody"), open = named("Spring("), empty = named(""), odd = named("1 + 1");
    cr_expect_eq(nodec_emit(good, &nobody, "c", &out), NODEC_WRONG);
    cr_expect_eq(nodec_emit(good, &open, "c", &out), NODEC_WRONG);
    cr_expect_eq(nodec_emit(good, &empty, "c", &out), NODEC_WRONG);
    cr_expect_eq(nodec_emit(good, &odd, "c", &out), NODEC_WRONG);
    cr_expect_null(out);
    cr_expect_null(nodec_kind_name(1000));
    cr_expect_eq(nodec_diagnostics(NULL, NULL), 0);
    cr_expect_str_eq(nodec_messages(NULL, 0), "");
    nodec_output_free(NULL);
    nodec_close(NULL);

    cr_expect_eq(nodec_emit(good, NULL, "c", &out), NODEC_DONE, "after all that");
    nodec_output_free(out);
    nodec_close(good);
}
