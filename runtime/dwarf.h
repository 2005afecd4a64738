/* dwarf.h: which line of a file an instruction comes from.
 *
 * In: an image with debugging information (DWARF 4, as `-gdwarf-4 -g1` makes it).  Out:
 * the line tables, and what was inlined where; so an instruction has a line, that of the
 * call it was inlined by, that of the call around it, and so on.                     */
#ifndef NODEC_DWARF_H
#define NODEC_DWARF_H

#include "fault.h"
#include "image.h"

typedef struct dwarf_range { uint64_t from, to; uint32_t line, depth; } dwarf_range;   /* where in memory */
typedef struct dwarf_ranges { dwarf_range *at; size_t count, room; } dwarf_ranges;

typedef struct dwarf {
    const char  *file;              /* lines of other files are 0                   */
    dwarf_ranges row;               /* of the line tables, sorted, none in another  */
    dwarf_ranges inlined;           /* sorted by `from`; line: of the call          */
} dwarf;

int  dwarf_read(dwarf *, const image *, const char *file, nodec_fault *);
void dwarf_free(dwarf *);
/* Lines of `file`, from the instruction outwards; how many.                         */
size_t dwarf_lines(const dwarf *, uint64_t address, uint32_t *line, size_t most);

#endif
