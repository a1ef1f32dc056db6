#pragma once
#include "reader.hpp"

namespace checker {

/// Stands for a number in [(mid - rad) 2^-F, (mid + rad) 2^-F], F the bits of the Fixed that made it.
struct Ball {
  Integer mid, rad;
};

inline Ball operator+(const Ball& a, const Ball& b) { return {a.mid + b.mid, a.rad + b.rad}; }
inline Ball operator-(const Ball& a, const Ball& b) { return {a.mid - b.mid, a.rad + b.rad}; }
inline Ball operator*(const Ball& a, const Integer& factor) { return {a.mid * factor, a.rad * abs(factor)}; }
inline Integer size(const Ball& a) { return abs(a.mid) + a.rad; }  ///< at least the absolute value

/// floor(p/q) for q > 0.
inline Integer floor_quotient(const Integer& p, const Integer& q) {
  Integer result;
  mpz_fdiv_q(result.get_mpz_t(), p.get_mpz_t(), q.get_mpz_t());
  return result;
}

/// Fixed-point arithmetic with F bits behind the point; every rounding is added to the radius.
struct Fixed {
  unsigned long bits;  ///< F

  [[nodiscard]] Ball one() const { return {Integer(1) << bits, 0}; }
  [[nodiscard]] Ball of(const Rational& x) const {
    return {floor_quotient(x.get_num() << bits, x.get_den()), x.get_den() == 1 ? 0 : 1};
  }
  /// Contains (mid +- rad) 2^-shift.
  [[nodiscard]] static Ball shifted(const Integer& mid, const Integer& rad, unsigned long shift) {
    Ball result;
    mpz_fdiv_q_2exp(result.mid.get_mpz_t(), mid.get_mpz_t(), shift);
    mpz_cdiv_q_2exp(result.rad.get_mpz_t(), rad.get_mpz_t(), shift);
    if (!mpz_divisible_2exp_p(mid.get_mpz_t(), shift)) result.rad += 1;
    return result;
  }
  [[nodiscard]] Ball product(const Ball& a, const Ball& b) const {
    return shifted(a.mid * b.mid, abs(a.mid) * b.rad + abs(b.mid) * a.rad + a.rad * b.rad, bits);
  }
  [[nodiscard]] Ball dot(const std::vector<Ball>& x, const std::vector<Ball>& y) const {
    Integer mid, rad;
    for (std::size_t j = 0; j < x.size(); ++j) {
      mid += x[j].mid * y[j].mid;
      rad += abs(x[j].mid) * y[j].rad + abs(y[j].mid) * x[j].rad + x[j].rad * y[j].rad;
    }
    return shifted(mid, rad, bits);
  }
};

}  // namespace checker
