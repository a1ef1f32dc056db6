#include "pack_file.hpp"

#include <fmt/format.h>

#include <chrono>

#include "pack_report.hpp"
#include "progress_bar.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/core/read_file.hpp"
#include "shatterproof/network/number_table.hpp"
#include "shatterproof/sphere/greedy_packing.hpp"
#include "shatterproof/sphere/latitude_code.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"
#include "shatterproof/sphere/packing_file.hpp"
#include "shatterproof/sphere/usable_eps.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

constexpr std::int64_t kMostNumbersWritten = 200'000'000;

Rational eps_option(const std::string& text) {
  return number_option("eps", text, "a number in (0, 1], e.g. 1/4 or 0.1",
                       [](const Rational& x) { return x > 0 && x <= 1; });
}

void print_fields(const Json& json, bool as_json) {
  if (as_json) return print_json(json);
  for (const auto& [name, value] : json.items())
    print_text(name + ": " + (value.is_string() ? value.get<std::string>() : value.dump()));
}

StoredPacking read_packing(const std::string& file) {
  std::string bytes = read_file(file);
  auto table = parse_number_table(file, bytes);
  if (!table) return {file, std::move(bytes)};
  return {file, static_cast<long>(table->columns), std::move(table->values)};
}

void add_largest(const LargestCaps& largest, Json& json) {
  constexpr std::size_t kShort = 60;
  constexpr int kCosineDigits = 30, kAngleDigits = 20;
  if (!json.contains("certified")) json["certified"] = true;  // at the largest eps
  json["largest_eps"] = decimal_text(largest.eps);
  if (largest.exact && largest.exact->text().size() <= kShort) {
    json["max_cosine"] = largest.exact->text();
  } else if (largest.first >= 0) {
    const BallText cosine = to_text(largest.cosine, kCosineDigits);
    json["max_cosine_lower"] = cosine.lower;
    json["max_cosine_upper"] = cosine.upper;
  }
  if (largest.first >= 0) json["angle_degrees"] = degrees(largest.angle, kAngleDigits);
  json["closest"] = largest.text;
}

void check_packing(const PackScaleOptions& options, const PackScaleRequest& request, int& exit_code) {
  const StoredPacking packing = read_packing(options.check);
  require(request.dim == 0 || request.dim == packing.dimension(), "--dim " + std::to_string(request.dim) + ": " +
                                                                      options.check + " has dimension " +
                                                                      std::to_string(packing.dimension()));
  const std::optional<Rational> eps = request.eps.empty() ? packing.eps() : eps_option(request.eps);
  const Caps caps = options.closed ? Caps::closed : Caps::open;
  Json json{{"file", options.check},
            {"dim", packing.dimension()},
            {"count", std::to_string(packing.size())},
            {"caps", options.closed ? "closed" : "open"}};
  exit_code = kAsExpected;
  const ProgressBar bar("testing pairs");
  if (eps) {
    const Rational s = cosine_of_separation(*eps);
    const Separation result = packing.certify(s, caps);
    json["eps"] = to_text_exact(*eps);
    json["cos_2theta"] = to_text_exact(s);
    json["certified"] = result.certified;
    json[result.certified ? "certificate" : "overlap"] = result.text;
    if (!result.certified) exit_code = kRefuted;
  }
  if (request.eps.empty()) add_largest(packing.largest_caps(caps), json);
  print_fields(json, request.json);
}

Json code_json(long dim, const Rational& eps, const Integer& count, const char* family) {
  const CapCountBound upper = best_upper_bound(dim, eps);
  const Ball ratio = Ball(count) / Ball(upper.count);
  return Json{{"dim", dim},
              {"eps", to_text_exact(eps)},
              {"family", family},
              {"count", count.get_str()},
              {"upper_bound", upper.count.get_str() + " (" + upper.name + ")"},
              {"ratio", to_text_certain(ratio, 6)}};
}

/// Random points of the sphere, and which of them a cap holds.
void bin_points(const LatitudeCode& code, long points, std::uint64_t seed, Json& json) {
  using Clock = std::chrono::steady_clock;
  Random random(seed);
  long inside = 0, by_balls = 0;
  ProgressBar bar("points", static_cast<double>(points));
  double seconds = 0;
  constexpr long kBatch = 1 << 16;
  std::vector<double> batch;
  const auto d = static_cast<std::size_t>(code.dimension());
  for (long done = 0; done < points; done += kBatch) {
    batch.clear();
    for (long i = done; i < std::min(points, done + kBatch); ++i)
      for (const double c : random.unit_vector(static_cast<int>(d))) batch.push_back(c * (1 - 0x1p-50));
    const auto start = Clock::now();
    for (std::size_t at = 0; at < batch.size(); at += d) {
      const LatitudeCode::Place place = code.find(batch.data() + at);
      inside += place.cap >= 0, by_balls += place.by_balls;
    }
    seconds += std::chrono::duration<double>(Clock::now() - start).count();
    bar.update(static_cast<double>(std::min(points, done + kBatch)));
  }
  json["points"] = std::to_string(points);
  json["points_in_a_cap"] = std::to_string(inside);
  json["decided_by_balls"] = std::to_string(by_balls);
  json["nanoseconds_a_point"] = fmt::format("{:.0f}", 1e9 * seconds / static_cast<double>(points));
}

