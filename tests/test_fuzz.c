/* Mutants of models meet the library: whatever a text says, an outcome is that of a wrong model or
 * of a sound one, soon, in little memory, which is given back; what is laid out once stays as it is. */
#include "fuzz.h"
#include "library/nodec.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that are in use, by all of the process: a sanitizer's count, where there is one. */
__attribute__((weak)) size_t __sanitizer_get_current_allocated_bytes(void);
static size_t in_use(void) { return __sanitizer_get_current_allocated_bytes ? __sanitizer_get_current_allocated_bytes() : 0; }

/* ---- memory with a limit ----------------------------------------------------------------------- */

enum { HEAD = 16 };
typedef struct Purse { size_t left, out; } Purse;

static void *take(void *self, size_t bytes)
{
    Purse *purse = self;
    char *memory = bytes <= purse->left ? malloc(HEAD + bytes) : NULL;
    if (!memory) return NULL;
    memcpy(memory, &bytes, sizeof bytes);
    purse->left -= bytes, purse->out += bytes;
    return memory + HEAD;
}

static void give(void *self, void *memory)
{
    Purse *purse = self;
    size_t bytes;
    memcpy(&bytes, (char *)memory - HEAD, sizeof bytes);
    purse->left += bytes, purse->out -= bytes;
    free((char *)memory - HEAD);
}

/* ---- what is asked ------------------------------------------------------------------------------- */

static Corpus models;

static const char *read_corpus(void *self, const char *path, size_t *length)
{
    (void)self;
    for (size_t i = 0; i < models.count; i++)
        if (!strcmp(models.path[i], path)) return *length = models.file[i].length, models.file[i].at;
    return NULL;
}

/* Something of the text that may be a name, or anything. */
static const char *some_name(const Mutant *m, Chance *chance, char name[64])
{
    static const char *const before[] = { "odef ", "model ", "experiment ", "layer ", "" };
    const char *word = before[chance_below(chance, sizeof before / sizeof *before)];
    size_t at = chance_below(chance, m->length), length = 0, most = chance_below(chance, 8) ? 64 : chance_below(chance, 64);
    const char *found = memmem(m->at + at, m->length - at, word, strlen(word));
    if (!found) found = memmem(m->at, m->length, word, strlen(word));
    if (!found) return NULL;
    found += strlen(word);
    while (found + length < m->at + m->length && length < most - !!most && found[length] && !strchr(" {\n", found[length])) length++;
    memcpy(name, found, length);
    name[length] = 0;
    return name;
}

/* A clause as --set would have it. */
static const char *some_set(const Mutant *m, Chance *chance, char set[64])
{
    size_t at = chance_below(chance, m->length), length = 0;
    while (at && m->at[at - 1] != '\n') at--;
    for (; at < m->length && m->at[at] && m->at[at] != '\n' && length < 63; at++)
        if (m->at[at] != ' ') set[length++] = m->at[at];
    set[length] = 0;
    return set;
}

static const char *wrong(char why[512], const char *what, int outcome, nodec_unit *u)
{
    const nodec_diagnostic *said;
    size_t count = nodec_diagnostics(u, &said);
    snprintf(why, 512, "%s: outcome %d, %s", what, outcome, count ? said->message : "without a word");
    return why;
}

/* Done without an error, or wrong with one. */
static int is_answer(nodec_unit *u, int outcome)
{
    const nodec_diagnostic *said;
    size_t count = nodec_diagnostics(u, &said), errors = 0;
    for (size_t i = 0; i < count; i++) errors += said[i].severity == NODEC_ERROR;
    return outcome == NODEC_DONE ? !errors : outcome == NODEC_WRONG && errors && *nodec_messages(u, 0);
}

static const char *emits(nodec_unit *u, const nodec_request *request, const char *kind, char why[512])
{
    const nodec_definition *d;
    nodec_output *out = NULL;
    size_t count;
    int outcome = nodec_describe(u, request, &d, &count), again;
    if (!is_answer(u, outcome)) return wrong(why, "describe", outcome, u);
    again = nodec_emit(u, request, kind, &out);
    if (!is_answer(u, again)) return wrong(why, kind, again, u);
    if (!out != !!again) return wrong(why, "an output and an error", again, u);
    nodec_output_free(out);
    return NULL;
}

/* A text that is laid out is as right or wrong as it was, and is laid out so already. */
static const char *lays_out(nodec_unit *u, int opened, const nodec_opening *how, char why[512])
{
    nodec_output *out = NULL, *twice = NULL;
    nodec_unit *again = NULL;
    int outcome = nodec_format(u, &out);
    if (!is_answer(u, outcome)) return wrong(why, "format", outcome, u);
    if (outcome) return NULL;
    nodec_opening second = *how;
    second.text = out->text, second.length = out->length;
    outcome = nodec_open(&second, &again);
    if (outcome != opened) wrong(why, "other than before it was laid out", outcome, again);
    else if ((outcome = nodec_format(again, &twice))) wrong(why, "what was laid out is not again", outcome, again);
    else if (twice->length != out->length || memcmp(twice->text, out->text, out->length)) strcpy(why, "laid out twice, it is another text");
    nodec_output_free(out);
    nodec_output_free(twice);
    nodec_close(again);
    return *why ? why : NULL;
}

static const char *unit_meets(nodec_unit *u, int opened, const nodec_opening *how, const Mutant *m, Chance *chance, char why[512])
{
    static const char *const kinds[] = { "c", "c", "opencl", "llvm", "explain", "ir", "stages", "phases", "loop", "ast" };
    char name[64], text[64];
    const char *const set = some_set(m, chance, text);
    const nodec_request request = {
        .size = sizeof request, .name = chance_below(chance, 3) ? some_name(m, chance, name) : NULL, .set = &set, .sets = chance_below(chance, 3) == 0,
        .real_bytes = 4 + 4 * chance_below(chance, 2), .joined = (int)chance_below(chance, 2),
    };
    const char *kind = kinds[chance_below(chance, sizeof kinds / sizeof *kinds)];
    if (!is_answer(u, opened)) return wrong(why, "open", opened, u);
    const char *bad = emits(u, &request, kind, why);
    return bad ? bad : lays_out(u, opened, how, why);
}

static const char *model_meets(const Mutant *m, Chance *chance, char why[512])
{
    Purse purse = { .left = (size_t)768 << 20 };
    const nodec_opening how = { .size = sizeof how, .name = "models/mutant.node", .text = m->at, .length = m->length, .read = read_corpus,
                                .take = take, .give = give, .memory_self = &purse };
    const size_t before = in_use();
    nodec_unit *u;
    int opened = nodec_open(&how, &u);
    const char *bad = unit_meets(u, opened, &how, m, chance, why);
    nodec_close(u);
    if (bad) return bad;
    if (purse.out || in_use() != before) {
        snprintf(why, 512, "%zu bytes of the host's were not given back, %zu of others", purse.out, in_use() - before);
        return why;
    }
    return NULL;
}

Test(fuzz, models, .timeout = 24 * 3600)
{
    corpus_add(&models, "models/*.node");
    corpus_add(&models, "tests/models/*.node");
    corpus_add(&models, "tests/golden/fmt/*.node");
    corpus_add(&models, "compiler/lang/*.node");
    corpus_add_examples(&models, "grammar/README.md");
    models.first = models.count;
    models.words = 1;
    corpus_add(&models, "tests/golden/*/*.node");
    const Fuzz fuzz = { .name = "model", .corpus = &models, .count = 1000, .seconds = 20, .meets = model_meets };
    cr_expect_eq(fuzz_run(&fuzz), 0);
    corpus_free(&models);
}
