#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>
#include <vector>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {
namespace {

/// Exact test of one pair; see spec lower-bounds 11 (a), (b).
class PairTest {
 public:
  PairTest(const ExactCode& code, const Rational& s) : code_(code), s_(s) {
    norms_.reserve(code.size());
    for (long i = 0; i < code.size(); ++i) norms_.push_back(inner_product(code, i, i));
    const auto differs = [&](const auto& norm) { return norm != norms_[0]; };
    equal_norms_ = std::none_of(norms_.begin(), norms_.end(), differs);
    const Wide small = Wide(1) << 60;
    if (equal_norms_ && code.irrational.size() == 0 && norms_[0].first < small) {
      limit_ = floor(Rational(s * to_integer(norms_[0].first))).get_si();
      has_limit_ = true;
    }
  }

  [[nodiscard]] bool is_separated(long i, long j) const {
    const auto g = inner_product(code_, i, j);
    if (has_limit_) return g.first <= limit_;
    if (code_.irrational.size() != 0)
      return exact_sign(to_integer(g.first) - s_ * to_integer(norms_[0].first),
                        to_integer(g.second) - s_ * to_integer(norms_[0].second), code_.root) <= 0;
    if (s_ >= 0 && g.first <= 0) return true;
    if (s_ < 0 && g.first >= 0) return false;
    const Integer product = to_integer(g.first);
    const Rational left = product * product;
    const Rational right = s_ * s_ * to_integer(norms_[i].first) * to_integer(norms_[j].first);
    return s_ >= 0 ? left <= right : left >= right;
  }

  [[nodiscard]] Ball cosine(long i, long j) const {
    const auto value = [&](const std::pair<Wide, Wide>& z) {
      return Ball(to_integer(z.first)) + Ball(to_integer(z.second)) * sqrt(Ball(code_.root));
    };
    return value(inner_product(code_, i, j)) / sqrt(value(norms_[i]) * value(norms_[j]));
  }

 private:
  const ExactCode& code_;
  const Rational s_;
  std::vector<std::pair<Wide, Wide>> norms_;
  bool equal_norms_ = false, has_limit_ = false;
  Wide limit_ = 0;
};

/// Unit vectors in double, sorted by the first coordinate; each inner product of two rows has an error below `margin`.
struct SortedRows {
  std::vector<long> order;
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> unit;
  double margin = 0;
};

SortedRows sorted_rows(const ExactCode& code) {
  const long n = code.size(), m = code.rational.cols();
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> rows = code.rational.cast<double>();
  if (code.irrational.size() != 0) rows += std::sqrt(double(code.root)) * code.irrational.cast<double>();
  for (long i = 0; i < n; ++i) rows.row(i) /= rows.row(i).norm();
  SortedRows sorted;
  sorted.order.resize(n);
  std::iota(sorted.order.begin(), sorted.order.end(), 0L);
  std::stable_sort(sorted.order.begin(), sorted.order.end(), [&](long a, long b) { return rows(a, 0) < rows(b, 0); });
  sorted.unit.resize(n, m);
  for (long i = 0; i < n; ++i) sorted.unit.row(i) = rows.row(sorted.order[i]);
  // Coordinates up to 2^50 are exact in double; norm, division, the sum of m products: below (3m + 16) 2^-53 in all.
  // With a square root a coordinate a + b sqrt q may cancel: |a|, |b| sqrt q <= 2^30 and |A_i| >= 1 / 2^30 keep it
  // below 2^-10 only, so such codes (they are small) are decided in integers throughout.
  sorted.margin = code.irrational.size() != 0 ? 4.0 : std::ldexp(double(m + 8), -50);
  return sorted;
}

}  // namespace

Separation certify_separation(const ExactCode& code, const Rational& s) {
  require(s >= -1 && s < 1, "certify_separation needs -1 <= s < 1, got " + to_text_exact(s));
  require_valid(code);
  Separation result;
  const long n = code.size();
  if (n == 0) return result.text = "no vectors: nothing to certify", result;
  const PairTest exact(code, s);
  const SortedRows rows = sorted_rows(code);
  const double sure = Ball(s).lower_double() - rows.margin;
  // Two rows farther apart in one coordinate have |u - v|^2 > 2 - 2s.
  const double reach = std::sqrt(Ball(Rational(2 - 2 * s)).upper_double()) * (1 + 1e-12) + rows.margin;
  double closest = -2;
  const auto judge = [&](long i, long j, double g) {
    if (g > closest) closest = g, result.first = rows.order[i], result.second = rows.order[j];
    if (g <= sure) return true;
    ++result.exact_tests;
    if (exact.is_separated(rows.order[i], rows.order[j])) return true;
    std::tie(result.first, result.second) = std::minmax(rows.order[i], rows.order[j]);
    result.closest = exact.cosine(result.first, result.second);
    result.text = "vectors " + std::to_string(result.first) + " and " + std::to_string(result.second) +
                  " are too close: inner product " + to_text_certain(result.closest, 20) + " > " + to_text_exact(s);
    return false;
  };
  constexpr long kRows = 32, kColumns = 256;
  Matrix<double> products;
  for (long top = 0; top < n; top += kRows) {
    const long height = std::min(kRows, n - top);
    for (long left = top; left < n && !(rows.unit(left, 0) - rows.unit(top + height - 1, 0) > reach);
         left += kColumns) {
      const long width = std::min(kColumns, n - left);
      products.noalias() = rows.unit.middleRows(top, height) * rows.unit.middleRows(left, width).transpose();
      if (products.maxCoeff() <= std::min(sure, closest)) continue;
      for (long j = 0; j < width; ++j)
        for (long i = 0; i < height && top + i < left + j; ++i)
          if (products(i, j) > std::min(sure, closest) && !judge(top + i, left + j, products(i, j))) return result;
    }
  }
  result.certified = true;
  result.text = "all pairs tested, " + std::to_string(result.exact_tests) + " of them in integers";
  if (result.first >= 0) {
    if (result.first > result.second) std::swap(result.first, result.second);
    result.closest = exact.cosine(result.first, result.second);
    result.text += "; closest pair " + std::to_string(result.first) + ", " + std::to_string(result.second) +
                   " with inner product " + to_text_certain(result.closest, 20);
  }
  return result;
}

}  // namespace shatterproof
