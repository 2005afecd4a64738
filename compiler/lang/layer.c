/* layer.c: declared layers.
 *
 * Declaring a layer makes its parameters, once, under its path, which is the
 * name in a PyTorch state_dict (D2).  Calling it runs its declarations with the
 * inputs in place. */
#include "lang/elab.h"

#include <stdio.h>
#include <string.h>

enum { DEEPEST = 200, MOST_LAYERS = 4096 };

/* ---- making ------------------------------------------------------------------------ */

static const Arg *bound_to(const Spec *spec, Name name)
{
    for (size_t i = 0; i < spec->bound.count; i++)
        if (spec->bound.at[i].name == name) return &spec->bound.at[i];
    return NULL;
}

static const Val *layer_value(Elab *e, const Layer *layer)
{
    Val *v = (Val *)val_kind(e, VAL_LAYER);
    v->layer = layer;
    return v;
}

static const Layer *array_make(Elab *e, Frame *frame, const AstDecl *decl, Name path, Name file_path)
{
    Env env = { frame, NULL, NULL };
    Layer *array = NEW(e->arena, Layer);
    int64_t count;
    *array = (Layer){ .kind = LAYER_ARRAY, .path = path };
    if (decl->shape.count > 1) {
        elab_error(e, decl->shape.at[1]->at, "an array of layers has one dimension");
        return NULL;
    }
    if (!eval_int(e, &env, decl->shape.at[0], "the number of layers", &count)) return NULL;
    if (count < 1 || count > MOST_LAYERS) {
        elab_error(e, decl->shape.at[0]->at, "the number of layers must be 1 to %d, not %lld", MOST_LAYERS, (long long)count);
        return NULL;
    }
    array->part = NEW_ARRAY(e->arena, const Layer *, count);
    for (; array->count < (size_t)count; array->count++) {
        char number[24];
        snprintf(number, sizeof number, "%zu", array->count);
        const Spec *spec = eval_layer(e, &env, decl->value);
        if (!spec) return NULL;
        array->part[array->count] = layer_make(e, spec, path_join(e, path, number), path_join(e, file_path, number));
        if (!array->part[array->count]) return NULL;
    }
    return array;
}

static bool sublayer(Elab *e, Frame *frame, const AstDecl *decl, Name path, Name file_path)
{
    Env env = { frame, NULL, NULL };
    if (!decl->value) {
        elab_error(e, decl->name.at, "`%s` needs a layer", decl->name.name);
        diag_help(e->diags, "layer %s = Linear(2, 16)", decl->name.name);
        return false;
    }
    path = path_join(e, path, decl->name.name);
    file_path = path_join(e, file_path, decl->file_name ? decl->file_name : decl->name.name);
    const Layer *layer = NULL;
    if (decl->shape.count) {
        layer = array_make(e, frame, decl, path, file_path);
    } else {
        const Spec *spec = eval_layer(e, &env, decl->value);
        if (spec) layer = layer_make(e, spec, path, file_path);
    }
    frame_set(frame, decl->name.name, layer ? layer_value(e, layer) : elab_bad(e));
    return layer != NULL;
}

enum { IN_ODEF = 1, IN_LAYER = 2, IN_MODEL = 4, ANYWHERE = 7 };

/* Where a word stands; none: not supported yet. */
static const unsigned char stands[AST_WORDS] = {
    [AST_STATE] = IN_ODEF, [AST_DERIVATIVE] = IN_ODEF, [AST_AXIS] = IN_LAYER,
    [AST_LOSS] = IN_MODEL, [AST_METRIC] = IN_MODEL,
    [AST_PARAM] = ANYWHERE, [AST_INPUT] = ANYWHERE, [AST_LAYER] = ANYWHERE, [AST_LET] = ANYWHERE,
    [AST_OUTPUT] = ANYWHERE, [AST_BUFFER] = ANYWHERE, [AST_UPDATE] = ANYWHERE, [AST_DRAW] = ANYWHERE,
};

static bool supported(Elab *e, const AstDef *def, const AstDecl *decl)
{
    unsigned here = def->kind == AST_ODEF ? IN_ODEF : def->kind == AST_MODEL ? IN_MODEL : IN_LAYER;
    const char *word = decl->word == AST_DERIVATIVE ? decl->name.name : ast_word_text[decl->word];
    if (decl->word == AST_INPUT && decl->sort && here != IN_MODEL) {
        elab_error(e, decl->sort->at, "an input of whole numbers stands only in a model");
        return false;
    }
    if (stands[decl->word] & here) return true;
    if (!stands[decl->word])
        elab_error(e, decl->word_at, "`%s` is not supported yet", word);
    else if (decl->word == AST_AXIS)
        elab_error(e, decl->word_at, "`axis` is not supported in %s yet", here == IN_ODEF ? "an odef" : "a model");
    else
        elab_error(e, decl->word_at, "`%s` stands only in %s", word, stands[decl->word] == IN_ODEF ? "an odef" : "a model");
    return false;
}

