/* cl.h: what the files of the OpenCL back end share.
 *
 * It is the C back end with other vectors (cl_shim.in), pointers that say which
 * memory they are to, and kernels in place of public functions.
 *
 * cl.c         puts a source and its header together, from cl_file.in
 * cl_kernel.c  entries of fields as kernels
 * cl_launch.c  entries as launches of kernels
 * cl_host.c    the host of a launch as data, for an engine
 * cl_told.c    ... as C, to copy from; what the header says of kernels
 * cl_model.c   header and host of a model                                         */
#ifndef ND_CL_H
#define ND_CL_H

#include "back/c_print.h"
#include "loop/launch.h"

/* An entry is up to three kernels; the loop over blocks becomes the range of the middle one. */
typedef enum ClPhase { CL_BEGIN, CL_BLOCKS, CL_END, CL_PHASES } ClPhase;

uint32_t    cl_block(const Program *, uint32_t entry);          /* samples of a work-item */
bool        cl_has(const CPart *, const ClEntry *, ClPhase);
const char *cl_kernel_name(CFile *, const CPart *, const ClEntry *, ClPhase);
void        cl_name_functions(CFile *, CPart *);
void        cl_calls(CFile *, const CPart *, BackCall *);       /* by function     */
void        cl_print_kernels(CFile *, const CPart *, Text *);
/* A function as a kernel; item: the variable that is the number of the work-item, or 0. */
void        cl_print_kernel(Printer *, const char *note, Var item);
const char *cl_letters(Arena *, const Program *, const LFn *);  /* see BackCall    */
const bool *cl_arrays_in(Arena *, const Program *, Space);      /* by variable     */

/* ---- launches ----------------------------------------------------------------------------- */

typedef struct ClLaunch {
    const char  *name;              /* "train"                                     */
    Launch       launch;
    const char **kernel;            /* their names in the file                     */
    uint32_t    *printed, *group;   /* functions that are printed for them; items of a group */
} ClLaunch;

LoweredModel *cl_launched(Arena *, const LoweredModel *);       /* with a Program of its own */
Lowered      *cl_launched_field(Arena *, const Lowered *);
void          cl_launch_entries(CFile *, CPart *);              /* a model's: fills CPart.launch */
void          cl_launch_calls(CFile *, const CPart *, BackCall *);      /* by function */
void          cl_print_launches(CFile *, const CPart *, Text *);
void          cl_print_model(CFile *, const CPart *, const CHoles *common, const char *section, Text *);     /* cl_model.c */
/* An entry more, of the part's own Program; then, after the last, names; whether kernels are wanted. */
void          cl_launch_add(CFile *, CPart *, Program *, const char *name, uint32_t entry);
void          cl_launch_names(CFile *, CPart *);
void          cl_launch_want(CPart *, bool);
const char   *cl_told_kernels(CFile *, const CPart *);                  /* cl_told.c  */
const char   *cl_told_host(CFile *, const CPart *, const char *const *launch, size_t count);
const struct launch *cl_host_of(Arena *, const Program *, const ClLaunch *);   /* cl_host.c */

#endif
