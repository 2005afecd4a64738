/* dwarf.c: see dwarf.h. DWARF Debugging Information Format, version 4 (2010): chapter 6.2
 * is the line table, 7.5 the entries, 2.17.3 ranges of addresses. */
#include "dwarf.h"

#include <stdlib.h>
#include <string.h>

enum { FILES = 256 };               /* files of a unit that can be told apart         */

enum { TAG_INLINED = 0x1d };
enum { AT_STMT_LIST = 0x10, AT_LOW_PC = 0x11, AT_HIGH_PC = 0x12, AT_RANGES = 0x55, AT_CALL_FILE = 0x58, AT_CALL_LINE = 0x59 };
enum { FORM_ADDR = 1, FORM_STRING = 8, FORM_INDIRECT = 0x16 };

/* ---- reading ------------------------------------------------------------------------------ */

typedef struct reader { const unsigned char *at, *end; bool bad; } reader;

static reader reader_of(image_part part, uint64_t from)
{
    if (from > part.size) return (reader){.bad = true};
    return (reader){part.at + from, part.at + part.size, false};
}

static void skip(reader *r, uint64_t n)
{
    if (n > (uint64_t)(r->end - r->at)) r->bad = true, n = (uint64_t)(r->end - r->at);
    r->at += n;
}

static uint64_t whole(reader *r, size_t n)          /* n bytes, little end first            */
{
    uint64_t value = 0;
    const unsigned char *from = r->at;
    skip(r, n);
    if (!r->bad) memcpy(&value, from, n);
    return value;
}

static uint64_t leb(reader *r, bool sign)
{
    uint64_t value = 0;
    for (unsigned shift = 0; r->at < r->end; shift += 7) {
        const unsigned char byte = *r->at++;
        if (shift < 64) value |= (uint64_t)(byte & 127) << shift;
        if (byte & 128) continue;
        if (sign && byte & 64 && shift + 7 < 64) value |= ~UINT64_C(0) << (shift + 7);
        return value;
    }
    r->bad = true;
    return 0;
}

static const char *text(reader *r)
{
    const char *at = (const char *)r->at;
    const unsigned char *zero = r->at < r->end ? memchr(r->at, 0, (size_t)(r->end - r->at)) : NULL;
    if (!zero) r->bad = true;
    r->at = zero ? zero + 1 : r->end;
    return zero ? at : "";
}

static bool add(dwarf_ranges *to, dwarf_range range)
{
    if (to->count == to->room) {
        const size_t room = to->room ? 2 * to->room : 1024;
        dwarf_range *at = realloc(to->at, room * sizeof *at);
        if (!at) return false;
        to->at = at;
        to->room = room;
    }
    to->at[to->count++] = range;
    return true;
}

/* ---- the line table ------------------------------------------------------------------------ */

typedef struct unit {               /* one compilation                              */
    dwarf   *d;
    const image *m;
    bool     ours[FILES];           /* is file i the one?                           */
    uint64_t low;                   /* where its ranges count from                  */
    reader   abbreviations;
    bool     full;                  /* no memory                                    */
} unit;

static bool is_file(const dwarf *d, const char *path)
{
    const char *slash = strrchr(path, '/');
    return !strcmp(slash ? slash + 1 : path, d->file);
}

typedef struct row { uint64_t address; uint64_t file; int64_t line; } row;

/* From the last row up to here. */
static void row_ends(unit *u, const row *last, const row *now)
{
    const uint64_t slide = u->m->slide;
    const bool ours = last->file < FILES && u->ours[last->file] && last->line > 0;
    if (now->address > last->address)
        u->full |= !add(&u->d->row, (dwarf_range){last->address + slide, now->address + slide, ours ? (uint32_t)last->line : 0, 0});
}

typedef struct line_head { unsigned shortest, base_opcode, range; int base; unsigned char operands[256]; } line_head;

static bool read_line_head(unit *u, reader *r, line_head *h)
{
    const uint64_t version = whole(r, 2), length = whole(r, 4);
    reader program = *r;
    skip(&program, length);
    if (version < 2 || version > 4) return false;
    h->shortest = (unsigned)whole(r, 1);
    if (version == 4) skip(r, 1);
    skip(r, 1);
    h->base = (signed char)whole(r, 1);
    h->range = (unsigned)whole(r, 1);
    h->base_opcode = (unsigned)whole(r, 1);
    for (unsigned i = 1; i < h->base_opcode; i++) h->operands[i] = (unsigned char)whole(r, 1);
    while (!r->bad && *text(r)) { }                     /* folders                  */
    memset(u->ours, 0, sizeof u->ours);
    for (size_t i = 1; !r->bad; i++) {
        const char *name = text(r);
        if (!*name) break;
        for (int k = 0; k < 3; k++) leb(r, false);
        if (i < FILES) u->ours[i] = is_file(u->d, name);
    }
    *r = program;
    return !r->bad && h->range;
}

