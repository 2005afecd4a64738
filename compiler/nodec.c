/* nodec.c: the command line.
 *
 * In: arguments.  Out: an exit status.  The staircase below it:
 *
 *     model.node -> lang/ -> tensor IR -> pass/ -> lower/, tile/ -> loop IR -> back/ -> text
 *
 * A flag is a row of `flags`; --help is printed from the same rows. */
#include "command.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Verb {
    const char *name;
    int (*run)(Options *);
    const char *words, *help;
} Verb;

static const Verb verbs[] = {
    { "compile", command_compile, "MODEL [NAME | 'ODEF(arg = value)']",
      "write C for every odef and model, or for one of them or an experiment" },
    { "run",     command_run,     "MODEL [NAME ...]",
      "compile in memory, then train or integrate, evaluate, plot" },
    { "eval",    command_eval,    "MODEL NAME",
      "outputs from given weights, states and times, or inputs" },
    { "check",   command_check,   "MODEL",
      "say what is wrong; else shapes, parameters, work" },
    { "explain", command_explain, "MODEL [NAME]",
      "which kernels the plan chooses, and why" },
    { "fmt",     command_format,  "FILE ...",
      "rewrite files in the canonical layout" },
    { "devices", command_devices, NULL,
      "list the OpenCL devices of this machine" },
};

typedef enum FlagKind { FLAG_BOOL, FLAG_TEXT, FLAG_SET } FlagKind;

typedef struct Flag {
    const char *name;
    FlagKind    kind;
    size_t      at;                 /* of the field in Options                     */
    const char *value, *help;
} Flag;

#define AT(field) offsetof(Options, field)
static const Flag flags[] = {
    { "-o",         FLAG_TEXT, AT(output),   "FILE",   "where the text goes; .h beside .c; - is standard output" },
    { "--emit",     FLAG_TEXT, AT(emit),     "KIND",   "c, opencl, llvm, obj, asm, ir, stages, phases, loop, ast (default: by -o)" },
    { "--dump",     FLAG_TEXT, AT(dump),     "STAGE",  "the same as --emit, for looking inside: nodec M --dump=ir" },
    { "--real",     FLAG_TEXT, AT(real),     "TYPE",   "f32 (default) or f64" },
    { "--target-cpu", FLAG_TEXT, AT(cpu),    "CPU",    "of obj and asm, as LLVM calls it: znver4 (default: this one)" },
    { "--groups",   FLAG_BOOL, AT(groups),   NULL,     "of .cl: for GPUs, a work-item for each lane (default: for processors)" },
    { "--prefix",   FLAG_TEXT, AT(prefix),   "NAME",   "prefix of the names in the C (default: the file's)" },
    { "-MD",        FLAG_BOOL, AT(deps),     NULL,     "also write FILE.d, the files read, for make" },
    { "--set",      FLAG_SET,  0,            "K=V",    "override a clause: --set optimizer.lr=1e-4" },
    { "--seed",     FLAG_TEXT, AT(seed),     "N",      "of weights, batches and noise (default 0)" },
    { "--threads",  FLAG_TEXT, AT(threads),  "N",      "never changes the results (default 1)" },
    { "--device",   FLAG_TEXT, AT(device),   "D",      "cpu (default), opencl, opencl:PLATFORM:DEVICE; see nodec devices" },
    { "--engine",   FLAG_TEXT, AT(engine),   "E",      "llvm, or cc: the system's C compiler (default: llvm where it is installed)" },
    { "--out",      FLAG_TEXT, AT(out),      "DIR",    "the run's folder (default runs/EXPERIMENT)" },
    { "--resume",   FLAG_BOOL, AT(resume),   NULL,     "go on from the checkpoint in the run's folder" },
    { "--compare",  FLAG_BOOL, AT(compare),  NULL,     "run: train all that are named, then a table of them" },
    { "--profile",  FLAG_BOOL, AT(profile),  NULL,     "run: where the time goes, by layer, op and line of the model" },
    { "--json",     FLAG_BOOL, AT(json),     NULL,     "print the result as one JSON object" },
    { "--quiet",    FLAG_BOOL, AT(quiet),    NULL,     "no progress" },
    { "--no-cache", FLAG_BOOL, AT(no_cache), NULL,     "neither read nor write the cache: compile anew" },
    { "--weights",  FLAG_TEXT, AT(weights),  "FILE",   "run: start from these; eval: use these; -o FILE.c: with these in it (safetensors)" },
    { "--times",    FLAG_TEXT, AT(times),    "FILE",   "eval: times (csv, npy) or FROM:TO:COUNT" },
    { "--start",    FLAG_TEXT, AT(start),    "FILE",   "eval: initial states (csv, npy) or numbers" },
    { "--inputs",   FLAG_TEXT, AT(inputs),   "FILE",   "eval: numbers per trajectory (csv, npy); for a model NAME=FILE,... (IDX too)" },
    { "--format",   FLAG_TEXT, AT(format),   "KIND",   "csv or npy: what eval writes, the table of a run" },
    { "--check",    FLAG_BOOL, AT(fmt_check), NULL,    "fmt: change nothing, fail if something would change" },
};

