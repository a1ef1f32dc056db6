#include "shatterproof/sphere/cell_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numbers>
#include <string>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

/// Coordinates as floats are off by 2^-25 each, borders of cells too: a distance computed from m <= 8 of them by less.
constexpr double kDistanceMargin = 0x1p-20;
constexpr double kLongest = (1 + 0x1p-30) * (1 + 0x1p-30);

bool is_in_ball(const double* x, long d) {
  double squares = 0;
  for (long j = 0; j < d; ++j) squares += x[j] * x[j];
  return squares <= kLongest;
}

/// Expected number of cells of width 1 in R^m that a ball of radius t around a random point meets (Steiner).
double cells_met(int m, double t) {
  double sum = 0, binomial = 1;
  for (int i = 0; i <= m; ++i) {
    sum += binomial * std::pow(std::numbers::pi, i / 2.0) / std::tgamma(i / 2.0 + 1) * std::pow(t, i);
    binomial *= double(m - i) / (i + 1);
  }
  return sum;
}

}  // namespace

/// Reused from query to query, so that a query allocates nothing.
struct CellGrid::Scratch {
  static constexpr std::size_t kMostRows = 2187;  // 3^(kMostCoordinates - 1)
  struct Row {
    std::uint32_t index;
    float squared;
  };
  std::array<Row, kMostRows> rows, next;
  std::array<CellRange, kMostRows> ranges;
  std::size_t range_count = 0;
  std::vector<std::uint32_t> positions;
  std::vector<float> x;
};

CellGrid::Scratch& CellGrid::scratch() {
  thread_local const auto memory = std::make_unique<Scratch>();
  return *memory;
}

CellGrid::CellGrid(const double* rows, std::size_t count, long dimension, double reach) : dimension_(dimension) {
  require(dimension >= 1 && reach > 0, "a grid needs a dimension of at least 1 and a reach > 0");
  require(count < std::size_t(1) << 30, "a grid holds fewer than 2^30 points");
  const double sure = std::min(2.5, reach) + kDistanceMargin;
  limit_ = static_cast<float>(sure * sure * (1 + 0x1p-20));
  farthest_ = std::pow(sure + rounding_of_distance(), 2);
  choose_cells(rows, count, sure);
  std::size_t cells = 1;
  for (int j = 0; j < m_; ++j) cells *= std::size_t(sides_);
  starts_.assign(cells + 1, 0);
  std::vector<std::uint32_t> cell(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_in_ball(rows + i * dimension, dimension))
      throw PreconditionError("point " + std::to_string(i) + " of the grid is not in the unit ball");
    cell[i] = cell_of(rows + i * dimension);
    ++starts_[cell[i]];
  }
  std::uint32_t sum = 0;
  for (std::uint32_t& start : starts_) start = (sum += start);  // ends; counted down to starts below
  ids_.resize(count);
  blocks_.assign((count + kBlock - 1) / kBlock * kBlock * dimension, 0.f);
  for (std::size_t i = count; i-- > 0;) ids_[--starts_[cell[i]]] = std::uint32_t(i);
  constexpr std::size_t kAhead = 16;  // the rows lie scattered in memory: fetched before their turn
  for (std::size_t p = 0; p < count; ++p) {
    if (p + kAhead < count) __builtin_prefetch(rows + ids_[p + kAhead] * dimension);
    float* to = blocks_.data() + p / kBlock * kBlock * dimension + p % kBlock;
    for (long j = 0; j < dimension; ++j) to[j * kBlock] = float(rows[ids_[p] * dimension + j]);
  }
}

/// Weighs rows of cells to be looked up against points to be scanned; the constants are nanoseconds on one core.
void CellGrid::choose_cells(const double* rows, std::size_t count, double reach) {
  sides_ = std::int32_t(std::max(1.0, std::floor(2 / reach)));
  width_ = 2.0 / sides_, per_unit_ = sides_ / 2.0;
  const double t = reach / width_, n = double(count);
  std::vector<double> share(std::size_t(sides_), 0.0);
  const std::size_t step = std::max<std::size_t>(1, count / 20000), samples = (count + step - 1) / step;
  for (std::size_t i = 0; i < count; i += step)
    if (std::isfinite(rows[i * dimension_])) share[side_of(float(rows[i * dimension_]))] += 1 / double(samples);
  double together = 0;  // chance that two points agree in one coordinate of the cell
  for (double p : share) together += p * p;
  double best = HUGE_VAL, cells = 1, entries = 0;
  for (int m = 1; m <= std::min<long>(kMostCoordinates, dimension_); ++m) {
    cells *= sides_;
    if (cells > 4 * n + 65536) break;
    const double met = cells_met(m - 1, t);
    entries += met;
    const double points = n * std::pow(together, m) * cells_met(m, t);
    const double cost =
        2.5 * entries + (cells > 3e5 ? 16 : 6) * met + (2 + 0.6 * double(dimension_)) * (met + points / kBlock);
    if (cost < best) best = cost, m_ = m;
  }
}

std::size_t CellGrid::bytes() const {
  return (starts_.capacity() + ids_.capacity()) * sizeof(std::uint32_t) + blocks_.capacity() * sizeof(float);
}

/// Both points are off by sqrt(d) 2^-25; that much again for the arithmetic.
double CellGrid::rounding_of_distance() const { return std::sqrt(double(dimension_)) * 0x1p-23; }

std::int32_t CellGrid::side_of(float coordinate) const {
  const double place = (double(coordinate) + 1) * per_unit_;
  return place >= sides_ ? sides_ - 1 : place > 0 ? std::int32_t(place) : 0;
}

