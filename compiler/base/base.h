/* base.h: memory by lifetime, names that compare by address, growing text.
 *
 * Nothing here knows what a model is.  An Arena is freed whole; every pointer
 * into it dies with it.  A Names table interns strings, so that equal names
 * are equal pointers.  A Text is a string under construction.  No function
 * here keeps global state.  Running out of memory, and a bug that the compiler
 * finds in itself, jump to where the arena's Heap says; without one they end
 * the process with a word about it. */
#ifndef ND_BASE_H
#define ND_BASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined __GNUC__
#define ND_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define ND_PRINTF(f, a)
#endif

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- arenas -------------------------------------------------------------- */

/* Where to go with a failure, and what it was: HEAP_EMPTY, no memory; HEAP_BUG, see `bug`. */
typedef struct Escape { jmp_buf to; char bug[320]; } Escape;
enum { HEAP_EMPTY = 1, HEAP_BUG = 2 };

/* Whose memory the blocks of some arenas are: after a jump out of the middle of anything,
 * everything they had is given back at once.  All zero: calloc and free.        */
typedef struct Heap {
    void *(*take)(void *self, size_t bytes);        /* NULL when there is none     */
    void  (*give)(void *self, void *memory);
    void   *self;
    Escape *fail;                   /* NULL: the process ends                      */
    struct ArenaBlock *block;       /* of all its arenas                           */
    size_t largest;                 /* of a block that is shared; 0: the usual     */
} Heap;
void heap_free(Heap *);             /* whatever its arenas still have              */

typedef struct Arena {
    struct ArenaBlock *block;       /* newest block, older ones behind it          */
    size_t             used;        /* bytes used of the newest block              */
    Heap              *heap;        /* or NULL: nobody's                           */
} Arena;                            /* all zero is an empty arena                  */

void *arena_alloc(Arena *, size_t bytes);               /* zeroed, aligned to 16   */
void *arena_copy(Arena *, const void *from, size_t bytes);
/* More room for `old`, which has `room` bytes, the first `used` of them worth keeping. */
void *arena_grow(Arena *, const void *old, size_t room, size_t used, size_t bytes);
char *arena_string(Arena *, const char *from, size_t length);   /* adds the NUL    */
char *arena_printf(Arena *, const char *format, ...) ND_PRINTF(2, 3);
void  arena_free(Arena *);                              /* everything; reusable    */
void  arena_clear(Arena *);                             /* the same, but keeps a block to start with */
/* The compiler is wrong about something; does not return.                        */
_Noreturn void arena_bug_at(const Arena *, const char *file, int line, const char *format, ...) ND_PRINTF(4, 5);
#define arena_bug(arena, ...) arena_bug_at(arena, __FILE__, __LINE__, __VA_ARGS__)
/* assert, for code that works for a host: what is wrong ends the call, not the process. */
#define INSIST(arena, x) ((x) ? (void)0 : arena_bug(arena, "%s", #x))

#define NEW(arena, type)         ((type *)arena_alloc(arena, sizeof(type)))
#define NEW_ARRAY(arena, type, n) ((type *)arena_alloc(arena, sizeof(type) * (size_t)(n)))

/* ---- growing arrays in an arena -------------------------------------------
 * Declare `VEC(type) v;` all zero; `VEC_PUSH(arena, v) = value;` appends.
 * Old storage stays in the arena until it is freed.                           */
#define VEC(type) struct { type *at; size_t count, room; }
#define VEC_PUSH(arena, v)                                                       \
    (((v).count < (v).room ? (void)0                                             \
      : (void)((v).at = vec_grow(arena, (v).at, (v).count, &(v).room, sizeof *(v).at))), \
     (v).at)[(v).count++]
/* Room for n. */
#define VEC_ROOM(arena, v, n)                                                    \
    ((void)((v).at = vec_room(arena, (v).at, (v).count, &(v).room, n, sizeof *(v).at)))
void *vec_grow(Arena *, const void *old, size_t count, size_t *room, size_t size);
void *vec_room(Arena *, void *old, size_t count, size_t *room, size_t wanted, size_t size);

/* ---- names ---------------------------------------------------------------- */

typedef const char *Name;           /* interned: compare with ==                   */
typedef struct Names {
    Arena  *arena;
    Name   *slot;                   /* open addressing, power of two               */
    size_t  slots, count;
} Names;

Name name_of(Names *, const char *text);                /* interns                 */
Name name_of_n(Names *, const char *text, size_t length);
/* The candidate nearest to `wrong` by edit distance, if near enough to be a
 * likely slip of the keyboard; else NULL.  For "did you mean".                 */
const char *name_nearest(const char *wrong, const char *const *candidate, size_t count);

uint64_t hash_bytes(const void *, size_t, uint64_t seed);       /* FNV-1a, 64 bit  */

/* ---- text ----------------------------------------------------------------- */

typedef struct Text { Arena *arena; char *at; size_t length, room; } Text;

void text_reserve(Text *, size_t bytes);    /* room for so many more; memory not touched costs nothing */
void text_add(Text *, const char *string);
void text_insert(Text *, size_t at, const Text *);      /* before the byte at `at` */
void text_whole(Text *, uint64_t);          /* a number                                     */
void text_add_n(Text *, const char *bytes, size_t n);
void text_printf(Text *, const char *format, ...) ND_PRINTF(2, 3);
void text_vprintf(Text *, const char *format, va_list);
const char *text_string(Text *);    /* NUL-terminated; valid until the next add    */
/* Shortest decimal that reads back to the same double (single: the same float). */
void text_real(Text *, double value, bool single);
double real_read(const char *digits, char **end);     /* strtod, but deaf to the host's locale */

/* ---- files ---------------------------------------------------------------- */

/* The whole file (path "-" is standard input), NUL added; NULL and errno on failure. */
char *file_read(Arena *, const char *path, size_t *length);
/* Through a temporary file beside it and rename, so that a reader sees the old
 * content or the new, never half. (Not synced: what is written can be made again.)  0, or -1 and errno.                  */
int   file_write(const char *path, const char *bytes, size_t length);

#endif
