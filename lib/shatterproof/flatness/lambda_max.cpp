#include "shatterproof/flatness/lambda_max.hpp"

#include <algorithm>
#include <optional>

#include "shatterproof/core/random.hpp"
#include "shatterproof/flatness/approx_lambda_max.hpp"
#include "shatterproof/flatness/float_certificate.hpp"
#include "shatterproof/flatness/shifted_hessian.hpp"
#include "shatterproof/flatness/temple_enclosure.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr int kMostDigits = 10000;
constexpr int kMostDoubleDigits = 12;
constexpr int kMostSteps = 60;       // inverse iterations at one precision
constexpr int kMostIdleSteps = 6;    // of them, in a row without a better upper bound
constexpr int kMostEscalations = 4;  // each doubles the precision

bool any_active(const ActivationPattern& pattern) {
  for (Index k = 0; k < pattern.neurons(); ++k)
    for (Index i = 0; i < pattern.samples(); ++i)
      if (pattern.active(i, k)) return true;
  return false;
}

bool fits(const Problem<Ball>& problem, const ActivationPattern& pattern) {
  return problem.data.samples() == pattern.samples() && problem.network.neurons() == pattern.neurons();
}

/// What is known so far, kept when the precision is raised.
struct Knowledge {
  Ball lower = Ball(1);  // H_beta,beta = 1 (Fact 1.1)
  Ball upper = Ball::indeterminate();
  Vector<Ball> direction;  // exact numbers near the eigenvector
};

struct Rayleigh {
  Ball quotient;  ///< x^T H x / ||x||^2 <= lambda_max(H)
  Ball residual;  ///< upper bound of ||H x - quotient x|| / ||x||
};

Rayleigh rayleigh(const Hessian<Ball>& hessian, const Vector<Ball>& x) {
  const Vector<Ball> Hx = hessian.apply(x);
  const Ball norm2 = dot(x, x), quotient = dot(x, Hx) / norm2;
  Ball residual2(0);
  for (Index p = 0; p < x.size(); ++p) residual2 += square(Hx(p) - quotient * x(p));
  return {quotient, sqrt(residual2.upper() / norm2).upper()};
}

/// Inverse iteration with a shift that is certified to lie above lambda_max: so it is drawn to the top eigenvector, and
/// each success moves the shift closer (quadratically where the top eigenvalue is isolated).
class Search {
 public:
  Search(const Hessian<Ball>& hessian, const Ball& tolerance, Knowledge& known)
      : hessian_(hessian), tolerance_(tolerance), known_(known), shifted_(hessian) {}

  bool run() {
    raise_lower(largest_block());
    if (!certify_start()) return false;
    int idle = 0;
    for (int step = 0; step < kMostSteps && idle < kMostIdleSteps; ++step) {
      if (!measure()) return false;
      if (done()) return true;
      idle = lower_the_shift() ? 0 : idle + 1;
      if (done()) return true;
      known_.direction = normalised(shifted_.approx_solve(known_.direction));
    }
    return false;
  }

  [[nodiscard]] bool reduced() const { return shifted_.reduced(); }

 private:
  [[nodiscard]] Ball largest_block() const {
    Ball norm2(0);
    for (Index k = 0; k < hessian_.neurons(); ++k) norm2 = max(norm2, hessian_.block_norm2(k));
    return sqrt_nonnegative(norm2);  // an enclosure of 0 may reach below it
  }

  void raise_lower(const Ball& bound) {
    if (bound.is_finite() && certainly_less(known_.lower, bound.lower())) known_.lower = bound.lower();
  }

  /// Factors at the bound known already, or at tr H + ||D|| >= lambda_max (Weyl).
  bool certify_start() {
    Ball start = known_.upper;
    if (!start.is_finite()) start = (hessian_.trace() + largest_block()) * (Ball(1) + Ball(1) / Ball(1024));
    return try_shift(start.upper());
  }

  bool try_shift(const Ball& sigma) {
    if (!shifted_.certify(sigma)) return false;
    known_.upper = sigma;
    return true;
  }

  bool measure() {
    const Rayleigh at = rayleigh(hessian_, known_.direction);
    residual_ = at.residual;
    raise_lower(at.quotient);
    return at.quotient.is_finite() && residual_.is_finite();
  }

  [[nodiscard]] bool done() const {
    return certainly_less_or_equal(known_.upper - known_.lower, tolerance_ * known_.lower);
  }

  /// Tries shifts between the lower bound and the present one, the best hope first.
  bool lower_the_shift() {
    const Ball goal = known_.lower + tolerance_ * known_.lower / Ball(2);
    // The quotient's error is of the order of the residual squared, relative to the gap.
    const bool hopeful = certainly_less(square(residual_), tolerance_ * square(known_.lower));
    if (hopeful && try_shift(goal.mid())) return true;
    for (const long factor : {2, 64, 4096}) {
      const Ball next = max(goal, known_.lower + Ball(factor) * residual_).mid();
      if (certainly_less(next + next, known_.upper + known_.lower) && try_shift(next)) return true;
    }
    return try_shift(((known_.lower + known_.upper) / Ball(2)).mid());
  }

  static Vector<Ball> normalised(Vector<Ball> x) {
    const Ball norm = sqrt(dot(x, x)).mid();
    for (Index p = 0; p < x.size(); ++p) x(p) = (x(p) / norm).mid();
    return x;
  }

