/* val.c: making values, and saying what they are. */
#include "lang/elab.h"

#include <stdio.h>
#include <string.h>

const Val *val_kind(Elab *e, ValKind kind)
{
    Val *v = NEW(e->arena, Val);
    v->kind = kind;
    return v;
}

static Val *val_new(Elab *e, ValKind kind) { return (Val *)val_kind(e, kind); }

const Val *elab_bad(Elab *e) { return val_new(e, VAL_BAD); }

const Val *elab_error(Elab *e, Span at, const char *format, ...)
{
    Text text = { .arena = e->arena };
    va_list args;
    va_start(args, format);
    text_vprintf(&text, format, args);
    va_end(args);
    diag_error(e->diags, at, "%s", text_string(&text));
    if (e->spent) return elab_bad(e);
    int shown = 0;
    for (const Call *call = e->call; call && shown < 3; call = call->up, shown++)
        diag_note(e->diags, *call->at, "in `%s`, called here", call->name);
    return elab_bad(e);
}

const Val *val_int(Elab *e, int64_t number)
{
    Val *v = val_new(e, VAL_INT);
    v->integer = number;
    return v;
}

const Val *val_real(Elab *e, double number)
{
    Val *v = val_new(e, VAL_REAL);
    v->real = number;
    return v;
}

const Val *val_bool(Elab *e, bool truth)
{
    Val *v = val_new(e, VAL_BOOL);
    v->truth = truth;
    return v;
}

const Val *val_index(Elab *e, Index index)
{
    if (!index.n) return val_int(e, index.c);
    Val *v = val_new(e, VAL_INDEX);
    v->index = index;
    return v;
}

bool numbers_fit(Elab *e, uint64_t count, Span at)
{
    if (count <= MOST_NUMBERS) return true;
    elab_error(e, at, "this is a table of more than %d numbers known when the model is compiled", MOST_NUMBERS);
    return false;
}

const Val *val_array(Elab *e, Number number, unsigned rank, const Gen *const *dim, const double *at)
{
    Val *v = val_new(e, VAL_ARRAY);
    v->number = (uint8_t)number;
    v->rank = (uint8_t)rank;
    if (rank) memcpy(v->dim, dim, rank * sizeof *dim);
    v->array.at = at;
    return v;
}

/* The node `ref`: [B] axes, then dimensions, each read plainly. */
const Val *val_node(Elab *e, Ref ref, const Gen *const *gen, unsigned gens,
                    const Gen *const *dim, unsigned rank)
{
    Val *v = val_new(e, VAL_TENSOR);
    View *view = NEW(e->arena, View);
    v->rank = (uint8_t)rank;
    v->count = 1;
    uint8_t type = NODE(e->fn, ref)->type;
    v->number = type == TYPE_BOOL ? NUMBER_BOOL : type == TYPE_I32 ? NUMBER_INT : NUMBER_REAL;
    v->view = view;
    view->ref = ref;
    view->rank = (uint8_t)(gens + rank);
    for (unsigned i = 0; i < gens; i++) view->at[i] = index_of(gen[i]);
    for (unsigned i = 0; i < rank; i++) {
        v->dim[i] = dim[i];
        view->at[gens + i] = index_of(dim[i]);
    }
    return v;
}

const Gen *gen_new(Elab *e, uint32_t extent, Name name)
{
    Gen *gen = NEW(e->arena, Gen);
    gen->extent = extent;
    gen->serial = ++e->serial;
    gen->name = name;
    return gen;
}

/* ---- asking ----------------------------------------------------------------- */

Shape val_shape(const Val *v)
{
    Shape shape = { .rank = v->rank };
    for (unsigned i = 0; i < v->rank; i++) shape.dim[i] = v->dim[i]->extent;
    return shape;
}

bool val_known(const Val *v)
{
    return v->kind == VAL_INT || v->kind == VAL_REAL || v->kind == VAL_BOOL ||
           v->kind == VAL_INDEX || v->kind == VAL_ARRAY;
}

bool val_numeric(const Val *v)
{
    return v->kind == VAL_TENSOR || val_known(v);
}

bool val_truthful(const Val *v)
{
    return v->kind == VAL_BOOL || ((v->kind == VAL_ARRAY || v->kind == VAL_TENSOR) && v->number == NUMBER_BOOL);
}

