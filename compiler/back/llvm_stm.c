/* llvm_stm.c: statements and functions of loop IR as LLVM IR.
 *
 * Loops are rotated: their test stands at the end, and once more before them. A counter is
 * a phi, what is named once the register that holds it, what is set an alloca. */
#include "back/llvm.h"

#include <stdio.h>
#include <string.h>

/* What begins now is known from the beginning of an inner loop on. */
static uint8_t depth_here(const LlvmFn *f) { return (uint8_t)(f->depth < LOOPS ? f->depth : LOOPS); }
static uint8_t depth_inside(const LlvmFn *f) { return (uint8_t)(f->depth + 1 < LOOPS ? f->depth + 1 : LOOPS); }

/* ---- loops ---------------------------------------------------------------------------------- */

typedef struct Loop { Operand counter; uint32_t body, end; size_t hole, begin; } Loop;

/* The label of the block that goes round is written into the phi when it is known. */
static Loop loop_begin(LlvmFn *f, Operand counter, const Operand *from, const Operand *to)
{
    Loop loop = { .counter = counter, .body = llvm_label(f), .end = llvm_label(f) };
    if (from->kind == O_NUMBER && to->kind == O_NUMBER && from->number < to->number) {
        llvm_branch(f, loop.body);
    } else {
        Operand is = llvm_get(f, t_mask, "icmp slt %p, %o", from, to);
        llvm_put(f, "br %p, label %l, label %l", &is, loop.body, loop.end);
    }
    uint32_t before = f->block;
    llvm_block(f, loop.body);
    llvm_put(f, "%o = phi i64 [ %o, %l ], [ %o.next, %s ]", &counter, from, before, &counter, "%         ");
    loop.hole = f->out->length - strlen("         ]\n") - 1;
    loop.begin = f->out->length;
    if (++f->depth < LOOPS) f->begin[f->depth] = (Text){ .arena = &f->file->c->scratch };
    return loop;
}

static void loop_end(LlvmFn *f, const Loop *loop, const Operand *step, const Operand *to)
{
    char label[16];
    int length = snprintf(label, sizeof label, "b%u", f->block);
    memcpy(f->out->at + loop->hole, label, (size_t)length);
    llvm_put(f, "%o.next = add i64 %o, %o", &loop->counter, &loop->counter, step);
    Operand is = llvm_get(f, t_mask, "icmp slt i64 %o.next, %o", &loop->counter, to);
    llvm_put(f, "br %p, label %l, label %l", &is, loop->body, loop->end);
    llvm_block(f, loop->end);
    if (f->depth < LOOPS && f->begin[f->depth].length) text_insert(f->out, loop->begin, &f->begin[f->depth]);
    f->depth--;
    while (f->ahead.count && f->ahead.at[f->ahead.count - 1].depth > f->depth) f->ahead.count--;
}

/* May it be another number in the next round? */
static bool varies(const LlvmFn *f, Exp e)
{
    const LExp *x = &f->p->exp.at[e];
    if (!e) return false;
    return x->kind == X_LOAD || x->kind == X_GATHER || (x->kind == X_VAR && f->value[x->var].kind == O_SLOT) || varies(f, x->a)
        || varies(f, x->b) || varies(f, x->c);
}

static void print_for(LlvmFn *f, const LStm *s)
{
    Operand from = llvm_exp(f, s->a), to = llvm_exp(f, s->b), step = llvm_exp(f, s->c);
    f->value[s->var] = (Operand){ .kind = O_VAR, .type = t_int, .id = s->var };
    Loop loop = loop_begin(f, f->value[s->var], &from, &to);
    f->file->depth[s->var] = depth_here(f);
    llvm_statements(f, s->body);
    if (f->ended) llvm_block(f, llvm_label(f));         /* its body always returns */
    if (varies(f, s->b)) to = llvm_exp(f, s->b);
    if (varies(f, s->c)) step = llvm_exp(f, s->c);
    loop_end(f, &loop, &step, &to);
}

/* ---- statements -------------------------------------------------------------------------------- */

