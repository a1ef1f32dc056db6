#include "shatterproof/sphere/torus_layers.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include "shatterproof/sphere/layered_code.hpp"

namespace shatterproof {
namespace {

constexpr double kTightened = 1 + 0x1p-28, kLoosened = 1 - 0x1p-28, kLeastTorusChord = 1e-3;
constexpr double kMostRadii = 4e5;  // of the whole sphere; 2^-L of them are used

LayeredCode& radii_code() {
  thread_local LayeredCode code(256, 300);
  return code;
}

/// How many points fit on a ring of radius c, at least 1.
double ring_size(double c, double x) {
  const double ratio = x / c * kTightened;
  return ratio < 1 ? std::max(1.0, std::floor(std::numbers::pi / std::asin(ratio) * kLoosened)) : 1;
}

/// m_1..m_L; 1 where the angle is fixed. `checkerboard`: indices with an even sum only.
struct TorusGrid {
  std::vector<double> sizes;
  bool checkerboard = false;
  double count = 1;
};

TorusGrid torus_grid(const double* c, long L, double x) {
  TorusGrid grid;
  long free_angles = 0, last_free = 0;
  for (long l = 0; l < L; ++l) {
    // sin(pi/m) c >= x/sqrt 2; then 2 cos(pi/m) >= sqrt 2 for m >= 4 gives c sin(2 pi/m) >= x.
    const double even = 2 * std::floor(ring_size(c[l], x / std::numbers::sqrt2 * kTightened) / 2);
    grid.sizes.push_back(even >= 4 ? even : 1);
    if (even >= 4) ++free_angles, last_free = l;
  }
  if (free_angles >= 2) {
    grid.checkerboard = true;
    for (double size : grid.sizes) grid.count *= size;
    grid.count /= 2;
  } else if (free_angles == 1) {
    grid.count = grid.sizes[std::size_t(last_free)] = ring_size(c[last_free], x);
  }
  return grid;
}

template <class Visit>
void for_each_torus(long d, double x, Visit&& visit) {
  const long L = d / 2;
  const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> radii =
      radii_code().build(L, x * kTightened);
  for (long i = 0; i < radii.rows(); ++i)
    if (radii.row(i).minCoeff() >= 0) visit(radii.data() + i * L, torus_grid(radii.data() + i * L, L, x));
}

}  // namespace

bool has_torus_layers(long d, double x) {
  if (d != 6 && d != 8 && d != 10) return false;
  return x >= kLeastTorusChord && x <= 0.4 && radii_code().count(d / 2, x * kTightened) <= kMostRadii;
}

double torus_count(long d, double x) {
  if (!has_torus_layers(d, x)) return 0;
  double count = 0;
  for_each_torus(d, x, [&](const double*, const TorusGrid& grid) { count += grid.count; });
  return count <= 0x1p52 ? count : 0;
}

Matrix<double> torus_points(long d, double x) {
  const long L = d / 2;
  Matrix<double> points(long(torus_count(d, x)), d);
  long row = 0;
  for_each_torus(d, x, [&](const double* c, const TorusGrid& grid) {
    std::vector<long> index(std::size_t(L), 0);
    for (bool more = true; more;) {
      long sum = 0;
      for (long k : index) sum += k;
      if (!grid.checkerboard || sum % 2 == 0) {
        for (long l = 0; l < L; ++l) {
          const double angle = 2 * std::numbers::pi * double(index[std::size_t(l)]) / grid.sizes[std::size_t(l)];
          points(row, 2 * l) = c[l] * std::cos(angle), points(row, 2 * l + 1) = c[l] * std::sin(angle);
        }
        ++row;
      }
      more = false;
      for (std::size_t l = 0; l < index.size() && !more; ++l) {
        more = double(++index[l]) < grid.sizes[l];
        if (!more) index[l] = 0;
      }
    }
  });
  return points;
}

}  // namespace shatterproof
