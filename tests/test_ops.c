/* Every row of ops.def: values against libm, derivatives against differences.  A new
 * row is under test as soon as it is there; one whose domain is not the real line
 * needs a line in `domain`, one that libm knows a line in `known`.                  */
#include "ops/ops.h"
#include "pass/pass.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <string.h>

static Arena    arena;
static Names    names;
static OpValues values;

static void begin(void)
{
    names = (Names){.arena = &arena};
    values = (OpValues){.arena = &arena};
}

static void end(void)
{
    arena_free(&arena);
}

TestSuite(ops, .init = begin, .fini = end);

static double value(Op op, Type type, double a, double b, double c)
{
    return op_value(&values, op, type, (double[3]){a, b, c});
}

/* ---- the table ------------------------------------------------------------------------ */

Test(ops, every_row_is_found_by_its_name)
{
    for (Op op = OP_CONST; op < OP_COUNT; op++)
        cr_assert_eq(op_by_name(op_info(op)->name), op, "%s", op_info(op)->name);
    cr_assert_eq(op_by_name("no_such_op"), OP_NONE);
}

Test(ops, every_cell_parses_and_uses_only_its_arguments)
{
    for (Op op = OP_FIRST_MAP; op < OP_COUNT; op++) {
        const OpInfo *info = op_info(op);
        for (unsigned i = 0; i < 4; i++) {
            const char *text = i < 3 ? info->derivative[i] : info->kind == OP_KIND_MACRO ? info->value : NULL;
            if (!text)
                continue;
            const Cell *cell = cell_parse(&arena, text);
            cr_assert(i == 3 || i < info->narg, "%s has too many derivatives", info->name);
            for (size_t s = 0; s < cell->count; s++)
                for (unsigned k = 0; k < op_info((Op)cell->step[s].op)->narg; k++) {
                    unsigned arg = cell->step[s].arg[k];
                    bool mine = arg < info->narg || (i < 3 && (arg == IN_Y || arg == IN_G))
                             || (arg >= CELL_INPUTS && arg < CELL_INPUTS + s);
                    cr_assert(mine, "%s: `%s` reads something it has not", info->name, text);
                }
        }
    }
}

Test(ops, math_programs_are_made_of_prims)
{
    for (Op op = OP_FIRST_MAP; op < OP_COUNT; op++)
        for (Type type = TYPE_F32; op_info(op)->kind == OP_KIND_MATH && type <= TYPE_F64; type++) {
            const Cell *p = math_program(&arena, op, type);
            for (size_t s = 0; s < p->count; s++) {
                unsigned kind = op_info((Op)p->step[s].op)->kind;
                cr_assert(kind != OP_KIND_MATH && kind != OP_KIND_MACRO, "%s calls %s",
                          op_info(op)->name, op_info((Op)p->step[s].op)->name);
            }
        }
}

/* ---- values ------------------------------------------------------------------------------ */

static double libm_sigmoid(double a) { return 1 / (1 + exp(-a)); }
static double libm_neg(double a)     { return -a; }
static double libm_square(double a)  { return a * a; }
static double libm_relu(double a)    { return a > 0 ? a : 0; }
static double libm_leaky(double a)   { return a > 0 ? a : 0.01 * a; }
static double libm_elu(double a)     { return a > 0 ? a : expm1(a); }
static double libm_softplus(double a) { return a > 0 ? a + log1p(exp(-a)) : log1p(exp(a)); }
static double libm_silu(double a)    { return a / (1 + exp(-a)); }
static double libm_gelu(double a)    { return 0.5 * a * erfc(-a / sqrt(2)); }
static double libm_sign(double a)    { return (a > 0) - (a < 0); }

/* Error bounds in ulp of the result, or of 1 where the result is small and the formula
 * is a difference (`absolute`).                                                       */
