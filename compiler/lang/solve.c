/* solve.c: solve(func, x, 0 .. 1) in a layer or a model.
 *
 * Somebody else integrates; here is what they need: the odef as a Field of its
 * own, elaborated like any other call but with leaves for states and time, where
 * the states begin (roots of the function around it) and where they end (leaves). */
#include "lang/elab.h"

#include <string.h>

typedef struct Solving {
    const Layer  *func;
    const AstDef *def;
    const Arg   **state;            /* per state of the odef, in order             */
    const Val    *span;
} Solving;

static size_t states_of(const AstDef *def, const AstDecl **out)
{
    size_t n = 0;
    for (size_t i = 0; i < def->decls.count; i++)
        if (def->decls.at[i]->word == AST_STATE) out[n++] = def->decls.at[i];
    return n;
}

static Name time_of(const AstDef *def)
{
    for (size_t i = 0; i < def->decls.count; i++)
        if (def->decls.at[i]->word == AST_DERIVATIVE) return def->decls.at[i]->by.name;
    return NULL;
}

/* ---- arguments ------------------------------------------------------------------------- */

static bool stands_here(Elab *e, const AstExpr *x)
{
    if (e->model && !e->odef && e->mode != MODE_MAKING) return true;
    elab_error(e, x->at, e->mode == MODE_MAKING ? "`solve` is known only when the model runs"
                       : "`solve` in the right-hand side of an odef is not supported yet");
    if (e->mode != MODE_MAKING) diag_help(e->diags, "it stands in a `model`, and in layers of one");
    return false;
}

static bool func_set(Elab *e, Solving *s, const Arg *arg)
{
    const Val *v = arg->val;
    bool layer = v->kind == VAL_LAYER && v->layer->kind == LAYER_DEF && v->layer->frame->def.def->kind == AST_ODEF;
    if (layer && !arg->name) {
        s->func = v->layer;
        s->def = v->layer->frame->def.def;
        return true;
    }
    if (v->kind == VAL_DEF && v->def.def->kind == AST_ODEF) {
        elab_error(e, arg->at, "`%s` must be declared before it is solved", v->def.def->name.name);
        diag_help(e->diags, "layer func = %s(...), and then solve(func, x, 0 .. 1)", v->def.def->name.name);
    } else {
        elab_error(e, arg->at, "`solve` integrates a declared odef, and this is %s",
                   v->kind == VAL_LAYER ? "another layer" : val_text(e, v));
    }
    return false;
}

static bool span_set(Elab *e, Solving *s, const Arg *arg)
{
    const Val *v = arg->val;
    if (v->kind == VAL_SPAN && v->span.from != v->span.to && !s->span) return s->span = v, true;
    if (v->kind != VAL_SPAN && val_numeric(v) && v->kind != VAL_INT && v->kind != VAL_REAL)
        elab_error(e, arg->at, "`solve` over a list of times is not supported yet; it takes a span, 0 .. 1");
    else if (v->kind != VAL_SPAN)
        elab_error(e, arg->at, "`solve` needs a span of time, 0 .. 1, and this is %s", val_text(e, v));
    else
        elab_error(e, arg->at, s->span ? "the span of time is given twice" : "this span of time is empty");
    return false;
}

static bool has_input(const AstDef *def, Name name)
{
    for (size_t i = 0; i < def->decls.count; i++)
        if (def->decls.at[i]->word == AST_INPUT && def->decls.at[i]->name.name == name) return true;
    return false;
}

static bool args_set(Elab *e, Solving *s, const Args *args, const AstDecl *const *state, size_t n)
{
    size_t place = 0;
    for (size_t i = 1; i < args->count; i++) {
        const Arg *arg = &args->at[i];
        size_t k = arg->name ? 0 : place++;
        while (arg->name && k < n && state[k]->name.name != arg->name) k++;
        if (arg->name ? arg->name == time_of(s->def) : k == n || arg->val->kind == VAL_SPAN) {
            if (!span_set(e, s, arg)) return false;
        } else if (k < n && !s->state[k]) {
            s->state[k] = arg;
        } else {
            if (k < n) elab_error(e, arg->at, "`%s` is given twice", state[k]->name.name);
            else if (!arg->name) elab_error(e, arg->at, "`solve` takes an odef, its %zu state%s and a span of time", n, n == 1 ? "" : "s");
            else if (has_input(s->def, arg->name)) elab_error(e, arg->at, "an input of an odef that is solved is not supported yet");
            else elab_error(e, arg->at, "`%s` has no state `%s`", s->func->path, arg->name);
            diag_note(e->diags, s->def->at, "`%s` is defined here", s->def->name.name);
            return false;
        }
    }
    return true;
}

