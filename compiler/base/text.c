/* text.c: strings under construction, and numbers as text. */
#include "base/base.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for n more bytes and the NUL. */
static void text_grow(Text *text, size_t need)
{
    size_t room = text->room ? 2 * text->room : 64;
    if (room < need) room = need;
    text->at = arena_grow(text->arena, text->at, text->room, text->length, room);
    text->room = room;
}

static inline char *text_room(Text *text, size_t n)
{
    size_t need = text->length + n + 1;
    if (need > text->room) text_grow(text, need);
    return text->at + text->length;
}

void text_reserve(Text *text, size_t bytes)
{
    text_room(text, bytes);
}

void text_add_n(Text *text, const char *bytes, size_t n)
{
    char *at = text_room(text, n);
    if (n) memcpy(at, bytes, n);
    at[n] = 0;
    text->length += n;
}

/* Most are words of a few letters: copied faster than counted. */
void text_add(Text *text, const char *string)
{
    enum { WORD = 12 };
    char *at = text_room(text, WORD);
    for (size_t n = 0; n < WORD; n++)
        if (!(at[n] = string[n])) {
            text->length += n;
            return;
        }
    text->length += WORD;
    text_add_n(text, string + WORD, strlen(string + WORD));
}

void text_insert(Text *text, size_t at, const Text *what)
{
    text_room(text, what->length);
    memmove(text->at + at + what->length, text->at + at, text->length - at + 1);
    if (what->length) memcpy(text->at + at, what->at, what->length);
    text->length += what->length;
}

void text_whole(Text *text, uint64_t value)
{
    char digit[24], *at = digit + sizeof digit;
    do *--at = (char)('0' + value % 10); while (value /= 10);
    text_add_n(text, at, (size_t)(digit + sizeof digit - at));
}

/* Only %s %c %d %u %%?  Most of what a compiler prints is, and it prints a lot. */
static bool is_plain(const char *format)
{
    for (; *format; format++)
        if (*format == '%') {
            char c = *++format;
            if (c != 's' && c != 'u' && c != 'd' && c != 'c' && c != '%') return false;
        }
    return true;
}

static void print_plain(Text *text, const char *format, va_list args)
{
    for (const char *at; *format; format = at + 2) {
        for (at = format; *at && *at != '%'; at++) { }
        if (at > format) text_add_n(text, format, (size_t)(at - format));
        if (!*at) return;
        if (at[1] == 's') text_add(text, va_arg(args, const char *));
        else if (at[1] == 'u') text_whole(text, va_arg(args, unsigned));
        else if (at[1] == 'd') {
            int value = va_arg(args, int);
            if (value < 0) text_add(text, "-");
            text_whole(text, value < 0 ? (uint64_t)-(int64_t)value : (uint64_t)value);
        } else {
            char c = at[1] == 'c' ? (char)va_arg(args, int) : '%';
            text_add_n(text, &c, 1);
        }
    }
}

/* Into the room there is, and once more if that was too little. */
static void print_any(Text *text, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    char *at = text_room(text, 30);
    size_t room = text->room - text->length;
    int n = vsnprintf(at, room, format, args);
    if (n > 0 && (size_t)n >= room) vsnprintf(text_room(text, (size_t)n), (size_t)n + 1, format, again);
    if (n > 0) text->length += (size_t)n;
    else *at = 0;
    va_end(again);
}

void text_vprintf(Text *text, const char *format, va_list args)
{
    if (is_plain(format)) print_plain(text, format, args);
    else print_any(text, format, args);
}

void text_printf(Text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_vprintf(text, format, args);
    va_end(args);
}

const char *text_string(Text *text)
{
    return text->at ? text->at : "";
}

/* ---- numbers ---------------------------------------------------------------
 * Whatever the host's locale, a number is written and read with a point. */

double real_read(const char *digits, char **end)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    double value = strtod_l(digits, end, plain);
    freelocale(plain);
    return value;
}

/* The fewest digits d.ddd…e±x that read back; only the digits are kept. Six digits (of a
 * double fifteen) survive the way there and back, so fewer need not be tried, but for
 * subnormal numbers, which have fewer. */
static int shortest(double value, bool single, char digit[24])
{
    char form[48];
    bool subnormal = value < (single ? FLT_MIN : DBL_MIN);
    for (int places = subnormal ? 0 : single ? 5 : 14, most = single ? 8 : 16; ; places++) {
        snprintf(form, sizeof form, "%.*e", places, value);
        if (places == most || (single ? strtof(form, NULL) == (float)value : strtod(form, NULL) == value)) break;
    }
    int n = 0;
    const char *at = form;
    for (; *at != 'e'; at++)
        if (*at >= '0' && *at <= '9') digit[n++] = *at;
    while (n > 1 && digit[n - 1] == '0') n--;
    digit[n] = 0;
    return atoi(at + 1);
}

void text_real(Text *text, double value, bool single)
{
    if (single) value = (double)(float)value;
    if (signbit(value) && !isnan(value)) text_add(text, "-");
    value = fabs(value);
    if (!isfinite(value)) {
        text_add(text, isnan(value) ? "nan" : "inf");
        return;
    }
    char digit[24];
    if (value == floor(value) && value < 1e6) {
        text_whole(text, (unsigned)value);
        return;
    }
    int exponent = shortest(value, single, digit);
    int n = (int)strlen(digit);
    if (exponent < -4 || exponent > 16 || (exponent > 6 && exponent >= n)) {
        text_printf(text, "%c%s%se%d", digit[0], n > 1 ? "." : "", digit + 1, exponent);
    } else if (exponent < 0) {
        text_printf(text, "0.%.*s%s", -exponent - 1, "00000", digit);
    } else if (exponent < n - 1) {
        text_printf(text, "%.*s.%s", exponent + 1, digit, digit + exponent + 1);
    } else {
        text_printf(text, "%s%.*s", digit, exponent + 1 - n, "0000000000000000");
    }
}
