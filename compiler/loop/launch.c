/* launch.c: see launch.h.
 *
 * First every call of a function that has a parallel loop is replaced by what it does.
 * Then the statements are of three sorts. Those with a parallel loop in them are the
 * host's. Definitions, of numbers made of whole ones and of views, do nothing: each
 * kernel has those that it needs, but for whole numbers, which the host hands over. All
 * others are work, and a run of them, as long as may be, is a kernel of one item. But a
 * long loop whose iterations may be done in any order is shared out to items.            */
#include "loop/launch.h"
#include "loop/copy.h"

#include <string.h>

enum { LONG = 1 << 13, ITEMS = 256 };           /* statements of a loop that is shared out; to how many */

typedef struct Run { Stm first, last; } Run;            /* a parallel loop: the first alone     */

typedef struct Piece {              /* what one S_PAR of the host calls                  */
    Run      run;
    uint32_t kernel;
    VEC(Var) given;                 /* what for, by the function's own variables         */
} Piece;

typedef struct Cut {
    Program *p;
    bool    *parallel;              /* [fn]: has a parallel loop                         */
    Launch   out;
    const LFn *fn;                  /* the function, nothing parallel in what it calls   */
    VEC(Stm) made;                  /* definitions that can be seen, loops around        */
    VEC(Piece) piece;               /* in the order of the statements                    */
    bool    *known;                 /* [var]: parameters, and what is defined            */
    size_t   next;                  /* the piece to be called next                       */
    Copier   copier;                /* of the host                                       */
    Var      status;
} Cut;

/* ---- what is in a statement --------------------------------------------------------------- */

/* How often a loop goes round, or 0: who knows. */
static int64_t times_of(const Program *p, const LStm *loop)
{
    const LExp *from = &p->exp.at[loop->a], *to = &p->exp.at[loop->b], *step = &p->exp.at[loop->c];
    if (from->kind != X_INT || to->kind != X_INT || step->kind != X_INT) return 0;
    return (int64_t)((to->num - from->num + step->num - 1) / step->num);
}

/* How many statements are done, about. */
static double weight(const Program *p, Stm first)
{
    double sum = 0;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        double times = at->kind != S_FOR ? 1 : times_of(p, at) ? (double)times_of(p, at) : 4;
        sum += 1 + times * (weight(p, at->body) + weight(p, at->other));
        if (at->kind == S_CALL) sum += weight(p, fn_of(p, at->callee)->body);
    }
    return sum;
}

/* Is it a loop that several do together? */
static bool is_shared(const Program *p, Stm s)
{
    const LStm *at = &p->stm.at[s];
    return at->kind == S_FOR && at->flags & FOR_ANY && (double)times_of(p, at) * weight(p, at->body) >= LONG;
}

static bool any_parallel(const Program *p, const bool *parallel, Stm first)
{
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        if (at->kind == S_PAR || is_shared(p, s) || (at->kind == S_CALL && parallel[at->callee])) return true;
        if (any_parallel(p, parallel, at->body) || any_parallel(p, parallel, at->other)) return true;
    }
    return false;
}

static bool is_parallel(const Cut *c, Stm s)
{
    const LStm *at = &c->p->stm.at[s];
    return at->kind == S_PAR || is_shared(c->p, s) || any_parallel(c->p, c->parallel, at->body)
        || any_parallel(c->p, c->parallel, at->other);
}

/* Does it read no memory, and no variable that some work leaves? */
static bool is_pure(const Cut *c, Exp e)
{
    const LExp *x = &c->p->exp.at[e];
    if (!e) return true;
    if (x->kind == X_LOAD || x->kind == X_GATHER || (x->var && !c->known[x->var])) return false;
    return is_pure(c, x->a) && is_pure(c, x->b) && is_pure(c, x->c);
}

static bool is_definition(const Cut *c, Stm s)
{
    const LStm *at = &c->p->stm.at[s];
    return at->kind == S_NOTE || ((at->kind == S_VIEW || at->kind == S_LET) && is_pure(c, at->a));
}

static void define(Cut *c, Stm s)
{
    Var var = c->p->stm.at[s].var;
    if (var) c->known[var] = true;
    VEC_PUSH(c->p->arena, c->made) = s;
}

static bool returns_nothing(const Program *p, Stm s)            /* return 0, the last */
{
    const LStm *at = &p->stm.at[s];
    return at->kind == S_RETURN && p->exp.at[at->a].kind == X_INT && p->exp.at[at->a].num == 0;
}

