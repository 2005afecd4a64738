/* compile.c: `nodec MODEL -o FILE`: fields and models to text.
 *
 * In: a file, and perhaps an experiment's, odef's or model's name.  Out: C and its
 * header, or any stage on the way (--emit, --dump), whole or not at all. */
#include "command.h"

#include <stdio.h>
#include <string.h>

typedef enum Stage { STAGE_C, STAGE_OPENCL, STAGE_LLVM, STAGE_AST, STAGE_IR, STAGE_STAGES, STAGE_PHASES, STAGE_LOOP, STAGE_NONE } Stage;

static const struct { const char *name, *suffix; } stage_rows[] = {
    [STAGE_C]      = { "c",      ".c"    },
    [STAGE_OPENCL] = { "opencl", ".cl"   },
    [STAGE_LLVM]   = { "llvm",   ".ll"   },
    [STAGE_AST]    = { "ast",    ".ast"  },
    [STAGE_IR]     = { "ir",     ".ir"   },
    [STAGE_STAGES] = { "stages", ".stages" },
    [STAGE_PHASES] = { "phases", ".phases" },
    [STAGE_LOOP]   = { "loop",   ".loop" },
};

static bool ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && !strcmp(text + n - m, end);
}

/* By --dump, --emit, or the output's name. */
static Stage stage_of(const Options *o)
{
    const char *kind = o->dump ? o->dump : o->emit;
    for (Stage s = 0; s < STAGE_NONE; s++)
        if (kind ? !strcmp(kind, stage_rows[s].name)
                 : o->output && ends_in(o->output, stage_rows[s].suffix)) return s;
    if (!kind) return STAGE_C;
    complain(0, "no stage is called %s; there are c, opencl, llvm, ast, ir, stages, phases and loop", kind);
    return STAGE_NONE;
}

/* A prefix for C names from a path: "dir/my-model.node" gives "my_model". */
static const char *stem_of(const Options *o)
{
    const char *path = o->prefix ? o->prefix : o->output && strcmp(o->output, "-") ? o->output : o->word[0];
    const char *last = strrchr(path, '/');
    char *stem = arena_string(o->arena, last ? last + 1 : path, strlen(last ? last + 1 : path));
    char *dot = strrchr(stem, '.');
    if (dot && dot > stem) *dot = 0;
    for (char *c = stem; *c; c++)
        if (!(*c >= 'a' && *c <= 'z') && !(*c >= 'A' && *c <= 'Z') && !(*c >= '0' && *c <= '9')) *c = '_';
    return *stem >= '0' && *stem <= '9' ? arena_printf(o->arena, "n%s", stem) : stem;
}

static const char *with_suffix(const Options *o, const char *path, const char *suffix)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    int length = dot ? (int)(dot - path) : (int)strlen(path);
    return arena_printf(o->arena, "%.*s%s", length, path, suffix);
}

static const char *last_part(const Options *o, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_string(o->arena, slash + 1, strlen(slash + 1)) : path;
}

static void print_fn(const Fn *fn, Text *text)
{
    if (fn) ir_print(fn, text), text_add(text, "\n");
}

static void print_field(const Field *field, Text *text)
{
    print_fn(field->f, text);
    print_fn(field->start, text);
    print_fn(field->observe, text);
}

static void print_model(const Model *model, Text *text)
{
    print_fn(model->train, text);
    print_fn(model->eval, text);
    for (size_t i = 0; i < model->solve.count; i++) {
        const ModelSolve *s = &model->solve.at[i];
        print_fn(s->train->f, text);
        if (s->eval->f != s->train->f) print_fn(s->eval->f, text);
    }
}

static int emit_c(const Options *o, const EmitInput *what)
{
    EmitOptions emit = { .stem = stem_of(o), .model_path = o->word[0] };
    Text source = { .arena = o->arena }, header = { .arena = o->arena };
    bool beside = o->output && strcmp(o->output, "-") && !ends_in(o->output, ".h");
    if (beside) emit.file = last_part(o, with_suffix(o, o->output, ""));
    back_c.emit(what, &emit, &source, beside ? &header : NULL);
    if (!beside) return write_output(o->output ? o->output : "-", &source);     /* one stream has both */
    int status = write_output(o->output, &source);
    return status ? status : write_output(with_suffix(o, o->output, ".h"), &header);
}

