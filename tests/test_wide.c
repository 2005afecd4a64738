/* test_wide.c: models lowered for many work-items compute the bits of those lowered for
 * blocks, in all that a host sees: outputs, losses, gradients, statistics, what fails. */
#include "launched.h"
#include "loop/groups.h"
#include "loop/items.h"
#include "loop/near.h"

#define TINY "tests/models/tiny.node"

static bool is_work(const Lab *lab, uint32_t fn, size_t i)
{
    return !strcmp(lab->p->var.at[fn_of(lab->p, fn)->param.at[i]].name, "work");
}

static void same_as_blocks(Lab *wide, Lab *blocks, uint32_t entry, uint32_t like, int64_t batch, double scale, int status)
{
    char error[256];
    Call got = call_new(wide, entry, batch, scale), want = call_new(blocks, like, batch, scale);
    const char *name = arena_printf(&wide->arena, "%s, batch %d", fn_of(wide->p, entry)->name, (int)batch);
    cr_assert_eq(got.count, want.count);
    cr_assert_eq(loop_run(blocks->p, like, want.arg, want.count, error, sizeof error), status, "%s: %s", name, error);
    cr_assert_eq(loop_run(wide->p, entry, got.arg, got.count, error, sizeof error), status, "%s: %s", name, error);
    for (size_t i = 0; i < want.count; i++)
        if (is_work(blocks, like, i)) want.arg[i].elements = 0;
    same_arrays(wide, &got, &want, name);
}

/* The host that launches more groups, of so many teams. */
static void same_as_groups(Lab *lab, uint32_t entry, int64_t batch, double scale, int status, int64_t teams)
{
    char error[256];
    Launch launch = launch_build(lab->p, entry);
    groups_build(lab->p, &launch, teams);
    const char *wrong = loop_verify(lab->p, &lab->arena);
    cr_assert_null(wrong, "%s", wrong);
    Call want = call_new(lab, entry, batch, scale), got = call_new(lab, launch.host, batch, scale);
    const char *name = arena_printf(&lab->arena, "%s, batch %d, %d teams", fn_of(lab->p, entry)->name, (int)batch, (int)teams);
    cr_assert_eq(loop_run(lab->p, entry, want.arg, want.count, error, sizeof error), status, "%s: %s", name, error);
    cr_assert_eq(loop_run(lab->p, launch.host, got.arg, got.count, error, sizeof error), 0, "%s: %s", name, error);
    cr_assert_eq((int)number_at(lab, &got.arg[want.count], 0), status);
    same_arrays(lab, &got, &want, name);
}

static void check(const char *path, const char *experiment, Type real, const char *const *set, size_t sets)
{
    static const int64_t batch[] = { 5, 1, 33 };
    const size_t batches = strcmp(path, TINY) ? 1 : COUNT(batch);
    for (size_t i = 0; i < batches; i++) {
        Lab wide, blocks;
        lab_open_as(&wide, true, path, experiment, real, set, sets);
        lab_open(&blocks, path, experiment, real, set, sets);
        const char *wrong = loop_verify(wide.p, &wide.arena);
        cr_assert_null(wrong, "%s", wrong);
        const LoweredModel *w = wide.lowered, *b = blocks.lowered;
        same_as_blocks(&wide, &blocks, w->forward, b->forward, batch[i], 0.4, NODEC_OK);
        same_as_blocks(&wide, &blocks, w->train, b->train, batch[i], 0.4, NODEC_OK);
        if (w->steps) same_as_blocks(&wide, &blocks, w->train, b->train, batch[i], real == TYPE_F32 ? 1e30 : 1e200, NODEC_NONFINITE);
        same_as_groups(&wide, w->forward, batch[i], 0.4, NODEC_OK, 1);
        same_as_groups(&wide, w->train, batch[i], 0.4, NODEC_OK, i == 1 ? 1 : 8);
        arena_free(&wide.arena);
        arena_free(&blocks.arena);
    }
}

#define SET(...) (const char *[]){ __VA_ARGS__ }, COUNT(((const char *[]){ __VA_ARGS__ }))
Test(wide, discrete)    { check(TINY, "tiny", TYPE_F32, NULL, 0); }
Test(wide, adjoint)     { check(TINY, "tiny_adjoint", TYPE_F64, NULL, 0); }
Test(wide, runge_kutta) { check(TINY, "tiny", TYPE_F32, SET("solver = rk4(steps = 2)", "statistics = running")); }
Test(wide, winograd)    { check(TINY, "tiny_adjoint", TYPE_F32, SET("accuracy = 1e-5")); }
Test(wide, images)      { check("tests/models/wide.node", "images", TYPE_F32, NULL, 0); }
Test(wide, images_by_winograd) { check("tests/models/wide.node", "images", TYPE_F32, SET("accuracy = 1e-5")); }
Test(wide, no_solve)    { check(TINY, "plain", TYPE_F32, NULL, 0); }

