#pragma once
#include "command.hpp"
#include "shatterproof/flatness/network_report.hpp"
#include "shatterproof/network/file.hpp"

namespace shatterproof::tools {

/// Encloses and prints lambda_max alone. Returns kRefuted or kUndecided for a step that is not proved stable.
int run_lambda_max(const std::string& file, const ReadOptions& read, const ReportRequest& request, bool json);

}  // namespace shatterproof::tools