static void print_let(LlvmFn *f, const LStm *s)
{
    Operand value = llvm_exp(f, s->a);
    if (!f->file->set[s->var]) {
        f->file->depth[s->var] = depth_inside(f);
        f->value[s->var] = value;
        return;
    }
    Operand *slot = &f->value[s->var];
    f->file->depth[s->var] = LOOPS;             /* it changes */
    *slot = (Operand){ .kind = O_SLOT, .type = f->p->var.at[s->var].type, .id = s->var };
    llvm_entry(f, "%o = alloca %t", slot, slot->type);
    llvm_put(f, "store %p, ptr %o", &value, slot);
}

static void print_set(LlvmFn *f, const LStm *s)
{
    Operand value = llvm_exp(f, s->a);
    llvm_put(f, "store %p, ptr %o", &value, &f->value[s->var]);
}

static void print_local(LlvmFn *f, const LStm *s)
{
    f->value[s->var] = (Operand){ .kind = O_VAR, .type = t_pointer, .id = s->var };
    llvm_entry(f, "%o = alloca [%u x %t], align 64", &f->value[s->var], f->p->var.at[s->var].count, t_real);
}

static void print_view(LlvmFn *f, const LStm *s)
{
    Operand from = f->value[s->var2];
    f->file->depth[s->var] = s->flags & VIEW_FRESH ? f->file->depth[s->var2] : depth_inside(f);
    if (s->flags & VIEW_FRESH) {
        f->value[s->var] = from;
        return;
    }
    Operand at = llvm_place(f, s->var2, s->a, false);
    if (f->p->var.at[s->var].optional && at.id != from.id) {
        Operand is = llvm_get(f, t_mask, "icmp eq %p, null", &from);
        at = llvm_get(f, t_pointer, "select %p, ptr null, %p", &is, &at);
    }
    f->value[s->var] = at;
}

static void print_store(LlvmFn *f, const LStm *s)
{
    bool vector = f->p->exp.at[s->b].type.lanes > 1;
    Operand at = llvm_place(f, s->var, s->a, vector), value = llvm_exp(f, s->b);
    llvm_put(f, "store %p, %p, align %u", &value, &at, f->p->real == TYPE_F64 ? 8u : 4u);
}

static void print_scatter(LlvmFn *f, const LStm *s)
{
    f->file->use.scatter = true;
    Operand at = llvm_place(f, s->var, s->a, false), stride = llvm_exp(f, s->c), count = llvm_exp(f, s->d), value = llvm_exp(f, s->b);
    llvm_put(f, "call void @v_scatter(%p, %p, %p, %p)", &at, &stride, &count, &value);
}

static void print_if(LlvmFn *f, const LStm *s)
{
    uint32_t yes = llvm_label(f), no = s->other ? llvm_label(f) : 0, end = llvm_label(f);
    Operand is = llvm_truth(f, s->a);
    llvm_put(f, "br %p, label %l, label %l", &is, yes, no ? no : end);
    llvm_block(f, yes);
    llvm_statements(f, s->body);
    llvm_branch(f, end);
    if (no) {
        llvm_block(f, no);
        llvm_statements(f, s->other);
        llvm_branch(f, end);
    }
    llvm_block(f, end);
}

/* `status` gets what it returns; NULL: nobody asks. */
void llvm_call(LlvmFn *f, const CPart *part, uint32_t index, const Operand *args, Operand *status)
{
    const CFn *callee = &part->fn[index];
    const LFn *fn = part->program->fn.at[index];
    Operand result = { .kind = O_TEMP, .type = t_int, .id = fn->returns ? f->temp++ : 0 };
    f->file->called[index] = true;
    if (fn->returns) llvm_more(f, "  %o = call i32 @%s(", &result, callee->name);
    else llvm_more(f, "  call void @%s(", callee->name);
    for (size_t i = 0; i < fn->param.count; i++) llvm_more(f, i ? ", %p" : "%p", &args[i]);
    if (callee->parallel) llvm_more(f, fn->param.count ? ", ptr %s" : "ptr %s", f->parallel);
    llvm_more(f, ")\n");
    if (status && fn->returns) *status = llvm_get(f, t_int, "sext i32 %o to i64", &result);
}

