/* describe.c: definitions as data: names, shapes, sizes, the work of one evaluation.
 *
 * Work is counted on the tensor IR: a contraction costs a multiplication and an addition
 * per point of its box, a map one operation per element (exp and its kin counted apart). */
#include "library/library.h"

typedef VEC(nodec_row) Rows;
typedef VEC(nodec_definition) Definitions;

typedef struct Work { double flops, transcendentals; } Work;

static Work work_of(const Fn *fn)
{
    Work work = { 0 };
    for (Ref r = 1; r < fn->node.count; r++) {
        const Node *node = NODE(fn, r);
        double count = (double)shape_count(SHAPE(fn, r));
        if (node->op == OP_CON) {
            double points = 1;
            for (unsigned i = 0; i < CON(fn, r)->naxis; i++)
                if (CON(fn, r)->extent[i] != BATCH) points *= CON(fn, r)->extent[i];
            work.flops += points > count || CON(fn, r)->nopd > 1 ? 2 * points : 0;
        } else if (node->op >= OP_FIRST_MAP) {
            OpKind kind = (OpKind)op_info((Op)node->op)->kind;
            *(kind == OP_KIND_MATH || kind == OP_KIND_MACRO ? &work.transcendentals : &work.flops) += count;
        }
    }
    return work;
}

/* ---- rows ------------------------------------------------------------------------------- */

static nodec_row *add(Arena *arena, Rows *rows, int part, Name name, Shape shape, size_t offset, size_t count)
{
    VEC_PUSH(arena, *rows) = (nodec_row){ .part = part, .name = name, .offset = offset, .count = count };
    nodec_row *row = &rows->at[rows->count - 1];
    row->rank = shape.rank;
    for (unsigned i = 0; i < shape.rank; i++) row->shape[i] = shape.dim[i];
    return row;
}

static void add_params(Arena *arena, Rows *rows, const FieldParam *p, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(arena, rows, NODEC_PARAM, p[i].file_name, p[i].shape, p[i].offset, p[i].count)->positive = p[i].positive;
}

static void add_states(Arena *arena, Rows *rows, const FieldState *s, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(arena, rows, NODEC_STATE, s[i].name, s[i].shape, s[i].offset, s[i].count)->given = s[i].given;
}

static void add_outputs(Arena *arena, Rows *rows, const FieldOutput *o, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(arena, rows, NODEC_OUTPUT, o[i].name, o[i].shape, o[i].offset, o[i].count);
}

/* ---- definitions -------------------------------------------------------------------------- */

static nodec_definition field_as_data(Arena *arena, const Field *f)
{
    Rows rows = { 0 };
    Work work = work_of(f->f);
    add_states(arena, &rows, f->state.at, f->state.count);
    for (size_t i = 0; i < f->input.count; i++)
        add(arena, &rows, NODEC_INPUT, f->input.at[i].name, f->input.at[i].shape, f->input.at[i].offset, f->input.at[i].count);
    add_params(arena, &rows, f->param.at, f->param.count);
    add_outputs(arena, &rows, f->output.at, f->output.count);
    return (nodec_definition){
        .kind = NODEC_ODEF, .name = f->name, .instance = f->instance,
        .states = f->states, .inputs = f->inputs, .params = f->params, .outputs = f->outputs,
        .rows = rows.count, .row = rows.at, .uses_time = f->uses_time,
        .flops = work.flops, .transcendentals = work.transcendentals,
    };
}

static void add_solve(Arena *arena, Rows *rows, const ModelSolve *s)
{
    Work work = work_of(s->eval->f);
    nodec_row *row = add(arena, rows, NODEC_SOLVE, s->name, (Shape){ 0 }, 0, s->eval->states);
    row->from = s->from, row->to = s->to;
    row->flops = work.flops, row->transcendentals = work.transcendentals;
    add_states(arena, rows, s->eval->state.at, s->eval->state.count);
}

