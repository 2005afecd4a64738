/* fake.h: small modules written by hand, for tests of the runtime. */
#ifndef TESTS_FAKE_H
#define TESTS_FAKE_H

#include "abi.h"

/* Linear: state x[2] given, param W[2,2]; dx/dt = W x; loss mse, gradient exact, plain descent
 * with momentum (one moment). Decay: state n = n0, input u = 0, params k and n0 : positive;
 * dn/dt = u - k n.                                                                              */
extern const nodec_module fake_linear_float, fake_linear_double, fake_decay_double;

#endif
