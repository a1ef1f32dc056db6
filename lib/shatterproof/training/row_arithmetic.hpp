#pragma once
#include "shatterproof/linalg/lanes.hpp"

namespace shatterproof {

/// rows_i = factors_i from_i.
void scale_rows(const LaneRows<double>& from, const double* factors, LaneRows<double>& rows);
void scale_rows(const LaneRows<float>& from, const float* factors, LaneRows<float>& rows);

/// out_i += x_i.y_i.
void add_dots(const LaneRows<double>& x, const LaneRows<double>& y, double* out);
void add_dots(const LaneRows<float>& x, const LaneRows<float>& y, float* out);

/// out_i = x_i.y_i; squares_i = y_i.y_i.
void dot_rows(const LaneRows<double>& x, const LaneRows<double>& y, double* out, double* squares);
void dot_rows(const LaneRows<float>& x, const LaneRows<float>& y, float* out, float* squares);

/// rows_k <- keep rows_k - factors_k by_k.
void move_rows(LaneRows<double>& rows, const LaneRows<double>& by, const double* factors, double keep);
void move_rows(LaneRows<float>& rows, const LaneRows<float>& by, const float* factors, float keep);

}  // namespace shatterproof
