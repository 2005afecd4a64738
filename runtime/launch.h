/* launch.h: which kernels a call launches, in which order, with what: as data.
 *
 * What the host does between kernels is whole numbers, loops and conditions over them;
 * see compiler/loop/launch.h.  A number is a node of an expression whose arguments come
 * before it; a step that holds others is followed by them, up to `end`.             */
#ifndef NODEC_LAUNCH_H
#define NODEC_LAUNCH_H

#include <stddef.h>
#include <stdint.h>

/* name, value of a and b */
#define LAUNCH_OPS(F)                                                                       \
    F(ADD, a + b) F(SUB, a - b) F(MUL, a * b) F(DIV, b ? a / b : 0) F(MOD, b ? a % b : 0)   \
    F(NEG, -a) F(MIN, a < b ? a : b) F(MAX, a > b ? a : b)                                  \
    F(LT, a < b) F(LE, a <= b) F(GT, a > b) F(GE, a >= b) F(EQ, a == b) F(NE, a != b)

typedef enum launch_op {
    LAUNCH_CONSTANT,                /* value                                        */
    LAUNCH_PARAM, LAUNCH_ABSENT,    /* parameter `value`, a whole number; is it a buffer that is not there? */
    LAUNCH_SLOT,                    /* variable `value`                             */
    LAUNCH_SELECT,                  /* a ? b : c                                    */
#define LAUNCH_ROW(name, value) LAUNCH_##name,
    LAUNCH_OPS(LAUNCH_ROW)
#undef LAUNCH_ROW
    LAUNCH_OP_COUNT
} launch_op;

typedef struct launch_number { uint32_t op, a, b, c; int64_t value; } launch_number;

typedef enum launch_kind {
    LAUNCH_LET,                     /* variable `slot` = a                          */
    LAUNCH_FOR,                     /* variable `slot` from a to b by c             */
    LAUNCH_IF,                      /* a: up to `other`, else from there to `end`   */
    LAUNCH_KERNEL                   /* kernel `slot`, a items, given[first ... first + count - 1] */
} launch_kind;

typedef struct launch_step { uint32_t kind, slot, a, b, c, other, end, first, count; } launch_step;

/* An argument of a kernel: a parameter of the call, a variable, or the status. */
typedef enum launch_source { LAUNCH_FROM_PARAM, LAUNCH_FROM_SLOT, LAUNCH_STATUS } launch_source;
typedef struct launch_given { uint32_t from, index; } launch_given;

typedef struct launch {
    const launch_step   *step;   size_t steps;
    const launch_number *number; size_t numbers;
    const launch_given  *given;  size_t givens;
    const char *const   *kernel; const uint32_t *group; size_t kernels;      /* their names; items of a group */
    size_t slots;                   /* variables, LAUNCH_SLOTS at most              */
} launch;

enum { LAUNCH_SLOTS = 64 };

/* Of a parameter that is a whole number: which; of a buffer: 0 if it is not there, else 1. */
typedef int64_t launch_whole;

typedef struct launch_host {
    void *self;
    /* Queues a kernel; slot: the variables. Not 0: no more of it.                  */
    int (*queue)(void *self, uint32_t kernel, size_t items, const launch_given *, size_t count, const int64_t *slot);
} launch_host;

/* What `queue` returned last. */
int launch_run(const launch *, const launch_whole *param, const launch_host *);

#endif
