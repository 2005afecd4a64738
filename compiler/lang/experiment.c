/* experiment.c: an experiment with what it takes over from others, defaults and
 * overrides, every clause checked. */
#include "lang/clauses.h"
#include "lang/parse.h"

#include <string.h>

/* ---- who is like whom --------------------------------------------------------------- */

typedef struct At { const File *file; size_t order; const AstDef *def; } At;

static At find(const File *file, size_t order, const char *name)
{
    for (size_t i = file->ast->defs.count < order ? file->ast->defs.count : order; i--; ) {
        const AstDef *def = file->ast->defs.at[i];
        if (def->kind == AST_EXPERIMENT && !strcmp(def->name.name, name)) return (At){ file, i, def };
    }
    for (size_t i = 0; i < file->import.count; i++) {
        if (file->import.at[i].order >= order || file->import.at[i].name) continue;
        At found = find(file->import.at[i].file, SIZE_MAX, name);
        if (found.def) return found;
    }
    return (At){ 0 };
}

static void names_of_experiments(Unit *unit, const File *file, size_t order, const char ***out, size_t *n)
{
    VEC(const char *) names = { 0 };
    for (size_t i = 0; i < file->ast->defs.count && i < order; i++)
        if (file->ast->defs.at[i]->kind == AST_EXPERIMENT) VEC_PUSH(unit->arena, names) = file->ast->defs.at[i]->name.name;
    *out = names.at;
    *n = names.count;
}

static At base_of(Unit *unit, At from)
{
    AstIdent like = from.def->like;
    At base = find(from.file, from.order, like.name);
    if (base.def) return base;
    At below = find(from.file, SIZE_MAX, like.name);
    const char **names;
    size_t n;
    if (below.def == from.def) {
        diag_error(unit->diags, like.at, "`%s` cannot be like itself", like.name);
    } else if (below.def) {
        diag_error(unit->diags, like.at, "`%s` is defined below, line %d", like.name, below.def->name.at.line);
        diag_note(unit->diags, below.def->name.at, "here; an experiment must stand above those that are like it");
    } else {
        diag_error(unit->diags, like.at, "there is no experiment `%s`", like.name);
        names_of_experiments(unit, from.file, from.order, &names, &n);
        const char *near = name_nearest(like.name, names, n);
        if (near) diag_help(unit->diags, "did you mean `%s`?", near);
    }
    return (At){ 0 };
}

/* ---- clauses before they are read ------------------------------------------------------ */

typedef struct Draft {
    Reader         reader;          /* sees what the clause's own place sees        */
    const ArgRow  *row;
    const AstExpr *value;           /* NULL: not given                              */
    Span           at;
} Draft;

typedef struct Drafts { Unit *unit; Draft *at; size_t count; } Drafts;

/* The clause whose value has an argument of this name: `lr` is of `optimizer`. */
static const char *clause_of_argument(const Rows *rows, const char *name)
{
    for (size_t c = 0; c < rows->clause.count; c++)
        for (size_t i = 0; i < rows->maker.count; i++) {
            const Maker *maker = &rows->maker.at[i];
            if (maker->later || maker->kind != kind_rows[rows->clause.at[c].kind].makers) continue;
            for (size_t k = 0; k < maker->arg.count; k++)
                if (!strcmp(maker->arg.at[k].name, name)) return rows->clause.at[c].name;
        }
    return NULL;
}

static void no_clause(Drafts *d, AstIdent key)
{
    Diags *diags = d->unit->diags;
    const char **names;
    const Maker *later = rows_maker(d->unit->rows, KIND_CLAUSE, key.name);
    if (later) {
        diag_error(diags, key.at, "`%s` is not supported yet", key.name);
        return;
    }
    size_t n = rows_names(d->unit->rows, d->unit->arena, KIND_CLAUSE, &names);
    diag_error(diags, key.at, "an experiment has no clause `%s`", key.name);
    const char *near = name_nearest(key.name, names, n), *of = clause_of_argument(d->unit->rows, key.name);
    if (of) diag_help(diags, "`%s` is an argument: `%s.%s = ...`", key.name, of, key.name);
    else if (near) diag_help(diags, "did you mean `%s`?", near);
}

