/* c_names.c: how variables and functions are called in C, and which are printed.
 *
 * Variables keep the name they have in the loop IR unless C or the vector
 * functions use the word; functions are static and get a name of their own in
 * the file. Printed is what can be reached from an entry that is served. */
#include "back/c_print.h"

#include <ctype.h>
#include <string.h>

/* ---- names ----------------------------------------------------------------------- */

/* Words that a variable cannot be called: C's, C++'s, and those of the shim.           */
static const char *const reserved[] = {
    "alignas", "alignof", "and", "asm", "auto", "bool", "break", "case", "catch", "char", "class", "compl",
    "const", "constexpr", "continue", "decltype", "default", "delete", "do", "double", "else", "enum",
    "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if", "inline", "int", "long",
    "mutable", "namespace", "new", "noexcept", "not", "nullptr", "operator", "or", "private", "protected",
    "public", "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch",
    "template", "this", "throw", "true", "try", "typedef", "typeid", "typename", "typeof", "union", "unsigned",
    "using", "virtual", "void", "volatile", "while", "xor", "real", "linux", "unix",
    "exp", "expm1", "log", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "tanh", "sigmoid", "erf", "pow",
    "expadd", "flip", "mant", "expo", "fma", "fmaf", "sqrt", "sqrtf", "fabs", "fabsf", "floor", "floorf", "rint",
    "rintf", "copysign", "copysignf", "parallel", "each", "part", "reg", "memcpy", "memset", "NULL",
};

/* Words of OpenCL C, where shadowing them will not do. */
static const char *const reserved_opencl[] = {
    "kernel", "global", "local", "constant", "generic", "half", "uniform", "pipe", "read_only", "write_only", "read_write",
};

static bool is_reserved(const char *name, bool opencl)
{
    for (size_t i = 0; opencl && i < COUNT(reserved_opencl); i++)
        if (!strcmp(name, reserved_opencl[i])) return true;
    for (size_t i = 0; i < COUNT(reserved); i++)
        if (*name == *reserved[i] && name[1] == reserved[i][1] && !strcmp(name, reserved[i])) return true;
    size_t n = strlen(name);        /* v_add, m_and, r_exp, i_min; and what ends in _ stays apart from what gets one */
    return (n > 2 && name[1] == '_' && strchr("vmrip", name[0])) || (n && name[n - 1] == '_') || name[0] == '_' ||
           (isupper((unsigned char)name[0]) && n > 1 && !strpbrk(name, "abcdefghijklmnopqrstuvwxyz"));
}

/* Many variables share a name, so what a name becomes is kept as well as what a variable does. */
static const char *safe_name(const Printer *pr, Name name)
{
    CSafe *safe = &pr->file->safe[(uintptr_t)name / 16 % COUNT(pr->file->safe)];
    if (safe->of == name) return safe->name;
    safe->of = name;
    return safe->name = is_reserved(name, pr->file->opencl) ? arena_printf(pr->file->arena, "%s%s_", name[0] == '_' ? "v" : "", name) : name;
}

const char *c_var_name(const Printer *pr, Var var)
{
    const char **known = &pr->part->var[var];
    return *known ? *known : (*known = safe_name(pr, pr->p->var.at[var].name));
}

/* A static function's name that is new in this file, from "Mlp.solve_batch". */
static const char *c_name_new(CFile *file, const char *from)
{
    char *name = arena_string(file->arena, from, strlen(from));
    for (char *c = name; *c; c++) *c = isalnum((unsigned char)*c) ? (char)tolower((unsigned char)*c) : '_';
    if (isdigit((unsigned char)*name) || is_reserved(name, file->opencl)) name = arena_printf(file->arena, "fn_%s", name);
    const char *full = name;
    for (unsigned again = 2;; again++) {
        size_t i = 0;
        while (i < file->taken.count && strcmp(file->taken.at[i], full)) i++;
        if (i == file->taken.count) break;
        full = arena_printf(file->arena, "%s_%u", name, again);
    }
    VEC_PUSH(file->arena, file->taken) = full;
    return full;
}

/* ---- which functions ---------------------------------------------------------------- */

void c_each_statement(const Program *p, Stm first, CVisit *visit, void *context)
{
    for (Stm s = first; s; s = p->stm.at[s].next) {
        visit(context, &p->stm.at[s]);
        c_each_statement(p, p->stm.at[s].body, visit, context);
        c_each_statement(p, p->stm.at[s].other, visit, context);
    }
}

