#pragma once
#include <functional>
#include <vector>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof {

/// One term coefficient * q^exponent of a power series with few terms.
struct Term {
  long exponent, coefficient;
};

/// 0, 1, 3, 6, ...: the exponents of the theta series below.
[[nodiscard]] inline long triangular(long k) { return k * (k + 1) / 2; }

/// The start terms followed by term(1), term(2), ... as long as their exponents (increasing) are at most last.
[[nodiscard]] std::vector<Term> sparse_series(std::vector<Term> start, const std::function<Term(long)>& term,
                                              long last);

/// Coefficients 0..last of f^n for a series f with constant term 1, exactly:
/// f (f^n)' = n f' f^n gives m g_m = sum over the other terms c q^e of c (n e - (m - e)) g_(m-e).
[[nodiscard]] std::vector<Integer> power(const std::vector<Term>& f, long n, long last);

/// Coefficients 0..last of the product.
[[nodiscard]] std::vector<Integer> multiply(const std::vector<Integer>& a, const std::vector<Integer>& b, long last);

}  // namespace shatterproof
