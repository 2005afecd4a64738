/* unit.c: reading a file with its imports and the prelude. */
#include "lang/unit.h"

#include "lang/elab.h"
#include "lang/parse.h"

#include <errno.h>
#include <string.h>

/* ---- who sees whom --------------------------------------------------------------- */

static Found find_in(const File *file, size_t order, Name name)
{
    Found found = { 0 };
    for (size_t i = 0; i < file->ast->defs.count && i < order; i++) {
        const AstDef *def = file->ast->defs.at[i];
        bool own = def->kind != AST_IMPORT && def->kind != AST_EXPERIMENT;
        if (own && def->name.name == name) found.def = (Def){ def, file, i };
    }
    if (found.def.def && file->unread) prelude_read(file, found.def.order);
    for (size_t i = 0; i < file->import.count && !found.def.def && !found.module; i++) {
        const Import *import = &file->import.at[i];
        if (import->order >= order) continue;
        if (import->name == name) found.module = import->file;
        else if (!import->name) found = find_in(import->file, SIZE_MAX, name);
    }
    return found;
}

Found unit_find(const Unit *unit, const File *file, size_t order, Name name)
{
    Found found = find_in(file, order, name);
    if (found.def.def || found.module || file == unit->prelude || !unit->prelude) return found;
    if (!strcmp(name, "prelude")) return (Found){ .module = unit->prelude };
    return find_in(unit->prelude, SIZE_MAX, name);
}

Found unit_below(const File *file, Name name)
{
    return find_in(file, SIZE_MAX, name);
}

/* ---- reading ------------------------------------------------------------------------ */

static const char *beside(Arena *arena, const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    if (*name == '/' || !slash) return name;
    return arena_printf(arena, "%.*s%s", (int)(slash - path + 1), path, name);
}

static File *file_open(Unit *unit, const Source *source);

static const char *read_import(const Unit *unit, const char *path, size_t *length, const char **why)
{
    const Importer *importer = unit->importer;
    if (importer) return importer->read(importer->self, unit->arena, path, length, why);
    const char *text = file_read(unit->arena, path, length);
    if (!text) *why = strerror(errno);
    return text;
}

static File *import_open(Unit *unit, const File *from, const AstDef *def)
{
    const char *path = beside(unit->arena, from->source->path, def->path);
    for (size_t i = 0; i < unit->file.count; i++) {
        if (strcmp(unit->file.at[i]->source->path, path)) continue;
        if (!unit->file.at[i]->open) return unit->file.at[i];
        diag_error(unit->diags, def->path_at, "`%s` imports itself, if only by way of others", def->path);
        return NULL;
    }
    Source *source = NEW(unit->arena, Source);
    source->path = path;
    const char *why = "there is no such text";
    source->text = read_import(unit, path, &source->length, &why);
    if (!source->text) {
        diag_error(unit->diags, def->path_at, "cannot read `%s`: %s", path, why);
        return NULL;
    }
    return file_open(unit, source);
}

static void imports_open(Unit *unit, File *file)
{
    enum { MOST = 256 };
    for (size_t i = 0; i < file->ast->defs.count; i++) {
        const AstDef *def = file->ast->defs.at[i];
        if (def->kind != AST_IMPORT || !def->path) continue;
        if (unit->file.count >= MOST) {
            diag_error(unit->diags, def->path_at, "more than %d files", MOST);
            return;
        }
        File *import = import_open(unit, file, def);
        if (import) VEC_PUSH(unit->arena, file->import) = (Import){ def->name.name, import, def->path_at, i };
    }
}

static File *file_open(Unit *unit, const Source *source)
{
    File *file = NEW(unit->arena, File);
    file->source = source;
    file->open = true;
    VEC_PUSH(unit->arena, unit->file) = file;
    size_t errors = unit->diags->errors;
    file->ast = parse_file(unit->arena, unit->names, source, unit->diags);
    bool parsed = unit->diags->errors == errors;
    imports_open(unit, file);
    file->open = false;
    if (parsed) names_check(unit, file);
    return file;
}

