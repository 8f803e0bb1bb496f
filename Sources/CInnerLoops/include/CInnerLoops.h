#ifndef CINNERLOOPS_H
#define CINNERLOOPS_H

// In C for one thing that Swift cannot do: these are compiled for AVX-512, for AVX2 and for processors with neither, and the
// loader takes what the processor has. All give the same bits.

#include "gaussians.h"
#include "layers.h"

#endif
