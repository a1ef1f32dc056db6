#include "shatterproof/claims/expression/grammar.hpp"

namespace shatterproof::expression {

std::vector<Range> Grammar::ranges() {
  std::vector<Range> all;
  do {
    all.push_back(range());
    variables_.push_back({all.back().variable, all.back().variable});
  } while (take(","));
  return all;
}

/// "forall RANGES given HYPOTHESIS: CLAIM", all but the claim optional.
Quantified Grammar::quantified() {
  Quantified statement;
  const bool forall = take("forall");
  if (forall || (sees("for") && tokens_[at_ + 1].text == "all")) {
    if (!forall) at_ += 2;
    statement.ranges = ranges();
    if (take("given")) {
      statement.given = claim();
      require_kind(statement.given->root, true);
    }
    expect(":", statement.given ? "an operator or ':' before the claim" : "',', 'given' or ':' before the claim");
  }
  statement.claim = claim();
  end("an operator or the end");
  require_kind(statement.claim.root, true);
  return statement;
}

Range Grammar::range() {
  Range result;
  result.variable = new_name("the name of a variable").text;
  expect("in", "'in'");
  if (sees("(") || sees("["))
    interval(result);
  else
    integers(result);
  return result;
}

void Grammar::interval(Range& result) {
  const auto is_infinite = [](const NodePointer& node, bool minus) {
    if (!minus) return node->kind == NodeKind::infinity;
    return node->kind == NodeKind::negate && node->operands[0]->kind == NodeKind::infinity;
  };
  result.low_closed = take("[");
  if (!result.low_closed) take("(");
  const std::size_t low = peek().offset;
  result.low = {{text_, end_of_range()}};
  expect(",", "',' between the ends of an interval");
  const std::size_t high = peek().offset;
  result.high = {{text_, end_of_range()}};
  result.low_infinite = is_infinite(result.low.root, true);
  result.high_infinite = is_infinite(result.high.root, false);
  if (is_infinite(result.low.root, false)) error(low, "expected a number or -inf");
  if (is_infinite(result.high.root, true)) error(high, "expected a number or inf");
  if (result.low_infinite && result.low_closed) error(low, "an infinite end is open: write '(-inf'");
  const std::size_t closing = peek().offset;
  result.high_closed = take("]");
  if (!result.high_closed) expect(")", "']' or ')' at the end of an interval");
  if (result.high_infinite && result.high_closed) error(closing, "an infinite end is open: write 'inf)'");
}

void Grammar::integers(Range& result) {
  result.integers = true;
  if (take("{")) {
    do result.listed.push_back(number_expression());
    while (take(","));
    expect("}", "',' or '}'");
    return;
  }
  result.low = number_expression();
  expect("..", "'..' and the last integer (or an interval like (0, 1/4], or a set like {1, 2, 3})");
  result.high = number_expression();
}

/// "sup over x, y of EXPRESSION".
Optimum Grammar::optimum() {
  Optimum result;
  result.supremum = take("sup");
  if (!result.supremum) expect("inf", "'sup over VARIABLES of EXPRESSION' or 'inf over ...'");
  expect("over", "'over' and the variables");
  do {
    const Token token = peek();
    if (token.kind != TokenKind::name || find_variable(token.text) == nullptr) fail("a variable that has a range");
    result.variables.push_back(token.text);
    ++at_;
  } while (take(","));
  expect("of", "',' or 'of'");
  result.expression = number_expression();
  end("an operator or the end");
  return result;
}

/// "name(x, y) = body".
Definition Grammar::definition() {
  Definition result;
  const Token token = new_name("a definition such as 'f(x) = x^2 + 1'");
  result.name = token.text;
  if (take("(")) {
    do {
      const std::string parameter = new_name("the name of a parameter").text;
      if (parameter == result.name) error(token.offset, "a parameter cannot have the name of its function");
      result.parameters.push_back(parameter);
      variables_.push_back({parameter, parameter});
    } while (take(","));
    expect(")", "',' or ')' after the name of a parameter");
  }
  expect("=", "'=' and what '" + result.name + "' stands for");
  for (std::size_t i = at_; i < tokens_.size(); ++i)
    if (tokens_[i].kind == TokenKind::name && tokens_[i].text == result.name)
      error(tokens_[i].offset, "the definition of '" + result.name + "' refers to itself");
  result.body = disjunction();
  end("an operator or the end of the definition");
  result.text = source_->text;
  return result;
}

}  // namespace shatterproof::expression
