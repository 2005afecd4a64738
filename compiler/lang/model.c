/* model.c: a model with its arguments, as tables and two functions.
 *
 * The layers are made once, and the body is elaborated twice over them, as it is
 * trained and as it is used (`training`).  As in field.c, each time in a draft
 * where every `let` leaves its nodes; what the results need is then copied behind
 * the leaves.                                                                  */
#include "lang/elab.h"

#include <string.h>

typedef struct Maker {
    Elab        *e;
    Model       *model;
    const Spec  *spec;
    const Layer *root;
    Type         real;
} Maker;

static const AstDef *def_of(const Maker *m) { return m->spec->frame->def.def; }

/* ---- inputs ------------------------------------------------------------------------- */

/* `: int(10)` */
static bool classes_of(Maker *m, const AstDecl *decl, ModelInput *in)
{
    enum { MOST = 1 << 24 };            /* every one is a number of float32          */
    Elab *e = m->e;
    Env env = { m->root->frame, NULL, NULL };
    int64_t classes;
    if (decl->sort->args.count != 1 || decl->sort->args.at[0].key.name) {
        elab_error(e, decl->sort->at, "`int` says how many values there are");
        diag_help(e->diags, "input %s : int(10) is one of 0 to 9", decl->name.name);
        return false;
    }
    const AstExpr *x = decl->sort->args.at[0].value;
    if (!eval_int(e, &env, x, "how many values there are", &classes)) return false;
    if (classes < 1 || classes > MOST) {
        elab_error(e, x->at, "there must be 1 to %d values, not %lld", MOST, (long long)classes);
        return false;
    }
    if (decl->shape.count) {
        elab_error(e, decl->shape.at[0]->at, "an input of whole numbers is one number per sample");
        return false;
    }
    in->classes = (uint32_t)classes;
    return true;
}

static bool input_row(Maker *m, const AstDecl *decl)
{
    Elab *e = m->e;
    ModelInput in = { .name = decl->name.name, .offset = m->model->inputs };
    if (frame_slot(m->root->frame, in.name)->val->kind != VAL_LATER) return true;       /* bound */
    if (decl->value) {
        elab_error(e, decl->value->at, "an input of a model has no default");
        return false;
    }
    if (!shape_of_decl(e, m->root->frame, decl, &in.shape)) return false;
    if (decl->sort && !classes_of(m, decl, &in)) return false;
    in.count = (uint32_t)shape_count(in.shape);
    VEC_PUSH(e->arena, m->model->input) = in;
    m->model->inputs += in.count;
    return true;
}

static bool tables(Maker *m)
{
    const AstDef *def = def_of(m);
    bool good = true, result = false;
    for (size_t i = 0; i < def->decls.count; i++) {
        AstWord word = def->decls.at[i]->word;
        result = result || word == AST_OUTPUT || word == AST_LOSS || word == AST_METRIC;
        if (word == AST_INPUT) good = input_row(m, def->decls.at[i]) && good;
    }
    if (!result) elab_error(m->e, def->at, "`%s` has neither output nor loss", def->name.name);
    return good && result;
}

/* ---- results ------------------------------------------------------------------------- */

static bool output_root(Maker *m, const AstDecl *decl, const Val *v, Outs *outs)
{
    Elab *e = m->e;
    FieldOutput out = { .name = decl->name.name, .offset = m->model->outputs, .shape = val_shape(v) };
    Ref ref = result_ref(e, v, out.shape, false, arena_printf(e->arena, "`%s`", out.name), decl->value->at);
    if (!ref) return false;
    VEC_PUSH(e->arena, outs->root) = (Root){ out.name, ROOT_RESULT, ref };
    out.count = (uint32_t)shape_count(out.shape);
    if (e->mode != MODE_TRAIN) return true;
    VEC_PUSH(e->arena, m->model->output) = out;
    m->model->outputs += out.count;
    return true;
}

