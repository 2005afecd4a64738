/* result.c: see result.h. */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <sys/resource.h>

#include "real.h"
#include "result.h"
#include "store.h"

/* The most this process held, without the programs it started. */
static double memory_mib(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) ? NAN : (double)usage.ru_maxrss / 1024;
}

static json_t *json_number(double value) { return isfinite(value) ? json_real(value) : json_null(); }

/* Of the steps made here. */
static json_t *json_profile(const nodec_plan *p, const nodec_result *r)
{
    return profile_json(p->profile, r->steps_here, r->us_per_step * (double)r->steps_here * 1e-6);
}

static int write_profile(const nodec_plan *p, const nodec_result *r, nodec_fault *fault)
{
    char path[PATH_MAX];
    store s;
    if (!p->out) return 0;
    if (store_path(path, p->out, "profile.json", fault) || store_open(&s, path, fault)) return fault->status;
    json_t *o = json_profile(p, r);
    errno = 0;
    const bool bad = !o || json_dumpf(o, s.file, JSON_INDENT(2)) || fputc('\n', s.file) == EOF;
    json_decref(o);
    if (!bad) return store_commit(&s, fault);
    fault_io(fault, "write", path);
    store_drop(&s);
    return fault->status;
}

static int tell_profile(const nodec_plan *p, const nodec_result *r, nodec_fault *fault)
{
    profile_table(p->profile, r->steps_here, r->us_per_step * (double)r->steps_here * 1e-6, stderr);
    return write_profile(p, r, fault);
}

/* {"birth": 0.48, "W": [-0.1, -1, 1, -0.1]} */
static json_t *json_learned(const learned *l)
{
    json_t *o = json_object();
    for (size_t r = 0; r < l->param_rows; r++) {
        const nodec_param *p = &l->param[r];
        if (!learned_told(l, r)) continue;
        json_t *list = json_array();
        for (size_t i = 0; i < p->count; i++) json_array_append_new(list, json_number(real_at(l->theta, l->real_bytes, p->offset + i)));
        json_object_set(o, p->name, p->rank ? list : json_array_get(list, 0));
        json_decref(list);
    }
    return o;
}

static int tell_json(const nodec_plan *p, const nodec_result *r, const learned *l, bool finished, nodec_fault *fault)
{
    const bool single = (p->model ? p->model->real_bytes : p->fit->real_bytes) == 4;
    json_t *o = json_object();
    json_object_set_new(o, "experiment", json_string(p->experiment ? p->experiment : ""));
    json_object_set_new(o, "model", json_string(p->model ? p->model->name : p->fit->name));
    json_object_set_new(o, "engine", json_string(p->engine ? p->engine : "cc"));
    json_object_set_new(o, "device", json_string(p->device ? p->device : "cpu"));
    json_object_set_new(o, "precision", json_string(single ? "float32" : "float64"));
    json_object_set_new(o, "threads", json_integer((json_int_t)(p->threads ? p->threads : 1)));
    json_object_set_new(o, "seed", json_integer((json_int_t)p->seed));
    json_object_set_new(o, "steps", json_integer((json_int_t)r->steps));
    json_object_set_new(o, "finished", json_boolean(finished));
    json_object_set_new(o, "loss_first", json_number(r->loss_first));
    json_object_set_new(o, "loss_last", json_number(r->loss_last));
    json_object_set_new(o, "loss_mean", json_number(r->loss_mean));
    if (p->split.kind != NODEC_SPLIT_NONE) json_object_set_new(o, "validation", json_number(r->validation));
    if (p->test.files) json_object_set_new(o, "test_loss", json_number(r->test_loss));
    if (p->test.files) json_object_set_new(o, "test_accuracy", json_number(r->test_accuracy));
    if (p->test.files) json_object_set_new(o, "test_error", json_number(r->test_error));
    json_object_set_new(o, "seconds", json_number(r->seconds));
    json_object_set_new(o, "us_per_step", json_number(r->us_per_step));
    json_object_set_new(o, "first_step_ms", json_number(p->begun ? r->first_step * 1e3 : NAN));
    json_object_set_new(o, "memory_mib", json_number(memory_mib()));
    if (p->model) json_object_set_new(o, "training_mib", json_number((double)r->bytes / 1048576));
    json_object_set_new(o, "parameters", json_integer((json_int_t)r->parameters));
    if (learned_few(l)) json_object_set_new(o, "learned", json_learned(l));
    json_object_set_new(o, "out", p->out ? json_string(p->out) : json_null());
    if (p->profile) json_object_set_new(o, "profile", json_profile(p, r));
    errno = 0;
    const int bad = json_dumpf(o, p->json, JSON_INDENT(2)) || fputc('\n', p->json) == EOF || fflush(p->json);
    json_decref(o);
    return bad ? fault_io(fault, "write", "the result") : 0;
}

int result_tell(const nodec_plan *p, const nodec_result *r, const learned *l, bool finished, nodec_fault *fault)
{
    if (p->profile && tell_profile(p, r, fault)) return fault->status;
    return p->json ? tell_json(p, r, l, finished, fault) : 0;
}
