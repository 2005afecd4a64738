/* groups.c: see groups.h.
 *
 * A kernel is followed from the outside inwards as long as all it does is to define
 * numbers and views and then one thing: a condition, a loop, a call.  Loops on this way
 * whose bounds are numbers are candidates. Those that are chosen become numbers made of
 * the group's; so does what a loop that goes in order (FOR_CHAIN) has around it.
 *
 * What is called on the way stays a function, told which pieces it is to do: that its
 * parameters do not overlap is worth knowing (items_meet.c).                            */
#include "loop/groups.h"
#include "loop/copy.h"

enum { DEEPEST = 16 };

typedef struct Step {               /* one thing on the way                              */
    Stm  first, at;                 /* definitions from first on; at: what comes then    */
    bool candidate;
    int64_t from, step, times;      /* of a candidate                                    */
    int64_t pieces;                 /* its part of the number of the group; 1: none      */
    int64_t each;                   /* iterations that stay, if more than 1              */
    Exp  piece;                     /* which it is, in the function that is being built  */
    uint32_t inner;                 /* of a call: the function that is called instead    */
} Step;

typedef struct Way {
    Program *p;
    Step   step[DEEPEST];
    size_t steps;
    Stm    rest;                    /* what is done inside                               */
} Way;

/* ---- the way inwards ------------------------------------------------------------------------ */

static bool is_definition(const LStm *s) { return s->kind == S_LET || s->kind == S_VIEW || s->kind == S_NOTE; }

/* The one thing that a block does, or 0. */
static Stm one_thing(const Program *p, Stm first)
{
    Stm s = first;
    while (s && is_definition(&p->stm.at[s])) s = p->stm.at[s].next;
    return s && !p->stm.at[s].next ? s : 0;
}

static bool is_number(const Program *p, Exp e) { return p->exp.at[e].kind == X_INT; }

static bool is_known(const Program *p, const LStm *loop)
{
    return is_number(p, loop->a) && is_number(p, loop->b) && is_number(p, loop->c);
}

static void set_candidate(const Program *p, Step *step)
{
    const LStm *loop = &p->stm.at[step->at];
    step->from = (int64_t)p->exp.at[loop->a].num;
    step->step = (int64_t)p->exp.at[loop->c].num;
    step->times = ((int64_t)p->exp.at[loop->b].num - step->from + step->step - 1) / step->step;
    step->candidate = step->times > 1;
}

/* What is inside of it, or 0 if that is not to be followed. */
static Stm inside_of(const Program *p, const LStm *s)
{
    if (s->kind == S_IF) return s->other ? 0 : s->body;
    if (s->kind == S_CALL) return s->var || fn_of(p, s->callee)->returns ? 0 : fn_of(p, s->callee)->body;
    if (s->kind != S_FOR) return 0;
    return s->flags & FOR_CHAIN || (s->flags & FOR_ANY && is_known(p, s)) ? s->body : 0;
}

static void find_way(Way *w, const LFn *kernel)
{
    const Program *p = w->p;
    size_t last = 0;                /* behind the last candidate                          */
    Stm first = kernel->body, rest = first;
    for (Stm at; w->steps < DEEPEST && (at = one_thing(p, first)) != 0; first = inside_of(p, &p->stm.at[at])) {
        const LStm *s = &p->stm.at[at];
        if (!inside_of(p, s)) break;
        Step *step = &w->step[w->steps++];
        *step = (Step){ .first = first, .at = at, .pieces = 1 };
        if (s->kind != S_FOR || !(s->flags & FOR_ANY)) continue;
        set_candidate(p, step);
        if (!step->candidate) continue;
        last = w->steps;
        rest = s->body;
    }
    w->steps = last;
    w->rest = rest;
}

/* ---- which loops -------------------------------------------------------------------------------- */

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

