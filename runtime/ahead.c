/* ahead.c: see ahead.h. */
#include "ahead.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "idx_kept.h"

typedef struct reader {
    const char *path;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t  told;
    bool running, ready, taken;     /* running: there is a thread to wait for       */
    idx x;
    nodec_fault fault;
} reader;

struct nodec_ahead { size_t count; reader at[]; };

static void elements_are_there(void *of)
{
    reader *r = of;
    pthread_mutex_lock(&r->lock);
    r->ready = true;
    pthread_cond_broadcast(&r->told);
    pthread_mutex_unlock(&r->lock);
}

static void *read_file(void *of)
{
    reader *r = of;
    idx_open_kept_told(&r->x, r->path, &r->fault, elements_are_there, r);
    return NULL;
}

nodec_ahead *nodec_read_ahead(const nodec_files *files)
{
    nodec_ahead *a = calloc(1, sizeof *a + files->columns * sizeof *a->at);
    for (size_t i = 0; a && i < files->columns; i++) {
        reader *r = &a->at[a->count];
        if (!idx_is_worth_keeping(files->column[i].column)) continue;
        *r = (reader){.path = files->column[i].column};
        pthread_mutex_init(&r->lock, NULL);
        pthread_cond_init(&r->told, NULL);
        r->running = !pthread_create(&r->thread, NULL, read_file, r);
        a->count++;
    }
    return a;
}

bool ahead_take(nodec_ahead *a, const char *path, idx *x, nodec_fault *fault)
{
    for (size_t i = 0; a && i < a->count; i++) {
        reader *r = &a->at[i];
        if (!r->running || r->taken || strcmp(r->path, path)) continue;
        pthread_mutex_lock(&r->lock);
        while (!r->ready) pthread_cond_wait(&r->told, &r->lock);
        pthread_mutex_unlock(&r->lock);
        r->taken = true;
        *x = r->x;
        x->path = path;
        if (r->fault.status) *fault = r->fault;
        return true;
    }
    return false;
}

void ahead_wait(nodec_ahead *a)
{
    for (size_t i = 0; a && i < a->count; i++) {
        if (a->at[i].running) pthread_join(a->at[i].thread, NULL);
        a->at[i].running = false;
    }
}

void nodec_read_end(nodec_ahead *a)
{
    ahead_wait(a);
    for (size_t i = 0; a && i < a->count; i++) {
        reader *r = &a->at[i];
        if (r->ready && !r->taken && !r->fault.status) idx_close(&r->x);
        pthread_mutex_destroy(&r->lock);
        pthread_cond_destroy(&r->told);
    }
    free(a);
}