static bool returns(const Program *p, Stm first, Stm end)
{
    for (Stm s = first; s != end; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        if (at->kind == S_RETURN || returns(p, at->body, 0) || returns(p, at->other, 0)) return true;
    }
    return false;
}

/* ---- functions with parallel loops become part of those that call them ------------------------- */

static void unfold_block(Copier *, const bool *parallel, Stm first);

static void unfold_call(Copier *c, const bool *parallel, const LStm *s)
{
    Program *p = c->p;
    const LFn *callee = fn_of(p, s->callee);
    INSIST(p->arena, !callee->returns && "a parallel function with a status");
    for (uint32_t i = 0; i < s->nargs; i++) {
        Var param = callee->param.at[i];
        Exp given = copy_exp(c, p->arg.at[s->args + i]);
        bool named = p->exp.at[given].kind == X_VAR;
        c->to[param] = named ? p->exp.at[given].var : s_let(p, p->var.at[param].name, given);
    }
    unfold_block(c, parallel, callee->body);
}

static void unfold(Copier *c, const bool *parallel, Stm at)
{
    Program *p = c->p;
    const LStm s = p->stm.at[at];
    bool inside = !is_shared(p, at) && (any_parallel(p, parallel, s.body) || any_parallel(p, parallel, s.other));
    if (s.kind == S_CALL && parallel[s.callee]) unfold_call(c, parallel, &s);
    else if (s.kind == S_FOR && inside) {
        c->to[s.var] = s_for(p, p->var.at[s.var].name, copy_exp(c, s.a), copy_exp(c, s.b), copy_exp(c, s.c), s.flags);
        unfold_block(c, parallel, s.body);
        s_end(p);
    } else if (s.kind == S_IF && inside) {
        s_if(p, copy_exp(c, s.a));
        unfold_block(c, parallel, s.body);
        if (s.other) s_else(p);
        unfold_block(c, parallel, s.other);
        s_end(p);
    } else copy_statement(c, at);
}

static void unfold_block(Copier *c, const bool *parallel, Stm first)
{
    for (Stm s = first; s; s = c->p->stm.at[s].next) unfold(c, parallel, s);
}

/* No function of the Program is called so. */
static const char *fresh_name(const Program *p, const char *of, const char *what)
{
    const char *name = arena_printf(p->arena, "%s%s", of, what), *full = name;
    for (unsigned again = 2;; again++) {
        size_t i = 0;
        while (i < p->fn.count && strcmp(p->fn.at[i]->name, full)) i++;
        if (i == p->fn.count) return full;
        full = arena_printf(p->arena, "%s_%u", name, again);
    }
}

static const LFn *unfold_entry(Program *p, const bool *parallel, uint32_t entry)
{
    const LFn *from = fn_of(p, entry);
    uint32_t fn = fn_begin(p, fresh_name(p, from->name, ".unfolded"), from->note);
    Copier c = copier_new(p);
    for (size_t i = 0; i < from->param.count; i++) copy_param(&c, from->param.at[i]);
    unfold_block(&c, parallel, from->body);
    fn_end(p);
    return fn_of(p, fn);
}

/* ---- what a run needs --------------------------------------------------------------------------- */

typedef struct Needs { const Program *p; bool *needed, *inside; } Needs;       /* [var] */

static void need(Needs *n, Var var)
{
    if (var) n->needed[var] |= !n->inside[var];
}

static void need_exp(Needs *n, Exp e)
{
    const LExp *x = &n->p->exp.at[e];
    if (!e) return;
    need(n, x->var);
    need_exp(n, x->a), need_exp(n, x->b), need_exp(n, x->c);
}

static void need_block(Needs *n, Stm first, Stm end);

static void need_statement(Needs *n, const LStm *s)
{
    static const bool declares[] = { [S_LOCAL] = 1, [S_LET] = 1, [S_VAR] = 1, [S_VIEW] = 1, [S_FOR] = 1, [S_PAR] = 1,
                                     [S_CALL] = 1, [S_SYNC] = 0 };
    need_exp(n, s->a), need_exp(n, s->b), need_exp(n, s->c), need_exp(n, s->d);
    for (uint32_t i = 0; s->kind == S_CALL && i < s->nargs; i++) need_exp(n, n->p->arg.at[s->args + i]);
    need(n, s->var2);
    if (s->var && declares[s->kind]) n->inside[s->var] = true;
    need(n, s->var);
    need_block(n, s->body, 0);
    need_block(n, s->other, 0);
}

