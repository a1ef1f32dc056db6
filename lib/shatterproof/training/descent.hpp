#pragma once
#include <memory>

#include "shatterproof/linalg/bit_matrix.hpp"
#include "shatterproof/network/problem.hpp"
#include "shatterproof/training/settings.hpp"

namespace shatterproof {

/// Full-batch gradient descent on L = 1/(2n) sum_i r_i^2 over all parameters of f = sum v relu(w.x - b) + beta:
/// theta <- theta - eta (c g + decay theta) with g = grad L and c = min(1, clip/|g|).
/// In rounded arithmetic: what it reaches is an approximation of nothing but itself; certify the network that it gives.
class Descent {
 public:
  virtual ~Descent() = default;

  /// Looks at the network as it stands: outputs() and active() are those of its weights. What follows depends on these
  /// weights and on nothing before, so that a run can be taken up again from here.
  virtual void look() = 0;
  /// So many steps from the weights that were looked at last.
  virtual void advance(long steps) = 0;

  [[nodiscard]] virtual Network<double> network() const = 0;
  [[nodiscard]] virtual Vector<double> outputs() const = 0;  ///< f(x_i)
  [[nodiscard]] virtual BitMatrix active() const = 0;        ///< n x K: w_k.x_i - b_k > 0
  /// f anywhere, one value for each row of X.
  [[nodiscard]] virtual Vector<double> values_at(const Matrix<double>& X) const = 0;

  [[nodiscard]] long made() const { return made_; }        ///< steps
  [[nodiscard]] long clipped() const { return clipped_; }  ///< of them with a clipped gradient
  /// The gradient at the present weights is not finite; no step follows.
  [[nodiscard]] bool diverged() const { return diverged_; }

 protected:
  long clipped_ = 0, made_ = 0;
  bool diverged_ = false;
};

/// ReLU: activations as bits with subset-sum tables, or as lists where few are on; neurons that are active on no sample
/// are left out without weight decay (their gradient is exactly 0: proof in proofs_notes/training/dead-neurons.md).
/// GELU: plain matrix products.
[[nodiscard]] std::unique_ptr<Descent> make_descent(const TrainingSettings& settings, const Network<double>& start,
                                                    const DataSet<double>& data);

}  // namespace shatterproof
