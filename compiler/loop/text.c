/* text.c: loop IR as text; parse.c reads it back.
 *
 *     program   = "real" ("f32" | "f64") { fn }
 *     fn        = [ "note" string ] "fn" name "(" [ param { "," param } ] ")" { "entry" | "outline" | "apart" }
 *                 [ "->" "status" ] "{" block "}"
 *     param     = [ "optional" ] [ space ] [ "mut" ] name ":" ("real" | "int")
 *     space     = "in" | "shared" | "block" | "group" | "private"         (of buffers)
 *     block     = { statement }                                           (one a line)
 *     statement = "note" string
 *               | "local" name ":" "real" "[" int "]"
 *               | ("let" | "var") name "=" exp
 *               | "set" name "=" exp
 *               | "view" name "=" (name "[" exp ".." "]" | "fresh" name)
 *               | "store" name "[" exp "]" "=" exp                        (as many lanes as exp has)
 *               | "scatter" name "[" exp ":" exp ":" exp "]" "=" exp      (base, stride, count)
 *               | "for" name "in" exp ".." exp [ "step" exp ] { "roll" | "unroll" | "uniform" | "any" | "chain" } "{" block "}"
 *               | "par" name "in" "0" ".." exp [ role ] "{" block "}"
 *               | "if" exp "{" block "}" [ "else" "{" block "}" ]
 *               | "call" [ name "=" ] name "(" [ exp { "," exp } ] ")"
 *               | "return" exp | "bar" | "sync"
 *     exp       = sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") sum ]
 *     sum       = product { ("+" | "-") product }
 *     product   = atom { ("*" | "/" | "%") atom }
 *     atom      = number | name | "(" exp ")"
 *               | name "[" exp [ ":" "16" ] "]"                           (a load)
 *               | name "[" exp ":" exp ":" exp "]"                        (a gather)
 *               | op "(" exp { "," exp } ")"
 *               | ("splat" | "tree" | "any" | "int" | "real" | "null") "(" exp ")"
 *               | "pick" "(" exp "," int ")" | "lane" "(" ")"
 *
 * A number with a point or an exponent is a real; names may hold points and
 * `#` begins a comment. */
#include "loop/loop.h"

#include <math.h>
#include <string.h>

enum { LESS, ADD, MUL, ATOM };      /* how tightly an operand binds */

typedef struct Infix { const char *text; uint8_t bind; } Infix;

static const Infix infix[OP_COUNT] = {
    [OP_add] = { " + ", ADD },  [OP_sub] = { " - ", ADD },
    [OP_mul] = { "*", MUL },    [OP_div] = { "/", MUL },    [OP_mod] = { "%", MUL },
    [OP_lt]  = { " < ", LESS }, [OP_le]  = { " <= ", LESS }, [OP_gt] = { " > ", LESS },
    [OP_ge]  = { " >= ", LESS }, [OP_eq] = { " == ", LESS }, [OP_ne] = { " != ", LESS },
};

static void print_exp(const Program *p, Text *out, Exp e, unsigned bind);

static void print_list(const Program *p, Text *out, const Exp *e, size_t n, const char *between)
{
    for (size_t i = 0; i < n; i++) {
        if (i) text_add(out, between);
        print_exp(p, out, e[i], LESS);
    }
}

static void print_call(const Program *p, Text *out, const char *name, const LExp *x)
{
    const Exp arg[] = { x->a, x->b, x->c };
    size_t n = 0;
    while (n < 3 && arg[n]) n++;
    text_printf(out, "%s(", name);
    print_list(p, out, arg, n, ", ");
    text_add(out, ")");
}

static void print_op(const Program *p, Text *out, const LExp *x, unsigned bind)
{
    const Infix *how = &infix[x->op];
    if (!how->text) {
        print_call(p, out, op_info((Op)x->op)->name, x);
        return;
    }
    if (how->bind < bind) text_add(out, "(");
    print_exp(p, out, x->a, how->bind == LESS ? ADD : how->bind);
    text_add(out, how->text);
    print_exp(p, out, x->b, how->bind + 1u);
    if (how->bind < bind) text_add(out, ")");
}

