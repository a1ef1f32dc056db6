#include "shatterproof/flatness/refined_enclosure.hpp"

#include <cmath>

#include "shatterproof/flatness/fixed_hessian.hpp"
#include "shatterproof/flatness/temple_enclosure.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;
using Parameters = Eigen::Map<const Vector<double>>;

constexpr int kDigitsOfPart = 26;  // of the quotient for each double in a sum; some more are usual
constexpr std::size_t kMostParts = 6;
constexpr int kMostRefinedDigits = 150;
constexpr int kReserveBits = 4;  // the rounding of u.Hu then takes a quarter of the width wanted
constexpr int kMostSolveProducts = 80;
constexpr double kSolveReduction = 1e-15;

Parameters as_vector(const AlignedVector<double>& x) { return {x.data(), static_cast<Index>(x.size())}; }

/// About (rho - H)^{-1} residual on the complement of u, by conjugate gradients.
AlignedVector<double> approx_correction(const MaskedHessian<double>& hessian, double rho,
                                        const AlignedVector<double>& u, const AlignedVector<double>& residual) {
  const Vector<double> top = as_vector(u).normalized();
  const auto project = [&](Vector<double>& x) { x -= x.dot(top) * top; };
  auto work = hessian.workspace();
  Vector<double> x = Vector<double>::Zero(top.size()), r = as_vector(residual), product = x;
  project(r);
  Vector<double> direction = r;
  double size = r.squaredNorm();
  const double goal = kSolveReduction * kSolveReduction * size;
  for (int step = 0; step < kMostSolveProducts && size > goal; ++step) {
    hessian.apply(direction.data(), product.data(), work);
    product = rho * direction - product;
    project(product);
    const double share = size / direction.dot(product);
    if (!std::isfinite(share)) break;
    x += share * direction;
    r -= share * product;
    const double next = r.squaredNorm();
    direction = r + next / size * direction;
    size = next;
  }
  project(x);
  return {x.begin(), x.end()};
}

/// ||H - H'|| <= this * eta where every number of the one is within a relative eta of the other's (step 6).
double input_sensitivity(const ExactInputs& inputs, const LiftedNorms& norms) {
  double squares = 0, outputs = 0, rest = 0;
  const double z = norms.samples.maxCoeff();
  for (const ExactInputs::Part& part : inputs.parts) {
    rest += std::abs(part.bias) + part.labels.cwiseAbs().maxCoeff();
    for (Index k = 0; k < inputs.neurons(); ++k) {
      const double v = std::abs(part.outputs[static_cast<std::size_t>(k)]), w = norms.neurons(k);
      squares += v * v + w * w;
      outputs += v * w;
    }
  }
  return rounding::kSlack * 5 * (1 + squares * z * z + z * (outputs * z + rest));
}

class Refinement {
 public:
  Refinement(const BoundedHessian& bounded, const BallProblem& problem, int digits)
      : bounded_(bounded),
        norms_{bounded.neuron_norms(), bounded.sample_norms()},
        digits_(digits),
        tolerance_(power(Ball(10), -digits).lower()) {
    const auto start = ExactInputs::split(problem(), bounded.hessian().pattern(), 0x1p-50);
    if (!start) return;
    sensitivity_ = input_sensitivity(*start, norms_);
    const double wanted = tolerance_.lower_double() / (16 * sensitivity_);
    inputs_ = start->relative_error == 0 ? start : ExactInputs::split(problem(), bounded.hessian().pattern(), wanted);
  }

  std::optional<RefinedEnclosure> run(const AlignedVector<double>& start) {
    if (!inputs_) return {};
    RitzPair<double> ritz = polished_top_pair(bounded_.hessian(), start);
    if (ritz.vector.empty()) return {};
    SecondEigenvalue second(bounded_);
    const PairBounds pair = bounded_.enclose(ritz.vector);
    if (!pair.is_finite() || !second.lies_below(pair)) return {};
    largest_ = pair.quotient;
    const Ball mu = Ball::exact(second.bound() * (1 + 1e-9)) + Ball::exact(bounded_.block_error());
    VectorParts u{std::move(ritz.vector)};
    while (u.size() <= kMostParts) {
      const auto fixed = enclose(u);
      if (!fixed) return {};
      if (auto enclosure = temple(*fixed, mu); enclosure && is_fine(*enclosure))
        return RefinedEnclosure{*enclosure,
                                "Temple-Kato in fixed point, the vector a sum of " + std::to_string(u.size()) +
                                    " doubles; lambda_2 bounded by the " + second.name() + "; Rayleigh quotient below",
                                u.front()};
      u.push_back(approx_correction(bounded_.hessian(), fixed->quotient.mid_double(), u.front(), fixed->direction));
    }
    return {};
  }

 private:
  /// With as many bits as this vector is worth.
  [[nodiscard]] std::optional<FixedPair> enclose(const VectorParts& u) const {
    const FixedBounds bounds = fixed_bounds(*inputs_, norms_, u);
    const int digits = std::min(digits_, kDigitsOfPart * static_cast<int>(u.size()));
    const double error = bounds.product_error / static_cast<double>(inputs_->samples()) + largest_ * bounds.norm_error;
    if (!(error < 0x1p400)) return {};
    const int fraction = static_cast<int>(std::log2(error / largest_) + digits * 3.3220) + kReserveBits;
    return enclose_pair(*inputs_, bounded_.hessian().pattern(), u, bounds, std::max(64, fraction));
  }

  /// Nothing if mu is not certainly below the quotient.
  [[nodiscard]] std::optional<Ball> temple(const FixedPair& pair, const Ball& mu) const {
    const Ball carried = Ball::exact(sensitivity_) * Ball::exact(inputs_->relative_error);
    const Ball gap = pair.quotient.lower() - mu - carried;
    if (!certainly_positive(gap) || !std::isfinite(pair.residual)) return {};
    const Ball excess = square(Ball::exact(pair.residual)) / gap;
    return Ball::interval(max(Ball(1), (pair.quotient - carried).lower()),  // H_beta,beta = 1 (Fact 1.1)
                          (pair.quotient + excess + carried).upper());
  }

  [[nodiscard]] bool is_fine(const Ball& value) const {
    return certainly_less_or_equal(value.upper() - value.lower(), tolerance_ * value.lower());
  }

  const BoundedHessian& bounded_;
  LiftedNorms norms_;
  int digits_;
  Ball tolerance_;
  double sensitivity_ = 0, largest_ = 1;  // largest_: about lambda_max
  std::optional<ExactInputs> inputs_;
};

}  // namespace

std::optional<RefinedEnclosure> enclose_refined(const BoundedHessian& bounded, const BallProblem& problem, int digits,
                                                const AlignedVector<double>& start) {
  if (!bounded.is_finite() || bounded.hessian().neurons() == 0 || digits > kMostRefinedDigits) return {};
  constexpr int kReserve = 64;
  const PrecisionScope scope(bits_for_digits(digits) * 3 / 2 + kReserve);
  return Refinement(bounded, problem, digits).run(start);
}

}  // namespace shatterproof
