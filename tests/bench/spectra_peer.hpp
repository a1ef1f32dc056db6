#pragma once

/// A two-layer network and its data as plain column-major arrays: no type of Eigen may cross from a library that is
/// compiled for this machine to one that is not.
struct PeerProblem {
  long samples, dimension, neurons;
  const double *X, *y, *W, *b, *v;
  double beta;
};

/// lambda_max(H) by Spectra 1.0.1, matrix-free: products with the n x K activation matrix by Eigen's GEMM, relative
/// tolerance 1e-10, a subspace of that size. The set-up is included.
double spectra_lambda_max(const PeerProblem& problem, int subspace);
