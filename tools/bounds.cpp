#include <fmt/core.h>

#include <memory>
#include <optional>

#include "bounds_caps.hpp"
#include "pack_report.hpp"
#include "shatterproof/bounds/explicit_chain.hpp"
#include "shatterproof/bounds/sweep.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

struct BoundsOptions {
  std::string dim, samples, sigma = "1", eta = "1/2", sup = "1", seminorm = "1", delta = "1/20", target = "0", eps,
                            caps, sweep;
  bool json = false;
  int digits = 10;
};

Rational nonnegative(const char* option, const std::string& text) {
  return number_option(option, text, "a number >= 0", [](const Rational& x) { return x >= 0; });
}

struct Request {
  MinimaxProblem problem;
  ExplicitChain chain;
  BoundChoice choice;
  std::vector<Integer> sweep;
};

Request read(const BoundsOptions& options) {
  Request request;
  MinimaxProblem& problem = request.problem;
  const Integer most_samples = Integer(1) << 400;
  problem.dimension = whole_option("dim", options.dim, "a whole number from 1 to 500", 1, 500).get_si();
  if (options.sweep.empty() || !options.samples.empty()) {
    problem.samples = whole_option("samples", options.samples, "a whole number >= 1, e.g. 1e6", 1, most_samples);
  }
  problem.sigma = nonnegative("sigma", options.sigma);
  problem.sup_norm = positive_option("B", options.sup);
  problem.seminorm = nonnegative("C", options.seminorm);
  ExplicitChain& chain = request.chain;
  chain.dimension = problem.dimension, chain.samples = problem.samples, chain.sigma = problem.sigma;
  chain.sup = problem.sup_norm;
  chain.eta = positive_option("eta", options.eta);
  chain.delta =
      number_option("delta", options.delta, "a number in (0, 1)", [](const Rational& x) { return x > 0 && x < 1; });
  chain.target_seminorm = nonnegative("target-seminorm", options.target);
  require_valid(chain);
  if (!options.eps.empty()) {
    request.choice.eps =
        number_option("eps", options.eps, "a number in (0, 1]", [](const Rational& x) { return x > 0 && x <= 1; });
  }
  if (!options.caps.empty()) {
    if (options.eps.empty()) throw PreconditionError("--caps: needs --eps as well");
    request.choice.caps = whole_option("caps", options.caps, "a whole number >= 1", 1, most_samples);
  }
  if (!options.sweep.empty()) request.sweep = parse_sweep(options.sweep);
  return request;
}

std::vector<ChosenBound> risk_upper_bounds(const Request& request) {
  std::vector<ChosenBound> bounds;
  for (const auto kind : {ExplicitChain::Kind::gap, ExplicitChain::Kind::mse}) {
    for (const bool sharp : {false, true}) {
      ExplicitChain chain = request.chain;
      chain.kind = kind, chain.sharp = sharp;
      const ExplicitBound best = best_explicit_bound(chain);
      bounds.push_back({best.bound, best.eps, 0, 0});
    }
  }
  return bounds;
}

Json bound_json(const ChosenBound& chosen, const std::optional<Ball>& volume, int digits) {
  const RiskBound& bound = chosen.bound;
  Json json{{"name", bound.name}, {"source", bound.source}, {"status", std::string(to_text(bound.status))}};
  if (bound.status != BoundStatus::not_applicable) {
    json["probability_measure"] = ball_json(bound.value, digits);
    if (volume) json["lebesgue_measure"] = ball_json(bound.value * *volume, digits);
  }
  if (chosen.eps != 0) json["eps"] = to_text_exact(chosen.eps);
  if (chosen.caps != 0) json["caps"] = chosen.caps.get_str();
  if (!chosen.family.empty()) json["family"] = chosen.family;
  if (chosen.slabs != 0) json["slabs"] = std::to_string(chosen.slabs);
  if (!bound.reason.empty()) json["reason"] = bound.reason;
  return json;
}

Json problem_json(const Request& request) {
  const MinimaxProblem& p = request.problem;
  return Json{{"dimension", std::to_string(p.dimension)},
              {"samples", p.samples.get_str()},
              {"sigma", to_text_exact(p.sigma)},
              {"B", to_text_exact(p.sup_norm)},
              {"C", to_text_exact(p.seminorm)},
              {"eta", to_text_exact(request.chain.eta)},
              {"delta", to_text_exact(request.chain.delta)}};
}

// What the cube at a given eps is made of.
Json cube_json(const CubePrior& prior, int digits) {
  Json json{
      {"eps", to_text_exact(prior.eps)}, {"caps", prior.caps.get_str()}, {"amplitude", to_text_exact(prior.amplitude)}};
  json["prior_energy"] = ball_json(prior.prior_energy(), digits);
  json["cap_mass"] = ball_json(prior.cap_mass(), digits);
  if (prior.problem.sigma > 0) json["snr"] = ball_json(prior.signal_to_noise(), digits);
  return json;
}

