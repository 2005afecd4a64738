/* arena.c: memory that is freed all at once.
 *
 * An arena is a chain of blocks, newest first; allocation moves a mark in the
 * newest.  Blocks double from 4 KiB to 1 MiB.  What is too big for that gets
 * a block of its own *behind* the newest, so that the mark stays where it is
 * (Hanson, "Fast allocation and deallocation of memory based on object
 * lifetimes", 1990).  calloc hands out zeroed memory and so do we. */
#include "base/base.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, SMALLEST = 4 << 10, LARGEST = 1 << 20 };

struct ArenaBlock {
    struct ArenaBlock *before;
    size_t             size;        /* of what follows this header */
};

static_assert(sizeof(struct ArenaBlock) % ALIGN == 0, "a block's contents begin aligned");

static void *exhausted(Arena *arena)
{
    if (arena->oom) longjmp(*arena->oom, 1);
    fputs("nodec: out of memory\n", stderr);
    exit(70);
}

static struct ArenaBlock *block_new(Arena *arena, size_t size)
{
    struct ArenaBlock *block = calloc(1, sizeof *block + size);
    if (!block) exhausted(arena);
    block->size = size;
    return block;
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
        size_t size = !arena->block                     ? SMALLEST
                    : arena->block->size < LARGEST / 2  ? 2 * arena->block->size
                                                        : LARGEST;
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
        free(block);
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
    arena_free(&(Arena){ .block = newest.before });
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
