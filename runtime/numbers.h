/* numbers.h: numbers that a command line names, and where results go. */
#ifndef NODEC_NUMBERS_H
#define NODEC_NUMBERS_H

#include "npy.h"
#include "store.h"

#include <stdbool.h>

typedef struct numbers { double *at; size_t rows, columns; } numbers;    /* free(at) when done */

/* "0, 0.5, 2", a range "FROM:TO:COUNT", or the path of a .npy file (rows as long as its last
 * dimension) or of a .csv file, of which the columns `name` are read. `what` is the flag. */
int numbers_read(numbers *, const char *text, const char *what, const char *const *name, size_t columns, nodec_fault *);

/* The named columns of a table with a head line, a row each. */
int numbers_table(numbers *, const char *path, const char *const *name, size_t columns, nodec_fault *);

bool text_ends_in(const char *text, const char *ending);

typedef struct output { FILE *file; store store; bool stored; const char *path; } output;

/* NULL or "-": standard output. A file appears whole or not at all. */
int  output_open(output *, const char *path, nodec_fault *);
int  output_close(output *, nodec_fault *);
void output_drop(output *);
/* By the format's name, else by the path's ending. */
bool output_is_npy(const char *path, const char *format);
void output_number(FILE *, double value, bool single, char after);

#endif
