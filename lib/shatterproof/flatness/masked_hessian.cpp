#include "shatterproof/flatness/masked_hessian.hpp"

#include <algorithm>
#include <utility>

#include "shatterproof/linalg/bit_sums.hpp"
#include "shatterproof/linalg/in_parts.hpp"
#include "shatterproof/linalg/pairwise_sum.hpp"
#include "shatterproof/linalg/row_arithmetic.hpp"
#include "shatterproof/network/lifted_rows.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

std::vector<Index> neurons_alive(const BitMatrix& active) {
  std::vector<Index> alive;
  const auto counts = active.column_counts();
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (counts[k] > 0) alive.push_back(static_cast<Index>(k));
  return alive;
}

bool is_alive(const ActivePairs& pairs, std::size_t k) { return pairs.starts[k] < pairs.starts[k + 1]; }

std::vector<Index> neurons_alive(const ActivePairs& pairs) {
  std::vector<Index> alive;
  for (std::size_t k = 0; k + 1 < pairs.starts.size(); ++k)
    if (is_alive(pairs, k)) alive.push_back(static_cast<Index>(k));
  return alive;
}

MaskedSum lists_of_samples(const ActivePairs& pairs) {
  std::vector<std::uint32_t> starts{0};
  for (std::size_t k = 0; k + 1 < pairs.starts.size(); ++k)
    if (is_alive(pairs, k)) starts.push_back(pairs.starts[k + 1]);
  return {pairs.sample_count, std::move(starts), pairs.samples};
}

/// For each sample the active ones among the neurons alive, counted without the others.
MaskedSum lists_of_neurons(const ActivePairs& pairs) {
  std::vector<std::uint32_t> starts(static_cast<std::size_t>(pairs.sample_count) + 1, 0), list(pairs.samples.size());
  for (const std::uint32_t i : pairs.samples) ++starts[i + 1];
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) starts[i + 1] += starts[i];
  std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
  std::uint32_t position = 0;
  for (std::size_t k = 0; k + 1 < pairs.starts.size(); ++k) {
    for (std::uint32_t e = pairs.starts[k]; e < pairs.starts[k + 1]; ++e) list[next[pairs.samples[e]]++] = position;
    position += is_alive(pairs, k) ? 1 : 0;
  }
  return {position, std::move(starts), std::move(list)};
}

template <class T>
SHATTERPROOF_INLINE void combine_rows(const typename MaskedHessian<T>::View& H, const T* u, T* q, Index from,
                                      Index to) {
  for (Index k = from; k < to; ++k) {
    const T slope = u[H.outputs_at + k], v = H.outputs[k];
    for (Index j = 0; j < H.width; j += kLanes) {
      const Index at = k * H.width + j;
      store_lanes<T>(q + at, slope * load_lanes(H.weights + at) + v * load_lanes(u + at));
    }
  }
}

template <class T>
SHATTERPROOF_INLINE void project_rows(const typename MaskedHessian<T>::View& H, T bias, const T* sums, T* slopes) {
  for (Index i = 0; i < H.samples; ++i) slopes[i] = row_dot(H.lifted + i * H.width, sums + i * H.width, H.width) + bias;
}

template <class T>
SHATTERPROOF_INLINE void collect_rows(const typename MaskedHessian<T>::View& H, const T* u, const T* sums, T* out,
                                      Index from, Index to) {
  const T share = T(1) / static_cast<T>(H.samples);
  for (Index k = from; k < to; ++k) {
    const T slope = u[H.outputs_at + k], weight = H.outputs[k] * share;
    const Index first = k * H.width;
    Lanes<T> along = {}, across = {};
    for (Index j = 0; j < H.width; j += kLanes) {
      const Lanes<T> sum = load_lanes(sums + first + j), block = load_lanes(H.blocks + first + j);
      store_lanes<T>(out + first + j, weight * sum + slope * block);
      along += load_lanes(H.weights + first + j) * sum;
      across += block * load_lanes(u + first + j);
    }
    out[H.outputs_at + k] = share * sum_of<T>(along) + sum_of<T>(across);
  }
}

