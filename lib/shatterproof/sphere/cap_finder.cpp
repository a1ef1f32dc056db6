#include "shatterproof/sphere/cap_finder.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "shatterproof/core/error.hpp"

namespace shatterproof {

CapFinder::CapFinder(const CapRows& caps)
    : caps_(caps),
      threshold_(Rational(1 - caps.h).get_d()),  // off by 2^-53, less than any margin
      grid_(caps.rows, std::size_t(caps.count), caps.dimension,
            std::sqrt(2 * caps.h.get_d()) * (1 + 1e-12) + caps.margin) {
  require(caps.h > 0 && caps.h < 2, "caps need a depth h in (0, 2), got " + to_text_exact(caps.h));
  require(caps.count < (long(1) << 31), "caps are found among fewer than 2^31");
}

void CapFinder::visit_near(const double* points, long count,
                           const std::function<void(long, long, double)>& visit) const {
  // As many points at a time as there are caps: more would only scatter over more memory.
  const long batch = std::max(1L << 16, caps_.count);
  for (long done = 0; done < count; done += batch) visit_batch(points, done, std::min(batch, count - done), visit);
}

void CapFinder::visit_batch(const double* points, long first, long count,
                            const std::function<void(long, long, double)>& visit) const {
  const long d = caps_.dimension;
  const double least = threshold_ - 2 * caps_.margin, shortest = least - 1e-12;
  const double* from = points + first * d;
  const std::vector<std::uint32_t> order = grid_.cell_order(from, std::size_t(count));
  constexpr std::size_t kAhead = 12;  // the points lie scattered in memory: fetched before their turn
  std::vector<std::uint32_t> near;
  for (std::size_t place = 0; place < order.size(); ++place) {
    if (place + kAhead < order.size()) __builtin_prefetch(from + order[place + kAhead] * d);
    const double* x = from + order[place] * d;
    double squares = 0;
    for (long k = 0; k < d; ++k) squares += x[k] * x[k];
    if (shortest > 0 && squares < shortest * shortest) continue;
    grid_.near(x, least, near);
    for (const std::uint32_t j : near) {
      const double* u = caps_.rows + j * d;
      double inner = 0;
      for (long k = 0; k < d; ++k) inner += u[k] * x[k];
      if (inner > least) visit(first + order[place], j, inner);
    }
  }
}

std::vector<std::int32_t> CapFinder::caps_of(const double* points, long count,
                                             const std::function<bool(long, const double*)>& is_inside) const {
  std::vector<std::int32_t> caps(std::size_t(count), -1);
  const double sure = threshold_ + 2 * caps_.margin;
  visit_near(points, count, [&](long i, long j, double inner) {
    if (!(inner > sure || is_inside(j, points + i * caps_.dimension))) return;
    std::int32_t& cap = caps[std::size_t(i)];
    require(cap < 0, "caps " + std::to_string(cap) + " and " + std::to_string(j) + " overlap");
    cap = std::int32_t(j);
  });
  return caps;
}

}  // namespace shatterproof
