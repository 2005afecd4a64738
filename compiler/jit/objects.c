/* objects.c: objects loaded by LLVM's LLJIT, for machines whose objects nodec does not load itself.
 *
 * One LLJIT for each call: its main library sees the objects, and what the process offers of the
 * C library. */
#include "plugin.h"

#include <stdio.h>

#include <llvm-c/Core.h>
#include <llvm-c/Error.h>
#include <llvm-c/LLJIT.h>
#include <llvm-c/Orc.h>

static int wrong(LLVMErrorRef error, char *text, size_t room)
{
    if (!error) return 0;
    char *why = LLVMGetErrorMessage(error);
    snprintf(text, room, "%s", why);
    LLVMDisposeErrorMessage(why);
    return -1;
}

static int fill(LLVMOrcLLJITRef jit, const unsigned char *const *object, const size_t *bytes, size_t count, char *error, size_t room)
{
    LLVMOrcJITDylibRef library = LLVMOrcLLJITGetMainJITDylib(jit);
    LLVMOrcDefinitionGeneratorRef process;
    if (wrong(LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess(&process, LLVMOrcLLJITGetGlobalPrefix(jit), NULL, NULL), error, room)) return -1;
    LLVMOrcJITDylibAddGenerator(library, process);
    for (size_t i = 0; i < count; i++) {
        LLVMMemoryBufferRef buffer = LLVMCreateMemoryBufferWithMemoryRangeCopy((const char *)object[i], bytes[i], "nodec");
        if (wrong(LLVMOrcLLJITAddObjectFile(jit, library, buffer), error, room)) return -1;
    }
    return 0;
}

void *jit_objects_load(const unsigned char *const *object, const size_t *bytes, size_t count, char *error, size_t room)
{
    LLVMOrcLLJITRef jit = NULL;
    jit_targets(0);
    if (wrong(LLVMOrcCreateLLJIT(&jit, NULL), error, room)) return NULL;
    if (!fill(jit, object, bytes, count, error, room)) return jit;
    jit_objects_unload(jit);
    return NULL;
}

void *jit_objects_find(void *loaded, const char *symbol)
{
    LLVMOrcExecutorAddress address = 0;
    LLVMErrorRef error = LLVMOrcLLJITLookup(loaded, &address, symbol);
    if (error) LLVMConsumeError(error);
    return error ? NULL : (void *)(uintptr_t)address;
}

void jit_objects_unload(void *loaded)
{
    LLVMErrorRef error = LLVMOrcDisposeLLJIT(loaded);
    if (error) LLVMConsumeError(error);
}
