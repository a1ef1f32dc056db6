#include "shatterproof/training/active_lists.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr std::size_t kNear = 16;  // samples

SHATTERPROOF_CLONES void row_margins(const LaneRows<double>& samples, const double* row, double* margins) {
  for (Index i = 0; i < samples.rows(); ++i) margins[i] = row_dot(samples.row(i), row, samples.width());
}
SHATTERPROOF_CLONES void row_margins(const LaneRows<float>& samples, const float* row, float* margins) {
  for (Index i = 0; i < samples.rows(); ++i) margins[i] = row_dot(samples.row(i), row, samples.width());
}

/// Rows of N groups of lanes; N = 0: any number.
template <int N, class T>
SHATTERPROOF_INLINE void gather_rows(const std::vector<std::uint32_t>& list, const T* rows, Index width, T* sum) {
  if constexpr (N > 0) {
    Lanes<T> total[N] = {};
    for (const std::uint32_t i : list)
      for (int q = 0; q < N; ++q) total[q] += load_lanes(rows + i * width + q * kLanes);
    for (int q = 0; q < N; ++q) store_lanes<T>(sum + q * kLanes, total[q]);
  } else {
    for (Index j = 0; j < width; j += kLanes) {
      Lanes<T> total = {};
      for (const std::uint32_t i : list) total += load_lanes(rows + i * width + j);
      store_lanes<T>(sum + j, total);
    }
  }
}

template <int N, class T>
SHATTERPROOF_INLINE void scatter_row(const std::vector<std::uint32_t>& list, const T* row, Index width, T* sums) {
  const Index groups = N > 0 ? N : width / kLanes;
  for (const std::uint32_t i : list)
    for (Index q = 0; q < groups; ++q) {
      T* at = sums + i * width + q * kLanes;
      store_lanes<T>(at, load_lanes(at) + load_lanes(row + q * kLanes));
    }
}

template <class T>
SHATTERPROOF_INLINE void gather_any(const std::vector<std::uint32_t>& list, const T* rows, Index width, T* sum) {
  if (width == kLanes) return gather_rows<1>(list, rows, width, sum);
  if (width == 2 * kLanes) return gather_rows<2>(list, rows, width, sum);
  gather_rows<0>(list, rows, width, sum);
}

template <class T>
SHATTERPROOF_INLINE void scatter_any(const std::vector<std::uint32_t>& list, const T* row, Index width, T* sums) {
  if (width == kLanes) return scatter_row<1>(list, row, width, sums);
  if (width == 2 * kLanes) return scatter_row<2>(list, row, width, sums);
  scatter_row<0>(list, row, width, sums);
}

SHATTERPROOF_CLONES void gather(const std::vector<std::uint32_t>& list, const LaneRows<double>& rows, double* sum) {
  gather_any(list, rows.row(0), rows.width(), sum);
}
SHATTERPROOF_CLONES void gather(const std::vector<std::uint32_t>& list, const LaneRows<float>& rows, float* sum) {
  gather_any(list, rows.row(0), rows.width(), sum);
}
SHATTERPROOF_CLONES void scatter(const std::vector<std::uint32_t>& list, const double* row, LaneRows<double>& sums) {
  scatter_any(list, row, sums.width(), sums.row(0));
}
SHATTERPROOF_CLONES void scatter(const std::vector<std::uint32_t>& list, const float* row, LaneRows<float>& sums) {
  scatter_any(list, row, sums.width(), sums.row(0));
}

template <class T>
T row_norm(const T* row, Index width) {
  return std::sqrt(row_dot(row, row, width));
}

}  // namespace

template <class T>
ActiveLists<T>::ActiveLists(const LaneRows<T>& samples)
    : samples_(samples), margins_(static_cast<std::size_t>(samples.rows())), sorted_(margins_.size()) {
  for (Index i = 0; i < samples.rows(); ++i)
    largest_sample_ = std::max(largest_sample_, row_norm(samples.row(i), samples.width()));
}

