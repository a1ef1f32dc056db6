#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "command.hpp"
#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/core/error.hpp"
#include "table.hpp"

namespace shatterproof::tools {
namespace {

using namespace expression;

constexpr int kMostDigits = 100000;
constexpr std::size_t kLongestFraction = 60;

struct EvalOptions {
  std::string expression;
  int digits = 20;
  bool json = false, list = false;
};

void list_functions(bool json) {
  Json functions = Json::array();
  std::vector<Row> rows;
  for (const Function& f : catalogue()) {
    functions.push_back(
        Json{{"name", f.name}, {"arguments", f.arguments}, {"definition", f.definition}, {"source", f.source}});
    rows.push_back({f.signature(), f.definition, f.source});
  }
  if (json) return print_json(Json{{"functions", functions}});
  Table({{.title = "function"}, {.title = "definition", .prose = true}, {.title = "source", .prose = true}})
      .print(rows);
}

void print_value(const EvalOptions& options, const Digits& result) {
  const PrecisionScope scope(result.precision);
  Json document{{"expr", options.expression}};
  document.update(ball_json(result.value.ball(), options.digits));
  document["digits"] = options.digits;
  const auto& exact = result.value.exact();
  if (exact) document["exact"] = to_text_exact(*exact);
  if (options.json) return print_json(document);
  const std::string fraction = exact && exact->get_den() != 1 ? to_text_exact(*exact) : "";
  if (!fraction.empty() && fraction.size() <= kLongestFraction) std::cout << fraction << " = ";
  std::cout << document["mid"].get<std::string>() << " +/- " << document["rad"].get<std::string>() << '\n';
}

std::string what_is_known(const Ball& value, int digits) {
  if (!is_printable(value)) return "could not be enclosed";
  const BallText text = to_text(value, std::min(digits, 20));
  return "lies in [" + text.lower + ", " + text.upper + "]";
}

/// An expression that starts with a minus sign looks like an option: CLI11 leaves it among the extras.
void adopt_extras(EvalOptions& options, const std::vector<std::string>& extras) {
  for (const std::string& extra : extras) {
    require(options.expression.empty() && extra.rfind("--", 0) != 0,
            "eval: the argument '" + extra + "' was not expected");
    options.expression = extra;
  }
}

void run(const EvalOptions& options) {
  if (options.list) return list_functions(options.json);
  require(!options.expression.empty(),
          "eval needs an expression such as 'ball_tail(3, 1/4)'; --list shows the functions");
  require(options.digits >= 2 && options.digits <= kMostDigits,
          fmt::format("--digits must be from 2 to {}, found {}", kMostDigits, options.digits));
  const Expression parsed = parse_expression(options.expression);
  const Digits result = evaluate_to_digits(parsed, options.digits);
  if (!result.reached) {
    throw UndecidedError(fmt::format("{} digits are not reached with {} bits; known: the value {}", options.digits,
                                     result.precision, what_is_known(result.value.ball(), options.digits)));
  }
  print_value(options, result);
}

}  // namespace

void add_eval(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<EvalOptions>();
  CLI::App* command = app.add_subcommand("eval", "Compute the value of an expression, with an error bound.");
  command->add_option("expression", options->expression, "for example 'ball_tail(24, 1/4) / (c3(24) * (1/4)^(25/2))'")
      ->type_name("EXPRESSION");
  command->add_option("--digits", options->digits, "significant digits, all of them right")->capture_default_str();
  command->add_flag("--json", options->json, "write JSON with mid, rad, lower, upper as decimal strings");
  command->add_flag("--list", options->list, "show all functions with their definitions and sources");
  command->allow_extras();
  command->callback([options, command, &exit_code] {
    adopt_extras(*options, command->remaining());
    run(*options);
    exit_code = kAsExpected;
  });
}

}  // namespace shatterproof::tools