static bool draft(Drafts *d, const Reader *reader, const AstClause *clause)
{
    AstIdent key = clause->path.at[0];
    const ArgRow *row = rows_clause(d->unit->rows, key.name);
    if (!row) {
        no_clause(d, key);
        return false;
    }
    Draft *to = &d->at[row - d->unit->rows->clause.at];
    if (clause->path.count == 1) {
        to->value = clause->value;
        to->reader = *reader;
    } else {
        if (!to->value && row->value) to->value = read_text(&to->reader, row->value);
        if (!to->value) {
            diag_error(d->unit->diags, key.at, "`%s` is not given, so `%s` has nothing to change", key.name,
                       ast_path(d->unit->arena, &clause->path));
            return false;
        }
        to->value = read_override(&to->reader, to->value, row->kind, &clause->path, 1, clause->value);
    }
    to->at = clause->at;
    return to->value != NULL;
}

static bool same_path(const AstIdents *a, const AstIdents *b)
{
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->at[i].name != b->at[i].name) return false;
    return true;
}

static bool twice(Unit *unit, const AstDef *def, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (!same_path(&def->clauses.at[k].path, &def->clauses.at[i].path)) continue;
        diag_error(unit->diags, def->clauses.at[i].path.at[0].at, "`%s` is given twice",
                   ast_path(unit->arena, &def->clauses.at[i].path));
        diag_note(unit->diags, def->clauses.at[k].path.at[0].at, "here first");
        return true;
    }
    return false;
}

/* First what the experiment is like, then its own. */
static bool drafts_of(Drafts *d, At place, Type real, unsigned depth)
{
    bool good = true;
    if (depth > 200) {
        diag_error(d->unit->diags, place.def->like.at, "experiments like experiments go too deep here");
        return false;
    }
    if (place.def->like.name) {
        At base = base_of(d->unit, place);
        if (!base.def || !drafts_of(d, base, real, depth + 1)) return false;
    }
    Reader reader = reader_make(d->unit, place.file, place.order, real);
    for (size_t i = 0; i < place.def->clauses.count; i++)
        good = !twice(d->unit, place.def, i) && draft(d, &reader, &place.def->clauses.at[i]) && good;
    return good;
}

/* `--set data.dir=DIR` needs no quotes: where every constructor's argument of that name
 * is a string, what is not written as one is taken as it stands.                      */
