/* store.h: files that appear whole or not at all.
 *
 * A store is written beside its final place; store_commit makes it durable
 * (fsync) and moves it there (rename), so that whoever reads the path finds the
 * old content or the new one, also after a power cut or on a full disk. */
#ifndef NODEC_STORE_H
#define NODEC_STORE_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include "fault.h"

typedef struct store {
    FILE *file;                     /* write here                                   */
    bool  hurry;                    /* set after opening: do not wait for the disk; a power cut may take it */
    char path[PATH_MAX], beside[PATH_MAX];
} store;

int  store_open(store *, const char *path, nodec_fault *);
int  store_commit(store *, nodec_fault *);      /* closes either way                */
void store_drop(store *);                       /* closes, leaves no trace          */

/* Makes a folder and those above it. */
int  store_folder(const char *path, nodec_fault *);
/* "folder/name" into path; a fault if it is too long. */
int  store_path(char path[PATH_MAX], const char *folder, const char *name, nodec_fault *);

#endif
