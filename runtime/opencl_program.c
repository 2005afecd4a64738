/* opencl_program.c: see opencl_program.h. */
#include "opencl_program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what went wrong --------------------------------------------------------------------- */

static const struct { cl_int code; const char *text; } errors[] = {
    {-1, "there is no such device"},          {-2, "the device is not available"},
    {-3, "the device has no compiler"},       {-4, "there is not enough memory on the device"},
    {-5, "the device is out of resources"},   {-6, "there is not enough memory on the host"},
    {-11, "the program does not build"},      {-14, "an earlier kernel failed"},
    {-36, "the device was lost"},             {-45, "the program was not built for this device"},
    {-46, "there is no such kernel"},         {-48, "that is no kernel"},
    {-51, "an argument has the wrong size"},  {-52, "not all arguments are set"},
    {-61, "the buffer is larger than the device allows"},
};
enum { NO_SUCH_KERNEL = -46 };

static const char *words_of(cl_int code)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].code == code) return errors[i].text;
    return "the driver gave no reason we know";
}

int opencl_failed(const opencl_program *p, const char *what, cl_int code, nodec_fault *fault)
{
    return fault_set(fault, NODEC_EXIT_IO, "%s on %s: %s (OpenCL error %d)", what, p->device->name, words_of(code), (int)code);
}

/* ---- devices by name ------------------------------------------------------------------------ */

const opencl_device *opencl_choose(const opencl *cl, const char *name, nodec_fault *fault)
{
    unsigned platform = 0, number = 0;
    int end = -1;
    const size_t length = strlen(name);
    if (!strcmp(name, "opencl")) end = (int)length;
    else if (sscanf(name, "opencl:%u%n", &platform, &end) != 1 || (size_t)end != length)
        if (sscanf(name, "opencl:%u:%u%n", &platform, &number, &end) != 2) end = -1;
    if (end < 0 || (size_t)end != length) {
        fault_set(fault, NODEC_EXIT_USAGE, "no device is called %s; it is opencl, opencl:PLATFORM or opencl:PLATFORM:DEVICE", name);
        return NULL;
    }
    for (size_t i = 0; i < cl->devices; i++)
        if (cl->device[i].platform_number == platform && cl->device[i].number == number) return &cl->device[i];
    fault_set(fault, NODEC_EXIT_USAGE, "there is no device %s here; `nodec devices` lists them", name);
    return NULL;
}

/* ---- programs --------------------------------------------------------------------------------- */

/* The line of the kernels that the log is about, from its first "...:12:5: error". */
static void note_line(const char *log, const char *text, nodec_fault *fault)
{
    const char *at = strstr(log, "error");
    unsigned long line = 0;
    while (at && at > log && at[-1] != '\n') at--;
    for (const char *number = at; number && (number = strchr(number, ':')) && *number; number++)
        if (sscanf(number, ":%lu:", &line) == 1) break;
    for (unsigned long k = 1; k < line && (text = strchr(text, '\n')); k++) text++;
    if (line && text) fault_note(fault, "line %lu is: %.*s", line, (int)strcspn(text, "\n"), text);
}

/* The beginning of the device's log: as much as a fault holds. */
static void note_log(const opencl_program *p, const char *text, nodec_fault *fault)
{
    size_t size = 0;
    p->api->clGetProgramBuildInfo(p->program, p->device->id, CL_PROGRAM_BUILD_LOG, 0, NULL, &size);
    char *log = calloc(size + 1, 1);
    if (log && p->api->clGetProgramBuildInfo(p->program, p->device->id, CL_PROGRAM_BUILD_LOG, size, log, NULL) == CL_SUCCESS) {
        note_line(log, text, fault);
        fault_note(fault, "its compiler says:\n%.700s", log);
    }
    free(log);
}

static const char *build_options(const opencl_device *d)
{
    return d->single & CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT ? "-cl-fp32-correctly-rounded-divide-sqrt" : "";
}

static cache_key key_of(const opencl_device *d, const char *text)
{
    cache_key key = cache_key_new();
    const char *const what[] = {text, build_options(d), d->platform_name, d->name, d->version, d->driver};
    for (size_t i = 0; i < sizeof what / sizeof *what; i++) cache_mix_text(&key, what[i]);
    return key;
}

/* True if the cache had a binary that the device takes. */
static bool build_again(opencl_program *p, const cache *kept)
{
    size_t bytes;
    cl_int code, good = CL_SUCCESS;
    unsigned char *binary = cache_read(kept, p->key, "opencl", &bytes);
    const unsigned char *from = binary;
    if (!binary) return false;
    p->program = p->api->clCreateProgramWithBinary(p->context, 1, &p->device->id, &bytes, &from, &good, &code);
    free(binary);
    if (!p->program) return false;
    if (good == CL_SUCCESS && p->api->clBuildProgram(p->program, 1, &p->device->id, build_options(p->device), NULL, NULL) == CL_SUCCESS)
        return true;
    p->api->clReleaseProgram(p->program);
    p->program = NULL;
    return false;
}

void opencl_remember(const opencl_program *p, const cache *kept)
{
    size_t bytes = 0;
    if (!p->anew) return;
    if (p->api->clGetProgramInfo(p->program, CL_PROGRAM_BINARY_SIZES, sizeof bytes, &bytes, NULL) != CL_SUCCESS || !bytes) return;
    unsigned char *binary = malloc(bytes);
    if (binary && p->api->clGetProgramInfo(p->program, CL_PROGRAM_BINARIES, sizeof binary, &binary, NULL) == CL_SUCCESS)
        cache_write(kept, p->key, "opencl", binary, bytes);
    free(binary);
}

