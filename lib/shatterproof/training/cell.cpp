#include "shatterproof/training/cell.hpp"

#include <charconv>
#include <cmath>

#include "shatterproof/core/digest.hpp"
#include "shatterproof/core/read_file.hpp"
#include "shatterproof/training/statistics.hpp"

namespace shatterproof {
namespace {

constexpr const char* kCellSchema = "shatterproof/cell/1";

/// Takes lines and the numbers in them off the front.
class CellReader {
 public:
  explicit CellReader(std::string_view text) : rest_(text) {}
  std::string_view line() {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) {
      good_ = false;
      return {};
    }
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }
  template <class Number>
  std::vector<Number> numbers() {
    std::vector<Number> values;
    std::string_view text = line();
    while (!text.empty()) {
      Number value{};
      const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      good_ = good_ && error == std::errc();
      if (!good_) return {};
      values.push_back(value);
      text.remove_prefix(static_cast<std::size_t>(at - text.data()));
      if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    }
    return values;
  }
  void expect(bool holds) { good_ = good_ && holds; }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool ended() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

template <class Number>
std::string number_line(const std::vector<Number>& values) {
  std::string line;
  char text[40];
  for (const Number value : values) {
    if (!line.empty()) line += ' ';
    line.append(text, std::to_chars(text, text + sizeof text, value).ptr);
  }
  return line + "\n";
}

/// The neurons that are active on some sample.
struct LiveNeurons {
  std::vector<double> activation, norm;
  explicit LiveNeurons(const NeuronRecord& all) {
    for (std::size_t k = 0; k < all.activation.size(); ++k)
      if (all.activation[k] > 0) {
        activation.push_back(all.activation[k]);
        norm.push_back(all.norm[k]);
      }
  }
};

}  // namespace

std::string cell_description(const TrainingSettings& settings) {
  std::string text = std::string(kCellSchema) + "\n" + canonical_text(settings);
  if (settings.data_file.empty()) return text;
  return text + "data-digest=" + digest_of(read_file(settings.data_file)) + "\n";
}

std::optional<CellResult> run_cell(const TrainingSettings& settings, const std::function<bool()>& keep_going) {
  TrainingRun run = begin_training(settings);
  continue_training(run, [&](const TrainingRun&) { return keep_going(); });
  if (run.end.empty()) return {};
  return CellResult{run.end, run.records, run.neurons.back()};
}

std::string to_text(const CellResult& result) {
  std::string text = result.end + "\n" + std::to_string(result.records.size()) + "\n";
  for (const TrainingRecord& record : result.records) {
    std::vector<double> values;
    for (const RecordColumn& column : record_columns()) values.push_back(record.*column.member);
    text += number_line(values);
  }
  return text + number_line(result.neurons.activation) + number_line(result.neurons.norm);
}

std::optional<CellResult> cell_result_from_text(std::string_view text) {
  CellReader reader(text);
  CellResult result;
  result.end = reader.line();
  const auto count = reader.numbers<unsigned long>();
  reader.expect(count.size() == 1 && count[0] >= 1);
  for (unsigned long r = 0; reader.good() && r < count[0]; ++r) {
    const auto values = reader.numbers<double>();
    reader.expect(values.size() == record_columns().size());
    if (!reader.good()) break;
    TrainingRecord record;
    for (std::size_t c = 0; c < values.size(); ++c) record.*record_columns()[c].member = values[c];
    result.records.push_back(record);
  }
  result.neurons.activation = reader.numbers<float>();
  result.neurons.norm = reader.numbers<float>();
  reader.expect(result.neurons.activation.size() == result.neurons.norm.size() && reader.ended());
  if (!reader.good()) return {};
  return result;
}

CellSummary summary_of(const TrainingSettings& settings, const CellResult& result) {
  CellSummary summary;
  summary.last = result.records.back();
  std::vector<double> tail;
  summary.least_chain_slack = summary.least_step_slack = NAN;
  const auto lower = [](double& least, double value) { least = std::isnan(least) ? value : std::min(least, value); };
  for (const TrainingRecord& record : result.records) {
    if (record.epoch >= 0.75 * summary.last.epoch) tail.push_back(record.lambda_max);
    lower(summary.least_chain_slack, record.paper_side - record.seminorm);
    if (record.lambda_max <= 2 / settings.eta) lower(summary.least_step_slack, record.step_side - record.seminorm);
  }
  summary.lambda_tail = mean_of(tail);
  const LiveNeurons live(result.neurons);
  summary.norm_correlation = spearman_correlation(live.activation, live.norm);
  summary.mean_activation = mean_of(live.activation);
  summary.median_live_norm = median_of(live.norm);
  return summary;
}

const std::vector<SummaryColumn>& summary_columns() {
  static const std::vector<SummaryColumn> columns = [] {
    std::vector<SummaryColumn> all;
    for (const RecordColumn& column : record_columns())
      all.push_back({column.name, column.meaning, [&column](const CellSummary& s) { return s.last.*column.member; }});
    const auto add = [&](std::string name, std::string meaning, double CellSummary::*member) {
      all.push_back({std::move(name), std::move(meaning), [member](const CellSummary& s) { return s.*member; }});
    };
    add("lambda_tail", "mean lambda_max over the last quarter of the epochs", &CellSummary::lambda_tail);
    add("least_chain_slack", "least slack of Theorem 3.2 over the records", &CellSummary::least_chain_slack);
    add("least_step_slack", "least slack of Corollary 3.3 over the records with lambda_max <= 2/eta",
        &CellSummary::least_step_slack);
    add("norm_correlation", "Spearman's, of activation and |v||w| over the live neurons",
        &CellSummary::norm_correlation);
    add("mean_activation", "of the live neurons", &CellSummary::mean_activation);
    add("median_live_norm", "of |v||w| over the live neurons", &CellSummary::median_live_norm);
    return all;
  }();
  return columns;
}

}  // namespace shatterproof
