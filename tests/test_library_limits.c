/* The library where there is too little: memory that runs out, texts that break off, garbage,
 * a thousand rounds, two threads; and where it finds a bug of its own. */
#include "library/library.h"

#include <criterion/criterion.h>
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *file_text(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    cr_assert(file, "%s", path);
    char *text = malloc(1 << 16);
    *length = fread(text, 1, (1 << 16) - 1, file);
    text[*length] = 0;
    fclose(file);
    return text;
}

/* ---- memory that runs out -------------------------------------------------------------------- */

typedef struct Purse { size_t left, taken, given; } Purse;

static void *take(void *self, size_t bytes)
{
    Purse *purse = self;
    if (!purse->left) return NULL;
    purse->left--, purse->taken++;
    return malloc(bytes);
}

static void give(void *self, void *memory)
{
    ((Purse *)self)->given++;
    free(memory);
}

typedef struct Meal { const char *path, *name; } Meal;

/* Opens, describes, compiles to C and OpenCL, lays out; whatever fails, goes on with the next. */
static int consume(const Meal *meal, size_t coins, size_t block, Purse *purse)
{
    static const char *const kinds[] = { "c", "opencl", "llvm", "explain", "ir" };
    *purse = (Purse){ .left = coins };
    const nodec_opening how = { .size = sizeof how, .path = meal->path, .take = take, .give = give, .memory_self = purse, .block = block };
    const nodec_request request = { .size = sizeof request, .name = meal->name };
    const nodec_definition *d;
    size_t count;
    nodec_unit *unit;
    nodec_output *out;
    int worst = nodec_open(&how, &unit), outcome;
    if (!unit) {
        cr_assert(worst == NODEC_MEMORY && purse->taken == 0);
        return worst;
    }
    if ((outcome = nodec_describe(unit, &request, &d, &count)) > worst) worst = outcome;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if ((outcome = nodec_emit(unit, &request, kinds[i], &out)) > worst) worst = outcome;
        cr_assert(!out == (outcome != NODEC_DONE));
        nodec_output_free(out);
    }
    if ((outcome = nodec_format(unit, &out)) > worst) worst = outcome;
    nodec_output_free(out);
    if (worst) cr_assert_str_eq(nodec_messages(unit, 0), "out of memory");
    nodec_close(unit);
    return worst;
}

/* Memory is refused at the k-th request, for k that meet every part of the way: each of the first
 * ones, then further and further apart. What was taken is given back.                          */
static void starve(const Meal *meal, size_t block, double apart)
{
    Purse purse;
    cr_assert_eq(consume(meal, SIZE_MAX, block, &purse), NODEC_DONE);
    cr_assert_eq(purse.taken, purse.given);
    size_t all = purse.taken, runs = 0;
    for (size_t k = 0; k < all; k += 1 + (size_t)((double)k * apart), runs++) {
        cr_assert_eq(consume(meal, k, block, &purse), NODEC_MEMORY, "%zu of %zu", k, all);
        cr_assert_eq(purse.taken, purse.given, "%zu of %zu", k, all);
    }
    cr_log_info("%s: %zu of %zu requests for memory were refused", meal->path, runs, all);
    cr_assert(runs > 20);
}

Test(library_limits, memory_may_run_out_anywhere, .timeout = 300)
{
    starve(&(Meal){ "models/lynx_hare.node", NULL }, 0, 0.02);
    starve(&(Meal){ "models/lynx_hare.node", NULL }, 16, 0.12);
    starve(&(Meal){ "models/spiral.node", "comp" }, 16, 0.3);
}

Test(library_limits, memory_may_run_out_in_a_model, .timeout = 300)
{
    starve(&(Meal){ "tests/models/tiny.node", NULL }, 0, 0.1);
    starve(&(Meal){ "tests/models/tiny.node", NULL }, 16, 0.5);
}

/* ---- bugs --------------------------------------------------------------------------------------- */

static int divide_by_nothing(nodec_unit *u, void *number)
{
    INSIST(&u->arena, number && "a number");
    return NODEC_DONE;
}

