/* c_par.c: parallel loops as tasks.
 *
 * The call in a loop over blocks becomes a struct of what it is given and a function
 * that calls, which the host may run on its threads. What does not depend on the
 * loop's own number is evaluated once, outside. Loops that give the same things share
 * a struct, loops that call the same a task. */
#include "back/c_print.h"

#include <string.h>

/* Does the argument depend on the loop's own number? */
static bool is_indexed(const Printer *pr, const LStm *par, Exp arg)
{
    const LExp *e = &pr->p->exp.at[arg];
    if (!arg) return false;
    return (e->kind == X_VAR && e->var == par->var) || is_indexed(pr, par, e->a) || is_indexed(pr, par, e->b)
        || is_indexed(pr, par, e->c);
}

typedef VEC(Var) VarList;

/* Everything else that an indexed argument is made of. */
static void collect_vars(const Printer *pr, const LStm *par, Exp arg, VarList *list)
{
    const LExp *e = &pr->p->exp.at[arg];
    if (!arg) return;
    bool news = e->var && e->var != par->var;
    for (size_t i = 0; i < list->count; i++) news &= list->at[i] != e->var;
    if (news) VEC_PUSH(pr->file->arena, *list) = e->var;
    collect_vars(pr, par, e->a, list);
    collect_vars(pr, par, e->b, list);
    collect_vars(pr, par, e->c, list);
}

static VarList indexed_vars(const Printer *pr, const LStm *par)
{
    const LStm *call = &pr->p->stm.at[par->body];
    VarList list = { 0 };
    for (uint32_t i = 0; i < call->nargs; i++)
        if (is_indexed(pr, par, pr->p->arg.at[call->args + i]))
            collect_vars(pr, par, pr->p->arg.at[call->args + i], &list);
    return list;
}

typedef struct Pars { const LStm *until; unsigned count; bool found; } Pars;

static void count_par(void *context, const LStm *s)
{
    Pars *pars = context;
    pars->found |= s == pars->until;
    pars->count += s->kind == S_PAR && !pars->found;
}

/* "mlp_solve_task" of the function's first parallel loop, "mlp_solve_task2" of its second. */
static const char *par_name(const Printer *pr, const LStm *par, const char *what)
{
    Pars pars = { .until = par };
    c_each_statement(pr->p, pr->fn->body, count_par, &pars);
    return pars.count ? arena_printf(pr->file->arena, "%s_%s%u", pr->fn_name, what, pars.count + 1)
                      : arena_printf(pr->file->arena, "%s_%s", pr->fn_name, what);
}

/* The latest: one Program may be printed twice. */
static const CTask *task_of(const Printer *pr, const LStm *par)
{
    for (size_t i = pr->file->task.count; i-- > 0;)
        if (pr->file->task.at[i].par == par) return &pr->file->task.at[i];
    return NULL;
}

/* A work-item does all of them. */
static void print_sequence(Printer *pr, const LStm *par)
{
    c_print_code(pr, "for (ptrdiff_t %v = 0; %v < %t; %v++) {", par->var, par->var, par->b, par->var);
    pr->depth++;
    c_print_block(pr, par->body);
    pr->depth--;
    c_print_code(pr, "}");
}

void c_print_par(Printer *pr, const LStm *par)
{
    if (pr->file->opencl) {
        print_sequence(pr, par);
        return;
    }
    const LStm *call = &pr->p->stm.at[par->body];
    const CTask *task = task_of(pr, par);
    Text args = { .arena = &pr->file->scratch };
    for (uint32_t i = 0; i < call->nargs; i++) {
        Exp arg = pr->p->arg.at[call->args + i];
        if (is_indexed(pr, par, arg)) continue;
        text_add(&args, args.length ? ", " : "");
        c_print_exp(pr, &args, arg, BIND_CHOOSE);
    }
    VarList rest = indexed_vars(pr, par);
    for (size_t i = 0; i < rest.count; i++)
        text_printf(&args, "%s%s", args.length ? ", " : "", c_var_name(pr, rest.at[i]));
    c_print_code(pr, "{");
    pr->depth++;
    c_print_code(pr, "%s args = { %s };", task->type, text_string(&args));
    c_print_code(pr, "each(parallel, (size_t)%a, %s, &args);", par->b, task->name);
    pr->depth--;
    c_print_code(pr, "}");
}

/* ---- the struct and the function ------------------------------------------------------- */

/* Members of the struct; the arguments of the task's own call. */
static void print_members(Printer *pr, const LStm *par, const VarList *rest, Text *members, Text *line)
{
    const LStm *call = &pr->p->stm.at[par->body];
    const LFn *callee = pr->p->fn.at[call->callee];
    text_printf(line, "%s(", pr->part->fn[call->callee].name);
    for (uint32_t i = 0; i < call->nargs; i++) {
        Var param = callee->param.at[i];
        Exp arg = pr->p->arg.at[call->args + i];
        if (i) text_add(line, ", ");
        if (is_indexed(pr, par, arg)) {
            c_print_exp(pr, line, arg, BIND_CHOOSE);
            continue;
        }
        text_printf(members, "    %s;\n", c_param_text(pr, param, false));
        text_printf(line, "a->%s", c_var_name(pr, param));
    }
    text_add(line, ");");
    for (size_t i = 0; i < rest->count; i++)
        text_printf(members, "    %s_;\n", c_param_text(pr, rest->at[i], false));
}

static const char *task_body(Printer *pr, const LStm *par, const VarList *rest, const char *type, const char *line)
{
    const LStm *call = &pr->p->stm.at[par->body];
    Text body = { .arena = pr->file->arena };
    text_printf(&body, "    const %s *const a = (const %s *)args;\n", type, type);
    for (size_t i = 0; i < rest->count; i++)
        text_printf(&body, "    %s = a->%s_;\n", c_param_text(pr, rest->at[i], false), c_var_name(pr, rest->at[i]));
    bool indexed = false;
    for (uint32_t i = 0; i < call->nargs; i++) indexed |= is_indexed(pr, par, pr->p->arg.at[call->args + i]);
    if (indexed) text_printf(&body, "    const ptrdiff_t %s = (ptrdiff_t)task;\n", c_var_name(pr, par->var));
    else text_add(&body, "    (void)task;\n");
    c_print_line(&body, 1, line);
    return text_string(&body);
}

void c_print_task(void *context, const LStm *par)
{
    Printer *pr = context;
    if (par->kind != S_PAR) return;
    CFile *file = pr->file;
    Text members = { .arena = file->arena }, line = { .arena = &file->scratch };
    VarList rest = indexed_vars(pr, par);
    print_members(pr, par, &rest, &members, &line);

    CTask task = { .par = par, .members = text_string(&members) };
    for (size_t i = 0; i < file->task.count && !task.type; i++)
        if (!strcmp(file->task.at[i].members, task.members)) task.type = file->task.at[i].type;
    if (!task.type) {
        task.type = par_name(pr, par, "args");
        text_printf(pr->out, "typedef struct %s {\n%s} %s;\n\n", task.type, task.members, task.type);
    }
    task.body = task_body(pr, par, &rest, task.type, text_string(&line));
    for (size_t i = 0; i < file->task.count && !task.name; i++)
        if (!strcmp(file->task.at[i].body, task.body)) task.name = file->task.at[i].name;
    if (!task.name) {
        task.name = par_name(pr, par, "task");
        text_printf(pr->out, "static void %s(void *args, size_t task)\n{\n%s}\n\n", task.name, task.body);
    }
    VEC_PUSH(file->arena, file->task) = task;
}
