#include "pitch.h"

#include "lanes.h"

/// vectors is known where this is inlined.
INLINE void differences(const float *samples, int window, int first, const int vectors, float *sums) {
    lanes block[3] = {};
    for (int index = 0; index < window; index++) {
        for (int vector = 0; vector < vectors; vector++) {
            const lanes difference = ((const lanes *)(samples + first + index))[vector] - samples[index];
            block[vector] += difference * difference;
        }
    }
    for (int vector = 0; vector < vectors; vector++) ((lanes *)(sums + first))[vector] = block[vector];
}

// A few vectors at a time hide how long one addition takes.
FOR_EACH_PROCESSOR
void lag_differences(const float *samples, int window, int lags, float *sums) {
    int first = 0;
    for (; first + 3 * lane_count <= lags; first += 3 * lane_count) differences(samples, window, first, 3, sums);
    for (; first < lags; first += lane_count) differences(samples, window, first, 1, sums);
}
