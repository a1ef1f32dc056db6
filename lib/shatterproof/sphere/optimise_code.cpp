#include "shatterproof/sphere/optimise_code.hpp"

#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"

namespace shatterproof {
namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
constexpr double kLastSteepness = 5000;
/// Gentle starts all lead to a few smooth optima; steeper ones reach others (13 to 18 points on S^2 need them).
constexpr double kFirstSteepness[] = {5, 20, 80, 20};
constexpr long kLargeCode = 400;  // coordinates
/// Sequential quadratic programming costs the cube of the coordinates.
constexpr long kMostPolishedCoordinates = 260;

struct NloptDeleter {
  void operator()(nlopt_opt_s* problem) const { nlopt_destroy(problem); }
};
using NloptProblem = std::unique_ptr<nlopt_opt_s, NloptDeleter>;

Rows normalised(const Rows& x) { return x.array().colwise() / x.rowwise().norm().array(); }

Matrix<double> inner_products(const Rows& unit) {
  Matrix<double> g = unit * unit.transpose();
  g.diagonal().setConstant(-2);
  return g;
}

double max_cosine(const Rows& unit) { return inner_products(unit).maxCoeff(); }

struct Energy {
  long n, d;
  double steepness;
};

/// log(sum over pairs of exp(b u_i.u_j))/b of u_i = x_i/|x_i|, which tends to the largest inner product as b grows.
double energy(unsigned, const double* x, double* gradient, void* data) {
  const Energy& e = *static_cast<const Energy*>(data);
  const Eigen::Map<const Rows> rows(x, e.n, e.d);
  const Vector<double> length = rows.rowwise().norm();
  const Rows unit = rows.array().colwise() / length.array();
  Matrix<double> weight = inner_products(unit);
  const double top = weight.maxCoeff();
  weight = ((weight.array() - top) * e.steepness).exp();
  const double sum = weight.sum();
  if (gradient) {
    const Rows pull = (2 / sum) * (weight * unit);
    const Vector<double> along = (pull.array() * unit.array()).rowwise().sum();
    Eigen::Map<Rows>(gradient, e.n, e.d) =
        (pull.array() - unit.array().colwise() * along.array()).colwise() / length.array();
  }
  return top + std::log(sum) / e.steepness;
}

/// A gentle energy lets points of a large code fall together, and equal points stay together: there the start is as
/// steep as the spacing asks for.
double first_steepness(long n, long d, long round) {
  if (n * d <= kLargeCode) return kFirstSteepness[round % 4];
  return std::clamp(4 * std::pow(double(n), 2.0 / double(d - 1)), 20.0, 320.0);
}

Rows minimise_energy(Rows x, double first, Random& random) {
  const long n = x.rows(), d = x.cols();
  const int evaluations = n * d <= kLargeCode ? 60 : 40;
  const double nudge = 0.01 * std::pow(double(n), -1.0 / double(d - 1));
  for (double steepness = first; steepness <= kLastSteepness; steepness *= 4) {
    if (n * d > kLargeCode)
      for (long k = 0; k < x.size(); ++k) x.data()[k] += nudge * random.normal();
    Energy e{n, d, steepness};
    const NloptProblem problem(nlopt_create(NLOPT_LD_LBFGS, static_cast<unsigned>(n * d)));
    nlopt_set_min_objective(problem.get(), energy, &e);
    nlopt_set_maxeval(problem.get(), steepness * 4 > kLastSteepness ? 150 : evaluations);
    nlopt_set_ftol_rel(problem.get(), 1e-13);
    const Rows before = x;
    double value = 0;
    nlopt_optimize(problem.get(), x.data(), &value);  // any return code: the points are judged by what they are
    x = x.allFinite() && x.rowwise().norm().minCoeff() > 0 ? normalised(x) : before;
  }
  return x;
}

struct NearPairs {
  long n, d;
  std::vector<std::pair<long, long>> pairs;
};

/// u_i.u_j - t <= 0 for the near pairs; the variables are x and, last, t.
void near_pair_constraints(unsigned count, double* result, unsigned variables, const double* x, double* gradient,
                           void* data) {
  const NearPairs& near = *static_cast<const NearPairs*>(data);
  const Rows rows = Eigen::Map<const Rows>(x, near.n, near.d);
  if (gradient) std::fill(gradient, gradient + std::size_t(count) * variables, 0.0);
  for (std::size_t k = 0; k < count; ++k) {
    const auto [i, j] = near.pairs[k];
    const double a = rows.row(i).norm(), b = rows.row(j).norm(), g = rows.row(i).dot(rows.row(j)) / (a * b);
    result[k] = g - x[variables - 1];
    if (!gradient) continue;
    double* row = gradient + k * variables;
    for (long c = 0; c < near.d; ++c) {
      row[i * near.d + c] = rows(j, c) / (a * b) - g * rows(i, c) / (a * a);
      row[j * near.d + c] = rows(i, c) / (a * b) - g * rows(j, c) / (b * b);
    }
    row[variables - 1] = -1;
  }
}

double last_variable(unsigned variables, const double* x, double* gradient, void*) {
  if (gradient) std::fill(gradient, gradient + variables, 0.0), gradient[variables - 1] = 1;
  return x[variables - 1];
}

/// One run of sequential quadratic programming on the largest inner product; the better of start and result.
Rows polish(const Rows& start) {
  const double before = max_cosine(start);
  const Matrix<double> g = inner_products(start);
  NearPairs near{start.rows(), start.cols(), {}};
  constexpr double kNear = 0.02;
  for (long i = 0; i < near.n; ++i)
    for (long j = 0; j < i; ++j)
      if (g(i, j) > before - kNear) near.pairs.emplace_back(i, j);
  std::vector<double> x(start.data(), start.data() + start.size());
  x.push_back(before);
  const NloptProblem problem(nlopt_create(NLOPT_LD_SLSQP, static_cast<unsigned>(x.size())));
  nlopt_set_min_objective(problem.get(), last_variable, nullptr);
  const std::vector<double> tolerance(near.pairs.size(), 1e-15);
  nlopt_add_inequality_mconstraint(problem.get(), static_cast<unsigned>(near.pairs.size()), near_pair_constraints,
                                   &near, tolerance.data());
  nlopt_set_maxeval(problem.get(), 40);
  nlopt_set_xtol_rel(problem.get(), 1e-15);
  double value = 0;
  nlopt_optimize(problem.get(), x.data(), &value);
  const Rows end = Eigen::Map<const Rows>(x.data(), near.n, near.d);
  if (!end.allFinite() || !(end.rowwise().norm().minCoeff() > 0.5)) return start;
  const Rows unit = normalised(end);
  return max_cosine(unit) < before ? unit : start;
}

/// Polishes until nothing is gained; where the first run fails (it sometimes stops at once), from points next to it.
Rows polished(const Rows& start, Random& random) {
  Rows best = start;
  constexpr int kRounds = 4;
  for (int round = 0; round < kRounds; ++round) {
    Rows from = best;
    if (round > 0)
      for (long k = 0; k < from.size(); ++k) from.data()[k] += 1e-6 * random.normal();
    const Rows next = polish(normalised(from));
    const double gain = max_cosine(best) - max_cosine(next);
    if (gain > 0) best = next;
    if (round > 0 && std::abs(gain) < 1e-13) break;  // two runs agree
  }
  return best;
}

long default_restarts(long coordinates) {
  return coordinates <= 60 ? 120 : coordinates <= 120 ? 24 : coordinates <= kLargeCode ? 6 : 1;
}

}  // namespace

