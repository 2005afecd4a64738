/* cl_kernel.c: the entries of a field as kernels.
 *
 * In: an entry, which is what comes before the loop over blocks of samples, that
 * loop, and what comes after it (lower/entry.c).  Out: a kernel of one work-item, one
 * with a work-item per block, one of one work-item, with the entry's parameters
 * each; the first and the last only where they would do something.  Numbers, views
 * and private arrays that come before the loop are made anew in each. */
#include "back/cl.h"
#include "loop/copy.h"

#include <string.h>

/* What a host calls. The regime of many samples serves any number of them. */
#define ROW(name) { #name, offsetof(Entries, name) }
static const struct { const char *name; size_t at; } public_rows[] = {
    ROW(f), ROW(vjp), ROW(jvp), ROW(start), ROW(solve), ROW(observe), ROW(gradient)
};

static uint32_t public_entry(const CPart *part, size_t row)
{
    uint32_t fn;
    memcpy(&fn, (const char *)&part->field->many.entry + public_rows[row].at, sizeof fn);
    return fn;
}

static void add_public(CFile *file, CPart *part)
{
    for (size_t i = 0; i < COUNT(public_rows); i++) {
        const uint32_t fn = public_entry(part, i);
        if (fn != NO_ENTRY) VEC_PUSH(file->arena, part->kernel) = (ClEntry){ public_rows[i].name, fn };
    }
}

/* "solve_batch", of "Mlp.solve_batch". */
static const char *name_in_field(const LFn *fn)
{
    const char *dot = strrchr(fn->name, '.');
    return dot ? dot + 1 : fn->name;
}

const char *cl_kernel_name(CFile *file, const CPart *part, const ClEntry *row, ClPhase phase)
{
    static const char *const suffix[] = { "_begin", "", "_end" };
    return arena_printf(file->arena, "%s_%s%s", part->prefix, row->name, suffix[phase]);
}

/* ---- where an entry is cut --------------------------------------------------------------- */

static bool is_blocks(const Program *p, const LStm *s)
{
    if (s->kind != S_PAR && s->kind != S_FOR) return false;
    return p->stm.at[s->body].kind == S_CALL && !p->stm.at[s->body].next;
}

typedef struct Writing { const Program *p; const bool *own; bool found; } Writing;

static void see_write(void *context, const LStm *s)
{
    Writing *w = context;
    w->found |= (s->kind == S_STORE || s->kind == S_SCATTER) && !w->own[s->var];
    for (uint32_t i = 0; s->kind == S_CALL && i < s->nargs; i++) {
        Var given = w->p->exp.at[w->p->arg.at[s->args + i]].var;
        w->found |= w->p->var.at[w->p->fn.at[s->callee]->param.at[i]].writable && !w->own[given];
    }
}

/* Does a statement write to what others see? */
static bool writes(const CPart *part, Stm at)
{
    Writing w = { .p = part->program, .own = part->own };
    LStm alone = part->program->stm.at[at];
    see_write(&w, &alone);
    c_each_statement(part->program, alone.body, see_write, &w);
    c_each_statement(part->program, alone.other, see_write, &w);
    return w.found;
}

static ClPhase phase_of(const CPart *part, Stm at, ClPhase before)
{
    const Program *p = part->program;
    if (before == CL_BEGIN && is_blocks(p, &p->stm.at[at])) return CL_BLOCKS;
    return before == CL_BLOCKS ? CL_END : before;
}

bool cl_has(const CPart *part, const ClEntry *row, ClPhase phase)
{
    const Program *p = part->program;
    ClPhase at = CL_BEGIN;
    for (Stm s = p->fn.at[row->fn]->body; s; s = p->stm.at[s].next) {
        at = phase_of(part, s, at);
        if (at == phase && (phase != CL_BEGIN || writes(part, s))) return true;
    }
    return false;
}

/* The bound of the loop is (batch + n - 1)/n, or batch. */
uint32_t cl_block(const Program *p, uint32_t entry)
{
    Exp bound = 0;
    for (Stm s = p->fn.at[entry]->body; s && !bound; s = p->stm.at[s].next)
        if (is_blocks(p, &p->stm.at[s])) bound = p->stm.at[s].b;
    for (Stm s = p->fn.at[entry]->body; s; s = p->stm.at[s].next)
        if (p->stm.at[s].kind == S_LET && p->exp.at[bound].kind == X_VAR && p->exp.at[bound].var == p->stm.at[s].var)
            bound = p->stm.at[s].a;
    const LExp *count = &p->exp.at[bound];
    return count->kind == X_OP && count->op == OP_div ? (uint32_t)p->exp.at[count->b].num : 1;
}

