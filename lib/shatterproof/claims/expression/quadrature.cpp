#include "shatterproof/claims/expression/quadrature.hpp"

#include <algorithm>
#include <cmath>

namespace shatterproof::expression {
namespace {

constexpr long kMostPieces = 1000;

struct Piece {
  Rational low, high;
  int depth = 0;
};

/// What is known of the integral over a piece, and how much of it is due to the remainder alone.
struct Enclosure {
  Value value = Value::indeterminate();
  double remainder = HUGE_VAL;
};

Value ball_between(const Rational& low, const Rational& high) { return Ball::hull(Ball(low), Ball(high)); }

class Quadrature {
 public:
  Quadrature(const Integrand& f, Axis axis, Rational length)
      : f_(f), axis_(std::move(axis)), length_(std::move(length)), weight_(axis_.infinite ? -2 : 0) {
    order_ = static_cast<int>(std::clamp<Bits>(working_precision() / 5 + 6, 12, 40));
    order_ += order_ % 2;  // the remainder of even order has one sign
  }

  Value total() {
    estimate_scale();
    std::vector<Piece> pieces{{0, length_}};
    Value sum = 0L;
    long left = kMostPieces;
    while (!pieces.empty()) {
      const Piece piece = pieces.back();
      pieces.pop_back();
      const Enclosure part = enclose(piece);
      --left;
      if (is_good_enough(part, piece) ||
          (part.value.is_finite() && (left < 0 || piece.depth > 4 * working_precision()))) {
        sum = add(sum, part.value);
        continue;
      }
      if (left < 0 || piece.depth > working_precision() + 64) return Value::indeterminate();
      const Rational middle = (piece.low + piece.high) / 2;
      pieces.push_back({middle, piece.high, piece.depth + 1});
      pieces.push_back({piece.low, middle, piece.depth + 1});
    }
    return sum;
  }

 private:
  /// The size of the integral, roughly; only the effort depends on it.
  void estimate_scale() {
    constexpr long kSamples = 8;
    double size = 0;
    for (long i = 1; i <= kSamples; ++i) {
      const Middle middle = middle_of(
          {length_ * Rational(i) / Rational(kSamples + 1), length_ * Rational(i + 1) / Rational(kSamples + 1)});
      const double value = std::abs(form(middle.axis, 0L, 0).series[0].ball().mid_double()) * middle.half.get_d();
      if (std::isfinite(value)) size += value;
    }
    tolerance_ = std::ldexp(size > 0 ? size : 1, -static_cast<int>(std::min<Bits>(working_precision(), 900)));
  }

  bool is_good_enough(const Enclosure& part, const Piece& piece) const {
    if (!part.value.is_finite()) return false;
    const double share = std::max(std::ldexp(1, -12), Rational((piece.high - piece.low) / length_).get_d());
    // What the coefficients themselves are uncertain by does not go away by cutting.
    const double inherent = part.value.ball().radius().upper_double() - part.remainder;
    return part.remainder <= std::max(tolerance_ * share, inherent / 4);
  }

  /// The piece by its middle and half its length, in x where the axis is infinite and in t otherwise.
  struct Middle {
    Axis axis;
    Rational half;
  };
  Middle middle_of(const Piece& piece) const {
    const Rational low = axis_.infinite ? 1 / piece.high : piece.low,
                   high = axis_.infinite ? 1 / piece.low : piece.high;
    const Value centre(Rational((low + high) / 2));
    const Value at = axis_.infinite ? multiply(axis_.slope, centre) : add(axis_.anchor, multiply(axis_.slope, centre));
    return {{false, at, axis_.slope, 0L, true}, (high - low) / 2};
  }

  EndForm form(Axis axis, const Value& t, int order) const {
    axis.t = t;
    return f_(axis, order);
  }

  Enclosure enclose(const Piece& piece) const { return piece.low == 0 ? at_the_end(piece.high) : inside(piece); }

  /// Taylor polynomial in the middle: the odd terms cancel.
  Enclosure inside(const Piece& piece) const {
    const Middle middle = middle_of(piece);
    const Series at = form(middle.axis, 0L, order_ - 1).series;
    const Series over = form(middle.axis, ball_between(-middle.half, middle.half), order_).series;
    const auto moment = [&](int k) { return Value(Rational(2 * power(middle.half, k + 1) / Rational(k + 1))); };
    Value sum = 0L;
    for (int k = 0; k < order_; k += 2) sum = add(sum, multiply(at[k], moment(k)));
    return with_remainder(sum, multiply(over[order_], moment(order_)));
  }

  /// Around t = 0 itself, as far as the coefficients there are finite.
  Enclosure at_the_end(const Rational& high) const {
    const EndForm over = form(axis_, ball_between(0, high), order_), at = form(axis_, 0L, order_);
    const Rational exponent = over.power + weight_;
    if (exponent <= -1) return over.series.is_zero() ? Enclosure{0L, 0} : Enclosure{};  // smaller pieces may do better
    int order = 0;
    while (at.power == over.power && order < order_ && at.series[order].is_finite()) ++order;
    while (order > 0 && !over.series[order].is_finite()) --order;
    const auto moment = [&](int k) {
      const Rational e = exponent + k + 1;
      return divide(raise(Value(high), Value(e)), Value(e));
    };
    Value sum = 0L;
    for (int k = 0; k < order; ++k) sum = add(sum, multiply(at.series[k], moment(k)));
    return with_remainder(sum, multiply(over.series[order], moment(order)));
  }

  static Enclosure with_remainder(const Value& sum, const Value& remainder) {
    if (!sum.is_finite() || !remainder.is_finite()) return {};
    return {add(sum, remainder), remainder.is_exactly(0) ? 0 : remainder.ball().radius().upper_double()};
  }

  const Integrand& f_;
  Axis axis_;
  Rational length_, weight_;  ///< dx = t^weight dt
  int order_ = 0;
  double tolerance_ = 0;
};

}  // namespace

Value integrate_from_end(const Integrand& f, const Axis& axis, const Rational& length) {
  return Quadrature(f, axis, length).total();
}

}  // namespace shatterproof::expression
