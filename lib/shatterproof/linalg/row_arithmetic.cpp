#include "shatterproof/linalg/row_arithmetic.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

template <class T>
SHATTERPROOF_INLINE void scale_each(RowRange range, const LaneRows<T>& from, const T* factors, LaneRows<T>& rows) {
  for (Index i = range.from; i < range.to; ++i)
    for (Index j = 0; j < from.width(); j += kLanes)
      store_lanes<T>(rows.row(i) + j, factors[i] * load_lanes(from.row(i) + j));
}

template <class T>
SHATTERPROOF_INLINE void add_each_dot(RowRange range, const LaneRows<T>& x, const LaneRows<T>& y, T* out) {
  for (Index i = range.from; i < range.to; ++i) out[i] += row_dot(x.row(i), y.row(i), x.width());
}

template <class T>
SHATTERPROOF_INLINE void dot_each(RowRange range, const LaneRows<T>& x, const LaneRows<T>& y, T* out, T* squares) {
  for (Index i = range.from; i < range.to; ++i) {
    out[i] = row_dot(x.row(i), y.row(i), x.width());
    squares[i] = row_dot(y.row(i), y.row(i), x.width());
  }
}

template <class T>
SHATTERPROOF_INLINE void move_each(RowRange range, LaneRows<T>& rows, const LaneRows<T>& by, const T* factors, T keep) {
  for (Index k = range.from; k < range.to; ++k)
    for (Index j = 0; j < rows.width(); j += kLanes) {
      T* at = rows.row(k) + j;
      store_lanes<T>(at, keep * load_lanes(at) - factors[k] * load_lanes(by.row(k) + j));
    }
}

}  // namespace

SHATTERPROOF_CLONES void scale_rows(RowRange range, const LaneRows<double>& from, const double* factors,
                                    LaneRows<double>& rows) {
  scale_each(range, from, factors, rows);
}
SHATTERPROOF_CLONES void scale_rows(RowRange range, const LaneRows<float>& from, const float* factors,
                                    LaneRows<float>& rows) {
  scale_each(range, from, factors, rows);
}

SHATTERPROOF_CLONES void add_dots(RowRange range, const LaneRows<double>& x, const LaneRows<double>& y, double* out) {
  add_each_dot(range, x, y, out);
}
SHATTERPROOF_CLONES void add_dots(RowRange range, const LaneRows<float>& x, const LaneRows<float>& y, float* out) {
  add_each_dot(range, x, y, out);
}

SHATTERPROOF_CLONES void dot_rows(RowRange range, const LaneRows<double>& x, const LaneRows<double>& y, double* out,
                                  double* squares) {
  dot_each(range, x, y, out, squares);
}
SHATTERPROOF_CLONES void dot_rows(RowRange range, const LaneRows<float>& x, const LaneRows<float>& y, float* out,
                                  float* squares) {
  dot_each(range, x, y, out, squares);
}

SHATTERPROOF_CLONES void move_rows(RowRange range, LaneRows<double>& rows, const LaneRows<double>& by,
                                   const double* factors, double keep) {
  move_each(range, rows, by, factors, keep);
}
SHATTERPROOF_CLONES void move_rows(RowRange range, LaneRows<float>& rows, const LaneRows<float>& by,
                                   const float* factors, float keep) {
  move_each(range, rows, by, factors, keep);
}

}  // namespace shatterproof
