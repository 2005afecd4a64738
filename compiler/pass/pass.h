/* pass.h: passes over the tensor IR.  Each takes a Fn and makes a new one; the
 * old one stays as it is.
 *
 *     differentiate   pass_vjp pass_jvp
 *     simplify        pass_expand pass_fold pass_dce          (in this order)
 *     transform       pass_winograd
 *     integrate       pass_step pass_pull_adjoint pass_pull_discrete
 *
 * Names in what they make.  R stands for a root of the function one starts from,
 * x for a state, p for a parameter, u for an input, t for the leaf with
 * ROLE_TIME whatever it is called:
 *
 *     a_R, a_x     leaf, ROLE_COTANGENT: the cotangent of R, of x
 *     v_L          leaf, ROLE_TANGENT: the direction in which leaf L moves
 *     h            leaf, ROLE_STEP, [B]: the length of the step
 *     L_bar        root: the cotangent of leaf L
 *     R_dot        root: how R moves
 *     f_x          root: dx/dt at the beginning of the step
 *
 * A made name that the model uses itself gets underscores behind it; the order
 * of leaves and roots is as listed, so roles and positions find them too. */
#ifndef ND_PASS_H
#define ND_PASS_H

#include "ir/ir.h"

/* ---- differentiation (vjp.c) --------------------------------------------------- */

/* What `wanted[k]` (nodes of f) gets when root[i] has the cotangent seed[i], as
 * new nodes of f: out[k], 0 if nothing reaches it.                                */
void vjp_into(Fn *f, const Ref *root, const Ref *seed, size_t roots,
              const Ref *wanted, size_t count, Ref *out);

/* Leaves of f, then a_R [shape of R] for every root of f but UPDATE.  Per wanted leaf (NULL:
 * every leaf of reals) in order: SUM under the leaf's own name if it has no B,
 * else RESULT L_bar.  A leaf that nothing reaches gets zeros.                     */
Fn *pass_vjp(Arena *, const Fn *f, const char *name, const Name *wanted, size_t count);

/* Leaves of f, then v_L for every wanted leaf.  Roots: RESULT R_dot.  Forward mode
 * as the vjp of the vjp, which is linear in its cotangent.                        */
Fn *pass_jvp(Arena *, const Fn *f, const char *name, const Name *wanted, size_t count);

/* ---- simplification ------------------------------------------------------------- */

/* MACRO nodes become their value cells (expand.c).  After every vjp, so that
 * derivative cells see one node and still share what they have in common.        */
Fn *pass_expand(Arena *, const Fn *f);
/* The cell of a table over named values of f, as nodes of f (expand.c).           */
Ref pass_cell(Fn *f, const char *cell, const char *const *name, const Ref *value, size_t count);
/* Products used once by a sum become fma (fold.c); the last change of bits there
 * is: below this every target computes the same.                                  */
Fn *pass_fold(Arena *, const Fn *f);
/* Without the nodes no root needs.  Leaves all stay (dce.c).                      */
Fn *pass_dce(Arena *, const Fn *f);
/* The three in order: what lowering starts from.                                  */
Fn *pass_finish(Arena *, const Fn *f);

/* Convolutions of three taps through transforms where `accuracy`, the relative error a
 * contraction may have, admits it (winograd.c). Before any vjp: all that derives from
 * the function then shares the transforms.                                        */
Fn *pass_winograd(Arena *, const Fn *f, double accuracy);

/* ---- integration ------------------------------------------------------------------ */

enum { MAX_STAGES = 8 };

typedef struct Tableau {            /* an explicit Runge-Kutta method, solvers.def   */
    const char *name;
    unsigned    stages, order;
    double      a[MAX_STAGES][MAX_STAGES];      /* a[i][j], j < i                    */
    double      b[MAX_STAGES], c[MAX_STAGES];
} Tableau;

extern const Tableau solver_table[];
extern const size_t  solver_count;
const Tableau *solver_by_name(const char *);    /* NULL if there is none             */

/* In the following f is a field: leaves as Field.f has them, a root RESULT "dx"
 * for every state x, in the order of the states, then UPDATE for its buffers.       */

/* One step from t to t + h (step.c).  Leaves: states, t, h (both [B], or rank 0 if
 * f's t is), the other leaves of f.  Roots: CARRY x, then UPDATE b.  A stage's buffers
 * are as the stage before left them; or, with slots, leaves of its own.             */
Fn *pass_step(Arena *, const Fn *f, const Tableau *);
Fn *pass_step_slots(Arena *, const Fn *f, const Tableau *);
/* The leaf that buffer b of f is at a stage.                                        */
Name pass_slot(const Fn *f, Name b, unsigned stage);

/* One step of the continuous adjoint's augmented dynamics [z, a, theta_bar, u_bar]
 * (adjoint.c; Chen et al. 2018, eq. 4 and 5) from t to t + h; h < 0 going back.
 * Leaves: states, a_x, t, h, the other leaves of f.  Roots: CARRY x, CARRY a_x,
 * SUM p, SUM u (per sample, [B ...]), RESULT f_x.  Nothing is updated on the way back. */
Fn *pass_pull_adjoint(Arena *, const Fn *f, const Tableau *);

/* The exact gradient of one step (adjoint.c): its vjp.  Leaves as above, the states
 * being those before the step and a_x the cotangents after it.  Roots: CARRY a_x
 * (now before the step), SUM p, SUM u, RESULT t_bar [B], h_bar [B].                 */
Fn *pass_pull_discrete(Arena *, const Fn *f, const Tableau *);

/* A step back with t and h inside sums over samples that only SUM roots want, so that
 * these may be added up over steps before they are mapped any further (accumulate.c). */
Fn *pass_accumulate(Arena *, const Fn *pull);

#endif
