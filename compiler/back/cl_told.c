/* cl_told.c: what a header says of launches, and the host that makes them.
 *
 * In: a part whose entries are launches.  Out: names, arguments and sizes of kernels for the
 * header; for the host the launches as C: loops of whole numbers around calls. */
#include "back/cl.h"
#include "cl_file_text.h"

#include <ctype.h>
#include <string.h>

static const char *upper(Arena *arena, const char *name)
{
    char *copy = arena_string(arena, name, strlen(name));
    for (char *c = copy; *c; c++) *c = (char)toupper((unsigned char)*c);
    return copy;
}

/* ---- the header ---------------------------------------------------------------------------- */

/* How many items, or groups of them, the host gives a kernel: the first S_PAR that calls it. */
typedef struct Finding { const Program *p; uint32_t kernel; const LStm *par; } Finding;

static void find_par(void *context, const LStm *s)
{
    Finding *f = context;
    if (s->kind == S_PAR && !f->par && f->p->stm.at[s->body].callee == f->kernel) f->par = s;
}

static const char *items_of(Printer *pr, const ClLaunch *launch, uint32_t kernel)
{
    Finding f = { pr->p, kernel, NULL };
    Text out = { .arena = pr->file->arena };
    c_each_statement(pr->p, pr->p->fn.at[launch->launch.host]->body, find_par, &f);
    c_print_exp(pr, &out, f.par->b, BIND_CHOOSE);
    return text_string(&out);
}

/* Bytes of the group's memory that a kernel has. */
typedef struct Near { const Program *p; size_t reals; } Near;

static void add_local(void *context, const LStm *s)
{
    Near *near = context;
    if (s->kind == S_LOCAL && near->p->var.at[s->var].space == SPACE_LOCAL) near->reals += near->p->var.at[s->var].count;
}

static const char *size_of_group(Printer *pr, const ClLaunch *launch, size_t k, const char *groups)
{
    const char *plural = strcmp(groups, "1") ? "s" : "";
    if (launch->group[k] == 1) return arena_printf(pr->file->arena, "%s item%s", groups, plural);
    Near near = { pr->p, 0 };
    c_each_statement(pr->p, pr->p->fn.at[launch->printed[k]]->body, add_local, &near);
    const char *memory = near.reals ? arena_printf(pr->file->arena, ", %zu bytes of local memory", near.reals * (pr->file->real == TYPE_F32 ? 4 : 8)) : "";
    return arena_printf(pr->file->arena, "%s group%s of %u items%s", groups, plural, (unsigned)launch->group[k], memory);
}

/* "    m_tiny_train_prepare(theta, work, status), 1 item" */
static void kernel_line(Printer *pr, const ClLaunch *launch, size_t k, Text *out)
{
    const LFn *fn = pr->p->fn.at[launch->launch.kernel.at[k]];
    Text line = { .arena = pr->file->arena };
    text_printf(&line, "%s(", launch->kernel[k]);
    for (size_t i = 1; i < fn->param.count; i++) text_printf(&line, "%s%s", i > 1 ? ", " : "", c_var_name(pr, fn->param.at[i]));
    text_printf(&line, "), %s", size_of_group(pr, launch, k, items_of(pr, launch, launch->launch.kernel.at[k])));
    for (const char *at = text_string(&line); *at;) {           /* lines of a comment */
        size_t n = strlen(at), room = at == text_string(&line) ? 92 : 88;
        if (n > room) for (n = room; n > 20 && at[n - 1] != ' '; n--) { }
        text_printf(out, " *     %s%.*s\n", at == text_string(&line) ? "" : "    ", (int)(at[n] ? n - 1 : n), at);
        at += n;
    }
}

/* Numbers that an odef's host makes of its arguments; a model's are of its loops too. */
static void number_lines(Printer *pr, const ClLaunch *launch, Text *out)
{
    const Program *p = pr->p;
    for (Stm s = p->fn.at[launch->launch.host]->body; s && pr->part->field; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        if (at->kind != S_LET) continue;
        text_printf(out, " *     %s = ", c_var_name(pr, at->var));
        c_print_exp(pr, out, at->a, BIND_CHOOSE);
        text_add(out, "\n");
    }
}

static void print_kernel_lists(CFile *file, const CPart *part, Text *out)
{
    Printer printer = { .file = file, .p = part->program, .part = part }, *pr = &printer;
    for (size_t i = 0; i < part->launches; i++) {
        const ClLaunch *launch = &part->launch[i];
        text_printf(out, "/* %s: %s.\n *\n", launch->name, part->program->fn.at[launch->launch.entry]->note);
        number_lines(pr, launch, out);
        for (size_t k = 0; k < launch->launch.kernel.count; k++) kernel_line(pr, launch, k, out);
        text_add(out, " */\n");
    }
}

static const char *kernel_groups(CFile *file, const CPart *part)
{
    Text out = { .arena = file->arena };
    for (size_t i = 0; i < part->launches; i++) {
        text_add(&out, "    ");
        for (size_t k = 0; k < part->launch[i].launch.kernel.count; k++) text_printf(&out, "%u, ", (unsigned)part->launch[i].group[k]);
        text_add(&out, "\\\n");
    }
    return text_string(&out);
}

