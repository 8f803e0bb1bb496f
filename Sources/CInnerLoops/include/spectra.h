#ifndef SPECTRA_H
#define SPECTRA_H

#include <stdint.h>

/// Filters' widths and their number are filled up with zeros to multiples of it.
enum { spectrum_lanes = 16 };

/// Weighted sums of spectra's bins.
///
/// - power: rows of bins values.
/// - filters: a multiple of spectrum_lanes.
/// - first_bins: by filter: its first bin; width bins from there are in the row.
/// - weights: by filter: width values, a multiple of spectrum_lanes.
/// - energies: receives rows of filters values.
void filter_energies(const float *power, int rows, int bins, const int32_t *first_bins, int filters,
                     const float *weights, int width, float *energies);

/// Replaces values by their natural logarithms, with an error below 1e-7 and one unit in the last place.
///
/// - values: positive normal numbers, a multiple of spectrum_lanes.
void natural_logarithms(float *values, int count);

#endif
