/* param.c: parameters: their shape, name, starting value, and leaf. */
#include "lang/elab.h"

#include <string.h>

Name path_join(Elab *e, Name path, const char *part)
{
    return path && *path ? name_of(e->names, arena_printf(e->arena, "%s.%s", path, part)) : name_of(e->names, part);
}

const double *numbers_of(Elab *e, const Val *v, Shape shape, const char *what, Span at)
{
    double number;
    if (v->kind == VAL_BAD) return NULL;
    if (val_scalar_number(v, &number)) {
        size_t count = shape_count(shape);
        if (!numbers_fit(e, count, at)) return NULL;
        double *all = NEW_ARRAY(e->arena, double, count);
        for (size_t i = 0; i < count; i++) all[i] = number;
        return all;
    }
    if (v->kind == VAL_ARRAY && v->number != NUMBER_BOOL && shape_equal(val_shape(v), shape)) return v->array.at;
    Text text = { .arena = e->arena };
    for (unsigned i = 0; i < shape.rank; i++) text_printf(&text, "%s%u", i ? ", " : "[", shape.dim[i]);
    text_add(&text, shape.rank ? "]" : "a number");
    elab_error(e, at, "%s must be %s, not %s", what, text_string(&text), val_text(e, v));
    return NULL;
}

/* The leaf of the parameter in the Fn under construction. */
const Val *param_value(Elab *e, uint32_t param)
{
    const FieldParam *p = &e->field->param.at[param];
    return leaf_value(e, ROLE_PARAM, p->name, e->fn->real, p->shape, false);
}

/* ---- distributions -------------------------------------------------------------------- */

static const struct { const char *name; DrawKind kind; unsigned arguments; const char *usage; } laws[] = {
    { "uniform",   DRAW_UNIFORM,   2, "uniform(least, most)" },
    { "normal",    DRAW_NORMAL,    2, "normal(mean, deviation)" },
    { "bernoulli", DRAW_BERNOULLI, 1, "bernoulli(probability)" },
};

static bool number_argument(Elab *e, const Env *env, const AstExpr *x, double *out)
{
    const Val *v = eval_known(e, env, x, "a distribution's argument");
    if (val_scalar_number(v, out)) return true;
    if (v->kind != VAL_BAD) elab_error(e, x->at, "a distribution takes numbers, not %s", val_text(e, v));
    return false;
}

static bool law_fits(Elab *e, const AstArgs *args, const Law *law)
{
    Span at = args->at[args->count - 1].value->at;
    const char *wrong = law->kind == DRAW_UNIFORM && !(law->b >= law->a) ? "the largest value is below the least"
                      : law->kind == DRAW_NORMAL && !(law->b >= 0) ? "a deviation is not negative"
                      : law->kind == DRAW_BERNOULLI && !(law->a >= 0 && law->a <= 1) ? "a probability is between 0 and 1" : NULL;
    if (wrong) elab_error(e, at, "%s", wrong);
    return !wrong;
}

/* What stands right of `~`: `normal(0, 1)`. */
bool law_read(Elab *e, const Env *env, const AstExpr *x, const char *what, bool bernoulli, Law *law)
{
    const AstExpr *f = x->kind == AST_CALL ? x->call.f : x;
    size_t row = 0, rows = COUNT(laws) - !bernoulli;
    const char *names[COUNT(laws)];
    for (size_t i = 0; i < rows; i++) names[i] = laws[i].name;
    while (f->kind == AST_NAME && row < rows && strcmp(f->name, names[row])) row++;
    if (f->kind != AST_NAME || row == rows) {
        elab_error(e, f->at, "right of `~` stands a distribution to draw %s from", what);
        const char *near = f->kind == AST_NAME ? name_nearest(f->name, names, rows) : NULL;
        if (near) diag_help(e->diags, "did you mean `%s`?", near);
        else diag_help(e->diags, "uniform(least, most)%s normal(mean, deviation)%s", bernoulli ? "," : " or",
                       bernoulli ? " or bernoulli(probability)" : "");
        return false;
    }
    const AstArgs *args = &x->call.args;
    unsigned n = laws[row].arguments;
    bool placed = x->kind == AST_CALL && args->count == n;
    for (size_t i = 0; placed && i < n; i++) placed = !args->at[i].key.name;
    if (!placed) {
        elab_error(e, x->at, "`%s` takes %s", names[row], n == 2 ? "two numbers" : "one number");
        diag_help(e->diags, "%s", laws[row].usage);
        return false;
    }
    *law = (Law){ .kind = laws[row].kind };
    return number_argument(e, env, args->at[0].value, &law->a) &&
           (n == 1 || number_argument(e, env, args->at[1].value, &law->b)) && law_fits(e, args, law);
}

