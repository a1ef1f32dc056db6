#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/claims/verify.hpp"

namespace shatterproof {

/// The lines between which a README shows the table of claims.
inline constexpr const char* kTableBegins = "<!-- claims: begin -->";
inline constexpr const char* kTableEnds = "<!-- claims: end -->";

/// A short Markdown table of the claims, one row a section of the paper (E of E.1, E.4-prime ...): its notes, each with
/// the weakest verdict among its claims that are the paper's (if all are ours: the first one's, so marked), and the
/// counts of the verdicts of all claims; then the sum, with a link to STATUS.md. `home`: the folder of notes; links are
/// relative to `reader`, the folder of the README. The same outcomes give the same text.
[[nodiscard]] std::string claims_by_section(const std::vector<Outcome>& outcomes, const std::filesystem::path& home,
                                            const std::filesystem::path& reader);

/// The text with this table between the two markers; nothing if they are not there, in this order.
[[nodiscard]] std::optional<std::string> with_table_of_claims(const std::string& text, const std::string& table);

}  // namespace shatterproof
