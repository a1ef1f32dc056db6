#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/claims/expression/chart.hpp"
#include "shatterproof/claims/expression/parser.hpp"

namespace shatterproof::prover {

using expression::Bindings;
using expression::Coordinate;

/// A real variable of an instance and where it runs; an end that is missing is infinite.
struct RealRange {
  std::string variable;
  std::optional<Rational> low, high;
  bool low_closed = true, high_closed = true;  ///< false at an infinite end
};

/// One choice of the integer variables; the real ones are left.
struct Instance {
  Bindings constants;
  std::vector<RealRange> reals;
};

/// The range of one real variable in a box: low <= t <= high in terms of the distance t to an end (chart.hpp). The
/// point t = 0 itself never belongs to it; low = high = 0 stands for the limit t -> 0.
struct Cell {
  std::string variable;
  Coordinate::Kind kind = Coordinate::Kind::above;
  Rational anchor;
  Rational low, high;
  int cuts = 0;  ///< how often it was cut in two
  bool whole =
      false;  ///< a whole finite range seen from its lower end: its first cut gives each end a chart of its own
  [[nodiscard]] bool is_limit() const { return high == 0; }
  [[nodiscard]] Rational width() const { return high - low; }
  [[nodiscard]] Rational middle() const { return (low + high) / 2; }
  [[nodiscard]] Rational at(const Rational& t) const;  ///< the variable's value, t > 0 where the end is infinite
};

/// A box in the real variables; those not among the cells have their value among the constants.
struct Box {
  std::shared_ptr<const Bindings> constants;
  std::vector<Cell> cells;

  [[nodiscard]] expression::Chart chart() const;
  [[nodiscard]] Bindings point(const std::vector<Rational>& t) const;  ///< exact; one t > 0 for each cell
  [[nodiscard]] Bindings middle() const;                               ///< exact; limits are left out
  /// Cell i shrunk to one of its points: t > 0 becomes a constant, t = 0 the limit.
  [[nodiscard]] Box fixed(std::size_t i, const Rational& t) const;
  [[nodiscard]] std::pair<Box, Box> halves(std::size_t i) const;
  [[nodiscard]] std::string text() const;  ///< "d = 3, h in [0.25, 0.5]"
};

/// All choices of the integer variables, in order; throws PreconditionError beyond so many, for empty ranges and for
/// bounds that are no exact numbers.
[[nodiscard]] std::vector<Instance> instances_of(const std::vector<expression::Range>& ranges, long most = 1000000);

/// Boxes that cover the instance. A finite range that is closed above is one cell, which at its first cut falls into
/// two parts, each seen from its own end, so that both ends may be singular; so do the other ranges from the start.
/// Closed ends are boxes of their own, with the variable a constant.
[[nodiscard]] std::vector<Box> boxes_of(const Instance& instance);

/// The boxes with no whole range left: each is cut so that every end has its own chart.
[[nodiscard]] std::vector<Box> cut_from_both_ends(std::vector<Box> boxes);

/// "d = 3, h = 1/4", and "0.25" or "-inf" for what is approached.
[[nodiscard]] std::string decimal_text(const Rational& value, bool upward);

}  // namespace shatterproof::prover
