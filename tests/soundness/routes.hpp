#pragma once
#include <string>
#include <vector>

#include "shatterproof/numeric/real.hpp"

namespace soundness {

using shatterproof::Rational;
using shatterproof::Real;

/// A built-in function with a way to compute it that shares nothing with the library's own: MPFR, and for the uniform
/// ball the recurrence of the integrals of sin^d.
struct Route {
  std::string name;
  std::vector<std::vector<long>> integers;  ///< choices of the integer arguments
  Rational low, high;                       ///< where the real argument is drawn from; low = high: there is none
  Real (*value)(const std::vector<long>& n, const Real& x);  ///< at the precision in force
  bool smooth = true;                                        ///< derivatives of every order exist in between
  std::size_t before = 9;  ///< how many of the integers stand before the real argument
  int digits = 100;        ///< relative accuracy of value
};

[[nodiscard]] const std::vector<Route>& routes();

}  // namespace soundness
