#ifndef CGAUSSIANS_H
#define CGAUSSIANS_H

/// Gaussians of a codebook, and dimensions of each.
enum { gaussian_count = 128, gaussian_dimensions = 13 };

/// Densities of one codebook of Gaussians at one point, relative to the likeliest of them.
///
/// In C for one thing that Swift cannot do: it is compiled twice, with and without AVX2, and the loader takes what the
/// processor has. Both give the same bits.
///
/// - shapes: for each eight Gaussians and each dimension eight values of 1/(σ√2), then eight of μ/(σ√2).
/// - peaks: the logarithm of each density at its mean.
/// - point: gaussian_dimensions values.
/// - densities: receives gaussian_count values in 0...1, with a relative error below 2e-7.
/// Returns the logarithm of the likeliest density.
float gaussian_densities(const float *shapes, const float *peaks, const float *point, float *densities);

#endif