static const row first_row = {0, 1, 1};

/* Opcode 0: longer ones. */
static void extended(unit *u, reader *r, row *now, row *last, bool *any)
{
    const uint64_t length = leb(r, false);
    reader of = *r;
    skip(r, length);
    switch (whole(&of, 1)) {
    case 1:                                             /* end of a sequence        */
        if (*any) row_ends(u, last, now);
        *now = first_row;
        *any = false;
        break;
    case 2: now->address = whole(&of, 8); break;
    }
}

static void standard(reader *r, const line_head *h, unsigned opcode, row *now)
{
    switch (opcode) {
    case 2: now->address += leb(r, false) * h->shortest; break;
    case 3: now->line += (int64_t)leb(r, true); break;
    case 4: now->file = leb(r, false); break;
    case 8: now->address += (255 - h->base_opcode) / h->range * h->shortest; break;
    case 9: now->address += whole(r, 2); break;
    default:
        for (unsigned i = 0; i < h->operands[opcode]; i++) leb(r, false);
    }
}

static bool read_lines(unit *u, uint64_t at)
{
    reader r = reader_of(image_section(u->m, ".debug_line"), at);
    line_head h = {0};
    const uint64_t length = whole(&r, 4);
    if (r.bad || length > (uint64_t)(r.end - r.at)) return false;
    r.end = r.at + length;
    if (!read_line_head(u, &r, &h)) return false;
    row now = first_row, last = first_row;
    bool any = false;
    while (r.at < r.end && !r.bad) {
        const unsigned opcode = *r.at++;
        if (opcode >= h.base_opcode) {
            now.address += (opcode - h.base_opcode) / h.range * h.shortest;
            now.line += h.base + (int)((opcode - h.base_opcode) % h.range);
        } else if (opcode == 0) {
            extended(u, &r, &now, &last, &any);
            continue;
        } else if (opcode != 1) {
            standard(&r, &h, opcode, &now);
            continue;
        }
        if (any) row_ends(u, &last, &now);
        last = now;
        any = true;
    }
    return !r.bad;
}

/* ---- entries -------------------------------------------------------------------------------- */

typedef struct entry { uint64_t tag, low, high, ranges, call_file, call_line, stmt_list; bool has_low, has_high, high_is_size, has_ranges; } entry;

static uint64_t form_value(reader *r, uint64_t form)
{
    switch (form) {
    case FORM_ADDR: case 7: case 0x14: case 0x20: return whole(r, 8);
    case 5: case 0x12: return whole(r, 2);
    case 6: case 0x0e: case 0x10: case 0x13: case 0x17: return whole(r, 4);
    case 0x0b: case 0x0c: case 0x11: return whole(r, 1);
    case 0x0d: return leb(r, true);
    case 0x0f: case 0x15: return leb(r, false);
    case 0x19: return 1;                                /* a flag that is there     */
    case FORM_STRING: text(r); return 0;
    case 9: case 0x18: skip(r, leb(r, false)); return 0;
    case 0x0a: skip(r, whole(r, 1)); return 0;
    case 3: skip(r, whole(r, 2)); return 0;
    case 4: skip(r, whole(r, 4)); return 0;
    case FORM_INDIRECT: return form_value(r, leb(r, false));
    default: r->bad = true; return 0;
    }
}

static void attribute(entry *e, uint64_t name, uint64_t form, uint64_t value)
{
    switch (name) {
    case AT_STMT_LIST: e->stmt_list = value; break;
    case AT_LOW_PC:    e->low = value, e->has_low = true; break;
    case AT_HIGH_PC:   e->high = value, e->has_high = true, e->high_is_size = form != FORM_ADDR; break;
    case AT_RANGES:    e->ranges = value, e->has_ranges = true; break;
    case AT_CALL_FILE: e->call_file = value; break;
    case AT_CALL_LINE: e->call_line = value; break;
    }
}

/* The abbreviation says what follows; false: there is none of this number. */
static bool read_entry(const unit *u, reader *r, uint64_t code, entry *e, bool *children)
{
    reader a = u->abbreviations;
    *e = (entry){0};
    for (uint64_t number; (number = leb(&a, false)) && !a.bad;) {
        e->tag = leb(&a, false);
        *children = whole(&a, 1);
        for (uint64_t name, form; (name = leb(&a, false)), (form = leb(&a, false)), !a.bad && (name || form);)
            if (number == code) attribute(e, name, form, form_value(r, form));
        if (number == code) return !r->bad;
    }
    return false;
}

