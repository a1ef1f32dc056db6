#include "shatterproof/bounds/candidates.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/bounds/bayes_risk.hpp"
#include "shatterproof/numeric/bpsk.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

// A short rational at most x, relative error 1e-9: a critical eps must not be rounded up.
Rational just_below(double x) {
  const double scale = std::pow(10.0, std::ceil(-std::log10(x)) + 9);
  Rational value(Integer(std::floor(x * (1 - 1e-12) * scale)), Integer(scale));
  value.canonicalize();
  return value;
}

Candidate candidate_near(long dimension, double eps) {
  const Rational exact = eps >= 1 ? Rational(1) : just_below(eps);
  return {exact, certified_caps(dimension, exact)};
}

// Largest eps for which a code of largest cosine c has disjoint caps: eps^2 = 1 - sqrt((1+c)/2).
double critical_eps(double cosine) {
  const double half_gap = (1 - cosine) / 2;  // 1 - sqrt(1 - g) without cancellation
  return std::sqrt(half_gap / (1 + std::sqrt(1 - half_gap)));
}

std::vector<double> known_cosines(long d) {
  std::vector<double> cosines = {
      -1,      -0.5, -1.0 / static_cast<double>(d), 0,      1.0 / 6, 0.2, 0.25, 1.0 / 3, 1 / std::sqrt(5.0), 0.5,
      2.0 / 3, 0.75, (1 + std::sqrt(5.0)) / 4,      5.0 / 6};
  for (int m = 2; m <= 150; ++m) cosines.push_back(1 - 1.0 / m);  // lattice shells: 1 - 1/m and 1 - 1/(2m)
  if (d == 2) {                                                   // regular polygons
    for (double k = 2; k < 1e6; k += std::floor(1 + k / 100)) cosines.push_back(std::cos(2 * M_PI / k));
  }
  return cosines;
}

double log_hamming_entropy_gap(double x) { return std::log(2.0) + x * std::log(x) + (1 - x) * std::log1p(-x); }

double approx_fano_gilbert(double caps, double snr) {
  const double information = caps * snr / 2 + std::log(2.0);
  double best = 0;
  if (caps <= 300) {
    double volume = 0, binomial = 1;
    for (double w = 1; w <= caps; ++w) {
      volume += binomial;
      binomial *= (caps - w + 1) / w;
      const double log_size = caps * std::log(2.0) - std::log(volume);
      if (log_size > information) best = std::max(best, w * (1 - information / log_size));
    }
    return 2 * best / caps;
  }
  constexpr double kLeastShare = 1e-30;  // 0.5 / caps may be 0, from where no factor leads away
  for (double x = std::max(0.5 / caps, kLeastShare); x < 0.5; x *= 1.05)
    best = std::max(best, x * caps * (1 - information / (caps * log_hamming_entropy_gap(x))));
  return 2 * best / caps;
}

}  // namespace

std::vector<Candidate> cap_candidates(long dimension, const Integer& samples) {
  const double typical = std::pow(std::max(1.0, samples.get_d()), -1.0 / static_cast<double>(dimension + 1));
  const double least = std::max(typical / 12, 1e-8);
  std::vector<double> eps = {1.0};
  for (double e = 0.98; e > least; e *= 0.955) eps.push_back(e);
  for (double c : known_cosines(dimension))
    if (critical_eps(c) > least) eps.push_back(critical_eps(c));
  std::sort(eps.begin(), eps.end(), std::greater<>());
  std::vector<Candidate> candidates;
  for (double e : eps) candidates.push_back(candidate_near(dimension, e));
  return candidates;
}

std::vector<Candidate> refined_candidates(long dimension, const Rational& eps) {
  std::vector<Candidate> candidates;
  for (int i = -9; i <= 9; ++i) {
    const double e = eps.get_d() * std::exp(0.005 * i);
    if (i != 0 && e < 1) candidates.push_back(candidate_near(dimension, e));
  }
  return candidates;
}

