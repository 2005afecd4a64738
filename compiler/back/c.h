/* c.h: what the files of the C back end share.
 *
 * c.c         puts the parts of a generated source and header together
 * c_print.c   loop IR as C functions, with c_names.c, c_exp.c, c_math.c
 * c_shim.c    the vector functions those need, from c_shim.in
 * c_embed.c   the public functions around the entries, from c_embed.in
 * c_module.c  the tables and functions behind `nodec run`, from c_module.in */
#ifndef ND_C_H
#define ND_C_H

#include "back/back.h"

typedef struct CSafe { Name of; const char *name; } CSafe;     /* a variable's name, in C */

typedef struct CFile {
    Arena      *arena;
    Arena       scratch;            /* lines and expressions of the function being printed */
    const EmitOptions *options;
    const char *stem;               /* "spiral", a C identifier                    */
    Type        real;
    bool        parallel;           /* some kernel has an S_PAR                    */
    VEC(const char *) need;         /* sections of c_shim.in                       */
    VEC(const char *) taken;        /* names of static functions in this file      */
    CSafe       safe[256];          /* by the address of the interned name         */
    uint8_t     math[OP_COUNT];     /* 1: used with one lane, 2: used with LANES   */
} CFile;

typedef struct CFn {                /* a function of a Program, in C               */
    const char *name;
    bool wanted;                    /* reached from an entry                       */
    bool parallel;                  /* has a hidden `const nodec_parallel *`       */
} CFn;

typedef struct CField {             /* a Lowered, and how it is called in C        */
    const Lowered *lowered;
    const char *prefix, *upper;     /* "spiral_mlp", "SPIRAL_MLP"                  */
    CFn        *fn;                 /* by index into program->fn                   */
    const char **var;               /* C names by variable, NULL until one is asked for */
} CField;

/* ---- c_print.c and its friends ---------------------------------------------------------------- */

void c_name_functions(CFile *, CField *);       /* fills CField.fn                 */
void c_print_functions(CFile *, const CField *, Text *);    /* the wanted ones     */
void c_print_math(CFile *, Text *);             /* v_exp ... as far as used        */
void c_print_line(Text *, unsigned depth, const char *line);    /* broken where too long */
void c_print_number(const CFile *, Text *, double);     /* a constant of type real  */

/* ---- c_shim.c ------------------------------------------------------------------ */

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

/* ---- c_embed.c, c_module.c ------------------------------------------------------ */

typedef VEC(CHole) CHoles;
void c_fill_section(Text *, const char *text, const char *section, const CHoles *);
void c_field_holes(CFile *, const CField *, CHoles *);      /* what a field's templates need */
void c_file_holes(CFile *, const CField *, size_t fields, bool header, CHoles *);

void c_source_head(const CFile *, const CHoles *, Text *);
void c_print_header(CFile *, const CField *, size_t fields, const CHoles *, Text *);
void c_print_public(CFile *, const CField *, size_t fields, const CHoles *, Text *);
void c_print_module(CFile *, const CField *, Text *);

#endif
