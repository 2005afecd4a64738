/* real.h: arrays of float or double whose precision is known only at run time,
 * and numbers as text, the same in every locale. */
#ifndef NODEC_REAL_H
#define NODEC_REAL_H

#include <stdbool.h>
#include <stddef.h>

/* Element i of an array of reals of 4 or 8 bytes. */
static inline double real_at(const void *array, size_t bytes, size_t i)
{
    return bytes == 4 ? (double)((const float *)array)[i] : ((const double *)array)[i];
}

static inline void real_put(void *array, size_t bytes, size_t i, double value)
{
    if (bytes == 4) ((float *)array)[i] = (float)value;
    else ((double *)array)[i] = value;
}

/* The address of element i. */
static inline void *real_address(const void *array, size_t bytes, size_t i)
{
    return (char *)(size_t)array + i * bytes;
}

/* Index of the first of n reals that is infinite or NaN; n if all are finite. */
size_t real_first_bad(const void *array, size_t bytes, size_t n);

enum { REAL_TEXT = 40 };            /* room for any number as text                  */
/* The shortest decimal that reads back to the same double (`single`: to the same
 * float). Returns its length. Not a number and infinities are "NaN", "Infinity",
 * "-Infinity", as Python's json reads and writes them.                             */
int real_print(char text[REAL_TEXT], double value, bool single);
/* strtod for plain decimal numbers: no hex, no names, no leading blanks. False if
 * `text` is not a number as a whole; *value may then be anything.                  */
bool real_parse(const char *text, double *value);


#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#endif
