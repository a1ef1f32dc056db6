#pragma once
#include <cstdint>

#include "shatterproof/linalg/lanes.hpp"

namespace shatterproof {

/// Which samples each neuron is active on, kept as lists while the weights move: a sign is looked at again only when
/// the neuron has moved as far as it takes to change it (as the neighbour lists of molecular dynamics).
/// Guarantee  after refresh() the lists are those that rebuild() would make: a sign that is not looked at again has a
///            margin above all movement and both rounding errors. Lists are in ascending order.
template <class T>
class ActiveLists {
 public:
  using Index = Eigen::Index;
  /// samples: n rows (x_i; -1; 0 ..), which must outlive the lists.
  explicit ActiveLists(const LaneRows<T>& samples);

  /// weights: rows (w_k; b_k; 0 ..).
  void rebuild(const LaneRows<T>& weights);
  /// Row k has changed by at most `distance` in the Euclidean norm since the last call.
  void note_movement(Index k, T distance);
  void refresh(const LaneRows<T>& weights);

  [[nodiscard]] const std::vector<std::uint32_t>& of(Index k) const {
    return neurons_[static_cast<std::size_t>(k)].active;
  }
  [[nodiscard]] Index count() const;  ///< of active pairs

  /// sums_i = sum over the neurons k active on sample i of rows_k.
  void sum_over_neurons(const LaneRows<T>& rows, LaneRows<T>& sums) const;
  /// sums_k = sum over the samples i of neuron k of rows_i.
  void sum_over_samples(const LaneRows<T>& rows, LaneRows<T>& sums) const;

 private:
  struct Neuron {
    std::vector<std::uint32_t> active;
    std::vector<std::uint32_t> near;  // those with the smallest margins
    T band = 0, moved = 0;            // margins of the others are >= band; movement since that was seen
    T nearest = 0, moved_near = 0;    // the same for the near ones
    T norm = 0;                       // of the weights when last seen
  };
  [[nodiscard]] bool may_cross(const Neuron& neuron, T moved, T margin) const;
  void look_at_all(const T* row, Neuron& neuron);
  void look_at_near(const T* row, Neuron& neuron);

  const LaneRows<T>& samples_;
  T largest_sample_ = 0;
  std::vector<Neuron> neurons_;
  std::vector<T> margins_, sorted_;  // of one neuron
};

}  // namespace shatterproof
