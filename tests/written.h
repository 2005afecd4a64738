/* written.h: fields written as tensor IR, of every kind that lowering tells apart: linear,
 * a network, with time, with inputs, of second order, of matrices, with a maximum, too wide
 * for local arrays, with a start and observables of its own.                            */
#ifndef ND_TEST_WRITTEN_H
#define ND_TEST_WRITTEN_H

#include "ir/field.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct Written { const char *name, *text; } models[] = {
    { "linear", "fn linear(state x: f64[B 2], time t: f64[B], param W: f64[2 2]) : f64 {"
      "  %1 = con [B i | j] W[i j] * x[B j] : f64[B 2]"
      "  result dx = %1 }" },
    { "mlp", "fn mlp(state x: f64[B 2], time t: f64[B], param W1: f64[16 2], param b1: f64[16],"
      "        param W2: f64[16 16], param b2: f64[16], param W3: f64[2 16], param b3: f64[2]) : f64 {"
      "  %1 = con [B i | j] W1[i j] * x[B j] : f64[B 16]   %2 = con [B i |] b1[i] : f64[B 16]"
      "  %3 = add %1 %2 : f64[B 16]                        %4 = elu %3 : f64[B 16]"
      "  %5 = con [B i | j] W2[i j] * %4[B j] : f64[B 16]  %6 = con [B i |] b2[i] : f64[B 16]"
      "  %7 = add %5 %6 : f64[B 16]                        %8 = elu %7 : f64[B 16]"
      "  %9 = con [B i | j] W3[i j] * %8[B j] : f64[B 2]   %10 = con [B i |] b3[i] : f64[B 2]"
      "  %11 = add %9 %10 : f64[B 2]"
      "  result dx = %11 }" },
    { "timed", "fn timed(state x: f64[B 2], time t: f64[B], param W1: f64[13 3], param b1: f64[13],"
      "        param W2: f64[2 13]) : f64 {"
      "  %1 = con [B i | ] x[B i] : f64[B 3]               %2 = con [B 2 | ] t[B] : f64[B 3]"
      "  %3 = add %1 %2 : f64[B 3]                         %4 = con [B i | j] W1[i j] * %3[B j] : f64[B 13]"
      "  %5 = con [B i |] b1[i] : f64[B 13]                %6 = add %4 %5 : f64[B 13]"
      "  %7 = tanh %6 : f64[B 13]                          %8 = con [B i | j] W2[i j] * %7[B j] : f64[B 2]"
      "  result dx = %8 }" },
    { "driven", "fn driven(state x: f64[B 3], time t: f64[B], input u: f64[B 2], input v: f64[B],"
      "        param W: f64[3 3], param V: f64[3 2], param c: f64[]) : f64 {"
      "  %1 = con [B i | j] W[i j] * x[B j] : f64[B 3]     %2 = con [B i | j] V[i j] * u[B j] : f64[B 3]"
      "  %3 = add %1 %2 : f64[B 3]                         %4 = con [B i |] v[B] * c[] : f64[B 3]"
      "  %5 = add %3 %4 : f64[B 3]                         %6 = tanh %5 : f64[B 3]"
      "  result dx = %6 }" },
    { "pendulum", "fn pendulum(state x: f64[B 2], state v: f64[B 2], time t: f64[B], param k: f64[], param c: f64[2]) : f64 {"
      "  %1 = con [B i |] k[] : f64[B 2]                 %2 = sin x : f64[B 2]"
      "  %3 = mul %1 %2 : f64[B 2]                         %4 = con [B i |] c[i] : f64[B 2]"
      "  %5 = exp %4 : f64[B 2]                            %6 = mul %5 v : f64[B 2]"
      "  %7 = add %3 %6 : f64[B 2]                         %8 = neg %7 : f64[B 2]"
      "  %9 = cos t : f64[B]                               %10 = con [B i |] %9[B] : f64[B 2]"
      "  %11 = add %8 %10 : f64[B 2]"
      "  result dx = v  result dv = %11 }" },
    { "matrix", "fn matrix(state M: f64[B 2 3], state s: f64[B], time t: f64[B], param A: f64[2 2], param C: f64[3 3]) : f64 {"
      "  %1 = con [B i j | k] A[i k] * M[B k j] : f64[B 2 3]"
      "  %2 = con [k j | m] C[k m] * C[j m] : f64[3 3]"
      "  %3 = con [B i j | k] M[B i k] * %2[k j] : f64[B 2 3]"
      "  %4 = sub %1 %3 : f64[B 2 3]                       %5 = con [B | i j] M[B i j] * M[B i j] : f64[B]"
      "  %6 = mul t s : f64[B]                             %7 = sub %5 %6 : f64[B]"
      "  result dM = %4  result ds = %7 }" },
    { "softmax", "fn softmax(state x: f64[B 5], time t: f64[B], param W: f64[5 5], param V: f64[5 5]) : f64 {"
      "  %1 = con [B i | j] W[i j] * x[B j] : f64[B 5]     %2 = peak_max %1 over 1 : f64[B]"
      "  %3 = con [B i |] %2[B] : f64[B 5]               %4 = sub %1 %3 : f64[B 5]"
      "  %5 = exp %4 : f64[B 5]                            %6 = con [B | i] %5[B i] : f64[B]"
      "  %7 = con [B i |] %6[B] : f64[B 5]               %8 = div %5 %7 : f64[B 5]"
      "  %9 = con [B i | j] V[i j] * %8[B j] : f64[B 5]    %10 = sub %9 x : f64[B 5]"
      "  result dx = %10 }" },
    /* more than local arrays hold: what is beyond goes to the block's scratch */
    { "wide", "fn wide(state x: f64[B 2], time t: f64[B], param W1: f64[70 2], param b1: f64[70], param c: f64[70],"
      "        param W2: f64[2 70]) : f64 {"
      "  %1 = con [B i | j] W1[i j] * x[B j] : f64[B 70]   %2 = con [B i |] b1[i] : f64[B 70]"
      "  %3 = add %1 %2 : f64[B 70]                        %4 = tanh %3 : f64[B 70]"
      "  %5 = con [B i |] c[i] : f64[B 70]                 %6 = mul %4 %5 : f64[B 70]"
      "  %7 = sin %6 : f64[B 70]                           %8 = con [B i | j] W2[i j] * %7[B j] : f64[B 2]"
      "  result dx = %8 }" },
};

