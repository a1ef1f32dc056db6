#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shatterproof/sphere/packing.hpp"

namespace shatterproof {

// A packing as text: one vector A_i a line, its direction A_i/|A_i| is the centre. Numbers are decimals and stand for
// themselves exactly ("0.1" is 1/10), separated by blanks, tabs, commas or semicolons; empty lines and lines that start
// with # are skipped. A file that begins with the line "# shatterproof packing 1" also states
//     # dim 3           the dimension d (required)
//     # count 22        the number of vectors (required, so that a truncated file is noticed)
//     # eps 1/4         the cap parameter (optional)
//     # frame 1 -1 0    d lines, if the vectors live in a d-dimensional subspace of R^m: pairwise orthogonal integer
//                       vectors that span it
//     # root 5          if the coordinates are a + b sqrt 5: each line has the m integers a, then the m integers b
// and every line of it ends with a newline.

inline constexpr std::string_view kPackingFirstLine = "# shatterproof packing 1";

/// The text of such a file, for integer vectors.
[[nodiscard]] std::string packing_text(const ExactCode& code, const Rational& eps, const std::string& family);

/// The integer vectors of a packing: its own, or its centres rounded at the scale 2^50. Throws PreconditionError if
/// there are none, or if the rounded ones are not separated (tangent caps with irrational centres).
[[nodiscard]] ExactCode integer_code(const Packing& packing);

/// The largest caps of a packing.
struct LargestCaps {
  long first = -1, second = -1;  ///< the closest pair, exactly; -1 for one vector alone
  Ball cosine, angle;  ///< enclose the inner product of that pair, the largest of all, and its angle in radians
  std::optional<ExactCosine> exact = {};  ///< that inner product, where it has a short form
  Rational eps = 1;                       ///< the largest, rounded down to 30 decimals: certainly disjoint
  long exact_tests = 0;
  std::string text;  ///< one line for people
};

/// A packing read from a file, exactly.
class StoredPacking {
 public:
  /// Numbers as an array of NumPy stores them, row by row.
  using Numbers = std::variant<std::vector<double>, std::vector<std::int64_t>>;

  /// Throws IoError for a file that cannot be read, FormatError naming file, line and number for anything that is not
  /// as above, for lines of different lengths, zero vectors, and numbers that are not 0 and outside 1e-100..1e100.
  explicit StoredPacking(const std::filesystem::path& path);
  /// The text of such a file; `name` is the file's for messages.
  StoredPacking(std::string name, std::string text);
  /// Vectors of `columns` numbers each: the doubles or integers that they are, exactly. Throws FormatError as for a
  /// file, naming row and column, counted from 0, and PreconditionError if there are no whole rows.
  StoredPacking(std::string name, long columns, Numbers numbers);

  [[nodiscard]] long size() const { return size_; }
  [[nodiscard]] long dimension() const { return dimension_; }
  [[nodiscard]] const std::optional<Rational>& eps() const { return eps_; }
  /// Where vectors i and j stand: "lines 3 and 8" of a text, "rows 0 and 5" of an array.
  [[nodiscard]] std::string places(long i, long j) const;

  /// Certifies u_i.u_j <= s (closed caps: < s) for all pairs or names the closest pair; `text` gives their lines.
  /// Throws FormatError if two vectors have exactly the same direction.
  [[nodiscard]] Separation certify(const Rational& s, Caps caps) const;

  /// The largest eps, to 30 decimals, at which the caps are certainly disjoint, from the closest pair. Throws
  /// FormatError if two vectors have the same direction, or are so near that eps would be below 1e-20.
  [[nodiscard]] LargestCaps largest_caps(Caps caps) const;

 private:
  class Parser;
  struct Products;
  template <class T>
  void take_rows(const std::vector<T>& values);
  void take_code(ExactCode code);
  [[nodiscard]] std::vector<Rational> exact_row(long i) const;
  [[nodiscard]] Products products(long i, long j) const;
  [[nodiscard]] bool has_same_direction(long i, long j) const;
  [[nodiscard]] Separation certify_rows(const Rational& s, Caps caps) const;
  [[nodiscard]] double row_margin() const;
  [[noreturn]] void reject_equal(long i, long j) const;

  std::string name_, text_;  // the text is kept where the numbers are no integers of 50 bits
  Numbers numbers_;          // likewise, of an array
  long dimension_ = 0, size_ = 0;
  std::optional<Rational> eps_;
  std::vector<long> lines_;          // where the vectors stand in a text; empty for an array
  std::vector<std::size_t> starts_;  // of the lines in the text
  std::vector<double> unit_;         // row by row, where there is no code
  std::optional<ExactCode> code_;
};

}  // namespace shatterproof
