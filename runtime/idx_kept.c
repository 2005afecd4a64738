/* idx_kept.c: see idx_kept.h. */
#include "idx_kept.h"

#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "cache_file.h"

static const size_t LEAST = 256 << 10;          /* bytes of a packed file that is worth it */

typedef struct kept { char mark[8]; uint64_t bytes, sum; idx x; } kept;         /* then the elements */
static const char MARK[8] = "nodec i3";

static bool key_of(const char *path, cache_key *key)
{
    struct stat st;
    if (stat(path, &st) || !S_ISREG(st.st_mode) || (size_t)st.st_size < LEAST) return false;
    const long long what[] = {(long long)st.st_dev, (long long)st.st_ino, (long long)st.st_size, (long long)st.st_mtim.tv_sec,
                              st.st_mtim.tv_nsec, (long long)st.st_ctim.tv_sec, st.st_ctim.tv_nsec};
    *key = cache_key_new();
    cache_mix(key, what, sizeof what);
    return true;
}

/* FNV's multiplication on words of 64 bits, in eight chains at four places of the data, so that a page
 * is on its way while others are looked at: as fast as memory. */
static uint64_t sum_of(const void *data, size_t bytes)
{
    enum { PLACES = 4, CHAINS = 2 * PLACES };
    uint64_t h[CHAINS] = {1, 2, 3, 4, 5, 6, 7, 8}, word[2], sum = bytes;
    const size_t quarter = bytes / PLACES / sizeof word * sizeof word;
    const unsigned char *at = data;
    for (size_t i = 0; i < quarter; i += sizeof word)
        for (size_t k = 0; k < PLACES; k++) {
            memcpy(word, at + k * quarter + i, sizeof word);
            h[2 * k] = (h[2 * k] ^ word[0]) * 0x100000001B3u;
            h[2 * k + 1] = (h[2 * k + 1] ^ word[1]) * 0x100000001B3u;
        }
    for (size_t i = 0; i < CHAINS; i++) sum = (sum ^ h[i]) * 0x100000001B3u ^ sum >> 32;
    for (size_t i = PLACES * quarter; i < bytes; i++) sum = (sum ^ at[i]) * 0x100000001B3u;
    return sum;
}

static bool recall(const cache *c, cache_key key, idx *x, const char *path)
{
    size_t bytes;
    const kept *k = cache_map(c, key, "idx", &bytes);
    if (!k) return false;
    if (bytes > sizeof *k && !memcmp(k->mark, MARK, sizeof MARK) && k->bytes == bytes - sizeof *k &&
        k->bytes == k->x.count * k->x.size * k->x.bytes && sum_of(k + 1, k->bytes) == k->sum) {
        *x = k->x;
        x->path = path;
        x->data = (void *)(uintptr_t)(k + 1);
        x->map = (void *)(uintptr_t)k;
        x->mapped = bytes;
        return true;
    }
    munmap((void *)(uintptr_t)k, bytes);
    return false;
}

static void remember(const cache *c, cache_key key, const idx *x)
{
    kept k = {.bytes = x->count * x->size * x->bytes, .x = *x};
    k.x.path = NULL;
    k.x.data = NULL;
    memcpy(k.mark, MARK, sizeof MARK);
    k.sum = sum_of(x->data, k.bytes);
    cache_put(c, key, "idx", &k, sizeof k, x->data, k.bytes);
}

bool idx_is_worth_keeping(const char *path)
{
    cache_key key;
    return key_of(path, &key);
}

int idx_open_kept_told(idx *x, const char *path, nodec_fault *fault, void (*told)(void *), void *of)
{
    cache_key key;
    cache place;
    nodec_fault ignored = {0};
    const bool keeps = key_of(path, &key) && !cache_open(&place, true, &ignored);
    const bool known = keeps && !place.temporary && recall(&place, key, x, path);
    if (!known) idx_open(x, path, fault);
    const int status = fault->status;
    if (told) told(of);
    if (keeps && !known && !status && !place.temporary && x->packed) remember(&place, key, x);
    if (keeps) cache_close(&place);
    return status;
}

int idx_open_kept(idx *x, const char *path, nodec_fault *fault)
{
    return idx_open_kept_told(x, path, fault, NULL, NULL);
}
