#include <algorithm>
#include <array>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/explicit_codes.hpp"
#include "shatterproof/sphere/laminated_sections.hpp"
#include "shatterproof/sphere/optimised_points.hpp"
#include "shatterproof/sphere/rounded_code.hpp"

namespace shatterproof {
namespace {

ExplicitCode listed(std::string name, const ExactCode& code, ExactCosine cosine, std::string reason) {
  return {std::move(name), Integer(code.size()), std::move(cosine), std::move(reason), [code] { return code; }};
}

void add_simplices(std::vector<ExplicitCode>& codes, long d) {
  for (long k = 1; k <= d; ++k) {
    ExactCosine cosine;
    cosine.a = Rational(-1, k);
    codes.push_back({k == 1 ? "antipodal pair" : "simplex", k + 1, cosine,
                     "regular simplex: all inner products are -1/" + std::to_string(k),
                     [d, k] { return simplex_code(d, k); }});
  }
}

/// The vectors nearest to a vertex, again and again: E8 240 -> 56 -> 27 -> 16 -> 10, Leech 196560 -> 4600 -> 891 -> ...
void add_section(std::vector<ExplicitCode>& codes, Lattice lattice, long from, long d) {
  ExactCode code = shell_code(lattice, from, lattice == Lattice::e8 ? 1 : 2, 200000);
  long inverse = 2;  // max cosine 1/inverse
  for (long k = from; k > d; --k, ++inverse) code = nearest_neighbours_code(code, Rational(1, inverse));
  ExactCosine cosine;
  cosine.a = Rational(1, inverse);
  codes.push_back(listed(lattice == Lattice::e8 ? "E8 section" : "Leech section", code, cosine,
                         "neighbours of a vertex at inner product c, projected: c/(1+c) = " + to_text_exact(cosine.a)));
}

void add_optimised(std::vector<ExplicitCode>& codes, long n) {
  const ExactCode code = optimised_points(n);
  ExactCosine cosine;
  cosine.a = proved_max_cosine(code);
  codes.push_back(listed("optimised " + std::to_string(n) + " points", code, cosine, "all pairs tested in integers"));
}

/// Blocks of four points out of d, any two blocks sharing at most two points (no triple twice).
std::vector<std::array<long, 4>> quadruples(long d) {
  std::vector<std::array<long, 4>> blocks;
  if (d == 9 ||
      d ==
          10) {  // Steiner system S(3,4,10): three base blocks, shifted mod 10; for 9 the blocks without the last point
    const long base[3][4] = {{0, 1, 3, 4}, {0, 1, 2, 6}, {0, 2, 4, 7}};
    for (const auto& b : base)
      for (long shift = 0; shift < 10; ++shift) {
        std::array<long, 4> block;
        for (int k = 0; k < 4; ++k) block[k] = (b[k] + shift) % 10;
        if (d == 10 || std::find(block.begin(), block.end(), 9) == block.end()) blocks.push_back(block);
      }
  } else {
    std::vector<bool> used(d * d * d);
    const auto triple = [&](long i, long j, long k) { return used[(i * d + j) * d + k]; };
    for (long i = 0; i < d; ++i)  // the lexicographically first choice: S(3,4,16) for d = 16
      for (long j = i + 1; j < d; ++j)
        for (long k = j + 1; k < d; ++k)
          for (long l = k + 1; l < d; ++l) {
            if (triple(i, j, k) || triple(i, j, l) || triple(i, k, l) || triple(j, k, l)) continue;
            triple(i, j, k) = triple(i, j, l) = triple(i, k, l) = triple(j, k, l) = true;
            blocks.push_back({i, j, k, l});
          }
  }
  return blocks;
}

bool meet_in_at_most_two(const std::vector<std::array<long, 4>>& blocks, long d) {
  std::vector<bool> used(d * d * d);
  for (auto block : blocks) {
    std::sort(block.begin(), block.end());
    for (int leave = 0; leave < 4; ++leave) {
      long index = 0;
      for (int k = 0; k < 4; ++k)
        if (k != leave) index = index * d + block[k];
      if (used[index]) return false;
      used[index] = true;
    }
  }
  return true;
}

}  // namespace

ExactCode simplex_code(long d, long k) {
  require(k >= 1 && k <= d, "simplex_code needs 1 <= k <= d");
  ExactCode code;
  code.dimension = d;
  if (k == 1) {
    code.rational = IntegerMatrix::Zero(2, d);
    code.rational(0, 0) = 1, code.rational(1, 0) = -1;
    return code;
  }
  code.rational = IntegerMatrix::Zero(k + 1, d + 1);
  code.rational.leftCols(k + 1).setConstant(-1);
  for (long i = 0; i <= k; ++i) code.rational(i, i) = k;
  code.frame = IntegerMatrix::Zero(d, d + 1);  // Helmert rows: 1, ..., 1, -j, 0, ...
  for (long j = 0; j < d; ++j) {
    code.frame.row(j).head(j + 1).setOnes();
    code.frame(j, j + 1) = -(j + 1);
  }
  return code;
}

ExactCode icosahedron_code() {
  ExactCode code;
  code.dimension = 3, code.root = 5;
  code.rational = code.irrational = IntegerMatrix::Zero(12, 3);
  long row = 0;  // cyclic permutations of (0, +-2, +-(1 + sqrt 5))
  for (long turn = 0; turn < 3; ++turn)
    for (long short_side : {-1, 1})
      for (long long_side : {-1, 1}) {
        code.rational(row, (turn + 1) % 3) = 2 * short_side;
        code.rational(row, (turn + 2) % 3) = long_side;
        code.irrational(row++, (turn + 2) % 3) = long_side;
      }
  return code;
}

ExactCode six_hundred_cell_code() {
  ExactCode code;
  code.dimension = 4, code.root = 5;
  code.rational = code.irrational = IntegerMatrix::Zero(120, 4);
  long row = 0;
  for (long k = 0; k < 4; ++k)
    for (long sign : {-4, 4}) code.rational(row++, k) = sign;
  for (long signs = 0; signs < 16; ++signs, ++row)
    for (long k = 0; k < 4; ++k) code.rational(row, k) = signs >> k & 1 ? -2 : 2;
  std::array<long, 4> place{0, 1, 2, 3};  // even permutations of (+-(1 + sqrt 5), +-2, +-(sqrt 5 - 1), 0)
  do {
    long inversions = 0;
    for (int i = 0; i < 4; ++i)
      for (int j = 0; j < i; ++j) inversions += place[j] > place[i];
    if (inversions % 2 != 0) continue;
    for (long signs = 0; signs < 8; ++signs, ++row) {
      const auto sign = [&](int k) { return signs >> k & 1 ? -1L : 1L; };
      code.rational(row, place[0]) = code.irrational(row, place[0]) = sign(0);
      code.rational(row, place[1]) = 2 * sign(1);
      code.rational(row, place[2]) = -sign(2);
      code.irrational(row, place[2]) = sign(2);
    }
  } while (std::next_permutation(place.begin(), place.end()));
  return code;
}

ExactCode signed_quadruples_code(long d) {
  require(d >= 4 && d <= 64, "signed quadruples need 4 <= d <= 64");
  const auto blocks = quadruples(d);
  if (!meet_in_at_most_two(blocks, d)) throw std::logic_error("two blocks share three points");
  ExactCode code;
  code.dimension = d;
  code.rational = IntegerMatrix::Zero(16 * long(blocks.size()) + 2 * d, d);
  long row = 0;
  for (const auto& block : blocks)
    for (int signs = 0; signs < 16; ++signs, ++row)
      for (int k = 0; k < 4; ++k) code.rational(row, block[k]) = signs >> k & 1 ? -1 : 1;
  for (long k = 0; k < d; ++k)
    for (long sign : {-2, 2}) code.rational(row++, k) = sign;
  return code;
}

std::vector<ExplicitCode> polytope_codes(long d) {
  std::vector<ExplicitCode> codes;
  add_simplices(codes, d);
  if (d == 3) {
    for (long n = 7; n <= 24; ++n)
      if (has_optimised_points(n)) add_optimised(codes, n);
    const ExactCode code = icosahedron_code();
    codes.push_back(listed("icosahedron", code, exact_max_cosine(code), "all pairs tested in Z[sqrt 5]"));
  }
  if (d == 4) {
    const ExactCode code = six_hundred_cell_code();
    codes.push_back(listed("600-cell", code, exact_max_cosine(code), "all pairs tested in Z[sqrt 5]"));
  }
  if (d >= 4 && d <= 7) add_section(codes, Lattice::e8, 8, d);
  if (d >= 20 && d <= 23) add_section(codes, Lattice::leech, 24, d);
  ExactCosine half;
  half.a = Rational(1, 2);
  if (d >= kFirstLaminated && d <= kLastLaminated)
    codes.push_back({"laminated lattice", laminated_count(d), half,
                     "minimal vectors of the Leech lattice in a subspace: inner products <= 1/2",
                     [d] { return laminated_section(d); },
                     [d](const ExactCode& code) { return is_certainly_laminated(d, code); }});
  if (d >= 9 && d <= 24) {
    codes.push_back(
        listed("signed quadruples", signed_quadruples_code(d), half,
               "signed blocks of four meeting in at most two points, and +-2 e_i: inner products <= 2 of norm 4"));
  }
  return codes;
}

}  // namespace shatterproof
