#include "shatterproof/claims/prover/tie.hpp"

#include <algorithm>
#include <cmath>

namespace shatterproof::prover {

using expression::LocalForm;

namespace {

constexpr int kSweeps = 8;
constexpr int kCost = 8;  ///< a cut at a tie counts as so many cuts

LocalForm form_at(const Atom& atom, const Box& box, const std::vector<Rational>& t, std::size_t i, int order) {
  Box point = box;
  for (std::size_t j = 0; j < t.size(); ++j) point.cells[j].low = point.cells[j].high = t[j];
  return local_difference(atom.left, atom.right, point.chart(), *box.constants, box.cells[i].variable, order);
}

/// One Newton step for s' = 0 in cell i, kept inside the cell; false when the step is not a number.
bool improve(const Atom& atom, const Box& box, std::vector<Rational>& t, std::size_t i) {
  const LocalForm form = form_at(atom, box, t, i, 2);
  const double slope = form.series[1].ball().mid_double(), bend = 2 * form.series[2].ball().mid_double();
  const double step = -slope / bend, width = box.cells[i].width().get_d();
  if (!std::isfinite(step)) return false;
  const double kept = std::fmax(-width, std::fmin(width, step));
  Rational next = t[i] + exact_rational(kept);
  if (next < box.cells[i].low) next = box.cells[i].low;
  if (next > box.cells[i].high) next = box.cells[i].high;
  t[i] = next;
  return true;
}

/// The simplest numbers near the point found, in the cells; part: how near, in parts of their widths.
std::vector<Rational> simple_near(const Box& box, const std::vector<Rational>& t, const Rational& part) {
  std::vector<Rational> simple;
  for (std::size_t i = 0; i < t.size(); ++i) {
    const Cell& cell = box.cells[i];
    const Rational reach = cell.width() * part;
    const Rational least = std::max(cell.low, Rational(t[i] - reach)),
                   most = std::min(cell.high, Rational(t[i] + reach));
    Rational a = cell.at(least > 0 ? least : most), b = cell.at(most);
    if (b < a) std::swap(a, b);
    const Rational x = simplest_between(a, b);
    const bool from_end = cell.kind == Coordinate::Kind::above || cell.kind == Coordinate::Kind::below;
    simple.push_back(from_end ? Rational(abs(x - cell.anchor)) : Rational(abs(1 / x)));
  }
  return simple;
}

bool is_tie(const Atom& atom, const Box& box, const std::vector<Rational>& t) {
  if (std::any_of(t.begin(), t.end(), [](const Rational& x) { return x == 0; })) return false;
  return form_at(atom, box, t, 0, 0).series[0].is_exactly(0);
}

/// Minima of higher order are found less exactly.
const std::vector<Rational>& reaches() {
  static const std::vector<Rational> parts{Rational(1, 1000000), Rational(1, 1000), Rational(1, 10)};
  return parts;
}

}  // namespace

Rational simplest_between(const Rational& low, const Rational& high) {
  const Integer whole = floor(low);
  if (whole == low) return low;
  if (whole + 1 <= high) return Rational(whole + 1);
  return whole + 1 / simplest_between(1 / (high - whole), 1 / (low - whole));
}

std::optional<std::vector<Rational>> exact_tie(const Atom& atom, const Box& box) {
  std::vector<Rational> t;
  for (const Cell& cell : box.cells) {
    const bool at_infinity = cell.kind == Coordinate::Kind::infinity || cell.kind == Coordinate::Kind::minus_infinity;
    if (cell.width() == 0 || (at_infinity && cell.low == 0)) return {};
    t.push_back(cell.middle());
  }
  const int sweeps = t.size() == 1 ? kSweeps : 2 * kSweeps;
  for (int sweep = 0; sweep < sweeps; ++sweep)
    for (std::size_t i = 0; i < t.size(); ++i)
      if (!improve(atom, box, t, i)) return {};
  for (const Rational& part : reaches())
    if (auto simple = simple_near(box, t, part); is_tie(atom, box, simple)) return simple;
  return {};
}

std::vector<Box> cut_at(const Box& box, const std::vector<Rational>& t) {
  std::vector<Box> boxes{{box.constants, {}}};
  for (std::size_t i = 0; i < t.size(); ++i) {
    const Cell& cell = box.cells[i];
    const Rational x = cell.at(t[i]);
    Rational low = cell.at(cell.low), high = cell.at(cell.high);
    if (high < low) std::swap(low, high);
    std::vector<Box> longer;
    for (const Box& part : boxes) {
      longer.push_back(part);
      auto extended = std::make_shared<Bindings>(*part.constants);
      extended->insert_or_assign(cell.variable, x);
      longer.back().constants = std::move(extended);
      const auto add = [&](Coordinate::Kind kind, const Rational& width) {
        if (width == 0) return;
        longer.push_back(part);
        longer.back().cells.push_back({cell.variable, kind, x, 0, width, cell.cuts + kCost});
      };
      add(Coordinate::Kind::below, x - low);
      add(Coordinate::Kind::above, high - x);
    }
    boxes = std::move(longer);
  }
  return boxes;
}

}  // namespace shatterproof::prover