static int build_text(opencl_program *p, const char *text, nodec_fault *fault)
{
    cl_int code;
    p->program = p->api->clCreateProgramWithSource(p->context, 1, &text, NULL, &code);
    if (!p->program) return opencl_failed(p, "reading the program", code, fault);
    code = p->api->clBuildProgram(p->program, 1, &p->device->id, build_options(p->device), NULL, NULL);
    if (code == CL_SUCCESS) return 0;
    opencl_failed(p, "building the program", code, fault);
    note_log(p, text, fault);
    return fault->status;
}

int opencl_build(opencl_program *p, const opencl *cl, const opencl_device *device, const char *text, const cache *kept, nodec_fault *fault)
{
    const opencl_api *api = &cl->api;
    const cl_properties properties[] = {0x1084, (cl_properties)device->platform, 0};       /* CL_CONTEXT_PLATFORM */
    cl_int code;
    *p = (opencl_program){.api = api, .device = device, .key = key_of(device, text)};
    p->context = api->clCreateContext(properties, 1, &device->id, NULL, NULL, &code);
    if (!p->context) return opencl_failed(p, "making a context", code, fault);
    p->queue = api->clCreateCommandQueue(p->context, device->id, 0, &code);
    if (!p->queue) return opencl_failed(p, "making a queue", code, fault);
    if (kept && build_again(p, kept)) return 0;
    p->anew = true;
    return build_text(p, text, fault);
}

void opencl_release(opencl_program *p)
{
    if (p->program) p->api->clReleaseProgram(p->program);
    if (p->queue) p->api->clReleaseCommandQueue(p->queue);
    if (p->context) p->api->clReleaseContext(p->context);
    *p = (opencl_program){0};
}

/* ---- buffers ------------------------------------------------------------------------------------ */

cl_mem opencl_buffer(const opencl_program *p, size_t bytes, const void *from, nodec_fault *fault)
{
    cl_int code;
    /* the pointer is const to a copying flag, whatever its type says */
    cl_mem buffer = p->api->clCreateBuffer(p->context, CL_MEM_READ_WRITE | (from ? CL_MEM_COPY_HOST_PTR : 0),
                                           bytes ? bytes : 1, (void *)(uintptr_t)from, &code);
    if (buffer) return buffer;
    opencl_failed(p, "making a buffer", code, fault);
    fault_note(fault, "%zu bytes were asked for; the device has %llu in all", bytes, (unsigned long long)p->device->memory);
    return NULL;
}

int opencl_read(const opencl_program *p, cl_mem buffer, size_t at, size_t bytes, void *to, nodec_fault *fault)
{
    const cl_int code = p->api->clEnqueueReadBuffer(p->queue, buffer, 1, at, bytes, to, 0, NULL, NULL);
    return code == CL_SUCCESS ? 0 : opencl_failed(p, "reading results", code, fault);
}

int opencl_write(const opencl_program *p, cl_mem buffer, size_t at, size_t bytes, const void *from, bool wait, nodec_fault *fault)
{
    const cl_int code = p->api->clEnqueueWriteBuffer(p->queue, buffer, wait, at, bytes, from, 0, NULL, NULL);
    return code == CL_SUCCESS ? 0 : opencl_failed(p, "sending data", code, fault);
}

/* ---- calls --------------------------------------------------------------------------------------- */

static int run_kernel(const opencl_program *p, const char *name, bool optional, size_t items,
                      const opencl_argument *argument, size_t count, nodec_fault *fault)
{
    const size_t one = 1;
    cl_int code;
    cl_kernel kernel = p->api->clCreateKernel(p->program, name, &code);
    if (!kernel && optional && code == NO_SUCH_KERNEL) return 0;
    if (!kernel) return opencl_failed(p, name, code, fault);
    for (size_t i = 0; i < count && code == CL_SUCCESS; i++)
        code = p->api->clSetKernelArg(kernel, (cl_uint)i, argument[i].size, argument[i].value);
    if (code == CL_SUCCESS) code = p->api->clEnqueueNDRangeKernel(p->queue, kernel, 1, NULL, &items, &one, 0, NULL, NULL);
    p->api->clReleaseKernel(kernel);
    return code == CL_SUCCESS ? 0 : opencl_failed(p, name, code, fault);
}

int opencl_call(const opencl_program *p, const char *name, size_t blocks, const opencl_argument *argument, size_t count, nodec_fault *fault)
{
    static const char *const suffix[] = {"_begin", "", "_end"};
    for (int i = 0; i < 3; i++) {
        char full[512];
        if (snprintf(full, sizeof full, "%s%s", name, suffix[i]) >= (int)sizeof full)
            return fault_set(fault, NODEC_EXIT_BUG, "a kernel's name is too long: %s", name);
        if (run_kernel(p, full, i != 1, i == 1 ? blocks : 1, argument, count, fault)) return fault->status;
    }
    return 0;
}

int opencl_wait(const opencl_program *p, nodec_fault *fault)
{
    const cl_int code = p->api->clFinish(p->queue);
    return code == CL_SUCCESS ? 0 : opencl_failed(p, "running", code, fault);
}
