#pragma once
#include <memory>

/// A gradient step written with matrix products, as one would without this project: activations as n x K matrices.
/// With OpenBLAS where it was found, and with Eigen.
struct DescentPeerProblem {
  long samples, dimension, neurons;
  const double *X, *y, *W, *b, *v;  // column-major
  double beta;
};

class DescentPeer {
 public:
  virtual ~DescentPeer() = default;
  virtual void step(double eta) = 0;
  virtual double first_weight() const = 0;  // so that results can be compared
};

enum class PeerProducts { eigen, blas };
/// Nothing for blas where it was not found.
std::unique_ptr<DescentPeer> make_descent_peer(const DescentPeerProblem& problem, PeerProducts products, bool floats);
