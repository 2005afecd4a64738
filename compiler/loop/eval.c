/* eval.c: the reference machine: one function of a Program, lane by lane.
 *
 * Slow, and plain enough to be believed: every back end must give the same bits.
 * A variable belongs to one function and functions do not recurse, so each
 * has one place for the whole run. Reals are kept as doubles that hold a
 * number of the Program's precision; ops are those of ops.c. A wrong access
 * stops the run with a message. */
#include "loop/loop.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

typedef struct Vec { double lane[LANES]; } Vec;

typedef struct Value {
    Vec     v;                      /* reals and masks                                 */
    int64_t i;                      /* integers                                        */
    char   *at;                     /* buffers                                         */
    int64_t elements;               /* how many from here on; below 0: not known       */
} Value;

typedef struct Machine {
    const Program *p;
    Arena     arena;
    OpValues  ops;
    Value    *var;
    char     *error;
    size_t    room;
    jmp_buf   stop;
} Machine;

enum { WENT_ON = -1 };              /* a block that did not return                     */

_Noreturn static void stop(Machine *m, const char *format, ...) ND_PRINTF(2, 3);
_Noreturn static void stop(Machine *m, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (m->room) vsnprintf(m->error, m->room, format, args);
    va_end(args);
    longjmp(m->stop, 1);
}

/* ---- memory ---------------------------------------------------------------------- */

static size_t real_size(const Machine *m) { return m->p->real == TYPE_F32 ? sizeof(float) : sizeof(double); }

static char *element(Machine *m, Var buffer, int64_t index, int64_t count)
{
    const Value *b = &m->var[buffer];
    const char *name = m->p->var.at[buffer].name;
    if (!b->at) stop(m, "%s is NULL", name);
    if (b->elements >= 0 && (index < 0 || index + count > b->elements))
        stop(m, "%s[%lld] is outside of its %lld elements", name, (long long)(index < 0 ? index : index + count - 1),
             (long long)b->elements);
    return b->at + index * (int64_t)real_size(m);
}

static double fetch(Machine *m, Var buffer, int64_t index)
{
    const char *at = element(m, buffer, index, 1);
    if (m->p->real == TYPE_F32) { float f; memcpy(&f, at, sizeof f); return f; }
    double d;
    memcpy(&d, at, sizeof d);
    return d;
}

static void put(Machine *m, Var buffer, int64_t index, double value)
{
    char *at = element(m, buffer, index, 1);
    float single = (float)value;
    if (m->p->real == TYPE_F32) memcpy(at, &single, sizeof single);
    else memcpy(at, &value, sizeof value);
}

/* ---- expressions -------------------------------------------------------------------- */

static int64_t integer(Machine *, Exp);
static Vec vector(Machine *, Exp);

static int64_t int_op(Machine *m, Op op, int64_t a, int64_t b)
{
    switch (op) {
    case OP_add: return a + b;
    case OP_sub: return a - b;
    case OP_mul: return a * b;
    case OP_neg: return -a;
    case OP_min: return a < b ? a : b;
    case OP_max: return a > b ? a : b;
    case OP_div: case OP_mod:
        if (!b) stop(m, "an integer division by zero");
        return op == OP_div ? a / b : a % b;
    default: stop(m, "integers do not know %s", op_info(op)->name);
    }
}

static bool int_test(Op op, int64_t a, int64_t b)
{
    return op == OP_lt ? a < b : op == OP_le ? a <= b : op == OP_gt ? a > b : op == OP_ge ? a >= b
         : op == OP_eq ? a == b : a != b;
}

static int64_t integer(Machine *m, Exp e)
{
    const LExp *x = &m->p->exp.at[e];
    switch (x->kind) {
    case X_INT:     return (int64_t)x->num;
    case X_VAR:     return m->var[x->var].i;
    case X_NULL:    return !m->var[x->var].at;
    case X_CONVERT: return (int64_t)vector(m, x->a).lane[0];
    case X_ANY: {
        Vec mask = vector(m, x->a);
        bool any = false;
        for (unsigned l = 0; l < m->p->exp.at[x->a].type.lanes; l++) any |= mask.lane[l] != 0;
        return any;
    }
    case X_OP:
        if (x->op == OP_select) return integer(m, vector(m, x->a).lane[0] != 0 ? x->b : x->c);
        return int_op(m, (Op)x->op, integer(m, x->a), x->b ? integer(m, x->b) : 0);
    default: stop(m, "no integer");
    }
}

