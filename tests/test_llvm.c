/* test_llvm.c: an experiment's entries through LLVM.
 *
 * Every entry that a run or a training calls, of both regimes, gives the bits of the
 * reference machine, tasks on threads too.  What is not IR is an error, what is not
 * an image too; rounds of compiling, calling and closing leave nothing behind.         */
#include "library/library.h"
#include "generated.h"
#include "jitted.h"
#include "opencl.h"
#include "opencl_program.h"

#include <pthread.h>

typedef struct Row { const char *path, *experiment; Type real; const char *set[3]; } Row;

static const Row rows[] = {
    { "spiral",    "comp",      TYPE_F32, { 0 } },
    { "spiral",    "comp_time", TYPE_F64, { "gradient = discrete", "optimizer = sgd(lr = 0.1, momentum = 0.9)" } },
    { "forced",    "forced",    TYPE_F32, { "solver = rk4(h_max = 0.1)", "gradient = discrete" } },
    { "lynx_hare", "lynx_hare", TYPE_F32, { 0 } },
    { "lynx_hare", "physics",   TYPE_F64, { 0 } },
};

static void row_open(Lab *lab, const Row *row)
{
    char path[64];
    size_t sets = 0;
    snprintf(path, sizeof path, "models/%s.node", row->path);
    lab_open(lab, path);
    while (sets < COUNT(row->set) && row->set[sets]) sets++;
    const Experiment *e = unit_experiment(lab->unit, row->experiment, row->set, sets, row->real, &lab->diags);
    LowerOptions lower = { 0 };
    cr_assert(e && !lower_options(&lab->arena, e, row->real, &lower, &lab->diags), "%s", lab_messages(lab));
    lab->lowered = lower_field(&lab->arena, &lab->names, experiment_clause(e, "fit")->field, &lower);
}

static nodec_options options_of(void) { return (nodec_options){ .size = sizeof(nodec_options), .h_max = 0.1, .max_steps = 1000 }; }

static void no_weights(uint64_t seed, void *theta) { (void)seed, (void)theta; }

static Board *board_of(Lab *lab, size_t batch, When when)
{
    static const Host nobody = { .options = options_of, .init = no_weights };
    Board *b = board_filled(lab, &nobody, batch, when);
    for (size_t i = 0; i < b->count[NUM_THETA]; i++) board_set(b, NUM_THETA, i, 0.4 * (1.2 + wave(i + 777)));
    return b;
}

static void same_bits(const Lab *lab, const Board *got, const Board *want, Call call)
{
    for (int k = 0; k < NUM_COUNT; k++)
        for (size_t i = 0; i < got->count[k]; i++)
            cr_assert(!memcmp((const char *)got->own[k] + i * got->real, (const char *)want->own[k] + i * got->real, got->real),
                      "%s, batch %zu, call %d: array %d[%zu] is %a, on the reference machine %a", lab->lowered->field->instance,
                      got->n.batch, (int)call, k, i, board_get(got, k, i), board_get(want, k, i));
    guards_hold(got, "LLVM's code");
}

static const Call calls[] = { CALL_F, CALL_VJP, CALL_JVP, CALL_START, CALL_SOLVE, CALL_OBSERVE, CALL_GRADIENT, CALL_LOSS, CALL_UPDATE };
static const struct { size_t batch; When when; } boards[] = {
    { 3, PER_SAMPLE }, { 1, SHARED }, { 37, BACKWARDS }, { 261, PER_SAMPLE },
};

