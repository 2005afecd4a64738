/* cl.h: what the files of the OpenCL back end share.
 *
 * It is the C back end with other vectors (cl_shim.in), pointers that say which
 * memory they are to, and kernels in place of public functions.
 *
 * cl.c         puts a source and its header together, from cl_file.in
 * cl_kernel.c  entries as kernels                                                 */
#ifndef ND_CL_H
#define ND_CL_H

#include "back/c_print.h"

/* An entry is up to three kernels; the loop over blocks becomes the range of the middle one. */
typedef enum ClPhase { CL_BEGIN, CL_BLOCKS, CL_END, CL_PHASES } ClPhase;

uint32_t    cl_block(const Program *, uint32_t entry);          /* samples of a work-item */
bool        cl_has(const CPart *, const ClEntry *, ClPhase);
const char *cl_kernel_name(CFile *, const CPart *, const ClEntry *, ClPhase);
void        cl_name_functions(CFile *, CPart *);
BackCall   *cl_calls(CFile *, const CPart *);                   /* by function     */
void        cl_print_kernels(CFile *, const CPart *, Text *);

#endif
