#ifndef GAUSSIANS_H
#define GAUSSIANS_H

/// Gaussians of a stream's table and dimensions of each, streams of a codebook, and how many points are evaluated at once.
///
/// Four points cost little more than one: a codebook is larger than the nearest cache, and is read once.
enum { gaussian_count = 128, gaussian_dimensions = 13, gaussian_streams = 3, gaussian_points = 4 };

/// Senones that are scored at once: a phone's states.
enum { gaussian_senones = 3 };

/// Densities of one codebook's Gaussians at some points, relative to the likeliest of each stream at each point.
///
/// Exponents are to base 2, so a Gaussian's is its peak − Σ (x · scale − offset)² with scale = √(log₂e / 2) / σ.
///
/// - shapes: by stream, sixteen Gaussians and dimension: sixteen values of scale, then sixteen of offset = μ · scale.
/// - peaks: by stream: the binary logarithm of each density at its mean.
/// - points: gaussian_points times gaussian_dimensions values of the first stream.
/// - distance: how many values after one stream's points the next one's begin.
/// - densities: receives, by point, stream and Gaussian, values in 2^−88...1 with a relative error below 2e-7.
/// - likeliest: receives the binary logarithm of the product of the streams' likeliest densities at each point.
void gaussian_densities(const float *shapes, const float *peaks, const float *points, int distance, float *densities,
                        float *likeliest);

/// How likely some senones are at those points: logarithms of products over the streams of weighted sums of densities.
///
/// - densities, likeliest: as gaussian_densities made them.
/// - weights: by senone, stream and Gaussian; at least 5e-12.
/// - scores: receives, by senone and point, natural logarithms.
void gaussian_scores(const float *densities, const float *likeliest, const float *weights, float *scores);

#endif
