/* real.c: see real.h. */
#include "real.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decimal.h"

/* All exponent bits set means not finite. Sixteen independent ors, so that the
 * compiler can use vectors: this runs on every gradient.                          */
static bool all_finite_float(const float *x, size_t n)
{
    uint32_t bad[16] = {0};
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        uint32_t w[16];
        memcpy(w, x + i, sizeof w);
        for (int k = 0; k < 16; k++) bad[k] |= (w[k] & 0x7F800000u) + 0x00800000u;
    }
    uint32_t any = 0;
    for (int k = 0; k < 16; k++) any |= bad[k];
    for (; i < n; i++) {
        uint32_t w;
        memcpy(&w, x + i, sizeof w);
        any |= (w & 0x7F800000u) + 0x00800000u;
    }
    return !(any >> 31);
}

static bool all_finite_double(const double *x, size_t n)
{
    uint64_t bad[8] = {0}, any = 0;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t w[8];
        memcpy(w, x + i, sizeof w);
        for (int k = 0; k < 8; k++) bad[k] |= (w[k] & 0x7FF0000000000000u) + 0x0010000000000000u;
    }
    for (int k = 0; k < 8; k++) any |= bad[k];
    for (; i < n; i++) {
        uint64_t w;
        memcpy(&w, x + i, sizeof w);
        any |= (w & 0x7FF0000000000000u) + 0x0010000000000000u;
    }
    return !(any >> 63);
}

size_t real_first_bad(const void *array, size_t bytes, size_t n)
{
    if (bytes == 4 ? all_finite_float(array, n) : all_finite_double(array, n)) return n;
    size_t i = 0;
    while (i < n && isfinite(real_at(array, bytes, i))) i++;
    return i;
}

/* ---- text ------------------------------------------------------------------------ */

static locale_t plain;
static void make_plain(void) { plain = newlocale(LC_ALL_MASK, "C", (locale_t)0); }

static locale_t plain_locale(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_plain);
    return plain;
}

int real_print(char text[REAL_TEXT], double value, bool single)
{
    if (isnan(value)) return (int)strlen(strcpy(text, "NaN"));
    if (isinf(value)) return (int)strlen(strcpy(text, value > 0 ? "Infinity" : "-Infinity"));
    int length = decimal_print(text, value, single);
    if (length) return length;
    const locale_t mine = uselocale(plain_locale());
    for (int digits = single ? 6 : 15; digits <= 17; digits++) {
        length = snprintf(text, REAL_TEXT, "%.*g", digits, value);
        const double back = strtod(text, NULL);
        if (single ? (float)back == (float)value : back == value) break;
    }
    uselocale(mine);
    return length;
}

bool real_parse(const char *text, double *value)
{
    if (!*text || text[strspn(text, "0123456789+-.eE")]) return false;
    char *end;
    *value = strtod_l(text, &end, plain_locale());
    return !*end;
}
