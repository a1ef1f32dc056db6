#pragma once
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// Minimum mean square error of a fair sign seen through Gaussian noise, at signal-to-noise ratio s >= 0 (BPSK):
/// mmse(s) = 1 - E tanh(s + sqrt(s) Z) = int_0^inf sech(pi w/2) exp(-s(1+w^2)/2) dw. Falls from mmse(0) = 1 to 0.
/// Encloses the value for every s in the ball; a ball below 0 gives the indeterminate ball.
/// Source: spec lower-bounds 4 (BPSK function).
[[nodiscard]] Ball bpsk_mmse(const Ball& s);

/// The same in double, relative error a few units in the last place; 0 below the range of double, NaN for s < 0 or NaN.
[[nodiscard]] double approx_bpsk_mmse(double s);
[[nodiscard]] double approx_log_bpsk_mmse(double s);  ///< log(mmse(s)), right where mmse underflows too

}  // namespace shatterproof