static const char *kernel_numbers(CFile *file, const CPart *part, bool names)
{
    Text out = { .arena = file->arena };
    for (size_t i = 0; i < part->launches; i++)
        for (size_t k = 0; k < part->launch[i].launch.kernel.count; k++) {
            const char *name = part->launch[i].kernel[k];
            if (names) text_printf(&out, "    \"%s\", \\\n", name);
            else text_printf(&out, "    %s_KERNEL_%s,\n", part->upper, upper(file->arena, name + strlen(part->prefix) + 1));
        }
    return text_string(&out);
}

/* ---- the host ------------------------------------------------------------------------------ */

/* "launch(d, M_TINY_KERNEL_TRAIN_PREPARE, 1, "mm", theta, work);": the letters say what follows. */
static void print_launch(Printer *pr, const LStm *par)
{
    const LStm *call = &pr->p->stm.at[par->body];
    const LFn *kernel = pr->p->fn.at[call->callee];
    const char *name = NULL;
    for (size_t i = 0; i < pr->part->launches; i++)
        for (size_t k = 0; k < pr->part->launch[i].launch.kernel.count; k++)
            if (pr->part->launch[i].launch.kernel.at[k] == call->callee) name = pr->part->launch[i].kernel[k];
    Text line = { .arena = &pr->file->scratch }, args = line, letters = line;
    for (uint32_t i = 1; i < call->nargs; i++) {
        const LVar *v = &pr->p->var.at[kernel->param.at[i]];
        text_add(&letters, v->type.kind == L_INT ? "i" : v->type.kind == L_REAL ? "r" : "m");
        text_add(&args, v->type.kind == L_INT ? ", (cl_long)" : ", ");
        c_print_exp(pr, &args, pr->p->arg.at[call->args + i], BIND_ATOM);
    }
    text_printf(&line, "launch(d, %s_KERNEL_%s, (size_t)", pr->part->upper, upper(&pr->file->scratch, name + strlen(pr->part->prefix) + 1));
    c_print_exp(pr, &line, par->b, BIND_ATOM);
    text_printf(&line, ", \"%s\"%s);", text_string(&letters), text_string(&args));
    c_print_line(pr->out, pr->depth, text_string(&line));
}

static void print_host_function(CFile *file, const CPart *part, const ClLaunch *launch, Text *out)
{
    const Program *p = part->program;
    Printer pr = { .file = file, .p = p, .part = part, .fn = p->fn.at[launch->launch.host], .fn_name = launch->name, .out = out,
                   .live = NEW_ARRAY(file->arena, uint8_t, p->var.count), .launch = print_launch };
    Text line = { .arena = &file->scratch };
    c_mark_function(&pr);
    c_print_comment(&pr, pr.fn->note);
    text_printf(&line, "static void %s(const Device *d", launch->name);
    for (size_t i = 0; i < pr.fn->param.count; i++) {
        const LVar *v = &p->var.at[pr.fn->param.at[i]];
        const char *type = v->type.kind == L_INT ? "ptrdiff_t" : v->type.kind == L_REAL ? "double" : "cl_mem";
        text_printf(&line, ", %s %s", type, c_var_name(&pr, pr.fn->param.at[i]));
    }
    text_add(&line, ")");
    c_print_line(out, 0, text_string(&line));
    text_add(out, "{\n");
    pr.depth = 1;
    for (size_t i = 0; i < pr.fn->param.count; i++)
        if (!c_is_read(&pr, pr.fn->param.at[i])) c_print_code(&pr, "(void)%v;", pr.fn->param.at[i]);
    c_print_block(&pr, pr.fn->body);
    text_add(out, "}\n\n");
    arena_clear(&file->scratch);
}

/* ---- both ------------------------------------------------------------------------------------ */

/* The kernels of the header. */
const char *cl_told_kernels(CFile *file, const CPart *part)
{
    CHoles holes = { 0 };
    CMaker maker = { file, part, &holes, file->arena }, *m = &maker;
    Text lists = { .arena = file->arena }, out = lists;
    print_kernel_lists(file, part, &lists);
    c_part_holes(m);
    c_hole(m, "kernel_lists", text_string(&lists));
    c_hole(m, "kernel_numbers", kernel_numbers(file, part, false));
    c_hole(m, "kernel_names", kernel_numbers(file, part, true));
    c_hole(m, "kernel_groups", kernel_groups(file, part));
    c_hole_if(m, "lanes", file->options->lanes);
    c_fill_section(&out, cl_file_text, "header.kernels", &holes);
    return text_string(&out);
}

/* Functions of the host that launch what is wanted of them. */
const char *cl_told_host(CFile *file, const CPart *part, const char *const *name, size_t count)
{
    CHoles holes = { 0 };
    CMaker maker = { file, part, &holes, file->arena }, *m = &maker;
    Text launches = { .arena = file->arena }, out = launches;
    for (size_t i = 0; i < part->launches; i++)
        for (size_t k = 0; k < count; k++)
            if (!strcmp(part->launch[i].name, name[k])) print_host_function(file, part, &part->launch[i], &launches);
    c_part_holes(m);
    c_hole_if(m, "lanes", file->options->lanes);
    c_hole(m, "launches", text_string(&launches));
    c_fill_section(&out, cl_file_text, "host.launching", &holes);
    return text_string(&out);
}
