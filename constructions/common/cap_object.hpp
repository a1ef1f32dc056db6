#pragma once
#include "constructions/common/cap_function.hpp"
#include "constructions/common/judge.hpp"
#include "constructions/construction.hpp"
#include "shatterproof/sphere/packing.hpp"

namespace shatterproof {

/// A packing with its function and a sample: what cap_packing and empty_caps have in common.
struct CapObject {
  Packing packing;
  CapFunction function;  ///< f
  CapFunction truth;     ///< the function behind the labels: f itself, 0, or other signs
  BallSample sample;
  CapMembership membership;
  Rational noise = 0;                ///< sigma
  std::vector<double> noise_values;  ///< sigma z_i as doubles; empty without noise

  [[nodiscard]] bool interpolates() const;  ///< labels are f's own values: no noise, same signs where samples lie
};

/// Reads eps in (0, 1] from the argument of that name.
[[nodiscard]] Rational cap_parameter(const Arguments& arguments, const std::string& name);
/// best_packing with its centres, refused with PreconditionError before n samples and N centres fill the memory.
[[nodiscard]] Packing enumerated_packing(long dimension, const Rational& eps, const std::string& family, long samples);
/// "plus", "random" (seeded) or a text of N signs like "+-++".
[[nodiscard]] std::vector<int> sign_vector(const Arguments& arguments, const std::string& name, long count,
                                           std::uint64_t seed);
/// "balanced" or "plain" (s = 1) to the scale s.
[[nodiscard]] Rational layer_scale(const Arguments& arguments, const std::string& name, const Rational& amplitude,
                                   const Rational& h);

/// Fills neurons, samples, ideal and file problem.
void add_problem(Construction& construction, const CapObject& object);
/// Norms, errors against the truth in both measures, risk on the sample, gap, Monte Carlo beside it (points = 0: none).
void add_errors(Construction& construction, const CapObject& object, long monte_carlo_points, std::uint64_t seed);
/// lambda_max: by blocks when f interpolates, and by the general enclosure when samples and neurons are few.
/// Returns the block bound when there is one.
std::optional<GramBound> add_lambda_max(Construction& construction, const CapObject& object);

}  // namespace shatterproof