static void check_row(const Row *row)
{
    Lab lab;
    if (!jitted_here()) return;
    row_open(&lab, row);
    nodec_code code = jitted_open(&(EmitInput){ .field = &lab.lowered, .fields = 1 }, &lab.arena, 0);
    for (size_t i = 0; i < COUNT(boards); i++) {
        Board *got = board_of(&lab, boards[i].batch, boards[i].when), *want = board_of(&lab, boards[i].batch, boards[i].when);
        if (boards[i].when == BACKWARDS) got->n.at[NUM_G_T] = want->n.at[NUM_G_T] = got->n.at[NUM_AX] = want->n.at[NUM_AX] = NULL;
        for (size_t k = 0; k < COUNT(calls); k++) {
            if (!lab_has(&lab, calls[k])) continue;
            lab.engine = &code;
            const int status = reference_run(&lab, calls[k], got);
            lab.engine = NULL;
            cr_assert_eq(status, reference_run(&lab, calls[k], want));
            cr_assert_eq(status, NODEC_OK);
            same_bits(&lab, got, want, calls[k]);
        }
        cr_assert(got->n.loss == want->n.loss && got->n.norm == want->n.norm && got->n.norm > 0);
    }
    code.close(code.self);
    lab_close(&lab);
}

Test(llvm, spiral)             { check_row(&rows[0]); }
Test(llvm, spiral_in_doubles)  { check_row(&rows[1]); }
Test(llvm, forced_by_rk4)      { check_row(&rows[2]); }
Test(llvm, lynx_hare)          { check_row(&rows[3]); }
Test(llvm, physics_in_doubles) { check_row(&rows[4]); }

/* As on a machine whose objects nodec does not load itself. */
Test(llvm, loaded_by_llvm)
{
    setenv("NODEC_LOADER", "llvm", 1);
    check_row(&rows[0]);
    check_row(&rows[4]);
}

/* ---- what is wrong ------------------------------------------------------------------------------ */

Test(llvm, what_is_no_ir_is_an_error)
{
    static const struct { const char *ir, *says; } bad[] = {
        { "this is no IR", "expected top-level entity" },
        { "define i32 @nodec_entry_0(ptr %a, ptr %p) {\n  ret float 1.0\n}\n", "" },
        { "define i32 @nodec_entry_0(ptr %a, ptr %p) {\nb0:\n  br label %b1\nb1:\n  ret i32 %x\nb2:\n  %x = add i32 1, 1\n  br label %b1\n}\n", "" },
        { "define i32 @nodec_entry_0(ptr %a, ptr %p) {\n  call void asm sideeffect \"no instruction\", \"\"()\n  ret i32 0\n}\n", "" },
        { "\1\2\3", "" },
    };
    if (!jitted_here()) return;
    for (size_t i = 0; i < COUNT(bad); i++) {
        nodec_fault fault = { 0 };
        jit_image image;
        cr_expect(jit_compile(bad[i].ir, strlen(bad[i].ir), NULL, &image, &fault) == NODEC_EXIT_BUG && fault.text[0], "text %zu: %s", i, fault.text);
        cr_expect(strstr(fault.text, bad[i].says), "text %zu: %s", i, fault.text);
        cr_expect_null(image.at);
    }
}

Test(llvm, a_missing_plugin_and_an_unknown_cpu_are_named)
{
    nodec_fault fault = { 0 };
    jit_image image;
    if (!jitted_here()) return;
    cr_assert_eq(jit_compile("", 0, &(jit_options){ .cpu = "znver33" }, &image, &fault), NODEC_EXIT_USAGE);
    cr_assert(strstr(fault.text, "znver33") && strstr(fault.text, "znver3`"), "%s", fault.text);
    fault = (nodec_fault){ 0 };
    setenv("NODEC_JIT", "", 1);
    cr_assert_eq(jit_compile("", 0, NULL, &image, &fault), NODEC_EXIT_IO);
    cr_assert(strstr(fault.text, "llvm-19-dev"), "%s", fault.text);
    fault = (nodec_fault){ 0 };
    setenv("NODEC_JIT", "/proc/self/exe", 1);
    cr_assert_eq(jit_compile("", 0, NULL, &image, &fault), NODEC_EXIT_IO);
}

static jit_image image_of(const char *ir)
{
    nodec_fault fault = { 0 };
    jit_image image;
    cr_assert(!jit_compile(ir, strlen(ir), NULL, &image, &fault), "%s", fault.text);
    return image;
}

