/* emit.c: fields and models to text.
 *
 * In: a request.  Out: C, OpenCL C or any stage on the way, by the row of its kind. What is
 * made on the way goes when the call ends; the texts move to the output's own arena. */
#include "library/library.h"
#include "lang/fmt.h"
#include "jit.h"

#include <stdlib.h>
#include <string.h>

typedef struct Emission {
    nodec_unit *unit;
    nodec_request request;
    Wanted      wanted;
    EmitOptions emit;
    EmitInput   lowered;
    Arena      *arena;
    Text        text, header, host;
} Emission;

/* ---- stages --------------------------------------------------------------------------- */

static void print_fn(const Fn *fn, Text *text)
{
    if (fn) ir_print(fn, text), text_add(text, "\n");
}

static int print_ast(Emission *e)
{
    unit_dump_ast(e->unit->unit, &e->text);
    return NODEC_DONE;
}

static int print_ir(Emission *e)
{
    for (size_t i = 0; i < e->wanted.count; i++) {
        print_fn(e->wanted.field[i]->f, &e->text);
        print_fn(e->wanted.field[i]->start, &e->text);
        print_fn(e->wanted.field[i]->observe, &e->text);
    }
    for (size_t i = 0; i < e->wanted.models; i++) {
        const Model *model = e->wanted.model[i];
        print_fn(model->train, &e->text);
        print_fn(model->eval, &e->text);
        for (size_t k = 0; k < model->solve.count; k++) {
            const ModelSolve *s = &model->solve.at[k];
            print_fn(s->train->f, &e->text);
            if (s->eval->f != s->train->f) print_fn(s->eval->f, &e->text);
        }
    }
    return NODEC_DONE;
}

static int print_stages(Emission *e)
{
    for (size_t i = 0; i < e->lowered.fields; i++)
        for (size_t k = 0; k < e->lowered.field[i]->stage.count; k++) print_fn(e->lowered.field[i]->stage.at[k], &e->text);
    for (size_t i = 0; i < e->lowered.models; i++)
        for (size_t k = 0; k < e->lowered.model[i]->stage.count; k++) print_fn(e->lowered.model[i]->stage.at[k], &e->text);
    return NODEC_DONE;
}

static int print_phases(Emission *e)
{
    (void)e;                                    /* written while models were lowered */
    return NODEC_DONE;
}

static int print_loop(Emission *e)
{
    for (size_t i = 0; i < e->lowered.fields; i++) loop_print(e->lowered.field[i]->program, &e->text);
    for (size_t i = 0; i < e->lowered.models; i++) loop_print(e->lowered.model[i]->program, &e->text);
    return NODEC_DONE;
}

static int print_explanation(Emission *e)
{
    explain(e->arena, &e->unit->names, &e->wanted, &e->text);
    return NODEC_DONE;
}

/* ---- back ends -------------------------------------------------------------------------- */

static int print_c(Emission *e)
{
    back_c.emit(&e->lowered, &e->emit, &e->text, e->request.joined ? NULL : &e->header);
    return NODEC_DONE;
}

static int print_opencl(Emission *e)
{
    back_opencl.emit(&e->lowered, &e->emit, &e->text, e->request.joined ? NULL : &e->header);
    if (!e->request.joined) back_opencl.host(&e->lowered, &e->emit, &e->host);
    return NODEC_DONE;
}

static int print_llvm(Emission *e)
{
    back_llvm.emit(&e->lowered, &e->emit, &e->text, NULL);
    return NODEC_DONE;
}

/* Through LLVM's plugin; what it makes is compiled in one piece, for a linker or to read. */
static int print_machine(Emission *e, bool assembly)
{
    const jit_options how = { .cpu = e->request.cpu, .assembly = assembly, .object = !assembly };
    nodec_fault fault = { 0 };
    jit_image image;
    Text ir = { .arena = e->arena };
    e->emit.vector_bytes = jit_vector_bytes(how.cpu);
    back_llvm.emit(&e->lowered, &e->emit, &ir, NULL);
    text_reserve(&e->text, ir.length + (1 << 20));              /* no way out while the image is not the arena's */
    if (jit_compile(text_string(&ir), ir.length, &how, &image, &fault)) return unit_fault(e->unit, &fault);
    text_add_n(&e->text, (const char *)image.at, image.bytes);
    free(image.at);
    return NODEC_DONE;
}

static int print_object(Emission *e)   { return print_machine(e, false); }
static int print_assembly(Emission *e) { return print_machine(e, true); }

/* ---- kinds -------------------------------------------------------------------------------- */

typedef enum Needs { NEEDS_TREE, NEEDS_IR, NEEDS_LOOPS, NEEDS_PHASES } Needs;

static const struct Kind { const char *name; Needs needs; int (*print)(Emission *); } kinds[] = {
    { "c",       NEEDS_LOOPS,  print_c           },
    { "opencl",  NEEDS_LOOPS,  print_opencl      },
    { "llvm",    NEEDS_LOOPS,  print_llvm        },
    { "obj",     NEEDS_LOOPS,  print_object      },
    { "asm",     NEEDS_LOOPS,  print_assembly    },
    { "explain", NEEDS_IR,     print_explanation },
    { "ast",     NEEDS_TREE,   print_ast         },
    { "ir",      NEEDS_IR,     print_ir          },
    { "stages",  NEEDS_LOOPS,  print_stages      },
    { "phases",  NEEDS_PHASES, print_phases      },
    { "loop",    NEEDS_LOOPS,  print_loop        },
};

