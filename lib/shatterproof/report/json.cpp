#include "shatterproof/report/json.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "shatterproof/claims/result_json.hpp"

namespace shatterproof::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "shatterproof-report/1";

/// A number that only draws: six digits keep the document small.
double drawn(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", x);
  return std::strtod(text, nullptr);
}

Json drawn_list(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double x : values) list.push_back(drawn(x));
  return list;
}

Json points_json(const std::vector<Point>& points) {
  Json list = Json::array();
  for (const Point& point : points) list.push_back(drawn_list(point));
  return list;
}

Json enclosure_json(const Enclosure& e) { return Json{{"lower", e.lower}, {"upper", e.upper}}; }

template <class Entry, class Write>
Json list_json(const std::vector<Entry>& entries, const Write& write) {
  Json list = Json::array();
  for (const Entry& entry : entries) list.push_back(write(entry));
  return list;
}

Json claim_json(const ClaimEntry& c) {
  Json json{{"id", c.id},
            {"source", c.source},
            {"statement", c.statement},
            {"verdict", to_text(c.result.verdict)},
            {"expected", to_text(c.expected)},
            {"as_expected", c.as_expected},
            {"instances", c.result.instances},
            {"range", c.result.range},
            {"method", c.result.method},
            {"slack", c.result.slack},
            {"detail", c.result.detail},
            {"sharp", list_json(c.result.sharp, sharp_to_json)},
            {"table", c.result.table},
            {"uses", c.uses},
            {"assumes", c.assumes},
            {"seconds", drawn(c.seconds)},
            {"note", c.note},
            {"line", c.line},
            {"block", c.block},
            {"formula", c.formula},
            {"recheck", c.recheck},
            {"certificate", c.certificate.empty() ? Json() : Json{{"command", c.certificate}}}};
  if (!c.error.empty()) json["error"] = c.error;
  return json;
}

Json note_json(const NoteEntry& n) { return Json{{"path", n.path}, {"title", n.title}, {"markdown", n.markdown}}; }

Json constant_json(const Constant& c) {
  const auto point = [](const ConstantPoint& p) {
    Json json{{"d", p.value}};
    if (p.stated) json["stated"] = enclosure_json(*p.stated);
    json["sharp"] = enclosure_json(p.sharp);
    if (p.slack) json["slack"] = drawn(*p.slack);
    return json;
  };
  return Json{{"id", c.claim},
              {"name", c.name},
              {"claim", c.claim},
              {"variable", c.variable},
              {"side", c.supremum ? "sup" : "inf"},
              {"points", list_json(c.points, point)}};
}

Json packing_bounds_json(const PackingBounds& b) {
  const auto point = [](const PackingBoundPoint& p) {
    return Json{{"d", p.d},
                {"count", p.count},
                {"lower", p.lower},
                {"upper", p.upper},
                {"family", p.family},
                {"upper_name", p.upper_name},
                {"c_lower", enclosure_json(p.c_lower)},
                {"c_upper", enclosure_json(p.c_upper)}};
  };
  return Json{{"eps", b.eps}, {"points", list_json(b.points, point)}};
}

Json kind_json(const BoundKind& k) {
  const char* side = k.side == BoundKind::Side::upper   ? "upper"
                     : k.side == BoundKind::Side::lower ? "lower"
                                                        : "measured";
  return Json{{"key", k.key}, {"label", k.label}, {"side", side}, {"stated", k.stated}, {"source", k.source}};
}

Json bounds_json(const Bounds& b) {
  const auto point = [](const BoundPoint& p) {
    Json json{{"n", drawn(p.n)}, {"computed", p.computed}};
    for (const auto& [key, value] : p.values) {
      if (value.lower && value.upper)
        json[key] = Json{{"value", drawn(value.value)}, {"lower", drawn(*value.lower)}, {"upper", drawn(*value.upper)}};
      else
        json[key] = drawn(value.value);
    }
    return json;
  };
  return Json{{"d", b.d},
              {"sigma", b.sigma},
              {"eta", b.eta},
              {"B", b.sup},
              {"C", b.seminorm},
              {"delta", b.delta},
              {"points", list_json(b.points, point)}};
}

Json nonvacuous_json(const NonVacuous& v) { return Json{{"d", v.d}, {"key", v.key}, {"n", v.n}}; }

