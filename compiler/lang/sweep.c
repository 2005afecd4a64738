/* sweep.c: the odef of a run, made for its experiment.
 *
 * In: `run = Lorenz(z = 1)` with `over`, `summary` and `plot`, read and checked each on its own.
 * Out: a Field of the same equations in which everything that differs between trajectories is
 * an input or a given state, and everything that is looked at is an output:
 *
 *     over = grid(rho = ...)    `param rho = 28`  becomes  `input rho`
 *     over = grid(x = ...)      `state x = 1`     becomes  `state x`
 *     summary = mean(x > 0)     adds              `output (x > 0) = x > 0`
 *
 * A batch shares its parameters; its trajectories have inputs of their own.  Nothing behind
 * the front end needs to know about this: it is a change of the definition's text. */
#include "lang/clauses.h"

#include <math.h>
#include <string.h>

typedef struct Seen {
    Name name;                      /* its text                                     */
    const AstExpr *x;
    bool number;                    /* it must be one                               */
} Seen;

typedef struct Sweep {
    Reader       *r;
    Experiment   *e;
    const Value  *run, *over;
    const AstDef *def;              /* as it was written                            */
    Def           place;            /* of it                                        */
    VEC(Seen)     seen;             /* expressions, each once                       */
} Sweep;

/* ---- expressions ------------------------------------------------------------------ */

const char *expression_text(Arena *arena, const AstExpr *x)
{
    Text text = { .arena = arena };
    const char *at = source_line(x->at.source, x->at.line) + x->at.column - 1;
    const char *end = source_line(x->at.source, x->at.end_line) + x->at.end_column - 1;
    while (at < end) {
        if (*at == '#') at = memchr(at, '\n', (size_t)(end - at));
        size_t blank = strspn(at, " \t\r\n");
        if (blank && at + blank < end && at[blank] != '#') text_add(&text, " ");
        at += blank;
        if (!blank && at < end) text_add_n(&text, at++, 1);
    }
    return text_string(&text);
}

static void look_at(Sweep *s, Name name, const AstExpr *x, bool number)
{
    for (size_t i = 0; i < s->seen.count; i++)
        if (s->seen.at[i].name == name) {
            s->seen.at[i].number = s->seen.at[i].number || number;
            return;
        }
    VEC_PUSH(s->r->unit->arena, s->seen) = (Seen){ name, x, number };
}

/* Of one summary or plot, and of the summary a plot shows. */
static void look_into(Sweep *s, const Value *call)
{
    static const char *const held[] = { "of", "x", "y" };
    for (size_t i = 0; i < COUNT(held); i++) {
        const Value *v = value_argument(call, held[i]);
        if (v && v->kind == VALUE_EXPRESSION) look_at(s, v->name, v->expression, true);
    }
    const Value *value = value_argument(call, "value");
    if (value) look_into(s, value);
}

/* What the odef itself lets be observed: its outputs, else its states. */
static void look_at_all(Sweep *s)
{
    AstWord word = AST_STATE;
    for (size_t i = 0; i < s->def->decls.count; i++)
        if (s->def->decls.at[i]->word == AST_OUTPUT) word = AST_OUTPUT;
    for (size_t i = 0; i < s->def->decls.count; i++) {
        const AstDecl *decl = s->def->decls.at[i];
        if (decl->word != word) continue;
        AstExpr *x = ast_expr(s->r->unit->arena, AST_NAME, decl->name.at);
        x->name = decl->name.name;
        look_at(s, decl->name.name, x, false);
    }
}

static void look(Sweep *s)
{
    const Value *summary = experiment_clause(s->e, "summary"), *plot = experiment_clause(s->e, "plot");
    bool all = !summary;
    for (size_t i = 0; plot && i < plot->count; i++) {
        const Value *one = plot->item[i];
        all = all || !strcmp(one->name, "series") || (!strcmp(one->name, "trajectory") && !value_argument(one, "y"));
    }
    if (all) look_at_all(s);
    for (size_t i = 0; summary && i < summary->count; i++) look_into(s, summary->item[i]);
    for (size_t i = 0; plot && i < plot->count; i++) look_into(s, plot->item[i]);
}

/* ---- what varies ------------------------------------------------------------------- */

static const AstDecl *decl_of(const AstDef *def, Name name)
{
    for (size_t i = 0; i < def->decls.count; i++) {
        const AstDecl *decl = def->decls.at[i];
        if (decl->word != AST_DERIVATIVE && decl->word != AST_UPDATE && decl->name.name == name) return decl;
    }
    return NULL;
}

static bool varies(const AstDecl *decl)
{
    return decl && (decl->word == AST_STATE || decl->word == AST_INPUT || decl->word == AST_PARAM);
}

bool open_in_run(const AstDef *def, Name name)
{
    const AstDecl *decl = decl_of(def, name);
    return decl && (decl->word == AST_STATE || decl->word == AST_INPUT);
}