static void need_block(Needs *n, Stm first, Stm end)
{
    for (Stm s = first; s != end; s = n->p->stm.at[s].next) need_statement(n, &n->p->stm.at[s]);
}

static bool is_whole(const Program *p, Var var) { return p->var.at[var].type.kind == L_INT; }

/* Whole numbers are given, loops' and others; what else is defined is made in the kernel of
 * what is given.                                                                            */
static bool is_given(const Program *p, const LStm *s) { return s->kind == S_FOR || (s->kind == S_LET && is_whole(p, s->var)); }

/* ---- kernels -------------------------------------------------------------------------------------- */

/* What it does: the function it calls first, or what of the entry it is. */
static const char *kernel_name(Cut *c, Run run)
{
    const Program *p = c->p;
    const LStm *first = &p->stm.at[run.first];
    const char *entry = fn_of(p, c->out.entry)->name, *own = strrchr(entry, '.');
    if (first->kind == S_PAR) first = &p->stm.at[first->body];
    if (first->kind == S_FOR && is_shared(p, run.first)) return fresh_name(p, entry, ".share");
    if (first->kind != S_CALL) return fresh_name(p, entry, c->piece.count || p->stm.at[run.last].next ? ".end" : ".all");
    const char *of = strrchr(fn_of(p, first->callee)->name, '.');
    if (!of) of = ".part";
    size_t same = own ? strlen(own) : 0;
    if (same && !strncmp(of, own, same) && of[same] == '_') of = arena_printf(p->arena, ".%s", of + same + 1);
    return fresh_name(p, entry, of);
}

/* Definitions, where the builder stands. */
static void make_needed(const Cut *c, Copier *k, const bool *needed)
{
    const Program *p = c->p;
    for (size_t i = 0; i < c->made.count; i++) {
        const LStm *s = &p->stm.at[c->made.at[i]];
        if (!is_given(p, s) && s->var && needed[s->var]) copy_statement(k, c->made.at[i]);
    }
}

/* The run as a function of its own, for it may return before its end. */
static uint32_t work_build(Cut *c, const Piece *piece, const bool *needed, const char *name)
{
    Program *p = c->p;
    uint32_t fn = fn_begin(p, fresh_name(p, name, ".work"), NULL);
    Copier k = copier_new(p);
    for (size_t i = 0; i < piece->given.count; i++) copy_param(&k, piece->given.at[i]);
    make_needed(c, &k, needed);
    for (Stm s = piece->run.first;; s = p->stm.at[s].next) {
        copy_statement(&k, s);
        if (s == piece->run.last) break;
    }
    s_return(p, x_int(p, 0));
    fn_end(p);
    return fn;
}

static void call_work(Program *p, uint32_t work, const Var *given, Var status)
{
    const LFn *fn = fn_of(p, work);
    Exp *arg = NEW_ARRAY(p->arena, Exp, fn->param.count + 1);
    for (size_t i = 0; i < fn->param.count; i++) arg[i] = x_var(p, given[i]);
    Var left = s_call_named(p, work, arg, fn->param.count, "left");
    s_store(p, status, x_int(p, 0), x_convert(p, x_var(p, left), L_REAL));
}

static const char *note_of(const Cut *c, Run run)
{
    const Program *p = c->p;
    const LStm *s = &p->stm.at[run.first];
    const Origin *of = &p->origin.at[s->origin];
    if (is_shared(p, run.first) && of->layer) return arena_printf(p->arena, "%s of %s", of->op, of->layer);
    if (s->kind == S_PAR) s = &p->stm.at[s->body];
    const char *note = s->kind == S_CALL ? fn_of(p, s->callee)->note : NULL;
    return note ? note : fn_of(p, c->out.entry)->note;
}

static int64_t items_of(const Program *p, const LStm *loop)
{
    int64_t times = times_of(p, loop);
    return times < ITEMS ? times : ITEMS;
}

/* Iterations times*item/items ... times*(item + 1)/items - 1. */
static void share_loop(Copier *k, const LStm *loop, Exp item)
{
    Program *p = k->p;
    const LStm s = *loop;
    int64_t times = times_of(p, &s), items = items_of(p, &s);
    Exp bound[2];
    for (int i = 0; i < 2; i++) {
        Exp before = x_op(p, OP_div, x_mul(p, x_add(p, item, x_int(p, i)), x_int(p, times)), x_int(p, items), 0);
        bound[i] = x_var(p, s_let(p, i ? "end" : "first", x_add(p, x_mul(p, before, s.c), s.a)));
    }
    k->to[s.var] = s_for(p, p->var.at[s.var].name, bound[0], bound[1], s.c, s.flags & ~(unsigned)FOR_ANY);
    copy_block(k, s.body);
    s_end(p);
}

