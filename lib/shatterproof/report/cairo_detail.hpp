#pragma once
// Internal to the Cairo door: small things that Cairo has not.
#include <cairo.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace shatterproof::report {

struct FreeCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

inline cairo_status_t append(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

inline void ensure(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(std::string("Cairo: ") + cairo_status_to_string(status));
}

/// The outline of a mark: a circle, square, triangle or diamond for shape 0 to 3.
inline void trace_mark(cairo_t* cairo, int shape, double x, double y, double size) {
  static constexpr std::pair<double, double> kCorners[3][4] = {{{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}},
                                                               {{0, -1.25}, {1.1, 0.85}, {-1.1, 0.85}, {-1.1, 0.85}},
                                                               {{0, -1.3}, {1.3, 0}, {0, 1.3}, {-1.3, 0}}};
  cairo_new_path(cairo);
  if (shape == 0)
    cairo_arc(cairo, x, y, size, 0, 6.283185307179586);
  else
    for (const auto& [dx, dy] : kCorners[shape - 1]) cairo_line_to(cairo, x + dx * size, y + dy * size);
  cairo_close_path(cairo);
}

}  // namespace shatterproof::report
