#include "shatterproof/claims/expression/ball_jets.hpp"

#include "shatterproof/claims/expression/ball_constants.hpp"
#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof::expression::ball {
namespace {

/// d and h with the series that the closed forms are made of.
struct Depth {
  long d;
  Value h;
  int order;

  Depth(const Values& args, int wanted) : d(args[0].exact()->get_num().get_si()), h(args[1]), order(wanted) {}

  [[nodiscard]] Rational beta() const { return half(d + 1); }
  static Rational half(long twice) {
    Rational q(twice, 2);
    q.canonicalize();
    return q;
  }

  [[nodiscard]] Series constant(const Value& value) const { return {value, order}; }
  [[nodiscard]] Series depth() const { return Series::variable(h, 1, order); }
  /// h^e and (2-h)^e.
  [[nodiscard]] Series power_of_depth(const Rational& e) const {
    return {nonnegative_power_coefficients(h, e, order), order};
  }
  [[nodiscard]] Series power_of_rest(const Rational& e) const {
    const Series rest = Series::variable(subtract(2L, h), -1, order);
    return compose(nonnegative_power_coefficients(rest[0], e, order), rest);
  }
  /// (h(2-h))^e.
  [[nodiscard]] Series power_of_both(const Rational& e) const {
    const Value from_one = subtract(1L, h);
    const Series both(Values{subtract(1L, raise(from_one, 2L)), multiply(2L, from_one), -1L}, order);
    return compose(nonnegative_power_coefficients(both[0], e, order), both);
  }
  [[nodiscard]] Series density() const { return multiply(c1(d), power_of_both(half(d - 1))); }

  /// 2F1(a, b; c; h/2), twice_c = 2c: its derivative is ab/(2c) 2F1(a+1, b+1; c+1; h/2).
  [[nodiscard]] Series hypergeometric(long a, long b, long twice_c) const {
    Values f;
    Value scale = 1L;
    for (long k = 0; k <= order; ++k) {
      const Value at = h.is_exactly(0)
                           ? Value(1L)
                           : Value(uniform_ball::positive_hypergeometric(a + k, b + k, twice_c + 2 * k, h.ball()));
      f.push_back(multiply(scale, at));
      const Rational step = Rational((a + k) * (b + k)) / Rational((twice_c + 2 * k) * (k + 1));
      scale = multiply(scale, step);
    }
    return {std::move(f), order};
  }

  /// Whether the hypergeometric forms converge well, or else h is away from 0 and may be divided by.
  [[nodiscard]] bool near() const { return certainly_less_or_equal(h.ball(), Ball(3) / Ball(2)); }

  [[nodiscard]] Series of(const char* name) const { return call(*find_function(name), {constant(Value(d)), depth()}); }
};

Series squares_root(const Series& a, const Series& b) {
  return raise(add(multiply(a, a), multiply(b, b)), Rational(1, 2));
}

}  // namespace

Values tail(const Values& args, int order) {
  const Depth at(args, order);
  if (at.d == 1) return multiply(Value(Rational(1, 2)), at.depth()).coefficients();
  return integrate(at.density(), 0L).coefficients();
}

Values first_moment(const Values& args, int order) {
  const Depth at(args, order);
  return multiply(density_scale(at.d), at.power_of_both(at.beta())).coefficients();
}

Values excess(const Values& args, int order) {
  return integrate(Depth(args, order).of("ball_tail"), 0L).coefficients();
}

Values tail_mean(const Values& args, int order) {
  const Depth at(args, order);
  if (at.near()) return divide(at.constant(1L), at.hypergeometric(1, at.d + 1, at.d + 3)).coefficients();
  return divide(at.of("ball_first_moment"), at.of("ball_tail")).coefficients();
}

Values weight_plus(const Values& args, int order) {
  const Depth at(args, order);
  if (at.near()) return multiply(at.power_of_depth(at.d + 2), at.of("ball_weight_ratio")).coefficients();
  return multiply(at.of("ball_excess"), squares_root(at.of("ball_tail"), at.of("ball_first_moment"))).coefficients();
}

/// g_P(h) = g_P(2-h) = g+(h) for h <= 1; at h = 1 the left and right derivatives differ.
Values weight(const Values& args, int order) {
  const Ball h = args[1].ball(), one = 1;
  if (certainly_less_or_equal(h, one)) return weight_plus(args, order);
  const auto mirrored = [&](const Value& depth) {
    Values f = weight_plus({args[0], subtract(2L, depth)}, order);
    for (std::size_t k = 1; k < f.size(); k += 2) f[k] = negate(f[k]);
    return f;
  };
  if (certainly_less(one, h)) return mirrored(args[1]);
  Values f(static_cast<std::size_t>(order) + 1, Value::indeterminate());
  if (order >= 1 && h.is_finite()) {
    const Values left = weight_plus({args[0], Ball::hull(h.lower(), one)}, 1),
                 right = mirrored(Ball::hull(one, h.upper()));
    f[1] = Ball::hull(left[1].ball(), right[1].ball());
  }
  return f;
}

