#ifndef GAUSSIANS_H
#define GAUSSIANS_H

/// Gaussians of a stream's table and dimensions of each, streams of a codebook, and how many points are evaluated at once.
///
/// Four points cost little more than one: a codebook is larger than the nearest cache, and is read once.
enum { gaussian_count = 128, gaussian_dimensions = 13, gaussian_streams = 3, gaussian_points = 4 };

/// Senones that are scored at once: a phone's states.
enum { gaussian_senones = 3 };

/// How likely phones' senones over one codebook are at some points: logarithms of products over the streams of weighted
/// sums of densities.
///
/// A Gaussian's density is 2 to the power of peak − Σ (x · scale − offset)², with scale = √(log₂e / 2) / σ; it is evaluated
/// relative to the likeliest of its stream with a relative error below 4e-6, and counts as 2^−88 of that where it is less.
///
/// - shapes: by stream, sixteen Gaussians and dimension: sixteen values of scale, then sixteen of offset = μ · scale.
/// - peaks: by stream and Gaussian: the binary logarithm of the density at its mean.
/// - points: count times gaussian_dimensions values of the first stream.
/// - distance: how many values after one stream's points the next one's begin.
/// - count: a multiple of gaussian_points.
/// - weights: by phone, senone, stream and Gaussian; at least 5e-12.
/// - scores: receives, by phone, senone and point, natural logarithms.
void gaussian_scores(const float *shapes, const float *peaks, const float *points, int distance, int count,
                     const float *weights, int phones, float *scores);

#endif