Matrix<double> approx_best_code(long d, long n, const OptimiserEffort& effort) {
  require(d >= 2 && d <= kMostOptimisedDimension, "the optimiser needs 2 <= d <= 10, got " + std::to_string(d));
  require(n >= 2 && n <= kMostOptimisedPoints, "the optimiser needs 2 <= N <= 2000, got " + std::to_string(n));
  require(effort.restarts >= 0 && effort.restarts <= 100000, "the number of restarts must be in 0..100000");
  const long restarts = effort.restarts > 0 ? effort.restarts : default_restarts(n * d);
  Random random(effort.seed);
  Rows best;
  for (long round = 0; round < restarts; ++round) {
    Rows start(n, d);
    for (long k = 0; k < start.size(); ++k) start.data()[k] = random.normal();
    Rows code = minimise_energy(normalised(start), first_steepness(n, d, round), random);
    // Only a start that may win is worth polishing: the energy leaves less than this to gain.
    constexpr double kLargestGain = 1e-3;
    const double record = round == 0 ? 2.0 : max_cosine(best);
    if (n * d <= kMostPolishedCoordinates && max_cosine(code) < record + kLargestGain) code = polished(code, random);
    if (max_cosine(code) < record) best = code;
  }
  return best;
}

}  // namespace shatterproof
