/* test_reference.c: the examples of the language reference.
 *
 * In grammar/README.md a ```node block is a whole file, which compiles; a
 * ```node-part block is an excerpt, which parses. */
#include "golden_run.h"
#include "lang/lang.h"
#include "lang/parse.h"

typedef struct Session { Arena arena; Names names; Diags diags; } Session;

static const char *messages(Session *s)
{
    Text text = { .arena = &s->arena };
    diag_render(&s->diags, &text, false);
    return text_string(&text);
}

static void compile(Session *s, const Source *source)
{
    Unit *unit = unit_of_source(&s->arena, &s->names, source, &s->diags);
    cr_assert(unit, "%s\n%s", source->text, messages(s));
    const Field *const *fields;
    const Model *const *models;
    const Name *experiments;
    unit_fields(unit, TYPE_F64, &fields, &s->diags);
    unit_models(unit, TYPE_F64, &models, &s->diags);
    size_t count = unit_experiments(unit, &experiments);
    for (size_t i = 0; i < count; i++)
        cr_expect(unit_experiment(unit, experiments[i], NULL, 0, TYPE_F64, &s->diags));
}

/* Runs each block fenced by ````kind`, and says how many there were. */
static size_t each_block(const char *kind, void (*run)(Session *, const Source *))
{
    size_t blocks = 0;
    Arena arena = { 0 };
    const char *text = file_read(&arena, "grammar/README.md", NULL);
    cr_assert(text);
    const char *fence = arena_printf(&arena, "\n```%s\n", kind);
    for (const char *at = text; (at = strstr(at, fence)); blocks++) {
        at += strlen(fence);
        size_t length = (size_t)(strstr(at, "\n```") + 1 - at);
        Session s = { 0 };
        s.names.arena = s.diags.arena = &s.arena;
        Source source = { "README.md", arena_string(&s.arena, at, length), length };
        run(&s, &source);
        cr_expect(s.diags.errors == 0, "%s\n%s", source.text, messages(&s));
        arena_free(&s.arena);
        at += length;
    }
    arena_free(&arena);
    return blocks;
}

static void parse(Session *s, const Source *source)
{
    parse_file(&s->arena, &s->names, source, &s->diags);
}

Test(reference, files_compile)
{
    cr_expect(each_block("node", compile) >= 6);
}

Test(reference, excerpts_parse)
{
    cr_expect(each_block("node-part", parse) >= 4);
}
