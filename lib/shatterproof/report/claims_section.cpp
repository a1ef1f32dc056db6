#include "shatterproof/report/claims_section.hpp"

#include <algorithm>
#include <filesystem>

#include "shatterproof/certificate/inequality_certificate.hpp"
#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/markdown_blocks.hpp"
#include "shatterproof/claims/note_definitions.hpp"
#include "shatterproof/claims/procedures/prove.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/report/formula.hpp"

namespace shatterproof::report {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExpressionProcedure = "prove";
constexpr const char* kLibrary = "proofs_notes";  // the folder that `verify` searches for ids

/// As a reader of another machine can find it: from the folder of notes on, with its name.
std::string note_path(const Claim& claim) {
  const fs::path home = fs::weakly_canonical(claim.home.empty() ? "." : claim.home);
  return fs::weakly_canonical(claim.file).lexically_relative(home.parent_path()).generic_string();
}

std::string recheck_command(const Claim& claim, const std::string& note) {
  const std::string experiment = claim.procedure == kExperimentProcedure ? "--with-experiments " : "";
  const bool in_library = fs::weakly_canonical(claim.home).filename() == kLibrary;
  return "shatterproof verify " + experiment + (in_library ? claim.id : note);
}

std::string file_name_of(std::string id) {
  std::replace(id.begin(), id.end(), '/', '-');
  return id + ".cert";
}

/// Notes that were read, with their blocks.
class Notes {
 public:
  struct Note {
    std::string text;
    std::vector<Block> blocks;
  };

  const Note& of(const std::string& file) {
    const auto [place, fresh] = notes_.emplace(file, Note{});
    if (fresh) {
      place->second.text = note_text(file);
      place->second.blocks = note_blocks(place->second.text, file);
    }
    return place->second;
  }

  std::string block_of(const Claim& claim) {
    for (const Block& block : of(claim.file).blocks)
      if (block.line == claim.line) return block.text;
    throw FormatError(place_of(claim.file, claim.line), "claim block", "nothing",
                      "the block of " + claim.id + " (has the note changed while it was run?)");
  }

 private:
  std::map<std::string, Note> notes_;
};

std::string title_of(const std::string& markdown, const std::string& path) {
  if (markdown.rfind("# ", 0) != 0) return path;
  return markdown.substr(2, markdown.find('\n') - 2);
}

ClaimEntry entry_of(const Outcome& outcome, Notes& notes) {
  const Claim& claim = outcome.claim;
  ClaimEntry entry;
  entry.id = claim.id, entry.source = claim.source, entry.statement = claim.statement;
  entry.expected = claim.expect, entry.as_expected = outcome.as_expected();
  entry.result = outcome.result, entry.error = outcome.error;
  entry.uses = claim.uses, entry.assumes = claim.assumes, entry.seconds = outcome.seconds;
  entry.note = note_path(claim), entry.line = claim.line, entry.block = notes.block_of(claim);
  entry.recheck = recheck_command(claim, entry.note);
  if (claim.procedure == kExpressionProcedure) entry.formula = latex_of_question(question_of(claim.parameters));
  if (outcome.error.empty() && !exact_comparisons(outcome).empty())
    entry.certificate =
        entry.recheck + " --certificate " + file_name_of(claim.id) + " && shatterproof-check " + file_name_of(claim.id);
  return entry;
}

/// "d = 12" as its two sides; nothing for any other text.
std::optional<std::pair<std::string, long>> one_integer(const std::string& instance) {
  const std::size_t equals = instance.find(" = ");
  if (equals == std::string::npos || equals == 0) return {};
  const std::string number = instance.substr(equals + 3);
  if (number.empty() || number.size() > 9 || number.find_first_not_of("0123456789") != std::string::npos) return {};
  return std::pair{instance.substr(0, equals), std::stol(number)};
}

Enclosure enclosure_of(const Ball& ball) {
  const BallText text = to_text(ball, 11);
  return {text.lower, text.upper};
}

/// The paper's constant, to be evaluated at each value of the variable.
class StatedConstant {
 public:
  explicit StatedConstant(const Claim& claim) {
    if (claim.procedure == kExpressionProcedure) task_ = prover::parse_question(question_of(claim.parameters));
  }

  [[nodiscard]] bool is_supremum() const { return !task_ || !task_->sharp || task_->sharp->supremum; }

  void compare(const std::string& variable, ConstantPoint& point) const {
    if (!task_ || !task_->constant) return;
    const Ball stated = evaluate(*task_->constant, {{variable, expression::Value(point.value)}}).ball();
    if (!expression::is_printable(stated)) return;
    point.stated = enclosure_of(stated);
    if (point.sharp.lower.find("inf") != std::string::npos || point.sharp.upper.find("inf") != std::string::npos)
      return;
    const Ball sharp = Ball::interval(Ball::decimal(point.sharp.lower), Ball::decimal(point.sharp.upper));
    if (!certainly_positive(stated) || !certainly_positive(sharp)) return;
    const Ball slack = is_supremum() ? stated / sharp : sharp / stated;
    // Where the side of 1 is open, the middle would tell a right constant from a wrong one by chance.
    if (certainly_less_or_equal(Ball(1), slack) || certainly_less(slack, Ball(1))) point.slack = slack.mid_double();
  }

 private:
  std::optional<prover::Task> task_;
};

/// Unless the document has it.
void add_note(const Claim& claim, Notes& notes, Document& document) {
  const std::string path = note_path(claim);
  const auto known = [&](const NoteEntry& note) { return note.path == path; };
  if (std::any_of(document.notes.begin(), document.notes.end(), known)) return;
  const std::string& text = notes.of(claim.file).text;
  document.notes.push_back({path, title_of(text, path), text});
}

}  // namespace

std::optional<Constant> constant_of(const Outcome& outcome) {
  const PrecisionScope precision(128);
  const StatedConstant stated(outcome.claim);
  Constant constant{outcome.claim.id, outcome.claim.statement, "", stated.is_supremum(), {}};
  for (const SharpConstant& sharp : outcome.result.sharp) {
    const auto instance = one_integer(sharp.instance);
    if (!instance || (!constant.variable.empty() && instance->first != constant.variable)) return {};
    constant.variable = instance->first;
    ConstantPoint point{instance->second, {}, {sharp.lower, sharp.upper}, {}};
    stated.compare(constant.variable, point);
    constant.points.push_back(std::move(point));
  }
  if (constant.points.size() < 2) return {};
  return constant;
}

void add_claims(const std::vector<Outcome>& outcomes, Document& document) {
  Notes notes;
  for (const Outcome& outcome : outcomes) {
    document.claims.push_back(entry_of(outcome, notes));
    add_note(outcome.claim, notes, document);
    if (outcome.error.empty())
      if (auto constant = constant_of(outcome)) document.constants.push_back(std::move(*constant));
  }
}

void add_notes(const std::vector<Claim>& claims, Document& document) {
  Notes notes;
  for (const Claim& claim : claims) add_note(claim, notes, document);
}

}  // namespace shatterproof::report
