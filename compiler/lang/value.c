/* value.c: what stands right of `=` in an experiment, read and checked.
 *
 * Every place wants a kind of value; the tables say which constructors make one
 * and which literals will do.  What is neither is an expression of the language. */
#include "lang/clauses.h"
#include "lang/parse.h"

#include <math.h>
#include <string.h>

Reader reader_make(Unit *unit, const File *file, size_t order, Type real)
{
    Reader r = { .unit = unit, .rows = unit->rows, .real = real };
    if (!r.rows) r.rows = unit->rows = rows_make(unit->arena);
    r.e = elab_new(unit, NULL, fn_new(unit->arena, unit->names, "numbers", TYPE_F64));
    Frame *frame = NEW(unit->arena, Frame);
    frame->def = (Def){ NULL, file, order };
    r.env = (Env){ frame, NULL, NULL };
    return r;
}

const AstExpr *read_text(Reader *r, const char *text)
{
    Source *source = NEW(r->unit->arena, Source);
    *source = (Source){ "<default>", text, strlen(text) };
    return parse_expr(r->unit->arena, r->unit->names, source, r->unit->diags);
}

static Value *value_new(Reader *r, ValueKind kind, const AstExpr *x)
{
    Value *v = NEW(r->unit->arena, Value);
    v->kind = kind;
    v->at = x->at;
    return v;
}

/* ---- messages ---------------------------------------------------------------------- */

static const Value *wrong(Reader *r, const AstExpr *x, Kind kind, const char *what, const char *is)
{
    Diags *diags = r->unit->diags;
    const char **names;
    size_t n = rows_names(r->rows, r->unit->arena, kind, &names);
    diag_error(diags, x->at, "%s must be %s, not %s", what, kind_rows[kind].what, is);
    if (!n) return NULL;
    Text text = { .arena = r->unit->arena };
    for (size_t i = 0; i < n; i++) text_printf(&text, "%s`%s`", i ? ", " : "", names[i]);
    diag_help(diags, "there %s %s", n == 1 ? "is" : "are", text_string(&text));
    return NULL;
}

static const Value *unknown(Reader *r, const AstExpr *head, Kind kind, const char *what)
{
    const char **names;
    size_t n = rows_names(r->rows, r->unit->arena, kind, &names);
    const char *near = name_nearest(head->name, names, n);
    if (!near) return wrong(r, head, kind, what, arena_printf(r->unit->arena, "`%s`", head->name));
    diag_error(r->unit->diags, head->at, "`%s` is not %s", head->name, kind_rows[kind].what);
    diag_help(r->unit->diags, "did you mean `%s`?", near);
    return NULL;
}

/* ---- constructors --------------------------------------------------------------------- */

static const ArgRow *arg_row(const Maker *maker, const char *name)
{
    const ArgRow *any = NULL;
    for (size_t i = 0; i < maker->arg.count; i++) {
        if (!strcmp(maker->arg.at[i].name, name)) return &maker->arg.at[i];
        if (!strcmp(maker->arg.at[i].name, "*")) any = &maker->arg.at[i];
    }
    return any;
}

static void no_argument(Reader *r, const Maker *maker, AstIdent key)
{
    const char **names = NEW_ARRAY(r->unit->arena, const char *, maker->arg.count + 1);
    Text text = { .arena = r->unit->arena };
    for (size_t i = 0; i < maker->arg.count; i++) {
        names[i] = maker->arg.at[i].name;
        text_printf(&text, "%s`%s`", i ? ", " : "", names[i]);
    }
    diag_error(r->unit->diags, key.at, "`%s` has no argument `%s`", maker->name, key.name);
    const char *near = name_nearest(key.name, names, maker->arg.count);
    if (near) diag_help(r->unit->diags, "did you mean `%s`?", near);
    else if (maker->arg.count) diag_help(r->unit->diags, "it takes %s", text_string(&text));
}

static bool add_argument(Reader *r, Value *call, ValueArg *arg, Name name, const AstExpr *x, Kind kind,
                         const char *maker, Span at)
{
    for (size_t i = 0; i < call->count; i++)
        if (arg[i].name == name) {
            diag_error(r->unit->diags, at, "`%s` is given twice", name);
            return false;
        }
    const char *what = arena_printf(r->unit->arena, "`%s` of `%s`", name, maker);
    const Value *v = read_value(r, x, kind, what);
    if (v) arg[call->count++] = (ValueArg){ name, v, at };
    return v != NULL;
}

