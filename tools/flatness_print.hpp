#pragma once
#include "command.hpp"
#include "shatterproof/flatness/network_report.hpp"
#include "shatterproof/network/file.hpp"

namespace shatterproof::tools {

/// A network with what was found out about it.
struct FlatnessAnswer {
  std::string file;
  const ProblemFile& input;
  const ReportRequest& request;
  const NetworkReport& report;
};

/// The document of one network, without its schema.
[[nodiscard]] Json flatness_json(const FlatnessAnswer& answer);
/// The same as text.
void print_flatness(const FlatnessAnswer& answer);

/// "[1.25, 1.26]", rounded outward.
[[nodiscard]] std::string enclosure_text(const Ball& value, int digits);
/// "yes", "no" or "undecided".
[[nodiscard]] std::string answer_text(Verdict verdict);

/// Only what is proved is as expected.
[[nodiscard]] ExitCode exit_code_of(const NetworkReport& report);

}  // namespace shatterproof::tools
