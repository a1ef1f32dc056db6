// The rank of an integer matrix: at least r by a minor that is invertible modulo a number, at most r by relations.
#include <algorithm>

#include "check.hpp"

namespace checker {
namespace {

/// Strictly increasing numbers of rows or columns, from 1.
std::vector<long> read_indices(Reader& in, const char* keyword, long number, long most) {
  std::vector<long> found;
  in.begin(keyword);
  for (long i = 0; i < number; ++i) found.push_back(in.count(keyword, found.empty() ? 1 : found.back() + 1, most));
  return in.end(), found;
}

/// Elimination modulo m with invertible pivots only: then the determinant is a unit modulo m, so not 0.
bool is_invertible(Rows<Integer> a, const Integer& m) {
  for (std::size_t c = 0; c < a.size(); ++c) {
    std::size_t pivot = c;
    Integer inverse;
    while (pivot < a.size() && mpz_invert(inverse.get_mpz_t(), a[pivot][c].get_mpz_t(), m.get_mpz_t()) == 0) ++pivot;
    if (pivot == a.size()) return false;
    a[c].swap(a[pivot]);
    for (std::size_t i = c + 1; i < a.size(); ++i) {
      const Integer factor = a[i][c] * inverse % m;
      for (std::size_t j = c; j < a.size(); ++j) a[i][j] = (a[i][j] - factor * a[c][j]) % m;
    }
  }
  return true;
}

}  // namespace

Claim check_rank(Reader& in) {
  const long rows = in.count_line("rows", 1), columns = in.count_line("columns", 1);
  const Rows<Integer> matrix = in.integer_lines("row", rows, columns);
  const long rank = in.count_line("rank", 1, std::min(rows, columns));
  const std::vector<long> some_rows = read_indices(in, "minor-rows", rank, rows);
  const std::vector<long> basis = read_indices(in, "minor-columns", rank, columns);
  const Integer modulus = in.integer_line("modulus", 1)[0];
  // Of each column that is not in the basis, in order: its factor, then those of the basis columns.
  const Rows<Integer> relations = in.integer_lines("relation", columns - rank, rank + 1);
  in.finish();

  if (modulus < 2) throw Rejected{"the modulus is below 2"};
  Rows<Integer> minor;
  for (const long i : some_rows) {
    minor.emplace_back();
    for (const long j : basis) minor.back().push_back(matrix[i - 1][j - 1]);
  }
  if (!is_invertible(minor, modulus)) throw Rejected{"the minor is not shown to be invertible"};
  std::size_t next = 0;
  for (long f = 1; f <= columns; ++f) {
    if (std::binary_search(basis.begin(), basis.end(), f)) continue;
    const std::vector<Integer>& c = relations[next++];
    const std::string name = "the relation of column " + std::to_string(f);
    if (c[0] == 0) throw Rejected{name + " has the factor 0"};
    for (const auto& row : matrix) {
      Integer sum = c[0] * row[f - 1];
      for (long j = 0; j < rank; ++j) sum += c[j + 1] * row[basis[j] - 1];
      if (sum != 0) throw Rejected{name + " fails"};
    }
  }
  return {"the integer matrix of " + std::to_string(rows) + " rows and " + std::to_string(columns) +
              " columns has rank " + std::to_string(rank),
          text_of("row", matrix)};
}

}  // namespace checker
