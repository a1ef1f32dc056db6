#include "shatterproof/training/active_pattern.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "shatterproof/linalg/bit_sums.hpp"
#include "shatterproof/training/list_sums.hpp"
#include "shatterproof/linalg/row_arithmetic.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

std::size_t at(Index k) { return static_cast<std::size_t>(k); }

template <class T>
T row_norm(const T* row, Index width) {
  return std::sqrt(row_dot(row, row, width));
}

/// Takes the chosen entries.
template <class V>
void keep_entries(V& entries, const std::vector<Index>& chosen) {
  V kept;
  for (const Index k : chosen) kept.push_back(std::move(entries[at(k)]));
  entries = std::move(kept);
}

std::vector<Index> all_of(Index count) {
  std::vector<Index> every(at(count));
  std::iota(every.begin(), every.end(), Index(0));
  return every;
}

}  // namespace

template <class T>
ActivePattern<T>::ActivePattern(const SampleColumns<T>& columns, const LaneRows<T>& rows)
    : columns_(columns), rows_(rows), bits_(rows.rows(), 0), by_neurons_(0, rows.rows()), of_samples_(rows) {
  for (Index i = 0; i < rows.rows(); ++i)
    largest_sample_ = std::max(largest_sample_, row_norm(rows.row(i), rows.width()));
}

/// How far a row of this norm may move before a sum of size `margin` can change its sign: the errors of the sum, then
/// and now, are taken off; the factor covers those of this bound.
template <class T>
T ActivePattern<T>::slack(T margin, T norm) const {
  return margin / (largest_sample_ * T(1.02)) - 2 * sum_error() * norm;
}

template <class T>
T ActivePattern<T>::sum_error() const {
  return static_cast<T>(rows_.width() + 8) * std::numeric_limits<T>::epsilon();
}

/// Below this margin a sample is watched closely. A wide band makes many samples near, a narrow one is soon left: where
/// both cost alike, for margins that are spread evenly and a neuron that goes on in steps as the last one.
template <class T>
T ActivePattern<T>::band(T norm, T step) const {
  const T alike = std::sqrt(T(0.3) * step * norm / std::sqrt(static_cast<T>(columns_.lifted_dimension())));
  return largest_sample_ * std::max(alike, 10 * sum_error() * norm);
}

template <class T>
void ActivePattern<T>::rebuild(const LaneRows<T>& weights, const AlignedVector<T>& v, AlignedVector<T>& outputs) {
  constexpr T kFirstStep = T(1e-3);  // of the norm: nothing is known of the steps
  const Index n = rows_.rows(), K = weights.rows();
  PassSigns<T> signs(n, K);
  for (Index k = 0; k < K; ++k) {
    const T norm = row_norm(weights.row(k), weights.width());
    signs.bands[at(k)] = band(norm, kFirstStep * norm);
  }
  dense_pass(columns_, weights, v, outputs, &signs);
  bits_ = std::move(signs.active);
  by_neurons_ = bits_.transposed();
  counts_ = bits_.column_counts();
  near_.assign(at(K), {});
  for (auto* numbers : {&slack_, &near_slack_, &rounding_, &last_step_}) numbers->assign(at(K), 0);
  lists_.clear();
  find_near(signs.near, all_of(K));
  for (Index k = 0; k < K; ++k) begin_watch(k, weights.row(k), signs.bands[at(k)]);
}

template <class T>
void ActivePattern<T>::find_near(const BitMatrix& near, const std::vector<Index>& neurons) {
  for (Index g = 0; g < near.groups(); ++g) {
    const unsigned present = rows_.rows() - 8 * g >= 8 ? 0xff : (1U << (rows_.rows() - 8 * g)) - 1;
    for (std::size_t a = 0; a < neurons.size(); ++a)
      for (unsigned byte = near.group(g)[a] & present; byte != 0; byte &= byte - 1)
        near_[at(neurons[a])].push_back(static_cast<std::uint32_t>(8 * g + std::countr_zero(byte)));
  }
}