static bool complete(Elab *e, const Solving *s, const AstDecl *const *state, size_t n, const AstExpr *x)
{
    for (size_t k = 0; k < n; k++) {
        if (s->state[k]) continue;
        elab_error(e, x->at, "`solve` needs the state `%s` of `%s` to begin with", state[k]->name.name, s->func->path);
        diag_note(e->diags, state[k]->name.at, "declared here");
        return false;
    }
    if (s->span) return true;
    elab_error(e, x->at, "`solve` needs a span of time");
    diag_help(e->diags, "solve(func, x, 0 .. 1)");
    return false;
}

/* ---- the solve --------------------------------------------------------------------------- */

static bool name_taken(const Model *model, Name name)
{
    for (size_t i = 0; i < model->solve.count; i++)
        if (model->solve.at[i].name == name) return true;
    return false;
}

/* The layer that integrates, or what it integrates; and a number if it does so again. */
static Name solve_name(Elab *e, const Layer *func)
{
    Name base = e->label && *e->label ? e->label : func->path, name = base;
    for (unsigned k = 2; name_taken(e->model, name); k++)
        name = name_of(e->names, arena_printf(e->arena, "%s_%u", base, k));
    return name;
}

/* Its row in the model's table: made in training, found again in evaluation. */
static ModelSolve *solve_row(Elab *e, const Solving *s, const AstExpr *x)
{
    Model *model = e->model;
    if (e->mode == MODE_TRAIN) {
        ModelSolve row = { solve_name(e, s->func), NULL, NULL, s->span->span.from, s->span->span.to, x->at };
        VEC_PUSH(e->arena, model->solve) = row;
        return &model->solve.at[model->solve.count - 1];
    }
    ModelSolve *row = e->solved.count < model->solve.count ? &model->solve.at[e->solved.count] : NULL;
    if (row && row->from == s->span->span.from && row->to == s->span->span.to &&
        row->at.source == x->at.source && row->at.line == x->at.line && row->at.column == x->at.column) return row;
    elab_error(e, x->at, "what is solved must be the same in training and in evaluation");
    return NULL;
}

static const Val *solved_before(const Elab *e, const Solving *s, const Ref *begin, size_t n)
{
    for (size_t i = 0; i < e->solved.count; i++) {
        const Solved *old = &e->solved.at[i];
        bool same = old->func == s->func && old->from == s->span->span.from && old->to == s->span->span.to;
        if (same && !memcmp(old->begin, begin, n * sizeof *begin)) return old->end;
    }
    return NULL;
}

/* The states at the end: leaves of the function around. */
static const Val *end_leaves(Elab *e, const ModelSolve *row, const Field *field)
{
    size_t n = field->state.count;
    Member *member = NEW_ARRAY(e->arena, Member, n);
    for (size_t k = 0; k < n; k++) {
        Name name = name_of(e->names, arena_printf(e->arena, "%s.%s.end", row->name, field->state.at[k].name));
        member[k] = (Member){ field->state.at[k].name,
                              leaf_value(e, ROLE_STATE, name, e->fn->real, field->state.at[k].shape, true) };
    }
    if (n == 1) return member->value;
    Val *record = (Val *)val_kind(e, VAL_RECORD);
    record->record.count = n;
    record->record.member = member;
    return record;
}

static const Val *solve_make(Elab *e, const Solving *s, const AstExpr *x, const Field *field)
{
    size_t n = field->state.count;
    Ref *begin = NEW_ARRAY(e->arena, Ref, n);
    const Gen *gen[MAX_AXES];
    for (size_t k = 0; k < n; k++) {
        const FieldState *state = &field->state.at[k];
        const Arg *arg = s->state[k];
        if (val_numeric(arg->val) && val_gens(arg->val, gen, MAX_AXES)) return elab_unroll(e, arg->val, arg->at);
        begin[k] = result_ref(e, arg->val, state->shape, false, arena_printf(e->arena, "the state `%s`", state->name), arg->at);
        if (!begin[k]) return elab_bad(e);
    }
    const Val *before = solved_before(e, s, begin, n);
    if (before) return before;
    ModelSolve *row = solve_row(e, s, x);
    if (!row) return elab_bad(e);
    *(e->mode == MODE_TRAIN ? &row->train : &row->eval) = (Field *)field;
    const Val *end = end_leaves(e, row, field);
    VEC_PUSH(e->arena, e->solved) = (Solved){ s->func, row->from, row->to, begin, end, (uint32_t)(row - e->model->solve.at) };
    return end;
}

const Val *solve_call(Elab *e, const Args *args, const AstExpr *x)
{
    Solving s = { 0 };
    if (!stands_here(e, x) || !func_set(e, &s, &args->at[0])) return elab_bad(e);
    const AstDecl **state = NEW_ARRAY(e->arena, const AstDecl *, s.def->decls.count + 1);
    size_t n = states_of(s.def, state);
    s.state = NEW_ARRAY(e->arena, const Arg *, n + 1);
    if (!args_set(e, &s, args, state, n) || !complete(e, &s, state, n, x)) return elab_bad(e);
    const Field *field = field_of_layer(e, s.func);
    return field ? solve_make(e, &s, x, field) : elab_bad(e);
}