static const struct { Op op; double (*libm)(double); double lo, hi, ulp; bool absolute; } known[] = {
    {OP_exp, exp, -87, 88, 1.5, false},          {OP_exp, exp, -1, 1, 1.5, false},
    {OP_expm1, expm1, -20, 80, 2.5, false},      {OP_expm1, expm1, -1e-3, 1e-3, 2.5, false},
    {OP_log, log, 1e-30, 1e30, 1.5, false},      {OP_log, log, 0.5, 2, 1.5, false},
    {OP_log1p, log1p, -0.9, 10, 2.5, false},     {OP_log1p, log1p, -1e-3, 1e-3, 2.5, false},
    {OP_sin, sin, -10, 10, 2.5, false},          {OP_sin, sin, -1e4, 1e4, 2.5, true},
    {OP_cos, cos, -10, 10, 2.5, false},          {OP_cos, cos, -1e4, 1e4, 2.5, true},
    {OP_tan, tan, -1.5, 1.5, 3.5, false},        {OP_asin, asin, -1, 1, 3.5, false},
    {OP_acos, acos, -1, 1, 3.5, false},          {OP_atan, atan, -20, 20, 2.5, false},
    {OP_tanh, tanh, -10, 10, 3.5, false},        {OP_tanh, tanh, -1e-3, 1e-3, 3.5, false},
    {OP_sigmoid, libm_sigmoid, -20, 20, 2.5, false}, {OP_erf, erf, -5, 5, 2.5, false},
    {OP_neg, libm_neg, -5, 5, 0, false},         {OP_abs, fabs, -5, 5, 0, false},
    {OP_sqrt, sqrt, 0, 10, 0.51, false},         {OP_floor, floor, -5, 5, 0, false},
    {OP_rint, rint, -5, 5, 0, false},            {OP_square, libm_square, -5, 5, 0.51, false},
    {OP_sign, libm_sign, -5, 5, 0, false},       {OP_relu, libm_relu, -5, 5, 0, false},
    {OP_leaky_relu, libm_leaky, -5, 5, 1.5, false}, {OP_elu, libm_elu, -20, 20, 1.5, true},
    {OP_softplus, libm_softplus, -20, 20, 2.5, true}, {OP_silu, libm_silu, -20, 20, 4, false},
    {OP_gelu, libm_gelu, -5, 5, 4, true},
};

static double ulp_of(Type type, double y, bool absolute)
{
    int exponent;
    frexp(absolute && fabs(y) < 1 ? 1 : y, &exponent);
    return fmax(ldexp(1, exponent - (type == TYPE_F32 ? 24 : 53)), type == TYPE_F32 ? 1e-45 : 5e-324);
}

Test(ops, values_are_libm_s)
{
    for (size_t k = 0; k < COUNT(known); k++)
        for (Type type = TYPE_F32; type <= TYPE_F64; type++)
            for (int i = 0; i <= 2000; i++) {
                double x = known[k].lo + (known[k].hi - known[k].lo) * i / 2000;
                x = type == TYPE_F32 ? (float)x : x;
                double wanted = known[k].libm(x), got = value(known[k].op, type, x, 0, 0);
                double slack = type == TYPE_F64 ? 0.5 : 0;      /* libm's own rounding */
                double error = fabs(got - wanted) / ulp_of(type, wanted, known[k].absolute);
                cr_assert(error <= known[k].ulp + slack * (known[k].ulp > 0), "%s(%.17g) in %s: %.17g, not %.17g: %.2f ulp",
                          op_info(known[k].op)->name, x, type ? "f64" : "f32", got, wanted, error);
            }
}

Test(ops, every_unary_op_has_a_reference_value)
{
    for (Op op = OP_FIRST_MAP; op < OP_COUNT; op++) {
        const OpInfo *info = op_info(op);
        bool found = info->narg != 1 || info->kind == OP_KIND_BITS || info->kind == OP_KIND_LOGIC;
        for (size_t k = 0; k < COUNT(known); k++)
            found |= known[k].op == op;
        cr_assert(found, "%s has no line in `known`", info->name);
    }
}

Test(ops, pow_is_libm_s)
{
    for (Type type = TYPE_F32; type <= TYPE_F64; type++)
        for (int i = 1; i < 100; i++)
            for (int j = -60; j <= 60; j++) {
                double a = type == TYPE_F32 ? (float)(0.17 * i) : 0.17 * i, b = 0.25 * j;
                double wanted = pow(a, b);
                double error = fabs(value(OP_pow, type, a, b, 0) - wanted) / ulp_of(type, wanted, false);
                cr_assert(wanted > 3e38 || wanted < 2e-38 || error <= 3, "pow(%g, %g): %.2f ulp", a, b, error);
            }
    const double edge[][3] = {{-2, 3, -8}, {-2, 2, 4}, {-2, -1, -0.5}, {0, 2, 0}, {0, -1, INFINITY}, {0, 0, 1},
                              {5, 0, 1}, {INFINITY, 2, INFINITY}, {INFINITY, -2, 0}, {1e30, 3, INFINITY}, {1e-30, 3, 0}};
    for (size_t i = 0; i < COUNT(edge); i++)
        cr_assert_eq(value(OP_pow, TYPE_F32, edge[i][0], edge[i][1], 0), edge[i][2], "pow(%g, %g)", edge[i][0], edge[i][1]);
    cr_assert(isnan(value(OP_pow, TYPE_F64, -2, 0.5, 0)));
}

