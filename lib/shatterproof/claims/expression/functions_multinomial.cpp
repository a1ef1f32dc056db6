#include <arb_poly.h>
#include <fmpq_poly.h>

#include "shatterproof/claims/expression/catalogue.hpp"

namespace shatterproof::expression {
namespace {

constexpr long kMostCounts = 1000000000;  // of the thresholds k, in both directions
constexpr long kMostExactDraws = 300;
constexpr long kMostDraws = 20000;
constexpr std::size_t kMostPowerBits = 20000;  // of s^n, to be exact

// n draws, each of which falls into one of m cells, with probability p into each, or into none of them. With s = m p
//   P(event) = sum over t of C(n, t) s^t (1-s)^(n-t) b_t,   b_t = P(event | t draws, all into the cells),
// where b_t is 0 and then grows with t: a polynomial in s in Bernstein's form, which grows too.
// b_t comes from t! [x^t] (sum over the counts j allowed in one cell of (x/m)^j/j!)^m.
enum class Event { largest_reaches, every_reaches };

/// sum of (x/m)^j/j! over the counts j <= n below the threshold, or from it on.
std::vector<Rational> one_cell(Event event, long n, long m, long k) {
  std::vector<Rational> coefficients;
  Rational term = 1;
  for (long j = 0; j <= n; ++j) {
    const bool below = j < k;
    coefficients.push_back(below == (event == Event::largest_reaches) ? term : Rational(0));
    term /= Rational(m) * (j + 1);
  }
  return coefficients;
}

std::vector<Value> exact_power(const std::vector<Rational>& base, long m) {
  const auto length = static_cast<slong>(base.size());
  fmpq_poly_t polynomial;
  fmpq_poly_init(polynomial);
  for (slong j = 0; j < length; ++j)
    fmpq_poly_set_coeff_mpq(polynomial, j, base[static_cast<std::size_t>(j)].get_mpq_t());
  fmpq_poly_pow_trunc(polynomial, polynomial, static_cast<ulong>(m), length);
  std::vector<Value> result;
  for (slong j = 0; j < length; ++j) {
    Rational coefficient;
    fmpq_poly_get_coeff_mpq(coefficient.get_mpq_t(), polynomial, j);
    result.emplace_back(coefficient);
  }
  fmpq_poly_clear(polynomial);
  return result;
}

std::vector<Value> enclosed_power(const std::vector<Rational>& base, long m) {
  const auto length = static_cast<slong>(base.size());
  arb_poly_t polynomial;
  arb_poly_init(polynomial);
  for (slong j = 0; j < length; ++j)
    arb_poly_set_coeff_arb(polynomial, j, Ball(base[static_cast<std::size_t>(j)]).get());
  arb_poly_pow_ui_trunc_binexp(polynomial, polynomial, static_cast<ulong>(m), length, working_precision());
  std::vector<Value> result;
  for (slong j = 0; j < length; ++j) {
    Ball coefficient;
    arb_poly_get_coeff_arb(coefficient.get(), polynomial, j);
    result.emplace_back(coefficient);
  }
  arb_poly_clear(polynomial);
  return result;
}

/// b_0 .. b_n.
std::vector<Value> conditional(Event event, long n, long m, long k) {
  const std::vector<Rational> cell = one_cell(event, n, m, k);
  std::vector<Value> b = n <= kMostExactDraws ? exact_power(cell, m) : enclosed_power(cell, m);
  Value factorial = 1L;
  for (long t = 0; t <= n; ++t) {
    Value& share = b[static_cast<std::size_t>(t)];
    if (t > 0) factorial = multiply(factorial, Value(t));
    if (n > kMostExactDraws) factorial = factorial.ball();
    share = multiply(share, factorial);
    if (event == Event::largest_reaches) share = subtract(1L, share);
  }
  return b;
}

Value binomial_coefficient(long n, long k) {
  Integer exact;
  mpz_bin_uiui(exact.get_mpz_t(), static_cast<unsigned long>(n), static_cast<unsigned long>(k));
  return Rational(exact);
}

/// The polynomial's derivative of the given order in s, divided by its factorial.
Value bernstein(std::vector<Value> b, long order, const Value& s) {
  const long n = static_cast<long>(b.size()) - 1, rest = n - order;
  for (long j = 0; j < order; ++j)
    for (std::size_t t = 0; t + 1 < b.size() - static_cast<std::size_t>(j); ++t) b[t] = subtract(b[t + 1], b[t]);
  const Value other = subtract(1L, s);
  Value sum = 0L, choices = 1L;  // C(rest, t)
  for (long t = 0; t <= rest; ++t) {
    const Value weight = multiply(choices, multiply(raise(s, t), raise(other, rest - t)));
    sum = add(sum, multiply(weight, b[static_cast<std::size_t>(t)]));
    choices = divide(multiply(choices, Value(rest - t)), Value(t + 1));
    if (n > kMostExactDraws) choices = choices.ball();
  }
  return multiply(binomial_coefficient(n, order), sum);
}

/// m p as a share in [0, 1]: a ball that reaches beyond stands for its part inside.
Value clamped_share(const Value& share) {
  if (share.exact() || !share.is_finite()) return share;
  return max(Ball(0), min(Ball(1), share.ball()));
}

Value share_of(const Arguments& a, long m) {
  const Value share = multiply(Value(m), a[2]);
  const bool outside = share.exact() ? *share.exact() < 0 || *share.exact() > 1
                                     : certainly_negative(share.ball()) || certainly_less(Ball(1), share.ball());
  if (outside) a.reject(2, "from 0 to 1/m");
  return clamped_share(share);
}

/// Where the tail does not depend on p: for thresholds that are always or never reached.
std::optional<Value> trivial_tail(Event event, long n, long m, long k) {
  if (k <= 0) return 1L;
  const bool never = event == Event::largest_reaches ? k > n : k > n / m;
  return never ? std::optional<Value>(0L) : std::nullopt;
}

template <Event kEvent>
Value occupancy_tail(const Arguments& a) {
  const long n = a.integer(0, 0), m = a.integer(1, 1), k = a.integer(3, -kMostCounts);
  const Value share = share_of(a, m);
  if (const auto value = trivial_tail(kEvent, n, m, k)) return *value;
  if (n > kMostDraws) a.reject(0, "at most " + std::to_string(kMostDraws));
  const std::vector<Value> b = conditional(kEvent, n, m, k);
  if (share.exact() && bit_size(*share.exact()) * static_cast<std::size_t>(n) <= kMostPowerBits)
    return bernstein(b, 0, share);
  return monotone([&](const Ball& s) { return bernstein(b, 0, Value(s)).ball(); }, share.ball());
}

long integer_argument(const Series& s) { return s[0].exact()->get_num().get_si(); }

template <Event kEvent>
Series occupancy_series(const std::vector<Series>& args, const Value& value) {
  for (const std::size_t i : {0U, 1U, 3U})
    if (!args[i].is_constant()) throw DomainError{"multinomial tail: only p may depend on a real variable"};
  const long n = integer_argument(args[0]), m = integer_argument(args[1]), k = integer_argument(args[3]);
  const int order = args[2].order();
  if (trivial_tail(kEvent, n, m, k)) return {value, order};
  const Series share = multiply(Value(m), args[2]);
  const std::vector<Value> b = conditional(kEvent, n, m, k);
  std::vector<Value> f{value};
  for (long j = 1; j <= std::min<long>(order, n); ++j)
    f.push_back(bernstein(b, j, Value(clamped_share(share[0]).ball())));
  return compose(f, share);
}

Value multinomial(const Arguments& a) {
  constexpr long kMostExact = 100000;
  long total = 0;
  Value exact = 1L;
  Ball logarithm = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const long count = a.integer(i, 0);
    if (count > kMostCounts) a.reject(i, "at most 10^9");
    total += count;
    if (total <= kMostExact) exact = multiply(exact, binomial_coefficient(total, count));
    logarithm -= log_gamma(Ball(count) + Ball(1));
  }
  return total <= kMostExact ? exact : Value(exp(logarithm + log_gamma(Ball(total) + Ball(1))));
}

}  // namespace

std::vector<Function> multinomial_functions() {
  const std::vector<std::string> nmpk{"n", "m", "p", "k"};
  return {
      {"multinomial", {"k1", "..."}, "(k1 + k2 + ...)!/(k1! k2! ...), integers >= 0", "", multinomial},
      {"multinomial_max_tail", nmpk,
       "P(some of m cells has >= k of n draws), each cell of probability p <= 1/m, the rest in none", "",
       occupancy_tail<Event::largest_reaches>, nullptr, occupancy_series<Event::largest_reaches>},
      {"multinomial_min_tail", nmpk,
       "P(each of m cells has >= k of n draws), each cell of probability p <= 1/m, the rest in none", "",
       occupancy_tail<Event::every_reaches>, nullptr, occupancy_series<Event::every_reaches>},
  };
}

}  // namespace shatterproof::expression
