// Packings at scale against kd-trees and against naive loops, in one run on one thread:
//   build/<preset>/bin/bench_packing [N] [dimension ...]
// theta is such that N caps of radius 2 theta have total area 1.3, where greedy packing needs 2 to 3 candidates a cap.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "kd_tree_peer.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/sphere/cap_finder.hpp"
#include "shatterproof/sphere/greedy_packing.hpp"
#include "shatterproof/sphere/latitude_code.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

using namespace shatterproof;

namespace {

/// Of this thread's own time: what other programs take of the processor is not counted.
double thread_time() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

/// The fastest of some runs; the trees of the peers get as many.
template <class Work>
double seconds(Work&& work, int runs = 1) {
  double best = HUGE_VAL;
  for (int run = 0; run < runs; ++run) {
    const double start = thread_time();
    work();
    best = std::min(best, thread_time() - start);
  }
  return best;
}

int runs_for(std::size_t count) { return count <= 200000 ? 3 : 1; }

/// The eps for which `count` caps of radius 2 theta have total area 1.3.
Rational eps_of(long d, double count) {
  double low = 1e-4, high = 0.5;
  for (int step = 0; step < 60; ++step) {
    const double eps = std::sqrt(low * high);
    const Ball angle = Ball::exact(4 * std::asin(eps / std::sqrt(2.0)));
    (count * uniform_ball::cap_area_fraction(d, angle).mid_double() < 1.3 ? low : high) = eps;
  }
  return exact_rational(std::floor(low * 1e8)) / 100000000;
}

std::vector<double> points_on_sphere(long d, std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> rows;
  rows.reserve(count * std::size_t(d));
  for (std::size_t i = 0; i < count; ++i)
    for (const double c : random.unit_vector(int(d))) rows.push_back(c * (1 - 0x1p-50));
  return rows;
}

/// The same points in the order of a grid's cells, as the trees like them best.
std::vector<double> in_cell_order(const std::vector<double>& rows, long d, double chord) {
  const std::size_t count = rows.size() / std::size_t(d);
  const CellGrid grid(rows.data(), count, d, chord);
  std::vector<double> sorted;
  sorted.reserve(rows.size());
  for (const std::uint32_t i : grid.cell_order(rows.data(), count))
    sorted.insert(sorted.end(), rows.begin() + i * d, rows.begin() + (i + 1) * d);
  return sorted;
}

ExactCode to_integers(const std::vector<double>& rows, long d) {
  ExactCode code;
  code.dimension = d;
  code.rational.resize(long(rows.size()) / d, d);
  for (std::size_t k = 0; k < rows.size(); ++k) code.rational.data()[k] = std::llround(rows[k] * 0x1p46);
  return code;
}

/// Inner products of a thousand points with all others in double, multiplied up to all pairs.
double naive_pairs(const std::vector<double>& rows, long d) {
  const auto count = long(rows.size()) / d, some = std::min(count, 1000L);
  const Eigen::Map<const Eigen::MatrixXd> all(rows.data(), d, count);
  double largest = -1;
  const double measured = seconds([&] {
    for (long i = 0; i < some; ++i) largest = std::max(largest, (all.transpose() * all.col(i)).maxCoeff());
  });
  if (largest < 0) fmt::print(stderr, "no point is near another\n");
  return measured * double(count) / double(some) / 2;
}

void report(const char* what, double ours, double naive, const std::vector<std::pair<const char*, double>>& peers) {
  fmt::print("  {:<9} {:>10.1f} ms   naive {:>8.1f}x", what, 1e3 * ours, naive / ours);
  for (const auto& [name, theirs] : peers)
    fmt::print("   {} {:>10.1f} ms {:>6.1f}x", name, 1e3 * theirs, theirs / ours);
  fmt::print("\n");
  std::fflush(stdout);
}

using Times = std::vector<std::pair<const char*, double>>;

template <class Measure>
Times of_peers(int runs, Measure&& measure) {
  Times times;
  for (const auto& [name, tree] : {std::pair{"CGAL", KdTree::cgal}, {"nanoflann", KdTree::nanoflann}}) {
    if (!has_kd_tree(tree)) continue;
    double best = HUGE_VAL;
    for (int run = 0; run < runs; ++run) best = std::min(best, measure(tree));
    times.emplace_back(name, best);
  }
  return times;
}

std::vector<double> bench_greedy(long d, std::size_t count, double limit, double chord) {
  const std::vector<double> candidates = points_on_sphere(d, 4 * count, 5);
  std::vector<double> kept;
  std::size_t tried = 0;
  const double ours = seconds(
      [&] {
        GreedyPacking greedy(d, limit);
        tried = greedy.offer(candidates.data(), 4 * count, count);
        kept = greedy.rows();
      },
      runs_for(count));
  const std::size_t found = kept.size() / std::size_t(d);
  const PeerCode code{candidates.data(), tried, d, chord};
  const Times peers = of_peers(d < 6 ? runs_for(count) : 1, [&](KdTree tree) {
    std::size_t accepted = 0;
    const double time = kd_tree_greedy(tree, code, count, accepted);
    if (std::fabs(double(accepted) / double(found) - 1) > 0.001) fmt::print("  a tree kept {} points\n", accepted);
    return time;
  });
  report("greedy", ours, naive_pairs(kept, d) * double(tried) / double(found), peers);
  return kept;
}

void bench_verify(const std::vector<double>& rows, long d, const Rational& s, double chord) {
  const ExactCode code = to_integers(rows, d);
  Separation test;
  const double ours = seconds([&] { test = certify_separation(code, s); }, runs_for(rows.size() / std::size_t(d)));
  if (!test.certified) fmt::print("  NOT certified: {}\n", test.text);
  const std::size_t count = rows.size() / std::size_t(d), stride = count > 200000 && d > 4 ? 16 : 1;
  const CellGrid grid(rows.data(), count, d, chord);
  const std::vector<std::uint32_t> order = grid.cell_order(rows.data(), count);
  const Times peers = of_peers(d < 6 ? runs_for(count) : 1, [&](KdTree tree) {
    std::size_t violations = 0;
    return kd_tree_verify(tree, {rows.data(), count, d, chord}, order.data(), stride, violations);
  });
  report("verify", ours, naive_pairs(rows, d), peers);
  fmt::print("            memory: grid and unit vectors {:.2f} times the centres; {:.1f} ns a cap and log2 N\n",
             double(grid.bytes()) / double(8 * rows.size()) + 1, 1e9 * ours / double(count) / std::log2(double(count)));
}

void bench_bin(const std::vector<double>& rows, const std::vector<double>& points, long d, const Rational& h) {
  const std::size_t count = rows.size() / std::size_t(d), samples = points.size() / std::size_t(d);
  const CapFinder finder({rows.data(), long(count), d, h, 1e-13});
  std::vector<std::int32_t> caps;
  const auto undecided = [](long, const double*) { return true; };  // no point of this sample is that near to a rim
  const double ours = seconds([&] { caps = finder.caps_of(points.data(), long(samples), undecided); }, runs_for(count));
  const double chord = std::sqrt(2 * h.get_d());
  const std::vector<double> sorted = in_cell_order(points, d, chord);
  const Times peers = of_peers(d < 6 ? runs_for(count) : 1, [&](KdTree tree) {
    std::size_t inside = 0;
    return kd_tree_bin(tree, {rows.data(), count, d, chord}, sorted.data(), samples, d > 5 ? 8 : 1, inside);
  });
  const double naive = naive_pairs(rows, d) * 2 * double(samples) / double(count);
  report("bin 1e6", ours, naive, peers);
  const auto inside = std::count_if(caps.begin(), caps.end(), [](std::int32_t cap) { return cap >= 0; });
  fmt::print("            {:.4f} of the points in a cap\n", double(inside) / double(samples));
}

void bench_layers(const std::vector<double>& points, long d, const Rational& eps, std::size_t greedy) {
  std::vector<double> rows;
  double emitting = 0;
  std::int64_t count = 0;
  std::size_t bytes = 0, inside = 0, by_balls = 0;
  const double tree_only = seconds([&] { count = LatitudeCode(d, eps).size(); });
  const LatitudeCode code(d, eps);
  bytes = code.bytes();
  rows.assign(std::size_t(count * d), 0.0);
  emitting = seconds([&] { code.approx_centres(rows.data()); });
  const std::size_t samples = points.size() / std::size_t(d);
  const double decoding = seconds([&] {
    for (std::size_t i = 0; i < samples; ++i) {
      const LatitudeCode::Place place = code.find(points.data() + i * std::size_t(d));
      inside += place.cap >= 0, by_balls += place.by_balls;
    }
  });
  fmt::print(
      "  layers    {} caps, {:.2f} times greedy; tree {:.1f} ms ({} kB) and centres {:.1f} ms: {:.1f} ms for 1e6; "
      "decode "
      "{:.0f} ns a point ({:.4f} inside, {} by balls)\n",
      count, double(count) / double(greedy), 1e3 * tree_only, bytes / 1000, 1e3 * emitting,
      1e9 * (tree_only + emitting) / double(count), 1e9 * decoding / double(samples), double(inside) / double(samples),
      by_balls);
  Separation test;
  const ExactCode integers = to_integers(rows, d);
  const double verifying = seconds([&] { test = certify_separation(integers, cosine_of_separation(eps)); });
  fmt::print("            rounded to integers: {} in {:.0f} ms; {}\n", test.certified ? "certified" : "NOT certified",
             1e3 * verifying, test.text);
  std::fflush(stdout);
}

void bench_dimension(long d, std::size_t count) {
  const Rational eps = eps_of(d, double(count)), s = cosine_of_separation(eps);
  const double chord = std::sqrt(2 - 2 * s.get_d());
  fmt::print("d = {}, N = {}, eps = {:.6f}\n", d, count, eps.get_d());
  const std::vector<double> kept = bench_greedy(d, count, s.get_d() - 0x1p-36, chord);
  bench_verify(kept, d, s, chord);
  const std::vector<double> points = points_on_sphere(d, 1000000, 9);
  bench_bin(kept, points, d, Rational(eps * eps));
  bench_layers(points, d, eps, kept.size() / std::size_t(d));
}

}  // namespace

int main(int argc, char** argv) {
  const PrecisionScope scope(96);
  const auto count = std::size_t(argc > 1 ? std::atof(argv[1]) : 1e5);
  for (long d = 3; d <= 8; ++d) {
    const bool wanted =
        argc <= 2 || std::any_of(argv + 2, argv + argc, [d](const char* a) { return std::atol(a) == d; });
    if (wanted) bench_dimension(d, count);
  }
}
