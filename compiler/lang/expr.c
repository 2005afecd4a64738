/* expr.c: expressions. */
#include "lang/elab.h"

#include <math.h>
#include <string.h>

enum { DEEPEST = 2000 };
static const uint64_t MOST_STEPS = 2000000;
static const size_t MOST_NODES = 500000;

/* ---- names ---------------------------------------------------------------------- */

/* Values whose shape the gate would change stay as they are: a weight is multiplied by
 * what passed the gate.                                                             */
static const Val *gate_value(Elab *e, const Gate *gate, const Val *v)
{
    const Val *test = gate->test;
    if (v->kind != VAL_TENSOR || v->number != NUMBER_REAL) return v;
    if (test->rank && !shape_equal(val_shape(test), val_shape(v))) return v;
    if (val_batched(e, test) && !val_batched(e, v)) return v;
    const Val *zero = val_int(e, 0);
    return gate->sense ? arith_select(e, test, v, zero, e->fn->place.at[e->fn->loc].at)
                       : arith_select(e, test, zero, v, e->fn->place.at[e->fn->loc].at);
}

static const Val *local_value(Elab *e, const Env *env, Name name)
{
    const Gate *gate = env->gate;
    const Gate *passed[16];
    unsigned gates = 0;
    for (const Local *l = env->local; l; l = l->up) {
        for (; gate && gate->inside == l; gate = gate->up)
            if (gates < COUNT(passed)) passed[gates++] = gate;
        if (l->name != name) continue;
        const Val *v = l->val;
        while (gates) v = gate_value(e, passed[--gates], v);
        return v;
    }
    return NULL;
}

static const Val *slot_value(Elab *e, const Env *env, Slot *slot, Span at)
{
    const Gate *passed[16];
    unsigned gates = 0;
    const Val *v = frame_value(e, env->frame, slot, at);
    for (const Gate *gate = env->gate; gate && gates < COUNT(passed); gate = gate->up) passed[gates++] = gate;
    while (gates) v = gate_value(e, passed[--gates], v);
    return v;
}

static const Val *global_value(Elab *e, const Env *env, Name name)
{
    Def from = env->frame->def;
    Found found = unit_find(e->unit, from.file ? from.file : e->unit->main,
                            from.file ? from.order : SIZE_MAX, name);
    Val *v = (Val *)val_kind(e, VAL_DEF);
    v->def = found.def;
    if (found.def.def) return v;
    if (found.module) {
        v->kind = VAL_MODULE;
        v->module = found.module;
        return v;
    }
    if (!strcmp(name, "pi")) return val_real(e, 3.14159265358979323846);
    if ((v->builtin = builtin_find(name))) return v->kind = VAL_BUILTIN, v;
    v->op = (uint16_t)op_callable(name);
    return v->op ? (v->kind = VAL_OP, v) : NULL;
}

static const Val *training(Elab *e, Span at)
{
    if (e->mode != MODE_MAKING) return val_bool(e, e->mode == MODE_TRAIN);
    return elab_error(e, at, "`training` is known only when the model runs, but %s must be known before",
                      e->need ? e->need : "this");
}

static const Val *eval_name(Elab *e, const Env *env, Name name, Span at)
{
    const Val *v = local_value(e, env, name);
    if (v) return v;
    Slot *slot = frame_slot(env->frame, name);
    if (slot) return slot_value(e, env, slot, at);
    v = global_value(e, env, name);
    if (!v && !strcmp(name, "training")) return training(e, at);
    return v ? v : elab_error(e, at, "`%s` is not declared", name);
}

static const Val *eval_member(Elab *e, const Env *env, const AstExpr *x)
{
    const Val *of = eval(e, env, x->member.of);
    Name field = x->member.field.name;
    if (of->kind == VAL_BAD) return of;
    if (of->kind == VAL_RECORD) {
        for (size_t i = 0; i < of->record.count; i++)
            if (of->record.member[i].name == field) return of->record.member[i].value;
        const Val *bad = elab_error(e, x->member.field.at, "there is no output `%s` here", field);
        Text text = { .arena = e->arena };
        for (size_t i = 0; i < of->record.count; i++)
            text_printf(&text, "%s`%s`", i ? ", " : "", of->record.member[i].name);
        diag_help(e->diags, "the outputs are %s", text_string(&text));
        return bad;
    }
    if (of->kind == VAL_MODULE) {
        Found found = unit_find(e->unit, of->module, SIZE_MAX, field);
        Val *v = (Val *)val_kind(e, VAL_DEF);
        v->def = found.def;
        if (found.def.def && found.def.file == of->module) return v;
        return elab_error(e, x->member.field.at, "`%s` has no definition `%s`", of->module->source->path, field);
    }
    return elab_error(e, x->member.field.at, "%s has no parts", val_text(e, of));
}

