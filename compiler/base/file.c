/* file.c: whole files in, whole files out. */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads to the end; the first room is the size that fstat promises, if it does. NULL and errno on
 * failure. */
static char *drain(Arena *arena, int fd, size_t *length)
{
    struct stat st;
    size_t size = 0, room = 0;
    if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > 0) room = (size_t)st.st_size + 1;
    if (room < 4096) room = 4096;
    char *text = arena_alloc(arena, room + 1);
    for (;;) {
        ssize_t n = read(fd, text + size, room - size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return NULL;
        if (n == 0) break;
        size += (size_t)n;
        if (size == room) {
            char *larger = arena_alloc(arena, 2 * room + 1);
            text = memcpy(larger, text, size);
            room *= 2;
        }
    }
    text[size] = 0;
    *length = size;
    return text;
}

/* The same, and closes; memory that runs out in the middle takes the file with it on its way. */
static char *drain_and_close(Arena *arena, int fd, size_t *length)
{
    Escape here, *outer = arena->heap ? arena->heap->fail : NULL;
    if (outer) {
        int why = setjmp(here.to);
        arena->heap->fail = why ? outer : &here;
        if (why) {
            close(fd);
            longjmp(outer->to, why);
        }
    }
    char *text = drain(arena, fd, length);
    int error = errno;
    if (outer) arena->heap->fail = outer;
    close(fd);
    errno = error;
    return text;
}

char *file_read(Arena *arena, const char *path, size_t *length)
{
    size_t unused;
    if (!length) length = &unused;
    if (!strcmp(path, "-")) return drain(arena, STDIN_FILENO, length);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    return fd < 0 ? NULL : drain_and_close(arena, fd, length);
}

static int write_all(int fd, const char *bytes, size_t length)
{
    while (length) {
        ssize_t n = write(fd, bytes, length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return -1;
        bytes += n;
        length -= (size_t)n;
    }
    return 0;
}

/* Keeps the errno of what went wrong first. */
static int close_after(int fd, int status)
{
    int error = errno;
    if (close(fd) && !status) return -1;
    errno = error;
    return status;
}

/* A device, a pipe: nothing to rename, so straight into it. */
static int write_through(const char *path, const char *bytes, size_t length)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    return close_after(fd, write_all(fd, bytes, length));
}

static int replace(const char *path, const struct stat *old, const char *bytes, size_t length)
{
    char beside[PATH_MAX];
    int fd = -1;
    for (int try = 0; fd < 0 && try < 100; try++) {
        int n = snprintf(beside, sizeof beside, "%s.%ld-%d.tmp", path, (long)getpid(), try);
        if (n >= (int)sizeof beside) {
            errno = ENAMETOOLONG;
            return -1;
        }
        fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0 && errno != EEXIST) return -1;
    }
    if (fd < 0) return -1;
    int status = write_all(fd, bytes, length);
    if (!status && old) status = fchmod(fd, old->st_mode & 07777);
    status = close_after(fd, status);
    if (!status) status = rename(beside, path);
    if (status) {
        int error = errno;
        unlink(beside);
        errno = error;
        return -1;
    }
    return 0;
}

int file_write(const char *path, const char *bytes, size_t length)
{
    struct stat old;
    if (stat(path, &old)) return replace(path, NULL, bytes, length);
    if (!S_ISREG(old.st_mode)) return write_through(path, bytes, length);
    char *behind = realpath(path, NULL);        /* a link keeps pointing where it did */
    if (!behind) return -1;
    int status = replace(behind, &old, bytes, length), error = errno;
    free(behind);
    errno = error;
    return status;
}
