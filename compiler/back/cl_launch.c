/* cl_launch.c: entries as launches of kernels.
 *
 * In: a lowered model or field.  Out: its Program with the functions that loop/launch.c makes
 * of its entries, and those as kernels: the first parameter is the work-item's number. */
#include "back/cl.h"
#include "loop/copy.h"
#include "loop/groups.h"
#include "loop/items.h"
#include "loop/near.h"

#include <ctype.h>
#include <string.h>

LoweredModel *cl_launched(Arena *arena, const LoweredModel *model)
{
    LoweredModel *own = NEW(arena, LoweredModel);
    *own = *model;
    own->program = program_copy(arena, model->program);
    return own;
}

Lowered *cl_launched_field(Arena *arena, const Lowered *field)
{
    Lowered *own = NEW(arena, Lowered);
    *own = *field;
    own->program = program_copy(arena, field->program);
    return own;
}

/* "m_tiny_train_down_phase0", of "Tiny.train.down_phase0". */
static const char *kernel_name(CFile *file, const CPart *part, uint32_t fn)
{
    const char *name = part->program->fn.at[fn]->name, *dot = strchr(name, '.');
    char *full = arena_printf(file->arena, "%s_%s", part->prefix, dot ? dot + 1 : name);
    for (char *c = full; *c; c++) *c = isalnum((unsigned char)*c) ? (char)tolower((unsigned char)*c) : '_';
    VEC_PUSH(file->arena, file->taken) = full;
    return full;
}

void cl_launch_add(CFile *file, CPart *part, Program *p, const char *name, uint32_t entry)
{
    if (!part->launch) part->launch = NEW_ARRAY(file->arena, ClLaunch, p->fn.count);
    ClLaunch *launch = &part->launch[part->launches++];
    *launch = (ClLaunch){ .name = name, .launch = launch_build(p, entry) };
    if (part->model && file->options->lanes) groups_build(p, &launch->launch, TEAMS);
}

/* Kernels as they are, or for groups where that is wanted and there is room; those of models fetch
 * in common what they read in common.                                                            */
static void choose_forms(CFile *file, CPart *part)
{
    Program *p = part->field ? part->field->program : part->model->program;
    const uint32_t room = file->options->group_room ? file->options->group_room : GROUP_ROOM;
    for (size_t i = 0; i < part->launches; i++) {
        ClLaunch *launch = &part->launch[i];
        const size_t kernels = launch->launch.kernel.count;
        launch->printed = NEW_ARRAY(file->arena, uint32_t, kernels + 1);
        launch->group = NEW_ARRAY(file->arena, uint32_t, kernels + 1);
        for (size_t k = 0; k < kernels; k++) {
            const uint32_t kernel = launch->launch.kernel.at[k];
            const ItemsForm form = file->options->lanes ? items_build(p, kernel) : (ItemsForm){ 0 };
            launch->printed[k] = !form.items ? kernel : part->model ? near_build(p, &form, room) : form.fn;
            launch->group[k] = form.items ? form.items : 1;
        }
    }
}

void cl_launch_names(CFile *file, CPart *part)
{
    const Program *p = part->program;
    choose_forms(file, part);
    part->fn = NEW_ARRAY(file->arena, CFn, p->fn.count + 1);
    part->var = NEW_ARRAY(file->arena, const char *, p->var.count + 1);
    part->own = cl_arrays_in(file->arena, p, SPACE_PRIVATE);
    part->group = cl_arrays_in(file->arena, p, SPACE_LOCAL);
    for (size_t i = 0; i < part->launches; i++) {
        ClLaunch *launch = &part->launch[i];
        const size_t kernels = launch->launch.kernel.count;
        part->fn[launch->launch.entry].name = launch->name;      /* for texts that mention it */
        launch->kernel = NEW_ARRAY(file->arena, const char *, kernels + 1);
        for (size_t k = 0; k < kernels; k++) launch->kernel[k] = kernel_name(file, part, launch->launch.kernel.at[k]);
    }
}

void cl_launch_want(CPart *part, bool wanted)
{
    for (size_t i = 0; i < part->launches; i++)
        for (size_t k = 0; k < part->launch[i].launch.kernel.count; k++) part->fn[part->launch[i].printed[k]].wanted = wanted;
}

void cl_launch_entries(CFile *file, CPart *part)
{
    const LoweredModel *l = part->model;
    const struct { const char *name; uint32_t fn; } entry[] = {
        { "forward", l->forward }, { "train", l->train }, { "update", l->update }, { "norm", l->norm },
        { "judge", l->ahead.judge }, { "scale", l->ahead.scale }, { "save", l->ahead.save }
    };
    for (size_t i = 0; i < (file->driven ? COUNT(entry) : 4); i++)
        if (entry[i].fn != NO_ENTRY) cl_launch_add(file, part, l->program, entry[i].name, entry[i].fn);
    cl_launch_names(file, part);
    cl_launch_want(part, true);
    c_name_reached(file, part);
    cl_launch_want(part, false);
}

/* Its first parameter is the item's number, or the group's and then the item's in it. */
static void print_kernel(CFile *file, const CPart *part, const ClLaunch *launch, size_t k, Text *out)
{
    const Program *p = part->program;
    const size_t numbers = launch->group[k] > 1 ? 2 : 1;
    LFn fn = *p->fn.at[launch->printed[k]];
    Var item = fn.param.at[0], lane = numbers > 1 ? fn.param.at[1] : 0;
    fn.param.at += numbers, fn.param.count -= numbers;
    Printer pr = { .file = file, .p = p, .part = part, .fn = &fn, .fn_name = launch->kernel[k], .out = out, .lane = lane, .items = launch->group[k],
                   .live = NEW_ARRAY(file->arena, uint8_t, p->var.count) };
    cl_print_kernel(&pr, fn.note, item);
}

void cl_print_launches(CFile *file, const CPart *part, Text *out)
{
    for (size_t i = 0; i < part->launches; i++)
        for (size_t k = 0; k < part->launch[i].launch.kernel.count; k++)
            print_kernel(file, part, &part->launch[i], k, out);
}

void cl_launch_calls(CFile *file, const CPart *part, BackCall *call)
{
    const Program *p = part->program;
    for (size_t i = 0; i < part->launches; i++) {
        const ClLaunch *launch = &part->launch[i];
        const LFn *entry = p->fn.at[launch->launch.entry];
        call[launch->launch.entry] = (BackCall){ .launch = cl_host_of(file->arena, p, launch), .returns = entry->returns,
                                                 .params = cl_letters(file->arena, p, entry) };
    }
}
