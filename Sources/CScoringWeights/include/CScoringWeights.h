#ifndef CSCORING_WEIGHTS_H
#define CSCORING_WEIGHTS_H

#include <stddef.h>

/// The file weights.json, as it was when this was compiled.
const unsigned char *scoring_weights(size_t *count);

#endif
