/* spec.c: what stands right of `=` in a `layer` declaration, and what is handed
 * over where a parameter is a `layer`: `Linear(2, w) |> tanh |> Linear(w, 2)`. */
#include "lang/elab.h"

#include <string.h>

const Spec *spec_of(Elab *e, const Env *env, const AstExpr *x, Def def, const AstArgs *args)
{
    Spec *spec = NEW(e->arena, Spec);
    spec->kind = LAYER_DEF;
    spec->at = x->at;
    spec->frame = frame_new(e, def);
    return frame_bind(e, spec->frame, env, x, args, &spec->bound) ? spec : NULL;
}

static const Spec *spec_stage(Elab *e, const Env *env, const AstExpr *x, const Val *callee, const AstArgs *args)
{
    Spec *spec = NEW(e->arena, Spec);
    spec->kind = LAYER_STAGE;
    spec->at = x->at;
    spec->callee = callee;
    spec->extra.at = NEW_ARRAY(e->arena, Arg, (args ? args->count : 0) + 1);
    for (size_t i = 0; args && i < args->count; i++) {
        const AstArg *arg = &args->at[i];
        const Val *v = eval_known(e, env, arg->value, "an argument in a chain of layers");
        if (v->kind == VAL_BAD) return NULL;
        spec->extra.at[spec->extra.count++] = (Arg){ arg->key.name, v, arg->value->at };
    }
    return spec;
}

static const Spec *spec_single(Elab *e, const Env *env, const AstExpr *x)
{
    const AstExpr *f = x->kind == AST_CALL ? x->call.f : x;
    const AstArgs *args = x->kind == AST_CALL ? &x->call.args : NULL;
    const Val *v = f->kind == AST_NAME || f->kind == AST_MEMBER ? eval(e, env, f) : NULL;
    if (v && v->kind == VAL_BAD) return NULL;
    if (v && v->kind == VAL_SPEC && !args) return v->spec;
    if (v && v->kind == VAL_DEF && (v->def.def->kind == AST_LAYERDEF || v->def.def->kind == AST_ODEF))
        return spec_of(e, env, x, v->def, args);
    if (v && (v->kind == VAL_OP || v->kind == VAL_BUILTIN ||
              (v->kind == VAL_DEF && v->def.def->kind == AST_FUNCTION)))
        return spec_stage(e, env, x, v, args);
    if (v && v->kind == VAL_DEF && v->def.def->kind == AST_MODEL)
        elab_error(e, x->at, "a layer is wanted here, and `%s` is a model", v->def.def->name.name);
    else if (v)
        elab_error(e, x->at, "a layer is wanted here, and this is %s", val_text(e, v));
    else
        elab_error(e, x->at, "a layer is wanted here: a name, a call, or several joined by `|>`");
    return NULL;
}

static bool chain(Elab *e, const Env *env, const AstExpr *x, Spec *out, size_t room)
{
    if (x->kind == AST_BINARY && x->op == AST_PIPE) {
        if (!chain(e, env, x->a, out, room + 1)) return false;
        x = x->b;
    } else {
        out->part = NEW_ARRAY(e->arena, const Spec *, room + 1);
    }
    const Spec *spec = eval_layer(e, env, x);
    out->part[out->count++] = spec;
    return spec != NULL;
}

const Spec *eval_layer(Elab *e, const Env *env, const AstExpr *x)
{
    if (x->kind == AST_IF) {
        bool test;
        if (!eval_bool(e, env, x->choice.test, "the choice of a layer", &test)) return NULL;
        return eval_layer(e, env, test ? x->choice.yes : x->choice.no);
    }
    if (x->kind != AST_BINARY || x->op != AST_PIPE) return spec_single(e, env, x);
    Spec *spec = NEW(e->arena, Spec);
    spec->kind = LAYER_CHAIN;
    spec->at = x->at;
    return chain(e, env, x, spec, 0) ? spec : NULL;
}

/* ---- as text ------------------------------------------------------------------------ */

static void array_text(Text *text, const Val *v, unsigned depth, const double **at)
{
    if (depth == v->rank) {
        if (v->number == NUMBER_BOOL) text_add(text, **at != 0 ? "true" : "false");
        else text_real(text, **at, false);
        (*at)++;
        return;
    }
    text_add(text, "[");
    for (uint32_t i = 0; i < v->dim[depth]->extent; i++) {
        if (i) text_add(text, ", ");
        array_text(text, v, depth + 1, at);
    }
    text_add(text, "]");
}

static void value_text(Elab *e, Text *text, const Val *v)
{
    const double *at = v->array.at;
    if (v->kind == VAL_ARRAY) array_text(text, v, 0, &at);
    else if (v->kind == VAL_SPEC) text_add(text, spec_text(e, v->spec));
    else text_add(text, val_text(e, v));
}

static void args_text(Elab *e, Text *text, const Args *args, const char *before)
{
    for (size_t i = 0; i < args->count; i++) {
        text_add(text, i ? ", " : before);
        if (args->at[i].name) text_printf(text, "%s = ", args->at[i].name);
        value_text(e, text, args->at[i].val);
    }
}

static void def_text(Elab *e, Text *text, const Spec *spec)
{
    const Frame *frame = spec->frame;
    size_t params = frame->def.def->params.count;
    text_add(text, frame->def.def->name.name);
    if (!params && !spec->bound.count) return;
    text_add(text, "(");
    for (size_t i = 0; i < params; i++) {
        text_printf(text, "%s%s = ", i ? ", " : "", frame->slot[i].name);
        value_text(e, text, frame->slot[i].val);
    }
    args_text(e, text, &spec->bound, params ? ", " : "");
    text_add(text, ")");
}

const char *spec_text(Elab *e, const Spec *spec)
{
    Text text = { .arena = e->arena };
    if (spec->kind == LAYER_DEF) def_text(e, &text, spec);
    for (size_t i = 0; spec->kind == LAYER_CHAIN && i < spec->count; i++)
        text_printf(&text, "%s%s", i ? " |> " : "", spec_text(e, spec->part[i]));
    if (spec->kind == LAYER_STAGE) {
        text_add(&text, callee_name(spec->callee));
        if (spec->extra.count) {
            text_add(&text, "(");
            args_text(e, &text, &spec->extra, "");
            text_add(&text, ")");
        }
    }
    return text_string(&text);
}
