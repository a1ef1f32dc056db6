#include "shatterproof/claims/prover/location.hpp"

#include <algorithm>

#include "shatterproof/claims/expression/sample.hpp"

namespace shatterproof::prover {

namespace {

/// The least interval that holds a variable in all places; an end without value is infinite.
struct Extent {
  std::optional<Rational> low, high;
  bool limit = false;    ///< t -> 0 in every place
  bool minus = false;    ///< the end is minus infinity
  bool touches = false;  ///< some place reaches an end that is not a point of the range
};

Extent extent_in(const Box& place, const std::string& variable) {
  const auto constant = place.constants->find(variable);
  if (constant != place.constants->end()) {
    Extent point;
    point.low = point.high = constant->second.exact();
    return point;
  }
  const auto cell =
      std::find_if(place.cells.begin(), place.cells.end(), [&](const Cell& c) { return c.variable == variable; });
  using Kind = Coordinate::Kind;
  const bool infinite = cell->low == 0 && (cell->kind == Kind::infinity || cell->kind == Kind::minus_infinity);
  std::optional<Rational> near, far;
  if (!infinite) near = cell->at(cell->low);
  if (cell->high > 0) far = cell->at(cell->high);
  Extent extent;
  extent.limit = cell->is_limit(), extent.touches = cell->low == 0, extent.minus = cell->kind == Kind::minus_infinity;
  const bool falling = cell->kind == Kind::below || cell->kind == Kind::infinity;
  extent.low = falling && far ? far : near;
  extent.high = falling || !far ? near : far;
  return extent;
}

void widen(Extent& all, const Extent& more) {
  if (!more.low || (all.low && *more.low < *all.low)) all.low = more.low;
  if (!more.high || (all.high && *more.high > *all.high)) all.high = more.high;
  all.limit = all.limit && more.limit;
  all.touches = all.touches || more.touches;
}

std::string exact_text(const std::string& variable, const Rational& value) {
  return expression::text_of(Bindings{{variable, expression::Value(value)}});
}

}  // namespace

std::string where_text(const Maximum& maximum, const std::vector<std::string>& variables) {
  if (maximum.places.empty()) return "";
  std::string points, intervals;
  bool limit = false, touches = false;
  for (const std::string& variable : variables) {
    Extent all = extent_in(maximum.places.front(), variable);
    for (const Box& place : maximum.places) widen(all, extent_in(place, variable));
    const bool point = all.low == all.high;
    std::string& text = point ? points : intervals;
    text += text.empty() ? "" : ", ";
    if (all.limit && point) {
      limit = true;
      text += variable + " -> " + (all.low ? to_text_exact(*all.low) : all.minus ? "-inf" : "inf");
    } else if (point) {
      text += exact_text(variable, *all.low);
    } else {
      touches = touches || all.touches;
      text += variable + " in " + (all.low ? "[" + decimal_text(*all.low, false) : "(-inf") + ", " +
              (all.high ? decimal_text(*all.high, true) + "]" : "inf)");
    }
  }
  if (maximum.infinite)
    return "unbounded near " + points + (points.empty() || intervals.empty() ? "" : ", ") + intervals;
  const std::string verb = limit ? "approached as " : touches ? "attained or approached at " : "attained at ";
  return verb + points + (points.empty() || intervals.empty() ? "" : ", ") + intervals;
}

}  // namespace shatterproof::prover
