#pragma once
#include "shatterproof/numeric/rational.hpp"
#include "shatterproof/report/document.hpp"

namespace shatterproof::report {

/// N between its bounds, for dimensions least..most (from 2 on) at each eps in (0, 1].
[[nodiscard]] std::vector<PackingBounds> packing_bounds(long least, long most, const std::vector<Rational>& eps);

/// A packing to be looked at.
struct PackingView {
  long d = 2;
  Rational eps;
  long samples =
      0;  ///< drawn uniformly on the ball, d = 2 and 3 only; which caps they leave empty is decided certainly
};
/// The best packing at that eps. Centres and samples are there for d = 2 and 3 (at most 2000 and 3000 of them, else
/// PreconditionError); the inner products are counted over all pairs, or with the first centres only where those are
/// too many. Same view and seed, same picture.
[[nodiscard]] PackingPicture packing_picture(const PackingView& view, std::uint64_t seed);

}  // namespace shatterproof::report
