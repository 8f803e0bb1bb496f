#ifndef GAUSSIANS_H
#define GAUSSIANS_H

/// Gaussians of a codebook, dimensions of each, and how many points are evaluated at once.
enum { gaussian_count = 128, gaussian_dimensions = 13, gaussian_points = 4 };

/// Densities of one codebook of Gaussians at one to four points, relative to the likeliest of them at each.
///
/// Four points cost little more than one: a codebook is larger than the nearest cache, and is read once.
///
/// - shapes: for each sixteen Gaussians and each dimension sixteen values of 1/(σ√2), then sixteen of μ/(σ√2).
/// - peaks: the logarithm of each density at its mean.
/// - points: count times gaussian_dimensions values.
/// - count: one, or gaussian_points.
/// - densities: receives gaussian_count values in 0...1 for each point, with a relative error below 2e-7; 0 below e^−61.
/// - stride: how many values after one point's densities the next point's begin.
/// - likeliest: adds the logarithm of the likeliest density at each point.
void gaussian_densities(const float *shapes, const float *peaks, const float *points, int count, float *densities,
                        int stride, float *likeliest);

/// The product of the weighted sums of densities of several codebooks.
///
/// - densities, weights: codebooks times gaussian_count values.
float gaussian_mixtures(const float *densities, const float *weights, int codebooks);

#endif