static void help(FILE *to)
{
    fputs("nodec: a compiler for neural ordinary differential equations\n\n"
          "  nodec MODEL.node -o model.c       every odef as C: f, vjp, jvp, solve, gradient; every model\n"
          "  nodec MODEL.node NAME -o comp.c   one experiment, odef or model, with its training step\n"
          "  nodec MODEL.node -o model.cl      odefs and models as OpenCL kernels, with a header and a host\n", to);
    for (size_t i = 1; i < COUNT(verbs); i++)
        fprintf(to, "  nodec %-8s%-20s %s\n", verbs[i].name,
                verbs[i].words ? verbs[i].words : "", verbs[i].help);
    fputs("\nflags\n", to);
    for (size_t i = 0; i < COUNT(flags); i++) {
        char left[32];
        snprintf(left, sizeof left, "%s%s%s", flags[i].name,
                 !flags[i].value ? "" : flags[i].name[1] == '-' ? "=" : " ",
                 flags[i].value ? flags[i].value : "");
        fprintf(to, "  %-16s %s\n", left, flags[i].help);
    }
    fputs("  --help, --version\n\n"
          "exit status: 0 done, 1 the model or the data is wrong, 2 usage, 3 input or output,\n"
          "4 the numbers diverged, 70 a bug in nodec\n", to);
}

