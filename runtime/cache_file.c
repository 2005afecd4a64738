/* cache_file.c: see cache_file.h. */
#include "cache_file.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const unsigned long long MOST = 256u << 20;          /* bytes of everything in the cache */
static const char MARK[8] = "nodec 1";

typedef struct head { char mark[8]; uint64_t bytes, a, b; } head;

cache_key cache_key_new(void) { return (cache_key){0xCBF29CE484222325u, 0x84222325CBF29CE4u}; }

void cache_mix(cache_key *key, const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < n; i++) {
        key->a = (key->a ^ at[i]) * 0x100000001B3u;
        key->b = (key->b ^ at[i]) * 0x100000001B3u + 0x9E37u;
    }
}

void cache_mix_text(cache_key *key, const char *text) { cache_mix(key, text, strlen(text) + 1); }

static void mix_file(cache_key *key, const char *path)
{
    struct stat st;
    if (stat(path, &st)) return;
    const long long what[] = {(long long)st.st_dev, (long long)st.st_ino, (long long)st.st_size, (long long)st.st_mtim.tv_sec,
                              st.st_mtim.tv_nsec};
    cache_mix(key, what, sizeof what);
}

/* The program, and the library if it is one. */
void cache_mix_self(cache_key *key)
{
    union { void (*function)(cache_key *); void *address; } here = {.function = cache_mix_self};
    Dl_info library;
    mix_file(key, "/proc/self/exe");
    if (dladdr(here.address, &library) && library.dli_fname) mix_file(key, library.dli_fname);
}

static bool path_of(char path[PATH_MAX], const cache *c, cache_key key, const char *kind, const char *ending)
{
    return snprintf(path, PATH_MAX, "%s/module-%016llx%016llx.%s%s", c->folder, (unsigned long long)key.a,
                    (unsigned long long)key.b, kind, ending) < PATH_MAX;
}

static head head_of(const void *bytes, size_t n)
{
    cache_key sum = cache_key_new();
    head h = {.bytes = n};
    cache_mix(&sum, bytes, n);
    memcpy(h.mark, MARK, sizeof h.mark);
    h.a = sum.a, h.b = sum.b;
    return h;
}

/* What is read here becomes code. */
static bool trusted(FILE *file, size_t *bytes)
{
    struct stat st;
    if (fstat(fileno(file), &st) || !S_ISREG(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & 022)) return false;
    if ((size_t)st.st_size <= sizeof(head)) return false;
    *bytes = (size_t)st.st_size - sizeof(head);
    return true;
}

static void *read_whole(FILE *file, size_t *bytes)
{
    head found;
    if (!trusted(file, bytes) || fread(&found, sizeof found, 1, file) != 1) return NULL;
    void *data = malloc(*bytes);
    if (data && fread(data, 1, *bytes, file) == *bytes) {
        const head wanted = head_of(data, *bytes);
        if (!memcmp(&found, &wanted, sizeof found)) return data;
    }
    free(data);
    return NULL;
}

void *cache_read(const cache *c, cache_key key, const char *kind, size_t *bytes)
{
    char path[PATH_MAX];
    if (!path_of(path, c, key, kind, "")) return NULL;
    const int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "rb");
    if (!file) {
        if (fd >= 0) close(fd);
        return NULL;
    }
    void *data = read_whole(file, bytes);
    fclose(file);
    if (data) cache_touch(path);
    return data;
}

void cache_write(const cache *c, cache_key key, const char *kind, const void *data, size_t bytes)
{
    const head h = head_of(data, bytes);
    cache_put(c, key, kind, &h, sizeof h, data, bytes);
}

void cache_put(const cache *c, cache_key key, const char *kind, const void *first, size_t n, const void *data, size_t bytes)
{
    char path[PATH_MAX], beside[PATH_MAX], own[48];
    snprintf(own, sizeof own, "-%ld-%lx.tmp", (long)getpid(), (unsigned long)(uintptr_t)own);     /* this thread's */
    if (!path_of(path, c, key, kind, "") || !path_of(beside, c, key, kind, own)) return;
    unlink(beside);
    const int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (!file) {
        if (fd >= 0) close(fd);
        return;
    }
    const bool good = fwrite(first, 1, n, file) == n && fwrite(data, 1, bytes, file) == bytes;
    if (fclose(file) || !good || rename(beside, path)) unlink(beside);
    else cache_trim(c, MOST);
}

const void *cache_map(const cache *c, cache_key key, const char *kind, size_t *bytes)
{
    char path[PATH_MAX];
    struct stat st;
    void *map = MAP_FAILED;
    if (!path_of(path, c, key, kind, "")) return NULL;
    const int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return NULL;
    if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > 0 && st.st_uid == geteuid())
        map = mmap(NULL, *bytes = (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (map == MAP_FAILED) return NULL;
    cache_touch(path);
    return map;
}
