/* load.c: generated C text becomes a module in this process.
 *
 * The system's compiler ($CC, else cc, gcc or clang) makes a shared object, which
 * is kept under the hash of all that it depends on: the text, the flags, the
 * compiler's own file and the processor.  With the object in the cache no process
 * is started.  Objects appear by rename, so concurrent runs do not disturb each
 * other. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cache.h"
#include "run.h"
#include "store.h"

extern char **environ;

enum { CACHE_BYTES = 256 << 20, MOST_WORDS = 32 };

/* Contraction off and explicit fma: the same bits from every compiler. */
static const char *const flags[] = {
    "-O2", "-march=native", "-std=c99", "-fPIC", "-shared", "-w",
    "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math", NULL
};

/* For a profile: line tables, and who called whom. */
static const char *const profiled[] = {
    "-gdwarf-4", "-g1", "-gz=none", "-fno-omit-frame-pointer", "-fno-optimize-sibling-calls", NULL
};
static const char *const none[] = { NULL };

struct nodec_engine {               /* holds a field or a model                     */
    void *handle;
    const nodec_module *module;
    const nodec_model *model;
};

/* ---- the compiler ---------------------------------------------------------------------- */

typedef struct compiler {
    char text[PATH_MAX];            /* $CC, cut into words                          */
    char *word[MOST_WORDS];         /* word[0]: the program; NULL at the end        */
    size_t words;
    const char *const *more;        /* further flags                                */
    char path[PATH_MAX];            /* where word[0] was found                      */
    struct stat file;
} compiler;

/* Looks for a program as the shell does. */
static bool find_program(const char *name, char path[PATH_MAX], struct stat *st)
{
    if (strchr(name, '/'))
        return snprintf(path, PATH_MAX, "%s", name) < PATH_MAX && !access(path, X_OK) && !stat(path, st);
    const char *folder = getenv("PATH");
    for (folder = folder ? folder : "/usr/bin:/bin"; *folder;) {
        const size_t n = strcspn(folder, ":");
        if (snprintf(path, PATH_MAX, "%.*s/%s", n ? (int)n : 1, n ? folder : ".", name) < PATH_MAX &&
            !access(path, X_OK) && !stat(path, st) && S_ISREG(st->st_mode))
            return true;
        folder += n + (folder[n] == ':');
    }
    return false;
}

static int find_compiler(compiler *c, nodec_fault *fault)
{
    static const char *const usual[] = {"cc", "gcc", "clang"};
    const char *wanted = getenv("CC");
    c->words = 0;
    if (wanted && wanted[strspn(wanted, " ")]) {
        snprintf(c->text, sizeof c->text, "%s", wanted);
        char *rest, *word = strtok_r(c->text, " ", &rest);
        for (; word && c->words < MOST_WORDS - 1; word = strtok_r(NULL, " ", &rest)) c->word[c->words++] = word;
        if (find_program(c->word[0], c->path, &c->file)) return 0;
        return fault_set(fault, NODEC_EXIT_IO, "the C compiler `%s`, which CC names, was not found", c->word[0]);
    }
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (find_program(usual[i], c->path, &c->file)) {
            snprintf(c->text, sizeof c->text, "%s", usual[i]);
            c->word[c->words++] = c->text;
            return 0;
        }
    fault_set(fault, NODEC_EXIT_IO, "running a model needs a C compiler, and there is none");
    fault_note(fault, "install the package gcc or clang, or name a compiler in CC; or build nodec where LLVM is, for --engine llvm");
    return fault->status;
}

/* ---- what the object depends on ---------------------------------------------------------- */

typedef struct hash { uint64_t a, b; } hash;    /* FNV-1a twice, from two beginnings */

static void mix(hash *h, const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < n; i++) {
        h->a = (h->a ^ at[i]) * 0x100000001B3u;
        h->b = (h->b ^ at[i]) * 0x100000001B3u + 0x9E37u;
    }
}

static void mix_text(hash *h, const char *text) { mix(h, text, strlen(text) + 1); }

/* -march=native: model and features of the first processor, without its speeds. */
static void mix_processor(hash *h)
{
    char line[4096];
    FILE *file = fopen("/proc/cpuinfo", "re");
    if (!file) return;
    while (fgets(line, sizeof line, file) && *line != '\n')
        if (!strncmp(line, "flags", 5) || !strncmp(line, "model", 5) || !strncmp(line, "Features", 8) ||
            !strncmp(line, "CPU ", 4) || !strncmp(line, "cpu family", 10))
            if (!strstr(line, "MHz")) mix_text(h, line);
    fclose(file);
}

