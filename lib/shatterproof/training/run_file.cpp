#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/array_file.hpp"
#include "shatterproof/training/run.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr const char* kRunSchema = "shatterproof/train/1";

std::size_t size_of(Index n) { return static_cast<std::size_t>(n); }

NamedArray matrix_array(const std::string& name, const Matrix<double>& m) {
  std::vector<double> values;
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j < m.cols(); ++j) values.push_back(m(i, j));
  return {name, {size_of(m.rows()), size_of(m.cols())}, std::move(values)};
}
NamedArray vector_array(const std::string& name, const Vector<double>& v) {
  return {name, {size_of(v.size())}, std::vector<double>(v.begin(), v.end())};
}
NamedArray number_array(const std::string& name, double x) { return {name, {}, std::vector<double>{x}}; }
NamedArray text_array(const std::string& name, const std::string& text) { return {name, {}, text}; }

NamedArray neuron_array(const std::string& name, const TrainingRun& run, std::vector<float> NeuronRecord::*member) {
  std::vector<float> values;
  for (const NeuronRecord& record : run.neurons)
    values.insert(values.end(), (record.*member).begin(), (record.*member).end());
  return {name, {run.neurons.size(), size_of(run.network.neurons())}, std::move(values)};
}

/// The arrays of a run file, each asked for with the shape that it must have.
class RunArrays {
 public:
  explicit RunArrays(const std::filesystem::path& path) : file_(path.string()), arrays_(read_array_file(path)) {}

  [[nodiscard]] std::string text(const std::string& name) const {
    const auto* text = std::get_if<std::string>(&array(name).values);
    if (text == nullptr) reject(name, "numbers", "a string");
    return *text;
  }
  template <class T>
  [[nodiscard]] const std::vector<T>& numbers(const std::string& name, const std::vector<std::size_t>& shape) const {
    const NamedArray& found = array(name);
    const auto* values = std::get_if<std::vector<T>>(&found.values);
    std::string wanted;
    for (const std::size_t size : shape) wanted += (wanted.empty() ? "" : " x ") + std::to_string(size);
    if (values == nullptr || found.shape != shape)
      reject(name, "another type or shape", (sizeof(T) == 8 ? "float64, " : "float32, ") + wanted + " numbers");
    return *values;
  }
  [[nodiscard]] double number(const std::string& name) const { return numbers<double>(name, {})[0]; }
  [[nodiscard]] long whole(const std::string& name, long most) const {
    const double x = number(name);
    if (!(x >= 0 && x <= static_cast<double>(most) && x == std::floor(x)))
      reject(name, std::to_string(x), "a whole number from 0 to " + std::to_string(most));
    return static_cast<long>(x);
  }
  [[nodiscard]] std::size_t length(const std::string& name) const {
    const NamedArray& found = array(name);
    if (found.shape.size() != 1) reject(name, "another shape", "one axis");
    return found.shape[0];
  }
  [[nodiscard]] Vector<double> vector(const std::string& name, Index n) const {
    return Vector<double>::Map(numbers<double>(name, {size_of(n)}).data(), n);
  }
  [[nodiscard]] Matrix<double> matrix(const std::string& name, Index rows, Index columns) const {
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return RowMajor::Map(numbers<double>(name, {size_of(rows), size_of(columns)}).data(), rows, columns);
  }
  [[noreturn]] void reject(const std::string& name, const std::string& found, const std::string& expected) const {
    throw FormatError(file_, name, found, expected);
  }

 private:
  [[nodiscard]] const NamedArray& array(const std::string& name) const {
    const auto at = arrays_.find(name);
    if (at == arrays_.end()) reject(name, "no such array", "a file written by shatterproof train");
    return at->second;
  }
  std::string file_;
  std::map<std::string, NamedArray> arrays_;
};