static bool missing_arguments(Reader *r, const Maker *maker, Value *call, ValueArg *arg)
{
    for (size_t i = 0; i < maker->arg.count; i++) {
        const ArgRow *row = &maker->arg.at[i];
        Name name = name_of(r->unit->names, row->name);
        bool given = !row->value;
        for (size_t k = 0; k < call->count; k++) given = given || arg[k].name == name;
        if (given) continue;
        if (!*row->value) {
            diag_error(r->unit->diags, call->at, "`%s` needs `%s`, %s", maker->name, row->name, row->help);
            return false;
        }
        if (!add_argument(r, call, arg, name, read_text(r, row->value), row->kind, maker->name, (Span){ 0 })) return false;
    }
    return true;
}

/* Numbers that a constructor says in short; as a tensor, under the name they were written. */
static const Value *expand_times(Reader *r, const Value *call, Kind kind, const AstExpr *x)
{
    double first = call->arg[0].value->real, last = call->arg[1].value->real;
    int64_t n = call->arg[2].value->integer;
    for (size_t i = 0; i < call->count; i++) {
        if (!strcmp(call->arg[i].name, "first")) first = call->arg[i].value->real;
        if (!strcmp(call->arg[i].name, "last")) last = call->arg[i].value->real;
        if (!strcmp(call->arg[i].name, "count")) n = call->arg[i].value->integer;
    }
    if (n < 2 || n > 1 << 24) {
        diag_error(r->unit->diags, x->at, "`%s` makes 2 to %d numbers, not %lld", call->name, 1 << 24, (long long)n);
        return NULL;
    }
    if (first == last) {
        diag_error(r->unit->diags, x->at, "%s must differ, and all of these are %g",
                   kind == KIND_NUMBERS ? "numbers" : "times", first);
        return NULL;
    }
    double *at = NEW_ARRAY(r->unit->arena, double, n);
    for (int64_t i = 0; i < n; i++) {
        at[i] = i == n - 1 ? last : first + (last - first) * ((double)i / (double)(n - 1));
        if (!strcmp(call->name, "logspace")) at[i] = pow(10, at[i]);
    }
    Text text = { .arena = r->unit->arena };
    value_print(call, &text);
    Value *v = value_new(r, VALUE_TENSOR, x);
    v->name = name_of(r->unit->names, text_string(&text));
    v->count = (size_t)n;
    v->shape = (Shape){ 1, { (uint32_t)n } };
    v->tensor = at;
    return v;
}

static const Value *read_call(Reader *r, const AstExpr *x, const Maker *maker, Kind kind, const AstExpr *piped)
{
    const AstArgs *args = x->kind == AST_CALL ? &x->call.args : NULL;
    size_t given = args ? args->count : 0, place = 0;
    Value *call = value_new(r, VALUE_CALL, x);
    ValueArg *arg = NEW_ARRAY(r->unit->arena, ValueArg, given + maker->arg.count + 1);
    bool good = true;
    call->name = name_of(r->unit->names, maker->name);
    call->arg = arg;
    if (maker->later) {
        diag_error(r->unit->diags, x->at, "`%s` is not supported yet", maker->name);
        return NULL;
    }
    if (piped) {
        const Value **item = NEW(r->unit->arena, const Value *);
        if (!maker->arg.count || strcmp(maker->arg.at[0].name, "from")) {
            diag_error(r->unit->diags, x->at, "nothing can be piped into `%s`", maker->name);
            return NULL;
        }
        *item = read_value(r, piped, maker->arg.at[0].kind, "what is piped in");
        if (!*item) return NULL;
        call->item = item;
        place++;
    }
    for (size_t i = 0; i < given; i++) {
        const AstArg *a = &args->at[i];
        const ArgRow *row = a->key.name ? arg_row(maker, a->key.name)
                          : place < maker->arg.count ? &maker->arg.at[place++] : NULL;
        if (!row || (!a->key.name && !strcmp(row->name, "*"))) {
            if (a->key.name) no_argument(r, maker, a->key);
            else if (row) diag_error(r->unit->diags, a->value->at, "`%s` takes its arguments by name", maker->name);
            else if (!maker->arg.count) diag_error(r->unit->diags, a->value->at, "`%s` takes no arguments", maker->name);
            else diag_error(r->unit->diags, a->value->at, "`%s` takes %zu argument%s", maker->name,
                            maker->arg.count, maker->arg.count == 1 ? "" : "s");
            good = false;
            continue;
        }
        Name name = a->key.name ? a->key.name : name_of(r->unit->names, row->name);
        Span at = a->key.name ? a->key.at : a->value->at;
        good = add_argument(r, call, arg, name, a->value, row->kind, maker->name, at) && good;
    }
    if (!good || !missing_arguments(r, maker, call, arg)) return NULL;
    return kind_rows[kind].makers == KIND_TIMES ? expand_times(r, call, kind, x) : call;
}

