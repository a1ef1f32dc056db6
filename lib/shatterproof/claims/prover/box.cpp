#include "shatterproof/claims/prover/box.hpp"

#include <algorithm>

#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/expression/sample.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::prover {

using expression::Value;

namespace {

bool is_infinite(Coordinate::Kind kind) {
  return kind == Coordinate::Kind::infinity || kind == Coordinate::Kind::minus_infinity;
}

/// The least power of two that is >= the positive number given.
Rational power_of_two_from(const Rational& least) {
  Rational p = 1;
  while (p < least) p *= 2;
  while (p / 2 >= least) p /= 2;
  return p;
}

}  // namespace

Rational Cell::at(const Rational& t) const {
  switch (kind) {
    case Coordinate::Kind::above:
      return anchor + t;
    case Coordinate::Kind::below:
      return anchor - t;
    case Coordinate::Kind::infinity:
      return 1 / t;
    default:
      return -1 / t;
  }
}

expression::Chart Box::chart() const {
  expression::Chart chart;
  for (const Cell& cell : cells) {
    const Value t = cell.width() == 0 ? Value(cell.low) : Value(Ball::interval(Ball(cell.low), Ball(cell.high)));
    chart.emplace(cell.variable, Coordinate{cell.kind, cell.anchor, t});
  }
  return chart;
}

Bindings Box::point(const std::vector<Rational>& t) const {
  Bindings result = *constants;
  for (std::size_t i = 0; i < cells.size(); ++i) result.insert_or_assign(cells[i].variable, cells[i].at(t[i]));
  return result;
}

Bindings Box::middle() const {
  Bindings result = *constants;
  for (const Cell& cell : cells)
    if (!cell.is_limit()) result.insert_or_assign(cell.variable, cell.at(cell.middle()));
  return result;
}

Box Box::fixed(std::size_t i, const Rational& t) const {
  Box result = *this;
  if (t == 0) {
    result.cells[i].low = result.cells[i].high = 0;
    return result;
  }
  auto extended = std::make_shared<Bindings>(*constants);
  extended->insert_or_assign(cells[i].variable, cells[i].at(t));
  result.constants = std::move(extended);
  result.cells.erase(result.cells.begin() + static_cast<std::ptrdiff_t>(i));
  return result;
}

std::pair<Box, Box> Box::halves(std::size_t i) const {
  std::pair<Box, Box> result{*this, *this};
  Cell &first = result.first.cells[i], &second = result.second.cells[i];
  if (cells[i].whole) {
    // A power of two that is at least half of the length and less than all of it, so that all boxes cut from [0, half]
    // have exact ends in binary.
    const Rational half = power_of_two_from(cells[i].high / 2);
    second.kind = Coordinate::Kind::below;
    second.anchor += second.high;
    first.high = second.high = half;
    first.whole = second.whole = false;
    return result;
  }
  first.high = second.low = cells[i].middle();
  ++first.cuts, ++second.cuts;
  return result;
}

std::vector<Box> cut_from_both_ends(std::vector<Box> boxes) {
  for (std::size_t at = 0; at < boxes.size();) {
    const auto& cells = boxes[at].cells;
    const auto whole = std::find_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.whole; });
    if (whole == cells.end()) {
      ++at;
      continue;
    }
    auto [first, second] = boxes[at].halves(static_cast<std::size_t>(whole - cells.begin()));
    boxes[at] = std::move(first);
    boxes.insert(boxes.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(second));
  }
  return boxes;
}

std::string decimal_text(const Rational& value, bool upward) {
  const PrecisionScope scope(128);
  constexpr int kDigits = 8;
  const BallText text = to_text(Ball(value), kDigits);
  return upward ? text.upper : text.lower;
}