typedef struct Reach { const CPart *part; CFn *fn; } Reach;

/* Is one buffer handed over twice, and written to? */
static bool aliases(const Program *p, const LStm *call)
{
    const LFn *callee = p->fn.at[call->callee];
    for (uint32_t i = 0; i < call->nargs; i++) {
        const LVar *param = &p->var.at[callee->param.at[i]];
        if (param->type.kind != L_BUFFER || !param->writable) continue;
        Var given = p->exp.at[p->arg.at[call->args + i]].var;
        for (uint32_t k = 0; k < call->nargs; k++)
            if (k != i && p->exp.at[p->arg.at[call->args + k]].var == given) return true;
    }
    return false;
}

static void reach_calls(void *context, const LStm *s)
{
    Reach *reach = context;
    if (s->kind != S_CALL) return;
    reach->part->fn[s->callee].wanted = true;
    reach->part->fn[s->callee].aliased |= aliases(reach->part->program, s);
}

static void reach_parallel(void *context, const LStm *s)
{
    Reach *reach = context;
    if (s->kind == S_PAR || (s->kind == S_CALL && reach->part->fn[s->callee].parallel)) reach->fn->parallel = true;
}

static void want(CPart *part, uint32_t entry)
{
    if (entry != NO_ENTRY) part->fn[entry].wanted = true;
}

static void want_serving(const CFile *file, CPart *part, const Serving *s)
{
    const uint32_t entry[] = { s->entry.f, s->entry.solve, s->entry.start, s->entry.observe };
    const uint32_t embedded[] = { s->entry.gradient, s->entry.vjp, s->entry.jvp };      /* a module has no other use for them */
    const uint32_t sweeping[] = { s->entry.survey, s->entry.conclude };         /* and an embedding none for these */
    for (size_t i = 0; i < COUNT(entry); i++) want(part, entry[i]);
    for (size_t i = 0; i < COUNT(sweeping) && file->options->module; i++) want(part, sweeping[i]);
    for (size_t i = 0; i < COUNT(embedded) && (!file->options->module || file->options->whole); i++) want(part, embedded[i]);
    if (part->field->loss == NO_ENTRY) return;
    want(part, s->entry.gradient);
    want(part, s->entry.start_vjp);
    want(part, s->entry.observe_vjp);
}

/* Gradients of many trajectories are half of what the C compiler has to do. */
bool c_serves_many(const CFile *file, const Lowered *l)
{
    return !file->options->most || file->options->most >= l->many_from;
}

static void want_ahead(const CFile *file, CPart *part, const Ahead *ahead)
{
    if (file->opencl && file->driven) want(part, ahead->judge), want(part, ahead->scale), want(part, ahead->save);
}

static void want_field(const CFile *file, CPart *part)
{
    const Lowered *l = part->field;
    const uint32_t training[] = { l->loss, l->update, l->norm };
    want_serving(file, part, &l->few);
    if (c_serves_many(file, l)) want_serving(file, part, &l->many);
    for (size_t i = 0; i < COUNT(training) && l->loss != NO_ENTRY; i++) want(part, training[i]);
    if (file->driven) want(part, l->clear), want(part, l->add);
    want_ahead(file, part, &l->ahead);
}

static void want_model(CPart *part)
{
    const LoweredModel *l = part->model;
    const uint32_t entry[] = { l->forward, l->train, l->update, l->norm };
    for (size_t i = 0; i < COUNT(entry); i++) want(part, entry[i]);
}

void c_want_entries(const CFile *file, CPart *part)
{
    if (part->field) want_field(file, part);
    else want_model(part);
}

void c_name_functions(CFile *file, CPart *part)
{
    c_want_entries(file, part);
    c_name_reached(file, part);
}

void c_name_reached(CFile *file, CPart *part)
{
    const Program *p = part->program;
    Reach reach = { .part = part };
    for (size_t i = p->fn.count; i-- > 0;)              /* callers come after callees */
        if (part->fn[i].wanted) c_each_statement(p, p->fn.at[i]->body, reach_calls, &reach);
    for (size_t i = 0; i < p->fn.count; i++) {
        if (!part->fn[i].wanted) continue;
        reach.fn = &part->fn[i];
        c_each_statement(p, p->fn.at[i]->body, reach_parallel, &reach);
        part->fn[i].name = c_name_new(file, p->fn.at[i]->name);
        file->parallel |= part->fn[i].parallel;
    }
}
