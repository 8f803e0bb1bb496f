#include "gaussians.h"

#include "lanes.h"
#include "logarithm.h"

/// Densities below 2^−88 of the likeliest count as that. Times the least weight, 5e-12, they would leave the range of
/// normal numbers, where each operation costs some processors a hundred cycles; beside the likeliest they are nothing.
static const float least_exponent = -88.0f;

enum { vector_count = gaussian_count / lane_count, point_stride = gaussian_streams * gaussian_count };

/// 2^x for x ≤ 0, at least 2^least_exponent. The polynomial was fitted to −½...½ for the least relative error, 3e-6.
INLINE lanes power_of_two(lanes x) {
    const lanes bounded = greater(x, (lanes){} + least_exponent);
    // Adding 1.5 · 2²³ rounds to a whole number and leaves it in the lowest bits.
    const lanes shifted = bounded + 12582912.0f;
    const lanes rest = bounded - (shifted - 12582912.0f);
    lanes sum = (lanes){} + 9.582853220e-3f;
    sum = sum * rest + 5.590642621e-2f;
    sum = sum * rest + 2.402409862e-1f;
    sum = sum * rest + 6.931241932e-1f;
    sum = sum * rest + 1.0f;
    return (lanes)((lane_bits)sum + ((lane_bits)shifted << 23));
}

/// Densities of one stream relative to the likeliest, whose logarithm is added at each point.
INLINE void evaluate(const float *shapes, const float *peaks, const float *points, float *densities, float *likeliest) {
    lanes most[gaussian_points];
    for (int point = 0; point < gaussian_points; point++) most[point] = (lanes){} - 3.0e38f;
    for (int first = 0; first < gaussian_count; first += lane_count) {
        lanes exponents[gaussian_points];
        for (int point = 0; point < gaussian_points; point++) exponents[point] = *(const lanes *)(peaks + first);
        for (int dimension = 0; dimension < gaussian_dimensions; dimension++) {
            const lanes scale = ((const lanes *)shapes)[0];
            const lanes offset = ((const lanes *)shapes)[1];
            for (int point = 0; point < gaussian_points; point++) {
                const lanes distance = scale * points[point * gaussian_dimensions + dimension] - offset;
                exponents[point] -= distance * distance;
            }
            shapes += 2 * lane_count;
        }
        for (int point = 0; point < gaussian_points; point++) {
            *(lanes *)(densities + point * point_stride + first) = exponents[point];
            most[point] = greater(exponents[point], most[point]);
        }
    }
    for (int point = 0; point < gaussian_points; point++) {
        const float peak = greatest(most[point]);
        likeliest[point] += peak;
        lanes *values = (lanes *)(densities + point * point_stride);
        for (int vector = 0; vector < vector_count; vector++) values[vector] = power_of_two(values[vector] - peak);
    }
}

/// The streams' mixtures are multiplied before the one logarithm: each is at least the least weight, so the product of
/// three stays within a float's range.
INLINE void score(const float *densities, const float *likeliest, const float *weights, float *scores, int length) {
    lanes products = (lanes){} + 1.0f;
    for (int stream = 0; stream < gaussian_streams; stream++) {
        // By senone and point.
        lanes sums[lane_count] = {};
        for (int senone = 0; senone < gaussian_senones; senone++) {
            const lanes *const weight = (const lanes *)(weights + senone * point_stride + stream * gaussian_count);
            for (int point = 0; point < gaussian_points; point++) {
                const lanes *const density = (const lanes *)(densities + point * point_stride + stream * gaussian_count);
                lanes sum = {};
                for (int vector = 0; vector < vector_count; vector++) sum += density[vector] * weight[vector];
                sums[senone * gaussian_points + point] = sum;
            }
        }
        products *= totals(sums);
    }
    const lanes logarithms = logarithm(products);
    for (int senone = 0; senone < gaussian_senones; senone++) {
        for (int point = 0; point < gaussian_points; point++) {
            scores[senone * length + point] =
                likeliest[point] * 0.693147181f + logarithms[senone * gaussian_points + point];
        }
    }
}

FOR_EACH_PROCESSOR
void gaussian_scores(const float *shapes, const float *peaks, const float *points, int distance, int count,
                     const float *weights, int phones, float *scores) {
    float densities[gaussian_points * point_stride];
    for (int first = 0; first < count; first += gaussian_points) {
        float likeliest[gaussian_points] = {};
        for (int stream = 0; stream < gaussian_streams; stream++) {
            evaluate(shapes + stream * gaussian_count * gaussian_dimensions * 2, peaks + stream * gaussian_count,
                     points + stream * distance + first * gaussian_dimensions, densities + stream * gaussian_count,
                     likeliest);
        }
        for (int phone = 0; phone < phones; phone++) {
            score(densities, likeliest, weights + phone * gaussian_senones * point_stride,
                  scores + phone * gaussian_senones * count + first, count);
        }
    }
}
