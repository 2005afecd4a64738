/* clauses.c: the rows of clauses.def and of the ops tables, joined. */
#include "lang/clauses.h"

#include "ops/rows.h"

#include <string.h>

const KindRow kind_rows[KINDS] = {
#define KIND(id, what, takes, makers) [KIND_##id] = { what, takes, KIND_##makers },
#include "lang/clauses.def"
    [KIND_CLAUSE] = { "a clause", 0, KIND_CLAUSE },
};

typedef enum What { ROW_CLAUSE, ROW_MAKE, ROW_ARG, ROW_ALL, ROW_LATER } What;

static const struct Row { What what; Kind kind, of; const char *name, *value, *help; } rows[] = {
#define CLAUSE(name, kind, value, help)  { ROW_CLAUSE, KIND_##kind, KIND_CLAUSE, #name, value, help },
#define MAKE(kind, name, help)           { ROW_MAKE,   KIND_##kind, KIND_##kind, #name, NULL, help },
#define ARG(name, kind, value, help)     { ROW_ARG,    KIND_##kind, KIND_##kind, #name, value, help },
#define ALL(of, name, kind, value, help) { ROW_ALL,    KIND_##kind, KIND_##of,   #name, value, help },
#define LATER(kind, name)                { ROW_LATER,  KIND_##kind, KIND_##kind, #name, NULL, NULL },
#include "lang/clauses.def"
};

static const struct { const char *name, *help; } solvers[] = {
#define SOLVER(name, stages, order, help, a, b, c) { #name, help },
#include "ops/solvers.def"
};

static Maker *maker_add(Rows *to, Arena *arena, const char *name, const char *help, Kind kind)
{
    Maker *maker = &VEC_PUSH(arena, to->maker);
    *maker = (Maker){ .name = name, .help = help, .kind = kind };
    return maker;
}

/* A row of another table: its own arguments, numbers all, then what all of its kind take. */
static void table_row(Rows *to, Arena *arena, Kind kind, const char *name, const char *help,
                      const RowArg *arg, size_t args)
{
    Maker *maker = maker_add(to, arena, name, help, kind);
    for (size_t i = 0; i < args; i++) {
        Text value = { .arena = arena };
        text_real(&value, arg[i].value, false);
        Kind type = !strcmp(arg[i].name, "lr") ? KIND_RATE : KIND_REAL;
        VEC_PUSH(arena, maker->arg) = (ArgRow){ arg[i].name, type, text_string(&value), arg[i].help };
    }
    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].what == ROW_ALL && rows[i].of == kind)
            VEC_PUSH(arena, maker->arg) = (ArgRow){ rows[i].name, rows[i].kind, rows[i].value, rows[i].help };
}

Rows *rows_make(Arena *arena)
{
    Rows *to = NEW(arena, Rows);
    Maker *maker = NULL;
    size_t n;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct Row *row = &rows[i];
        ArgRow arg = { row->name, row->kind, row->value, row->help };
        if (row->what == ROW_CLAUSE) VEC_PUSH(arena, to->clause) = arg;
        if (row->what == ROW_ARG) VEC_PUSH(arena, maker->arg) = arg;
        if (row->what == ROW_MAKE || row->what == ROW_LATER) {
            maker = maker_add(to, arena, row->name, row->help, row->kind);
            maker->later = row->what == ROW_LATER;
        }
    }
    const OptimRow *optim = optim_rows(&n);
    for (size_t i = 0; i < n; i++)
        table_row(to, arena, KIND_OPTIMIZER, optim[i].name, optim[i].help, optim[i].arg, optim[i].args);
    const LossRow *loss = loss_rows(&n);
    for (size_t i = 0; i < n; i++)
        table_row(to, arena, KIND_LOSS, loss[i].name, loss[i].help, loss[i].arg, loss[i].args);
    for (size_t i = 0; i < COUNT(solvers); i++)
        table_row(to, arena, KIND_SOLVER, solvers[i].name, solvers[i].help, NULL, 0);
    return to;
}

const ArgRow *rows_clause(const Rows *r, const char *name)
{
    for (size_t i = 0; i < r->clause.count; i++)
        if (!strcmp(r->clause.at[i].name, name)) return &r->clause.at[i];
    return NULL;
}

const Maker *rows_maker(const Rows *r, Kind kind, const char *name)
{
    for (size_t i = 0; i < r->maker.count; i++)
        if (r->maker.at[i].kind == kind_rows[kind].makers && !strcmp(r->maker.at[i].name, name)) return &r->maker.at[i];
    return NULL;
}

bool rows_text(const Rows *r, Kind kind, const char *name)
{
    for (size_t i = 0; i < r->maker.count; i++) {
        const Maker *m = &r->maker.at[i];
        for (size_t k = 0; m->kind == kind_rows[kind].makers && k < m->arg.count; k++)
            if (!strcmp(m->arg.at[k].name, name)) return m->arg.at[k].kind == KIND_TEXT;
    }
    return false;
}

size_t rows_names(const Rows *r, Arena *arena, Kind kind, const char ***out)
{
    VEC(const char *) names = { 0 };
    for (size_t i = 0; kind == KIND_CLAUSE && i < r->clause.count; i++)
        VEC_PUSH(arena, names) = r->clause.at[i].name;
    for (size_t i = 0; i < r->maker.count; i++)
        if (r->maker.at[i].kind == kind_rows[kind].makers && !r->maker.at[i].later)
            VEC_PUSH(arena, names) = r->maker.at[i].name;
    *out = names.at;
    return names.count;
}
