#include "verify_print.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "shatterproof/claims/status.hpp"

namespace shatterproof::tools {
namespace {

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
  if (text.size() <= kStatementWidth) return text;
  std::size_t end = kStatementWidth - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not inside a character
  return text.substr(0, end) + "...";
}

std::string last_column(const Outcome& o) {
  if (!o.as_expected()) return fmt::format("DIFFERS: expected {}", to_text(o.claim.expect));
  if (!o.result.slack.empty() || o.result.sharp.empty()) return o.result.slack;
  return "best: " + short_enclosures(o.result.sharp);
}

void print_details(const Outcome& o) {
  const ProcedureResult& r = o.result;
  if (!r.range.empty()) fmt::print("      range: {}\n", r.range);
  if (!r.method.empty()) fmt::print("      method: {}\n", r.method);
  // A procedure that lists its constants in its table says more of them there.
  for (const SharpConstant& s : r.table.empty() ? r.sharp : std::vector<SharpConstant>{})
    fmt::print("      best constant{}: [{}, {}]{}\n", s.instance.empty() ? "" : " for " + s.instance, s.lower, s.upper,
               s.where.empty() ? "" : ", " + s.where);
  if (!o.claim.uses.empty()) fmt::print("      uses: {}\n", fmt::join(o.claim.uses, ", "));
  for (const std::string& text : o.claim.assumes) fmt::print("      assumes: {}\n", text);
  for (const std::string& line : r.table) fmt::print("      {}\n", line);
}

void print_outcome(const Outcome& o, std::size_t ids, bool details) {
  const std::string time = o.cached ? "cached" : fmt::format("{:.2f}s", o.seconds);
  fmt::print("{:<{}}  {:<{}}  {}  {:>9}  {:>7}  {}\n", o.claim.id, ids, shortened(o.claim.statement), kStatementWidth,
             coloured(fmt::format("{:<9}", to_text(o.result.verdict)), o.result.verdict), o.result.instances, time,
             last_column(o));
  if (!o.error.empty()) fmt::print("    {}: {}\n", o.place, o.error);
  const bool result_of_its_own = o.result.verdict == Verdict::refuted || o.result.verdict == Verdict::vacuous;
  if (!o.result.detail.empty() && (details || result_of_its_own || !o.as_expected()))
    fmt::print("    {}\n", o.result.detail);
  if (details) print_details(o);
}

void print_report(const RecordReport& report) {
  const std::string lock = report.lock_file.string(), status = report.status_file.string();
  if (report.lock_written) {
    fmt::print("lock: written to {} ({})\n", lock, report.claims);
  } else if (!report.has_lock) {
    fmt::print("lock: there is no {}, nothing to compare with (verify --update-lock writes it)\n", lock);
  } else if (report.differences.empty()) {
    fmt::print("lock: all as recorded in {} ({})\n", lock, report.claims);
  } else {
    fmt::print("lock: {} DIFFER from {} (verify --update-lock records the change):\n", report.differences.size(), lock);
    for (const LockDifference& d : report.differences) fmt::print("    {}: was {}, is {}\n", d.id, d.was, d.is);
  }
  if (report.status_written) fmt::print("status: written to {}\n", status);
  if (report.status_stale) fmt::print("status: {} is STALE (verify --status rewrites it)\n", status);
}

Json outcome_json(const Outcome& o) {
  Json sharp = Json::array();
  for (const SharpConstant& s : o.result.sharp)
    sharp.push_back(Json{{"instance", s.instance}, {"lower", s.lower}, {"upper", s.upper}, {"where", s.where}});
  Json json{{"id", o.claim.id},
            {"source", o.claim.source},
            {"statement", o.claim.statement},
            {"verdict", to_text(o.result.verdict)},
            {"expected", to_text(o.claim.expect)},
            {"as_expected", o.as_expected()},
            {"instances", o.result.instances},
            {"range", o.result.range},
            {"method", o.result.method},
            {"slack", o.result.slack},
            {"sharp", sharp},
            {"detail", o.result.detail},
            {"table", o.result.table},
            {"uses", o.claim.uses},
            {"assumes", o.claim.assumes},
            {"seconds", fmt::format("{:.3f}", o.seconds)},
            {"cached", o.cached},
            {"note", o.claim.file},
            {"line", o.claim.line}};
  if (!o.error.empty()) {
    json["error"] = o.error;
    json["error_place"] = o.place;
  }
  return json;
}

}  // namespace

void print_table(const std::vector<Outcome>& outcomes, bool details) {
  std::size_t ids = 5;
  for (const Outcome& o : outcomes) ids = std::max(ids, o.claim.id.size());
  fmt::print("{:<{}}  {:<{}}  {:<9}  {:>9}  {:>7}  {}\n", "claim", ids, "statement", kStatementWidth, "verdict",
             "instances", "time", "slack of the paper's constant");
  for (const Outcome& o : outcomes) print_outcome(o, ids, details);
}

void print_summary(const std::vector<Outcome>& outcomes, const std::vector<RecordReport>& reports) {
  std::map<Verdict, int> counts;
  std::size_t different = 0, cached = 0;
  for (const Outcome& o : outcomes) {
    ++counts[o.result.verdict];
    different += !o.as_expected();
    cached += o.cached;
  }
  std::string line;
  for (const auto& [verdict, count] : counts)
    line += fmt::format("{}{} {}", line.empty() ? "" : ", ", count, to_text(verdict));
  fmt::print(
      "\n{} claim{}: {}; {}{}\n", outcomes.size(), outcomes.size() == 1 ? "" : "s", line,
      different == 0 ? "all as recorded in the notes" : fmt::format("{} DIFFER from what the notes record", different),
      cached == 0 ? "" : fmt::format("; {} from the cache", cached));
  for (const RecordReport& report : reports) print_report(report);
}

Json outcomes_json(const std::vector<Outcome>& outcomes) {
  Json list = Json::array();
  for (const Outcome& o : outcomes) list.push_back(outcome_json(o));
  return list;
}

Json reports_json(const std::vector<RecordReport>& reports) {
  Json list = Json::array();
  for (const RecordReport& r : reports) {
    Json differences = Json::array();
    for (const LockDifference& d : r.differences)
      differences.push_back(Json{{"id", d.id}, {"was", d.was}, {"is", d.is}});
    list.push_back(Json{{"lock", r.lock_file.string()},
                        {"has_lock", r.has_lock},
                        {"lock_written", r.lock_written},
                        {"differences", differences},
                        {"status_written", r.status_written},
                        {"status_stale", r.status_stale}});
  }
  return list;
}

}  // namespace shatterproof::tools
