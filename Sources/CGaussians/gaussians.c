#include "CGaussians.h"

#include <stdint.h>
#include <string.h>

// Plain loops over eight values at a time: the compiler makes one AVX2 or two SSE2 instructions of each.
enum { lane_count = 8 };

#if defined(__x86_64__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

/// e^x for x ≤ 0; 0 below −87. Cody–Waite reduction and the polynomial of the Cephes library's expf.
static inline __attribute__((always_inline)) float exponential(float x) {
    const float bounded = x < -87.0f ? -87.0f : x;
    // Adding 1.5 · 2²³ rounds to a whole number and leaves it in the lowest bits.
    const float shifted = bounded * 1.44269504f + 12582912.0f;
    const float whole = shifted - 12582912.0f;
    const float rest = (bounded - whole * 0.693359375f) + whole * 2.12194440e-4f;
    float sum = 1.98756915e-4f;
    sum = sum * rest + 1.39819995e-3f;
    sum = sum * rest + 8.33345190e-3f;
    sum = sum * rest + 4.16657960e-2f;
    sum = sum * rest + 1.66666655e-1f;
    sum = sum * rest + 5.00000010e-1f;
    sum = sum * rest * rest + rest + 1.0f;
    uint32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits << 23) + 0x3F800000u;
    float power;
    memcpy(&power, &bits, sizeof power);
    return x < -87.0f ? 0.0f : sum * power;
}

FOR_EACH_PROCESSOR
float gaussian_densities(const float *shapes, const float *peaks, const float *point, float *densities) {
    float most[lane_count];
    for (int lane = 0; lane < lane_count; lane++) most[lane] = -3.0e38f;
    for (int first = 0; first < gaussian_count; first += lane_count) {
        float exponents[lane_count];
        for (int lane = 0; lane < lane_count; lane++) exponents[lane] = peaks[first + lane];
        for (int dimension = 0; dimension < gaussian_dimensions; dimension++) {
            for (int lane = 0; lane < lane_count; lane++) {
                const float distance = shapes[lane] * point[dimension] - shapes[lane_count + lane];
                exponents[lane] -= distance * distance;
            }
            shapes += 2 * lane_count;
        }
        for (int lane = 0; lane < lane_count; lane++) {
            densities[first + lane] = exponents[lane];
            most[lane] = exponents[lane] > most[lane] ? exponents[lane] : most[lane];
        }
    }
    float peak = most[0];
    for (int lane = 1; lane < lane_count; lane++) peak = most[lane] > peak ? most[lane] : peak;
    for (int index = 0; index < gaussian_count; index++) densities[index] = exponential(densities[index] - peak);
    return peak;
}