/* All but the one that occupies most teams; the outermost of those. How many groups instead of one. */
static int64_t choose(Way *w, int64_t teams)
{
    Step *stays = NULL;
    int64_t groups = 1;
    for (size_t i = 0; i < w->steps && teams > 1; i++)
        if (w->step[i].candidate && (!stays || least(w->step[i].times, teams) > least(stays->times, teams))) stays = &w->step[i];
    for (size_t i = 0; i < w->steps; i++) {
        Step *s = &w->step[i];
        if (!s->candidate) continue;
        s->each = s == stays ? least(s->times, teams) : 1;
        s->pieces = (s->times + s->each - 1) / s->each;
        groups *= s->pieces;
    }
    return groups;
}

/* ---- the kernel ------------------------------------------------------------------------------------ */

/* Numbers of pieces, of the innermost loop fastest; left: of what the kernel was for. */
static Exp split(Way *w, Exp item)
{
    Program *p = w->p;
    for (size_t i = w->steps; i-- > 0;) {
        Step *s = &w->step[i];
        if (s->pieces == 1) continue;
        s->piece = x_var(p, s_let(p, "piece", x_op(p, OP_mod, item, x_int(p, s->pieces), 0)));
        item = x_op(p, OP_div, item, x_int(p, s->pieces), 0);
    }
    return item;
}

static void definitions(Copier *c, const Step *step)
{
    for (Stm s = step->first; s != step->at; s = c->p->stm.at[s].next) copy_statement(c, s);
}

static bool is_told(const Way *w, size_t i, size_t call) { return i > call && w->step[i].pieces > 1; }

/* The function of the step, for some pieces. */
static void call_inner(Copier *c, const Way *w, size_t call)
{
    Program *p = c->p;
    const LStm s = p->stm.at[w->step[call].at];
    Exp *arg = NEW_ARRAY(p->arena, Exp, s.nargs + w->steps + 1);
    size_t n = 0;
    for (uint32_t i = 0; i < s.nargs; i++) arg[n++] = copy_exp(c, p->arg.at[s.args + i]);
    for (size_t i = 0; i < w->steps; i++)
        if (is_told(w, i, call)) arg[n++] = w->step[i].piece;
    s_call(p, w->step[call].inner, arg, n);
}

/* Opens what is left of a candidate: nothing but a number, or a loop. */
static bool enter_candidate(Copier *c, const Step *step, const LStm *s)
{
    Program *p = c->p;
    const char *name = p->var.at[s->var].name;
    const int64_t most = step->from + step->times * step->step, stride = step->each * step->step;
    Exp from = step->pieces == 1 ? x_int(p, step->from) : x_add(p, x_mul(p, step->piece, x_int(p, stride)), x_int(p, step->from));
    if (step->each == 1) {
        c->to[s->var] = s_let(p, name, from);
        return false;
    }
    Exp to = x_add(p, from, x_int(p, stride));
    if (step->times % step->each) to = x_op(p, OP_min, to, x_int(p, most), 0);
    c->to[s->var] = s_for(p, name, from, to, x_int(p, step->step), s->flags);
    return true;
}

static void copy_way(Copier *c, const Way *w, size_t i)
{
    Program *p = c->p;
    if (i == w->steps) {
        copy_block(c, w->rest);
        return;
    }
    const Step *step = &w->step[i];
    const LStm s = p->stm.at[step->at];
    bool open = true;
    definitions(c, step);
    p->at = s.origin;
    if (s.kind == S_CALL) {
        call_inner(c, w, i);
        return;
    }
    if (s.kind == S_IF) s_if(p, copy_exp(c, s.a));
    else if (step->candidate) open = enter_candidate(c, step, &s);
    else c->to[s.var] = s_for(p, p->var.at[s.var].name, copy_exp(c, s.a), copy_exp(c, s.b), copy_exp(c, s.c), s.flags);
    copy_way(c, w, i + 1);
    if (open) s_end(p);
}

