#pragma once
#include <memory>

#include "shatterproof/linalg/in_parts.hpp"
#include "shatterproof/linalg/masked_sum.hpp"
#include "shatterproof/network/sparse_pass.hpp"

namespace shatterproof {

/// Which neurons are active anywhere, and the two sums over their activations.
struct MaskedPattern {
  std::vector<Eigen::Index> alive;  ///< A of the K neurons
  MaskedSum over_samples;           ///< n x A bits: for each neuron, over the samples where it is active
  MaskedSum over_neurons;           ///< A x n bits: for each sample, over the neurons active there

  explicit MaskedPattern(const BitMatrix& active);
  explicit MaskedPattern(const ActivePairs& pairs);

  /// So few that sums over the samples cost less through buckets of equal bits.
  [[nodiscard]] bool has_few_neurons() const;
};

/// Products with H = Phi Phi^T / n + D (spec H1), the activations kept only as bits, in O((n + A) d) numbers. A neuron
/// that is active on no sample has zero rows and columns in H and is left out.
/// A vector of parameters is one array of size() numbers: A rows of width() numbers (w_k; b_k; 0 ..), the v_k filled up
/// with 0 to a multiple of kLanes, and beta filled up likewise. For double and float.
template <class T>
class MaskedHessian {
 public:
  using Index = Eigen::Index;

  /// With D = 0 until set_blocks. width() leaves room for one number after each (w_k; b_k) and z_i.
  MaskedHessian(const Problem<double>& problem, std::shared_ptr<const MaskedPattern> pattern);
  /// s_k = 1/n sum_i r_i a_ik z_i. Returns sum_i a_ik c_i for each neuron: it comes with the same pass.
  AlignedVector<T> set_blocks(const Vector<double>& residuals, const Vector<double>& c);
  template <class Other>
  explicit MaskedHessian(const MaskedHessian<Other>& other);

  [[nodiscard]] Index samples() const { return samples_.rows(); }
  [[nodiscard]] Index neurons() const { return weights_.rows(); }   ///< A
  [[nodiscard]] Index lifted_dimension() const { return lifted_; }  ///< d + 1
  /// A (d + 2) + 1, the order of H without the neurons that are left out.
  [[nodiscard]] Index parameters() const { return neurons() * (lifted_dimension() + 1) + 1; }
  [[nodiscard]] Index width() const { return samples_.width(); }
  [[nodiscard]] Index outputs_at() const { return neurons() * width(); }
  [[nodiscard]] Index bias_at() const { return outputs_at() + round_to_lanes(neurons()); }
  [[nodiscard]] Index size() const { return bias_at() + kLanes; }

  /// For the threads, where little is done with each neuron.
  [[nodiscard]] Index parts_of_neurons() const { return worthwhile_parts(neurons() * width()); }

  [[nodiscard]] const MaskedPattern& pattern() const { return *pattern_; }
  [[nodiscard]] const LaneRows<T>& lifted_samples() const { return samples_; }  ///< z_i = (x_i; -1; 0 ..)
  [[nodiscard]] const LaneRows<T>& weights() const { return weights_; }         ///< (w_k; b_k; 0 ..)
  [[nodiscard]] const LaneRows<T>& blocks() const { return blocks_; }           ///< (s_k; 0 ..)
  [[nodiscard]] const AlignedVector<T>& outputs() const { return outputs_; }    ///< v_k

  /// Between this layout and the order of gradient(): (beta; then per neuron v_k, w_k, b_k), all K neurons. What
  /// belongs to neurons that are left out is 0 there and is dropped here.
  [[nodiscard]] Vector<double> to_parameters(const AlignedVector<T>& u, Index all_neurons) const;
  [[nodiscard]] AlignedVector<T> from_parameters(const Vector<double>& x) const;

  struct Workspace {
    LaneRows<T> of_neurons, sums_of_neurons;  // A rows
    LaneRows<T> of_samples, sums_of_samples;  // n rows
    AlignedVector<T> slopes;                  // g = Phi^T u
  };
  [[nodiscard]] Workspace workspace() const;

  /// out = H u; the fillers of out are left alone.
  void apply(const T* u, T* out, Workspace& work) const;

  // The steps of apply:
  void combine(const T* u, LaneRows<T>& q) const;                  ///< q_k = u_v,k (w_k; b_k) + v_k u_k
  void project(T bias, const LaneRows<T>& sums, T* slopes) const;  ///< g_i = z_i.sums_i + bias
  void spread(const T* slopes, LaneRows<T>& rows) const;           ///< g_i z_i
  /// Phi g / n + D u from sums_k = sum_i a_ik g_i z_i.
  void collect(const T* u, const T* slopes, const LaneRows<T>& sums, T* out) const;

  // What collect works on, as plain pointers.
  struct View {
    Index samples, neurons, width;
    const T *lifted, *weights, *blocks, *outputs;
    Index outputs_at, bias_at;
  };

 private:
  template <class>
  friend class MaskedHessian;
  [[nodiscard]] View view() const;

  Index lifted_;
  std::shared_ptr<const MaskedPattern> pattern_;
  LaneRows<T> samples_, weights_, blocks_;
  AlignedVector<T> outputs_;
};

}  // namespace shatterproof