/* ---- what must be known now ---------------------------------------------------------- */

const Val *eval_known(Elab *e, const Env *env, const AstExpr *x, const char *what)
{
    const char *before = e->need;
    e->need = what;
    const Val *v = eval(e, env, x);
    e->need = before;
    if (v->kind == VAL_TENSOR)
        return elab_error(e, x->at, "%s must be known when the model is compiled, and this is not", what);
    const Gen *gen[MAX_AXES];
    if (val_known(v) && val_gens(v, gen, MAX_AXES)) return elab_unroll(e, v, x->at);
    return v;
}

bool eval_int(Elab *e, const Env *env, const AstExpr *x, const char *what, int64_t *out)
{
    const Val *v = eval_known(e, env, x, what);
    if (v->kind == VAL_INT) {
        *out = v->integer;
        return true;
    }
    if (v->kind != VAL_BAD) elab_error(e, x->at, "%s must be a whole number, not %s", what, val_text(e, v));
    if (v->kind == VAL_REAL && x->kind == AST_BINARY && x->op == AST_DIV)
        diag_help(e->diags, "`/` is real division; `//` divides whole numbers");
    return false;
}

bool eval_bool(Elab *e, const Env *env, const AstExpr *x, const char *what, bool *out)
{
    const Val *v = eval_known(e, env, x, what);
    if (v->kind == VAL_BOOL) {
        *out = v->truth;
        return true;
    }
    if (v->kind != VAL_BAD) elab_error(e, x->at, "%s must be true or false, not %s", what, val_text(e, v));
    return false;
}

bool eval_shape(Elab *e, const Env *env, const AstExprs *dims, Shape *shape)
{
    uint64_t total = 1;
    *shape = (Shape){ 0 };
    for (size_t i = 0; i < dims->count; i++) {
        int64_t extent;
        const AstExpr *x = dims->at[i];
        if (!eval_int(e, env, x, "a length", &extent)) return false;
        if (extent < 1) {
            elab_error(e, x->at, "a length must be at least 1, not %lld", (long long)extent);
            return false;
        }
        if (shape->rank == MAX_RANK - 1) {
            elab_error(e, x->at, "at most %d dimensions", MAX_RANK - 1);
            return false;
        }
        if (extent > INT32_MAX || (total *= (uint64_t)extent) > UINT64_C(1) << 28) {
            elab_error(e, x->at, "this tensor would have more than %llu numbers", 1ull << 28);
            return false;
        }
        shape->dim[shape->rank++] = (uint32_t)extent;
    }
    return true;
}

/* ---- if ------------------------------------------------------------------------------ */

static const Val *eval_branch(Elab *e, const Env *env, const AstExpr *x, const Val *test, bool sense)
{
    Gate gate = { env->gate, env->local, test, sense };
    Env inside = { env->frame, env->local, &gate };
    bool plain = x->kind == AST_NAME || x->kind == AST_NUMBER || x->kind == AST_INDEX;
    return eval(e, plain ? env : &inside, x);
}

static const Val *eval_if(Elab *e, const Env *env, const AstExpr *x)
{
    const Val *test = eval(e, env, x->choice.test);
    if (test->kind == VAL_BAD) return test;
    if (test->kind == VAL_BOOL) return eval(e, env, test->truth ? x->choice.yes : x->choice.no);
    if (test->kind == VAL_INDEX || (test->kind == VAL_ARRAY && test->count && !test->rank))
        return elab_unroll(e, test, x->choice.test->at);
    if (!val_numeric(test) || test->kind == VAL_INT || test->kind == VAL_REAL || test->number != NUMBER_BOOL)
        return elab_error(e, x->choice.test->at, "`if` needs a condition, not %s", val_text(e, test));
    test = val_settle(e, test);
    if (test->kind == VAL_BAD) return test;
    const Val *yes = eval_branch(e, env, x->choice.yes, test, true);
    const Val *no = eval_branch(e, env, x->choice.no, test, false);
    return arith_select(e, test, yes, no, x->at);
}

/* ---- lists ----------------------------------------------------------------------------- */

static bool plain_numbers(const Val *const *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool array = v[i]->kind == VAL_ARRAY && !v[i]->count && v[i]->number != NUMBER_BOOL;
        if (v[i]->kind != VAL_INT && v[i]->kind != VAL_REAL && !array) return false;
        if (array != (v[0]->kind == VAL_ARRAY)) return false;
        if (array && !shape_equal(val_shape(v[i]), val_shape(v[0]))) return false;
    }
    return true;
}

