#include "shatterproof/training/settings.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

template <class Number>
bool read_number(std::string_view text, Number& value) {
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && rest == text.data() + text.size();
}

TrainingParameter whole(std::string name, std::string meaning, long TrainingSettings::*member, long least) {
  return {std::move(name), std::move(meaning), "a whole number >= " + std::to_string(least),
          [member](const TrainingSettings& s) { return std::to_string(s.*member); },
          [member, least](TrainingSettings& s, std::string_view text) {
            return read_number(text, s.*member) && s.*member >= least;
          }};
}

TrainingParameter real(std::string name, std::string meaning, double TrainingSettings::*member, bool positive) {
  return {std::move(name), std::move(meaning), positive ? "a number > 0" : "a number >= 0",
          [member](const TrainingSettings& s) { return shortest_text(s.*member); },
          [member, positive](TrainingSettings& s, std::string_view text) {
            return read_number(text, s.*member) && std::isfinite(s.*member) &&
                   (positive ? s.*member > 0 : s.*member >= 0);
          }};
}

template <class Choice>
TrainingParameter choice(std::string name, std::string meaning, Choice TrainingSettings::*member,
                         std::vector<std::string> names) {
  std::string expected = names.front();
  for (std::size_t i = 1; i < names.size(); ++i) expected += (i + 1 < names.size() ? ", " : " or ") + names[i];
  return {std::move(name),
          std::move(meaning),
          expected,
          [member, names](const TrainingSettings& s) { return names[static_cast<std::size_t>(s.*member)]; },
          [member, names](TrainingSettings& s, std::string_view text) {
            for (std::size_t i = 0; i < names.size(); ++i)
              if (names[i] == text) {
                s.*member = static_cast<Choice>(i);
                return true;
              }
            return false;
          },
          names};
}

TrainingParameter seed_parameter() {
  return {"seed", "of data, noise and start", "a whole number from 0 to 2^64 - 1",
          [](const TrainingSettings& s) { return std::to_string(s.seed); },
          [](TrainingSettings& s, std::string_view text) { return read_number(text, s.seed); }};
}

TrainingParameter data_parameter() {
  return {"data", "read X and y from this file instead of drawing them", "the name of a file, in ASCII without commas",
          [](const TrainingSettings& s) { return s.data_file; },
          [](TrainingSettings& s, std::string_view text) {
            s.data_file = text;
            return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != ','; });
          }};
}

std::vector<TrainingParameter> all_parameters() {
  using S = TrainingSettings;
  return {
      whole("dim", "dimension d of the inputs", &S::dimension, 1),
      whole("samples", "number n of training samples", &S::samples, 1),
      choice("geometry", "law of the inputs", &S::geometry, {"ball", "radial", "subspaces", "sphere"}),
      real("alpha", "geometry radial: P(|X| > 1 - e) = e^alpha", &S::alpha, true),
      whole("subspaces", "geometry subspaces: how many, each with a uniform ball", &S::subspaces, 1),
      whole("subspace-dim", "geometry subspaces: dimension of each", &S::subspace_dimension, 1),
      choice("target", "f0: w.x with |w| = 1, or (1/d) sum_j |u_j.x|^(1/2) + 1", &S::target, {"linear", "hoelder"}),
      real("sigma", "standard deviation of the label noise", &S::sigma, false),
      data_parameter(),
      whole("fresh", "number of fresh inputs on which f is compared with f0", &S::fresh, 0),
      whole("width", "number K of neurons", &S::width, 1),
      choice("unit", "activation function", &S::unit, {"relu", "gelu"}),
      choice("init",
             "start: normal of variance 2/fan-in with zero biases, or uniform within 1/sqrt(fan-in), biases too",
             &S::initialisation, {"kaiming-normal", "kaiming-uniform"}),
      real("eta", "step size on L = 1/(2n) sum r^2", &S::eta, true),
      real("decay", "weight decay: adds decay * theta to the clipped gradient", &S::decay, false),
      real("clip", "bound of the gradient's norm; 0: none", &S::clip, false),
      whole("epochs", "number of steps", &S::epochs, 0),
      choice("arithmetic", "of the descent", &S::arithmetic, {"double", "float"}),
      whole("record-every", "epochs between records", &S::record_every, 1),
      whole("certify-every", "epochs between enclosures of lambda_max, a multiple of record-every; 0: at the end only",
            &S::certify_every, 0),
      real("stop-loss", "end at the first record with L <= this; 0: never", &S::stop_loss, false),
      seed_parameter(),
  };
}

