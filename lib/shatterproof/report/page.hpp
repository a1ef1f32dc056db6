#pragma once
#include <string>
#include <string_view>

namespace shatterproof::report {

/// The page that shows a document, with everything it needs but the document itself; compiled into the program.
[[nodiscard]] std::string_view page_asset();

/// The page with the JSON document in it, safe inside a script element whatever the document holds. Throws
/// std::logic_error unless the page has exactly one place for it.
[[nodiscard]] std::string page_with(std::string_view page, const std::string& json);

}  // namespace shatterproof::report
