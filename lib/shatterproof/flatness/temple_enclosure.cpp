#include "shatterproof/flatness/temple_enclosure.hpp"

#include <cmath>
#include <cstdint>

#include "shatterproof/flatness/block_bound.hpp"
#include "shatterproof/flatness/gram_norm.hpp"
#include "shatterproof/flatness/parameter_gram.hpp"
#include "shatterproof/linalg/in_parts.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr double kFloatResidual = 1e-6;  // relative; near what sums in float can reach
constexpr int kMostFloatProducts = 40;
constexpr double kLeastResidual = 1e-13;  // relative; below it nothing is gained
constexpr double kValueTolerance = 1e-14;
constexpr int kMostPolishingProducts = 12;
constexpr double kLeastGap = 1e-6;  // between rho and mu, relative: then the rounding of the difference is harmless

/// Numbers in [-1, 1) that are the same everywhere; quality does not matter.
class Noise {
 public:
  explicit Noise(Index seed) : state_(static_cast<std::uint64_t>(seed) * 0x9e3779b97f4a7c15U) {}
  double next() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<double>(static_cast<std::int64_t>(state_) >> 11) * 0x1p-52;
  }

 private:
  std::uint64_t state_;
};

/// The mean gradient Phi 1 / n, which has a large part along the top eigenvector, and a little of every direction.
template <class T>
AlignedVector<T> starting_vector(const MaskedHessian<T>& hessian) {
  constexpr double kShareOfNoise = 0.1;
  AlignedVector<T> u(static_cast<std::size_t>(hessian.size())), zero(u.size());
  auto work = hessian.workspace();
  std::fill(work.slopes.begin(), work.slopes.end(), T(1));
  hessian.pattern().over_samples.apply(hessian.lifted_samples(), work.sums_of_neurons);
  hessian.collect(zero.data(), work.slopes.data(), work.sums_of_neurons, u.data());
  const auto norm2 = static_cast<double>(row_dot(u.data(), u.data(), hessian.size()));
  const auto numbers = static_cast<double>(hessian.parameters());
  const double noise = kShareOfNoise * std::sqrt(3 * norm2 / numbers);
  in_parts(hessian.neurons(), hessian.parts_of_neurons(), [&](Index from, Index to) {
    for (Index k = from; k < to; ++k) {
      Noise random(k);
      T* row = u.data() + k * hessian.width();
      for (Index j = 0; j < hessian.lifted_dimension(); ++j) row[j] += static_cast<T>(noise * random.next());
      u[static_cast<std::size_t>(hessian.outputs_at() + k)] += static_cast<T>(noise * random.next());
    }
  });
  return u;
}

template <class T>
RitzPair<T> ritz_pair(const MaskedHessian<T>& hessian, AlignedVector<T> start, const LanczosGoal& goal) {
  auto work = hessian.workspace();
  return approx_top_ritz_pair<T>([&](const T* x, T* y) { hessian.apply(x, y, work); }, std::move(start), goal);
}

/// A few more products from a vector that is good already.
RitzPair<double> polished(const MaskedHessian<double>& hessian, AlignedVector<double> start) {
  return ritz_pair(hessian, std::move(start), {kLeastResidual, 0, 0, kMostPolishingProducts});
}

double second_by_trace(const BoundedHessian& bounded, const PairBounds& pair) {
  return rounding::kSlack * std::max(0.0, bounded.gram_trace() - pair.gram_quotient) + bounded.block_norm();
}
double second_by_norm(const BoundedHessian& bounded, const PairBounds& pair, double gram_norm) {
  const double rest = std::max(0.0, gram_norm - pair.gram_quotient) * (gram_norm + pair.gram_quotient);
  return rounding::root_above(rest) + bounded.block_norm();
}

/// Between the quotient and mu; NaN stays.
double gap_above(const PairBounds& pair, double mu) { return pair.quotient - pair.quotient_error - mu; }

/// Temple-Kato (step 11).
double upper_bound(const PairBounds& pair, double mu, double block_error) {
  const double above = pair.quotient_error + pair.residual * pair.residual / gap_above(pair, mu) + block_error;
  return pair.quotient + (rounding::kSlack * above + 4 * rounding::kUnit * pair.quotient);
}

}  // namespace

RitzPair<double> approx_top_pair(const MaskedHessian<double>& hessian, double tolerance,
                                 const AlignedVector<double>& start) {
  LanczosGoal goal{tolerance, tolerance};
  const auto first = [&] { return start.empty() ? starting_vector(hessian) : start; };
  if (hessian.pattern().over_neurons.uses_lists()) return ritz_pair(hessian, first(), goal);
  const MaskedHessian<float> rounded(hessian);
  const auto pair =
      ritz_pair(rounded, start.empty() ? starting_vector(rounded) : AlignedVector<float>(start.begin(), start.end()),
                {kFloatResidual, tolerance, 0, kMostFloatProducts});
  if (pair.vector.empty() || !std::isfinite(pair.value)) return ritz_pair(hessian, first(), goal);
  goal.gap = pair.gap;
  return ritz_pair(hessian, AlignedVector<double>(pair.vector.begin(), pair.vector.end()), goal);
}

RitzPair<double> polished_top_pair(const MaskedHessian<double>& hessian, const AlignedVector<double>& start) {
  return polished(hessian, approx_top_pair(hessian, kValueTolerance, start).vector);
}

bool SecondEigenvalue::lies_below(const PairBounds& pair) {
  const auto accepts = [&](double mu) { return gap_above(pair, mu) >= kLeastGap * pair.quotient; };
  bound_ = second_by_trace(bounded_, pair);
  name_ = "trace";
  if (accepts(bound_)) return true;
  if (!block_bound_) block_bound_ = block_bound(bounded_);
  bound_ = rounding::kSlack * *block_bound_ + bounded_.block_norm();
  name_ = "blocks of samples that share neurons";
  if (accepts(bound_)) return true;
  if (!gram_norm_)
    gram_norm_ = has_few_parameters(bounded_.hessian()) ? parameter_gram_norm(bounded_) : gram_norm_bound(bounded_);
  bound_ = second_by_norm(bounded_, pair, *gram_norm_);
  name_ = "Frobenius norm";
  return accepts(bound_);
}

std::optional<DoubleEnclosure> enclose_by_temple(const BoundedHessian& bounded, double tolerance,
                                                 const AlignedVector<double>& start) {
  const MaskedHessian<double>& hessian = bounded.hessian();
  // Then H = e_beta e_beta^T.
  if (hessian.neurons() == 0) return DoubleEnclosure{1, 1, "no neuron is active on the data", {}};
  if (!bounded.is_finite()) return {};
  RitzPair<double> ritz = approx_top_pair(hessian, tolerance / 16, start);
  SecondEigenvalue second(bounded);
  for (int attempt = 0; attempt < 3 && !ritz.vector.empty(); ++attempt) {
    const PairBounds pair = bounded.enclose(ritz.vector);
    if (!pair.is_finite() || !second.lies_below(pair)) return {};
    const double upper = upper_bound(pair, second.bound(), bounded.block_error());
    const double lower = bounded.lower_bound(pair);
    if (upper - lower <= tolerance * lower)
      return DoubleEnclosure{lower, upper,
                             "Temple-Kato in double, every rounding error bounded; lambda_2 bounded by the " +
                                 second.name() + "; Rayleigh quotient below",
                             std::move(ritz.vector)};
    ritz = polished(hessian, std::move(ritz.vector));
  }
  return {};
}

}  // namespace shatterproof