/* What X(...) in `run` says of this name, or NULL. */
static const AstArg *bound_in(const AstExpr *x, Name name)
{
    for (size_t i = 0; x->kind == AST_CALL && i < x->call.args.count; i++)
        if (x->call.args.at[i].key.name == name) return &x->call.args.at[i];
    return NULL;
}

static void cannot_vary(Sweep *s, const ValueArg *arg)
{
    Diags *diags = s->r->unit->diags;
    Arena *arena = s->r->unit->arena;
    VEC(const char *) names = { 0 };
    const AstDecl *decl = decl_of(s->def, arg->name);
    for (size_t i = 0; i < s->def->params.count; i++) {
        if (s->def->params.at[i].name.name != arg->name) continue;
        diag_error(diags, arg->at, "`%s` is known when `%s` is compiled, and so the same for all trajectories", arg->name,
                   s->def->name.name);
        diag_note(diags, s->def->params.at[i].at, "declared here");
        diag_help(diags, "states, inputs and parameters of the odef itself can vary");
        return;
    }
    for (size_t i = 0; i < s->def->decls.count; i++)
        if (varies(s->def->decls.at[i])) VEC_PUSH(arena, names) = s->def->decls.at[i]->name.name;
    diag_error(diags, arg->at, "`%s` has no state, input or parameter `%s`", s->def->name.name, arg->name);
    const char *near = name_nearest(arg->name, names.at, names.count);
    Text text = { .arena = arena };
    for (size_t i = 0; i < names.count; i++) text_printf(&text, "%s`%s`", i ? ", " : "", names.at[i]);
    if (decl) diag_note(diags, decl->name.at, "this is no number that is given");
    if (near) diag_help(diags, "did you mean `%s`?", near);
    else diag_help(diags, "there %s %s", names.count == 1 ? "is" : "are", text_string(&text));
}

/* The numbers of a list fit what is declared: all are finite, and positive where that is said. */
static bool numbers_fit_decl(Sweep *s, const AstDecl *decl, const ValueArg *arg)
{
    const Value *v = arg->value;
    Diags *diags = s->r->unit->diags;
    bool positive = decl->sort && !strcmp(decl->sort->name.name, "positive");
    bool whole = decl->sort && !strcmp(decl->sort->name.name, "int");
    if (whole) {
        diag_error(diags, arg->at, "`%s` is a whole number, which cannot vary yet", arg->name);
        return false;
    }
    for (size_t i = 0; v->kind == VALUE_TENSOR && i < v->count; i++) {
        if (!isfinite(v->tensor[i]))
            diag_error(diags, v->at, "number %zu of `%s` is not finite", i, arg->name);
        else if (positive && !(v->tensor[i] > 0))
            diag_error(diags, v->at, "`%s` is positive, and number %zu is %g", arg->name, i, v->tensor[i]);
        else continue;
        return false;
    }
    double number = v->real;
    if (v->kind == VALUE_CALL && !strcmp(v->name, "uniform")) number = value_argument(v, "lo")->real;
    if (!positive || v->kind == VALUE_TENSOR || v->kind == VALUE_STRING || number > 0) return true;
    diag_error(diags, v->at, "`%s` is positive, and this need not be", arg->name);
    return false;
}

static bool over_fits(Sweep *s, const AstExpr *x)
{
    bool good = true;
    for (size_t i = 0; s->over && i < s->over->count; i++) {
        const ValueArg *arg = &s->over->arg[i];
        const AstDecl *decl = decl_of(s->def, arg->name);
        const AstArg *bound = bound_in(x, arg->name);
        if (!strcmp(s->over->name, "sample") && !strcmp(arg->name, "count")) continue;
        if (!varies(decl)) cannot_vary(s, arg);
        else if (bound) {
            diag_error(s->r->unit->diags, arg->at, "`%s` varies here, and `run` gives it a value", arg->name);
            diag_note(s->r->unit->diags, bound->key.at, "this one");
        } else if (numbers_fit_decl(s, decl, arg)) continue;
        good = false;
    }
    return good;
}

/* ---- the odef ------------------------------------------------------------------------ */

/* From `output y = a` to `let y = a`, and so on. */
static AstDecl *changed(Sweep *s, const AstExpr *x, const AstDecl *decl)
{
    AstDecl *to = arena_copy(s->r->unit->arena, decl, sizeof *decl);
    bool over = s->over && value_argument(s->over, decl->name.name);
    bool given = over || bound_in(x, decl->name.name);
    if (decl->word == AST_OUTPUT && s->seen.count) to->word = AST_LET;
    if (decl->word == AST_STATE && given) to->value = NULL;
    if (!over || (decl->word != AST_PARAM && decl->word != AST_INPUT)) return to;
    *to = (AstDecl){ .word = AST_INPUT, .at = decl->at, .word_at = decl->word_at, .name = decl->name, .shape = decl->shape };
    return to;
}