  const Hessian<Ball>& hessian_;
  const Ball& tolerance_;
  Knowledge& known_;
  ShiftedHessian shifted_;
  Ball residual_;
};

/// Lanczos in double where that works, and a little of every direction so that no eigenvector is missed.
Vector<Ball> starting_direction(const Problem<Ball>& problem, const ActivationPattern& pattern) {
  const Hessian<double> hessian(to_double(problem), pattern);
  const auto pair = approx_top_eigenpair(hessian);
  constexpr double kShareOfNoise = 0x1p-30;
  Random random(1);
  Vector<Ball> x(hessian.size());
  for (Index p = 0; p < x.size(); ++p)
    x(p) = Ball::exact(pair.converged ? pair.vector(p) + kShareOfNoise * random.normal() : random.normal());
  return x;
}

std::string method_text(bool reduced, Bits bits) {
  return std::string(reduced ? "inertia of sigma I - H by the n x n reduction, " : "Cholesky of sigma I - H, ") +
         std::to_string(bits) + " bits; Rayleigh quotient below";
}

/// The fastest way, when few digits are asked for and the top eigenvalue stands apart.
std::optional<EigenvalueEnclosure> enclosure_with_gap(const Problem<Ball>& problem, const ActivationPattern& pattern,
                                                      double tolerance) {
  const auto doubles = close_doubles(problem);
  if (!doubles || !is_moderate(*doubles) || !rounding::is_to_nearest()) return {};
  const BoundedHessian bounded(*doubles, [&](Index i, Index k) { return pattern.active(i, k); });
  auto enclosure = enclose_by_temple(bounded, tolerance);
  if (!enclosure) return {};
  return EigenvalueEnclosure{Ball::interval(Ball::exact(enclosure->lower), Ball::exact(enclosure->upper)),
                             std::move(enclosure->method)};
}

/// The direct way, when few digits are asked for: the quotient of Lanczos' vector below, a certificate in double above.
std::optional<EigenvalueEnclosure> enclosure_in_double(const Problem<Ball>& problem, const Hessian<Ball>& hessian,
                                                       const Vector<Ball>& direction, const Ball& tolerance) {
  const auto certificate = FloatCertificate::prepare(problem, hessian.pattern());
  const Ball below = rayleigh(hessian, direction).quotient.lower();
  if (!certificate || !below.is_finite()) return {};
  const Ball lower = max(Ball(1), below);  // H_beta,beta = 1 (Fact 1.1)
  const double start = lower.upper_double(), resolution = certificate->approx_resolution(start);
  for (const double factor : {1, 4, 16, 64}) {
    const double sigma = start * (1 + factor * resolution);
    const Ball upper = Ball::exact(sigma);
    if (!certainly_less_or_equal(upper - lower, tolerance * lower)) return {};
    if (certificate->certify(sigma))
      return EigenvalueEnclosure{Ball::interval(lower, upper),
                                 "Cholesky of n sigma (I - M_sigma) in double, every rounding error bounded; "
                                 "Rayleigh quotient below"};
  }
  return {};
}

}  // namespace

EigenvalueEnclosure enclose_lambda_max(const BallProblem& problem, const ActivationPattern& pattern, int digits) {
  require(static_cast<bool>(problem), "enclose_lambda_max: no problem was given");
  require(digits >= 1 && digits <= kMostDigits,
          "enclose_lambda_max: digits must lie in 1.." + std::to_string(kMostDigits));
  Knowledge known;
  // The digits, what a nearly singular factorisation of this order loses, and a reserve.
  Bits bits =
      bits_for_digits(digits) * 4 / 3 + std::min(pattern.samples(), parameter_count(problem().network)) / 2 + 64;
  for (int attempt = 0; attempt <= kMostEscalations; ++attempt, bits *= 2) {
    PrecisionScope scope(bits);
    const Problem<Ball> enclosed = problem();
    const Ball tolerance = power(Ball(10), -digits).lower();
    if (attempt == 0 && digits <= kMostDoubleDigits && any_active(pattern) && fits(enclosed, pattern))
      if (auto enclosure = enclosure_with_gap(enclosed, pattern, tolerance.lower_double())) return *enclosure;
    const Hessian<Ball> hessian(enclosed, pattern);
    // Then Phi has only the row of beta, and D = 0.
    if (!any_active(pattern)) return {Ball(1), "no neuron is active on the data: H = e_beta e_beta^T, exact"};
    if (known.direction.size() == 0) known.direction = starting_direction(enclosed, pattern);
    if (attempt == 0 && digits <= kMostDoubleDigits)
      if (auto enclosure = enclosure_in_double(enclosed, hessian, known.direction, tolerance)) return *enclosure;
    Search search(hessian, tolerance, known);
    if (search.run()) return {Ball::interval(known.lower, known.upper), method_text(search.reduced(), bits)};
  }
  throw UndecidedError("lambda_max is not enclosed to " + std::to_string(digits) + " digits with " +
                       std::to_string(bits / 2) + " bits; exact input, fewer digits or more precision would decide it");
}

bool certify_lambda_max_below(const Problem<Ball>& problem, const ActivationPattern& pattern, const Ball& sigma) {
  const Hessian<Ball> hessian(problem, pattern);
  return ShiftedHessian(hessian).certify(sigma);
}

}  // namespace shatterproof
