/* c_module.c: what `nodec run` loads: the tables of runtime/abi.h and the
 * public functions behind void pointers, from c_module.in. */
#include "back/c.h"
#include "c_module_text.h"

#include <string.h>

static void state_row(Text *out, Name name, Shape shape, uint32_t offset, uint32_t count, bool given)
{
    bool flat = shape.rank > 4;
    text_printf(out, "    { \"%s\", %u, %u, %u, {", name, offset, count, flat ? 1 : shape.rank);
    for (unsigned i = 0; i < 4; i++)
        text_printf(out, "%s %u", i ? "," : "", flat ? (i ? 0 : count) : i < shape.rank ? shape.dim[i] : 0);
    text_printf(out, " }, %d },\n", given);
}

static const char *input_default(CFile *file, const Field *field)
{
    Text out = { .arena = file->arena };
    for (size_t i = 0; i < field->input.count; i++) {
        const FieldInput *in = &field->input.at[i];
        for (uint32_t k = 0; k < in->count; k++) {
            if (out.length) text_add(&out, ", ");
            c_print_number(file, &out, in->has_default && in->tensor ? in->tensor[k] : 0);
        }
    }
    bool all = field->input.count > 0;
    for (size_t i = 0; i < field->input.count; i++) all &= field->input.at[i].has_default;
    return all ? text_string(&out) : NULL;
}

static void print_field(CFile *file, const CPart *part, Text *out)
{
    const Field *field = part->field->field;
    Text state = { .arena = file->arena }, input = state, output = state;
    for (size_t i = 0; i < field->state.count; i++) {
        const FieldState *s = &field->state.at[i];
        state_row(&state, s->name, s->shape, s->offset, s->count, s->given);
        if (!field->output.count) state_row(&output, s->name, s->shape, s->offset, s->count, s->given);
    }
    for (size_t i = 0; i < field->output.count; i++) {
        const FieldOutput *o = &field->output.at[i];
        state_row(&output, o->name, o->shape, o->offset, o->count, false);
    }
    for (size_t i = 0; i < field->input.count; i++) {
        const FieldInput *in = &field->input.at[i];
        state_row(&input, in->name, in->shape, in->offset, in->count, !in->has_default);
    }

    CHoles holes = { 0 };
    c_field_holes(file, part, &holes);
    const CHole more[] = {
        { "state_table", text_string(&state) }, { "output_table", text_string(&output) },
        { "input_table", text_string(&input) }, { "input_default", input_default(file, field) },
        { "state_rows", arena_printf(file->arena, "%zu", field->state.count) },
        { "input_rows", arena_printf(file->arena, "%zu", field->input.count) },
        { "output_rows", arena_printf(file->arena, "%zu",
                                      field->output.count ? field->output.count : field->state.count) },
    };
    for (size_t i = 0; i < COUNT(more); i++) VEC_PUSH(file->arena, holes) = more[i];
    c_fill_section(out, c_module_text, "field", &holes);
}

static void print_model(CFile *file, const CPart *part, Text *out)
{
    const Model *model = part->model->model;
    Text draw = { .arena = file->arena }, value = draw;
    for (size_t i = 0; i < model->draw.count; i++) {
        const ModelDraw *d = &model->draw.at[i];
        text_printf(&draw, "    { \"%s\", %u, %u, %d, ", d->name, d->offset, d->count, (int)d->kind);
        text_real(&draw, d->a, false);
        text_add(&draw, ", ");
        text_real(&draw, d->b, false);
        text_add(&draw, " },\n");
    }
    for (size_t i = 0; i < model->value.count; i++) text_printf(&value, "%s\"%s\"", i ? ", " : "", model->value.at[i].name);

    CHoles holes = { 0 };
    CMaker maker = { file, part, &holes, file->arena };
    c_model_holes(file, part, &holes);
    c_hole_text(&maker, "draw_table", &draw);
    c_hole_text(&maker, "value_table", &value);
    c_fill_section(out, c_module_text, "model", &holes);
}

void c_print_module(CFile *file, const CPart *part, Text *out)
{
    (part->field ? print_field : print_model)(file, part, out);
}
