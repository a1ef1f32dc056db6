#pragma once
#include <gmpxx.h>

#include <string>
#include <string_view>

namespace shatterproof {

/// Exact rationals and integers (GMP). Assign results to a named Rational, never to auto: gmpxx uses expression
/// templates.
using Rational = mpq_class;
using Integer = mpz_class;

/// Parses "3", "-3/7", "0.125", "1e-3", "+2.5E2" exactly. Throws PreconditionError for anything else (NaN, infinity,
/// hex, blanks, a zero denominator, or an exponent beyond 100000 in magnitude, which would only exhaust memory).
[[nodiscard]] Rational parse_rational(std::string_view text);

/// The exact value of a double; throws PreconditionError for NaN and infinity.
[[nodiscard]] Rational exact_rational(double value);

/// "p/q" in lowest terms, or "p" for an integer: loses nothing.
[[nodiscard]] std::string to_text_exact(const Rational& value);

/// Bits of the numerator and the denominator together: what exactness costs.
[[nodiscard]] std::size_t bit_size(const Rational& value);

/// An e with |value| < 2^e, at most two above the least; 0 for 0.
[[nodiscard]] long exponent_above(const Rational& value);

/// base^exponent, exponent of either sign; throws PreconditionError for 0 to a negative power.
[[nodiscard]] Rational power(const Rational& base, long exponent);

/// Largest integer <= value.
[[nodiscard]] Integer floor(const Rational& value);

}  // namespace shatterproof
