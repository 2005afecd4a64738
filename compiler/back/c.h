/* c.h: what the files of the C back end share.
 *
 * c.c         puts the parts of a generated source and header together
 * c_share.c   what is alike in a program, once
 * c_print.c   loop IR as C functions, with c_names.c, c_exp.c, c_par.c, c_math.c
 * c_shim.c    the vector functions those need, from c_shim.in
 * c_file.c    what every file begins with, and what its functions share, from c_file.in
 * c_field.c   the public functions around a field's entries, from c_field.in
 * c_model.c   those around a model's, from c_model.in
 * c_hole.c    what these two fill into their templates alike; c_init.c: first weights, learned ones
 * c_module.c  the tables and functions behind `nodec run`, from c_module.in */
#ifndef ND_C_H
#define ND_C_H

#include "back/back.h"

typedef struct CSafe { Name of; const char *name; } CSafe;     /* a variable's name, in C */

typedef struct CTask {              /* what a parallel loop became                 */
    const LStm *par;
    const char *members, *type;     /* its struct                                  */
    const char *body, *name;        /* its function                                */
} CTask;

typedef struct CFile {
    Arena      *arena;
    Arena       scratch;            /* lines and expressions of the function being printed */
    const EmitOptions *options;
    const char *stem;               /* "spiral", a C identifier                    */
    Type        real;
    bool        opencl;             /* OpenCL C: pointers say which memory they are to */
    bool        driven;             /* by runtime/serve.h, which calls entries that C does itself */
    const char *shim;               /* the text of c_shim.in or cl_shim.in         */
    bool        parallel;           /* some kernel has an S_PAR                    */
    unsigned    inits;              /* bit mask of laws of initialisation, see c_init.c */
    VEC(const char *) need;         /* sections of `shim`                          */
    VEC(CTask) task;
    VEC(const char *) taken;        /* names of static functions in this file      */
    CSafe       safe[1024];          /* by the address of the interned name         */
    uint8_t     math[OP_COUNT];     /* 1: used with one lane, 2: used with LANES   */
    bool        vector[OP_COUNT];   /* its section is needed already               */
} CFile;

typedef struct CFn {                /* a function of a Program, in C               */
    const char *name;
    bool wanted;                    /* reached from an entry                       */
    bool parallel;                  /* has a hidden `const nodec_parallel *`       */
    bool aliased;                   /* somewhere one buffer is given for two of its parameters */
} CFn;

typedef struct ClEntry { const char *name; uint32_t fn; } ClEntry;      /* what becomes kernels */

typedef struct CPart {              /* a field or a model, and how it is called in C */
    const Lowered      *field;      /* NULL: it is a model                         */
    const LoweredModel *model;
    const Program *program;
    const char *prefix, *upper;     /* "spiral_mlp", "SPIRAL_MLP"                  */
    CFn        *fn;                 /* by index into program->fn                   */
    const char **var;               /* C names by variable, NULL until one is asked for */
    const bool *own, *group;        /* OpenCL: by variable, arrays in private memory, in a work-group's */
    VEC(ClEntry) kernel;            /* OpenCL: entries, see cl_kernel.c            */
    struct ClLaunch *launch; size_t launches;   /* OpenCL: a model's entries, see cl_launch.c */
} CPart;

/* ---- c.c: what both back ends begin with --------------------------------------------------------- */

CFile  c_file_new(const EmitInput *, const EmitOptions *, Arena *);
size_t c_parts_new(CFile *, const EmitInput *, CPart **);       /* with prefixes, nothing wanted yet */

/* ---- c_share.c: loops that are alike are one function ------------------------------------------ */

EmitInput c_share(Arena *, const EmitInput *);

/* ---- c_print.c and its friends ---------------------------------------------------------------- */

bool c_serves_many(const CFile *, const Lowered *);     /* are there kernels for many trajectories? */
void c_name_functions(CFile *, CPart *);        /* fills CPart.fn                  */
void c_want_entries(const CFile *, CPart *);
void c_name_reached(CFile *, CPart *);          /* ... from those that are wanted   */
void c_print_functions(CFile *, const CPart *, Text *);     /* the wanted ones     */
void c_print_math(CFile *, Text *);             /* v_exp ... as far as used        */
void c_print_line(Text *, unsigned depth, const char *line);    /* broken where too long */
void c_print_number(const CFile *, Text *, double);     /* a constant of type real  */

