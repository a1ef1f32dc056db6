#include "routes.hpp"

#include <algorithm>
#include <boost/math/constants/constants.hpp>

namespace soundness {
namespace {

using Integers = std::vector<long>;

Real pi() { return acos(Real(-1)); }
Real half(long n) { return Real(n) / 2; }
Real gamma_of(const Real& x) { return exp(lgamma(x)); }  // x > 0

/// int_0^phi sin^d.
Real sine_integral(long d, const Real& phi) {
  Real value = d % 2 == 0 ? phi : Real(1 - cos(phi));
  for (long k = 2 + d % 2; k <= d; k += 2) value = ((k - 1) * value - pow(sin(phi), k - 1) * cos(phi)) / k;
  return value;
}

Real volume(long d) { return pow(pi(), half(d)) / gamma_of(half(d) + 1); }
Real c1(long d) { return volume(d - 1) / volume(d); }
Real c2(long d) { return c1(d) / (d + 1) * pow(Real(7) / 4, half(d + 1)); }
Real c3(long d) { return c1(d) / (d + 1) * pow(Real(2), half(d + 2)); }
Real c7_squared(long d) {
  return volume(d - 1) * pow(Real(7) / 4, half(d - 1)) * gamma_of(half(d + 1)) * 2 / gamma_of(half(d + 7));
}
Real c8_squared(long d) { return c7_squared(d) * pow(Real(8) / 7, half(d - 1)); }
Real kappa(long d) { return sqrt(Real(2)) * pow(Real(2), d + 2) * c1(d) * c1(d) / (Real(d + 1) * (d + 1) * (d + 3)); }

/// X.u has the density c1 (1-x^2)^((d-1)/2); with x = cos phi it is c1 sin^d phi dphi on (0, arccos(1-h)).
struct Cap {
  Real x, q, n, s, second;
  Cap(long d, const Real& h) : x(1 - h) {
    const Real phi = acos(x);
    q = c1(d) * sine_integral(d, phi);
    n = c1(d) * pow(sin(phi), d + 1) / (d + 1);
    s = n - x * q;
    second = q - c1(d) * sine_integral(d + 2, phi);
  }
  [[nodiscard]] Real weight() const { return s * sqrt(q * q + n * n); }
};
Real atom(long d, const Real& h) {
  const Cap cap(d, h);
  return (cap.second - 2 * cap.x * cap.n + cap.x * cap.x * cap.q) / (h * h);
}

Real tail(const Integers& d, const Real& h) { return Cap(d[0], h).q; }
Real tail_ratio(const Integers& d, const Real& h) { return Cap(d[0], h).q / pow(h, half(d[0] + 1)); }
Real weight_ratio(const Integers& d, const Real& h) { return Cap(d[0], h).weight() / pow(h, d[0] + 2); }

Real binomial(long n, long k) {
  Real value = 1;
  for (long i = 1; i <= k; ++i) value = value * (n - k + i) / i;
  return value;
}
Real binomial_cdf(long n, long k, const Real& p) {
  Real sum = 0;
  for (long i = 0; i <= k; ++i) sum += binomial(n, i) * pow(p, i) * pow(1 - p, n - i);
  return sum;
}

Real poisson_cdf(long k, const Real& mean) {
  Real term = exp(-mean), sum = term;
  for (long i = 1; i <= k; ++i) sum += term = term * mean / i;
  return sum;
}

/// By the generating function's recurrence.
Real gegenbauer(long n, long order, const Real& x) {
  Real before = 1, value = 2 * order * x;
  for (long k = 2; k <= n; ++k) {
    const Real next = (2 * x * (k + order - 1) * value - (k + 2 * order - 2) * before) / k;
    before = value, value = next;
  }
  return n == 0 ? Real(1) : value;
}

/// P(each of m cells gets from least to most of n draws), one cell after another; the rest goes to none.
Real cells_within(long n, long m, long least, long most, const Real& p) {
  std::vector<Real> left(static_cast<std::size_t>(n) + 1, Real(0));  // chance that so many draws are left for the rest
  left.back() = 1;
  for (long cell = 0; cell < m; ++cell) {
    const Real share = p / (1 - cell * p);
    std::vector<Real> next(left.size(), Real(0));
    for (long r = 0; r <= n; ++r)
      for (long j = least; j <= std::min(r, most); ++j)
        next[static_cast<std::size_t>(r - j)] +=
            left[static_cast<std::size_t>(r)] * binomial(r, j) * pow(share, j) * pow(1 - share, r - j);
    left = std::move(next);
  }
  Real sum = 0;
  for (const Real& chance : left) sum += chance;
  return sum;
}

/// From the double sum over the powers of (x-1)/2 and (x+1)/2.
Real jacobi(long n, long a, long b, const Real& x) {
  Real sum = 0;
  for (long s = 0; s <= n; ++s)
    sum += binomial(n + a, n - s) * binomial(n + b, s) * pow((x - 1) / 2, s) * pow((x + 1) / 2, n - s);
  return sum;
}

/// Trapezoidal sums of a Gaussian expectation converge faster than any power of the step.
Real mmse(const Integers&, const Real& s) {
  const int most = 600;
  Real sum = 0;
  for (int i = -most; i <= most; ++i) {
    const Real z = Real(i) / 40;
    sum += exp(-z * z / 2) * (1 - tanh(s + sqrt(s) * z));
  }
  return sum / (40 * sqrt(2 * pi()));
}

const std::vector<std::vector<long>> kDimensions{{1}, {2}, {3}, {4}, {7}, {24}};

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> list{
      {"sqrt", {{}}, 0, 9, [](const Integers&, const Real& x) -> Real { return sqrt(x); }},
      {"exp", {{}}, -5, 5, [](const Integers&, const Real& x) -> Real { return exp(x); }},
      {"expm1", {{}}, -5, 5, [](const Integers&, const Real& x) -> Real { return expm1(x); }},
      {"log", {{}}, 0, 9, [](const Integers&, const Real& x) -> Real { return log(x); }},
      {"log1p", {{}}, -1, 9, [](const Integers&, const Real& x) -> Real { return log1p(x); }},
      {"sin", {{}}, -9, 9, [](const Integers&, const Real& x) -> Real { return sin(x); }},
      {"cos", {{}}, -9, 9, [](const Integers&, const Real& x) -> Real { return cos(x); }},
      {"asin", {{}}, -1, 1, [](const Integers&, const Real& x) -> Real { return asin(x); }},
      {"acos", {{}}, -1, 1, [](const Integers&, const Real& x) -> Real { return acos(x); }},
      {"atan", {{}}, -9, 9, [](const Integers&, const Real& x) -> Real { return atan(x); }},
      {"tanh", {{}}, -9, 9, [](const Integers&, const Real& x) -> Real { return tanh(x); }},
      {"erfc", {{}}, -3, 5, [](const Integers&, const Real& x) -> Real { return erfc(x); }},
      {"gamma", {{}}, 0, 9, [](const Integers&, const Real& x) -> Real { return gamma_of(x); }},
      {"lgamma", {{}}, 0, 9, [](const Integers&, const Real& x) -> Real { return lgamma(x); }},
      {"beta",
       {{1}, {2}, {5}},
       0,
       5,
       [](const Integers& n, const Real& x) -> Real { return gamma_of(n[0]) * gamma_of(x) / gamma_of(x + n[0]); }},
      {"abs", {{}}, -3, 3, [](const Integers&, const Real& x) -> Real { return abs(x); }, false},
      {"min", {{1}}, -3, 3, [](const Integers&, const Real& x) -> Real { return x < 1 ? x : Real(1); }, false},
      {"max", {{1}}, -3, 3, [](const Integers&, const Real& x) -> Real { return x > 1 ? x : Real(1); }, false},
      {"pi", {{}}, 0, 0, [](const Integers&, const Real&) { return pi(); }},
      {"factorial", {{0}, {1}, {20}}, 0, 0, [](const Integers& n, const Real&) { return gamma_of(n[0] + 1); }},
      {"binomial",
       {{5, 2}, {60, 31}, {7, 0}},
       0,
       0,
       [](const Integers& n, const Real&) { return binomial(n[0], n[1]); }},
      {"ball_tail", kDimensions, 0, 2, tail},
      {"cap_mass", kDimensions, 0, 2, tail},
      {"ball_first_moment", kDimensions, 0, 2, [](const Integers& d, const Real& h) { return Cap(d[0], h).n; }},
      {"ball_tail_mean", kDimensions, 0, 2,
       [](const Integers& d, const Real& h) -> Real { return Cap(d[0], h).n / Cap(d[0], h).q; }},
      {"ball_excess", kDimensions, 0, 2, [](const Integers& d, const Real& h) { return Cap(d[0], h).s; }},
      {"ball_weight_plus", kDimensions, 0, 2, [](const Integers& d, const Real& h) { return Cap(d[0], h).weight(); }},
      {"ball_weight", kDimensions, 0, 2,
       [](const Integers& d, const Real& h) { return Cap(d[0], h < 1 ? h : Real(2 - h)).weight(); }, false},
      {"ball_tail_ratio", kDimensions, 0, 2, tail_ratio},
      {"ball_first_moment_ratio", kDimensions, 0, 2,
       [](const Integers& d, const Real& h) -> Real { return Cap(d[0], h).n / pow(h, half(d[0] + 1)); }},
      {"ball_excess_ratio", kDimensions, 0, 2,
       [](const Integers& d, const Real& h) -> Real { return Cap(d[0], h).s / pow(h, half(d[0] + 3)); }},
      {"ball_gap_ratio", kDimensions, 0, 2,
       [](const Integers& d, const Real& h) -> Real { return (1 - Cap(d[0], h).n / Cap(d[0], h).q) / h; }},
      {"ball_weight_ratio", kDimensions, 0, 2, weight_ratio},
      {"atom_norm2", kDimensions, 0, 1, [](const Integers& d, const Real& h) { return atom(d[0], h); }},
      {"atom_norm2_ratio", kDimensions, 0, 1,
       [](const Integers& d, const Real& h) -> Real { return atom(d[0], h) / pow(h, half(d[0] + 1)); }},
      {"atom_norm2_lebesgue", kDimensions, 0, 1,
       [](const Integers& d, const Real& h) -> Real { return volume(d[0]) * atom(d[0], h); }},
      {"cap_area_fraction",
       {{2}, {3}, {4}, {9}, {24}},
       0,
       3,
       [](const Integers& d, const Real& t) -> Real {
         return sine_integral(d[0] - 2, t) / sine_integral(d[0] - 2, pi());
       }},
      {"ball_volume", {{0}, {1}, {2}, {7}, {24}}, 0, 0, [](const Integers& d, const Real&) { return volume(d[0]); }},
      {"ball_weight_limit", kDimensions, 0, 0, [](const Integers& d, const Real&) { return kappa(d[0]); }},
      {"kappa", kDimensions, 0, 0, [](const Integers& d, const Real&) { return kappa(d[0]); }},
      {"cap_mass_lower", kDimensions, 0, 0,
       [](const Integers& d, const Real&) -> Real { return 2 * c1(d[0]) / (d[0] + 1); }},
      {"cap_mass_upper", kDimensions, 0, 0,
       [](const Integers& d, const Real&) -> Real { return pow(Real(2), half(d[0] + 1)) * c1(d[0]) / (d[0] + 1); }},
      {"c1", kDimensions, 0, 0, [](const Integers& d, const Real&) { return c1(d[0]); }},
      {"c2", kDimensions, 0, 0, [](const Integers& d, const Real&) { return c2(d[0]); }},
      {"c3", kDimensions, 0, 0, [](const Integers& d, const Real&) { return c3(d[0]); }},
      {"c4", kDimensions, 0, 0,
       [](const Integers& d, const Real&) -> Real {
         return 2 * c1(d[0]) / (d[0] + 3) * pow(Real(7) / 4, half(d[0] - 1)) / c3(d[0]);
       }},
      {"c5", kDimensions, 0, 0,
       [](const Integers& d, const Real&) -> Real {
         return 2 * c1(d[0]) / (d[0] + 3) * pow(Real(2), half(d[0] - 1)) / c2(d[0]);
       }},
      {"c7_squared", kDimensions, 0, 0, [](const Integers& d, const Real&) { return c7_squared(d[0]); }},
      {"c8_squared", kDimensions, 0, 0, [](const Integers& d, const Real&) { return c8_squared(d[0]); }},
      {"c7", kDimensions, 0, 0, [](const Integers& d, const Real&) -> Real { return sqrt(c7_squared(d[0])); }},
      {"c8", kDimensions, 0, 0, [](const Integers& d, const Real&) -> Real { return sqrt(c8_squared(d[0])); }},
      {"bpsk_mmse", {{}}, 0, 20, mmse, false, 0, 30},
      {"binomial_cdf",
       {{7, 3}, {20, 0}, {60, 33}},
       0,
       1,
       [](const Integers& n, const Real& p) { return binomial_cdf(n[0], n[1], p); },
       true,
       1},
      {"binomial_tail",
       {{7, 3}, {20, 1}, {60, 33}},
       0,
       1,
       [](const Integers& n, const Real& p) -> Real { return 1 - binomial_cdf(n[0], n[1] - 1, p); },
       true,
       1},
      {"poisson_cdf",
       {{0}, {4}, {30}},
       0,
       25,
       [](const Integers& k, const Real& mean) { return poisson_cdf(k[0], mean); },
       true,
       0},
      {"poisson_tail",
       {{1}, {4}, {30}},
       0,
       25,
       [](const Integers& k, const Real& mean) -> Real { return 1 - poisson_cdf(k[0] - 1, mean); },
       true,
       0},
      {"multinomial",
       {{3}, {2, 3}, {5, 0, 7}, {10, 20, 30, 1}},
       0,
       0,
       [](const Integers& counts, const Real&) -> Real {
         Real value = 1, total = 0;
         for (const long count : counts) {
           total += count;
           value /= gamma_of(Real(count) + 1);
         }
         return value * gamma_of(total + 1);
       }},
      {"multinomial_max_tail",
       {{6, 1, 2}, {9, 3, 4}, {12, 4, 3}, {5, 2, 5}, {20, 3, 9}},
       0,
       Rational(1, 4),
       [](const Integers& n, const Real& p) -> Real { return 1 - cells_within(n[0], n[1], 0, n[2] - 1, p); },
       true,
       2},
      {"multinomial_min_tail",
       {{6, 1, 2}, {9, 3, 2}, {12, 4, 3}, {8, 2, 1}},
       0,
       Rational(1, 4),
       [](const Integers& n, const Real& p) { return cells_within(n[0], n[1], n[2], n[0], p); },
       true,
       2},
      {"jacobi",
       {{0, 1, 2}, {1, 0, 0}, {5, 2, 1}, {8, 0, 3}},
       -1,
       1,
       [](const Integers& n, const Real& x) { return jacobi(n[0], n[1], n[2], x); }},
      {"gegenbauer",
       {{0, 1}, {1, 2}, {6, 1}, {9, 3}},
       -1,
       1,
       [](const Integers& n, const Real& x) { return gegenbauer(n[0], n[1], x); }},
  };
  return list;
}

}  // namespace soundness