/* `--name value`, `--name=value`; returns arguments used, 0 after saying what is wrong. */
static int take_flag(Options *o, const char **sets, int left, char **argv)
{
    const char *word = argv[0], *equal = strchr(word, '=');
    size_t length = equal ? (size_t)(equal - word) : strlen(word);
    const char *known[COUNT(flags) + 2] = { [COUNT(flags)] = "--help", "--version" };
    for (size_t i = 0; i < COUNT(flags); i++) {
        const Flag *f = &flags[i];
        known[i] = f->name;
        if (strlen(f->name) != length || memcmp(f->name, word, length)) continue;
        if (f->kind == FLAG_BOOL) {
            if (equal) return complain(0, "%s takes no value", f->name);
            *(bool *)((char *)o + f->at) = true;
            return 1;
        }
        const char *value = equal ? equal + 1 : left > 1 ? argv[1] : NULL;
        if (!value) return complain(0, "%s needs a value: %s", f->name, f->value);
        if (f->kind == FLAG_SET) sets[o->sets++] = value;
        else *(const char **)((char *)o + f->at) = value;
        return equal ? 1 : 2;
    }
    const char *near = name_nearest(arena_string(o->arena, word, length), known, COUNT(known));
    return complain(0, "unknown flag %.*s%s%s%s", (int)length, word,
                    near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* A first word that is no file may have been meant as a verb. */
static int misspelt_verb(const Options *o)
{
    const char *known[COUNT(verbs)];
    for (size_t i = 0; i < COUNT(verbs); i++) known[i] = verbs[i].name;
    const char *near = strcmp(o->word[0], "-") && access(o->word[0], F_OK) ? name_nearest(o->word[0], known + 1, COUNT(known) - 1) : NULL;
    if (near) return complain(NODEC_EXIT_USAGE, "there is no file %s; did you mean nodec %s?", o->word[0], near);
    if (o->words < 2 || access(o->word[0], F_OK) == 0 || access(o->word[1], F_OK)) return 0;
    Text text = { .arena = o->arena };
    for (size_t i = 1; i < COUNT(verbs); i++) text_printf(&text, "%s%s", i > 1 ? ", " : "", verbs[i].name);
    return complain(NODEC_EXIT_USAGE, "there is no file and no command %s; there are %s", o->word[0], text_string(&text));
}

static const Verb *verb_of(Options *o, const char **words)
{
    if (o->words)
        for (size_t i = 1; i < COUNT(verbs); i++)
            if (!strcmp(words[0], verbs[i].name)) {
                o->word++, o->words--;
                return &verbs[i];
            }
    return &verbs[0];
}

static int command(Options *o, int argc, char **argv)
{
    const char **words = NEW_ARRAY(o->arena, const char *, argc + 1);
    const char **sets = NEW_ARRAY(o->arena, const char *, argc + 1);
    bool flags_end = false;
    o->word = words, o->set = sets;
    for (int i = 1, used; i < argc; i += used) {
        used = 1;
        if (!flags_end && !strcmp(argv[i], "--")) flags_end = true;
        else if (flags_end || argv[i][0] != '-' || !argv[i][1]) words[o->words++] = argv[i];
        else if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) return help(stdout), NODEC_EXIT_OK;
        else if (!strcmp(argv[i], "--version")) return puts("nodec " NODEC_VERSION), NODEC_EXIT_OK;
        else if (!(used = take_flag(o, sets, argc - i, argv + i))) return NODEC_EXIT_USAGE;
    }
    if (argc == 1) return help(stderr), NODEC_EXIT_USAGE;

    const Verb *verb = verb_of(o, words);
    o->verb = verb->name;
    if (!o->words && verb->words)
        return complain(NODEC_EXIT_USAGE, "nothing to %s; usage: nodec %s%s%s", verb->name,
                        verb == verbs ? "" : verb->name, verb == verbs ? "" : " ", verb->words);
    if (o->real && strcmp(o->real, "f32") && strcmp(o->real, "f64"))
        return complain(NODEC_EXIT_USAGE, "--real is f32 or f64, not %s", o->real);
    int status = verb == verbs ? misspelt_verb(o) : 0;
    return status ? status : verb->run(o);
}

/* What runs out of memory, or finds a bug, comes back here. */
static int guarded(Options *o, Escape *here, int argc, char **argv)
{
    switch (setjmp(here->to)) {
    case 0:        return command(o, argc, argv);
    case HEAP_BUG: return complain(NODEC_EXIT_BUG, "%s", here->bug);
    default:       return complain(NODEC_EXIT_BUG, "out of memory");
    }
}

int main(int argc, char **argv)
{
    Escape escape;
    Heap heap = { .fail = &escape };
    Arena arena = { .heap = &heap };
    Names names = { .arena = &arena };
    Options o = { .arena = &arena, .names = &names, .begun = progress_clock(),
                  .colour = isatty(2) && !getenv("NO_COLOR") };
    int status = guarded(&o, &escape, argc, argv);
    if (fflush(stdout) || ferror(stdout)) status = complain(NODEC_EXIT_IO, "cannot write to standard output");
    heap_free(&heap);
    return status;
}
