/* llvm_text.c: types, operands and instructions of LLVM IR as text. */
#include "back/llvm.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* ---- types ------------------------------------------------------------------------------- */

static const char *vector_of(const LlvmFn *f, const char *of)
{
    return arena_printf(f->file->arena, "<%u x %s>", f->lanes, of);
}

const char *llvm_type(const LlvmFn *f, LType type)
{
    static const char *const wide[2][2] = { { "<16 x float>", "<8 x float>" }, { "<16 x double>", "<8 x double>" } };
    bool one = type.lanes == 1, doubles = f->p->real == TYPE_F64;
    switch ((LKind)type.kind) {
    case L_INT:    return "i64";
    case L_BUFFER: return "ptr";
    case L_MASK:   return one ? "i1" : f->lanes == 16 ? "<16 x i1>" : vector_of(f, "i1");
    case L_REAL:   break;
    }
    const char *real = doubles ? "double" : "float";
    return one ? real : f->lanes == 16 || f->lanes == 8 ? wide[doubles][f->lanes == 8] : vector_of(f, real);
}

const char *llvm_suffix(const LlvmFn *f, unsigned lanes)
{
    unsigned bits = f->p->real == TYPE_F64 ? 64 : 32;
    return lanes == 1 ? (bits == 64 ? "f64" : "f32") : arena_printf(f->file->arena, "v%uf%u", f->lanes, bits);
}

unsigned llvm_variant(const LlvmFn *f, unsigned lanes)
{
    return lanes == 1 ? 1 : f->lanes == LANES ? 2 : 4;
}

/* ---- operands ----------------------------------------------------------------------------- */

/* Words may stand in a name as they are if they are made of these. */
static void put_name(Text *out, const char *name)
{
    for (const char *c = name; *c; c++) text_add_n(out, isalnum((unsigned char)*c) || *c == '_' ? c : "_", 1);
}

/* A float is written as the double of the same value. */
static void put_real(const LlvmFn *f, Text *out, double value)
{
    static const char digit[] = "0123456789ABCDEF";
    char hex[18] = "0x";
    uint64_t bits;
    if (f->p->real == TYPE_F32) value = (float)value;
    if (isnan(value)) value = NAN;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 16; i++) hex[2 + i] = digit[bits >> (60 - 4 * i) & 15];
    text_add_n(out, hex, sizeof hex);
}

static void put_whole(Text *out, int64_t value)
{
    if (value < 0) text_add_n(out, "-", 1);
    text_whole(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

static void put_number(const LlvmFn *f, Text *out, const Operand *o)
{
    if (o->type.kind == L_INT) {
        put_whole(out, (int64_t)o->number);
    } else if (o->type.kind == L_MASK) {
        text_add(out, o->number != 0 ? "true" : "false");
    } else if (o->type.lanes == 1) {
        put_real(f, out, o->number);
    } else if (o->number == 0 && !signbit(o->number)) {
        text_add(out, "zeroinitializer");
    } else {                        /* one constant in all lanes, as an expression of constants */
        const char *vector = llvm_type(f, o->type);
        text_printf(out, "shufflevector (%s insertelement (%s poison, %s ", vector, vector, llvm_type(f, t_real));
        put_real(f, out, o->number);
        text_printf(out, ", i64 0), %s poison, <%u x i32> zeroinitializer)", vector, f->lanes);
    }
}

static void put_operand(const LlvmFn *f, Text *out, const Operand *o)
{
    switch ((OperandKind)o->kind) {
    case O_TEMP:
        text_add_n(out, "%", 1);
        text_whole(out, o->id);
        return;
    case O_SLOT: case O_VAR:
        text_add_n(out, "%", 1);
        put_name(out, f->p->var.at[o->id].name);
        text_add_n(out, ".", 1);
        text_whole(out, o->id);
        return;
    case O_NUMBER: put_number(f, out, o); return;
    case O_NULL:   text_add(out, "null"); return;
    case O_PART:   text_add(out, "%.part"); return;
    case O_AHEAD:
        text_add_n(out, "%h", 2);
        text_whole(out, o->id);
        return;
    case O_TASK:   text_add(out, "%.task"); return;
    case O_NONE:   text_add(out, "poison"); return;
    }
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void put_label(Text *out, uint32_t label)
{
    text_add_n(out, "b", 1);
    text_whole(out, label);
}

static void put(const LlvmFn *f, Text *out, const char *format, va_list args)
{
    for (const char *at; *format; format = at + 2) {
        for (at = format; *at && *at != '%'; at++) { }
        text_add_n(out, format, (size_t)(at - format));
        if (!*at) break;
        const Operand *o;
        switch (at[1]) {
        case 's': text_add(out, va_arg(args, const char *)); break;
        case 'u': text_whole(out, va_arg(args, unsigned)); break;
        case 't': text_add(out, llvm_type(f, va_arg(args, LType))); break;
        case 'l': text_add(out, "%"), put_label(out, va_arg(args, uint32_t)); break;
        case 'o': put_operand(f, out, va_arg(args, const Operand *)); break;
        case 'p':
            o = va_arg(args, const Operand *);
            text_add(out, llvm_type(f, o->type));
            text_add_n(out, " ", 1);
            put_operand(f, out, o);
            break;
        }
    }
}

void llvm_more(LlvmFn *f, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put(f, f->out, format, args);
    va_end(args);
}

void llvm_put(LlvmFn *f, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_add_n(f->out, "  ", 2);
    put(f, f->out, format, args);
    text_add_n(f->out, "\n", 1);
    va_end(args);
}

void llvm_entry(LlvmFn *f, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_add_n(&f->entry, "  ", 2);
    put(f, &f->entry, format, args);
    text_add_n(&f->entry, "\n", 1);
    va_end(args);
}

Operand llvm_get(LlvmFn *f, LType type, const char *format, ...)
{
    Operand value = { .kind = O_TEMP, .type = type };
    va_list args;
    va_start(args, format);
    if (f->ahead_text) value.kind = O_AHEAD, value.id = f->ahead_temp++;
    else value.id = f->temp++;
    text_add_n(f->out, "  ", 2);
    put_operand(f, f->out, &value);
    text_add_n(f->out, " = ", 3);
    put(f, f->out, format, args);
    text_add_n(f->out, "\n", 1);
    va_end(args);
    return value;
}

/* ---- blocks ----------------------------------------------------------------------------------- */

uint32_t llvm_label(LlvmFn *f) { return ++f->label; }

void llvm_block(LlvmFn *f, uint32_t label)
{
    put_label(f->out, label);
    text_add_n(f->out, ":\n", 2);
    f->block = label;
    f->ended = false;
}

void llvm_branch(LlvmFn *f, uint32_t label)
{
    if (!f->ended) llvm_put(f, "br label %l", label);
    f->ended = true;
}

void llvm_comment(LlvmFn *f, const char *indent, const char *text)
{
    for (size_t n; *text; text += n + (text[n] == '\n')) {
        n = strcspn(text, "\n");
        text_add(f->out, indent);
        text_add(f->out, "; ");
        text_add_n(f->out, text, n);
        text_add_n(f->out, "\n", 1);
    }
}
