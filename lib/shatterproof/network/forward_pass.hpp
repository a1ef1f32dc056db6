#pragma once
#include <functional>

#include "shatterproof/linalg/bit_matrix.hpp"
#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// |w_k.x_i - b_k| computed in double differs from the exact value by at most tolerance_k =
/// gamma_{d+6} |(w_k; b_k)| max|z_i|, and that decides the sign wherever the value is larger.
struct ForwardBounds {
  Vector<double> tolerances;    ///< of the pre-activations, one a neuron
  Vector<double> neuron_norms;  ///< upper bounds of |(w_k; b_k)|
  Vector<double> sample_norms;  ///< upper bounds of |z_i|, z_i = (x_i; -1)
  double hidden_norm = 0;       ///< upper bound of (sum over i, k of h_ik^2)^(1/2)
  Eigen::Index settled = 0;     ///< how many signs the tolerance left open

  /// Sets hidden_norm from the sums over all pairs of the computed h_ik^2 and of the squares of what h_ik may be off
  /// by.
  void set_hidden_norm(double squares, double error_squares);
};

struct ForwardPass : ForwardBounds {
  BitMatrix active;  ///< n x K bits: 1{w_k.x_i - b_k > 0}, every one decided certainly
};

/// The norms and tolerances alone. Throws what forward_pass does.
[[nodiscard]] ForwardBounds forward_bounds(const Problem<double>& problem);

/// Says whether w_k.x_i - b_k > 0 where doubles do not.
using SettleSign = std::function<bool(Eigen::Index sample, Eigen::Index neuron)>;

/// One pass over all pre-activations: in float where there are enough neurons and no norm is above 1e6, in double
/// otherwise and where float leaves signs open. Nothing of size n K but the bits is kept.
/// Guarantee   the bits are those of every problem whose numbers are within a relative 2^-52 of the given ones and
///             whose signs left open `settle` tells rightly. It may throw, as settle_exactly does at a tie.
/// Requires    all numbers finite and at most kLargestInput in size, else PreconditionError.
/// Source      proofs_notes/certificates/temple-ladder.md, steps 0 to 2.
[[nodiscard]] ForwardPass forward_pass(const Problem<double>& problem, const SettleSign& settle);

/// Signs of the doubles themselves in rational arithmetic. Throws PreconditionError naming neuron and sample at a tie.
[[nodiscard]] SettleSign settle_exactly(const Problem<double>& problem);
/// Signs of exact numbers, likewise, beside doubles close to them.
[[nodiscard]] SettleSign settle_exactly(const Problem<Rational>& problem);

constexpr double kLargestInput = 1e60;
[[nodiscard]] bool is_moderate(const Problem<double>& problem);  ///< false for NaN

}  // namespace shatterproof