static Vec op_vector(Machine *m, const LExp *x)
{
    const Exp arg[3] = { x->a, x->b, x->c };
    Vec in[3] = { { { 0 } } }, out = { { 0 } };
    if (m->p->exp.at[x->a].type.kind == L_INT) {
        out.lane[0] = int_test((Op)x->op, integer(m, x->a), integer(m, x->b));
        return out;
    }
    for (unsigned k = 0; k < op_info((Op)x->op)->narg; k++) in[k] = vector(m, arg[k]);
    for (unsigned l = 0; l < x->type.lanes; l++)
        out.lane[l] = op_value(&m->ops, (Op)x->op, m->p->real, (double[]){ in[0].lane[l], in[1].lane[l], in[2].lane[l] });
    return out;
}

static double tree(const Machine *m, Vec v)
{
    for (unsigned half = LANES / 2; half; half /= 2)
        for (unsigned l = 0; l < half; l++) {
            double sum = v.lane[l] + v.lane[l + half];
            v.lane[l] = m->p->real == TYPE_F32 ? (float)sum : sum;
        }
    return v.lane[0];
}

/* Reals and masks; what has one lane is in lane 0. */
static Vec vector(Machine *m, Exp e)
{
    const LExp *x = &m->p->exp.at[e];
    Vec out = { { 0 } };
    switch (x->kind) {
    case X_REAL: out.lane[0] = x->num; return out;
    case X_VAR:  return m->var[x->var].v;
    case X_OP:   return op_vector(m, x);
    case X_LOAD: {
        int64_t at = integer(m, x->a);
        for (unsigned l = 0; l < x->type.lanes; l++) out.lane[l] = fetch(m, x->var, at + l);
        return out;
    }
    case X_GATHER: {
        int64_t base = integer(m, x->a), stride = integer(m, x->b), count = integer(m, x->c);
        for (unsigned l = 0; l < LANES; l++)
            out.lane[l] = fetch(m, x->var, base + (l < count ? l : count - 1) * stride);
        return out;
    }
    case X_SPLAT: case X_PICK: {
        Vec a = vector(m, x->a);
        int64_t lane = x->kind == X_PICK ? integer(m, x->b) : 0;
        for (unsigned l = 0; l < LANES; l++) out.lane[l] = a.lane[lane];
        return out;
    }
    case X_TREE: out.lane[0] = tree(m, vector(m, x->a)); return out;
    case X_LANE:
        for (unsigned l = 0; l < LANES; l++) out.lane[l] = l;
        return out;
    case X_CONVERT: {
        int64_t i = integer(m, x->a);
        out.lane[0] = m->p->real == TYPE_F32 ? (float)i : (double)i;
        return out;
    }
    default: stop(m, "no real");
    }
}

/* ---- statements ----------------------------------------------------------------------- */

static int64_t block(Machine *, Stm);

static void assign(Machine *m, Var var, Exp a)
{
    if (m->p->var.at[var].type.kind == L_INT) m->var[var].i = integer(m, a);
    else m->var[var].v = vector(m, a);
}

static int64_t call(Machine *m, const LStm *s)
{
    const LFn *fn = m->p->fn.at[s->callee];
    for (uint32_t i = 0; i < s->nargs; i++) {           /* no argument is a parameter of the callee */
        const LExp *arg = &m->p->exp.at[m->p->arg.at[s->args + i]];
        Var param = fn->param.at[i];
        if (arg->type.kind == L_BUFFER) m->var[param] = m->var[arg->var];
        else assign(m, param, m->p->arg.at[s->args + i]);
    }
    int64_t status = block(m, fn->body);
    return status == WENT_ON ? 0 : status;
}

