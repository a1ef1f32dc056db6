#include "command.hpp"
#include "flatness_lambda_max.hpp"
#include "flatness_print.hpp"
#include "flatness_trajectory.hpp"
#include "progress_bar.hpp"
#include "shatterproof/certificate/lambda_max_certificate.hpp"
#include "shatterproof/certificate/rank_certificate.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::tools {
namespace {

constexpr const char* kFlatnessSchema = "shatterproof/flatness/1";
constexpr int kMostReportDigits = 1000;
constexpr int kReportDigits = 20;
constexpr int kTrajectoryDigits = 8;  // few enough for the certificate in double

struct FlatnessOptions {
  std::string file, data, trajectory, certificate, rank;
  std::string loss = "half-mean", bias_sign, radius, eta;
  int digits = 0;  ///< 0: as many as the job takes
  int top = 0;
  bool neurons = false, json = false, lambda_max = false;
};

ReadOptions read_options(const FlatnessOptions& options) {
  ReadOptions read;
  require(options.bias_sign.empty() || options.bias_sign == "plus" || options.bias_sign == "minus",
          "--bias-sign: found '" + options.bias_sign + "', expected plus (w.x + b) or minus (w.x - b)");
  if (!options.bias_sign.empty()) read.bias_sign = options.bias_sign == "plus" ? BiasSign::plus : BiasSign::minus;
  if (!options.radius.empty()) read.radius = positive_option("radius", options.radius);
  return read;
}

ReportRequest report_request(const FlatnessOptions& options) {
  ReportRequest request;
  request.digits = options.digits;
  if (options.digits == 0) request.digits = options.trajectory.empty() ? kReportDigits : kTrajectoryDigits;
  require(request.digits >= 2 && request.digits <= kMostReportDigits,
          "--digits " + std::to_string(options.digits) + ": expected 2 to " + std::to_string(kMostReportDigits));
  const auto loss = loss_kind_from_text(options.loss);
  require(loss.has_value(), "--loss: found '" + options.loss + "', expected half-mean, mean or sum");
  request.loss = *loss;
  if (!options.eta.empty()) request.eta = positive_option("eta", options.eta);
  require(options.top >= 0, "--top " + std::to_string(options.top) + ": expected 0 or more eigenvalues");
  request.top = options.top;
  request.neurons = options.neurons;
  return request;
}

/// What is wrong with the contents of the file, a tie for example, is reported as a fault of the file.
NetworkReport report_file(const std::string& file, const ProblemFile& input, const ReportRequest& request) {
  const ProgressBar bar("enclosing lambda_max");
  try {
    return report_network(input.problem, request);
  } catch (const PreconditionError& e) {
    throw FormatError(file + ": " + e.what());
  }
}

/// Of the loss L = 1/(2n) sum r^2, as read: thresholds in the convention w.x - b.
void write_certificate(const Problem<Rational>& problem, const NetworkReport& report, const ReportRequest& request,
                       const std::string& file) {
  if (file.empty()) return;
  const ActivationPattern pattern = activation_pattern(problem);
  const Ball& lambda_max = report.theory.lambda_max.value;
  write_file_atomically(file, lambda_max_certificate(problem, pattern, lambda_max, request.digits).text);
}

/// Of the activation pattern, the n x K matrix of 0 and 1: how many samples see independent sets of neurons.
void write_rank_certificate(const Problem<Rational>& problem, const std::string& file) {
  constexpr Eigen::Index kMostEntries = 250000;  // the elimination is in rationals
  if (file.empty()) return;
  const ActivationPattern pattern = activation_pattern(problem);
  if (pattern.samples() * pattern.neurons() > kMostEntries)
    throw UndecidedError("no certificate of the rank: the activation pattern has more than 250000 entries");
  IntegerMatrix matrix(pattern.samples(), pattern.neurons());
  for (Eigen::Index i = 0; i < matrix.rows(); ++i)
    for (Eigen::Index k = 0; k < matrix.cols(); ++k) matrix(i, k) = pattern.active(i, k) ? 1 : 0;
  if (matrix.size() == 0 || matrix.isZero()) throw UndecidedError("no certificate of the rank: no neuron is active");
  write_file_atomically(file, rank_certificate(matrix));
}

int run_file(const FlatnessOptions& options, const ReadOptions& read, const ReportRequest& request) {
  const ProblemFile input = read_problem(options.file, read);
  const NetworkReport report = report_file(options.file, input, request);
  write_certificate(input.problem, report, request, options.certificate);
  write_rank_certificate(input.problem, options.rank);
  PrecisionScope scope(report.theory.bits);
  const FlatnessAnswer answer{options.file, input, request, report};
  if (options.json) {
    Json document{{"schema", kFlatnessSchema}};
    document.update(flatness_json(answer));
    print_json(document);
  } else {
    print_flatness(answer);
  }
  return exit_code_of(report);
}

int run_flatness(const FlatnessOptions& options) {
  require(options.file.empty() != options.trajectory.empty(), "flatness needs a FILE or --trajectory DIR, one of them");
  ReadOptions read = read_options(options);
  const ReportRequest request = report_request(options);
  require(options.certificate.empty() || (options.trajectory.empty() && request.loss == LossKind::half_mean),
          "--certificate is for one FILE and the loss half-mean");
  require(options.rank.empty() || options.trajectory.empty(), "--rank-certificate is for one FILE");
  require(!options.lambda_max || (options.trajectory.empty() && options.certificate.empty() && options.rank.empty() &&
                                  options.top == 0 && !options.neurons),
          "--lambda-max is for one FILE, without --certificate, --rank-certificate, --top and --neurons");
  DataFile data;
  if (!options.data.empty()) {
    data = read_data(options.data, read.radius);
    read.data = &data;
  }
  if (options.lambda_max) return run_lambda_max(options.file, read, request, options.json);
  if (options.trajectory.empty()) return run_file(options, read, request);
  return run_trajectory({options.trajectory, options.data, read, request, options.json});
}

}  // namespace