static void inlined_at(unit *u, const entry *e, uint64_t from, uint64_t to, uint32_t depth)
{
    if (to <= from || e->call_file >= FILES || !u->ours[e->call_file]) return;
    u->full |= !add(&u->d->inlined, (dwarf_range){from + u->m->slide, to + u->m->slide, (uint32_t)e->call_line, depth});
}

static void inlined(unit *u, const entry *e, uint32_t depth)
{
    if (e->has_low && e->has_high) inlined_at(u, e, e->low, e->high_is_size ? e->low + e->high : e->high, depth);
    if (!e->has_ranges) return;
    reader r = reader_of(image_section(u->m, ".debug_ranges"), e->ranges);
    for (uint64_t base = u->low;;) {
        const uint64_t from = whole(&r, 8), to = whole(&r, 8);
        if (r.bad || (!from && !to)) return;
        if (from == UINT64_MAX) base = to;
        else inlined_at(u, e, base + from, base + to, depth);
    }
}

static bool read_unit(unit *u, reader *r)
{
    bool children = false;
    entry e;
    const uint64_t version = whole(r, 2), abbreviations = whole(r, 4);
    skip(r, 1);                                         /* bytes of an address      */
    if (version < 2 || version > 4) return false;
    u->abbreviations = reader_of(image_section(u->m, ".debug_abbrev"), abbreviations);
    if (!read_entry(u, r, leb(r, false), &e, &children)) return false;
    u->low = e.low;
    if (!read_lines(u, e.stmt_list)) return false;
    for (uint32_t depth = children; depth && r->at < r->end && !r->bad;) {
        const uint64_t code = leb(r, false);
        if (!code) {
            depth--;
            continue;
        }
        if (!read_entry(u, r, code, &e, &children)) return false;
        if (e.tag == TAG_INLINED) inlined(u, &e, depth);
        depth += children;
    }
    return !r->bad;
}

/* ---- all of it --------------------------------------------------------------------------------- */

static int by_begin(const void *a, const void *b)
{
    const dwarf_range *x = a, *y = b;
    return x->from != y->from ? (x->from < y->from ? -1 : 1) : (x->depth > y->depth) - (x->depth < y->depth);
}

static void sort(dwarf_ranges *r)
{
    if (r->count) qsort(r->at, r->count, sizeof *r->at, by_begin);
}

int dwarf_read(dwarf *d, const image *m, const char *file, nodec_fault *fault)
{
    *d = (dwarf){.file = file};
    reader r = reader_of(image_section(m, ".debug_info"), 0);
    bool good = r.at < r.end;
    unit u = {.d = d, .m = m};
    while (good && r.at < r.end) {
        const uint64_t length = whole(&r, 4);
        reader of = r;
        skip(&r, length);
        of.end = r.at;
        good = !r.bad && read_unit(&u, &of) && !u.full;
    }
    if (good) {
        sort(&d->row);
        sort(&d->inlined);
        return 0;
    }
    dwarf_free(d);
    return u.full ? fault_set(fault, NODEC_EXIT_IO, "out of memory")
                  : fault_set(fault, NODEC_EXIT_IO, "the compiler's line tables cannot be read: no DWARF of version 4");
}

void dwarf_free(dwarf *d)
{
    free(d->row.at);
    free(d->inlined.at);
    d->row = d->inlined = (dwarf_ranges){0};
}

/* How many begin at or before an address. */
static size_t begun(const dwarf_ranges *r, uint64_t address)
{
    size_t low = 0, high = r->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (r->at[middle].from <= address) low = middle + 1;
        else high = middle;
    }
    return low;
}

size_t dwarf_lines(const dwarf *d, uint64_t address, uint32_t *line, size_t most)
{
    size_t n = 0, at = begun(&d->row, address);
    if (at && address < d->row.at[at - 1].to && d->row.at[at - 1].line && most) line[n++] = d->row.at[at - 1].line;
    uint32_t depth = UINT32_MAX;
    for (at = begun(&d->inlined, address); at-- > 0 && n < most;) {
        const dwarf_range *r = &d->inlined.at[at];      /* the inner begin later, or are deeper */
        if (address >= r->to || r->depth >= depth) continue;
        depth = r->depth;
        line[n++] = r->line;
    }
    return n;
}