/* No name of the language has parentheses, so this one is free. */
static AstDecl *output_of(Sweep *s, const Seen *seen)
{
    AstDecl *to = NEW(s->r->unit->arena, AstDecl);
    const char *name = arena_printf(s->r->unit->arena, "(%s)", seen->name);
    *to = (AstDecl){ .word = AST_OUTPUT, .at = seen->x->at, .word_at = seen->x->at,
                     .name = { name_of(s->r->unit->names, name), seen->x->at }, .value = (AstExpr *)seen->x };
    return to;
}

static AstDef *made_for_run(Sweep *s, const AstExpr *x)
{
    AstDef *def = arena_copy(s->r->unit->arena, s->def, sizeof *s->def);
    def->decls = (AstDecls){ 0 };
    for (size_t i = 0; i < s->def->decls.count; i++)
        VEC_PUSH(s->r->unit->arena, def->decls) = changed(s, x, s->def->decls.at[i]);
    for (size_t i = 0; i < s->seen.count; i++)
        VEC_PUSH(s->r->unit->arena, def->decls) = output_of(s, &s->seen.at[i]);
    return def;
}

/* Arguments that are not left to the runtime. */
static AstArgs known_args(const Sweep *s, const AstExpr *x)
{
    AstArgs known = { 0 };
    for (size_t i = 0; x->kind == AST_CALL && i < x->call.args.count; i++) {
        const AstArg *a = &x->call.args.at[i];
        if (!a->key.name || !open_in_run(s->def, a->key.name)) VEC_PUSH(s->r->unit->arena, known) = *a;
    }
    return known;
}

static const Field *field_for_run(Sweep *s, const AstExpr *x)
{
    Unit *unit = s->r->unit;
    size_t errors = unit->diags->errors;
    Def place = { made_for_run(s, x), s->place.file, s->place.order };
    AstArgs args = known_args(s, x);
    Span coupled = { 0 };
    names_check_def(unit, place.file, place.order, place.def);
    if (unit->diags->errors > errors) return NULL;
    const Spec *spec = spec_of(s->r->e, &s->r->env, x, place, &args);
    return spec ? field_make(unit, spec, s->r->real, &coupled) : NULL;
}

/* Lists that vary have a row of the right shape for each trajectory. */
static bool rows_fit(Sweep *s, const Field *field)
{
    for (size_t i = 0; s->over && i < s->over->count; i++) {
        const ValueArg *arg = &s->over->arg[i];
        const Value *v = arg->value;
        const Shape shape = open_shape(field, arg->name);
        Shape row = { 0 };
        if (!decl_of(s->def, arg->name) || v->kind == VALUE_CALL || v->kind == VALUE_STRING) continue;
        if (v->kind == VALUE_TENSOR) {
            row.rank = (uint8_t)(v->shape.rank - 1);
            memcpy(row.dim, v->shape.dim + 1, row.rank * sizeof *row.dim);
        } else if (!strcmp(s->over->name, "sample")) {
            continue;
        }
        if (shape_equal(shape, row)) continue;
        diag_error(s->r->unit->diags, v->at, "`%s` of `%s` has %llu number%s, and a trajectory gets %llu here", arg->name, field->name,
                   (unsigned long long)shape_count(shape), shape_count(shape) == 1 ? "" : "s", (unsigned long long)shape_count(row));
        return false;
    }
    return true;
}

static bool summaries_fit(Sweep *s, const Field *field)
{
    for (size_t i = 0; i < s->seen.count; i++) {
        const FieldOutput *out = &field->output.at[i];
        const Seen *seen = &s->seen.at[i];
        if (!out->shape.rank || !seen->number) continue;
        diag_error(s->r->unit->diags, seen->x->at, "a number is wanted here, and `%s` is %u of them", seen->name, out->count);
        diag_help(s->r->unit->diags, "x[0], sum(x^2)");
        return false;
    }
    return true;
}

const Field *field_opened(Reader *r, const AstExpr *x, Def place)
{
    Sweep s = { .r = r, .def = place.def, .place = place };
    return field_for_run(&s, x);
}

bool sweep_make(Reader *r, const AstExpr *x, Experiment *e)
{
    Sweep s = { .r = r, .e = e, .run = experiment_clause(e, "run"), .over = experiment_clause(e, "over") };
    s.place = eval(r->e, &r->env, x->kind == AST_CALL ? x->call.f : x)->def;
    s.def = s.place.def;
    look(&s);
    if (!over_fits(&s, x)) return false;
    const Field *field = field_for_run(&s, x);
    if (!field || !rows_fit(&s, field) || !summaries_fit(&s, field)) return false;
    Value *run = arena_copy(r->unit->arena, s.run, sizeof *s.run);
    run->field = field;
    for (size_t i = 0; i < e->clause.count; i++)
        if (e->clause.at[i].value == s.run) e->clause.at[i].value = run;
    return run_fits(r->unit->diags, e);
}
