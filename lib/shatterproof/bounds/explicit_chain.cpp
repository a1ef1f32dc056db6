#include "shatterproof/bounds/explicit_chain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "shatterproof/bounds/annulus.hpp"
#include "shatterproof/bounds/half_space_deviation.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool is_gap(const ExplicitChain& chain) { return chain.kind == ExplicitChain::Kind::gap; }

// The class of step 3 is bounded by M for the gap, and by 2B for the differences f - f0 of the mse.
Rational class_sup(const ExplicitChain& chain) { return is_gap(chain) ? chain.sup : Rational(2 * chain.sup); }

Ball log_of_inverse(const Rational& x) { return -log(Ball(x)); }

// Step 6 with the complexity term given.
Ball assemble(const ExplicitChain& chain, const Rational& eps, const Ball& complexity) {
  const Ball n(chain.samples), sup(chain.sup);
  const Ball annulus = min(Ball(1), bernstein_annulus_bound(chain.samples, Ball(annulus_mass(chain.dimension, eps)),
                                                            Rational(chain.delta / 4)));
  const Ball on_annulus = chain.trivial() * annulus;
  if (is_gap(chain)) {
    const Ball deviation = Ball(12) * square(sup) * sqrt(log_of_inverse(Rational(chain.delta / 16)) / (Ball(2) * n));
    return on_annulus + Ball(8) * sup * complexity + deviation;
  }
  const Ball sigma(chain.sigma);
  const Ball deviation = Ball(4) * sup * sigma * sqrt(Ball(2) * log_of_inverse(Rational(chain.delta / 4)) / n);
  return on_annulus + Ball(2) * sigma * complexity + deviation;
}

// Step 4: A rho Psi + (c*(1-eps) + M)/sqrt n.
template <class Scalar>
Scalar complexity(const Scalar& budget, const Scalar& rho, const Scalar& psi, const Scalar& slope, const Scalar& core,
                  const Scalar& sup, const Scalar& root_n) {
  return budget * rho * psi + (slope * core + sup) / root_n;
}

// Depths from 1 down to eps in equal ratios, so that the weight changes by the same factor in each cell. Exact
// rationals.
std::vector<Rational> depth_grid(const Rational& eps, int nodes) {
  std::vector<Rational> depths{1};
  const double ratio = std::pow(eps.get_d(), 1.0 / nodes);
  for (int i = 1; i < nodes; ++i) {
    const Rational depth = exact_rational(std::ldexp(std::round(std::ldexp(std::pow(ratio, i), 40)), -40));
    if (depth < depths.back() && depth > eps) depths.push_back(depth);
  }
  depths.push_back(eps);
  return depths;
}

// An upper bound of the sup over the cell [t_left, t_right] of `numerator`/g_lb, where the numerator decreases.
struct CellMaxima {
  Ball psi, slope;
  bool positive = true;
};

CellMaxima maximise_over_cells(const HalfSpaceDeviation<Ball>& deviation, long d, const Rational& eps,
                               const Rational& r, int nodes) {
  const std::vector<Rational> depths = depth_grid(eps, nodes);
  CellMaxima maxima{Ball(0), Ball(0)};
  const auto at = [&](const Rational& h) {
    return HalfSpace<Ball>{Ball(Rational(1 - h)), uniform_ball::tail(d, Ball(h)), uniform_ball::excess(d, Ball(h))};
  };
  HalfSpace<Ball> left = at(depths[0]);
  for (std::size_t i = 1; i < depths.size(); ++i) {
    const HalfSpace<Ball> right = at(depths[i]);
    const Ball weight = deviation.weight_lower_bound(left, right);
    if (!certainly_positive(weight)) return {Ball(0), Ball(0), false};
    const Rational t_left = 1 - depths[i - 1];
    const Ball width(Rational(depths[i - 1] - eps));  // 1 - eps - t_left
    maxima.psi = max(maxima.psi, width * sqrt(deviation.tail_upper_bound(left.tail)) / weight);
    if (t_left < r) maxima.slope = max(maxima.slope, (Ball(1) - Ball(Rational(t_left / r))) / weight);
    left = right;
  }
  return maxima;
}

}  // namespace

Ball ExplicitChain::budget() const {
  const Ball factor = sharp ? sqrt(Ball(2)) / Ball(2) : Ball(2);
  const Ball start(Rational(1 / eta - Rational(1, 2)));
  if (is_gap(*this)) return start + factor * Ball(Rational(2 * sup));
  // (R+1) sqrt(2L) with 2L <= mean eps_i^2 <= sigma^2 (1 + 2 sqrt(l/n) + 2 l/n) (Laurent and Massart).
  const Ball level = log_of_inverse(Rational(delta / 4)) / Ball(samples);
  const Ball noise = Ball(sigma) * sqrt(Ball(1) + Ball(2) * sqrt(level) + Ball(2) * level);
  return start + factor * noise + Ball(target_seminorm);
}

Ball ExplicitChain::trivial() const { return Ball(Rational(4 * sup * sup)); }

