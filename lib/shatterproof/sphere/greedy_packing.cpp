#include "shatterproof/sphere/greedy_packing.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/sphere/cell_grid.hpp"

namespace shatterproof {

GreedyPacking::GreedyPacking(long dimension, double limit) : dimension_(dimension), limit_(limit) {
  require(dimension >= 1 && limit >= -1 && limit < 1, "a greedy packing needs d >= 1 and a limit in [-1, 1)");
  reach_ = std::sqrt(2 - 2 * limit) + 1e-9;  // the points are unit vectors up to rounding
  // At this distance <x, y> = (|x|^2 + |y|^2 - |x - y|^2)/2 is above the limit by the slack, hence also in double.
  surely_close_ = std::sqrt(std::max(0.0, 2 - 2 * limit - 4 * slack()));
}

bool GreedyPacking::is_close(const double* x, const double* y) const {
  double inner = 0;
  for (long k = 0; k < dimension_; ++k) inner += x[k] * y[k];
  return inner > limit_;
}

/// Those of the points that are far from all that is kept.
std::vector<std::uint32_t> GreedyPacking::free_of_kept(const double* points, std::size_t count) const {
  const CellGrid kept(rows_.data(), size(), dimension_, reach_);
  const std::vector<std::uint32_t> order = kept.cell_order(points, count);
  constexpr std::size_t kAhead = 12;  // the points lie scattered in memory: fetched before their turn
  std::vector<char> is_free(count);
  std::vector<std::uint32_t> near, free;
  for (std::size_t place = 0; place < count; ++place) {
    if (place + kAhead < count) __builtin_prefetch(points + order[place + kAhead] * dimension_);
    const double* x = points + order[place] * dimension_;
    if (kept.near_or_within(x, limit_ - 1e-12, surely_close_, near)) continue;
    const auto close = [&](std::uint32_t j) { return is_close(x, rows_.data() + j * dimension_); };
    is_free[order[place]] = static_cast<char>(std::none_of(near.begin(), near.end(), close));
  }
  for (std::uint32_t i = 0; i < count; ++i)
    if (is_free[i] != 0) free.push_back(i);
  return free;
}

/// Those of the chosen points that are far from all earlier ones of the result.
std::vector<std::uint32_t> GreedyPacking::free_of_each_other(const double* points,
                                                             const std::vector<std::uint32_t>& chosen) const {
  std::vector<double> rows;
  rows.reserve(chosen.size() * std::size_t(dimension_));
  for (const std::uint32_t i : chosen) rows.insert(rows.end(), points + i * dimension_, points + (i + 1) * dimension_);
  const CellGrid grid(rows.data(), chosen.size(), dimension_, reach_);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> conflicts;
  std::vector<std::uint32_t> near;
  for (std::uint32_t position = 0; position < chosen.size(); ++position) {
    const std::uint32_t i = grid.id(position);
    grid.near_after(position, limit_ - 1e-12, reach_, near);
    for (const std::uint32_t j : near)
      if (is_close(rows.data() + i * dimension_, rows.data() + j * dimension_))
        conflicts.emplace_back(std::minmax(i, j));
  }
  std::sort(conflicts.begin(), conflicts.end());
  std::vector<bool> dropped(chosen.size(), false);
  for (const auto& [earlier, later] : conflicts)
    if (!dropped[earlier]) dropped[later] = true;
  std::vector<std::uint32_t> free;
  for (std::size_t i = 0; i < chosen.size(); ++i)
    if (!dropped[i]) free.push_back(chosen[i]);
  return free;
}

void GreedyPacking::require_unit(const double* points, std::size_t count) const {
  for (std::size_t i = 0; i < count; ++i) {
    double squares = 0;
    for (long k = 0; k < dimension_; ++k) squares += points[i * dimension_ + k] * points[i * dimension_ + k];
    if (!(std::fabs(squares - 1) <= slack()))
      throw PreconditionError("point " + std::to_string(i) + " offered to a greedy packing is not a unit vector");
  }
}

std::size_t GreedyPacking::offer(const double* points, std::size_t count, std::size_t most) {
  constexpr std::size_t kSmallestBatch = 4096;
  require_unit(points, count);
  for (std::size_t done = 0; done < count;) {
    const double* batch = points + done * std::size_t(dimension_);
    const std::size_t size_of_batch = std::min(count - done, std::max(kSmallestBatch, size()));
    for (const std::uint32_t i : free_of_each_other(batch, free_of_kept(batch, size_of_batch))) {
      if (size() >= most) return done + i;
      rows_.insert(rows_.end(), batch + i * dimension_, batch + (i + 1) * dimension_);
    }
    done += size_of_batch;
  }
  return count;
}

ExactCode greedy_code(long d, const Rational& s, std::size_t most, std::size_t candidates, std::uint64_t seed) {
  GreedyPacking greedy(d, std::max(-1.0, s.get_d() - 0x1p-36));
  Random random(seed);
  std::vector<double> points;
  constexpr std::size_t kDrawn = 1 << 18;
  for (std::size_t done = 0; done < candidates && greedy.size() < most; done += kDrawn) {
    points.clear();
    for (std::size_t i = done; i < std::min(candidates, done + kDrawn); ++i) {
      const std::vector<double> x = random.unit_vector(int(d));
      points.insert(points.end(), x.begin(), x.end());
    }
    greedy.offer(points.data(), points.size() / std::size_t(d), most);
  }
  ExactCode code;
  code.dimension = d;
  code.rational.resize(long(greedy.size()), d);
  for (long i = 0; i < code.rational.size(); ++i)
    code.rational.data()[i] = std::llround(greedy.rows()[std::size_t(i)] * 0x1p46);
  return code;
}

}  // namespace shatterproof
