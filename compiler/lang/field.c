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

static bool tables(Maker *m)
{
    const AstDef *def = def_of(m);
    bool good = true;
    for (size_t i = 0; i < def->decls.count; i++) {
        const AstDecl *decl = def->decls.at[i];
        if (decl->word == AST_STATE) good = state_table(m, decl) && good;
        if (decl->word == AST_INPUT) good = input_table(m, decl) && good;
    }
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

/* ---- functions ------------------------------------------------------------------------ */

static Shape batched(Shape shape)
{
    Shape out = { .rank = (uint8_t)(shape.rank + 1), .dim = { BATCH } };
    memcpy(out.dim + 1, shape.dim, shape.rank * sizeof *shape.dim);
    return out;
}

/* A leaf and, in the frame, the name that stands for it. */
static void leaf(Maker *m, Frame *frame, Role role, Name name, Shape shape, bool sample)
{
    Elab *e = m->e;
    const Gen *dim[MAX_RANK];
    Ref ref = ir_leaf(e->fn, role, name, m->real, sample ? batched(shape) : shape);
    for (unsigned d = 0; d < shape.rank; d++) dim[d] = gen_new(e, shape.dim[d], NULL);
    if (role != ROLE_PARAM) frame_set(frame, name, val_node(e, ref, NULL, 0, dim, shape.rank));
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

/* A value of `shape` for every sample; a number fills it if `fill`. */
static Ref result(Maker *m, const Val *v, Shape shape, bool fill, const char *what, Span at)
{
    Elab *e = m->e;
    if (v->kind == VAL_BAD) return 0;
    Text text = { .arena = e->arena };
    for (unsigned i = 0; i < shape.rank; i++) text_printf(&text, "%s%u", i ? ", " : "[", shape.dim[i]);
    text_add(&text, shape.rank ? "]" : "a number");
    bool truth = (v->kind == VAL_TENSOR || v->kind == VAL_ARRAY) && v->number == NUMBER_BOOL;
    if (!val_numeric(v) || v->kind == VAL_BOOL || truth) {
        elab_error(e, at, "%s must be %s, not %s", what, text_string(&text), val_text(e, v));
        return 0;
    }
    bool scalar = !val_shape(v).rank;
    if (!shape_equal(val_shape(v), shape) && !(fill && scalar)) {
        elab_error(e, at, "%s must be %s, not %s", what, text_string(&text), val_text(e, v));
        return 0;
    }
    elab_place(e, at);
    Space space = { .count = shape.rank, .own = shape.rank, .batched = true };
    v = val_tensor(e, v);
    for (unsigned d = 0; d < shape.rank; d++) space.gen[d] = scalar ? gen_new(e, shape.dim[d], NULL) : v->dim[d];
    return v->kind == VAL_BAD ? 0 : val_ref(e, v, &space);
}

/* The function for good: the same leaves, the results, and what these need. */
static Fn *function_end(Maker *m, Fn *draft, const char *part, bool running, const Ref *ref, const Name *name, size_t n)
{
    Frame scratch = { 0 };
    Fn *fn = function_begin(m, part, running, &scratch);
    Ref *out = NEW_ARRAY(m->e->arena, Ref, n), *subst = NEW_ARRAY(m->e->arena, Ref, draft->symbol.count + 1);
    for (size_t i = 0; i < draft->symbol.count; i++) subst[i] = fn->symbol.at[i].node;
    ir_inline_many(fn, draft, ref, n, subst, out);
    for (size_t i = 0; i < n; i++) ir_root(fn, ROOT_RESULT, name[i], out[i]);
    m->e->fn = fn;
    return fn;
}

static bool make_f(Maker *m)
{
    Elab *e = m->e;
    size_t n = m->field->state.count;
    Ref *ref = NEW_ARRAY(e->arena, Ref, n);
    Name *name = NEW_ARRAY(e->arena, Name, n);
    Frame *frame = frame_copy(e, m->root->frame);
    Fn *draft = function_begin(m, "f", true, frame);
    const Val *all = frame_run(e, frame, AST_DERIVATIVE);
    bool good = all->kind != VAL_BAD;
    for (size_t i = 0; i < n && good; i++) {
        const FieldState *s = &m->field->state.at[i];
        const AstDecl *decl = decl_of(m, AST_DERIVATIVE, s->name);
        const Val *v = all;
        for (size_t k = 0; all->kind == VAL_RECORD && k < all->record.count; k++)
            if (all->record.member[k].name == s->name) v = all->record.member[k].value;
        name[i] = name_of(e->names, arena_printf(e->arena, "d%s", s->name));
        size_t errors = e->diags->errors;
        ref[i] = result(m, v, s->shape, false, arena_printf(e->arena, "`d%s/d%s`", s->name, decl->by.name), decl->value->at);
        good = ref[i] != 0;
        if (e->diags->errors > errors)
            diag_note(e->diags, decl_of(m, AST_STATE, s->name)->name.at, "`%s` is declared here", s->name);
    }
    if (!good) return false;
    m->field->f = function_end(m, draft, "f", true, ref, name, n);
    for (size_t i = 0; i < n; i++)
        m->field->uses_time = m->field->uses_time || NODE(m->field->f, m->field->f->root.at[i].value)->dep & DEP_TIME;
    return true;
}

static bool make_start(Maker *m)
{
    Elab *e = m->e;
    Ref *ref = NEW_ARRAY(e->arena, Ref, m->field->state.count);
    Name *name = NEW_ARRAY(e->arena, Name, m->field->state.count);
    size_t n = 0;
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
        name[n] = s->name;
        ref[n] = result(m, v, s->shape, true, arena_printf(e->arena, "`%s`", s->name), at);
        if (!ref[n++]) return false;
    }
    e->need = NULL;
    if (n) m->field->start = function_end(m, draft, "start", false, ref, name, n);
    return true;
}

static bool make_observe(Maker *m)
{
    Elab *e = m->e;
    size_t most = def_of(m)->decls.count, n = 0;
    Ref *ref = NEW_ARRAY(e->arena, Ref, most);
    Name *name = NEW_ARRAY(e->arena, Name, most);
    Frame *frame = frame_copy(e, m->root->frame);
    Fn *draft = function_begin(m, "observe", true, frame);
    for (size_t i = 0; i < most; i++) {
        const AstDecl *decl = def_of(m)->decls.at[i];
        if (decl->word != AST_OUTPUT) continue;
        const Val *v = frame_value(e, frame, frame_slot(frame, decl->name.name), decl->name.at);
        FieldOutput out = { .name = decl->name.name, .offset = m->field->outputs, .shape = val_shape(v) };
        if (v->kind == VAL_INT || v->kind == VAL_REAL) out.shape = (Shape){ 0 };
        out.count = (uint32_t)shape_count(out.shape);
        name[n] = decl->name.name;
        ref[n] = result(m, v, out.shape, false, arena_printf(e->arena, "`%s`", decl->name.name), decl->name.at);
        if (!ref[n++]) return false;
        VEC_PUSH(e->arena, m->field->output) = out;
        m->field->outputs += out.count;
    }
    if (n) m->field->observe = function_end(m, draft, "observe", true, ref, name, n);
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
        const char *at = first.source->text, *from, *to;
        for (int line = 1; line < first.line; line++) at = strchr(at, '\n') + 1;
        from = at + first.column - 1;
        for (int line = first.line; line < last.end_line; line++) at = strchr(at, '\n') + 1;
        to = at + last.end_column - 1;
        if (text.length) text_add(&text, "\n");
        text_add_n(&text, from, (size_t)(to - from));
    }
    return text_string(&text);
}

Field *field_make(Unit *unit, const Spec *spec, Type real)
{
    Field *field = NEW(unit->arena, Field);
    Fn *scratch = fn_new(unit->arena, unit->names, "numbers", TYPE_F64);
    Elab *e = elab_new(unit, field, scratch);
    Maker m = { .e = e, .field = field, .spec = spec, .real = real };
    const AstDef *def = def_of(&m);
    size_t errors = unit->diags->errors;

    field->name = def->name.name;
    field->instance = name_of(unit->names, spec_text(e, spec));
    field->at = def->at;
    field->equations = equations(e, def);
    Name root = name_of(unit->names, "");
    m.root = layer_make(e, spec, root, root);
    bool good = m.root && tables(&m) && make_f(&m);
    if (good) good = make_start(&m) && make_observe(&m);
    if (!good && unit->diags->errors == errors)
        diag_error(unit->diags, def->at, "`%s` cannot be written with tensors of %d dimensions", field->instance, MAX_RANK - 1);
    return good && unit->diags->errors == errors ? field : NULL;
}
