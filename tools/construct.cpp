#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "command.hpp"
#include "construct_table.hpp"
#include "constructions/construction.hpp"
#include "progress_bar.hpp"
#include "shatterproof/certificate/lambda_max_certificate.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/network/file.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {

namespace {

struct ConstructOptions {
  std::string id, output, certificate;
  std::vector<std::string> assignments;
  std::uint64_t seed = 1;
  int digits = 12;
  bool json = false, list = false;
  EmptyCapTableOptions table;
};

constexpr const char* kConstructSchema = "shatterproof/construct/1";

Json list_json() {
  Json kinds = Json::array();
  for (const ConstructionKind& kind : constructions()) {
    Json parameters = Json::array();
    for (const ParameterInfo& p : kind.parameters) {
      parameters.push_back({{"name", p.name}, {"default", p.standard}, {"expected", p.expected}});
    }
    kinds.push_back({{"id", kind.id}, {"label", kind.label}, {"summary", kind.summary}, {"parameters", parameters}});
  }
  return Json{{"schema", kConstructSchema}, {"constructions", kinds}};
}

void print_list() {
  for (const ConstructionKind& kind : constructions()) {
    print_text(fmt::format("{} ({})", kind.id, kind.label));
    print_text(kind.summary, 2, 0);
    Table parameters({{.title = "parameter", .least = 24}, {.title = "expected", .prose = true}},
                     {.indent = 4, .gap = 1});
    for (const ParameterInfo& p : kind.parameters) parameters.print_row({p.name + "=" + p.standard, p.expected});
  }
}

Json construction_json(const Construction& c, const ConstructOptions& options) {
  Json document{{"schema", kConstructSchema}, {"construction", c.id}, {"parameters", Json::object()}};
  for (const auto& [name, value] : c.parameters) document["parameters"][name] = value;
  document["network"] = {{"neurons", c.neurons}, {"dimension", c.dimension}};
  document["data"] = {{"samples", c.samples}};
  document["quantities"] = Json::array();
  for (const Quantity& q : c.quantities) {
    Json entry{{"name", q.name}, {"meaning", q.meaning}};
    entry.update(ball_json(q.value, options.digits));
    document["quantities"].push_back(entry);
  }
  document["claims"] = Json::array();
  for (const JudgedClaim& claim : c.claims) {
    document["claims"].push_back({{"label", claim.label},
                                  {"statement", claim.statement},
                                  {"verdict", std::string(to_text(claim.verdict))},
                                  {"evidence", claim.evidence}});
  }
  document["notes"] = c.notes;
  document["file"] = options.output.empty() ? Json(nullptr) : Json(options.output);
  return document;
}

void print_construction(const Construction& c, const ConstructOptions& options) {
  print_text(fmt::format("{}: {} neurons in dimension {}, {} samples", c.id, c.neurons, c.dimension, c.samples));
  for (const auto& [name, value] : c.parameters) print_text(fmt::format("{} = {}", name, value), 2);
  print_line("\nQuantities");
  for (const Quantity& q : c.quantities) {
    const BallText text = to_text(q.value, options.digits);
    print_line(fmt::format("  {:<20} {} +/- {}", q.name, text.mid, text.rad));
    print_text(q.meaning, 25, 0);
  }
  print_line("\nClaims");
  Table claims(
      {{.title = "verdict", .least = 10}, {.title = "label", .least = 18}, {.title = "statement", .prose = true}},
      {.indent = 2, .gap = 1});
  std::vector<Row> rows;
  for (const JudgedClaim& claim : c.claims) {
    claims.measure(rows.emplace_back(Row{claim.verdict, claim.label, claim.statement}));
    claims.measure(rows.emplace_back(Row{"", "", "(" + claim.evidence + ")"}));
  }
  for (const Row& row : rows) claims.print_row(row);
  for (const std::string& note : c.notes) {
    print_line("");
    print_text("Note: " + note);
  }
  if (!options.output.empty()) print_line("\nwritten: " + options.output);
}

/// Certifies lambda_max of the network and data as written to the output file, or as they are exactly without one.
void write_certificate(const Construction& construction, const ConstructOptions& options) {
  if (options.certificate.empty()) return;
  if (construction.samples == 0) throw UndecidedError("no certificate: this construction has no samples");
  const Problem<Rational> problem = options.output.empty() ? construction.file : read_problem(options.output);
  write_file_atomically(options.certificate, lambda_max_certificate(problem, options.digits).text);
}

/// Builds, writes and prints; returns the exit code: refuted if the object breaks a claim that it must meet.
ExitCode run_construct(const ConstructOptions& options) {
  if (options.list) {
    if (options.json) {
      print_json(list_json());
    } else {
      print_list();
    }
    return kAsExpected;
  }
  require(!options.id.empty(), "construct: expected the id of a construction, or --list");
  if (!options.table.sweep.empty()) {
    require(options.id == "empty_caps" && options.assignments.empty() && options.output.empty(),
            "--table goes with empty_caps alone");
    return print_empty_cap_table(options.table, options.seed, options.json), kAsExpected;
  }
  const Construction construction = [&] {
    const ProgressBar bar("building " + options.id);
    return build_construction(options.id, options.assignments, options.seed);
  }();
  if (!options.output.empty()) write_problem(options.output, construction.file);
  write_certificate(construction, options);
  if (options.json) {
    print_json(construction_json(construction, options));
  } else {
    print_construction(construction, options);
  }
  std::fflush(stdout);
  const bool refuted = std::any_of(construction.claims.begin(), construction.claims.end(),
                                   [](const JudgedClaim& claim) { return claim.verdict == Verdict::refuted; });
  return refuted ? kRefuted : kAsExpected;
}

/// CLI11 would take -1, and every number beyond, for 2^64 - 1.
std::string is_seed(const std::string& text) {
  std::uint64_t seed = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, seed);
  return error == std::errc() && rest == end ? "" : "found " + text + ", expected a whole number from 0 to 2^64 - 1";
}

}  // namespace

void add_construct(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ConstructOptions>();
  CLI::App* command =
      app.add_subcommand("construct", "Build an explicit object of a proof: network, data and the claims it must meet");
  std::vector<std::string> ids;
  for (const ConstructionKind& kind : constructions()) ids.push_back(kind.id);
  command->add_option("id", options->id, "which construction (see --list)")->type_name(list_of(ids));
  command->add_option("parameters", options->assignments, "parameters as key=value")->type_name("KEY=VALUE");
  command->add_option("-o,--output", options->output, "write network and data to this .npz or .json file")
      ->type_name("FILE");
  command
      ->add_option("--certificate", options->certificate,
                   "write a certificate of lambda_max of that network for shatterproof-check to this file")
      ->type_name("FILE");
  command->add_option("--seed", options->seed, "seed of samples and random signs, a whole number >= 0")
      ->check(is_seed)
      ->capture_default_str();
  command->add_option("--digits", options->digits, "significant digits printed")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--table", options->table.sweep,
                      "empty_caps: the table of Corollary I.3 with fitted slopes, for sample sizes like n=1e3..1e7");
  command->add_option("--dims", options->table.dims, "dimensions of the table")->capture_default_str();
  command->add_option("--replicates", options->table.replicates, "samples for each line of the table")
      ->capture_default_str();
  command->add_flag("--json", options->json, "print JSON");
  command->add_flag("--list", options->list, "show every construction with its parameters");
  command->callback([options, &exit_code] { exit_code = run_construct(*options); });
}

}  // namespace shatterproof::tools
