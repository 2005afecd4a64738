/* field.c: an odef with its arguments, as tables and tensor functions.
 *
 * Each function is elaborated in an Fn of its own, where every `let` leaves its
 * nodes, and then what its results need is copied behind the leaves. */
#include "lang/elab.h"

#include <string.h>

typedef struct Maker {
    Elab        *e;
    Field       *field;
    const Spec  *spec;
    const Layer *root;
    Type         real;
} Maker;

static const AstDef *def_of(const Maker *m) { return m->spec->frame->def.def; }

static const AstDecl *decl_of(const Maker *m, AstWord word, Name name)
{
    for (size_t i = 0; i < def_of(m)->decls.count; i++)
        if (def_of(m)->decls.at[i]->word == word && def_of(m)->decls.at[i]->name.name == name)
            return def_of(m)->decls.at[i];
    return NULL;
}

static const Arg *bound_to(const Maker *m, Name name)
{
    for (size_t i = 0; i < m->spec->bound.count; i++)
        if (m->spec->bound.at[i].name == name) return &m->spec->bound.at[i];
    return NULL;
}

/* ---- tables ------------------------------------------------------------------------- */

static bool state_table(Maker *m, const AstDecl *decl)
{
    FieldState s = { .name = decl->name.name };
    if (!shape_of_decl(m->e, m->root->frame, decl, &s.shape)) return false;
    s.count = (uint32_t)shape_count(s.shape);
    s.offset = m->field->states;
    s.given = !decl->value && !bound_to(m, s.name);
    VEC_PUSH(m->e->arena, m->field->state) = s;
    m->field->states += s.count;
    return true;
}

static bool input_table(Maker *m, const AstDecl *decl)
{
    FieldInput in = { .name = decl->name.name };
    Env env = { m->root->frame, NULL, NULL };
    const Arg *bound = bound_to(m, in.name);
    const char *what = arena_printf(m->e->arena, "`%s`", in.name);
    if (!shape_of_decl(m->e, m->root->frame, decl, &in.shape)) return false;
    if (bound) return numbers_of(m->e, bound->val, in.shape, what, bound->at) != NULL;
    in.count = (uint32_t)shape_count(in.shape);
    in.offset = m->field->inputs;
    in.has_default = decl->value != NULL;
    if (decl->value) {
        in.tensor = numbers_of(m->e, eval_known(m->e, &env, decl->value, what), in.shape, what, decl->value->at);
        if (!in.tensor) return false;
    }
    VEC_PUSH(m->e->arena, m->field->input) = in;
    m->field->inputs += in.count;
    return true;
}

static bool equation_check(Maker *m, const AstDecl *decl)
{
    Elab *e = m->e;
    if (!decl_of(m, AST_STATE, decl->name.name)) {
        const char **names = NEW_ARRAY(e->arena, const char *, m->field->state.count + 1);
        for (size_t i = 0; i < m->field->state.count; i++) names[i] = m->field->state.at[i].name;
        elab_error(e, decl->word_at, "`%s` has no state `%s`", def_of(m)->name.name, decl->name.name);
        const char *near = name_nearest(decl->name.name, names, m->field->state.count);
        if (near) diag_help(e->diags, "did you mean `d%s/d%s`?", near, decl->by.name);
        else diag_help(e->diags, "state %s", decl->name.name);
        return false;
    }
    const AstDecl *first = decl_of(m, AST_DERIVATIVE, decl->name.name);
    if (first != decl) {
        elab_error(e, decl->word_at, "`%s` has two equations", decl->name.name);
        diag_note(e->diags, first->word_at, "the first is here");
        return false;
    }
    if (!m->field->time) m->field->time = decl->by.name;
    if (m->field->time == decl->by.name) return true;
    elab_error(e, decl->word_at, "all equations of an odef are over one variable, and another is over `%s`", m->field->time);
    return false;
}

