#pragma once
#include <string>

#include "shatterproof/sphere/packing.hpp"

namespace shatterproof {

/// A certificate that the caps of the packing are pairwise disjoint, for shatterproof-check. The exact centres are
/// written where there are some, in coordinates along the frame if the code has one; irrational centres (regular
/// polygons) are rounded to integers and tested again. Throws UndecidedError when the packing is not certified, its
/// centres are not listed, or rounding them brings two too close.
[[nodiscard]] std::string packing_certificate(const Packing& packing);

}  // namespace shatterproof
