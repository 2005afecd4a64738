/* frame.c: the names of one definition at work.
 *
 * A slot per compile-time parameter and declaration, in order.  A `let` is
 * computed when it is first asked for, so that a layer's sizes and starting
 * values can be known before it has any input. */
#include "lang/elab.h"

#include <string.h>

/* ---- slots ------------------------------------------------------------------------ */

static const Val *later(Elab *e, const AstDecl *decl)
{
    Val *v = (Val *)val_kind(e, VAL_LATER);
    v->later = decl;
    return v;
}

static bool computed(const AstDecl *decl)
{
    return decl->word == AST_LET || decl->word == AST_OUTPUT || decl->word == AST_LOSS || decl->word == AST_METRIC;
}

static const AstDecl *first_derivative(const AstDef *def)
{
    for (size_t i = 0; i < def->decls.count; i++)
        if (def->decls.at[i]->word == AST_DERIVATIVE) return def->decls.at[i];
    return NULL;
}

Frame *frame_new(Elab *e, Def from)
{
    Frame *frame = NEW(e->arena, Frame);
    const AstDef *def = from.def;
    frame->def = from;
    if (!def) return frame;
    frame->slot = NEW_ARRAY(e->arena, Slot, def->params.count + def->decls.count + 1);
    for (size_t i = 0; i < def->params.count; i++)
        frame->slot[frame->count++] = (Slot){ .name = def->params.at[i].name.name };
    for (size_t i = 0; i < def->decls.count; i++) {
        const AstDecl *decl = def->decls.at[i];
        if (decl->word == AST_DERIVATIVE || decl->word == AST_UPDATE) continue;
        frame->slot[frame->count++] = (Slot){ decl->name.name, decl, computed(decl) ? NULL : later(e, decl), false };
    }
    const AstDecl *time = def->kind == AST_ODEF ? first_derivative(def) : NULL;
    if (time) frame->slot[frame->count++] = (Slot){ time->by.name, time, later(e, time), false };
    return frame;
}

Frame *frame_copy(Elab *e, const Frame *from)
{
    Frame *frame = arena_copy(e->arena, from, sizeof *frame);
    frame->slot = arena_copy(e->arena, from->slot, from->count * sizeof *frame->slot);
    for (size_t i = 0; i < frame->count; i++)
        if (frame->slot[i].decl && computed(frame->slot[i].decl)) frame->slot[i].val = NULL;
    return frame;
}

Slot *frame_slot(const Frame *frame, Name name)
{
    for (size_t i = 0; i < frame->count; i++)
        if (frame->slot[i].name == name) return &frame->slot[i];
    return NULL;
}

void frame_set(Frame *frame, Name name, const Val *v)
{
    Slot *slot = frame_slot(frame, name);
    if (slot) slot->val = v;
}

static const Val *shape_checked(Elab *e, Frame *frame, const AstDecl *decl, const Val *v)
{
    Shape shape;
    if (!decl->shape.count || v->kind == VAL_BAD) return v;
    if (!shape_of_decl(e, frame, decl, &shape)) return elab_bad(e);
    bool same = val_numeric(v) && shape_equal(val_shape(v), shape);
    if (same) return v;
    const Val *bad = elab_error(e, decl->value->at, "`%s` is declared with another shape than this, which is %s",
                                decl->name.name, val_text(e, v));
    diag_note(e->diags, decl->name.at, "declared here");
    return bad;
}

static const Val *slot_compute(Elab *e, Frame *frame, Slot *slot)
{
    const AstDecl *decl = slot->decl;
    Env env = { frame, NULL, NULL };
    if (slot->busy) return elab_error(e, decl->name.at, "`%s` depends on itself", slot->name);
    slot->busy = true;
    const char *need = e->need;
    const Val *v = decl->value ? eval(e, &env, decl->value)
                               : elab_error(e, decl->name.at, "`%s` needs a value", slot->name);
    e->need = need;
    slot->busy = false;
    return slot->val = shape_checked(e, frame, decl, v);
}

