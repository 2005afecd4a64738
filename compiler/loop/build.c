/* build.c: writing loop IR, one statement after another.
 *
 * The builder stands in the innermost open block and appends there; it knows
 * which names are visible, so that two variables that can be seen at one place
 * never share a name while the loops of two neighbours may both count with
 * `i`. A wrong use is a bug of the caller and aborts. */
#include "loop/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- scopes ------------------------------------------------------------------ */

typedef struct Taken { Name name; bool visible; uint32_t next; } Taken;    /* a name; the number to try next after it */
typedef struct Open  { Stm owner, last; bool other; size_t names; } Open;  /* an open block */
typedef struct Seen  { Name name, hint; uint32_t next; } Seen;             /* to undo a Taken */

struct LScope {
    VEC(Open) open;
    VEC(Seen) seen;
    Taken *slot;
    size_t slots, count;
};

static Taken *taken_slot(Taken *slot, size_t slots, Name name)
{
    size_t i = ((uintptr_t)name >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 20 & (slots - 1);
    while (slot[i].name && slot[i].name != name) i = (i + 1) & (slots - 1);
    return &slot[i];
}

static Taken *taken(Program *p, Name name)
{
    struct LScope *scope = p->scope;
    if (2 * scope->count >= scope->slots) {
        size_t slots = scope->slots ? 2 * scope->slots : 128;
        Taken *slot = NEW_ARRAY(p->arena, Taken, slots);
        for (size_t i = 0; i < scope->slots; i++)
            if (scope->slot[i].name) *taken_slot(slot, slots, scope->slot[i].name) = scope->slot[i];
        scope->slot = slot;
        scope->slots = slots;
    }
    Taken *at = taken_slot(scope->slot, scope->slots, name);
    if (!at->name) {
        at->name = name;
        scope->count++;
    }
    return at;
}

static size_t number_write(char *to, uint32_t number)
{
    char digit[10];
    size_t n = 0;
    do digit[n++] = (char)('0' + number % 10); while (number /= 10);
    for (size_t i = 0; i < n; i++) to[i] = digit[n - 1 - i];
    return n;
}

/* The hint itself, or the hint with the first number that makes it new:
 * u, u1, u2 ..., and c0_1 after c0. Whatever is no letter or digit becomes _. */
static Name name_fresh(Program *p, const char *hint)
{
    char word[80];
    size_t n = 0;
    for (; hint[n] && n < 63; n++) {
        char c = hint[n];
        bool digit = c >= '0' && c <= '9';
        bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (digit && n);
        word[n] = fine ? c : '_';
    }
    if (!n) word[n++] = 'v';
    bool number = n && word[n - 1] >= '0' && word[n - 1] <= '9';

    Name base = name_of_n(p->names, word, n), name = base;
    uint32_t before = taken(p, base)->next;
    Taken *of_name = taken(p, name);
    if (number) word[n++] = '_';
    while (of_name->visible) {
        size_t end = n + number_write(word + n, ++taken(p, base)->next);
        of_name = taken(p, name = name_of_n(p->names, word, end));
    }
    of_name->visible = true;
    VEC_PUSH(p->arena, p->scope->seen) = (Seen){ name, base, before };
    return name;
}

static void names_leave(Program *p, size_t count)
{
    while (p->scope->seen.count > count) {
        Seen seen = p->scope->seen.at[--p->scope->seen.count];
        taken(p, seen.name)->visible = false;
        taken(p, seen.hint)->next = seen.next;
    }
}

static Open *innermost(Program *p)
{
    INSIST(p->arena, p->scope->open.count && "a statement outside of a function");
    return &p->scope->open.at[p->scope->open.count - 1];
}

static void block_open(Program *p, Stm owner, bool other)
{
    size_t names = p->scope->seen.count;
    VEC_PUSH(p->arena, p->scope->open) = (Open){ owner, 0, other, names };
}

static void block_close(Program *p)
{
    names_leave(p, innermost(p)->names);
    p->scope->open.count--;
}

static Stm append(Program *p, LStm stm)
{
    Stm new = (Stm)p->stm.count;
    stm.origin = p->at;
    VEC_PUSH(p->arena, p->stm) = stm;
    Open *open = innermost(p);
    if (open->last)        p->stm.at[open->last].next = new;
    else if (!open->owner) p->fn.at[p->in]->body = new;
    else if (open->other)  p->stm.at[open->owner].other = new;
    else                   p->stm.at[open->owner].body = new;
    return open->last = new;
}

/* ---- programs, functions, variables ------------------------------------------ */

Program *program_new(Arena *arena, Names *names, Type real)
{
    INSIST(arena, real == TYPE_F32 || real == TYPE_F64);
    Program *p = NEW(arena, Program);
    p->arena = arena;
    p->names = names;
    p->real = real;
    p->scope = NEW(arena, struct LScope);
    VEC_PUSH(arena, p->exp) = (LExp){ 0 };
    VEC_PUSH(arena, p->stm) = (LStm){ 0 };
    VEC_PUSH(arena, p->var) = (LVar){ 0 };
    VEC_PUSH(arena, p->origin) = (Origin){ 0 };
    return p;
}

void program_reserve(Program *p, size_t size)
{
    VEC_ROOM(p->arena, p->exp, size);
    VEC_ROOM(p->arena, p->stm, size / 2);
    VEC_ROOM(p->arena, p->var, size / 4);
}

uint32_t fn_begin(Program *p, const char *name, const char *note)
{
    INSIST(p->arena, !p->scope->open.count && "functions do not nest");
    LFn *fn = NEW(p->arena, LFn);
    fn->name = name_of(p->names, name);
    fn->note = note ? arena_string(p->arena, note, strlen(note)) : NULL;
    p->in = (uint32_t)p->fn.count;
    p->at = (uint32_t)p->origin.count;
    VEC_PUSH(p->arena, p->fn) = fn;
    VEC_PUSH(p->arena, p->origin) = (Origin){ .kind = ORIGIN_FUNCTION, .op = fn->name };
    block_open(p, 0, false);
    return p->in;
}

void fn_end(Program *p)
{
    INSIST(p->arena, p->scope->open.count == 1 && "a block is still open");
    block_close(p);
}

static Var var_new(Program *p, const char *hint, LVar var)
{
    var.name = name_fresh(p, hint);
    var.read = 0;                   /* of the one it is made like                  */
    VEC_PUSH(p->arena, p->var) = var;
    return (Var)(p->var.count - 1);
}

static const LType one_int = { L_INT, 1 };
static const LType elements = { L_BUFFER, 1 };

static Var param_new(Program *p, const char *hint, LVar var)
{
    INSIST(p->arena, !p->fn.at[p->in]->body && "parameters come first");
    Var new = var_new(p, hint, var);
    VEC_PUSH(p->arena, p->fn.at[p->in]->param) = new;
    return new;
}

Var fn_param_buffer(Program *p, const char *name, Space space, bool writable, bool optional)
{
    INSIST(p->arena, space != SPACE_NONE && !(writable && space == SPACE_CONST));
    return param_new(p, name, (LVar){ .type = elements, .space = (uint8_t)space,
                                      .writable = writable, .optional = optional });
}

Var fn_param(Program *p, const char *name, LKind kind)
{
    INSIST(p->arena, kind == L_INT || kind == L_REAL);
    return param_new(p, name, (LVar){ .type = { (uint8_t)kind, 1 } });
}

/* ---- statements -------------------------------------------------------------------- */

static bool is_int(const Program *p, Exp x)  { return x_type(p, x).kind == L_INT; }
static bool is_real(const Program *p, Exp x) { return x_type(p, x).kind == L_REAL; }
static bool is_buffer(const Program *p, Var var) { return p->var.at[var].space != SPACE_NONE; }

void s_note(Program *p, const char *format, ...)
{
    Text text = { .arena = p->arena };
    va_list args;
    va_start(args, format);
    text_vprintf(&text, format, args);
    va_end(args);
    append(p, (LStm){ .kind = S_NOTE, .text = text_string(&text) });
}

Var s_local(Program *p, const char *name, uint32_t count)
{
    INSIST(p->arena, count);
    Var var = var_new(p, name, (LVar){ .type = elements, .space = SPACE_PRIVATE, .writable = true,
                                       .count = count });
    append(p, (LStm){ .kind = S_LOCAL, .var = var });
    return var;
}

static Var declare(Program *p, SKind kind, const char *name, Exp a)
{
    INSIST(p->arena, a);
    Var var = var_new(p, name, (LVar){ .type = x_type(p, a), .writable = kind == S_VAR });
    append(p, (LStm){ .kind = (uint8_t)kind, .var = var, .a = a });
    return var;
}

Var s_let(Program *p, const char *name, Exp a) { return declare(p, S_LET, name, a); }
Var s_var(Program *p, const char *name, Exp a) { return declare(p, S_VAR, name, a); }

void s_set(Program *p, Var var, Exp a)
{
    LType to = p->var.at[var].type;
    INSIST(p->arena, p->var.at[var].writable && to.kind != L_BUFFER && to.kind == x_type(p, a).kind);
    if (to.lanes > x_type(p, a).lanes) a = x_splat(p, a);
    INSIST(p->arena, to.lanes == x_type(p, a).lanes);
    append(p, (LStm){ .kind = S_SET, .var = var, .a = a });
}

static Var view(Program *p, const char *name, Var buffer, Exp from, unsigned flags)
{
    INSIST(p->arena, is_buffer(p, buffer) && is_int(p, from));
    LVar of = p->var.at[buffer];
    of.count = 0;
    if (of.space == SPACE_PRIVATE) of.optional = false;
    Var var = var_new(p, name, of);
    append(p, (LStm){ .kind = S_VIEW, .var = var, .var2 = buffer, .a = from, .flags = (uint8_t)flags });
    return var;
}

Var s_view(Program *p, const char *name, Var buffer, Exp from) { return view(p, name, buffer, from, 0); }
Var s_fresh(Program *p, const char *name, Var buffer) { return view(p, name, buffer, x_int(p, 0), VIEW_FRESH); }

void s_store(Program *p, Var buffer, Exp index, Exp value)
{
    INSIST(p->arena, is_buffer(p, buffer) && p->var.at[buffer].writable && is_int(p, index) && is_real(p, value));
    append(p, (LStm){ .kind = S_STORE, .var = buffer, .a = index, .b = value });
}

void s_scatter(Program *p, Var buffer, Exp base, Exp stride, Exp count, Exp value)
{
    INSIST(p->arena, is_buffer(p, buffer) && p->var.at[buffer].writable && is_real(p, value));
    INSIST(p->arena, is_int(p, base) && is_int(p, stride) && is_int(p, count) && x_type(p, value).lanes == LANES);
    append(p, (LStm){ .kind = S_SCATTER, .var = buffer, .a = base, .b = value, .c = stride, .d = count });
}

/* A loop's variable is visible in its body only. */
static Var loop_open(Program *p, const char *name, LStm loop)
{
    Stm stm = append(p, loop);
    block_open(p, stm, false);
    Var var = var_new(p, name, (LVar){ .type = one_int });
    p->stm.at[stm].var = var;
    return var;
}

Var s_for(Program *p, const char *name, Exp from, Exp to, Exp step, unsigned flags)
{
    INSIST(p->arena, is_int(p, from) && is_int(p, to) && is_int(p, step));
    return loop_open(p, name, (LStm){ .kind = S_FOR, .a = from, .b = to, .c = step, .flags = (uint8_t)flags });
}

Var s_par(Program *p, const char *name, Exp count, AxisRole role)
{
    INSIST(p->arena, is_int(p, count));
    return loop_open(p, name, (LStm){ .kind = S_PAR, .a = x_int(p, 0), .b = count, .c = x_int(p, 1),
                                      .role = (uint8_t)role });
}

void s_if(Program *p, Exp condition)
{
    LType type = x_type(p, condition);
    INSIST(p->arena, type.lanes == 1 && (type.kind == L_INT || type.kind == L_MASK));
    block_open(p, append(p, (LStm){ .kind = S_IF, .a = condition }), false);
}

void s_else(Program *p)
{
    Stm owner = innermost(p)->owner;
    INSIST(p->arena, p->stm.at[owner].kind == S_IF && !innermost(p)->other);
    block_close(p);
    block_open(p, owner, true);
}

void s_end(Program *p)
{
    INSIST(p->arena, p->scope->open.count > 1 && "no block is open");
    block_close(p);
}

Var s_call(Program *p, uint32_t callee, const Exp *args, size_t n)
{
    return s_call_named(p, callee, args, n, fn_of(p, callee)->returns ? "status" : NULL);
}

Var s_call_named(Program *p, uint32_t callee, const Exp *args, size_t n, const char *result)
{
    INSIST(p->arena, callee < p->in && n == fn_of(p, callee)->param.count);
    LStm call = { .kind = S_CALL, .callee = callee, .args = (uint32_t)p->arg.count, .nargs = (uint32_t)n };
    for (size_t i = 0; i < n; i++) {
        INSIST(p->arena, x_type(p, args[i]).kind == p->var.at[fn_of(p, callee)->param.at[i]].type.kind);
        VEC_PUSH(p->arena, p->arg) = args[i];
    }
    INSIST(p->arena, !result || fn_of(p, callee)->returns);
    if (result) call.var = var_new(p, result, (LVar){ .type = one_int });
    append(p, call);
    return call.var;
}

void s_return(Program *p, Exp a)
{
    INSIST(p->arena, is_int(p, a));
    p->fn.at[p->in]->returns = true;
    append(p, (LStm){ .kind = S_RETURN, .a = a });
}

void s_bar(Program *p)  { append(p, (LStm){ .kind = S_BAR }); }
void s_sync(Program *p) { append(p, (LStm){ .kind = S_SYNC }); }
