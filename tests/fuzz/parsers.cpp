// The reader of notes, the parsers of expressions and the readers of networks and packings: malformed text must end in
// the errors that they document; not in another exception, a claim out of place or a crash.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "shatterproof/claims/expression/parser.hpp"
#include "shatterproof/claims/note.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/network/assemble.hpp"
#include "shatterproof/network/number_table.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"
#include "shatterproof/sphere/packing_file.hpp"
#include "target.hpp"

namespace {

using namespace shatterproof;

void demand(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "violated: %s\n", what);
  std::abort();
}

void try_note(const std::string& text) {
  std::vector<Claim> claims;
  try {
    claims = read_note_text(text, "note.md");
  } catch (const FormatError& e) {
    demand(std::string(e.what()).rfind("note.md:", 0) == 0, "an error of a note names its file and line");
    return;
  }
  const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
  int last = 0;
  for (const Claim& claim : claims) {
    demand(claim.line > last && claim.line <= lines, "claims come in order, inside the text");
    last = claim.line;
    demand(!claim.id.empty() && find_procedure(claim.procedure) != nullptr, "a claim has an id and a known procedure");
  }
}

template <class Parse>
void try_expression(Parse parse) {
  try {
    parse();
  } catch (const PreconditionError&) {  // ExpressionError is one
  }
}

template <class Parse>
void try_network_file(Parse parse, const std::string& bytes) {
  try {
    (void)assemble_problem(parse("network", bytes));
  } catch (const FormatError& e) {
    demand(std::string(e.what()).rfind("network: ", 0) == 0, "an error of a file names it");
  }
}

/// What can be read has largest caps, which are disjoint and cannot grow.
void try_packing(const StoredPacking& packing) {
  constexpr long kMostTested = 200;
  if (packing.size() > kMostTested) return;
  const LargestCaps largest = packing.largest_caps(Caps::open);
  demand(packing.certify(cosine_of_separation(largest.eps), Caps::open).certified, "the largest caps are disjoint");
  if (largest.eps == 1) return;
  const Rational further = largest.eps + power(Rational(10), -30);
  demand(!packing.certify(cosine_of_separation(further), Caps::open).certified, "the largest caps cannot grow");
}

void try_packing_file(const std::string& bytes) {
  try {
    if (auto table = parse_number_table("packing", bytes))
      try_packing({"packing", static_cast<long>(table->columns), std::move(table->values)});
    else
      try_packing({"packing", bytes});
  } catch (const FormatError& e) {
    demand(std::string(e.what()).rfind("packing: ", 0) == 0, "an error of a file names it");
  }
}

constexpr std::size_t kLongestExpression = 4096;

}  // namespace

void try_text(const std::string& text) {
  try_note(text);
  try_network_file(parse_npz, text);
  try_network_file(parse_safetensors, text);
  try_network_file(parse_json, text);
  try_packing_file(text);
  if (text.size() > kLongestExpression) return;
  const std::vector<std::string> names{"d", "h", "n"};
  try_expression([&] { (void)expression::parse_expression(text, names); });
  try_expression([&] { (void)expression::parse_claim(text, names); });
  try_expression([&] { (void)expression::parse_ranges(text); });
}

const Mutations& mutations() {
  static const Mutations kMutations{{"```claim\n",
                                     "```rates\n",
                                     "```define\n",
                                     "```\n",
                                     "````",
                                     "import ",
                                     "[parameters]\n",
                                     "claim = ",
                                     "\"\"\"",
                                     "\"",
                                     "[[",
                                     "(",
                                     ")",
                                     "^",
                                     "..",
                                     "{",
                                     "1e99999",
                                     "inf",
                                     "forall ",
                                     " in ",
                                     "\xff",
                                     "\x01",
                                     "\r\n",
                                     "#",
                                     " and ",
                                     "sum(k, 1, d, ",
                                     "=",
                                     "# shatterproof packing 1\n",
                                     "# root 5\n",
                                     "# frame 1 -1 0\n",
                                     "# count 3\n",
                                     "1e-99 ",
                                     "-"}};
  return kMutations;
}

std::vector<std::string> texts_within(const std::filesystem::path& seed, const std::filesystem::path& folder) {
  std::vector<std::string> texts;
  if (seed.extension() != ".md") return texts;
  try {
    for (const auto& claim : read_note(seed, folder))
      for (const auto& [name, values] : claim.parameters.all()) texts.insert(texts.end(), values.begin(), values.end());
  } catch (const std::exception&) {  // a malformed seed is a seed too
  }
  return texts;
}
