/* live.h: what was lowered, as running code, by one of the engines:
 *
 *     llvm    its entries compiled in this process, driven by tables (live_llvm.c)
 *     cc      the whole module as C, compiled by the system's compiler (runtime/load.c)
 *     opencl  its entries as kernels, likewise, on a device (live_opencl.c)
 *
 * All give the same bits. */
#ifndef ND_LIVE_H
#define ND_LIVE_H

#include "back/back.h"
#include "cache_file.h"
#include "jit.h"
#include "run.h"
#include "serve.h"

typedef struct LiveHow {
    Arena      *arena;
    const char *engine;             /* NULL: llvm where the plugin is, and else cc  */
    const char *device;             /* "opencl:0": there; NULL: the CPU             */
    bool        cache;
    const cache_key *same;          /* of all that what is lowered depends on; NULL: nobody says  */
    nodec_profile *profile;         /* of llvm and cc; or NULL                      */
    EmitOptions emit;
} LiveHow;

typedef struct Live {
    const nodec_module *module;     /* one of them                                 */
    const nodec_model  *model;
    const char *engine;             /* that runs it                                */
    const char *device, *loses;     /* OpenCL: the device's own name; which guarantee is lost there, or NULL */
    nodec_engine *loaded;           /* whose it is: of cc,                         */
    served       *served;           /*   and of the others                         */
} Live;

/* Of what: the only field or model. NULL or why not. Whatever fails is about files and
 * programs, or a bug: the model itself has been checked by now.                    */
bool live_open(Live *, const LiveHow *, const EmitInput *, nodec_fault *);
void live_close(Live *);
/* What was opened before with the same key, without lowering it again; false: live_open is
 * to do it, and will be found the next time.                                       */
bool live_again(Live *, const LiveHow *);
bool live_engine(const char *name);             /* is there one of that name?       */

/* Where statements come from, as a profile wants to know it; without one, nothing.  */
nodec_watch live_watch(const LiveHow *, const EmitInput *);

served *live_llvm(const LiveHow *, const EmitInput *, nodec_fault *);       /* NODEC_EXIT_IO: there is no LLVM */
served *live_llvm_again(const LiveHow *);           /* NULL: it has not been, or not any more */
/* What LLVM makes of a text, for jit_load and free(); out of the cache, if it was kept. */
bool live_image(const char *ir, size_t length, bool keep, jit_image *, nodec_fault *);
served *live_opencl(Live *, const LiveHow *, const EmitInput *, nodec_fault *);

#endif
