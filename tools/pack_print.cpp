// How `pack` prints and writes.
#include <fmt/format.h>

#include "pack_file.hpp"
#include "pack_report.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/sphere/packing_file.hpp"
#include "shatterproof/sphere/usable_eps.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

std::string decimal(const Ball& x, int digits) { return to_text_certain(x, digits); }

Json matrix_json(const IntegerMatrix& rows) {
  Json json = Json::array();
  for (long i = 0; i < rows.rows(); ++i)
    json.push_back(std::vector<std::int64_t>(rows.row(i).begin(), rows.row(i).end()));
  return json;
}

/// The count, or its size when it would fill the screen; --json has every digit.
std::string count_text(const Integer& count) {
  const std::string digits = count.get_str();
  if (digits.size() <= 40) return digits;
  return fmt::format("{}.{}...e{} ({} digits)", digits.substr(0, 1), digits.substr(1, 7), digits.size() - 1,
                     digits.size());
}

/// An exact fraction, or some decimals of one that would fill the line; --json has it in full.
std::string short_exact(const Rational& x) {
  const std::string exact = to_text_exact(x);
  return exact.size() <= 40 ? exact : decimal(Ball(x), 30) + "...";
}

}  // namespace

std::string short_count(const Integer& count) {
  constexpr std::size_t kMostDigits = 300;  // of a double
  if (count < 100'000'000) return count.get_str();
  const std::string digits = count.get_str();
  if (digits.size() < kMostDigits) return fmt::format("{:.4e}", count.get_d());
  return fmt::format("{}.{}e+{}", digits.substr(0, 1), digits.substr(1, 4), digits.size() - 1);
}

std::string degrees(const Ball& angle, int digits) { return decimal(angle * Ball(180) / Ball::pi(), digits); }

void write_centres(const Packing& packing, const std::string& path) {
  if (!path.ends_with(".json")) return write_packing(integer_code(packing), packing.eps, packing.family, path);
  require(bool(packing.centres), "the packing has " + packing.count.get_str() +
                                     " centres, too many to write: choose a larger --eps or raise --max-centres");
  Json json{{"dim", packing.dimension},
            {"eps", to_text_exact(packing.eps)},
            {"family", packing.family},
            {"count", packing.count.get_str()}};
  const PrecisionScope scope(96);
  const Matrix<Ball> centres = packing.centres();
  Json rows = Json::array();
  for (long i = 0; i < centres.rows(); ++i) {
    Json row = Json::array();
    for (long k = 0; k < centres.cols(); ++k) row.push_back(to_text(centres(i, k), 17).mid);
    rows.push_back(std::move(row));
  }
  json["centres"] = std::move(rows);
  if (packing.code) {
    json["integer_vectors"] = matrix_json(packing.code->rational);
    if (packing.code->irrational.size() != 0)
      json["root"] = packing.code->root, json["root_multiples"] = matrix_json(packing.code->irrational);
    if (packing.code->frame.size() != 0) json["frame"] = matrix_json(packing.code->frame);
  }
  write_file_atomically(path, json.dump(1) + "\n");
}

void print_families(const std::vector<PackingFamily>& families, bool json) {
  if (json) {
    Json list = Json::array();
    for (const auto& family : families)
      list.push_back(Json{{"family", family.name},
                          {"count", family.count.get_str()},
                          {"max_cosine", family.max_cosine},
                          {"usable_eps", decimal_text(family.usable_eps)}});
    return print_json(list);
  }
  std::vector<Row> rows;
  for (const auto& family : families)
    rows.push_back({family.name, count_text(family.count), decimal_text(family.usable_eps), family.max_cosine});
  Table({{.title = "family"},
         {.title = "N", .align = Align::right},
         {.title = "usable eps"},
         {.title = "largest cosine"}})
      .print(rows);
}

namespace {

void print_bounds(const PackReport& r) {
  std::vector<Row> rows{{"lower", "greedy, area", count_text(r.greedy), ""}};
  for (const auto& bound : r.uppers)
    rows.push_back({"upper", bound.name, count_text(bound.count), bound.name == r.best.name ? "<- best" : ""});
  Table({{.title = "bound"}, {.title = "by"}, {.title = "N", .align = Align::right}, {}}).print(rows);
}

}  // namespace

void print_report(const PackReport& r) {
  print_text(fmt::format("dimension {}, eps = {}, 2 theta = {} deg, cos 2 theta = {}", r.packing.dimension,
                         short_exact(r.packing.eps), degrees(r.separation, 10), short_exact(r.cosine)));
  if (r.wanted) {
    std::string found =
        fmt::format("the largest eps found for {} caps is {}", r.wanted->get_str(), decimal_text(r.packing.eps));
    if (r.without_room)
      found += fmt::format("; {} do not fit at eps = {}", r.wanted->get_str(), decimal_text(*r.without_room));
    print_text(found);
  }
  print_text(fmt::format(
      "N = {}   {} ({})", count_text(r.packing.count),
      r.packing.certified ? coloured("certified", Verdict::proved) : coloured("NOT certified", Verdict::undecided),
      r.packing.family));
  print_text("largest inner product <= " + r.packing.max_cosine.text());
  print_text("certificate: " + r.packing.certificate);
  if (!r.maximal.empty()) print_text("maximality: " + r.maximal);
  print_line("");
  print_bounds(r);
  print_text("N / upper bound = " + decimal(r.ratio, 6));
}

void print_report_json(const PackReport& r) {
  Json uppers = Json::array();
  for (const auto& bound : r.uppers) uppers.push_back(Json{{"name", bound.name}, {"count", bound.count.get_str()}});
  Json json{{"dim", r.packing.dimension},
            {"eps", to_text_exact(r.packing.eps)},
            {"cos_2theta", to_text_exact(r.cosine)},
            {"separation_degrees", degrees(r.separation, 10)},
            {"count", r.packing.count.get_str()},
            {"family", r.packing.family},
            {"certified", r.packing.certified},
            {"certificate", r.packing.certificate},
            {"max_cosine", r.packing.max_cosine.text()},
            {"max_cosine_upper", to_text(r.packing.max_cosine.enclose(), 20).upper},
            {"enumerated", bool(r.packing.centres)},
            {"upper_bound", r.best.count.get_str()},
            {"upper_bound_name", r.best.name},
            {"upper_bounds", uppers},
            {"greedy_lower_bound", r.greedy.get_str()},
            {"ratio", decimal(r.ratio, 6)}};
  if (!r.maximal.empty()) json["maximality"] = r.maximal;
  if (!r.dual.empty()) {
    Json coefficients = Json::array();
    for (const Rational& f : r.dual) coefficients.push_back(to_text_exact(f));
    json["delsarte_dual"] = std::move(coefficients);
  }
  if (r.wanted) json["count_wanted"] = r.wanted->get_str();
  if (r.without_room) json["eps_without_room"] = to_text_exact(*r.without_room);
  print_json(json);
}

}  // namespace shatterproof::tools
