/* opencl_api.h: the part of OpenCL 1.2 that we call, found at run time.
 *
 * Nothing is linked: the library is opened by name and each row of the table
 * below becomes a pointer.  Names, types and numbers are those of the standard
 * (Khronos, The OpenCL Specification 1.2, 4-5), so no header of it is needed to
 * build.                                                                         */
#ifndef NODEC_OPENCL_API_H
#define NODEC_OPENCL_API_H

#include <stddef.h>
#include <stdint.h>

typedef int32_t  cl_int;
typedef uint32_t cl_uint, cl_bool;
typedef uint64_t cl_ulong, cl_bitfield;
typedef intptr_t cl_properties;

typedef struct cl_platform *cl_platform_id;
typedef struct cl_device   *cl_device_id;
typedef struct cl_context_ *cl_context;
typedef struct cl_queue    *cl_command_queue;
typedef struct cl_mem_     *cl_mem;
typedef struct cl_program_ *cl_program;
typedef struct cl_kernel_  *cl_kernel;
typedef struct cl_event_   *cl_event;

enum { CL_SUCCESS = 0, CL_DEVICE_NOT_FOUND = -1, CL_PLATFORM_NOT_FOUND_KHR = -1001 };
enum { CL_DEVICE_TYPE_CPU = 2, CL_DEVICE_TYPE_GPU = 4, CL_DEVICE_TYPE_ACCELERATOR = 8 };
#define CL_DEVICE_TYPE_ALL ((cl_bitfield)0xFFFFFFFF)

enum { CL_PLATFORM_VERSION = 0x901, CL_PLATFORM_NAME = 0x902 };

enum {
    CL_DEVICE_TYPE = 0x1000, CL_DEVICE_MAX_COMPUTE_UNITS = 0x1002,
    CL_DEVICE_PREFERRED_VECTOR_WIDTH_FLOAT = 0x100A, CL_DEVICE_PREFERRED_VECTOR_WIDTH_DOUBLE = 0x100B,
    CL_DEVICE_SINGLE_FP_CONFIG = 0x101B, CL_DEVICE_GLOBAL_MEM_SIZE = 0x101F,
    CL_DEVICE_LOCAL_MEM_SIZE = 0x1023, CL_DEVICE_AVAILABLE = 0x1027, CL_DEVICE_NAME = 0x102B,
    CL_DRIVER_VERSION = 0x102D, CL_DEVICE_VERSION = 0x102F, CL_DEVICE_DOUBLE_FP_CONFIG = 0x1032
};

/* Bits of SINGLE_FP_CONFIG that results depend on. */
enum { CL_FP_DENORM = 1, CL_FP_FMA = 32, CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT = 128 };

enum { CL_MEM_READ_WRITE = 1, CL_MEM_COPY_HOST_PTR = 32 };
enum { CL_PROGRAM_BUILD_LOG = 0x1183, CL_PROGRAM_BINARY_SIZES = 0x1165, CL_PROGRAM_BINARIES = 0x1166 };

#define OPENCL_FUNCTIONS(F)                                                                                     \
    F(cl_int, clGetPlatformIDs, (cl_uint, cl_platform_id *, cl_uint *))                                         \
    F(cl_int, clGetPlatformInfo, (cl_platform_id, cl_uint, size_t, void *, size_t *))                           \
    F(cl_int, clGetDeviceIDs, (cl_platform_id, cl_bitfield, cl_uint, cl_device_id *, cl_uint *))                \
    F(cl_int, clGetDeviceInfo, (cl_device_id, cl_uint, size_t, void *, size_t *))                               \
    F(cl_context, clCreateContext, (const cl_properties *, cl_uint, const cl_device_id *,                       \
                                    void (*)(const char *, const void *, size_t, void *), void *, cl_int *))    \
    F(cl_int, clReleaseContext, (cl_context))                                                                   \
    F(cl_command_queue, clCreateCommandQueue, (cl_context, cl_device_id, cl_bitfield, cl_int *))                \
    F(cl_int, clReleaseCommandQueue, (cl_command_queue))                                                        \
    F(cl_mem, clCreateBuffer, (cl_context, cl_bitfield, size_t, void *, cl_int *))                              \
    F(cl_int, clReleaseMemObject, (cl_mem))                                                                     \
    F(cl_program, clCreateProgramWithSource, (cl_context, cl_uint, const char **, const size_t *, cl_int *))    \
    F(cl_program, clCreateProgramWithBinary, (cl_context, cl_uint, const cl_device_id *, const size_t *,        \
                                              const unsigned char **, cl_int *, cl_int *))                      \
    F(cl_int, clGetProgramInfo, (cl_program, cl_uint, size_t, void *, size_t *))                                \
    F(cl_int, clBuildProgram, (cl_program, cl_uint, const cl_device_id *, const char *,                         \
                               void (*)(cl_program, void *), void *))                                           \
    F(cl_int, clGetProgramBuildInfo, (cl_program, cl_device_id, cl_uint, size_t, void *, size_t *))             \
    F(cl_int, clReleaseProgram, (cl_program))                                                                   \
    F(cl_kernel, clCreateKernel, (cl_program, const char *, cl_int *))                                          \
    F(cl_int, clSetKernelArg, (cl_kernel, cl_uint, size_t, const void *))                                       \
    F(cl_int, clReleaseKernel, (cl_kernel))                                                                     \
    F(cl_int, clEnqueueNDRangeKernel, (cl_command_queue, cl_kernel, cl_uint, const size_t *, const size_t *,    \
                                       const size_t *, cl_uint, const cl_event *, cl_event *))                  \
    F(cl_int, clEnqueueReadBuffer, (cl_command_queue, cl_mem, cl_bool, size_t, size_t, void *, cl_uint,         \
                                    const cl_event *, cl_event *))                                              \
    F(cl_int, clEnqueueWriteBuffer, (cl_command_queue, cl_mem, cl_bool, size_t, size_t, const void *, cl_uint,  \
                                     const cl_event *, cl_event *))                                             \
    F(cl_int, clFlush, (cl_command_queue))                                                                       \
    F(cl_int, clFinish, (cl_command_queue))

typedef struct opencl_api {
    void *library;
#define OPENCL_MEMBER(result, name, args) result (*name) args;
    OPENCL_FUNCTIONS(OPENCL_MEMBER)
#undef OPENCL_MEMBER
} opencl_api;

#endif
