#include "flatness_print.hpp"

#include <fmt/format.h>

#include "table.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

constexpr int kTableDigits = 8;

struct Named {
  const char* name;
  const char* meaning;
  Ball value;
};

/// Of the loss asked for, and then what the theorem is made of.
std::vector<Named> scalars(const NetworkReport& report) {
  const ChainQuantities& q = report.theory.chain.quantities;
  return {{"trace", "trace of the Hessian", report.trace},
          {"loss", "the loss", report.loss},
          {"max_residual_block", "max_k ||s_k||", q.max_residual_block},
          {"mean_gradient_norm2", "||gbar||^2", q.mean_gradient_norm2},
          {"path_sum", "S = sum |v_k| |w_k| gt_k", q.path_sum},
          {"unmerged_sum", "Example 3.1 as printed", q.unmerged_sum},
          {"right_side_data", "with max||s_k||/2", q.right_side_data()},
          {"right_side_sharp", "with sqrt(R^2+1)/2 sqrt(2L)", q.right_side_sharp()},
          {"right_side_paper", "with (R+1) sqrt(2L)", q.right_side_paper()}};
}

/// left is rounded up and right down, so that what is printed still shows a proved link.
Json link_json(const ChainLink& link, int digits) {
  const BallText left = to_text(link.left, digits), right = to_text(link.right, digits);
  const BallText slack = to_text(link.slack, digits);
  return Json{{"name", link.name},
              {"left", left.upper},
              {"right", right.lower},
              {"verdict", to_text(link.verdict)},
              {"basis", link.basis},
              {"slack", {{"lower", slack.lower}, {"upper", slack.upper}}},
              {"left_enclosure", {{"lower", left.lower}, {"upper", left.upper}}},
              {"right_enclosure", {{"lower", right.lower}, {"upper", right.upper}}}};
}

Json links_json(const std::vector<ChainLink>& links, int digits) {
  Json list = Json::array();
  for (const ChainLink& link : links) list.push_back(link_json(link, digits));
  return list;
}

Json arrays_json(const std::vector<ArrayUse>& arrays) {
  Json list = Json::array();
  for (const ArrayUse& use : arrays)
    list.push_back(Json{
        {"file", use.file}, {"name", use.name}, {"shape", use.shape}, {"type", use.type}, {"meaning", use.meaning}});
  return list;
}

Json step_json(const StepReport& step, const Rational& factor, int digits) {
  return Json{{"eta", to_text_exact(step.eta)},
              {"eta_on_half_mean_loss", to_text_exact(Rational(factor * step.eta))},
              {"two_over_eta", ball_json(step.threshold, digits)},
              {"stable", to_text(step.stable)},
              {"corollary_bound", ball_json(step.corollary_bound, digits)},
              {"corollary", links_json(step.corollary, digits)}};
}

Json neurons_json(const std::vector<NeuronFigures>& neurons, Eigen::Index samples, int digits) {
  Json list = Json::array();
  for (std::size_t k = 0; k < neurons.size(); ++k) {
    const NeuronFigures& f = neurons[k];
    Rational rate(static_cast<long>(f.active), static_cast<long>(samples));
    rate.canonicalize();
    list.push_back(Json{{"neuron", k},
                        {"active", f.active},
                        {"activation_rate", to_text_exact(rate)},
                        {"norm", ball_json(f.norm, digits)},
                        {"output", ball_json(f.output, digits)},
                        {"path_norm", ball_json(f.path_norm, digits)},
                        {"threshold", f.threshold ? ball_json(*f.threshold, digits) : Json()},
                        {"weight", f.weight ? ball_json(*f.weight, digits) : Json()},
                        {"residual_block", ball_json(f.residual_block, digits)}});
  }
  return list;
}

Json top_json(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(fmt::format("{:.12g}", value));
  return Json{{"status", "approximate, no bound"}, {"values", list}};
}

std::string with_radius(const Ball& value, int digits) {
  const BallText text = to_text(value, digits);
  return text.rad == "0" ? text.mid : text.mid + " +/- " + text.rad;
}

/// A value and, below it, what it is.
void print_value(const std::string& name, const std::string& value, const std::string& meaning) {
  constexpr std::size_t kNames = 20;
  print_line(fmt::format("{:<{}} {}", name, kNames, value));
  print_text(meaning, kNames + 3, 0);
}