#define SEVEN "\ndefine i32 @nodec_entry_3(ptr %args, ptr %p) {\n  ret i32 7\n}\n"

/* Every byte of an image, changed: refused, or loaded, never a crash while loading. */
Test(llvm, broken_images_are_refused)
{
    if (!jitted_here()) return;
    jit_image image = image_of(SEVEN "define float @sum(float %a, float %b) {\n  %c = call float @llvm.fma.f32(float %a, float 0x3FF8000000000000, float %b)\n"
                               "  ret float %c\n}\ndeclare float @llvm.fma.f32(float, float, float)\n");
    unsigned char *copy = malloc(image.bytes);
    setenv("NODEC_JIT", "", 1);             /* LLVM's own loader is not asked */
    for (size_t i = 0; i < image.bytes; i++)
        for (unsigned bit = 0; bit < 8; bit += 3) {
            nodec_fault fault = { 0 };
            nodec_code code;
            memcpy(copy, image.at, image.bytes);
            copy[i] ^= (unsigned char)(1u << bit);
            if (!jit_load(&(jit_image){ copy, image.bytes }, &code, &fault)) code.close(code.self);
            else cr_assert(fault.text[0]);
        }
    for (size_t bytes = 0; bytes < image.bytes; bytes += 7) {
        nodec_fault fault = { 0 };
        nodec_code code;
        if (!jit_load(&(jit_image){ image.at, bytes }, &code, &fault)) code.close(code.self);
    }
    free(copy);
    free(image.at);
}

#if defined __x86_64__
Test(llvm, an_image_is_loaded_without_llvm)
{
    if (!jitted_here()) return;
    jit_image image = image_of(SEVEN);
    nodec_fault fault = { 0 };
    nodec_code code;
    setenv("NODEC_JIT", "", 1);
    cr_assert(!jit_load(&image, &code, &fault), "%s", fault.text);
    cr_assert_eq(code.call(code.self, 3, NULL, 0, NULL), 7);
    code.close(code.self);
    setenv("NODEC_LOADER", "llvm", 1);      /* and by LLVM's loader it is not */
    cr_expect_eq(jit_load(&image, &code, &fault), NODEC_EXIT_IO);
    free(image.at);
}
#endif

Test(llvm, an_entry_that_is_not_there_is_broken)
{
    if (!jitted_here()) return;
    jit_image image = image_of(SEVEN);
    nodec_fault fault = { 0 };
    nodec_code code;
    cr_assert(!jit_load(&image, &code, &fault), "%s", fault.text);
    cr_assert_eq(code.call(code.self, 3, NULL, 0, NULL), 7);
    cr_assert_eq(code.call(code.self, 2, NULL, 0, NULL), NODEC_BROKEN);
    cr_assert_eq(code.call(code.self, 4, NULL, 0, NULL), NODEC_BROKEN);
    cr_assert(code.fault(code.self)[0]);
    code.close(code.self);
    free(image.at);
}

/* With NODEC_PERF, perf finds out what the code of this process is called. */
Test(llvm, perf_is_told_names)
{
    char path[64], line[256] = "";
    bool told = false;
    if (!jitted_here()) return;
    jit_image image = image_of(SEVEN);
    nodec_fault fault = { 0 };
    nodec_code code;
    snprintf(path, sizeof path, "/tmp/perf-%ld.map", (long)getpid());
    setenv("NODEC_PERF", "1", 1);
    cr_assert(!jit_load(&image, &code, &fault), "%s", fault.text);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) told |= strstr(line, " nodec_entry_3\n") != NULL;
    if (file) fclose(file);
    remove(path);
#if defined __x86_64__
    cr_expect(told, "%s", line);
#endif
    code.close(code.self);
    free(image.at);
}

/* ---- much, and at once ------------------------------------------------------------------------------ */

