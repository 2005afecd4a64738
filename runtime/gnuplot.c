/* gnuplot.c: see gnuplot.h. */
#include "gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

void gnuplot_send(gnuplot *g, const char *format, ...)
{
    char text[256];
    va_list list;
    va_start(list, format);
    const int n = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (n < 0 || n >= (int)sizeof text || g->broken) return;
    if (g->pipe) {
        if (fwrite(text, 1, (size_t)n, g->pipe) != (size_t)n || fflush(g->pipe)) g->broken = true;
        return;
    }
    if (g->used + (size_t)n > g->room) {
        const size_t room = g->room ? 2 * g->room : 4096;
        char *more = realloc(g->queue, room);
        if (!more) return;
        g->queue = more;
        g->room = room;
    }
    memcpy(g->queue + g->used, text, (size_t)n);
    g->used += (size_t)n;
}

/* In its own process group, so that an interrupt leaves the pictures whole. */
static int spawn(gnuplot *g, int input)
{
    static char name[] = "gnuplot";
    char *const word[] = {name, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addchdir_np(&files, g->folder);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, fileno(g->log), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, fileno(g->log), STDERR_FILENO);
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigdefault(&how, &signals);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    const int error = posix_spawnp(&g->pid, name, &files, &how, word, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

void gnuplot_start(gnuplot *g)
{
    int end[2];
    if (g->pid || g->broken || !g->used) return;
    g->broken = true;
    g->log = tmpfile();
    if (!g->log || pipe2(end, O_CLOEXEC)) return;
    const int error = spawn(g, end[0]);
    close(end[0]);
    if (error) {
        g->pid = 0;
        close(end[1]);
        errno = error;
        return;
    }
    setpriority(PRIO_PROCESS, (id_t)g->pid, 10);
    g->pipe = fdopen(end[1], "w");
    if (!g->pipe) {
        close(end[1]);
        return;
    }
    g->broken = fwrite(g->queue, 1, g->used, g->pipe) != g->used || fflush(g->pipe);
}

static void first_line(FILE *log, char *text, size_t size)
{
    *text = 0;
    rewind(log);
    while (fgets(text, (int)size, log) && text[strspn(text, " \n\t^")] == 0) {}
    text[strcspn(text, "\n")] = 0;
}

bool gnuplot_finish(gnuplot *g, char *reason, size_t size)
{
    bool good = true;
    gnuplot_start(g);
    if (g->pipe) fclose(g->pipe);
    if (g->pid) {
        int status = 0;
        while (waitpid(g->pid, &status, 0) < 0 && errno == EINTR) {}
        good = !g->broken && WIFEXITED(status) && WEXITSTATUS(status) == 0;
        if (!good) {
            char line[200];
            first_line(g->log, line, sizeof line);
            snprintf(reason, size, "gnuplot stopped%s%s", *line ? ": " : "", line);
        }
    } else if (g->broken) {
        good = false;
        snprintf(reason, size, "gnuplot could not be started; install the package gnuplot-nox");
    }
    if (g->log) fclose(g->log);
    free(g->queue);
    *g = (gnuplot){.folder = g->folder};
    return good;
}