template <class T>
void ActivePattern<T>::begin_watch(Index k, const T* row, T band) {
  const T norm = row_norm(row, rows_.width());
  slack_[at(k)] = slack(band, norm);
  look_at_near(k, row);
  rounding_[at(k)] = 4 * std::numeric_limits<T>::epsilon() * (norm + std::max(T(0), slack_[at(k)]));
}

template <class T>
void ActivePattern<T>::look_at_near(Index k, const T* row) {
  T nearest = std::numeric_limits<T>::infinity();
  for (const std::uint32_t i : near_[at(k)]) {
    const T sum = row_dot(rows_.row(i), row, rows_.width());
    nearest = std::min(nearest, std::abs(sum));
    if ((sum > 0) != bits_.at(i, k)) flip(i, k, sum > 0);
  }
  near_slack_[at(k)] = slack(nearest, row_norm(row, rows_.width()));
}

template <class T>
void ActivePattern<T>::flip(Index i, Index k, bool active) {
  bits_.set(i, k, active);
  by_neurons_.set(k, i, active);
  counts_[at(k)] += active ? 1 : -1;
  if (!uses_lists()) return;
  std::vector<std::uint32_t>& list = lists_[at(k)];
  const auto place = std::lower_bound(list.begin(), list.end(), i);
  if (active)
    list.insert(place, static_cast<std::uint32_t>(i));
  else
    list.erase(place);
}

template <class T>
void ActivePattern<T>::note_step(T keep, const AlignedVector<T>& distances) {
  if (!(keep > 0)) return slack_.assign(slack_.size(), T(-1));  // every row has turned round
  for (std::size_t k = 0; k < distances.size(); ++k) {
    const T moved = distances[k] + rounding_[k];
    slack_[k] = keep * slack_[k] - moved;
    near_slack_[k] = keep * near_slack_[k] - moved;
    last_step_[k] = moved;
  }
}

template <class T>
void ActivePattern<T>::refresh(const LaneRows<T>& weights) {
  std::vector<Index> stale;
  for (Index k = 0; k < weights.rows(); ++k) {
    if (!(slack_[at(k)] > 0))
      stale.push_back(k);
    else if (!(near_slack_[at(k)] > 0))
      look_at_near(k, weights.row(k));
  }
  if (!stale.empty()) look_at(stale, weights);
}

template <class T>
void ActivePattern<T>::look_at(const std::vector<Index>& neurons, const LaneRows<T>& weights) {
  const auto count = static_cast<Index>(neurons.size());
  PassSigns<T> signs(rows_.rows(), count);
  LaneRows<T> rows(count, weights.width());
  for (Index a = 0; a < count; ++a) {
    const Index k = neurons[at(a)];
    const T* row = weights.row(k);
    std::copy(row, row + weights.width(), rows.row(a));
    signs.bands[at(a)] = band(row_norm(row, weights.width()), last_step_[at(k)]);
    near_[at(k)].clear();
  }
  AlignedVector<T> unused(at(columns_.padded()));
  dense_pass(columns_, rows, AlignedVector<T>(neurons.size()), unused, &signs);
  take_signs(signs.active, neurons);
  find_near(signs.near, neurons);
  for (Index a = 0; a < count; ++a) begin_watch(neurons[at(a)], rows.row(a), signs.bands[at(a)]);
}

template <class T>
void ActivePattern<T>::take_signs(const BitMatrix& active, const std::vector<Index>& neurons) {
  for (Index g = 0; g < active.groups(); ++g)
    for (std::size_t a = 0; a < neurons.size(); ++a) {
      const unsigned now = active.group(g)[a];
      for (unsigned changed = now ^ bits_.group(g)[neurons[a]]; changed != 0; changed &= changed - 1) {
        const int bit = std::countr_zero(changed);
        flip(8 * g + bit, neurons[a], (now >> bit & 1) != 0);
      }
    }
}

