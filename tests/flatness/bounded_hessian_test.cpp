#include "shatterproof/flatness/bounded_hessian.hpp"

#include <catch2/catch.hpp>

#include "flatness/random_problem.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/flatness/gram_norm.hpp"
#include "shatterproof/flatness/hessian.hpp"
#include "shatterproof/flatness/parameter_gram.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/network/evaluate.hpp"

using namespace shatterproof;

namespace {

using Index = Eigen::Index;

/// A vector of parameters in the masked order, carried over to the order of Hessian.
Vector<Rational> in_full_order(const MaskedHessian<double>& masked, const AlignedVector<double>& u, Index K) {
  const Index lifted = masked.lifted_dimension();
  Vector<Rational> x = Vector<Rational>::Constant(1 + K * (lifted + 1), Rational(0));
  const auto at = [&](Index place) { return exact_rational(u[static_cast<std::size_t>(place)]); };
  x(0) = at(masked.bias_at());
  for (Index a = 0; a < masked.neurons(); ++a) {
    const Index first = 1 + masked.pattern().alive[static_cast<std::size_t>(a)] * (lifted + 1);
    x(first) = at(masked.outputs_at() + a);
    for (Index j = 0; j < lifted; ++j) x(first + 1 + j) = at(a * masked.width() + j);
  }
  return x;
}

AlignedVector<double> random_direction(const MaskedHessian<double>& masked, Random& random) {
  AlignedVector<double> u(static_cast<std::size_t>(masked.size()));
  double norm2 = 0;
  const auto draw = [&](Index place) {
    const double x = random.normal();
    u[static_cast<std::size_t>(place)] = x;
    norm2 += x * x;
  };
  for (Index a = 0; a < masked.neurons(); ++a) {
    for (Index j = 0; j < masked.lifted_dimension(); ++j) draw(a * masked.width() + j);
    draw(masked.outputs_at() + a);
  }
  draw(masked.bias_at());
  for (double& x : u) x /= std::sqrt(norm2);
  return u;
}

/// Every bound against exact arithmetic.
void check_bounds(const Problem<Rational>& exact, std::uint64_t seed) {
  const Problem<double> problem = to_double(exact);
  const BoundedHessian bounded(problem, settle_exactly(problem));
  const Hessian<Rational> hessian(exact, activation_pattern(exact));
  const MaskedHessian<double>& masked = bounded.hessian();
  const BoundedHessian sparse(problem, settle_exactly(problem), BoundedHessian::Signs::sparse);
  const Vector<Rational> outputs = values(exact, activation_pattern(exact));
  for (Index i = 0; i < outputs.size(); ++i)
    for (const double residual : {bounded.residuals()(i), sparse.residuals()(i)})
      CHECK(abs(outputs(i) - exact.data.y(i) - exact_rational(residual)) < parse_rational("1e-12"));
  Random random(seed);
  const AlignedVector<double> u = random_direction(masked, random);
  const PairBounds pair = bounded.enclose(u);
  REQUIRE(pair.is_finite());
  const Vector<Rational> x = in_full_order(masked, u, hessian.neurons()), Hx = hessian.apply(x);
  const Rational norm2 = dot(x, x), quotient = dot(x, Hx) / norm2, q = exact_rational(pair.quotient),
                 drift = exact_rational(bounded.block_error());
  CHECK(abs(quotient - q) <= exact_rational(pair.quotient_error) + drift);
  CHECK(pair.quotient_error <= 1e-11 * (1 + std::abs(pair.quotient)));
  Vector<Rational> residual = Hx;
  for (Index p = 0; p < x.size(); ++p) residual(p) -= q * x(p);
  const Rational bound = exact_rational(pair.residual) + drift;
  CHECK(dot(residual, residual) <= bound * bound * norm2);
  const Rational least = bound * Rational(99, 100) - parse_rational("1e-11");
  CHECK((least < 0 || dot(residual, residual) >= least * least * norm2));
  const Vector<Rational> slopes = hessian.apply_jacobian_transposed(x);
  CHECK(dot(slopes, slopes) / Rational(hessian.samples()) >= exact_rational(pair.gram_quotient) * norm2);

  const Rational trace = hessian.trace();
  CHECK(exact_rational(bounded.gram_trace()) >= trace);
  CHECK(exact_rational(bounded.gram_trace()) <= trace * Rational(101, 100));
  Rational largest;
  for (Index k = 0; k < hessian.neurons(); ++k) largest = std::max(largest, hessian.block_norm2(k));
  const Rational norm = exact_rational(bounded.block_norm()) + drift;
  CHECK(norm * norm >= largest);
  const Matrix<Rational> phi = hessian.jacobian();
  Rational squares;
  for (Index i = 0; i < phi.cols(); ++i)
    for (Index j = 0; j < phi.cols(); ++j) {
      const Rational entry = dot(&phi(0, i), &phi(0, j), phi.rows()) / Rational(hessian.samples());
      squares += entry * entry;
    }
  for (const double norm : {gram_norm_bound(bounded), parameter_gram_norm(bounded)}) {
    const Rational gram = exact_rational(norm);
    CHECK(gram * gram >= squares);
    CHECK(gram * gram <= squares * Rational(101, 100));
  }
}

}  // namespace

