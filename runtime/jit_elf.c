/* jit_elf.c: x86-64 object files made one piece of memory that runs.
 *
 * The objects are LLVM's, from IR without data of its own: position-independent code,
 * constants, few kinds of relocation (System V ABI, AMD64 supplement, 4.4), and perhaps a
 * call of a function of the C library. Whatever else is met, the loader steps back.
 *
 * The memory, one mapping:  code of all objects | stubs | constants
 * A stub is a jump through an address behind it: a function of the library may lie further
 * away than a call reaches. Code and stubs are mapped to run, constants to read.      */
#include "jit_image.h"

#include <elf.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if !defined SHT_X86_64_UNWIND
#define SHT_X86_64_UNWIND 0x70000001
#endif

/* ---- the C library's part ------------------------------------------------------------------- */

typedef void Function(void);
static const struct { const char *name; Function *at; } library[] = {
    { "memcpy", (Function *)memcpy }, { "memset", (Function *)memset }, { "memmove", (Function *)memmove },
    { "fmaf", (Function *)fmaf }, { "fma", (Function *)fma }, { "floorf", (Function *)floorf }, { "floor", (Function *)floor },
    { "rintf", (Function *)rintf }, { "rint", (Function *)rint }, { "sqrtf", (Function *)sqrtf }, { "sqrt", (Function *)sqrt },
};
enum { LIBRARY = sizeof library / sizeof *library, STUB = 16, PAGE = 4096 };

/* ---- objects ----------------------------------------------------------------------------------- */

typedef struct Object {
    const unsigned char *at;
    size_t bytes;
    const Elf64_Shdr *section;
    size_t sections;
    const Elf64_Sym *symbol;
    size_t symbols;
    const char *names;
    size_t names_length;
    unsigned char **place;          /* of each section, in the mapping                  */
} Object;

struct jit_elf {
    unsigned char *memory, *stubs;
    size_t length;
    Object *object;
    size_t objects;
    struct { const char *name; unsigned char *at; } *global;
    size_t globals;
    char *names;                    /* copies of the globals'                           */
};

static bool in_range(size_t length, uint64_t from, uint64_t count) { return from <= length && count <= length - from; }

static bool aligned(const void *at, size_t to) { return (uintptr_t)at % to == 0; }

/* Sections and symbols, if everything lies inside of the file. */
static int open_object(Object *o)
{
    const Elf64_Ehdr *head = (const Elf64_Ehdr *)(const void *)o->at;
    if (o->bytes < sizeof *head || !aligned(o->at, 8) || memcmp(head->e_ident, ELFMAG, SELFMAG) || head->e_ident[EI_CLASS] != ELFCLASS64 ||
        head->e_machine != EM_X86_64 || head->e_type != ET_REL || head->e_shentsize != sizeof(Elf64_Shdr)) return -1;
    if (head->e_shoff % 8 || !in_range(o->bytes, head->e_shoff, (uint64_t)head->e_shnum * sizeof(Elf64_Shdr))) return -1;
    o->section = (const Elf64_Shdr *)(const void *)(o->at + head->e_shoff);
    o->sections = head->e_shnum;
    for (size_t i = 0; i < o->sections; i++) {
        const Elf64_Shdr *s = &o->section[i];
        if (s->sh_type != SHT_NOBITS && !in_range(o->bytes, s->sh_offset, s->sh_size)) return -1;
        if (s->sh_type != SHT_SYMTAB) continue;
        if (o->symbol || s->sh_link >= o->sections || s->sh_offset % 8) return -1;
        const Elf64_Shdr *names = &o->section[s->sh_link];
        o->symbol = (const Elf64_Sym *)(const void *)(o->at + s->sh_offset);
        o->symbols = s->sh_size / sizeof(Elf64_Sym);
        o->names = (const char *)o->at + names->sh_offset;
        o->names_length = names->sh_size;
        if (!in_range(o->bytes, names->sh_offset, names->sh_size) || !names->sh_size || o->names[names->sh_size - 1]) return -1;
    }
    o->place = calloc(o->sections + 1, sizeof *o->place);
    return o->symbol && o->place ? 0 : -1;
}

static const char *symbol_name(const Object *o, const Elf64_Sym *s) { return s->st_name < o->names_length ? o->names + s->st_name : ""; }

/* ---- the mapping --------------------------------------------------------------------------------- */

/* How to unwind the stack is nobody's question here. */
static bool is_loaded(const Elf64_Shdr *s) { return s->sh_flags & SHF_ALLOC && s->sh_type != SHT_X86_64_UNWIND; }

static bool is_code(const Elf64_Shdr *s) { return s->sh_flags & SHF_EXECINSTR; }

