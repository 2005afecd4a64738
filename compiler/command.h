/* command.h: the `nodec` command, over the library below it.
 *
 * main reads the command line into an Options, and one function per verb does
 * the work and gives the exit status.  Results go to standard output, progress
 * and messages to standard error. */
#ifndef ND_COMMAND_H
#define ND_COMMAND_H

#include "fault.h"
#include "library/library.h"

typedef struct Options {
    const char *verb;               /* "compile", "run", "check" ...               */
    const char *const *word;        /* model, names, data files                    */
    size_t      words;
    const char *const *set;         /* the values of --set                         */
    size_t      sets;
    const char *output, *emit, *dump, *real, *prefix, *cpu;           /* NULL: not given */
    const char *device, *engine, *seed, *threads, *out, *weights, *times, *start, *inputs, *format;
    uint64_t    begun;              /* when main did, on progress_clock            */
    bool        resume, json, quiet, no_cache, deps, fmt_check, compare, profile, colour, groups;
    Arena      *arena;
    Names      *names;              /* of the model, once it is open,              */
    const Unit *unit;               /*   and what was read                         */
} Options;

int command_compile(Options *);       /* compile.c                           */
int command_check(Options *);         /* check.c                             */
int command_explain(Options *);       /* explain.c                           */
int command_format(Options *);        /* format.c                            */
int command_run(Options *);           /* run.c                               */
int command_eval(Options *);          /* evaluate.c                          */
int command_devices(Options *);       /* devices.c                           */

/* ---- shared by the verbs (command.c) ------------------------------------------ */

/* Says `nodec: error: ...` on standard error and returns `status`. */
int  complain(int status, const char *format, ...) ND_PRINTF(2, 3);
/* Prints what was collected; returns NODEC_EXIT_DATA if there were errors, else NODEC_EXIT_OK. */
int  report(const Options *, const Diags *);
/* Opens the model named by the first word; on failure says why and gives a status. The unit is
 * to be closed in any case.                                                        */
int  open_model(Options *, nodec_unit **);
/* The outcome of a call, once its diagnostics have been shown, as an exit status.  */
int  answer(const Options *, nodec_unit *, int outcome);
/* What the words and flags ask of the library.                                     */
nodec_request request_of(const Options *);
/* Whole output to a path or "-"; atomically; says what failed.                    */
int  write_output(const char *path, const char *text, size_t length);
Type real_of(const Options *);
bool number_of(const char *text, long long least, long long most, long long *value);

#endif
