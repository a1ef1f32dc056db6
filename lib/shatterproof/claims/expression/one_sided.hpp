#pragma once
#include <optional>

#include "shatterproof/claims/expression/local_evaluator.hpp"

namespace shatterproof::expression {

/// Ends of the range of a node over the chart's points with all t > 0 (exact balls); one that is missing is not known.
struct Ends {
  std::optional<Ball> low, high;
};

/// From the local form where that is bounded, else through sums, products with what is bounded and has a sign, and
/// logarithms: log(x) <= log(u) for 0 < x <= u. Nothing is said of a node that is not certainly defined.
[[nodiscard]] Ends ends_of(const Node& node, LocalEvaluator& evaluator);
[[nodiscard]] Ends add(const Ends& a, const Ends& b);
[[nodiscard]] Ends negate(const Ends& a);

}  // namespace shatterproof::expression
