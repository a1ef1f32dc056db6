#include <charconv>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/read_file.hpp"
#include "shatterproof/sphere/packing_file.hpp"

namespace shatterproof {
namespace {

constexpr std::string_view kBetweenNumbers = " \t\r,;";
constexpr std::int64_t kLargestInteger = std::int64_t(1) << 50;
constexpr double kLargestNumber = 1e100;
constexpr std::size_t kLongestNumber = 400, kLongestExponent = 4;

/// A decimal as parse_rational takes it, to the nearest double; NaN if it is none or out of range.
double nearest_double(std::string_view whole) {
  std::string_view token = whole;
  if (token.size() > kLongestNumber || token.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return NAN;
  if (token.front() == '+') token.remove_prefix(1);
  if (token.empty() || (token.data() != whole.data() && token.front() == '-')) return NAN;
  const std::size_t e = token.find_first_of("eE");
  if (e != std::string_view::npos && token.substr(token.find_last_of("+-eE") + 1).size() > kLongestExponent) return NAN;
  double value = NAN;
  const auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), value);
  if (failure != std::errc() || end != token.data() + token.size()) return NAN;
  const double size = std::fabs(value);
  return size == 0 || (size >= 1 / kLargestNumber && size <= kLargestNumber) ? value : NAN;
}

/// The fewest digits that give the double back.
std::string shortest_text(double x) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, x).ptr};
}

}  // namespace

class StoredPacking::Parser {
 public:
  explicit Parser(StoredPacking& packing) : packing_(packing), text_(packing.text_) {}

  void parse() {
    is_ours_ = text_.substr(0, kPackingFirstLine.size()) == kPackingFirstLine;
    for (std::size_t start = 0; start < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', start), text_.size());
      ++line_;
      const std::string_view line = text_.substr(start, end - start);
      const std::size_t first = line.find_first_not_of(kBetweenNumbers);
      if (first != std::string_view::npos && line[first] != '#') {
        parse_row(line);
        packing_.starts_.push_back(start);
      } else if (is_ours_ && first == 0 && line_ > 1) {
        parse_header(line);
      }
      start = end + 1;
    }
    check_end();
    packing_.size_ = long(packing_.lines_.size());
    if (is_integral_) make_code();
  }

 private:
  [[noreturn]] void reject(const std::string& where, const std::string& found, const std::string& expected) const {
    throw FormatError(packing_.name_, "line " + std::to_string(line_) + where, found, expected);
  }

  /// Calls use(token) for each number of a line.
  template <class Use>
  void for_each_token(std::string_view line, Use&& use) const {
    for (std::size_t at = line.find_first_not_of(kBetweenNumbers); at < line.size();) {
      const std::size_t stop = std::min(line.size(), line.find_first_of(kBetweenNumbers, at));
      use(line.substr(at, stop - at));
      at = std::min(line.size(), line.find_first_not_of(kBetweenNumbers, stop));
    }
  }

  void parse_row(std::string_view line) {
    const std::size_t start = packing_.unit_.size();
    double squares = 0;
    for_each_token(line, [&](std::string_view token) {
      const double value = parse_number(token, packing_.unit_.size() - start + 1);
      packing_.unit_.push_back(value);
      squares += value * value;
    });
    const std::size_t found = packing_.unit_.size() - start;
    if (columns_ == 0) columns_ = expected_columns(found);
    if (found != columns_)
      reject("", std::to_string(found) + " numbers", std::to_string(columns_) + " as on the others");
    if (squares == 0) reject("", "a zero vector", "a vector with a direction");
    for (std::size_t k = start; k < packing_.unit_.size(); ++k) packing_.unit_[k] /= std::sqrt(squares);
    packing_.lines_.push_back(line_);
  }

