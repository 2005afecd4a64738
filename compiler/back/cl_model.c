/* cl_model.c: the header of a model's kernels, and the host that trains with them. */
#include "back/cl.h"
#include "cl_file_text.h"
#include "ops/rows.h"

#include <string.h>

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

void cl_print_model(CFile *file, const CPart *part, const CHoles *common, const char *section, Text *out)
{
    CHoles holes = { 0 };
    CMaker maker = { file, part, &holes, file->arena }, *m = &maker;
    const LoweredModel *l = part->model;
    Text params = { .arena = file->arena };
    c_hole(m, "kernels", cl_told_kernels(file, part));
    for (size_t i = 0; i < l->model->param.count; i++) c_name_shape(&params, l->model->param.at[i].name, l->model->param.at[i].shape);
    c_hole_text(m, "param_names", &params);
    c_hole_if(m, "train", l->train != NO_ENTRY);
    if (!strcmp(section, "host.model")) {
        c_hole(m, "launching", cl_told_host(file, part, (const char *const[]){ "forward", "train", "update" }, 3));
        if (l->train != NO_ENTRY) hole_rates(m);
    }
    c_model_holes(file, part, &holes);
    for (size_t i = 0; i < common->count; i++) VEC_PUSH(file->arena, holes) = common->at[i];
    c_fill_section(out, cl_file_text, section, &holes);
}
