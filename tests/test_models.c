/* test_models.c: the models, the language reference's examples, and experiments. */
#include "golden_run.h"
#include "lang.h"
#include "lang/clauses.h"

#include <stdio.h>

/* ---- everything we ship compiles ------------------------------------------------ */

static size_t compile_all(Bench *b, Type real)
{
    const Field *const *field;
    const Name *name;
    size_t n = unit_fields(b->unit, real, &field, &b->diags), experiments = unit_experiments(b->unit, &name);
    for (size_t i = 0; i < n; i++) bench_sound(b, field[i]);
    for (size_t i = 0; i < experiments; i++) {
        const Experiment *e = unit_experiment(b->unit, name[i], NULL, 0, real, &b->diags);
        cr_expect(e && experiment_clause(e, "solver"), "%s", bench_messages(b));
    }
    cr_expect(!b->diags.list.count, "%s", bench_messages(b));
    return n;
}

static void compile_model(const char *path)
{
    Bench b = { 0 };
    b.names.arena = b.diags.arena = &b.arena;
    b.unit = unit_open(&b.arena, &b.names, path, &b.diags);
    cr_assert(b.unit, "%s", bench_messages(&b));
    unit_differentiates(b.unit, vjp_into);
    cr_expect(compile_all(&b, TYPE_F32) > 0, "%s has no odef", path);
    compile_all(&b, TYPE_F64);
    bench_close(&b);
}

Test(models, compile)
{
    cr_assert(golden_each("models/*.node", compile_model) >= 5);
}

/* The blocks marked ```node of the language reference are whole files. */
Test(models, reference_examples)
{
    Arena arena = { 0 };
    const char *at = file_read(&arena, "grammar/README.md", NULL);
    size_t blocks = 0;
    cr_assert(at);
    while ((at = strstr(at, "```node\n"))) {
        Bench b;
        at += strlen("```node\n");
        const char *end = strstr(at, "```");
        cr_assert(end);
        bench_open(&b, arena_printf(&arena, "%.*s", (int)(end - at), at));
        compile_all(&b, TYPE_F32);
        bench_close(&b);
        at = end + 3;
        blocks++;
    }
    cr_expect(blocks >= 6, "%zu blocks", blocks);
    arena_free(&arena);
}

/* ---- names in files of weights ----------------------------------------------------- */

static void expect_file_names(const char *path, const char *expression, const char *const *want, size_t n)
{
    Bench b = { 0 };
    b.names.arena = b.diags.arena = &b.arena;
    b.unit = unit_open(&b.arena, &b.names, path, &b.diags);
    cr_assert(b.unit, "%s", bench_messages(&b));
    const Field *f = bench_field(&b, expression);
    cr_assert_eq(f->param.count, n);
    for (size_t i = 0; i < n; i++) cr_expect_str_eq(f->param.at[i].file_name, want[i]);
    bench_close(&b);
}

Test(models, state_dict_names)
{
    static const char *const mlp[] = {
        "lin1.weight", "lin1.bias", "lin2.weight", "lin2.bias", "lin3.weight", "lin3.bias",
    };
    static const char *const hare[] = {
        "hare0", "lynx0", "birth", "death", "net.0.weight", "net.0.bias", "net.2.weight", "net.2.bias",
    };
    expect_file_names("models/spiral.node", "Mlp", mlp, COUNT(mlp));
    expect_file_names("models/spiral.node", "Mlp(time = true)", mlp, COUNT(mlp));
    expect_file_names("models/lynx_hare.node", "LynxHare", hare, COUNT(hare));
}

/* ---- experiments ---------------------------------------------------------------------- */

static const Experiment *experiment_of(Bench *b, const char *path, const char *name, const char *const *set, size_t sets)
{
    *b = (Bench){ 0 };
    b->names.arena = b->diags.arena = &b->arena;
    b->unit = unit_open(&b->arena, &b->names, path, &b->diags);
    cr_assert(b->unit, "%s", bench_messages(b));
    const Experiment *e = unit_experiment(b->unit, name, set, sets, TYPE_F32, &b->diags);
    cr_assert(e, "%s", bench_messages(b));
    return e;
}

