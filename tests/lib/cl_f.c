/* cl_f.c: dx/dt of 300 states by the kernel of lorenz.cl, in either form: beside lorenz_cl.c and with its main. */
#define main host_to_copy_from
#include "lorenz_cl.c"
#undef main

int main(int argc, char **argv)
{
    enum { MANY = 300 };
    const cl_long batch = MANY, t_stride = 0;
    cl_platform_id platform;
    cl_device_id device;
    cl_int code;
    cl_uint k = 0;
    int i;
    real x[MANY*3], dx[MANY*3], weights[3] = { 10, 28, (real)2.5 };
    check(clGetPlatformIDs(1, &platform, NULL), "platform");
    check(clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 1, &device, NULL), "device");
    cl_context context = clCreateContext(NULL, 1, &device, NULL, NULL, &code);
    cl_command_queue queue = clCreateCommandQueue(context, device, 0, &code);
    cl_program program = build(context, device, argv[argc - 1]);
    for (i = 0; i < MANY*3; i++) x[i] = (real)(i%17) - 8;
    cl_mem at = numbers(context, 1, 0), from = numbers(context, MANY*3, 0), theta = numbers(context, 3, 0), to = numbers(context, MANY*3, 0);
    check(clEnqueueWriteBuffer(queue, from, CL_TRUE, 0, sizeof x, x, 0, NULL, NULL), "x");
    check(clEnqueueWriteBuffer(queue, theta, CL_TRUE, 0, sizeof weights, weights, 0, NULL, NULL), "theta");
#ifdef LORENZ_LORENZ_KERNEL_GROUPS
    const cl_long blocks = (MANY + 127)/128;
    const size_t items = 128*(size_t)blocks, group = 128;
    cl_mem status = numbers(context, 1, 0);
    cl_kernel kernel = clCreateKernel(program, "lorenz_lorenz_f_batch_all_block", &code);
#else
    const size_t items = (MANY + LORENZ_LORENZ_F_BLOCK - 1)/LORENZ_LORENZ_F_BLOCK, group = 1;
    cl_kernel kernel = clCreateKernel(program, "lorenz_lorenz_f", &code);
#endif
    check(code, "kernel");
    clSetKernelArg(kernel, k++, sizeof batch, &batch);
    clSetKernelArg(kernel, k++, sizeof at, &at);
    clSetKernelArg(kernel, k++, sizeof t_stride, &t_stride);
    clSetKernelArg(kernel, k++, sizeof from, &from);
    clSetKernelArg(kernel, k++, sizeof theta, &theta);
    clSetKernelArg(kernel, k++, sizeof to, &to);
#ifdef LORENZ_LORENZ_KERNEL_GROUPS
    clSetKernelArg(kernel, k++, sizeof blocks, &blocks);
    clSetKernelArg(kernel, k++, sizeof status, &status);
#endif
    check(clEnqueueNDRangeKernel(queue, kernel, 1, NULL, &items, &group, 0, NULL, NULL), "launch");
    check(clEnqueueReadBuffer(queue, to, CL_TRUE, 0, sizeof dx, dx, 0, NULL, NULL), "dx");
    for (i = 0; i < MANY*3; i++) printf("%.9g\n", (double)dx[i]);
    return 0;
}