static long resident(void)
{
    long pages = 0, all;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file && fscanf(file, "%ld %ld", &all, &pages) != 2) pages = 0;
    if (file) fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void round_of(const char *ir, const jit_image *kept)
{
    nodec_fault fault = { 0 };
    nodec_code code;
    jit_image image = kept ? *kept : image_of(ir);
    cr_assert(!jit_load(&image, &code, &fault), "%s", fault.text);
    cr_assert_eq(code.call(code.self, 3, NULL, 0, NULL), 7);
    code.close(code.self);
    if (!kept) free(image.at);
}

Test(llvm, a_thousand_rounds_leave_nothing, .timeout = 120)
{
    if (!jitted_here()) return;
    jit_image kept = image_of(SEVEN);
    for (int i = 0; i < 100; i++) round_of(SEVEN, NULL);
    long before = resident();
    for (int i = 0; i < 1000; i++) round_of(SEVEN, NULL);
    for (int i = 0; i < 1000; i++) round_of(SEVEN, &kept);
#if !defined __SANITIZE_ADDRESS__                       /* which keeps what is freed for a while */
    cr_expect_lt(resident() - before, 2048, "%ld KB more after 1,000 rounds", resident() - before);
#endif
    (void)before;
    free(kept.at);
}

Test(llvm, rounds_of_llvms_loader_leave_nothing, .timeout = 120)
{
    if (!jitted_here()) return;
    setenv("NODEC_LOADER", "llvm", 1);
    jit_image kept = image_of(SEVEN);
    for (int i = 0; i < 20; i++) round_of(SEVEN, &kept);
    long before = resident();
    for (int i = 0; i < 200; i++) round_of(SEVEN, &kept);
#if !defined __SANITIZE_ADDRESS__
    cr_expect_lt(resident() - before, 1024, "%ld KB more after 200 rounds", resident() - before);
#endif
    (void)before;
    free(kept.at);
}

static void *rounds(void *ir)
{
    for (int i = 0; i < 20; i++) round_of(ir, NULL);
    return NULL;
}

Test(llvm, several_threads_compile_at_once)
{
    pthread_t thread[4];
    if (!jitted_here()) return;
    for (size_t i = 0; i < COUNT(thread); i++) cr_assert(!pthread_create(&thread[i], NULL, rounds, SEVEN));
    for (size_t i = 0; i < COUNT(thread); i++) pthread_join(thread[i], NULL);
}

/* ---- beside another LLVM ------------------------------------------------------------------------------ */

/* A kernel built by the first OpenCL device, which may well carry an LLVM of its own. */
static void opencl_round(void)
{
    static const char source[] = "__kernel void twice(__global float *x) { x[get_global_id(0)] *= 2; }\n";
    opencl cl;
    opencl_program program;
    nodec_fault fault = { 0 };
    float x = 21;
    if (opencl_open(&cl, &fault)) {
        cr_log_warn("skipped: %s", fault.text);
        return;
    }
    cr_assert(!opencl_build(&program, &cl, &cl.device[0], source, NULL, &fault), "%s", fault.text);
    cl_mem buffer = opencl_buffer(&program, sizeof x, &x, &fault);
    opencl_argument argument = { sizeof buffer, &buffer };
    cr_assert(!opencl_call(&program, "twice", 1, &argument, 1, &fault) && !opencl_read(&program, buffer, 0, sizeof x, &x, &fault), "%s", fault.text);
    cr_assert_eq(x, 42);
    program.api->clReleaseMemObject(buffer);
    opencl_release(&program);
    opencl_close(&cl);
}

Test(opencl, beside_llvm_the_plugin_first)
{
    if (!jitted_here()) return;
    round_of(SEVEN, NULL);
    opencl_round();
    round_of(SEVEN, NULL);
}

Test(opencl, beside_llvm_opencl_first)
{
    if (!jitted_here()) return;
    opencl_round();
    round_of(SEVEN, NULL);
    opencl_round();
}