bool val_label(const Val *v) { return v->kind == VAL_TENSOR && v->number == NUMBER_INT; }

bool val_scalar_number(const Val *v, double *out)
{
    if (v->kind == VAL_INT) *out = (double)v->integer;
    else if (v->kind == VAL_REAL) *out = v->real;
    else return false;
    return true;
}

bool val_batched(const Elab *e, const Val *v)
{
    if (v->kind != VAL_TENSOR) return false;
    for (unsigned i = 0; i < v->count; i++)
        if (shape_batched(SHAPE(e->fn, v->view[i].ref))) return true;
    return false;
}

typedef struct Gens { const Gen **at; unsigned count, room; const Val *of; } Gens;

static void gens_add(Gens *gens, const Gen *gen)
{
    for (unsigned i = 0; i < gens->of->rank; i++)
        if (gens->of->dim[i] == gen) return;
    unsigned i = 0;
    while (i < gens->count && gens->at[i]->serial < gen->serial) i++;
    if (i < gens->count && gens->at[i] == gen) return;
    if (gens->count == gens->room) return;
    memmove(gens->at + i + 1, gens->at + i, (gens->count - i) * sizeof *gens->at);
    gens->at[i] = gen;
    gens->count++;
}

static void gens_index(Gens *gens, const Index *index)
{
    for (unsigned t = 0; t < index->n; t++) {
        const Gen *gen = index->term[t].gen;
        gens_add(gens, gen->of ? gen->of : gen);
        if (gen->skip) gens_index(gens, gen->skip);
    }
}

unsigned val_gens(const Val *v, const Gen **out, unsigned room)
{
    Gens gens = { out, 0, room, v };
    if (v->kind == VAL_INDEX) gens_index(&gens, &v->index);
    if (v->kind == VAL_ARRAY)
        for (unsigned i = 0; i < v->count; i++) gens_add(&gens, v->array.gen[i]);
    if (v->kind == VAL_TENSOR)
        for (unsigned i = 0; i < v->count; i++)
            for (unsigned d = 0; d < v->view[i].rank; d++) gens_index(&gens, &v->view[i].at[d]);
    return gens.count;
}

/* ---- saying ------------------------------------------------------------------ */

static const char *shape_text(Elab *e, const Val *v)
{
    Text text = { .arena = e->arena };
    for (unsigned i = 0; i < v->rank; i++)
        text_printf(&text, "%s%u", i ? ", " : "[", v->dim[i]->extent);
    text_add(&text, "]");
    return text_string(&text);
}

const char *val_text(Elab *e, const Val *v)
{
    switch (v->kind) {
    case VAL_INT:     return arena_printf(e->arena, "%lld", (long long)v->integer);
    case VAL_REAL: {
        Text text = { .arena = e->arena };
        text_real(&text, v->real, false);
        return text_string(&text);
    }
    case VAL_BOOL:    return v->truth ? "true" : "false";
    case VAL_STRING:  return arena_printf(e->arena, "\"%s\"", v->string);
    case VAL_INDEX:   return "an index";
    case VAL_ARRAY:
    case VAL_TENSOR:
        if (v->rank) return arena_printf(e->arena, "%s%s", v->number == NUMBER_BOOL ? "conditions " : val_label(v) ? "whole numbers " : "", shape_text(e, v));
        if (val_label(v)) return "a whole number of the running model";
        return v->number == NUMBER_BOOL ? "a condition" : "a number";
    case VAL_RECORD:  return "several outputs";
    case VAL_LATER:   return "a value of the running model";
    case VAL_PARAM:   return "a parameter";
    case VAL_BUFFER:  return "a buffer";
    case VAL_DRAW:    return "a random draw";
    case VAL_SPAN:    return "a span of time";
    case VAL_OP:
    case VAL_BUILTIN: return "a function";
    case VAL_DEF:
        switch (v->def.def->kind) {
        case AST_FUNCTION: return "a function";
        case AST_LAYERDEF: return "a layer definition";
        case AST_ODEF:     return "an odef";
        case AST_MODEL:    return "a model";
        default:           return arena_printf(e->arena, "a definition (%s)", ast_def_text[v->def.def->kind]);
        }
    case VAL_MODULE:  return "an imported file";
    case VAL_SPEC:    return "a layer that is not declared";
    case VAL_LAYER:   return "a layer";
    case VAL_BAD:     break;
    }
    return "nothing";
}
