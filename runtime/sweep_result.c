/* sweep_result.c: see sweep_result.h. */
#include "sweep_result.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>

#include "sheet.h"

static json_t *number(double value) { return isfinite(value) ? json_real(value) : json_null(); }

static json_t *found(const nodec_sweep *s, const nodec_swept *r)
{
    json_t *all = json_object();
    for (size_t k = 0; k < s->summaries; k++) {
        const nodec_found *f = &r->found[k];
        json_t *one = json_object();
        json_object_set_new(one, "mean", number(f->mean));
        json_object_set_new(one, "sd", number(f->sd));
        json_object_set_new(one, "min", number(f->min));
        json_object_set_new(one, "max", number(f->max));
        json_object_set_new(all, s->summary[k], one);
    }
    return all;
}

static json_t *what(const nodec_sweep *s, const nodec_swept *r, bool whole)
{
    json_t *o = json_object();
    json_object_set_new(o, "experiment", json_string(s->experiment ? s->experiment : ""));
    json_object_set_new(o, "model", json_string(s->module->name));
    json_object_set_new(o, "precision", json_string(s->module->real_bytes == 4 ? "float32" : "float64"));
    json_object_set_new(o, "seed", json_integer((json_int_t)s->seed));
    json_object_set_new(o, "trajectories", json_integer((json_int_t)r->trajectories));
    json_object_set_new(o, "wanted", json_integer((json_int_t)s->over.count));
    json_object_set_new(o, "not_finite", json_integer((json_int_t)r->not_finite));
    json_object_set_new(o, "steps", json_integer((json_int_t)r->steps));
    json_object_set_new(o, "finished", json_boolean(whole));
    json_object_set_new(o, "summary", found(s, r));
    return o;
}

static json_t *how(const nodec_sweep *s, const nodec_swept *r)
{
    struct rusage usage;
    json_t *o = json_object();
    json_object_set_new(o, "engine", json_string(s->engine ? s->engine : "cc"));
    json_object_set_new(o, "device", json_string(s->device ? s->device : "cpu"));
    json_object_set_new(o, "threads", json_integer((json_int_t)(s->threads ? s->threads : 1)));
    json_object_set_new(o, "seconds", number(r->seconds));
    json_object_set_new(o, "trajectories_per_s", number((double)r->trajectories / r->seconds));
    json_object_set_new(o, "trajectory_steps_per_s", number((double)r->trajectories * (double)r->steps / r->seconds));
    json_object_set_new(o, "memory_mib", getrusage(RUSAGE_SELF, &usage) ? json_null() : json_real((double)usage.ru_maxrss / 1024));
    json_object_set_new(o, "out", s->out ? json_string(s->out) : json_null());
    return o;
}

static int dump(json_t *o, FILE *to, nodec_fault *fault)
{
    errno = 0;
    const int bad = json_dumpf(o, to, JSON_INDENT(2)) || fputc('\n', to) == EOF || fflush(to);
    json_decref(o);
    return bad ? fault_io(fault, "write", "the result") : 0;
}

int sweep_result(const nodec_sweep *s, const nodec_swept *r, bool whole, FILE *to, nodec_fault *fault)
{
    json_t *o = what(s, r, whole), *more = how(s, r);
    json_object_update(o, more);
    json_decref(more);
    return dump(o, to, fault);
}

int sweep_result_file(const nodec_sweep *s, const nodec_swept *r, bool whole, nodec_fault *fault)
{
    sheet file;
    if (!sheet_open(&file, s->out, fault, "result.json")) return fault->status;
    dump(what(s, r, whole), file.file, fault);
    return sheet_close(&file, fault);
}

void sweep_result_say(const nodec_sweep *s, const nodec_swept *r, FILE *to)
{
    const double steps = (double)r->trajectories * (double)r->steps;
    int width = 0;
    fprintf(to, "%s: %llu trajector%s of %llu steps in %.3g s (%.3g steps/s)%s%s\n", s->experiment ? s->experiment : s->module->name,
            (unsigned long long)r->trajectories, r->trajectories == 1 ? "y" : "ies", (unsigned long long)r->steps,
            r->seconds, steps / r->seconds, s->out ? "; " : "", s->out ? s->out : "");
    if (!s->summaries) return;
    for (size_t k = 0; k < s->summaries; k++) {
        const int length = (int)strnlen(s->summary[k], 40);
        if (length > width) width = length;
    }
    fprintf(to, "%*s %11s %11s %11s %11s\n", width, "", "mean", "sd", "min", "max");
    for (size_t k = 0; k < s->summaries; k++) {
        const nodec_found *f = &r->found[k];
        fprintf(to, "%-*s %11.4g %11.4g %11.4g %11.4g\n", width, s->summary[k], f->mean, f->sd, f->min, f->max);
    }
}