Json packing_json(const PackingPicture& p) {
  Json json{{"d", p.d},
            {"eps", p.eps},
            {"family", p.family},
            {"count", p.count},
            {"certified", p.certified},
            {"max_cosine", p.max_cosine},
            {"cosines", Json{{"edges", drawn_list(p.edges)}, {"counts", p.counts}, {"pairs", p.pairs}}}};
  if (p.centres.empty()) return json;
  json["centres"] = points_json(p.centres);
  json["empty"] = Json::array();
  for (const bool empty : p.empty) json["empty"].push_back(empty);
  json["samples"] = points_json(p.samples);
  return json;
}

Json flatness_json(const FlatnessEntry& f) {
  const auto link = [](const ChainLinkEntry& l) {
    return Json{{"name", l.name},
                {"left", enclosure_json(l.left)},
                {"right", enclosure_json(l.right)},
                {"slack", enclosure_json(l.slack)},
                {"verdict", to_text(l.verdict)}};
  };
  Json json{{"name", f.name}, {"d", f.d}, {"n", f.n}, {"K", f.neurons}};
  if (!f.eta.empty()) {
    json["eta"] = f.eta;
    json["two_over_eta"] = f.two_over_eta;
    json["stable"] = to_text(f.stable);
  }
  json["lambda_max"] = enclosure_json(f.lambda_max);
  json["method"] = f.method;
  json["spectrum"] = drawn_list(f.spectrum);
  json["chain"] = list_json(f.chain, link);
  return json;
}

Json run_json(const RunEntry& r) {
  Json json{{"name", r.name},
            {"d", r.d},
            {"n", r.n},
            {"width", r.width},
            {"eta", drawn(r.eta)},
            {"decay", drawn(r.decay)},
            {"sigma", drawn(r.sigma)},
            {"end", r.end}};
  json["epochs"] = drawn_list(r.epochs);
  json["loss"] = drawn_list(r.loss);
  json["lambda_max"] = drawn_list(r.lambda_max);
  json["two_over_eta"] = drawn(2 / r.eta);
  json["neurons"] = Json{{"activation", drawn_list(r.activation)}, {"norm", drawn_list(r.norm)}};
  if (r.mse) json["mse"] = drawn(*r.mse);
  return json;
}

Json finding_json(const FindingEntry& f) {
  return Json{{"name", f.name}, {"statement", f.statement},   {"opinion", text_of(f.opinion)},
              {"ours", f.ours}, {"confidence", f.confidence}, {"paper", f.paper}};
}

Json series_json(const SeriesEntry& s) {
  const auto point = [](const SeriesPoint& p) {
    return Json{{"n", drawn(p.n)}, {"mse", drawn(p.mse)}, {"lower", drawn(p.lower)}, {"upper", drawn(p.upper)}};
  };
  Json json{{"label", s.label},
            {"group", s.group},
            {"d", s.d},
            {"sigma", drawn(s.sigma)},
            {"eta", drawn(s.eta)},
            {"decay", drawn(s.decay)},
            {"points", list_json(s.points, point)}};
  if (std::isfinite(s.slope) && std::isfinite(s.slope_lower) && std::isfinite(s.slope_upper))
    json["slope"] = Json{{"value", drawn(s.slope)}, {"lower", drawn(s.slope_lower)}, {"upper", drawn(s.slope_upper)}};
  return json;
}

Json experiment_json(const ExperimentEntry& e) {
  return Json{{"id", e.id},
              {"title", e.title},
              {"choices", e.choices},
              {"scale", e.scale},
              {"mse_name", e.mse_name},
              {"runs", e.runs},
              {"left_out", e.left_out},
              {"findings", list_json(e.findings, finding_json)},
              {"series", list_json(e.series, series_json)}};
}

}  // namespace

Json document_to_json(const Document& d) {
  return Json{{"schema", kSchema},
              {"program", Json{{"version", d.version}}},
              {"title", d.title},
              {"claims", list_json(d.claims, claim_json)},
              {"notes", list_json(d.notes, note_json)},
              {"constants", list_json(d.constants, constant_json)},
              {"packing_bounds", list_json(d.packing_bounds, packing_bounds_json)},
              {"bound_kinds", list_json(d.bound_kinds, kind_json)},
              {"bounds", list_json(d.bounds, bounds_json)},
              {"bounds_nonvacuous", list_json(d.nonvacuous, nonvacuous_json)},
              {"packings", list_json(d.packings, packing_json)},
              {"flatness", list_json(d.flatness, flatness_json)},
              {"runs", list_json(d.runs, run_json)},
              {"experiments", list_json(d.experiments, experiment_json)}};
}

}  // namespace shatterproof::report