/* One declaration of a layer that comes into being. */
static bool declare(Elab *e, const Spec *spec, Frame *frame, const AstDecl *decl, Name path, Name file_path)
{
    Env env = { frame, NULL, NULL };
    const Arg *bound = bound_to(spec, decl->name.name);
    bool exists = true;
    if (!supported(e, frame->def.def, decl)) return false;
    if (decl->when && !eval_bool(e, &env, decl->when, "`when`", &exists)) return false;
    if (!exists) return true;
    if (decl->word == AST_PARAM) return param_make(e, frame, decl, bound, path, file_path);
    if (decl->word == AST_LAYER) return sublayer(e, frame, decl, path, file_path);
    if (decl->word == AST_BUFFER) return buffer_make(e, frame, decl, path, file_path);
    if (decl->word == AST_UPDATE) return update_make(e, frame, decl);
    if (decl->word == AST_DRAW) frame_set(frame, decl->name.name, draw_make(e, decl, path));
    if (decl->word == AST_INPUT && bound) frame_set(frame, decl->name.name, bound->val);
    return true;
}

static const Layer *def_make(Elab *e, const Spec *spec, Layer *layer, Name file_path)
{
    const AstDef *def = spec->frame->def.def;
    bool good = true;
    layer->frame = frame_copy(e, spec->frame);
    for (size_t i = 0; i < def->decls.count; i++) {
        const AstDecl *decl = def->decls.at[i];
        bool made = declare(e, spec, layer->frame, decl, layer->path, file_path);
        if (!made && decl->word != AST_DERIVATIVE && decl->word != AST_UPDATE) frame_set(layer->frame, decl->name.name, elab_bad(e));
        good = good && made;
    }
    return good ? layer : NULL;
}

const Layer *layer_make(Elab *e, const Spec *spec, Name path, Name file_path)
{
    Layer *layer = NEW(e->arena, Layer);
    *layer = (Layer){ .kind = spec->kind, .path = path, .spec = spec, .count = spec->count };
    if (e->layers >= DEEPEST) {
        if (!e->spent) diag_error(e->diags, spec->at, "layers inside layers go too deep here, more than %d", DEEPEST);
        e->spent = true;
        return NULL;
    }
    e->layers++;
    const Layer *made = layer;
    if (spec->kind == LAYER_DEF) made = def_make(e, spec, layer, file_path);
    if (spec->kind == LAYER_CHAIN) {
        layer->part = NEW_ARRAY(e->arena, const Layer *, spec->count);
        for (size_t i = 0; i < spec->count && made; i++) {
            char number[24];
            snprintf(number, sizeof number, "%zu", i);
            layer->part[i] = layer_make(e, spec->part[i], path_join(e, path, number), path_join(e, file_path, number));
            if (!layer->part[i]) made = NULL;
        }
    }
    e->layers--;
    return made;
}

/* ---- calling -------------------------------------------------------------------------- */

static const char *shape_text(Elab *e, Frame *frame, const AstDecl *decl)
{
    Text text = { .arena = e->arena };
    Env env = { frame, NULL, NULL };
    for (size_t i = 0; i < decl->shape.count; i++) {
        const AstExpr *x = decl->shape.at[i];
        const Slot *slot = x->kind == AST_NAME ? frame_slot(frame, x->name) : NULL;
        text_add(&text, i ? ", " : "[");
        if (slot && slot->val && slot->val->kind == VAL_LATER) text_add(&text, x->name);
        else text_add(&text, val_text(e, eval(e, &env, x)));
    }
    text_add(&text, decl->shape.count ? "]" : "a number");
    return text_string(&text);
}

/* Does the value have the declared shape?  An `axis` takes its length from the first
 * input it stands in.                                                                  */
static bool shape_matches(Elab *e, Frame *frame, const AstDecl *decl, const Val *v)
{
    Env env = { frame, NULL, NULL };
    Shape shape = val_shape(v);
    if (shape.rank != decl->shape.count) return false;
    for (unsigned d = 0; d < shape.rank; d++) {
        const AstExpr *x = decl->shape.at[d];
        Slot *slot = x->kind == AST_NAME ? frame_slot(frame, x->name) : NULL;
        int64_t extent;
        if (slot && slot->decl && slot->decl->word == AST_AXIS && slot->val->kind == VAL_LATER) {
            slot->val = val_int(e, shape.dim[d]);
            continue;
        }
        if (!eval_int(e, &env, x, "a length", &extent) || extent != (int64_t)shape.dim[d]) return false;
    }
    return true;
}

