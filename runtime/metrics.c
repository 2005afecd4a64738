/* metrics.c: see metrics.h. */
#include "metrics.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "real.h"
#include "store.h"

int metrics_open(metrics *m, const char *folder, uint64_t keep, nodec_fault *fault)
{
    m->fd = -1;
    m->used = 0;
    m->offset = keep;
    if (!folder) return 0;
    if (store_path(m->path, folder, "metrics.jsonl", fault)) return fault->status;
    m->fd = open(m->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (m->fd < 0) return fault_io(fault, "write", m->path);
    struct stat st;
    if (keep && (fstat(m->fd, &st) || (uint64_t)st.st_size < keep)) {
        metrics_close(m);
        return fault_set(fault, NODEC_EXIT_DATA, "%s is shorter than when its checkpoint was written", m->path);
    }
    if (!ftruncate(m->fd, (off_t)keep)) return 0;
    fault_io(fault, "write", m->path);
    metrics_close(m);
    return fault->status;
}

/* On failure the file ends with the last whole flush, never within a line. */
int metrics_flush(metrics *m, nodec_fault *fault)
{
    size_t done = 0;
    while (m->fd >= 0 && done < m->used) {
        const ssize_t n = pwrite(m->fd, m->buffer + done, m->used - done, (off_t)(m->offset + done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            const int reason = errno;
            const int cut = ftruncate(m->fd, (off_t)m->offset);     /* as well as we can  */
            (void)cut;
            errno = reason;
            m->used = 0;
            return fault_io(fault, "write", m->path);
        }
        done += (size_t)n;
    }
    m->offset += done;
    m->used = 0;
    return 0;
}

static void add(metrics *m, const char *text)
{
    const size_t n = strlen(text);
    memcpy(m->buffer + m->used, text, n);
    m->used += n;
}

static void add_number(metrics *m, const char *name, double value)
{
    char text[REAL_TEXT];
    add(m, ",\"");
    add(m, name);
    add(m, "\":");
    if (!isfinite(value)) add(m, "null");
    else if (real_print(text, value, false)) add(m, text);
}

int metrics_line(metrics *m, uint64_t step, const metric *of, size_t count, nodec_fault *fault)
{
    size_t longest = 40;
    if (m->fd < 0) return 0;
    for (size_t i = 0; i < count; i++) longest += strlen(of[i].name) + REAL_TEXT + 4;
    if (longest > sizeof m->buffer) return fault_set(fault, NODEC_EXIT_BUG, "a line of metrics.jsonl is too long");
    if (m->used + longest > sizeof m->buffer && metrics_flush(m, fault)) return fault->status;
    m->used += (size_t)snprintf(m->buffer + m->used, longest, "{\"step\":%llu", (unsigned long long)step);
    for (size_t i = 0; i < count; i++) add_number(m, of[i].name, of[i].value);
    add(m, "}\n");
    return 0;
}

int metrics_step(metrics *m, uint64_t step, double loss, double rate, double gradient, nodec_fault *fault)
{
    const metric of[] = {{"loss", loss}, {"lr", rate}, {"gradient", gradient}};
    return metrics_line(m, step, of, COUNT_OF(of), fault);
}

int metrics_validation(metrics *m, uint64_t step, double loss, nodec_fault *fault)
{
    return metrics_line(m, step, &(metric){"validation", loss}, 1, fault);
}

void metrics_close(metrics *m)
{
    if (m->fd >= 0) close(m->fd);
    m->fd = -1;
}
