/* linear.c: the linear maps one has names for, each one con. */
#include "ir/make.h"

static Con con_of_result(Shape out)
{
    Con c = {.nopd = 1, .naxis = out.rank};
    for (unsigned d = 0; d < out.rank; d++) {
        c.extent[d] = out.dim[d];
        c.out[d] = aff_axis(d);
    }
    return c;
}

/* [] [B] [..] [B ..] to [B ..]; the dimensions behind B are all there or none is. */
Ref ir_expand(Fn *f, Ref a, Shape to)
{
    Shape from = SHAPE(f, a);
    if (shape_equal(from, to))
        return a;
    Con c = con_of_result(to);
    unsigned batch = shape_batched(from), rest = from.rank - batch;
    unsigned first = shape_batched(to);
    if ((batch && !first) || (rest != 0 && rest != to.rank - first))
        ir_bug(f, "cannot expand rank %u to rank %u", from.rank, to.rank);
    if (batch)
        c.in[0][0] = aff_axis(0);
    for (unsigned d = 0; d < rest; d++) {
        if (from.dim[batch + d] != to.dim[first + d])
            ir_bug(f, "cannot expand: dimension %u differs", d);
        c.in[0][batch + d] = aff_axis(first + d);
    }
    return ir_con(f, &c, to, &a);
}

Ref ir_sum(Fn *f, Ref a, uint32_t axes)
{
    Shape from = SHAPE(f, a), to = {0};
    Con c = {.nopd = 1, .naxis = from.rank};
    for (unsigned d = 0; d < from.rank; d++) {
        c.extent[d] = from.dim[d];
        c.in[0][d] = aff_axis(d);
        if (!(axes >> d & 1)) {
            c.out[to.rank] = aff_axis(d);
            to.dim[to.rank++] = from.dim[d];
        }
    }
    return ir_con(f, &c, to, &a);
}

Ref ir_transpose(Fn *f, Ref a, const uint8_t *order)
{
    Shape from = SHAPE(f, a), to = {.rank = from.rank};
    for (unsigned d = 0; d < from.rank; d++)
        to.dim[d] = from.dim[order[d]];
    Con c = con_of_result(to);
    for (unsigned d = 0; d < from.rank; d++)
        c.in[0][order[d]] = aff_axis(d);
    return ir_con(f, &c, to, &a);
}

Ref ir_slice(Fn *f, Ref a, unsigned axis, uint32_t first, uint32_t count, int32_t stride)
{
    Shape from = SHAPE(f, a), to = from;
    int64_t last = first + ((int64_t)count - 1) * stride;
    if (axis >= from.rank || count == 0 || first >= from.dim[axis] || last < 0 || last >= from.dim[axis])
        ir_bug(f, "slice of axis %u leaves its range", axis);
    to.dim[axis] = count;
    Con c = con_of_result(to);
    for (unsigned d = 0; d < from.rank; d++)
        c.in[0][d] = aff_axis(d);
    c.in[0][axis].k[0] = (int16_t)stride;
    c.in[0][axis].c = (int32_t)first;
    return ir_con(f, &c, to, &a);
}

Ref ir_pad(Fn *f, Ref a, unsigned axis, uint32_t before, uint32_t after)
{
    Shape from = SHAPE(f, a), to = from;
    to.dim[axis] += before + after;
    Con c = con_of_result(from);
    for (unsigned d = 0; d < from.rank; d++)
        c.in[0][d] = aff_axis(d);
    c.out[axis].c = (int32_t)before;
    return ir_con(f, &c, to, &a);
}

Ref ir_concat(Fn *f, const Ref *part, unsigned n, unsigned axis)
{
    uint32_t total = 0, before = 0;
    for (unsigned i = 0; i < n; i++)
        total += SHAPE(f, part[i]).dim[axis];
    Ref sum = 0;
    for (unsigned i = 0; i < n; i++) {
        uint32_t mine = SHAPE(f, part[i]).dim[axis];
        Ref padded = ir_pad(f, part[i], axis, before, total - before - mine);
        sum = sum ? ir_add(f, sum, padded) : padded;
        before += mine;
    }
    return sum;
}

/* Both shapes are cut at the places where either has a boundary; an axis per piece. */
Ref ir_reshape(Fn *f, Ref a, Shape to)
{
    Shape from = SHAPE(f, a);
    if (shape_equal(from, to))
        return a;
    if (shape_count(from) != shape_count(to) || shape_batched(from) != shape_batched(to))
        return 0;
    Con c = {.nopd = 1};
    unsigned i = 0, o = 0;
    uint64_t left_in = 1, left_out = 1;         /* what is not yet cut off dim i, dim o   */
    for (;;) {
        while (left_in == 1 && i < from.rank && from.dim[i] == 1) i++;
        while (left_out == 1 && o < to.rank && to.dim[o] == 1) o++;
        if (i == from.rank && o == to.rank)
            return ir_con(f, &c, to, &a);
        if (i == from.rank || o == to.rank || c.naxis == MAX_AXES)
            return 0;
        if (left_in == 1) left_in = from.dim[i];
        if (left_out == 1) left_out = to.dim[o];
        uint64_t small = left_in < left_out ? left_in : left_out;
        if (left_in % small != 0 || left_out % small != 0)
            return 0;
        uint32_t extent = (uint32_t)small;
        Aff axis = aff_axis(c.naxis), zero = aff_number(0);
        c.extent[c.naxis++] = extent;
        int32_t k = extent == BATCH ? 1 : (int32_t)extent;
        left_in /= small, left_out /= small;
        /* row-major: what was there moves up by this piece's extent */
        Aff in = zero, out = zero;
        if (!aff_add(&in, &c.in[0][i], k) || !aff_add(&in, &axis, 1)
            || !aff_add(&out, &c.out[o], k) || !aff_add(&out, &axis, 1))
            return 0;
        c.in[0][i] = in, c.out[o] = out;
        if (left_in == 1) i++;
        if (left_out == 1) o++;
    }
}
