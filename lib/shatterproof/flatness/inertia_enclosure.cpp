#include <algorithm>
#include <optional>

#include "shatterproof/core/random.hpp"
#include "shatterproof/flatness/approx_lambda_max.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/flatness/shifted_hessian.hpp"
#include "shatterproof/network/convert.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr int kMostSteps = 60;       // inverse iterations at one precision
constexpr int kMostIdleSteps = 6;    // of them, in a row without a better upper bound
constexpr int kMostEscalations = 4;  // each doubles the precision

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

std::string inertia_method(bool reduced, Bits bits) {
  return std::string(reduced ? "inertia of sigma I - H by the n x n reduction, " : "Cholesky of sigma I - H, ") +
         std::to_string(bits) + " bits; Rayleigh quotient below";
}

}  // namespace

EigenvalueEnclosure enclose_by_inertia(const BallProblem& problem, const ActivationPattern& pattern, int digits) {
  require(static_cast<bool>(problem), "enclose_by_inertia: no problem was given");
  require(digits >= 1 && digits <= kMostDigits,
          "enclose_by_inertia: digits must lie in 1.." + std::to_string(kMostDigits));
  Knowledge known;
  // The digits, what a nearly singular factorisation of this order loses, and a reserve.
  Bits bits =
      bits_for_digits(digits) * 4 / 3 + std::min(pattern.samples(), parameter_count(problem().network)) / 2 + 64;
  for (int attempt = 0; attempt <= kMostEscalations; ++attempt, bits *= 2) {
    const PrecisionScope scope(bits);
    const Problem<Ball> enclosed = problem();
    const Ball tolerance = power(Ball(10), -digits).lower();
    const Hessian<Ball> hessian(enclosed, pattern);
    if (known.direction.size() == 0) known.direction = starting_direction(enclosed, pattern);
    Search search(hessian, tolerance, known);
    if (search.run()) return {Ball::interval(known.lower, known.upper), inertia_method(search.reduced(), bits)};
  }
  throw UndecidedError("lambda_max is not enclosed to " + std::to_string(digits) + " digits with " +
                       std::to_string(bits / 2) + " bits; exact input, fewer digits or more precision would decide it");
}

}  // namespace shatterproof