static void print_number(const Program *p, Text *out, const LExp *x, unsigned bind)
{
    bool paren = signbit(x->num) && bind > LESS;
    if (paren) text_add(out, "(");
    size_t from = out->length;
    if (x->kind == X_INT) text_printf(out, "%.0f", x->num);
    else if (isnan(x->num) || isinf(x->num)) text_add(out, isnan(x->num) ? "nan.0" : x->num < 0 ? "-inf.0" : "inf.0");
    else text_real(out, x->num, p->real == TYPE_F32);
    if (x->kind == X_REAL && !strpbrk(text_string(out) + from, ".e")) text_add(out, ".0");
    if (paren) text_add(out, ")");
}

static void print_exp(const Program *p, Text *out, Exp e, unsigned bind)
{
    const LExp *x = &p->exp.at[e];
    const char *var = p->var.at[x->var].name;
    switch ((XKind)x->kind) {
    case X_NONE: text_add(out, "none"); return;
    case X_INT: case X_REAL: print_number(p, out, x, bind); return;
    case X_VAR:   text_add(out, var); return;
    case X_OP:    print_op(p, out, x, bind); return;
    case X_SPLAT: print_call(p, out, "splat", x); return;
    case X_PICK:  print_call(p, out, "pick", x); return;
    case X_TREE:  print_call(p, out, "tree", x); return;
    case X_LANE:  print_call(p, out, "lane", x); return;
    case X_ANY:   print_call(p, out, "any", x); return;
    case X_CONVERT: print_call(p, out, x->type.kind == L_INT ? "int" : "real", x); return;
    case X_NULL:  text_printf(out, "null(%s)", var); return;
    case X_LOAD:
        text_printf(out, "%s[", var);
        print_exp(p, out, x->a, LESS);
        text_add(out, x->type.lanes > 1 ? " :16]" : "]");
        return;
    case X_GATHER:
        text_printf(out, "%s[", var);
        print_list(p, out, (Exp[]){ x->a, x->b, x->c }, 3, " : ");
        text_add(out, "]");
        return;
    }
}

/* ---- statements --------------------------------------------------------------------- */

static const char *const role_name[] = { "", " block", " sample", " row", " lane" };
static const char *const space_name[] = { "", "in ", "shared ", "block ", "group ", "private " };

static void print_block(const Program *p, Text *out, Stm first, unsigned depth);

static void print_string(Text *out, const char *text)
{
    text_add(out, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') text_add(out, "\\");
        if (*text == '\n') text_add(out, "\\n");
        else text_add_n(out, text, 1);
    }
    text_add(out, "\"");
}

static void print_body(const Program *p, Text *out, Stm first, unsigned depth)
{
    text_add(out, " {\n");
    print_block(p, out, first, depth + 1);
    text_printf(out, "%*s}", (int)(2 * depth), "");
}

static void print_place(const Program *p, Text *out, const LStm *s)
{
    text_printf(out, "%s[", p->var.at[s->var].name);
    print_exp(p, out, s->a, LESS);
    if (s->kind == S_SCATTER) {
        text_add(out, " : ");
        print_list(p, out, (Exp[]){ s->c, s->d }, 2, " : ");
    }
    text_add(out, "] = ");
}

static void print_loop(const Program *p, Text *out, const LStm *s, unsigned depth)
{
    text_printf(out, "%s %s in ", s->kind == S_PAR ? "par" : "for", p->var.at[s->var].name);
    print_list(p, out, (Exp[]){ s->a, s->b }, 2, " .. ");
    if (p->exp.at[s->c].kind != X_INT || p->exp.at[s->c].num != 1) {
        text_add(out, " step ");
        print_exp(p, out, s->c, LESS);
    }
    if (s->flags & FOR_ROLL)    text_add(out, " roll");
    if (s->flags & FOR_UNROLL)  text_add(out, " unroll");
    if (s->flags & FOR_UNIFORM) text_add(out, " uniform");
    if (s->flags & FOR_ANY)     text_add(out, " any");
    if (s->flags & FOR_CHAIN)   text_add(out, " chain");
    text_add(out, role_name[s->role]);
    print_body(p, out, s->body, depth);
}

