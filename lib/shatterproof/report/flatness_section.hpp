#pragma once
#include "shatterproof/flatness/network_report.hpp"
#include "shatterproof/report/document.hpp"

namespace shatterproof::report {

/// A network on its data, as `shatterproof flatness` sees it: spectrum (approximate, up to 400 of the largest
/// eigenvalues), the enclosure of lambda_max and every link of Theorem 3.2. eta: the step to compare with 2/eta.
/// Throws as report_network does.
[[nodiscard]] FlatnessEntry flatness_entry(const std::string& name, const Problem<Rational>& problem,
                                           const std::optional<Rational>& eta);

/// Networks to look at where the user has none: the construction of Lemma H.4 and a small trained network.
[[nodiscard]] std::vector<FlatnessEntry> standard_flatness();

}  // namespace shatterproof::report
