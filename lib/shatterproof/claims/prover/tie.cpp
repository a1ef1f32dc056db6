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

/// t plus a step, kept inside the cell; nothing when the step is not a number.
std::optional<Rational> moved(const Cell& cell, const Rational& t, double step) {
  if (!std::isfinite(step)) return {};
  const double width = cell.width().get_d();
  const Rational next = t + exact_rational(std::fmax(-width, std::fmin(width, step)));
  return std::max(cell.low, std::min(cell.high, next));
}

/// One Newton step for s' = 0 in cell i.
bool improve(const Atom& atom, const Box& box, std::vector<Rational>& t, std::size_t i) {
  const LocalForm form = form_at(atom, box, t, i, 2);
  const double slope = form.series[1].ball().mid_double(), bend = 2 * form.series[2].ball().mid_double();
  const auto next = moved(box.cells[i], t[i], -slope / bend);
  if (next) t[i] = *next;
  return next.has_value();
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

std::optional<Rational> exact_edge(const Atom& atom, const Box& box, std::size_t i) {
  const Cell& cell = box.cells[i];
  const bool at_infinity = cell.kind == Coordinate::Kind::infinity || cell.kind == Coordinate::Kind::minus_infinity;
  if (cell.width() == 0 || (at_infinity && cell.low == 0)) return {};
  std::vector<Rational> t;
  for (const Cell& other : box.cells) t.push_back(other.middle());
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    const LocalForm form = form_at(atom, box, t, i, 1);
    const auto next = moved(cell, t[i], -form.series[0].ball().mid_double() / form.series[1].ball().mid_double());
    if (!next) return {};
    t[i] = *next;
  }
  const Rational simple = simple_near(box, t, reaches().front())[i];
  if (simple == 0) return {};
  Box edge = box;
  edge.cells[i].low = edge.cells[i].high = simple;
  const LocalForm form = local_difference(atom.left, atom.right, edge.chart(), *box.constants, cell.variable, 0);
  return form.series[0].is_exactly(0) ? std::optional(simple) : std::nullopt;
}

std::optional<std::vector<std::optional<Rational>>> exact_tie(const Atom& atom, const Box& box) {
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
    if (auto simple = simple_near(box, t, part); is_tie(atom, box, simple))
      return std::vector<std::optional<Rational>>(simple.begin(), simple.end());
  return {};
}

std::vector<Box> cut_at(const Box& box, const std::vector<std::optional<Rational>>& t) {
  std::vector<Box> boxes{{box.constants, {}}};
  for (std::size_t i = 0; i < t.size(); ++i) {
    const Cell& cell = box.cells[i];
    if (!t[i]) {
      for (Box& part : boxes) part.cells.push_back(cell);
      continue;
    }
    const Rational x = cell.at(*t[i]);
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