static void print_statement(const Program *p, Text *out, const LStm *s, unsigned depth)
{
    const char *var = p->var.at[s->var].name;
    switch ((SKind)s->kind) {
    case S_NONE: text_add(out, "none"); return;
    case S_NOTE: text_add(out, "note "); print_string(out, s->text); return;
    case S_LOCAL: text_printf(out, "local %s: real[%u]", var, p->var.at[s->var].count); return;
    case S_LET: case S_VAR: case S_SET:
        text_printf(out, "%s %s = ", s->kind == S_LET ? "let" : s->kind == S_VAR ? "var" : "set", var);
        print_exp(p, out, s->a, LESS);
        return;
    case S_VIEW:
        if (s->flags & VIEW_FRESH) {
            text_printf(out, "view %s = fresh %s", var, p->var.at[s->var2].name);
            return;
        }
        text_printf(out, "view %s = %s[", var, p->var.at[s->var2].name);
        print_exp(p, out, s->a, LESS);
        text_add(out, " ..]");
        return;
    case S_STORE: case S_SCATTER:
        text_add(out, s->kind == S_STORE ? "store " : "scatter ");
        print_place(p, out, s);
        print_exp(p, out, s->b, LESS);
        return;
    case S_FOR: case S_PAR: print_loop(p, out, s, depth); return;
    case S_IF:
        text_add(out, "if ");
        print_exp(p, out, s->a, LESS);
        print_body(p, out, s->body, depth);
        if (!s->other) return;
        text_add(out, " else");
        print_body(p, out, s->other, depth);
        return;
    case S_CALL:
        text_add(out, "call ");
        if (s->var) text_printf(out, "%s = ", var);
        text_printf(out, "%s(", p->fn.at[s->callee]->name);
        print_list(p, out, p->arg.at ? p->arg.at + s->args : NULL, s->nargs, ", ");
        text_add(out, ")");
        return;
    case S_RETURN:
        text_add(out, "return ");
        print_exp(p, out, s->a, LESS);
        return;
    case S_BAR:  text_add(out, "bar"); return;
    case S_SYNC: text_add(out, "sync"); return;
    }
}

static void print_block(const Program *p, Text *out, Stm first, unsigned depth)
{
    for (Stm s = first; s; s = p->stm.at[s].next) {
        text_printf(out, "%*s", (int)(2 * depth), "");
        print_statement(p, out, &p->stm.at[s], depth);
        text_add(out, "\n");
    }
}

static void print_param(Text *out, const LVar *v)
{
    if (v->optional) text_add(out, "optional ");
    if (v->space != SPACE_SHARED || !v->writable) text_add(out, space_name[v->space]);
    if (v->writable) text_add(out, "mut ");
    text_printf(out, "%s: %s", v->name, v->type.kind == L_INT ? "int" : "real");
}

void loop_print(const Program *p, Text *out)
{
    text_printf(out, "real %s\n", p->real == TYPE_F32 ? "f32" : "f64");
    for (size_t f = 0; f < p->fn.count; f++) {
        const LFn *fn = p->fn.at[f];
        text_add(out, "\n");
        if (fn->note) {
            text_add(out, "note ");
            print_string(out, fn->note);
            text_add(out, "\n");
        }
        text_printf(out, "fn %s(", fn->name);
        for (size_t i = 0; i < fn->param.count; i++) {
            if (i) text_add(out, ", ");
            print_param(out, &p->var.at[fn->param.at[i]]);
        }
        text_printf(out, ")%s%s%s%s", fn->entry ? " entry" : "", fn->outline ? " outline" : "",
                    fn->apart ? " apart" : "", fn->returns ? " -> status" : "");
        print_body(p, out, fn->body, 0);
        text_add(out, "\n");
    }
}
