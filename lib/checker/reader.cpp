#include "reader.hpp"

#include <algorithm>

namespace checker {
namespace {

constexpr std::size_t kLongestNumber = 20'000, kLongestQuote = 40;

/// One way to write each integer: no sign but -, no leading zero, no -0.
bool is_integer(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && !text.empty() && (text.front() != '0' || (text.size() == 1 && !negative));
}

Integer value(std::string_view text) { return Integer(std::string(text), 10); }

/// The bytes as one number, the first the most significant, modulo the prime 2^127 - 1.
std::string checksum(std::string_view bytes) {
  Integer number;
  mpz_import(number.get_mpz_t(), bytes.size(), 1, 1, 1, 0, bytes.data());
  return Integer(number % ((Integer(1) << 127) - 1)).get_str();
}

}  // namespace

Reader::Reader(std::string_view text) : text_(text) {
  const auto bad = std::find_if(text.begin(), text.end(), [](char c) { return c != '\n' && (c < ' ' || c > '~'); });
  if (bad == text.end()) return;
  number_ = 1 + std::count(text.begin(), bad, '\n');
  fail("character", "byte " + std::to_string(static_cast<unsigned char>(*bad)), "printable ASCII and line feeds");
}

void Reader::fail(const char* field, std::string_view found, const std::string& expected) const {
  std::string quoted = "'" + std::string(found.substr(0, kLongestQuote)) + "'";
  if (found.size() > kLongestQuote) quoted += "... (" + std::to_string(found.size()) + " characters)";
  throw Malformed{number_, field, found.empty() ? "nothing" : quoted, expected};
}

void Reader::begin(const char* keyword) {
  ++number_;
  start_ = next_;
  const std::size_t stop = text_.find('\n', next_);
  if (stop == std::string_view::npos)
    fail(keyword, text_.substr(next_), "a whole line '" + std::string(keyword) + " ...'");
  line_ = text_.substr(next_, stop - next_);
  next_ = stop + 1;
  more_ = true;
  const std::string_view first = word(keyword);
  if (first != keyword) fail(keyword, first, "a line '" + std::string(keyword) + " ...'");
}

bool Reader::next_is(std::string_view keyword) const {
  return text_.substr(next_, text_.find(' ', next_) - next_) == keyword;
}

void Reader::end() {
  if (more_) fail("end of line", line_.empty() ? " " : line_, "no further field");
}

void Reader::finish() {
  begin("end");
  const std::string_view found = word("checksum");
  end();
  const std::string expected = checksum(text_.substr(0, start_));
  if (found != expected) fail("checksum", found, expected);
  ++number_;
  if (next_ != text_.size()) fail("end of file", text_.substr(next_), "nothing behind the line 'end'");
}

std::string_view Reader::word(const char* field) {
  const std::size_t space = std::min(line_.find(' '), line_.size());
  const std::string_view found = line_.substr(0, space);
  if (!more_ || found.empty()) fail(field, "", "a field after one space");
  more_ = space < line_.size();
  line_.remove_prefix(more_ ? space + 1 : space);
  return found;
}

Integer Reader::integer(const char* field) {
  const std::string_view found = word(field);
  if (!is_integer(found)) fail(field, found, "an integer: no leading zeros, no plus sign, no -0");
  if (found.size() > kLongestNumber) fail(field, found, "at most 20000 characters");
  return value(found);
}

Rational Reader::rational(const char* field) {
  const std::string_view found = word(field);
  const std::size_t slash = std::min(found.find('/'), found.size());
  const std::string_view over = found.substr(0, slash), under = slash < found.size() ? found.substr(slash + 1) : "1";
  if (!is_integer(over) || !is_integer(under)) fail(field, found, "an integer p, or p/q in lowest terms with q > 1");
  if (found.size() > kLongestNumber) fail(field, found, "at most 20000 characters");
  const Integer p = value(over), q = value(under);
  if (q < 1 || gcd(p, q) != 1 || (q == 1 && slash < found.size())) fail(field, found, "lowest terms with q > 1");
  return Rational(p, q);
}

long Reader::count(const char* field, long least, long most) {
  const Integer found = integer(field);
  if (found < least || found > most)
    fail(field, found.get_str(), "a number from " + std::to_string(least) + " to " + std::to_string(most));
  return found.get_si();
}

long Reader::count_line(const char* keyword, long least, long most) {
  begin(keyword);
  const long found = count(keyword, least, most);
  return end(), found;
}

Rational Reader::rational_line(const char* keyword) { return rational_lines(keyword, 1, 1)[0][0]; }

std::vector<Integer> Reader::integer_line(const char* keyword, long columns) {
  std::vector<Integer> found;
  begin(keyword);
  for (long j = 0; j < columns; ++j) found.push_back(integer(keyword));
  return end(), found;
}

Rows<Integer> Reader::integer_lines(const char* keyword, long rows, long columns) {
  Rows<Integer> found;
  for (long i = 0; i < rows; ++i) found.push_back(integer_line(keyword, columns));
  return found;
}

Rows<Rational> Reader::rational_lines(const char* keyword, long rows, long columns) {
  Rows<Rational> found;
  for (long i = 0; i < rows; ++i) {
    begin(keyword);
    found.emplace_back();
    for (long j = 0; j < columns; ++j) found.back().push_back(rational(keyword));
    end();
  }
  return found;
}

}  // namespace checker