/* ---- a kernel as a function ------------------------------------------------------------------ */

static Stm append(Arena *arena, Program *q, LFn *fn, Stm last, LStm s)
{
    Stm at = (Stm)q->stm.count;
    s.next = 0;
    VEC_PUSH(arena, q->stm) = s;
    *(last ? &q->stm.at[last].next : &fn->body) = at;
    return at;
}

/* What of the entry stands in this kernel; the loop over blocks, if it does. */
static const LStm *kernel_body(Arena *arena, Program *q, const CPart *part, uint32_t index, ClPhase phase, LFn *fn)
{
    const Program *p = part->program;
    const LFn *entry = p->fn.at[index];
    const LStm *loop = NULL;
    ClPhase at = CL_BEGIN;
    Stm last = 0;
    *fn = *entry;
    fn->body = 0;
    for (Stm s = entry->body; s; s = p->stm.at[s].next) {
        at = phase_of(part, s, at);
        bool made = at == CL_BEGIN && (phase == CL_BEGIN || !writes(part, s));
        if (at == CL_BLOCKS && phase == CL_BLOCKS) {
            loop = &p->stm.at[s];
            last = append(arena, q, fn, last, p->stm.at[loop->body]);
        } else if (made || (at == phase && at != CL_BLOCKS)) {
            last = append(arena, q, fn, last, p->stm.at[s]);
        }
    }
    return loop;
}

/* The memory that a buffer lies in, and how far into it, where an engine has few large ones. */
static const char *memory_text(Printer *pr, Var var)
{
    const bool writable = pr->p->var.at[var].writable;
    return arena_printf(&pr->file->scratch, "__global %sreal *RESTRICT %s_mem_, long %s_at_", writable ? "" : "const ",
                        c_var_name(pr, var), c_var_name(pr, var));
}

/* For engines, all that is left of an entry's kernels has a status, and does nothing if there is one. */
static bool leaves_status(const Printer *pr) { return pr->status && pr->file->options->module; }

static void print_signature(Printer *pr)
{
    Text line = { .arena = &pr->file->scratch };
    const char *kind = pr->lane ? arena_printf(&pr->file->scratch, "GROUP_KERNEL(%u)", (unsigned)pr->items) : "KERNEL";
    text_printf(&line, "%s %s(", kind, pr->fn_name);
    for (size_t i = 0; i < pr->fn->param.count; i++) {
        Var var = pr->fn->param.at[i];
        const LType type = pr->p->var.at[var].type;
        if (i) text_add(&line, ", ");
        if (type.kind == L_INT) text_printf(&line, "long %s", c_var_name(pr, var));     /* ptrdiff_t is not for kernels */
        else if (type.kind == L_BUFFER && pr->file->options->module) text_add(&line, memory_text(pr, var));
        else text_add(&line, c_param_text(pr, var, true));
    }
    if (leaves_status(pr)) text_add(&line, ", __global real *status_mem_, long status_at_");
    else if (pr->fn->returns) text_add(&line, ", __global int *status_");
    text_add(&line, ")");
    c_print_line(pr->out, 0, text_string(&line));
}

static void print_places(Printer *pr)
{
    if (!pr->file->options->module) return;
    if (leaves_status(pr)) {
        c_print_code(pr, "__global real *const status_ = status_mem_ + status_at_;");
        c_print_code(pr, "if (*status_ != 0) return;");
    }
    for (size_t i = 0; i < pr->fn->param.count; i++) {
        Var var = pr->fn->param.at[i];
        const LVar *v = &pr->p->var.at[var];
        if (v->type.kind != L_BUFFER || !c_is_read(pr, var)) continue;
        const char *format = v->optional ? "__global %sreal *const %v = %v_mem_ ? %v_mem_ + %v_at_ : NULL;"
                                         : "__global %sreal *const %v = %v_mem_ + %v_at_;";
        c_print_code(pr, format, v->writable ? "" : "const ", var, var, var, var);
    }
}

void cl_print_kernel(Printer *pr, const char *note, Var item)
{
    c_mark_function(pr);
    c_print_comment(pr, note);
    print_signature(pr);
    text_add(pr->out, "{\n");
    pr->depth = 1;
    print_places(pr);
    if (item && c_is_read(pr, item)) c_print_code(pr, "const ptrdiff_t %v = (ptrdiff_t)get_group_id(0);", item);
    if (pr->lane && c_is_read(pr, pr->lane)) c_print_code(pr, "const ptrdiff_t %v = (ptrdiff_t)get_local_id(0);", pr->lane);
    c_print_block(pr, pr->fn->body);
    text_add(pr->out, "}\n\n");
    arena_clear(&pr->file->scratch);
}