std::string Box::text() const {
  std::string text = expression::text_of(*constants);
  for (const Cell& cell : cells) {
    text += (text.empty() ? "" : ", ") + cell.variable;
    const bool at_infinity = is_infinite(cell.kind) && cell.low == 0;
    if (cell.is_limit()) {
      text += " -> " + (at_infinity ? std::string(cell.kind == Coordinate::Kind::infinity ? "inf" : "-inf")
                                    : decimal_text(cell.anchor, false));
      continue;
    }
    const bool falling = cell.kind == Coordinate::Kind::below || cell.kind == Coordinate::Kind::infinity;
    const std::string end = at_infinity ? (falling ? "inf)" : "(-inf") : "";
    const auto low_text = [&](const Rational& t) { return "[" + decimal_text(cell.at(t), false); };
    const auto high_text = [&](const Rational& t) { return decimal_text(cell.at(t), true) + "]"; };
    text += " in " +
            (falling       ? low_text(cell.high)
             : at_infinity ? end
                           : low_text(cell.low)) +
            ", " +
            (!falling      ? high_text(cell.high)
             : at_infinity ? end
                           : high_text(cell.low));
  }
  return text;
}

namespace {

/// Both ends finite or infinite, as cells, and the closed ends as values.
struct Cover {
  std::vector<Cell> cells;
  std::vector<Rational> ends;
};

/// The ends of a cell count as points of the range, except t = 0: a range that is open above cannot be one cell.
void cover_finite(const RealRange& range, Cover& cover) {
  const Cell whole{range.variable, Coordinate::Kind::above, *range.low, 0, *range.high - *range.low, 0, true};
  if (range.high_closed) {
    cover.cells.push_back(whole);
    return;
  }
  const auto [first, second] = Box{nullptr, {whole}}.halves(0);
  cover.cells.push_back(first.cells[0]);
  cover.cells.push_back(second.cells[0]);
}

/// The part beyond a power of two is seen from infinity; what is before it from the finite end.
void cover_ray(const RealRange& range, bool upward, Cover& cover) {
  const Rational end = upward ? *range.low : -*range.high;
  const Rational far = power_of_two_from(std::max(Rational(1), Rational(2 * end)));
  const auto kind = upward ? Coordinate::Kind::infinity : Coordinate::Kind::minus_infinity;
  cover.cells.push_back({range.variable, upward ? Coordinate::Kind::above : Coordinate::Kind::below,
                         upward ? *range.low : *range.high, 0, power_of_two_from(far - end)});
  cover.cells.push_back({range.variable, kind, 0, 0, 1 / far});
}

Cover cover_of(const RealRange& range) {
  Cover cover;
  if (range.low && range.low_closed) cover.ends.push_back(*range.low);
  if (range.high && range.high_closed && range.low != range.high) cover.ends.push_back(*range.high);
  if (range.low && range.high) {
    if (*range.low < *range.high) cover_finite(range, cover);
  } else if (range.low || range.high) {
    cover_ray(range, range.low.has_value(), cover);
  } else {
    cover.ends.emplace_back(0);
    const RealRange positive{range.variable, Rational(0), {}, true, false};
    const RealRange negative{range.variable, {}, Rational(0), false, true};
    cover_ray(positive, true, cover);
    cover_ray(negative, false, cover);
  }
  return cover;
}

}  // namespace

std::vector<Box> boxes_of(const Instance& instance) {
  std::vector<Box> boxes{{std::make_shared<Bindings>(instance.constants), {}}};
  for (const RealRange& range : instance.reals) {
    const Cover cover = cover_of(range);
    std::vector<Box> longer;
    for (const Box& box : boxes) {
      for (const Rational& end : cover.ends) {
        auto extended = std::make_shared<Bindings>(*box.constants);
        extended->insert_or_assign(range.variable, end);
        longer.push_back({std::move(extended), box.cells});
      }
      for (const Cell& cell : cover.cells) {
        longer.push_back(box);
        longer.back().cells.push_back(cell);
      }
    }
    boxes = std::move(longer);
  }
  return boxes;
}

}  // namespace shatterproof::prover
