/* pass.h: tensor IR to tensor IR.
 *
 * Every pass reads Fns and makes new ones in the arena it is given; none
 * changes its input.  What is built by pass_step and its kin is raw: send it
 * through pass_tidy (expand, fold, dce) before lowering.
 *
 * Names.  A state x, the time t, a parameter p, an input u of a field's f keep
 * their names; what belongs to them is named after them with a dot, which no
 * model can do:
 *
 *     x.a    cotangent of the state        x.f     f at the start of a step
 *     x.v    tangent                       t.h     length of the step
 *     u.g    cotangent of the input        t.bar   cotangent of t, t.h_bar of t.h
 *
 * Shapes: t, t.h and their cotangents are [B]; states and inputs [B ...];
 * parameters and their sums have no B. */
#ifndef ND_PASS_H
#define ND_PASS_H

#include "ir/field.h"

/* ---- differentiation (vjp.c) -------------------------------------------------------
 * Reverse mode inside one Fn: given cotangents seed[i] of the nodes root[i], makes
 * the nodes of the cotangents of wanted[j] (0: no dependence). The loop over the
 * nodes, backwards; each class of node has one rule (ir.h), each map its cells.      */
void vjp_build(Fn *, const Ref *root, const Ref *seed, size_t roots,
               const Ref *wanted, size_t count, Ref *out);

/* a . df/d(leaf) for every leaf. Leaves: f's, and x.a for every RESULT dx (for
 * functions whose results are not derivatives, R.a for the result R). Roots: RESULT
 * L.g for states, time (t.bar) and inputs, SUM L for parameters.                      */
Fn *pass_vjp(Arena *, const Fn *f, const char *name);
/* df/d(leaves) . v. Leaves: f's, and L.v for every leaf. Roots: RESULT as f's.         */
Fn *pass_jvp(Arena *, const Fn *f, const char *name);

/* ---- solvers (step.c; rows in ops/solvers.def) ---------------------------------------- */

enum { MAX_STAGES = 16 };
struct Tableau {                    /* explicit Runge-Kutta (Butcher 1964)              */
    const char *name, *help;
    unsigned stages, order;
    double a[MAX_STAGES][MAX_STAGES], b[MAX_STAGES], c[MAX_STAGES];
};
typedef struct Tableau Tableau;

const Tableau *tableau_by_name(const char *);           /* NULL: no such row            */
const Tableau *tableau_rows(size_t *count);

/* One step from (t, x) to t + t.h. Leaves: f's and t.h. Roots: CARRY x.                */
Fn *pass_step(Arena *, const Fn *f, const Tableau *, const char *name);

/* One step of the augmented dynamics [z, a, theta_bar, u_bar] (Chen et al. 2018): t.h is
 * negative on the way back. Leaves: f's, t.h, x.a, u.g. Roots: CARRY x, x.a, u.g; SUM p
 * for parameters; RESULT x.f, f where the step starts.                                  */
Fn *pass_pull_adjoint(Arena *, const Fn *f, const Tableau *, const char *name);

/* The vjp of pass_step. Leaves: f's (x before the step), t.h, x.a (after the step), u.g.
 * Roots: CARRY x.a (before), u.g; SUM p; RESULT t.bar, t.h_bar.                         */
Fn *pass_pull_discrete(Arena *, const Fn *f, const Tableau *, const char *name);

/* ---- tidying (expand.c, fold.c, dce.c) ---------------------------------------------------- */

Fn *pass_expand(Arena *, const Fn *);   /* MACRO ops by their value cells                */
Fn *pass_fold(Arena *, const Fn *);     /* mul used once + add -> fma; negations absorbed */
Fn *pass_dce(Arena *, const Fn *);      /* only what roots need; leaves stay              */
Fn *pass_tidy(Arena *, const Fn *);     /* all three, in this order                       */

#endif
