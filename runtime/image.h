/* image.h: an ELF file of code that is loaded: its sections, its functions, where they are.
 *
 * A shared object, or an object file that a compiler in this process has placed itself.
 * Then what its debugging sections say of addresses is filled in here, as a linker
 * would (System V ABI, chapter 4), all sections being at 0 but for `loaded`'s own.    */
#ifndef NODEC_IMAGE_H
#define NODEC_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct image {
    unsigned char *bytes;           /* a copy                                       */
    size_t   size;
    uint64_t slide;                 /* added to its addresses: those in memory      */
    unsigned section;               /* the one that `symbol` is in                  */
} image;

typedef struct image_part { const unsigned char *at; size_t size; } image_part;

/* `loaded`: where the global symbol is in memory. False: no such file, no such symbol, no memory. */
bool image_open(image *, const void *elf, size_t bytes, const char *symbol, const void *loaded);
void image_close(image *);

image_part image_section(const image *, const char *name);     /* size 0: there is none */
/* The name of some function that others may call, "" if there is none.              */
const char *image_function(const void *elf, size_t bytes);

#endif
