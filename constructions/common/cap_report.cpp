#include <algorithm>

#include "constructions/common/cap_object.hpp"
#include "constructions/common/monte_carlo.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {

namespace {

/// (1/n) sum (f(x_i) - y_i)^2 for the ideal function; exactly 0 when f interpolates.
Ball enclose_sample_risk(const CapObject& object) {
  if (object.interpolates()) return Ball(0);
  Vector<Ball> residual = enclose_values(object.function, object.membership, object.sample);
  const Vector<Ball> truth = enclose_values(object.truth, object.membership, object.sample);
  Ball sum;
  for (Eigen::Index i = 0; i < residual.size(); ++i) {
    Ball r = residual(i) - truth(i);
    if (!object.noise_values.empty()) r -= Ball::exact(object.noise_values[static_cast<std::size_t>(i)]);
    sum += square(r);
  }
  return sum / Ball(object.sample.count);
}

/// Cross-checks mse_P, or norm2_P where f is its own truth.
void add_monte_carlo(Construction& construction, const CapObject& object, long points, std::uint64_t seed) {
  CapFunction reference = object.truth;
  const bool own_truth = reference.signs == object.function.signs;
  if (own_truth) std::fill(reference.signs.begin(), reference.signs.end(), 0);
  const std::string name = own_truth ? "norm2_P" : "mse_P";
  const Ball exact = squared_distance(object.function, reference);
  const Estimate estimate = approx_squared_distance(object.function, reference, points, seed);
  const Ball lower = Ball::exact(estimate.lower), upper = Ball::exact(estimate.upper);
  const bool inside = certainly_less_or_equal(lower, exact) && certainly_less_or_equal(exact, upper);
  const std::string interval = "[" + short_text(lower) + ", " + short_text(upper) + "]";
  construction.quantities.push_back({name + "_monte_carlo", Ball::interval(lower, upper),
                                     "Monte Carlo, not a proof: " + interval + " holds " + name +
                                         " with 99.9% confidence (empirical Bernstein bound, " +
                                         std::to_string(points) + " fresh points, mean " +
                                         short_text(Ball::exact(estimate.mean)) + ")"});
  construction.claims.push_back({"cross-check", "the closed form of " + name + " agrees with a fresh random sample",
                                 inside ? Verdict::supported : Verdict::undecided,
                                 "closed form " + short_text(exact) + ", 99.9% interval " + interval});
}

}  // namespace

void add_errors(Construction& construction, const CapObject& object, long monte_carlo_points, std::uint64_t seed) {
  const long d = object.function.dimension();
  const Ball volume = uniform_ball::volume(d), norm = norm2(object.function);
  const Ball mse = squared_distance(object.function, object.truth);
  const Ball risk = mse + square(Ball(object.noise)), sample_risk = enclose_sample_risk(object);
  auto add = [&](const char* name, const Ball& value, const char* meaning) {
    construction.quantities.push_back({name, value, meaning});
  };
  add("sup_norm", Ball(object.function.used().empty() ? Rational(0) : object.function.amplitude),
      "sup of |f| on the ball, taken at the centres");
  add("seminorm_canonical", Ball(canonical_seminorm(object.function)), "|f|_Vg with weight (1-|t|)^(d+2)");
  add("atom_norm2_P", uniform_ball::atom_norm2(d, Ball(object.function.h)), "a(h) = ||Phi||^2, measure P");
  add("norm2_P", norm, "||f||^2, uniform probability measure P on the ball");
  add("norm2_Leb", volume * norm, "||f||^2, Lebesgue measure on the ball");
  add("mse_P", mse, "population MSE of f against the truth, measure P");
  add("mse_Leb", volume * mse, "the same integral in Lebesgue measure");
  add("population_risk", risk, "E (Y - f(X))^2 = mse_P + sigma^2");
  add("sample_risk", sample_risk, "(1/n) sum (y_i - f(x_i))^2 on the sample");
  add("generalisation_gap", risk - sample_risk, "population_risk - sample_risk");
  if (monte_carlo_points > 0) add_monte_carlo(construction, object, monte_carlo_points, seed);
}

std::optional<GramBound> add_lambda_max(Construction& construction, const CapObject& object) {
  constexpr long kMostSamples = 200, kMostNeurons = 400;
  std::optional<GramBound> blocks;
  if (object.interpolates()) {
    blocks = enclose_lambda_max_of_interpolant(object.function, object.membership, object.sample);
    construction.quantities.push_back(
        {"lambda_max_blocks", blocks->lambda_max, "contains lambda_max of the Hessian, from the block structure"});
  }
  if (construction.samples <= kMostSamples && construction.neurons <= kMostNeurons && construction.neurons > 0) {
    const ActivationPattern pattern = activation_pattern(object.function, object.membership);
    const EigenvalueEnclosure enclosure = enclose_lambda_max(construction.ideal, pattern, 12);
    construction.quantities.push_back({"lambda_max", enclosure.value, "contains lambda_max; " + enclosure.method});
  } else {
    construction.notes.push_back(
        "lambda_max was not enclosed to 12 digits: that is done up to n = " + std::to_string(kMostSamples) + " and " +
        std::to_string(kMostNeurons) + " neurons; use the command flatness on the file.");
  }
  return blocks;
}

}  // namespace shatterproof
