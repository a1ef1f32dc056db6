#include "shatterproof/numeric/rational.hpp"

#include <bit>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr long kMaxExponent = 100000;

[[noreturn]] void reject(std::string_view text) {
  throw PreconditionError(
      "'" + std::string(text.substr(0, 60)) +
      "' is not an exact number; expected an integer, a decimal like 0.5 or 1e-3, or a fraction like -3/7");
}

std::string_view take_digits(std::string_view& rest) {
  std::size_t n = 0;
  while (n < rest.size() && std::isdigit(static_cast<unsigned char>(rest[n]))) ++n;
  const std::string_view digits = rest.substr(0, n);
  rest.remove_prefix(n);
  return digits;
}

bool take(std::string_view& rest, std::string_view any_of) {
  if (rest.empty() || any_of.find(rest.front()) == std::string_view::npos) return false;
  rest.remove_prefix(1);
  return true;
}

}  // namespace

Rational parse_rational(std::string_view text) {
  std::string_view rest = text;
  const bool negative = !rest.empty() && rest.front() == '-';
  take(rest, "+-");
  const std::string whole(take_digits(rest));
  Rational value;
  if (!whole.empty() && take(rest, "/")) {
    const std::string denominator(take_digits(rest));
    if (denominator.empty() || !rest.empty() || Integer(denominator) == 0) reject(text);
    value = Rational(Integer(whole), Integer(denominator));
    value.canonicalize();
  } else {
    std::string fraction;
    if (take(rest, ".")) fraction = take_digits(rest);
    if (whole.empty() && fraction.empty()) reject(text);
    long exponent = 0;
    if (take(rest, "eE")) {
      const bool minus = !rest.empty() && rest.front() == '-';
      take(rest, "+-");
      const std::string digits(take_digits(rest));
      if (digits.empty() || digits.size() > 7) reject(text);
      exponent = (minus ? -1 : 1) * std::strtol(digits.c_str(), nullptr, 10);
    }
    if (!rest.empty() || std::labs(exponent) > kMaxExponent) reject(text);
    value = Rational(Integer(whole + fraction, 10)) * power(10, exponent - static_cast<long>(fraction.size()));
  }
  if (negative) value = -value;
  return value;
}

Rational exact_rational(double value) {
  require(std::isfinite(value), "NaN or infinity has no exact value");
  const auto bits = std::bit_cast<std::uint64_t>(value);
  if ((bits << 1) >> 53 != 0) return Rational(value);
  // 0 or denormal: by the bits, as arithmetic takes it for 0 where the processor is told to.
  Rational fraction(Integer(static_cast<unsigned long>(bits & 0xfffffffffffff)));
  mpq_div_2exp(fraction.get_mpq_t(), fraction.get_mpq_t(), 1074);
  return std::signbit(value) ? Rational(-fraction) : fraction;
}

std::string to_text_exact(const Rational& value) { return value.get_str(); }

long exponent_above(const Rational& value) {
  if (sgn(value) == 0) return 0;
  return static_cast<long>(mpz_sizeinbase(value.get_num_mpz_t(), 2)) -
         static_cast<long>(mpz_sizeinbase(value.get_den_mpz_t(), 2)) + 1;
}

std::size_t bit_size(const Rational& value) {
  return mpz_sizeinbase(value.get_num_mpz_t(), 2) + mpz_sizeinbase(value.get_den_mpz_t(), 2);
}

Rational power(const Rational& base, long exponent) {
  require(exponent >= 0 || sgn(base) != 0, "0 cannot be raised to a negative power");
  const unsigned long n = static_cast<unsigned long>(std::labs(exponent));
  Integer numerator, denominator;
  mpz_pow_ui(numerator.get_mpz_t(), base.get_num_mpz_t(), n);
  mpz_pow_ui(denominator.get_mpz_t(), base.get_den_mpz_t(), n);
  Rational result = exponent >= 0 ? Rational(numerator, denominator) : Rational(denominator, numerator);
  result.canonicalize();
  return result;
}

Integer floor(const Rational& value) {
  Integer result;
  mpz_fdiv_q(result.get_mpz_t(), value.get_num_mpz_t(), value.get_den_mpz_t());
  return result;
}

}  // namespace shatterproof
