#pragma once
#include <string>

#include "shatterproof/report/document.hpp"

namespace shatterproof::report {

// Tables with caption and label; empty where the document has nothing for them.
[[nodiscard]] std::string status_table(const Document& document);     ///< longtable of every claim
[[nodiscard]] std::string constants_table(const Document& document);  ///< stated and best constants, as intervals
[[nodiscard]] std::string bounds_table(const Document& document);     ///< one a dimension; numerical values
[[nodiscard]] std::string formula_list(const Document& document);     ///< claims of the expression language

}  // namespace shatterproof::report