/* ---- odefs --------------------------------------------------------------------------------- */

Shape open_shape(const Field *field, Name name)
{
    for (size_t k = 0; k < field->state.count; k++)
        if (field->state.at[k].name == name) return field->state.at[k].shape;
    for (size_t k = 0; k < field->input.count; k++)
        if (field->input.at[k].name == name) return field->input.at[k].shape;
    return (Shape){ 0 };
}

/* A starting state has the state's shape; one number fills it. */
static bool open_fits(Reader *r, const Field *field, ValueArg *arg)
{
    const Value *v = arg->value;
    Shape shape = open_shape(field, arg->name);
    bool number = v->kind == VALUE_INT || v->kind == VALUE_REAL;
    if (number && shape.rank) {
        Value *filled = arena_copy(r->unit->arena, v, sizeof *v);
        double *at = NEW_ARRAY(r->unit->arena, double, shape_count(shape));
        for (uint64_t i = 0; i < shape_count(shape); i++) at[i] = v->real;
        filled->kind = VALUE_TENSOR;
        filled->shape = shape;
        filled->count = shape_count(shape);
        filled->tensor = at;
        arg->value = filled;
    }
    if (number || v->kind != VALUE_TENSOR || shape_equal(v->shape, shape)) return true;
    diag_error(r->unit->diags, v->at, "`%s` of `%s` has %llu number%s, and this has %zu", arg->name, field->name,
               (unsigned long long)shape_count(shape), shape_count(shape) == 1 ? "" : "s", v->count);
    return false;
}

static const Value *read_model(Reader *r, const AstExpr *x)
{
    Value *v = value_new(r, VALUE_MODEL, x);
    if (!names_check_expr(r->unit, r->env.frame->def.file, r->env.frame->def.order, x)) return NULL;
    v->model = unit_model_of(r->unit, &r->env, x, x->kind == AST_CALL ? &x->call.args : NULL, r->real);
    if (!v->model) return NULL;
    v->name = v->model->name;
    return v;
}

/* A state that has a value in the odef gets another. */
static bool starts_elsewhere(const AstDef *def, const Value *v)
{
    for (size_t i = 0; i < v->count; i++)
        for (size_t k = 0; k < def->decls.count; k++) {
            const AstDecl *decl = def->decls.at[k];
            if (decl->word == AST_STATE && decl->value && decl->name.name == v->arg[i].name) return true;
        }
    return false;
}

/* Or a model, where one may stand. */
static const Value *read_odef(Reader *r, const AstExpr *x, Kind kind, const char *what)
{
    const AstExpr *f = x->kind == AST_CALL ? x->call.f : x;
    unsigned takes = kind_rows[kind].takes;
    bool open = takes & TAKES_OPEN;
    if (!names_check_expr(r->unit, r->env.frame->def.file, r->env.frame->def.order, f)) return NULL;
    const Val *callee = eval(r->e, &r->env, f);
    const AstDef *def = callee->kind == VAL_DEF ? callee->def.def : NULL;
    if (def && def->kind == AST_MODEL && takes & TAKES_MODEL) return read_model(r, x);
    if (def && def->kind != AST_ODEF) return wrong(r, x, kind, what, val_text(r->e, callee));
    size_t given = x->kind == AST_CALL ? x->call.args.count : 0;
    Value *v = value_new(r, VALUE_FIELD, x);
    ValueArg *arg = NEW_ARRAY(r->unit->arena, ValueArg, given + 1);
    AstArgs rest = { 0 };
    v->arg = arg;
    for (size_t i = 0; i < given; i++) {
        const AstArg *a = &x->call.args.at[i];
        if (!open || !def || !a->key.name || !open_in_run(def, a->key.name)) {
            if (!names_check_expr(r->unit, r->env.frame->def.file, r->env.frame->def.order, a->value)) return NULL;
            VEC_PUSH(r->unit->arena, rest) = *a;
        } else if (!add_argument(r, v, arg, a->key.name, a->value, KIND_START, def->name.name, a->key.at)) {
            return NULL;
        }
    }
    v->field = starts_elsewhere(def, v) ? field_opened(r, x, callee->def) : unit_field_of(r->unit, &r->env, x, &rest, r->real);
    if (!v->field) return NULL;
    v->name = v->field->name;
    for (size_t i = 0; i < v->count; i++)
        if (!open_fits(r, v->field, &arg[i])) return NULL;
    return v;
}

/* ---- literals ------------------------------------------------------------------------------- */

