#include "shatterproof/core/verdict.hpp"

#include <algorithm>
#include <array>

namespace shatterproof {
namespace {
struct Entry {
  Verdict verdict;
  std::string_view text;
};
// In the order of strength in a conjunction, weakest first.
constexpr std::array<Entry, 5> kVerdicts{{{Verdict::proved, "proved"},
                                          {Verdict::supported, "supported"},
                                          {Verdict::vacuous, "vacuous"},
                                          {Verdict::undecided, "undecided"},
                                          {Verdict::refuted, "refuted"}}};
auto entry(Verdict verdict) {
  return std::find_if(kVerdicts.begin(), kVerdicts.end(), [&](const Entry& e) { return e.verdict == verdict; });
}
}  // namespace

std::string_view to_text(Verdict verdict) { return entry(verdict)->text; }

std::optional<Verdict> verdict_from_text(std::string_view text) {
  for (const Entry& e : kVerdicts)
    if (e.text == text) return e.verdict;
  return std::nullopt;
}

Verdict both(Verdict a, Verdict b) { return entry(a) < entry(b) ? b : a; }

}  // namespace shatterproof
