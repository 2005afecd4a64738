/* fuzz.c: see fuzz.h. A child works through mutants; the one at hand, and what the child says of
 * it, are in memory that the parent sees too. */
#include "fuzz.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 1 << 20, ENOUGH = 8, FOLDER = 64 };

typedef struct Hand {               /* what parent and child share                     */
    uint64_t number;
    Chance   chance;
    size_t   length;
    char     why[512];
    char     mutant[ROOM];
} Hand;

static Hand *hand_new(void)
{
    Hand *hand = mmap(NULL, sizeof *hand, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return hand == MAP_FAILED ? NULL : hand;
}

/* ---- the child -------------------------------------------------------------------------------- */

static void limit_time(unsigned seconds)
{
    setitimer(ITIMER_PROF, &(struct itimerval){ .it_value.tv_sec = seconds }, NULL);
}

static void meet(const Fuzz *fuzz, Hand *hand)
{
    Mutant own = { malloc(hand->length + !hand->length), hand->length, hand->length };     /* what is read behind it shows */
    memcpy(own.at, hand->mutant, hand->length);
    Chance chance = hand->chance;
    limit_time(fuzz->seconds);
    *hand->why = 0;
    const char *why = fuzz->meets(&own, &chance, hand->why);
    limit_time(0);
    free(own.at);
    if (why) _exit(1);
}

static void work(const Fuzz *fuzz, Hand *hand, uint64_t seed, uint64_t to)
{
    for (; hand->number < to; hand->number++) {
        Mutant m = { hand->mutant, 0, ROOM };
        mutate(fuzz->corpus, (seed << 32) + hand->number, &m, &hand->chance);
        hand->length = m.length;
        meet(fuzz, hand);
    }
    _exit(0);
}

static const char *file_said(const Fuzz *fuzz, char path[FOLDER])
{
    snprintf(path, FOLDER, "build/fuzz/%s-said", fuzz->name);
    return path;
}

/* What the child says goes into a file. */
static pid_t child_new(const Fuzz *fuzz)
{
    char path[FOLDER];
    fflush(NULL);
    pid_t child = fork();
    if (child) return child;
    int said = open(file_said(fuzz, path), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (said >= 0) dup2(said, 2);
    signal(SIGPROF, SIG_DFL);
    return 0;
}

/* A sanitizer's first words, or a signal's. */
static int outcome_of(const Fuzz *fuzz, pid_t child, Hand *hand)
{
    char said[4096] = "", path[FOLDER], *error;
    int status;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && !WEXITSTATUS(status)) return 0;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF) { strcpy(hand->why, "takes too long"); return 1; }
    if (*hand->why) return 1;
    FILE *file = fopen(file_said(fuzz, path), "r");
    if (file) said[fread(said, 1, sizeof said - 1, file)] = 0, fclose(file);
    if (WIFSIGNALED(status)) snprintf(hand->why, sizeof hand->why, "signal %d", WTERMSIG(status));
    else if ((error = strstr(said, "runtime error")) || (error = strstr(said, "Sanitizer:")))
        snprintf(hand->why, sizeof hand->why, "%.*s", (int)strcspn(error, "\n"), error);
    else snprintf(hand->why, sizeof hand->why, "exit status %d", WEXITSTATUS(status));
    return 1;
}

/* ---- smaller ------------------------------------------------------------------------------------ */

/* Still as wrong? Numbers in the words do not count. */
static int same_words(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strspn(a, "0123456789abcdefx"), b += strspn(b, "0123456789abcdefx");
        if (*a != *b) return 0;
        if (!*a) return 1;
    }
}

static int fails(const Fuzz *fuzz, Hand *hand)
{
    pid_t child = child_new(fuzz);
    if (child) return outcome_of(fuzz, child, hand);
    meet(fuzz, hand);
    _exit(0);
}

/* Without pieces that it fails without, larger ones first (Zeller and Hildebrandt, "Simplifying and
 * isolating failure-inducing input", 2002).                                                  */
static void cut_down(const Fuzz *fuzz, Hand *hand)
{
    static char whole[ROOM];
    char why[sizeof hand->why];
    time_t until = time(NULL) + 60;
    strcpy(why, hand->why);
    for (size_t size = hand->length / 2; size; size /= 2)
        for (size_t at = 0; at < hand->length && time(NULL) < until;) {
            const size_t length = hand->length, end = at + size < length ? at + size : length;
            memcpy(whole, hand->mutant, length);
            memmove(hand->mutant + at, hand->mutant + end, length - end);
            hand->length = length - (end - at);
            if (fails(fuzz, hand) && same_words(hand->why, why)) continue;
            memcpy(hand->mutant, whole, hand->length = length);
            at += size;
        }
    strcpy(hand->why, why);
}

static void keep(const Fuzz *fuzz, const Hand *hand, uint64_t seed)
{
    char path[128];
    snprintf(path, sizeof path, "build/fuzz/%s-%llu-%llu", fuzz->name, (unsigned long long)seed, (unsigned long long)hand->number);
    FILE *file = fopen(path, "wb");
    if (file) {
        fwrite(&hand->chance, sizeof hand->chance, 1, file);
        fwrite(hand->mutant, 1, hand->length, file);
        fclose(file);
    }
    fprintf(stderr, "%s: %s\n", path, hand->why);
}

/* ---- all of them ---------------------------------------------------------------------------------- */

/* How many are wrong of a file, if it is one of this name's. */
static size_t run_again(const Fuzz *fuzz, const char *path)
{
    Hand *hand = hand_new();
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    if (strncmp(name, fuzz->name, strlen(fuzz->name))) return 0;
    FILE *file = fopen(path, "rb");
    if (!hand || !file || fread(&hand->chance, sizeof hand->chance, 1, file) != 1) return 1;
    hand->length = fread(hand->mutant, 1, ROOM, file);
    fclose(file);
    int wrong = fails(fuzz, hand);
    fprintf(stderr, "%s: %s\n", path, wrong ? hand->why : "sound");
    munmap(hand, sizeof *hand);
    return (size_t)wrong;
}

size_t fuzz_run(const Fuzz *fuzz)
{
    if (getenv("FUZZ_FILE")) return run_again(fuzz, getenv("FUZZ_FILE"));
    const char *seconds = getenv("FUZZ_SECONDS"), *given = getenv("FUZZ_SEED");
    const uint64_t seed = given ? strtoull(given, NULL, 10) : seconds ? (uint64_t)time(NULL) & 0xffffffff : 1;
    const uint64_t to = seconds ? UINT32_MAX : fuzz->count;
    const time_t until = time(NULL) + (seconds ? atoi(seconds) : 24 * 3600);
    size_t found = 0;
    Hand *hand = hand_new();
    if (!hand) return 1;
    mkdir("build", 0777);
    mkdir("build/fuzz", 0777);
    while (hand->number < to && found < ENOUGH && time(NULL) < until) {
        const uint64_t some = to - hand->number < 500 ? to : hand->number + 500;
        pid_t child = child_new(fuzz);
        if (!child) work(fuzz, hand, seed, some);
        if (!outcome_of(fuzz, child, hand)) continue;
        found++;
        cut_down(fuzz, hand);
        keep(fuzz, hand, seed);
        hand->number++;
    }
    fprintf(stderr, "%s: %llu mutants of seed %llu, %zu found\n", fuzz->name, (unsigned long long)hand->number, (unsigned long long)seed, found);
    munmap(hand, sizeof *hand);
    return found;
}
