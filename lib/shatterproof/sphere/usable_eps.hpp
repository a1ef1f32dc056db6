#pragma once
#include <functional>

#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

/// Digits after the decimal point of the values below.
inline constexpr long kUsableEpsDigits = 30;

/// The largest eps in (0, 1] at which caps around a code of largest inner product c are disjoint, eps^2 = 1 -
/// sqrt((1+c)/2), rounded down to 30 decimals: the caps at the value returned are certainly disjoint (exact test).
/// Throws PreconditionError unless -1 <= c < 1 and eps is at least 1e-20.
[[nodiscard]] Rational usable_eps(const ExactCosine& max_cosine);

/// The same for any code: `cosine` encloses c at kUsableEpsBits, `fits(s)` tells exactly whether caps with cos 2 theta
/// = s are disjoint (c <= s, or c < s where the caps have their rims).
[[nodiscard]] Rational usable_eps(const Ball& cosine, const std::function<bool(const Rational&)>& fits);
inline constexpr Bits kUsableEpsBits = 384;

/// The same for the regular N-gon, c = cos(2 pi/N), N >= 2: eps = sqrt 2 sin(pi/(2N)).
[[nodiscard]] Rational usable_polygon_eps(const Integer& count);

/// A decimal text of such an eps without trailing zeros, "0.366025403784438646763723170752"; exact.
[[nodiscard]] std::string decimal_text(const Rational& eps);

}  // namespace shatterproof
