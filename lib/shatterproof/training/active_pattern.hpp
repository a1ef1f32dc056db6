#pragma once
#include <cstdint>

#include "shatterproof/training/dense_pass.hpp"

namespace shatterproof {

/// Which samples each neuron is active on, kept while the weights move: a sign is looked at again only when the neuron
/// has moved as far as it takes to change it (as the neighbour lists of molecular dynamics).
/// Guarantee  after refresh() the pattern is that of rebuild(), but for pairs whose sum w_k.z_i is 0 to rounding.
/// Why        a sign that is not looked at again has a margin above all movement and both rounding errors.
template <class T>
class ActivePattern {
 public:
  using Index = Eigen::Index;
  /// columns, rows: the samples z_i = (x_i; -1), both ways; they must outlive the pattern.
  ActivePattern(const SampleColumns<T>& columns, const LaneRows<T>& rows);

  /// Looks at all pairs. weights: rows (w_k; b_k; 0 ..). outputs_i += sum_k v_k max(0, w_k.z_i) on the way.
  void rebuild(const LaneRows<T>& weights, const AlignedVector<T>& v, AlignedVector<T>& outputs);
  /// Row k of the weights is now keep times what it was, plus a change of Euclidean norm at most distances_k.
  void note_step(T keep, const AlignedVector<T>& distances);
  void refresh(const LaneRows<T>& weights);
  /// The neurons that are active on a sample; of the others all signs are looked at once more, as rebuild() would.
  [[nodiscard]] std::vector<Index> active_neurons(const LaneRows<T>& weights);
  void keep_neurons(const std::vector<Index>& chosen);
  /// Takes tables, buckets or lists for the sums to come, by what they cost at the present density.
  void choose_sums();

  [[nodiscard]] const BitMatrix& bits() const { return bits_; }  ///< n x K
  [[nodiscard]] Index count() const;                             ///< of active pairs
  [[nodiscard]] bool uses_lists() const { return !lists_.empty(); }
  /// outputs_i += z_i . (sum over the neurons k active on sample i of rows_k).
  void add_outputs(const LaneRows<T>& rows, AlignedVector<T>& outputs) const;
  /// sums_k = sum over the samples i of neuron k of factors_i z_i.
  void sum_over_samples(const AlignedVector<T>& factors, LaneRows<T>& sums) const;

 private:
  [[nodiscard]] T sum_error() const;  // of w_k.z_i, relative to |w_k||z_i|
  [[nodiscard]] T slack(T margin, T norm) const;
  [[nodiscard]] T band(T norm, T step) const;
  void look_at(const std::vector<Index>& neurons, const LaneRows<T>& weights);
  void look_at_near(Index k, const T* row);
  void find_near(const BitMatrix& near, const std::vector<Index>& neurons);
  void take_signs(const BitMatrix& active, const std::vector<Index>& neurons);
  void begin_watch(Index k, const T* row, T band);
  void flip(Index i, Index k, bool active);

  const SampleColumns<T>& columns_;
  const LaneRows<T>& rows_;
  T largest_sample_ = 0;
  BitMatrix bits_, by_neurons_;  // n x K, K x n
  std::vector<Index> counts_;    // of a neuron
  // Of a neuron: the samples with small margins; how far it may still move until one of the others, one of these may
  // change; what a step may add by rounding; the length of its last step.
  std::vector<std::vector<std::uint32_t>> near_;
  AlignedVector<T> slack_, near_slack_, rounding_, last_step_;
  std::vector<std::vector<std::uint32_t>> lists_;  // if used: the samples of a neuron, ascending
  mutable LaneRows<T> of_samples_;                 // a row for each
  bool scatters_ = false, gathers_ = false;        // by lists
  bool fills_buckets_ = false;                     // else tables, for the sums over samples
};

}  // namespace shatterproof
