#pragma once
#include <functional>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// An even function F, analytic in the strip |Im w| < 1, with 0 < F <= 1 and F decreasing in w >= 0 on the real line.
struct SechWeighted {
  std::function<Ball(const Ball& w)> value;             ///< F at a real w >= 0
  std::function<Ball(const Ball& height)> strip_bound;  ///< a bound of |F(x+iy)| over all x and |y| <= height < 1
};

/// Encloses int_0^inf sech(pi w/2) F(w) dw by the trapezoidal rule at the working precision.
/// The error bound is that of Trefethen and Weideman (SIAM Review 56, 2014, Theorem 5.1) for functions analytic in a
/// strip, plus a bound of the part of the sum that is left out.
[[nodiscard]] Ball enclose_sech_integral(const SechWeighted& function);

}  // namespace shatterproof