static void print_call(LlvmFn *f, const LStm *s)
{
    Operand *args = NEW_ARRAY(&f->file->c->scratch, Operand, s->nargs + 1), *status = NULL;
    for (uint32_t i = 0; i < s->nargs; i++) args[i] = llvm_exp(f, f->p->arg.at[s->args + i]);
    if (s->var && c_is_read(&f->at, s->var)) status = &f->value[s->var], f->file->depth[s->var] = depth_inside(f);
    llvm_call(f, f->at.part, s->callee, args, status);
}

static void print_return(LlvmFn *f, const LStm *s)
{
    Operand status = llvm_exp(f, s->a);
    if (status.kind != O_NUMBER) status = llvm_get(f, t_int, "trunc %p to i32", &status);
    llvm_put(f, "ret i32 %o", &status);
    f->ended = true;
}

static void print_statement(LlvmFn *f, const LStm *s)
{
    switch ((SKind)s->kind) {
    case S_NOTE:    llvm_comment(f, "  ", s->text); return;
    case S_LOCAL:   print_local(f, s); return;
    case S_LET: case S_VAR: print_let(f, s); return;
    case S_SET:     print_set(f, s); return;
    case S_VIEW:    print_view(f, s); return;
    case S_STORE:   print_store(f, s); return;
    case S_SCATTER: print_scatter(f, s); return;
    case S_FOR:     print_for(f, s); return;
    case S_PAR:     llvm_par(f, s); return;
    case S_IF:      print_if(f, s); return;
    case S_CALL:    print_call(f, s); return;
    case S_RETURN:  print_return(f, s); return;
    case S_BAR: case S_SYNC: case S_NONE: return;       /* one thread runs a function here */
    }
}

/* What stands behind a return is left out. */
void llvm_statements(LlvmFn *f, Stm first)
{
    for (Stm s = first; s && !f->ended; s = f->p->stm.at[s].next) {
        const LStm *stm = &f->p->stm.at[s];
        if (!c_counts(&f->at, stm)) continue;
        if (f->file->c->options->origins) text_printf(f->out, ";@%u\n", stm->origin);
        print_statement(f, stm);
    }
}

/* ---- functions ------------------------------------------------------------------------------------ */

/* Lane by lane as many as a register has, where that is less than all. */
static void print_parts(LlvmFn *f)
{
    const Operand from = llvm_number(t_int, 0), to = llvm_number(t_int, LANES), step = llvm_number(t_int, f->lanes);
    if (f->lanes == LANES) {
        llvm_statements(f, f->at.fn->body);
        return;
    }
    f->part = (Operand){ .kind = O_PART, .type = t_int };
    Loop loop = loop_begin(f, f->part, &from, &to);
    llvm_statements(f, f->at.fn->body);
    loop_end(f, &loop, &step, &to);
}

/* "ptr noalias readonly %x.7": buffers do not overlap unless one is given twice somewhere. */
static void print_param(LlvmFn *f, Var var, bool aliased)
{
    const LVar *v = &f->p->var.at[var];
    Operand *o = &f->value[var];
    *o = (Operand){ .kind = O_VAR, .type = v->type, .id = var };
    bool buffer = v->type.kind == L_BUFFER;
    llvm_more(f, "%t%s%s %o", v->type, buffer && !aliased ? " noalias" : "", buffer && !aliased && !v->writable ? " readonly" : "", o);
}

/* "; int spiral_mlp_f(ptrdiff_t batch, const float *t, ...)": how C calls an entry. */
static void print_prototype(LlvmFn *f, const CFn *fn)
{
    const char *real = f->p->real == TYPE_F64 ? "double" : "float";
    text_printf(f->out, "; %s %s(", f->at.fn->returns ? "int" : "void", fn->name);
    for (size_t i = 0; i < f->at.fn->param.count; i++) {
        const LVar *v = &f->p->var.at[f->at.fn->param.at[i]];
        if (v->type.kind == L_BUFFER) text_printf(f->out, "%s%s%s *%s", i ? ", " : "", v->writable ? "" : "const ", real, v->name);
        else text_printf(f->out, "%s%s %s", i ? ", " : "", v->type.kind == L_INT ? "ptrdiff_t" : real, v->name);
    }
    text_printf(f->out, "%s)\n", fn->parallel ? ", const nodec_parallel *parallel" : "");
}

