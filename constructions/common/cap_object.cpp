#include "constructions/common/cap_object.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"

namespace shatterproof {

bool CapObject::interpolates() const {
  if (!noise_values.empty()) return false;
  return std::all_of(membership.cap_of.begin(), membership.cap_of.end(), [&](long j) {
    return j < 0 || function.signs[static_cast<std::size_t>(j)] == truth.signs[static_cast<std::size_t>(j)];
  });
}

Rational cap_parameter(const Arguments& arguments, const std::string& name) {
  const Rational eps = arguments.positive(name);
  if (eps > 1) arguments.reject(name);
  return eps;
}

Packing enumerated_packing(long dimension, const Rational& eps, const std::string& family, long samples) {
  require_memory(samples, 0, dimension);
  PackingOptions options;
  options.family = family == "best" ? "" : family;
  options.max_centres = static_cast<std::uint64_t>(kMostNumbers / dimension);
  Packing packing = best_packing(dimension, eps, options);
  require(static_cast<bool>(packing.centres),
          "eps = " + to_text_exact(eps) + " in dimension d = " + std::to_string(dimension) + " gives " +
              packing.count.get_str() +
              " caps; their centres are too large for memory to list: expected a larger eps or a smaller d");
  require_memory(samples, packing.count.get_si(), dimension);
  return packing;
}

std::vector<int> sign_vector(const Arguments& arguments, const std::string& name, long count, std::uint64_t seed) {
  const std::string& text = arguments.text(name);
  std::vector<int> signs(static_cast<std::size_t>(count), 1);
  if (text == "plus") return signs;
  if (text == "random") {
    Random random(seed);
    for (int& sign : signs) sign = random.below(2) == 0 ? -1 : 1;
    return signs;
  }
  if (static_cast<long>(text.size()) != count || text.find_first_not_of("+-") != std::string::npos) {
    arguments.reject(name, "plus, random or " + std::to_string(count) + " signs such as +-+ (one a cap)");
  }
  for (std::size_t j = 0; j < signs.size(); ++j) signs[j] = text[j] == '+' ? 1 : -1;
  return signs;
}

Rational layer_scale(const Arguments& arguments, const std::string& name, const Rational& amplitude,
                     const Rational& h) {
  return arguments.choice(name, {"balanced", "plain"}) == "plain" ? Rational(1) : balanced_scale(amplitude, h);
}

void add_problem(Construction& construction, const CapObject& object) {
  const BallSample& sample = object.sample;
  const Network<Rational> rounded = rounded_network(object.function);
  Vector<Rational> labels = exact_values(object.truth, rounded_network(object.truth), sample);
  for (std::size_t i = 0; i < object.noise_values.size(); ++i) {
    labels(static_cast<Eigen::Index>(i)) += exact_rational(object.noise_values[i]);
  }
  construction.dimension = object.function.dimension();
  construction.neurons = rounded.neurons();
  construction.samples = sample.count;
  construction.file = {rounded, {exact_matrix<Rational>(sample), labels, Rational(1)}};
  construction.ideal = [object] {
    Vector<Ball> y = enclose_values(object.truth, object.membership, object.sample);
    for (std::size_t i = 0; i < object.noise_values.size(); ++i) {
      y(static_cast<Eigen::Index>(i)) += Ball::exact(object.noise_values[i]);
    }
    return Problem<Ball>{ideal_network(object.function), {exact_matrix<Ball>(object.sample), y, Ball(1)}};
  };
  construction.notes.push_back(
      "The file holds W, b and v rounded to the nearest double (the centres are irrational in general); its labels are "
      "the "
      "exact values of the rounded function. An .npz file also rounds the labels to double.");
}

}  // namespace shatterproof
