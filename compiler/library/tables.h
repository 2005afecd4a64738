/* tables.h: what a driver has to know of a field or a model beside its Program, as one
 * block of bytes (serve.h), for engines that compile entries alone. */
#ifndef ND_TABLES_H
#define ND_TABLES_H

#include "back/back.h"
#include "serve.h"

typedef struct Tables { const void *at; size_t bytes; } Tables;

/* Entries are numbered as in the Program. Of the options: `module` leaves out what only
 * embedders call, `most` the regime of many trajectories where nobody will ask for it,
 * as back ends do. */
Tables tables_of_field(Arena *, const Lowered *, const EmitOptions *);
Tables tables_of_model(Arena *, const LoweredModel *, const EmitOptions *);

#endif