/* Where each section of a kind goes; nothing is copied yet, and there may be no memory. */
static size_t lay_out(jit_elf *e, bool code, size_t at)
{
    for (size_t k = 0; k < e->objects; k++)
        for (size_t i = 0; i < e->object[k].sections; i++) {
            const Elf64_Shdr *s = &e->object[k].section[i];
            if (!is_loaded(s) || is_code(s) != code) continue;
            size_t align = s->sh_addralign > 1 ? s->sh_addralign : 1;
            at = (at + align - 1) / align * align;
            if (e->memory) e->object[k].place[i] = e->memory + at;
            at += s->sh_size;
        }
    return at;
}

static bool is_loadable(const jit_elf *e)
{
    for (size_t k = 0; k < e->objects; k++)
        for (size_t i = 0; i < e->object[k].sections; i++) {
            const Elf64_Shdr *s = &e->object[k].section[i];
            if (!is_loaded(s)) continue;
            if (s->sh_type != SHT_PROGBITS || s->sh_flags & (SHF_WRITE | SHF_TLS) || s->sh_addralign > PAGE || s->sh_size > INT32_MAX / 4)
                return false;
        }
    return true;
}

static size_t whole_pages(size_t bytes) { return (bytes + PAGE - 1) / PAGE * PAGE; }

