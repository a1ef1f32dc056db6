// shatterproof pack: a certified cap packing and its place between the bounds.
#include <fmt/format.h>

#include <cmath>
#include <iostream>

#include "command.hpp"
#include "pack_file.hpp"
#include "shatterproof/certificate/packing_certificate.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/packing.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"
#include "shatterproof/sphere/packing_file.hpp"
#ifdef SHATTERPROOF_HAS_COVERING
#include "shatterproof/sphere/covering.hpp"
#endif

namespace shatterproof::tools {
namespace {

struct PackOptions {
  long dim = 0;
  std::string eps, family, output, certificate;
  long max_centres = 200000;
  bool json = false, list = false;
  PackScaleOptions scale;
};

std::string decimal(const Ball& x, int digits) { return to_text_certain(x, digits); }

std::string degrees(const Ball& angle) { return decimal(angle * Ball(180) / Ball::pi(), 10); }

/// What the covering radius says about adding a cap; empty where it was not computed.
std::string maximality(const Packing& packing, const Ball& separation) {
#ifdef SHATTERPROOF_HAS_COVERING
  if (!packing.code || !has_covering_radius(*packing.code)) return "";
  const std::optional<double> radius = approx_covering_radius(*packing.code);
  if (!radius) return "";
  constexpr double kRoom = 1e-9;  // the radius is numerical: no statement when it is that close
  const double limit = separation.mid_double();
  const char* meaning = *radius < limit * (1 - kRoom)   ? "< 2 theta: no further cap fits"
                        : *radius > limit * (1 + kRoom) ? "> 2 theta: a further cap fits in the deepest hole"
                                                        : "= 2 theta to 9 digits: not decided";
  return fmt::format("covering radius {:.6f} deg {} (numerical, from the convex hull)", *radius * 45 / std::atan(1.0),
                     meaning);
#else
  static_cast<void>(packing), static_cast<void>(separation);
  return "";
#endif
}

Json matrix_json(const IntegerMatrix& rows) {
  Json json = Json::array();
  for (long i = 0; i < rows.rows(); ++i)
    json.push_back(std::vector<std::int64_t>(rows.row(i).begin(), rows.row(i).end()));
  return json;
}

/// The centres: integer vectors as text, or JSON with decimals of 17 digits and the integer vectors where there are
/// some.
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

void list_families(const PackOptions& options, const Rational& eps) {
  const auto families = packing_families(options.dim, eps);
  if (options.json) {
    Json json = Json::array();
    for (const auto& family : families)
      json.push_back(Json{{"family", family.name}, {"count", family.count.get_str()}});
    print_json(json);
  } else {
    for (const auto& family : families) fmt::print("{:<24} {}\n", family.name, family.count.get_str());
  }
}

struct PackReport {
  Packing packing;
  std::vector<CapCountBound> uppers;
  CapCountBound best;
  Integer greedy;
  Rational cosine;
  Ball separation, ratio;
  std::string maximal;
};

PackReport make_report(const PackOptions& options, const Rational& eps) {
  PackReport report;
  report.packing = best_packing(options.dim, eps, {options.family, static_cast<std::uint64_t>(options.max_centres)});
  report.uppers = upper_bounds(options.dim, eps);
  report.best = best_upper_bound(options.dim, eps);
  report.greedy = greedy_lower_bound(options.dim, eps);
  report.cosine = cosine_of_separation(eps);
  report.separation = Ball(4) * asin(Ball(eps) / sqrt(Ball(2)));
  report.ratio = Ball(report.packing.count) / Ball(report.best.count);
  report.maximal = maximality(report.packing, report.separation);
  return report;
}

/// The count, or its size when it would fill the screen; --json has every digit.
std::string count_text(const Integer& count) {
  const std::string digits = count.get_str();
  if (digits.size() <= 40) return digits;
  return fmt::format("{}.{}...e{} ({} digits)", digits.substr(0, 1), digits.substr(1, 7), digits.size() - 1,
                     digits.size());
}

void print_packing(const PackReport& r) {
  fmt::print("dimension {}, eps = {}, 2 theta = {} deg, cos 2 theta = {}\n", r.packing.dimension,
             to_text_exact(r.packing.eps), degrees(r.separation), to_text_exact(r.cosine));
  fmt::print("N = {}   {} ({})\n", count_text(r.packing.count), r.packing.certified ? "certified" : "NOT certified",
             r.packing.family);
  fmt::print("largest inner product <= {}\n", r.packing.max_cosine.text());
  fmt::print("certificate: {}\n", r.packing.certificate);
  if (!r.maximal.empty()) fmt::print("maximality: {}\n", r.maximal);
  fmt::print("lower bound (greedy, area): {}\n", count_text(r.greedy));
  for (const auto& bound : r.uppers)
    fmt::print("upper bound ({}): {}{}\n", bound.name, count_text(bound.count),
               bound.name == r.best.name ? "   <- best" : "");
  fmt::print("N / upper bound = {}\n", decimal(r.ratio, 6));
}

void print_packing_json(const PackReport& r) {
  Json uppers = Json::array();
  for (const auto& bound : r.uppers) uppers.push_back(Json{{"name", bound.name}, {"count", bound.count.get_str()}});
  Json json{{"dim", r.packing.dimension},
            {"eps", to_text_exact(r.packing.eps)},
            {"cos_2theta", to_text_exact(r.cosine)},
            {"separation_degrees", degrees(r.separation)},
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
  print_json(json);
}

void run(const PackOptions& options, int& exit_code) {
  if (options.scale.wanted())
    return run_pack_scale(options.scale, {options.dim, options.eps, options.output, options.json}, exit_code);
  require(options.dim != 0, "--dim is required, a whole number from 1 to 10000");
  require(!options.eps.empty(), "--eps is required");
  const Rational eps = number_option("eps", options.eps, "a number in (0, 1], e.g. 1/4 or 0.1",
                                     [](const Rational& x) { return x > 0 && x <= 1; });
  require_cap_parameters(options.dim, eps);
  require(options.max_centres >= 0, "--max-centres must not be negative, got " + std::to_string(options.max_centres));
  if (options.list) return list_families(options, eps);
  const PrecisionScope scope(192);
  const PackReport report = make_report(options, eps);
  if (!options.output.empty()) write_centres(report.packing, options.output);
  if (!options.certificate.empty()) write_file_atomically(options.certificate, packing_certificate(report.packing));
  options.json ? print_packing_json(report) : print_packing(report);
  exit_code = report.packing.certified ? kAsExpected : kUndecided;
}

}  // namespace

void add_pack(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("pack", "a certified packing of spherical caps, and the bounds on the number of caps");
  auto options = std::make_shared<PackOptions>();
  command->add_option("--dim", options->dim, "dimension d, 1..10000");
  command->add_option("--eps", options->eps, "cap parameter in (0, 1], exact: 1/4, 0.1, 1e-8; cap height h = eps^2");
  command->add_option("--family", options->family, "force a family, by the beginning of its name (see --list)");
  command->add_option("--max-centres", options->max_centres, "enumerate at most so many centres")
      ->capture_default_str();
  command->add_option("-o,--output", options->output,
                      "write the centres to this file: integer vectors, or JSON (.json)");
  add_pack_scale_options(*command, options->scale);
  command->add_option("--certificate", options->certificate, "write a certificate for shatterproof-check to this file");
  command->add_flag("--list", options->list, "what each family gives here, and nothing else");
  command->add_flag("--json", options->json, "print JSON");
  command->callback([options, &exit_code] { run(*options, exit_code); });
}

}  // namespace shatterproof::tools
