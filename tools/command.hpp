#pragma once
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof::tools {

/// Exit codes of the program (design: Command line).
enum ExitCode { kAsExpected = 0, kRefuted = 1, kUsage = 2, kMalformed = 3, kUndecided = 4, kInternal = 5 };

/// Insertion-ordered, so that output is stable; proof numbers go in as decimal strings, never as JSON numbers.
using Json = nlohmann::ordered_json;

/// One subcommand: adds itself to the app; when chosen, its callback writes the result to stdout and sets the exit
/// code. Each lives in its own file: parse -> call lib -> print.
using AddCommand = void (*)(CLI::App& app, int& exit_code);

void add_eval(CLI::App& app, int& exit_code);
void add_pack(CLI::App& app, int& exit_code);
void add_experiment(CLI::App& app, int& exit_code);
void add_flatness(CLI::App& app, int& exit_code);
void add_generate(CLI::App& app, int& exit_code);
void add_bounds(CLI::App& app, int& exit_code);
void add_construct(CLI::App& app, int& exit_code);
void add_prove(CLI::App& app, int& exit_code);
void add_report(CLI::App& app, int& exit_code);
void add_sweep(CLI::App& app, int& exit_code);
void add_train(CLI::App& app, int& exit_code);
void add_verify(CLI::App& app, int& exit_code);

/// The value of --threads; 0: as many as there are processors.
void use_threads(unsigned count);

/// "{a,b}": the type name of an option that takes one of these words; shell completion offers them. FILE, DIR, NOTE,
/// CLAIM and FAMILY, alone or joined by "|", are completed too; any other type name is not.
std::string list_of(const std::vector<std::string>& words);

/// Prints the document with two-space indentation and a final newline.
void print_json(const Json& document);

/// The exact value of --option; throws PreconditionError naming option, text and what was expected unless it is a
/// number that `accept` takes.
template <class Accept>
Rational number_option(const char* option, const std::string& text, const char* expected, Accept accept) {
  std::optional<Rational> value;
  try {
    value = parse_rational(text);
  } catch (const PreconditionError&) {
  }
  if (!value || !accept(*value))
    throw PreconditionError(std::string("--") + option + ": found '" + text + "', expected " + expected);
  return *value;
}

inline Rational positive_option(const char* option, const std::string& text) {
  return number_option(option, text, "a number > 0", [](const Rational& x) { return x > 0; });
}

/// The same for a whole number in least..most.
inline Integer whole_option(const char* option, const std::string& text, const char* expected, const Integer& least,
                            const Integer& most) {
  const auto accept = [&](const Rational& x) { return x.get_den() == 1 && x >= least && x <= most; };
  return number_option(option, text, expected, accept).get_num();
}

/// {"mid", "rad", "lower", "upper"} as decimal strings, lower and upper rounded outward.
Json ball_json(const Ball& value, int digits);

}  // namespace shatterproof::tools