/* A field whose initial state and observables are functions too. */
static const char *const start_text =
    "fn start(state x: f64[B 2], input u: f64[B 2], param w: f64[2], param k: f64[]) : f64 {"
    "  %1 = con [B i |] w[i] : f64[B 2]  %2 = mul %1 u : f64[B 2]  %3 = tanh %2 : f64[B 2]"
    "  %4 = con [B |] k[] : f64[B]  result y = %3 }";
static const char *const observe_text =
    "fn observe(state x: f64[B 2], state y: f64[B 2], time t: f64[B], input u: f64[B 2], param w: f64[2], param k: f64[]) : f64 {"
    "  %1 = mul x y : f64[B 2]            %2 = con [B i |] t[B] * u[B i] : f64[B 2]"
    "  %3 = add %1 %2 : f64[B 2]          %4 = con [B | i] %3[B i] * w[i] : f64[B]"
    "  %5 = exp %4 : f64[B]               result p = %3  result q = %5 }";
static const struct Written observed = { "observed",
    "fn observed(state x: f64[B 2], state y: f64[B 2], time t: f64[B], input u: f64[B 2], param w: f64[2], param k: f64[]) : f64 {"
    "  %1 = con [B i |] k[] * x[B i] : f64[B 2]  %2 = add %1 u : f64[B 2]  %3 = con [B i |] w[i] * y[B i] : f64[B 2]"
    "  result dx = %2  result dy = %3 }" };

static inline Shape without_batch(Shape s)
{
    if (s.rank && s.dim[0] == BATCH) {
        memmove(s.dim, s.dim + 1, (s.rank - 1u) * sizeof *s.dim);
        s.rank--;
    }
    return s;
}

static inline Fn *fn_of_text(Arena *arena, Names *names, const char *text)
{
    Diags diags = { .arena = arena };
    Source source = { .path = "test", .text = text, .length = strlen(text) };
    Fn *fn = ir_parse(arena, names, &source, &diags);
    cr_assert(fn && !diags.errors, "%s", diags.list.count ? diags.list.at[0].text : "no function");
    const char *wrong = ir_verify(fn, arena);
    cr_assert(!wrong, "%s", wrong);
    return fn;
}

static inline Field *field_of(Arena *arena, Names *names, const struct Written *model)
{
    Field *field = NEW(arena, Field);
    field->f = fn_of_text(arena, names, model->text);
    field->name = field->instance = field->f->name;
    field->uses_time = true;
    for (size_t i = 0; i < field->f->symbol.count; i++) {
        const Symbol *s = &field->f->symbol.at[i];
        Shape shape = without_batch(s->shape);
        uint32_t count = (uint32_t)shape_count(shape);
        if (s->role == ROLE_STATE) {
            VEC_PUSH(arena, field->state) = (FieldState){ s->name, shape, field->states, count, true };
            field->states += count;
        }
        if (s->role == ROLE_INPUT) {
            VEC_PUSH(arena, field->input) = (FieldInput){ .name = s->name, .shape = shape, .offset = field->inputs, .count = count };
            field->inputs += count;
        }
        if (s->role == ROLE_PARAM) {
            VEC_PUSH(arena, field->param) = (FieldParam){ .name = s->name, .shape = shape, .offset = field->params, .count = count };
            field->params += count;
        }
        if (s->role == ROLE_TIME) field->time = s->name;
    }
    return field;
}

#endif
