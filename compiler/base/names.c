/* names.c: interning, hashing, and the name somebody probably meant.
 *
 * The table is open addressing with linear probing, never more than half full
 * (Knuth, TAOCP 3, 6.4). */
#include "base/base.h"

#include <ctype.h>
#include <string.h>

uint64_t hash_bytes(const void *bytes, size_t n, uint64_t seed)
{
    const unsigned char *at = bytes;
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ seed;
    for (size_t i = 0; i < n; i++) hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* The slot that holds `text`, or the free one where it belongs. */
static Name *slot_of(Name *slot, size_t slots, const char *text, size_t length)
{
    size_t i = hash_bytes(text, length, 0) & (slots - 1);
    while (slot[i] && (strncmp(slot[i], text, length) || slot[i][length])) i = (i + 1) & (slots - 1);
    return &slot[i];
}

static void names_grow(Names *names)
{
    size_t slots = names->slots ? 2 * names->slots : 256;
    Name *slot = NEW_ARRAY(names->arena, Name, slots);
    for (size_t i = 0; i < names->slots; i++)
        if (names->slot[i]) *slot_of(slot, slots, names->slot[i], strlen(names->slot[i])) = names->slot[i];
    names->slot = slot;
    names->slots = slots;
}

Name name_of_n(Names *names, const char *text, size_t length)
{
    if (2 * names->count >= names->slots) names_grow(names);
    Name *slot = slot_of(names->slot, names->slots, text, length);
    if (!*slot) {
        *slot = arena_string(names->arena, text, length);
        names->count++;
    }
    return *slot;
}

Name name_of(Names *names, const char *text)
{
    return name_of_n(names, text, strlen(text));
}

/* ---- the name somebody meant ----------------------------------------------
 * Edit distance in half steps: a wrong capital costs one, a letter too many,
 * too few, wrong, or swapped with its neighbour two (Damerau 1964). */

enum { LONGEST = 40 };

static int least(int a, int b) { return a < b ? a : b; }

static int letter_cost(char a, char b)
{
    if (a == b) return 0;
    return tolower((unsigned char)a) == tolower((unsigned char)b) ? 1 : 2;
}

static int distance(const char *a, int na, const char *b, int nb)
{
    int d[LONGEST + 1][LONGEST + 1];
    for (int i = 0; i <= na; i++) d[i][0] = 2 * i;
    for (int j = 0; j <= nb; j++) d[0][j] = 2 * j;
    for (int i = 1; i <= na; i++)
        for (int j = 1; j <= nb; j++) {
            int best = d[i - 1][j - 1] + letter_cost(a[i - 1], b[j - 1]);
            best = least(best, 2 + least(d[i - 1][j], d[i][j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = least(best, d[i - 2][j - 2] + 2);
            d[i][j] = best;
        }
    return d[na][nb];
}

/* One slip in a short name, two from six letters on, three from ten. */
static int allowance(size_t length)
{
    return length < 2 ? 1 : length < 6 ? 2 : length < 10 ? 4 : 6;
}

const char *name_nearest(const char *wrong, const char *const *candidate, size_t count)
{
    size_t length = strlen(wrong);
    if (length > LONGEST) return NULL;
    const char *nearest = NULL;
    int best = allowance(length) + 1;
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(candidate[i]);
        if (n > LONGEST || !n) continue;
        int d = distance(wrong, (int)length, candidate[i], (int)n);
        if (d < best) best = d, nearest = candidate[i];
    }
    return nearest;
}