/* ---- starting values ------------------------------------------------------------------ */

static bool init_random(Elab *e, const Env *env, const AstExpr *x, FieldParam *p)
{
    Law law;
    if (!law_read(e, env, x, "the starting value", false, &law)) return false;
    p->init = law.kind == DRAW_UNIFORM ? INIT_UNIFORM : INIT_NORMAL;
    p->lo = law.a;
    p->hi = law.b;
    return true;
}

static bool positive_fits(Elab *e, const FieldParam *p, const AstDecl *decl)
{
    if (!p->positive) return true;
    Span at = decl->value ? decl->value->at : decl->name.at;
    bool fits = p->init == INIT_UNIFORM ? p->lo > 0 : p->init == INIT_TENSOR;
    for (uint32_t i = 0; fits && p->init == INIT_TENSOR && i < p->count; i++) fits = p->tensor[i] > 0;
    if (fits) return true;
    elab_error(e, at, "`%s` is positive, so it must start above zero", decl->name.name);
    diag_help(e->diags, "%s : positive = 1", decl->name.name);
    return false;
}

static bool init_of(Elab *e, Frame *frame, const AstDecl *decl, FieldParam *p)
{
    enum { MANY = 1 << 16 };
    Env env = { frame, NULL, NULL };
    if (!decl->value && !p->buffer) return true;
    if (!decl->value) return p->init = INIT_TENSOR, p->tensor = NEW_ARRAY(e->arena, double, p->count), true;
    if (decl->random) return init_random(e, &env, decl->value, p);
    const Val *v = eval_known(e, &env, decl->value, "a starting value");
    if (p->count > MANY && !p->buffer && val_scalar_number(v, &p->lo)) {      /* without a number for each */
        p->init = INIT_UNIFORM;
        p->hi = p->lo;
        return true;
    }
    p->init = INIT_TENSOR;
    p->tensor = numbers_of(e, v, p->shape, arena_printf(e->arena, "`%s`", decl->name.name), decl->value->at);
    return p->tensor != NULL;
}

bool file_name_free(Elab *e, Name file_name, const AstDecl *decl)
{
    const Span *other = NULL;
    for (size_t i = 0; i < e->field->param.count; i++)
        if (e->field->param.at[i].file_name == file_name) other = &e->field->param.at[i].at;
    for (size_t i = 0; e->model && i < e->model->buffer.count; i++)
        if (e->model->buffer.at[i].file_name == file_name) other = &decl->name.at;
    if (!other) return true;
    elab_error(e, decl->name.at, "two parameters would be `%s` in a file of weights", file_name);
    if (other != &decl->name.at) diag_note(e->diags, *other, "this one too");
    return false;
}

static const Val *bound_value(Elab *e, const Arg *bound, Shape shape, Name name)
{
    const Gen *dim[MAX_RANK];
    const double *at = numbers_of(e, bound->val, shape, arena_printf(e->arena, "`%s`", name), bound->at);
    if (!at) return elab_bad(e);
    if (!shape.rank) return val_real(e, *at);
    for (unsigned d = 0; d < shape.rank; d++) dim[d] = gen_new(e, shape.dim[d], NULL);
    return val_array(e, NUMBER_REAL, shape.rank, dim, at);
}

/* A parameter that is bound is a constant and takes no place among the weights (D5). */
bool param_make(Elab *e, Frame *frame, const AstDecl *decl, const Arg *bound, Name path, Name file_path)
{
    enum { MOST = 1 << 28 };
    FieldParam p = { .at = decl->name.at };
    if (!shape_of_decl(e, frame, decl, &p.shape)) return false;
    if (bound) {
        const Val *v = bound_value(e, bound, p.shape, decl->name.name);
        frame_set(frame, decl->name.name, v);
        return v->kind != VAL_BAD;
    }
    p.count = (uint32_t)shape_count(p.shape);
    p.offset = e->field->params;
    p.name = path_join(e, path, decl->name.name);
    p.file_name = path_join(e, file_path, decl->file_name ? decl->file_name : decl->name.name);
    p.buffer = decl->word == AST_BUFFER;
    p.positive = decl->sort && !strcmp(decl->sort->name.name, "positive");
    if (!init_of(e, frame, decl, &p) || !positive_fits(e, &p, decl) || !file_name_free(e, p.file_name, decl)) return false;
    if ((uint64_t)p.offset + p.count > MOST) {
        elab_error(e, decl->name.at, "this model has more than %d parameters", MOST);
        return false;
    }
    Val *v = (Val *)val_kind(e, VAL_PARAM);
    v->param = (uint32_t)e->field->param.count;
    VEC_PUSH(e->arena, e->field->param) = p;
    e->field->params += p.count;
    frame_set(frame, decl->name.name, v);
    return true;
}
