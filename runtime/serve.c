/* serve.c: tables become a module: copied, checked, and read into the rows of abi.h. */
#include "serve.h"

#include <stdlib.h>
#include <string.h>

#include "serve_in.h"

/* ---- checking --------------------------------------------------------------------------------- */

/* Tables may come from a file: no list reaches beyond the block, no text beyond its last byte, which is 0. */
static bool within(const served *s, serve_list l, size_t each)
{
    const size_t end = s->head->bytes;
    return l.at <= end && l.count <= (end - l.at) / each && l.at % _Alignof(uint32_t) == 0;
}

static bool rows_within(const served *s, serve_list l)
{
    const serve_row *row = serve_at(s, l.at);
    bool good = within(s, l, sizeof *row);
    for (size_t i = 0; good && i < l.count; i++) good = row[i].name < s->head->bytes && row[i].rank <= 4;
    return good;
}

/* The names of what `update` is given are looked up once. */
static bool reals_are_known(served *s)
{
    const serve_text *real = serve_at(s, s->head->reals.at);
    bool good = within(s, s->head->reals, sizeof *real) && s->head->reals.count <= sizeof s->real;
    for (size_t i = 0; good && i < s->head->reals.count; i++) {
        const int number = real[i] < s->head->bytes ? serve_real(serve_name(s, real[i])) : -1;
        good = number >= 0;
        s->real[i] = (unsigned char)number;
    }
    return good;
}

static bool head_is_sound(served *s)
{
    const serve_head *h = s->head;
    const serve_init *init = serve_at(s, h->init.at);
    const serve_row *param = serve_at(s, h->param.at);
    bool good = h->name < h->bytes && (h->real_bytes == 4 || h->real_bytes == 8) && rows_within(s, h->input) &&
                rows_within(s, h->output) && rows_within(s, h->param) && reals_are_known(s) &&
                within(s, h->init, sizeof *init) && h->init.count == h->param.count;
    for (size_t i = 0; good && i < h->init.count; i++)
        good = init[i].law != SERVE_TENSOR || within(s, (serve_list){init[i].values, param[i].count}, sizeof(double));
    return good && h->reals.count + 4 <= CALL_ARGS;
}

static bool field_is_sound(const served *s)
{
    const serve_field *f = s->field;
    return rows_within(s, f->state) && f->state.count && f->few.width && f->many.width &&
           (!f->input_default || within(s, (serve_list){f->input_default, s->head->inputs}, sizeof(double)));
}

static bool model_is_sound(const served *s)
{
    const serve_model *m = s->model;
    const serve_buffer *buffer = serve_at(s, m->buffer.at);
    const serve_draw *draw = serve_at(s, m->draw.at);
    const serve_where *where = serve_at(s, m->where.at);
    const serve_text *value = serve_at(s, m->value.at);
    const size_t bytes = s->head->bytes;
    bool good = within(s, m->buffer, sizeof *buffer) && within(s, m->draw, sizeof *draw) &&
                within(s, m->where, sizeof *where) && within(s, m->value, sizeof *value) && m->elsewhere < bytes &&
                m->value.count <= SERVE_VALUES;
    for (size_t i = 0; good && i < m->buffer.count; i++)
        good = buffer[i].row.name < bytes && within(s, (serve_list){buffer[i].initial, buffer[i].row.count}, sizeof(double));
    for (size_t i = 0; good && i < m->draw.count; i++) good = draw[i].name < bytes;
    for (size_t i = 0; good && i < m->where.count; i++) good = where[i].where < bytes;
    for (size_t i = 0; good && i < m->value.count; i++) good = value[i] < bytes;
    return good;
}

static bool is_sound(served *s, const void *tables, size_t bytes)
{
    serve_head head;
    if (bytes < sizeof head) return false;
    memcpy(&head, tables, sizeof head);
    if (head.version != SERVE_VERSION || head.bytes != bytes || s->block[bytes - 1]) return false;
    if (bytes < (head.of_model ? sizeof(serve_model) : sizeof(serve_field))) return false;
    s->head = (const serve_head *)s->block;
    s->bytes = s->head->real_bytes;
    s->model = head.of_model ? (const serve_model *)s->block : NULL;
    s->field = head.of_model ? NULL : (const serve_field *)s->block;
    return head_is_sound(s) && (s->model ? model_is_sound(s) : field_is_sound(s));
}

/* ---- rows of abi.h -------------------------------------------------------------------------------- */

/* Memory that goes with the module; NULL: there is none left, which `full` will tell. */
static void *room_for(served *s, size_t count, size_t bytes)
{
    return s->room[s->rooms++] = calloc(count + 1, bytes);
}

static bool full(const served *s)
{
    for (size_t i = 0; i < s->rooms; i++)
        if (!s->room[i]) return true;
    return false;
}

static void shape_to(size_t to[4], const serve_row *row)
{
    for (size_t i = 0; i < 4; i++) to[i] = row->shape[i];
}

/* A row of abi.h from one of the tables; they differ in what stands behind the shape. */
#define ROWS(function, type, behind)                                                                  \
    static const type *function(served *s, serve_list list)                                           \
    {                                                                                                 \
        const serve_row *from = serve_at(s, list.at);                                                 \
        type *to = room_for(s, list.count, sizeof *to);                                               \
        for (size_t i = 0; to && i < list.count; i++) {                                               \
            to[i].name = serve_name(s, from[i].name);                                                 \
            to[i].offset = from[i].offset;                                                            \
            to[i].count = from[i].count;                                                              \
            to[i].rank = from[i].rank;                                                                \
            shape_to(to[i].shape, &from[i]);                                                          \
            to[i].behind = from[i].flag;                                                              \
        }                                                                                             \
        return list.count ? to : NULL;                                                                \
    }

