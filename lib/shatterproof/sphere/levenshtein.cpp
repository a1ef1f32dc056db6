#include <algorithm>
#include <optional>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof {
namespace {

bool is_certainly_at_most_zero(const Ball& x) { return certainly_less_or_equal(x, Ball(0)); }
bool is_certainly_at_most_zero(const Rational& x) { return sgn(x) <= 0; }
bool is_certainly_positive(const Ball& x) { return certainly_positive(x); }
bool is_certainly_positive(const Rational& x) { return sgn(x) > 0; }
Ball magnitude(const Ball& x) { return abs(x); }
Rational magnitude(const Rational& x) { return ::abs(x); }
Ball merge(const Ball& a, const Ball& b) { return Ball::hull(a, b); }
Rational merge(const Rational& a, const Rational&) { return a; }  // exact signs are always decided: never needed

/// Two consecutive Gegenbauer values up to a positive factor: P_(k+1) = sign*x, P_k = sign*y, one of x, y being 1.
/// The recurrence is run on the ratio: in the plain form the radii of balls grow by 1.27 bits a step, here they do not.
template <class Scalar>
struct Neighbours {
  Scalar x, y;
  int sign = 1;
};

/// From (P_k, P_(k-1)) to (P_(k+1), P_k) by (k+d-2) P_(k+1) = (2k+d-2) s P_k - k P_(k-1). Empty: a sign is not certain.
template <class Scalar>
std::optional<Neighbours<Scalar>> advance(const Neighbours<Scalar>& now, long k, long d, const Scalar& s) {
  const Scalar up = Scalar(k + d - 2), slope = Scalar(2 * k + d - 2) * s;
  // Near a zero of P_k go on with P_k/P_(k+1), which stays finite there; for |x| below the limit P_(k+1) < 0 < P_(k-1).
  const Scalar limit = Scalar(k) / Scalar(4 * (2 * k + d));
  if (is_certainly_positive(limit - magnitude(now.x)))
    return Neighbours<Scalar>{Scalar(1), up * now.x / (slope * now.x - Scalar(k) * now.y), -now.sign};
  const bool positive = is_certainly_positive(now.x);
  if (!positive && !is_certainly_positive(-now.x)) return std::nullopt;
  const Scalar inverse = now.y / now.x;
  return Neighbours<Scalar>{(slope - Scalar(k) * inverse) / up, Scalar(1), positive ? now.sign : -now.sign};
}

/// The value of (U3), first k whose test holds. Where a test is not decided both continuations are possible and the
/// result covers both. Empty: not settled at this precision, or beyond the cap on k.
template <class Scalar>
std::optional<Scalar> levenshtein(long d, const Scalar& s, long cap) {
  const Scalar gap = Scalar(1) - s;
  Neighbours<Scalar> before{s, Scalar(1), 1};  // P_1, P_0
  Integer choose = 1;                          // C(k+d-3, k-1)
  std::optional<Scalar> open;
  const auto joined = [&](const Scalar& value) { return open ? merge(*open, value) : value; };
  for (long k = 1; k <= cap; ++k) {
    const auto now = advance(before, k, d, s);
    if (!now) return std::nullopt;
    const Scalar first = now->sign > 0 ? Scalar(now->y - now->x) : Scalar(now->x - now->y);  // ~ P_k - P_(k+1)
    if (!is_certainly_positive(first)) {
      const Scalar value =
          Scalar(choose) * (Scalar(2 * k + d - 3) / Scalar(d - 1) - (before.y - before.x) / (gap * before.x));
      if (is_certainly_at_most_zero(first)) return joined(value);
      open = joined(value);
    }
    choose = choose * (k + d - 2) / k;          // C(k+d-2, k)
    const Scalar tilted = now->y - s * now->x;  // ~ P_k - P_(k+2), by the recurrence
    const Scalar second = now->sign > 0 ? tilted : Scalar(-tilted);
    if (!is_certainly_positive(second)) {
      const Scalar value = Scalar(choose) * (Scalar(2 * k + d - 1) / Scalar(d - 1) -
                                             (Scalar(1) + s) * (now->y - now->x) / (gap * (now->y + now->x)));
      if (is_certainly_at_most_zero(second)) return joined(value);
      open = joined(value);
    }
    before = *now;
  }
  return std::nullopt;
}

}  // namespace

Ball levenshtein_bound(long d, const Ball& s) {
  require(d >= 2, "levenshtein_bound needs d >= 2, got " + std::to_string(d));
  if (certainly_less(s, Ball(-1)) || !certainly_less(s, Ball(1))) return Ball::indeterminate();
  // At s = cos f the degree is more than 1/f: do not even start beyond the cap.
  const Ball cap(kLevenshteinDegreeCap);
  if (certainly_less((Ball(1) - s) * square(cap), Ball(1))) return Ball::indeterminate();
  const Bits wanted = working_precision();
  Ball best = Ball::indeterminate();
  for (Bits bits = wanted + 64; bits <= 4 * wanted + 4096; bits *= 2) {
    const PrecisionScope scope(bits);
    const auto value = levenshtein(d, s, kLevenshteinDegreeCap);
    const long gain = value && best.is_finite() ? value->accuracy_bits() - best.accuracy_bits() : 1;
    if (value) best = *value;
    if (best.is_finite() && (best.accuracy_bits() >= wanted - 8 || gain <= 0)) break;
  }
  return best;
}

Rational levenshtein_exact(long d, const Rational& s) {
  require(d >= 2, "levenshtein_exact needs d >= 2, got " + std::to_string(d));
  require(s >= -1 && s < 1, "levenshtein_exact needs -1 <= s < 1, got " + to_text_exact(s));
  const auto value = levenshtein(d, s, 600);
  if (!value) throw UndecidedError("the exact Levenshtein bound needs a degree above 1200 at s = " + to_text_exact(s));
  return *value;
}

}  // namespace shatterproof
