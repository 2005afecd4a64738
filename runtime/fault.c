/* fault.c: messages of a run. */
#include "fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void add(nodec_fault *fault, const char *format, va_list list)
{
    const size_t used = strlen(fault->text);
    vsnprintf(fault->text + used, sizeof fault->text - used, format, list);
}

static void add_text(nodec_fault *fault, const char *format, ...) FAULT_PRINTF(2, 3);
static void add_text(nodec_fault *fault, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    add(fault, format, list);
    va_end(list);
}

/* False if something went wrong before. */
static int begin(nodec_fault *fault, int status)
{
    if (fault->status) return 0;
    fault->status = status;
    fault->text[0] = 0;
    return 1;
}

int fault_set(nodec_fault *fault, int status, const char *format, ...)
{
    if (!begin(fault, status)) return status;
    va_list list;
    va_start(list, format);
    add_text(fault, "nodec: error: ");
    add(fault, format, list);
    va_end(list);
    return status;
}

int fault_at(nodec_fault *fault, int status, const char *path, size_t line, size_t column,
             const char *format, ...)
{
    if (!begin(fault, status)) return status;
    va_list list;
    va_start(list, format);
    add_text(fault, "%s:", path);
    if (line) add_text(fault, "%zu:", line);
    if (line && column) add_text(fault, "%zu:", column);
    add_text(fault, " error: ");
    add(fault, format, list);
    va_end(list);
    return status;
}

int fault_io(nodec_fault *fault, const char *verb, const char *path)
{
    return fault_set(fault, NODEC_EXIT_IO, "cannot %s %s: %s", verb, path,
                     strerror(errno ? errno : EIO));
}

void fault_note(nodec_fault *fault, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    add_text(fault, "\nnote: ");
    add(fault, format, list);
    va_end(list);
}

/* Edit distance where a swap of neighbours is one slip (Damerau 1964), letters
 * of either case being equal; names longer than 63 are too far from anything.  */
static size_t distance(const char *a, const char *b)
{
    enum { MOST = 64 };
    size_t row[3][MOST];
    const size_t na = strlen(a), nb = strlen(b);
    if (na >= MOST || nb >= MOST) return MOST;
    for (size_t j = 0; j <= nb; j++) row[0][j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *now = row[i % 3];
        const size_t *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            const size_t same = (a[i - 1] | 32) == (b[j - 1] | 32) ? 0 : 1;
            size_t best = last[j - 1] + same;
            if (last[j] + 1 < best) best = last[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[na % 3][nb];
}

void fault_suggest(nodec_fault *fault, const char *wrong, const char *const *candidate, size_t count)
{
    size_t best = 0, nearest = (size_t)-1;
    for (size_t i = 0; i < count; i++) {
        const size_t d = distance(wrong, candidate[i]);
        if (d < nearest) nearest = d, best = i;
    }
    if (!count) return;
    if (nearest <= 1 + strlen(wrong) / 4 && nearest < strlen(wrong)) {
        add_text(fault, "\nhelp: did you mean `%s`?", candidate[best]);
        return;
    }
    add_text(fault, "\nnote: there is ");
    for (size_t i = 0; i < count && i < 12; i++) add_text(fault, "%s`%s`", i ? ", " : "", candidate[i]);
    if (count > 12) add_text(fault, " and %zu more", count - 12);
}
