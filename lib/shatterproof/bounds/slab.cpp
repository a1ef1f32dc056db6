#include "shatterproof/bounds/slab.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/bpsk.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

// Moments int_0^x delta^j (delta(2-delta))^alpha d delta, j = 0, 1, 2, by the incomplete beta function at x/2.
struct DepthMoments {
  Ball zeroth, first, second;
};

DepthMoments depth_moments(long dimension, const Rational& x) {
  const Ball half(Rational(x / 2));
  const auto moment = [&](long j) {
    const Rational a(dimension + 1 + 2 * j, 2), b(dimension + 1, 2);
    return power(Ball(2), dimension + j) * beta(Ball(a), Ball(b)) * regularised_beta(Ball(a), Ball(b), half);
  };
  return {moment(0), moment(1), moment(2)};
}

// int (delta - knot)^2 (delta(2-delta))^alpha between two depths.
Ball squared_distance_integral(const DepthMoments& from, const DepthMoments& to, const Rational& knot) {
  return (to.second - from.second) - Ball(Rational(2 * knot)) * (to.first - from.first) +
         Ball(Rational(knot * knot)) * (to.zeroth - from.zeroth);
}

// A rational at or just above sqrt(h), at most 1: caps disjoint at that eps contain the caps of depth h.
Rational eps_above(const Rational& depth) {
  const bool square = mpz_perfect_square_p(depth.get_num_mpz_t()) && mpz_perfect_square_p(depth.get_den_mpz_t());
  if (square) return Rational(sqrt(depth.get_num()), sqrt(depth.get_den()));
  return std::min(Rational(1), sqrt(Ball(depth)).upper_rational());
}

// Differences of moments cancel about log2(K) bits three times over, and more where the mass of a slab is tiny.
Bits slab_precision(const SlabFamily& family) {
  return working_precision() + 64 + 6 * static_cast<Bits>(std::log2(static_cast<double>(family.slabs)) + 1);
}

RiskBound summed(const SlabFamily& family, RiskBound bound, const std::vector<Ball>& terms) {
  Ball sum(0);
  for (const Ball& term : terms) sum += term;
  const Ball value = sum * Ball(family.caps) * Ball(Rational(family.amplitude * family.amplitude));
  if (family.amplitude == 0)
    bound.reason = "no admissible amplitude: B = 0 or C = 0";
  else if (certainly_positive(value))
    bound.status = BoundStatus::certified, bound.value = value;
  else if (value.is_finite())
    bound.status = BoundStatus::vacuous, bound.value = Ball(0), bound.reason = "the sum is 0";
  else
    bound.reason = "no enclosure at the working precision";
  return bound;
}

RiskBound no_noise(RiskBound bound) {
  bound.status = BoundStatus::vacuous, bound.value = Ball(0), bound.reason = "sigma = 0: the noise-driven bound is 0";
  return bound;
}

bool noiseless(const MinimaxProblem& problem) { return problem.sigma == 0 && problem.samples > 0; }

// n M^2/sigma^2
Ball snr_scale(const SlabFamily& family) {
  if (family.problem.samples == 0) return Ball(0);
  const Rational ratio = family.amplitude / family.problem.sigma;
  return Ball(family.problem.samples) * Ball(Rational(ratio * ratio));
}

template <class Factor>
RiskBound noise_driven(const SlabFamily& family, const RiskBound& bound, Factor factor) {
  if (noiseless(family.problem)) return no_noise(bound);
  const Ball scale = snr_scale(family);
  std::vector<Ball> terms;
  for (const Ball& b : family.hat_norms2()) terms.push_back(b * factor(scale * b));
  return summed(family, bound, terms);
}

RiskBound named(const char* name, const char* source) {
  RiskBound bound;
  bound.name = name, bound.source = source;
  return bound;
}

}  // namespace

std::vector<Ball> SlabFamily::hat_norms2() const {
  const PrecisionScope guard(slab_precision(*this));
  const long d = problem.dimension;
  const Rational width = depth / slabs, half_width = width / 2;
  const Ball scale = uniform_ball::c1(d) * Ball(Rational(4 / (width * width)));
  std::vector<Ball> norms;
  DepthMoments left = depth_moments(d, 0);
  for (long k = 0; k < slabs; ++k) {
    const Rational start = width * k, middle = start + half_width, end = start + width;
    const DepthMoments centre = depth_moments(d, middle), right = depth_moments(d, end);
    norms.push_back(scale *
                    (squared_distance_integral(left, centre, start) + squared_distance_integral(centre, right, end)));
    left = right;
  }
  return norms;
}

