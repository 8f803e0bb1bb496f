#include "layers.h"

#include "lanes.h"

/// So many rows and vectors of sums stay in registers: eight sums in turn hide how long one addition takes.
enum { block_rows = 4, block_vectors = layer_lanes / lane_count };

/// rows is known where this is inlined.
INLINE void add_products(const float *inputs, const int rows, int distance, int count, const float *weights, int width,
                         float *sums) {
    lanes block[block_rows][block_vectors];
    for (int row = 0; row < rows; row++) {
        for (int vector = 0; vector < block_vectors; vector++) {
            block[row][vector] = ((const lanes *)(sums + row * width))[vector];
        }
    }
    for (int input = 0; input < count; input++) {
        for (int row = 0; row < rows; row++) {
            for (int vector = 0; vector < block_vectors; vector++) {
                block[row][vector] += inputs[row * distance + input] * ((const lanes *)(weights + input * width))[vector];
            }
        }
    }
    for (int row = 0; row < rows; row++) {
        for (int vector = 0; vector < block_vectors; vector++) {
            ((lanes *)(sums + row * width))[vector] = block[row][vector];
        }
    }
}

FOR_EACH_PROCESSOR
void layer_sums(const float *inputs, int rows, int distance, int count, const float *weights, int width, float *sums) {
    for (int first = 0; first < width; first += layer_lanes) {
        int row = 0;
        for (; row + block_rows <= rows; row += block_rows) {
            add_products(inputs + row * distance, block_rows, distance, count, weights + first, width,
                         sums + row * width + first);
        }
        for (; row < rows; row++) {
            add_products(inputs + row * distance, 1, distance, count, weights + first, width, sums + row * width + first);
        }
    }
}