static void expect_clause(Bench *b, const Experiment *e, const char *path, const char *want)
{
    Text text = { .arena = &b->arena };
    const Value *v = experiment_clause(e, path);
    cr_assert(v, "%s", path);
    value_print(v, &text);
    cr_expect_str_eq(text_string(&text), want);
}

Test(models, spiral_comp)
{
    Bench b;
    const Experiment *e = experiment_of(&b, "models/spiral.node", "comp", NULL, 0);
    expect_clause(&b, e, "steps", "3000");
    expect_clause(&b, e, "fit", "Mlp(n = 2, hidden = 16, time = false)");
    expect_clause(&b, e, "batch", "window(span = uniform(lo = 1, hi = 5), points = 32)");
    expect_clause(&b, e, "loss", "mse");
    expect_clause(&b, e, "gradient", "adjoint");
    expect_clause(&b, e, "optimizer", "adam(lr = 0.01)");
    cr_expect(!experiment_clause(e, "split"));

    const Value *adam = experiment_clause(e, "optimizer"), *data = experiment_clause(e, "data");
    cr_expect_float_eq(value_argument(adam, "beta2")->real, 0.999, 0);
    cr_expect(!value_argument(adam, "alpha"));
    const Value *t = value_argument(data, "t"), *truth = value_argument(data, "truth");
    cr_assert(t->kind == VALUE_TENSOR && t->count == 200);
    cr_expect(t->tensor[0] == 0 && t->tensor[199] == 31.45);
    cr_expect_float_eq(t->tensor[100], 31.45 * 100 / 199, 1e-14);
    cr_assert(truth->kind == VALUE_FIELD && truth->field);
    cr_expect_str_eq(truth->field->name, "TwoWells");
    cr_expect(truth->field->state.at[0].given, "the start stays open");
    const Value *x = value_argument(truth, "x");
    cr_expect(x->count == 2 && x->tensor[0] == 0.6 && x->tensor[1] == 0.3);
    cr_expect_float_eq(value_argument(value_argument(data, "noise"), "sd")->real, 0.01, 0);
    cr_expect_str_eq(value_argument(data, "solver")->name, "euler");
    cr_expect_eq(value_argument(data, "count")->integer, 1);
    bench_close(&b);
}

Test(models, spiral_comp_time)
{
    Bench b;
    const Experiment *e = experiment_of(&b, "models/spiral.node", "comp_time", NULL, 0);
    expect_clause(&b, e, "fit", "Mlp(n = 2, hidden = 16, time = true)");
    expect_clause(&b, e, "plot", "[trajectory(every = 30), curve(metric = \"loss\")]");
    cr_expect(experiment_clause(e, "fit")->field->uses_time);
    cr_expect_eq(experiment_clause(e, "fit")->field->f->real, TYPE_F32);
    bench_close(&b);
}

Test(models, a_bound_parameter_is_no_weight)
{
    Bench b;
    const Experiment *e = experiment_of(&b, "models/spiral.node", "linear", NULL, 0);
    const Value *truth = value_argument(experiment_clause(e, "data"), "truth");
    cr_expect_eq(truth->field->params, 0);
    cr_expect_eq(experiment_clause(e, "fit")->field->params, 4);
    bench_close(&b);
}

Test(models, tables_of_numbers)
{
    Bench b;
    const Experiment *e = experiment_of(&b, "models/lynx_hare.node", "lynx_hare", NULL, 0);
    const Value *data = experiment_clause(e, "data");
    expect_clause(&b, e, "data", "csv(path = \"hudson_bay.csv\") |> columns(t = \"Year\", hare = \"Hare\", lynx = \"Lynx\")");
    cr_assert(data->item && data->item[0]->kind == VALUE_CALL);
    cr_expect_str_eq(value_argument(data->item[0], "path")->name, "hudson_bay.csv");
    cr_expect_str_eq(value_argument(data, "lynx")->name, "Lynx");
    expect_clause(&b, e, "split", "before(t = 1916)");
    cr_expect_str_eq(value_argument(experiment_clause(e, "loss"), "scale")->name, "log");
    bench_close(&b);
}