std::vector<ApproxBound> approx_cube_bounds(const MinimaxProblem& problem, const Candidate& candidate) {
  const long d = problem.dimension;
  const double eps = candidate.eps.get_d(), h = eps * eps, caps = candidate.caps.get_d();
  const double n = problem.samples.get_d(), sigma = problem.sigma.get_d();
  const double used = caps * std::pow(eps, 2 * d + 2);
  const double m = std::min(problem.sup_norm.get_d(), problem.seminorm.get_d() / used);
  const double per_cap = m * m * uniform_ball::approx::atom_norm2(d, h), mass = uniform_ball::approx::tail(d, h);
  const double energy = caps * per_cap, s = n == 0 ? 0 : n * per_cap / (sigma * sigma);
  const double log_words = caps / 8 * std::log(2.0) + std::log1p(std::exp2(-caps / 8));
  const double vg = caps < 8 ? 0 : energy / 8 * (1 - (2 * caps * s + std::log(2.0)) / log_words);
  const ApproxBayesInput bayes{d, h, n, m / sigma, caps, per_cap, mass};
  const double s_half = std::sqrt(s / 2);
  return {{"fano_vg_quarter", vg},
          {"fano_vg_half", 2 * vg},
          {"fano_gv", caps < 2 ? 0 : energy * approx_fano_gilbert(caps, s)},
          {"assouad_2Q", energy * std::erfc(s_half)},
          {"assouad_mmse", s > 1500 ? 0 : energy * approx_bpsk_mmse(s)},
          {"one_line_exp", energy * std::exp(-s)},
          {"one_line_product", approx_one_line_product(bayes)},
          {"empty_caps", energy * std::exp(n * std::log1p(-mass))},
          {"bayes_exact", approx_bayes_risk(bayes)}};
}

ApproxSlab approx_slab_bound(const MinimaxProblem& problem, const Candidate& candidate, long most) {
  const double d = static_cast<double>(problem.dimension), eps = candidate.eps.get_d(), h = eps * eps;
  const double caps = candidate.caps.get_d(), n = problem.samples.get_d();
  const double sup = problem.sup_norm.get_d(), sigma = problem.sigma.get_d();
  // T is about 8 K^2 h^(d+1)/(d+3) (1 + (d+2)(d+3)/(48 K^2)), from above.
  const double unit = 8 * std::pow(h, d + 1) / (d + 3) * caps * sup, extra = (d + 2) * (d + 3) / 48;
  const double square = problem.seminorm.get_d() / unit - extra;
  // Compared in double: square is infinite or NaN where the seminorm of a unit overflows or underflows.
  const double wanted = std::sqrt(square);
  const long slabs = wanted >= static_cast<double>(most) ? most : wanted > 1 ? static_cast<long>(wanted) : 1;
  const double k2 = static_cast<double>(slabs) * static_cast<double>(slabs);
  const double m = std::min(sup, sup * problem.seminorm.get_d() / (unit * (k2 + extra)));
  const double width = h / static_cast<double>(slabs), scale = n * m * m / (sigma * sigma);
  const long samples = std::min(slabs, 24L);
  const double c1 = uniform_ball::approx::c1(problem.dimension);
  ApproxSlab result{slabs, 0, 0};
  for (long i = 0; i < samples; ++i) {
    const double depth = h * (static_cast<double>(i) + 0.5) / static_cast<double>(samples);
    const double mass = c1 * width * std::pow(depth * (2 - depth), (d - 1) / 2), b = mass / 3;
    const double s = n == 0 ? 0 : scale * b;
    result.mmse += s > 1500 ? 0 : b * approx_bpsk_mmse(s);
    result.sigma_free += b * std::exp(n * std::log1p(-std::min(mass, 1.0)));
  }
  const double total = caps * m * m * static_cast<double>(slabs) / static_cast<double>(samples);
  result.mmse *= total, result.sigma_free *= total;
  return result;
}

}  // namespace shatterproof