static bool in_bounds(unsigned takes, const Value *v)
{
    bool whole = v->kind == VALUE_INT;
    return (takes & TAKES_COUNT && whole && v->integer >= 1) || (takes & TAKES_WHOLE && whole && v->integer >= 0) ||
           (takes & TAKES_NUMBER && isfinite(v->real)) || (takes & TAKES_POSITIVE && v->real > 0 && isfinite(v->real)) ||
           (takes & TAKES_SHARE && v->real > 0 && v->real < 1);
}

static bool times_fit(Reader *r, const Value *v, Kind kind)
{
    if (kind != KIND_TIMES && kind != KIND_SPAN) return true;
    bool up = v->count < 2 || v->tensor[1] > v->tensor[0];
    for (size_t i = 1; i < v->count; i++)
        if (!(up ? v->tensor[i] > v->tensor[i - 1] : v->tensor[i] < v->tensor[i - 1])) {
            diag_error(r->unit->diags, v->at, "times must increase or decrease throughout, and time %zu does not", i);
            return false;
        }
    return true;
}

static const Value *read_span(Reader *r, const AstExpr *x)
{
    double end[2];
    const AstExpr *part[2] = { x->a, x->b };
    Value *v = value_new(r, VALUE_SPAN, x);
    for (int i = 0; i < 2; i++) {
        const Value *one = read_value(r, part[i], KIND_REAL, "the end of a span");
        if (!one) return NULL;
        end[i] = one->real;
    }
    v->from = end[0];
    v->to = end[1];
    return v;
}

/* Left as it is written: only what it is an expression of knows its names. */
static const Value *read_expression(Reader *r, const AstExpr *x)
{
    Value *v = value_new(r, VALUE_EXPRESSION, x);
    v->expression = x;
    v->name = name_of(r->unit->names, expression_text(r->unit->arena, x));
    return v;
}

static const Value *read_name(Reader *r, const AstExpr *x)
{
    Value *v = value_new(r, VALUE_NAME, x);
    v->name = x->name;
    return v;
}

static const Value *read_literal(Reader *r, const AstExpr *x, Kind kind, const char *what)
{
    unsigned takes = kind_rows[kind].takes;
    if (!names_check_expr(r->unit, r->env.frame->def.file, r->env.frame->def.order, x)) return NULL;
    const Val *known = eval_known(r->e, &r->env, x, what);
    if (known->kind == VAL_BAD) return NULL;
    Value *v = value_new(r, VALUE_NONE, x);
    if (known->kind == VAL_INT) {
        v->kind = VALUE_INT;
        v->integer = known->integer;
        v->real = (double)known->integer;
    } else if (known->kind == VAL_REAL) {
        v->kind = VALUE_REAL;
        v->real = known->real;
    } else if (known->kind == VAL_STRING) {
        v->kind = VALUE_STRING;
        v->name = name_of(r->unit->names, known->string);
    } else if (known->kind == VAL_ARRAY && known->number != NUMBER_BOOL) {
        v->kind = VALUE_TENSOR;
        v->shape = val_shape(known);
        v->count = shape_count(v->shape);
        v->tensor = known->array.at;
    }
    bool fits = (v->kind == VALUE_STRING && takes & TAKES_TEXT) || (v->kind == VALUE_TENSOR && takes & TAKES_TENSOR) ||
                ((v->kind == VALUE_INT || v->kind == VALUE_REAL) && in_bounds(takes, v));
    if (!fits) wrong(r, x, kind, what, val_text(r->e, known));
    if (!fits && v->kind == VALUE_REAL && takes & (TAKES_COUNT | TAKES_WHOLE) && v->real == floor(v->real) && fabs(v->real) < 1e15)
        diag_help(r->unit->diags, "a whole number has no point and no exponent: %.0f", v->real);
    if (!fits) return NULL;
    return v->kind != VALUE_TENSOR || times_fit(r, v, kind) ? v : NULL;
}

/* ---- all --------------------------------------------------------------------------------------- */

static const AstExpr *head_of(const AstExpr *x)
{
    if (x->kind == AST_CALL) x = x->call.f;
    return x->kind == AST_NAME ? x : NULL;
}

static bool means_something(const Reader *r, Name name)
{
    Found found = unit_find(r->unit, r->env.frame->def.file, r->env.frame->def.order, name);
    return found.def.def || found.module || builtin_find(name) || op_callable(name) || !strcmp(name, "pi");
}

