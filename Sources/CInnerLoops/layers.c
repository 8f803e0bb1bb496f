#include "layers.h"

#include "lanes.h"

_Static_assert(layer_lanes == lane_count, "A vector has as many lanes as the header says.");

/// blocks is known where this is inlined.
INLINE void sums_of(const float *inputs, int count, const float *weights, int vectors, const int blocks, float *sums) {
    lanes block[3] = {};
    for (int input = 0; input < count; input++) {
        for (int index = 0; index < blocks; index++) {
            block[index] += inputs[input] * ((const lanes *)weights)[input * vectors + index];
        }
    }
    for (int index = 0; index < blocks; index++) ((lanes *)sums)[index] = block[index];
}

// A few vectors at a time stay in registers.
FOR_EACH_PROCESSOR
void layer_sums(const float *inputs, int count, const float *weights, int vectors, float *sums) {
    int vector = 0;
    for (; vector + 3 <= vectors; vector += 3) {
        sums_of(inputs, count, weights + vector * lane_count, vectors, 3, sums + vector * lane_count);
    }
    for (; vector < vectors; vector++) {
        sums_of(inputs, count, weights + vector * lane_count, vectors, 1, sums + vector * lane_count);
    }
}
