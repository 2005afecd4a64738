/* buffer.c: what a layer remembers between steps of training, and what it draws.
 *
 * A buffer is a leaf.  An `update` says what the leaf is when the function runs
 * next; until then a layer that is called again reads what its call before left,
 * so Memory.now goes along with the function under construction, and what it
 * holds in the end are the function's UPDATE roots.                            */
#include "lang/elab.h"

#include <string.h>

/* ---- buffers ------------------------------------------------------------------------- */

static const double *initial_of(Elab *e, Frame *frame, const AstDecl *decl, const ModelBuffer *b)
{
    Env env = { frame, NULL, NULL };
    if (!decl->value) return NEW_ARRAY(e->arena, double, b->count);
    return numbers_of(e, eval_known(e, &env, decl->value, "a starting value"), b->shape,
                      arena_printf(e->arena, "`%s`", decl->name.name), decl->value->at);
}

/* In an odef alone there is nobody to update it, so it stands among the parameters. */
bool buffer_make(Elab *e, Frame *frame, const AstDecl *decl, Name path, Name file_path)
{
    ModelBuffer b = { .solve = -1 };
    if (!e->model) return param_make(e, frame, decl, NULL, path, file_path);
    if (!shape_of_decl(e, frame, decl, &b.shape)) return false;
    b.count = (uint32_t)shape_count(b.shape);
    b.name = path_join(e, path, decl->name.name);
    b.file_name = path_join(e, file_path, decl->file_name ? decl->file_name : decl->name.name);
    b.initial = initial_of(e, frame, decl, &b);
    if (!b.initial || !file_name_free(e, b.file_name, decl)) return false;
    Val *v = (Val *)val_kind(e, VAL_BUFFER);
    v->buffer = (uint32_t)e->model->buffer.count;
    VEC_PUSH(e->arena, e->model->buffer) = b;
    frame_set(frame, decl->name.name, v);
    return true;
}

const Val *buffer_value(Elab *e, uint32_t buffer)
{
    const ModelBuffer *b = &e->model->buffer.at[buffer];
    if (e->memory.now && e->memory.now[buffer]) return e->memory.now[buffer];
    return leaf_value(e, ROLE_BUFFER, b->name, e->fn->real, b->shape, false);
}

/* ---- updates ------------------------------------------------------------------------- */

static const AstDecl *buffer_decl(const AstDef *def, Name name)
{
    for (size_t i = 0; i < def->decls.count; i++)
        if (def->decls.at[i]->word == AST_BUFFER && def->decls.at[i]->name.name == name) return def->decls.at[i];
    return NULL;
}

bool update_make(Elab *e, const Frame *frame, const AstDecl *decl)
{
    const AstDef *def = frame->def.def;
    if (!buffer_decl(def, decl->name.name)) {
        elab_error(e, decl->name.at, "`%s` is no buffer", decl->name.name);
        return false;
    }
    for (size_t i = 0; def->decls.at[i] != decl; i++) {
        const AstDecl *other = def->decls.at[i];
        if (other->word != AST_UPDATE || other->name.name != decl->name.name) continue;
        elab_error(e, decl->name.at, "`%s` is updated twice", decl->name.name);
        diag_note(e->diags, other->name.at, "the first is here");
        return false;
    }
    return true;
}

const Val *update_check(Elab *e, const Frame *frame, const AstDecl *decl, const Val *v)
{
    const ModelBuffer *b = &e->model->buffer.at[frame_slot(frame, decl->name.name)->val->buffer];
    Text shape = { .arena = e->arena };
    if (v->kind == VAL_BAD) return v;
    for (unsigned i = 0; i < b->shape.rank; i++) text_printf(&shape, "%s%u", i ? ", " : "[", b->shape.dim[i]);
    text_add(&shape, b->shape.rank ? "]" : "a number");
    bool tensor = v->kind == VAL_TENSOR || v->kind == VAL_ARRAY;
    if (!val_numeric(v) || v->kind == VAL_BOOL || (tensor && v->number == NUMBER_BOOL) || !shape_equal(val_shape(v), b->shape))
        return elab_error(e, decl->value->at, "`%s` is %s, and becomes %s", decl->name.name, text_string(&shape), val_text(e, v));
    if (!val_batched(e, v)) return val_settle(e, v);
    const Val *bad = elab_error(e, decl->value->at, "a buffer is the same for every sample, and this differs between them");
    diag_help(e->diags, "mean(... for batch)");
    return bad;
}