static const Val *list_numbers(Elab *e, const Val *const *v, size_t n)
{
    const Gen *dim[MAX_RANK] = { gen_new(e, (uint32_t)n, NULL) };
    unsigned rank = v[0]->kind == VAL_ARRAY ? v[0]->rank : 0;
    size_t each = v[0]->kind == VAL_ARRAY ? shape_count(val_shape(v[0])) : 1;
    double *at = NEW_ARRAY(e->arena, double, n * each);
    Number number = NUMBER_INT;
    for (unsigned d = 0; d < rank; d++) dim[d + 1] = v[0]->dim[d];
    for (size_t i = 0; i < n; i++) {
        if (v[i]->kind == VAL_ARRAY) memcpy(at + i * each, v[i]->array.at, each * sizeof *at);
        else val_scalar_number(v[i], &at[i]);
        if (v[i]->kind == VAL_REAL || (v[i]->kind == VAL_ARRAY && v[i]->number == NUMBER_REAL)) number = NUMBER_REAL;
    }
    return val_array(e, number, rank + 1, dim, at);
}

static const Val *eval_list(Elab *e, const Env *env, const AstExpr *x)
{
    size_t n = x->list.count;
    const Val **v = NEW_ARRAY(e->arena, const Val *, n);
    const Val *bad = NULL;
    if (!n) return elab_error(e, x->at, "an empty list has no shape");
    for (size_t i = 0; i < n; i++) {
        v[i] = eval(e, env, x->list.at[i]);
        if (v[i]->kind == VAL_BAD) bad = v[i];
        else if (!val_numeric(v[i]) || val_label(v[i]))
            bad = elab_error(e, x->list.at[i]->at, "a list holds numbers, not %s", val_text(e, v[i]));
    }
    if (bad) return bad;
    for (size_t i = 1; i < n; i++) {
        bool scalar[2] = { v[0]->kind != VAL_TENSOR && v[0]->kind != VAL_ARRAY,
                           v[i]->kind != VAL_TENSOR && v[i]->kind != VAL_ARRAY };
        unsigned rank[2] = { scalar[0] ? 0 : v[0]->rank, scalar[1] ? 0 : v[i]->rank };
        bool same = rank[0] == rank[1] && (!rank[0] || shape_equal(val_shape(v[0]), val_shape(v[i])));
        if (same && val_truthful(v[0]) == val_truthful(v[i])) continue;
        const Val *wrong = elab_error(e, x->list.at[i]->at,
                                      same ? "the elements of a list must all be numbers or all conditions; this is %s"
                                           : "the elements of a list must have one shape; this is %s", val_text(e, v[i]));
        diag_note(e->diags, x->list.at[0]->at, "the first is %s", val_text(e, v[0]));
        return wrong;
    }
    if (v[0]->rank == MAX_RANK - 1) return elab_error(e, x->at, "at most %d dimensions", MAX_RANK - 1);
    if (plain_numbers(v, n)) return list_numbers(e, v, n);
    elab_place(e, x->at);
    Fn *before = lab_begin(e, v, n);
    const Val *y = val_stack(e, v, n);
    return before ? lab_end(e, before, y) : y;
}

/* ---- calls -------------------------------------------------------------------------------- */

const char *callee_name(const Val *callee)
{
    switch (callee->kind) {
    case VAL_OP:      return op_info(callee->op)->name;
    case VAL_BUILTIN: return callee->builtin->name;
    case VAL_DEF:     return callee->def.def->name.name;
    case VAL_LAYER:   return callee->layer->path;
    default:          return "this";
    }
}

static const Val *apply_builtin(Elab *e, const Builtin *b, const Args *args, const AstExpr *x)
{
    for (size_t i = 0; i < args->count; i++)
        if (args->at[i].name && b->call != solve_call)
            return elab_error(e, args->at[i].at, "`%s` takes its arguments by place", b->name);
        else if (val_label(args->at[i].val) && b->call != pick_one_hot)
            return elab_error(e, args->at[i].at, "`%s` does not take whole numbers of the running model", b->name);
    if (args->count < b->least || args->count > b->most) {
        const Val *bad = elab_error(e, x->at, "`%s` does not take %zu argument%s", b->name, args->count,
                                    args->count == 1 ? "" : "s");
        diag_help(e->diags, "%s", b->usage);
        return bad;
    }
    elab_place(e, x->at);
    const Val **v = NEW_ARRAY(e->arena, const Val *, args->count + 1);
    for (size_t i = 0; i < args->count; i++) v[i] = args->at[i].val;
    Fn *before = lab_begin(e, v, args->count);
    const Val *y = b->call(e, args, x);
    return before ? lab_end(e, before, y) : y;
}

