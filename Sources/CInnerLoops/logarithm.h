#ifndef LOGARITHM_H
#define LOGARITHM_H

#include "lanes.h"

/// ln x for positive normal x. The polynomial of the Cephes library's logf, about 1 from √½ to √2.
INLINE lanes logarithm(lanes x) {
    const lane_bits exponent = ((lane_bits)x - 0x3F3504F3) >> 23;
    const lanes power = __builtin_convertvector(exponent, lanes);
    const lanes rest = (lanes)((lane_bits)x - (exponent << 23)) - 1.0f;
    lanes sum = (lanes){} + 7.0376836292e-2f;
    sum = sum * rest - 1.1514610310e-1f;
    sum = sum * rest + 1.1676998740e-1f;
    sum = sum * rest - 1.2420140846e-1f;
    sum = sum * rest + 1.4249322787e-1f;
    sum = sum * rest - 1.6668057665e-1f;
    sum = sum * rest + 2.0000714765e-1f;
    sum = sum * rest - 2.4999993993e-1f;
    sum = sum * rest + 3.3333331174e-1f;
    const lanes square = rest * rest;
    const lanes low = sum * rest * square - power * 2.12194440e-4f;
    return (low - square * 0.5f) + rest + power * 0.693359375f;
}

#endif