static void print_kernel(CFile *file, const CPart *part, const ClEntry *row, ClPhase phase, Text *out)
{
    Program *q = program_copy(file->arena, part->program);
    LFn fn;
    const LStm *loop = kernel_body(file->arena, q, part, row->fn, phase, &fn);
    Printer pr = { .file = file, .p = q, .part = part, .fn = &fn, .fn_name = cl_kernel_name(file, part, row, phase),
                   .out = out, .live = NEW_ARRAY(file->arena, uint8_t, q->var.count), .status = "status_" };
    const char *note = phase == CL_BLOCKS ? fn.note
                     : arena_printf(file->arena, "%s: %s", fn.note, phase == CL_BEGIN ? "what all blocks need" : "what the blocks left, put together in their order");
    cl_print_kernel(&pr, note, loop ? loop->var : 0);
}

void cl_print_kernels(CFile *file, const CPart *part, Text *out)
{
    for (size_t i = 0; i < part->kernel.count; i++)
        for (ClPhase phase = 0; phase < CL_PHASES; phase++)
            if (cl_has(part, &part->kernel.at[i], phase)) print_kernel(file, part, &part->kernel.at[i], phase, out);
}

/* ---- which functions, which memory -------------------------------------------------------------- */

typedef struct Spread { const Program *p; bool *own; } Spread;

static void spread_own(void *context, const LStm *s)
{
    Spread *to = context;
    if (s->kind == S_VIEW) to->own[s->var] |= to->own[s->var2];
    for (uint32_t i = 0; s->kind == S_CALL && i < s->nargs; i++) {
        Var given = to->p->exp.at[to->p->arg.at[s->args + i]].var;
        Var param = to->p->fn.at[s->callee]->param.at[i];
        if (to->p->var.at[param].space != SPACE_NONE) to->own[param] |= to->own[given];
    }
}

/* Arrays in this space, views of them, and the parameters they are given for. */
const bool *cl_arrays_in(Arena *arena, const Program *p, Space space)
{
    Spread to = { p, NEW_ARRAY(arena, bool, p->var.count) };
    for (size_t i = 1; i < p->var.count; i++) to.own[i] = p->var.at[i].space == space;
    for (size_t i = p->fn.count; i-- > 0;)              /* callers come after callees */
        c_each_statement(p, p->fn.at[i]->body, spread_own, &to);
    return to.own;
}

static void name_others(CFile *file, CPart *part)
{
    for (size_t i = 0; i < part->kernel.count; i++) part->fn[part->kernel.at[i].fn].wanted = true;
    c_name_reached(file, part);
    for (size_t i = 0; i < part->kernel.count; i++) part->fn[part->kernel.at[i].fn].wanted = false;
}

/* Does it share private memory out to its blocks? */
static bool has_own(const Program *p, uint32_t fn)
{
    for (Stm s = p->fn.at[fn]->body; s; s = p->stm.at[s].next)
        if (p->stm.at[s].kind == S_LOCAL) return true;
    return false;
}

/* Loops over blocks become parallel; is there such a loop, and memory of the call's for what they share? */
static bool spread_blocks(Program *p, uint32_t fn)
{
    bool found = false;
    if (has_own(p, fn)) return false;
    for (Stm s = p->fn.at[fn]->body; s; s = p->stm.at[s].next) {
        if (!is_blocks(p, &p->stm.at[s])) continue;
        p->stm.at[s].kind = S_PAR;
        p->stm.at[s].role = AXIS_BLOCK;
        found = true;
    }
    return found;
}

/* What an engine calls: whatever an experiment needs, of both regimes. */
static void name_wanted(CFile *file, CPart *part)
{
    Program *p = part->field->program;          /* its own */
    const size_t count = p->fn.count;
    c_want_entries(file, part);
    bool *wanted = NEW_ARRAY(file->arena, bool, count);
    for (uint32_t i = 0; i < count; i++) wanted[i] = part->fn[i].wanted && p->fn.at[i]->entry;
    for (uint32_t i = 0; i < count; i++)
        if (wanted[i] && spread_blocks(p, i)) cl_launch_add(file, part, p, name_in_field(p->fn.at[i]), i);
        else if (wanted[i]) VEC_PUSH(file->arena, part->kernel) = (ClEntry){ name_in_field(p->fn.at[i]), i };
    cl_launch_names(file, part);
    cl_launch_want(part, true);
    name_others(file, part);
    cl_launch_want(part, false);
}

