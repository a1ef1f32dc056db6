#pragma once
#include <map>
#include <string>
#include <vector>

#include "shatterproof/claims/verify.hpp"

namespace shatterproof {

/// For each claim that rests, directly or through others, on a claim that is refuted, undecided or vacuous: the ids of
/// these, sorted. Claims that are not among the outcomes are passed over.
[[nodiscard]] std::map<std::string, std::vector<std::string>> weak_foundations(const std::vector<Outcome>& outcomes);

/// A Markdown table of every claim: verdict, statement, range, method, slack and sharp constants, what it assumes and
/// uses, grouped by note, with counts at the top. `home`: the folder that holds the notes; links are relative to it.
/// The same outcomes give the same text: no times, no dates, no paths of a machine.
[[nodiscard]] std::string status_text(const std::vector<Outcome>& outcomes, const std::string& home);

/// The enclosure in few characters, certainly right: the digits that both ends share, "1.18880...", or the exact value,
/// or "[lower, upper]" when they share fewer than three.
[[nodiscard]] std::string short_enclosure(const SharpConstant& sharp);
/// The same of a list: the first and the last one with their instances; empty for none.
[[nodiscard]] std::string short_enclosures(const std::vector<SharpConstant>& sharp);

}  // namespace shatterproof
