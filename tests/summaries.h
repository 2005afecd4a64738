/* summaries.h: what a list of numbers has that ops/summary.def keeps, as it is defined. */
#ifndef ND_TEST_SUMMARIES_H
#define ND_TEST_SUMMARIES_H

#include <math.h>
#include <stddef.h>

/* Of n values, seen over `span` of time: as they are defined. */
static inline double mean_of(const double *v, size_t n, double span)
{
    double sum = 0;
    (void)span;
    for (size_t i = 0; i < n; i++) sum += v[i];
    return sum / (double)n;
}

static inline double sd_of(const double *v, size_t n, double span)
{
    const double mean = mean_of(v, n, span);
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (v[i] - mean) * (v[i] - mean);
    return sqrt(sum / (double)n);
}

static inline double min_of(const double *v, size_t n, double span)
{
    double least = v[0];
    (void)span;
    for (size_t i = 0; i < n; i++) least = fmin(least, v[i]);
    return least;
}

static inline double max_of(const double *v, size_t n, double span)
{
    double most = v[0];
    (void)span;
    for (size_t i = 0; i < n; i++) most = fmax(most, v[i]);
    return most;
}

/* At equal distances over `span`; the first time of several. */
static inline double argmin_of(const double *v, size_t n, double span)
{
    size_t at = 0;
    for (size_t i = 1; i < n; i++)
        if (v[i] < v[at]) at = i;
    return span / (double)(n - 1) * (double)at;
}

static inline double argmax_of(const double *v, size_t n, double span)
{
    size_t at = 0;
    for (size_t i = 1; i < n; i++)
        if (v[i] > v[at]) at = i;
    return span / (double)(n - 1) * (double)at;
}

static inline double last_of(const double *v, size_t n, double span) { return (void)span, v[n - 1]; }
static inline double rate_of(const double *v, size_t n, double span) { return (v[n - 1] - v[0]) / span; }

static inline double crossings_of(const double *v, size_t n, double span)
{
    size_t count = 0;
    (void)span;
    for (size_t i = 1; i < n; i++) count += (v[i] < 0) != (v[i - 1] < 0);
    return (double)count;
}

static inline double peaks_of(const double *v, size_t n, double span)
{
    size_t count = 0;
    (void)span;
    for (size_t i = 1; i + 1 < n; i++) count += v[i - 1] < v[i] && v[i] >= v[i + 1];
    return (double)count;
}

#endif
