/* scalar.h: the value cells of ops.def as functions on numbers of one type.
 *
 * ops.c includes this once per type, having defined real, bits, signed_bits,
 * NAME(x), the mathematics of that type and the numbers of its format.        */

static bits NAME(bits_of)(real a) { bits u; memcpy(&u, &a, sizeof u); return u; }
static real NAME(real_of)(bits u) { real a; memcpy(&a, &u, sizeof a); return a; }

#define BITS_OF NAME(bits_of)
#define REAL_OF NAME(real_of)
#define MANTISSA_MASK (((bits)1 << MANTISSA) - 1)
#define SIGN (sizeof(bits) * 8 - 1)

#define CELL(name, value)                                                        \
    static real NAME(name)(real a, real b, real c)                               \
    {                                                                            \
        (void)a, (void)b, (void)c;                                               \
        return (real)(value);                                                    \
    }
#define PRIM1(name, value, da)          CELL(name, value)
#define PRIM2(name, value, da, db)      CELL(name, value)
#define PRIM3(name, value, da, db, dc)  CELL(name, value)
#define BITS1(name, value)              CELL(name, value)
#define BITS2(name, value)              CELL(name, value)
#define TEST2(name, value)              CELL(name, value)
#define LOGIC1(name, value)             CELL(name, value)
#define LOGIC2(name, value)             CELL(name, value)
#define CHOOSE(name)                    CELL(name, a ? b : c)
#include "ops/ops.def"

typedef real NAME(Scalar)(real, real, real);
static NAME(Scalar) *const NAME(scalar)[OP_COUNT] = {
#define PRIM1(name, value, da)          [OP_##name] = NAME(name),
#define PRIM2(name, value, da, db)      [OP_##name] = NAME(name),
#define PRIM3(name, value, da, db, dc)  [OP_##name] = NAME(name),
#define BITS1(name, value)              [OP_##name] = NAME(name),
#define BITS2(name, value)              [OP_##name] = NAME(name),
#define TEST2(name, value)              [OP_##name] = NAME(name),
#define LOGIC1(name, value)             [OP_##name] = NAME(name),
#define LOGIC2(name, value)             [OP_##name] = NAME(name),
#define CHOOSE(name)                    [OP_##name] = NAME(name),
#include "ops/ops.def"
};

static double NAME(value)(Op op, const double x[3])
{
    return (double)NAME(scalar)[op]((real)x[0], (real)x[1], (real)x[2]);
}

#undef CELL
#undef BITS_OF
#undef REAL_OF
#undef MANTISSA_MASK
#undef SIGN
#undef real
#undef bits
#undef signed_bits
#undef NAME
#undef FMA
#undef ABS
#undef SQRT
#undef FLOOR
#undef RINT
#undef COPYSIGN
#undef MANTISSA
#undef ROOT_HALF
