#include <cmath>
#include <limits>

#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/numeric/uniform_ball_detail.hpp"

// The closed forms of uniform_ball.cpp in long double (64-bit mantissa, 15-bit exponent on x86), rounded once at the
// end.

namespace shatterproof::uniform_ball::approx {

namespace {

using Wide = long double;

constexpr Wide kNaN = std::numeric_limits<Wide>::quiet_NaN();
constexpr Wide kPi = 3.14159265358979323846264338327950288L;
constexpr Wide kLogPi = 1.14472988584940017414342735135305871L;

/// Gamma(d/2+1) / (sqrt(pi) Gamma((d+1)/2)): recurrence for small d, else the asymptotic series in 2/d (error < 1e-21).
Wide c1_wide(long d) {
  if (d <= 1000) {
    const bool odd = d % 2 != 0;
    Wide c = odd ? 0.5L : 2 / kPi;
    for (long k = odd ? 1 : 2; k < d; k += 2) c *= static_cast<Wide>(k + 2) / static_cast<Wide>(k + 1);
    return c;
  }
  const Wide x = 2 / static_cast<Wide>(d);
  const Wide series =
      1 + x * (1 / 8.L + x * (1 / 128.L +
                              x * (-5 / 1024.L + x * (-21 / 32768.L + x * (399 / 262144.L + x * (869 / 4194304.L))))));
  return std::sqrt(static_cast<Wide>(d) / (2 * kPi)) * series;
}

/// 2F1(1+j, d+1+j; c; z) for j >= 0 and 0 <= z <= 1/2: positive terms, summed until they no longer matter.
Wide series(Wide a, Wide b, Wide c, Wide z) {
  Wide term = 1, sum = 1;
  for (int k = 0; term > 1e-21L * sum || z * (a + k) * (b + k) > (k + 1) * (c + k); ++k) {
    term *= z * ((a + k) * (b + k)) / ((k + 1) * (c + k));
    sum += term;
  }
  return sum;
}

/// Everything at one depth 0 <= h <= 1; the far side h > 1 follows by reflection.
struct Near {
  Wide d, h, om, factor, tail_series;

  Near(long dimension, Wide depth)
      : d(dimension),
        h(depth),
        om(depth * (2 - depth)),
        factor(c1_wide(dimension) / (d + 1)),
        tail_series(series(1, d + 1, (d + 3) / 2, depth / 2)) {}

  [[nodiscard]] Wide excess_series() const { return series(2, d + 2, (d + 5) / 2, h / 2); }
  [[nodiscard]] Wide first_moment() const { return factor * std::pow(om, (d + 1) / 2); }
  [[nodiscard]] Wide tail() const { return first_moment() * tail_series; }
  [[nodiscard]] Wide excess() const { return factor * std::pow(om, (d + 3) / 2) * excess_series() / (d + 3); }
  [[nodiscard]] Wide weight_factor() const {
    return factor * factor * excess_series() * std::sqrt(1 + tail_series * tail_series) / (d + 3);
  }
  [[nodiscard]] Wide weight_plus() const { return weight_factor() * std::pow(om, d + 2); }
  [[nodiscard]] Wide log_tail() const { return std::log(factor * tail_series) + (d + 1) / 2 * std::log(om); }
  [[nodiscard]] Wide log_weight_plus() const { return std::log(weight_factor()) + (d + 2) * std::log(om); }
};

bool outside(long d, double h, double top) {
  detail::require_dimension(d);
  return !(h >= 0 && h <= top);
}

/// log(sqrt(Q^2 + N^2)) on the far side, where Q is close to 1.
Wide far_log_norm(const Near& near) {
  const Wide q = near.tail(), n = near.first_moment();
  return std::log1p(q * (q - 2) + n * n) / 2;
}

Wide weight_plus_wide(long d, double h) {
  if (h <= 1) return Near(d, h).weight_plus();
  const Near near(d, 2 - static_cast<Wide>(h));
  return (near.excess() + (static_cast<Wide>(h) - 1)) * std::hypot(1 - near.tail(), near.first_moment());
}

}  // namespace

double tail(long d, double h) {
  if (outside(d, h, 2)) return kNaN;
  return h <= 1 ? Near(d, h).tail() : 1 - Near(d, 2 - static_cast<Wide>(h)).tail();
}

double first_moment(long d, double h) {
  if (outside(d, h, 2)) return kNaN;
  return Near(d, h <= 1 ? h : 2 - static_cast<Wide>(h)).first_moment();
}

double tail_mean(long d, double h) {
  if (outside(d, h, 2)) return kNaN;
  if (h <= 1) return 1 / Near(d, h).tail_series;
  const Near near(d, 2 - static_cast<Wide>(h));
  return near.first_moment() / (1 - near.tail());
}

double excess(long d, double h) {
  if (outside(d, h, 2)) return kNaN;
  return h <= 1 ? Near(d, h).excess() : Near(d, 2 - static_cast<Wide>(h)).excess() + (static_cast<Wide>(h) - 1);
}

double weight_plus(long d, double h) { return outside(d, h, 2) ? kNaN : weight_plus_wide(d, h); }

double weight(long d, double h) { return outside(d, h, 2) ? kNaN : weight_plus_wide(d, h <= 1 ? h : 2 - h); }

double weight_ratio(long d, double h) {
  if (outside(d, h, 2)) return kNaN;
  const Wide depth = h, exponent = static_cast<Wide>(d) + 2;
  return h <= 1 ? Near(d, h).weight_factor() * std::pow(2 - depth, exponent)
                : weight_plus_wide(d, h) / std::pow(depth, exponent);
}

double log_tail(long d, double h) {
  if (outside(d, h, 2)) return kNaN;
  return h <= 1 ? Near(d, h).log_tail() : std::log1p(-Near(d, 2 - static_cast<Wide>(h)).tail());
}

double log_weight_plus(long d, double h) {
  if (outside(d, h, 2)) return kNaN;
  if (h <= 1) return Near(d, h).log_weight_plus();
  const Wide k = 2 - static_cast<Wide>(h);
  const Near near(d, k);
  return std::log1p(near.excess() - k) + far_log_norm(near);
}

namespace {

/// a(h) = atom_factor * h^((d+1)/2) 2^((d-1)/2) (1-h/2)^((d+5)/2) (Lemma H.1 after Euler's transformation).
Wide atom_factor(long dimension, Wide h) {
  const Wide d = dimension;
  return c1_wide(dimension) * 16 / ((d + 1) * (d + 3) * (d + 5)) * series(3, d + 3, (d + 7) / 2, h / 2);
}

}  // namespace

double atom_norm2(long d, double h) {
  if (outside(d, h, 1)) return kNaN;
  const Wide x = h;
  return atom_factor(d, x) * x * std::pow(2 * x, (static_cast<Wide>(d) - 1) / 2) *
         std::pow(1 - x / 2, (static_cast<Wide>(d) + 5) / 2);
}

double log_atom_norm2(long d, double h) {
  if (outside(d, h, 1)) return kNaN;
  const Wide x = h, wide = d;
  return std::log(atom_factor(d, x)) + std::log(x) + (wide - 1) / 2 * std::log(2 * x) +
         (wide + 5) / 2 * std::log1p(-x / 2);
}

double c1(long d) {
  detail::require_dimension(d);
  return c1_wide(d);
}

double log_volume(long d) {
  detail::require_dimension(d, 0);
  const Wide half = static_cast<Wide>(d) / 2;
  return half * kLogPi - std::lgamma(half + 1);
}

}  // namespace shatterproof::uniform_ball::approx