/* Returns where the constants begin, or 0. */
static size_t map(jit_elf *e)
{
    size_t code = (lay_out(e, true, 0) + STUB - 1) / STUB * STUB, constants = whole_pages(code + LIBRARY * STUB);
    e->length = whole_pages(lay_out(e, false, constants) + 1);
    void *memory = mmap(NULL, e->length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return 0;
    e->memory = memory;
    e->stubs = e->memory + code;
    lay_out(e, true, 0), lay_out(e, false, constants);
    for (size_t k = 0; k < e->objects; k++)
        for (size_t i = 0; i < e->object[k].sections; i++)
            if (e->object[k].place[i])
                memcpy(e->object[k].place[i], e->object[k].at + e->object[k].section[i].sh_offset, e->object[k].section[i].sh_size);
    for (size_t i = 0; i < LIBRARY; i++) {
        static const unsigned char jump[8] = { 0xff, 0x25, 2, 0, 0, 0, 0xcc, 0xcc };    /* jmp *2(%rip) */
        memcpy(e->stubs + i * STUB, jump, sizeof jump);
        memcpy(e->stubs + i * STUB + sizeof jump, &library[i].at, sizeof library[i].at);
    }
    return constants;
}

/* ---- symbols ---------------------------------------------------------------------------------------- */

static int collect_globals(jit_elf *e)
{
    size_t names = 0;
    for (size_t k = 0; k < e->objects; k++) e->globals += e->object[k].symbols, names += e->object[k].names_length + 1;
    e->global = calloc(e->globals + 1, sizeof *e->global);
    char *name = e->names = malloc(names + 1);
    e->globals = 0;
    if (!e->global || !e->names) return -1;
    for (size_t k = 0; k < e->objects; k++) {
        const Object *o = &e->object[k];
        memcpy(name, o->names, o->names_length);
        for (size_t i = 0; i < o->symbols; i++) {
            const Elf64_Sym *s = &o->symbol[i];
            if (ELF64_ST_BIND(s->st_info) == STB_LOCAL || s->st_shndx == SHN_UNDEF || s->st_name >= o->names_length) continue;
            if (s->st_shndx >= o->sections || !o->place[s->st_shndx] || s->st_value > o->section[s->st_shndx].sh_size) return -1;
            e->global[e->globals].name = name + s->st_name;
            e->global[e->globals++].at = o->place[s->st_shndx] + s->st_value;
        }
        name += o->names_length;
    }
    return 0;
}

void *jit_elf_find(const jit_elf *e, const char *symbol)
{
    for (size_t i = 0; i < e->globals; i++)
        if (!strcmp(e->global[i].name, symbol)) return e->global[i].at;
    return NULL;
}

/* What a relocation points to; NULL: nobody knows. */
static unsigned char *symbol_place(const jit_elf *e, const Object *o, size_t index)
{
    if (index >= o->symbols) return NULL;
    const Elf64_Sym *s = &o->symbol[index];
    if (s->st_shndx != SHN_UNDEF) {
        bool there = s->st_shndx < o->sections && o->place[s->st_shndx] && s->st_value <= o->section[s->st_shndx].sh_size;
        return there ? o->place[s->st_shndx] + s->st_value : NULL;
    }
    const char *name = symbol_name(o, s);
    for (size_t i = 0; i < LIBRARY; i++)
        if (!strcmp(name, library[i].name)) return e->stubs + i * STUB;
    return jit_elf_find(e, name);
}

/* ---- relocations -------------------------------------------------------------------------------------- */

static int relocate_one(const jit_elf *e, const Object *o, const Elf64_Shdr *to, unsigned char *place, const Elf64_Rela *r)
{
    unsigned char *symbol = symbol_place(e, o, ELF64_R_SYM(r->r_info));
    if (!symbol || r->r_addend > INT32_MAX || r->r_addend < INT32_MIN) return -1;
    switch (ELF64_R_TYPE(r->r_info)) {
    case R_X86_64_PC32: case R_X86_64_PLT32: {
        if (!in_range(to->sh_size, r->r_offset, 4)) return -1;
        int64_t distance = (int64_t)(symbol - (place + r->r_offset)) + r->r_addend;
        int32_t narrow = (int32_t)distance;
        if (narrow != distance) return -1;
        memcpy(place + r->r_offset, &narrow, sizeof narrow);
        return 0;
    }
    case R_X86_64_64: {
        if (!in_range(to->sh_size, r->r_offset, 8)) return -1;
        uint64_t address = (uint64_t)(uintptr_t)symbol + (uint64_t)r->r_addend;
        memcpy(place + r->r_offset, &address, sizeof address);
        return 0;
    }
    default: return -1;
    }
}

static int relocate(const jit_elf *e, const Object *o)
{
    for (size_t i = 0; i < o->sections; i++) {
        const Elf64_Shdr *s = &o->section[i];
        if (s->sh_type == SHT_REL) return -1;
        if (s->sh_type != SHT_RELA || s->sh_info >= o->sections || !o->place[s->sh_info]) continue;
        if (s->sh_offset % 8) return -1;
        const Elf64_Rela *r = (const Elf64_Rela *)(const void *)(o->at + s->sh_offset);
        for (size_t k = 0; k < s->sh_size / sizeof *r; k++)
            if (relocate_one(e, o, &o->section[s->sh_info], o->place[s->sh_info], &r[k])) return -1;
    }
    return 0;
}

/* ---- names for perf ------------------------------------------------------------------------------------ */

/* With NODEC_PERF in the environment, /tmp/perf-PID.map says what the code is called (perf-report). */
static void write_names(const jit_elf *e)
{
    const char *wanted = getenv("NODEC_PERF");
    char path[64];
    if (!wanted || !*wanted) return;
    snprintf(path, sizeof path, "/tmp/perf-%ld.map", (long)getpid());
    FILE *file = fopen(path, "a");
    if (!file) return;
    for (size_t k = 0; k < e->objects; k++)
        for (size_t i = 0; i < e->object[k].symbols; i++) {
            const Object *o = &e->object[k];
            const Elf64_Sym *s = &o->symbol[i];
            if (ELF64_ST_TYPE(s->st_info) != STT_FUNC || s->st_shndx >= o->sections || !o->place[s->st_shndx]) continue;
            fprintf(file, "%lx %lx %s\n", (unsigned long)(uintptr_t)(o->place[s->st_shndx] + s->st_value), (unsigned long)s->st_size, symbol_name(o, s));
        }
    fclose(file);
}

/* ---- all of it -------------------------------------------------------------------------------------------- */

static void forget_objects(jit_elf *e)
{
    for (size_t k = 0; k < e->objects; k++) free(e->object[k].place);
    free(e->object);
    e->object = NULL;
    e->objects = 0;
}

void jit_elf_unload(jit_elf *e)
{
    if (!e) return;
    if (e->memory) munmap(e->memory, e->length);
    forget_objects(e);
    free(e->global);
    free(e->names);
    free(e);
}

static int load(jit_elf *e, const jit_objects *from)
{
    e->object = calloc(from->count + 1, sizeof *e->object);
    if (!e->object) return -1;
    for (e->objects = 0; e->objects < from->count; e->objects++) {
        Object *o = &e->object[e->objects];
        *o = (Object){ .at = from->object[e->objects], .bytes = from->bytes[e->objects] };
        if (open_object(o)) return e->objects++, -1;
    }
    size_t constants = is_loadable(e) ? map(e) : 0;
    if (!constants || collect_globals(e)) return -1;
    for (size_t k = 0; k < e->objects; k++)
        if (relocate(e, &e->object[k])) return -1;
    write_names(e);
    return mprotect(e->memory, constants, PROT_READ | PROT_EXEC) || mprotect(e->memory + constants, e->length - constants, PROT_READ);
}

jit_elf *jit_elf_load(const jit_objects *from, int *alien)
{
    *alien = 1;
#if defined __x86_64__
    jit_elf *e = calloc(1, sizeof *e);
    if (e && !load(e, from)) {
        forget_objects(e);          /* they point into the image */
        *alien = 0;
        return e;
    }
    jit_elf_unload(e);
#else
    (void)from;
#endif
    return NULL;
}
