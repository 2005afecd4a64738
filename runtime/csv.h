/* csv.h: tables of numbers as text (RFC 4180), read strictly, a row at a time.
 *
 * A header line, then rows of as many fields; commas; fields may be quoted, with
 * "" for a quote; lines end in LF or CRLF; a UTF-8 byte order mark and gzip are
 * seen through.  Blanks around unquoted fields do not count.  There are no
 * comments.  Everything else is a fault that names file, line and column (in
 * bytes, from 1). */
#ifndef NODEC_CSV_H
#define NODEC_CSV_H

#include <stdbool.h>

#include "fault.h"

typedef struct csv csv;

enum { CSV_NONE = -1 };

/* Reads the header. NULL on failure. `path` must outlive the csv. */
csv *csv_open(const char *path, nodec_fault *);
void csv_close(csv *);

size_t csv_columns(const csv *);
const char *const *csv_names(const csv *);
/* Index of a column, or CSV_NONE. */
int csv_find(const csv *, const char *name);
/* The same, but a missing column is a fault, with the nearest name as help. */
int csv_need(const csv *, const char *name, nodec_fault *);

/* Moves to the next row: 1, or 0 at the end, or -1 and a fault. */
int csv_next(csv *, nodec_fault *);
/* Fields of the current row. number: finite, or a fault and false. */
const char *csv_text(const csv *, int column);
bool csv_number(const csv *, int column, double *value, nodec_fault *);
/* A fault at a field of the current row. */
int csv_complain(const csv *, int column, nodec_fault *, const char *format, ...) FAULT_PRINTF(4, 5);
size_t csv_line(const csv *);       /* of the current row                           */

#endif
