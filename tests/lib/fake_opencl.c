/* fake_opencl.c: an OpenCL library that fails on command.
 *
 * Linked with the machine's own, whose functions are found behind these.  What FAKE_OPENCL
 * says goes wrong: no_platform, no_device, no_fp64, no_fma; build (the compiler complains of
 * line 3); memory=N (buffers hold N bytes in all); lost=N (the device is gone after N kernels).
 * trace=FILE is no fault: FILE gets a line for what is queued or waited for, "kernel NAME", "send BYTES",
 * "fetch BYTES", "wait BYTES to" (the device) or "wait BYTES from" (it). */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "opencl_api.h"

static const char *told(const char *what)
{
    const char *says = getenv("FAKE_OPENCL");
    const size_t n = strlen(what);
    return says && !strncmp(says, what, n) ? says + n : NULL;
}

static void *behind(const char *name)
{
    static void *library;
    if (!library) library = dlopen("libOpenCL.so.1", RTLD_NOW | RTLD_LOCAL);
    return library ? dlsym(library, name) : NULL;
}

#define REAL(name, result, ...) ((result (*)(__VA_ARGS__))behind(#name))

cl_int clGetPlatformIDs(cl_uint room, cl_platform_id *id, cl_uint *count);
cl_int clGetPlatformIDs(cl_uint room, cl_platform_id *id, cl_uint *count)
{
    if (!told("no_platform")) return REAL(clGetPlatformIDs, cl_int, cl_uint, cl_platform_id *, cl_uint *)(room, id, count);
    if (count) *count = 0;
    return CL_PLATFORM_NOT_FOUND_KHR;
}

cl_int clGetDeviceIDs(cl_platform_id platform, cl_bitfield type, cl_uint room, cl_device_id *id, cl_uint *count);
cl_int clGetDeviceIDs(cl_platform_id platform, cl_bitfield type, cl_uint room, cl_device_id *id, cl_uint *count)
{
    if (!told("no_device"))
        return REAL(clGetDeviceIDs, cl_int, cl_platform_id, cl_bitfield, cl_uint, cl_device_id *, cl_uint *)(platform, type, room, id, count);
    if (count) *count = 0;
    return CL_DEVICE_NOT_FOUND;
}

cl_int clGetDeviceInfo(cl_device_id id, cl_uint what, size_t size, void *value, size_t *needed);
cl_int clGetDeviceInfo(cl_device_id id, cl_uint what, size_t size, void *value, size_t *needed)
{
    const cl_int code = REAL(clGetDeviceInfo, cl_int, cl_device_id, cl_uint, size_t, void *, size_t *)(id, what, size, value, needed);
    if (value && what == CL_DEVICE_DOUBLE_FP_CONFIG && told("no_fp64")) memset(value, 0, size);
    if (value && what == CL_DEVICE_SINGLE_FP_CONFIG && told("no_fma")) *(cl_ulong *)value &= ~(cl_ulong)CL_FP_FMA;
    return code;
}

/* ---- what happened -------------------------------------------------------------------------------- */

static void trace(const char *what, size_t bytes, const char *name)
{
    static FILE *to;
    const char *path = told("trace=");
    if (!path || (!to && !(to = fopen(path, "w")))) return;
    if (bytes || !*name) fprintf(to, "%s %zu %s\n", what, bytes, name);
    else fprintf(to, "%s %s\n", what, name);
}

static void trace_kernel(cl_kernel kernel)
{
    char name[200] = "";
    if (!told("trace=")) return;
    REAL(clGetKernelInfo, cl_int, cl_kernel, cl_uint, size_t, void *, size_t *)(kernel, 0x1190, sizeof name, name, NULL);
    trace("kernel", 0, name);
}

/* ---- a compiler that complains -------------------------------------------------------------------- */

cl_int clBuildProgram(cl_program program, cl_uint count, const cl_device_id *id, const char *options, void (*notify)(cl_program, void *), void *data);
cl_int clBuildProgram(cl_program program, cl_uint count, const cl_device_id *id, const char *options, void (*notify)(cl_program, void *), void *data)
{
    if (told("build")) return -11;
    return REAL(clBuildProgram, cl_int, cl_program, cl_uint, const cl_device_id *, const char *, void (*)(cl_program, void *), void *)(
        program, count, id, options, notify, data);
}

