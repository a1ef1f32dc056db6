#include "shatterproof/network/convert.hpp"

#include <mpfr.h>

#include <cmath>

#include "shatterproof/network/activation.hpp"

namespace shatterproof {
namespace {

bool is_close(double rounded, const Ball& exact) {
  const Ball error = abs(exact - Ball::exact(rounded));
  return certainly_less_or_equal(error, abs(Ball::exact(rounded)) * Ball::exact(0x1p-52));
}

template <class Rounded, class Exact>
bool all_close(const Rounded& rounded, const Exact& exact) {
  for (Eigen::Index j = 0; j < exact.cols(); ++j)
    for (Eigen::Index i = 0; i < exact.rows(); ++i)
      if (!is_close(rounded(i, j), exact(i, j))) return false;
  return true;
}

}  // namespace

double rounded_double(const Rational& value) {
  mpfr_t x;
  mpfr_init2(x, 53);
  mpfr_set_q(x, value.get_mpq_t(), MPFR_RNDN);
  const double result = mpfr_get_d(x, MPFR_RNDN);
  mpfr_clear(x);
  return result;
}

Problem<double> to_double(const Problem<Rational>& problem) {
  return convert_problem<double>(problem, [](const Rational& x) { return rounded_double(x); });
}

Problem<double> to_double(const Problem<Ball>& problem) {
  return convert_problem<double>(problem, [](const Ball& x) { return x.mid_double(); });
}

std::optional<Problem<double>> close_doubles(const Problem<Ball>& problem) {
  Problem<double> rounded = to_double(problem);
  const auto& [network, data] = problem;
  const bool close = all_close(rounded.network.W, network.W) && all_close(rounded.network.b, network.b) &&
                     all_close(rounded.network.v, network.v) && is_close(rounded.network.beta, network.beta) &&
                     all_close(rounded.data.X, data.X) && all_close(rounded.data.y, data.y);
  if (!close) return {};
  return rounded;
}

std::optional<Problem<double>> close_doubles(const Problem<Rational>& problem) {
  bool close = true;
  Problem<double> rounded = convert_problem<double>(problem, [&](const Rational& x) {
    const double nearest = rounded_double(x), size = std::abs(nearest);
    close = close && (sgn(x) == 0 || (size >= 1e-300 && size <= 1e300));
    return nearest;
  });
  if (!close) return {};
  return rounded;
}

Problem<Rational> exact_problem(const Problem<double>& problem) {
  return convert_problem<Rational>(problem, [](double x) { return exact_rational(x); });
}

Problem<Ball> to_ball(const Problem<Rational>& problem) {
  return convert_problem<Ball>(problem, [](const Rational& x) { return Ball(x); });
}

BallProblem ball_problem(Problem<Rational> problem) {
  return [problem = std::move(problem)] { return to_ball(problem); };
}

}  // namespace shatterproof