template <class T>
bool ActiveLists<T>::may_cross(const Neuron& neuron, T moved, T margin) const {
  // The error of a margin, then and now; the factor covers the rounding of the movements' sum and of this bound.
  const T error = static_cast<T>(samples_.width() + 8) * std::numeric_limits<T>::epsilon();
  const T reach = (moved + 2 * error * (neuron.norm + moved)) * largest_sample_;
  return !(reach * T(1.01) < margin);
}

template <class T>
void ActiveLists<T>::look_at_all(const T* row, Neuron& neuron) {
  row_margins(samples_, row, margins_.data());
  neuron.active.clear();
  for (std::size_t i = 0; i < margins_.size(); ++i) {
    if (margins_[i] > 0) neuron.active.push_back(static_cast<std::uint32_t>(i));
    margins_[i] = std::abs(margins_[i]);
  }
  neuron.band = std::numeric_limits<T>::infinity();
  if (margins_.size() > kNear) {
    sorted_ = margins_;
    std::nth_element(sorted_.begin(), sorted_.begin() + kNear, sorted_.end());
    neuron.band = sorted_[kNear];
  }
  neuron.near.clear();
  neuron.nearest = neuron.band;
  for (std::size_t i = 0; i < margins_.size(); ++i)
    if (!(margins_[i] >= neuron.band)) {
      neuron.near.push_back(static_cast<std::uint32_t>(i));
      neuron.nearest = std::min(neuron.nearest, margins_[i]);
    }
  neuron.moved = neuron.moved_near = 0;
  neuron.norm = row_norm(row, samples_.width());
}

template <class T>
void ActiveLists<T>::look_at_near(const T* row, Neuron& neuron) {
  neuron.nearest = std::numeric_limits<T>::infinity();
  for (const std::uint32_t i : neuron.near) {
    const T margin = row_dot(samples_.row(i), row, samples_.width());
    neuron.nearest = std::min(neuron.nearest, std::abs(margin));
    const auto at = std::lower_bound(neuron.active.begin(), neuron.active.end(), i);
    const bool was_active = at != neuron.active.end() && *at == i;
    if (margin > 0 && !was_active) neuron.active.insert(at, i);
    if (!(margin > 0) && was_active) neuron.active.erase(at);
  }
  neuron.moved_near = 0;
}

template <class T>
void ActiveLists<T>::rebuild(const LaneRows<T>& weights) {
  neurons_.resize(static_cast<std::size_t>(weights.rows()));
  for (Index k = 0; k < weights.rows(); ++k) look_at_all(weights.row(k), neurons_[static_cast<std::size_t>(k)]);
}

template <class T>
void ActiveLists<T>::note_movement(Index k, T distance) {
  Neuron& neuron = neurons_[static_cast<std::size_t>(k)];
  // Storing the new weights rounds them.
  const T further = distance + 2 * std::numeric_limits<T>::epsilon() * (neuron.norm + neuron.moved);
  neuron.moved += further;
  neuron.moved_near += further;
}

template <class T>
void ActiveLists<T>::refresh(const LaneRows<T>& weights) {
  for (Index k = 0; k < weights.rows(); ++k) {
    Neuron& neuron = neurons_[static_cast<std::size_t>(k)];
    if (may_cross(neuron, neuron.moved, neuron.band))
      look_at_all(weights.row(k), neuron);
    else if (may_cross(neuron, neuron.moved_near, neuron.nearest))
      look_at_near(weights.row(k), neuron);
  }
}

template <class T>
Eigen::Index ActiveLists<T>::count() const {
  std::size_t count = 0;
  for (const Neuron& neuron : neurons_) count += neuron.active.size();
  return static_cast<Index>(count);
}

template <class T>
void ActiveLists<T>::sum_over_neurons(const LaneRows<T>& rows, LaneRows<T>& sums) const {
  std::fill(sums.row(0), sums.row(0) + sums.rows() * sums.width(), T(0));
  for (Index k = 0; k < rows.rows(); ++k) scatter(of(k), rows.row(k), sums);
}

template <class T>
void ActiveLists<T>::sum_over_samples(const LaneRows<T>& rows, LaneRows<T>& sums) const {
  for (Index k = 0; k < sums.rows(); ++k) gather(of(k), rows, sums.row(k));
}

template class ActiveLists<double>;
template class ActiveLists<float>;

}  // namespace shatterproof
