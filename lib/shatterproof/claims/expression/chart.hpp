#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/claims/expression/parser.hpp"
#include "shatterproof/claims/expression/value.hpp"

namespace shatterproof::expression {

/// Where a real variable x runs near one end of its range, in terms of its distance t >= 0 to that end.
struct Coordinate {
  enum class Kind {
    above,          ///< x = anchor + t
    below,          ///< x = anchor - t
    infinity,       ///< x = 1/t
    minus_infinity  ///< x = -1/t
  };
  Kind kind = Kind::above;
  Rational anchor;  ///< exact; not used at infinity
  Value t = 0L;     ///< one exact point t >= 0, or a ball that stands for its part in t >= 0
};

/// One coordinate for each real variable of an expression.
using Chart = std::map<std::string, Coordinate>;

/// An expression f on a chart, with the leading powers of the distances taken out, so that nothing is lost where it
/// vanishes or explodes at an end of the range:
///     f = (product over the variables v of t_v^powers[v]) * s(t),
/// for every point of the chart with all t_v > 0. series[0] encloses s there, and where a ball t_v contains 0 also the
/// limit of s for t_v -> 0; series[k] encloses the k-th derivative of s in the distance of the one variable asked for,
/// divided by k!. What could not be enclosed (no derivative at the end, division by a ball that contains 0) is an
/// indeterminate ball, never an error. At an exact point the entries are exact or carry their symbol when the
/// arithmetic allows, so that equality there can be decided.
///
/// Powers are taken out of coordinates, products and powers, of the functions with a leading power (ball_*, sqrt, sin,
/// expm1, log1p, ...), and where an operand that vanishes exactly at the end would spoil a division, a root or a
/// logarithm (sqrt(1-x^2) at x = 1). Sums keep the smaller power, also when their leading coefficients cancel. Where
/// log is unbounded it counts as t^(-1/4), where exp or erfc fall to 0 as t^12, both with order 0 only. The point t = 0
/// itself stands for the limit. Functions with two-sided derivatives (abs, min, max) have the hull of both in
/// series[1], right for the mean value theorem.
struct LocalForm {
  std::map<std::string, Rational> powers;  ///< a variable without entry has power 0
  std::vector<Value> series;               ///< order + 1 entries
};

/// The local form of an expression; `constants` holds the values of the other variables (the integers). Throws
/// ExpressionError when an argument is certainly outside the domain of an operation on the whole chart.
[[nodiscard]] LocalForm local_form(const Expression& expression, const Chart& chart, const Bindings& constants,
                                   const std::string& variable, int order);

/// The local form of right - left, for a comparison whose two sides are given: its sign on t > 0 is the sign of s.
[[nodiscard]] LocalForm local_difference(const Expression& left, const Expression& right, const Chart& chart,
                                         const Bindings& constants, const std::string& variable, int order);

/// A lower bound of right - left at every point of the chart with all t > 0, for a difference that a logarithm makes
/// unbounded above where a distance reaches 0: log(x) <= x - 1. An enclosure cannot tell there, since its power
/// t^(-1/4) is more than the logarithm has. Nothing if no bound is found. No distance may be exactly 0.
[[nodiscard]] std::optional<Ball> lower_bound_of_difference(const Expression& left, const Expression& right,
                                                            const Chart& chart, const Bindings& constants);

}  // namespace shatterproof::expression