void print_arrays(const std::vector<ArrayUse>& arrays) {
  std::vector<Row> rows;
  Table table({{.title = "array", .least = 12},
               {.title = "shape", .least = 12},
               {.title = "type", .least = 14},
               {.title = "taken as", .prose = true}},
              {.indent = 2, .gap = 1});
  for (const ArrayUse& use : arrays) table.measure(rows.emplace_back(Row{use.name, use.shape, use.type, use.meaning}));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == 0 || arrays[i].file != arrays[i - 1].file) print_line(arrays[i].file);
    table.print_row(rows[i]);
  }
  print_line("");
}

void print_problem(const FlatnessAnswer& answer) {
  const Problem<Rational>& problem = answer.input.problem;
  print_text(fmt::format("{}: {} neurons in dimension {}, {} samples in the ball of radius {}", answer.file,
                         problem.network.neurons(), problem.network.dimension(), problem.data.samples(),
                         to_text_exact(problem.data.R)));
  std::string loss = fmt::format("loss {}", formula_of(answer.request.loss));
  if (answer.report.factor != 1)
    loss +=
        fmt::format(" = {} L: lambda_max, steps, spectrum, trace and loss are of it; all else of L = 1/(2n) sum r_i^2",
                    to_text_exact(answer.report.factor));
  print_text(loss);
  print_line("");
}

void print_step(const StepReport& step, const Rational& factor, int digits) {
  const std::string eta = to_text_exact(step.eta);
  const std::string threshold = to_text_exact(Rational(2 / step.eta));
  const std::string because = step.stable == Verdict::undecided ? "lambda_max <= 2/eta = " + threshold + " is left open"
                              : step.stable == Verdict::proved  ? "lambda_max <= 2/eta = " + threshold + ", proved"
                                                                : "lambda_max > 2/eta = " + threshold + ", proved";
  print_value("stable at eta = " + eta, answer_text(step.stable), because);
  const std::string same = factor == 1 ? "eta" : "eta'";
  const std::string step_on_theory =
      factor == 1 ? "" : ", eta' = " + to_text_exact(Rational(factor * step.eta)) + " the same step on L";
  print_value("corollary 3.3", with_radius(step.corollary_bound, digits),
              std::string(step.stable == Verdict::proved ? "bounds |f|_Vg: " : "would bound |f|_Vg: ") + "1/" + same +
                  " - 1/2 + (R+1) sqrt(2L)" + step_on_theory);
}

Row link_row(const ChainLink& link) {
  const auto text = [](const Ball& value) { return to_text(value, kTableDigits).mid; };
  return {link.name, link.verdict, link.basis, text(link.left), text(link.right), text(link.slack)};
}

void print_chain(const NetworkReport& report) {
  Table table({{.title = "Theorem 3.2, link by link", .least = 34},
               {.title = "verdict", .least = 10},
               {.title = "by", .least = 11},
               {.title = "left", .align = Align::right, .least = 14},
               {.title = "right", .align = Align::right, .least = 14},
               {.title = "slack", .align = Align::right, .least = 14}},
              {.gap = 1});
  print_line("");
  table.print_head();
  for (const ChainLink& link : report.theory.chain.links) table.print_row(link_row(link));
  if (!report.at || report.at->corollary.empty()) return;
  print_line(fmt::format("for eta = {}:", to_text_exact(report.at->eta)));
  for (const ChainLink& link : report.at->corollary) table.print_row(link_row(link));
}

void print_neurons(const std::vector<NeuronFigures>& neurons, Eigen::Index samples) {
  const auto text = [](const Ball& value) { return to_text(value, kTableDigits).mid; };
  std::vector<Column> columns;
  const auto add = [&](const char* title, std::size_t least) { columns.push_back({title, Align::right, least}); };
  add("neuron", 6), add("active", 8), add("rate", 8);
  for (const char* title : {"|w|", "v", "|v||w|", "b/|w|", "g", "||s||"}) add(title, 14);
  std::vector<Row> rows;
  for (std::size_t k = 0; k < neurons.size(); ++k) {
    const NeuronFigures& f = neurons[k];
    rows.push_back({std::to_string(k), std::to_string(f.active),
                    fmt::format("{:.4f}", static_cast<double>(f.active) / static_cast<double>(samples)), text(f.norm),
                    text(f.output), text(f.path_norm), f.threshold ? text(*f.threshold) : "-",
                    f.weight ? text(*f.weight) : "-", text(f.residual_block)});
  }
  print_line("");
  Table(std::move(columns), {.gap = 1}).print(rows);
}

}  // namespace

