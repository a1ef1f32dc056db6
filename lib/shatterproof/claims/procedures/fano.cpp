// Procedure on Lemma J.1: fano_squared.
#include <fmt/format.h>

#include <algorithm>

#include "registry.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/linalg/matrix.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {
namespace {

/// A uniform index J on m points of R^k is seen through a channel with finitely many outputs.
struct FanoProblem {
  Matrix<Rational> points;   ///< m x k, pairwise distinct
  Matrix<Rational> channel;  ///< m x outputs, rows sum to 1: P(output | J)
};

Rational squared_distance(const Matrix<Rational>& points, long i, long j) {
  const Vector<Rational> difference = (points.row(i) - points.row(j)).transpose();
  return difference.dot(difference);
}

/// s^2, the least squared distance of two points.
Rational separation(const Matrix<Rational>& points) {
  Rational least = squared_distance(points, 0, 1);
  for (long i = 0; i < points.rows(); ++i)
    for (long j = i + 1; j < points.rows(); ++j) least = std::min(least, squared_distance(points, i, j));
  return least;
}

/// E ||f_J - E[f_J | output]||^2: half the mean squared distance of two independent draws from the posterior.
Rational bayes_risk(const FanoProblem& problem) {
  const long m = problem.points.rows();
  Rational risk = 0;
  for (long x = 0; x < problem.channel.cols(); ++x) {
    Rational total = 0, pairs = 0;
    for (long j = 0; j < m; ++j) total += problem.channel(j, x);
    if (sgn(total) == 0) continue;
    for (long i = 0; i < m; ++i)
      for (long j = i + 1; j < m; ++j)
        pairs += problem.channel(i, x) * problem.channel(j, x) * squared_distance(problem.points, i, j);
    risk += pairs / total;
  }
  return risk / m;
}

/// I(J; output) in nats.
Ball mutual_information(const Matrix<Rational>& channel) {
  const long m = channel.rows();
  Ball sum(0);
  for (long x = 0; x < channel.cols(); ++x) {
    Rational total = 0;
    for (long j = 0; j < m; ++j) total += channel(j, x);
    for (long j = 0; j < m; ++j)
      if (sgn(channel(j, x)) > 0) sum += Ball(channel(j, x)) * log(Ball(Rational(channel(j, x) * m / total)));
  }
  return sum / Ball(m);
}

/// Random points and a channel that is closer to useless by `dulling`.
FanoProblem random_problem(Random& random, long m, long k, long outputs, long dulling) {
  FanoProblem problem{Matrix<Rational>(m, k), Matrix<Rational>(m, outputs)};
  do {
    for (long j = 0; j < m; ++j)
      for (long c = 0; c < k; ++c) problem.points(j, c) = static_cast<long>(random.below(17)) - 8;
  } while (sgn(separation(problem.points)) == 0);
  for (long j = 0; j < m; ++j) {
    Rational total = 0;
    for (long x = 0; x < outputs; ++x) {
      problem.channel(j, x) = dulling + static_cast<long>(random.below(8));
      total += problem.channel(j, x);
    }
    for (long x = 0; x < outputs; ++x) problem.channel(j, x) /= total;
  }
  return problem;
}

/// m points at equal distances sqrt(2), seen through nothing: the risk is s^2/2 (1 - 1/m).
FanoProblem simplex(long m) {
  FanoProblem problem{Matrix<Rational>::Identity(m, m), Matrix<Rational>(m, 1)};
  for (long j = 0; j < m; ++j) problem.channel(j, 0) = 1;
  return problem;
}

/// Bayes risk >= constant s^2 (1 - (I + log 2)/log m), exactly and by balls, on random problems and on simplices.
ProcedureResult fano_squared(const Parameters& p) {
  const PrecisionScope scope(128);
  const Rational constant = parse_rational(p.text("constant"));
  const long instances = p.integer("instances");
  require(constant > 0 && instances >= 1, "constant must be positive and instances at least 1");
  Random random(static_cast<std::uint64_t>(p.integer("seed")));
  ProcedureResult result;
  result.verdict = Verdict::supported;
  long with_content = 0;
  double least = 1e300;
  const auto see = [&](const FanoProblem& problem, const std::string& what) {
    const Ball log_m = log(Ball(static_cast<long>(problem.points.rows())));
    const Ball bracket = Ball(1) - (mutual_information(problem.channel) + log(Ball(2))) / log_m;
    const Ball risk(bayes_risk(problem)), bound = Ball(Rational(constant * separation(problem.points))) * bracket;
    ++result.instances;
    if (certainly_less(risk, bound)) {
      if (result.verdict != Verdict::refuted)
        result.detail = fmt::format("{}: Bayes risk {:.6g}, bound {:.6g}", what, risk.mid_double(), bound.mid_double());
      result.verdict = Verdict::refuted;
    } else if (!certainly_less_or_equal(bound, risk)) {
      result.verdict = both(result.verdict, Verdict::undecided);
    }
    if (certainly_positive(bracket)) ++with_content, least = std::min(least, (risk / bound).lower_double());
  };
  for (long i = 0; i < instances; ++i) {
    const long m = 3 + static_cast<long>(random.below(12)), k = 1 + static_cast<long>(random.below(4));
    see(random_problem(random, m, k, 2 + static_cast<long>(random.below(4)), 1 + 10 * (i % 4)),
        fmt::format("random problem {}", i));
  }
  for (const long m : {3, 4, 8, 16, 32, 64}) see(simplex(m), fmt::format("simplex of {} points", m));
  result.method = "exact Bayes risks of random finite problems";
  if (least < 1e300) result.slack = fmt::format("at least {:.3f}x", least);
  if (result.detail.empty())
    result.detail = fmt::format("{} problems, the bracket is positive in {}", result.instances, with_content);
  return result;
}

}  // namespace

void add_fano(std::vector<Procedure>& list) {
  list.push_back({"fano_squared",
                  "Lemma J.1 for squared Hilbert norms against exact Bayes risks of finite problems",
                  {"constant", "instances", "seed"},
                  fano_squared});
}

}  // namespace shatterproof