static bool state_tables(Maker *m)
{
    const AstDef *def = def_of(m);
    bool good = true;
    for (size_t i = 0; i < def->decls.count; i++)
        if (def->decls.at[i]->word == AST_STATE) good = state_table(m, def->decls.at[i]) && good;
    for (size_t i = 0; i < def->decls.count; i++)
        if (def->decls.at[i]->word == AST_DERIVATIVE) good = equation_check(m, def->decls.at[i]) && good;
    if (good && !m->field->state.count) {
        elab_error(m->e, def->at, "`%s` has no state", def->name.name);
        good = false;
    }
    for (size_t i = 0; good && i < m->field->state.count; i++) {
        Name name = m->field->state.at[i].name;
        if (decl_of(m, AST_DERIVATIVE, name)) continue;
        elab_error(m->e, decl_of(m, AST_STATE, name)->name.at, "the state `%s` has no equation", name);
        diag_help(m->e->diags, "d%s/d%s = ...", name, m->field->time ? m->field->time : "t");
        good = false;
    }
    return good;
}

static bool tables(Maker *m)
{
    const AstDef *def = def_of(m);
    bool good = true;
    for (size_t i = 0; i < def->decls.count; i++)
        if (def->decls.at[i]->word == AST_INPUT) good = input_table(m, def->decls.at[i]) && good;
    return state_tables(m) && good;
}

/* ---- functions ------------------------------------------------------------------------ */

/* A leaf and, in the frame, the name that stands for it. */
static void leaf(Maker *m, Frame *frame, Role role, Name name, Shape shape, bool sample)
{
    const Val *v = leaf_value(m->e, role, name, m->real, shape, sample);
    if (role != ROLE_PARAM) frame_set(frame, name, v);
}

static Fn *function_begin(Maker *m, const char *part, bool running, Frame *frame)
{
    Elab *e = m->e;
    Field *f = m->field;
    Fn *fn = fn_new(e->arena, e->names, arena_printf(e->arena, "%s.%s", f->name, part), m->real);
    e->fn = fn;
    for (size_t i = 0; running && i < f->state.count; i++)
        leaf(m, frame, ROLE_STATE, f->state.at[i].name, f->state.at[i].shape, true);
    if (running) leaf(m, frame, ROLE_TIME, f->time, (Shape){ 0 }, true);
    for (size_t i = 0; i < f->param.count; i++)
        leaf(m, frame, ROLE_PARAM, f->param.at[i].name, f->param.at[i].shape, false);
    for (size_t i = 0; i < f->input.count; i++)
        leaf(m, frame, ROLE_INPUT, f->input.at[i].name, f->input.at[i].shape, true);
    return fn;
}

/* In a solve an input has its default: there is nobody to give another. */
static bool inputs_default(Maker *m, Frame *frame)
{
    Elab *e = m->e;
    for (size_t i = 0; i < def_of(m)->decls.count; i++) {
        const AstDecl *decl = def_of(m)->decls.at[i];
        Slot *slot = decl->word == AST_INPUT ? frame_slot(frame, decl->name.name) : NULL;
        if (!slot || slot->val->kind != VAL_LATER) continue;
        Env env = { frame, NULL, NULL };
        const char *what = arena_printf(e->arena, "`%s`", slot->name);
        if (!decl->value) {
            elab_error(e, decl->name.at, "%s has no value here: inputs of an odef that is solved are not supported yet", what);
            return false;
        }
        slot->val = eval_known(e, &env, decl->value, what);
        if (slot->val->kind == VAL_BAD) return false;
    }
    return true;
}

/* The function for good: the same leaves, the results, and what these need. */
static Fn *function_end(Maker *m, Fn *draft, const char *part, bool running, const Outs *outs)
{
    Frame scratch = { 0 };
    size_t n = outs->root.count;
    Fn *fn = function_begin(m, part, running, &scratch);
    Ref *ref = NEW_ARRAY(m->e->arena, Ref, 2 * n), *out = ref + n;
    Ref *subst = NEW_ARRAY(m->e->arena, Ref, draft->symbol.count + 1);
    for (size_t i = 0; i < fn->symbol.count; i++) subst[i] = fn->symbol.at[i].node;
    for (size_t i = 0; i < n; i++) ref[i] = outs->root.at[i].value;
    ir_inline_many(fn, draft, ref, n, subst, out);
    for (size_t i = 0; i < n; i++) {
        const Root *root = &outs->root.at[i];
        if (root->kind == ROOT_UPDATE)      /* its leaf, read or not */
            leaf_value(m->e, ROLE_BUFFER, root->name, m->real, SHAPE(fn, out[i]), false);
        ir_root(fn, root->kind, root->name, out[i]);
    }
    return fn;
}

