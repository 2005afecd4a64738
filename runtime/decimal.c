/* decimal.c: see decimal.h.
 *
 * Tables are read by people and by everything else as text, and printf's way there, tried for one
 * precision after the other, costs more than integrating what is printed.  Here the value
 * m*2^e is multiplied by the power of ten that leaves one digit more than may be wanted, exactly, in
 * 128 bits: m*10^k*2^e = m*5^k*2^(e+k).  All roundings are then of one integer and of whether there
 * is anything behind it.  Whether a decimal of less than 2^53 is the same number follows from one
 * multiplication or division by an exact power of ten, which rounds once (Clinger 1990).          */
#include "decimal.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "real.h"

__extension__ typedef unsigned __int128 wide;

enum { WIDE = 128, TENS = 20, EXACT = 22, MOST = 18, MOST_SINGLE = 10 };

static const uint64_t ten[TENS] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
    10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000,
    10000000000000000000u
};
static const double exact[EXACT + 1] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                         1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

typedef struct decimal {            /* n * 10^(exponent - digits + 1), and what is behind it */
    uint64_t n;
    int  digits, exponent;
    bool more;
} decimal;

/* ---- digits ------------------------------------------------------------------------------- */

static int bits(uint64_t m) { return 64 - __builtin_clzll(m); }

static wide power(wide base, int k)
{
    wide p = 1;
    for (; k; k >>= 1, base *= base)
        if (k & 1) p *= base;
    return p;
}

/* floor(m * 2^e * 10^k) and whether that is less, if it can be done. */
static bool scaled(uint64_t m, int e, int k, decimal *to)
{
    const int shift = e + k;
    wide whole, rest = 0;
    if (k < 0) {
        if (e < 0 || bits(m) + e > WIDE) return false;
        const wide by = power(10, -k), all = (wide)m << e;
        whole = all / by;
        rest = all % by;
    } else {
        if (bits(m) + (k * 2322 + 999) / 1000 > WIDE || shift <= -WIDE) return false;
        const wide all = (wide)m * power(5, k);
        whole = shift < 0 ? all >> -shift : all << shift;
        if (shift < 0) rest = all & (((wide)1 << -shift) - 1);
    }
    to->n = (uint64_t)whole;
    to->more = rest != 0;
    return whole < ten[TENS - 1];
}

static bool digits_of(double value, decimal *to)
{
    int e;
    uint64_t m = (uint64_t)ldexp(frexp(value, &e), 53);
    const int zeros = __builtin_ctzll(m);
    m >>= zeros;
    e += zeros - 53;
    to->digits = bits(m) <= 24 ? MOST_SINGLE : MOST;
    to->exponent = (int)floor((bits(m) + e - 1) * 0.30102999566398120);     /* or one more */
    if (!scaled(m, e, to->digits - 1 - to->exponent, to)) return false;
    if (to->n < ten[to->digits]) return true;
    to->exponent++;
    return scaled(m, e, to->digits - 1 - to->exponent, to);
}

/* To the nearest with so many digits, of two the even one. */
static decimal rounded(const decimal *d, int digits)
{
    const uint64_t unit = ten[d->digits - digits], half = unit / 2, rest = d->n % unit;
    decimal r = { d->n / unit, digits, d->exponent, false };
    r.n += rest > half || (rest == half && (d->more || r.n & 1));
    if (r.n == ten[digits]) {
        r.n /= 10;
        r.exponent++;
    }
    return r;
}

/* ---- text ------------------------------------------------------------------------------------ */

static char *put_digits(char *to, uint64_t n, int count)
{
    for (int i = count; i-- > 0; n /= 10) to[i] = (char)('0' + n % 10);
    return to + count;
}

static char *put_zeros(char *to, int count)
{
    for (int i = 0; i < count; i++) *to++ = '0';
    return to;
}

/* The digits, with a point before number `point` of them if any are left there. */
static char *put_split(char *to, uint64_t n, int count, int point)
{
    to = put_digits(to, n / ten[count - point], point);
    if (point == count) return to;
    *to++ = '.';
    return put_digits(to, n % ten[count - point], count - point);
}

/* As %g with so many digits: without the zeros at the end. */
static int put(char *text, decimal d, bool negative)
{
    const bool scientific = d.exponent < -4 || d.exponent >= d.digits;
    const int least = !scientific && d.exponent > 0 ? d.exponent + 1 : 1;   /* before the point */
    char *to = text;
    for (; d.digits > least && d.n % 10 == 0; d.n /= 10) d.digits--;
    if (negative) *to++ = '-';
    if (scientific) {
        const unsigned far = (unsigned)abs(d.exponent);
        to = put_split(to, d.n, d.digits, 1);
        *to++ = 'e';
        *to++ = d.exponent < 0 ? '-' : '+';
        to = put_digits(to, far, far < 100 ? 2 : 3);
    } else if (d.exponent < 0) {
        *to++ = '0';
        *to++ = '.';
        to = put_digits(put_zeros(to, -d.exponent - 1), d.n, d.digits);
    } else
        to = put_split(to, d.n, d.digits, d.exponent + 1);
    *to = '\0';
    return (int)(to - text);
}

/* What is read from it. */
static double back(decimal d, char *text)
{
    const int by = d.exponent - d.digits + 1;
    if (d.n >> 53 || abs(by) > EXACT) {
        double value;
        put(text, d, false);
        return real_parse(text, &value) ? value : NAN;
    }
    return by < 0 ? (double)d.n / exact[-by] : (double)d.n * exact[by];
}

int decimal_print(char *text, double value, bool single)
{
    const double size = fabs(value);
    decimal d;
    if (size == 0) return (int)strlen(strcpy(text, signbit(value) ? "-0" : "0"));
    if (!isfinite(value) || !digits_of(size, &d)) return 0;
    for (int digits = single ? 6 : 15; ; digits++) {
        if (digits >= d.digits) return 0;
        const decimal r = rounded(&d, digits);
        const double read = digits < 17 ? back(r, text) : size;
        if (single ? (float)read == (float)size : read == size) return put(text, r, signbit(value));
    }
}
