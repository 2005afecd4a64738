/* arena.c: memory that is freed all at once.
 *
 * An arena is a chain of blocks, newest first; allocation moves a mark in the
 * newest.  Blocks double from 4 KiB to 1 MiB.  What is too big for that gets
 * a block of its own *behind* the newest, so that the mark stays where it is
 * (Hanson, "Fast allocation and deallocation of memory based on object
 * lifetimes", 1990).  calloc hands out zeroed memory and so do we.
 *
 * Blocks of a Heap are chained a second time, both ways, whichever arena they
 * belong to: so a jump may leave arenas behind that stood on the stack. */
#include "base/base.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, SMALLEST = 4 << 10, LARGEST = 1 << 20 };

struct ArenaBlock {
    struct ArenaBlock *before;      /* of the same arena           */
    size_t             size;        /* of what follows this header */
    struct ArenaBlock *next, **link;    /* of the heap; what points here */
};

static_assert(sizeof(struct ArenaBlock) % ALIGN == 0, "a block's contents begin aligned");

_Noreturn static void exhausted(const Arena *arena)
{
    if (arena->heap && arena->heap->fail) longjmp(arena->heap->fail->to, HEAP_EMPTY);
    fputs("nodec: error: out of memory\n", stderr);
    exit(70);
}

_Noreturn void arena_bug_at(const Arena *arena, const char *file, int line, const char *format, ...)
{
    char text[sizeof arena->heap->fail->bug];
    int place = snprintf(text, sizeof text, "a bug in nodec, at %s:%d: ", file, line);
    va_list args;
    va_start(args, format);
    vsnprintf(text + place, sizeof text - (size_t)place, format, args);
    va_end(args);
    if (arena->heap && arena->heap->fail) {
        memcpy(arena->heap->fail->bug, text, sizeof text);
        longjmp(arena->heap->fail->to, HEAP_BUG);
    }
    fprintf(stderr, "nodec: error: %s\n", text);
    abort();
}

/* ---- blocks --------------------------------------------------------------- */

static struct ArenaBlock *take(const Heap *heap, size_t bytes)
{
    if (!heap || !heap->take) return calloc(1, bytes);
    void *memory = heap->take(heap->self, bytes);
    return memory ? memset(memory, 0, bytes) : NULL;
}

static struct ArenaBlock *block_new(Arena *arena, size_t size)
{
    Heap *heap = arena->heap;
    struct ArenaBlock *block = take(heap, sizeof *block + size);
    if (!block) exhausted(arena);
    block->size = size;
    if (!heap) return block;
    block->next = heap->block;
    block->link = &heap->block;
    if (heap->block) heap->block->link = &block->next;
    return heap->block = block;
}

static void block_free(Heap *heap, struct ArenaBlock *block)
{
    if (block->link) {
        *block->link = block->next;
        if (block->next) block->next->link = block->link;
    }
    if (heap && heap->give) heap->give(heap->self, block);
    else free(block);
}

void heap_free(Heap *heap)
{
    while (heap->block) block_free(heap, heap->block);
}

/* ---- allocation ----------------------------------------------------------- */

static size_t largest(const Arena *arena)
{
    return arena->heap && arena->heap->largest ? arena->heap->largest : LARGEST;
}

static void *alone(Arena *arena, size_t size)
{
    struct ArenaBlock *block = block_new(arena, size);
    block->before = arena->block->before;
    arena->block->before = block;
    return block + 1;
}

void *arena_alloc(Arena *arena, size_t bytes)
{
    if (bytes > SIZE_MAX / 2) exhausted(arena);
    bytes = (bytes + ALIGN - 1) / ALIGN * ALIGN;
    if (!arena->block || bytes > arena->block->size - arena->used) {
        size_t most = largest(arena), size = !arena->block ? SMALLEST : 2 * arena->block->size;
        if (size > most) size = most;
        if (arena->block && bytes > size / 4) return alone(arena, bytes);
        struct ArenaBlock *block = block_new(arena, bytes > size ? bytes : size);
        block->before = arena->block;
        arena->block = block;
        arena->used = 0;
    }
    void *at = (char *)(arena->block + 1) + arena->used;
    arena->used += bytes;
    return at;
}

/* The newest allocation grows where it stands, if there is room behind it. */
void *arena_grow(Arena *arena, const void *old, size_t room, size_t used, size_t bytes)
{
    room = (room + ALIGN - 1) / ALIGN * ALIGN;
    char *mark = arena->block ? (char *)(arena->block + 1) + arena->used : NULL;
    if (room && (const char *)old + room == mark && bytes - room <= arena->block->size - arena->used) {
        arena->used += (bytes - room + ALIGN - 1) / ALIGN * ALIGN;
        return mark - room;
    }
    void *grown = arena_alloc(arena, bytes);
    return used ? memcpy(grown, old, used) : grown;
}

void *arena_copy(Arena *arena, const void *from, size_t bytes)
{
    void *to = arena_alloc(arena, bytes);
    return bytes ? memcpy(to, from, bytes) : to;
}

char *arena_string(Arena *arena, const char *from, size_t length)
{
    char *to = arena_alloc(arena, length + 1);
    if (length) memcpy(to, from, length);
    return to;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    Text text = { .arena = arena };
    va_list args;
    va_start(args, format);
    text_vprintf(&text, format, args);
    va_end(args);
    return text.at ? text.at : arena_string(arena, "", 0);
}

void arena_free(Arena *arena)
{
    for (struct ArenaBlock *block = arena->block, *before; block; block = before) {
        before = block->before;
        block_free(arena->heap, block);
    }
    arena->block = NULL;
    arena->used = 0;
}

void arena_clear(Arena *arena)
{
    if (!arena->block) return;
    struct ArenaBlock newest = *arena->block;
    arena->block->before = NULL;
    memset(arena->block + 1, 0, arena->used);
    arena->used = 0;
    arena_free(&(Arena){ .block = newest.before, .heap = arena->heap });
}

void *vec_grow(Arena *arena, const void *old, size_t count, size_t *room, size_t size)
{
    if (*room > SIZE_MAX / 4 / size) exhausted(arena);
    size_t before = *room * size;
    *room = *room ? 2 * *room : size > 128 ? 2 : 8;
    return arena_grow(arena, old, before, count * size, *room * size);
}

void *vec_room(Arena *arena, void *old, size_t count, size_t *room, size_t wanted, size_t size)
{
    if (*room >= wanted) return old;
    if (wanted > SIZE_MAX / 4 / size) exhausted(arena);
    size_t before = *room * size;
    return arena_grow(arena, old, before, count * size, (*room = wanted) * size);
}