/* spiral.cl, spiral_cl.h and spiral_cl.c; with -o - the first alone. */
static int emit_opencl(const Options *o, const EmitInput *what)
{
    EmitOptions emit = { .stem = stem_of(o), .model_path = o->word[0] };
    Text source = { .arena = o->arena }, header = { .arena = o->arena };
    bool beside = o->output && strcmp(o->output, "-");
    if (beside) emit.file = last_part(o, with_suffix(o, o->output, ""));
    back_opencl.emit(what, &emit, &source, beside ? &header : NULL);
    int status = write_output(beside ? o->output : "-", &source);
    if (status || !beside) return status;
    Text host = { .arena = o->arena };
    back_opencl.host(what, &emit, &host);
    status = write_output(with_suffix(o, o->output, "_cl.h"), &header);
    return status ? status : write_output(with_suffix(o, o->output, "_cl.c"), &host);
}

static int emit_llvm(const Options *o, const EmitInput *what)
{
    EmitOptions emit = { .stem = stem_of(o), .model_path = o->word[0] };
    Text text = { .arena = o->arena };
    back_llvm.emit(what, &emit, &text, NULL);
    return write_output(o->output ? o->output : "-", &text);
}

/* What is wanted, lowered; on the way its stages go to `text`. */
static EmitInput lower_wanted(const Options *o, Wanted *wanted, Stage stage, Text *text)
{
    const Lowered **field = NEW_ARRAY(o->arena, const Lowered *, wanted->count + 1);
    const LoweredModel **model = NEW_ARRAY(o->arena, const LoweredModel *, wanted->models + 1);
    for (size_t i = 0; i < wanted->count; i++) {
        field[i] = lower_field(o->arena, o->names, wanted->field[i], &wanted->lower);
        for (size_t k = 0; stage == STAGE_STAGES && k < field[i]->stage.count; k++) print_fn(field[i]->stage.at[k], text);
        if (stage == STAGE_LOOP) loop_print(field[i]->program, text);
    }
    wanted->lower.phases = stage == STAGE_PHASES ? text : NULL;
    for (size_t i = 0; i < wanted->models; i++) {
        model[i] = lower_model(o->arena, o->names, wanted->model[i], &wanted->lower);
        for (size_t k = 0; stage == STAGE_STAGES && k < model[i]->stage.count; k++) print_fn(model[i]->stage.at[k], text);
        if (stage == STAGE_LOOP) loop_print(model[i]->program, text);
    }
    return (EmitInput){ field, wanted->count, model, wanted->models };
}

/* FILE.d for make: the output depends on the model (imports are the model's). */
static int emit_deps(const Options *o)
{
    Text text = { .arena = o->arena };
    text_printf(&text, "%s: %s\n", o->output, o->word[0]);
    return write_output(with_suffix(o, o->output, ".d"), &text);
}

int command_compile(const Options *o)
{
    Diags diags = { .arena = o->arena };
    Unit *unit = NULL;
    Stage stage = stage_of(o);
    if (stage == STAGE_NONE) return NODEC_EXIT_USAGE;
    if (o->words > 2) return complain(NODEC_EXIT_USAGE, "one NAME at a time, not also %s", o->word[2]);
    if (o->deps && !o->output) return complain(NODEC_EXIT_USAGE, "-MD needs -o FILE");

    int status = open_model(o, &diags, &unit);
    if (status) return diags.errors ? report(o, &diags) : status;
    Text text = { .arena = o->arena };
    if (stage == STAGE_AST) {
        unit_dump_ast(unit, &text);
        return write_output(o->output ? o->output : "-", &text);
    }

    Wanted wanted = { 0 };
    status = wanted_of(o, unit, &diags, &wanted);
    if (status) return status;
    EmitInput lowered = { 0 };
    if (stage == STAGE_IR) {
        for (size_t i = 0; i < wanted.count; i++) print_field(wanted.field[i], &text);
        for (size_t i = 0; i < wanted.models; i++) print_model(wanted.model[i], &text);
    } else {
        lowered = lower_wanted(o, &wanted, stage, &text);
    }
    if (stage == STAGE_OPENCL) status = emit_opencl(o, &lowered);
    else if (stage == STAGE_LLVM) status = emit_llvm(o, &lowered);
    else if (stage == STAGE_C) status = emit_c(o, &lowered);
    else status = write_output(o->output ? o->output : "-", &text);
    return status || !o->deps ? status : emit_deps(o);
}
