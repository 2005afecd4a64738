/* test_classifier.c: the classifier of models/mnist.node as the front end hands it
 * on: its tables are PyTorch's state_dict, and its field, in training and in
 * evaluation, has PyTorch's values and gradients. */
#include "fields.h"
#include "lang/lang.h"
#include "pass/pass.h"

typedef struct Bench { Arena arena; Names names; Diags diags; Unit *unit; } Bench;

static Bench b;

static void begin(void)
{
    b = (Bench){ 0 };
    b.names.arena = b.diags.arena = &b.arena;
    b.unit = unit_open(&b.arena, &b.names, "models/mnist.node", &b.diags);
    cr_assert(b.unit);
    unit_differentiates(b.unit, vjp_into);
}

static void end(void) { arena_free(&b.arena); }

TestSuite(classifier, .init = begin, .fini = end);

static const Model *model_of(const char *expression, Type real)
{
    cr_assert(unit_is_model(b.unit, expression));
    const Model *m = unit_model(b.unit, expression, real, &b.diags);
    Text text = { .arena = &b.arena };
    diag_render(&b.diags, &text, false);
    cr_assert(m && !b.diags.list.count, "%s", text_string(&text));
    return m;
}

static void expect_sound(const Fn *fn)
{
    const char *wrong = ir_verify(fn, &b.arena);
    cr_expect(!wrong, "%s: %s", fn->name, wrong);
}

/* ---- tables --------------------------------------------------------------------- */

static const struct { const char *name; uint32_t count; } weight[] = {
    { "downsampling.0.weight", 576 }, { "downsampling.0.bias", 64 }, { "downsampling.1.weight", 64 }, { "downsampling.1.bias", 64 },
    { "downsampling.3.weight", 65536 }, { "downsampling.3.bias", 64 }, { "downsampling.4.weight", 64 }, { "downsampling.4.bias", 64 },
    { "downsampling.6.weight", 65536 }, { "downsampling.6.bias", 64 },
    { "feature.func.conv1.weight", 37440 }, { "feature.func.norm1.weight", 64 }, { "feature.func.norm1.bias", 64 },
    { "feature.func.conv2.weight", 37440 }, { "feature.func.norm2.weight", 64 }, { "feature.func.norm2.bias", 64 },
    { "norm.weight", 64 }, { "norm.bias", 64 }, { "fc.weight", 640 }, { "fc.bias", 10 },
};

static const struct { const char *name; int solve; } buffer[] = {
    { "downsampling.1.running_mean", -1 }, { "downsampling.1.running_var", -1 },
    { "downsampling.4.running_mean", -1 }, { "downsampling.4.running_var", -1 },
    { "feature.func.norm1.running_mean", 0 }, { "feature.func.norm1.running_var", 0 },
    { "feature.func.norm2.running_mean", 0 }, { "feature.func.norm2.running_var", 0 },
    { "norm.running_mean", -1 }, { "norm.running_var", -1 },
};

Test(classifier, tables)
{
    const Model *m = model_of("Classifier(OdeBlock(64, 6))", TYPE_F32);
    uint32_t offset = 0;
    cr_expect_str_eq(m->name, "Classifier");
    cr_expect_str_eq(m->instance, "Classifier(body = OdeBlock(dim = 64, size = 6), dim = 64)");
    cr_assert_eq(m->param.count, COUNT(weight));
    for (size_t i = 0; i < COUNT(weight); i++) {
        const FieldParam *p = &m->param.at[i];
        cr_expect_str_eq(p->file_name, weight[i].name);
        cr_expect(p->count == weight[i].count && p->offset == offset, "%s", p->name);
        offset += p->count;
    }
    cr_expect(m->params == 208010 && offset == 208010);
    cr_assert_eq(m->buffer.count, COUNT(buffer));
    for (size_t i = 0; i < COUNT(buffer); i++) {
        const ModelBuffer *x = &m->buffer.at[i];
        cr_expect_str_eq(x->file_name, buffer[i].name);
        cr_expect(x->count == 64 && x->solve == buffer[i].solve && x->initial[63] == (i % 2 ? 1 : 0), "%s", x->name);
    }
    cr_assert(m->input.count == 2 && m->inputs == 785 && m->input.at[1].classes == 10 && m->input.at[0].classes == 0);
    cr_assert(m->output.count == 1 && m->outputs == 10);
    cr_assert(m->value.count == 2 && m->value.at[0].loss && !m->value.at[1].loss);
    cr_expect_str_eq(m->value.at[0].name, "ce");
    cr_expect_str_eq(m->value.at[1].name, "accuracy");
    cr_assert_eq(m->solve.count, 1);
    cr_expect_str_eq(m->solve.at[0].name, "feature");
    cr_expect(m->solve.at[0].from == 0 && m->solve.at[0].to == 1);
}

