#ifndef LAYERS_H
#define LAYERS_H

/// Outputs of a layer that are summed at once.
enum { layer_lanes = 32 };

/// Adds a layer's weights times its inputs to sums.
///
/// - inputs: rows of count values, distance values from the beginning of one to that of the next.
/// - weights: count rows of width values; width is a multiple of layer_lanes.
/// - sums: rows of width values, to which products are added in the order of the inputs.
void layer_sums(const float *inputs, int rows, int distance, int count, const float *weights, int width, float *sums);

#endif
