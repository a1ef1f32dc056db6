#include "shatterproof/claims/expression/parser.hpp"

#include "shatterproof/claims/expression/grammar.hpp"

namespace shatterproof::expression {

Expression parse_expression(const std::string& source, const std::vector<std::string>& variables,
                            const Definitions& definitions) {
  Grammar grammar(source, variables, definitions);
  Expression result = grammar.expression();
  grammar.end("an operator or the end");
  return result;
}

Claim parse_claim(const std::string& source, const std::vector<std::string>& variables,
                  const Definitions& definitions) {
  Grammar grammar(source, variables, definitions);
  Claim result = grammar.claim();
  grammar.end("an operator or the end");
  return result;
}

std::vector<Range> parse_ranges(const std::string& source, const Definitions& definitions) {
  Grammar grammar(source, {}, definitions);
  std::vector<Range> result = grammar.ranges();
  grammar.end("',' or the end");
  return result;
}

Quantified parse_quantified(const std::string& source, const Definitions& definitions) {
  return Grammar(source, {}, definitions).quantified();
}

Optimum parse_optimum(const std::string& source, const std::vector<std::string>& variables,
                      const Definitions& definitions) {
  return Grammar(source, variables, definitions).optimum();
}

}  // namespace shatterproof::expression