static Copier copier_of(Program *p, const LFn *fn)
{
    Copier k = copier_new(p);
    for (size_t i = 0; i < fn->param.count; i++) copy_param(&k, fn->param.at[i]);
    return k;
}

/* An entry whose blocks share private memory: each makes what is in it for itself. The entry instead,
 * or 0 where the loop over blocks is not the end of it.                                       */
static uint32_t each_for_itself(Program *p, uint32_t entry)
{
    const LFn *from = p->fn.at[entry];
    Stm loop = from->body;
    while (loop && !is_blocks(p, &p->stm.at[loop])) loop = p->stm.at[loop].next;
    if (!loop || p->stm.at[loop].next || from->returns) return 0;
    const LStm blocks = p->stm.at[loop];
    const uint32_t each = fn_begin(p, arena_printf(p->arena, "%s_all_block", from->name), from->note);
    const Var block = fn_param(p, "b", L_INT);
    Copier k = copier_of(p, from);
    for (Stm s = from->body; s != loop; s = p->stm.at[s].next) copy_statement(&k, s);
    k.to[blocks.var] = block;
    copy_statement(&k, blocks.body);
    fn_end(p);
    const uint32_t all = fn_begin(p, arena_printf(p->arena, "%s_all", from->name), from->note);
    const LFn *own = p->fn.at[all];
    Copier h = copier_of(p, from);
    for (Stm s = from->body; s != loop; s = p->stm.at[s].next)
        if (p->stm.at[s].kind == S_LET && p->var.at[p->stm.at[s].var].type.kind == L_INT) copy_statement(&h, s);
    Exp *arg = NEW_ARRAY(p->arena, Exp, own->param.count + 1);
    arg[0] = x_var(p, s_par(p, "b", copy_exp(&h, blocks.b), AXIS_BLOCK));
    for (size_t i = 0; i < own->param.count; i++) arg[i + 1] = x_var(p, own->param.at[i]);
    s_call(p, each, arg, own->param.count + 1);
    s_end(p);
    fn_end(p);
    return all;
}

/* What a host calls, for groups of work-items. */
static void name_launched(CFile *file, CPart *part)
{
    Program *p = part->field->program;          /* its own */
    for (size_t i = 0; i < COUNT(public_rows); i++) {
        const uint32_t fn = public_entry(part, i);
        if (fn == NO_ENTRY) continue;
        const uint32_t own = has_own(p, fn) ? each_for_itself(p, fn) : 0;
        if (!own) spread_blocks(p, fn);
        cl_launch_add(file, part, p, public_rows[i].name, own ? own : fn);
    }
    cl_launch_names(file, part);
    cl_launch_want(part, true);
    c_name_reached(file, part);
    cl_launch_want(part, false);
}

/* Entries become kernels; what they call stays a function. */
void cl_name_functions(CFile *file, CPart *part)
{
    if (file->options->module || file->options->lanes) {
        (file->options->module ? name_wanted : name_launched)(file, part);
        return;
    }
    part->own = cl_arrays_in(file->arena, part->program, SPACE_PRIVATE);
    add_public(file, part);
    name_others(file, part);
}

/* ---- what an engine must know ------------------------------------------------------------------- */

const char *cl_letters(Arena *arena, const Program *p, const LFn *fn)
{
    char *letter = arena_alloc(arena, fn->param.count + 1);
    for (size_t i = 0; i < fn->param.count; i++) {
        const LVar *v = &p->var.at[fn->param.at[i]];
        letter[i] = v->type.kind == L_INT ? 'i' : v->type.kind == L_REAL ? 'r' : v->writable ? 'w' : 'c';
    }
    letter[fn->param.count] = 0;
    return letter;
}

void cl_calls(CFile *file, const CPart *part, BackCall *call)
{
    const Program *p = part->program;
    for (size_t i = 0; i < part->kernel.count; i++) {
        const ClEntry *row = &part->kernel.at[i];
        BackCall *to = &call[row->fn];
        for (ClPhase phase = 0; phase < CL_PHASES; phase++)
            if (cl_has(part, row, phase)) to->kernel[phase] = cl_kernel_name(file, part, row, phase);
        to->width = cl_block(p, row->fn);
        to->returns = p->fn.at[row->fn]->returns;
        to->params = cl_letters(file->arena, p, p->fn.at[row->fn]);
    }
}
