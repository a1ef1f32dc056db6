#include "shatterproof/sphere/delsarte_lp.hpp"

#include <coin/Clp_C_Interface.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

struct ClpDeleter {
  void operator()(void* model) const { Clp_deleteModel(static_cast<Clp_Simplex*>(model)); }
};

/// P_0(t) .. P_K(t) in double.
std::vector<double> gegenbauer_values(long d, long degree, double t) {
  std::vector<double> p(static_cast<std::size_t>(degree) + 1, 1.0);
  p[1] = t;
  for (long k = 1; k < degree; ++k) {
    const auto i = static_cast<std::size_t>(k);
    p[i + 1] = (double(2 * k + d - 2) * t * p[i] - double(k) * p[i - 1]) / double(k + d - 2);
  }
  return p;
}

struct DelsarteProgram {
  long d, degree;
  double s;
  std::vector<double> points;  ///< where f <= 0 is asked for

  [[nodiscard]] double value(const std::vector<double>& f, double t) const {
    const std::vector<double> p = gegenbauer_values(d, degree, t);
    double sum = 0;
    for (std::size_t k = 0; k < f.size(); ++k) sum += f[k] * p[k];
    return sum;
  }
};

/// min f_1 + .. + f_K over f_k >= 0 with 1 + sum f_k P_k(t) <= 0 at the points; empty if there is no such f.
std::vector<double> solve_program(const DelsarteProgram& program) {
  const std::unique_ptr<void, ClpDeleter> owner(Clp_newModel());
  auto* model = static_cast<Clp_Simplex*>(owner.get());
  const auto rows = program.points.size(), columns = static_cast<std::size_t>(program.degree);
  std::vector<int> start, index;
  std::vector<double> entry;
  std::vector<std::vector<double>> p;
  for (double t : program.points) p.push_back(gegenbauer_values(program.d, program.degree, t));
  for (std::size_t k = 0; k <= columns; ++k) {
    start.push_back(static_cast<int>(entry.size()));
    for (std::size_t i = 0; k < columns && i < rows; ++i)
      index.push_back(static_cast<int>(i)), entry.push_back(p[i][k + 1]);
  }
  const std::vector<double> cost(columns, 1), least(columns, 0), most(columns, 1e30), below(rows, -1e30),
      above(rows, -1);
  Clp_setLogLevel(model, 0);
  Clp_loadProblem(model, static_cast<int>(columns), static_cast<int>(rows), start.data(), index.data(), entry.data(),
                  least.data(), most.data(), cost.data(), below.data(), above.data());
  Clp_setPrimalTolerance(model, 1e-10);
  Clp_setDualTolerance(model, 1e-10);
  Clp_setMaximumIterations(model, 20000);
  Clp_dual(model, 0);
  if (Clp_status(model) != 0) return {};
  const double* solution = Clp_primalColumnSolution(model);
  std::vector<double> f{1};
  for (std::size_t k = 0; k < columns; ++k) f.push_back(std::max(0.0, solution[k]));
  return f;
}

/// The local maxima of f on [-1, s], refined.
std::vector<double> local_maxima(const DelsarteProgram& program, const std::vector<double>& f) {
  const long cells = 40 * program.degree;
  const double h = (program.s + 1) / double(cells);
  std::vector<double> found{-1, program.s}, value;
  for (long i = 0; i <= cells; ++i) value.push_back(program.value(f, -1 + h * double(i)));
  for (std::size_t i = 1; i + 1 < value.size(); ++i) {
    if (value[i] < value[i - 1] || value[i] < value[i + 1]) continue;
    double t = -1 + h * double(i);
    for (int round = 0; round < 5; ++round) {
      const double step = h / 50, a = program.value(f, t - step), b = program.value(f, t),
                   c = program.value(f, t + step);
      const double move = step * (a - c) / (2 * (a - 2 * b + c));
      if (std::abs(move) < h) t += move;
    }
    found.push_back(std::clamp(t, -1.0, program.s));
  }
  return found;
}

/// Solves, looks where f is positive, asks for f <= 0 at more points around there, ever more closely.
std::vector<double> solve_semi_infinite(long d, double s, long degree, double& excess) {
  DelsarteProgram program{d, degree, s, {}};
  const long first = 3 * degree + 3;
  for (long i = 0; i <= first; ++i)
    program.points.push_back(-1 + (s + 1) * (1 - std::cos(std::numbers::pi * double(i) / double(first))) / 2);
  std::vector<double> best;
  excess = 1;
  double spacing = (s + 1) / double(8 * degree);
  constexpr int kRounds = 8;
  for (int round = 0; round < kRounds; ++round, spacing /= 8) {
    const std::vector<double> f = solve_program(program);
    if (f.empty()) return best;
    double worst = 0;
    const std::vector<double> maxima = local_maxima(program, f);
    for (double t : maxima) worst = std::max(worst, program.value(f, t));
    if (worst < excess) best = f, excess = worst;
    if (worst < 1e-11) break;
    for (double t : maxima)
      for (int j = -4; j <= 4; ++j) program.points.push_back(std::clamp(t + spacing * j, -1.0, s));
  }
  return best;
}

std::optional<DelsarteDual> rounded_dual(long d, const Rational& s, const std::vector<double>& f, double excess) {
  DelsarteDual dual{d, s, {}};
  for (double x : f) dual.coefficients.push_back(exact_rational(x));
  for (double room = std::max(2 * excess, 1e-13); room < 1e-3; room *= 8) {
    dual.coefficients[0] = 1 - exact_rational(room);
    if (verified_delsarte_bound(dual)) return dual;
  }
  return std::nullopt;
}

}  // namespace

std::optional<DelsarteDual> find_delsarte_dual(long d, const Rational& s, long degree) {
  require(d >= 2, "Delsarte's bound needs d >= 2, got " + std::to_string(d));
  require(s >= -1 && s < 1, "Delsarte's bound needs -1 <= s < 1, got " + to_text_exact(s));
  require(degree >= 1 && degree <= kMostDelsarteDegree,
          "the degree must be in 1.." + std::to_string(kMostDelsarteDegree) + ", got " + std::to_string(degree));
  double excess = 1;
  const std::vector<double> f = solve_semi_infinite(d, s.get_d(), degree, excess);
  if (f.empty() || !std::all_of(f.begin(), f.end(), [](double x) { return std::isfinite(x); })) return std::nullopt;
  return rounded_dual(d, s, f, excess);
}

std::optional<DelsarteBound> best_delsarte_bound(long d, const Rational& s, long degree) {
  std::vector<long> degrees{degree};
  if (degree == 0) degrees = {4, 7, 10, 14, 18, 24, 30};
  std::optional<DelsarteBound> best;
  for (long k : degrees) {
    const auto dual = find_delsarte_dual(d, s, k);
    if (!dual) continue;
    const auto value = verified_delsarte_bound(*dual);
    if (!value || (best && *value >= best->value)) continue;
    best = DelsarteBound{*dual, *value, {floor(*value), "Delsarte (degree " + std::to_string(k) + ")"}};
  }
  return best;
}

}  // namespace shatterproof