Unit *unit_importing(Arena *arena, Names *names, const Source *source, const Importer *importer, Diags *diags)
{
    Unit *unit = NEW(arena, Unit);
    *unit = (Unit){ .arena = arena, .names = names, .diags = diags, .importer = importer };
    size_t errors = diags->errors;
    unit->prelude = prelude_open(unit);
    unit->main = file_open(unit, source);
    for (size_t i = 0; i < unit->main->ast->defs.count; i++) {
        const AstDef *def = unit->main->ast->defs.at[i];
        if (def->kind == AST_EXPERIMENT) VEC_PUSH(arena, unit->experiment) = def->name.name;
    }
    return diags->errors == errors ? unit : NULL;
}

Unit *unit_of_source(Arena *arena, Names *names, const Source *source, Diags *diags)
{
    return unit_importing(arena, names, source, NULL, diags);
}

size_t unit_imports(const Unit *unit, size_t i, const char **path)
{
    if (i + 1 < unit->file.count) *path = unit->file.at[i + 1]->source->path;
    return unit->file.count - 1;
}

size_t unit_sources(const Unit *unit, size_t i, const Source **source)
{
    if (i < unit->file.count) *source = unit->file.at[i]->source;
    return unit->file.count;
}

Unit *unit_open(Arena *arena, Names *names, const char *path, Diags *diags)
{
    Source *source = NEW(arena, Source);
    source->path = strcmp(path, "-") ? path : "<stdin>";
    source->text = file_read(arena, path, &source->length);
    if (source->text) return unit_of_source(arena, names, source, diags);
    diag_error(diags, (Span){ 0 }, "cannot read `%s`: %s", path, strerror(errno));
    return NULL;
}

/* ---- fields and models -------------------------------------------------------------------- */

/* The same text makes the same field or model, once. */
static const Made *make_once(Unit *unit, Elab *e, const Spec *spec, Type real)
{
    const Def *def = &spec->frame->def;
    Made made = { .from = arena_printf(unit->arena, "%s:%zu:%d:%s", def->file->source->path, def->order, (int)real,
                                       spec_text(e, spec)) };
    for (size_t i = 0; i < unit->made.count; i++)
        if (!strcmp(unit->made.at[i].from, made.from)) return &unit->made.at[i];
    size_t errors = unit->diags->errors;
    if (def->def->kind == AST_MODEL) made.model = model_make(unit, spec, real);
    else made.field = field_make(unit, spec, real, &made.coupled);
    made.wrong = unit->diags->errors > errors;
    VEC_PUSH(unit->arena, unit->made) = made;
    return &unit->made.at[unit->made.count - 1];
}

void unit_forget_errors(Unit *unit)
{
    size_t kept = 0;
    for (size_t i = 0; i < unit->made.count; i++)
        if (!unit->made.at[i].wrong) unit->made.at[kept++] = unit->made.at[i];
    unit->made.count = kept;
}

static Elab *elab_outside(Unit *unit)
{
    return elab_new(unit, NULL, fn_new(unit->arena, unit->names, "numbers", TYPE_F64));
}

static bool all_defaults(const AstDef *def)
{
    for (size_t i = 0; i < def->params.count; i++)
        if (!def->params.at[i].value) return false;
    return true;
}

/* The next definition of the kind from *order on that compiles without arguments; NULL at the end. */
static const Made *make_next(Unit *unit, AstDefKind kind, Type real, size_t *order)
{
    Elab *e = elab_outside(unit);
    for (; *order < unit->main->ast->defs.count; ++*order) {
        const AstDef *def = unit->main->ast->defs.at[*order];
        if (def->kind != kind || !all_defaults(def)) continue;
        Spec *spec = NEW(unit->arena, Spec);
        *spec = (Spec){ .kind = LAYER_DEF, .at = def->at, .frame = frame_new(e, (Def){ def, unit->main, *order }) };
        if (!frame_defaults(e, spec->frame, def->at)) continue;
        ++*order;
        return make_once(unit, e, spec, real);
    }
    return NULL;
}

static const char coupled[] = "`for batch` makes the samples of this odef depend on each other, which works only in a model";

