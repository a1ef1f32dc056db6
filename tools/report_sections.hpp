#pragma once
#include <set>
#include <string>
#include <vector>

#include "claim_selection.hpp"
#include "command.hpp"
#include "shatterproof/report/document.hpp"

namespace shatterproof::tools {

/// What goes into a report, as given on the command line.
struct SectionRequest {
  ClaimRequest claims;
  bool no_cache = false;
  std::string title = "Shatterproof report";
  std::vector<std::string> only;  ///< --sections
  std::vector<std::string> runs, experiments, networks;
  std::string data, flatness_eta;
  std::vector<long> dims{2, 3, 5, 10};
  std::string samples = "n=1e1..1e10", sigma = "1", eta = "1/2";
};

struct SectionResult {
  report::Document document;
  int exit_code = kAsExpected;  ///< by the claims, as `verify` has it
};

/// The notes without any claim run.
constexpr const char* kNotesAlone = "notes alone";

/// Names of the sections, in the order of the page.
[[nodiscard]] const std::vector<std::string>& section_names();

void add_section_options(CLI::App& command, SectionRequest& request);

/// Computes the sections asked for. `needed`: only these (of those asked for), or kNotesAlone; empty: all.
[[nodiscard]] SectionResult make_document(const SectionRequest& request, const std::set<std::string>& needed = {});

}  // namespace shatterproof::tools
