#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/sphere/exact_code.hpp"
#include "shatterproof/sphere/lattice_shells.hpp"

namespace shatterproof {

/// A code with a proved largest inner product, known without listing its vectors.
struct ExplicitCode {
  std::string name;  ///< "simplex", "cross-polytope", "600-cell", "E8 shell m=2" ...
  Integer count;
  ExactCosine max_cosine;  ///< proved: no two vectors have a larger inner product
  std::string reason;      ///< how that is proved
  std::function<ExactCode()> build;
  /// Tests on the vectors what the reason says of them (membership in the lattice); empty: test all pairs instead.
  std::function<bool(const ExactCode&)> is_certain = nullptr;
};

/// The explicit codes of dimension d >= 2, by increasing cosine; a code that is not larger than one of smaller cosine
/// is left out. Built once per dimension and kept. Source: spec lower-bounds 11.
[[nodiscard]] const std::vector<ExplicitCode>& explicit_codes(long d);
/// Those left out there; they can still be asked for by name.
[[nodiscard]] const std::vector<ExplicitCode>& surpassed_codes(long d);

/// The codes that have no lattice behind them, all pairs tested exactly when they are listed: simplices, icosahedron,
/// 600-cell, sections of E8 and Leech shells, signed quadruples, optimised codes on S^2.
[[nodiscard]] std::vector<ExplicitCode> polytope_codes(long d);

/// k + 1 <= d + 1 vectors of R^d with all inner products -1/k.
[[nodiscard]] ExactCode simplex_code(long d, long k);
[[nodiscard]] ExactCode icosahedron_code();
[[nodiscard]] ExactCode six_hundred_cell_code();
/// The vectors of a code that have inner product `cosine` = c with its first vector, projected onto the complement of
/// that vector: one dimension less. If c is the largest inner product of the code, those of the section are at most (c
/// - c^2)/(1 - c^2) = c/(1+c). Needs integer vectors of equal norm.
[[nodiscard]] ExactCode nearest_neighbours_code(const ExactCode& code, const Rational& cosine);
/// 16 signings of each block of a set of quadruples meeting in at most 2 points, and +-2 e_i: inner products <= 2 of
/// norm 4.
[[nodiscard]] ExactCode signed_quadruples_code(long d);

}  // namespace shatterproof
