#pragma once
#include <optional>
#include <set>
#include <string>

#include "shatterproof/rates/power_product.hpp"

namespace shatterproof::rates {

/// The value of the quantity at which the two products are equal.
/// Throws Undefined where both have the same exponent in it, so that no value is singled out.
[[nodiscard]] PowerProduct balance(const PowerProduct& a, const PowerProduct& b, const std::string& quantity,
                                   Signs& signs);

/// Bounds on the quantity that is chosen: floor <= quantity <= ceiling.
struct Constraints {
  std::optional<PowerProduct> floor = {}, ceiling = {};
};

/// The choice of a quantity that makes a sum smallest, as far as exponents of the growing quantity decide.
struct Minimum {
  PowerProduct optimum;          ///< the best value of the quantity
  std::set<std::string> active;  ///< "floor", "ceiling", and the terms that balance each other there
  bool unique = true;            ///< false: other values give the same leading rate
  Sum at_optimum;                ///< all terms, with their names, at the optimum
};

/// Minimises the sum over the quantity, at the point of `signs`.
/// Statement  log-log every term is a line in the logarithm of the quantity, so the maximum is convex and piecewise
///            linear: the minimum is at a crossing of a falling (or flat) and a rising (or flat) line, or at a bound.
///            A crossing fixes the optimum with all other quantities (A, M, ...) in it.
/// Requires   a term in which the quantity occurs. Throws Undefined where there is no minimum: all terms rise
///            and there is no floor (or fall, and no ceiling), or the floor is above the ceiling.
[[nodiscard]] Minimum minimise(const Sum& sum, const std::string& quantity, const Constraints& constraints,
                               const Direction& direction, Signs& signs);

}  // namespace shatterproof::rates