TEST_CASE("products with H, for few neurons and for many, against exact arithmetic") {
  int few = 0;
  for (const auto& [n, K, d] : {std::tuple{300, 5, 3}, {700, 16, 9}, {40, 30, 2}, {1, 1, 1}}) {
    const Problem<double> problem = to_double(testing::random_problem(n, K, d, 21));
    const Problem<Rational> exact = exact_problem(problem);
    const BoundedHessian bounded(problem, settle_exactly(problem));
    const MaskedHessian<double>& masked = bounded.hessian();
    few += masked.pattern().has_few_neurons() ? 1 : 0;
    Random random(3);
    const AlignedVector<double> u = random_direction(masked, random);
    AlignedVector<double> out(u.size());
    auto work = masked.workspace();
    for (int round = 0; round < 2; ++round) masked.apply(u.data(), out.data(), work);
    const Vector<Rational> Hx = Hessian<Rational>(exact, activation_pattern(exact)).apply(in_full_order(masked, u, K));
    const Vector<Rational> computed = in_full_order(masked, out, K);
    for (Index p = 0; p < Hx.size(); ++p) REQUIRE(std::abs(Rational(computed(p) - Hx(p)).get_d()) < 1e-11);
  }
  CHECK(few == 2);
}

TEST_CASE("quotient, residual, trace and norms are bounded rightly and tightly") {
  std::uint64_t seed = 0;
  for (const auto& [n, K, d] : {std::tuple{1, 1, 1}, {7, 3, 2}, {20, 9, 6}, {20, 9, 7}, {70, 12, 3}, {16, 130, 2}})
    for (int round = 0; round < 2; ++round) {
      ++seed;
      CAPTURE(n, K, d, seed);
      check_bounds(testing::random_problem(n, K, d, seed), seed);
    }
}

TEST_CASE("dead neurons are left out; the bounds hold beside signs that no double decides") {
  Problem<Rational> problem = testing::random_problem(12, 6, 2, 31);
  problem.network.b(2) = problem.network.b(5) = 40;
  check_bounds(problem, 7);
  // A value of 2^-60 beside numbers of size 1: no double decides its sign.
  problem.network.b(0) =
      problem.network.W(0, 0) * problem.data.X(3, 0) + problem.network.W(0, 1) * problem.data.X(3, 1);
  const Rational near = problem.network.b(0);
  problem.network.W(0, 0) = 1;
  problem.network.W(0, 1) = 0;
  problem.network.b(0) = problem.data.X(3, 0) + power(Rational(2), -50) * (near < 0 ? 1 : -1);
  const Problem<double> rounded = to_double(problem);
  check_bounds(exact_problem(rounded), 8);
}

TEST_CASE("the smaller of the two Gram matrices is formed; with numbers too large it bounds nothing") {
  const auto bounded_problem = [](long n, long K, double scale) {
    Problem<double> problem = to_double(testing::random_problem(n, K, 2, 5));
    problem.network.W *= scale, problem.data.X *= scale;
    return BoundedHessian(problem, settle_exactly(problem));
  };
  CHECK(has_few_parameters(bounded_problem(300, 2, 1).hessian()));
  CHECK_FALSE(has_few_parameters(bounded_problem(300, 40, 1).hessian()));
  CHECK(parameter_gram_norm(bounded_problem(300, 2, 1e59)) == HUGE_VAL);
}

TEST_CASE("vectors that are no directions give no bounds") {
  const Problem<double> problem = to_double(testing::random_problem(6, 4, 2, 3));
  const BoundedHessian bounded(problem, settle_exactly(problem));
  AlignedVector<double> u(static_cast<std::size_t>(bounded.hessian().size()));
  CHECK_FALSE(bounded.enclose(u).is_finite());
  u[0] = std::nan("");
  CHECK_FALSE(bounded.enclose(u).is_finite());
  u[0] = HUGE_VAL;
  CHECK_FALSE(bounded.enclose(u).is_finite());
  u[0] = 1e-3;
  CHECK_FALSE(bounded.enclose(u).is_finite());
  u[0] = 1;
  CHECK(bounded.enclose(u).is_finite());
}