// One function for each scalar: clones of templates are not made.
SHATTERPROOF_CLONES void combine_part(const MaskedHessian<double>::View& H, const double* u, double* q, Index from,
                                      Index to) {
  combine_rows<double>(H, u, q, from, to);
}
SHATTERPROOF_CLONES void combine_part(const MaskedHessian<float>::View& H, const float* u, float* q, Index from,
                                      Index to) {
  combine_rows<float>(H, u, q, from, to);
}
SHATTERPROOF_CLONES void project_all(const MaskedHessian<double>::View& H, double bias, const double* sums, double* g) {
  project_rows<double>(H, bias, sums, g);
}
SHATTERPROOF_CLONES void project_all(const MaskedHessian<float>::View& H, float bias, const float* sums, float* g) {
  project_rows<float>(H, bias, sums, g);
}
SHATTERPROOF_CLONES void collect_part(const MaskedHessian<double>::View& H, const double* u, const double* sums,
                                      double* out, Index from, Index to) {
  collect_rows<double>(H, u, sums, out, from, to);
}
SHATTERPROOF_CLONES void collect_part(const MaskedHessian<float>::View& H, const float* u, const float* sums,
                                      float* out, Index from, Index to) {
  collect_rows<float>(H, u, sums, out, from, to);
}

template <class To, class From>
LaneRows<To> converted(const LaneRows<From>& from) {
  auto to = LaneRows<To>::unset(from.rows(), from.width());
  const Index count = from.rows() * from.width();
  in_parts(count, worthwhile_parts(count), [&](Index first, Index last) {
    std::transform(from.row(0) + first, from.row(0) + last, to.row(0) + first,
                   [](From x) { return static_cast<To>(x); });
  });
  return to;
}

}  // namespace

MaskedPattern::MaskedPattern(const BitMatrix& active)
    : alive(neurons_alive(active)),
      over_samples(active.with_columns(alive)),
      over_neurons(over_samples.bits().transposed()) {}

MaskedPattern::MaskedPattern(const ActivePairs& pairs)
    : alive(neurons_alive(pairs)), over_samples(lists_of_samples(pairs)), over_neurons(lists_of_neurons(pairs)) {}

bool MaskedPattern::has_few_neurons() const {
  return over_neurons.has_bits() && BitSumCost::by_buckets(over_neurons.bits()) < over_samples.cost();
}

template <class T>
MaskedHessian<T>::MaskedHessian(const Problem<double>& problem, std::shared_ptr<const MaskedPattern> pattern)
    : lifted_(problem.network.dimension() + 1),
      pattern_(std::move(pattern)),
      samples_(lifted_rows<T>(problem.data.X, 1)),
      weights_(lifted_weights<T>(problem.network, pattern_->alive, 1)),
      blocks_(weights_.rows(), weights_.width()),
      outputs_(output_weights<T>(problem.network, pattern_->alive)) {}

template <class T>
AlignedVector<T> MaskedHessian<T>::set_blocks(const Vector<double>& residuals, const Vector<double>& c) {
  const AlignedVector<T> r(residuals.begin(), residuals.end());
  auto rows = LaneRows<T>::unset(samples(), width());
  spread(r.data(), rows);
  for (Index i = 0; i < samples(); ++i) rows(i, lifted_) = static_cast<T>(c(i));
  pattern_->over_samples.apply(rows, blocks_);
  AlignedVector<T> sums(static_cast<std::size_t>(neurons()));
  const T share = T(1) / static_cast<T>(samples());
  in_parts(neurons(), parts_of_neurons(), [&](Index from, Index to) {
    for (Index k = from; k < to; ++k) {
      sums[static_cast<std::size_t>(k)] = std::exchange(blocks_(k, lifted_), T(0));
      for (Index j = 0; j < width(); j += kLanes)
        store_lanes<T>(blocks_.row(k) + j, share * load_lanes(blocks_.row(k) + j));
    }
  });
  return sums;
}

template <class T>
template <class Other>
MaskedHessian<T>::MaskedHessian(const MaskedHessian<Other>& other)
    : lifted_(other.lifted_),
      pattern_(other.pattern_),
      samples_(converted<T>(other.samples_)),
      weights_(converted<T>(other.weights_)),
      blocks_(converted<T>(other.blocks_)),
      outputs_(other.outputs_.begin(), other.outputs_.end()) {}

