// Measured ratios, each against a named peer on the same data in one run: `cmake --build --preset release --target
// bench`.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>

#include "flatness/random_problem.hpp"
#include "shatterproof/flatness/approx_lambda_max.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/sphere/packing.hpp"

using namespace shatterproof;
using shatterproof::testing::random_problem;

namespace {

/// Seconds of the fastest of three runs.
double seconds(const std::function<void()>& work) {
  double best = std::numeric_limits<double>::infinity();
  for (int run = 0; run < 3; ++run) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

void report(const std::string& what, double ours, const std::string& peer, double theirs) {
  fmt::print("{:<52} {:>10.3f} ms   {:<44} {:>10.3f} ms   ratio {:>8.2f}\n", what, 1e3 * ours, peer, 1e3 * theirs,
             ours / theirs);
}

/// The price of certainty: an enclosure to 12 digits against Spectra's uncertified value.
void bench_lambda_max(int samples, int neurons, int dimension) {
  const Problem<Rational> problem = random_problem(samples, neurons, dimension, 1);
  const ActivationPattern pattern = activation_pattern(problem);
  const BallProblem enclosed = ball_problem(problem);
  const double ours = seconds([&] { (void)enclose_lambda_max(enclosed, pattern, 12); });
  const double spectra = seconds([&] { (void)approx_lambda_max_double(problem, pattern); });
  report(fmt::format("enclose_lambda_max n={} K={} d={}, 12 digits", samples, neurons, dimension), ours,
         "Spectra, matrix-free, double, uncertified", spectra);
}

/// Certifying a packing against looking at all pairs in doubles, which proves nothing.
void bench_separation(long d, const char* eps) {
  const Packing packing = best_packing(d, parse_rational(eps));
  if (!packing.code) return;
  const Rational h = packing.eps * packing.eps;
  const Rational s = 1 - 4 * h + 2 * h * h;
  const double ours = seconds([&] { (void)certify_separation(*packing.code, s); });
  const Matrix<double> u = approx_centres(*packing.code).transpose();
  double largest = -1;
  const double naive = seconds([&] {
    for (Eigen::Index j = 1; j < u.cols(); ++j)
      largest = std::max(largest, (u.leftCols(j).transpose() * u.col(j)).maxCoeff());
  });
  report(fmt::format("certify_separation d={} N={}", d, packing.count.get_str()), ours,
         fmt::format("all pairs in double (max {:.4f})", largest), naive);
}

void bench_weight(long d) {
  constexpr int kPoints = 1000;
  double sum = 0;
  const double ours = seconds([&] {
    for (int i = 1; i <= kPoints; ++i) sum += uniform_ball::approx::weight_plus(d, i / double(kPoints));
  });
  const PrecisionScope scope(64);
  const double ball = seconds([&] {
    for (int i = 1; i <= kPoints; ++i) sum += uniform_ball::weight_plus(d, Ball(i) / Ball(kPoints)).mid_double();
  });
  report(fmt::format("weight in double, d={}, 1000 points", d), ours,
         fmt::format("the same in balls of 64 bits (sum {:.3g})", sum), ball);
}

}  // namespace

int main() {
  for (int n : {32, 64, 128}) bench_lambda_max(n, 2 * n, 5);
  for (const char* eps : {"0.1", "0.05", "0.02"}) bench_separation(3, eps);
  bench_separation(8, "0.2");
  for (long d : {3L, 50L, 1000L}) bench_weight(d);
}