static const Val *not_yet(Elab *e, const Slot *slot, Span at)
{
    const AstDecl *decl = slot->decl;
    const Val *bad;
    if (decl && decl->when && (decl->word == AST_PARAM || decl->word == AST_LAYER)) {
        bad = elab_error(e, at, "`%s` does not exist here", slot->name);
        diag_note(e->diags, decl->when->at, "it is declared only when this is true");
        return bad;
    }
    if (decl && decl->word == AST_DERIVATIVE && e->call)
        return elab_error(e, at, "this needs the time `%s`, which the call does not give", slot->name);
    bad = elab_error(e, at, "`%s` is known only when the model runs, but %s must be known before",
                     slot->name, e->need ? e->need : "this");
    if (decl) diag_note(e->diags, decl->name.at, "`%s` is declared here", slot->name);
    return bad;
}

const Val *frame_value(Elab *e, Frame *frame, Slot *slot, Span at)
{
    if (!slot->val && slot->decl && computed(slot->decl)) return slot_compute(e, frame, slot);
    if (!slot->val) return elab_error(e, at, "`%s` has no value yet", slot->name);
    if (slot->val->kind == VAL_LATER) return not_yet(e, slot, at);
    if (slot->val->kind == VAL_PARAM) return param_value(e, slot->val->param);
    if (slot->val->kind == VAL_BUFFER) return buffer_value(e, slot->val->buffer);
    if (slot->val->kind == VAL_DRAW) return draw_value(e, frame, slot->val, at);
    return slot->val;
}

bool shape_of_decl(Elab *e, Frame *frame, const AstDecl *decl, Shape *shape)
{
    Env env = { frame, NULL, NULL };
    return eval_shape(e, &env, &decl->shape, shape);
}

/* ---- arguments ----------------------------------------------------------------------- */

static bool sort_fits(const AstSort *sort, const Val *v)
{
    const char *name = sort->name.name;
    if (!strcmp(name, "int")) return v->kind == VAL_INT;
    if (!strcmp(name, "bool")) return v->kind == VAL_BOOL;
    if (!strcmp(name, "real")) return v->kind == VAL_INT || v->kind == VAL_REAL;
    return true;
}

static const Val *param_argument(Elab *e, const Env *env, const AstParam *param, const AstExpr *x)
{
    const char *sort = param->sort ? param->sort->name.name : "";
    bool layer = !strcmp(sort, "layer") || !strcmp(sort, "odef");
    Val *v = (Val *)val_kind(e, VAL_SPEC);
    if (layer) {
        v->spec = eval_layer(e, env, x);
        return v->spec ? v : elab_bad(e);
    }
    const char *what = arena_printf(e->arena, "the argument `%s`", param->name.name);
    const Val *known = eval_known(e, env, x, what);
    if (known->kind == VAL_BAD) return known;
    if (!val_known(known) && known->kind != VAL_STRING) {
        const Val *bad = elab_error(e, x->at, "%s must be a number, true, false or a string, not %s", what,
                                    val_text(e, known));
        if (known->kind == VAL_DEF && known->def.def->kind != AST_FUNCTION)
            diag_help(e->diags, "a parameter that takes a layer is declared `%s : layer`", param->name.name);
        return bad;
    }
    if (param->sort && !sort_fits(param->sort, known)) {
        const Val *bad = elab_error(e, x->at, "%s is %s, and must be %s", what, val_text(e, known), param->sort->name.name);
        diag_note(e->diags, param->at, "declared here");
        return bad;
    }
    return known;
}

static bool bindable(const AstDecl *decl)
{
    return decl->word == AST_STATE || decl->word == AST_PARAM || decl->word == AST_INPUT;
}

static void suggest_argument(Elab *e, const AstDef *def, Name wrong)
{
    VEC(const char *) names = { 0 };
    for (size_t i = 0; i < def->params.count; i++) VEC_PUSH(e->arena, names) = def->params.at[i].name.name;
    for (size_t i = 0; i < def->decls.count; i++)
        if (bindable(def->decls.at[i])) VEC_PUSH(e->arena, names) = def->decls.at[i]->name.name;
    const char *near = name_nearest(wrong, names.at, names.count);
    if (near) {
        diag_help(e->diags, "did you mean `%s`?", near);
        return;
    }
    Text text = { .arena = e->arena };
    for (size_t i = 0; i < names.count; i++) text_printf(&text, "%s`%s`", i ? ", " : "", names.at[i]);
    if (names.count) diag_help(e->diags, "it takes %s", text_string(&text));
}

