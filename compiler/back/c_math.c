/* c_math.c: exp, log, sin ... as C functions.
 *
 * In: the ops of math.def that were printed. Out: their steps (op by op, as the
 * reference evaluator takes them) as statements of a static function, for one
 * lane and for sixteen. */
#include "back/c_print.h"

/* The steps of a MATH op as statements of a function of its own. A step that is used once stands
 * where it is used, up to a point.                                                                */
typedef struct Steps { Program *p; const Cell *cell; unsigned *uses; Exp *value; unsigned *size; } Steps;

enum { STEP_SIZE = 6 };             /* ops in one line                                  */

static void add_step(Steps *s, size_t i)
{
    const CellStep *step = &s->cell->step[i];
    size_t at = CELL_INPUTS + i;
    if (step->op == OP_CONST) {
        s->value[at] = x_real(s->p, step->number);
        return;
    }
    unsigned narg = op_info((Op)step->op)->narg;
    Exp arg[3] = { 0 };
    s->size[at] = 1;
    for (unsigned k = 0; k < narg; k++) {
        arg[k] = s->value[step->arg[k]];
        s->size[at] += s->size[step->arg[k]];
    }
    s->value[at] = x_op(s->p, (Op)step->op, arg[0], arg[1], arg[2]);
    bool last = i + 1 == s->cell->count;
    if (!last && (s->uses[at] > 1 || s->size[at] > STEP_SIZE)) {
        s->value[at] = x_var(s->p, s_let(s->p, "t", s->value[at]));
        s->size[at] = 0;
    }
}

static void print_math_function(CFile *file, Op op, unsigned lanes, Text *out)
{
    const OpInfo *info = op_info(op);
    Names names = { .arena = file->arena };
    Steps s = { .p = program_new(file->arena, &names, file->real), .cell = math_program(file->arena, op, file->real) };
    size_t values = CELL_INPUTS + s.cell->count;
    s.uses  = NEW_ARRAY(file->arena, unsigned, values);
    s.size  = NEW_ARRAY(file->arena, unsigned, values);
    s.value = NEW_ARRAY(file->arena, Exp, values);
    for (size_t i = 0; i < s.cell->count; i++)
        for (unsigned k = 0; k < op_info((Op)s.cell->step[i].op)->narg; k++) s.uses[s.cell->step[i].arg[k]]++;

    fn_begin(s.p, info->name, NULL);
    static const char *const input[] = { "a", "b" };
    for (unsigned k = 0; k < info->narg; k++) {
        Var var = fn_param(s.p, input[k], L_REAL);
        s.p->var.at[var].type.lanes = (uint8_t)lanes;
        s.value[IN_A + k] = x_var(s.p, var);
    }
    for (size_t i = 0; i < s.cell->count; i++) add_step(&s, i);
    fn_end(s.p);

    CPart names_only = { .var = NEW_ARRAY(file->arena, const char *, s.p->var.count + 1) };
    Printer pr = { .file = file, .p = s.p, .part = &names_only, .fn = s.p->fn.at[0], .out = out, .depth = 1,
                   .live = NEW_ARRAY(file->arena, uint8_t, s.p->var.count) };
    Exp result = s.value[s.cell->result];
    c_mark_exp(&pr, result);
    c_mark_function(&pr);
    const char *type = lanes > 1 ? "v16" : "real";
    text_printf(out, "%s %s %s_%s(%s a%s%s)\n{\n", lanes > 1 ? "VECTOR" : "INLINE", type, lanes > 1 ? "v" : "r", info->name, type,
                info->narg > 1 ? ", " : "", info->narg > 1 ? arena_printf(file->arena, "%s b", type) : "");
    c_print_block(&pr, pr.fn->body);
    c_print_code(&pr, "return %e;", result);
    text_add(out, "}\n\n");
}

void c_print_math(CFile *file, Text *out)
{
    for (unsigned op = 0; op < OP_COUNT; op++)
        for (unsigned wide = 1; wide <= 2; wide++)
            if (file->math[op] & wide) print_math_function(file, (Op)op, wide == 2 ? LANES : 1, out);
}
