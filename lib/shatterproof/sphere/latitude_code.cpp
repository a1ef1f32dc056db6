#include "shatterproof/sphere/latitude_code.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/tightened.hpp"

namespace shatterproof {
namespace {

constexpr double kWider = 1 + LatitudeCode::kSlack, kNarrower = 1 - LatitudeCode::kSlack;
constexpr std::int64_t kMostPoints = std::int64_t(1) << 60;

double polygon_angle(std::int64_t vertex, std::int64_t polygon) {
  return 2 * std::numbers::pi * double(vertex) / double(polygon);
}

/// Cosine and sine; quarter turns are exact, so that a point on the rim of such a cap is decided too.
std::pair<Ball, Ball> enclose_vertex(std::int64_t vertex, std::int64_t polygon) {
  constexpr int kCosine[] = {1, 0, -1, 0}, kSine[] = {0, 1, 0, -1};
  if (4 * vertex % polygon == 0) {
    const std::int64_t quarters = 4 * vertex / polygon;
    return {Ball(kCosine[quarters]), Ball(kSine[quarters])};
  }
  const Ball angle = Ball(2 * vertex) * Ball::pi() / Ball(polygon);
  return {cos(angle), sin(angle)};
}

}  // namespace

LatitudeCode::LatitudeCode(long d, const Rational& eps) : dimension_(d), eps_(eps) {
  require(d >= 3 && d <= kMostDimension, "layers with a decoder need a dimension d in 3..24, got " + std::to_string(d));
  require(eps >= Rational(1, 4096) && eps <= Rational(1, 2),
          "layers with a decoder need eps in [1/4096, 1/2], got " + to_text_exact(eps));
  const PrecisionScope scope(128);
  const Ball h(Rational(eps * eps));
  threshold_ = (Ball(1) - h).mid_double();
  // Heights and radii are off by 2^-50, products of up to d of them by d 2^-50 and their own rounding, the vertex of a
  // polygon by 2^-48, and the sum rounds d times: altogether below this, with a factor 2 to spare.
  margin_ = double((d + 2) * (d + 2)) * 0x1p-49;
  cells_.resize(std::size_t(d));
  root_ = make_node(d, std::min(1.0, sqrt(h * (Ball(2) - h)).upper_double()));
  cells_ = {};
}

std::size_t LatitudeCode::bytes() const {
  return nodes_.capacity() * sizeof(Node) + layers_.capacity() * sizeof(Layer);
}

std::int32_t LatitudeCode::shared_node(long k, double x) {
  const auto cell = std::size_t(tightened::cell_index(x, kCells));
  std::vector<std::int32_t>& known = cells_[std::size_t(k)];
  if (known.size() <= cell) known.resize(cell + 1, -1);
  if (const std::int32_t node = known[cell]; node >= 0) return node;
  const std::int32_t made = make_node(k, tightened::next_cell(x, kCells));
  return cells_[std::size_t(k)][cell] = made;
}

LatitudeCode::Layer LatitudeCode::make_layer(long k, double x, double latitude) {
  Layer layer{std::sin(latitude), std::cos(latitude), 0, -1, 1};
  const double inner = x * kWider / layer.radius;
  if (!(inner <= 1)) return layer;
  if (k > 3)
    layer.node = shared_node(k - 1, inner);
  else
    layer.polygon = std::int32_t(std::max(2.0, std::floor(std::numbers::pi / std::asin(inner) * kNarrower)));
  return layer;
}

LatitudeCode::Node LatitudeCode::node_of(long k, double x, double step, double middle, std::int32_t last,
                                         std::vector<Layer>& layers) {
  Node node{step, 1 / step, middle, 0, 0, last};
  for (std::int32_t l = 0; l <= last; ++l) {
    layers.push_back(make_layer(k, x, (l - middle) * step));
    Layer& made = layers.back();
    made.first = node.count;
    node.count += made.node >= 0 ? nodes_[std::size_t(made.node)].count : made.polygon;
    require(node.count <= kMostPoints, "this eps gives more than 2^60 caps: choose a larger one");
  }
  return node;
}

std::int32_t LatitudeCode::make_node(long k, double x) {
  const double step = 2 * std::asin(x) * kWider, quarter = std::numbers::pi / 2 * (1 - 0x1p-40);
  const double north = std::floor(quarter / step), halves = std::floor(quarter / step + 0.5);
  // Around the equator, astride it, from the south pole.
  const std::pair<double, std::int32_t> starts[] = {{north, std::int32_t(2 * north)},
                                                    {halves - 0.5, std::int32_t(2 * halves) - 1},
                                                    {quarter / step, std::int32_t(2 * quarter / step)}};
  Node best;
  std::vector<Layer> best_layers;
  for (const auto& [middle, last] : starts) {
    std::vector<Layer> layers;
    const Node node = node_of(k, x, step, middle, last, layers);
    if (node.count <= best.count) continue;
    best = node;
    best_layers = std::move(layers);
  }
  best.layers = std::int32_t(layers_.size());
  layers_.insert(layers_.end(), best_layers.begin(), best_layers.end());
  nodes_.push_back(best);
  return std::int32_t(nodes_.size()) - 1;
}

double* LatitudeCode::emit(const Node& node, long level, double scale, double* prefix, double* rows) const {
  const long d = dimension_;
  for (std::int64_t l = 0; l <= node.last; ++l) {
    const Layer& at = layer(node, l);
    prefix[level] = scale * at.height;
    const double radius = scale * at.radius;
    if (at.node >= 0) {
      rows = emit(nodes_[std::size_t(at.node)], level + 1, radius, prefix, rows);
      continue;
    }
    for (std::int32_t vertex = 0; vertex < at.polygon; ++vertex, rows += d) {
      std::copy_n(prefix, level + 1, rows);
      std::fill(rows + level + 1, rows + d, 0.0);
      const double angle = polygon_angle(vertex, at.polygon);
      rows[level + 1] = radius * std::cos(angle);
      if (vertex > 0) rows[level + 2] = radius * std::sin(angle);
    }
  }
  return rows;
}

void LatitudeCode::approx_centres(double* rows) const {
  double prefix[kMostDimension];
  emit(nodes_[std::size_t(root_)], 0, 1, prefix, rows);
}

LatitudeCode::Path LatitudeCode::path_to(std::int64_t index) const {
  require(index >= 0 && index < size(), "layers: there is no cap " + std::to_string(index));
  Path path;
  for (std::int32_t at = root_; at >= 0;) {
    const Node& node = nodes_[std::size_t(at)];
    const Layer* begin = &layer(node, 0);
    const Layer* found = std::upper_bound(begin, begin + node.last + 1, index,
                                          [](std::int64_t i, const Layer& candidate) { return i < candidate.first; }) -
                         1;
    path.steps.emplace_back(&node, found - begin);
    index -= found->first;
    path.polygon = found->polygon;
    at = found->node;
  }
  path.vertex = index;
  return path;
}

void LatitudeCode::approx_centre(std::int64_t index, double* row) const {
  const Path path = path_to(index);
  std::fill(row, row + dimension_, 0.0);
  double scale = 1;
  for (const auto& [node, l] : path.steps) {
    *row++ = scale * layer(*node, l).height;
    scale *= layer(*node, l).radius;
  }
  const double angle = polygon_angle(path.vertex, path.polygon);
  row[0] = scale * std::cos(angle);
  if (path.vertex > 0) row[1] = scale * std::sin(angle);
}

std::vector<Ball> LatitudeCode::enclose_centre(std::int64_t index) const {
  const Path path = path_to(index);
  std::vector<Ball> centre;
  Ball scale(1);
  for (const auto& [node, l] : path.steps) {
    const Ball latitude = (Ball(l) - Ball::exact(node->middle)) * Ball::exact(node->step);
    centre.push_back(scale * sin(latitude));
    scale *= cos(latitude);
  }
  const auto [cosine, sine] = enclose_vertex(path.vertex, path.polygon);
  centre.push_back(scale * cosine);
  if (path.vertex > 0) centre.push_back(scale * sine);
  centre.resize(std::size_t(dimension_), Ball(0));
  return centre;
}

bool LatitudeCode::is_in_cap_by_balls(std::int64_t index, const double* x) const {
  const Rational h = eps_ * eps_;
  for (Bits bits = 128; bits <= 4096; bits *= 2) {
    const PrecisionScope scope(bits);
    const std::vector<Ball> u = enclose_centre(index);
    Ball excess = Ball(h) - Ball(1);
    for (long j = 0; j < dimension_; ++j) excess.add_product(u[std::size_t(j)], Ball::exact(x[j]));
    if (certainly_positive(excess)) return true;
    if (certainly_less_or_equal(excess, Ball(0))) return false;  // on the rim of an open cap is outside
  }
  throw UndecidedError("a point lies on the rim of cap " + std::to_string(index) + " as far as 4096 bits can tell");
}

LatitudeCode::Place LatitudeCode::find(const double* x) const {
  const long d = dimension_;
  double norm[kMostDimension + 1];  // norm[j] = |(x_j, ..., x_(d-1))|
  double squares = 0;
  for (long j = d - 1; j >= 0; --j) {
    squares += x[j] * x[j];
    norm[j] = squares;
  }
  if (!(squares <= 1 + 0x1p-48)) throw PreconditionError("layers: a point to be placed must lie in the unit ball");
  const double sure = threshold_ - margin_;
  if (std::sqrt(squares) < sure) return {};
  double inner = 0, scale = 1;
  std::int64_t cap = 0;
  const Node* node = &nodes_[std::size_t(root_)];
  for (long j = 0;; ++j) {
    const double rest = std::sqrt(norm[j + 1]);
    const double place = std::atan2(x[j], rest) * node->inverse_step + node->middle;
    const Layer& at = layer(*node, std::clamp(std::int64_t(place + 0.5), std::int64_t(0), std::int64_t(node->last)));
    inner += scale * at.height * x[j];
    scale *= at.radius;
    cap += at.first;
    if (inner + scale * rest < sure) return {};  // wherever the centre is on its circle
    if (at.node >= 0) {
      node = &nodes_[std::size_t(at.node)];
      continue;
    }
    if (at.polygon == 1) {
      inner += scale * x[j + 1];
      break;
    }
    const double turn = std::atan2(x[j + 2], x[j + 1]) * (1 / (2 * std::numbers::pi));
    std::int64_t vertex = std::llround(turn * at.polygon);
    if (vertex < 0) vertex += at.polygon;
    const double angle = polygon_angle(vertex, at.polygon);
    inner += scale * (std::cos(angle) * x[j + 1] + std::sin(angle) * x[j + 2]);
    cap += vertex;
    break;
  }
  if (inner < sure) return {};
  if (inner > threshold_ + margin_) return {cap, false};
  return {is_in_cap_by_balls(cap, x) ? cap : -1, true};
}

}  // namespace shatterproof