std::string enclosure_text(const Ball& value, int digits) {
  const BallText text = to_text(value, digits);
  return "[" + text.lower + ", " + text.upper + "]";
}

std::string answer_text(Verdict verdict) {
  if (verdict == Verdict::proved) return "yes";
  return verdict == Verdict::refuted ? "no" : "undecided";
}

ExitCode exit_code_of(const NetworkReport& report) {
  const Verdict verdict = verdict_of(report);
  if (verdict == Verdict::proved) return kAsExpected;
  return verdict == Verdict::refuted ? kRefuted : kUndecided;
}

Json flatness_json(const FlatnessAnswer& answer) {
  const NetworkReport& report = answer.report;
  const Problem<Rational>& problem = answer.input.problem;
  const ChainQuantities& q = report.theory.chain.quantities;
  const int digits = answer.request.digits;
  Json json{{"file", answer.file},
            {"arrays", arrays_json(answer.input.arrays)},
            {"dimension", problem.network.dimension()},
            {"neurons", problem.network.neurons()},
            {"samples", problem.data.samples()},
            {"R", to_text_exact(problem.data.R)},
            {"loss_kind",
             {{"name", to_text(answer.request.loss)},
              {"formula", formula_of(answer.request.loss)},
              {"factor", to_text_exact(report.factor)}}},
            {"lambda_max", ball_json(report.lambda_max, digits)},
            {"method", report.theory.lambda_max.method},
            {"largest_stable_step", report.step.text},
            {"variation_seminorm", ball_json(q.seminorm, digits)},
            {"stationary", q.stationary}};
  Json enclosures = Json::object();
  for (const Named& s : scalars(report)) {
    const BallText text = to_text(s.value, digits);
    json[s.name] = text.mid;
    enclosures[s.name] = {{"lower", text.lower}, {"upper", text.upper}};
  }
  json["enclosures"] = enclosures;
  json["half_mean_loss"] = {{"lambda_max", ball_json(q.lambda_max, digits)},
                            {"trace", ball_json(report.theory.trace, digits)},
                            {"loss", ball_json(q.loss, digits)},
                            {"largest_stable_step", report.theory.step.text}};
  if (report.at) json["step"] = step_json(*report.at, report.factor, digits);
  if (answer.request.top > 0) json["top_eigenvalues"] = top_json(report.approx_top);
  if (answer.request.neurons) json["per_neuron"] = neurons_json(report.neurons, problem.data.samples(), digits);
  json["chain"] = links_json(report.theory.chain.links, digits);
  json["verdict"] = to_text(verdict_of(report));
  return json;
}

void print_flatness(const FlatnessAnswer& answer) {
  const NetworkReport& report = answer.report;
  const ChainQuantities& q = report.theory.chain.quantities;
  const int digits = answer.request.digits;
  print_arrays(answer.input.arrays);
  print_problem(answer);
  print_value("lambda_max", "in " + enclosure_text(report.lambda_max, digits), report.theory.lambda_max.method);
  if (report.at) print_step(*report.at, report.factor, digits);
  print_value("largest stable step", report.step.text, "a decimal eta with lambda_max <= 2/eta, proved");
  if (answer.request.top > 0) {
    std::string values;
    for (const double value : report.approx_top) values += (values.empty() ? "" : " ") + fmt::format("{:.10g}", value);
    print_value("top of the spectrum", values, "approximate: computed in double, no bound");
  }
  print_value("|f|_Vg", with_radius(q.seminorm, digits), "variation seminorm, weight of the samples");
  for (const Named& s : scalars(report)) print_value(s.name, with_radius(s.value, digits), s.meaning);
  print_value("stationary", q.stationary ? "yes" : "no", "the gradient of the loss is exactly 0");
  print_chain(report);
  if (answer.request.neurons) print_neurons(report.neurons, answer.input.problem.data.samples());
  const Verdict verdict = verdict_of(report);
  print_line("");
  print_line(coloured(std::string(to_text(verdict)), verdict));
}

}  // namespace shatterproof::tools
