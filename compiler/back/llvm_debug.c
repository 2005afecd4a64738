/* llvm_debug.c: line tables for a module of LLVM IR that is written already.
 *
 * In: its text, with a line `;@N` where statements of origin N begin.  Out: the same, every
 * instruction with a place, every function with frame pointers and a name for debuggers
 * (LangRef, "Specialized Metadata Nodes").  A profile finds its way with them: profile.h
 * says what a line means.                                                           */
#include "back/llvm.h"

#include "jit.h"
#include "profile.h"

#include <stdlib.h>
#include <string.h>

enum { UNIT = 0, FILE_NODE = 3, TYPE_NODE = 4, FIRST = 6 };     /* numbers of metadata nodes */

typedef struct Spot { uint32_t origin, node; } Spot;

typedef struct Debug {
    Text *out, nodes;               /* the module; its metadata                        */
    uint32_t next;                  /* node                                            */
    uint32_t function;              /* node of the function we are in                  */
    uint32_t origin;
    VEC(Spot)  spot;                /* of this function                                */
} Debug;

static void begin_module(Debug *d)
{
    d->nodes.length = 0;
    d->next = FIRST;
}

static void end_module(Debug *d)
{
    text_printf(d->out, "\n!llvm.dbg.cu = !{!%d}\n!llvm.module.flags = !{!1, !2}\n", UNIT);
    text_printf(d->out, "!%d = distinct !DICompileUnit(language: DW_LANG_C99, file: !%d, producer: \"nodec\", isOptimized: true, "
                "runtimeVersion: 0, emissionKind: LineTablesOnly)\n", UNIT, FILE_NODE);
    text_add(d->out, "!1 = !{i32 7, !\"Dwarf Version\", i32 4}\n!2 = !{i32 2, !\"Debug Info Version\", i32 3}\n");
    text_printf(d->out, "!%d = !DIFile(filename: \"" PROFILE_FILE "\", directory: \"\")\n", FILE_NODE);
    text_printf(d->out, "!%d = !DISubroutineType(types: !5)\n!5 = !{}\n", TYPE_NODE);
    text_add_n(d->out, d->nodes.at, d->nodes.length);
}

/* "define void @f(...) nounwind {" */
static void begin_function(Debug *d, const char *line, size_t length)
{
    const char *name = memchr(line, '@', length), *end = name ? memchr(name, '(', length - (size_t)(name - line)) : NULL;
    d->function = d->next++;
    d->origin = 0;
    d->spot.count = 0;
    text_printf(&d->nodes, "!%u = distinct !DISubprogram(name: \"%.*s\", scope: !%d, file: !%d, line: 1, type: !%d, "
                "spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !%d)\n",
                d->function, name && end ? (int)(end - name - 1) : 0, name ? name + 1 : "", FILE_NODE, FILE_NODE, TYPE_NODE, UNIT);
    while (length && line[length - 1] != '{') length--;
    text_add_n(d->out, line, length - 1);
    text_printf(d->out, "\"frame-pointer\"=\"all\" !dbg !%u {\n", d->function);
}

static uint32_t spot_of(Debug *d)
{
    for (size_t i = d->spot.count; i-- > 0;)
        if (d->spot.at[i].origin == d->origin) return d->spot.at[i].node;
    VEC_PUSH(d->out->arena, d->spot) = (Spot){ d->origin, d->next };
    text_printf(&d->nodes, "!%u = !DILocation(line: %u, column: 0, scope: !%u)\n", d->next, d->origin * PROFILE_LINES + 1, d->function);
    return d->next++;
}

static void add_line(Debug *d, const char *line, size_t length)
{
    if (length > 2 && !memcmp(line, ";@", 2)) d->origin = (uint32_t)strtoul(line + 2, NULL, 10);
    else if (length > 7 && !memcmp(line, "define ", 7)) begin_function(d, line, length);
    else {
        text_add_n(d->out, line, length);
        if (length > 2 && !memcmp(line, "  ", 2) && line[2] != ';') text_printf(d->out, ", !dbg !%u", spot_of(d));
        text_add_n(d->out, "\n", 1);
    }
}

void llvm_debug(Text *text)
{
    static const char next[] = JIT_NEXT;
    Text out = { .arena = text->arena };
    Debug d = { .out = &out, .nodes = { .arena = text->arena } };
    const char *module = next + 1;                      /* JIT_NEXT is a line between two ends of lines */
    const size_t length = strlen(module) - 1;
    begin_module(&d);
    for (const char *at = text_string(text), *end; *at; at = end + (*end == '\n')) {
        end = at + strcspn(at, "\n");
        if ((size_t)(end - at) == length && !memcmp(at, module, length)) {
            end_module(&d);
            begin_module(&d);
            text_add(&out, next);
        } else add_line(&d, at, (size_t)(end - at));
    }
    end_module(&d);
    *text = out;
}
