#pragma once
#include "constructions/construction.hpp"

namespace shatterproof {

/// Construction H.7: K = floor(1/eps) smooth bumps next to the end x = 1 of [-1, 1]. Not a finite ReLU network: its
/// quantities are enclosed for the smooth function, the file holds a piecewise linear interpolant.
/// See README.md of this folder for parameters and claims.
[[nodiscard]] ConstructionKind univariate_bumps_kind();

}  // namespace shatterproof
