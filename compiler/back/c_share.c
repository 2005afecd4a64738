/* c_share.c: what is alike in a program is printed once.
 *
 * In: a field or a model. Out: the same, its loops shared (loop/share.h) as far as that
 * saves a compiler work: in models, and in fields so large that a call is nothing beside
 * what it does; and long loops of models are for many threads. The engine llvm takes it
 * so, too; OpenCL has other uses for whole functions. */
#include "back/c.h"
#include "loop/copy.h"
#include "loop/share.h"

enum { LARGE = 512 };               /* states of a field                           */

static void move(uint32_t *entry, const uint32_t *place)
{
    if (*entry != NO_ENTRY) *entry = place[*entry];
}

static void move_serving(Serving *s, const uint32_t *place)
{
    uint32_t *const entry[] = { &s->entry.f, &s->entry.vjp, &s->entry.jvp, &s->entry.solve, &s->entry.gradient, &s->entry.start,
                                &s->entry.start_vjp, &s->entry.observe, &s->entry.observe_vjp, &s->entry.survey, &s->entry.conclude };
    for (size_t i = 0; i < COUNT(entry); i++) move(entry[i], place);
}

static const Lowered *share_field(Arena *arena, const Lowered *from)
{
    if (from->field->states < LARGE) return from;
    Lowered *to = arena_copy(arena, from, sizeof *from);
    to->program = program_copy(arena, from->program);
    const uint32_t *place = loop_share(to->program);
    uint32_t *const entry[] = { &to->loss, &to->update, &to->norm, &to->clear, &to->add, &to->ahead.judge,
                                &to->ahead.scale, &to->ahead.save };
    for (size_t i = 0; i < COUNT(entry); i++) move(entry[i], place);
    move_serving(&to->few, place);
    move_serving(&to->many, place);
    return to;
}

static const LoweredModel *share_model(Arena *arena, const LoweredModel *from)
{
    LoweredModel *to = arena_copy(arena, from, sizeof *from);
    to->program = program_copy(arena, from->program);
    loop_spread(to->program);
    const uint32_t *place = loop_share(to->program);
    uint32_t *const entry[] = { &to->forward, &to->train, &to->update, &to->norm, &to->ahead.judge, &to->ahead.scale,
                                &to->ahead.save };
    for (size_t i = 0; i < COUNT(entry); i++) move(entry[i], place);
    return to;
}

EmitInput c_share(Arena *arena, const EmitInput *in)
{
    const Lowered **field = NEW_ARRAY(arena, const Lowered *, in->fields + 1);
    const LoweredModel **model = NEW_ARRAY(arena, const LoweredModel *, in->models + 1);
    EmitInput out = *in;
    for (size_t i = 0; i < in->fields; i++) field[i] = share_field(arena, in->field[i]);
    for (size_t i = 0; i < in->models; i++) model[i] = share_model(arena, in->model[i]);
    out.field = field;
    out.model = model;
    return out;
}
