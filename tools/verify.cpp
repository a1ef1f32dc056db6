#include "shatterproof/claims/verify.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

#include "command.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::tools {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> which;
  std::string notes;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  bool json = false, details = false, list_procedures = false;
};

/// The notes of this installation or build: ./proofs_notes, or the folder that goes with the program.
fs::path notes_folder(const std::string& given) {
  if (!given.empty()) return given;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const fs::path& candidate :
       {fs::path("proofs_notes"), program / "../share/shatterproof/proofs_notes", program / "../../../proofs_notes"})
    if (fs::is_directory(candidate)) return candidate.lexically_normal();
  throw IoError("no folder proofs_notes here or beside the program; name one with --notes DIR");
}

bool starts_with_id(const std::string& id, const std::string& prefix) {
  return id == prefix || id.rfind(prefix + "/", 0) == 0;
}

/// The claims named by files or ids (an id may be cut at a slash); all of them when none is named.
std::vector<Claim> chosen(const Options& options) {
  if (options.which.empty()) return read_notes(notes_folder(options.notes));
  std::vector<Claim> claims, all;
  for (const std::string& name : options.which) {
    if (fs::exists(name) && fs::path(name).extension() == ".md") {
      for (Claim& claim : read_note(name)) claims.push_back(std::move(claim));
      continue;
    }
    if (fs::is_directory(name)) {
      for (Claim& claim : read_notes(name)) claims.push_back(std::move(claim));
      continue;
    }
    if (all.empty()) all = read_notes(notes_folder(options.notes));
    const std::size_t before = claims.size();
    for (const Claim& claim : all)
      if (starts_with_id(claim.id, name) || starts_with_id(claim.id, "stable-minima/" + name)) claims.push_back(claim);
    require(claims.size() > before, "'" + name +
                                        "' is neither a note (a .md file) nor the id of a claim (ids stand in the "
                                        "first column of `shatterproof verify`)");
  }
  return claims;
}

bool use_colour() { return isatty(STDOUT_FILENO) && std::getenv("NO_COLOR") == nullptr; }

std::string coloured(const std::string& padded, Verdict verdict) {
  if (!use_colour()) return padded;
  static const std::map<Verdict, const char*> colours{{Verdict::proved, "32"},
                                                      {Verdict::supported, "36"},
                                                      {Verdict::vacuous, "33"},
                                                      {Verdict::refuted, "35"},
                                                      {Verdict::undecided, "31"}};
  return fmt::format("\x1b[{}m{}\x1b[0m", colours.at(verdict), padded);
}

constexpr std::size_t kStatementWidth = 64;

/// Cut to the width of its column; notes and --json have the whole.
std::string shortened(const std::string& text) {
  return text.size() <= kStatementWidth ? text : text.substr(0, kStatementWidth - 3) + "...";
}

void print_outcome(const Outcome& o, std::size_t ids, bool details) {
  fmt::print("{:<{}}  {:<{}}  {}  {:>9}  {:>6.2f}s  {}\n", o.claim.id, ids, shortened(o.claim.statement),
             kStatementWidth, coloured(fmt::format("{:<9}", to_text(o.result.verdict)), o.result.verdict),
             o.result.instances, o.seconds,
             o.as_expected() ? o.result.slack : fmt::format("DIFFERS: expected {}", to_text(o.claim.expect)));
  if (!o.error.empty()) fmt::print("    {}:{}: {}\n", o.claim.file, o.claim.line, o.error);
  const bool result_of_its_own = o.result.verdict == Verdict::refuted || o.result.verdict == Verdict::vacuous;
  if (!o.result.detail.empty() && (details || result_of_its_own || !o.as_expected()))
    fmt::print("    {}\n", o.result.detail);
  if (details)
    for (const std::string& line : o.result.table) fmt::print("      {}\n", line);
}

