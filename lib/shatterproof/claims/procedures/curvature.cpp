#include <fmt/format.h>

#include <algorithm>

#include "random_problem.hpp"
#include "registry.hpp"
#include "second_differences.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/hessian.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/network/evaluate.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

struct Instances {
  std::vector<long> dims;
  long per_dimension;
  Random random;

  explicit Instances(const Parameters& p)
      : dims(p.integers("dims")),
        per_dimension(p.has("instances") ? p.integer("instances") : 4),
        random(static_cast<std::uint64_t>(p.integer("seed"))) {
    require(per_dimension >= 1, "parameter 'instances' must be at least 1");
  }
  long up_to(long most) { return 1 + static_cast<long>(random.below(static_cast<std::uint64_t>(most))); }
};

Matrix<Rational> product(const Matrix<Rational>& A, const Matrix<Rational>& B) {
  Matrix<Rational> C(A.rows(), B.cols());
  for (Index i = 0; i < A.rows(); ++i)
    for (Index j = 0; j < B.cols(); ++j) {
      C(i, j) = 0;
      for (Index k = 0; k < A.cols(); ++k)
        if (sgn(A(i, k)) != 0) C(i, j) += A(i, k) * B(k, j);
    }
  return C;
}

/// Hess f(x) by exact differences of f. With c = ||x||^2 + 1, the identity A^3 = c A puts the spectrum of the symmetric
/// A into {0, +-sqrt c}; A = 0 iff no neuron is active. So the instance is decided without an eigenvalue solver.
std::string check_curvature(const Problem<Rational>& problem) {
  const Vector<Rational> x = problem.data.X.row(0);
  const auto value = [&](const Problem<Rational>& moved) { return value_at(moved.network, x); };
  const Matrix<Rational> A = SecondDifferences(problem, value).matrix();
  const Rational c = dot(x, x) + 1;
  const Matrix<Rational> cube = product(product(A, A), A);
  bool zero = true;
  for (Index i = 0; i < A.rows(); ++i)
    for (Index j = 0; j < A.cols(); ++j) {
      if (cube(i, j) != c * A(i, j)) return fmt::format("A^3 differs from (||x||^2+1) A at ({}, {})", i, j);
      zero = zero && sgn(A(i, j)) == 0;
    }
  const ActivationPattern pattern = activation_pattern(problem);
  bool inactive = true;
  for (Index k = 0; k < pattern.neurons(); ++k) inactive = inactive && !pattern.active(0, k);
  return zero == inactive ? "" : "the curvature vanishes although a neuron is active, or the reverse";
}

/// 2(R+1) against sqrt(R^2+1): the ratio at R, and its bounds 2 and 2 sqrt 2 over all R.
std::string curvature_slack(const Rational& R) {
  const Ball radius(R);
  const Ball ratio = Ball(2) * (radius + Ball(1)) / sqrt(square(radius) + Ball(1));
  return to_text_certain(ratio, 3) + "x at R=" + to_text_exact(R);
}

ProcedureResult run_lemma_c1(const Parameters& parameters) {
  Instances instances(parameters);
  const Rational R = parameters.has("radius") ? parse_rational(parameters.text("radius")) : Rational(1);
  const std::string constant = parameters.text("constant");
  require(R > 0, "parameter 'radius' must be positive");
  require(constant == "paper" || constant == "sharp", "parameter 'constant': expected paper or sharp");
  ProcedureResult result;
  for (const long d : instances.dims)
    for (long i = 0; i < instances.per_dimension; ++i) {
      const Problem<Rational> problem = random_problem(instances.random, d, instances.up_to(4), 1, R);
      const std::string witness = check_curvature(problem);
      ++result.instances;
      const Vector<Rational> x = problem.data.X.row(0);
      const bool within_paper = dot(x, x) + 1 <= 4 * (R + 1) * (R + 1);
      if (witness.empty() && (constant == "sharp" || within_paper)) continue;
      result.verdict = Verdict::refuted;
      result.detail = fmt::format("dimension {}, instance {}: {}", d, i, witness);
      return result;
    }
  result.verdict = Verdict::supported;
  if (constant == "paper") {
    result.slack = curvature_slack(R);
    result.detail = "the sharp constant is sqrt(||x||^2+1); 2(R+1) exceeds sqrt(R^2+1) by a factor between 2 and 2.83";
  } else {
    result.detail = "extreme curvature exactly sqrt(||x||^2+1), attained iff a neuron is active at x";
  }
  return result;
}

/// True if H = e_beta e_beta^T entry by entry.
bool is_single_one(const Matrix<Rational>& H) {
  for (Index i = 0; i < H.rows(); ++i)
    for (Index j = 0; j < H.cols(); ++j)
      if (H(i, j) != (i == 0 && j == 0 ? 1 : 0)) return false;
  return true;
}

