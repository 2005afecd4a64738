/* text.h: what printing and parsing of the tensor IR share. */
#ifndef ND_IR_TEXT_H
#define ND_IR_TEXT_H

#include "ir/ir.h"

extern const char *const ir_type_name[];        /* by Type                          */
extern const char *const ir_role_name[];        /* by Role                          */
extern const char *const ir_root_name[];        /* by RootKind                      */

/* The extent an axis has by the dimensions it indexes alone; BATCH if there is none. */
void ir_bare_extents(const Con *, Shape out, const Shape in[], uint32_t extent[MAX_AXES]);

#endif
