#include "spectra.h"

#include "lanes.h"
#include "logarithm.h"

/// Of one spectrum under sixteen filters.
INLINE void filter(const float *power, const int32_t *first_bins, const float *weights, int width, float *energies) {
    lanes sums[lane_count] = {};
    for (int index = 0; index < lane_count; index++) {
        for (int bin = 0; bin < width; bin += lane_count) {
            sums[index] +=
                *(const lanes *)(weights + index * width + bin) * *(const lanes *)(power + first_bins[index] + bin);
        }
    }
    *(lanes *)energies = totals(sums);
}

FOR_EACH_PROCESSOR
void filter_energies(const float *power, int rows, int bins, const int32_t *first_bins, int filters,
                     const float *weights, int width, float *energies) {
    for (int row = 0; row < rows; row++) {
        for (int first = 0; first < filters; first += lane_count) {
            filter(power + row * bins, first_bins + first, weights + first * width, width,
                   energies + row * filters + first);
        }
    }
}

INLINE void take_logarithms(float *values) { *(lanes *)values = logarithm(*(const lanes *)values); }

FOR_EACH_PROCESSOR
void natural_logarithms(float *values, int count) {
    for (int first = 0; first < count; first += lane_count) take_logarithms(values + first);
}