void print_table(const std::vector<Outcome>& outcomes, bool details) {
  std::size_t ids = 5;
  for (const Outcome& o : outcomes) ids = std::max(ids, o.claim.id.size());
  fmt::print("{:<{}}  {:<{}}  {:<9}  {:>9}  {:>7}  {}\n", "claim", ids, "statement", kStatementWidth, "verdict",
             "instances", "time", "slack of the paper's constant");
  for (const Outcome& o : outcomes) print_outcome(o, ids, details);
}

void print_summary(const std::vector<Outcome>& outcomes) {
  std::map<Verdict, int> counts;
  std::size_t different = 0;
  for (const Outcome& o : outcomes) {
    ++counts[o.result.verdict];
    different += !o.as_expected();
  }
  std::string line;
  for (const auto& [verdict, count] : counts)
    line += fmt::format("{}{} {}", line.empty() ? "" : ", ", count, to_text(verdict));
  fmt::print(
      "\n{} claims: {}; {}\n", outcomes.size(), line,
      different == 0 ? "all as recorded in the notes" : fmt::format("{} DIFFER from what the notes record", different));
}

Json outcome_json(const Outcome& o) {
  Json json{{"id", o.claim.id},
            {"source", o.claim.source},
            {"statement", o.claim.statement},
            {"verdict", to_text(o.result.verdict)},
            {"expected", to_text(o.claim.expect)},
            {"as_expected", o.as_expected()},
            {"instances", o.result.instances},
            {"slack", o.result.slack},
            {"detail", o.result.detail},
            {"table", o.result.table},
            {"seconds", fmt::format("{:.3f}", o.seconds)},
            {"note", o.claim.file},
            {"line", o.claim.line}};
  if (!o.error.empty()) json["error"] = o.error;
  return json;
}

int exit_code_of(const std::vector<Outcome>& outcomes) {
  int code = kAsExpected;
  for (const Outcome& o : outcomes)
    if (o.malformed) return kMalformed;
  for (const Outcome& o : outcomes) {
    if (o.as_expected()) continue;
    if (o.result.verdict != Verdict::undecided) return kRefuted;
    code = kUndecided;
  }
  return code;
}

int run(const Options& options) {
  if (options.list_procedures) {
    for (const Procedure& p : procedures()) {
      fmt::print("{}\n    {}\n    parameters: {}\n", p.name, p.summary, fmt::join(p.known, ", "));
    }
    return kAsExpected;
  }
  const std::vector<Claim> claims = chosen(options);
  require(!claims.empty(), "no claim blocks in the notes named");
  const bool bar = isatty(STDERR_FILENO);
  const auto outcomes = verify(claims, options.threads, [&](std::size_t done, std::size_t all) {
    if (bar) std::cerr << fmt::format("\r{}/{} claims{}", done, all, done == all ? "\r\x1b[K" : "") << std::flush;
  });
  if (options.json) {
    Json list = Json::array();
    for (const Outcome& o : outcomes) list.push_back(outcome_json(o));
    const int code = exit_code_of(outcomes);
    print_json(Json{{"claims", list}, {"as_expected", code == kAsExpected}});
    return code;
  }
  print_table(outcomes, options.details);
  print_summary(outcomes);
  std::fflush(stdout);
  return exit_code_of(outcomes);
}

}  // namespace

void add_verify(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("verify", "Run the executable notes and compare every verdict with the recorded one");
  command->add_option("which", options->which, "Notes (.md files or folders) or ids of claims; default: all");
  command->add_option("--notes", options->notes, "Folder of notes (default: proofs_notes here or beside the program)");
  command->add_option("--threads", options->threads, "Claims run at a time")->check(CLI::Range(1u, 1024u));
  command->add_flag("--json", options->json, "Print JSON");
  command->add_flag("--details", options->details, "Print what was found for every claim, with measured tables");
  command->add_flag("--list-procedures", options->list_procedures, "List the procedures that a note may call");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace shatterproof::tools
