#pragma once
#include <nlohmann/json.hpp>

#include "shatterproof/report/document.hpp"

namespace shatterproof::report {

/// For .cpp files only: the header of the JSON library is heavy. As report.schema.json describes it; proof numbers are
/// decimal strings, coordinates that only draw are numbers. The same document gives the same bytes.
[[nodiscard]] nlohmann::ordered_json document_to_json(const Document& document);

}  // namespace shatterproof::report