void add_flatness(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "flatness", "lambda_max of the Hessian as an enclosure, |f|_Vg, and every link of Theorem 3.2");
  const auto options = std::make_shared<FlatnessOptions>();
  command
      ->add_option("FILE", options->file,
                   "network and data: .npz, .safetensors or .json; arrays W, b, v, beta or fc1.weight .. fc2.bias, "
                   "and X, y")
      ->type_name("FILE");
  command->add_option("--data", options->data, "a file with X and y (and R), apart from the network")
      ->type_name("FILE");
  command->add_option("--trajectory", options->trajectory, "certify every checkpoint of this folder, a row for each")
      ->type_name("DIR");
  command->add_option("--eta", options->eta, "step size: is lambda_max <= 2/eta? Exit code 1 for a certain no")
      ->type_name("NUMBER");
  command
      ->add_option("--loss", options->loss,
                   "half-mean: 1/(2n) sum r^2; mean: 1/n sum r^2 (MSELoss); sum: sum r^2. Scales lambda_max, steps, "
                   "spectrum, trace and loss")
      ->type_name("{half-mean,mean,sum}")
      ->capture_default_str();
  command
      ->add_option("--bias-sign", options->bias_sign,
                   "plus: relu(w.x + b); minus: relu(w.x - b). Default: minus for b, plus for fc1.bias")
      ->type_name("{plus,minus}");
  command->add_option("--radius", options->radius, "R with all |x_i| <= R, instead of the file's")->type_name("NUMBER");
  command->add_option("--top", options->top, "also the largest eigenvalues, so many, approximately");
  command->add_flag("--neurons", options->neurons, "also activation rate, weight norms and threshold of every neuron");
  command->add_flag(
      "--lambda-max", options->lambda_max,
      "only lambda_max, the largest stable step and --eta: for networks of a million neurons and samples");
  command->add_option("--digits", options->digits, "significant digits (default 20; 8 with --trajectory)");
  command
      ->add_option("--certificate", options->certificate,
                   "write a certificate of the enclosure of lambda_max for shatterproof-check to this file")
      ->type_name("FILE");
  command
      ->add_option("--rank-certificate", options->rank,
                   "write a certificate of the rank of the activation pattern (n x K, 0 and 1) to this file")
      ->type_name("FILE");
  command->add_flag("--json", options->json, "print JSON; proof numbers are decimal strings");
  command->callback([options, &exit_code] { exit_code = run_flatness(*options); });
}

}  // namespace shatterproof::tools
