/* llvm_place.c: the address of an element.
 *
 * An index is a sum. Its terms are added to the buffer's address from the outermost loop they depend on
 * to the innermost, each part at the beginning of its loop's body: a + a_at before all loops,
 * + v in the loop over v, + 64*k in the loop over k. What is in front of an inner loop is frozen: LLVM's
 * loop strength reduction takes it as it is, instead of trying all the ways to take it apart, which
 * is a third of the time to compile a model.  A constant comes last: instructions that load and
 * store add one for nothing. */
#include "back/llvm.h"

typedef struct Sum { Exp term[AHEAD_TERMS]; bool minus[AHEAD_TERMS]; unsigned depth[AHEAD_TERMS], count; double constant; bool fits; } Sum;

/* The depth at whose beginning a variable has its value already. */
static unsigned known_in(const LlvmFn *f, Var var)
{
    return f->file->depth[var] < f->depth ? f->file->depth[var] : f->depth;
}

/* The same of an expression. */
static unsigned depth_of(const LlvmFn *f, Exp e)
{
    const LExp *x = &f->p->exp.at[e];
    if (!e || x->kind == X_INT) return 0;
    if (x->kind == X_VAR) return known_in(f, x->var);
    if (x->kind != X_OP || x->op == OP_select || x->op == OP_div || x->op == OP_mod) return f->depth;
    unsigned depth = depth_of(f, x->a), b = depth_of(f, x->b);
    return depth > b ? depth : b;
}

static void add_terms(const LlvmFn *f, Sum *sum, Exp e, bool minus)
{
    const LExp *x = &f->p->exp.at[e];
    bool plus = x->kind == X_OP && x->op == OP_add, less = x->kind == X_OP && x->op == OP_sub;
    if (x->kind == X_INT) {
        sum->constant += minus ? -x->num : x->num;
    } else if (plus || less) {
        add_terms(f, sum, x->a, minus);
        add_terms(f, sum, x->b, minus != less);
    } else if (sum->count < AHEAD_TERMS) {
        sum->term[sum->count] = e;
        sum->minus[sum->count] = minus;
        sum->depth[sum->count++] = depth_of(f, e);
    } else {
        sum->fits = false;
    }
}

static Operand offset(LlvmFn *f, Operand from, Operand index)
{
    if (index.kind == O_NUMBER && index.number == 0) return from;
    return llvm_get(f, t_pointer, "getelementptr %t, %p, %p", t_real, &from, &index);
}

static Operand add_depth(LlvmFn *f, Operand at, const Sum *sum, unsigned depth)
{
    for (unsigned i = 0; i < sum->count; i++) {
        if (sum->depth[i] != depth) continue;
        Operand term = llvm_exp(f, sum->term[i]);
        if (sum->minus[i]) term = llvm_get(f, t_int, "sub i64 0, %o", &term);
        at = offset(f, at, term);
    }
    return at;
}

/* ---- in front of inner loops -------------------------------------------------------------------- */

static bool same_exp(const LlvmFn *f, Exp a, Exp b)
{
    const LExp *x = &f->p->exp.at[a], *y = &f->p->exp.at[b];
    return a == b || (a && b && x->kind == y->kind && x->op == y->op && x->var == y->var && x->num == y->num && same_exp(f, x->a, y->a) &&
                      same_exp(f, x->b, y->b) && same_exp(f, x->c, y->c));
}

static bool same_terms(const LlvmFn *f, const Sum *sum, const LlvmAhead *ahead)
{
    unsigned n = 0;
    for (unsigned i = 0; i < sum->count; i++) {
        if (sum->depth[i] != ahead->depth) continue;
        if (n >= ahead->terms || sum->minus[i] != ahead->minus[n] || !same_exp(f, sum->term[i], ahead->term[n])) return false;
        n++;
    }
    return n == ahead->terms;
}

/* `at` with the terms of this depth, computed where this depth begins, once. */
static Operand ahead_of(LlvmFn *f, Operand at, const Sum *sum, unsigned depth)
{
    bool any = false;
    for (unsigned i = 0; i < sum->count; i++) any |= sum->depth[i] == depth;
    if (!any) return at;
    for (size_t i = 0; i < f->ahead.count; i++) {
        const LlvmAhead *a = &f->ahead.at[i];
        if (a->depth == depth && a->from.kind == at.kind && a->from.id == at.id && same_terms(f, sum, a)) return a->to;
    }
    LlvmAhead a = { .from = at, .depth = depth };
    Text *out = f->out;
    f->out = depth ? &f->begin[depth] : &f->entry;
    f->ahead_text = true;
    a.to = add_depth(f, at, sum, depth);
    a.to = llvm_get(f, t_pointer, "freeze %p", &a.to);
    f->ahead_text = false;
    f->out = out;
    for (unsigned i = 0; i < sum->count; i++)
        if (sum->depth[i] == depth) a.minus[a.terms] = sum->minus[i], a.term[a.terms++] = sum->term[i];
    VEC_PUSH(&f->file->c->scratch, f->ahead) = a;
    return a.to;
}

Operand llvm_place(LlvmFn *f, Var buffer, Exp index, bool vector)
{
    Sum sum = { .fits = true };
    Operand at = f->value[buffer];
    unsigned depth = known_in(f, buffer);
    add_terms(f, &sum, index, false);
    if (!sum.fits || f->depth >= LOOPS) return offset(f, at, llvm_exp(f, index));
    for (unsigned i = 0; i < sum.count; i++)
        if (sum.depth[i] < depth) sum.depth[i] = depth;
    for (; depth < f->depth; depth++) at = ahead_of(f, at, &sum, depth);
    at = add_depth(f, at, &sum, f->depth);
    if (vector && f->part.kind) at = offset(f, at, f->part);
    return offset(f, at, llvm_number(t_int, sum.constant));
}