void read_records(const RunArrays& arrays, TrainingRun& run) {
  const std::size_t count = arrays.length("epoch"), K = size_of(run.network.neurons());
  if (count == 0 && (run.epoch > 0 || !run.end.empty())) arrays.reject("epoch", "no record", "a record of each look");
  run.records.resize(count);
  for (const RecordColumn& column : record_columns()) {
    const auto& values = arrays.numbers<double>(column.name, {count});
    for (std::size_t r = 0; r < count; ++r) run.records[r].*column.member = values[r];
  }
  run.neurons.resize(count);
  const auto read = [&](const char* name, std::vector<float> NeuronRecord::*member) {
    const auto& values = arrays.numbers<float>(name, {count, K});
    for (std::size_t r = 0; r < count; ++r)
      (run.neurons[r].*member)
          .assign(values.begin() + static_cast<std::ptrdiff_t>(r * K),
                  values.begin() + static_cast<std::ptrdiff_t>((r + 1) * K));
  };
  read("activation", &NeuronRecord::activation);
  read("norm", &NeuronRecord::norm);
}

}  // namespace

void write_run(const std::filesystem::path& path, const TrainingRun& run) {
  const auto& [network, data] = Problem<double>{run.network, run.data.data};
  std::vector<NamedArray> arrays{text_array("schema", kRunSchema), text_array("settings", canonical_text(run.settings)),
                                 text_array("end", run.end), number_array("made", static_cast<double>(run.epoch)),
                                 number_array("clipped_steps", static_cast<double>(run.clipped))};
  for (const RecordColumn& column : record_columns()) {
    std::vector<double> values;
    for (const TrainingRecord& record : run.records) values.push_back(record.*column.member);
    arrays.push_back({column.name, {run.records.size()}, std::move(values)});
  }
  arrays.push_back(neuron_array("activation", run, &NeuronRecord::activation));
  arrays.push_back(neuron_array("norm", run, &NeuronRecord::norm));
  arrays.push_back(matrix_array("W", network.W));
  arrays.push_back(vector_array("b", network.b));
  arrays.push_back(vector_array("v", network.v));
  arrays.push_back(number_array("beta", network.beta));
  arrays.push_back(matrix_array("X", data.X));
  arrays.push_back(vector_array("y", data.y));
  arrays.push_back(number_array("R", data.R));
  arrays.push_back(vector_array("truth", run.data.truth));
  arrays.push_back(vector_array("direction", run.direction));
  write_array_file(path, arrays);
}

TrainingRun read_run(const std::filesystem::path& path) {
  const RunArrays arrays(path);
  if (arrays.text("schema") != kRunSchema) arrays.reject("schema", arrays.text("schema"), kRunSchema);
  TrainingRun run;
  try {
    run.settings = settings_from_text(arrays.text("settings"));
    run.data = make_training_data(run.settings);
  } catch (const PreconditionError& e) {
    arrays.reject("settings", e.what(), "settings of a run");
  }
  const Index n = run.data.data.samples(), d = run.data.data.X.cols(), K = run.settings.width;
  if (arrays.matrix("X", n, d) != run.data.data.X || arrays.vector("y", n) != run.data.data.y)
    arrays.reject("X, y", "other data than the settings give", "the data that the run was started with");
  run.network = {arrays.matrix("W", K, d), arrays.vector("b", K), arrays.vector("v", K), arrays.number("beta")};
  run.epoch = arrays.whole("made", run.settings.epochs);
  run.clipped = arrays.whole("clipped_steps", run.epoch);
  run.end = arrays.text("end");
  read_records(arrays, run);
  const std::size_t numbers = arrays.length("direction");
  if (numbers != 0 && numbers != size_of(1 + K * (d + 2)))
    arrays.reject("direction", std::to_string(numbers) + " numbers", std::to_string(1 + K * (d + 2)));
  run.direction = arrays.vector("direction", static_cast<Index>(numbers));
  return run;
}

}  // namespace shatterproof
