#include "shatterproof/claims/section_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace shatterproof {
namespace {

namespace fs = std::filesystem;

constexpr std::array kColumns{Verdict::proved, Verdict::refuted, Verdict::vacuous, Verdict::supported,
                              Verdict::undecided};
using VerdictCounts = std::array<std::size_t, kColumns.size()>;

struct NoteSummary {
  fs::path file;
  Verdict verdict = Verdict::undecided;
  bool papers = false;  ///< has claims of the paper
};

struct Section {
  fs::path folder;
  std::string name;
  std::vector<NoteSummary> notes = {};
  VerdictCounts counts = {};
};

/// "E" of "E.4-prime" and of "E"; "other" for what is no label of a numbered statement.
std::string section_name(const fs::path& file) {
  const std::string label = file.stem().string(), name = label.substr(0, label.find('.'));
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
  return plain ? name : "other";
}

Section& section_of(std::vector<Section>& sections, const fs::path& file) {
  const std::string name = section_name(file);
  const auto found = std::find_if(sections.begin(), sections.end(), [&](const Section& section) {
    return section.folder == file.parent_path() && section.name == name;
  });
  return found == sections.end() ? sections.emplace_back(Section{file.parent_path(), name}) : *found;
}

std::vector<Section> sections_of(const std::vector<Outcome>& outcomes) {
  std::vector<Section> sections;
  for (const Outcome& o : outcomes) {
    Section& section = section_of(sections, o.claim.file);
    const auto column = std::find(kColumns.begin(), kColumns.end(), o.result.verdict) - kColumns.begin();
    ++section.counts[static_cast<std::size_t>(column)];
    if (section.notes.empty() || section.notes.back().file != o.claim.file)
      section.notes.push_back({o.claim.file, o.result.verdict});
    NoteSummary& note = section.notes.back();
    if (o.claim.is_ours()) continue;
    note.verdict = note.papers ? both(note.verdict, o.result.verdict) : o.result.verdict;
    note.papers = true;
  }
  return sections;
}

/// What is as hoped stands in plain type, what calls for attention in bold.
std::string note_text(const NoteSummary& note, const fs::path& reader) {
  const std::string verdict(to_text(note.verdict));
  const bool plain = note.verdict == Verdict::proved || note.verdict == Verdict::supported;
  const fs::path link = fs::weakly_canonical(note.file).lexically_relative(fs::weakly_canonical(reader));
  return fmt::format("[{}]({}) {}{}", note.file.stem().string(), link.generic_string(),
                     plain ? verdict : "**" + verdict + "**", note.papers ? "" : " (ours)");
}

std::string counts_text(const VerdictCounts& counts, const std::vector<std::size_t>& columns) {
  std::string text;
  for (const std::size_t c : columns) text += counts[c] == 0 ? "  |" : fmt::format(" {} |", counts[c]);
  return text;
}

}  // namespace

std::string claims_by_section(const std::vector<Outcome>& outcomes, const fs::path& home, const fs::path& reader) {
  const std::vector<Section> sections = sections_of(outcomes);
  VerdictCounts sum{};
  for (const Section& section : sections)
    for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += section.counts[c];
  std::vector<std::size_t> columns;  // of verdicts that occur
  for (std::size_t c = 0; c < sum.size(); ++c)
    if (sum[c] > 0) columns.push_back(c);
  std::string text = "| | statement, and the weakest verdict among what the paper claims |", rule = "|---|---|";
  for (const std::size_t c : columns) text += fmt::format(" {} |", to_text(kColumns[c])), rule += "---:|";
  text += "\n" + rule + "\n";
  for (const Section& section : sections) {
    std::string notes;
    for (const NoteSummary& note : section.notes) notes += (notes.empty() ? "" : ", ") + note_text(note, reader);
    text += fmt::format("| {} | {} |{}\n", section.name, notes, counts_text(section.counts, columns));
  }
  const fs::path status = fs::weakly_canonical(home / "STATUS.md").lexically_relative(fs::weakly_canonical(reader));
  return text + fmt::format("| all | {} claims, each with range, method and constants: [{}]({}) |{}\n", outcomes.size(),
                            status.filename().string(), status.generic_string(), counts_text(sum, columns));
}

std::optional<std::string> with_table_of_claims(const std::string& text, const std::string& table) {
  const std::string first = std::string(kTableBegins) + "\n", last = std::string(kTableEnds) + "\n";
  const std::size_t begin = text.find(first);
  if (begin == std::string::npos) return {};
  const std::size_t end = text.find(last, begin);
  if (end == std::string::npos) return {};
  return text.substr(0, begin + first.size()) + table + text.substr(end);
}

}  // namespace shatterproof
