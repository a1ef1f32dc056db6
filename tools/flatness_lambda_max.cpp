#include "flatness_lambda_max.hpp"

#include <fmt/format.h>

#include "flatness_print.hpp"
#include "shatterproof/core/error.hpp"

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
  fmt::print("{}: {} neurons in dimension {}, {} samples; loss {}\n", file, problem.network.neurons(),
             problem.network.dimension(), problem.data.samples(), formula_of(request.loss));
  fmt::print("lambda_max in {}\n  {}\n", enclosure_text(report.lambda_max.value, request.digits),
             report.lambda_max.method);
  if (report.stable) fmt::print("stable at eta = {}: {}\n", to_text_exact(*request.eta), answer_text(*report.stable));
  fmt::print("largest stable step {}\n", report.step.text);
}

}  // namespace

int run_lambda_max(const std::string& file, const ReadOptions& read, const ReportRequest& request, bool json) {
  const ProblemFile input = read_problem(file, read);
  const SharpnessReport report = report_of(file, input.problem, request);
  const PrecisionScope scope(bits_for_digits(request.digits) + 64);
  if (json)
    print_json(json_of(file, input.problem, request, report));
  else
    print(file, input.problem, request, report);
  if (report.stable == Verdict::refuted) return kRefuted;
  return report.stable == Verdict::undecided ? kUndecided : kAsExpected;
}

}  // namespace shatterproof::tools
