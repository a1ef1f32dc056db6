#pragma once
#include <map>
#include <string>

#include "shatterproof/report/document.hpp"

namespace shatterproof::report {

/// One file for each section of the document, by its name: comma-separated, RFC 4180, a header line first. A section
/// that is empty has a file with the header alone.
[[nodiscard]] std::map<std::string, std::string> csv_files(const Document& document);

}  // namespace shatterproof::report
