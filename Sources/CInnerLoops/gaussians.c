#include "gaussians.h"

#include "lanes.h"

/// Densities below e^−61 of the likeliest count as none. Times the least weight, 5e-12, they would leave the range of
/// normal numbers, where each operation costs some processors a hundred cycles; beside the likeliest they are nothing.
static const float least_exponent = -61.0f;

INLINE lanes choose(lane_bits condition, lanes yes, lanes no) {
    return (lanes)((condition & (lane_bits)yes) | (~condition & (lane_bits)no));
}

/// e^x for x ≤ 0; 0 below the least exponent. Cody–Waite reduction and the polynomial of the Cephes library's expf.
INLINE lanes exponential(lanes x) {
    const lanes bounded = choose(x < least_exponent, (lanes){} + least_exponent, x);
    // Adding 1.5 · 2²³ rounds to a whole number and leaves it in the lowest bits.
    const lanes shifted = bounded * 1.44269504f + 12582912.0f;
    const lanes whole = shifted - 12582912.0f;
    const lanes rest = (bounded - whole * 0.693359375f) + whole * 2.12194440e-4f;
    lanes sum = (lanes){} + 1.98756915e-4f;
    sum = sum * rest + 1.39819995e-3f;
    sum = sum * rest + 8.33345190e-3f;
    sum = sum * rest + 4.16657960e-2f;
    sum = sum * rest + 1.66666655e-1f;
    sum = sum * rest + 5.00000010e-1f;
    sum = sum * rest * rest + rest + 1.0f;
    const lanes power = (lanes)(((lane_bits)shifted << 23) + 0x3F800000);
    return choose(x < least_exponent, (lanes){}, sum * power);
}

/// count is known where this is inlined.
INLINE void densities_at(const float *shapes, const float *peaks, const float *points, const int count,
                         float *densities, int stride, float *likeliest) {
    lanes most[gaussian_points];
    for (int point = 0; point < count; point++) most[point] = (lanes){} - 3.0e38f;
    for (int first = 0; first < gaussian_count; first += lane_count) {
        lanes exponents[gaussian_points];
        for (int point = 0; point < count; point++) exponents[point] = *(const lanes *)(peaks + first);
        for (int dimension = 0; dimension < gaussian_dimensions; dimension++) {
            const lanes scale = ((const lanes *)shapes)[0];
            const lanes offset = ((const lanes *)shapes)[1];
            for (int point = 0; point < count; point++) {
                const lanes distance = scale * points[point * gaussian_dimensions + dimension] - offset;
                exponents[point] -= distance * distance;
            }
            shapes += 2 * lane_count;
        }
        for (int point = 0; point < count; point++) {
            *(lanes *)(densities + point * stride + first) = exponents[point];
            most[point] = choose(exponents[point] > most[point], exponents[point], most[point]);
        }
    }
    for (int point = 0; point < count; point++) {
        float peak = most[point][0];
        for (int lane = 1; lane < lane_count; lane++) peak = most[point][lane] > peak ? most[point][lane] : peak;
        likeliest[point] += peak;
        lanes *values = (lanes *)(densities + point * stride);
        for (int vector = 0; vector < gaussian_count / lane_count; vector++) {
            values[vector] = exponential(values[vector] - peak);
        }
    }
}

FOR_EACH_PROCESSOR
void gaussian_densities(const float *shapes, const float *peaks, const float *points, int count, float *densities,
                        int stride, float *likeliest) {
    if (count == gaussian_points) {
        densities_at(shapes, peaks, points, gaussian_points, densities, stride, likeliest);
    } else {
        densities_at(shapes, peaks, points, 1, densities, stride, likeliest);
    }
}

FOR_EACH_PROCESSOR
float gaussian_mixtures(const float *densities, const float *weights, int codebooks) {
    float product = 1;
    for (int codebook = 0; codebook < codebooks; codebook++) {
        lanes sum = {};
        for (int index = 0; index < gaussian_count; index += lane_count) {
            const int first = codebook * gaussian_count + index;
            sum += *(const lanes *)(densities + first) * *(const lanes *)(weights + first);
        }
        float halves[lane_count / 2];
        for (int lane = 0; lane < lane_count / 2; lane++) halves[lane] = sum[lane] + sum[lane + lane_count / 2];
        product *= ((halves[0] + halves[4]) + (halves[1] + halves[5])) +
                   ((halves[2] + halves[6]) + (halves[3] + halves[7]));
    }
    return product;
}
