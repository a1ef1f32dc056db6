#pragma once
#if __has_include(<arb.h>)
#include <arb.h>
#else
#include <flint/arb.h>
#endif

#include <string>
#include <string_view>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof {

/// Working precision in bits of all Ball arithmetic on this thread; set it with PrecisionScope only.
using Bits = long;
[[nodiscard]] Bits working_precision();
[[nodiscard]] Bits bits_for_digits(int digits);  ///< enough bits to hold that many decimal digits

/// Sets the working precision of this thread until the end of the scope.
class PrecisionScope {
 public:
  explicit PrecisionScope(Bits bits);
  ~PrecisionScope();
  PrecisionScope(const PrecisionScope&) = delete;
  PrecisionScope& operator=(const PrecisionScope&) = delete;

 private:
  Bits before_;
};

/// A real number known only to lie in [mid - rad, mid + rad] (Arb). Every operation encloses: the result contains the
/// true value for every choice of values in the arguments. An operation outside its domain gives the indeterminate
/// ball (NaN mid), for which every certainly_ test is false.
/// There are no relational operators; ask certainly_less and its like, where false means "not proved".
class Ball {
 public:
  Ball() { arb_init(value_); }
  Ball(int value) { arb_init(value_), arb_set_si(value_, value); }
  Ball(long value) { arb_init(value_), arb_set_si(value_, value); }
  Ball(unsigned long value) { arb_init(value_), arb_set_ui(value_, value); }
  explicit Ball(const Rational& value);
  explicit Ball(const Integer& value);
  Ball(const Ball& other) { arb_init(value_), arb_set(value_, other.value_); }
  Ball(Ball&& other) noexcept { arb_init(value_), arb_swap(value_, other.value_); }
  Ball& operator=(const Ball& other) { return arb_set(value_, other.value_), *this; }
  Ball& operator=(Ball&& other) noexcept { return arb_swap(value_, other.value_), *this; }
  ~Ball() { arb_clear(value_); }

  static Ball exact(double value);          ///< the double itself (NaN and infinity become indeterminate)
  static Ball decimal(std::string_view s);  ///< encloses parse_rational(s)
  static Ball pi();
  static Ball indeterminate();
  static Ball hull(const Ball& a, const Ball& b);              ///< smallest ball that contains both
  static Ball interval(const Ball& lower, const Ball& upper);  ///< contains [inf lower, sup upper]; same as hull

  Ball& operator+=(const Ball& b) { return arb_add(value_, value_, b.value_, working_precision()), *this; }
  Ball& operator-=(const Ball& b) { return arb_sub(value_, value_, b.value_, working_precision()), *this; }
  Ball& operator*=(const Ball& b) { return arb_mul(value_, value_, b.value_, working_precision()), *this; }
  Ball& operator/=(const Ball& b) { return arb_div(value_, value_, b.value_, working_precision()), *this; }
  friend Ball operator+(Ball a, const Ball& b) {
    a += b;
    return a;
  }
  friend Ball operator-(Ball a, const Ball& b) {
    a -= b;
    return a;
  }
  friend Ball operator*(Ball a, const Ball& b) {
    a *= b;
    return a;
  }
  friend Ball operator/(Ball a, const Ball& b) {
    a /= b;
    return a;
  }
  friend Ball operator-(Ball a) {
    arb_neg(a.value_, a.value_);
    return a;
  }
  void add_product(const Ball& a, const Ball& b) { arb_addmul(value_, a.value_, b.value_, working_precision()); }

  bool operator<(const Ball&) const = delete;
  bool operator>(const Ball&) const = delete;
  bool operator<=(const Ball&) const = delete;
  bool operator>=(const Ball&) const = delete;
  bool operator==(const Ball&) const = delete;
  bool operator!=(const Ball&) const = delete;

  [[nodiscard]] bool is_finite() const { return arb_is_finite(value_); }
  [[nodiscard]] bool is_exact() const { return arb_is_exact(value_); }
  [[nodiscard]] bool contains(const Rational& x) const;
  [[nodiscard]] bool contains_zero() const { return !is_finite() || arb_contains_zero(value_); }
  [[nodiscard]] bool contains(const Ball& inner) const { return arb_contains(value_, inner.value_); }
  [[nodiscard]] bool overlaps(const Ball& other) const { return arb_overlaps(value_, other.value_); }