std::vector<Ball> SlabFamily::slab_masses() const {
  const PrecisionScope guard(slab_precision(*this));
  const Rational width = depth / slabs;
  std::vector<Ball> masses;
  Ball before(0);
  for (long k = 1; k <= slabs; ++k) {
    const Ball here = uniform_ball::cap_mass(problem.dimension, Ball(Rational(width * k)));
    masses.push_back(here - before);
    before = here;
  }
  return masses;
}

Rational slab_seminorm(long dimension, const Rational& depth, long slabs) {
  require(dimension >= 1 && slabs >= 1, "a slab family needs d >= 1 and K >= 1");
  // In units of w/2 the knots are at depth h - j w/2 = (2K - j) w/2.
  Integer sum = 0, last;
  for (long i = 1; i < 2 * slabs; ++i) {
    mpz_ui_pow_ui(last.get_mpz_t(), static_cast<unsigned long>(i), static_cast<unsigned long>(dimension + 2));
    sum += last;
  }
  mpz_ui_pow_ui(last.get_mpz_t(), static_cast<unsigned long>(2 * slabs), static_cast<unsigned long>(dimension + 2));
  const Rational half_width = depth / (2 * slabs);
  Rational knots = Rational(last) / 2 + sum;
  Rational total = 2 / half_width * power(half_width, dimension + 2) * knots;
  return total;
}

namespace {

SlabFamily slab_family_of(const MinimaxProblem& problem, const Rational& depth, long slabs, const Integer& caps) {
  require(slabs >= 1, "the number of slabs K must be at least 1, found " + std::to_string(slabs));
  const Rational by_seminorm = problem.seminorm / (caps * slab_seminorm(problem.dimension, depth, slabs));
  return SlabFamily{problem, depth, slabs, caps, std::min(problem.sup_norm, by_seminorm)};
}

}  // namespace

SlabFamily make_slab_family(const MinimaxProblem& problem, const Rational& depth, long slabs, const Integer& caps) {
  require_valid(problem);
  require(depth > 0 && depth <= 1, "the depth h must lie in (0, 1], found " + to_text_exact(depth));
  require(caps >= 1, "the number of caps must be at least 1, found " + caps.get_str());
  if (caps > 1) {
    const Integer most = certified_caps(problem.dimension, eps_above(depth));
    require(caps <= most, "only " + most.get_str() + " disjoint caps are certified at depth " + to_text_exact(depth) +
                              ", found " + caps.get_str());
  }
  return slab_family_of(problem, depth, slabs, caps);
}

SlabFamily make_slab_family(const MinimaxProblem& problem, long slabs, const Packing& packing) {
  require_valid(problem);
  require_certified(packing, problem.dimension);
  return slab_family_of(problem, packing.eps * packing.eps, slabs, packing.count);
}

RiskBound slab_mmse(const SlabFamily& family) {
  return noise_driven(family, named("slab_mmse", "Theorem S (Assouad, Jensen)"),
                      [](const Ball& s) { return bpsk_mmse(s); });
}

RiskBound slab_two_point(const SlabFamily& family) {
  return noise_driven(family, named("slab_2Q", "Theorem S (two-point tests)"),
                      [](const Ball& s) { return erfc(sqrt(s / Ball(2))); });
}

RiskBound slab_sigma_free(const SlabFamily& family) {
  std::vector<Ball> terms = family.hat_norms2();
  const std::vector<Ball> masses = family.slab_masses();
  for (std::size_t k = 0; k < terms.size(); ++k) terms[k] *= exp(Ball(family.problem.samples) * log1p(-masses[k]));
  return summed(family, named("slab_sigma_free", "Theorem S, every sigma >= 0"), terms);
}

RiskBound slab_exp(const SlabFamily& family) {
  return noise_driven(family, named("slab_exp", "Theorem S (one-line bound)"), [](const Ball& s) { return exp(-s); });
}

}  // namespace shatterproof