void memory_set(Elab *e, uint32_t buffer, const Val *v)
{
    if (!e->memory.now) e->memory.now = NEW_ARRAY(e->arena, const Val *, e->model->buffer.count);
    VEC_PUSH(e->arena, e->memory.log) = (Updated){ buffer, e->memory.now[buffer] };
    e->memory.now[buffer] = v;
}

void memory_undo(Elab *e, size_t count)
{
    while (e->memory.log.count > count) {
        const Updated *last = &e->memory.log.at[--e->memory.log.count];
        e->memory.now[last->buffer] = last->value;
    }
}

bool memory_roots(Elab *e, Outs *outs)
{
    for (uint32_t i = 0; e->memory.now && i < e->model->buffer.count; i++) {
        const Val *v = e->memory.now[i];
        Space space = { .own = v ? v->rank : 0 };
        if (!v) continue;
        space.count = space.own;
        memcpy(space.gen, v->dim, v->rank * sizeof *v->dim);
        Root root = { e->model->buffer.at[i].name, ROOT_UPDATE, val_ref(e, v, &space) };
        if (!root.value) return false;
        VEC_PUSH(e->arena, outs->root) = root;
    }
    return true;
}

/* ---- draws --------------------------------------------------------------------------- */

const Val *draw_make(Elab *e, const AstDecl *decl, Name path)
{
    Val *v = (Val *)val_kind(e, VAL_DRAW);
    v->draw.path = path_join(e, path, decl->name.name);
    v->draw.decl = decl;
    return v;
}

static const ModelDraw *draw_row(Elab *e, Frame *frame, const Val *draw, Shape shape)
{
    Env env = { frame, NULL, NULL };
    Law law;
    for (size_t i = 0; i < e->model->draw.count; i++)
        if (e->model->draw.at[i].name == draw->draw.path) return &e->model->draw.at[i];
    const char *what = arena_printf(e->arena, "`%s`", draw->draw.decl->name.name);
    if (!law_read(e, &env, draw->draw.decl->value, what, true, &law)) return NULL;
    ModelDraw row = { draw->draw.path, shape, e->model->draws, (uint32_t)shape_count(shape), law.kind, law.a, law.b };
    VEC_PUSH(e->arena, e->model->draw) = row;
    e->model->draws += row.count;
    return &e->model->draw.at[e->model->draw.count - 1];
}

/* Its shape may hang on an `axis`, so it comes into being when it is read first. */
const Val *draw_value(Elab *e, Frame *frame, const Val *draw, Span at)
{
    const AstDecl *decl = draw->draw.decl;
    Shape shape;
    if (e->mode != MODE_TRAIN || !e->model) {
        const Val *bad = e->mode == MODE_MAKING
            ? elab_error(e, at, "`%s` is known only when the model runs, but %s must be known before", decl->name.name, e->need ? e->need : "this")
            : elab_error(e, at, "`%s` is drawn in training only", decl->name.name);
        if (e->mode != MODE_MAKING) diag_help(e->diags, "if training then ... else ...");
        return bad;
    }
    if (!shape_of_decl(e, frame, decl, &shape)) return elab_bad(e);
    const ModelDraw *row = draw_row(e, frame, draw, shape);
    if (!row) return elab_bad(e);
    if (!shape_equal(row->shape, shape))
        return elab_error(e, at, "`%s` is drawn once for the whole model, and here it has another shape than before", decl->name.name);
    return leaf_value(e, ROLE_INPUT, row->name, e->fn->real, shape, true);
}
