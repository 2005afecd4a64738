/* cache.c: see cache.h. */
#include "cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store.h"

/* The place wanted; false if there is none. */
static bool find_place(char *folder, size_t size)
{
    const char *own = getenv("NODEC_CACHE"), *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int n;
    if (own && *own) n = snprintf(folder, size, "%s", own);
    else if (xdg && *xdg == '/') n = snprintf(folder, size, "%s/nodec", xdg);
    else if (home && *home == '/') n = snprintf(folder, size, "%s/.cache/nodec", home);
    else return false;
    return n > 0 && (size_t)n < size;
}

/* What is loaded from here runs as us, so nobody else may write here. */
static bool ours(const char *folder)
{
    struct stat st;
    if (lstat(folder, &st) || !S_ISDIR(st.st_mode) || st.st_uid != geteuid()) return false;
    if ((st.st_mode & 077) && chmod(folder, 0700)) return false;
    return !access(folder, W_OK | X_OK);
}

static bool make_place(const char *folder)
{
    nodec_fault ignored = {0};
    char above[PATH_MAX];
    snprintf(above, sizeof above, "%s", folder);
    char *slash = strrchr(above, '/');
    if (slash && slash != above) {
        *slash = 0;
        if (store_folder(above, &ignored)) return false;
    }
    return (!mkdir(folder, 0700) || errno == EEXIST) && ours(folder);
}

int cache_open(cache *c, bool persistent, nodec_fault *fault)
{
    *c = (cache){0};
    if (persistent && find_place(c->folder, sizeof c->folder) && make_place(c->folder)) return 0;
    const char *tmp = getenv("TMPDIR");
    if (!tmp || *tmp != '/' || strlen(tmp) > PATH_MAX / 2) tmp = "/tmp";
    snprintf(c->folder, sizeof c->folder, "%s/nodec-XXXXXX", tmp);
    if (!mkdtemp(c->folder)) return fault_io(fault, "make a folder for compiled models in", tmp);
    c->temporary = true;
    return 0;
}

typedef void visit(const char *path, const struct stat *, void *context);

/* Plain files with a name of ours. */
static void each_file(const cache *c, visit *see, void *context)
{
    DIR *folder = opendir(c->folder);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[PATH_MAX];
        struct stat st;
        if (strncmp(entry->d_name, "module-", 7)) continue;
        if (snprintf(path, sizeof path, "%s/%s", c->folder, entry->d_name) >= (int)sizeof path) continue;
        if (!lstat(path, &st) && S_ISREG(st.st_mode)) see(path, &st, context);
    }
    closedir(folder);
}

static void remove_file(const char *path, const struct stat *st, void *context)
{
    (void)st;
    (void)context;
    unlink(path);
}

void cache_close(cache *c)
{
    if (!c->temporary) return;
    each_file(c, remove_file, NULL);
    rmdir(c->folder);
}

typedef struct survey { unsigned long long bytes; time_t oldest; char path[PATH_MAX]; } survey;

static void look(const char *path, const struct stat *st, void *context)
{
    survey *s = context;
    s->bytes += (unsigned long long)st->st_size;
    if (s->oldest && st->st_mtime >= s->oldest) return;
    s->oldest = st->st_mtime;
    snprintf(s->path, sizeof s->path, "%s", path);
}

void cache_trim(const cache *c, unsigned long long bytes)
{
    for (;;) {
        survey s = {0};
        each_file(c, look, &s);
        if (s.bytes <= bytes || s.oldest > time(NULL) - 3600 || unlink(s.path)) return;
    }
}

void cache_touch(const char *path) { utimensat(AT_FDCWD, path, NULL, 0); }