static const char *as_written(Drafts *d, const char *set)
{
    Arena *arena = d->unit->arena;
    const char *equal = strchr(set, '='), *dot = equal, *first = strchr(set, '.');
    if (!equal || !first || first > equal) return set;
    while (dot[-1] != '.') dot--;
    const char *name = arena_string(arena, dot, strcspn(dot, " =")), *value = equal + 1 + strspn(equal + 1, " ");
    const ArgRow *row = rows_clause(d->unit->rows, arena_string(arena, set, (size_t)(first - set)));
    if (!row || *value == '"' || !rows_text(d->unit->rows, row->kind, name)) return set;
    Text text = { .arena = arena };
    text_printf(&text, "%.*s= \"", (int)(equal - set), set);
    for (; *value; value++) text_printf(&text, *value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
    text_add(&text, "\"");
    return text_string(&text);
}

static bool drafts_set(Drafts *d, const char *const *set, size_t sets, Type real)
{
    Reader reader = reader_make(d->unit, d->unit->main, SIZE_MAX, real);
    bool good = true;
    for (size_t i = 0; i < sets; i++) {
        Source *source = NEW(d->unit->arena, Source);
        AstClause clause;
        const char *text = as_written(d, set[i]);
        *source = (Source){ "<command line>", text, strlen(text) };
        good = parse_clause(d->unit->arena, d->unit->names, source, d->unit->diags, &clause) &&
               draft(d, &reader, &clause) && good;
    }
    return good;
}

/* ---- the whole experiment ------------------------------------------------------------------ */

static bool float64_wanted(const Drafts *d)
{
    const ArgRow *row = rows_clause(d->unit->rows, "precision");
    const AstExpr *x = d->at[row - d->unit->rows->clause.at].value;
    return x && x->kind == AST_NAME && !strcmp(x->name, "float64");
}

static bool read_all(Drafts *d, Experiment *e, Type real)
{
    bool good = true;
    for (size_t i = 0; i < d->count; i++) {
        Draft *from = &d->at[i];
        const char *name = d->unit->rows->clause.at[i].name;
        const AstExpr *x = from->value;
        if (!x && d->unit->rows->clause.at[i].value) x = read_text(&from->reader, d->unit->rows->clause.at[i].value);
        if (!x) continue;
        from->reader.real = real;
        const Value *v = read_value(&from->reader, x, d->unit->rows->clause.at[i].kind,
                                    arena_printf(d->unit->arena, "`%s`", name));
        if (v) VEC_PUSH(d->unit->arena, e->clause) = (Clause){ name_of(d->unit->names, name), v, from->at };
        good = good && v;
    }
    return good;
}

/* ---- do the clauses go together? ------------------------------------------------------- */

typedef struct Column { const char *name; uint32_t count; } Column;     /* numbers: as many columns */
typedef VEC(Column) Columns;

/* What columns may be given to: of an odef time, inputs and what is observed, which is its
 * outputs or, where it declares none, its states; of a model inputs.                     */
static Columns columns_of(Arena *arena, const Value *fit)
{
    Columns to = { 0 };
    const Field *f = fit->field;
    const Model *m = fit->model;
    for (size_t i = 0; f && !f->output.count && i < f->state.count; i++)
        VEC_PUSH(arena, to) = (Column){ f->state.at[i].name, f->state.at[i].count };
    if (f) VEC_PUSH(arena, to) = (Column){ f->time, 1 };
    for (size_t i = 0; f && i < f->input.count; i++) VEC_PUSH(arena, to) = (Column){ f->input.at[i].name, f->input.at[i].count };
    for (size_t i = 0; f && i < f->output.count; i++) VEC_PUSH(arena, to) = (Column){ f->output.at[i].name, f->output.at[i].count };
    for (size_t i = 0; m && i < m->input.count; i++) VEC_PUSH(arena, to) = (Column){ m->input.at[i].name, 1 };
    return to;
}

static bool is_state(const Value *fit, Name name)
{
    for (size_t i = 0; fit->field && i < fit->field->state.count; i++)
        if (fit->field->state.at[i].name == name) return true;
    return false;
}

static void no_column(Unit *unit, const Value *fit, const Columns *columns, const ValueArg *arg)
{
    const char **name = NEW_ARRAY(unit->arena, const char *, columns->count + 1);
    Text text = { .arena = unit->arena };
    for (size_t i = 0; i < columns->count; i++) {
        name[i] = columns->at[i].name;
        text_printf(&text, "%s`%s`", i ? ", " : "", name[i]);
    }
    if (is_state(fit, arg->name)) diag_error(unit->diags, arg->at, "what is observed of `%s` is its outputs, not its state `%s`", fit->name, arg->name);
    else diag_error(unit->diags, arg->at, "`%s` has no %s `%s`", fit->name, fit->model ? "input" : "state, input or output", arg->name);
    const char *near = name_nearest(arg->name, name, columns->count);
    if (near) diag_help(unit->diags, "did you mean `%s`?", near);
    else diag_help(unit->diags, "columns are given to %s", text_string(&text));
}

/* A column for every number. */
static bool columns_suffice(Unit *unit, const Column *to, const ValueArg *arg)
{
    const Value *v = arg->value;
    size_t named = v->kind == VALUE_LIST ? v->count : 1;
    if (named == to->count || v->kind == VALUE_CALL) return true;
    diag_error(unit->diags, v->at, "`%s` has %u number%s, and this names %zu column%s", to->name, to->count, to->count == 1 ? "" : "s",
               named, named == 1 ? "" : "s");
    if (to->count > 1) diag_help(unit->diags, "%s = [\"...\", \"...\"%s]", to->name, to->count > 2 ? ", ..." : "");
    return false;
}

/* columns(t = ..., hare = ...): the keys are names of what is learned. */
static bool columns_fit(Unit *unit, const Value *data, const Value *fit)
{
    bool good = true;
    if (!data || !data->name || strcmp(data->name, "columns")) return true;
    Columns columns = columns_of(unit->arena, fit);
    for (size_t i = 0; i < data->count; i++) {
        const ValueArg *arg = &data->arg[i];
        size_t k = 0;
        while (k < columns.count && columns.at[k].name != arg->name) k++;
        if (!strcmp(arg->name, "dir")) continue;
        if (k == columns.count) no_column(unit, fit, &columns, arg);
        good = k < columns.count && columns_suffice(unit, &columns.at[k], arg) && good;
    }
    return good;
}

/* A model reads a file for each of its inputs. */
static bool model_data_fit(Unit *unit, const Value *data, const Model *model)
{
    if (!data) return true;
    if (data->kind != VALUE_CALL || strcmp(data->name, "columns") || data->item) {
        diag_error(unit->diags, data->at, "a model learns from `columns`, with a file for each of its inputs");
        diag_help(unit->diags, "columns(%s = idx(\"...\"))", model->input.count ? model->input.at[0].name : "image");
        return false;
    }
    for (size_t i = 0; i < model->input.count; i++) {
        const Value *column = value_argument(data, model->input.at[i].name);
        if (column && column->kind == VALUE_CALL) continue;
        diag_error(unit->diags, column ? column->at : data->at, column ? "the input `%s` comes from a file" : "the input `%s` has no column",
                   model->input.at[i].name);
        diag_help(unit->diags, "%s = idx(\"...\")", model->input.at[i].name);
        return false;
    }
    return true;
}

/* The default of `loss` is for odefs. */
static bool no_loss_clause(Unit *unit, Experiment *e)
{
    size_t i = 0;
    while (i < e->clause.count && strcmp(e->clause.at[i].path, "loss")) i++;
    if (i == e->clause.count) return true;
    if (e->clause.at[i].at.source) {
        diag_error(unit->diags, e->clause.at[i].at, "a model says its losses itself");
        return false;
    }
    e->clause.count--;
    memmove(&e->clause.at[i], &e->clause.at[i + 1], (e->clause.count - i) * sizeof *e->clause.at);
    return true;
}

static bool model_fits(Unit *unit, Experiment *e, const Model *model)
{
    if (!no_loss_clause(unit, e)) return false;
    if (!model->value.count || !model->value.at[0].loss) {
        diag_error(unit->diags, experiment_clause(e, "fit")->at, "`%s` has no loss, so there is nothing to learn it by", model->name);
        diag_note(unit->diags, model->at, "defined here");
        return false;
    }
    return model_data_fit(unit, experiment_clause(e, "data"), model) && model_data_fit(unit, experiment_clause(e, "test"), model);
}

/* The norm of a gradient would count the buffers, which stand among an odef's parameters. */
static bool clip_fits(Unit *unit, const Experiment *e, const Field *field)
{
    const Value *clip = experiment_clause(e, "clip");
    for (size_t i = 0; clip && field && i < field->param.count; i++) {
        if (!field->param.at[i].buffer) continue;
        diag_error(unit->diags, clip->at, "`clip` of an odef with buffers is not supported yet");
        diag_note(unit->diags, field->param.at[i].at, "a buffer");
        return false;
    }
    return true;
}

/* Clauses that only one of the verbs has a use for. */
static bool clauses_fit(Unit *unit, const Experiment *e, bool fit)
{
    static const char *const fits[] = { "data", "test", "augment", "batch", "loss", "gradient", "statistics", "accuracy", "optimizer",
                                        "steps", "epochs", "clip", "split" };
    static const char *const runs[] = { "over", "at", "after", "summary" };
    const char *const *others = fit ? runs : fits;
    for (size_t i = 0; i < e->clause.count; i++)
        for (size_t k = 0; k < (fit ? COUNT(runs) : COUNT(fits)); k++) {
            if (!e->clause.at[i].at.source || strcmp(e->clause.at[i].path, others[k])) continue;
            diag_error(unit->diags, e->clause.at[i].at, "`%s` is for experiments that %s, and this one %s", others[k],
                       fit ? "`run`" : "`fit`", fit ? "fits" : "runs");
            return false;
        }
    return true;
}

/* Defaults that only learning has a use for go away. */
static void drop_defaults(Experiment *e)
{
    static const char *const used[] = { "solver", "seed", "precision", "plot" };
    size_t kept = 0;
    for (size_t i = 0; i < e->clause.count; i++) {
        bool keep = e->clause.at[i].at.source;
        for (size_t k = 0; k < COUNT(used); k++) keep = keep || !strcmp(e->clause.at[i].path, used[k]);
        if (keep) e->clause.at[kept++] = e->clause.at[i];
    }
    e->clause.count = kept;
}

static bool run_complete(Unit *unit, Experiment *e)
{
    if (!clauses_fit(unit, e, false)) return false;
    drop_defaults(e);
    if (experiment_clause(e, "at")) return true;
    diag_error(unit->diags, e->at, "a run needs `at`, its times");
    diag_help(unit->diags, "at = linspace(0, 10, 101)");
    return false;
}

static bool complete(Unit *unit, Experiment *e)
{
    const Value *fit = experiment_clause(e, "fit"), *run = experiment_clause(e, "run");
    const Value *data = experiment_clause(e, "data");
    if (!fit && !run) {
        diag_error(unit->diags, e->at, "experiment `%s` has neither `fit` nor `run`", e->name);
        diag_help(unit->diags, "`fit = ...` learns an odef or a model, `run = ...` integrates an odef");
        return false;
    }
    if (fit && run) {
        diag_error(unit->diags, run->at, "an experiment has `fit` or `run`, not both");
        return false;
    }
    if (run) return run_complete(unit, e);
    if (!clauses_fit(unit, e, true)) return false;
    if (!data) {
        diag_error(unit->diags, e->at, "experiment `%s` has no `data` to fit to", e->name);
        diag_help(unit->diags, "data = csv(\"...\") |> columns(...) or simulate(...)");
        return false;
    }
    if (!experiment_clause(e, "steps") && !experiment_clause(e, "epochs")) {
        diag_error(unit->diags, e->at, "experiment `%s` has neither `steps` nor `epochs`", e->name);
        diag_help(unit->diags, "steps = 1000");
        return false;
    }
    return columns_fit(unit, data, fit) && columns_fit(unit, experiment_clause(e, "test"), fit) &&
           clip_fits(unit, e, fit->field) && (!fit->model || model_fits(unit, e, fit->model));
}

const Experiment *unit_experiment(Unit *unit, const char *name, const char *const *set, size_t sets, Type real, Diags *diags)
{
    Experiment *e = NEW(unit->arena, Experiment);
    At place = name ? find(unit->main, SIZE_MAX, name) : (At){ 0 };
    unit->diags = diags;
    Reader reader = reader_make(unit, unit->main, SIZE_MAX, real);
    Drafts d = { unit, NULL, unit->rows->clause.count };
    d.at = NEW_ARRAY(unit->arena, Draft, d.count);
    for (size_t i = 0; i < d.count; i++) d.at[i].reader = reader;
    if (name && !place.def) {
        const char **names;
        size_t n;
        diag_error(diags, (Span){ 0 }, "there is no experiment `%s`", name);
        names_of_experiments(unit, unit->main, SIZE_MAX, &names, &n);
        const char *near = name_nearest(name, names, n);
        if (near) diag_help(diags, "did you mean `%s`?", near);
        return NULL;
    }
    if (place.def) {
        e->name = place.def->name.name;
        e->at = place.def->at;
    }
    bool good = !place.def || drafts_of(&d, place, real, 0);
    good = drafts_set(&d, set, sets, real) && good;
    if (!read_all(&d, e, float64_wanted(&d) ? TYPE_F64 : real) || !good) return NULL;
    Draft *run = &d.at[rows_clause(unit->rows, "run") - unit->rows->clause.at];
    if (place.def ? !complete(unit, e) : run->value && !run_complete(unit, e)) return NULL;
    return !run->value || sweep_make(&run->reader, run->value, e) ? e : NULL;
}

const Value *experiment_clause(const Experiment *e, const char *path)
{
    for (size_t i = 0; i < e->clause.count; i++)
        if (!strcmp(e->clause.at[i].path, path)) return e->clause.at[i].value;
    return NULL;
}