template <class T>
std::vector<Index> ActivePattern<T>::active_neurons(const LaneRows<T>& weights) {
  std::vector<Index> silent, active;
  for (Index k = 0; k < weights.rows(); ++k)
    if (counts_[at(k)] == 0) silent.push_back(k);
  // As rebuild() would see them, to the last bit.
  if (!silent.empty()) look_at(silent, weights);
  for (Index k = 0; k < weights.rows(); ++k)
    if (counts_[at(k)] > 0) active.push_back(k);
  return active;
}

template <class T>
void ActivePattern<T>::keep_neurons(const std::vector<Index>& chosen) {
  bits_ = bits_.with_columns(chosen);
  by_neurons_ = bits_.transposed();
  keep_entries(counts_, chosen);
  keep_entries(near_, chosen);
  for (auto* numbers : {&slack_, &near_slack_, &rounding_, &last_step_}) keep_entries(*numbers, chosen);
  if (uses_lists()) keep_entries(lists_, chosen);
}

template <class T>
Index ActivePattern<T>::count() const {
  return std::accumulate(counts_.begin(), counts_.end(), Index(0));
}

template <class T>
void ActivePattern<T>::choose_sums() {
  constexpr double kInMemory = 1.5;  // additions that read and write memory, against those of tables
  const double by_lists = kInMemory * static_cast<double>(count());
  const auto by_tables = static_cast<double>(BitSumCost::by_tables(bits_));
  const double by_buckets = kInMemory * static_cast<double>(BitSumCost::by_buckets(by_neurons_));
  scatters_ = by_lists < static_cast<double>(BitSumCost::by_tables(by_neurons_));
  gathers_ = by_lists < std::min(by_tables, by_buckets);
  fills_buckets_ = by_buckets < by_tables;
  if (!scatters_ && !gathers_) return lists_.clear();
  if (uses_lists()) return;
  lists_.resize(counts_.size());
  for (Index k = 0; k < bits_.columns(); ++k) lists_[at(k)].reserve(at(counts_[at(k)]));
  for (Index g = 0; g < bits_.groups(); ++g)
    for (Index k = 0; k < bits_.columns(); ++k)
      for (unsigned byte = bits_.group(g)[k]; byte != 0; byte &= byte - 1)
        lists_[at(k)].push_back(static_cast<std::uint32_t>(8 * g + std::countr_zero(byte)));
}

template <class T>
void ActivePattern<T>::add_outputs(const LaneRows<T>& rows, AlignedVector<T>& outputs) const {
  constexpr Index kFewGroups = 4;
  if (!scatters_ && by_neurons_.groups() <= kFewGroups) return dot_by_tables(by_neurons_, rows, rows_, outputs);
  if (scatters_) {
    std::fill(of_samples_.row(0), of_samples_.row(0) + of_samples_.rows() * of_samples_.width(), T(0));
    for (Index k = 0; k < rows.rows(); ++k) scatter(lists_[at(k)], rows.row(k), of_samples_);
  } else {
    sum_by_tables(by_neurons_, rows, of_samples_);
  }
  add_dots({0, rows_.rows()}, rows_, of_samples_, outputs.data());
}

template <class T>
void ActivePattern<T>::sum_over_samples(const AlignedVector<T>& factors, LaneRows<T>& sums) const {
  if (!gathers_ && fills_buckets_) return sum_by_buckets(by_neurons_, rows_, factors, sums);
  scale_rows({0, rows_.rows()}, rows_, factors.data(), of_samples_);
  if (!gathers_) return sum_by_tables(bits_, of_samples_, sums);
  for (Index k = 0; k < sums.rows(); ++k) gather(lists_[at(k)], of_samples_, sums.row(k));
}

template class ActivePattern<double>;
template class ActivePattern<float>;

}  // namespace shatterproof
