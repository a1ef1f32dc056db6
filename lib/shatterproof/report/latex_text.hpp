#pragma once
#include <string>

namespace shatterproof::report {

/// Any UTF-8 text as it is to be read in a LaTeX text: every special character escaped, Greek letters and signs of
/// mathematics set by \ensuremath, Latin letters with accents kept (pdflatex reads them), all others and bytes that are
/// no UTF-8 as their number, U+1F600.
[[nodiscard]] std::string latex_text(const std::string& plain);

/// An id or a name in typewriter type that may be broken at its slashes, dots and dashes.
[[nodiscard]] std::string latex_code(const std::string& plain);

/// A decimal for siunitx: \num{...}; inf and -inf as signs of infinity.
[[nodiscard]] std::string latex_number(const std::string& decimal);

/// "[\num{lower}, \num{upper}]", the ends rounded outward to so many digits; one number if both are the same.
[[nodiscard]] std::string latex_interval(const std::string& lower, const std::string& upper, int digits);

}  // namespace shatterproof::report
