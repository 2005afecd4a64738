/* c_print.c: loop IR as C functions.
 *
 * Every statement is a line, every variable keeps its name. What nobody reads is
 * left out, so that the strictest compiler has nothing to say. */
#include "back/c_print.h"
#include "profile.h"

#include <string.h>

enum { WIDTH = 100 };               /* of a line */

/* ---- lines --------------------------------------------------------------------------------- */

/* Where to break a line: behind the last comma if that is not too early, else at a space. */
static size_t line_break(const char *line, size_t room)
{
    size_t comma = room, space = room;
    while (comma > room / 3 && !(line[comma] == ' ' && line[comma - 1] == ',')) comma--;
    if (comma > room / 3) return comma;
    while (space > room / 3 && line[space] != ' ') space--;
    return space > room / 3 ? space : room + strcspn(line + room, " ");
}

static void blanks(Text *out, size_t count)
{
    static const char blank[] = "                                ";
    for (size_t some; count; count -= some) text_add_n(out, blank, some = count < sizeof blank - 1 ? count : sizeof blank - 1);
}

static size_t room_behind(size_t left)
{
    return left < WIDTH - 20 ? WIDTH - left : 20;
}

void c_print_line(Text *out, unsigned depth, const char *line)
{
    size_t indent = 4 * depth, length = strlen(line);
    bool first = true;
    while (length) {
        size_t left = indent + (first ? 0 : 4), room = room_behind(left), n = length;
        if (n > room) n = line_break(line, room);
        blanks(out, left);
        text_add_n(out, line, n);
        text_add_n(out, "\n", 1);
        while (n < length && line[n] == ' ') n++;
        line += n;
        length -= n;
        first = false;
    }
}

static void print_line(Printer *pr, const char *line)
{
    c_print_line(pr->out, pr->depth, line);
}

void c_print_code(Printer *pr, const char *format, ...)
{
    Text *out = pr->out;
    size_t from = out->length, indent = 4 * pr->depth;
    blanks(out, indent);
    va_list args;
    va_start(args, format);
    for (const char *at; *format; format = at + 2) {
        for (at = format; *at && *at != '%'; at++) { }
        text_add_n(out, format, (size_t)(at - format));
        if (!*at) break;
        Var var;
        switch (at[1]) {
        case 's': text_add(out, va_arg(args, const char *)); break;
        case 'u': text_whole(out, va_arg(args, unsigned)); break;
        case 'v': text_add(out, c_var_name(pr, va_arg(args, Var))); break;
        case 'e': c_print_exp(pr, out, va_arg(args, Exp), BIND_CHOOSE); break;
        case 't': c_print_exp(pr, out, va_arg(args, Exp), BIND_ADD); break;
        case 'a': c_print_exp(pr, out, va_arg(args, Exp), BIND_ATOM); break;
        case 'p': var = va_arg(args, Var); c_print_place(pr, out, var, va_arg(args, Exp)); break;
        }
    }
    va_end(args);
    size_t length = out->length - from - indent;
    if (length <= room_behind(indent)) {
        text_add_n(out, "\n", 1);
        return;
    }
    const char *line = arena_string(&pr->file->scratch, out->at + from + indent, length);
    out->length = from;
    c_print_line(out, pr->depth, line);
}

/* A comment of any length; "*" and "/" never meet inside. */
void c_print_comment(Printer *pr, const char *text)
{
    size_t indent = 4 * pr->depth, room = WIDTH - indent - 6, length = strlen(text);
    char *safe = arena_string(&pr->file->scratch, text, length);
    for (char *c = safe; (c = strstr(c, "*/"));) c[1] = ' ';
    for (char *c = safe; (c = strstr(c, "/*"));) c[1] = ' ';
    text_printf(pr->out, "%*s/* ", (int)indent, "");
    for (const char *at = safe; *at;) {
        size_t n = strcspn(at, "\n"), rest = n;
        if (n > room) for (n = room; n > 20 && at[n] != ' '; n--) { }
        text_printf(pr->out, "%s%.*s", at == safe ? "" : arena_printf(&pr->file->scratch, "\n%*s * ", (int)indent, ""),
                    (int)n, at);
        at += n;
        if (*at == '\n' && n == rest) at++;
        else while (*at == ' ') at++;
    }
    text_add(pr->out, " */\n");
}

const char *c_type_name(LType type)
{
    bool one = type.lanes == 1;
    return type.kind == L_INT ? "ptrdiff_t" : type.kind == L_MASK ? (one ? "int" : "m16") : one ? "real" : "v16";
}

const char *c_space(const Printer *pr, Var buffer)
{
    if (!pr->file->opencl || pr->part->own[buffer]) return "";
    return pr->part->group && pr->part->group[buffer] ? "__local " : "__global ";
}

/* ---- statements ------------------------------------------------------------------------------ */

static void print_body(Printer *pr, Stm first)
{
    pr->depth++;
    c_print_block(pr, first);
    pr->depth--;
}

