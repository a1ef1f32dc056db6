#include "flatness_lambda_max.hpp"

#include <fmt/format.h>

#include "flatness_print.hpp"
#include "progress_bar.hpp"
#include "shatterproof/core/error.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

constexpr const char* kSharpnessSchema = "shatterproof/flatness-lambda-max/1";

SharpnessReport report_of(const std::string& file, const Problem<Rational>& problem, const ReportRequest& request) {
  try {
    return report_sharpness(problem, request);
  } catch (const PreconditionError& e) {
    throw FormatError(file + ": " + e.what());
  }
}

Json json_of(const std::string& file, const Problem<Rational>& problem, const ReportRequest& request,
             const SharpnessReport& report) {
  Json json{{"schema", kSharpnessSchema},
            {"file", file},
            {"dimension", problem.network.dimension()},
            {"neurons", problem.network.neurons()},
            {"samples", problem.data.samples()},
            {"loss_kind", {{"name", to_text(request.loss)}, {"factor", to_text_exact(report.factor)}}},
            {"lambda_max", ball_json(report.lambda_max.value, request.digits)},
            {"method", report.lambda_max.method},
            {"largest_stable_step", report.step.text}};
  if (report.stable) json["step"] = {{"eta", to_text_exact(*request.eta)}, {"stable", to_text(*report.stable)}};
  return json;
}

void print(const std::string& file, const Problem<Rational>& problem, const ReportRequest& request,
           const SharpnessReport& report) {
  print_text(fmt::format("{}: {} neurons in dimension {}, {} samples; loss {}", file, problem.network.neurons(),
                         problem.network.dimension(), problem.data.samples(), formula_of(request.loss)));
  print_line("lambda_max in " + enclosure_text(report.lambda_max.value, request.digits));
  print_text(report.lambda_max.method, 2, 0);
  if (report.stable)
    print_line(fmt::format("stable at eta = {}: {}", to_text_exact(*request.eta),
                           coloured(answer_text(*report.stable), *report.stable)));
  print_line("largest stable step " + report.step.text);
}

}  // namespace

int run_lambda_max(const std::string& file, const ReadOptions& read, const ReportRequest& request, bool json) {
  const ProblemFile input = read_problem(file, read);
  const SharpnessReport report = [&] {
    const ProgressBar bar("enclosing lambda_max");
    return report_of(file, input.problem, request);
  }();
  const PrecisionScope scope(bits_for_digits(request.digits) + 64);
  if (json)
    print_json(json_of(file, input.problem, request, report));
  else
    print(file, input.problem, request, report);
  if (report.stable == Verdict::refuted) return kRefuted;
  return report.stable == Verdict::undecided ? kUndecided : kAsExpected;
}

}  // namespace shatterproof::tools
