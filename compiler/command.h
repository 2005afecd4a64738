/* command.h: the `nodec` command, over the library below it.
 *
 * main reads the command line into an Options, and one function per verb does
 * the work and gives the exit status.  Results go to standard output, progress
 * and messages to standard error. */
#ifndef ND_COMMAND_H
#define ND_COMMAND_H

#include "back/back.h"
#include "fault.h"
#include "lang/lang.h"
#include "lower/lower.h"

typedef struct Options {
    const char *verb;               /* "compile", "run", "check" ...               */
    const char *const *word;        /* model, names, data files                    */
    size_t      words;
    const char *const *set;         /* the values of --set                         */
    size_t      sets;
    const char *output, *emit, *dump, *real, *prefix;           /* NULL: not given */
    const char *device, *engine, *seed, *threads, *out, *weights, *times, *start, *inputs, *format;
    bool        resume, json, quiet, no_cache, deps, fmt_check, compare, colour;
    Arena      *arena;
    Names      *names;
} Options;

int command_compile(const Options *);       /* compile.c                           */
int command_check(const Options *);         /* check.c                             */
int command_explain(const Options *);       /* explain.c                           */
int command_format(const Options *);        /* format.c                            */
int command_run(const Options *);           /* run.c                               */
int command_eval(const Options *);          /* evaluate.c                          */
int command_devices(const Options *);       /* devices.c                           */

/* ---- shared by the verbs (command.c) ------------------------------------------ */

/* Says `nodec: error: ...` on standard error and returns `status`. */
int  complain(int status, const char *format, ...) ND_PRINTF(2, 3);
/* Prints what was collected; returns NODEC_EXIT_DATA if there were errors, else NODEC_EXIT_OK. */
int  report(const Options *, const Diags *);
/* Opens the model named by the first word; on failure says why and gives a status. */
int  open_model(const Options *, Diags *, Unit **);
/* Whole output to a path or "-"; atomically; says what failed.                    */
int  write_output(const char *path, const Text *);
Type real_of(const Options *);
bool number_of(const char *text, long long least, long long most, long long *value);

/* What the command line asks to compile (wanted.c): one field or model, or every odef and
 * every model of the file that needs no arguments, and how.                       */
typedef struct Wanted {
    const Field *const *field; size_t count;
    const Model *const *model; size_t models;
    const Experiment *experiment;   /* NULL if none was named                      */
    LowerOptions lower;
} Wanted;

int wanted_of(const Options *, Unit *, Diags *, Wanted *);

/* A solver clause alone (NULL: the default), for simulated data.                   */
int lower_solver(const Options *, const Value *solver, Type, LowerOptions *, Diags *);
/* An experiment's solver, gradient, loss and optimizer as lowering wants them.     */
int lower_options(const Options *, const Experiment *, Type, LowerOptions *, Diags *);
/* An error where a model's solve cannot be lowered so.                             */
void lower_fits(const Options *, const Model *, const LowerOptions *, Diags *);

#endif
