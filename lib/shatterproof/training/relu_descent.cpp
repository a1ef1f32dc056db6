#include "shatterproof/training/relu_descent.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "shatterproof/core/error.hpp"
#include "shatterproof/linalg/in_parts.hpp"
#include "shatterproof/linalg/row_arithmetic.hpp"
#include "shatterproof/network/lifted_rows.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr long kStepsBetweenSettlings = 50;

}  // namespace

template <class T>
ReluDescent<T>::ReluDescent(const TrainingSettings& settings, Network<double> start, const DataSet<double>& data)
    : eta_(settings.eta),
      decay_(settings.decay),
      clip_(settings.clip > 0 ? settings.clip : HUGE_VAL),
      network_(std::move(start)),
      labels_(data.y),
      columns_(data.X),
      samples_(lifted_rows<T>(data.X, 0)),
      kept_(static_cast<std::size_t>(network_.neurons())),
      outputs_(static_cast<std::size_t>(columns_.padded())),
      pattern_(columns_, samples_) {
  require(network_.dimension() == data.X.cols(), "descent: network and data have different dimensions");
  std::iota(kept_.begin(), kept_.end(), Index(0));
  load();
}

template <class T>
void ReluDescent<T>::load() {
  weights_ = lifted_weights<T>(network_, kept_, 0);
  sums_ = of_neurons_ = LaneRows<T>(weights_.rows(), samples_.width());
  v_ = output_weights<T>(network_, kept_);
  slopes_.resize(kept_.size());
  squares_.resize(kept_.size());
  beta_ = network_.beta;
}

template <class T>
Network<double> ReluDescent<T>::network() const {
  Network<double> network = network_;
  const Index d = network.dimension();
  for (std::size_t a = 0; a < kept_.size(); ++a) {
    for (Index j = 0; j < d; ++j) network.W(kept_[a], j) = weights_(static_cast<Index>(a), j);
    network.b(kept_[a]) = weights_(static_cast<Index>(a), d);
    network.v(kept_[a]) = v_[a];
  }
  network.beta = beta_;
  return network;
}

/// Leaves out the neurons that are active on no sample, without decay (their gradient is exactly 0), and takes tables
/// or lists for what is left.
template <class T>
void ReluDescent<T>::settle_neurons() {
  if (decay_ == 0) {
    const std::vector<Index> active = pattern_.active_neurons(weights_);
    if (active.size() < kept_.size()) {
      network_ = network();
      pattern_.keep_neurons(active);
      std::vector<Index> kept;
      for (const Index a : active) kept.push_back(kept_[static_cast<std::size_t>(a)]);
      kept_ = std::move(kept);
      load();
    }
  }
  pattern_.choose_sums();
}

template <class T>
void ReluDescent<T>::look() {
  std::fill(outputs_.begin(), outputs_.end(), static_cast<T>(beta_));
  pattern_.rebuild(weights_, v_, outputs_);
  settle_neurons();
}

/// Calls work(range) for the neurons: on the threads that sum over them, whose caches hold their rows.
template <class T>
template <class Work>
void ReluDescent<T>::over_neurons(const Work& work) const {
  const Index additions = samples_.rows() * weights_.rows() * weights_.width() / (8 * kLanes);
  in_parts(weights_.rows(), worthwhile_parts(additions), [&](Index from, Index to) { work(RowRange{from, to}); });
}

template <class T>
void ReluDescent<T>::pass() {
  over_neurons([&](RowRange range) { scale_rows(range, weights_, v_.data(), of_neurons_); });
  std::fill(outputs_.begin(), outputs_.end(), static_cast<T>(beta_));
  pattern_.add_outputs(of_neurons_, outputs_);
}

template <class T>
void ReluDescent<T>::sum_gradient() {
  const Index n = samples_.rows();
  AlignedVector<T> residuals(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i)
    residuals[static_cast<std::size_t>(i)] =
        static_cast<T>(static_cast<double>(outputs_[static_cast<std::size_t>(i)]) - labels_(i));
  double sum = 0;
  for (const T r : residuals) sum += r;
  mean_residual_ = sum / static_cast<double>(n);
  pattern_.sum_over_samples(residuals, sums_);
}

template <class T>
double ReluDescent<T>::gradient_norm() {
  const auto n = static_cast<double>(samples_.rows());
  over_neurons([&](RowRange range) { dot_rows(range, weights_, sums_, slopes_.data(), squares_.data()); });
  double sum = 0;
  for (std::size_t a = 0; a < kept_.size(); ++a) {
    const double slope = slopes_[a], v = v_[a];
    sum += slope * slope + v * v * static_cast<double>(squares_[a]);
  }
  return std::sqrt(sum / (n * n) + mean_residual_ * mean_residual_);
}

/// w_k <- keep w_k - share v_k s_k, v_k <- keep v_k - share w_k.s_k.
template <class T>
void ReluDescent<T>::descend(T share) {
  const auto keep = static_cast<T>(1 - eta_ * decay_);
  AlignedVector<T> factors(v_), distances(v_.size());
  for (T& factor : factors) factor *= share;
  over_neurons([&](RowRange range) { move_rows(range, weights_, sums_, factors.data(), keep); });
  for (std::size_t a = 0; a < kept_.size(); ++a) {
    distances[a] = T(1.001) * std::abs(factors[a]) * std::sqrt(squares_[a]);
    v_[a] = keep * v_[a] - share * slopes_[a];
  }
  pattern_.note_step(keep, distances);
}

template <class T>
void ReluDescent<T>::step() {
  sum_gradient();
  const double norm = gradient_norm();
  diverged_ = !std::isfinite(norm);
  if (diverged_) return;
  ++made_;
  const double c = norm > clip_ ? clip_ / norm : 1;
  if (c < 1) ++clipped_;
  descend(static_cast<T>(c * eta_ / static_cast<double>(samples_.rows())));
  beta_ = (1 - eta_ * decay_) * beta_ - c * eta_ * mean_residual_;
}

template <class T>
void ReluDescent<T>::advance(long steps) {
  for (long s = 0; s < steps && !diverged_; ++s) {
    if (s > 0) {
      pattern_.refresh(weights_);
      if (s % kStepsBetweenSettlings == 0) settle_neurons();
      pass();
    }
    step();
  }
}

template <class T>
Vector<double> ReluDescent<T>::outputs() const {
  return Vector<T>::Map(outputs_.data(), samples_.rows()).template cast<double>();
}

template <class T>
BitMatrix ReluDescent<T>::active() const {
  const BitMatrix& bits = pattern_.bits();
  BitMatrix all(bits.rows(), network_.neurons());
  for (Index g = 0; g < bits.groups(); ++g)
    for (std::size_t a = 0; a < kept_.size(); ++a) all.group(g)[kept_[a]] = bits.group(g)[a];
  return all;
}

template <class T>
Vector<double> ReluDescent<T>::values_at(const Matrix<double>& X) const {
  // All neurons: one that is active on no sample may be active here.
  const Network<double> all = network();
  std::vector<Index> every(static_cast<std::size_t>(all.neurons()));
  std::iota(every.begin(), every.end(), Index(0));
  const SampleColumns<T> columns(X);
  AlignedVector<T> values(static_cast<std::size_t>(columns.padded()), static_cast<T>(beta_));
  dense_pass<T>(columns, lifted_weights<T>(all, every, 0), output_weights<T>(all, every), values, nullptr);
  return Vector<T>::Map(values.data(), X.rows()).template cast<double>();
}

template class ReluDescent<double>;
template class ReluDescent<float>;

}  // namespace shatterproof
