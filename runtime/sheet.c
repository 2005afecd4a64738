/* sheet.c: see sheet.h. */
#include "sheet.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

#include "store.h"

bool sheet_open(sheet *s, const char *folder, nodec_fault *fault, const char *format, ...)
{
    char name[128];
    va_list list;
    va_start(list, format);
    vsnprintf(name, sizeof name, format, list);
    va_end(list);
    if (store_path(s->path, folder, name, fault)) return false;
    s->file = fopen(s->path, "we");
    if (!s->file) fault_io(fault, "write", s->path);
    return s->file;
}

int sheet_close(sheet *s, nodec_fault *fault)
{
    errno = 0;
    const bool bad = fflush(s->file) || ferror(s->file);
    const int reason = errno;
    if (!fclose(s->file) && !bad) return 0;
    if (bad) errno = reason;
    fault_io(fault, "write", s->path);
    unlink(s->path);
    return fault->status;
}
