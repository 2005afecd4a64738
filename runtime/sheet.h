/* sheet.h: a text file of a run's folder, for pictures: whole, or not there. */
#ifndef NODEC_SHEET_H
#define NODEC_SHEET_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include "fault.h"

typedef struct sheet { FILE *file; char path[PATH_MAX]; } sheet;

/* "folder/NAME" of the formatted name, to be written to file. */
bool sheet_open(sheet *, const char *folder, nodec_fault *, const char *format, ...) FAULT_PRINTF(4, 5);
/* What could not be written whole goes away. */
int  sheet_close(sheet *, nodec_fault *);

#endif
