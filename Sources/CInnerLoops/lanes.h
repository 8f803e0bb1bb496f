#ifndef LANES_H
#define LANES_H

#include <stdint.h>

// One AVX-512 register, two of AVX2, or four of SSE2.
typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int32_t lane_bits __attribute__((vector_size(64), aligned(4)));
enum { lane_count = 16 };

#if defined(__x86_64__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif
// Vectors are passed only to functions that are inlined, so how a call would pass them does not matter.
#pragma GCC diagnostic ignored "-Wpsabi"
#define INLINE static inline __attribute__((always_inline))

#endif