/* A loss or metric is a number per sample; a condition counts as one or zero. */
static bool value_root(Maker *m, const AstDecl *decl, const Val *v, Outs *outs)
{
    Elab *e = m->e;
    bool loss = decl->word == AST_LOSS;
    bool truth = v->kind == VAL_BOOL || ((v->kind == VAL_TENSOR || v->kind == VAL_ARRAY) && v->number == NUMBER_BOOL);
    if (truth && !loss) v = arith_select(e, v, val_int(e, 1), val_int(e, 0), decl->value->at);
    Ref ref = result_ref(e, v, (Shape){ 0 }, false, arena_printf(e->arena, "`%s`", decl->name.name), decl->value->at);
    if (!ref) return false;
    VEC_PUSH(e->arena, outs->root) = (Root){ decl->name.name, ROOT_RESULT, ref };
    if (e->mode == MODE_TRAIN) VEC_PUSH(e->arena, m->model->value) = (ModelValue){ decl->name.name, loss, decl->at };
    return true;
}

static void solve_roots(Elab *e, Outs *outs)
{
    for (size_t i = 0; i < e->solved.count; i++) {
        const ModelSolve *solve = &e->model->solve.at[e->solved.at[i].index];
        const Field *field = e->mode == MODE_TRAIN ? solve->train : solve->eval;
        for (size_t k = 0; k < field->state.count; k++) {
            Name name = name_of(e->names, arena_printf(e->arena, "%s.%s.begin", solve->name, field->state.at[k].name));
            VEC_PUSH(e->arena, outs->root) = (Root){ name, ROOT_RESULT, e->solved.at[i].begin[k] };
        }
    }
}

/* Outputs, then losses, then metrics, each in the order of their declaration. */
static bool value_roots(Maker *m, Frame *frame, Outs *outs)
{
    static const AstWord order[] = { AST_OUTPUT, AST_LOSS, AST_METRIC };
    const AstDef *def = def_of(m);
    for (size_t k = 0; k < COUNT(order); k++)
        for (size_t i = 0; i < def->decls.count; i++) {
            const AstDecl *decl = def->decls.at[i];
            if (decl->word != order[k]) continue;
            const Val *v = frame_value(m->e, frame, frame_slot(frame, decl->name.name), decl->name.at);
            if (!(k ? value_root : output_root)(m, decl, v, outs)) return false;
        }
    return true;
}

/* ---- functions ----------------------------------------------------------------------- */

/* Inputs; and in the finished function all other leaves, in the order of the tables. */
static Fn *function_begin(Maker *m, bool finished, Frame *frame)
{
    Elab *e = m->e;
    Model *model = m->model;
    const char *part = e->mode == MODE_TRAIN ? "train" : "eval";
    e->fn = fn_new(e->arena, e->names, arena_printf(e->arena, "%s.%s", model->name, part), m->real);
    for (size_t i = 0; i < model->input.count; i++) {
        const ModelInput *in = &model->input.at[i];
        const Val *v = leaf_value(e, ROLE_INPUT, in->name, in->classes ? TYPE_I32 : m->real, in->shape, true);
        frame_set(frame, in->name, v);
    }
    for (size_t i = 0; finished && e->mode == MODE_TRAIN && i < model->draw.count; i++)
        leaf_value(e, ROLE_INPUT, model->draw.at[i].name, m->real, model->draw.at[i].shape, true);
    for (size_t i = 0; finished && i < e->field->param.count; i++)
        leaf_value(e, ROLE_PARAM, e->field->param.at[i].name, m->real, e->field->param.at[i].shape, false);
    for (size_t i = 0; finished && i < model->buffer.count; i++)
        leaf_value(e, ROLE_BUFFER, model->buffer.at[i].name, m->real, model->buffer.at[i].shape, false);
    return e->fn;
}

static void end_leaves(Maker *m, const Fn *draft)
{
    for (size_t i = 0; i < draft->symbol.count; i++) {
        const Symbol *s = &draft->symbol.at[i];
        if (s->role == ROLE_STATE) ir_leaf(m->e->fn, s->role, s->name, s->type, s->shape);
    }
}