static void note_hidden(Elab *e, Def def)
{
    Found other = unit_find(e->unit, e->unit->prelude, SIZE_MAX, def.def->name.name);
    if (def.file == e->unit->prelude || !other.def.def) return;
    diag_note(e->diags, def.def->name.at, "this hides the prelude's, which is `prelude.%s`", def.def->name.name);
}

static void note_defined(Elab *e, Def def)
{
    diag_note(e->diags, def.def->at, "`%s` is defined here", def.def->name.name);
    note_hidden(e, def);
}

static bool bind_one(Elab *e, Frame *frame, const Env *env, const AstArg *arg, size_t place, Args *bound)
{
    const AstDef *def = frame->def.def;
    Name key = arg->key.name;
    size_t i = key ? 0 : place;
    if (!key && place >= def->params.count) {
        elab_error(e, arg->value->at, def->params.count ? "`%s` takes only %zu argument%s by place"
                                                        : "`%s` takes no arguments by place",
                   def->name.name, def->params.count, def->params.count == 1 ? "" : "s");
        note_defined(e, frame->def);
        return false;
    }
    while (key && i < def->params.count && def->params.at[i].name.name != key) i++;
    if (i < def->params.count) {
        Slot *slot = &frame->slot[i];
        if (slot->val) {
            elab_error(e, key ? arg->key.at : arg->value->at, "`%s` is given twice", slot->name);
            return false;
        }
        slot->val = param_argument(e, env, &def->params.at[i], arg->value);
        return slot->val->kind != VAL_BAD;
    }
    const Slot *slot = frame_slot(frame, key);
    if (!slot || !slot->decl || !bindable(slot->decl)) {
        elab_error(e, arg->key.at, "`%s` has no argument `%s`", def->name.name, key);
        suggest_argument(e, def, key);
        note_hidden(e, frame->def);
        return false;
    }
    for (size_t k = 0; k < bound->count; k++)
        if (bound->at[k].name == key) {
            elab_error(e, arg->key.at, "`%s` is given twice", key);
            return false;
        }
    const Val *v = eval_known(e, env, arg->value, arena_printf(e->arena, "`%s`", key));
    if (v->kind == VAL_BAD) return false;
    bound->at[bound->count++] = (Arg){ key, v, arg->value->at };
    return true;
}

bool frame_bind(Elab *e, Frame *frame, const Env *env, const AstExpr *call, const AstArgs *args, Args *bound)
{
    bool good = true;
    size_t n = args ? args->count : 0;
    *bound = (Args){ 0, NEW_ARRAY(e->arena, Arg, n + 1) };
    for (size_t i = 0; i < n && (good || args->at[i].key.name); i++)
        good = bind_one(e, frame, env, &args->at[i], i, bound) && good;
    return good && frame_defaults(e, frame, call->at);
}

/* A default sees the parameters before it. */
bool frame_defaults(Elab *e, Frame *frame, Span at)
{
    const AstDef *def = frame->def.def;
    bool good = true;
    for (size_t i = 0; i < def->params.count; i++) {
        const AstParam *param = &def->params.at[i];
        Env env = { frame, NULL, NULL };
        if (frame->slot[i].val) continue;
        if (param->value) {
            frame->slot[i].val = param_argument(e, &env, param, param->value);
        } else {
            frame->slot[i].val = elab_error(e, at, "`%s` needs its argument `%s`", def->name.name, param->name.name);
            diag_note(e->diags, param->at, "declared here");
        }
        good = good && frame->slot[i].val->kind != VAL_BAD;
    }
    return good;
}

/* ---- running ----------------------------------------------------------------------------- */

