/* mutate.h: files that are nearly right, by a seed.
 *
 * In: files that exist, a number.  Out: for equal files and numbers the same bytes: pieces of
 * the files cut, doubled, swapped and joined, by bytes and by words, with numbers, nesting and
 * bytes that nobody expects. */
#ifndef TESTS_MUTATE_H
#define TESTS_MUTATE_H

#include <stddef.h>
#include <stdint.h>

typedef struct Chance { uint64_t state; } Chance;       /* splitmix64 (Steele, Lea and Flood, 2014) */
uint64_t chance_next(Chance *);
size_t   chance_below(Chance *, size_t);                /* 0 ... n-1; 0 of nothing  */

typedef struct Mutant { char *at; size_t length, room; } Mutant;   /* grows up to the room */

typedef struct Corpus {
    Mutant *file;
    char  **path;
    size_t  count, first;           /* the first ones are begun with every second time */
    int     words;                  /* not 0: of words, with brackets that nest    */
} Corpus;

/* Files that match the pattern, after those that there are. */
void corpus_add(Corpus *, const char *pattern);
void corpus_add_examples(Corpus *, const char *page);   /* the models in a page   */
void corpus_free(Corpus *);

/* The `number`-th; `chance` is left for choices that belong to it. */
void mutate(const Corpus *, uint64_t number, Mutant *, Chance *chance);

#endif