/* The compiler by its file (an upgrade changes it), which costs no process. */
static hash key_of(const compiler *c, const char *source, size_t length)
{
    hash h = {0xCBF29CE484222325u, 0x84222325CBF29CE4u};
    const long long file[] = {(long long)c->file.st_size, (long long)c->file.st_mtim.tv_sec,
                              c->file.st_mtim.tv_nsec, (long long)c->file.st_ino};
    mix(&h, source, length);
    for (size_t i = 0; i < c->words; i++) mix_text(&h, c->word[i]);
    for (size_t i = 0; flags[i]; i++) mix_text(&h, flags[i]);
    for (size_t i = 0; c->more[i]; i++) mix_text(&h, c->more[i]);
    mix_text(&h, c->path);
    mix(&h, file, sizeof file);
    mix_processor(&h);
    return h;
}

/* ---- compiling ----------------------------------------------------------------------------- */

static int write_source(const char *path, const char *source, size_t length, nodec_fault *fault)
{
    unlink(path);
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (!file) {
        if (fd >= 0) close(fd);
        return fault_io(fault, "write", path);
    }
    errno = 0;
    const bool bad = fwrite(source, 1, length, file) != length;
    if (fclose(file) || bad) {
        fault_io(fault, "write", path);
        unlink(path);
    }
    return fault->status;
}