size_t unit_fields(Unit *unit, Type real, const Field *const **out, Diags *diags)
{
    VEC(const Field *) fields = { 0 };
    unit->diags = diags;
    const Made *made;
    for (size_t order = 0; (made = make_next(unit, AST_ODEF, real, &order)); )
        if (made->field) VEC_PUSH(unit->arena, fields) = made->field;
        else if (made->coupled.source) diag_warning(diags, made->coupled, "%s; it is left out", coupled);
    *out = fields.at;
    return fields.count;
}

size_t unit_models(Unit *unit, Type real, const Model *const **out, Diags *diags)
{
    VEC(const Model *) models = { 0 };
    unit->diags = diags;
    const Made *made;
    for (size_t order = 0; (made = make_next(unit, AST_MODEL, real, &order)); )
        if (made->model) VEC_PUSH(unit->arena, models) = made->model;
    *out = models.at;
    return models.count;
}

static const Made *make_of(Unit *unit, const Env *env, const AstExpr *x, const AstArgs *args, AstDefKind kind, Type real)
{
    Elab *e = elab_outside(unit);
    const AstExpr *f = x->kind == AST_CALL ? x->call.f : x;
    const Val *v = eval(e, env, f);
    if (v->kind == VAL_BAD) return NULL;
    if (v->kind != VAL_DEF || v->def.def->kind != kind) {
        elab_error(e, f->at, "%s is wanted here, and this is %s", kind == AST_MODEL ? "a model" : "an odef", val_text(e, v));
        return NULL;
    }
    const Spec *spec = spec_of(e, env, x, v->def, args);
    return spec ? make_once(unit, e, spec, real) : NULL;
}

const Field *unit_field_of(Unit *unit, const Env *env, const AstExpr *x, const AstArgs *args, Type real)
{
    const Made *made = make_of(unit, env, x, args, AST_ODEF, real);
    if (made && made->coupled.source) diag_error(unit->diags, made->coupled, "%s", coupled);
    return made ? made->field : NULL;
}

const Model *unit_model_of(Unit *unit, const Env *env, const AstExpr *x, const AstArgs *args, Type real)
{
    const Made *made = make_of(unit, env, x, args, AST_MODEL, real);
    return made ? made->model : NULL;
}

/* What was written on the command line, as an expression at the end of the file. */
static const AstExpr *read_expression(Unit *unit, const char *expression, Env *env, Diags *diags)
{
    Source *source = NEW(unit->arena, Source);
    unit->diags = diags;
    *source = (Source){ "<command line>", expression, strlen(expression) };
    const AstExpr *x = parse_expr(unit->arena, unit->names, source, diags);
    env->frame = NEW(unit->arena, Frame);
    env->frame->def = (Def){ NULL, unit->main, SIZE_MAX };
    return x && names_check_expr(unit, unit->main, SIZE_MAX, x) ? x : NULL;
}

static const AstArgs *args_of(const AstExpr *x)
{
    return x->kind == AST_CALL ? &x->call.args : NULL;
}

const Field *unit_field(Unit *unit, const char *expression, Type real, Diags *diags)
{
    Env env = { 0 };
    const AstExpr *x = read_expression(unit, expression, &env, diags);
    return x ? unit_field_of(unit, &env, x, args_of(x), real) : NULL;
}

const Model *unit_model(Unit *unit, const char *expression, Type real, Diags *diags)
{
    Env env = { 0 };
    const AstExpr *x = read_expression(unit, expression, &env, diags);
    return x ? unit_model_of(unit, &env, x, args_of(x), real) : NULL;
}

static bool in_name(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool unit_is_model(const Unit *unit, const char *expression)
{
    Found found = { .module = unit->main };
    for (const char *at = expression; found.module; at++) {
        size_t n = 0;
        at += strspn(at, " \t\n");
        while (in_name(at[n])) n++;
        Name name = name_of_n(unit->names, at, n);
        found = unit_find(unit, found.module, SIZE_MAX, name);
        at += n;
        if (*at != '.') break;
    }
    return found.def.def && found.def.def->kind == AST_MODEL;
}

size_t unit_experiments(const Unit *unit, Name const **names)
{
    *names = unit->experiment.at;
    return unit->experiment.count;
}

void unit_differentiates(Unit *unit, Differentiate *how)
{
    unit->differentiate = how;
}

void unit_dump_ast(const Unit *unit, Text *out)
{
    ast_dump(unit->main->ast, out);
}
