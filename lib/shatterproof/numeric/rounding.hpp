#pragma once
#include <cfenv>
#include <cmath>
#include <limits>

#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ > 0)
#error "the error bounds need IEEE arithmetic: NaN and infinity, sums in the order written (no -ffast-math, no -Ofast)"
#endif

// What bounds of rounding errors are made of (Higham, Accuracy and Stability of Numerical Algorithms, chapter 3).
namespace shatterproof::rounding {

constexpr double kUnit = 0x1p-53;       // of double
constexpr double kFloatUnit = 0x1p-24;  // of float
/// The bounds hold for rounding to nearest, with denormal numbers; a host program may have set another mode.
inline bool is_ieee() {
  volatile const double least = 0x1p-1074, normal = 0x1p-1022;  // volatile: the processor is asked, not the compiler
  return std::fegetround() == FE_TONEAREST && least * 2 > 0 && normal / 2 > 0;
}

/// Covers the rounding of the bounds themselves: sums and products of nonnegative terms, fewer than 1e9 roundings.
constexpr double kSlack = 1.001;

/// More than all underflows together can do to a quantity that is compared with lambda_max(H) >= 1.
constexpr double kUnderflow = 1e-100;

/// gamma_m = m u/(1 - m u), from above; infinite for m u > 9e-4.
inline double gamma(double m, double unit = kUnit) {
  return m * unit <= 9e-4 ? kSlack * m * unit : std::numeric_limits<double>::infinity();
}

/// >= sqrt(squares) where the squares may have lost what is below 1e-300.
inline double root_above(double squares) { return kSlack * std::sqrt(squares + 1e-300); }

}  // namespace shatterproof::rounding