const TrainingParameter* find_parameter(std::string_view name) {
  for (const TrainingParameter& p : training_parameters())
    if (p.name == name) return &p;
  return nullptr;
}

}  // namespace

std::string shortest_text(double value) {
  char text[40];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

const std::vector<TrainingParameter>& training_parameters() {
  static const std::vector<TrainingParameter> parameters = all_parameters();
  return parameters;
}

void set_parameter(TrainingSettings& settings, const std::string& name, const std::string& text) {
  const TrainingParameter* parameter = find_parameter(name);
  if (parameter == nullptr) {
    std::string names;
    for (const TrainingParameter& p : training_parameters()) names += (names.empty() ? "" : ", ") + p.name;
    throw PreconditionError("unknown parameter '" + name + "', expected one of " + names);
  }
  TrainingSettings changed = settings;
  if (!parameter->read(changed, text))
    throw PreconditionError(name + ": found '" + text + "', expected " + parameter->expected);
  settings = changed;
}

void require_consistent(const TrainingSettings& s) {
  constexpr double kMostNumbers = 5e8;  // 4 GB of doubles
  const auto product = [](long a, long b) { return static_cast<double>(a) * static_cast<double>(b); };
  require(s.geometry != Geometry::subspaces || s.subspace_dimension <= s.dimension,
          "subspace-dim: found " + std::to_string(s.subspace_dimension) +
              ", expected at most dim = " + std::to_string(s.dimension));
  require(s.geometry != Geometry::subspaces ||
              product(s.subspaces, s.subspace_dimension) * static_cast<double>(s.dimension) <= kMostNumbers,
          "subspaces: too many for memory");
  require(s.unit == HiddenUnit::relu || s.arithmetic == Arithmetic::doubles,
          "arithmetic: found float, expected double for unit gelu");
  require(s.certify_every % s.record_every == 0,
          "certify-every: found " + std::to_string(s.certify_every) +
              ", expected a multiple of record-every = " + std::to_string(s.record_every));
  require(s.samples < std::numeric_limits<std::int32_t>::max() && s.width < std::numeric_limits<std::int32_t>::max(),
          "samples and width: expected less than 2^31 each");
  require((static_cast<double>(s.samples) + static_cast<double>(s.fresh) + static_cast<double>(s.width)) *
                      (static_cast<double>(s.dimension) + 2) <=
                  kMostNumbers &&
              product(s.samples, s.width) <= 8 * kMostNumbers,
          "samples, fresh, width and dim are too large for memory");
  // Every record keeps two numbers a neuron.
  const auto records = s.epochs / s.record_every + 2;
  require(static_cast<double>(records) * static_cast<double>(s.width) <= kMostNumbers,
          "record-every: found " + std::to_string(s.record_every) + ", too many records of " + std::to_string(s.width) +
              " neurons for memory");
}

std::string canonical_text(const TrainingSettings& settings) {
  std::string text;
  for (const TrainingParameter& p : training_parameters()) text += p.name + "=" + p.text(settings) + "\n";
  return text;
}

TrainingSettings settings_from_text(std::string_view text) {
  TrainingSettings settings;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = line.find('=');
    require(equals != std::string_view::npos, "a setting: found '" + std::string(line) + "', expected name=value");
    set_parameter(settings, std::string(line.substr(0, equals)), std::string(line.substr(equals + 1)));
  }
  return settings;
}

}  // namespace shatterproof
