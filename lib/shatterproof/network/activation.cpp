#include "shatterproof/network/activation.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/network/evaluate.hpp"
#include "shatterproof/network/forward_pass.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;
constexpr Bits kFilterBits = 64;

std::string name_pair(Index i, Index k) {
  return "neuron " + std::to_string(k) + " and sample " + std::to_string(i) + " (counted from 0)";
}

[[noreturn]] void refuse_tie(Index i, Index k) {
  throw PreconditionError("tie: w.x - b = 0 exactly for " + name_pair(i, k) +
                          "; the loss is not twice differentiable there");
}

template <class Scalar>
void check_shapes(const Problem<Scalar>& problem) {
  const auto& [network, data] = problem;
  require(data.samples() >= 1, "a problem needs at least one sample");
  require(network.dimension() == data.X.cols(), "W and X have different numbers of columns");
  require(network.b.size() == network.neurons() && network.v.size() == network.neurons(),
          "W, b and v have different numbers of neurons");
  require(data.y.size() == data.samples(), "X and y have different numbers of samples");
}

/// +1, -1, or 0 when the ball does not decide. A ball that is exactly 0 is a tie.
int certain_sign(const Ball& margin, Index i, Index k) {
  if (certainly_positive(margin)) return 1;
  if (certainly_negative(margin)) return -1;
  if (margin.is_finite() && margin.is_exact()) refuse_tie(i, k);
  return 0;
}

using Pairs = std::vector<std::pair<Index, Index>>;

/// Enters every sign that the balls decide; returns the pairs (sample, neuron) left over.
Pairs decide(const Problem<Ball>& problem, ActivationPattern& pattern) {
  Pairs open;
  for (Index k = 0; k < pattern.neurons(); ++k)
    for (Index i = 0; i < pattern.samples(); ++i) {
      const int sign = certain_sign(margin(problem, i, k), i, k);
      if (sign == 0) open.emplace_back(i, k);
      pattern.set(i, k, sign > 0);
    }
  return open;
}

}  // namespace

template <>
Ball margin(const Problem<Ball>& problem, Index i, Index k) {
  const auto& [network, data] = problem;
  const Index d = network.dimension();
  Ball sum = -network.b(k);
  if (d > 0)
    arb_dot(sum.get(), sum.get(), 0, network.W.data()[k].get(), network.neurons(), data.X.data()[i].get(),
            data.samples(), d, working_precision());
  return sum;
}

ActivationPattern activation_pattern(const Problem<Rational>& problem) {
  check_shapes(problem);
  ActivationPattern pattern(problem.data.samples(), problem.network.neurons());
  const SettleSign settle = settle_exactly(problem);
  const auto doubles = close_doubles(problem);
  if (doubles && is_moderate(*doubles) && rounding::is_ieee()) {
    const BitMatrix active = forward_pass(*doubles, settle).active;
    for (Index k = 0; k < pattern.neurons(); ++k)
      for (Index i = 0; i < pattern.samples(); ++i) pattern.set(i, k, active.at(i, k));
    return pattern;
  }
  PrecisionScope scope(kFilterBits);
  for (const auto& [i, k] : decide(to_ball(problem), pattern)) pattern.set(i, k, settle(i, k));
  return pattern;
}

SettleSign settle_exactly(const Problem<Rational>& problem) {
  return [&problem](Index i, Index k) {
    const int sign = sgn(margin(problem, i, k));
    if (sign == 0) refuse_tie(i, k);
    return sign > 0;
  };
}

bool is_active_exactly(const Problem<double>& problem, Index i, Index k) {
  Rational sum = -exact_rational(problem.network.b(k));
  for (Index j = 0; j < problem.network.dimension(); ++j)
    sum += exact_rational(problem.network.W(k, j)) * exact_rational(problem.data.X(i, j));
  if (sgn(sum) == 0) refuse_tie(i, k);
  return sgn(sum) > 0;
}

ActivationPattern activation_pattern(const BallProblem& problem, Bits max_bits) {
  require(static_cast<bool>(problem), "activation_pattern: no problem was given");
  Bits bits = std::min<Bits>(128, max_bits);
  PrecisionScope first(bits);
  const Problem<Ball> start = problem();
  check_shapes(start);
  ActivationPattern pattern(start.data.samples(), start.network.neurons());
  Pairs open = decide(start, pattern);
  while (!open.empty() && bits < max_bits) {
    bits = std::min(2 * bits, max_bits);
    PrecisionScope scope(bits);
    const Problem<Ball> finer = problem();
    Pairs left;
    for (const auto& [i, k] : open) {
      const int sign = certain_sign(margin(finer, i, k), i, k);
      if (sign == 0) left.emplace_back(i, k);
      pattern.set(i, k, sign > 0);
    }
    open = std::move(left);
  }
  if (!open.empty())
    throw UndecidedError("the sign of w.x - b is open at " + std::to_string(bits) + " bits for " +
                         name_pair(open.front().first, open.front().second) +
                         "; more precision or an exact tie test would decide it");
  return pattern;
}

}  // namespace shatterproof
