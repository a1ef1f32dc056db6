// lambda_max to 50 certified digits against power iteration in MPFR on the same products, in one run:
//   bench_digits [rounds]
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

/// Milliseconds of one product with H in MPFR, sums over the active pairs, and the steps of power iteration until the
/// quotient has 50 digits: its error shrinks by (lambda_2/lambda_1)^2 a step.
struct PowerIteration {
  double step = 0;
  int steps = 0;
};

PowerIteration power_iteration(const Problem<double>& problem, const ActivationPattern& pattern,
                               const RitzPair<double>& ritz) {
  const RealPrecisionScope scope(80);
  const Hessian<Real> hessian(convert_problem<Real>(problem, [](double x) { return Real(x); }), pattern);
  Vector<Real> x(hessian.size());
  for (Eigen::Index p = 0; p < x.size(); ++p) x(p) = Real(p % 7 - 3);
  PowerIteration peer;
  peer.step = milliseconds([&] { x = hessian.apply(x); });
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
  fmt::print("{:<18} {:>8.2f} {:>8.1f}x {:>10.1f} x {:>3} = {:>9.0f} ms, {:>7.0f}x   {}\n", name, time,
             time / uncertified[uncertified.size() / 2], peer.step, peer.steps, peer.step * peer.steps,
             peer.step * peer.steps / time, to_text(value->value, kDigits).lower);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::stoi(arguments[1]) : 5;
  fmt::print("{:<18} {:>8} {:>9} {:>10}   {}\n", "state n,d,K", "ours ms", "/double", "MPFR step",
             "steps (from the gap)");
  for (const auto& [n, d, K] : {std::tuple{128L, 2L, 512L}, {512L, 5L, 1024L}, {512L, 10L, 2048L}, {1024L, 32L, 16L}}) {
    Problem<double> problem = bench::random_state(n, d, K);
    report(fmt::format("{},{},{} init", n, d, K), problem, rounds);
    bench::descend(problem, 2000, K > 100 ? 0.1 : 1.0);
    report(fmt::format("{},{},{} flat", n, d, K), problem, rounds);
  }
}
