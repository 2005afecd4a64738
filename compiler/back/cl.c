/* cl.c: the OpenCL back end: a source of kernels and the header that describes them.
 *
 *     comment                     what the file is
 *     vectors                     as far as the kernels use them (cl_shim.in)
 *     exp, tanh ...               as far as used (ops/math.def)
 *     functions and kernels       loop IR, field by field
 *
 * Vectors and polynomials are known when the kernels are printed, as in c.c. */
#include "back/cl.h"
#include "cl_file_text.h"
#include "cl_shim_text.h"

#include <ctype.h>
#include <string.h>

static const char *upper(Arena *arena, const char *name)
{
    char *copy = arena_string(arena, name, strlen(name));
    for (char *c = copy; *c; c++) *c = (char)toupper((unsigned char)*c);
    return copy;
}

/* ---- the header -------------------------------------------------------------------------------- */

/* "    SPIRAL_MLP_SOLVE_BATCH, ...": each argument's number, by the name it has in the kernel. */
static const char *argument_rows(CFile *file, const CPart *part, const ClEntry *row)
{
    const Program *p = part->program;
    const LFn *fn = p->fn.at[row->fn];
    const char *call = upper(file->arena, row->name);
    Text out = { .arena = file->arena };
    for (size_t i = 0; i < fn->param.count; i++) {
        const LVar *v = &p->var.at[fn->param.at[i]];
        const char *what = v->type.kind == L_INT ? "cl_long" : v->type.kind == L_REAL ? "a number"
                         : v->optional ? (v->writable ? "written, or NULL" : "read, or NULL") : v->writable ? "written" : "read";
        text_printf(&out, "    %s_%s_%s,    /* %s */\n", part->upper, call, upper(file->arena, v->name), what);
    }
    if (fn->returns) text_printf(&out, "    %s_%s_STATUS,    /* written, a cl_int */\n", part->upper, call);
    text_printf(&out, "    %s_%s_ARGUMENTS,\n", part->upper, call);
    return text_string(&out);
}

static const char *kernel_string(CFile *file, const CPart *part, const ClEntry *row, ClPhase phase)
{
    return cl_has(part, row, phase) ? arena_printf(file->arena, "\"%s\"", cl_kernel_name(file, part, row, phase)) : "NULL";
}

static const char *calls(CFile *file, const CPart *part)
{
    Text out = { .arena = file->arena };
    for (size_t i = 0; i < part->kernel.count; i++) {
        const ClEntry *row = &part->kernel.at[i];
        CHoles holes = { 0 };
        CMaker maker = { file, part, &holes, file->arena }, *m = &maker;
        c_part_holes(m);
        c_hole(m, "note", part->program->fn.at[row->fn]->note);
        c_hole(m, "CALL", upper(file->arena, row->name));
        c_hole_number(m, "block", cl_block(part->program, row->fn));
        c_hole(m, "begin", kernel_string(file, part, row, CL_BEGIN));
        c_hole(m, "blocks", kernel_string(file, part, row, CL_BLOCKS));
        c_hole(m, "end_", kernel_string(file, part, row, CL_END));
        c_hole(m, "arguments", argument_rows(file, part, row));
        c_fill_section(&out, cl_file_text, "header.call", &holes);
    }
    return text_string(&out);
}

/* As the host calls what it has. */
static const char *solve_arguments(CFile *file, const CPart *part)
{
    Text out = { .arena = file->arena };
    for (size_t i = 0; i < part->launches; i++) {
        const LFn *host = part->program->fn.at[part->launch[i].launch.host];
        if (strcmp(part->launch[i].name, "solve")) continue;
        for (size_t k = 0; k < host->param.count; k++) text_printf(&out, "%s%s", k ? ", " : "", part->program->var.at[host->param.at[k]].name);
    }
    return text_string(&out);
}

static void print_field(CFile *file, const CPart *of, const CHoles *common, const char *section, Text *out)
{
    CHoles holes = { 0 };
    Lowered solving = *of->field;               /* training is for hosts of models        */
    solving.loss = solving.update = solving.norm = NO_ENTRY;
    CPart solver = *of, *part = &solver;
    solver.field = &solving;
    CMaker maker = { file, part, &holes, file->arena }, *m = &maker;
    const Field *field = part->field->field;
    Text params = { .arena = file->arena };
    for (size_t i = 0; i < field->param.count; i++) c_name_shape(&params, field->param.at[i].name, field->param.at[i].shape);
    c_hole_text(m, "param_names", &params);
    c_hole(m, "work", c_field_work(m, &part->field->many));     /* before the field's own */
    c_hole(m, "calls", part->launches ? cl_told_kernels(file, part) : calls(file, part));
    if (part->launches && !strcmp(section, "host.field")) {
        c_hole(m, "launching", cl_told_host(file, part, (const char *const[]){ "solve" }, 1));
        c_hole(m, "solve_arguments", solve_arguments(file, part));
    }
    c_field_holes(file, part, &holes);
    for (size_t i = 0; i < common->count; i++) VEC_PUSH(file->arena, holes) = common->at[i];
    c_fill_section(out, cl_file_text, section, &holes);
}