static size_t roots_of(const Fn *fn, RootKind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < fn->root.count; i++) n += fn->root.at[i].kind == kind;
    return n;
}

Test(classifier, functions)
{
    static const struct { const char *expression; size_t solves, params, updates; } models[] = {
        { "Classifier(OdeBlock(64, 6))", 1, 208010, 6 },
        { "Classifier(Residuals(64, 6))", 0, 583690, 30 },
        { "Perceptron", 0, 238510, 0 },
    };
    for (size_t i = 0; i < COUNT(models); i++) {
        const Model *m = model_of(models[i].expression, TYPE_F32);
        expect_sound(m->train);
        expect_sound(m->eval);
        cr_expect(m->solve.count == models[i].solves && m->params == models[i].params, "%s: %u", m->instance, m->params);
        cr_expect(roots_of(m->train, ROOT_UPDATE) == models[i].updates && !roots_of(m->eval, ROOT_UPDATE));
        cr_expect_eq(roots_of(m->train, ROOT_RESULT), 3 + models[i].solves);
        cr_expect_eq(ir_symbol(m->train, "label"), 1);
        for (size_t k = 0; k < m->solve.count; k++) {
            expect_sound(m->solve.at[k].train->f);
            expect_sound(m->solve.at[k].eval->f);
            cr_expect_eq(roots_of(m->solve.at[k].train->f, ROOT_UPDATE), 4);
            cr_expect(ir_symbol(m->train, "feature.x.end") > 0 && m->solve.at[k].train->uses_time);
        }
    }
}

/* ---- the field against PyTorch ------------------------------------------------------ */

enum { SAMPLES = 3, STATE = 8 * 6 * 6 };

/* Leaves by what they are called in the file; buffers as a new layer has them. */
static Eval run(const Fn *fn, const char *file, bool training)
{
    VEC(Bound) bound = { 0 };
    const double *time = reference(&b.arena, file, "t", NULL);
    double *t = NEW_ARRAY(&b.arena, double, SAMPLES), *ones = NEW_ARRAY(&b.arena, double, 8);
    for (size_t i = 0; i < SAMPLES; i++) t[i] = time[0];
    for (size_t i = 0; i < 8; i++) ones[i] = 1;
    VEC_PUSH(&b.arena, bound) = (Bound){ "t", t };
    VEC_PUSH(&b.arena, bound) = (Bound){ "x", reference(&b.arena, file, "x", NULL) };
    VEC_PUSH(&b.arena, bound) = (Bound){ "a_dx", reference(&b.arena, file, "a", NULL) };
    for (size_t i = 0; i < fn->symbol.count; i++) {
        const Symbol *s = &fn->symbol.at[i];
        const char *path = s->name + strlen("feature.func.");
        if (s->role != ROLE_PARAM && s->role != ROLE_BUFFER) continue;
        bool fresh = training && s->role == ROLE_BUFFER;
        const double *value = fresh ? (strstr(path, "var") ? ones : NEW_ARRAY(&b.arena, double, 8))
                                    : reference(&b.arena, file, arena_printf(&b.arena, "weights.%s", path), NULL);
        VEC_PUSH(&b.arena, bound) = (Bound){ s->name, value };
    }
    return run_fn(&b.arena, fn, SAMPLES, bound.at, bound.count);
}

