/* llvm_thunk.c: functions that remember their first argument, as LLVM IR.
 *
 * In: functions of this process that take a pointer to themselves first, and what they take
 * else.  Out: a module with one entry, which writes the addresses of as many functions
 * without that argument into its first buffer. (A closure of one variable; no argument is a
 * float, so that there is nothing to know of calling conventions.) */
#include "back/back.h"

#include <string.h>

static const struct { char letter; const char *type; } types[] = {
    { 'z', NULL }, { 'q', "i64" }, { 'w', "i32" }, { 'p', "ptr" }, { 'i', "i32" }, { 'd', "double" }, { 'v', "void" }, { '0', "ptr" },
};

static const char *type_of(char letter)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (types[i].letter == letter && types[i].type) return types[i].type;
    return sizeof(size_t) == 8 ? "i64" : "i32";
}

static void print_parameters(const char *letters, Text *out)
{
    bool first = true;
    for (unsigned i = 0; letters[i]; i++) {
        if (letters[i] == '0') continue;
        text_printf(out, "%s%s %%a%u", first ? "" : ", ", type_of(letters[i]), i);
        first = false;
    }
}

static void print_arguments(const char *letters, Text *out)
{
    for (unsigned i = 0; letters[i]; i++)
        if (letters[i] == '0') text_add(out, ", ptr null");
        else text_printf(out, ", %s %%a%u", type_of(letters[i]), i);
}

static void print_address(const void *at, Text *out)
{
    text_printf(out, "inttoptr (%s %llu to ptr)", type_of('z'), (unsigned long long)(uintptr_t)at);
}

static void print_thunk(const Thunk *t, size_t index, Text *out)
{
    const char *returns = type_of(t->types[0]), *letters = t->types + 2;
    bool nothing = t->types[0] == 'v';
    text_printf(out, "define internal %s @thunk%u(", returns, (unsigned)index);
    if (t->record) text_printf(out, "ptr noalias sret([%u x i8]) align 8 %%record%s", (unsigned)t->record, *letters ? ", " : "");
    print_parameters(letters, out);
    text_printf(out, ") nounwind {\n  %scall %s ", nothing ? "" : "%result = ", returns);
    print_address(t->function, out);
    text_add(out, "(ptr ");
    print_address(t->self, out);
    if (t->record) text_add(out, ", ptr %record");
    print_arguments(letters, out);
    text_printf(out, ")\n  ret %s%s\n}\n\n", returns, nothing ? "" : " %result");
}

void back_llvm_thunks(const Thunk *thunk, size_t count, Text *out)
{
    text_add(out, "; written by nodec, for LLVM 15 to 19\n\n");
    for (size_t i = 0; i < count; i++) print_thunk(&thunk[i], i, out);
    text_add(out, "define i32 @nodec_entry_0(ptr %args, ptr %parallel) nounwind {\n  %to = load ptr, ptr %args\n");
    for (unsigned i = 0; i < count; i++) {
        text_printf(out, "  %%at%u = getelementptr ptr, ptr %%to, i64 %u\n", i, i);
        text_printf(out, "  store ptr @thunk%u, ptr %%at%u\n", i, i);
    }
    text_add(out, "  ret i32 0\n}\n");
}
