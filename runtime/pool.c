/* pool.c: see pool.h.
 *
 * A round is one call of `run`.  Its number is published last (release) and read
 * first (acquire), so whoever sees it sees the task too.  Threads take indices
 * from a common counter; the round ends when every worker has said so. */
#include "pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SPINS = 4000, YIELDS = 20 };

struct pool {
    nodec_parallel parallel;
    pthread_t *thread;
    size_t workers;
    cpu_set_t  callers;             /* where the caller was allowed before           */
    bool       bound;

    void (*task)(void *arg, size_t i);
    void *arg;
    size_t count;
    atomic_size_t next;             /* index to take                                 */
    atomic_size_t busy;             /* workers that still work on this round         */
    atomic_ulong  round;
    atomic_bool   over;

    atomic_size_t asleep;
    pthread_mutex_t lock;
    pthread_cond_t  wake;
};

static void relax(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("yield");
#endif
}

static void work(pool *p)
{
    for (size_t i; (i = atomic_fetch_add(&p->next, 1)) < p->count;) p->task(p->arg, i);
}

/* Waits for a round other than `seen`; spins, yields, sleeps. */
static unsigned long await(pool *p, unsigned long seen)
{
    unsigned long now;
    for (int i = 0; i < SPINS; i++, relax())
        if ((now = atomic_load_explicit(&p->round, memory_order_acquire)) != seen) return now;
    for (int i = 0; i < YIELDS; i++, sched_yield())
        if ((now = atomic_load_explicit(&p->round, memory_order_acquire)) != seen) return now;
    pthread_mutex_lock(&p->lock);
    atomic_fetch_add(&p->asleep, 1);
    while ((now = atomic_load(&p->round)) == seen) pthread_cond_wait(&p->wake, &p->lock);
    atomic_fetch_sub(&p->asleep, 1);
    pthread_mutex_unlock(&p->lock);
    return now;
}

static void next_round(pool *p)
{
    atomic_fetch_add(&p->round, 1);
    if (!atomic_load(&p->asleep)) return;
    pthread_mutex_lock(&p->lock);
    pthread_cond_broadcast(&p->wake);
    pthread_mutex_unlock(&p->lock);
}

static void *worker(void *argument)
{
    pool *p = argument;
    for (unsigned long round = 0;;) {
        round = await(p, round);
        if (atomic_load(&p->over)) return NULL;
        work(p);
        atomic_fetch_sub(&p->busy, 1);
    }
}

static void run(void *argument, size_t count, void (*task)(void *arg, size_t i), void *arg)
{
    pool *p = argument;
    if (count < 2) {
        if (count) task(arg, 0);
        return;
    }
    p->task = task;
    p->arg = arg;
    p->count = count;
    atomic_store(&p->next, 0);
    atomic_store(&p->busy, p->workers);
    next_round(p);
    work(p);
    for (int i = 0; atomic_load_explicit(&p->busy, memory_order_acquire); i++)
        if (i < SPINS) relax();
        else sched_yield();
}

/* ---- processors ---------------------------------------------------------------------- */

/* The n-th processor of a set, as a set. */
static cpu_set_t nth(const cpu_set_t *all, size_t n)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, all) && n-- == 0) {
            CPU_SET(cpu, &one);
            break;
        }
    return one;
}

/* The caller takes the first processor, worker i the one after the i-th. */
static void bind(pool *p)
{
    if (sched_getaffinity(0, sizeof p->callers, &p->callers) ||
        (size_t)CPU_COUNT(&p->callers) < p->workers + 1)
        return;
    for (size_t i = 0; i <= p->workers; i++) {
        const cpu_set_t one = nth(&p->callers, i);
        pthread_setaffinity_np(i ? p->thread[i - 1] : pthread_self(), sizeof one, &one);
    }
    p->bound = true;
}

pool *pool_open(size_t threads, nodec_fault *fault)
{
    if (threads < 2) return NULL;
    if (threads > 1024) {
        fault_set(fault, NODEC_EXIT_USAGE, "%zu threads are too many; at most 1024", threads);
        return NULL;
    }
    pool *p = calloc(1, sizeof *p);
    pthread_t *thread = calloc(threads, sizeof *thread);
    if (!p || !thread) {
        free(p);
        free(thread);
        fault_set(fault, NODEC_EXIT_IO, "out of memory");
        return NULL;
    }
    p->parallel = (nodec_parallel){run, p};
    p->thread = thread;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->wake, NULL);
    int error = 0;
    while (!error && p->workers < threads - 1) {
        error = pthread_create(&thread[p->workers], NULL, worker, p);
        if (!error) p->workers++;
    }
    if (error) {
        fault_set(fault, NODEC_EXIT_IO, "cannot start %zu threads: %s", threads, strerror(error));
        pool_close(p);
        return NULL;
    }
    bind(p);
    return p;
}

void pool_close(pool *p)
{
    if (!p) return;
    atomic_store(&p->over, true);
    next_round(p);
    for (size_t i = 0; i < p->workers; i++) pthread_join(p->thread[i], NULL);
    if (p->bound) pthread_setaffinity_np(pthread_self(), sizeof p->callers, &p->callers);
    pthread_cond_destroy(&p->wake);
    pthread_mutex_destroy(&p->lock);
    free(p->thread);
    free(p);
}

const nodec_parallel *pool_parallel(const pool *p) { return p ? &p->parallel : NULL; }
