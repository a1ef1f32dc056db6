// The pairs of a stored packing, exactly.
#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/closest_pair.hpp"
#include "shatterproof/sphere/packing_file.hpp"
#include "shatterproof/sphere/unit_rows.hpp"
#include "shatterproof/sphere/usable_eps.hpp"

namespace shatterproof {

/// <A_i, A_j> = a + b sqrt q, and what it is divided by: sqrt(norms), or n0 + n1 sqrt q where all norms are that.
struct StoredPacking::Products {
  Rational a, b, norms, n0, n1;
  long q = 1;

  /// Sign of u_i.u_j - s.
  [[nodiscard]] int compare(const Rational& s) const {
    if (q != 1) return exact_sign(a - s * n0, b - s * n1, q);
    return compare_squares(s, s * s * norms);
  }

  /// Sign of u_i.u_j - u_k.u_l, of two pairs of one packing.
  [[nodiscard]] int compare(const Products& other) const {
    if (q != 1) return exact_sign(a - other.a, b - other.b, q);
    if (sgn(a) != sgn(other.a) || norms == other.norms) return cmp(a, other.a);
    const int squares = cmp(a * a * other.norms, other.a * other.a * norms);
    return sgn(a) < 0 ? -squares : squares;
  }

  [[nodiscard]] Ball cosine() const {
    if (q == 1) return Ball(a) / sqrt(Ball(norms));
    const Ball root = sqrt(Ball(q));
    return (Ball(a) + Ball(b) * root) / (Ball(n0) + Ball(n1) * root);
  }

  [[nodiscard]] std::optional<ExactCosine> short_form() const;

 private:
  [[nodiscard]] int compare_squares(const Rational& s, const Rational& right) const {
    if (sgn(a) != sgn(s)) return sgn(a) < sgn(s) ? -1 : 1;
    const int squares = cmp(a * a, right);
    return sgn(s) < 0 ? -squares : squares;
  }
};

std::optional<ExactCosine> StoredPacking::Products::short_form() const {
  if (q != 1) {
    const Rational size = n0 * n0 - q * n1 * n1;
    return ExactCosine{(a * n0 - q * b * n1) / size, (b * n0 - a * n1) / size, q};
  }
  // a / sqrt(p / r) = a sqrt(p r) / p with p r = k^2 m.
  constexpr long kLargestFactor = 1000, kLargestRoot = 1'000'000;
  Integer rest = norms.get_num() * norms.get_den(), root = sqrt(rest);
  if (root * root == rest) return ExactCosine{a * root / norms.get_num(), 0, 1};
  root = 1;
  for (long k = 2; k <= kLargestFactor; ++k)
    for (; rest % (k * k) == 0; rest /= k * k) root *= k;
  if (rest > kLargestRoot) return std::nullopt;
  return ExactCosine{0, a * root / norms.get_num(), rest.get_si()};
}

std::vector<Rational> StoredPacking::exact_row(long i) const {
  std::vector<Rational> row;
  if (lines_.empty()) {
    const auto columns = std::size_t(dimension_), start = std::size_t(i) * columns;
    for (std::size_t k = start; k < start + columns; ++k) {
      const auto* doubles = std::get_if<std::vector<double>>(&numbers_);
      row.push_back(doubles ? exact_rational((*doubles)[k])
                            : Rational(std::get<std::vector<std::int64_t>>(numbers_)[k]));
    }
    return row;
  }
  const std::size_t start = starts_[std::size_t(i)], end = std::min(text_.find('\n', start), text_.size());
  constexpr char kSeparators[] = " \t\r,;";
  for (std::size_t at = text_.find_first_not_of(kSeparators, start); at < end;) {
    const std::size_t stop = std::min(end, text_.find_first_of(kSeparators, at));
    row.push_back(parse_rational(std::string_view(text_).substr(at, stop - at)));
    at = text_.find_first_not_of(kSeparators, stop);
  }
  return row;
}

StoredPacking::Products StoredPacking::products(long i, long j) const {
  Products result;
  if (code_) {
    const auto g = inner_product(*code_, i, j), n = inner_product(*code_, i, i), m = inner_product(*code_, j, j);
    result.a = to_integer(g.first), result.b = to_integer(g.second);
    result.n0 = to_integer(n.first), result.n1 = to_integer(n.second);
    result.norms = result.n0 * to_integer(m.first);
    if (code_->irrational.size() != 0) result.q = code_->root;
    return result;
  }
  const std::vector<Rational> x = exact_row(i), y = exact_row(j);
  Rational xx = 0, yy = 0;
  for (std::size_t k = 0; k < x.size(); ++k) result.a += x[k] * y[k], xx += x[k] * x[k], yy += y[k] * y[k];
  result.norms = xx * yy;
  return result;
}

bool StoredPacking::has_same_direction(long i, long j) const { return products(i, j).compare(1) == 0; }

/// Each number is rounded once; norm, division and the sum of products as in certify_separation of integers.
double StoredPacking::row_margin() const { return std::ldexp(double(unit_.size()) / double(size_) + 8, -49); }

Separation StoredPacking::certify_rows(const Rational& s, Caps caps) const {
  const auto is_separated = [&](long i, long j) {
    const int sign = products(i, j).compare(s);
    return caps == Caps::open ? sign <= 0 : sign < 0;
  };
  const PairSearch search =
      search_pairs({unit_.data(), size_, long(unit_.size()) / size_, row_margin(), is_separated}, s);
  Separation result;
  result.certified = search.separated;
  result.first = search.first, result.second = search.second, result.exact_tests = search.exact_tests;
  if (search.first >= 0) result.closest = products(search.first, search.second).cosine();
  return result;
}

LargestCaps StoredPacking::largest_caps(Caps caps) const {
  LargestCaps result;
  if (size_ == 1) return result.text = "one vector alone: caps of any size", result;
  const PrecisionScope scope(kUsableEpsBits);
  const CosineOrder order{[&](long i, long j) { return products(i, j).cosine().lower_rational(); },
                          [&](long i, long j, long k, long l) { return products(i, j).compare(products(k, l)) <= 0; }};
  ClosestPair closest;
  if (code_) {
    const UnitRows rows = unit_rows(*code_);
    closest = closest_pair({rows.unit.data(), size_, code_->rational.cols(), rows.margin, {}}, order);
  } else {
    closest = closest_pair({unit_.data(), size_, long(unit_.size()) / size_, row_margin(), {}}, order);
  }
  const Products pair = products(closest.first, closest.second);
  if (pair.compare(1) == 0) reject_equal(closest.first, closest.second);
  result.first = closest.first, result.second = closest.second, result.exact_tests = closest.exact_tests;
  result.cosine = pair.cosine(), result.exact = pair.short_form();
  result.angle = Ball::hull(acos(Ball(std::min(result.cosine.upper_rational(), Rational(1)))),
                            acos(Ball(std::max(result.cosine.lower_rational(), Rational(-1)))));
  const std::string places = this->places(result.first, result.second);
  if (certainly_less(Ball(Rational(1 - closest_cosine_gap())), result.cosine))
    throw FormatError(name_, places, "an angle for which eps is below 1e-20", "vectors farther apart");
  result.eps = usable_eps(result.cosine, [&](const Rational& s) {
    const int sign = pair.compare(s);
    return caps == Caps::open ? sign <= 0 : sign < 0;
  });
  result.text = places + "; no pair is closer: " + std::to_string(result.exact_tests) +
                " compared exactly, the others excluded by error bounds";
  return result;
}

}  // namespace shatterproof