static void kernel_build(Cut *c, Piece *piece, const bool *needed)
{
    Program *p = c->p;
    const LStm first = p->stm.at[piece->run.first];
    const Stm end = p->stm.at[piece->run.last].next;
    const char *name = kernel_name(c, piece->run);
    uint32_t work = returns(p, piece->run.first, end) ? work_build(c, piece, needed, name) : 0;
    piece->kernel = fn_begin(p, name, note_of(c, piece->run));
    Copier k = copier_new(p);
    const bool shared = is_shared(p, piece->run.first);
    Var item = fn_param(p, first.kind == S_PAR ? p->var.at[first.var].name : "item", L_INT);
    if (first.kind == S_PAR) k.to[first.var] = item;
    Var *given = NEW_ARRAY(p->arena, Var, piece->given.count + 1);
    for (size_t i = 0; i < piece->given.count; i++) given[i] = copy_param(&k, piece->given.at[i]);
    Var status = fn_param_buffer(p, "status", SPACE_SHARED, true, false);
    s_if(p, x_op(p, OP_eq, x_load(p, status, x_int(p, 0), 1), x_real(p, 0), 0));
    if (work) call_work(p, work, given, status);
    if (!work) make_needed(c, &k, needed);
    if (first.kind == S_PAR) copy_block(&k, first.body);
    else if (shared) share_loop(&k, &first, x_var(p, item));
    else for (Stm s = piece->run.first; s != end && !work; s = p->stm.at[s].next) copy_statement(&k, s);
    s_end(p);
    fn_end(p);
    VEC_PUSH(p->arena, c->out.kernel) = piece->kernel;
}

/* What the run needs of what is around it. */
static void piece_build(Cut *c, Stm first, Stm last)
{
    Program *p = c->p;
    Piece piece = { .run = { first, last } };
    Needs n = { p, NEW_ARRAY(p->arena, bool, p->var.count), NEW_ARRAY(p->arena, bool, p->var.count) };
    need_block(&n, first, p->stm.at[last].next);
    for (size_t i = c->made.count; i-- > 0;) {
        const LStm *s = &p->stm.at[c->made.at[i]];
        if (!s->var || !n.needed[s->var] || is_given(p, s)) continue;
        need_exp(&n, s->a);
        need(&n, s->var2);
    }
    for (size_t i = 0; i < c->fn->param.count; i++)
        if (n.needed[c->fn->param.at[i]]) VEC_PUSH(p->arena, piece.given) = c->fn->param.at[i];
    for (size_t i = 0; i < c->made.count; i++) {
        const LStm *s = &p->stm.at[c->made.at[i]];
        if (s->var && n.needed[s->var] && is_given(p, s)) VEC_PUSH(p->arena, piece.given) = s->var;
    }
    kernel_build(c, &piece, n.needed);
    VEC_PUSH(p->arena, c->piece) = piece;
}

static void cut_block(Cut *, Stm first);

static void cut_host(Cut *c, Stm s)
{
    const LStm at = c->p->stm.at[s];
    size_t seen = c->made.count;
    if (at.kind == S_PAR || is_shared(c->p, s)) {
        piece_build(c, s, s);
        return;
    }
    INSIST(c->p->arena, (at.kind == S_FOR || at.kind == S_IF) && "a parallel loop where none can be");
    if (at.kind == S_FOR) define(c, s);
    cut_block(c, at.body);
    c->made.count = at.kind == S_FOR ? seen + 1 : seen;
    cut_block(c, at.other);
    c->made.count = seen;
}

/* The end of the run that begins here: the last that is not a definition before what is the host's. */
static Stm run_end(const Cut *c, Stm first)
{
    const Program *p = c->p;
    Stm last = first;
    for (Stm s = first; s && !is_parallel(c, s); s = p->stm.at[s].next)
        if (is_definition(c, s)) c->known[p->stm.at[s].var] = true;     /* others may be made of it */
        else if (!returns_nothing(p, s)) last = s;
    return last;
}