static int64_t loop(Machine *m, const LStm *s)
{
    for (int64_t i = integer(m, s->a); i < integer(m, s->b); i += integer(m, s->c)) {
        m->var[s->var].i = i;
        int64_t status = block(m, s->body);
        if (status != WENT_ON) return status;
    }
    return WENT_ON;
}

static void view(Machine *m, const LStm *s)
{
    Value *to = &m->var[s->var];
    *to = m->var[s->var2];
    if (!to->at) return;
    int64_t from = integer(m, s->a);
    if (to->elements >= 0 && (from < 0 || from > to->elements)) stop(m, "a view outside of %s", m->p->var.at[s->var2].name);
    to->at += from * (int64_t)real_size(m);
    if (to->elements >= 0) to->elements -= from;
}

static void scatter(Machine *m, const LStm *s)
{
    int64_t base = integer(m, s->a), stride = integer(m, s->c), count = integer(m, s->d);
    Vec value = vector(m, s->b);
    for (int64_t l = 0; l < LANES && l < count; l++) put(m, s->var, base + l * stride, value.lane[l]);
}

static void local(Machine *m, Var var)
{
    uint32_t count = m->p->var.at[var].count;
    Value *v = &m->var[var];
    if (!v->at) v->at = arena_alloc(&m->arena, count * real_size(m));
    v->elements = count;
    for (uint32_t i = 0; i < count; i++) put(m, var, i, 0.0 / 0.0);     /* nobody may count on zeros */
}

static bool truth(Machine *m, Exp e)
{
    return m->p->exp.at[e].type.kind == L_INT ? integer(m, e) != 0 : vector(m, e).lane[0] != 0;
}

static int64_t statement(Machine *m, const LStm *s)
{
    switch ((SKind)s->kind) {
    case S_NONE: case S_NOTE: case S_BAR: case S_SYNC: return WENT_ON;
    case S_LOCAL: local(m, s->var); return WENT_ON;
    case S_LET: case S_VAR: case S_SET: assign(m, s->var, s->a); return WENT_ON;
    case S_VIEW: view(m, s); return WENT_ON;
    case S_STORE: {
        int64_t at = integer(m, s->a);
        Vec value = vector(m, s->b);
        for (unsigned l = 0; l < m->p->exp.at[s->b].type.lanes; l++) put(m, s->var, at + l, value.lane[l]);
        return WENT_ON;
    }
    case S_SCATTER: scatter(m, s); return WENT_ON;
    case S_FOR: case S_PAR: return loop(m, s);
    case S_IF: return block(m, truth(m, s->a) ? s->body : s->other);
    case S_CALL: {
        int64_t status = call(m, s);
        if (s->var) m->var[s->var].i = status;
        return WENT_ON;
    }
    case S_RETURN: return integer(m, s->a);
    }
    return WENT_ON;
}

static int64_t block(Machine *m, Stm first)
{
    int64_t status = WENT_ON;
    for (Stm s = first; s && status == WENT_ON; s = m->p->stm.at[s].next) status = statement(m, &m->p->stm.at[s]);
    return status;
}

int loop_run(const Program *p, uint32_t fn, const LArg *args, size_t n, char *error, size_t room)
{
    Machine m = { .p = p, .error = error, .room = room };
    volatile int64_t status = WENT_ON;
    if (room) error[0] = 0;
    m.ops.arena = &m.arena;
    m.var = NEW_ARRAY(&m.arena, Value, p->var.count);
    if (!setjmp(m.stop)) {
        if (n != p->fn.at[fn]->param.count) stop(&m, "%s takes %zu arguments", p->fn.at[fn]->name, p->fn.at[fn]->param.count);
        for (size_t i = 0; i < n; i++) {
            Value *to = &m.var[p->fn.at[fn]->param.at[i]];
            to->at = args[i].buffer;
            to->elements = args[i].elements ? (int64_t)args[i].elements : -1;
            to->i = args[i].i;
            to->v.lane[0] = p->real == TYPE_F32 ? (float)args[i].r : args[i].r;
        }
        int64_t result = block(&m, p->fn.at[fn]->body);
        status = result == WENT_ON ? 0 : result;
    }
    arena_free(&m.arena);
    return (int)status;             /* -1 when the run was stopped */
}