/* ---- c_shim.c ------------------------------------------------------------------ */

extern const char *const c_vectors;     /* c_shim.in */
void c_need(CFile *, const char *section);
void c_print_shim(CFile *, Text *);

/* Sections of an embedded text, in order; NULL when there are no more.            */
typedef struct CSection { const char *name, *body, *needs; size_t name_length, body_length, needs_length; } CSection;
const char *c_section_next(const char *at, CSection *);
bool        c_section_find(const char *text, const char *name, CSection *);

/* Copies a template: @name@ is replaced, `@if name@ ... @else@ ... @end@` kept
 * where the value is not NULL. Conditions nest.                                    */
typedef struct CHole { const char *name, *value; } CHole;
void c_fill(Text *, const char *body, size_t length, const CHole *, size_t holes);

/* ---- c_hole.c: filling holes -------------------------------------------------------- */

typedef VEC(CHole) CHoles;
typedef struct CMaker { CFile *file; const CPart *part; CHoles *holes; Arena *arena; } CMaker;

void c_hole(const CMaker *, const char *name, const char *value);
void c_hole_if(const CMaker *, const char *name, bool is);
void c_hole_number(const CMaker *, const char *name, uint64_t value);
void c_hole_text(const CMaker *, const char *name, Text *);             /* nothing if it is empty */
void c_part_holes(const CMaker *);                                      /* prefix, PREFIX, real */
void c_fill_section(Text *, const char *text, const char *section, const CHoles *);
const char *c_filled(const CMaker *, const char *template);

void c_table_row(Text *, unsigned depth, const char *name, uint32_t offset, uint32_t count, Shape, const char *rest);
void c_param_table(const FieldParam *, size_t params, unsigned depth, Text *);
void c_name_shape(Text *, const char *name, Shape);     /* ": x[2], y" behind a number of reals */

/* a + b*of as an expression; what is zero is left out. The formats hold the product and the sum. */
const char *c_linear(const CMaker *, uint64_t a, uint64_t b, const char *of, const char *product, const char *sum);

/* One line that calls `entry`, `before` it what becomes of its status. */
void c_call_entry(const CMaker *, Text *, unsigned depth, const char *before, uint32_t entry, const char *arguments, const char *parallel);
void c_hole_entry(const CMaker *, const char *name, unsigned depth, const char *before, uint32_t entry, const char *arguments, const char *parallel);
void c_hole_update(const CMaker *, uint32_t norm, uint32_t update, uint32_t params, const char *const *update_real, uint32_t update_reals);

/* ---- c_init.c ------------------------------------------------------------------------- */

const char *c_init_calls(const CFile *, const FieldParam *, size_t params);
void c_weights(const CMaker *, size_t params, size_t buffers);          /* what was learned, if the options have it */
void c_inits_used(CFile *, const FieldParam *, size_t params);
bool c_inits(const CFile *, const char *law);           /* "uniform", "normal", "fill", "tensor" */

/* ---- what stands in the two files ------------------------------------------------------ */

void c_file_holes(CFile *, const CPart *, size_t parts, bool header, CHoles *);
void c_print_header(CFile *, const CPart *, size_t parts, const CHoles *, Text *);
void c_source_head(const CFile *, const CHoles *, Text *);
void c_print_public(CFile *, const CPart *, size_t parts, const CHoles *, Text *);

void c_field_holes(CFile *, const CPart *, CHoles *);   /* also for the module     */
const char *c_field_work(const CMaker *, const Serving *);      /* reals, for batch and times */
void c_print_field_header(CFile *, const CPart *, Text *);
void c_print_field(CFile *, const CPart *, Text *);

void c_model_holes(CFile *, const CPart *, CHoles *);
void c_print_model_header(CFile *, const CPart *, Text *);
void c_print_model(CFile *, const CPart *, Text *);

void c_print_module(CFile *, const CPart *, Text *);

#endif
