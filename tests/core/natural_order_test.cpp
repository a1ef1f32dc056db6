#include "shatterproof/core/natural_order.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

using shatterproof::naturally_before;

TEST_CASE("runs of digits are compared as numbers") {
  const std::vector<std::string> sorted{"",       "9.npz",   "10.npz",   "epoch",    "epoch1",    "epoch01",
                                        "epoch2", "epoch10", "epoch10b", "epoch10c", "epoch_1_2", "epoch_1_10"};
  for (std::size_t i = 0; i < sorted.size(); ++i)
    for (std::size_t j = 0; j < sorted.size(); ++j) {
      const bool leading_zero = sorted[i] + sorted[j] == "epoch1epoch01" || sorted[i] + sorted[j] == "epoch01epoch1";
      INFO(sorted[i] << " " << sorted[j]);
      if (!leading_zero) CHECK(naturally_before(sorted[i], sorted[j]) == (i < j));
    }
  CHECK(naturally_before("epoch01", "epoch1") != naturally_before("epoch1", "epoch01"));
  CHECK(naturally_before("step_18446744073709551616", "step_18446744073709551617"));  // beyond 64 bits
}