static const Val *member_of(const Val *all, Name name)
{
    for (size_t k = 0; all->kind == VAL_RECORD && k < all->record.count; k++)
        if (all->record.member[k].name == name) return all->record.member[k].value;
    return all;
}

static bool make_f(Maker *m)
{
    Elab *e = m->e;
    Outs outs = { 0 };
    Frame *frame = frame_copy(e, m->root->frame);
    Fn *draft = function_begin(m, "f", true, frame);
    if (!inputs_default(m, frame)) return false;
    const Val *all = frame_run(e, frame, AST_DERIVATIVE);
    if (all->kind == VAL_BAD) return false;
    for (size_t i = 0; i < m->field->state.count; i++) {
        const FieldState *s = &m->field->state.at[i];
        const AstDecl *decl = decl_of(m, AST_DERIVATIVE, s->name);
        const char *what = arena_printf(e->arena, "`d%s/d%s`", s->name, decl->by.name);
        size_t errors = e->diags->errors;
        Ref ref = result_ref(e, member_of(all, s->name), s->shape, false, what, decl->value->at);
        if (e->diags->errors > errors)
            diag_note(e->diags, decl_of(m, AST_STATE, s->name)->name.at, "`%s` is declared here", s->name);
        if (!ref) return false;
        VEC_PUSH(e->arena, outs.root) = (Root){ name_of(e->names, arena_printf(e->arena, "d%s", s->name)), ROOT_RESULT, ref };
    }
    if (!memory_roots(e, &outs)) return false;
    m->field->f = function_end(m, draft, "f", true, &outs);
    for (size_t i = 0; i < m->field->state.count; i++)
        m->field->uses_time = m->field->uses_time || NODE(m->field->f, m->field->f->root.at[i].value)->dep & DEP_TIME;
    return true;
}

static bool make_start(Maker *m)
{
    Elab *e = m->e;
    Outs outs = { 0 };
    Frame *frame = frame_copy(e, m->root->frame);
    Fn *draft = function_begin(m, "start", false, frame);
    Env env = { frame, NULL, NULL };
    e->need = "a starting state";
    for (size_t i = 0; i < m->field->state.count; i++) {
        const FieldState *s = &m->field->state.at[i];
        const AstDecl *decl = decl_of(m, AST_STATE, s->name);
        const Arg *bound = bound_to(m, s->name);
        if (s->given) continue;
        const Val *v = bound ? bound->val : eval(e, &env, decl->value);
        Span at = bound ? bound->at : decl->value->at;
        Ref ref = result_ref(e, v, s->shape, true, arena_printf(e->arena, "`%s`", s->name), at);
        if (!ref) return false;
        VEC_PUSH(e->arena, outs.root) = (Root){ s->name, ROOT_RESULT, ref };
    }
    e->need = NULL;
    if (outs.root.count) m->field->start = function_end(m, draft, "start", false, &outs);
    return true;
}

/* A condition counts as one or zero. */
static bool truth(const Val *v)
{
    return v->kind == VAL_BOOL || ((v->kind == VAL_TENSOR || v->kind == VAL_ARRAY) && v->number == NUMBER_BOOL);
}

static bool make_observe(Maker *m)
{
    Elab *e = m->e;
    Outs outs = { 0 };
    Frame *frame = frame_copy(e, m->root->frame);
    Fn *draft = function_begin(m, "observe", true, frame);
    for (size_t i = 0; i < def_of(m)->decls.count; i++) {
        const AstDecl *decl = def_of(m)->decls.at[i];
        if (decl->word != AST_OUTPUT) continue;
        const Val *v = frame_value(e, frame, frame_slot(frame, decl->name.name), decl->name.at);
        if (truth(v)) v = arith_select(e, v, val_int(e, 1), val_int(e, 0), decl->value->at);
        FieldOutput out = { .name = decl->name.name, .offset = m->field->outputs, .shape = val_shape(v) };
        if (v->kind == VAL_INT || v->kind == VAL_REAL) out.shape = (Shape){ 0 };
        out.count = (uint32_t)shape_count(out.shape);
        Ref ref = result_ref(e, v, out.shape, false, arena_printf(e->arena, "`%s`", decl->name.name), decl->name.at);
        if (!ref) return false;
        VEC_PUSH(e->arena, outs.root) = (Root){ decl->name.name, ROOT_RESULT, ref };
        VEC_PUSH(e->arena, m->field->output) = out;
        m->field->outputs += out.count;
    }
    if (outs.root.count) m->field->observe = function_end(m, draft, "observe", true, &outs);
    return true;
}

