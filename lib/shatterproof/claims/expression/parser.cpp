#include "shatterproof/claims/expression/parser.hpp"

#include <algorithm>
#include <utility>

#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/expression/lexer.hpp"

namespace shatterproof::expression {
namespace {

constexpr int kMostBrackets = 500;
constexpr int kMostLevels = 2000;

using Operator = std::pair<const char*, NodeKind>;
constexpr Operator kComparisons[] = {{"<=", NodeKind::less_or_equal},
                                     {"<", NodeKind::less},
                                     {">=", NodeKind::greater_or_equal},
                                     {">", NodeKind::greater},
                                     {"=", NodeKind::equal}};
constexpr Operator kSums[] = {{"+", NodeKind::add}, {"-", NodeKind::subtract}};
constexpr Operator kProducts[] = {{"*", NodeKind::multiply}, {"/", NodeKind::divide}};

bool is_reserved(const std::string& name) { return name == "and" || name == "or" || name == "in"; }

/// Recursive descent over the tokens of one source; the methods are named after what they read.
class Parser {
 public:
  Parser(const std::string& source, std::vector<std::string> variables)
      : source_(std::make_shared<const std::string>(source)),
        tokens_(tokens_of(source)),
        variables_(std::move(variables)) {}

  Expression whole_expression() {
    Expression e = expression();
    if (peek().kind != TokenKind::end) fail("an operator or the end");
    return e;
  }

  Claim whole_claim() {
    const NodePointer root = disjunction();
    if (peek().kind != TokenKind::end) fail("an operator or the end");
    require_kind(root, true);
    return {{source_, root}};
  }

  std::vector<Range> whole_ranges() {
    std::vector<Range> ranges;
    do {
      ranges.push_back(range());
      variables_.push_back(ranges.back().variable);
    } while (take(","));
    if (peek().kind != TokenKind::end) fail("',' or the end");
    return ranges;
  }

 private:
  const Token& peek() const { return tokens_[at_]; }
  bool sees(const char* text) const { return peek().kind != TokenKind::number && peek().text == text; }
  bool take(const char* text) {
    if (!sees(text)) return false;
    ++at_;
    return true;
  }
  void expect(const char* text, const std::string& what) {
    if (!take(text)) fail(what);
  }
  [[noreturn]] void error(std::size_t offset, const std::string& text) const {
    throw ExpressionError(*source_, offset, text);
  }
  [[noreturn]] void fail(const std::string& expected) const {
    const std::string found = peek().kind == TokenKind::end ? "the end" : "'" + peek().text.substr(0, 40) + "'";
    error(peek().offset, "expected " + expected + ", found " + found);
  }

  void require_kind(const NodePointer& node, bool statement) const {
    if (node->is_statement() == statement) return;
    error(node->offset, statement ? "expected a statement such as a <= b, found a number"
                                  : "expected a number, found a statement that is true or false");
  }

  NodePointer make(Node node) const {
    if (node.kind == NodeKind::variable) node.variables = {node.name};
    for (const NodePointer& operand : node.operands) {
      node.depth = std::max(node.depth, operand->depth + 1);
      std::vector<std::string> both;
      std::set_union(node.variables.begin(), node.variables.end(), operand->variables.begin(), operand->variables.end(),
                     std::back_inserter(both));
      node.variables = std::move(both);
    }
    if (node.depth > kMostLevels)
      error(node.offset, "more than " + std::to_string(kMostLevels) + " operations inside each other");
    return std::make_shared<const Node>(std::move(node));
  }

  NodePointer combine(NodeKind kind, std::size_t offset, NodePointer left, NodePointer right) const {
    const bool of_statements = kind == NodeKind::conjunction || kind == NodeKind::disjunction;
    require_kind(left, of_statements);
    require_kind(right, of_statements);
    return make({.kind = kind, .offset = offset, .operands = {std::move(left), std::move(right)}});
  }

  template <std::size_t kCount>
  const Operator* take_one_of(const Operator (&operators)[kCount]) {
    for (const Operator& candidate : operators)
      if (take(candidate.first)) return &candidate;
    return nullptr;
  }

  /// operand (operator operand)*, grouped from the left.
  template <std::size_t kCount>
  NodePointer chain(const Operator (&operators)[kCount], NodePointer (Parser::*operand)()) {
    NodePointer left = (this->*operand)();
    for (std::size_t offset = peek().offset; const Operator* op = take_one_of(operators); offset = peek().offset)
      left = combine(op->second, offset, left, (this->*operand)());
    return left;
  }

  NodePointer disjunction() {
    static constexpr Operator kOr[] = {{"or", NodeKind::disjunction}};
    return chain(kOr, &Parser::conjunction);
  }
  NodePointer conjunction() {
    static constexpr Operator kAnd[] = {{"and", NodeKind::conjunction}};
    return chain(kAnd, &Parser::comparison);
  }

  NodePointer comparison() {
    NodePointer left = sum(), all;
    for (std::size_t offset = peek().offset; const Operator* op = take_one_of(kComparisons); offset = peek().offset) {
      NodePointer right = sum();
      NodePointer link = combine(op->second, offset, left, right);
      all = all ? combine(NodeKind::conjunction, offset, all, link) : link;
      left = std::move(right);
    }
    return all ? all : left;
  }

  NodePointer sum() { return chain(kSums, &Parser::product); }
  NodePointer product() { return chain(kProducts, &Parser::signed_power); }

