#ifndef PITCH_H
#define PITCH_H

/// Lags that are measured at once.
enum { pitch_lanes = 16 };

/// How much a sound differs from itself, shifted by each lag.
///
/// - samples: window + lags values.
/// - lags: a multiple of pitch_lanes.
/// - sums: receives, by lag from 0, the sum of the squares of window differences.
void lag_differences(const float *samples, int window, int lags, float *sums);

#endif
