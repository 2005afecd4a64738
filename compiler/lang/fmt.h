/* fmt.h: the canonical layout of a model file. */
#ifndef ND_FMT_H
#define ND_FMT_H

#include "base/diag.h"

/* Writes `source` laid out anew to `out`.  False, with the reasons in the
 * Diags and nothing written, if it does not parse. */
bool fmt_source(Arena *, Names *, const Source *, Diags *, Text *out);

#endif