static const Val *apply_op(Elab *e, Op op, const Args *args, const AstExpr *x)
{
    const Val *v[3] = { 0 };
    for (size_t i = 0; i < args->count; i++) {
        if (args->at[i].name)
            return elab_error(e, args->at[i].at, "`%s` takes its arguments by place", op_info(op)->name);
        if (i < 3) v[i] = args->at[i].val;
    }
    if (args->count > 3) v[0] = NULL;
    return arith_map(e, op, v, args->count > 3 ? 4 : (unsigned)args->count, x->at);
}

const Val *apply(Elab *e, const Val *callee, const Args *args, const AstExpr *x)
{
    for (size_t i = 0; i < args->count; i++)
        if (args->at[i].val->kind == VAL_BAD) return args->at[i].val;
    switch (callee->kind) {
    case VAL_BAD:     return callee;
    case VAL_OP:      return apply_op(e, (Op)callee->op, args, x);
    case VAL_BUILTIN: return apply_builtin(e, callee->builtin, args, x);
    case VAL_LAYER:   return layer_call(e, callee->layer, args, x);
    case VAL_DEF:
        if (callee->def.def->kind == AST_FUNCTION) return function_call(e, callee->def, args, x);
        if (callee->def.def->kind == AST_LAYERDEF || callee->def.def->kind == AST_ODEF) {
            const Val *bad = elab_error(e, x->at, "`%s` has parameters, so it must be declared before it is used",
                                        callee->def.def->name.name);
            diag_help(e->diags, "layer name = %s(...)", callee->def.def->name.name);
            return bad;
        }
        return elab_error(e, x->at, "`%s` is not supported here yet", ast_def_text[callee->def.def->kind]);
    case VAL_SPEC: {
        const Val *bad = elab_error(e, x->at, "a layer must be declared before it is used");
        diag_help(e->diags, "layer name = ...");
        return bad;
    }
    default:
        return elab_error(e, x->kind == AST_CALL ? x->call.f->at : x->at, "%s cannot be called", val_text(e, callee));
    }
}

static const Val *eval_call(Elab *e, const Env *env, const AstExpr *x, const AstExpr *f,
                            const AstArgs *more, const AstExpr *piped)
{
    const Val *callee = eval(e, env, f);
    if (callee->kind == VAL_BAD) return callee;
    if (callee->kind == VAL_BUILTIN && !callee->builtin->most)
        return elab_error(e, f->at, "`%s` is not supported yet", callee->builtin->name);
    size_t first = piped != NULL, n = first + (more ? more->count : 0);
    Args args = { n, NEW_ARRAY(e->arena, Arg, n + 1) };
    if (piped) args.at[0] = (Arg){ NULL, eval(e, env, piped), piped->at };
    for (size_t i = first; i < n; i++) {
        const AstArg *arg = &more->at[i - first];
        args.at[i] = (Arg){ arg->key.name, eval(e, env, arg->value), arg->key.name ? arg->key.at : arg->value->at };
    }
    const Val *y = apply(e, callee, &args, x);
    e->env = env;
    return y;
}

static const Val *eval_logic(Elab *e, const Env *env, const AstExpr *x)
{
    const Val *a = eval(e, env, x->a);
    if (a->kind == VAL_BOOL && a->truth == (x->op == AST_OR)) return a;
    const Val *b = eval(e, env, x->b);
    return arith_binary(e, x->op, a, b, x);
}

static const Val *eval_span(Elab *e, const Env *env, const AstExpr *x)
{
    Val *span = (Val *)val_kind(e, VAL_SPAN);
    double *end[2] = { &span->span.from, &span->span.to };
    const AstExpr *part[2] = { x->a, x->b };
    for (int i = 0; i < 2; i++) {
        const Val *v = eval_known(e, env, part[i], "the end of a span");
        if (v->kind == VAL_BAD) return v;
        if (!val_scalar_number(v, end[i]))
            return elab_error(e, part[i]->at, "the end of a span must be a number, not %s", val_text(e, v));
    }
    return span;
}

static const Val *eval_binary(Elab *e, const Env *env, const AstExpr *x)
{
    if (x->op == AST_PIPE) {
        const AstExpr *f = x->b;
        if (f->kind == AST_CALL) return eval_call(e, env, f, f->call.f, &f->call.args, x->a);
        return eval_call(e, env, x, f, NULL, x->a);
    }
    if (x->op == AST_SPAN) return eval_span(e, env, x);
    if (x->op == AST_AND || x->op == AST_OR) return eval_logic(e, env, x);
    const Val *a = eval(e, env, x->a), *b = eval(e, env, x->b);
    return arith_binary(e, x->op, a, b, x);
}