Test(library_limits, a_bug_is_an_outcome)
{
    Purse purse = { .left = SIZE_MAX };
    const nodec_opening how = { .size = sizeof how, .path = "models/spiral.node", .take = take, .give = give, .memory_self = &purse };
    const nodec_request request = { .size = sizeof request };
    const nodec_diagnostic *said;
    nodec_unit *unit;
    nodec_output *before, *after;
    cr_assert_eq(nodec_open(&how, &unit), NODEC_DONE);
    cr_assert_eq(nodec_emit(unit, &request, "ir", &before), NODEC_DONE);
    cr_assert_eq(unit_request(unit, divide_by_nothing, NULL, NULL), NODEC_BUG);
    cr_assert_eq(nodec_diagnostics(unit, &said), 1);
    cr_expect(strstr(said->message, "a bug in nodec, at tests/test_library_limits.c:"), "%s", said->message);
    cr_expect_str_eq(said->message, nodec_messages(unit, 0));
    cr_assert_eq(nodec_emit(unit, &request, "ir", &after), NODEC_BUG);
    cr_assert_null(after);
    nodec_close(unit);
    cr_expect(strlen(before->text) == before->length);
    nodec_output_free(before);
    cr_assert_eq(purse.taken, purse.given);
}

/* ---- texts that are none ------------------------------------------------------------------------ */

static int open_and_check(const char *text, size_t length)
{
    nodec_unit *unit;
    const nodec_definition *d;
    size_t count;
    int outcome = nodec_open_text("some.node", text, length, &unit);
    if (!outcome) outcome = nodec_describe(unit, NULL, &d, &count);
    cr_assert(outcome == NODEC_DONE || outcome == NODEC_WRONG, "%d: %s", outcome, nodec_messages(unit, 0));
    cr_assert(outcome == NODEC_DONE || *nodec_messages(unit, 0));
    nodec_close(unit);
    return outcome;
}

static nodec_output *compiled(const char *text, size_t length, const char *name)
{
    const nodec_request request = { .size = sizeof request, .name = name };
    nodec_unit *unit;
    nodec_output *out;
    cr_assert_eq(nodec_open_text("some.node", text, length, &unit), NODEC_DONE, "%s", nodec_messages(unit, 0));
    cr_assert_eq(nodec_emit(unit, &request, "c", &out), NODEC_DONE, "%s", nodec_messages(unit, 0));
    nodec_close(unit);
    return out;
}

/* What ends a string of C ends nothing here. */
Test(library_limits, a_comment_may_hold_any_byte)
{
    size_t length;
    char *text = file_text("models/lorenz.node", &length), *first = memchr(text, '#', length);
    nodec_output *with = compiled(text, length, "chaos");
    cr_assert(first == text);
    memcpy(first + 1, "\0\xff\x1b", 3);
    nodec_output *without = compiled(text, length, "chaos");
    cr_expect_str_eq(with->text, without->text);
    nodec_output_free(with);
    nodec_output_free(without);
    free(text);
}

Test(library_limits, an_empty_text_is_a_model_of_nothing)
{
    const char *kind;
    nodec_unit *unit;
    nodec_output *out;
    cr_assert_eq(nodec_open_text("none.node", "", 0, &unit), NODEC_DONE);
    for (size_t i = 0; (kind = nodec_kind_name(i)); i++) {
        int outcome = nodec_emit(unit, NULL, kind, &out);
        cr_expect(outcome == NODEC_DONE || outcome == NODEC_SYSTEM, "%s: %d", kind, outcome);
        nodec_output_free(out);
    }
    nodec_close(unit);
}

Test(library_limits, a_text_may_end_anywhere, .timeout = 300)
{
    static const char *const paths[] = { "models/lynx_hare.node", "models/spiral.node", "tests/models/tiny.node" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        size_t length;
        char *text = file_text(paths[i], &length);
        for (size_t n = 0; n <= length; n++) {
            char *part = malloc(n + !n);                /* its own memory: what is read behind it shows */
            memcpy(part, text, n);
            open_and_check(part, n);
            free(part);
        }
        free(text);
    }
}

