#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <regex>
#include <stdexcept>

#include "shatterproof/report/cairo_detail.hpp"
#include "shatterproof/report/chart_canvas.hpp"
#include "shatterproof/report/chart_scale.hpp"

namespace shatterproof::report {
namespace {

constexpr double kWidth = 460, kPlotHeight = 270, kMargin = 12;  // points
constexpr double kText = 10, kSmallText = 7.5, kLegendRow = 15, kSample = 22;

class Painter {
 public:
  Painter(cairo_t* cairo, const Chart& chart) : c_(cairo), chart_(chart) {
    cairo_select_font_face(c_, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_line_join(c_, CAIRO_LINE_JOIN_ROUND);
    lay_out();
  }

  [[nodiscard]] double height() const { return height_; }

  void paint() {
    cairo_set_source_rgb(c_, 1, 1, 1);
    cairo_paint(c_);
    ink();
    text((left_ + right_) / 2, kMargin + kText, chart_.title, 0.5, kText + 1);
    const ChartScale x = x_scale(), y = y_scale();
    if (!chart_.picture) paint_grid(x, y);
    cairo_save(c_);
    if (!chart_.picture) {
      cairo_rectangle(c_, left_, top_, right_ - left_, bottom_ - top_);
      cairo_clip(c_);
    }
    for (const ChartArea& area : chart_.areas) paint_area(area, x, y);
    for (const ChartSeries& series : chart_.series) paint_series(series, x, y);
    cairo_restore(c_);
    if (!chart_.picture) paint_frame();
    paint_legend();
  }

 private:
  struct LegendEntry {
    const ChartSeries* series;
    double x, y;
  };

  double text_width(const std::string& text, double size = kText) {
    cairo_text_extents_t extents;
    cairo_set_font_size(c_, size);
    cairo_text_extents(c_, text.c_str(), &extents);
    return extents.x_advance;
  }

  double label_width(const ChartTick& tick) {
    if (tick.label.empty()) return 0;
    if (!tick.is_power) return text_width(tick.label);
    return text_width("10") + text_width(exponent_text(tick), kSmallText);
  }

  static std::string exponent_text(const ChartTick& tick) {
    return (tick.exponent < 0 ? "\u2212" : "") + std::to_string(std::abs(tick.exponent));
  }

  [[nodiscard]] ChartScale x_scale() const { return {chart_.x.log, range_of_x(chart_), left_, right_}; }
  [[nodiscard]] ChartScale y_scale() const { return {chart_.y.log, range_of_y(chart_), bottom_, top_}; }

  void lay_out() {
    top_ = kMargin + (chart_.title.empty() ? 0 : 2 * kText);
    right_ = kWidth - kMargin;
    left_ = kMargin;
    if (!chart_.picture) {
      double labels = 0;
      for (const ChartTick& tick : ticks_of(chart_.y, range_of_y(chart_))) labels = std::max(labels, label_width(tick));
      left_ += labels + 8 + (chart_.y.label.empty() ? 0 : 1.6 * kText);
      bottom_ = top_ + kPlotHeight;
    } else {
      const ChartRange x = range_of_x(chart_), y = range_of_y(chart_);
      const double side = std::min(right_ - left_, 360.0), middle = kWidth / 2;
      left_ = middle - side / 2, right_ = middle + side / 2;
      bottom_ = top_ + side * (y.high - y.low) / (x.high - x.low);
    }
    double row = bottom_ + kMargin;
    if (!chart_.picture) row += 1.6 * kText + (chart_.x.label.empty() ? 0 : 1.6 * kText);
    lay_out_legend(row);
    height_ = row + kMargin / 2;
  }

  /// Columns as wide as the longest label, as many as fit.
  void lay_out_legend(double& row) {
    double widest = 0;
    std::vector<const ChartSeries*> listed;
    for (const ChartSeries& series : chart_.series)
      if (!series.label.empty()) {
        listed.push_back(&series);
        widest = std::max(widest, text_width(series.label));
      }
    if (listed.empty()) return;
    const double width = widest + kSample + 18;
    const auto columns =
        std::clamp<std::size_t>(static_cast<std::size_t>((kWidth - 2 * kMargin) / width), 1, listed.size());
    const double start = (kWidth - static_cast<double>(columns) * width) / 2;
    for (std::size_t i = 0; i < listed.size(); ++i) {
      if (i % columns == 0) row += kLegendRow;
      legend_.push_back({listed[i], std::max(kMargin, start) + static_cast<double>(i % columns) * width, row - 4});
    }
  }

  void ink() { cairo_set_source_rgb(c_, 0.13, 0.13, 0.13); }

  void colour(int style, double opacity = 1) {
    const ChartStyle& s = chart_style(style);
    cairo_set_source_rgba(c_, s.red, s.green, s.blue, opacity);
  }

  /// align: 0 starts at x, 0.5 is centred, 1 ends there; y is the baseline.
  void text(double x, double y, const std::string& text, double align, double size = kText) {
    const double width = text_width(text, size);
    cairo_move_to(c_, x - align * width, y);
    cairo_show_text(c_, text.c_str());
  }

  void tick_label(const ChartTick& tick, double x, double y, double align) {
    if (!tick.is_power) return text(x, y, tick.label, align);
    const double start = x - align * label_width(tick), width = text_width("10");
    text(start, y, "10", 0);
    text(start + width, y - 4, exponent_text(tick), 0, kSmallText);
  }

  void line(double x0, double y0, double x1, double y1) {
    cairo_move_to(c_, x0, y0);
    cairo_line_to(c_, x1, y1);
    cairo_stroke(c_);
  }

  void paint_grid(const ChartScale& x, const ChartScale& y) {
    for (const ChartTick& tick : ticks_of(chart_.x, range_of_x(chart_))) {
      grid_line(tick, x(tick.at), top_, x(tick.at), bottom_);
      tick_label(tick, x(tick.at), bottom_ + 1.5 * kText, 0.5);
    }
    for (const ChartTick& tick : ticks_of(chart_.y, range_of_y(chart_))) {
      grid_line(tick, left_, y(tick.at), right_, y(tick.at));
      tick_label(tick, left_ - 6, y(tick.at) + 0.35 * kText, 1);
    }
    text((left_ + right_) / 2, bottom_ + 3.2 * kText, chart_.x.label, 0.5);
    cairo_save(c_);
    cairo_translate(c_, kMargin + 0.8 * kText, (top_ + bottom_) / 2);
    cairo_rotate(c_, -std::acos(0.0));
    text(0, 0, chart_.y.label, 0.5);
    cairo_restore(c_);
  }

  void grid_line(const ChartTick& tick, double x0, double y0, double x1, double y1) {
    cairo_set_line_width(c_, tick.label.empty() ? 0.3 : 0.6);
    cairo_set_source_rgb(c_, 0.87, 0.87, 0.87);
    line(x0, y0, x1, y1);
    ink();
  }

  void paint_frame() {
    ink();
    cairo_set_line_width(c_, 0.8);
    line(left_, top_, left_, bottom_);
    line(left_, bottom_, right_, bottom_);
  }

  void paint_area(const ChartArea& area, const ChartScale& x, const ChartScale& y) {
    cairo_new_path(c_);
    for (const auto& [px, py] : area.outline)
      if (x.shows(px) && y.shows(py)) cairo_line_to(c_, x(px), y(py));
    cairo_close_path(c_);
    colour(area.style, area.opacity);
    if (area.stroked) {
      cairo_fill_preserve(c_);
      colour(area.style);
      cairo_set_line_width(c_, 0.8);
      cairo_stroke(c_);
    } else {
      cairo_fill(c_);
    }
  }

  void stroke_style(const ChartSeries& series) {
    constexpr double kDashed[] = {5, 3}, kDashDotted[] = {6, 2, 1.5, 2}, kDotted[] = {1.5, 2};
    colour(series.style);
    cairo_set_line_width(c_, 1.4);
    switch (chart_dash(series)) {
      case ChartDash::solid:
        return cairo_set_dash(c_, nullptr, 0, 0);
      case ChartDash::dashed:
        return cairo_set_dash(c_, kDashed, 2, 0);
      case ChartDash::dash_dotted:
        return cairo_set_dash(c_, kDashDotted, 4, 0);
      case ChartDash::dotted:
        return cairo_set_dash(c_, kDotted, 2, 0);
    }
  }

  void paint_series(const ChartSeries& series, const ChartScale& x, const ChartScale& y) {
    if (series.line) {
      stroke_style(series);
      cairo_new_path(c_);
      for (const ChartPoint& point : series.points)
        if (x.shows(point.x) && y.shows(point.y)) cairo_line_to(c_, x(point.x), y(point.y));
      cairo_stroke(c_);
      cairo_set_dash(c_, nullptr, 0, 0);
    }
    // Many marks are small ones.
    const double size = chart_.picture || series.points.size() > 200 ? 1.1 : 2.6;
    for (const ChartPoint& point : series.points) {
      if (!x.shows(point.x) || !y.shows(point.y)) continue;
      if (point.low && point.high && y.shows(*point.low)) {
        colour(series.style);
        cairo_set_line_width(c_, 1);
        line(x(point.x), y(*point.low), x(point.x), y(*point.high));
      }
      if (series.marks) mark(series.style, x(point.x), y(point.y), size);
    }
  }

  void mark(int style, double x, double y, double size) {
    trace_mark(c_, chart_.picture ? 0 : style % 4, x, y, size);
    const bool hollow = !chart_.picture && style % 8 >= 4;
    if (hollow)
      cairo_set_source_rgb(c_, 1, 1, 1);
    else
      colour(style);
    cairo_fill_preserve(c_);
    colour(style);
    cairo_set_line_width(c_, hollow ? 1 : 0.2);
    cairo_stroke(c_);
  }

  void paint_legend() {
    for (const LegendEntry& entry : legend_) {
      const double y = entry.y - 3.5;
      if (entry.series->line) {
        stroke_style(*entry.series);
        line(entry.x, y, entry.x + kSample, y);
        cairo_set_dash(c_, nullptr, 0, 0);
      }
      if (entry.series->marks) mark(entry.series->style, entry.x + kSample / 2, y, 2.6);
      ink();
      text(entry.x + kSample + 5, entry.y, entry.series->label, 0);
    }
  }

  cairo_t* c_;
  const Chart& chart_;
  double left_ = 0, right_ = 0, top_ = 0, bottom_ = 0, height_ = 0;
  std::vector<LegendEntry> legend_;
};

/// The height depends on the legend, which is measured with the fonts.
double height_of(const Chart& chart) {
  const std::unique_ptr<cairo_surface_t, FreeCairo> surface(
      cairo_recording_surface_create(CAIRO_CONTENT_COLOR, nullptr));
  const std::unique_ptr<cairo_t, FreeCairo> cairo(cairo_create(surface.get()));
  return Painter(cairo.get(), chart).height();
}

cairo_surface_t* make_surface(FigureFormat format, std::string& bytes, double height) {
  if (format == FigureFormat::svg) return cairo_svg_surface_create_for_stream(append, &bytes, kWidth, height);
  cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(append, &bytes, kWidth, height);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  return surface;
}

}  // namespace

std::string draw_chart(const Chart& chart, FigureFormat format) {
  std::string bytes;
  const double height = height_of(chart);
  {
    const std::unique_ptr<cairo_surface_t, FreeCairo> surface(make_surface(format, bytes, height));
    const std::unique_ptr<cairo_t, FreeCairo> cairo(cairo_create(surface.get()));
    Painter(cairo.get(), chart).paint();
    ensure(cairo_status(cairo.get()));
    cairo_surface_finish(surface.get());
    ensure(cairo_surface_status(surface.get()));
  }
  // Cairo counts the surfaces of a process in their names, which nothing refers to.
  if (format == FigureFormat::svg) bytes = std::regex_replace(bytes, std::regex(" id=\"surface[0-9]+\""), "");
  return bytes;
}

}  // namespace shatterproof::report