static bool input_set(Elab *e, const Layer *layer, Frame *frame, Slot *slot, const Val *v, Span at)
{
    const AstDecl *decl = slot->decl;
    if (!val_numeric(v)) {
        elab_error(e, at, "`%s` takes numbers, not %s", layer->path, val_text(e, v));
        return false;
    }
    bool time = decl->word == AST_DERIVATIVE;
    if (time ? val_shape(v).rank == 0 : shape_matches(e, frame, decl, v)) {
        slot->val = v;
        return true;
    }
    elab_error(e, at, "`%s`: its %s `%s` is %s, but gets %s", layer->path,
               time ? "time" : decl->word == AST_STATE ? "state" : "input", slot->name,
               time ? "a number" : shape_text(e, frame, decl), val_text(e, v));
    diag_note(e->diags, time ? decl->by.at : decl->name.at, "`%s` is declared here", slot->name);
    if (!time && !val_shape(v).rank) diag_help(e->diags, "[a, b] is a vector of the numbers a and b");
    return false;
}

/* States, then time, then inputs: what a call takes by place. */
static size_t call_slots(const Frame *frame, Slot **out)
{
    static const AstWord order[] = { AST_STATE, AST_DERIVATIVE, AST_INPUT };
    size_t n = 0;
    for (size_t k = 0; k < COUNT(order); k++)
        for (size_t i = 0; i < frame->count; i++)
            if (frame->slot[i].decl && frame->slot[i].decl->word == order[k] &&
                frame->slot[i].val->kind == VAL_LATER)
                out[n++] = &frame->slot[i];
    return n;
}

static bool inputs_bind(Elab *e, const Layer *layer, Frame *frame, const Args *args, const AstExpr *x)
{
    Slot **slot = NEW_ARRAY(e->arena, Slot *, frame->count + 1);
    size_t n = call_slots(frame, slot), place = 0;
    for (size_t i = 0; i < args->count; i++) {
        const Arg *arg = &args->at[i];
        size_t k = arg->name ? 0 : place++;
        while (arg->name && k < n && slot[k]->name != arg->name) k++;
        if (k >= n) {
            if (arg->name) elab_error(e, arg->at, "`%s` has no input `%s`", layer->path, arg->name);
            else elab_error(e, arg->at, "`%s` takes %zu input%s, not %zu", layer->path, n, n == 1 ? "" : "s", args->count);
            diag_note(e->diags, frame->def.def->at, "`%s` is defined here", frame->def.def->name.name);
            return false;
        }
        if (slot[k]->val->kind != VAL_LATER) {
            elab_error(e, arg->at, "`%s` is given twice", slot[k]->name);
            return false;
        }
        if (!input_set(e, layer, frame, slot[k], arg->val, arg->at)) return false;
    }
    for (size_t k = 0; k < n; k++) {
        const AstDecl *decl = slot[k]->decl;
        Env env = { frame, NULL, NULL };
        if (slot[k]->val->kind != VAL_LATER) continue;
        if (decl->word == AST_INPUT && decl->value) {
            if (!input_set(e, layer, frame, slot[k], eval(e, &env, decl->value), decl->value->at)) return false;
        } else if (decl->word != AST_DERIVATIVE) {
            elab_error(e, x->at, "`%s` needs its input `%s`", layer->path, slot[k]->name);
            diag_note(e->diags, decl->name.at, "declared here");
            return false;
        }
    }
    return true;
}

static const Val *def_call(Elab *e, const Layer *layer, const Args *args, const AstExpr *x)
{
    Frame *frame = frame_copy(e, layer->frame);
    if (!inputs_bind(e, layer, frame, args, x)) return elab_bad(e);
    Call call = { e->call, &x->at, layer->path };
    bool within = e->odef, odef = frame->def.def->kind == AST_ODEF;
    e->call = &call;
    e->odef = within || odef;
    const Val *v = frame_run(e, frame, odef ? AST_DERIVATIVE : AST_OUTPUT);
    e->odef = within;
    e->call = call.up;
    return v;
}

static const Val *stage_call(Elab *e, const Layer *layer, const Args *args, const AstExpr *x)
{
    Args all = { args->count + layer->spec->extra.count, NULL };
    all.at = NEW_ARRAY(e->arena, Arg, all.count + 1);
    memcpy(all.at, args->at, args->count * sizeof *all.at);
    memcpy(all.at + args->count, layer->spec->extra.at, layer->spec->extra.count * sizeof *all.at);
    return apply(e, layer->spec->callee, &all, x);
}

static const Val *parts_call(Elab *e, const Layer *layer, const Args *args, const AstExpr *x)
{
    const Val *v = layer_call(e, layer->part[0], args, x);
    for (size_t i = 1; i < layer->count && v->kind != VAL_BAD; i++) {
        Arg one = { NULL, v, x->at };
        v = layer_call(e, layer->part[i], &(Args){ 1, &one }, x);
    }
    return v;
}

const Val *layer_call(Elab *e, const Layer *layer, const Args *args, const AstExpr *x)
{
    Name before = e->label;
    const Env *env = e->env;
    e->label = layer->path;
    const Val *v = layer->kind == LAYER_DEF   ? def_call(e, layer, args, x)
                 : layer->kind == LAYER_STAGE ? stage_call(e, layer, args, x)
                                              : parts_call(e, layer, args, x);
    e->label = before;
    e->env = env;
    return v;
}