static void print_view(Printer *pr, const LStm *s)
{
    const LVar *var = &pr->p->var.at[s->var];
    const char *space = c_space(pr, s->var), *type = var->writable ? "" : "const ";
    if (s->flags & VIEW_FRESH) c_print_code(pr, "%s%sreal *%v = %v; FRESH(%v)", space, type, s->var, s->var2, s->var);
    else if (var->optional) c_print_code(pr, "%s%sreal *const %v = %v ? %p : NULL;", space, type, s->var, s->var2, s->var2, s->a);
    else c_print_code(pr, "%s%sreal *const %v = %p;", space, type, s->var, s->var2, s->a);
}

/* A register at a time, as far as whole vectors would have gone. */
static void print_narrow(Printer *pr, const LStm *s)
{
    const LExp *to = &pr->p->exp.at[s->b];
    bool whole = to->kind == X_INT && (int64_t)to->num % LANES == 0;
    const char *format = whole ? "ROLL for (ptrdiff_t %v = %e; %v < %t; %v += WIDTH) {"
                               : "ROLL for (ptrdiff_t %v = %e; %v < (%t + 15)/16*16; %v += WIDTH) {";
    c_print_code(pr, format, s->var, s->a, s->var, s->b, s->var);
    pr->narrow = true;
    print_body(pr, s->body);
    pr->narrow = false;
    print_line(pr, "}");
}

static void print_for(Printer *pr, const LStm *s)
{
    const char *roll = s->flags & FOR_UNROLL ? (pr->lane ? "UNROLL " : "") : pr->launch ? "" : "ROLL ";
    const LExp *step = &pr->p->exp.at[s->c];
    if (c_narrows(pr, s)) {
        print_narrow(pr, s);
        return;
    }
    if (step->kind == X_INT && step->num == 1)
        c_print_code(pr, "%sfor (ptrdiff_t %v = %e; %v < %t; %v++) {", roll, s->var, s->a, s->var, s->b, s->var);
    else
        c_print_code(pr, "%sfor (ptrdiff_t %v = %e; %v < %t; %v += %e) {", roll, s->var, s->a, s->var, s->b, s->var, s->c);
    print_body(pr, s->body);
    print_line(pr, "}");
}

static void print_args_of_call(Printer *pr, Text *line, const LStm *s)
{
    const CFn *callee = &pr->part->fn[s->callee];
    text_printf(line, "%s(", callee->name);
    for (uint32_t i = 0; i < s->nargs; i++) {
        if (i) text_add(line, ", ");
        c_print_exp(pr, line, pr->p->arg.at[s->args + i], BIND_CHOOSE);
    }
    if (callee->parallel) text_add(line, s->nargs ? ", parallel" : "parallel");
    text_add(line, ")");
}

static void print_function_call(Printer *pr, const LStm *s)
{
    Text line = { .arena = &pr->file->scratch };
    if (s->var && c_is_read(pr, s->var)) text_printf(&line, "const ptrdiff_t %s = ", c_var_name(pr, s->var));
    print_args_of_call(pr, &line, s);
    text_add(&line, ";");
    print_line(pr, text_string(&line));
}

static void print_store(Printer *pr, const LStm *s)
{
    if (pr->p->exp.at[s->b].type.lanes == 1) {
        c_print_code(pr, "%v[%e] = %e;", s->var, s->a, s->b);
        return;
    }
    c_need(pr->file, pr->apart || pr->narrow ? "part" : "v_store");
    c_print_code(pr, pr->apart ? "p_store(%p + part, %e);" : pr->narrow ? "p_store(%p, %e);" : "v_store(%p, %e);",
                 s->var, s->a, s->b);
}

static void print_statement(Printer *pr, const LStm *s)
{
    switch ((SKind)s->kind) {
    case S_NOTE:  c_print_comment(pr, s->text); return;
    case S_LOCAL:
        c_print_code(pr, "%sreal %v[%u] ALIGNED;", pr->p->var.at[s->var].space == SPACE_LOCAL ? "__local " : "", s->var,
                     pr->p->var.at[s->var].count);
        return;
    case S_LET:
    case S_VAR: {
        LType type = pr->p->var.at[s->var].type;
        bool reg = (pr->apart || pr->narrow) && type.lanes > 1;
        const char *name = !reg ? c_type_name(type) : type.kind == L_MASK ? "reg_mask" : "reg";
        c_print_code(pr, "%s%s %v = %e;", s->kind == S_LET ? "const " : "", name, s->var, s->a);
        return;
    }
    case S_SET:   c_print_code(pr, "%v = %e;", s->var, s->a); return;
    case S_VIEW:  print_view(pr, s); return;
    case S_STORE: print_store(pr, s); return;
    case S_SCATTER:
        c_need(pr->file, "v_scatter");
        c_print_code(pr, "v_scatter(%p, %e, %e, %e);", s->var, s->a, s->c, s->d, s->b);
        return;
    case S_FOR: print_for(pr, s); return;
    case S_PAR: (pr->launch ? pr->launch : c_print_par)(pr, s); return;
    case S_IF:
        c_print_code(pr, "if (%e) {", s->a);
        print_body(pr, s->body);
        if (s->other) {
            print_line(pr, "} else {");
            print_body(pr, s->other);
        }
        print_line(pr, "}");
        return;
    case S_CALL: print_function_call(pr, s); return;
    case S_RETURN:
        if (pr->status) c_print_code(pr, "*%s = (int)%a;", pr->status, s->a);
        else c_print_code(pr, pr->p->exp.at[s->a].kind == X_INT ? "return %e;" : "return (int)%a;", s->a);
        return;
    case S_SYNC:
        if (pr->file->opencl) c_print_code(pr, "barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);");
        return;
    case S_BAR: case S_NONE: return;                    /* one thread runs a function here */
    }
}