void print_bounds_json(const Request& request, int digits) {
  const Ball volume = uniform_ball::volume(request.problem.dimension);
  Json json{{"problem", problem_json(request)}, {"volume", ball_json(volume, digits)}};
  const auto [lower, packings] = lower_bounds_on_best_caps(request.problem, request.choice);
  if (request.choice.eps) {
    json["cube"] = cube_json(cube_of(request.problem, *request.choice.eps, lower.front().caps, packings), digits);
  }
  json["lower_bounds"] = Json::array();
  for (const ChosenBound& bound : lower) json["lower_bounds"].push_back(bound_json(bound, volume, digits));
  json["caps"] = Json::array();
  for (const CapsUsed& used : caps_used(request.problem.dimension, lower))
    json["caps"].push_back(Json{{"eps", to_text_exact(used.eps)},
                                {"count", used.caps.get_str()},
                                {"family", used.family},
                                {"upper_bound", used.upper.count.get_str()},
                                {"upper_bound_name", used.upper.name}});
  json["upper_bounds"] = Json::array();
  for (const ChosenBound& bound : risk_upper_bounds(request)) {
    json["upper_bounds"].push_back(bound_json(bound, std::nullopt, digits));
  }
  json["trivial_upper_bound"] = to_text_exact(Rational(4 * request.chain.sup * request.chain.sup));
  print_json(json);
}

void print_caps(const std::vector<CapsUsed>& caps) {
  std::vector<Row> rows;
  for (const CapsUsed& used : caps)
    rows.push_back({fmt::format("{:.6g}", used.eps.get_d()), short_count(used.caps), used.family,
                    short_count(used.upper.count), used.upper.name});
  print_line("");
  print_text("The caps of the lower bounds: who places them, and how many there can be at most");
  Table({{.title = "eps", .least = 9},
         {.title = "N", .align = Align::right},
         {.title = "family"},
         {.title = "at most", .align = Align::right},
         {.title = "by"}},
        {.indent = 2})
      .print(rows);
}

enum class SafeSide { lower, upper };

std::string value_text(const Ball& value, SafeSide side) {
  const BallText text = to_text(value, 6);
  return side == SafeSide::lower ? text.lower : text.upper;
}

/// What is certain is as good as proved; the rest has the colour of what can be said of it.
Cell status_cell(BoundStatus status) {
  const std::string text(to_text(status));
  switch (status) {
    case BoundStatus::certified:
      return {text, Verdict::proved};
    case BoundStatus::numerical:
      return {text, Verdict::supported};
    case BoundStatus::vacuous:
      return {text, Verdict::vacuous};
    case BoundStatus::not_applicable:
      break;
  }
  return text;
}

Row bound_row(const ChosenBound& chosen, const std::optional<Ball>& volume, SafeSide side) {
  const RiskBound& bound = chosen.bound;
  const bool has_value = bound.status != BoundStatus::not_applicable;
  std::string caps = chosen.caps == 0 ? "-" : short_count(chosen.caps);
  if (chosen.slabs != 0) caps += " x " + std::to_string(chosen.slabs);
  return {bound.name,
          has_value ? value_text(bound.value, side) : "-",
          has_value && volume ? value_text(bound.value * *volume, side) : "-",
          chosen.eps == 0 ? "-" : fmt::format("{:.6g}", chosen.eps.get_d()),
          caps,
          status_cell(bound.status),
          bound.source + (bound.reason.empty() ? "" : " (" + bound.reason + ")")};
}

