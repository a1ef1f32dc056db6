#pragma once
#include <string>

#include "shatterproof/network/activation.hpp"
#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// What a certificate of an enclosure states: lower <= lambda_max(H) < upper.
struct LambdaMaxCertificate {
  Rational lower, upper;
  std::string text;
};

/// Writes a certificate for shatterproof-check from an enclosure of lambda_max(H) (enclose_lambda_max) that is known to
/// more than `digits` significant digits. upper: its upper end, rounded up to a decimal of that many digits, one unit
/// more where that leaves too little room. lower: the Rayleigh quotient of an integer witness, rounded down likewise.
/// Cost        O(n^2 K + n^3) ball operations, the text has about n^2/2 + K(d+2) numbers; or O(n p^2 + p^3) and
///             p^2/2 + K(d+2) with p = K(d+2) + 1 parameters, where that is less.
/// Throws      PreconditionError for a tie; UndecidedError when n > 4000 or n K > 2e7 (p > 4000 or n p > 2e7 where the
///             p x p form is the cheaper one), when the problem's numbers span too many orders of magnitude, or when
///             the two bounds do not come within 10^(2-digits) of each other.
/// Source      spec flatness-and-weights (H7), (H8), (H10); proofs_notes/certificate_format.md.
[[nodiscard]] LambdaMaxCertificate lambda_max_certificate(const Problem<Rational>& problem,
                                                          const ActivationPattern& pattern, const Ball& enclosure,
                                                          int digits);

/// The same for a problem whose enclosure is not known yet. Throws what activation_pattern and enclose_lambda_max throw
/// too.
[[nodiscard]] LambdaMaxCertificate lambda_max_certificate(const Problem<Rational>& problem, int digits);

}  // namespace shatterproof