  /// The end points as balls of radius 0, exact (rounded outward beyond 2^20 bits), and the midpoint.
  [[nodiscard]] Ball lower() const;
  [[nodiscard]] Ball upper() const;
  [[nodiscard]] Ball mid() const;
  [[nodiscard]] Ball radius() const;  ///< exact ball, an upper bound of the radius

  /// The same end points; throw PreconditionError when not finite.
  [[nodiscard]] Rational lower_rational() const;
  [[nodiscard]] Rational upper_rational() const;

  [[nodiscard]] double mid_double()
      const;  ///< nearest double to the midpoint: approximate, for display and search only
  [[nodiscard]] double lower_double() const;  ///< a double <= every value in the ball (-inf if indeterminate)
  [[nodiscard]] double upper_double() const;  ///< a double >= every value in the ball (+inf if indeterminate)

  /// Bits of relative accuracy (Arb's measure); negative when the ball says nothing.
  [[nodiscard]] long accuracy_bits() const { return arb_rel_accuracy_bits(value_); }

  [[nodiscard]] arb_srcptr get() const { return value_; }
  [[nodiscard]] arb_ptr get() { return value_; }

 private:
  arb_t value_;
};

// Certain tests: true means proved, false means not proved. Never true of an indeterminate ball.
[[nodiscard]] bool certainly_less(const Ball& a, const Ball& b);           ///< a < b
[[nodiscard]] bool certainly_less_or_equal(const Ball& a, const Ball& b);  ///< a <= b
[[nodiscard]] bool certainly_positive(const Ball& a);                      ///< a > 0
[[nodiscard]] bool certainly_negative(const Ball& a);                      ///< a < 0

// Elementary functions; a value outside the domain gives the indeterminate ball.
[[nodiscard]] Ball sqrt(const Ball& x);
/// sqrt of a value known to be >= 0: a negative part of the enclosure is discarded; indeterminate if all of it is
/// negative.
[[nodiscard]] Ball sqrt_nonnegative(const Ball& x);
[[nodiscard]] Ball square(const Ball& x);
[[nodiscard]] Ball exp(const Ball& x);
[[nodiscard]] Ball expm1(const Ball& x);
[[nodiscard]] Ball log(const Ball& x);
[[nodiscard]] Ball log1p(const Ball& x);
[[nodiscard]] Ball sin(const Ball& x);
[[nodiscard]] Ball cos(const Ball& x);
[[nodiscard]] Ball tan(const Ball& x);
[[nodiscard]] Ball asin(const Ball& x);
[[nodiscard]] Ball acos(const Ball& x);
[[nodiscard]] Ball atan(const Ball& x);
[[nodiscard]] Ball tanh(const Ball& x);
[[nodiscard]] Ball erfc(const Ball& x);
[[nodiscard]] Ball abs(const Ball& x);
[[nodiscard]] Ball min(const Ball& a, const Ball& b);
[[nodiscard]] Ball max(const Ball& a, const Ball& b);
[[nodiscard]] Ball gamma(const Ball& x);
[[nodiscard]] Ball log_gamma(const Ball& x);
[[nodiscard]] Ball beta(const Ball& a, const Ball& b);
[[nodiscard]] Ball power(const Ball& base, long exponent);
[[nodiscard]] Ball power(const Ball& base,
                         const Ball& exponent);  ///< base >= 0 unless the exponent is an exact integer
/// 2F1(a, b; c; z) for z < 1.
[[nodiscard]] Ball hypergeometric_2f1(const Ball& a, const Ball& b, const Ball& c, const Ball& z);
/// Regularised incomplete beta I_x(a, b), 0 <= x <= 1; wide x is handled by monotonicity in x.
[[nodiscard]] Ball regularised_beta(const Ball& a, const Ball& b, const Ball& x);

/// Exact text of an enclosure in decimals.
struct BallText {
  std::string mid;    ///< decimal midpoint with the digits asked for
  std::string rad;    ///< a decimal r, rounded up, such that |true value - mid (as printed)| <= r
  std::string lower;  ///< decimal <= every value
  std::string upper;  ///< decimal >= every value
};
/// Decimal text with the given number of significant digits, all four parts rounded so that they hold as stated.
/// An indeterminate ball gives "nan" in all fields.
[[nodiscard]] BallText to_text(const Ball& x, int digits);
/// Only the digits that are certainly right (within one unit of the last), e.g. "1.41421356"; "?" when there is none.
[[nodiscard]] std::string to_text_certain(const Ball& x, int max_digits);

}  // namespace shatterproof
