/* plugin.c: LLVM behind the table of jit_plugin.h.
 *
 * In: IR as text, verified here before anything else happens to it.  Out: an object or
 * assembly for this machine's CPU with all its features, or for another.
 *
 * What lowering has done already need not be done again: of LLVM's passes a few make registers of variables, and
 * the code generator does the rest.  Nothing changes the order of a sum: the IR has no
 * fast-math flags, and the target may not fuse what is not fused. */
#include "plugin.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <llvm-c/Analysis.h>
#include <llvm-c/Core.h>
#include <llvm-c/IRReader.h>
#include <llvm-c/Support.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>

/* From LLVM 18 on, text that asks for instcombine asks for its self-check too, which aborts. */
#if LLVM_VERSION_MAJOR >= 18
#define PASSES "always-inline,function(sroa,early-cse,instcombine<no-verify-fixpoint>)"
#else
#define PASSES "always-inline,function(sroa,early-cse,instcombine)"
#endif

typedef struct Job {                /* everything that has to be disposed of          */
    nodec_jit_job       *job;
    LLVMContextRef       context;
    LLVMModuleRef        module;
    LLVMTargetMachineRef machine;
    char *triple, *cpu, *features;
} Job;

static int wrong(Job *j, const char *what, const char *why)
{
    if (!j->job->error[0]) snprintf(j->job->error, sizeof j->job->error, "%s%s%s", what, why ? ": " : "", why ? why : "");
    return -1;
}

static int wrong_message(Job *j, const char *what, char *why)
{
    wrong(j, what, why);
    LLVMDisposeMessage(why);
    return -1;
}

/* LLVM's own handler would print, and exit at an error. */
static void diagnose(LLVMDiagnosticInfoRef info, void *context)
{
    if (LLVMGetDiagInfoSeverity(info) == LLVMDSError) wrong_message(context, "LLVM", LLVMGetDiagInfoDescription(info));
}

/* ---- targets ----------------------------------------------------------------------------------- */

/* Loop strength reduction takes a third of the time and finds little: addresses come out of the printer
 * taken apart by loops already. It has no switch but this one, which belongs to all of the library.  */
static void host_init(void)
{
    static const char *const option[] = { "nodec", "-disable-lsr" };
    LLVMParseCommandLineOptions(2, option, NULL);
    LLVMInitializeNativeTarget();
    LLVMInitializeNativeAsmPrinter();
    LLVMInitializeNativeAsmParser();
}

static void others_init(void)
{
    LLVMInitializeAllTargetInfos();
    LLVMInitializeAllTargets();
    LLVMInitializeAllTargetMCs();
    LLVMInitializeAllAsmPrinters();
}

void jit_targets(int all)
{
    static pthread_once_t host = PTHREAD_ONCE_INIT, others = PTHREAD_ONCE_INIT;
    pthread_once(&host, host_init);
    if (all) pthread_once(&others, others_init);
}

static int open_machine(Job *j)
{
    LLVMTargetRef target;
    char *why = NULL;
    jit_targets(j->job->triple != NULL);
    j->triple   = j->job->triple ? LLVMCreateMessage(j->job->triple) : LLVMGetDefaultTargetTriple();
    j->cpu      = j->job->cpu ? LLVMCreateMessage(j->job->cpu) : LLVMGetHostCPUName();
    j->features = j->job->cpu ? LLVMCreateMessage("") : LLVMGetHostCPUFeatures();
    if (LLVMGetTargetFromTriple(j->triple, &target, &why)) return wrong_message(j, j->triple, why);
    j->machine = LLVMCreateTargetMachine(target, j->triple, j->cpu, j->features, LLVMCodeGenLevelDefault, LLVMRelocPIC, LLVMCodeModelSmall);
    return j->machine ? 0 : wrong(j, "LLVM has no code for this machine", j->triple);
}

/* ---- the steps ------------------------------------------------------------------------------------ */

static int parse(Job *j)
{
    char *why = NULL;
    LLVMMemoryBufferRef text = LLVMCreateMemoryBufferWithMemoryRangeCopy(j->job->ir, j->job->length, "nodec");
    j->context = LLVMContextCreate();
    LLVMContextSetDiagnosticHandler(j->context, diagnose, j);
    if (LLVMParseIRInContext(j->context, text, &j->module, &why)) return wrong_message(j, "LLVM does not understand its IR", why);
    if (LLVMVerifyModule(j->module, LLVMReturnStatusAction, &why)) return wrong_message(j, "LLVM does not accept its IR", why);
    LLVMDisposeMessage(why);
    return 0;
}

static void set_target(Job *j)
{
    LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(j->machine);
    LLVMSetModuleDataLayout(j->module, layout);
    LLVMDisposeTargetData(layout);
    LLVMSetTarget(j->module, j->triple);
    for (LLVMValueRef f = LLVMGetFirstFunction(j->module); f; f = LLVMGetNextFunction(f)) {
        if (LLVMIsDeclaration(f)) continue;
        LLVMAddTargetDependentFunctionAttr(f, "target-cpu", j->cpu);
        LLVMAddTargetDependentFunctionAttr(f, "target-features", j->features);
    }
}

static int optimise(Job *j)
{
    LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
    LLVMErrorRef error = LLVMRunPasses(j->module, PASSES, j->machine, options);
    LLVMDisposePassBuilderOptions(options);
    if (!error) return 0;
    char *why = LLVMGetErrorMessage(error);
    wrong(j, "LLVM's passes", why);
    LLVMDisposeErrorMessage(why);
    return -1;
}

static int emit(Job *j)
{
    char *why = NULL;
    LLVMMemoryBufferRef code = NULL;
    LLVMCodeGenFileType kind = j->job->assembly ? LLVMAssemblyFile : LLVMObjectFile;
    if (LLVMTargetMachineEmitToMemoryBuffer(j->machine, j->module, kind, &why, &code)) return wrong_message(j, "LLVM's code generator", why);
    size_t bytes = LLVMGetBufferSize(code);
    if (!j->job->error[0] && (j->job->out = malloc(bytes ? bytes : 1))) {
        memcpy(j->job->out, LLVMGetBufferStart(code), bytes);
        j->job->bytes = bytes;
    }
    LLVMDisposeMemoryBuffer(code);
    return j->job->out ? 0 : wrong(j, "out of memory", NULL);
}

static void dispose(Job *j)
{
    if (j->machine) LLVMDisposeTargetMachine(j->machine);
    if (j->module) LLVMDisposeModule(j->module);
    if (j->context) LLVMContextDispose(j->context);
    LLVMDisposeMessage(j->triple);
    LLVMDisposeMessage(j->cpu);
    LLVMDisposeMessage(j->features);
}

static int compile(nodec_jit_job *job)
{
    Job j = { .job = job };
    job->out = NULL;
    job->bytes = 0;
    job->error[0] = 0;
    int status = open_machine(&j) || parse(&j);
    if (!status) {
        set_target(&j);
        status = optimise(&j) || emit(&j);
    }
    dispose(&j);
    return status;
}

static void release(unsigned char *out) { free(out); }

__attribute__((visibility("default"))) const nodec_jit_plugin *nodec_jit(void);

const nodec_jit_plugin *nodec_jit(void)
{
    static const nodec_jit_plugin plugin = {
        .version = NODEC_JIT_VERSION, .llvm = LLVM_VERSION_MAJOR, .compile = compile, .release = release,
        .load = jit_objects_load, .find = jit_objects_find, .unload = jit_objects_unload,
    };
    return &plugin;
}
