/* items_index.c: what an index is made of, what it is a multiple of, how large it gets. */
#include "loop/items_in.h"

static const LExp *exp_of(const Items *m, Exp e) { return &m->p->exp.at[e]; }

static bool same_exp(const Items *m, Exp a, Exp b)
{
    const LExp *x = exp_of(m, a), *y = exp_of(m, b);
    if (a == b) return true;
    if (x->kind != y->kind || x->op != y->op || x->var != y->var || x->num != y->num) return false;
    if (x->kind != X_OP && x->kind != X_VAR && x->kind != X_INT) return false;
    return same_exp(m, x->a, y->a) && same_exp(m, x->b, y->b) && same_exp(m, x->c, y->c);
}

static void add_term(const Items *m, Linear *l, Exp atom, int64_t factor)
{
    for (unsigned i = 0; i < l->n; i++)
        if (same_exp(m, l->atom[i], atom)) {
            l->k[i] += factor;
            return;
        }
    if (l->n == TERMS) l->unknown = true;
    else l->atom[l->n] = atom, l->k[l->n++] = factor;
}

void linear_add(const Items *m, Linear *l, Exp e, int64_t factor)
{
    const LExp *x = exp_of(m, e);
    const bool op = x->kind == X_OP;
    if (!e) return;
    if (x->kind == X_INT) l->c += factor * (int64_t)x->num;
    else if (x->kind == X_VAR && m->def[x->var]) linear_add(m, l, m->def[x->var], factor);
    else if (op && (x->op == OP_add || x->op == OP_sub)) {
        linear_add(m, l, x->a, factor);
        linear_add(m, l, x->b, x->op == OP_add ? factor : -factor);
    } else if (op && x->op == OP_neg) linear_add(m, l, x->a, -factor);
    else if (op && x->op == OP_mul && exp_of(m, x->b)->kind == X_INT) linear_add(m, l, x->a, factor * (int64_t)exp_of(m, x->b)->num);
    else if (op && x->op == OP_mul && exp_of(m, x->a)->kind == X_INT) linear_add(m, l, x->b, factor * (int64_t)exp_of(m, x->a)->num);
    else add_term(m, l, e, factor);
    if (x->kind == X_VAR && m->p->var.at[x->var].writable && !m->def[x->var]) l->unknown = true;
}

Linear linear_of(const Items *m, Exp e)
{
    Linear l = { .n = 0 };
    linear_add(m, &l, e, 1);
    return l;
}

static int64_t common(int64_t a, int64_t b) { return b ? common(b, a % b) : a < 0 ? -a : a; }     /* of > 0, so never 0 */

static bool atom_is_multiple(const Items *m, Exp e, int64_t of)
{
    const LExp *x = exp_of(m, e);
    if (of == 1) return true;
    if (x->kind == X_OP && x->op == OP_mul) return is_multiple(m, x->a, of) || is_multiple(m, x->b, of);
    if (x->kind != X_VAR || !m->loop_of[x->var]) return false;
    const LStm *loop = &m->p->stm.at[m->loop_of[x->var]];
    return is_multiple(m, loop->a, of) && is_multiple(m, loop->c, of);
}

bool linear_is_multiple(const Items *m, const Linear *l, int64_t of)
{
    if (l->unknown || l->c % of) return false;
    for (unsigned i = 0; i < l->n; i++)
        if (l->k[i] && !atom_is_multiple(m, l->atom[i], of / common(l->k[i], of))) return false;
    return true;
}

void linear_reduce(const Items *m, Linear *l, int64_t of)
{
    for (unsigned i = 0; i < l->n; i++)
        if (atom_is_multiple(m, l->atom[i], of / common(l->k[i], of))) l->k[i] = 0;
    l->c %= of;
}

bool is_multiple(const Items *m, Exp e, int64_t of)
{
    const Linear l = linear_of(m, e);
    return linear_is_multiple(m, &l, of);
}

bool linear_own(const Items *m, Linear *l, Var counter)
{
    for (unsigned i = 0; i < l->n; i++) {
        const LExp *x = exp_of(m, l->atom[i]);
        if (x->kind != X_VAR || x->var != counter || l->k[i] != 1) continue;
        l->k[i] = 0;
        return true;
    }
    return false;
}

bool mentions(const Items *m, Exp e, Var var)
{
    const LExp *x = exp_of(m, e);
    if (!e) return false;
    if (x->kind == X_VAR && (x->var == var || (m->def[x->var] && mentions(m, m->def[x->var], var)))) return true;
    return mentions(m, x->a, var) || mentions(m, x->b, var) || mentions(m, x->c, var);
}

static bool mentions_later(const Items *m, Exp e, Var from)
{
    const LExp *x = exp_of(m, e);
    return e && (x->var >= from || mentions_later(m, x->a, from) || mentions_later(m, x->b, from) || mentions_later(m, x->c, from));
}

bool linear_mentions(const Items *m, const Linear *l, Var from)
{
    for (unsigned i = 0; i < l->n; i++)
        if (l->k[i] && mentions_later(m, l->atom[i], from)) return true;
    return false;
}

int64_t most_of(const Items *m, Exp e)
{
    const LExp *x = exp_of(m, e);
    if (x->kind == X_INT) return (int64_t)x->num;
    if (x->kind == X_VAR && m->def[x->var]) return most_of(m, m->def[x->var]);
    if (x->kind != X_OP) return INT64_MAX;
    const LExp *by = exp_of(m, x->b);
    const int64_t a = most_of(m, x->a), c = by->kind == X_INT ? (int64_t)by->num : 0;
    if (x->op == OP_min) {
        const int64_t b = most_of(m, x->b);
        return a < b ? a : b;
    }
    if (a == INT64_MAX || c <= 0 || a < 0) return INT64_MAX;
    return x->op == OP_add ? a + c : x->op == OP_mul ? a * c : x->op == OP_div ? a / c : INT64_MAX;
}

static Linear between(const Items *m, Exp from, Exp to)
{
    Linear l = linear_of(m, to);
    linear_add(m, &l, from, -1);
    return l;
}

bool is_between(const Items *m, Exp from, Exp to, int64_t much)
{
    Linear l = between(m, from, to);
    for (unsigned i = 0; i < l.n; i++) l.unknown |= l.k[i] != 0;
    return !l.unknown && l.c == much;
}

int64_t most_between(const Items *m, Exp from, Exp to)
{
    const LExp *x = exp_of(m, to);
    if (x->kind == X_VAR && m->def[x->var]) return most_between(m, from, m->def[x->var]);
    if (x->kind == X_OP && x->op == OP_min) {
        const int64_t a = most_between(m, from, x->a), b = most_between(m, from, x->b);
        return a < b ? a : b;
    }
    const Linear l = between(m, from, to);
    if (is_between(m, from, to, l.c)) return l.c;
    const int64_t most = most_of(m, to);
    return exp_of(m, from)->kind == X_INT && most != INT64_MAX ? most - (int64_t)exp_of(m, from)->num : INT64_MAX;
}