/* ---- groups of items ----------------------------------------------------------------------- */

/* Do items meet in a loop of a loop? */
static bool meets_within(const Program *p, Stm first, unsigned loops)
{
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        if (at->kind == S_SYNC && loops > 1) return true;
        if (meets_within(p, at->body, loops + (at->kind == S_FOR)) || meets_within(p, at->other, loops)) return true;
    }
    return false;
}

Test(wide, teams_share_out_contractions_and_do_not_meet_in_them)
{
    Lab lab;
    size_t tiles = 0;
    lab_open_as(&lab, true, "tests/models/wide.node", "images", TYPE_F32, NULL, 0);
    Launch launch = launch_build(lab.p, lab.lowered->train);
    groups_build(lab.p, &launch, TEAMS);
    for (size_t i = 0; i < launch.kernel.count; i++) {
        const LFn *kernel = fn_of(lab.p, launch.kernel.at[i]);
        if (!strstr(kernel->name, ".groups")) continue;
        const ItemsForm form = items_build(lab.p, launch.kernel.at[i]);
        cr_assert_eq(form.items, TEAMS*LANES, "%s", kernel->name);
        cr_assert(!meets_within(lab.p, fn_of(lab.p, form.fn)->body, 0), "%s: a barrier in a loop of a loop", kernel->name);
        tiles++;
    }
    cr_assert(tiles > 10);
    arena_free(&lab.arena);
}

/* ---- what a group fetches in common ----------------------------------------------------------- */

typedef struct Sums { unsigned near, far, syncs, guarded; } Sums;  /* loads of terms; barriers, in conditions too */

static void count_loads(const Program *p, Exp e, Sums *sums)
{
    const LExp *x = &p->exp.at[e];
    if (!e) return;
    if (x->kind == X_LOAD) ++*(p->var.at[x->var].space == SPACE_LOCAL ? &sums->near : &sums->far);
    count_loads(p, x->a, sums), count_loads(p, x->b, sums), count_loads(p, x->c, sums);
}

/* Loads in loops that add products up, in the loop's own statements. */
static void count_sums(const Program *p, Stm first, bool condition, Sums *sums)
{
    bool products = false;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        products |= at->kind == S_SET && p->exp.at[at->a].op == OP_fma;
        sums->syncs += at->kind == S_SYNC;
        sums->guarded += at->kind == S_SYNC && condition;
        count_sums(p, at->body, condition || at->kind == S_IF, sums);
        count_sums(p, at->other, true, sums);
    }
    for (Stm s = first; s && products; s = p->stm.at[s].next)
        if (p->stm.at[s].kind == S_LET || p->stm.at[s].kind == S_SET) count_loads(p, p->stm.at[s].a, sums);
}

static unsigned fetching(uint32_t room, Sums *all)
{
    Lab lab;
    unsigned kernels = 0;
    lab_open_as(&lab, true, "tests/models/wide.node", "images", TYPE_F32, NULL, 0);
    Launch launch = launch_build(lab.p, lab.lowered->train);
    groups_build(lab.p, &launch, TEAMS);
    for (size_t i = 0; i < launch.kernel.count; i++) {
        const ItemsForm form = items_build(lab.p, launch.kernel.at[i]);
        Sums was = { 0 }, is = { 0 };
        count_sums(lab.p, fn_of(lab.p, form.fn)->body, false, &was);
        count_sums(lab.p, fn_of(lab.p, near_build(lab.p, &form, room))->body, false, &is);
        if (is.syncs == was.syncs) continue;
        cr_assert_eq(is.guarded, 0, "%s: a barrier in a condition", fn_of(lab.p, launch.kernel.at[i])->name);
        cr_assert_eq(is.near + is.far, was.near + was.far);
        all->near += is.near, all->far += is.far;
        kernels++;
    }
    const char *wrong = loop_verify(lab.p, &lab.arena);
    cr_assert_null(wrong, "%s", wrong);
    arena_free(&lab.arena);
    return kernels;
}

Test(wide, groups_fetch_what_products_read)
{
    Sums sums = { 0 };
    cr_assert_geq(fetching(GROUP_ROOM, &sums), 7);
    /* Sums too short to be worth two barriers read from far: a last pixel's 16 terms. */
    cr_assert_leq(20*sums.far, sums.near, "%u of %u loads of terms are from far", sums.far, sums.near + sums.far);
    cr_assert(sums.near > 100);
    cr_assert_eq(fetching(1 << 10, &sums), 0);
}
