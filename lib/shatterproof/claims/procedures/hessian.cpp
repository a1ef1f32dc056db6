#include <fmt/format.h>

#include "random_problem.hpp"
#include "registry.hpp"
#include "second_differences.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/approx_lambda_max.hpp"
#include "shatterproof/flatness/inertia.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/network/evaluate.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

/// L from the rectifiers themselves, without a pattern.
Rational plain_loss(const Problem<Rational>& problem) {
  Rational sum = 0;
  for (Index i = 0; i < problem.data.samples(); ++i) {
    const Vector<Rational> x = problem.data.X.row(i);
    const Rational r = value_at(problem.network, x) - problem.data.y(i);
    sum += r * r;
  }
  return sum / (2 * static_cast<long>(problem.data.samples()));
}

/// Runs a check on random instances of every dimension asked for; a text returned by it is a witness against the claim.
using Check = std::function<std::string(const Problem<Rational>&)>;

ProcedureResult over_instances(const Parameters& parameters, long neurons, long samples, const Check& check,
                               const std::string& detail) {
  const long per_dimension = parameters.has("instances") ? parameters.integer("instances") : 4;
  require(per_dimension >= 1, "parameter 'instances' must be at least 1");
  Random random(static_cast<std::uint64_t>(parameters.integer("seed")));
  ProcedureResult result;
  for (const long d : parameters.integers("dims"))
    for (long instance = 0; instance < per_dimension; ++instance) {
      const long K = 1 + static_cast<long>(random.below(static_cast<std::uint64_t>(neurons)));
      const long n = 1 + static_cast<long>(random.below(static_cast<std::uint64_t>(samples)));
      const Problem<Rational> problem = random_problem(random, d, K, n, 1);
      const std::string witness = check(problem);
      ++result.instances;
      if (witness.empty()) continue;
      result.verdict = Verdict::refuted;
      result.detail = fmt::format("d = {}, K = {}, n = {}, instance {}: {}", d, K, n, instance, witness);
      return result;
    }
  // Random instances, each decided exactly, stand for a general statement.
  result.verdict = Verdict::supported;
  result.detail = detail;
  return result;
}

std::string check_structure(const Problem<Rational>& problem) {
  const Hessian<Rational> hessian(problem, activation_pattern(problem));
  const Matrix<Rational> H = hessian.dense(), expected = SecondDifferences(problem, plain_loss).matrix();
  Rational trace = 0;
  for (Index p = 0; p < H.rows(); ++p) {
    trace += expected(p, p);
    for (Index q = 0; q < H.cols(); ++q)
      if (H(p, q) != expected(p, q))
        return fmt::format("H({}, {}) = {}, differences give {}", p, q, to_text_exact(H(p, q)),
                           to_text_exact(expected(p, q)));
  }
  if (trace == hessian.trace()) return "";
  return "the trace is " + to_text_exact(trace) + ", (H4) gives " + to_text_exact(hessian.trace());
}

std::string check_inertia(const Problem<Rational>& problem) {
  const ActivationPattern pattern = activation_pattern(problem);
  const Matrix<Rational> H = SecondDifferences(problem, plain_loss).matrix();
  // No ||s_k|| can meet these shifts: its square has only the primes 2 and 3 in the denominator, because n <= 4.
  for (const Rational& sigma : {Rational(-5, 7), Rational(-1, 77), Rational(1, 77), Rational(5, 7), Rational(12, 11)}) {
    Matrix<Rational> shifted = H;
    for (Index p = 0; p < H.rows(); ++p) shifted(p, p) -= sigma;
    const Index direct = exact_inertia(shifted).positive, reduced = count_eigenvalues_above(problem, pattern, sigma);
    if (direct != reduced)
      return fmt::format("{} eigenvalues above {}, the reduction counts {}", direct, to_text_exact(sigma), reduced);
  }
  return "";
}

ProcedureResult run_structure(const Parameters& parameters) {
  return over_instances(parameters, 3, 5, check_structure,
                        "every entry of G + D and the trace (H4) equal the exact second differences of the loss");
}

ProcedureResult run_inertia(const Parameters& parameters) {
  return over_instances(parameters, 3, 4, check_inertia,
                        "the n x n count equals the inertia of the differenced Hessian at five shifts, exactly");
}

/// The routes against the enclosure, relative to it.
struct Route {
  const char* name;
  Rational value;
  int digits;  // asked for
};

ProcedureResult run_routes(const Parameters& parameters) {
  double worst_double = 0, worst_float128 = 0;
  const Check check = [&](const Problem<Rational>& problem) -> std::string {
    const ActivationPattern pattern = activation_pattern(problem);
    constexpr int kDigits = 40;
    const Ball truth = enclose_lambda_max(ball_problem(problem), pattern, kDigits).value;
    const Rational middle = (truth.lower_rational() + truth.upper_rational()) / 2;
    for (const Route& route :
         {Route{"Lanczos in double", approx_lambda_max_double(problem, pattern), 11},
          Route{"Lanczos in binary128", approx_lambda_max_float128(problem, pattern), 28},
          Route{"dense, mpfr", approx_spectrum(problem, pattern, kDigits + 5).front(), kDigits - 1}}) {
      const Rational error = abs(route.value - middle) / middle;
      if (error > power(Rational(10), -route.digits))
        return fmt::format("{} is off by {:.2e} relative", route.name, error.get_d());
      if (route.digits == 11) worst_double = std::max(worst_double, error.get_d());
      if (route.digits == 28) worst_float128 = std::max(worst_float128, error.get_d());
    }
    return "";
  };
  ProcedureResult result = over_instances(parameters, 8, 12, check, "");
  // An approximate route that is off refutes no theorem: the enclosure stands, the agreement does not.
  if (result.verdict == Verdict::refuted) result.verdict = Verdict::undecided;
  if (result.detail.empty())
    result.detail = fmt::format("largest relative distance to the 40-digit enclosure: double {:.1e}, binary128 {:.1e}",
                                worst_double, worst_float128);
  return result;
}

}  // namespace

void add_hessian(std::vector<Procedure>& list) {
  const std::vector<std::string> known{"dims", "instances", "seed"};
  list.push_back({"hessian_structure", "(H1), (H4): Hessian and trace against exact second differences of the loss",
                  known, run_structure});
  list.push_back(
      {"hessian_inertia", "(H9): eigenvalue counts by the n x n reduction against exact inertia", known, run_inertia});
  list.push_back({"lambda_max_routes", "lambda_max by Lanczos (double, binary128), dense mpfr and the enclosure", known,
                  run_routes});
}

}  // namespace shatterproof