static nodec_definition model_as_data(Arena *arena, const Model *m)
{
    Rows rows = { 0 };
    Work work = work_of(m->eval);
    size_t buffers = 0;
    for (size_t i = 0; i < m->input.count; i++)
        add(arena, &rows, NODEC_INPUT, m->input.at[i].name, m->input.at[i].shape, m->input.at[i].offset,
            m->input.at[i].count)->classes = m->input.at[i].classes;
    add_params(arena, &rows, m->param.at, m->param.count);
    for (size_t i = 0; i < m->buffer.count; buffers += m->buffer.at[i++].count)
        add(arena, &rows, NODEC_BUFFER, m->buffer.at[i].file_name, m->buffer.at[i].shape, buffers, m->buffer.at[i].count);
    for (size_t i = 0; i < m->solve.count; i++) add_solve(arena, &rows, &m->solve.at[i]);
    add_outputs(arena, &rows, m->output.at, m->output.count);
    for (size_t i = 0; i < m->value.count; i++)
        add(arena, &rows, m->value.at[i].loss ? NODEC_LOSS : NODEC_METRIC, m->value.at[i].name, (Shape){ 0 }, i, 1);
    return (nodec_definition){
        .kind = NODEC_MODEL, .name = m->name, .instance = m->instance,
        .inputs = m->inputs, .params = m->params, .buffers = buffers, .outputs = m->outputs,
        .rows = rows.count, .row = rows.at,
        .flops = work.flops, .transcendentals = work.transcendentals,
    };
}

/* ---- the call ------------------------------------------------------------------------------- */

typedef struct Describing { const nodec_request *request; Definitions found; } Describing;

/* Everything the file has, and what is wrong with any of it. */
static void describe_all(nodec_unit *u, const nodec_request *r, Definitions *out)
{
    Type real = real_wanted(r);
    const Field *const *field;
    const Model *const *model;
    const Name *name;
    size_t fields = unit_fields(u->unit, real, &field, &u->diags);
    for (size_t i = 0; i < fields && !u->diags.errors; i++) VEC_PUSH(&u->arena, *out) = field_as_data(&u->arena, field[i]);
    size_t models = u->diags.errors ? 0 : unit_models(u->unit, real, &model, &u->diags);
    for (size_t i = 0; i < models && !u->diags.errors; i++) VEC_PUSH(&u->arena, *out) = model_as_data(&u->arena, model[i]);
    size_t experiments = unit_experiments(u->unit, &name);
    for (size_t i = 0; i < experiments; i++)
        if (unit_experiment(u->unit, name[i], NULL, 0, real, &u->diags))
            VEC_PUSH(&u->arena, *out) = (nodec_definition){ .kind = NODEC_EXPERIMENT, .name = name[i], .instance = name[i] };
}

static int describe(nodec_unit *u, void *arguments)
{
    Describing *call = arguments;
    nodec_request request;
    Wanted wanted;
    int outcome = request_read(u, call->request, &request);
    if (outcome) return outcome;
    if (!request.name) {
        describe_all(u, &request, &call->found);
        return unit_outcome(u);
    }
    if ((outcome = wanted_of(u, &request, &wanted))) return outcome;
    for (size_t i = 0; i < wanted.count; i++) VEC_PUSH(&u->arena, call->found) = field_as_data(&u->arena, wanted.field[i]);
    for (size_t i = 0; i < wanted.models; i++) VEC_PUSH(&u->arena, call->found) = model_as_data(&u->arena, wanted.model[i]);
    return NODEC_DONE;
}

int nodec_describe(nodec_unit *u, const nodec_request *request, const nodec_definition **definition, size_t *count)
{
    Describing call = { .request = request };
    if (definition) *definition = NULL;
    if (count) *count = 0;
    if (!u || !definition || !count) return NODEC_MISUSE;
    int outcome = unit_request(u, describe, &call, NULL);
    if (outcome) return outcome;
    *definition = call.found.at;
    *count = call.found.count;
    return NODEC_DONE;
}