Test(models, overrides)
{
    static const char *const set[] = {
        "optimizer.lr=1e-4", "steps = 7", "batch.span.hi = 9", "data.noise.sd=0.5", "solver = rk4(steps = 6)",
        "fit.hidden = 32", "plot = trajectory", "precision = float64", "optimizer.beta1 = 0.5", "data.solver.h_max=0.01",
    };
    Bench b;
    const Experiment *e = experiment_of(&b, "models/spiral.node", "comp", set, COUNT(set));
    expect_clause(&b, e, "optimizer", "adam(lr = 0.0001, beta1 = 0.5)");
    expect_clause(&b, e, "steps", "7");
    expect_clause(&b, e, "batch", "window(span = uniform(lo = 1, hi = 9), points = 32)");
    expect_clause(&b, e, "solver", "rk4(steps = 6)");
    expect_clause(&b, e, "fit", "Mlp(n = 2, hidden = 32, time = false)");
    expect_clause(&b, e, "plot", "[trajectory]");
    cr_expect_eq(experiment_clause(e, "fit")->field->f->real, TYPE_F64);
    cr_expect_float_eq(value_argument(value_argument(experiment_clause(e, "data"), "noise"), "sd")->real, 0.5, 0);
    cr_expect_float_eq(value_argument(value_argument(experiment_clause(e, "data"), "solver"), "h_max")->real, 0.01, 0);
    bench_close(&b);
}

Test(models, overrides_are_checked)
{
    static const struct { const char *set, *says; } wrong[] = {
        { "optimizer.rl=1",     "`adam` has no argument `rl`" },
        { "optimiser=adam",     "an experiment has no clause `optimiser`" },
        { "optimizer.lr=fast",  "must be a number or a schedule, not `fast`" },
        { "steps=0",            "`steps` must be a whole number of at least 1, not 0" },
        { "solver.h_max=",      "an expression is missing" },
        { "fit=Mpl",            "`Mpl` is not declared" },
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        Bench b = { 0 };
        b.names.arena = b.diags.arena = &b.arena;
        b.unit = unit_open(&b.arena, &b.names, "models/spiral.node", &b.diags);
        cr_assert(b.unit);
        cr_expect(!unit_experiment(b.unit, "comp", &wrong[i].set, 1, TYPE_F32, &b.diags), "%s", wrong[i].set);
        cr_expect(b.diags.errors && strstr(bench_messages(&b), wrong[i].says), "%s: %s", wrong[i].set, bench_messages(&b));
        bench_close(&b);
    }
}

/* No experiment: the defaults of the tables. */
Test(models, defaults)
{
    Bench b;
    const char *set = "solver.h_max = 0.1";
    const Experiment *e = experiment_of(&b, "models/spiral.node", NULL, &set, 1);
    expect_clause(&b, e, "solver", "euler(h_max = 0.1)");
    expect_clause(&b, e, "optimizer", "adam(lr = 0.001)");
    expect_clause(&b, e, "gradient", "adjoint");
    cr_expect(!experiment_clause(e, "fit"));
    bench_close(&b);
}

Test(models, an_experiment_of_an_import)
{
    Bench b = { 0 };
    b.names.arena = b.diags.arena = &b.arena;
    static const char text[] = "import \"models/spiral.node\"\nimport \"models/pendulum.node\" as p\n"
                               "experiment quick like comp { steps = 5 }\n"
                               "odef A(n = 1) { state x[n], v[n] layer f = p.SecondOrder(n) let d = f(x, v) dx/dt = d.x dv/dt = d.v }\n"
                               "experiment other like quick { fit = Mlp(hidden = 4) }\n";
    Source source = { "here.node", text, sizeof text - 1 };
    b.unit = unit_of_source(&b.arena, &b.names, &source, &b.diags);
    cr_assert(b.unit, "%s", bench_messages(&b));
    const Experiment *e = unit_experiment(b.unit, "other", NULL, 0, TYPE_F32, &b.diags);
    cr_assert(e, "%s", bench_messages(&b));
    expect_clause(&b, e, "fit", "Mlp(n = 2, hidden = 4, time = false)");
    expect_clause(&b, e, "steps", "5");
    cr_expect_eq(bench_field(&b, "A(2)")->param.count, 4);
    cr_expect_str_eq(bench_field(&b, "A(2)")->param.at[0].file_name, "f.net.0.weight");
    bench_close(&b);
}

