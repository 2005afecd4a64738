/* affine.c: indices c + sum of k*axis as values. */
#include "ir/make.h"

#include <limits.h>

Aff aff_number(int32_t c)
{
    return (Aff){.c = c};
}

Aff aff_axis(unsigned axis)
{
    return (Aff){.k = {1}, .ax = {(uint8_t)axis}, .n = 1};
}

bool aff_is_axis(const Aff *a, unsigned *axis)
{
    if (a->n != 1 || a->k[0] != 1 || a->c != 0)
        return false;
    *axis = a->ax[0];
    return true;
}

bool aff_equal(const Aff *a, const Aff *b)
{
    if (a->c != b->c || a->n != b->n)
        return false;
    for (unsigned i = 0; i < a->n; i++)
        if (aff_coefficient(b, a->ax[i]) != a->k[i])
            return false;
    return true;
}

int aff_coefficient(const Aff *a, unsigned axis)
{
    for (unsigned i = 0; i < a->n; i++)
        if (a->ax[i] == axis)
            return a->k[i];
    return 0;
}

static bool add_term(Aff *a, unsigned axis, int64_t k)
{
    unsigned i = 0;
    while (i < a->n && a->ax[i] != axis)
        i++;
    int64_t total = k + (i < a->n ? a->k[i] : 0);
    if (total < INT16_MIN || total > INT16_MAX || i == COUNT(a->k))
        return total == 0;
    a->k[i] = (int16_t)total;
    a->ax[i] = (uint8_t)axis;
    if (i == a->n)
        a->n++;
    if (total == 0) {
        a->n--;
        a->k[i] = a->k[a->n], a->ax[i] = a->ax[a->n];
        a->k[a->n] = 0, a->ax[a->n] = 0;
    }
    return true;
}

bool aff_add(Aff *to, const Aff *from, int32_t k)
{
    int64_t c = to->c + (int64_t)k * from->c;
    bool fits = c >= INT32_MIN && c <= INT32_MAX;
    to->c = (int32_t)c;
    for (unsigned i = 0; fits && i < from->n; i++)
        fits = add_term(to, from->ax[i], (int64_t)k * from->k[i]);
    return fits;
}

bool aff_substitute(const Aff *a, const Aff with[MAX_AXES], Aff *out)
{
    *out = aff_number(a->c);
    for (unsigned i = 0; i < a->n; i++)
        if (!aff_add(out, &with[a->ax[i]], a->k[i]))
            return false;
    return true;
}

void aff_sort(Aff *a)
{
    for (unsigned i = 1; i < a->n; i++)
        for (unsigned j = i; j > 0 && a->ax[j] < a->ax[j - 1]; j--) {
            int16_t k = a->k[j];
            uint8_t ax = a->ax[j];
            a->k[j] = a->k[j - 1], a->ax[j] = a->ax[j - 1];
            a->k[j - 1] = k, a->ax[j - 1] = ax;
        }
}

void aff_range(const Aff *a, const uint32_t extent[MAX_AXES], int64_t *lo, int64_t *hi)
{
    *lo = *hi = a->c;
    for (unsigned i = 0; i < a->n; i++) {
        int64_t reach = a->k[i] * ((int64_t)extent[a->ax[i]] - 1);
        *(reach < 0 ? lo : hi) += reach;
    }
}
