#pragma once
#include <functional>

#include "shatterproof/claims/expression/local_arithmetic.hpp"

namespace shatterproof::expression {

/// t^power * series on an axis.
struct EndForm {
  Rational power;
  Series series;
};
/// The integrand on an axis, its t exact or a ball: the form with a series in t of the order given.
using Integrand = std::function<EndForm(const Axis& axis, int order)>;

/// Encloses the integral over 0 < t < length on the axis (its t is not used) by adaptive subdivision: dt for a finite
/// end, dx for an infinite one. Exact for polynomials. Indeterminate when it was not settled, in particular when it may
/// diverge.
[[nodiscard]] Value integrate_from_end(const Integrand& f, const Axis& axis, const Rational& length);

}  // namespace shatterproof::expression