template <class T>
typename MaskedHessian<T>::View MaskedHessian<T>::view() const {
  return {samples(),      neurons(),       width(),      samples_.row(0), weights_.row(0),
          blocks_.row(0), outputs_.data(), outputs_at(), bias_at()};
}

template <class T>
Vector<double> MaskedHessian<T>::to_parameters(const AlignedVector<T>& u, Index all_neurons) const {
  Vector<double> x = Vector<double>::Zero(1 + all_neurons * (lifted_ + 1));
  x(0) = static_cast<double>(u[static_cast<std::size_t>(bias_at())]);
  for (Index a = 0; a < neurons(); ++a) {
    const Index first = 1 + pattern_->alive[static_cast<std::size_t>(a)] * (lifted_ + 1);
    x(first) = static_cast<double>(u[static_cast<std::size_t>(outputs_at() + a)]);
    for (Index j = 0; j < lifted_; ++j)
      x(first + 1 + j) = static_cast<double>(u[static_cast<std::size_t>(a * width() + j)]);
  }
  return x;
}

template <class T>
AlignedVector<T> MaskedHessian<T>::from_parameters(const Vector<double>& x) const {
  AlignedVector<T> u(static_cast<std::size_t>(size()));
  u[static_cast<std::size_t>(bias_at())] = static_cast<T>(x(0));
  for (Index a = 0; a < neurons(); ++a) {
    const Index first = 1 + pattern_->alive[static_cast<std::size_t>(a)] * (lifted_ + 1);
    u[static_cast<std::size_t>(outputs_at() + a)] = static_cast<T>(x(first));
    for (Index j = 0; j < lifted_; ++j) u[static_cast<std::size_t>(a * width() + j)] = static_cast<T>(x(first + 1 + j));
  }
  return u;
}

template <class T>
typename MaskedHessian<T>::Workspace MaskedHessian<T>::workspace() const {
  const auto of_neurons = [this] { return LaneRows<T>::unset(neurons(), width()); };
  const auto of_samples = [this] { return LaneRows<T>::unset(samples(), width()); };
  return {of_neurons(), of_neurons(), of_samples(), of_samples(),
          AlignedVector<T>(static_cast<std::size_t>(samples()))};
}

template <class T>
void MaskedHessian<T>::combine(const T* u, LaneRows<T>& q) const {
  in_parts(neurons(), parts_of_neurons(), [&](Index from, Index to) { combine_part(view(), u, q.row(0), from, to); });
}

template <class T>
void MaskedHessian<T>::project(T bias, const LaneRows<T>& sums, T* slopes) const {
  project_all(view(), bias, sums.row(0), slopes);
}

template <class T>
void MaskedHessian<T>::spread(const T* slopes, LaneRows<T>& rows) const {
  scale_rows({0, samples()}, samples_, slopes, rows);
}

template <class T>
void MaskedHessian<T>::collect(const T* u, const T* slopes, const LaneRows<T>& sums, T* out) const {
  in_parts(neurons(), parts_of_neurons(),
           [&](Index from, Index to) { collect_part(view(), u, sums.row(0), out, from, to); });
  out[bias_at()] = pairwise_sum(slopes, samples()) / static_cast<T>(samples());
}

template <class T>
void MaskedHessian<T>::apply(const T* u, T* out, Workspace& work) const {
  combine(u, work.of_neurons);
  if (pattern_->has_few_neurons()) {
    const BitMatrix& bits = pattern_->over_neurons.bits();
    std::fill(work.slopes.begin(), work.slopes.end(), u[bias_at()]);
    dot_by_tables(bits, work.of_neurons, samples_, work.slopes);
    sum_by_buckets(bits, samples_, work.slopes, work.sums_of_neurons);
  } else {
    pattern_->over_neurons.apply(work.of_neurons, work.sums_of_samples);
    project(u[bias_at()], work.sums_of_samples, work.slopes.data());
    spread(work.slopes.data(), work.of_samples);
    pattern_->over_samples.apply(work.of_samples, work.sums_of_neurons);
  }
  collect(u, work.slopes.data(), work.sums_of_neurons, out);
}

template class MaskedHessian<double>;
template class MaskedHessian<float>;
template MaskedHessian<float>::MaskedHessian(const MaskedHessian<double>&);

}  // namespace shatterproof