/* ---- the reference names everything the tables have --------------------------------------- */

static void expect_named(const char *reference, const char *name)
{
    for (const char *at = reference; (at = strstr(at, name)); at++) {
        char before = at == reference ? ' ' : at[-1], after = at[strlen(name)];
        if (strchr("` (\n", before) && strchr("` (,.\n", after)) return;
    }
    cr_expect(false, "grammar/README.md does not name `%s`", name);
}

Test(models, reference_is_complete)
{
    Arena arena = { 0 };
    const char *reference = file_read(&arena, "grammar/README.md", NULL), **names;
    const Rows *rows = rows_make(&arena);
    cr_assert(reference);
    for (size_t i = 0; i < rows->clause.count; i++) expect_named(reference, rows->clause.at[i].name);
    for (size_t i = 0; i < rows->maker.count; i++) {
        const Maker *maker = &rows->maker.at[i];
        expect_named(reference, maker->name);
        for (size_t k = 0; k < maker->arg.count; k++)
            if (strcmp(maker->arg.at[k].name, "*") && strcmp(maker->arg.at[k].name, "from"))
                expect_named(reference, maker->arg.at[k].name);
    }
    size_t n = builtin_names(&arena, &names);
    for (size_t i = 0; i < n; i++) {
        Op op = op_callable(names[i]);
        if (op && (op == OP_neg || op == OP_add || op == OP_sub || op == OP_mul || op == OP_div)) continue;
        expect_named(reference, names[i]);
    }
    const char *at = file_read(&arena, "compiler/lang/prelude.node", NULL);
    for (; at; at = strchr(at, '\n')) {
        char name[64];
        while (*at == '\n') at++;
        if (sscanf(at, "def %63[A-Za-z0-9_]", name) == 1 || sscanf(at, "layer %63[A-Za-z0-9_]", name) == 1)
            expect_named(reference, name);
    }
    arena_free(&arena);
}

/* What experiment_print writes is an experiment again, the same one. */
static void print_and_read(const char *path)
{
    Bench b = { 0 };
    size_t length;
    b.names.arena = b.diags.arena = &b.arena;
    b.unit = unit_open(&b.arena, &b.names, path, &b.diags);
    cr_assert(b.unit);
    unit_differentiates(b.unit, vjp_into);
    const char *whole = file_read(&b.arena, path, &length), *odefs = strstr(whole, "\nexperiment ");
    const Name *name;
    size_t n = unit_experiments(b.unit, &name);
    for (size_t i = 0; i < n; i++) {
        Text once = { .arena = &b.arena }, again = { .arena = &b.arena };
        experiment_print(unit_experiment(b.unit, name[i], NULL, 0, TYPE_F32, &b.diags), &once);
        const char *text = arena_printf(&b.arena, "%.*s\n%s", (int)(odefs - whole), whole, text_string(&once));
        Source source = { "printed.node", text, strlen(text) };
        Unit *unit = unit_of_source(&b.arena, &b.names, &source, &b.diags);
        cr_assert(unit, "%s", bench_messages(&b));
        unit_differentiates(unit, vjp_into);
        const Experiment *e = unit_experiment(unit, name[i], NULL, 0, TYPE_F32, &b.diags);
        cr_assert(e, "%s", bench_messages(&b));
        experiment_print(e, &again);
        cr_expect_str_eq(text_string(&again), text_string(&once));
    }
    bench_close(&b);
}

Test(models, experiments_print_and_read)
{
    cr_assert(golden_each("models/*.node", print_and_read) >= 5);
}
