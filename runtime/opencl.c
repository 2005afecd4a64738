/* opencl.c: see opencl.h. */
#include "opencl.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- the library ------------------------------------------------------------------------- */

static const char *const libraries[] = {"libOpenCL.so.1", "libOpenCL.so"};

static int open_library(opencl_api *api, nodec_fault *fault)
{
    const char *own = getenv("NODEC_OPENCL");
    if (own && *own) api->library = dlopen(own, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; !(own && *own) && !api->library && i < sizeof libraries / sizeof *libraries; i++)
        api->library = dlopen(libraries[i], RTLD_NOW | RTLD_LOCAL);
    if (!api->library) {
        fault_set(fault, NODEC_EXIT_IO, "there is no OpenCL library here: %s was not found", own && *own ? own : libraries[0]);
        fault_note(fault, "install the package ocl-icd-libopencl1 and a device's driver, for the processor pocl-opencl-icd");
        return fault->status;
    }
    const char *missing = NULL;
#define FIND(result, name, args) \
    if (!(*(void **)&api->name = dlsym(api->library, #name))) missing = #name;
    OPENCL_FUNCTIONS(FIND)
#undef FIND
    return missing ? fault_set(fault, NODEC_EXIT_IO, "the OpenCL library has no %s; version 1.2 is needed", missing) : 0;
}

/* ---- devices ------------------------------------------------------------------------------ */

static void text_of(const opencl_api *api, cl_device_id id, cl_uint what, char text[128])
{
    char whole[1024] = "";
    api->clGetDeviceInfo(id, what, sizeof whole - 1, whole, NULL);
    snprintf(text, 128, "%.127s", whole + strspn(whole, " "));
    for (size_t n = strlen(text); n && text[n - 1] == ' ';) text[--n] = 0;
}

static cl_ulong number_of(const opencl_api *api, cl_device_id id, cl_uint what)
{
    cl_ulong value = 0;
    return api->clGetDeviceInfo(id, what, sizeof value, &value, NULL) == CL_SUCCESS ? value : 0;
}

static unsigned count_of(const opencl_api *api, cl_device_id id, cl_uint what)
{
    cl_uint value = 0;
    return api->clGetDeviceInfo(id, what, sizeof value, &value, NULL) == CL_SUCCESS ? value : 0;
}

static opencl_device describe(const opencl_api *api, cl_platform_id platform, cl_device_id id)
{
    opencl_device d = {.platform = platform, .id = id};
    text_of(api, id, CL_DEVICE_NAME, d.name);
    text_of(api, id, CL_DEVICE_VERSION, d.version);
    text_of(api, id, CL_DRIVER_VERSION, d.driver);
    d.type = number_of(api, id, CL_DEVICE_TYPE);
    d.units = count_of(api, id, CL_DEVICE_MAX_COMPUTE_UNITS);
    d.memory = number_of(api, id, CL_DEVICE_GLOBAL_MEM_SIZE);
    d.local = number_of(api, id, CL_DEVICE_LOCAL_MEM_SIZE);
    d.single = number_of(api, id, CL_DEVICE_SINGLE_FP_CONFIG);
    d.lanes_f32 = count_of(api, id, CL_DEVICE_PREFERRED_VECTOR_WIDTH_FLOAT);
    if (number_of(api, id, CL_DEVICE_DOUBLE_FP_CONFIG))
        d.lanes_f64 = count_of(api, id, CL_DEVICE_PREFERRED_VECTOR_WIDTH_DOUBLE);
    d.available = count_of(api, id, CL_DEVICE_AVAILABLE) != 0;
    return d;
}

static void add_devices(opencl *cl, unsigned number, cl_platform_id platform)
{
    cl_device_id id[64];
    cl_uint count = 0;
    char name[1024] = "";
    if (cl->api.clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 64, id, &count) != CL_SUCCESS) return;
    if (count > 64) count = 64;
    opencl_device *more = realloc(cl->device, (cl->devices + count) * sizeof *more);
    if (!more) return;
    cl->device = more;
    cl->api.clGetPlatformInfo(platform, CL_PLATFORM_NAME, sizeof name - 1, name, NULL);
    for (unsigned i = 0; i < count; i++) {
        opencl_device *d = &cl->device[cl->devices++];
        *d = describe(&cl->api, platform, id[i]);
        snprintf(d->platform_name, sizeof d->platform_name, "%.127s", name);
        d->platform_number = number;
        d->number = i;
    }
}

int opencl_open(opencl *cl, nodec_fault *fault)
{
    cl_platform_id platform[64];
    cl_uint count = 0;
    *cl = (opencl){0};
    if (open_library(&cl->api, fault)) return fault->status;
    if (cl->api.clGetPlatformIDs(64, platform, &count) != CL_SUCCESS) count = 0;
    if (!count) {
        fault_set(fault, NODEC_EXIT_IO, "there is no OpenCL platform here: no driver is installed");
        fault_note(fault, "for the processor install the package pocl-opencl-icd; for a GPU, its vendor's driver");
        return fault->status;
    }
    for (unsigned i = 0; i < count && i < 64; i++) add_devices(cl, i, platform[i]);
    if (cl->devices) return 0;
    return fault_set(fault, NODEC_EXIT_IO, "no OpenCL platform of the %u here has a device", count);
}

void opencl_close(opencl *cl)
{
    free(cl->device);
    if (cl->api.library) dlclose(cl->api.library);
    *cl = (opencl){0};
}

/* ---- in words ------------------------------------------------------------------------------ */

static const char *kind_of(const opencl_device *d)
{
    return d->type & CL_DEVICE_TYPE_GPU ? "GPU" : d->type & CL_DEVICE_TYPE_CPU ? "CPU"
         : d->type & CL_DEVICE_TYPE_ACCELERATOR ? "accelerator" : "device";
}

const char *opencl_loses(const opencl_device *d)
{
    if (!(d->single & CL_FP_FMA)) return "fma is not fused: results differ in the last bits";
    if (!(d->single & CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT)) return "division and sqrt may be off in the last bit";
    if (!(d->single & CL_FP_DENORM)) return "numbers below 1.2e-38 become 0";
    return NULL;
}

static void print_size(FILE *out, cl_ulong bytes)
{
    if (bytes >= 1ull << 30) fprintf(out, "%.1f GiB", (double)bytes / (1 << 30));
    else fprintf(out, "%" PRIu64 " KiB", bytes >> 10);
}

void opencl_print(const opencl *cl, FILE *out)
{
    for (size_t i = 0; i < cl->devices; i++) {
        const opencl_device *d = &cl->device[i];
        if (!i || d->platform_number != d[-1].platform_number) fprintf(out, "%s\n", d->platform_name);
        fprintf(out, "  opencl:%u:%u  %s, %s%s\n", d->platform_number, d->number, d->name, kind_of(d),
                d->available ? "" : ", not available");
        fprintf(out, "      %s, driver %s\n      %u compute units, memory ", d->version, d->driver, d->units);
        print_size(out, d->memory);
        fputs(", local ", out);
        print_size(out, d->local);
        fprintf(out, "\n      vectors of %u float", d->lanes_f32);
        if (d->lanes_f64) fprintf(out, ", %u double\n", d->lanes_f64);
        else fputs("; no fp64\n", out);
        fprintf(out, "      %s\n", opencl_loses(d) ? opencl_loses(d) : "float arithmetic gives the bits of the CPU");
    }
}

static void print_string(FILE *out, const char *name, const char *text)
{
    fprintf(out, "\"%s\": \"", name);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') fputc('\\', out);
        if ((unsigned char)*text >= ' ') fputc(*text, out);
    }
    fputs("\", ", out);
}

void opencl_print_json(const opencl *cl, FILE *out)
{
    for (size_t i = 0; i < cl->devices; i++) {
        const opencl_device *d = &cl->device[i];
        fprintf(out, "%s{ \"device\": \"opencl:%u:%u\", ", i ? ",\n  " : "[ ", d->platform_number, d->number);
        print_string(out, "platform", d->platform_name);
        print_string(out, "name", d->name);
        print_string(out, "kind", kind_of(d));
        print_string(out, "version", d->version);
        print_string(out, "driver", d->driver);
        fprintf(out, "\"units\": %u, \"memory\": %" PRIu64 ", \"local\": %" PRIu64 ", \"float\": %u, \"double\": %u, \"same_bits\": %s }",
                d->units, d->memory, d->local, d->lanes_f32, d->lanes_f64, opencl_loses(d) ? "false" : "true");
    }
    fputs(" ]\n", out);
}
