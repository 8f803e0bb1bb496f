#ifndef LANES_H
#define LANES_H

#include <stdint.h>

// One AVX-512 register, two of AVX2, or four of SSE2.
typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int32_t lane_bits __attribute__((vector_size(64), aligned(4)));
enum { lane_count = 16 };

#if defined(__x86_64__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif
// Vectors are passed only to functions that are inlined, so how a call would pass them does not matter.
#pragma GCC diagnostic ignored "-Wpsabi"
#define INLINE static inline __attribute__((always_inline))

INLINE lanes greater(lanes one, lanes other) {
    const lane_bits condition = one > other;
    return (lanes)((condition & (lane_bits)one) | (~condition & (lane_bits)other));
}

INLINE float greatest(lanes values) {
    values = greater(values, __builtin_shufflevector(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    values = greater(values, __builtin_shufflevector(values, values, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3));
    values = greater(values, __builtin_shufflevector(values, values, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1));
    return values[0] > values[1] ? values[0] : values[1];
}

/// Each vector's sum. Halves the number of vectors four times, each time adding neighbours.
INLINE lanes totals(lanes *vectors) {
    for (int count = lane_count / 2; count > 0; count /= 2) {
        for (int index = 0; index < count; index++) {
            const lanes one = vectors[2 * index], two = vectors[2 * index + 1];
            vectors[index] =
                __builtin_shufflevector(one, two, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30) +
                __builtin_shufflevector(one, two, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
        }
    }
    return vectors[0];
}

#endif
