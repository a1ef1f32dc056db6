#include "verify_print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "shatterproof/claims/status.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

std::string last_column(const Outcome& o) {
  if (!o.as_expected()) return fmt::format("DIFFERS: expected {}", to_text(o.claim.expect));
  if (!o.result.slack.empty() || o.result.sharp.empty()) return o.result.slack;
  return "best: " + short_enclosures(o.result.sharp);
}

void print_details(const Outcome& o) {
  constexpr std::size_t kIndent = 6;
  const ProcedureResult& r = o.result;
  const auto print = [](const std::string& text) { print_text(text, kIndent); };
  if (!r.range.empty()) print("range: " + r.range);
  if (!r.method.empty()) print("method: " + r.method);
  // A procedure that lists its constants in its table says more of them there.
  for (const SharpConstant& s : r.table.empty() ? r.sharp : std::vector<SharpConstant>{})
    print(fmt::format("best constant{}: [{}, {}]{}", s.instance.empty() ? "" : " for " + s.instance, s.lower, s.upper,
                      s.where.empty() ? "" : ", " + s.where));
  if (!o.claim.uses.empty()) print(fmt::format("uses: {}", fmt::join(o.claim.uses, ", ")));
  for (const std::string& text : o.claim.assumes) print("assumes: " + text);
  for (const std::string& line : r.table) print(line);
}

void print_findings(const Outcome& o, bool details) {
  constexpr std::size_t kIndent = 4;
  if (!o.error.empty()) print_text(o.place + ": " + o.error, kIndent);
  const bool result_of_its_own = o.result.verdict == Verdict::refuted || o.result.verdict == Verdict::vacuous;
  if (!o.result.detail.empty() && (details || result_of_its_own || !o.as_expected()))
    print_text(o.result.detail, kIndent);
  if (details) print_details(o);
}

Row row_of(const Outcome& o) {
  return {o.claim.id,
          o.claim.statement,
          o.result.verdict,
          std::to_string(o.result.instances),
          o.cached ? "cached" : fmt::format("{:.2f}s", o.seconds),
          last_column(o)};
}

void print_report(const RecordReport& report) {
  const std::string lock = report.lock_file.string(), status = report.status_file.string();
  if (report.lock_written) {
    print_text(fmt::format("lock: written to {} ({})", lock, report.claims));
  } else if (!report.has_lock) {
    print_text(fmt::format("lock: there is no {}, nothing to compare with (verify --update-lock writes it)", lock));
  } else if (report.differences.empty()) {
    print_text(fmt::format("lock: all as recorded in {} ({})", lock, report.claims));
  } else {
    print_text(fmt::format(
        "lock: {} DIFFER from {} (verify --update-lock records the change):", report.differences.size(), lock));
    for (const LockDifference& d : report.differences)
      print_text(fmt::format("{}: was {}, is {}", d.id, d.was, d.is), 4);
  }
  if (report.status_written) print_text("status: written to " + status);
  if (report.status_stale) print_text("status: " + status + " is STALE (verify --status rewrites it)");
  const std::string readme = report.readme_file.string();
  if (report.readme_written) print_text("readme: table of claims written to " + readme);
  if (report.readme_stale)
    print_text("readme: the table of claims in " + readme + " is STALE (verify --readme rewrites it)");
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

void print_claims(const std::vector<Claim>& claims, bool json) {
  Json list = Json::array();
  std::vector<Row> rows;
  for (const Claim& claim : claims) {
    rows.push_back({claim.id, claim.expect, claim.statement});
    list.push_back(Json{{"id", claim.id},
                        {"source", claim.source},
                        {"statement", claim.statement},
                        {"expected", to_text(claim.expect)},
                        {"note", claim.file},
                        {"line", claim.line}});
  }
  if (json) return print_json(Json{{"claims", list}});
  Table({{.title = "claim"}, {.title = "recorded"}, {.title = "statement", .prose = true}}).print(rows);
}

void print_table(const std::vector<Outcome>& outcomes, bool details) {
  Table table({{.title = "claim"},
               {.title = "statement", .prose = true},
               {.title = "verdict"},
               {.title = "instances", .align = Align::right},
               {.title = "time", .align = Align::right},
               {.title = "slack of the paper's constant", .prose = true}});
  std::vector<Row> rows;
  for (const Outcome& o : outcomes) table.measure(rows.emplace_back(row_of(o)));
  table.print_head();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.print_row(rows[i]);
    print_findings(outcomes[i], details);
  }
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
  print_line("");
  print_text(fmt::format(
      "{} claim{}: {}; {}{}", outcomes.size(), outcomes.size() == 1 ? "" : "s", line,
      different == 0 ? "all as recorded in the notes" : fmt::format("{} DIFFER from what the notes record", different),
      cached == 0 ? "" : fmt::format("; {} from the cache", cached)));
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
                        {"status_stale", r.status_stale},
                        {"readme_written", r.readme_written},
                        {"readme_stale", r.readme_stale}});
  }
  return list;
}

}  // namespace shatterproof::tools
