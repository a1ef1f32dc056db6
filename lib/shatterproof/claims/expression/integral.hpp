#pragma once
#include "shatterproof/claims/expression/local_evaluator.hpp"

namespace shatterproof::expression {

/// The value of an integral node, by adaptive subdivision: Taylor polynomial in the middle of a piece (at an end where
/// the integrand behaves like a power: there) and Lagrange's remainder over the piece. Indeterminate when the integrand
/// could not be enclosed well enough, in particular when the integral may diverge.
[[nodiscard]] Value integral_value(const Node& node, Evaluator& constants);

/// The same where it depends on the variables of a chart. Order 0 always; the derivatives by differentiating under the
/// integral (first order accurate) and, for an end that moves, by the fundamental theorem.
[[nodiscard]] Local integral_form(const Node& node, LocalEvaluator& outer);

}  // namespace shatterproof::expression