Test(ops, edges)
{
    const struct { Op op; double a, y; } edge[] = {
        {OP_exp, 0, 1}, {OP_exp, INFINITY, INFINITY}, {OP_exp, -INFINITY, 0}, {OP_exp, 1000, INFINITY}, {OP_exp, -1000, 0},
        {OP_expm1, 0, 0}, {OP_expm1, 1000, INFINITY}, {OP_expm1, -INFINITY, -1},
        {OP_log, 1, 0}, {OP_log, 0, -INFINITY}, {OP_log, INFINITY, INFINITY}, {OP_log1p, 0, 0}, {OP_log1p, -1, -INFINITY},
        {OP_log1p, INFINITY, INFINITY}, {OP_sin, 0, 0}, {OP_cos, 0, 1}, {OP_tan, 0, 0}, {OP_atan, 0, 0},
        {OP_tanh, 0, 0}, {OP_tanh, INFINITY, 1}, {OP_tanh, -INFINITY, -1}, {OP_sigmoid, 0, 0.5}, {OP_sigmoid, 1000, 1},
        {OP_sigmoid, -1000, 0}, {OP_erf, 0, 0}, {OP_erf, INFINITY, 1}, {OP_acos, 1, 0}, {OP_elu, 0, 0},
        {OP_elu, -INFINITY, -1}, {OP_elu, INFINITY, INFINITY}, {OP_softplus, INFINITY, INFINITY}, {OP_softplus, -1000, 0},
    };
    for (size_t i = 0; i < COUNT(edge); i++)
        for (Type type = TYPE_F32; type <= TYPE_F64; type++)
            cr_assert_eq(value(edge[i].op, type, edge[i].a, 0, 0), edge[i].y, "%s(%g) in %s is %g", op_info(edge[i].op)->name,
                         edge[i].a, type ? "f64" : "f32", value(edge[i].op, type, edge[i].a, 0, 0));
    cr_assert(isnan(value(OP_log, TYPE_F32, -1, 0, 0)) && isnan(value(OP_sqrt, TYPE_F32, -1, 0, 0)));
    cr_assert(isnan(value(OP_asin, TYPE_F64, 2, 0, 0)) && isnan(value(OP_sin, TYPE_F32, INFINITY, 0, 0)));
}

Test(ops, log_of_subnormals)
{
    cr_assert_float_eq(value(OP_log, TYPE_F64, 5e-324, 0, 0), log(5e-324), 1e-12);
    cr_assert_float_eq(value(OP_log, TYPE_F32, 1e-42, 0, 0), log((double)1e-42f), 1e-5);
}

Test(ops, a_nan_is_never_hidden)
{
    for (Op op = OP_FIRST_MAP; op < OP_COUNT; op++) {
        unsigned kind = op_info(op)->kind;
        if (op_info(op)->narg != 1 || (kind != OP_KIND_PRIM && kind != OP_KIND_MATH && kind != OP_KIND_MACRO))
            continue;
        for (Type type = TYPE_F32; type <= TYPE_F64; type++)
            cr_assert(isnan(value(op, type, NAN, 0, 0)), "%s(nan) in %s", op_info(op)->name, type ? "f64" : "f32");
    }
    cr_assert(isnan(value(OP_max, TYPE_F32, 0, NAN, 0)) && isnan(value(OP_min, TYPE_F32, 0, NAN, 0)));
}

