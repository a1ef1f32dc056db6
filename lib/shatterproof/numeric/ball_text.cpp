#include <mpfr.h>

#include <cstring>

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {
namespace {

/// Decimal text of an exact ball, rounded in the given direction to so many significant digits.
std::string decimal_text(const Ball& exact, int digits, mpfr_rnd_t direction) {
  mpfr_t x;
  mpfr_init2(x, std::max<mpfr_prec_t>(MPFR_PREC_MIN, arf_bits(arb_midref(exact.get()))));
  arf_get_mpfr(x, arb_midref(exact.get()), direction);
  if (mpfr_zero_p(x)) {
    mpfr_clear(x);
    return "0";
  }
  mpfr_exp_t exponent = 0;
  char* raw = mpfr_get_str(nullptr, &exponent, 10, static_cast<size_t>(digits), x, direction);
  std::string mantissa(raw);
  mpfr_free_str(raw);
  mpfr_clear(x);
  std::string sign;
  if (mantissa.front() == '-') {
    sign = "-";
    mantissa.erase(0, 1);
  }
  const long e = static_cast<long>(exponent) - 1;  // value = m.mmm * 10^e
  if (e >= 0 && e < 21 && e < static_cast<long>(mantissa.size())) {
    const std::size_t whole = static_cast<std::size_t>(e) + 1;
    const std::string fraction = mantissa.substr(whole);
    return sign + mantissa.substr(0, whole) + (fraction.empty() ? "" : "." + fraction);
  }
  if (e < 0 && e > -5) return sign + "0." + std::string(static_cast<std::size_t>(-e - 1), '0') + mantissa;
  std::string text = sign + mantissa.substr(0, 1);
  if (mantissa.size() > 1) text += "." + mantissa.substr(1);
  return text + "e" + std::to_string(e);
}

Ball enclose_text(const std::string& decimal) {
  Ball b;
  if (arb_set_str(b.get(), decimal.c_str(), working_precision()) != 0) return Ball::indeterminate();
  return b;
}

}  // namespace

BallText to_text(const Ball& x, int digits) {
  require(digits >= 2, "at least 2 digits must be asked for");
  if (!x.is_finite()) return {"nan", "nan", "nan", "nan"};
  BallText text;
  text.mid = decimal_text(x.mid(), digits, MPFR_RNDN);
  text.lower = decimal_text(x.lower(), digits, MPFR_RNDD);
  text.upper = decimal_text(x.upper(), digits, MPFR_RNDU);
  PrecisionScope scope(std::max<Bits>(bits_for_digits(digits) + 32, working_precision()));
  const Ball printed = enclose_text(text.mid);
  const Ball distance = max(abs(x.upper() - printed), abs(x.lower() - printed));
  text.rad = decimal_text(distance.upper(), 3, MPFR_RNDU);
  return text;
}

std::string to_text_certain(const Ball& x, int max_digits) {
  if (!x.is_finite()) return "?";
  if (x.is_exact() && arb_is_zero(x.get())) return "0";
  // Both end points must round to the same text; fewer digits are tried until they do.
  for (int digits = max_digits; digits >= 1; --digits) {
    const std::string low = decimal_text(x.lower(), digits, MPFR_RNDN);
    if (low == decimal_text(x.upper(), digits, MPFR_RNDN)) return low;
  }
  return "?";
}

}  // namespace shatterproof
