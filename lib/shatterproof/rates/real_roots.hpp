#pragma once
#include <optional>
#include <vector>

#include "shatterproof/rates/polynomial.hpp"

namespace shatterproof::rates {

/// A real number: a rational (lower = upper), or the only root of a squarefree polynomial in one parameter in the open
/// interval (lower, upper), at whose ends the polynomial is not 0.
struct RealNumber {
  Rational lower, upper;
  Polynomial root_of = {};  ///< 0 for a rational

  [[nodiscard]] bool is_rational() const { return lower == upper; }
};

[[nodiscard]] inline RealNumber exact_number(const Rational& value) { return {value, value}; }

/// Sturm's sequence of a squarefree polynomial in one parameter: counts its real roots exactly.
class SturmSequence {
 public:
  /// Throws PreconditionError for the zero polynomial and for more than one parameter.
  explicit SturmSequence(const Polynomial& squarefree);
  /// How many roots lie in (lower, upper]; without an upper end, in (lower, infinity).
  [[nodiscard]] int roots(const Rational& lower, const std::optional<Rational>& upper) const;

 private:
  using Dense = std::vector<Rational>;  // coefficient k of the parameter's power k
  [[nodiscard]] int changes_at(const Rational& x) const;
  [[nodiscard]] int changes_at_infinity() const;
  std::vector<Dense> sequence_;
};

/// The value of a polynomial in (at most) one parameter.
[[nodiscard]] Rational value_at(const Polynomial& p, const Rational& x);

/// The same roots, each once.
[[nodiscard]] Polynomial squarefree_part(const Polynomial& p);

/// All roots of a polynomial (not 0) in the open interval (lower, upper), increasing, their isolating intervals inside
/// it and apart from each other. Rational roots are recognised. Without `upper` the interval is unbounded.
[[nodiscard]] std::vector<RealNumber> enclose_roots(const Polynomial& p, const Rational& lower,
                                                    const std::optional<Rational>& upper);

/// Half the isolating interval, or the rational root itself; a rational is returned as it is.
[[nodiscard]] RealNumber refined(const RealNumber& x);

/// The sign of a polynomial in (at most) one parameter at x: exact, also where it is 0.
[[nodiscard]] int sign_at(const Polynomial& p, const RealNumber& x);

/// The rational with the least denominator in the open interval; without an upper end, the least integer above lower.
[[nodiscard]] Rational simplest_between(const Rational& lower, const std::optional<Rational>& upper);

/// "7/3", or "the root of d^2-2 in [181/128, 91/64]".
[[nodiscard]] std::string to_text(const RealNumber& x);

}  // namespace shatterproof::rates