const char *nodec_kind_name(size_t i) { return i < COUNT(kinds) ? kinds[i].name : NULL; }

static const struct Kind *kind_of(nodec_unit *u, const char *name)
{
    Text list = { .arena = &u->said };
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (name && !strcmp(kinds[i].name, name)) return &kinds[i];
        text_printf(&list, "%s%s", !i ? "" : i + 1 < COUNT(kinds) ? ", " : " and ", kinds[i].name);
    }
    unit_misused(u, "no stage is called %s; there are %s", name ? name : "NULL", text_string(&list));
    return NULL;
}

/* ---- the calls ------------------------------------------------------------------------------ */

static void lower_wanted(Emission *e)
{
    Wanted *w = &e->wanted;
    const Lowered **field = NEW_ARRAY(e->arena, const Lowered *, w->count + 1);
    const LoweredModel **model = NEW_ARRAY(e->arena, const LoweredModel *, w->models + 1);
    for (size_t i = 0; i < w->count; i++) field[i] = lower_field(e->arena, &e->unit->names, w->field[i], &w->lower);
    for (size_t i = 0; i < w->models; i++) model[i] = lower_model(e->arena, &e->unit->names, w->model[i], &w->lower);
    e->lowered = (EmitInput){ field, w->count, model, w->models };
}

typedef struct EmitCall { const nodec_request *request; const char *kind; Output *out; } EmitCall;

static const char *give(Output *out, const Text *text, size_t *length)
{
    *length = text->length;
    return text->at ? arena_string(&out->arena, text->at, text->length) : NULL;
}

static int emit_in(Arena *arena, nodec_unit *u, EmitCall *call)
{
    nodec_output *out = &call->out->seen;
    Emission e = { .unit = u, .arena = arena, .text.arena = arena, .header.arena = arena, .host.arena = arena };
    const struct Kind *kind = kind_of(u, call->kind);
    int outcome = kind ? request_read(u, call->request, &e.request) : NODEC_MISUSE;
    if (outcome) return outcome;
    if (kind->needs > NEEDS_TREE && (outcome = wanted_of(u, &e.request, &e.wanted))) return outcome;
    e.emit = (EmitOptions){ .stem = request_stem(arena, u, &e.request),
                            .file = e.request.file, .model_path = u->source->path };
    if (e.request.groups && strcmp(kind->name, "opencl")) return unit_misused(u, "groups of work-items are of opencl, not of %s", kind->name);
    e.emit.lanes = e.wanted.lower.wide = e.request.groups;
    if (kind->needs == NEEDS_PHASES) e.wanted.lower.phases = &e.text;
    if (kind->needs >= NEEDS_LOOPS) lower_wanted(&e);
    if (e.request.weights && strcmp(kind->name, "c")) return unit_misused(u, "weights stand in C, not in %s", kind->name);
    if (e.request.weights && (outcome = carry_weights(u, &e.request, &e.lowered, arena, &e.emit))) return outcome;
    if ((outcome = kind->print(&e))) return outcome;
    text_add(&e.text, "");
    out->text = give(call->out, &e.text, &out->length);
    out->header = give(call->out, &e.header, &out->header_length);
    out->host = give(call->out, &e.host, &out->host_length);
    return NODEC_DONE;
}

static int emit(nodec_unit *u, void *call)
{
    Arena work = { .heap = &u->heap };
    int outcome = emit_in(&work, u, call);
    arena_free(&work);
    return outcome;
}

static int format(nodec_unit *u, void *arguments)
{
    EmitCall *call = arguments;
    Text text = { .arena = &call->out->arena };
    if (!fmt_source(&u->arena, &u->names, u->source, &u->diags, &text)) return NODEC_WRONG;
    call->out->seen.text = text_string(&text);
    call->out->seen.length = text.length;
    return NODEC_DONE;
}

static int finish(int outcome, Output *out, nodec_output **output)
{
    if (outcome) nodec_output_free(&out->seen);
    else *output = &out->seen;
    return outcome;
}

int nodec_emit(nodec_unit *u, const nodec_request *request, const char *kind, nodec_output **output)
{
    if (output) *output = NULL;
    if (!u || !output) return NODEC_MISUSE;
    EmitCall call = { request, kind, output_new(u) };
    if (!call.out) return unit_break(u, NODEC_MEMORY);
    return finish(unit_request(u, emit, &call, &call.out->heap), call.out, output);
}

int nodec_format(nodec_unit *u, nodec_output **output)
{
    if (output) *output = NULL;
    if (!u || !output) return NODEC_MISUSE;
    if (!u->source || !u->source->text) return u->broken ? u->broken : u->opened;
    EmitCall call = { .out = output_new(u) };
    if (!call.out) return unit_break(u, NODEC_MEMORY);
    unit_clear_diagnostics(u);
    return finish(unit_call(u, format, &call, &call.out->heap), call.out, output);
}
