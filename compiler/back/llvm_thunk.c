/* llvm_thunk.c: functions that remember their first argument, as LLVM IR.
 *
 * In: what functions take that are handed a pointer to themselves first.  Out: a module with one
 * entry, which writes the addresses of as many functions without that argument into its first
 * buffer. (A closure of one variable; no argument is a float, so that there is nothing to know of
 * calling conventions.)
 *
 * Whom they call is no part of the text, so that what was compiled once serves every process: it
 * is read from a constant, which whoever loads the code fills in before (BACK_THUNKS in back.h). LLVM
 * is told that its value is not the one in the text (externally_initialized). */
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

/* Slot 0 is `self`, and then comes a function each. */
static void print_slot(const char *name, size_t slot, Text *out)
{
    text_printf(out, "  %%%s = load ptr, ptr getelementptr inbounds (i8, ptr @closure, i64 %zu)\n", name, sizeof BACK_THUNKS - 1 + slot * sizeof(void *));
}

static void print_thunk(const Thunk *t, size_t index, Text *out)
{
    const char *returns = type_of(t->types[0]), *letters = t->types + 2;
    bool nothing = t->types[0] == 'v';
    text_printf(out, "define internal %s @thunk%zu(", returns, index);
    if (t->record) text_printf(out, "ptr noalias sret([%zu x i8]) align 8 %%record%s", t->record, *letters ? ", " : "");
    print_parameters(letters, out);
    text_add(out, ") nounwind {\n");
    print_slot("self", 0, out);
    print_slot("function", 1 + index, out);
    text_printf(out, "  %scall %s %%function(ptr %%self%s", nothing ? "" : "%result = ", returns, t->record ? ", ptr %record" : "");
    print_arguments(letters, out);
    text_printf(out, ")\n  ret %s%s\n}\n\n", returns, nothing ? "" : " %result");
}

void back_llvm_thunks(const Thunk *thunk, size_t count, Text *out)
{
    text_printf(out, "; written by nodec, for LLVM 15 to 19\n\n@closure = internal externally_initialized constant "
                "<{ [%zu x i8], [%zu x ptr] }> <{ [%zu x i8] c\"%s\", [%zu x ptr] zeroinitializer }>, align 16\n\n",
                sizeof BACK_THUNKS - 1, 1 + count, sizeof BACK_THUNKS - 1, BACK_THUNKS, 1 + count);
    for (size_t i = 0; i < count; i++) print_thunk(&thunk[i], i, out);
    text_add(out, "define i32 @nodec_entry_0(ptr %args, ptr %parallel) nounwind {\n  %to = load ptr, ptr %args\n");
    for (unsigned i = 0; i < count; i++) {
        text_printf(out, "  %%at%u = getelementptr ptr, ptr %%to, i64 %u\n", i, i);
        text_printf(out, "  store ptr @thunk%u, ptr %%at%u\n", i, i);
    }
    text_add(out, "  ret i32 0\n}\n");
}
