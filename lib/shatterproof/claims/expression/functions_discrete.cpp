#include "shatterproof/claims/expression/catalogue.hpp"

namespace shatterproof::expression {
namespace {

Value binomial(const Arguments& a) {
  constexpr long kMostExact = 100000;
  const long n = a.integer(0, 0), k = a.integer(1, 0);
  if (k > n) return Rational(0);
  if (n <= kMostExact) {
    Integer result;
    mpz_bin_uiui(result.get_mpz_t(), static_cast<unsigned long>(n), static_cast<unsigned long>(k));
    return Rational(result);
  }
  const Ball top = Ball(n) + Ball(1), chosen = Ball(k) + Ball(1);
  return exp(log_gamma(top) - log_gamma(chosen) - log_gamma(top - Ball(k)));
}

Value factorial(const Arguments& a) {
  constexpr long kMostExact = 20000;
  const long n = a.integer(0, 0);
  if (n > kMostExact) return exp(log_gamma(Ball(n) + Ball(1)));
  Integer result;
  mpz_fac_ui(result.get_mpz_t(), static_cast<unsigned long>(n));
  return Rational(result);
}

template <bool kUp>
Value rounded(const Arguments& a) {
  if (!a[0].exact()) a.reject(0, "an exact number");
  return kUp ? Rational(-floor(Rational(-*a[0].exact()))) : Rational(floor(*a[0].exact()));
}

/// C_n^(l)(x), from j C_j = 2 (j+l-1) x C_(j-1) - (j+2l-2) C_(j-2).
Value gegenbauer_at(long n, const Value& l, const Value& x) {
  Value before = 0L, now = 1L;
  for (long j = 1; j <= n; ++j) {
    const Value up = multiply(multiply(2L, add(l, Value(j - 1))), multiply(x, now));
    const Value down = multiply(add(multiply(2L, l), Value(j - 2)), before);
    before = now;
    now = divide(subtract(up, down), Value(j));
  }
  return now;
}

Value gegenbauer(const Arguments& a) { return gegenbauer_at(a.integer(0, 0), a[1], a[2]); }

/// d/dx C_n^(l) = 2 l C_(n-1)^(l+1).
std::vector<Value> gegenbauer_jet(const std::vector<Value>& args, int order) {
  const long n = args[0].exact()->get_num().get_si();
  std::vector<Value> f;
  Value scale = 1L;
  for (long k = 0; k <= order && k <= n; ++k) {
    const Value l = add(args[1], Value(k));
    f.push_back(multiply(scale, gegenbauer_at(n - k, l, args[2])));
    scale = divide(multiply(multiply(2L, l), scale), Value(k + 1));
  }
  return f;
}

std::optional<long> polynomial_degree(const std::vector<Value>& constants) {
  return constants[0].exact()->get_num().get_si();
}

/// P_n^(a,b)(x) from 2j(j+a+b)(2j+a+b-2) P_j = (2j+a+b-1)((2j+a+b)(2j+a+b-2) x + a^2 - b^2) P_(j-1)
///                                              - 2(j+a-1)(j+b-1)(2j+a+b) P_(j-2).
Value jacobi_at(long n, const Value& a, const Value& b, const Value& x) {
  const Value sum = add(a, b), difference = multiply(subtract(a, b), sum);
  Value before = 1L;
  if (n == 0) return before;
  Value now = add(add(a, 1L), divide(multiply(add(sum, 2L), subtract(x, 1L)), 2L));
  for (long j = 2; j <= n; ++j) {
    const Value even = add(sum, Value(2 * j)), less = subtract(even, 2L);
    const Value up = multiply(subtract(even, 1L), add(multiply(multiply(even, less), x), difference));
    const Value down = multiply(multiply(2L, even), multiply(add(a, Value(j - 1)), add(b, Value(j - 1))));
    const Value next = divide(subtract(multiply(up, now), multiply(down, before)),
                              multiply(multiply(Value(2 * j), add(sum, Value(j))), less));
    before = now;
    now = next;
  }
  return now;
}

Value jacobi(const Arguments& a) {
  (void)a.above(1, -1);
  (void)a.above(2, -1);
  return jacobi_at(a.integer(0, 0), a[1], a[2], a[3]);
}

/// d/dx P_n^(a,b) = (n+a+b+1)/2 P_(n-1)^(a+1,b+1).
std::vector<Value> jacobi_jet(const std::vector<Value>& args, int order) {
  const long n = args[0].exact()->get_num().get_si();
  std::vector<Value> f;
  Value scale = 1L;
  for (long k = 0; k <= order && k <= n; ++k) {
    f.push_back(multiply(scale, jacobi_at(n - k, add(args[1], Value(k)), add(args[2], Value(k)), args[3])));
    const Value factor = add(add(args[1], args[2]), Value(n + k + 1));
    scale = divide(multiply(scale, factor), Value(2 * (k + 1)));
  }
  return f;
}

/// A polynomial of degree n, its first argument.
Function polynomial(const char* name, std::vector<std::string> arguments, const char* definition,
                    Value (*evaluate)(const Arguments&), Jet jet) {
  Function f{name, std::move(arguments), definition, "", evaluate, jet};
  f.degree = polynomial_degree;
  return f;
}

/// An entry for the list of functions; the parser knows what to do.
Function binder(const char* name, std::vector<std::string> arguments, const char* definition, NodeKind kind) {
  Function f{name, std::move(arguments), definition, "", nullptr};
  f.kind = kind;
  return f;
}

}  // namespace

std::vector<Function> discrete_functions() {
  return {
      {"binomial", {"n", "k"}, "n choose k, integers >= 0", "", binomial},
      {"factorial", {"n"}, "n!, an integer >= 0", "", factorial},
      {"floor", {"x"}, "the largest integer <= x, x exact", "", rounded<false>},
      {"ceil", {"x"}, "the least integer >= x, x exact", "", rounded<true>},
      polynomial("gegenbauer", {"n", "l", "x"}, "Gegenbauer polynomial C_n^(l)(x)", gegenbauer, gegenbauer_jet),
      polynomial("jacobi", {"n", "a", "b", "x"}, "Jacobi polynomial P_n^(a,b)(x), a, b > -1", jacobi, jacobi_jet),
      binder("sum", {"k", "a", "b", "body"}, "body at k = a, a+1, ..., b added up; at most 10^6 terms", NodeKind::sum),
      binder("product", {"k", "a", "b", "body"}, "body at k = a, a+1, ..., b multiplied", NodeKind::product),
      binder("integral", {"x", "a", "b", "body"}, "of the body over x from a to b; inf may be an end",
             NodeKind::integral),
  };
}

}  // namespace shatterproof::expression