  NodePointer signed_power() {
    bool negative = false;
    const std::size_t offset = peek().offset;
    while (sees("-") || sees("+")) negative ^= tokens_[at_++].text == "-";
    NodePointer value = power();
    if (!negative) return value;
    require_kind(value, false);
    return make({.kind = NodeKind::negate, .offset = offset, .operands = {value}});
  }

  NodePointer power() {
    NodePointer base = primary();
    const std::size_t offset = peek().offset;
    if (!take("^")) return base;
    enter();
    NodePointer exponent = signed_power();
    --level_;
    return combine(NodeKind::power, offset, base, exponent);
  }

  void enter() {
    if (++level_ > kMostBrackets)
      error(peek().offset, "more than " + std::to_string(kMostBrackets) + " levels of brackets");
  }

  NodePointer primary() {
    const Token token = peek();
    if (token.kind == TokenKind::number) return number();
    if (token.kind == TokenKind::name && !is_reserved(token.text)) return name();
    if (!take("(")) fail("a number, a name or '('");
    enter();
    NodePointer inner = disjunction();
    --level_;
    expect(")", "')' to match the '(' at column " + std::to_string(token.offset + 1));
    return inner;
  }

  NodePointer number() {
    const Token token = tokens_[at_++];
    try {
      return make({.kind = NodeKind::number, .offset = token.offset, .number = parse_rational(token.text)});
    } catch (const PreconditionError&) {
      error(token.offset, "this number has too large an exponent");
    }
  }

  NodePointer name() {
    const Token token = tokens_[at_++];
    if (sees("(")) return call(token);
    if (std::find(variables_.begin(), variables_.end(), token.text) != variables_.end())
      return make({.kind = NodeKind::variable, .offset = token.offset, .name = token.text});
    const Function* f = find_function(token.text);
    if (f == nullptr) unknown("variable", token);
    if (!f->arguments.empty()) error(token.offset, "'" + token.text + "' needs its arguments: " + f->signature());
    return make({.kind = NodeKind::call, .offset = token.offset, .function = f});
  }

  NodePointer call(const Token& token) {
    const Function* f = find_function(token.text);
    if (f == nullptr) unknown("function", token);
    enter();
    take("(");
    std::vector<NodePointer> operands;
    if (!sees(")")) {
      do {
        operands.push_back(sum());
        require_kind(operands.back(), false);
      } while (take(","));
    }
    expect(")", "',' or ')' in the arguments of " + f->name);
    --level_;
    if (!f->accepts(operands.size()))
      error(token.offset, "wrong number of arguments (" + std::to_string(operands.size()) + "): expected " +
                              (f->arguments.empty() ? f->name + " alone" : f->signature()));
    return make({.kind = NodeKind::call, .offset = token.offset, .operands = std::move(operands), .function = f});
  }

  [[noreturn]] void unknown(const char* what, const Token& token) const {
    std::vector<std::string> known = variables_;
    for (const Function& f : catalogue()) known.push_back(f.name);
    std::string near;
    for (const std::string& candidate : nearest_names(token.text, known))
      near += (near.empty() ? "" : ", ") + candidate;
    error(token.offset, "unknown " + std::string(what) + " '" + token.text.substr(0, 40) + "'" +
                            (near.empty() ? "" : "; the nearest known: " + near));
  }

  Expression expression() {
    const NodePointer root = disjunction();
    require_kind(root, false);
    return {{source_, root}};
  }

  Expression bound() {
    const NodePointer root = sum();
    require_kind(root, false);
    return {{source_, root}};
  }

  Range range() {
    const Token token = peek();
    if (token.kind != TokenKind::name || is_reserved(token.text)) fail("the name of a variable");
    const bool taken = std::find(variables_.begin(), variables_.end(), token.text) != variables_.end();
    if (taken || find_function(token.text) != nullptr)
      error(token.offset, "the name '" + token.text + "' is already taken");
    ++at_;
    expect("in", "'in'");
    Range result;
    result.variable = token.text;
    if (sees("(") || sees("["))
      interval(result);
    else
      integers(result);
    return result;
  }

  void interval(Range& result) {
    result.low_closed = take("[");
    if (!result.low_closed) take("(");
    result.low = bound();
    expect(",", "',' between the ends of an interval");
    result.high = bound();
    result.high_closed = take("]");
    if (!result.high_closed) expect(")", "']' or ')' at the end of an interval");
  }

  void integers(Range& result) {
    result.integers = true;
    if (take("{")) {
      do result.listed.push_back(bound());
      while (take(","));
      expect("}", "',' or '}'");
      return;
    }
    result.low = bound();
    expect("..", "'..' and the last integer (or an interval like (0, 1/4], or a set like {1, 2, 3})");
    result.high = bound();
  }

  std::shared_ptr<const std::string> source_;
  std::vector<Token> tokens_;
  std::vector<std::string> variables_;
  std::size_t at_ = 0;
  int level_ = 0;
};

}  // namespace

Expression parse_expression(const std::string& source, const std::vector<std::string>& variables) {
  return Parser(source, variables).whole_expression();
}

Claim parse_claim(const std::string& source, const std::vector<std::string>& variables) {
  return Parser(source, variables).whole_claim();
}

std::vector<Range> parse_ranges(const std::string& source) { return Parser(source, {}).whole_ranges(); }

}  // namespace shatterproof::expression