static Fn *function_end(Maker *m, const Fn *draft, const Outs *outs)
{
    Frame none = { 0 };
    size_t n = outs->root.count;
    Fn *fn = function_begin(m, true, &none);
    Ref *ref = NEW_ARRAY(m->e->arena, Ref, 2 * n), *out = ref + n;
    Ref *subst = NEW_ARRAY(m->e->arena, Ref, draft->symbol.count + 1);
    end_leaves(m, draft);
    for (size_t i = 0; i < n; i++) ref[i] = outs->root.at[i].value;
    ir_inline_many(fn, draft, ref, n, subst, out);
    for (size_t i = 0; i < n; i++) ir_root(fn, outs->root.at[i].kind, outs->root.at[i].name, out[i]);
    return fn;
}

static Fn *make_function(Maker *m, Mode mode)
{
    Elab *e = m->e;
    Outs outs = { 0 };
    Frame *frame = frame_copy(e, m->root->frame);
    e->mode = mode;
    e->memory = (Memory){ 0 };
    e->solved.count = 0;
    const Fn *draft = function_begin(m, false, frame);
    if (!frame_all(e, frame)) return NULL;
    Outs values = { 0 };
    if (!value_roots(m, frame, &values)) return NULL;
    solve_roots(e, &outs);
    for (size_t i = 0; i < values.root.count; i++) VEC_PUSH(e->arena, outs.root) = values.root.at[i];
    if (e->solved.count < m->model->solve.count) {
        elab_error(e, m->model->solve.at[e->solved.count].at, "what is solved must be the same in training and in evaluation");
        return NULL;
    }
    return memory_roots(e, &outs) ? function_end(m, draft, &outs) : NULL;
}

/* ---- buffers that one solve alone reads ------------------------------------------------- */

static bool leaf_used(const Fn *fn, Name name)
{
    int symbol = ir_symbol(fn, name);
    Ref leaf = symbol < 0 ? 0 : fn->symbol.at[symbol].node;
    for (size_t i = 0; leaf && i < fn->root.count; i++)
        if (fn->root.at[i].value == leaf || (fn->root.at[i].kind == ROOT_UPDATE && fn->root.at[i].name == name)) return true;
    for (Ref r = leaf + 1; leaf && r < fn->node.count; r++)
        for (unsigned k = 0; k < fn->node.at[r].narg; k++)
            if (fn->node.at[r].arg[k] == leaf) return true;
    return false;
}

static void assign_buffers(Model *model)
{
    for (size_t i = 0; i < model->buffer.count; i++) {
        ModelBuffer *b = &model->buffer.at[i];
        int readers = leaf_used(model->train, b->name) || leaf_used(model->eval, b->name) ? 2 : 0;
        for (size_t k = 0; k < model->solve.count && readers < 2; k++) {
            const ModelSolve *s = &model->solve.at[k];
            if (ir_symbol(s->train->f, b->name) < 0 && ir_symbol(s->eval->f, b->name) < 0) continue;
            b->solve = (int)k;
            readers++;
        }
        if (readers > 1) b->solve = -1;
    }
}

/* ---- the whole ---------------------------------------------------------------------------- */

static void take_params(Model *model, const Field *own)
{
    model->param.at = own->param.at;
    model->param.count = own->param.count;
    model->param.room = own->param.room;
    model->params = own->params;
}

Model *model_make(Unit *unit, const Spec *spec, Type real)
{
    Model *model = NEW(unit->arena, Model);
    Field *own = NEW(unit->arena, Field);       /* of which only the parameters are used */
    Elab *e = elab_new(unit, own, fn_new(unit->arena, unit->names, "numbers", TYPE_F64));
    Maker m = { .e = e, .model = model, .spec = spec, .real = real };
    const AstDef *def = def_of(&m);
    size_t errors = unit->diags->errors;

    e->model = model;
    model->name = own->name = def->name.name;
    model->instance = name_of(unit->names, spec_text(e, spec));
    model->at = def->at;
    Name root = name_of(unit->names, "");
    m.root = layer_make(e, spec, root, root);
    bool good = m.root && tables(&m) && (model->train = make_function(&m, MODE_TRAIN)) &&
                (model->eval = make_function(&m, MODE_EVAL));
    if (!good && unit->diags->errors == errors)
        diag_error(unit->diags, def->at, "`%s` cannot be written with tensors of %d dimensions", model->instance, MAX_RANK - 1);
    if (!good || unit->diags->errors > errors) return NULL;
    take_params(model, own);
    assign_buffers(model);
    return model;
}
