#pragma once
#include "shatterproof/linalg/lanes.hpp"

namespace shatterproof {

/// Rows from .. to - 1.
struct RowRange {
  Eigen::Index from, to;
};

/// rows_i = factors_i by_i.
void scale_rows(RowRange range, const LaneRows<double>& by, const double* factors, LaneRows<double>& rows);
void scale_rows(RowRange range, const LaneRows<float>& by, const float* factors, LaneRows<float>& rows);

/// out_i += x_i.y_i.
void add_dots(RowRange range, const LaneRows<double>& x, const LaneRows<double>& y, double* out);
void add_dots(RowRange range, const LaneRows<float>& x, const LaneRows<float>& y, float* out);

/// out_i = x_i.y_i; squares_i = y_i.y_i.
void dot_rows(RowRange range, const LaneRows<double>& x, const LaneRows<double>& y, double* out, double* squares);
void dot_rows(RowRange range, const LaneRows<float>& x, const LaneRows<float>& y, float* out, float* squares);

/// rows_k <- keep rows_k - factors_k by_k.
void move_rows(RowRange range, LaneRows<double>& rows, const LaneRows<double>& by, const double* factors, double keep);
void move_rows(RowRange range, LaneRows<float>& rows, const LaneRows<float>& by, const float* factors, float keep);

}  // namespace shatterproof
