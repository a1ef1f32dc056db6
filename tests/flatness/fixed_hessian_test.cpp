#include "shatterproof/flatness/fixed_hessian.hpp"

#include <catch2/catch.hpp>

#include "flatness/random_problem.hpp"
#include "shatterproof/flatness/bounded_hessian.hpp"
#include "shatterproof/flatness/hessian.hpp"
#include "shatterproof/network/convert.hpp"

using namespace shatterproof;

namespace {

using Index = Eigen::Index;

struct FixedCase {
  Problem<Rational> exact;
  BoundedHessian bounded;
  ExactInputs inputs;
  LiftedNorms norms;

  explicit FixedCase(const Problem<Rational>& problem, double wanted = 0)
      : exact(problem),
        bounded(to_double(problem), settle_exactly(problem)),
        inputs(split(wanted)),
        norms{bounded.neuron_norms(), bounded.sample_norms()} {}

  ExactInputs split(double wanted) const {
    const PrecisionScope scope(400);
    auto inputs = ExactInputs::split(to_ball(exact), bounded.hessian().pattern(), wanted);
    REQUIRE(inputs);
    return *inputs;
  }
};

/// Any vectors, of norm about 1 together; the later ones smaller.
VectorParts random_parts(const MaskedHessian<double>& hessian, int count, Random& random) {
  VectorParts u;
  for (int p = 0; p < count; ++p) {
    u.emplace_back(static_cast<std::size_t>(hessian.size()), 0.0);
    const double size = std::ldexp(1 / std::sqrt(static_cast<double>(hessian.size())), -45 * p);
    for (Index k = 0; k < hessian.neurons(); ++k) {
      for (Index j = 0; j < hessian.lifted_dimension(); ++j)
        u.back()[static_cast<std::size_t>(k * hessian.width() + j)] = size * random.normal();
      u.back()[static_cast<std::size_t>(hessian.outputs_at() + k)] = size * random.normal();
    }
    u.back()[static_cast<std::size_t>(hessian.bias_at())] = std::ldexp(0.7, -45 * p);
  }
  return u;
}

/// The same vector in the order of Hessian<Rational>.
Vector<Rational> in_order(const FixedCase& c, const VectorParts& u) {
  const auto& hessian = c.bounded.hessian();
  const Index lifted = hessian.lifted_dimension();
  Vector<Rational> x(parameter_count(c.exact.network));
  for (Index p = 0; p < x.size(); ++p) x(p) = 0;
  for (const auto& part : u) {
    const auto at = [&](Index i) { return exact_rational(part[static_cast<std::size_t>(i)]); };
    x(0) += at(hessian.bias_at());
    for (Index a = 0; a < hessian.neurons(); ++a) {
      const Index first = 1 + hessian.pattern().alive[static_cast<std::size_t>(a)] * (lifted + 1);
      x(first) += at(hessian.outputs_at() + a);
      for (Index j = 0; j < lifted; ++j) x(first + 1 + j) += at(a * hessian.width() + j);
    }
  }
  return x;
}

}  // namespace

