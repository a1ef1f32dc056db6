#pragma once
#include "spectra_peer.hpp"

/// lambda_max(H) by the n x n matrix M_sigma (spec H8), uncertified: OpenBLAS forms it by one symmetric product for
/// good and one a step, Lanczos takes its top eigenvalue, and sigma <- sigma lambda_max(M_sigma) until a relative
/// change of 1e-10. One thread. 0 where OpenBLAS was not found.
double secular_lambda_max(const PeerProblem& problem);