cl_int clGetProgramBuildInfo(cl_program program, cl_device_id id, cl_uint what, size_t size, void *value, size_t *needed);
cl_int clGetProgramBuildInfo(cl_program program, cl_device_id id, cl_uint what, size_t size, void *value, size_t *needed)
{
    static const char log[] = "input.cl:3:1: error: nobody likes this line\n";
    if (!told("build"))
        return REAL(clGetProgramBuildInfo, cl_int, cl_program, cl_device_id, cl_uint, size_t, void *, size_t *)(program, id, what, size, value, needed);
    if (needed) *needed = sizeof log;
    if (value) memcpy(value, log, size < sizeof log ? size : sizeof log);
    return CL_SUCCESS;
}

/* ---- little memory ---------------------------------------------------------------------------------- */

cl_mem clCreateBuffer(cl_context context, cl_bitfield flags, size_t bytes, void *from, cl_int *code);
cl_mem clCreateBuffer(cl_context context, cl_bitfield flags, size_t bytes, void *from, cl_int *code)
{
    static size_t used;
    const char *room = told("memory=");
    if (room && used + bytes > strtoull(room, NULL, 10)) {
        *code = -4;
        return NULL;
    }
    used += bytes;
    return REAL(clCreateBuffer, cl_mem, cl_context, cl_bitfield, size_t, void *, cl_int *)(context, flags, bytes, from, code);
}

/* ---- a device that goes away -------------------------------------------------------------------------- */

static int lost(int kernel)
{
    static unsigned long kernels;
    const char *after = told("lost=");
    kernels += (unsigned long)kernel;
    return after && kernels > strtoul(after, NULL, 10);
}

cl_int clEnqueueNDRangeKernel(cl_command_queue queue, cl_kernel kernel, cl_uint rank, const size_t *from, const size_t *items,
                              const size_t *group, cl_uint waits, const cl_event *wait, cl_event *event);
cl_int clEnqueueNDRangeKernel(cl_command_queue queue, cl_kernel kernel, cl_uint rank, const size_t *from, const size_t *items,
                              const size_t *group, cl_uint waits, const cl_event *wait, cl_event *event)
{
    if (lost(1)) return -36;
    trace_kernel(kernel);
    return REAL(clEnqueueNDRangeKernel, cl_int, cl_command_queue, cl_kernel, cl_uint, const size_t *, const size_t *, const size_t *, cl_uint,
                const cl_event *, cl_event *)(queue, kernel, rank, from, items, group, waits, wait, event);
}

cl_int clEnqueueReadBuffer(cl_command_queue queue, cl_mem mem, cl_bool wait, size_t at, size_t bytes, void *to, cl_uint waits,
                           const cl_event *list, cl_event *event);
cl_int clEnqueueReadBuffer(cl_command_queue queue, cl_mem mem, cl_bool wait, size_t at, size_t bytes, void *to, cl_uint waits,
                           const cl_event *list, cl_event *event)
{
    if (lost(0)) return -36;
    trace(wait ? "wait" : "fetch", bytes, wait ? "from" : "");
    return REAL(clEnqueueReadBuffer, cl_int, cl_command_queue, cl_mem, cl_bool, size_t, size_t, void *, cl_uint, const cl_event *, cl_event *)(
        queue, mem, wait, at, bytes, to, waits, list, event);
}

cl_int clEnqueueWriteBuffer(cl_command_queue queue, cl_mem mem, cl_bool wait, size_t at, size_t bytes, const void *from, cl_uint waits,
                            const cl_event *list, cl_event *event);
cl_int clEnqueueWriteBuffer(cl_command_queue queue, cl_mem mem, cl_bool wait, size_t at, size_t bytes, const void *from, cl_uint waits,
                            const cl_event *list, cl_event *event)
{
    trace(wait ? "wait" : "send", bytes, wait ? "to" : "");
    return REAL(clEnqueueWriteBuffer, cl_int, cl_command_queue, cl_mem, cl_bool, size_t, size_t, const void *, cl_uint, const cl_event *,
                cl_event *)(queue, mem, wait, at, bytes, from, waits, list, event);
}

cl_int clFinish(cl_command_queue queue);
cl_int clFinish(cl_command_queue queue)
{
    trace("wait", 0, "");
    return REAL(clFinish, cl_int, cl_command_queue)(queue);
}