TEST_CASE("fixed point: quotient and residual of any vector against rationals") {
  Random random(11);
  int finite = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const FixedCase c(testing::random_problem(static_cast<long>(1 + seed % 9), static_cast<long>(1 + seed % 6),
                                              static_cast<long>(1 + seed % 3), 300 + seed));
    if (c.bounded.hessian().neurons() == 0) continue;
    CHECK(c.inputs.relative_error == 0);
    const VectorParts u = random_parts(c.bounded.hessian(), static_cast<int>(1 + seed % 3), random);
    const FixedBounds bounds = fixed_bounds(c.inputs, c.norms, u);
    const Vector<Rational> x = in_order(c, u);
    const Vector<Rational> Hx = Hessian<Rational>(c.exact, activation_pattern(c.exact)).apply(x);
    const Rational norm2 = dot(x, x), quotient = dot(x, Hx) / norm2;
    for (const int fraction : {70, 110, 190, 330}) {
      CAPTURE(seed, fraction);
      const auto pair = enclose_pair(c.inputs, c.bounded.hessian().pattern(), u, bounds, fraction);
      if (!pair) continue;
      ++finite;
      CHECK(pair->quotient.contains(quotient));
      // |Hx - qx|^2 is least at the quotient itself.
      Rational residual2 = 0;
      for (Index p = 0; p < x.size(); ++p) residual2 += power(Rational(Hx(p) - quotient * x(p)), 2);
      CHECK(power(exact_rational(pair->residual), 2) * norm2 >= residual2);
      CHECK(power(exact_rational(pair->residual), 2) * norm2 <= residual2 * Rational(101, 100) + Rational(1, 1000000));
      if (fraction > 100) CHECK(pair->quotient.accuracy_bits() > fraction - 40);
    }
  }
  CHECK(finite > 180);
}

TEST_CASE("fixed point: numbers that are no doubles, as sums of several") {
  Random random(12);
  Problem<Rational> problem = testing::random_problem(7, 5, 2, 99);
  for (Rational& v : problem.network.v.reshaped()) v *= Rational(10, 7);
  for (Rational& x : problem.data.X.reshaped()) x /= 3;
  for (Rational& w : problem.network.b.reshaped()) w += Rational(1, 9);
  const FixedCase c(problem, 0x1p-180);
  CHECK(c.inputs.parts.size() == 4);
  CHECK(c.inputs.relative_error == 0x1p-180);
  const VectorParts u = random_parts(c.bounded.hessian(), 2, random);
  const Vector<Rational> x = in_order(c, u);
  const Vector<Rational> Hx = Hessian<Rational>(problem, activation_pattern(problem)).apply(x);
  const auto pair = enclose_pair(c.inputs, c.bounded.hessian().pattern(), u, fixed_bounds(c.inputs, c.norms, u), 200);
  REQUIRE(pair);
  // The quotient of the sums of the parts; the problem's own is within the sensitivity times 2^-180.
  const Rational difference = pair->quotient.mid().lower_rational() - dot(x, Hx) / dot(x, x);
  CHECK(abs(difference) < power(Rational(2), 20) / power(Rational(2), 180));
}

TEST_CASE("fixed point: too coarse a grid, too large numbers and vectors of other norms give nothing") {
  Random random(13);
  const FixedCase c(testing::random_problem(6, 4, 2, 5));
  VectorParts u = random_parts(c.bounded.hessian(), 1, random);
  const FixedBounds bounds = fixed_bounds(c.inputs, c.norms, u);
  const auto pair = [&](const FixedBounds& b, int fraction) {
    return enclose_pair(c.inputs, c.bounded.hessian().pattern(), u, b, fraction);
  };
  CHECK(pair(bounds, 100));
  CHECK_FALSE(pair(bounds, 0));
  CHECK_FALSE(pair(bounds, 509));
  for (double x : {HUGE_VAL, std::nan(""), 0x1p410}) {
    FixedBounds false_bounds = bounds;
    false_bounds.range = x;
    CHECK_FALSE(pair(false_bounds, 100));
    false_bounds = bounds;
    false_bounds.largest_error = x;
    CHECK_FALSE(pair(false_bounds, 100));
  }
  for (const double bad : {std::nan(""), HUGE_VAL, 1e200}) {
    VectorParts false_parts = u;
    false_parts.push_back(u.front());
    false_parts.back()[1] = bad;
    CHECK_FALSE(enclose_pair(c.inputs, c.bounded.hessian().pattern(), false_parts,
                             fixed_bounds(c.inputs, c.norms, false_parts), 100));
  }
  for (double& entry : u.front()) entry *= 8;
  CHECK_FALSE(pair(fixed_bounds(c.inputs, c.norms, u), 100));
}