Test(ops, bits_take_numbers_apart_and_scale_them)
{
    for (Type type = TYPE_F32; type <= TYPE_F64; type++) {
        double magic = type == TYPE_F32 ? 12582912 : 6755399441055744;
        for (double a = 1e-30; a < 1e30; a *= 1.37) {
            double x = type == TYPE_F32 ? (float)a : a;
            double m = value(OP_mant, type, x, 0, 0), e = value(OP_expo, type, x, 0, 0);
            cr_assert_eq(ldexp(m, (int)e), x);
            cr_assert(m * m * 2 >= 1 - 1e-6 && m * m < 2, "mant(%g) = %g", x, m);
        }
        for (int k = -100; k <= 100; k++) {
            cr_assert_eq(value(OP_expadd, type, 0.75, magic + k, 0), ldexp(0.75, k));
            cr_assert_eq(value(OP_flip, type, 0.75, magic + k, 0), k & 1 ? -0.75 : 0.75);
        }
    }
}

/* ---- derivatives ------------------------------------------------------------------------------ */

/* Points at which the op is smooth; by default every argument takes `anywhere`. */
static const double anywhere[] = {-1.7, -0.6, 0.35, 0.8, 2.3};
static const double positive[] = {0.2, 0.35, 0.8, 1.6, 2.3};
static const double moduli[]   = {1.1, 1.3, 1.9, 2.6, 3.1};
static const double inside[]   = {-0.8, -0.3, 0.1, 0.45, 0.9};

static const double *points(Op op, unsigned argument)
{
    switch (op) {
    case OP_log: case OP_sqrt: case OP_log1p: return positive;
    case OP_asin: case OP_acos:               return inside;
    case OP_pow:                              return argument == 0 ? positive : anywhere;
    case OP_div:                              return argument == 1 ? positive : anywhere;
    case OP_mod:                              return argument == 1 ? moduli : anywhere;
    default:                                  return anywhere;
    }
}

static bool is_smooth_map(Op op)
{
    unsigned kind = op_info(op)->kind;
    return kind == OP_KIND_PRIM || kind == OP_KIND_MATH || kind == OP_KIND_MACRO || kind == OP_KIND_CHOOSE;
}

/* y = op(x0, x1, x2) as a Fn; select chooses by x0 < x1. */
static Fn *one_op(Op op)
{
    Fn *f = fn_new(&arena, &names, op_info(op)->name, TYPE_F64);
    Ref x[3] = {0};
    for (unsigned i = 0; i < op_info(op)->narg; i++)
        x[i] = ir_leaf(f, ROLE_STATE, (const char *[]){"x0", "x1", "x2"}[i], TYPE_F64, (Shape){0});
    if (op == OP_select)
        x[0] = ir_map(f, OP_lt, x[1], x[2], 0);
    ir_root(f, ROOT_RESULT, "y", ir_map(f, op, x[0], x[1], x[2]));
    return f;
}

/* Root k of f at x; `further` leaves are 1. */
static double run(const Fn *f, size_t k, const double x[3])
{
    static const double one = 1;
    const double *bind[16];
    for (size_t i = 0; i < f->symbol.count; i++) {
        const char *name = f->symbol.at[i].name;
        bind[i] = name[0] == 'x' && name[2] == '\0' ? &x[name[1] - '0'] : &one;
    }
    Arena scratch = {0};
    Eval e = ir_eval(&scratch, f, 1, bind);
    double y = e.value[f->root.at[k].value][0];
    arena_free(&scratch);
    return y;
}

static double difference(const Fn *f, size_t k, const double x[3], unsigned i)
{
    const double h = 1e-3;                              /* fourth order: errors of 1e-12 */
    double at[5];
    for (int s = -2; s <= 2; s++) {
        double moved[3] = {x[0], x[1], x[2]};
        moved[i] += s * h;
        at[s + 2] = run(f, k, moved);
    }
    return (at[0] - 8 * at[1] + 8 * at[3] - at[4]) / (12 * h);
}

static void check_derivatives(Op op, const Fn *f, size_t root, const Fn *vjp, size_t first, unsigned narg)
{
    unsigned many[3] = {5, narg > 1 ? 5 : 1, narg > 2 ? 5 : 1};
    for (unsigned p = 0; p < many[0] * many[1] * many[2]; p++) {
        unsigned at[3] = {p % many[0], p / many[0] % many[1], p / many[0] / many[1]};
        double x[3];
        for (unsigned i = 0; i < 3; i++)
            x[i] = points(op, i)[at[i]] + 0.01 * i;     /* never equal: min, max, select have a corner */
        for (unsigned i = 0; i < narg; i++) {
            double wanted = difference(f, root, x, i), got = run(vjp, first + i, x);
            cr_assert(fabs(got - wanted) <= 1e-6 * fmax(1, fabs(wanted)), "%s, argument %u at (%g, %g, %g): %.12g, not %.12g",
                      op_info(op)->name, i, x[0], x[1], x[2], got, wanted);
        }
    }
}