/// Raises every threshold above w_k.x_i, so that no neuron is active; the last one only so far that it stays active by
/// `overhang` where w_k.x_i is largest, if that is positive.
void silence(Problem<Rational>& problem, const Rational& overhang) {
  auto& b = problem.network.b;
  for (Index k = 0; k < b.size(); ++k) {
    Rational top = margin(problem, 0, k);
    for (Index i = 1; i < problem.data.samples(); ++i) top = std::max(top, margin(problem, i, k));
    b(k) += top + Rational(1, 64);  // now the largest margin is -1/64
    if (k + 1 == b.size() && sgn(overhang) > 0) b(k) -= overhang + Rational(1, 64);
  }
}

/// lambda_max > 1, proved at some precision.
bool certainly_above_one(const Problem<Rational>& problem) {
  const ActivationPattern pattern = activation_pattern(problem);
  for (const int digits : {10, 40, 120})
    if (certainly_less(Ball(1), enclose_lambda_max(ball_problem(problem), pattern, digits).value)) return true;
  return false;
}

ProcedureResult run_prop_i2(const Parameters& parameters) {
  Instances instances(parameters);
  const std::string direction = parameters.text("direction");
  require(direction == "silent" || direction == "active", "parameter 'direction': expected silent or active");
  ProcedureResult result;
  result.verdict = Verdict::supported;
  for (const long d : instances.dims)
    for (long i = 0; i < instances.per_dimension; ++i) {
      Problem<Rational> problem = random_problem(instances.random, d, instances.up_to(5), instances.up_to(8), 1);
      ++result.instances;
      if (direction == "silent") {
        silence(problem, 0);
        if (is_single_one(Hessian<Rational>(problem, activation_pattern(problem)).dense())) continue;
        result.verdict = Verdict::refuted;
      } else {
        // One neuron active on little, by less and less; with output weight 0 every second time.
        silence(problem, power(Rational(10), -4 * (i + 1)));
        if (i % 2 == 1) problem.network.v(problem.network.neurons() - 1) = 0;
        if (certainly_above_one(problem)) continue;
        result.verdict = Verdict::undecided;
      }
      result.detail = fmt::format("dimension {}, instance {}", d, i);
      return result;
    }
  result.detail = direction == "silent" ? "H = e_beta e_beta^T exactly, although the labels are not interpolated"
                                        : "lambda_max > 1 certified with one neuron active by as little as 10^-" +
                                              std::to_string(4 * instances.per_dimension);
  return result;
}

/// d^2 L / d beta^2 by an exact second difference.
Rational curvature_in_beta(Problem<Rational> problem) {
  const ActivationPattern pattern = activation_pattern(problem);
  const Rational middle = loss(problem, pattern);
  problem.network.beta += 1;
  const Rational above = loss(problem, pattern);
  problem.network.beta -= 2;
  return above + loss(problem, pattern) - 2 * middle;
}

ProcedureResult run_theta_flat_empty(const Parameters& parameters) {
  Instances instances(parameters);
  ProcedureResult result;
  for (const long d : instances.dims)
    for (long i = 0; i < instances.per_dimension; ++i, ++result.instances) {
      const auto problem = random_problem(instances.random, d, instances.up_to(5), instances.up_to(8), 1);
      if (curvature_in_beta(problem) == 1) continue;
      result.verdict = Verdict::undecided;  // then lambda_max >= 1 has lost its ground
      result.detail = fmt::format("H_beta,beta differs from 1 in dimension {}, instance {}", d, i);
      return result;
    }
  std::string empty;
  for (const std::string& text : parameters.list("eta")) {
    const Rational eta = parse_rational(text);
    require(eta > 0, "parameter 'eta' must be positive");
    if (2 / eta < 1) empty += (empty.empty() ? "" : ", ") + text;
  }
  result.verdict = empty.empty() ? Verdict::supported : Verdict::vacuous;
  result.detail = empty.empty()
                      ? "2/eta >= 1 at every eta listed: a network silent on the data lies in the set"
                      : "H_beta,beta = 1 > 2/eta: the flat set is empty at eta = " + empty + " (for all eta > 2)";
  return result;
}

}  // namespace

void add_curvature(std::vector<Procedure>& list) {
  list.push_back({"lemma_c1",
                  "Lemma C.1: curvature of f in the parameters, exactly",
                  {"dims", "instances", "seed", "radius", "constant"},
                  run_lemma_c1});
  list.push_back({"prop_i2",
                  "Proposition I.2 and its converse: lambda_max = 1 iff no neuron is active on the data",
                  {"dims", "instances", "seed", "direction"},
                  run_prop_i2});
  list.push_back({"theta_flat_empty",
                  "the flat set is empty for eta > 2, because H_beta,beta = 1",
                  {"dims", "instances", "seed", "eta"},
                  run_theta_flat_empty});
}

}  // namespace shatterproof
