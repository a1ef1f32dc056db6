#pragma once
#include <gmpxx.h>

#include <string>
#include <string_view>
#include <vector>

namespace checker {

using Integer = mpz_class;
using Rational = mpq_class;
template <class Number>
using Rows = std::vector<std::vector<Number>>;

/// The file does not follow the grammar of proofs_notes/certificate_format.md.
struct Malformed {
  std::size_t line;
  std::string field, found, expected;
};

/// The file follows the grammar, but does not prove its claim.
struct Rejected {
  std::string reason;
};

constexpr long kLargestCount = 10'000'000;

/// Reads the lines of a certificate field by field; whatever is not exactly as expected throws Malformed.
class Reader {
 public:
  explicit Reader(std::string_view text);

  void begin(const char* keyword);  ///< goes to the next line, which must begin with this word
  [[nodiscard]] bool next_is(std::string_view keyword) const;  ///< the next line begins with this word
  void end();                                                  ///< the line must have no further field
  void finish();  ///< the last line must be next, with the checksum of all lines before it

  std::string_view word(const char* field);
  Integer integer(const char* field);
  Rational rational(const char* field);
  long count(const char* field, long least, long most = kLargestCount);

  /// Whole lines: the keyword, which also names the field, and so many numbers.
  long count_line(const char* keyword, long least, long most = kLargestCount);
  Rational rational_line(const char* keyword);
  std::vector<Integer> integer_line(const char* keyword, long columns);
  Rows<Integer> integer_lines(const char* keyword, long rows, long columns);
  Rows<Rational> rational_lines(const char* keyword, long rows, long columns);

  [[noreturn]] void fail(const char* field, std::string_view found, const std::string& expected) const;

 private:
  std::string_view text_, line_;
  std::size_t next_ = 0, number_ = 0, start_ = 0;
  bool more_ = false;
};

/// The lines again, for the claim.
template <class Number>
std::string text_of(const char* keyword, const Rows<Number>& rows) {
  std::string text;
  for (const auto& row : rows) {
    text += keyword;
    for (const Number& x : row) text += " " + x.get_str();
    text += "\n";
  }
  return text;
}

}  // namespace checker
