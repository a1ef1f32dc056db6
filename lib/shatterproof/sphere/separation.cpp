#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/unit_rows.hpp"

namespace shatterproof {
namespace {

/// Exact test of one pair; see spec lower-bounds 11 (a), (b).
class PairTest {
 public:
  PairTest(const ExactCode& code, const Rational& s, Caps caps) : code_(code), s_(s), closed_(caps == Caps::closed) {
    first_norm_ = norm(0);
    if (code.irrational.size() == 0 && first_norm_.first < Wide(1) << 60 && has_equal_norms()) {
      const Rational most = s * to_integer(first_norm_.first);
      limit_ = floor(most).get_si();
      if (closed_ && most.get_den() == 1) --limit_;
      has_limit_ = true;
    }
  }

  [[nodiscard]] bool is_separated(long i, long j) const {
    const auto g = inner_product(code_, i, j);
    if (has_limit_) return g.first <= limit_;
    if (code_.irrational.size() != 0)
      return accepts(exact_sign(to_integer(g.first) - s_ * to_integer(first_norm_.first),
                                to_integer(g.second) - s_ * to_integer(first_norm_.second), code_.root));
    if (s_ >= 0 && g.first < 0) return true;
    if (s_ < 0 && g.first >= 0) return false;
    const Integer product = to_integer(g.first);
    const Rational left = product * product;
    const Rational right = s_ * s_ * to_integer(norm(i).first) * to_integer(norm(j).first);
    return accepts(s_ >= 0 ? cmp(left, right) : cmp(right, left));
  }

  /// By the sign of u_i.u_j - s.
  [[nodiscard]] bool accepts(int sign) const { return closed_ ? sign < 0 : sign <= 0; }

  [[nodiscard]] Ball cosine(long i, long j) const {
    const auto value = [&](const std::pair<Wide, Wide>& z) {
      return Ball(to_integer(z.first)) + Ball(to_integer(z.second)) * sqrt(Ball(code_.root));
    };
    return value(inner_product(code_, i, j)) / sqrt(value(norm(i)) * value(norm(j)));
  }

 private:
  [[nodiscard]] std::pair<Wide, Wide> norm(long i) const { return inner_product(code_, i, i); }
  [[nodiscard]] bool has_equal_norms() const {
    for (long i = 1; i < code_.size(); ++i)
      if (norm(i) != first_norm_) return false;
    return true;
  }

  const ExactCode& code_;
  const Rational s_;
  const bool closed_;
  std::pair<Wide, Wide> first_norm_;
  bool has_limit_ = false;
  Wide limit_ = 0;
};

std::string describe(const PairSearch& search, const Ball& closest, const Rational& s, Caps caps) {
  const std::string pair = std::to_string(search.first) + (search.separated ? ", " : " and ") +
                           std::to_string(search.second),
                    cosine = to_text_certain(closest, 20);
  if (!search.separated)
    return "vectors " + pair + " are too close: inner product " + cosine + (caps == Caps::open ? " > " : " >= ") +
           to_text_exact(s);
  const std::string tested = "all pairs tested, " + std::to_string(search.exact_tests) + " of them in integers";
  return search.first < 0 ? tested : tested + "; closest pair " + pair + " with inner product " + cosine;
}

}  // namespace

UnitRows unit_rows(const ExactCode& code) {
  UnitRows rows{code.rational.cast<double>(), 0};
  if (code.irrational.size() != 0) rows.unit += std::sqrt(double(code.root)) * code.irrational.cast<double>();
  const long m = rows.unit.cols();
  for (double* row = rows.unit.data(); row < rows.unit.data() + rows.unit.size(); row += m) {
    double squares = 0;
    for (long k = 0; k < m; ++k) squares += row[k] * row[k];
    const double norm = std::sqrt(squares);
    for (long k = 0; k < m; ++k) row[k] /= norm;
  }
  // Coordinates up to 2^50 are exact in double; norm, division, the sum of m products: below (3m + 16) 2^-53 in all.
  // With a square root a coordinate a + b sqrt q may cancel: |a|, |b| sqrt q <= 2^30 and |A_i| >= 1 / 2^30 keep it
  // below 2^-10 only, so such codes (they are small) are decided in integers throughout.
  rows.margin = code.irrational.size() != 0 ? 4.0 : std::ldexp(double(m + 8), -50);
  return rows;
}

Separation certify_separation(const ExactCode& code, const Rational& s, Caps caps) {
  require(s >= -1 && s < 1, "certify_separation needs -1 <= s < 1, got " + to_text_exact(s));
  require_valid(code);
  Separation result;
  if (code.size() == 0) return result.text = "no vectors: nothing to certify", result;
  const PairTest exact(code, s, caps);
  const UnitRows rows = unit_rows(code);
  const PairSearch search = search_pairs({rows.unit.data(), code.size(), code.rational.cols(), rows.margin,
                                          [&](long i, long j) { return exact.is_separated(i, j); }},
                                         s);
  result.certified = search.separated;
  result.first = search.first, result.second = search.second, result.exact_tests = search.exact_tests;
  if (search.first >= 0) result.closest = exact.cosine(search.first, search.second);
  result.text = describe(search, result.closest, s, caps);
  return result;
}

}  // namespace shatterproof