void require_valid(const ExplicitChain& chain) {
  require(chain.dimension >= 1, "the dimension must be at least 1, found " + std::to_string(chain.dimension));
  require(chain.samples >= 1, "the number of samples must be at least 1, found " + chain.samples.get_str());
  require(chain.eta > 0, "the step size eta must be positive, found " + to_text_exact(chain.eta));
  require(chain.eta <= 2,
          "Theta_flat is empty for eta > 2 (lambda_max >= 1 for every network with a trained output "
          "bias, and flat means lambda_max <= 2/eta < 1); found eta = " +
              to_text_exact(chain.eta));
  require(chain.sup > 0, "the sup-norm bound must be positive, found " + to_text_exact(chain.sup));
  require(chain.delta > 0 && chain.delta < 1, "delta must lie in (0, 1), found " + to_text_exact(chain.delta));
  require(chain.sigma >= 0, "the noise level sigma must not be negative, found " + to_text_exact(chain.sigma));
  require(chain.target_seminorm >= 0, "|f0|_Vg must not be negative, found " + to_text_exact(chain.target_seminorm));
}

Ball enclose_explicit_bound(const ExplicitChain& chain, const Rational& eps, const Rational& slope_radius, int nodes) {
  require_valid(chain);
  require(eps > 0 && eps < 1, "eps must lie in (0, 1), found " + to_text_exact(eps));
  require(slope_radius > 0 && slope_radius <= 1 - eps, "the radius of step 3 must lie in (0, 1 - eps]");
  const auto deviation = half_space_deviation(chain.dimension, chain.samples, chain.delta);
  const CellMaxima maxima = maximise_over_cells(deviation, chain.dimension, eps, slope_radius, nodes);
  if (!maxima.positive) return Ball::indeterminate();
  const Ball sup(class_sup(chain)), budget = chain.budget();
  const Ball slope = sup / Ball(slope_radius) + budget / Ball(2) * maxima.slope;
  const Ball value =
      complexity(budget, deviation.rho, maxima.psi, slope, Ball(Rational(1 - eps)), sup, sqrt(Ball(chain.samples)));
  return assemble(chain, eps, value);
}

ApproxExplicit approx_explicit_bound(const ExplicitChain& chain, double eps) {
  constexpr int kNodes = 160, kRadii = 24;
  const auto deviation = approx(half_space_deviation(chain.dimension, chain.samples, chain.delta));
  const double budget = chain.budget().mid_double(), sup = class_sup(chain).get_d();
  std::array<double, kNodes + 1> t, weight;
  double psi = 0;
  for (int i = 0; i <= kNodes; ++i) {
    const double h = std::pow(eps, static_cast<double>(i) / kNodes);
    t[i] = 1 - h;
    const HalfSpace<double> here{t[i], uniform_ball::approx::tail(chain.dimension, h),
                                 uniform_ball::approx::excess(chain.dimension, h)};
    weight[i] = deviation.weight_lower_bound(here, here);
    if (!(weight[i] > 0)) return {kInfinity, eps, 0};
    psi = std::max(psi, (h - eps) * std::sqrt(deviation.tail_upper_bound(here.tail)) / weight[i]);
  }
  ApproxExplicit best{kInfinity, eps, 0};
  double slope = kInfinity;
  for (int j = 1; j <= kRadii; ++j) {
    const double r = (1 - eps) * j / kRadii;
    double steepest = 0;
    for (int i = 0; i <= kNodes && t[i] < r; ++i) steepest = std::max(steepest, (1 - t[i] / r) / weight[i]);
    const double candidate = sup / r + budget / 2 * steepest;
    if (candidate < slope) slope = candidate, best.slope_radius = r;
  }
  const double value = complexity(budget, deviation.rho, psi, slope, 1 - eps, sup, std::sqrt(chain.samples.get_d()));
  best.value = assemble(chain, exact_rational(eps), Ball::exact(value)).mid_double();
  return best;
}

ApproxExplicit approx_best_explicit(const ExplicitChain& chain) {
  ApproxExplicit best{kInfinity, 0, 0};
  for (double eps = 0.9; eps > 1e-7; eps *= 0.94) {
    const ApproxExplicit here = approx_explicit_bound(chain, eps);
    if (here.value < best.value) best = here;
    if (!std::isfinite(here.value) || here.value > 4 * best.value) break;  // g_lb decreases in t: no smaller eps either
  }
  return best;
}

ExplicitBound best_explicit_bound(const ExplicitChain& chain) {
  require_valid(chain);
  const PrecisionScope guard(std::min<Bits>(working_precision(), 96));
  ExplicitBound result;
  RiskBound& bound = result.bound;
  const std::string form = chain.sharp ? "_sharp" : "_paper";
  bound.name = (is_gap(chain) ? "explicit_gap" : "explicit_mse") + form;
  bound.source = std::string(is_gap(chain) ? "Theorem 3.5" : "Theorem 3.6") + ", explicit chain" +
                 (chain.sharp ? ", sharp A" : ", paper's A");
  const ApproxExplicit best = approx_best_explicit(chain);
  if (!std::isfinite(best.value)) {
    bound.reason = "the lower bound of g is not positive for any eps tried";
    bound.status = BoundStatus::vacuous, bound.value = chain.trivial();
    return result;
  }
  result.eps = exact_rational(best.eps);
  const Rational radius = std::min(exact_rational(best.slope_radius), Rational(1 - result.eps));
  bound.value = enclose_explicit_bound(chain, result.eps, radius);
  const bool useful = certainly_less(bound.value, chain.trivial());
  bound.status = useful ? BoundStatus::certified : BoundStatus::vacuous;
  if (!useful) bound.reason = "not below the trivial bound";
  if (!bound.value.is_finite()) bound.value = chain.trivial();
  return result;
}

}  // namespace shatterproof