static void print_signature(LlvmFn *f, const CFn *fn)
{
    const LFn *of = f->at.fn;
    if (of->note) llvm_comment(f, "", of->note);
    if (of->entry) print_prototype(f, fn);
    text_printf(f->out, "define %s%s @%s(", of->entry ? "" : f->file->split ? "hidden " : "internal ", of->returns ? "i32" : "void", fn->name);
    for (size_t i = 0; i < of->param.count; i++) {
        if (i) text_add(f->out, ", ");
        print_param(f, of->param.at[i], fn->aliased);
    }
    if (fn->parallel) text_add(f->out, of->param.count ? ", ptr %.parallel" : "ptr %.parallel");
    text_add(f->out, ") nounwind {\nb0:\n");
}

static void print_function(LlvmFile *file, const CPart *part, uint32_t index)
{
    const Program *p = part->program;
    const LFn *fn = p->fn.at[index];
    LlvmFn f = { .file = file, .p = p, .lanes = fn->apart ? file->width : LANES, .out = &file->fn, .value = file->value,
                 .parallel = "%.parallel", .entry = { .arena = &file->c->scratch },
                 .at = { .file = file->c, .p = p, .part = part, .fn = fn, .fn_name = part->fn[index].name, .live = file->live } };
    c_mark_function(&f.at);
    print_signature(&f, &part->fn[index]);
    size_t begin = f.out->length;
    if (fn->apart) print_parts(&f);
    else llvm_statements(&f, fn->body);
    if (!f.ended) llvm_put(&f, fn->returns ? "ret i32 0" : "ret void");
    text_add(f.out, "}\n\n");
    text_insert(f.out, begin, &f.entry);
    if (file->task.length) text_insert(f.out, f.out->length, &file->task);
    file->task.length = 0;
    file->defined[index] = true;
    arena_clear(&file->c->scratch);
}

/* "declare hidden void @kernel1(ptr, i64)": of another module. */
void llvm_declare(LlvmFile *file, const CPart *part, uint32_t index, Text *out)
{
    const LFn *fn = part->program->fn.at[index];
    LlvmFn f = { .file = file, .p = part->program, .lanes = LANES, .out = out };
    llvm_more(&f, "declare hidden %s @%s(", fn->returns ? "i32" : "void", part->fn[index].name);
    for (size_t i = 0; i < fn->param.count; i++) llvm_more(&f, i ? ", %t" : "%t", f.p->var.at[fn->param.at[i]].type);
    if (part->fn[index].parallel) llvm_more(&f, fn->param.count ? ", ptr" : "ptr");
    llvm_more(&f, ")\n");
}

enum { MODULE = 48 << 10 };         /* bytes of text that are worth a module of their own */

/* A variable belongs to one function, so what is known of it is kept for all of them together. */
void llvm_functions(LlvmFile *file, const CPart *part)
{
    const Program *p = part->program;
    file->value = NEW_ARRAY(file->arena, Operand, p->var.count);
    file->set   = NEW_ARRAY(file->arena, bool, p->var.count);
    file->live  = NEW_ARRAY(file->arena, uint8_t, p->var.count);
    file->depth = NEW_ARRAY(file->arena, uint8_t, p->var.count);
    file->defined = NEW_ARRAY(file->arena, bool, p->fn.count);
    file->called  = NEW_ARRAY(file->arena, bool, p->fn.count);
    for (size_t i = 0; i < p->stm.count; i++)
        if (p->stm.at[i].kind == S_SET) file->set[p->stm.at[i].var] = true;
    for (uint32_t i = 0; i < p->fn.count; i++)
        if (part->fn[i].wanted) {
            print_function(file, part, i);
            if (file->split && file->fn.length > MODULE) llvm_module(file, part);
        }
}
