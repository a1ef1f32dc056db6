#include "shatterproof/sphere/packing_file.hpp"

#include <charconv>
#include <cmath>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

void append_row(std::string& text, const std::int64_t* row, long columns) {
  char digits[24];
  for (long k = 0; k < columns; ++k) {
    if (!text.empty() && text.back() != '\n') text += ' ';
    text.append(digits, std::to_chars(digits, digits + sizeof digits, row[k]).ptr);
  }
}

}  // namespace

std::string packing_text(const ExactCode& code, const Rational& eps, const std::string& family) {
  std::string text(kPackingFirstLine);
  text += "\n# dim " + std::to_string(code.dimension) + "\n# eps " + to_text_exact(eps);
  text += "\n# count " + std::to_string(code.size()) + "\n# family " + family + '\n';
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

std::string StoredPacking::places(long i, long j) const {
  if (lines_.empty()) return "rows " + std::to_string(i) + " and " + std::to_string(j);
  return "lines " + std::to_string(lines_[std::size_t(i)]) + " and " + std::to_string(lines_[std::size_t(j)]);
}

void StoredPacking::reject_equal(long i, long j) const {
  throw FormatError(name_, places(i, j), "the same point twice", "different points");
}

Separation StoredPacking::certify(const Rational& s, Caps caps) const {
  Separation result = code_ ? certify_separation(*code_, s, caps) : certify_rows(s, caps);
  if (result.first < 0) {
    result.text = "one vector alone, or all pairs far apart";
    return result;
  }
  const std::string cosine = to_text_certain(result.closest, 20), pair = places(result.first, result.second);
  if (!result.certified && has_same_direction(result.first, result.second)) reject_equal(result.first, result.second);
  result.text = result.certified ? "all pairs tested, " + std::to_string(result.exact_tests) +
                                       " of them exactly; closest: " + pair + ", inner product " + cosine
                                 : pair + " are too close: inner product " + cosine +
                                       (caps == Caps::open ? " > " : " >= ") + to_text_exact(s);
  return result;
}

}  // namespace shatterproof