/* ---- all kinds ------------------------------------------------------------------------------ */

static const Val *spent(Elab *e, Span at, const char *what)
{
    if (!e->spent) diag_error(e->diags, at, "%s", what);
    e->spent = true;
    return elab_bad(e);
}

static const Val *eval_kind(Elab *e, const Env *env, const AstExpr *x)
{
    switch (x->kind) {
    case AST_NAME:   return eval_name(e, env, x->name, x->at);
    case AST_NUMBER: return x->number.whole ? val_int(e, x->number.integer) : val_real(e, x->number.value);
    case AST_TRUTH:  return val_bool(e, x->truth);
    case AST_UNARY:  return arith_unary(e, x->op, eval(e, env, x->a), x->op_at);
    case AST_BINARY: return eval_binary(e, env, x);
    case AST_CALL:   return eval_call(e, env, x, x->call.f, &x->call.args, NULL);
    case AST_REDUCE: return eval_reduce(e, env, x);
    case AST_MEMBER: return eval_member(e, env, x);
    case AST_INDEX:  return eval_subscripts(e, env, x);
    case AST_LIST:   return eval_list(e, env, x);
    case AST_EACH:   return eval_each(e, env, x);
    case AST_IF:     return eval_if(e, env, x);
    case AST_FOLD:
    case AST_SCAN:   return eval_fold(e, env, x);
    case AST_STRING: break;
    }
    Val *v = (Val *)val_kind(e, VAL_STRING);
    v->string = x->string.text;
    return v;
}

const Val *eval(Elab *e, const Env *env, const AstExpr *x)
{
    if (e->spent) return elab_bad(e);
    if (e->depth >= DEEPEST) return spent(e, x->at, "definitions inside definitions go too deep here");
    if (++e->steps > MOST_STEPS) return spent(e, x->at, "this model takes too many steps to expand");
    if (e->fn->node.count > MOST_NODES) return spent(e, x->at, "this model needs too many operations");
    const Env *before = e->env;
    e->env = env;
    e->depth++;
    const Val *v = eval_kind(e, env, x);
    e->depth--;
    e->env = before;
    return v;
}

/* ---- the elaborator ---------------------------------------------------------------------------- */

Elab *elab_new(Unit *unit, Field *field, Fn *fn)
{
    Elab *e = NEW(unit->arena, Elab);
    *e = (Elab){ .unit = unit, .arena = unit->arena, .names = unit->names, .diags = unit->diags,
                 .field = field, .fn = fn, .values.arena = unit->arena };
    return e;
}

static bool in_prelude(const Elab *e, Span at)
{
    return at.source && at.source->path == e->unit->prelude->source->path;
}

/* Where the model calls what the prelude says here; NULL: the model says it itself. */
static const Span *called_from(const Elab *e, Span at)
{
    const Call *call = e->call;
    if (!in_prelude(e, at)) return NULL;
    while (call && in_prelude(e, *call->at)) call = call->up;
    return call ? call->at : NULL;
}

void elab_place(Elab *e, Span at)
{
    Fn *fn = e->fn;
    const Place *last = &fn->place.at[fn->place.count - 1];
    const Span *from = called_from(e, at);
    if (last->label == e->label && last->from == from && last->at.source == at.source && last->at.line == at.line &&
        last->at.column == at.column && last->at.end_column == at.end_column) {
        fn->loc = (uint32_t)(fn->place.count - 1);
        return;
    }
    fn->loc = (uint32_t)fn->place.count;
    VEC_PUSH(fn->arena, fn->place) = (Place){ .at = at, .label = e->label, .from = from };
}

void elab_note(Elab *e, const AstExpr *x, const Val *v)
{
    Slot *slot = x->kind == AST_NAME && e->env ? frame_slot(e->env->frame, x->name) : NULL;
    if (slot && slot->decl) diag_note(e->diags, slot->decl->name.at, "`%s` is %s", x->name, val_text(e, v));
    else diag_note(e->diags, x->at, "this is %s", val_text(e, v));
}

const Val *elab_unroll(Elab *e, const Val *v, Span at)
{
    const Gen *gen[MAX_AXES];
    unsigned n = val_gens(v, gen, MAX_AXES);
    if (n) {
        e->unroll = gen[n - 1];
        e->unroll_at = at;
    }
    return elab_bad(e);
}