  double parse_number(std::string_view token, std::size_t place) {
    std::int64_t integer = 0;
    const auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), integer);
    if (failure == std::errc() && end == token.data() + token.size() && integer >= -kLargestInteger &&
        integer <= kLargestInteger) {
      if (is_integral_) integers_.push_back(integer);
      return double(integer);
    }
    const double value = nearest_double(token);
    if (std::isnan(value))
      reject(", number " + std::to_string(place), "'" + std::string(token.substr(0, 40)) + "'",
             "a decimal number, 0 or of magnitude 1e-100 to 1e100");
    is_integral_ = false;
    integers_ = {};
    return value;
  }

  std::size_t expected_columns(std::size_t found) {
    if (!is_ours_) packing_.dimension_ = long(found);
    if (packing_.dimension_ == 0) reject("", "a vector", "the line '# dim D' before it");
    const std::size_t coordinates = frame_.empty() ? std::size_t(packing_.dimension_) : frame_.front().size();
    return root_ == 0 ? coordinates : 2 * coordinates;
  }

  std::int64_t header_integer(std::string_view text, std::int64_t least, std::int64_t most) const {
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size() || value < least || value > most)
      reject("", "'" + std::string(text.substr(0, 40)) + "'",
             "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return value;
  }

  void parse_header(std::string_view line) {
    std::vector<std::string_view> words;
    for_each_token(line.substr(1), [&](std::string_view word) { words.push_back(word); });
    if (words.empty() || words[0] == "family") return;
    if (!packing_.lines_.empty()) reject("", "a header after the first vector", "all headers before it");
    if (words[0] == "frame") {
      frame_.emplace_back();
      for (std::size_t k = 1; k < words.size(); ++k)
        frame_.back().push_back(header_integer(words[k], -(1 << 20), 1 << 20));
      if (frame_.back().size() != frame_.front().size()) reject("", "a frame vector", "one as long as the others");
      return;
    }
    if (words.size() != 2) reject("", "'" + std::string(line.substr(0, 40)) + "'", "a name and its value");
    if (words[0] == "dim") packing_.dimension_ = header_integer(words[1], 1, 10000);
    if (words[0] == "count") count_ = header_integer(words[1], 1, std::int64_t(1) << 32);
    if (words[0] == "root") root_ = header_integer(words[1], 2, 999999);
    if (words[0] == "eps") packing_.eps_ = header_eps(words[1]);
  }

  Rational header_eps(std::string_view text) const {
    try {
      const Rational eps = parse_rational(text);
      if (eps > 0 && eps <= 1) return eps;
    } catch (const PreconditionError&) {
    }
    reject("", "eps '" + std::string(text.substr(0, 40)) + "'", "a number in (0, 1]");
  }

  void check_end() {
    const auto found = std::int64_t(packing_.lines_.size());
    if (found == 0) reject("", "the end of the file", "at least one vector");
    if (!is_ours_) return;
    if (count_ != found)
      reject("", "the end of the file after " + std::to_string(found) + " vectors",
             count_ == 0 ? "a line '# count N' at the beginning" : std::to_string(count_) + " as its header says");
    if (text_.back() != '\n') reject("", "a line without an end", "a complete file");
    if (!is_integral_ && (root_ != 0 || !frame_.empty())) reject("", "decimals", "integers, as root and frame need");
  }

  void make_code() {
    ExactCode code;
    code.dimension = packing_.dimension_;
    const long rows = packing_.size(), columns = long(columns_), m = root_ == 0 ? columns : columns / 2;
    const Eigen::Map<const IntegerMatrix> all(integers_.data(), rows, columns);
    code.rational = all.leftCols(m);
    if (root_ != 0) code.irrational = all.rightCols(m), code.root = root_;
    code.frame.resize(long(frame_.size()), frame_.empty() ? 0 : m);
    for (long j = 0; j < code.frame.rows(); ++j)
      for (long k = 0; k < m; ++k) code.frame(j, k) = frame_[std::size_t(j)][std::size_t(k)];
    packing_.take_code(std::move(code));
  }

  StoredPacking& packing_;
  std::string_view text_;
  bool is_ours_ = false, is_integral_ = true;
  long line_ = 0, root_ = 0;
  std::int64_t count_ = 0;
  std::size_t columns_ = 0;
  std::vector<std::vector<std::int64_t>> frame_;
  std::vector<std::int64_t> integers_;
};

StoredPacking::StoredPacking(const std::filesystem::path& path) : StoredPacking(path.string(), read_file(path)) {}

StoredPacking::StoredPacking(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  Parser(*this).parse();
}

StoredPacking::StoredPacking(std::string name, long columns, Numbers numbers)
    : name_(std::move(name)), numbers_(std::move(numbers)), dimension_(columns) {
  std::visit(
      [&](const auto& values) {
        require(columns >= 1 && !values.empty() && long(values.size()) % columns == 0, "a packing needs whole rows");
        size_ = long(values.size()) / columns;
        take_rows(values);
      },
      numbers_);
}

/// Integers of 50 bits become a code, all else unit vectors in double beside the numbers.
template <class T>
void StoredPacking::take_rows(const std::vector<T>& values) {
  bool is_integral = true;
  unit_.assign(values.begin(), values.end());
  for (long i = 0; i < size_; ++i) {
    double squares = 0;
    double* row = unit_.data() + i * dimension_;
    for (long k = 0; k < dimension_; ++k) {
      const double x = row[k], size = std::fabs(x);
      if (!(size == 0 || (size >= 1 / kLargestNumber && size <= kLargestNumber)))
        throw FormatError(name_, "row " + std::to_string(i) + ", column " + std::to_string(k), shortest_text(x),
                          "a number, 0 or of magnitude 1e-100 to 1e100");
      is_integral = is_integral && size <= double(kLargestInteger) && x == std::rint(x);
      squares += x * x;
    }
    if (squares == 0)
      throw FormatError(name_, "row " + std::to_string(i), "a zero vector", "a vector with a direction");
    for (long k = 0; k < dimension_; ++k) row[k] /= std::sqrt(squares);
  }
  if (!is_integral) return;
  ExactCode code;
  code.dimension = dimension_;
  code.rational.resize(size_, dimension_);
  for (std::size_t k = 0; k < values.size(); ++k) code.rational.data()[k] = std::int64_t(values[k]);
  take_code(std::move(code));
}

void StoredPacking::take_code(ExactCode code) {
  try {
    require_valid(code);
  } catch (const PreconditionError& problem) {
    throw FormatError(name_ + ": " + problem.what());
  }
  code_ = std::move(code);
  unit_ = {}, starts_ = {}, text_ = {}, numbers_ = {};
}

}  // namespace shatterproof