/* ---- the whole ---------------------------------------------------------------------------- */

/* The equations as they were written, for comments in what is generated. */
static const char *equations(Elab *e, const AstDef *def)
{
    Text text = { .arena = e->arena };
    for (size_t i = 0; i < def->decls.count; i++) {
        const AstDecl *decl = def->decls.at[i];
        if (decl->word != AST_DERIVATIVE) continue;
        Span first = decl->word_at, last = decl->value->at;
        const char *from = source_line(first.source, first.line) + first.column - 1;
        const char *to = source_line(last.source, last.end_line) + last.end_column - 1;
        if (text.length) text_add(&text, "\n");
        text_add_n(&text, from, (size_t)(to - from));
    }
    return text_string(&text);
}

static void describe(Maker *m)
{
    const AstDef *def = def_of(m);
    m->field->name = def->name.name;
    m->field->instance = name_of(m->e->names, spec_text(m->e, m->spec));
    m->field->at = def->at;
    m->field->equations = equations(m->e, def);
}

static void too_many_dimensions(Elab *e, const Field *field, size_t errors)
{
    if (e->diags->errors > errors) return;
    diag_error(e->diags, field->at, "`%s` cannot be written with tensors of %d dimensions", field->instance, MAX_RANK - 1);
}

/* A sum over the batch that f needs; 0 if its samples are independent. */
static Ref coupling(const Fn *f)
{
    for (Ref r = 1; r < f->node.count; r++)
        for (unsigned a = 0; f->node.at[r].op == OP_CON && a < CON(f, r)->naxis; a++)
            if (CON(f, r)->extent[a] == BATCH && !shape_batched(SHAPE(f, r))) return r;
    return 0;
}

static bool independent(Maker *m, Span *coupled)
{
    const Fn *fn[] = { m->field->f, m->field->start, m->field->observe };
    for (size_t i = 0; i < COUNT(fn); i++) {
        Ref r = fn[i] ? coupling(fn[i]) : 0;
        if (!r) continue;
        *coupled = fn[i]->place.at[NODE(fn[i], r)->loc].at;
        return false;
    }
    return true;
}

/* An odef by itself. NULL after an error, and if its samples depend on each other. */
Field *field_make(Unit *unit, const Spec *spec, Type real, Span *coupled)
{
    Field *field = NEW(unit->arena, Field);
    Fn *scratch = fn_new(unit->arena, unit->names, "numbers", TYPE_F64);
    Elab *e = elab_new(unit, field, scratch);
    Maker m = { .e = e, .field = field, .spec = spec, .real = real };
    size_t errors = unit->diags->errors;

    describe(&m);
    Name root = name_of(unit->names, "");
    m.root = layer_make(e, spec, root, root);
    e->mode = MODE_EVAL;
    e->odef = true;
    bool good = m.root && tables(&m) && make_f(&m) && make_start(&m) && make_observe(&m);
    if (!good) too_many_dimensions(e, field, errors);
    return good && unit->diags->errors == errors && independent(&m, coupled) ? field : NULL;
}

/* The odef of a solve: the parameters and buffers are the model's, under their paths. */
Field *field_of_layer(Elab *e, const Layer *layer)
{
    Maker m = { e, NEW(e->arena, Field), layer->spec, layer, e->fn->real };
    Elab around = *e;
    size_t errors = e->diags->errors;
    Call call = { e->call, &layer->spec->at, layer->path };
    describe(&m);
    e->memory = (Memory){ 0 };
    e->axis = NULL;
    e->call = &call;
    e->label = layer->path;
    e->odef = true;
    bool good = state_tables(&m) && make_f(&m);
    if (!good && !e->unroll) too_many_dimensions(e, m.field, errors);
    e->memory = around.memory;
    e->axis = around.axis;
    e->call = around.call;
    e->label = around.label;
    e->odef = around.odef;
    e->fn = around.fn;
    return good ? m.field : NULL;
}