Test(library_limits, garbage_is_wrong)
{
    unsigned state = 1;
    char noise[4096];
    for (int round = 0; round < 200; round++) {
        for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)((state = state * 1664525u + 1013904223u) >> 24);
        cr_expect_eq(open_and_check(noise, sizeof noise >> round % 12), NODEC_WRONG);
    }
}

Test(library_limits, bytes_may_be_changed, .timeout = 300)
{
    unsigned state = 7;
    size_t length;
    char *text = file_text("models/spiral.node", &length);
    for (int round = 0; round < 1000; round++) {
        size_t at = (state = state * 1664525u + 1013904223u) % length;
        char was = text[at];
        text[at] = "(){}[],.:=+-*/^@0aB \n\"#\xff"[state >> 8 & 15];
        open_and_check(text, length);
        text[at] = was;
    }
    free(text);
}

Test(library_limits, a_text_may_be_too_large)
{
    size_t length = (size_t)17 << 20;
    char *text = malloc(length);
    memset(text, ' ', length);
    cr_expect_eq(open_and_check(text, length), NODEC_WRONG);
    free(text);
}

Test(library_limits, an_expression_may_be_too_deep)
{
    enum { DEEP = 20000 };
    char *text = malloc(3 * DEEP + 100);
    int n = sprintf(text, "odef A {\n state x\n dx/dt = ");
    memset(text + n, '(', DEEP), n += DEEP;
    text[n++] = 'x';
    memset(text + n, ')', DEEP), n += DEEP;
    n += sprintf(text + n, "\n}\n");
    cr_expect_eq(open_and_check(text, (size_t)n), NODEC_WRONG);
    free(text);
}

/* ---- a thousand rounds ----------------------------------------------------------------------------- */

static size_t in_use(void)
{
#if defined __GLIBC__ && __GLIBC_PREREQ(2, 33)
    return mallinfo2().uordblks;                /* 0 under the address sanitizer, which finds leaks itself */
#else
    return 0;
#endif
}

Test(library_limits, a_thousand_rounds_leave_nothing, .timeout = 300)
{
    size_t length, before = 0;
    char *text = file_text("models/lynx_hare.node", &length);
    for (int round = 0; round < 1000; round++) {
        if (round == 10) before = in_use();
        open_and_check(text, length - (size_t)(round % 3) * 7);
    }
    cr_expect(in_use() <= before + 4096, "%zu bytes more", in_use() - before);
    free(text);
}

/* ---- threads ------------------------------------------------------------------------------------------ */

typedef struct Writer { const char *path, *name; char *text; size_t length; int outcome; } Writer;

static void *write_some(void *self)
{
    Writer *w = self;
    for (int round = 0; round < 5 && !w->outcome; round++) {
        nodec_unit *unit;
        nodec_output *c = NULL;
        const nodec_request request = { .size = sizeof request, .name = w->name };
        w->outcome = nodec_open_file(w->path, &unit);
        if (!w->outcome) w->outcome = nodec_emit(unit, &request, "c", &c);
        nodec_close(unit);
        if (w->outcome) break;
        if (!w->text) w->text = strdup(c->text), w->length = c->length;
        else if (strcmp(w->text, c->text)) w->outcome = -1;
        nodec_output_free(c);
    }
    return NULL;
}

Test(library_limits, threads_compile_different_models_at_once, .timeout = 120)
{
    Writer together[] = { { .path = "models/lynx_hare.node" }, { .path = "models/spiral.node", .name = "comp" },
                          { .path = "tests/models/tiny.node" }, { .path = "models/spiral.node", .name = "comp" } };
    enum { MANY = sizeof together / sizeof *together };
    pthread_t thread[MANY];
    for (size_t i = 0; i < MANY; i++) cr_assert(!pthread_create(&thread[i], NULL, write_some, &together[i]));
    for (size_t i = 0; i < MANY; i++) pthread_join(thread[i], NULL);
    for (size_t i = 0; i < MANY; i++) {
        Writer alone = { .path = together[i].path, .name = together[i].name };
        write_some(&alone);
        cr_assert(alone.outcome == NODEC_DONE && together[i].outcome == NODEC_DONE);
        cr_expect_str_eq(alone.text, together[i].text);
        free(alone.text);
        free(together[i].text);
    }
}