void print_bounds(const Request& request) {
  // Everything is computed before the first line is printed: an error leaves no partial output.
  const std::vector<ChosenBound> lower = lower_bounds_on_best_caps(request.problem, request.choice).bounds,
                                 upper = risk_upper_bounds(request);
  const MinimaxProblem& p = request.problem;
  const std::vector<CapsUsed> caps = caps_used(p.dimension, lower);
  print_text(fmt::format("d = {}, n = {}, sigma = {}, B = {}, C = {}, eta = {}, delta = {}", p.dimension,
                         p.samples.get_str(), to_text_exact(p.sigma), to_text_exact(p.sup_norm),
                         to_text_exact(p.seminorm), to_text_exact(request.chain.eta),
                         to_text_exact(request.chain.delta)));
  const Ball volume = uniform_ball::volume(p.dimension);
  std::vector<Row> lower_rows, upper_rows;
  for (const ChosenBound& bound : lower) lower_rows.push_back(bound_row(bound, volume, SafeSide::lower));
  for (const ChosenBound& bound : upper) upper_rows.push_back(bound_row(bound, std::nullopt, SafeSide::upper));
  upper_rows.push_back({"trivial", value_text(Ball(Rational(4 * p.sup_norm * p.sup_norm)), SafeSide::upper), "-", "-",
                        "-", status_cell(BoundStatus::certified), "4 B^2"});
  const auto print = [](const char* title, const std::vector<Row>& rows) {
    print_line("");
    print_text(title);
    Table table({{.title = "name", .least = 18},
                 {.title = "P-measure", .least = 13},
                 {.title = "Lebesgue", .least = 13},
                 {.title = "eps", .least = 9},
                 {.title = "caps N [x K]", .least = 14},
                 {.title = "status", .least = 13},
                 {.title = "source", .prose = true}},
                {.indent = 2});
    table.print(rows);
  };
  print("Lower bounds of the minimax risk over F(B, C) (rounded down)", lower_rows);
  print_caps(caps);
  print("Upper bounds with probability 1 - delta (rounded up)", upper_rows);
}

void print_sweep(const Request& request, bool json) {
  const std::vector<SweptBound> swept = sweep_bounds(request.problem, request.chain, request.sweep);
  const auto text = [](double x) { return x == x ? fmt::format("{:.4g}", x) : std::string("-"); };
  if (json) {
    Json document{{"problem", problem_json(request)}, {"status", "numerical"}, {"samples", Json::array()}};
    document["problem"].erase("samples");
    for (const Integer& n : request.sweep) document["samples"].push_back(n.get_str());
    for (const SweptBound& bound : swept) {
      Json row{
          {"name", bound.name}, {"values", Json::array()}, {"slope", text(bound.slope)}, {"stated_rate", bound.rate}};
      for (double value : bound.values) row["values"].push_back(text(value));
      document["bounds"].push_back(row);
    }
    return print_json(document);
  }
  print_text(fmt::format("Numerical values (floating point, no guarantee), P-measure, d = {}; '-' means vacuous",
                         request.problem.dimension));
  std::vector<Column> columns{{.title = "n", .least = 18}};
  for (const Integer& n : request.sweep) columns.push_back({.title = fmt::format("{:.3g}", n.get_d()), .least = 10});
  columns.push_back({.title = "slope", .least = 8});
  columns.push_back({.title = "stated rate"});
  std::vector<Row> rows;
  for (const SweptBound& bound : swept) {
    Row& row = rows.emplace_back(Row{bound.name});
    for (double value : bound.values) row.emplace_back(text(value));
    row.emplace_back(text(bound.slope));
    row.emplace_back(bound.rate);
  }
  Table(std::move(columns)).print(rows);
}

}  // namespace

void add_bounds(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<BoundsOptions>();
  CLI::App* command = app.add_subcommand("bounds", "Upper and lower bounds as numbers (Theorems 3.5, 3.6, 3.7)");
  command->add_option("--dim", options->dim, "input dimension d")->type_name("NUMBER")->required();
  command->add_option("--samples", options->samples, "number of samples n, e.g. 1e6")->type_name("NUMBER");
  command->add_option("--sigma", options->sigma, "noise level [1]")->type_name("NUMBER");
  command->add_option("--eta", options->eta, "step size of the flat class, at most 2 [1/2]")->type_name("NUMBER");
  command->add_option("--B,--b", options->sup, "bound of the sup norm [1]")->type_name("NUMBER");
  command->add_option("--C,--c", options->seminorm, "bound of the seminorm |f|_Vg [1]")->type_name("NUMBER");
  command->add_option("--delta", options->delta, "failure probability of the upper bounds [1/20]")->type_name("NUMBER");
  command->add_option("--target-seminorm", options->target, "|f0|_Vg in the upper bound of the mse [0]")
      ->type_name("NUMBER");
  command->add_option("--eps", options->eps, "use this cap parameter instead of searching for the best")
      ->type_name("NUMBER");
  command->add_option("--caps", options->caps, "with --eps: use so many caps (at most what is certified)")
      ->type_name("NUMBER");
  command->add_option("--sweep", options->sweep, "values per decade and slopes, e.g. n=1e2..1e8");
  command->add_option("--digits", options->digits, "digits in JSON [10]")->check(CLI::Range(2, 60));
  command->add_flag("--json", options->json, "JSON on stdout");
  command->callback([options, &exit_code] {
    const Request request = read(*options);
    const PrecisionScope precision(bits_for_digits(options->digits) + 40);
    if (!request.sweep.empty())
      print_sweep(request, options->json);
    else if (options->json)
      print_bounds_json(request, options->digits);
    else
      print_bounds(request);
    exit_code = kAsExpected;
  });
}

}  // namespace shatterproof::tools