/* All updates see the buffers as they were when the call began. */
static bool frame_remember(Elab *e, Frame *frame)
{
    const AstDef *def = frame->def.def;
    VEC(Updated) changes = { 0 };
    for (size_t i = 0; i < def->decls.count && e->mode == MODE_TRAIN && e->model; i++) {
        const AstDecl *decl = def->decls.at[i];
        Env env = { frame, NULL, NULL };
        if (decl->word != AST_UPDATE) continue;
        if (e->axis) {                      /* as often as the loop runs, one after the other */
            e->unroll = e->axis;
            e->unroll_at = decl->name.at;
            return false;
        }
        const Val *v = update_check(e, frame, decl, eval(e, &env, decl->value));
        if (v->kind == VAL_BAD) return false;
        VEC_PUSH(e->arena, changes) = (Updated){ frame_slot(frame, decl->name.name)->val->buffer, v };
    }
    for (size_t i = 0; i < changes.count; i++) memory_set(e, changes.at[i].buffer, changes.at[i].value);
    return true;
}

bool frame_all(Elab *e, Frame *frame)
{
    const AstDef *def = frame->def.def;
    bool good = true;
    for (size_t i = 0; i < def->decls.count; i++) {
        const AstDecl *decl = def->decls.at[i];
        if (!computed(decl)) continue;
        good = frame_value(e, frame, frame_slot(frame, decl->name.name), decl->name.at)->kind != VAL_BAD && good;
    }
    return good && frame_remember(e, frame);
}

const Val *frame_run(Elab *e, Frame *frame, AstWord of)
{
    const AstDef *def = frame->def.def;
    VEC(Member) out = { 0 };
    bool good = true;
    for (size_t i = 0; i < def->decls.count; i++) {
        const AstDecl *decl = def->decls.at[i];
        Env env = { frame, NULL, NULL };
        const Val *v = NULL;
        if (computed(decl)) v = frame_value(e, frame, frame_slot(frame, decl->name.name), decl->name.at);
        if (decl->word == AST_DERIVATIVE && of == AST_DERIVATIVE) v = eval(e, &env, decl->value);
        if (!v) continue;
        good = good && v->kind != VAL_BAD;
        if (decl->word == of) VEC_PUSH(e->arena, out) = (Member){ decl->name.name, v };
    }
    if (!good || !frame_remember(e, frame)) return elab_bad(e);
    if (!out.count) return elab_error(e, def->at, "`%s` has no %s", def->name.name,
                                      of == AST_OUTPUT ? "output" : "equation");
    if (out.count == 1) return out.at[0].value;
    Val *record = (Val *)val_kind(e, VAL_RECORD);
    record->record.count = out.count;
    record->record.member = out.at;
    return record;
}

/* ---- functions ------------------------------------------------------------------------------ */

static bool function_bind(Elab *e, Frame *frame, const Args *args, const AstExpr *x)
{
    const AstDef *def = frame->def.def;
    for (size_t i = 0; i < args->count; i++) {
        const Arg *arg = &args->at[i];
        size_t k = arg->name ? 0 : i;
        while (arg->name && k < def->params.count && def->params.at[k].name.name != arg->name) k++;
        if (k >= def->params.count) {
            if (arg->name) {
                elab_error(e, arg->at, "`%s` has no argument `%s`", def->name.name, arg->name);
                suggest_argument(e, def, arg->name);
            } else {
                elab_error(e, arg->at, "`%s` takes %zu argument%s, not %zu", def->name.name, def->params.count,
                           def->params.count == 1 ? "" : "s", args->count);
                note_defined(e, frame->def);
            }
            return false;
        }
        if (frame->slot[k].val) {
            elab_error(e, arg->at, "`%s` is given twice", frame->slot[k].name);
            return false;
        }
        frame->slot[k].val = arg->val;
    }
    return frame_defaults(e, frame, x->at);
}

const Val *function_call(Elab *e, Def def, const Args *args, const AstExpr *x)
{
    Frame *frame = frame_new(e, def);
    Env env = { frame, NULL, NULL };
    if (!function_bind(e, frame, args, x)) return elab_bad(e);
    Call call = { e->call, &x->at, def.def->name.name };
    e->call = &call;
    const Val *v = def.def->value ? eval(e, &env, def.def->value) : frame_run(e, frame, AST_OUTPUT);
    e->call = call.up;
    return v;
}
