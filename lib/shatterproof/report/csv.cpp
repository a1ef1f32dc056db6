#include "shatterproof/report/csv.hpp"

#include <fmt/format.h>

namespace shatterproof::report {
namespace {

std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}
std::string field(const char* text) { return field(std::string(text)); }
std::string field(std::string_view text) { return field(std::string(text)); }
std::string field(double value) { return fmt::format("{:.9g}", value); }
std::string field(long value) { return std::to_string(value); }
std::string field(std::size_t value) { return std::to_string(value); }
std::string field(int value) { return std::to_string(value); }
std::string field(bool value) { return value ? "true" : "false"; }
std::string field(const std::optional<double>& value) { return value ? field(*value) : ""; }

/// A line with a field for each argument.
template <class... Fields>
std::string line(const Fields&... fields) {
  std::string text;
  const auto add = [&](const std::string& one) { text += (text.empty() ? "" : ",") + (one.empty() ? "\"\"" : one); };
  (add(field(fields)), ...);
  return text + "\r\n";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string text;
  for (const std::string& one : texts) text += (text.empty() ? "" : "; ") + one;
  return text;
}

std::string claims(const Document& document) {
  std::string text = line("id", "source", "statement", "verdict", "expected", "as_expected", "instances", "range",
                          "method", "slack", "detail", "uses", "assumes", "seconds", "note", "line", "recheck");
  for (const ClaimEntry& c : document.claims)
    text += line(c.id, c.source, c.statement, to_text(c.result.verdict), to_text(c.expected), c.as_expected,
                 c.result.instances, c.result.range, c.result.method, c.result.slack, c.result.detail, joined(c.uses),
                 joined(c.assumes), c.seconds, c.note, c.line, c.recheck);
  return text;
}

std::string sharp_constants(const Document& document) {
  std::string text = line("claim", "instance", "lower", "upper", "where");
  for (const ClaimEntry& c : document.claims)
    for (const SharpConstant& s : c.result.sharp) text += line(c.id, s.instance, s.lower, s.upper, s.where);
  return text;
}

std::string constants(const Document& document) {
  std::string text =
      line("claim", "variable", "value", "stated_lower", "stated_upper", "sharp_lower", "sharp_upper", "slack");
  for (const Constant& c : document.constants)
    for (const ConstantPoint& p : c.points)
      text += line(c.claim, c.variable, p.value, p.stated ? p.stated->lower : "", p.stated ? p.stated->upper : "",
                   p.sharp.lower, p.sharp.upper, p.slack);
  return text;
}

std::string packing_bounds(const Document& document) {
  std::string text = line("eps", "d", "count", "lower", "upper", "family", "upper_name", "c_lower", "c_upper");
  for (const PackingBounds& b : document.packing_bounds)
    for (const PackingBoundPoint& p : b.points)
      text += line(b.eps, p.d, p.count, p.lower, p.upper, p.family, p.upper_name, p.c_lower.lower, p.c_upper.upper);
  return text;
}

std::string bounds(const Document& document) {
  std::string text = line("d", "sigma", "eta", "B", "C", "delta", "n", "key", "value", "lower", "upper");
  for (const Bounds& b : document.bounds)
    for (const BoundPoint& p : b.points)
      for (const auto& [key, value] : p.values)
        text += line(b.d, b.sigma, b.eta, b.sup, b.seminorm, b.delta, p.n, key, value.value, value.lower, value.upper);
  return text;
}

std::string nonvacuous(const Document& document) {
  std::string text = line("d", "key", "n");
  for (const NonVacuous& v : document.nonvacuous) text += line(v.d, v.key, v.n);
  return text;
}

std::string packings(const Document& document) {
  std::string text =
      line("d", "eps", "family", "count", "certified", "max_cosine", "pairs", "bin_from", "bin_to", "bin_count");
  for (const PackingPicture& p : document.packings)
    for (std::size_t i = 0; i < p.counts.size(); ++i)
      text += line(p.d, p.eps, p.family, p.count, p.certified, p.max_cosine, p.pairs, p.edges[i], p.edges[i + 1],
                   p.counts[i]);
  return text;
}

std::string flatness(const Document& document) {
  std::string text =
      line("name", "d", "n", "K", "lambda_max_lower", "lambda_max_upper", "eta", "two_over_eta", "link", "left_lower",
           "left_upper", "right_lower", "right_upper", "slack_lower", "slack_upper", "verdict");
  for (const FlatnessEntry& f : document.flatness)
    for (const ChainLinkEntry& l : f.chain)
      text += line(f.name, f.d, f.n, f.neurons, f.lambda_max.lower, f.lambda_max.upper, f.eta, f.two_over_eta, l.name,
                   l.left.lower, l.left.upper, l.right.lower, l.right.upper, l.slack.lower, l.slack.upper,
                   to_text(l.verdict));
  return text;
}

std::string spectra(const Document& document) {
  std::string text = line("name", "rank", "eigenvalue");
  for (const FlatnessEntry& f : document.flatness)
    for (std::size_t i = 0; i < f.spectrum.size(); ++i) text += line(f.name, i + 1, f.spectrum[i]);
  return text;
}

std::string runs(const Document& document) {
  std::string text = line("name", "d", "n", "width", "eta", "decay", "sigma", "epoch", "loss", "lambda_max");
  for (const RunEntry& r : document.runs)
    for (std::size_t i = 0; i < r.epochs.size(); ++i)
      text += line(r.name, r.d, r.n, r.width, r.eta, r.decay, r.sigma, r.epochs[i], r.loss[i], r.lambda_max[i]);
  return text;
}

std::string neurons(const Document& document) {
  std::string text = line("run", "activation", "norm");
  for (const RunEntry& r : document.runs)
    for (std::size_t k = 0; k < r.activation.size(); ++k) text += line(r.name, r.activation[k], r.norm[k]);
  return text;
}

std::string findings(const Document& document) {
  std::string text = line("experiment", "finding", "statement", "opinion", "ours", "confidence", "paper");
  for (const ExperimentEntry& e : document.experiments)
    for (const FindingEntry& f : e.findings)
      text += line(e.id, f.name, f.statement, text_of(f.opinion), f.ours, f.confidence, f.paper);
  return text;
}

std::string errors(const Document& document) {
  std::string text = line("experiment", "runs", "left_out", "series", "eta", "decay", "d", "n", "mse", "lower", "upper",
                          "slope", "slope_lower", "slope_upper");
  for (const ExperimentEntry& e : document.experiments)
    for (const SeriesEntry& s : e.series)
      for (const SeriesPoint& p : s.points)
        text += line(e.id, e.runs, e.left_out, s.label, s.eta, s.decay, s.d, p.n, p.mse, p.lower, p.upper, s.slope,
                     s.slope_lower, s.slope_upper);
  return text;
}

}  // namespace

std::map<std::string, std::string> csv_files(const Document& document) {
  return {{"claims.csv", claims(document)},       {"sharp_constants.csv", sharp_constants(document)},
          {"constants.csv", constants(document)}, {"packing_bounds.csv", packing_bounds(document)},
          {"bounds.csv", bounds(document)},       {"bounds_nonvacuous.csv", nonvacuous(document)},
          {"packings.csv", packings(document)},   {"flatness.csv", flatness(document)},
          {"spectra.csv", spectra(document)},     {"runs.csv", runs(document)},
          {"neurons.csv", neurons(document)},     {"findings.csv", findings(document)},
          {"errors.csv", errors(document)}};
}

}  // namespace shatterproof::report