std::uint32_t CellGrid::cell_of(const double* row) const {
  std::uint32_t cell = 0;
  for (int j = 0; j < m_; ++j) cell = cell * std::uint32_t(sides_) + std::uint32_t(side_of(float(row[j])));
  return cell;
}

/// The runs of stored points in cells within the reach of x; with `after`, only later positions. The cells that differ
/// in the last coordinate alone follow each other.
void CellGrid::find_ranges(Scratch& memory, std::uint32_t after) const {
  const auto sides = std::uint32_t(sides_);
  const bool half = after != kNone;
  const float* x = memory.x.data();
  std::int32_t side[kMostCoordinates];
  float below[kMostCoordinates], above[kMostCoordinates];  // squared distances to the next cells
  for (int j = 0; j < m_; ++j) {
    side[j] = side_of(x[j]);
    const float down = x[j] - float(side[j] * width_ - 1), up = float((side[j] + 1) * width_ - 1) - x[j];
    below[j] = side[j] == 0 ? HUGE_VALF : down > 0 ? down * down : 0;
    above[j] = side[j] == sides_ - 1 ? HUGE_VALF : up > 0 ? up * up : 0;
  }
  Scratch::Row *rows = memory.rows.data(), *next = memory.next.data();
  std::size_t count = 1;
  rows[0] = {0, 0};
  std::uint32_t own_row = 0;
  for (int j = 0; j + 1 < m_; ++j) {
    own_row = own_row * sides + std::uint32_t(side[j]);
    const std::uint32_t own = half ? own_row : 0;
    std::size_t made = 0;
    for (std::size_t r = 0; r < count; ++r) {
      const std::uint32_t at = rows[r].index * sides + std::uint32_t(side[j]);
      const float squared = rows[r].squared;
      next[made] = {at, squared};  // first, because the own cell is the likeliest to hold a near point
      made += at >= own;
      next[made] = {at - 1, squared + below[j]};
      made += squared + below[j] <= limit_ && at > own;
      next[made] = {at + 1, squared + above[j]};
      made += squared + above[j] <= limit_;
    }
    std::swap(rows, next);
    count = made;
  }
  memory.range_count = 0;
  for (std::size_t r = 0; r < count; ++r) {
    const auto [index, squared] = rows[r];
    const std::uint32_t at = index * sides + std::uint32_t(side[m_ - 1]);
    std::uint32_t begin = starts_[at - (squared + below[m_ - 1] <= limit_)];
    const std::uint32_t end = starts_[at + 1 + (squared + above[m_ - 1] <= limit_)];
    if (half && index == own_row) begin = std::max(begin, after + 1);
    memory.ranges[memory.range_count] = {begin, end};
    memory.range_count += begin < end;
  }
}

bool CellGrid::scan(Scratch& memory, double inner, double enough) const {
  const std::span<const CellRange> ranges(memory.ranges.data(), memory.range_count);
  // Both vectors are rounded to float (sqrt(d) 2^-25 each), then d products and sums; and this number is rounded.
  const auto least = float(inner - float_margin() - 0x1p-23);
  memory.positions.clear();
  return find_near(points(), memory.x.data(), ranges, least, enough, memory.positions);
}

void CellGrid::keep_within(const Scratch& memory, double squared, std::vector<std::uint32_t>& found) const {
  found.clear();
  for (const std::uint32_t other : memory.positions)
    if (squared_distance(points(), memory.x.data(), other) <= squared) found.push_back(ids_[other]);
}

bool CellGrid::near_or_within(const double* x, double inner, double distance, std::vector<std::uint32_t>& found) const {
  if (!is_in_ball(x, dimension_)) throw PreconditionError("a point to be looked up in a grid is not in the unit ball");
  Scratch& memory = scratch();
  memory.x.assign(x, x + dimension_);
  find_ranges(memory, kNone);
  const double sure = distance - rounding_of_distance();
  const bool is_within = scan(memory, inner, sure > 0 ? sure * sure : -1);
  if (!is_within) keep_within(memory, farthest_, found);
  return is_within;
}

void CellGrid::near(const double* x, double inner, std::vector<std::uint32_t>& found) const {
  near_or_within(x, inner, 0, found);
}

void CellGrid::near_after(std::uint32_t position, double inner, double distance,
                          std::vector<std::uint32_t>& found) const {
  Scratch& memory = scratch();
  memory.x.resize(std::size_t(dimension_));
  const float* from = blocks_.data() + std::size_t(position / kBlock) * kBlock * dimension_ + position % kBlock;
  for (long j = 0; j < dimension_; ++j) memory.x[std::size_t(j)] = from[j * kBlock];
  find_ranges(memory, position);
  scan(memory, inner, -1);
  keep_within(memory, std::pow(distance + rounding_of_distance(), 2), found);
}

std::vector<std::uint32_t> CellGrid::cell_order(const double* rows, std::size_t count) const {
  require(count < kNone, "a grid orders fewer than 2^32 points");
  std::vector<std::uint32_t> ends(starts_.size(), 0), cell(count), order(count);
  for (std::size_t i = 0; i < count; ++i) ++ends[cell[i] = cell_of(rows + i * dimension_)];
  std::uint32_t sum = 0;
  for (std::uint32_t& end : ends) end = (sum += end);
  for (std::size_t i = count; i-- > 0;) order[--ends[cell[i]]] = std::uint32_t(i);
  return order;
}

}  // namespace shatterproof