static void print_header(CFile *file, const CPart *part, size_t parts, const CHoles *holes, Text *out)
{
    c_fill_section(out, cl_file_text, "header.head", holes);
    for (size_t i = 0; i < parts; i++)
        if (part[i].field) print_field(file, &part[i], holes, "header.field", out);
        else cl_print_model(file, &part[i], holes, "header.model", out);
    c_fill_section(out, cl_file_text, "header.tail", holes);
}

/* ---- the source --------------------------------------------------------------------------------- */

/* Models, and fields for engines and for groups of work-items, get a Program of their own, in which there are kernels. */
static EmitInput input_of(Arena *arena, const EmitInput *in, const EmitOptions *options)
{
    const LoweredModel **model = NEW_ARRAY(arena, const LoweredModel *, in->models + 1);
    const Lowered **field = NEW_ARRAY(arena, const Lowered *, in->fields + 1);
    for (size_t i = 0; i < in->models; i++) model[i] = cl_launched(arena, in->model[i]);
    for (size_t i = 0; i < in->fields; i++) field[i] = options->module || options->lanes ? cl_launched_field(arena, in->field[i]) : in->field[i];
    return (EmitInput){ .field = field, .fields = in->fields, .model = model, .models = in->models };
}

static void name_functions(CFile *file, CPart *part, size_t parts)
{
    for (size_t i = 0; i < parts; i++)
        if (part[i].field) cl_name_functions(file, &part[i]);
        else cl_launch_entries(file, &part[i]);
}

static CFile cl_file_new(const EmitInput *fields, const EmitOptions *options, Arena *arena)
{
    CFile file = c_file_new(fields, options, arena);
    file.opencl = true;
    file.driven = options->module;
    file.shim = cl_shim_text;
    return file;
}

static void print_source(CFile *file, const CPart *part, size_t parts, const CHoles *holes, Text *source)
{
    Text head = { .arena = file->arena }, math = head, shim = head;
    size_t begin = source->length;
    for (size_t i = 0; i < parts; i++) {
        c_print_functions(file, &part[i], source);
        cl_print_kernels(file, &part[i], source);
        cl_print_launches(file, &part[i], source);
    }
    c_print_math(file, &math);
    c_need(file, "types");
    c_print_shim(file, &shim);

    c_fill_section(&head, cl_file_text, "source.head", holes);
    text_add(&head, "/* ---- vectors: sixteen lanes ----------------------------------------------------------- */\n\n");
    text_add(&head, text_string(&shim));
    if (math.length) text_add(&head, "/* ---- functions by polynomials, the same bits everywhere --------------------------- */\n\n");
    text_add(&head, text_string(&math));
    text_add(&head, "/* ---- kernels ------------------------------------------------------------------------ */\n\n");
    text_insert(source, begin, &head);
}

static void emit(const EmitInput *in, const EmitOptions *options, Text *source, Text *header)
{
    CPart *part;
    CHoles holes = { 0 };
    EmitInput own = input_of(source->arena, in, options);
    CFile file = cl_file_new(&own, options, source->arena);
    size_t parts = c_parts_new(&file, &own, &part);
    name_functions(&file, part, parts);
    c_file_holes(&file, part, parts, header != NULL, &holes);
    print_source(&file, part, parts, &holes, source);
    if (header) print_header(&file, part, parts, &holes, header);
    arena_free(&file.scratch);
}

const BackCall *back_opencl_calls(const EmitInput *in, const EmitOptions *options, Text *source)
{
    CPart *part;
    CHoles holes = { 0 };
    EmitInput own = input_of(source->arena, in, options);
    CFile file = cl_file_new(&own, options, source->arena);
    size_t parts = c_parts_new(&file, &own, &part);
    name_functions(&file, part, parts);
    c_file_holes(&file, part, parts, false, &holes);
    print_source(&file, part, parts, &holes, source);
    BackCall *calls = NEW_ARRAY(file.arena, BackCall, part->program->fn.count);
    cl_calls(&file, part, calls);
    cl_launch_calls(&file, part, calls);
    arena_free(&file.scratch);
    return calls;
}

/* Of the first field, or the first model where there is none; of nothing, nothing. */
static void host(const EmitInput *in, const EmitOptions *options, Text *out)
{
    CPart *part;
    if (!in->fields && !in->models) return;
    CHoles holes = { 0 };
    EmitInput first = { .field = in->field, .fields = in->fields > 0, .model = in->model, .models = !in->fields };
    EmitInput own = input_of(out->arena, &first, options);
    CFile file = cl_file_new(&own, options, out->arena);
    size_t parts = c_parts_new(&file, &own, &part);
    CMaker maker = { &file, part, &holes, out->arena };
    name_functions(&file, part, parts);
    const char *instance = part->field ? part->field->field->instance : part->model->model->instance;
    if (!instance) instance = part->field ? part->field->field->name : part->model->model->name;
    c_hole(&maker, "does", arena_printf(out->arena, part->field ? "solves %s for BATCH trajectories" : "trains and evaluates %s with BATCH samples", instance));
    c_file_holes(&file, part, parts, true, &holes);
    c_fill_section(out, cl_file_text, "host.head", &holes);
    if (part->field) print_field(&file, part, &holes, "host.field", out);
    else cl_print_model(&file, part, &holes, "host.model", out);
    arena_free(&file.scratch);
}

const Back back_opencl = { .name = "opencl", .emit = emit, .host = host };
