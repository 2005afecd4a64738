/* decimal.h: the text of a real, as short as it can be without being another real's. */
#ifndef NODEC_DECIMAL_H
#define NODEC_DECIMAL_H

#include <stdbool.h>

/* What printf's %.Pg writes with the least P, of at least 6 (single) or 15, that reads back as the
 * same float (single) or double; its length.  0: not finite, or too far from 1 for 128 bits.     */
int decimal_print(char *text, double value, bool single);

#endif