Values atom_norm2(const Values& args, int order) {
  const Depth at(args, order);
  return multiply(at.power_of_depth(at.beta()), at.of("atom_norm2_ratio")).coefficients();
}

Values atom_norm2_lebesgue(const Values& args, int order) {
  const Depth at(args, order);
  return multiply(volume(at.d), at.of("atom_norm2")).coefficients();
}

/// The density of the angle is c sin^(d-2), c = Gamma(d/2)/(sqrt(pi) Gamma((d-1)/2)).
Values cap_area_fraction(const Values& args, int order) {
  const Depth at(args, order);
  if (at.d == 1) return Values(static_cast<std::size_t>(order) + 1, Value::indeterminate());
  const Value pi(Ball::pi(), Symbol::named("pi"));
  const Value scale = at.d == 2 ? divide(1L, pi) : c1(at.d - 2);
  const Series sine = call(*find_function("sin"), {at.depth()});
  const Series power = compose(nonnegative_power_coefficients(sine[0], Rational(at.d - 2), order), sine);
  return integrate(multiply(scale, power), 0L).coefficients();
}

Values tail_ratio(const Values& args, int order) {
  const Depth at(args, order);
  if (at.d == 1) return {Rational(1, 2)};
  if (!at.near()) return divide(at.of("ball_tail"), at.power_of_depth(at.beta())).coefficients();
  const Series scale = multiply(density_scale(at.d), at.power_of_rest(at.beta()));
  return multiply(scale, at.hypergeometric(1, at.d + 1, at.d + 3)).coefficients();
}

Values first_moment_ratio(const Values& args, int order) {
  const Depth at(args, order);
  return multiply(density_scale(at.d), at.power_of_rest(at.beta())).coefficients();
}

Values excess_ratio(const Values& args, int order) {
  const Depth at(args, order);
  if (at.d == 1) return {Rational(1, 4)};
  const Rational exponent = at.beta() + 1;
  if (!at.near()) return divide(at.of("ball_excess"), at.power_of_depth(exponent)).coefficients();
  const Value scale = divide(density_scale(at.d), Value(at.d + 3));
  return multiply(multiply(scale, at.power_of_rest(exponent)), at.hypergeometric(2, at.d + 2, at.d + 5)).coefficients();
}

Values gap_ratio(const Values& args, int order) {
  const Depth at(args, order);
  if (at.d == 1) return {Rational(1, 2)};
  if (!at.near()) return divide(subtract(at.constant(1L), at.of("ball_tail_mean")), at.depth()).coefficients();
  const Value scale = divide(Value(at.d + 1), Value(at.d + 3));
  return divide(multiply(scale, at.hypergeometric(1, at.d + 2, at.d + 5)), at.hypergeometric(1, at.d + 1, at.d + 3))
      .coefficients();
}

Values weight_ratio(const Values& args, int order) {
  const Depth at(args, order);
  // The value of ball_weight_plus asks for this one in turn.
  if (!at.near() && order == 0) return {uniform_ball::weight_ratio(at.d, at.h.ball())};
  if (!at.near()) return divide(at.of("ball_weight_plus"), at.power_of_depth(at.d + 2)).coefficients();
  const Value scale = divide(raise(density_scale(at.d), 2L), Value(at.d + 3));
  const Series root = squares_root(at.constant(1L), at.hypergeometric(1, at.d + 1, at.d + 3));
  const Series excess = multiply(multiply(scale, at.power_of_rest(at.d + 2)), at.hypergeometric(2, at.d + 2, at.d + 5));
  return multiply(excess, root).coefficients();
}

Values atom_norm2_ratio(const Values& args, int order) {
  const Depth at(args, order);
  if (at.d == 1) return {Rational(1, 6)};
  const Rational product((at.d + 1) * (at.d + 3) * (at.d + 5));
  const Value beta3 = Rational(16 / product);
  const Value scale = multiply(multiply(c1(at.d), beta3), half_power(2, -6));  // 2^((d-1)/2)/2^((d+5)/2)
  return multiply(multiply(scale, at.power_of_rest(Depth::half(at.d + 5))), at.hypergeometric(3, at.d + 3, at.d + 7))
      .coefficients();
}

}  // namespace shatterproof::expression::ball
