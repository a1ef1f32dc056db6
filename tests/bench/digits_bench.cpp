// lambda_max to 50 certified digits against power iteration in MPFR, in one run:
//   bench_digits [rounds]
// Two peers, with the same steps: products over all pairs (sample, neuron) by the definition, as one writes them, and
// products over the active pairs only. Their steps are counted from the gap; one product of each is timed.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <functional>

#include "shatterproof/flatness/hessian.hpp"
#include "shatterproof/flatness/refined_enclosure.hpp"
#include "shatterproof/flatness/temple_enclosure.hpp"
#include "shatterproof/linalg/real_traits.hpp"
#include "shatterproof/network/convert.hpp"
#include "timing.hpp"
#include "training.hpp"

using namespace shatterproof;
using namespace shatterproof::bench;

namespace {

constexpr int kDigits = 50;

/// Milliseconds of one product with H in MPFR, over all pairs and over the active ones, and the steps of power
/// iteration until the quotient has 50 digits: its error shrinks by (lambda_2/lambda_1)^2 a step.
struct PowerIteration {
  double all_pairs = 0, active_pairs = 0;
  int steps = 0;
};

/// H x by sums over the pairs (sample, neuron): with q_k = x_v,k (w_k; b_k) + v_k x_k first g_i = x_beta + sum_k a_ik
/// z_i.q_k, then R_k = sum_i a_ik g_i z_i. a_ik is multiplied with, or pairs where it is 0 are left out.
Vector<Real> product(const Hessian<Real>& hessian, const Matrix<Real>& weights, bool all_pairs, const Vector<Real>& x) {
  const Eigen::Index n = hessian.samples(), K = hessian.neurons(), lifted = hessian.lifted().rows();
  Vector<Real> out = Vector<Real>::Constant(x.size(), Real(0));
  Matrix<Real> q(lifted, K), R = Matrix<Real>::Constant(lifted, K, Real(0));
  for (Eigen::Index k = 0; k < K; ++k)
    for (Eigen::Index j = 0; j < lifted; ++j)
      q(j, k) = x(1 + k * (lifted + 1)) * weights(j, k) + hessian.output_weights()(k) * x(2 + k * (lifted + 1) + j);
  const Real on(1), off(0);
  Real term, dot;
  for (Eigen::Index i = 0; i < n; ++i) {
    Real slope = x(0);
    for (Eigen::Index k = 0; k < K; ++k) {
      const bool active = hessian.pattern().active(i, k);
      if (!active && !all_pairs) continue;
      dot = 0;
      for (Eigen::Index j = 0; j < lifted; ++j) dot += term = q(j, k) * hessian.lifted()(j, i);
      slope += dot *= active ? on : off;
    }
    out(0) += slope / n;
    for (Eigen::Index k = 0; k < K; ++k) {
      const bool active = hessian.pattern().active(i, k);
      if (!active && !all_pairs) continue;
      dot = slope * (active ? on : off);
      for (Eigen::Index j = 0; j < lifted; ++j) R(j, k) += term = dot * hessian.lifted()(j, i);
    }
  }
  for (Eigen::Index k = 0; k < K; ++k) {
    const Eigen::Index at = 1 + k * (lifted + 1);
    for (Eigen::Index j = 0; j < lifted; ++j) {
      const Real sum = R(j, k) / n, block = hessian.blocks()(j, k);
      out(at) += weights(j, k) * sum + block * x(at + 1 + j);
      out(at + 1 + j) = hessian.output_weights()(k) * sum + block * x(at);
    }
  }
  return out;
}

PowerIteration power_iteration(const Problem<double>& problem, const ActivationPattern& pattern,
                               const RitzPair<double>& ritz) {
  const RealPrecisionScope scope(80);
  const Hessian<Real> hessian(convert_problem<Real>(problem, [](double x) { return Real(x); }), pattern);
  Vector<Real> x(hessian.size());
  for (Eigen::Index p = 0; p < x.size(); ++p) x(p) = Real(p % 7 - 3);
  PowerIteration peer;
  Matrix<Real> weights(problem.network.dimension() + 1, hessian.neurons());
  for (Eigen::Index k = 0; k < hessian.neurons(); ++k) {
    for (Eigen::Index j = 0; j < problem.network.dimension(); ++j) weights(j, k) = Real(problem.network.W(k, j));
    weights(problem.network.dimension(), k) = Real(problem.network.b(k));
  }
  Vector<Real> over_all, over_active;
  peer.all_pairs = milliseconds([&] { over_all = product(hessian, weights, true, x); });
  peer.active_pairs = milliseconds([&] { over_active = product(hessian, weights, false, x); });
  for (Eigen::Index p = 0; p < x.size(); ++p)
    if (!(abs(over_all(p) - over_active(p)) < 1e-50)) fmt::print("the peers' products DIFFER\n");
  const double ratio = (ritz.value - ritz.gap) / ritz.value;
  peer.steps = static_cast<int>(std::ceil(kDigits * std::log(10.0) / (-2 * std::log(std::abs(ratio)))));
  return peer;
}

void report(const std::string& name, const Problem<double>& problem, int rounds) {
  const auto settle = settle_exactly(problem);
  const BallProblem balls = [&] { return convert_problem<Ball>(problem, [](double x) { return Ball::exact(x); }); };
  std::optional<RefinedEnclosure> value;
  std::vector<double> ours, uncertified;
  for (int r = 0; r < rounds; ++r) {
    ours.push_back(milliseconds([&] { value = enclose_refined(BoundedHessian(problem, settle), balls, kDigits); }));
    uncertified.push_back(
        milliseconds([&] { (void)approx_top_pair(BoundedHessian(problem, settle).hessian(), 1e-10); }));
  }
  std::sort(ours.begin(), ours.end());
  std::sort(uncertified.begin(), uncertified.end());
  const double time = ours[ours.size() / 2];
  if (!value) return fmt::print("{:<18} no enclosure\n", name);
  const RitzPair<double> ritz = approx_top_pair(BoundedHessian(problem, settle).hessian(), 1e-13);
  const auto peer = power_iteration(problem, activation_pattern(exact_problem(problem)), ritz);
  const PrecisionScope scope(400);
  fmt::print("{:<18} {:>8.2f} {:>8.2f} {:>8.1f}x {:>6} {:>10.1f} {:>9.0f}x {:>10.1f} {:>9.0f}x   {}\n", name, time,
             ours.back(), time / uncertified[uncertified.size() / 2], peer.steps, peer.all_pairs,
             peer.all_pairs * peer.steps / time, peer.active_pairs, peer.active_pairs * peer.steps / time,
             to_text(value->value, kDigits).lower);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::stoi(arguments[1]) : 5;
  fmt::print("{:<18} {:>8} {:>8} {:>9} {:>6} {:>10} {:>10} {:>10} {:>10}\n", "state n,d,K", "ours ms", "slowest",
             "/double", "steps", "all pairs", "MPFR/ours", "active", "MPFR/ours");
  fmt::print("{:<18} {:>8} {:>8} {:>9} {:>6} {:>10} {:>10} {:>10} {:>10}\n", "", "median", "", "", "MPFR", "ms a step",
             "", "ms a step", "");
  for (const auto& [n, d, K] : {std::tuple{128L, 2L, 512L}, {512L, 5L, 1024L}, {512L, 10L, 2048L}, {1024L, 32L, 16L}}) {
    Problem<double> problem = bench::random_state(n, d, K);
    report(fmt::format("{},{},{} init", n, d, K), problem, rounds);
    bench::descend(problem, 2000, K > 100 ? 0.1 : 1.0);
    report(fmt::format("{},{},{} flat", n, d, K), problem, rounds);
  }
}