/* Runs the compiler with its messages into `log`; its exit status, or -1 and errno. */
static int run_compiler(compiler *c, const char *source, const char *object, const char *log)
{
    char *word[MOST_WORDS + 24];
    size_t n = 0;
    for (size_t i = 0; i < c->words; i++) word[n++] = c->word[i];
    for (size_t i = 0; flags[i]; i++) word[n++] = (char *)(size_t)flags[i];
    for (size_t i = 0; c->more[i]; i++) word[n++] = (char *)(size_t)c->more[i];
    word[n++] = (char *)(size_t)"-o";
    word[n++] = (char *)(size_t)object;
    word[n++] = (char *)(size_t)source;
    word[n++] = (char *)(size_t)"-lm";
    word[n] = NULL;

    posix_spawn_file_actions_t files;
    pid_t child;
    int status;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    const int error = posix_spawn(&child, c->path, &files, NULL, word, environ);
    posix_spawn_file_actions_destroy(&files);
    if (error) {
        errno = error;
        return -1;
    }
    while (waitpid(child, &status, 0) < 0) {
        if (errno == ECHILD) return access(object, R_OK);       /* a host that ignores SIGCHLD */
        if (errno != EINTR) return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* The first line of the compiler's messages that says error, or the first line.
 * True if it complains about a place in the text, which is then ours to answer for. */
static bool first_error(const char *log, char *text, size_t size)
{
    char line[512];
    bool placed = false;
    FILE *file = fopen(log, "re");
    *text = 0;
    if (!file) return false;
    while (!placed && fgets(line, sizeof line, file)) {
        placed = strstr(line, ": error: ");
        if (!*text || placed) snprintf(text, size, "%.380s", line);
    }
    text[strcspn(text, "\n")] = 0;
    fclose(file);
    return placed;
}

static bool disk_is_full(const char *message) { return strstr(message, "No space left"); }

/* "folder/stem-process-thread.ending": a file of this thread only, whose stack has the compiler. */
static void own_path(char path[PATH_MAX], const cache *place, const compiler *c, const char *stem, const char *ending)
{
    if (snprintf(path, PATH_MAX, "%s/%s-%ld-%lx%s", place->folder, stem, (long)getpid(), (unsigned long)(uintptr_t)c, ending) >= PATH_MAX)
        *path = 0;                              /* cannot be: cache.folder is short enough */
}

static int compile(compiler *c, cache *place, const char *stem, const char *object,
                   const char *source, size_t length, nodec_fault *fault)
{
    char text[PATH_MAX], log[PATH_MAX], beside[PATH_MAX], message[400];
    own_path(text, place, c, stem, ".c");
    own_path(log, place, c, stem, ".log");
    own_path(beside, place, c, stem, ".tmp.so");
    if (write_source(text, source, length, fault)) return fault->status;
    const int status = run_compiler(c, text, beside, log);
    if (status == 0 && !rename(beside, object)) {
        unlink(text);
        unlink(log);
        return 0;
    }
    if (status <= 0) fault_io(fault, status ? "start" : "write", status ? c->path : object);
    const bool placed = first_error(log, message, sizeof message);
    unlink(beside);
    if (status > 0 && disk_is_full(message))
        fault_set(fault, NODEC_EXIT_IO, "cannot write %s: No space left on device", object);
    if (status > 0 && !placed && !fault->status)
        fault_set(fault, NODEC_EXIT_IO, "the C compiler %s failed (status %d): %s", c->path, status, message);
    if (status > 0 && !fault->status) {
        fault_set(fault, NODEC_EXIT_BUG, "the C compiler refused what nodec wrote (status %d): %s", status, message);
        fault_note(fault, "please report this with %s and %s", text, log);
        place->temporary = false;               /* keep the evidence                */
        return fault->status;
    }
    unlink(text);
    unlink(log);
    return fault->status;
}

/* ---- loading ------------------------------------------------------------------------------- */

/* Nobody else may have written what we are about to run. */
static bool trusted(const char *object)
{
    struct stat st;
    return !lstat(object, &st) && S_ISREG(st.st_mode) && st.st_uid == geteuid() && !(st.st_mode & 022);
}

/* What a shared object holds; both NULL: nothing of this version. */
static nodec_engine entries_of(void *handle)
{
    union { void *object; const nodec_module *(*function)(void); } field = {.object = dlsym(handle, "nodec_entry")};
    union { void *object; const nodec_model *(*function)(void); } model = {.object = dlsym(handle, "nodec_model_entry")};
    nodec_engine e = {handle, field.object ? field.function() : NULL, model.object ? model.function() : NULL};
    if (e.module && e.module->version != 2) e.module = NULL;
    if (e.model && e.model->version != 2) e.model = NULL;
    return e;
}

static nodec_engine *open_object(const char *object, nodec_fault *fault)
{
    void *handle = dlopen(object, RTLD_NOW | RTLD_LOCAL);
    if (!handle) return fault_set(fault, NODEC_EXIT_IO, "cannot load the compiled model: %s", dlerror()), NULL;
    const nodec_engine found = entries_of(handle);
    nodec_engine *engine = found.module || found.model ? malloc(sizeof *engine) : NULL;
    if (!engine) {
        dlclose(handle);
        fault_set(fault, NODEC_EXIT_BUG, "%s holds no module of version 2", object);
        return NULL;
    }
    *engine = found;
    return engine;
}

static char *read_object(const char *path, size_t *length, nodec_fault *fault)
{
    FILE *file = fopen(path, "re");
    struct stat st;
    char *bytes = file && !fstat(fileno(file), &st) ? malloc((size_t)st.st_size + 1) : NULL;
    if (bytes) *length = (size_t)st.st_size;
    if (bytes && fread(bytes, 1, *length, file) != *length) {
        free(bytes);
        bytes = NULL;
    }
    if (!bytes) fault_io(fault, "read", path);
    if (file) fclose(file);
    return bytes;
}

static int tell(const nodec_watch *watch, const char *object, const nodec_engine *e, nodec_fault *fault)
{
    const char *symbol = e->module ? "nodec_entry" : "nodec_model_entry";
    size_t length = 0;
    char *bytes = read_object(object, &length, fault);
    if (bytes) profile_code(watch->profile, bytes, length, symbol, dlsym(e->handle, symbol), watch->origin, watch->origins, fault);
    free(bytes);
    return fault->status;
}

static nodec_engine *open_watched(const char *object, const nodec_watch *watch, nodec_fault *fault)
{
    nodec_engine *engine = open_object(object, fault);
    if (!engine || !watch || !tell(watch, object, engine, fault)) return engine;
    nodec_unload(engine);
    return NULL;
}

static nodec_engine *load_from(compiler *c, cache *place, const char *source, size_t length, const nodec_watch *watch,
                               nodec_fault *fault)
{
    char stem[64], object[PATH_MAX];
    const hash key = key_of(c, source, length);
    snprintf(stem, sizeof stem, "module-%016llx%016llx", (unsigned long long)key.a, (unsigned long long)key.b);
    if (store_path(object, place->folder, stem, fault)) return NULL;
    strcat(object, ".so");                      /* cache.folder leaves room          */

    nodec_fault stale = {0};                    /* a damaged object is made again    */
    nodec_engine *engine = trusted(object) ? open_watched(object, watch, &stale) : NULL;
    if (engine) {
        cache_touch(object);
        return engine;
    }
    if (compile(c, place, stem, object, source, length, fault)) return NULL;
    cache_trim(place, CACHE_BYTES);
    return open_watched(object, watch, fault);
}

nodec_engine *nodec_load(const char *source, size_t length, bool use_cache, const nodec_watch *watch, nodec_fault *fault)
{
    compiler c = {.more = watch ? profiled : none};
    cache place;
    if (find_compiler(&c, fault) || cache_open(&place, use_cache, fault)) return NULL;
    nodec_fault first = {0};
    nodec_engine *engine = load_from(&c, &place, source, length, watch, &first);
    if (!engine && first.status == NODEC_EXIT_IO && !place.temporary) {     /* a full disk, say */
        cache_close(&place);
        if (cache_open(&place, false, fault)) return NULL;
        engine = load_from(&c, &place, source, length, watch, fault);
    } else if (!engine) {
        *fault = first;
    }
    cache_close(&place);
    return engine;
}

void *nodec_symbol(const nodec_engine *engine, const char *name) { return dlsym(engine->handle, name); }
const nodec_module *nodec_loaded(const nodec_engine *engine) { return engine->module; }
const nodec_model *nodec_loaded_model(const nodec_engine *engine) { return engine->model; }

void nodec_unload(nodec_engine *engine)
{
    if (!engine) return;
    dlclose(engine->handle);
    free(engine);
}
