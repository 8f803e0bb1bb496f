#ifndef CINNERLOOPS_H
#define CINNERLOOPS_H

// In C for one thing that Swift cannot do: these are compiled for AVX-512, for AVX2 and for processors with neither, and the
// loader takes what the processor has. Processors that multiply and add in one instruction round such sums once, and give the
// same bits as each other; those without it round twice, and differ from them in the last places.

#include "gaussians.h"
#include "layers.h"
#include "pitch.h"
#include "spectra.h"

#endif
