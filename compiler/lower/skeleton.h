/* skeleton.h: what stages.c, skeleton.c, entries.c and plan.c share.
 *
 * Stages are the tensor functions a whole solve is made of, in a form that has no
 * control flow but selects: substep s of n from t to t + n*h.  The skeletons bind
 * their leaves by the names kept here.                                             */
#ifndef ND_SKELETON_H
#define ND_SKELETON_H

#include "lower/lower.h"

/* Names of a state's companions: leaves and roots of the stages. */
typedef struct StateNames {
    Name state;                     /* x                                            */
    Name slope;                     /* root of f                                    */
    Name pulled;                    /* pull, jump: the cotangent                    */
    Name first_slope;               /* adjoint pull: root, f at its beginning       */
    Name direct, along;             /* jump, slope: dL/dx at this time; a slope     */
    Name seed, moved;               /* vjp: leaf for the slope's cotangent, root    */
    Name tangent, dot;              /* jvp: leaf, root of the slope's motion        */
    Name begun;                     /* start_vjp: leaf, NULL for a given state      */
    Name observed;                  /* observe_vjp: root                            */
} StateNames;

typedef struct InputNames { Name input, moved; } InputNames;           /* moved: root of vjp */
typedef struct ParamNames { Name param, tangent; } ParamNames;          /* tangent: leaf of jvp */
typedef struct OutputNames { Name output, seed; } OutputNames;          /* seed: leaf of observe_vjp */

typedef struct Stages {
    Fn *bare_step, *bare_pull;      /* as the passes make them                      */
    Fn *f, *vjp, *jvp;
    Fn *start, *start_vjp, *observe, *observe_vjp;      /* NULL: the field has none  */
    Fn *step;                       /* CARRY states: substep `index` of `count`     */
    Fn *pull;                       /* its way back: CARRY cotangents, SUM the rest  */
    Fn *jump;                       /* a += g                                       */
    Fn *slope, *start_slope;        /* RESULT dt: g.f, and -g.f                      */
    Fn *close;                      /* discrete: dL/dt from what the substeps left  */
    StateNames  *state;
    InputNames  *input;
    ParamNames  *param;
    OutputNames *output;
    Name time, step_size, index, count;                 /* leaves of step and pull  */
    Name time_moved, time_tangent;                      /* of vjp, jvp              */
    Name dt;                        /* RESULT of slope and close                    */
    Fn  *see, *conclude;            /* survey.c; NULL: no summaries                  */
    Name *cell, *kept;              /* CARRY of see; RESULT of conclude              */
    size_t cells, summaries;
    Name seen, observations, span;  /* leaves: of see; of conclude                   */
    Name span_sum, time_sum, later; /* discrete: CARRY of pull and of close         */
    Fn  *all[16];
    size_t count_all;
} Stages;

Stages *stages_build(Arena *, Names *, const Field *, const LowerOptions *);
/* The same where samples share a loop and each stops at its own `count`. */
Stages *stages_for_lanes(Arena *, Names *, const Field *, const LowerOptions *, const Stages *one);

/* Adds see and conclude (survey.c). */
void survey_stages(Arena *, Names *, const Field *, const LowerOptions *, Stages *);

/* ---- entries (entry.c) -------------------------------------------------------------
 * An entry is a loop over blocks of samples that calls a function for each, and what
 * is done with the blocks' sums afterwards.  Both have the entry's parameters.       */
typedef enum Arg {
    ARG_NONE, ARG_BATCH, ARG_TIMES, ARG_T, ARG_T_STRIDE, ARG_X0, ARG_GIVEN, ARG_X, ARG_INPUTS, ARG_THETA,
    ARG_A, ARG_VX, ARG_VT, ARG_VTHETA, ARG_G_X, ARG_DX, ARG_X0_OUT, ARG_X_OUT, ARG_Y, ARG_OUT, ARG_AX, ARG_AT,
    ARG_AINPUTS, ARG_ATHETA, ARG_G_X_OUT, ARG_G_X0, ARG_G_INPUTS, ARG_G_THETA, ARG_ADD_THETA, ARG_G_T,
    ARG_CELLS, ARG_BEGIN, ARG_BEFORE, ARG_SEEN, ARG_COUNT_SEEN, ARG_SPAN, ARG_VALUES,
    ARG_H_MAX, ARG_STEPS, ARG_MAX_STEPS, ARG_FAIL, ARG_WORK, ARG_COUNT
} Arg;

