#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace shatterproof {

enum class Geometry { ball, radial, subspaces, sphere };
enum class Target { linear, hoelder };
enum class Initialisation { kaiming_normal, kaiming_uniform };
enum class HiddenUnit { relu, gelu };
enum class Arithmetic { doubles, floats };

/// One run of full-batch gradient descent on L = 1/(2n) sum_i (f(x_i) - y_i)^2, f a two-layer network of `width`
/// neurons. The defaults are those of experiment E1 (Liang et al. 2025, Section 4 and Appendix A). Two equal settings
/// give the same run, bit for bit, whatever the number of threads.
struct TrainingSettings {
  // Data: y_i = f0(x_i) + sigma N(0, 1).
  long dimension = 10;
  long samples = 512;
  Geometry geometry = Geometry::ball;
  double alpha = 1;             ///< radial family: P(|X| > 1 - e) = e^alpha
  long subspaces = 20;          ///< of the mixture
  long subspace_dimension = 1;  ///< of each
  Target target = Target::linear;
  double sigma = 1;
  std::string data_file;  ///< X and y from a file instead; then there is no truth to compare with
  long fresh = 2048;      ///< fresh inputs for the error of generalisation
  // Network.
  long width = 2048;
  HiddenUnit unit = HiddenUnit::relu;
  Initialisation initialisation = Initialisation::kaiming_normal;
  // Descent: theta <- theta - eta (clipped grad L + decay theta).
  double eta = 0.9;
  double decay = 0;
  double clip = 50;  ///< bound of |grad L|_2; 0: none
  long epochs = 1000;
  Arithmetic arithmetic = Arithmetic::doubles;
  // Records.
  long record_every = 100;
  long certify_every = 0;  ///< epochs between enclosures of lambda_max; 0: at the end only
  double stop_loss = 0;    ///< ends the run at the first record with L <= this; 0: never
  std::uint64_t seed = 1;
};

/// One setting under the name that the command line, sweep files and records use.
struct TrainingParameter {
  std::string name, meaning, expected;
  std::function<std::string(const TrainingSettings&)> text;  ///< reads back to the same value
  /// False if the text is not what is expected.
  std::function<bool(TrainingSettings&, std::string_view)> read;
  std::vector<std::string> choices = {};  ///< the words that it takes, if it takes no others
};

/// All of them, in the order in which they are shown.
[[nodiscard]] const std::vector<TrainingParameter>& training_parameters();

/// Throws PreconditionError naming parameter, text and what was expected.
void set_parameter(TrainingSettings& settings, const std::string& name, const std::string& text);

/// The shortest decimal that reads back to the same double.
[[nodiscard]] std::string shortest_text(double value);

/// Settings that do not fit each other (the dimension of a subspace, epochs between certificates, sizes beyond memory)
/// throw PreconditionError naming them.
void require_consistent(const TrainingSettings& settings);

/// "name=value" of every parameter, one a line: equal for equal runs and for those only.
[[nodiscard]] std::string canonical_text(const TrainingSettings& settings);
/// The inverse. Throws PreconditionError.
[[nodiscard]] TrainingSettings settings_from_text(std::string_view text);

}  // namespace shatterproof
