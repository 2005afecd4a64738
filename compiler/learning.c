/* learning.c: of an experiment that fits a model, what is a model's own: files, test,
 * augmentation. */
#include "planner.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What is not there is said before a compiler runs. */
static bool check_files(Planner *p, const nodec_files *files)
{
    for (size_t i = 0; i < files->columns; i++)
        if (access(files->column[i].column, R_OK)) {
            p->engines->status = complain(NODEC_EXIT_IO, "cannot read %s: %s\nnodec: help: --set data.dir=DIR says "
                                          "where the files are; so does the environment's NODEC_DATA",
                                          files->column[i].column, strerror(errno));
            return false;
        }
    return true;
}

/* columns(image = idx("images.gz"), ...): a file for every input. `dir` is the columns' own, or
 * that of the data.                                                                          */
static const nodec_files *files_of(Planner *p, const Value *v, const Value *dir)
{
    nodec_files *files = NEW(p->arena, nodec_files);
    nodec_column *column = NEW_ARRAY(p->arena, nodec_column, v->count + 1);
    if (!plan_is_call(v, "columns") || v->item) {
        plan_unsupported(p, v, "data");
        return NULL;
    }
    if (value_argument(v, "dir")) dir = value_argument(v, "dir");
    files->column = column;
    files->keep = !p->options->no_cache;
    for (size_t i = 0; i < v->count; i++) {
        const Value *path = plan_is_call(v->arg[i].value, "idx") ? value_argument(v->arg[i].value, "path") : NULL;
        if (!strcmp(v->arg[i].name, "dir")) continue;
        if (path) column[files->columns++] = (nodec_column){ v->arg[i].name, plan_path(p, dir, path->name) };
        else plan_unsupported(p, v->arg[i].value, v->arg[i].name);
    }
    if (!check_files(p, files)) return NULL;
    if (files->keep) files->ahead = nodec_read_ahead(files);
    return files;
}

bool plan_model(Planner *p, const Model *model, const LowerOptions *lower, nodec_plan *plan)
{
    const Value *data = plan_clause(p, "data"), *test = plan_clause(p, "test"), *augment = plan_clause(p, "augment");
    const Value *split = plan_clause(p, "split");
    if (split && split->kind != VALUE_NONE)
        diag_error(p->diags, split->at, "`split` is of trajectories; a model is tested with `test`");
    plan->data.files = files_of(p, data, NULL);
    if (test && plan->data.files) plan->test.files = files_of(p, test, value_argument(data, "dir"));
    plan->settle = plan_whole(plan_clause(p, "statistics"), "settle", 0);
    plan->shift = plan_is_call(augment, "shift") ? plan_whole(augment, "pixels", 2) : 0;
    lower_fits(p->arena, model, lower, p->diags);
    if (p->diags->errors || p->engines->status) return false;
    plan->model = engine_load_model(p->engines, p->options, model, lower);
    return plan->model;
}
