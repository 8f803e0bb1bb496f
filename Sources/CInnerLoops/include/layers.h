#ifndef LAYERS_H
#define LAYERS_H

/// Outputs of a network's layer that are summed at once; rows of its weights are filled up to a multiple.
enum { layer_lanes = 16 };

/// The sums of a layer's weights times its inputs.
///
/// - inputs: count values.
/// - weights: count rows of vectors times layer_lanes values.
/// - sums: receives vectors times layer_lanes values, each added in the order of the inputs.
void layer_sums(const float *inputs, int count, const float *weights, int vectors, float *sums);

#endif
