#include "constructions/univariate_bumps/univariate_bumps.hpp"

#include "constructions/common/cap_object.hpp"
#include "constructions/univariate_bumps/bump.hpp"
#include "constructions/univariate_bumps/piecewise_linear.hpp"
#include "shatterproof/bounds/univariate.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {

namespace {

struct Bumps {
  Rational eps;
  Ball c;
  std::vector<int> signs;
  BumpConstants constants;
  PiecewiseLinear interpolant;
};

Bumps make_bumps(const Arguments& arguments, long n, std::uint64_t seed) {
  Bumps bumps;
  bumps.eps = cap_parameter(arguments, "eps");
  const long segments = arguments.integer("segments", 2, 100000);
  const Integer count = floor(Rational(1 / bumps.eps));
  const Integer neurons = count * segments + 1;
  if (!neurons.fits_slong_p()) arguments.reject("eps", "a larger number: 1/eps bumps are too many");
  require_memory(n, neurons.get_si(), 1);
  bumps.constants = bump_constants();
  try {
    bumps.c = bump_amplitude(arguments.text("c"));
  } catch (const PreconditionError&) {
    arguments.reject("c");
  }
  // Beyond this range a double next to c is not near it, relatively, as interpolant_error asks.
  if (!certainly_less(power(Ball(2), -1000), bumps.c) || !certainly_less(bumps.c, power(Ball(2), 1000)))
    arguments.reject("c", "a number between 2^-1000 and 2^1000");
  bumps.signs = sign_vector(arguments, "signs", count.get_si(), stream_seed(seed, Stream::signs));
  // The file needs a rational amplitude: a double next to c.
  bumps.interpolant = bump_interpolant(bumps.eps, exact_rational(bumps.c.mid_double()), bumps.signs, segments);
  return bumps;
}

Problem<Rational> make_problem(const Bumps& bumps, const BallSample& sample) {
  Vector<Rational> y(sample.count);
  for (long i = 0; i < sample.count; ++i) y(i) = bumps.interpolant.at(exact_rational(*sample.point(i)));
  return {bumps.interpolant.network(), {exact_matrix<Rational>(sample), y, Rational(1)}};
}

void add_quantities(Construction& c, const Bumps& bumps, long segments) {
  auto add = [&](const char* name, const Ball& value, const char* meaning) {
    c.quantities.push_back({name, value, meaning});
  };
  const BumpConstants& b = bumps.constants;
  const Ball eps2 = square(Ball(bumps.eps)), K(static_cast<long>(bumps.signs.size()));
  const Ball one_bump = square(bumps.c) * b.integral_square * eps2 / Ball(4);
  add("amplitude", bumps.c, "c: every bump is c b(y)");
  add("int_b", b.integral, "int b, b(x) = exp(-1/(1-x^2))");
  add("int_b2", b.integral_square, "I2 = int b^2");
  add("A2", b.curvature, "int |b''| = 4 max |b'|");
  add("int_y2_abs_b2", b.curvature_moment, "int y^2 |b''|");
  add("S", bump_seminorm(bumps.eps), "S(eps), so that |f_xi|_Vg = c S(eps) for every sign vector");
  add("termwise_bound", Ball(2) * bumps.c * b.curvature,
      "2 c A2 >= K max_k |Phi_k|_Vg: the paper's route to membership needs <= 1; sufficient, not necessary");
  add("bump_norm2_P", one_bump, "a = ||Phi_k||^2 = c^2 I2 eps^2/4, measure P = dx/2 on [-1, 1]");
  add("norm2_P", K * one_bump, "||f||^2, measure P");
  add("norm2_Leb", Ball(2) * K * one_bump, "||f||^2, Lebesgue measure");
  const Rational norm = bumps.interpolant.norm2_lebesgue();
  add("interpolant_norm2_P", Ball(Rational(norm / 2)),
      "||.||^2 of the interpolant in the file, measure P, exact rational");
  add("interpolant_seminorm", Ball(bumps.interpolant.canonical_seminorm()),
      "|.|_Vg of the interpolant, exact rational");
  // Linear interpolation on steps 2/segments errs by at most (2/segments)^2/8 max |b''|; 2^-50 covers the rounding of b
  // and c.
  const Ball error = enclose_largest_curvature() / (Ball(2) * square(Ball(segments))) + power(Ball(2), -50);
  add("interpolant_error", bumps.c * error, "upper bound of the largest distance of the interpolant from f");
}

void add_claims(Construction& c, const Bumps& bumps) {
  const BumpMembership m = judge_bump_membership(bumps.c, bumps.eps);
  c.claims.push_back({"H.7, sup norm", "||f||_inf = c/e = " + short_text(m.sup_norm) + " <= 1",
                      judge_at_most(m.sup_norm, Ball(1)), "the largest value is taken at the centre of a bump"});
  c.claims.push_back({"H.7, seminorm", "|f_xi|_Vg = c S(eps) = " + short_text(m.seminorm) + " <= 1",
                      judge_at_most(m.seminorm, Ball(1)), "rigorous integration of |b''| against (1-|x|)^3"});
  c.claims.push_back({"file", "|interpolant|_Vg <= 1",
                      bumps.interpolant.canonical_seminorm() <= 1 ? Verdict::proved : Verdict::refuted,
                      "exact rational sum over the knots"});
}

Construction build_univariate_bumps(const Arguments& arguments, std::uint64_t seed) {
  const long n = arguments.integer("n", 1, kMostNumbers);
  PrecisionScope scope(192);
  const Bumps bumps = make_bumps(arguments, n, seed);
  const BallSample sample = sample_ball(n, 1, stream_seed(seed, Stream::data));
  Construction c;
  c.id = "univariate_bumps";
  c.parameters = {
      {"eps", to_text_exact(bumps.eps)},  {"K", std::to_string(bumps.signs.size())}, {"c", arguments.text("c")},
      {"signs", arguments.text("signs")}, {"segments", arguments.text("segments")},  {"n", std::to_string(n)},
      {"seed", std::to_string(seed)}};
  c.file = make_problem(bumps, sample);
  c.dimension = 1;
  c.neurons = c.file.network.neurons();
  c.samples = n;
  add_quantities(c, bumps, arguments.integer("segments", 2, 100000));
  add_claims(c, bumps);
  c.notes.push_back("f is smooth, hence no finite ReLU network: the file holds its piecewise linear interpolant with " +
                    arguments.text("segments") + " segments a bump, c and b rounded to double at the knots.");
  return c;
}

}  // namespace

ConstructionKind univariate_bumps_kind() {
  return {"univariate_bumps",
          "Construction H.7",
          "K = floor(1/eps) smooth bumps next to the end of [-1, 1]; the file holds a piecewise linear interpolant",
          {{"eps", "1/8", "a number in (0, 1]; K = floor(1/eps) bumps of width eps^2"},
           {"c", "crude", "crude (1/(2 A2)), exact (1/S(1/8)), inverse (1/A2), one, e, or a positive number"},
           {"signs", "random", "plus, random (seeded), or K signs such as +-+"},
           {"segments", "16", "segments of the interpolant a bump, a whole number from 2 to 100000"},
           {"n", "100", "the number of samples, a whole number from 1 to " + std::to_string(kMostNumbers)}},
          build_univariate_bumps};
}

}  // namespace shatterproof