ExactCode rounded_layers(const LatitudeCode& code) {
  const long d = code.dimension();
  require(code.size() <= kMostNumbersWritten / d, std::to_string(code.size()) + " centres are too many to write");
  std::vector<double> rows(static_cast<std::size_t>(code.size() * d));
  code.approx_centres(rows.data());
  ExactCode rounded;
  rounded.dimension = d;
  rounded.rational.resize(code.size(), d);
  for (std::size_t k = 0; k < rows.size(); ++k) rounded.rational.data()[k] = std::llround(rows[k] * 0x1p46);
  return rounded;
}

/// Integer vectors are another code than the one they stand for: certified by themselves before they are written.
void save(const ExactCode& code, const Rational& eps, const char* family, const std::string& path, Json& json) {
  const Separation test = certify_separation(code, cosine_of_separation(eps));
  require(test.certified, "not written: " + test.text);
  json["written"] = path + ": integer vectors; " + test.text;
  write_packing(code, eps, family, path);
}

void make_layers(const PackScaleOptions& options, const PackScaleRequest& request) {
  const Rational eps = eps_option(request.eps);
  const LatitudeCode code(request.dim, eps);
  Json json = code_json(request.dim, eps, Integer(static_cast<long>(code.size())), "layers of latitude");
  json["certified"] = true;
  json["certificate"] =
      "by construction: neighbouring layers 2 theta (1 + 2^-20) apart, on each a code of half chord "
      "sin(theta)/radius (1 + 2^-21) or more; no pair tests";
  json["tree_bytes"] = code.bytes();
  if (!options.bin.empty()) {
    const Integer points = whole_option("bin", options.bin, "a whole number from 1 to 10^9", 1, 1000000000);
    bin_points(code, points.get_si(), request.seed, json);
  }
  if (!request.output.empty()) save(rounded_layers(code), eps, "layers of latitude", request.output, json);
  print_fields(json, request.json);
}

void make_greedy(const PackScaleOptions& options, const PackScaleRequest& request) {
  const Rational eps = eps_option(request.eps);
  const Integer most = whole_option("greedy", options.greedy, "a whole number from 2 to 10^8", 2, 100000000);
  require(most <= kMostNumbersWritten / request.dim, "--greedy " + options.greedy + " needs too much memory");
  const Rational s = cosine_of_separation(eps);
  const auto count = static_cast<std::size_t>(most.get_si());
  const auto [code, test] = [&] {
    const ProgressBar bar("packing caps at random");
    ExactCode found = greedy_code(request.dim, s, count, 40 * count, request.seed);
    Separation separation = certify_separation(found, s);
    return std::pair(std::move(found), std::move(separation));
  }();
  require(test.certified, "greedy: " + test.text);
  Json json = code_json(request.dim, eps, Integer(code.size()), "greedy");
  json["certified"] = true;
  json["certificate"] = test.text;
  if (!request.output.empty()) {
    write_packing(code, eps, "greedy", request.output);
    json["written"] = request.output;
  }
  print_fields(json, request.json);
}

}  // namespace

void add_pack_scale_options(CLI::App& command, PackScaleOptions& options) {
  command
      .add_option("--check", options.check,
                  "certify the packing in this file (one vector a line, decimals are exact; or one array of NumPy, "
                  ".npz or .npy, a vector a row), or name the pair; without --eps: the largest eps for it")
      ->type_name("FILE");
  command.add_flag("--closed", options.closed, "with --check: the caps with their rim, so that tangent ones overlap");
  command.add_flag("--layers", options.layers, "layers of latitude, which decode a point directly; up to 2^60 caps");
  command.add_option("--bin", options.bin, "with --layers: place so many random points of the sphere")
      ->type_name("NUMBER");
  command.add_option("--greedy", options.greedy, "random sequential packing of at most so many caps")
      ->type_name("NUMBER");
}

void run_pack_scale(const PackScaleOptions& options, const PackScaleRequest& request, int& exit_code) {
  require(int(!options.check.empty()) + int(options.layers) + int(!options.greedy.empty()) == 1,
          "give one of --check, --layers and --greedy");
  require(options.bin.empty() || options.layers, "--bin goes with --layers");
  require(!options.closed || !options.check.empty(), "--closed goes with --check");
  const PrecisionScope scope(192);
  if (!options.check.empty()) return check_packing(options, request, exit_code);
  require(request.dim != 0, "--dim is required");
  require(!request.eps.empty(), "--eps is required");
  require_cap_parameters(request.dim, eps_option(request.eps));
  options.layers ? make_layers(options, request) : make_greedy(options, request);
}

void write_packing(const ExactCode& code, const Rational& eps, const std::string& family, const std::string& path) {
  write_file_atomically(path, packing_text(code, eps, family));
}

}  // namespace shatterproof::tools
