/* cl_model.c: the header of a model's kernels, and the host that calls them.
 *
 * In: a model whose entries are launches.  Out: sizes, names and arguments of kernels for
 * the header; for the host the launches as C: loops of whole numbers around calls. */
#include "back/cl.h"
#include "cl_file_text.h"
#include "ops/rows.h"

#include <ctype.h>
#include <string.h>

static const char *upper(Arena *arena, const char *name)
{
    char *copy = arena_string(arena, name, strlen(name));
    for (char *c = copy; *c; c++) *c = (char)toupper((unsigned char)*c);
    return copy;
}

/* ---- the header ---------------------------------------------------------------------------- */

/* How many items the host gives a kernel: the first S_PAR that calls it. */
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

/* "    m_tiny_train_prepare(theta, work, status), 1 item: what hangs on the weights alone" */
static void kernel_line(Printer *pr, const ClLaunch *launch, size_t k, Text *out)
{
    const LFn *fn = pr->p->fn.at[launch->launch.kernel.at[k]];
    Text line = { .arena = pr->file->arena };
    text_printf(&line, "%s(", launch->kernel[k]);
    for (size_t i = 1; i < fn->param.count; i++) text_printf(&line, "%s%s", i > 1 ? ", " : "", c_var_name(pr, fn->param.at[i]));
    const char *items = items_of(pr, launch, launch->launch.kernel.at[k]);
    text_printf(&line, "), %s item%s", items, strcmp(items, "1") ? "s" : "");
    for (const char *at = text_string(&line); *at;) {           /* lines of a comment */
        size_t n = strlen(at), room = at == text_string(&line) ? 92 : 88;
        if (n > room) for (n = room; n > 20 && at[n - 1] != ' '; n--) { }
        text_printf(out, " *     %s%.*s\n", at == text_string(&line) ? "" : "    ", (int)(at[n] ? n - 1 : n), at);
        at += n;
    }
}

static void print_kernel_lists(CFile *file, const CPart *part, Text *out)
{
    Printer printer = { .file = file, .p = part->program, .part = part }, *pr = &printer;
    for (size_t i = 0; i < part->launches; i++) {
        const ClLaunch *launch = &part->launch[i];
        text_printf(out, "/* %s: %s.\n *\n", launch->name, part->program->fn.at[launch->launch.entry]->note);
        for (size_t k = 0; k < launch->launch.kernel.count; k++) kernel_line(pr, launch, k, out);
        text_add(out, " */\n");
    }
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

static void hole_launches(const CMaker *m)
{
    Text out = { .arena = m->arena };
    for (size_t i = 0; i < m->part->launches; i++)
        if (strcmp(m->part->launch[i].name, "norm")) print_host_function(m->file, m->part, &m->part->launch[i], &out);
    c_hole(m, "launches", text_string(&out));
}

/* The optimiser's numbers: rows of optim.def, what the cells read made of them. */
static void hole_rates(const CMaker *m)
{
    const LoweredModel *l = m->part->model;
    const OptimRow *row = optim_row(l->optimizer_name);
    size_t reals;
    const OptimReal *real = optim_reals(&reals);
    Text members = { .arena = m->arena }, values = members, given = members;
    for (size_t i = 0; i < row->args; i++) {
        text_printf(&members, "%s, ", row->arg[i].real);
        text_real(&values, row->arg[i].value, false);
        text_add(&values, ", ");
    }
    for (uint32_t i = 0; i < l->update_real_count; i++) {
        const char *value = "1";                    /* gscale */
        for (size_t k = 0; k < reals; k++)
            if (!strcmp(real[k].name, l->update_reals[i])) value = real[k].value;
        text_printf(&given, ", %s", value);
    }
    c_hole(m, "rate_names", text_string(&members));
    c_hole(m, "rate_values", text_string(&values));
    c_hole(m, "rates", text_string(&given));
}

/* ---- both ------------------------------------------------------------------------------------ */

void cl_print_model(CFile *file, const CPart *part, const CHoles *common, const char *section, Text *out)
{
    CHoles holes = { 0 };
    CMaker maker = { file, part, &holes, file->arena }, *m = &maker;
    const LoweredModel *l = part->model;
    Text lists = { .arena = file->arena }, params = lists;
    size_t kernels = 0;
    for (size_t i = 0; i < part->launches; i++) kernels += part->launch[i].launch.kernel.count;
    print_kernel_lists(file, part, &lists);
    c_hole(m, "kernel_lists", text_string(&lists));
    c_hole(m, "kernel_numbers", kernel_numbers(file, part, false));
    c_hole(m, "kernel_names", kernel_numbers(file, part, true));
    c_hole_number(m, "kernels", kernels);
    for (size_t i = 0; i < l->model->param.count; i++) c_name_shape(&params, l->model->param.at[i].name, l->model->param.at[i].shape);
    c_hole_text(m, "param_names", &params);
    c_hole_if(m, "train", l->train != NO_ENTRY);
    if (!strcmp(section, "host.model")) {
        hole_launches(m);
        if (l->train != NO_ENTRY) hole_rates(m);
    }
    c_model_holes(file, part, &holes);
    for (size_t i = 0; i < common->count; i++) VEC_PUSH(file->arena, holes) = common->at[i];
    c_fill_section(out, cl_file_text, section, &holes);
}
