/* image.c: see image.h. */
#include "image.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

static const Elf64_Ehdr *head(const image *m) { return (const Elf64_Ehdr *)m->bytes; }

static bool inside(const image *m, uint64_t at, uint64_t size) { return at <= m->size && size <= m->size - at; }

/* NULL: there is no such section, or not all of it. */
static const Elf64_Shdr *section(const image *m, unsigned i)
{
    const Elf64_Shdr *s = (const Elf64_Shdr *)(m->bytes + head(m)->e_shoff) + i;
    if (i >= head(m)->e_shnum) return NULL;
    return s->sh_type == SHT_NOBITS || inside(m, s->sh_offset, s->sh_size) ? s : NULL;
}

static bool is_sound(const image *m)
{
    const Elf64_Ehdr *h = head(m);
    return m->size >= sizeof *h && !memcmp(h->e_ident, ELFMAG, SELFMAG) && h->e_ident[EI_CLASS] == ELFCLASS64
        && h->e_ident[EI_DATA] == ELFDATA2LSB && h->e_shentsize == sizeof(Elf64_Shdr) && h->e_shoff % 8 == 0
        && inside(m, h->e_shoff, (uint64_t)h->e_shnum * sizeof(Elf64_Shdr)) && section(m, h->e_shstrndx);
}

/* Text of a section of strings, "" if it does not end. */
static const char *string(const image *m, unsigned table, uint64_t at)
{
    const Elf64_Shdr *s = section(m, table);
    if (!s || at >= s->sh_size || !memchr(m->bytes + s->sh_offset + at, 0, s->sh_size - at)) return "";
    return (const char *)m->bytes + s->sh_offset + at;
}

static int find(const image *m, const char *name)
{
    for (unsigned i = 0; i < head(m)->e_shnum; i++) {
        const Elf64_Shdr *s = section(m, i);
        if (s && s->sh_type != SHT_NOBITS && !strcmp(string(m, head(m)->e_shstrndx, s->sh_name), name)) return (int)i;
    }
    return -1;
}

image_part image_section(const image *m, const char *name)
{
    const int i = find(m, name);
    if (i < 0) return (image_part){0};
    const Elf64_Shdr *s = section(m, (unsigned)i);
    return (image_part){m->bytes + s->sh_offset, s->sh_size};
}

/* ---- symbols ----------------------------------------------------------------------------- */

typedef bool each_symbol(image *, const Elf64_Sym *, const char *name, void *context);

/* Until one is the last, in both tables. */
static bool symbols(image *m, each_symbol *see, void *context)
{
    for (unsigned i = 0; i < head(m)->e_shnum; i++) {
        const Elf64_Shdr *s = section(m, i);
        if (!s || (s->sh_type != SHT_SYMTAB && s->sh_type != SHT_DYNSYM) || s->sh_offset % 8) continue;
        const Elf64_Sym *sym = (const Elf64_Sym *)(m->bytes + s->sh_offset);
        for (size_t k = 0; k < s->sh_size / sizeof *sym; k++)
            if (see(m, &sym[k], string(m, s->sh_link, sym[k].st_name), context)) return true;
    }
    return false;
}

typedef struct wanted { const char *name; const void *loaded; } wanted;

static bool is_anchor(image *m, const Elf64_Sym *sym, const char *name, void *context)
{
    const wanted *w = context;
    if (sym->st_shndx == SHN_UNDEF || sym->st_shndx >= SHN_LORESERVE || strcmp(name, w->name)) return false;
    m->slide = (uint64_t)(uintptr_t)w->loaded - sym->st_value;
    m->section = sym->st_shndx;
    return true;
}

static bool is_function(image *m, const Elf64_Sym *sym, const char *name, void *context)
{
    (void)m;
    if (ELF64_ST_TYPE(sym->st_info) != STT_FUNC || ELF64_ST_BIND(sym->st_info) != STB_GLOBAL || sym->st_shndx == SHN_UNDEF) return false;
    *(const char **)context = name;
    return true;
}

const char *image_function(const void *elf, size_t bytes)
{
    const char *name = "";
    image m = {.bytes = (unsigned char *)(size_t)elf, .size = bytes};       /* which is only read */
    if (is_sound(&m)) symbols(&m, is_function, &name);
    return name;
}

/* ---- relocations of an object file ----------------------------------------------------------- */

/* How many bytes are an absolute address or an offset; 0: something else. */
static size_t width_of(unsigned machine, uint64_t type)
{
    switch (machine) {
    case EM_X86_64:  return type == R_X86_64_64 ? 8 : type == R_X86_64_32 ? 4 : 0;
    case EM_AARCH64: return type == R_AARCH64_ABS64 ? 8 : type == R_AARCH64_ABS32 ? 4 : 0;
    default:         return 0;
    }
}

/* Other code is elsewhere: far from everything that is asked for. */
static uint64_t base_of(const image *m, unsigned index)
{
    const Elf64_Shdr *s = section(m, index);
    return s && s->sh_flags & SHF_ALLOC && index != m->section ? (uint64_t)index << 48 : 0;
}

static void relocate(image *m, const Elf64_Shdr *table)
{
    const Elf64_Shdr *to = section(m, table->sh_info), *names = section(m, table->sh_link);
    if (!to || !names || to->sh_flags & SHF_ALLOC || to->sh_type == SHT_NOBITS || (table->sh_offset | names->sh_offset) % 8) return;
    const Elf64_Rela *r = (const Elf64_Rela *)(m->bytes + table->sh_offset);
    const Elf64_Sym *sym = (const Elf64_Sym *)(m->bytes + names->sh_offset);
    for (size_t i = 0; i < table->sh_size / sizeof *r; i++) {
        const size_t n = width_of(head(m)->e_machine, ELF64_R_TYPE(r[i].r_info)), s = ELF64_R_SYM(r[i].r_info);
        if (!n || s >= names->sh_size / sizeof *sym || r[i].r_offset > to->sh_size || n > to->sh_size - r[i].r_offset) continue;
        const uint64_t value = base_of(m, sym[s].st_shndx) + sym[s].st_value + (uint64_t)r[i].r_addend;
        memcpy(m->bytes + to->sh_offset + r[i].r_offset, &value, n);
    }
}

/* ---- all of it ----------------------------------------------------------------------------------- */

bool image_open(image *m, const void *elf, size_t bytes, const char *symbol, const void *loaded)
{
    *m = (image){.bytes = malloc(bytes + 1), .size = bytes};
    if (m->bytes) memcpy(m->bytes, elf, bytes);
    if (!m->bytes || !is_sound(m) || !symbols(m, is_anchor, &(wanted){symbol, loaded})) {
        image_close(m);
        return false;
    }
    for (unsigned i = 0; head(m)->e_type == ET_REL && i < head(m)->e_shnum; i++) {
        const Elf64_Shdr *s = section(m, i);
        if (s && s->sh_type == SHT_RELA) relocate(m, s);
    }
    return true;
}

void image_close(image *m)
{
    free(m->bytes);
    *m = (image){0};
}
