#include "shatterproof/sphere/packing_file.hpp"

#include <charconv>
#include <cmath>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr char kMagic[] = "# shatterproof packing 1";

void append_row(std::string& text, const std::int64_t* row, long columns) {
  char digits[24];
  for (long k = 0; k < columns; ++k) {
    if (!text.empty() && text.back() != '\n') text += ' ';
    text.append(digits, std::to_chars(digits, digits + sizeof digits, row[k]).ptr);
  }
}

/// Sign of u.v - s for the directions of two rational vectors.
int sign_of_excess(const std::vector<Rational>& x, const std::vector<Rational>& y, const Rational& s) {
  Rational inner = 0, xx = 0, yy = 0;
  for (std::size_t k = 0; k < x.size(); ++k) inner += x[k] * y[k], xx += x[k] * x[k], yy += y[k] * y[k];
  if (sgn(inner) != sgn(s)) return sgn(inner) < sgn(s) ? -1 : 1;
  const Rational excess = inner * inner - s * s * xx * yy;
  return sgn(s) < 0 ? -sgn(excess) : sgn(excess);
}

Ball enclose_cosine(const std::vector<Rational>& x, const std::vector<Rational>& y) {
  Rational inner = 0, xx = 0, yy = 0;
  for (std::size_t k = 0; k < x.size(); ++k) inner += x[k] * y[k], xx += x[k] * x[k], yy += y[k] * y[k];
  return Ball(inner) / sqrt(Ball(Rational(xx * yy)));
}

}  // namespace

std::string packing_text(const ExactCode& code, const Rational& eps, const std::string& family) {
  std::string text = std::string(kMagic) + "\n# dim " + std::to_string(code.dimension) + "\n# eps " +
                     to_text_exact(eps) + "\n# count " + std::to_string(code.size()) + "\n# family " + family + '\n';
  if (code.irrational.size() != 0) text += "# root " + std::to_string(code.root) + '\n';
  for (long j = 0; j < code.frame.rows(); ++j) {
    text += "# frame";
    append_row(text, code.frame.row(j).data(), code.frame.cols());
    text += '\n';
  }
  for (long i = 0; i < code.size(); ++i) {
    append_row(text, code.rational.row(i).data(), code.rational.cols());
    if (code.irrational.size() != 0) append_row(text, code.irrational.row(i).data(), code.irrational.cols());
    text += '\n';
  }
  return text;
}

ExactCode integer_code(const Packing& packing) {
  if (packing.code) return *packing.code;
  require(bool(packing.centres), "the packing has " + packing.count.get_str() +
                                     " centres, too many to write: choose a larger --eps or raise --max-centres");
  const PrecisionScope scope(96);
  const Matrix<Ball> centres = packing.centres();
  ExactCode code;
  code.dimension = packing.dimension;
  code.rational.resize(centres.rows(), centres.cols());
  for (long i = 0; i < centres.rows(); ++i)
    for (long k = 0; k < centres.cols(); ++k)
      code.rational(i, k) = std::llround(centres(i, k).mid_double() * (0x1p50 - 1));
  const Rational h = packing.eps * packing.eps;
  const Separation test = certify_separation(code, Rational(1 - 4 * h + 2 * h * h));
  require(test.certified, "the centres are irrational and too tight to be rounded to integers: " + test.text);
  return code;
}

std::vector<Rational> StoredPacking::exact_row(long i) const {
  const std::size_t start = starts_[std::size_t(i)], end = std::min(text_.find('\n', start), text_.size());
  constexpr char kSeparators[] = " \t\r,;";
  std::vector<Rational> row;
  for (std::size_t at = text_.find_first_not_of(kSeparators, start); at < end;) {
    const std::size_t stop = std::min(end, text_.find_first_of(kSeparators, at));
    row.push_back(parse_rational(std::string_view(text_).substr(at, stop - at)));
    at = text_.find_first_not_of(kSeparators, stop);
  }
  return row;
}

bool StoredPacking::has_same_direction(long i, long j) const {
  if (!code_) return sign_of_excess(exact_row(i), exact_row(j), 1) == 0;
  const auto g = inner_product(*code_, i, j), n = inner_product(*code_, i, i);
  if (code_->irrational.size() != 0) return g == n;
  const Integer inner = to_integer(g.first), norm = to_integer(n.first);
  const Integer other = to_integer(inner_product(*code_, j, j).first);
  return inner > 0 && inner * inner == norm * other;
}

Separation StoredPacking::certify_decimals(const Rational& s, Caps caps) const {
  const auto is_separated = [&](long i, long j) {
    const int sign = sign_of_excess(exact_row(i), exact_row(j), s);
    return caps == Caps::open ? sign <= 0 : sign < 0;
  };
  const long m = long(unit_.size()) / size();
  // Each number is rounded once; norm, division and the sum of m products as in certify_separation of integers.
  const PairSearch search = search_pairs({unit_.data(), size(), m, std::ldexp(double(m + 8), -49), is_separated}, s);
  Separation result;
  result.certified = search.separated;
  result.first = search.first, result.second = search.second, result.exact_tests = search.exact_tests;
  if (search.first >= 0) result.closest = enclose_cosine(exact_row(search.first), exact_row(search.second));
  return result;
}

Separation StoredPacking::certify(const Rational& s, Caps caps) const {
  Separation result = code_ ? certify_separation(*code_, s, caps) : certify_decimals(s, caps);
  if (result.first < 0) {
    result.text = "one vector alone, or all pairs far apart";
    return result;
  }
  const std::string cosine = to_text_certain(result.closest, 20);
  const std::string lines =
      "lines " + std::to_string(line(result.first)) + " and " + std::to_string(line(result.second));
  if (!result.certified && has_same_direction(result.first, result.second))
    throw FormatError(name_, lines, "the same point twice", "different points");
  result.text = result.certified ? "all pairs tested, " + std::to_string(result.exact_tests) +
                                       " of them exactly; closest: " + lines + ", inner product " + cosine
                                 : lines + " are too close: inner product " + cosine +
                                       (caps == Caps::open ? " > " : " >= ") + to_text_exact(s);
  return result;
}

}  // namespace shatterproof
