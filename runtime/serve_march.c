/* serve_march.c: steps that are queued and looked at together, see march.h.
 *
 * What the driver of a single step has on its stack lies on a board, which the engine
 * keeps from begin to look:
 *
 *     fail | losses and metrics | norm | what `judge` leaves (entry.h), with a row per step
 *
 * Nothing comes back but the board, when somebody looks. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "march.h"
#include "real.h"
#include "serve_in.h"

enum { MOST = 64 };                 /* steps                                        */

struct serve_march {
    nodec_march face;               /* first: what the runtime sees                 */
    served *of;
    bool    on;
    size_t  values, losses, row;    /* row: how many steps are queued               */
    size_t  place[BOARD_PLACES + 1];            /* in reals                         */
    void   *board;
    double *told;                   /* [MOST][values + 1]                           */
    void   *buffers, *before;       /* of the model: the caller's, and as they were before the step */
};

static size_t board_bytes(const serve_march *m) { return m->place[BOARD_PLACES] * m->of->bytes; }
static size_t buffer_bytes(const serve_march *m) { return (m->of->model ? m->of->model->buffers : 0) * m->of->bytes; }

bool serve_marches(const served *s) { return s->march && s->march->on; }

void *serve_board(const served *s, serve_place place, void *own)
{
    return serve_marches(s) ? (char *)s->march->board + s->march->place[place] * s->bytes : own;
}

/* ---- what stands between the kernels of a step --------------------------------------------------- */

int march_buffers(const served *s, void *buffers)
{
    serve_march *m = s->march;
    serve_call c;
    call_begin(&c, s);
    if (!serve_marches(s) || !s->model->buffers) return NODEC_OK;
    m->buffers = buffers;
    call_array(&c, m->before, s->model->buffers);
    call_array(&c, buffers, s->model->buffers);
    return call_run(&c, s->model->save, NULL);
}

/* The gradient's norm lies on the board. */
int march_judge(const served *s, const nodec_update *u, void *g_theta)
{
    serve_march *m = s->march;
    const size_t params = s->head->params;
    serve_call judge = {.of = s}, scale = judge;
    call_whole(&judge, params);
    call_whole(&judge, m->values);
    call_whole(&judge, m->losses);
    call_whole(&judge, m->row++);
    call_real(&judge, u->clip);
    call_array(&judge, g_theta, params);
    call_array(&judge, serve_board(s, BOARD_VALUES, NULL), m->values);
    call_array(&judge, serve_board(s, BOARD_NORM, NULL), OUT_REALS);
    call_array(&judge, serve_board(s, BOARD_JUDGED, NULL), m->place[BOARD_PLACES] - m->place[BOARD_JUDGED]);
    const int status = call_run(&judge, s->head->judge, NULL);
    if (status || !(u->clip > 0)) return status;
    call_array(&scale, g_theta, params);
    call_array(&scale, serve_board(s, BOARD_JUDGED, NULL), m->place[BOARD_PLACES] - m->place[BOARD_JUDGED]);
    return call_run(&scale, s->head->scale, NULL);
}

/* ---- begin and look ------------------------------------------------------------------------------- */

static int begin(void *self)
{
    serve_march *m = self;
    const nodec_code *code = &m->of->code;
    memset(m->board, 0, board_bytes(m));
    m->row = 0;
    m->buffers = NULL;
    int status = code->keep(code->self, m->board, board_bytes(m), 0);
    if (!status && buffer_bytes(m)) status = code->keep(code->self, m->before, buffer_bytes(m), 1);
    if (!status) status = code->ahead(code->self, 1);
    m->on = !status;
    return status;
}

static int restore_buffers(const serve_march *m)
{
    const served *s = m->of;
    serve_call c;
    call_begin(&c, s);
    if (!m->buffers) return NODEC_OK;
    call_array(&c, m->buffers, s->model->buffers);
    call_array(&c, m->before, s->model->buffers);
    return call_run(&c, s->model->save, NULL);
}

static double on_board(const serve_march *m, serve_place place, size_t i)
{
    return real_at(m->board, m->of->bytes, m->place[place] + i);
}

static void read_board(serve_march *m, int status, nodec_marched *out)
{
    const size_t width = m->values + 1;
    *out = (nodec_marched){.steps = (size_t)on_board(m, BOARD_JUDGED, NODEC_JUDGED_STEPS), .row = m->told, .width = width,
                           .status = status};
    for (size_t i = 0; i < out->steps * width; i++) m->told[i] = on_board(m, BOARD_JUDGED, NODEC_JUDGED_ROWS + i);
    if (status && status != NODEC_UNSOUND)
        (m->of->field ? field_failed : model_failed)(m->of, (const char *)m->board + m->place[BOARD_FAIL] * m->of->bytes, &out->report);
}

static int look(void *self, nodec_marched *out)
{
    serve_march *m = self;
    const nodec_code *code = &m->of->code;
    const int status = code->ahead(code->self, 0);
    *out = (nodec_marched){.status = status};
    m->on = false;
    if (status != NODEC_BROKEN && code->fetch(code->self, m->board)) out->status = NODEC_BROKEN;
    if (out->status != NODEC_BROKEN) read_board(m, status, out);
    if (status && out->status != NODEC_BROKEN && restore_buffers(m)) out->status = NODEC_BROKEN;
    if (buffer_bytes(m)) code->drop(code->self, m->before);
    code->drop(code->self, m->board);
    return out->status == NODEC_BROKEN ? NODEC_BROKEN : NODEC_OK;
}

/* ---- open and close -------------------------------------------------------------------------------- */

static void lay_out(serve_march *m)
{
    const size_t reals[BOARD_PLACES] = {OUT_REALS, size_round(m->values), OUT_REALS, NODEC_JUDGED_ROWS + MOST * (m->values + 1)};
    for (size_t i = 0; i < BOARD_PLACES; i++) m->place[i + 1] = m->place[i] + reals[i];
}

bool march_open(served *s)
{
    const bool trains = s->field ? s->field->trains : s->model->trains;
    if (!s->code.ahead || !trains) return true;
    serve_march *m = s->march = calloc(1, sizeof *m);
    if (!m) return false;
    *m = (serve_march){.face = {m, MOST, begin, look}, .of = s, .values = s->field ? 1 : s->model->value.count,
                       .losses = s->field ? 1 : s->model->losses};
    lay_out(m);
    m->board = calloc(m->place[BOARD_PLACES], s->bytes);
    m->before = calloc(buffer_bytes(m) + 1, 1);
    m->told = calloc(MOST * (m->values + 1), sizeof *m->told);
    if (s->field) s->as.module.march = &m->face;
    else s->as.model.march = &m->face;
    return m->board && m->before && m->told;
}

void march_close(served *s)
{
    if (!s->march) return;
    free(s->march->board);
    free(s->march->before);
    free(s->march->told);
    free(s->march);
}