/* What is no list counts as a list of one. */
static const Value *read_list(Reader *r, const AstExpr *x, Kind of, const char *what)
{
    size_t n = x->kind == AST_LIST ? x->list.count : 1;
    const Value **item = NEW_ARRAY(r->unit->arena, const Value *, n + 1);
    Value *v = value_new(r, VALUE_LIST, x);
    v->item = item;
    for (size_t i = 0; i < n; i++) {
        item[i] = read_value(r, x->kind == AST_LIST ? x->list.at[i] : x, of, what);
        if (!item[i]) return NULL;
        v->count++;
    }
    return v;
}

const Value *read_value(Reader *r, const AstExpr *x, Kind kind, const char *what)
{
    const AstExpr *piped = NULL;
    unsigned takes = kind_rows[kind].takes;
    if (takes & TAKES_LIST) return read_list(r, x, kind_rows[kind].makers, what);
    if (takes & TAKES_TEXTS && x->kind == AST_LIST) return read_list(r, x, KIND_TEXT, what);
    if (takes & TAKES_EXPRESSION) return read_expression(r, x);
    if (takes & TAKES_NAME && x->kind == AST_NAME) return read_name(r, x);
    if (x->kind == AST_BINARY && x->op == AST_PIPE) {
        piped = x->a;
        x = x->b;
    }
    const AstExpr *head = head_of(x);
    const Maker *maker = head ? rows_maker(r->rows, kind, head->name) : NULL;
    if (maker) return read_call(r, x, maker, kind, piped);
    if (piped) return head ? unknown(r, head, kind, what) : wrong(r, x, kind, what, "this");
    if (takes & TAKES_ODEF && (head || x->kind == AST_MEMBER || x->kind == AST_CALL))
        return read_odef(r, x, kind, what);
    if (takes & TAKES_SPAN && x->kind == AST_BINARY && x->op == AST_SPAN) return read_span(r, x);
    if (head && (!(takes & ~(TAKES_OPEN | TAKES_LIST)) || !means_something(r, head->name)))
        return unknown(r, head, kind, what);
    return read_literal(r, x, kind, what);
}

/* ---- optimizer.lr = 1e-4 ------------------------------------------------------------------------- */

static AstExpr *as_call(Reader *r, const AstExpr *x)
{
    AstExpr *call = ast_expr(r->unit->arena, AST_CALL, x->at);
    if (x->kind != AST_CALL) {
        call->call.f = (AstExpr *)x;
        return call;
    }
    call->call.f = x->call.f;
    for (size_t i = 0; i < x->call.args.count; i++) VEC_PUSH(r->unit->arena, call->call.args) = x->call.args.at[i];
    return call;
}

const AstExpr *read_override(Reader *r, const AstExpr *x, Kind kind, const AstIdents *path, size_t at, AstExpr *value)
{
    if (x->kind == AST_BINARY && x->op == AST_PIPE) {           /* of what comes last */
        AstExpr *pipe = arena_copy(r->unit->arena, x, sizeof *x);
        pipe->b = (AstExpr *)read_override(r, x->b, kind, path, at, value);
        return pipe->b ? pipe : NULL;
    }
    const AstExpr *head = head_of(x);
    AstIdent key = path->at[at];
    const Maker *maker = head ? rows_maker(r->rows, kind, head->name) : NULL;
    if (!head || (!maker && !(kind_rows[kind].takes & TAKES_ODEF))) {
        diag_error(r->unit->diags, key.at, "`%s` has no argument to change", path->at[at - 1].name);
        if (x->at.source && strcmp(x->at.source->path, "<default>")) diag_note(r->unit->diags, x->at, "it is this");
        return NULL;
    }
    AstExpr *call = as_call(r, x);
    const ArgRow *row = maker ? arg_row(maker, key.name) : NULL;
    if (maker && !row) {
        no_argument(r, maker, key);
        return NULL;
    }
    AstArg *arg = NULL;
    for (size_t i = 0, place = 0; i < call->call.args.count; i++) {
        AstArg *a = &call->call.args.at[i];
        bool here = a->key.name ? a->key.name == key.name : maker && row == &maker->arg.at[place];
        place += !a->key.name;
        if (here) arg = a;
    }
    if (at + 1 < path->count) {
        const AstExpr *old = arg ? arg->value : row && row->value && *row->value ? read_text(r, row->value) : NULL;
        if (!old) {
            diag_error(r->unit->diags, path->at[at + 1].at, "`%s` has no argument to change", key.name);
            return NULL;
        }
        value = (AstExpr *)read_override(r, old, row ? row->kind : KIND_REAL, path, at + 1, value);
        if (!value) return NULL;
    }
    if (arg) arg->value = value;
    else VEC_PUSH(r->unit->arena, call->call.args) = (AstArg){ key, value };
    return call;
}
