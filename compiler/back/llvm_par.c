/* llvm_par.c: parallel loops as tasks, as in C (c_par.c).
 *
 * The call in a loop over blocks becomes a struct of what it is given, and a function that
 * calls, which the host may run on its threads. What does not depend on the loop's own
 * number is evaluated once, outside. */
#include "back/llvm.h"

#include <string.h>

typedef struct Task {
    const LStm *par, *call;
    const char *name, *type;        /* its function; "{ ptr, i64, float }"             */
    VEC(Operand) given;             /* what the struct holds                           */
    VEC(Var)  rest;                 /* ... after the arguments: what others are made of */
} Task;

static bool is_indexed(const LlvmFn *f, const LStm *par, Exp e)
{
    const LExp *x = &f->p->exp.at[e];
    if (!e) return false;
    return (x->kind == X_VAR && x->var == par->var) || is_indexed(f, par, x->a) || is_indexed(f, par, x->b) || is_indexed(f, par, x->c);
}

static void collect(LlvmFn *f, Task *task, Exp e)
{
    const LExp *x = &f->p->exp.at[e];
    if (!e) return;
    bool news = x->var && x->var != task->par->var;
    for (size_t i = 0; i < task->rest.count; i++) news &= task->rest.at[i] != x->var;
    if (news) VEC_PUSH(&f->file->c->scratch, task->rest) = x->var;
    collect(f, task, x->a), collect(f, task, x->b), collect(f, task, x->c);
}

static Operand read_var(LlvmFn *f, Var var)
{
    Operand o = f->value[var];
    return o.kind == O_SLOT ? llvm_get(f, o.type, "load %t, ptr %o", o.type, &o) : o;
}

/* Evaluates what the tasks are given. */
static void give(LlvmFn *f, Task *task)
{
    Arena *scratch = &f->file->c->scratch;
    for (uint32_t i = 0; i < task->call->nargs; i++) {
        Exp arg = f->p->arg.at[task->call->args + i];
        if (is_indexed(f, task->par, arg)) collect(f, task, arg);
        else VEC_PUSH(scratch, task->given) = llvm_exp(f, arg);
    }
    for (size_t i = 0; i < task->rest.count; i++) VEC_PUSH(scratch, task->given) = read_var(f, task->rest.at[i]);
    Text type = { .arena = scratch };
    for (size_t i = 0; i < task->given.count; i++) text_printf(&type, "%s%s", i ? ", " : "{ ", llvm_type(f, task->given.at[i].type));
    text_add(&type, task->given.count ? " }" : "{}");
    task->type = text_string(&type);
}

static Operand member(LlvmFn *f, const Task *task, size_t i)
{
    LType type = task->given.at[i].type;
    Operand at = llvm_get(f, t_pointer, "getelementptr %s, ptr %s, i64 0, i32 %u", task->type, "%.args", (unsigned)i);
    return llvm_get(f, type, "load %t, %p", type, &at);
}

/* The function: what the struct holds, then the call. */
static void print_task(LlvmFn *outer, const Task *task)
{
    LlvmFile *file = outer->file;
    LlvmFn f = { .file = file, .p = outer->p, .lanes = outer->lanes, .out = &file->task, .value = file->value, .parallel = "null",
                 .at = outer->at };
    Operand *args = NEW_ARRAY(&file->c->scratch, Operand, task->call->nargs + 1);
    Operand *before = NEW_ARRAY(&file->c->scratch, Operand, task->rest.count + 1);
    size_t given = 0, fixed = task->given.count - task->rest.count;
    text_printf(f.out, "define internal void @%s(ptr %%.args, i64 %%.task) nounwind {\nb0:\n", task->name);
    for (size_t i = 0; i < task->rest.count; i++) {
        before[i] = f.value[task->rest.at[i]];
        f.value[task->rest.at[i]] = member(&f, task, fixed + i);
    }
    f.value[task->par->var] = (Operand){ .kind = O_TASK, .type = t_int };
    for (uint32_t i = 0; i < task->call->nargs; i++) {
        Exp arg = f.p->arg.at[task->call->args + i];
        args[i] = is_indexed(&f, task->par, arg) ? llvm_exp(&f, arg) : member(&f, task, given++);
    }
    llvm_call(&f, f.at.part, task->call->callee, args, NULL);
    text_add(f.out, "  ret void\n}\n\n");
    for (size_t i = 0; i < task->rest.count; i++) f.value[task->rest.at[i]] = before[i];
}

void llvm_par(LlvmFn *f, const LStm *par)
{
    Task task = { .par = par, .call = &f->p->stm.at[par->body] };
    task.name = arena_printf(&f->file->c->scratch, "%s_task%u", f->at.fn_name, ++f->tasks);
    give(f, &task);
    print_task(f, &task);

    Operand count = llvm_exp(f, par->b);
    const char *args = arena_printf(&f->file->c->scratch, "%%.args.%u", f->tasks);
    llvm_entry(f, "%s = alloca %s", args, task.type);
    for (size_t i = 0; i < task.given.count; i++) {
        Operand at = llvm_get(f, t_pointer, "getelementptr %s, ptr %s, i64 0, i32 %u", task.type, args, (unsigned)i);
        llvm_put(f, "store %p, %p", &task.given.at[i], &at);
    }
    f->file->use.each = true;
    llvm_put(f, "call void @each(ptr %s, %p, ptr @%s, ptr %s)", f->parallel, &count, task.name, args);
}
