/* opencl.h: which OpenCL devices this machine has.
 *
 * The library of the system (ocl-icd, or a vendor's) is opened when somebody asks;
 * nothing links it.  A machine without it, without a platform or without a device
 * is a fault that says so.                                                        */
#ifndef NODEC_OPENCL_H
#define NODEC_OPENCL_H

#include <stdbool.h>
#include <stdio.h>

#include "fault.h"
#include "opencl_api.h"

typedef struct opencl_device {
    cl_platform_id platform;
    cl_device_id   id;
    unsigned platform_number, number;       /* as in --device opencl:0:0            */
    char     platform_name[128], name[128], version[128], driver[128];
    cl_ulong type;                          /* CL_DEVICE_TYPE_CPU ...               */
    unsigned units;                         /* compute units                        */
    cl_ulong memory, local;                 /* bytes: global, and per work-group    */
    unsigned lanes_f32, lanes_f64;          /* preferred vector widths; 0: no fp64  */
    cl_ulong single;                        /* CL_FP_... of floats                  */
    bool     available;
} opencl_device;

typedef struct opencl {
    opencl_api     api;
    opencl_device *device;                  /* of all platforms, in their order     */
    size_t         devices;
} opencl;

/* Opens the library and asks for all devices; returns an exit status.             */
int  opencl_open(opencl *, nodec_fault *);
void opencl_close(opencl *);

/* One line per device under one per platform, or one JSON array.                  */
void opencl_print(const opencl *, FILE *);
void opencl_print_json(const opencl *, FILE *);

/* What a device cannot promise of the bits of floats, in words; NULL: nothing.    */
const char *opencl_loses(const opencl_device *);

#endif