static void check_field(const Fn *f, const char *file, bool training)
{
    Fn *g = pass_vjp(&b.arena, f, "vjp", NULL, 0);
    size_t n;
    expect_sound(g);
    Eval y = run(f, file, training), back = run(g, file, training);
    const double *want = reference(&b.arena, file, "f", &n), *t_bar = root_of(&back, ROOT_RESULT, "t_bar");
    assert_near(root_of(&y, ROOT_RESULT, "dx"), want, n, 1e-12, "f");
    want = reference(&b.arena, file, "vjp.x", &n);
    assert_near(root_of(&back, ROOT_RESULT, "x_bar"), want, n, 1e-12, "x");
    double t = t_bar[0] + t_bar[1] + t_bar[2];          /* one time for the whole batch */
    assert_near(&t, reference(&b.arena, file, "vjp.t", NULL), 1, 1e-12, "t");
    for (size_t i = 0; i < f->symbol.count; i++) {
        const char *path = f->symbol.at[i].name + strlen("feature.func.");
        if (f->symbol.at[i].role != ROLE_PARAM) continue;
        want = reference(&b.arena, file, arena_printf(&b.arena, "vjp.%s", path), &n);
        assert_near(root_of(&back, ROOT_SUM, f->symbol.at[i].name), want, n, 1e-12, path);
    }
    for (size_t i = 0; i < f->root.count; i++) {
        const Root *root = &f->root.at[i];
        if (root->kind != ROOT_UPDATE) continue;
        const char *path = arena_printf(&b.arena, "weights.%s", root->name + strlen("feature.func."));
        want = reference(&b.arena, file, path, &n);
        assert_near(y.value[root->value], want, n, 1e-12, path);
    }
}

Test(classifier, field_in_training)
{
    const Model *m = model_of("Classifier(OdeBlock(8, 6), dim = 8)", TYPE_F64);
    check_field(m->solve.at[0].train->f, "field_conv_train", true);
}

Test(classifier, field_in_evaluation)
{
    const Model *m = model_of("Classifier(OdeBlock(8, 6), dim = 8)", TYPE_F64);
    check_field(m->solve.at[0].eval->f, "field_conv_eval", false);
}

/* An odef by itself evaluates; its buffers stand among the parameters. */
Test(classifier, field_by_itself)
{
    const Field *f = unit_field(b.unit, "ConvField(8)", TYPE_F64, &b.diags);
    cr_assert(f && !b.diags.errors);
    expect_sound(f->f);
    size_t buffers = 0, n;
    VEC(Bound) bound = { 0 };
    const double *time = reference(&b.arena, "field_conv_eval", "t", NULL), t[SAMPLES] = { *time, *time, *time };
    VEC_PUSH(&b.arena, bound) = (Bound){ "t", t };
    VEC_PUSH(&b.arena, bound) = (Bound){ "x", reference(&b.arena, "field_conv_eval", "x", NULL) };
    for (size_t i = 0; i < f->param.count; i++) {
        const FieldParam *p = &f->param.at[i];
        const char *path = arena_printf(&b.arena, "weights.%s", p->file_name);
        buffers += p->buffer;
        cr_expect(!p->buffer || (p->init == INIT_TENSOR && p->tensor[7] == (strstr(p->name, "var") ? 1 : 0)));
        VEC_PUSH(&b.arena, bound) = (Bound){ p->name, reference(&b.arena, "field_conv_eval", path, NULL) };
    }
    cr_expect_eq(buffers, 4);
    const double *want = reference(&b.arena, "field_conv_eval", "f", &n);
    Eval y = run_fn(&b.arena, f->f, SAMPLES, bound.at, bound.count);
    assert_near(root_of(&y, ROOT_RESULT, "dx"), want, n, 1e-12, "f");
}
