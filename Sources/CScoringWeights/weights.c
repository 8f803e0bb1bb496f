#include "CScoringWeights.h"

// Compiled into the program, so that one file is all there is to install.
static const unsigned char bytes[] = {
#embed "weights.json"
};

const unsigned char *scoring_weights(size_t *count) {
    *count = sizeof bytes;
    return bytes;
}
