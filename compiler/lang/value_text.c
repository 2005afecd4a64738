/* value_text.c: a clause's value, and an experiment, as they would be written. */
#include "lang/lang.h"

#include <string.h>

static void print_tensor(const Value *v, unsigned depth, size_t *at, Text *out)
{
    if (depth == v->shape.rank) {
        text_real(out, v->tensor[(*at)++], false);
        return;
    }
    text_add(out, "[");
    for (uint32_t i = 0; i < v->shape.dim[depth]; i++) {
        if (i) text_add(out, ", ");
        print_tensor(v, depth + 1, at, out);
    }
    text_add(out, "]");
}

/* Arguments that were given, not defaults. */
static void print_args(const Value *v, const char *open, Text *out)
{
    bool any = false;
    for (size_t i = 0; i < v->count; i++) {
        if (!v->arg[i].at.source) continue;
        text_add(out, any ? ", " : open);
        if (v->arg[i].name) text_printf(out, "%s = ", v->arg[i].name);
        value_print(v->arg[i].value, out);
        any = true;
    }
    if (any) text_add(out, ")");
}

static void print_field(const Value *v, Text *out)
{
    const char *instance = v->field->instance;
    size_t n = strlen(instance);
    bool closed = n && instance[n - 1] == ')';
    text_add_n(out, instance, v->count && closed ? n - 1 : n);
    if (v->count) print_args(v, closed ? ", " : "(", out);
}

void value_print(const Value *v, Text *out)
{
    size_t at = 0;
    switch (v->kind) {
    case VALUE_NONE:   text_add(out, "none"); break;
    case VALUE_BOOL:   text_add(out, v->integer ? "true" : "false"); break;
    case VALUE_INT:    text_printf(out, "%lld", (long long)v->integer); break;
    case VALUE_REAL:   text_real(out, v->real, false); break;
    case VALUE_STRING: text_printf(out, "\"%s\"", v->name); break;
    case VALUE_NAME:
    case VALUE_EXPRESSION: text_add(out, v->name); break;
    case VALUE_LIST:
        for (size_t i = 0; i < v->count; i++) {
            text_add(out, i ? ", " : "[");
            value_print(v->item[i], out);
        }
        text_add(out, v->count ? "]" : "[]");
        break;
    case VALUE_CALL:
        if (v->item) {
            value_print(v->item[0], out);
            text_add(out, " |> ");
        }
        text_add(out, v->name);
        print_args(v, "(", out);
        break;
    case VALUE_TENSOR:
        if (v->name) text_add(out, v->name);
        else print_tensor(v, 0, &at, out);
        break;
    case VALUE_FIELD:  print_field(v, out); break;
    case VALUE_MODEL:  text_add(out, v->model->instance); break;
    case VALUE_SPAN:
        text_real(out, v->from, false);
        text_add(out, " .. ");
        text_real(out, v->to, false);
        break;
    }
}

const Value *value_argument(const Value *call, const char *name)
{
    for (size_t i = 0; call && (call->kind == VALUE_CALL || call->kind == VALUE_FIELD) && i < call->count; i++)
        if (call->arg[i].name && !strcmp(call->arg[i].name, name)) return call->arg[i].value;
    return NULL;
}

void experiment_print(const Experiment *e, Text *out)
{
    int widest = 0;
    for (size_t i = 0; i < e->clause.count; i++)
        if ((int)strlen(e->clause.at[i].path) > widest) widest = (int)strlen(e->clause.at[i].path);
    text_printf(out, "experiment %s {\n", e->name);
    for (size_t i = 0; i < e->clause.count; i++) {
        text_printf(out, "    %-*s = ", widest, e->clause.at[i].path);
        value_print(e->clause.at[i].value, out);
        text_add(out, "\n");
    }
    text_add(out, "}\n");
}