static Fn *gradient(const Fn *f, unsigned narg)
{
    const char *const leaf[] = {"x0", "x1", "x2"};
    Name wanted[3];
    for (unsigned i = 0; i < narg; i++)
        wanted[i] = name_of(&names, leaf[i]);
    Fn *g = pass_vjp(&arena, f, "gradient", wanted, narg);
    const char *wrong = ir_verify(g, &arena);
    cr_assert(wrong == NULL, "%s: %s", f->name, wrong);
    return g;
}

Test(ops, derivatives_are_differences)
{
    for (Op op = OP_FIRST_MAP; op < OP_COUNT; op++)
        if (is_smooth_map(op)) {
            Fn *f = one_op(op);
            check_derivatives(op, f, 0, gradient(f, op_info(op)->narg), 0, op_info(op)->narg);
        }
}

Test(ops, second_derivatives_are_differences)
{
    for (Op op = OP_FIRST_MAP; op < OP_COUNT; op++) {
        unsigned narg = op_info(op)->narg;
        if (!is_smooth_map(op))
            continue;
        Fn *first = gradient(one_op(op), narg);
        for (unsigned i = 0; i < narg; i++) {
            Fn *row = fn_new(&arena, &names, op_info(op)->name, TYPE_F64);
            for (unsigned k = 0; k < first->symbol.count; k++)
                ir_leaf(row, first->symbol.at[k].role, first->symbol.at[k].name, TYPE_F64, (Shape){0});
            ir_root(row, ROOT_RESULT, "g", ir_inline(row, first, first->root.at[i].value, NULL));
            check_derivatives(op, row, 0, gradient(row, narg), 0, narg);
        }
    }
}

/* The passes that lowering starts from change no derivative. */
Test(ops, derivatives_survive_expand_and_fold)
{
    for (Op op = OP_FIRST_MAP; op < OP_COUNT; op++)
        if (is_smooth_map(op)) {
            Fn *f = one_op(op), *g = pass_finish(&arena, gradient(f, op_info(op)->narg));
            cr_assert(ir_verify(g, &arena) == NULL);
            for (Ref r = 1; r < g->node.count; r++)
                cr_assert_neq(op_info((Op)NODE(g, r)->op)->kind, OP_KIND_MACRO);
            check_derivatives(op, f, 0, g, 0, op_info(op)->narg);
        }
}

/* What a select does not take may overflow: its derivative is not 0 * inf. */
Test(ops, untaken_branches_stay_out_of_derivatives)
{
    Fn *f = fn_new(&arena, &names, "f", TYPE_F64);
    Ref x = ir_leaf(f, ROLE_STATE, "x0", TYPE_F64, (Shape){0}), one = ir_num(f, 1);
    Ref e = ir_sub(f, ir_map(f, OP_exp, ir_mul(f, x, ir_num(f, 3)), 0, 0), one);
    ir_root(f, ROOT_RESULT, "y", ir_map(f, OP_select, ir_map(f, OP_gt, x, ir_num(f, 0), 0), x, e));
    Fn *g = gradient(f, 1), *gg = gradient(g, 1);
    cr_assert_eq(run(g, 0, (double[3]){1000}), 1);
    cr_assert_eq(run(gg, 0, (double[3]){1000}), 0);
    for (Type type = TYPE_F32; type <= TYPE_F64; type++) {
        Fn *elu = fn_new(&arena, &names, "elu", type);
        ir_root(elu, ROOT_RESULT, "y", ir_map(elu, OP_elu, ir_leaf(elu, ROLE_STATE, "x0", type, (Shape){0}), 0, 0));
        cr_assert_eq(run(gradient(elu, 1), 0, (double[3]){100}), 1);
    }
}

Test(ops, pow_at_zero_has_finite_derivatives)
{
    Fn *g = gradient(one_op(OP_pow), 2);
    cr_assert_eq(run(g, 0, (double[3]){0, 2}), 0);
    cr_assert_eq(run(g, 1, (double[3]){0, 2}), 0);
}