/* What the call's function does, from its first step on. */
static void inner_build(Way *w, size_t call)
{
    Program *p = w->p;
    const LFn *from = fn_of(p, p->stm.at[w->step[call].at].callee);
    const uint32_t before = p->at;
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.groups%zu", from->name, p->fn.count), from->note);
    fn_of(p, fn)->outline = from->outline;
    fn_of(p, fn)->apart = from->apart;
    Copier c = copier_new(p);
    for (size_t i = 0; i < from->param.count; i++) copy_param(&c, from->param.at[i]);
    for (size_t i = 0; i < w->steps; i++)
        if (is_told(w, i, call)) w->step[i].piece = x_var(p, fn_param(p, "piece", L_INT));
    copy_way(&c, w, call + 1);
    p->at = before;
    fn_end(p);
    w->step[call].inner = fn;
}

static uint32_t kernel_build(Way *w, const LFn *from)
{
    Program *p = w->p;
    for (size_t i = w->steps; i-- > 0;)                 /* callees first */
        if (p->stm.at[w->step[i].at].kind == S_CALL) inner_build(w, i);
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.groups", from->name), from->note);
    Copier c = copier_new(p);
    const uint32_t before = p->at;
    Var item = fn_param(p, "item", L_INT), old = from->param.at[0];
    for (size_t i = 1; i < from->param.count; i++) copy_param(&c, from->param.at[i]);
    c.to[old] = s_let(p, p->var.at[old].name, split(w, x_var(p, item)));
    copy_way(&c, w, 0);
    p->at = before;
    fn_end(p);
    return fn;
}

/* ---- the host ---------------------------------------------------------------------------------------- */

typedef struct Instead { uint32_t kernel; int64_t times; } Instead;

static void relaunch(Program *p, Stm first, const Instead *of)
{
    for (Stm s = first; s; s = p->stm.at[s].next) {
        LStm *at = &p->stm.at[s];
        relaunch(p, at->body, of);
        relaunch(p, at->other, of);
        at = &p->stm.at[s];
        if (at->kind != S_PAR) continue;
        const Instead *instead = &of[p->stm.at[at->body].callee];
        if (!instead->times) continue;
        Exp items = x_mul(p, at->b, x_int(p, instead->times));
        p->stm.at[s].b = items;
        p->stm.at[at->body].callee = instead->kernel;
    }
}

static uint32_t host_build(Program *p, const LFn *from, const Instead *of)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.groups", from->name), from->note);
    Copier c = copier_new(p);
    for (size_t i = 0; i < from->param.count; i++) copy_param(&c, from->param.at[i]);
    copy_block(&c, from->body);
    fn_end(p);
    relaunch(p, fn_of(p, fn)->body, of);
    return fn;
}

/* Of samples and blocks: what else is launched has items as it wants them. */
static void find_ranges(const Program *p, Stm first, bool *ranges)
{
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        if (at->kind == S_PAR && (at->role == AXIS_SAMPLE || at->role == AXIS_BLOCK)) ranges[p->stm.at[at->body].callee] = true;
        find_ranges(p, at->body, ranges);
        find_ranges(p, at->other, ranges);
    }
}

void groups_build(Program *p, Launch *launch, int64_t teams)
{
    const LFn *host = fn_of(p, launch->host);
    Instead *instead = NEW_ARRAY(p->arena, Instead, p->fn.count);
    bool *ranges = NEW_ARRAY(p->arena, bool, p->fn.count), any = false;
    find_ranges(p, host->body, ranges);
    for (size_t i = 0; i < launch->kernel.count; i++) {
        const uint32_t kernel = launch->kernel.at[i];
        Way w = { .p = p };
        if (!ranges[kernel]) continue;
        find_way(&w, fn_of(p, kernel));
        int64_t groups = choose(&w, teams);
        if (groups == 1) continue;
        instead[kernel] = (Instead){ kernel_build(&w, fn_of(p, kernel)), groups };
        launch->kernel.at[i] = instead[kernel].kernel;
        any = true;
    }
    if (any) launch->host = host_build(p, host, instead);
}
