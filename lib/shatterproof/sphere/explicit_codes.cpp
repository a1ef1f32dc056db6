#include "shatterproof/sphere/explicit_codes.hpp"

#include <algorithm>
#include <map>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/binary_codes.hpp"

namespace shatterproof {
namespace {

/// Shells looked at; beyond them layered codes are larger.
constexpr long kLastCubicShell = 300, kLastE8Shell = 400, kLastLeechShell = 40;

std::string shell_name(Lattice lattice, long d, long m) {
  const std::string shell = " shell m=" + std::to_string(m);
  if (lattice == Lattice::leech) return "Leech" + shell;
  if (lattice == Lattice::e8) return "E" + std::to_string(d) + shell;
  if (m == 1) return "cross-polytope";
  if (m == 2) return d == 4 ? "24-cell" : "D" + std::to_string(d) + " roots";
  return "Z^" + std::to_string(d) + shell;
}

std::string shell_reason(Lattice lattice, long m) {
  const std::string bound = "inner products <= " + to_text_exact(shell_cosine(lattice, m));
  if (lattice == Lattice::cubic)
    return "integer vectors of norm " + std::to_string(m) + " differ by a vector of even norm >= 2: " + bound;
  const std::string minimum = lattice == Lattice::leech ? "4" : "2";
  return "lattice of minimal norm " + minimum + ", shell of norm " + std::to_string(2 * m) + ": " + bound;
}

void add_shells(std::vector<ExplicitCode>& codes, Lattice lattice, long d, long last) {
  const std::vector<Integer> counts = shell_counts(lattice, d, last);
  Integer record = 0;
  for (long m = 1; m <= last; ++m) {
    if (counts[m] <= record) continue;
    record = counts[m];
    ExactCosine cosine;
    cosine.a = shell_cosine(lattice, m);
    const auto limit = [record] { return record.fits_ulong_p() ? record.get_ui() : ~0UL; }();
    codes.push_back({shell_name(lattice, d, m), record, cosine, shell_reason(lattice, m),
                     [lattice, d, m, limit] { return shell_code(lattice, d, m, limit); },
                     [lattice, d, m](const ExactCode& code) { return is_certainly_on_shell(lattice, d, m, code); }});
  }
}

/// All codes that can be named; the records are those larger than every code of smaller or equal cosine.
struct CodeList {
  std::vector<ExplicitCode> records, others;
};

CodeList list_codes(long d) {
  std::vector<ExplicitCode> codes = polytope_codes(d);
  add_shells(codes, Lattice::cubic, d, kLastCubicShell);
  if (d >= 6 && d <= 8) add_shells(codes, Lattice::e8, d, kLastE8Shell);
  if (d == 24) add_shells(codes, Lattice::leech, d, kLastLeechShell);
  for (ExplicitCode& code : binary_codes(d)) codes.push_back(std::move(code));
  const PrecisionScope scope(64);
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < codes.size(); ++i) order.emplace_back(codes[i].max_cosine.enclose().mid_double(), i);
  std::stable_sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : codes[a.second].count > codes[b.second].count;
  });
  CodeList list;
  for (const auto& [cosine, i] : order) {
    const bool record = list.records.empty() || codes[i].count > list.records.back().count;
    (record ? list.records : list.others).push_back(codes[i]);
  }
  return list;
}

const CodeList& known_codes(long d) {
  require(d >= 2 && d <= 10000, "explicit codes need 2 <= d <= 10000, got " + std::to_string(d));
  thread_local std::map<long, CodeList> known;
  const auto found = known.find(d);
  return found != known.end() ? found->second : known.emplace(d, list_codes(d)).first->second;
}

}  // namespace

const std::vector<ExplicitCode>& explicit_codes(long d) { return known_codes(d).records; }

const std::vector<ExplicitCode>& surpassed_codes(long d) { return known_codes(d).others; }

}  // namespace shatterproof