/* Numbers that no memory keeps: a kernel of them alone would do nothing. */
static bool leaves_nothing(const Program *p, Stm first, Stm last)
{
    for (Stm s = first;; s = p->stm.at[s].next) {
        const uint8_t kind = p->stm.at[s].kind;
        if (kind != S_LET && kind != S_VAR && kind != S_SET && kind != S_VIEW && kind != S_NOTE) return false;
        if (s == last) return true;
    }
}

static void cut_block(Cut *c, Stm first)
{
    Program *p = c->p;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        if (is_parallel(c, s)) cut_host(c, s);
        else if (is_definition(c, s)) define(c, s);
        else if (!returns_nothing(p, s)) {
            Stm last = run_end(c, s);
            if (!leaves_nothing(p, s, last)) piece_build(c, s, last);
            for (; s != last; s = p->stm.at[s].next)
                if (is_definition(c, s)) define(c, s);
        }
    }
}

/* ---- the host -------------------------------------------------------------------------------------- */

static void host_launch(Cut *c, const Piece *piece)
{
    Program *p = c->p;
    const LStm first = p->stm.at[piece->run.first];
    const LFn *kernel = fn_of(p, piece->kernel);
    bool range = first.kind == S_PAR;
    Exp *arg = NEW_ARRAY(p->arena, Exp, kernel->param.count);
    Exp items = range ? copy_exp(&c->copier, first.b) : x_int(p, is_shared(p, piece->run.first) ? items_of(p, &first) : 1);
    Var item = s_par(p, range ? p->var.at[first.var].name : "item", items, range ? (AxisRole)first.role : AXIS_NONE);
    size_t n = 0;
    arg[n++] = x_var(p, item);
    for (size_t i = 0; i < piece->given.count; i++) arg[n++] = x_var(p, c->copier.to[piece->given.at[i]]);
    arg[n++] = x_var(p, c->status);
    s_call(p, piece->kernel, arg, n);
    s_end(p);
}

static void host_define(Cut *c, Stm s)
{
    const LStm *at = &c->p->stm.at[s];
    if (at->kind == S_LET && c->known[at->var] && is_whole(c->p, at->var)) copy_statement(&c->copier, s);
}

static void host_block(Cut *c, Stm first)
{
    Program *p = c->p;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm at = p->stm.at[s];
        const Piece *piece = c->next < c->piece.count ? &c->piece.at[c->next] : NULL;
        if (piece && piece->run.first == s) {
            host_launch(c, piece);
            c->next++;
            for (; s != piece->run.last; s = p->stm.at[s].next) host_define(c, s);
        } else if (at.kind == S_FOR) {
            c->copier.to[at.var] = s_for(p, p->var.at[at.var].name, copy_exp(&c->copier, at.a), copy_exp(&c->copier, at.b),
                                         copy_exp(&c->copier, at.c), at.flags);
            host_block(c, at.body);
            s_end(p);
        } else if (at.kind == S_IF) {
            s_if(p, copy_exp(&c->copier, at.a));
            host_block(c, at.body);
            if (at.other) s_else(p);
            host_block(c, at.other);
            s_end(p);
        } else host_define(c, s);
    }
}

static uint32_t host_build(Cut *c)
{
    Program *p = c->p;
    const LFn *entry = fn_of(p, c->out.entry);
    uint32_t fn = fn_begin(p, fresh_name(p, entry->name, ".host"), entry->note);
    c->copier = copier_new(p);
    for (size_t i = 0; i < c->fn->param.count; i++) copy_param(&c->copier, c->fn->param.at[i]);
    c->status = fn_param_buffer(p, "status", SPACE_SHARED, true, false);
    host_block(c, c->fn->body);
    fn_end(p);
    return fn;
}

Launch launch_build(Program *p, uint32_t entry)
{
    Cut c = { .p = p, .parallel = NEW_ARRAY(p->arena, bool, p->fn.count + 1), .out = { .entry = entry } };
    for (uint32_t i = 0; i < p->fn.count; i++) c.parallel[i] = !fn_of(p, i)->returns && any_parallel(p, c.parallel, fn_of(p, i)->body);
    c.fn = unfold_entry(p, c.parallel, entry);
    c.parallel = NEW_ARRAY(p->arena, bool, p->fn.count + 1);
    c.known = NEW_ARRAY(p->arena, bool, p->var.count + 1);
    for (size_t i = 0; i < c.fn->param.count; i++) c.known[c.fn->param.at[i]] = true;
    cut_block(&c, c.fn->body);
    c.out.host = host_build(&c);
    return c.out;
}
