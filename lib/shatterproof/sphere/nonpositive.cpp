#include "shatterproof/sphere/nonpositive.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

using Bernstein = std::vector<Integer>;

/// Positive multiples of the Bernstein coefficients on [from, to], as integers.
Bernstein bernstein_coefficients(std::vector<Rational> a, const Rational& from, const Rational& to) {
  const std::size_t n = a.size() - 1;
  for (std::size_t k = 0; k < n; ++k)  // Taylor shift to u = t - from
    for (std::size_t j = n; j-- > k;) a[j] += from * a[j + 1];
  Rational scale = 1;
  for (Rational& c : a) c *= scale, scale *= to - from;
  // b_i = sum_{j <= i} C(i, j)/C(n, j) a_j: with a_j/C(n, j) in place of a_j that is a table of repeated sums.
  Rational choose = 1;
  for (std::size_t j = 0; j <= n; ++j) {
    a[j] /= choose;
    choose = choose * Rational(long(n - j)) / Rational(long(j + 1));
  }
  for (std::size_t k = 1; k <= n; ++k)
    for (std::size_t i = n; i >= k; --i) a[i] += a[i - 1];
  Integer denominator = 1;
  for (const Rational& c : a) denominator = lcm(denominator, c.get_den());
  Bernstein b;
  for (const Rational& c : a) b.push_back(Rational(c * denominator).get_num());
  return b;
}

/// de Casteljau at the middle, everything times 2^n: b becomes the left half, the result is the right half.
Bernstein split(Bernstein& b) {
  const std::size_t n = b.size() - 1;
  Bernstein left(n + 1), right(n + 1);
  for (std::size_t level = 0; level <= n; ++level) {
    left[level] = b[0] << (n - level), right[n - level] = b[n - level] << (n - level);
    for (std::size_t i = 0; i + level < n; ++i) b[i] += b[i + 1];
  }
  b = std::move(left);
  return right;
}

}  // namespace

bool is_certainly_nonpositive(const std::vector<Rational>& coefficients, const Rational& from, const Rational& to,
                              long most_pieces) {
  require(from < to, "is_certainly_nonpositive needs from < to");
  if (coefficients.empty()) return true;
  std::vector<Bernstein> open{bernstein_coefficients(coefficients, from, to)};
  const auto positive = [](const Integer& c) { return c > 0; };
  for (long pieces = 1; !open.empty(); ++pieces) {
    Bernstein& piece = open.back();
    if (piece.front() > 0 || piece.back() > 0 || pieces > most_pieces) return false;  // the ends are values
    if (std::none_of(piece.begin(), piece.end(), positive)) {
      open.pop_back();
      continue;
    }
    Bernstein right = split(piece);
    open.push_back(std::move(right));
  }
  return true;
}

}  // namespace shatterproof