/* For debuggers and profiles, if anybody wants to know. */
static void print_origin(Printer *pr, uint32_t origin)
{
    if (!pr->file->options->origins || origin == pr->origin) return;
    text_printf(pr->out, "#line %u \"" PROFILE_FILE "\"\n", origin * PROFILE_LINES + 1);
    pr->origin = origin;
}

void c_print_block(Printer *pr, Stm first)
{
    for (Stm at = first; at; at = pr->p->stm.at[at].next) {
        const LStm *s = &pr->p->stm.at[at];
        if (!c_counts(pr, s)) continue;
        if (s->kind != S_NOTE) print_origin(pr, s->origin);
        print_statement(pr, s);
    }
}

/* ---- functions --------------------------------------------------------------------------------- */

const char *c_param_text(Printer *pr, Var var, bool restricted)
{
    const LVar *v = &pr->p->var.at[var];
    if (v->type.kind != L_BUFFER)
        return arena_printf(&pr->file->scratch, "%s %s", c_type_name(v->type), c_var_name(pr, var));
    return arena_printf(&pr->file->scratch, "%s%sreal *%s%s", c_space(pr, var), v->writable ? "" : "const ",
                        restricted ? "RESTRICT " : "", c_var_name(pr, var));
}

static void print_signature(Printer *pr, const CFn *fn)
{
    Text line = { .arena = &pr->file->scratch };
    text_printf(&line, "static %s%s %s(", pr->fn->outline || pr->fn->entry ? "NOINLINE " : "",
                pr->fn->returns ? "int" : "void", pr->fn_name);
    for (size_t i = 0; i < pr->fn->param.count; i++)
        text_printf(&line, "%s%s", i ? ", " : "", c_param_text(pr, pr->fn->param.at[i], !fn->aliased));
    if (fn->parallel) text_printf(&line, "%sconst nodec_parallel *parallel", pr->fn->param.count ? ", " : "");
    text_add(&line, !pr->fn->param.count && !fn->parallel ? "void)" : ")");
    print_line(pr, text_string(&line));
}

/* "(void)h, (void)weight;" for parameters that others of the same kind need. */
static void print_unread(Printer *pr)
{
    Text line = { .arena = &pr->file->scratch };
    for (size_t i = 0; i < pr->fn->param.count; i++) {
        Var var = pr->fn->param.at[i];
        if (!c_is_read(pr, var)) text_printf(&line, "%s(void)%s", line.length ? ", " : "", c_var_name(pr, var));
    }
    if (!line.length) return;
    text_add(&line, ";");
    print_line(pr, text_string(&line));
}

static void print_parts(Printer *pr)
{
    c_need(pr->file, "part");
    print_line(pr, "ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {");
    print_body(pr, pr->fn->body);
    print_line(pr, "}");
}

static Stm last_of(const Program *p, Stm first)
{
    while (first && p->stm.at[first].next) first = p->stm.at[first].next;
    return first;
}

static void print_function(CFile *file, const CPart *part, uint32_t index, Text *out)
{
    const Program *p = part->program;
    Printer pr = { .file = file, .p = p, .part = part, .fn = p->fn.at[index], .fn_name = part->fn[index].name,
                   .out = out, .live = NEW_ARRAY(&file->scratch, uint8_t, p->var.count), .apart = p->fn.at[index]->apart && !file->opencl };
    c_mark_function(&pr);
    if (part->fn[index].parallel) c_each_statement(p, pr.fn->body, c_print_task, &pr);
    if (pr.fn->note) c_print_comment(&pr, pr.fn->note);
    pr.origin = ~0u;
    print_origin(&pr, 0);
    print_signature(&pr, &part->fn[index]);
    text_add(out, "{\n");
    pr.depth = 1;
    print_unread(&pr);
    if (pr.apart) print_parts(&pr);
    else c_print_block(&pr, pr.fn->body);
    Stm last = last_of(p, pr.fn->body);
    if (pr.fn->returns && !(last && p->stm.at[last].kind == S_RETURN)) print_line(&pr, "return 0;");
    text_add(out, "}\n\n");
    arena_clear(&file->scratch);
}

void c_print_functions(CFile *file, const CPart *part, Text *out)
{
    for (uint32_t i = 0; i < part->program->fn.count; i++)
        if (part->fn[i].wanted) print_function(file, part, i, out);
    if (file->options->origins) text_add(out, "#line 1 \"nodec-driver\"\n");
}
