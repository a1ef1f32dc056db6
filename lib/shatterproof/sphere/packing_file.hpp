#pragma once
#include <filesystem>
#include <optional>
#include <string>
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

/// The text of such a file, for integer vectors.
[[nodiscard]] std::string packing_text(const ExactCode& code, const Rational& eps, const std::string& family);

/// The integer vectors of a packing: its own, or its centres rounded at the scale 2^50. Throws PreconditionError if
/// there are none, or if the rounded ones are not separated (tangent caps with irrational centres).
[[nodiscard]] ExactCode integer_code(const Packing& packing);

/// A packing read from a file, exactly.
class StoredPacking {
 public:
  /// Throws IoError for a file that cannot be read, FormatError naming file, line and number for anything that is not
  /// as above, for lines of different lengths, zero vectors, and numbers that are not 0 and outside 1e-100..1e100.
  explicit StoredPacking(const std::filesystem::path& path);

  [[nodiscard]] long size() const { return long(lines_.size()); }
  [[nodiscard]] long dimension() const { return dimension_; }
  [[nodiscard]] const std::optional<Rational>& eps() const { return eps_; }
  [[nodiscard]] long line(long i) const { return lines_[std::size_t(i)]; }  ///< where vector i stands

  /// Certifies u_i.u_j <= s (closed caps: < s) for all pairs or names the closest pair; `text` gives their lines.
  /// Throws FormatError if two vectors have exactly the same direction.
  [[nodiscard]] Separation certify(const Rational& s, Caps caps) const;

 private:
  class Parser;
  [[nodiscard]] std::vector<Rational> exact_row(long i) const;
  [[nodiscard]] bool has_same_direction(long i, long j) const;
  [[nodiscard]] Separation certify_decimals(const Rational& s, Caps caps) const;

  std::string name_, text_;  // the text is kept where the numbers are no integers of 50 bits
  long dimension_ = 0;
  std::optional<Rational> eps_;
  std::vector<long> lines_;
  std::vector<std::size_t> starts_;  // of the lines in the text
  std::vector<double> unit_;         // row by row, where there is no code
  std::optional<ExactCode> code_;
};

}  // namespace shatterproof
