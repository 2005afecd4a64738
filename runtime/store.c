/* store.c: see store.h. */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int store_path(char path[PATH_MAX], const char *folder, const char *name, nodec_fault *fault)
{
    if (snprintf(path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX) return 0;
    errno = ENAMETOOLONG;
    return fault_io(fault, "write", folder);
}

int store_open(store *s, const char *path, nodec_fault *fault)
{
    s->file = NULL;
    s->hurry = false;
    if (snprintf(s->path, sizeof s->path, "%s", path) >= (int)sizeof s->path ||
        snprintf(s->beside, sizeof s->beside, "%s.%ld.tmp", path, (long)getpid()) >= (int)sizeof s->beside) {
        errno = ENAMETOOLONG;
        return fault_io(fault, "write", path);
    }
    unlink(s->beside);                          /* left by a killed process of our number */
    const int fd = open(s->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) return fault_io(fault, "write", path);
    s->file = fdopen(fd, "wb");
    if (s->file) return 0;
    close(fd);
    unlink(s->beside);
    return fault_io(fault, "write", path);
}

static void sync_folder_of(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    const size_t length = slash ? (size_t)(slash - path) + (slash == path) : 1;
    memcpy(folder, slash ? path : ".", length);
    folder[length] = 0;
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

int store_commit(store *s, nodec_fault *fault)
{
    errno = 0;
    int bad = fflush(s->file) || ferror(s->file) || (!s->hurry && fsync(fileno(s->file)));
    int reason = errno;
    if (fclose(s->file) && !bad) bad = 1, reason = errno;
    s->file = NULL;
    if (!bad && rename(s->beside, s->path)) bad = 1, reason = errno;
    if (bad) {
        unlink(s->beside);
        errno = reason;
        return fault_io(fault, "write", s->path);
    }
    if (!s->hurry) sync_folder_of(s->path);
    return 0;
}

void store_drop(store *s)
{
    if (s->file) fclose(s->file);
    s->file = NULL;
    unlink(s->beside);
}

int store_folder(const char *path, nodec_fault *fault)
{
    char part[PATH_MAX];
    if (!*path || snprintf(part, sizeof part, "%s", path) >= (int)sizeof part) {
        errno = *path ? ENAMETOOLONG : ENOENT;
        return fault_io(fault, "make the folder", path);
    }
    for (char *slash = part + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        mkdir(part, 0777);                      /* what matters is the last one     */
        *slash = '/';
    }
    struct stat st;
    if (!mkdir(part, 0777)) return 0;
    if (errno == EEXIST && !stat(part, &st)) {
        if (S_ISDIR(st.st_mode)) return 0;
        errno = ENOTDIR;
    }
    return fault_io(fault, "make the folder", path);
}
