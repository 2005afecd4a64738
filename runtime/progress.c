/* progress.c: see progress.h. The layout is tqdm's (github.com/tqdm/tqdm). */
#include "progress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CELLS = 10 };

uint64_t progress_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* "04:05" or "1:02:03" */
static void print_time(char text[24], double seconds)
{
    const unsigned long s = seconds < 0 || seconds > 3.6e9 ? 0 : (unsigned long)seconds;
    if (s >= 3600) snprintf(text, 24, "%lu:%02lu:%02lu", s / 3600, s / 60 % 60, s % 60);
    else snprintf(text, 24, "%02lu:%02lu", s / 60, s % 60);
}

/* CELLS cells, each an eighth at a time if blocks can be shown. */
static void print_bar(char *bar, double share, bool blocks)
{
    static const char *const eighth[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
    const int filled = (int)(share * CELLS * 8);
    *bar = 0;
    for (int cell = 0; cell < CELLS; cell++) {
        int part = filled - 8 * cell;
        part = part < 0 ? 0 : part > 8 ? 8 : part;
        strcat(bar, blocks ? eighth[part] : part == 8 ? "#" : " ");
    }
}

int progress_print(char *text, int size, uint64_t step, uint64_t first, uint64_t steps,
                   double seconds, double loss, const char *tail, bool blocks)
{
    char bar[4 * CELLS + 1], spent[24], left[24], rate[32];
    const double share = steps ? (double)step / (double)steps : 1;
    const double done = (double)(step - first), speed = seconds > 0 && done > 0 ? done / seconds : 0;
    print_bar(bar, share, blocks);
    print_time(spent, seconds);
    if (speed > 0) print_time(left, (double)(steps - step) / speed);
    else strcpy(left, "?");
    if (speed <= 0) strcpy(rate, "?it/s");
    else if (speed >= 1e5) snprintf(rate, sizeof rate, "%.0fkit/s", speed / 1e3);
    else if (speed >= 1) snprintf(rate, sizeof rate, "%.1fit/s", speed);
    else snprintf(rate, sizeof rate, "%.2fs/it", 1 / speed);
    char end[40] = "";
    if (loss != PROGRESS_NO_LOSS) snprintf(end, sizeof end, ", loss=%.3g", loss);
    return snprintf(text, (size_t)size, "%3.0f%%|%s| %llu/%llu [%s<%s, %s%s%s]", 100 * share, bar,
                    (unsigned long long)step, (unsigned long long)steps, spent, left, rate, end, tail);
}

static bool speaks_utf8(void)
{
    const char *name[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (int i = 0; i < 3; i++) {
        const char *value = getenv(name[i]);
        if (value && *value) return strstr(value, "UTF-8") || strstr(value, "utf8") || strstr(value, "UTF8");
    }
    return false;
}

void progress_open(progress *p, bool quiet, uint64_t first, uint64_t steps)
{
    const char *term = getenv("TERM"), *plain = getenv("NO_COLOR");
    *p = (progress){.quiet = quiet, .first = first, .steps = steps, .begun = progress_clock(), .next = first + 1};
    p->terminal = isatty(STDERR_FILENO) && term && strcmp(term, "dumb");
    p->blocks = p->terminal && speaks_utf8();
    p->colour = p->terminal && !(plain && *plain);
}

void progress_part(progress *p, const char *head, uint64_t base, uint64_t first, uint64_t steps)
{
    snprintf(p->head, sizeof p->head, "%s", head);
    p->base = base;
    p->first = first;
    p->steps = steps;
    p->begun = p->shown = progress_clock();
    p->next = first + 1;
    *p->tail = 0;
}

static void draw(progress *p, uint64_t step, double loss)
{
    char text[320];
    progress_print(text, sizeof text, step - p->base, p->first - p->base, p->steps - p->base,
                   (double)(progress_clock() - p->begun) * 1e-9, loss, p->tail, p->blocks);
    fprintf(stderr, p->colour ? "\r\033[32m%s%s\033[0m\033[K" : "\r%s%s\033[K", p->head, text);
    fflush(stderr);
}

static void line(progress *p, uint64_t step, double loss)
{
    if (step == p->last) return;
    p->last = step;
    fprintf(stderr, "%s%s %llu/%llu", p->head, loss == PROGRESS_NO_LOSS ? "trajectory" : "step", (unsigned long long)(step - p->base),
            (unsigned long long)(p->steps - p->base));
    if (loss != PROGRESS_NO_LOSS) fprintf(stderr, "  loss %.3g", loss);
    fprintf(stderr, "%s\n", p->tail);
}

void progress_show(progress *p, uint64_t step, double loss)
{
    const uint64_t now = progress_clock();
    if (p->quiet) return;
    if (p->terminal) {
        if (now - p->shown < 100000000u) return;
        draw(p, step, loss);
    } else {
        if (step < p->next && now - p->shown < 60000000000u) return;
        line(p, step, loss);
        p->next = step + (p->steps - p->first) / 5 + 1;
    }
    p->shown = now;
}

void progress_close(progress *p, uint64_t step, double loss)
{
    if (p->quiet || step == p->first) return;
    if (!p->terminal) {
        line(p, step, loss);
        return;
    }
    draw(p, step, loss);
    fputc('\n', stderr);
}

void progress_say(progress *p, const char *text)
{
    fprintf(stderr, p->terminal && !p->quiet ? "\r\033[K%s\n" : "%s\n", text);
    p->shown = 0;
}