ROWS(state_rows, nodec_state, given)
ROWS(param_rows, nodec_param, positive)
ROWS(input_rows, nodec_input, classes)

static const nodec_buffer *buffer_rows(served *s, serve_list list)
{
    const serve_buffer *from = serve_at(s, list.at);
    nodec_buffer *to = room_for(s, list.count, sizeof *to);
    for (size_t i = 0; to && i < list.count; i++) {
        to[i] = (nodec_buffer){.name = serve_name(s, from[i].row.name), .offset = from[i].row.offset,
                               .count = from[i].row.count, .rank = from[i].row.rank, .slots = from[i].slots,
                               .stride = from[i].stride, .initial = serve_at(s, from[i].initial)};
        shape_to(to[i].shape, &from[i].row);
    }
    return list.count ? to : NULL;
}

static const nodec_drawn *draw_rows(served *s, serve_list list)
{
    const serve_draw *from = serve_at(s, list.at);
    nodec_drawn *to = room_for(s, list.count, sizeof *to);
    for (size_t i = 0; to && i < list.count; i++)
        to[i] = (nodec_drawn){serve_name(s, from[i].name), from[i].offset, from[i].count, (int)from[i].law, from[i].a, from[i].b};
    return list.count ? to : NULL;
}

static const char *const *names(served *s, serve_list list)
{
    const serve_text *from = serve_at(s, list.at);
    const char **to = room_for(s, list.count, sizeof *to);
    for (size_t i = 0; to && i < list.count; i++) to[i] = serve_name(s, from[i]);
    return list.count ? to : NULL;
}

/* Doubles as reals of the module. */
static const void *reals(served *s, uint32_t at, size_t count)
{
    const double *from = serve_at(s, at);
    void *to = at ? room_for(s, count, s->bytes) : NULL;
    for (size_t i = 0; to && i < count; i++) {
        if (s->bytes == sizeof(float)) ((float *)to)[i] = (float)from[i];
        else ((double *)to)[i] = from[i];
    }
    return to;
}

static void make_module(served *s)
{
    const serve_head *h = s->head;
    const serve_field *f = s->field;
    nodec_module *m = &s->as.module;
    *m = (nodec_module){
        .version = 2, .real_bytes = h->real_bytes, .name = serve_name(s, h->name), .states = f->states,
        .params = h->params, .inputs = h->inputs, .outputs = h->outputs, .state_rows = f->state.count,
        .param_rows = h->param.count, .input_rows = h->input.count,
        .output_rows = h->output.count ? h->output.count : f->state.count,
        .state = state_rows(s, f->state), .input = state_rows(s, h->input), .param = param_rows(s, h->param),
        .input_default = reals(s, f->input_default, h->inputs), .moments = f->trains ? h->moments : 0,
        .options = {.size = sizeof(nodec_options), .h_max = f->h_max, .steps = f->steps, .max_steps = f->max_steps},
        .code = &s->code
    };
    m->output = h->output.count ? state_rows(s, h->output) : m->state;
    field_functions(s);
}

static void make_model(served *s)
{
    const serve_head *h = s->head;
    const serve_model *f = s->model;
    s->as.model = (nodec_model){
        .version = 2, .real_bytes = h->real_bytes, .name = serve_name(s, h->name), .inputs = h->inputs,
        .outputs = h->outputs, .params = h->params, .buffers = f->buffers, .draws = f->draws,
        .values = f->value.count, .losses = f->losses, .input_rows = h->input.count, .output_rows = h->output.count,
        .param_rows = h->param.count, .buffer_rows = f->buffer.count, .draw_rows = f->draw.count,
        .input = input_rows(s, h->input), .output = input_rows(s, h->output), .param = param_rows(s, h->param),
        .buffer = buffer_rows(s, f->buffer), .draw = draw_rows(s, f->draw), .value = names(s, f->value),
        .moments = f->trains ? h->moments : 0, .steps = f->steps, .evaluations = f->evaluations, .pulls = f->pulls,
        .flops_forward = f->flops_forward, .flops_train = f->trains ? f->flops_train : 0, .code = &s->code
    };
    model_functions(s);
}

/* ---- open and close ---------------------------------------------------------------------------------- */

static served *refused(served *s, const nodec_code *code, nodec_fault *fault, int status, const char *why)
{
    if (s) served_close(s);
    else if (code->close) code->close(code->self);
    fault_set(fault, status, "%s", why);
    return NULL;
}

served *served_open(const void *tables, size_t bytes, const nodec_code *code, nodec_fault *fault)
{
    served *s = calloc(1, sizeof *s);
    if (!s) return refused(s, code, fault, NODEC_EXIT_IO, "out of memory");
    s->code = *code;
    s->block = malloc(bytes + 1);
    if (!s->block) return refused(s, code, fault, NODEC_EXIT_IO, "out of memory");
    memcpy(s->block, tables, bytes);
    if (!is_sound(s, tables, bytes)) return refused(s, code, fault, NODEC_EXIT_BUG, "the tables of a module are damaged");
    (s->field ? make_module : make_model)(s);
    return !march_open(s) || full(s) ? refused(s, code, fault, NODEC_EXIT_IO, "out of memory") : s;
}

void served_close(served *s)
{
    if (!s) return;
    if (s->code.close) s->code.close(s->code.self);
    for (size_t i = 0; i < s->rooms; i++) free(s->room[i]);
    march_close(s);
    free(s->block);
    free(s);
}

const nodec_module *served_module(const served *s) { return s->field ? &s->as.module : NULL; }
const nodec_model *served_model(const served *s) { return s->model ? &s->as.model : NULL; }