typedef struct Serve {              /* functions of one field and regime            */
    Arena         *arena;
    Program       *p;
    const Field   *field;
    const Stages  *stages;
    const Regime  *regime;
    GradientKind   gradient;
    uint32_t       tape;
    Serving       *to;              /* workspace sizes grow with each entry         */
    uint32_t       find, steps;     /* helpers, see helpers_build                   */
} Serve;

typedef struct EntryRow EntryRow;

typedef struct Scene {              /* where a function of an entry is being built  */
    const Serve  *serve;
    const EntryRow *row;
    const Regime *r;
    const Stages *st;
    const Field  *field;
    Program      *p;
    Arena        *arena;
    Block        *block;
    Var           arg[ARG_COUNT];
    Exp           b, first, count;  /* this block, its first sample, its samples    */
    Var           sums, tape;       /* views of work                                */
    uint32_t      tape_size;        /* reals per block                              */
    Exp           area, dt_at;      /* of this block in work, see entry.c           */
    Var           failed;           /* int                                          */
    Held         *time, *step_size, *index, *steps;     /* NULL: no stage reads it  */
    VEC(Bind)     bind;             /* leaves that stay bound: states, inputs, time ... */
} Scene;

struct EntryRow {
    const char *name, *note;
    Arg         arg[20];            /* in order, ARG_NONE at the end                */
    void      (*block)(Scene *);    /* the statements for one block                 */
    Fn         *stage[8];           /* what it applies, NULL at the end             */
    Arg         sums;               /* where the sums over samples go, or ARG_NONE  */
    bool        parallel;           /* blocks on threads; with status, fail, dL/dt  */
    bool        apart;              /* blocks in any order, nothing to report        */
    bool        tape, dt;
    uint32_t    room;               /* reals of the block's area for itself         */
};

uint32_t entry_build(const Serve *, const EntryRow *);
void     helpers_build(Serve *);         /* once per Program; others find them there     */
enum { FAIL_REALS = 5 };            /* status, sample, time, interval, state        */

/* What the blocks of all entries are written with (entry.c). */
Held **scene_states(Scene *, const char *suffix);       /* a value per state        */
void   scene_inputs(Scene *);       /* declared, loaded, bound                      */
void   scene_bind(Scene *, Name, Held *);
void   scene_states_bind(Scene *, Held **);
void   scene_apply(Scene *, const Fn *, const Bind *out, size_t nout);
void   scene_load(Scene *, Held **, Arg, Exp row);      /* row: of [..][batch][states] */
void   scene_store(Scene *, Held **, Arg, Exp row);
void   scene_time(Scene *);         /* loaded from t[0], bound, if f reads it        */

/* interval.c */
Exp    scene_arg(const Scene *, Arg);
Exp    scene_int(const Scene *, int64_t);
Exp    scene_loop(const Scene *, const char *name, Exp from, Exp to);    /* opens it; its number */
void   scene_if_zero(const Scene *, Exp);
Held  *scene_number(Scene *, Name leaf);        /* one per sample; NULL if no stage reads it */
void   scene_fill(Scene *, Held *, Exp real);   /* nothing if NULL                   */
void   scene_fail_begin(Scene *);
void   scene_if_sound(const Scene *);           /* if nothing has failed yet         */
/* Fails if x is not finite; `probe` of an array that has x dense, from `base` on, says
 * who it was (0: none has), i which time and interval it was.                       */
void   scene_check(Scene *, Held **x, Var probe, Exp base, Exp i, Exp interval);
void   scene_clock(Scene *);                    /* declares time, step_size, index, steps */
/* From t[from] to t[to]: sets the clock; the most substeps any sample takes, 0 after a
 * failure.                                                                          */
Exp    scene_interval(Scene *, Exp from, Exp to, Exp number);
void   scene_substep(Scene *, Exp substep);

/* skeleton.c */
uint32_t solve_build(const Serve *);
uint32_t gradient_build(const Serve *);

/* plan.c: the entries of one regime; st is for lanes if its width is not 1.  Those that
 * `common` has already (start, jvp) are taken from there.                */
void common_build(Arena *, Program *, const Field *, const Stages *, const Regime *,
                  const LowerOptions *, Serving *common);
void serving_build(Arena *, Program *, const Field *, const Stages *, const Regime *,
                   const LowerOptions *, const Serving *common, Serving *to);

/* products.c: f, its products, and what surrounds the solve */
void     products_build(const Serve *, Entries *);      /* f, vjp, observe, observe_vjp */
uint32_t jvp_build(const Serve *);      /* the regime must have shared values           */
void     ends_build(const Serve *, Entries *);          /* start                     */
uint32_t start_vjp_build(const Serve *);

/* survey.c: survey, conclude */
void     survey_build(const Serve *, Entries *);

#endif
