#include <fmt/format.h>

#include "command.hpp"
#include "shatterproof/certificate/lambda_max_certificate.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/flatness_report.hpp"
#include "shatterproof/network/file.hpp"

namespace shatterproof::tools {
namespace {

constexpr const char* kFlatnessSchema = "shatterproof/flatness/1";
constexpr int kMostReportDigits = 1000;

struct FlatnessOptions {
  std::string file, certificate;
  int digits = 20;
  bool json = false;
};

struct Named {
  const char* name;
  const char* meaning;
  Ball value;
};

std::vector<Named> scalars(const FlatnessReport& report) {
  const ChainQuantities& q = report.chain.quantities;
  return {{"trace", "trace of the Hessian", report.trace},
          {"loss", "L = 1/(2n) sum r_i^2", q.loss},
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

Json report_json(const FlatnessReport& report, const Problem<Rational>& problem, const FlatnessOptions& options) {
  const ChainQuantities& q = report.chain.quantities;
  Json json{{"schema", kFlatnessSchema},
            {"file", options.file},
            {"dimension", problem.network.dimension()},
            {"neurons", problem.network.neurons()},
            {"samples", problem.data.samples()},
            {"R", to_text_exact(problem.data.R)},
            {"lambda_max", ball_json(q.lambda_max, options.digits)},
            {"method", report.lambda_max.method},
            {"largest_stable_step", report.step.text},
            {"variation_seminorm", ball_json(q.seminorm, options.digits)},
            {"stationary", q.stationary}};
  Json enclosures = Json::object();
  for (const Named& s : scalars(report)) {
    const BallText text = to_text(s.value, options.digits);
    json[s.name] = text.mid;
    enclosures[s.name] = {{"lower", text.lower}, {"upper", text.upper}};
  }
  json["enclosures"] = enclosures;
  json["chain"] = Json::array();
  for (const ChainLink& link : report.chain.links) json["chain"].push_back(link_json(link, options.digits));
  json["verdict"] = to_text(verdict_of(report.chain));
  return json;
}

void print_line(const char* name, const std::string& value, const char* meaning) {
  fmt::print("{:<20} {}\n{:<20}   {}\n", name, value, "", meaning);
}

std::string with_radius(const Ball& value, int digits) {
  const BallText text = to_text(value, digits);
  return text.rad == "0" ? text.mid : text.mid + " +/- " + text.rad;
}

void print_report(const FlatnessReport& report, const Problem<Rational>& problem, const FlatnessOptions& options) {
  const ChainQuantities& q = report.chain.quantities;
  fmt::print("{}: {} neurons in dimension {}, {} samples in the ball of radius {}\n\n", options.file,
             problem.network.neurons(), problem.network.dimension(), problem.data.samples(),
             to_text_exact(problem.data.R));
  const BallText lambda = to_text(q.lambda_max, options.digits);
  print_line("lambda_max", "in [" + lambda.lower + ", " + lambda.upper + "]", report.lambda_max.method.c_str());
  print_line("largest stable step", report.step.text, "a decimal eta with lambda_max <= 2/eta, proved");
  print_line("|f|_Vg", with_radius(q.seminorm, options.digits), "variation seminorm, weight of the samples");
  for (const Named& s : scalars(report)) print_line(s.name, with_radius(s.value, options.digits), s.meaning);
  print_line("stationary", q.stationary ? "yes" : "no", "the gradient of the loss is exactly 0");
  fmt::print("\n{:<34} {:<10} {:<11} {:>14} {:>14} {:>14}\n", "Theorem 3.2, link by link", "verdict", "by", "left",
             "right", "slack");
  for (const ChainLink& link : report.chain.links)
    fmt::print("{:<34} {:<10} {:<11} {:>14} {:>14} {:>14}\n", link.name, to_text(link.verdict), link.basis,
               to_text(link.left, 8).mid, to_text(link.right, 8).mid, to_text(link.slack, 8).mid);
  fmt::print("\n{}\n", to_text(verdict_of(report.chain)));
}

/// The network of the file, with what is wrong with its contents reported as a fault of the file.
FlatnessReport report_file(const Problem<Rational>& problem, const FlatnessOptions& options) {
  try {
    return report_flatness(problem, options.digits);
  } catch (const PreconditionError& e) {
    throw FormatError(options.file + ": " + e.what());
  }
}

void write_certificate(const Problem<Rational>& problem, const Ball& lambda_max, const FlatnessOptions& options) {
  if (options.certificate.empty()) return;
  const auto certificate = lambda_max_certificate(problem, activation_pattern(problem), lambda_max, options.digits);
  write_file_atomically(options.certificate, certificate.text);
}

int run_flatness(const FlatnessOptions& options) {
  require(options.digits >= 2 && options.digits <= kMostReportDigits,
          "--digits " + std::to_string(options.digits) + ": expected 2 to " + std::to_string(kMostReportDigits));
  const Problem<Rational> problem = read_problem(options.file);
  const FlatnessReport report = report_file(problem, options);
  write_certificate(problem, report.lambda_max.value, options);
  PrecisionScope scope(report.bits);
  if (options.json)
    print_json(report_json(report, problem, options));
  else
    print_report(report, problem, options);
  switch (verdict_of(report.chain)) {
    case Verdict::proved:
      return kAsExpected;
    case Verdict::refuted:
      return kRefuted;
    default:
      return kUndecided;
  }
}

}  // namespace

void add_flatness(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "flatness", "lambda_max of the Hessian as an enclosure, |f|_Vg, and every link of Theorem 3.2");
  const auto options = std::make_shared<FlatnessOptions>();
  command->add_option("FILE", options->file, "network and data: .json or .npz (arrays W, b, v, beta, X, y)")
      ->required();
  command->add_option("--digits", options->digits, "significant digits")->capture_default_str();
  command->add_option("--certificate", options->certificate,
                      "write a certificate of the enclosure of lambda_max for shatterproof-check to this file");
  command->add_flag("--json", options->json, "print JSON; proof numbers are decimal strings");
  command->callback([options, &exit_code] { exit_code = run_flatness(*options); });
}

}  // namespace shatterproof::tools
