#include "shatterproof/claims/expression/grammar.hpp"

#include <algorithm>

#include "shatterproof/claims/expression/expression_error.hpp"

namespace shatterproof::expression {
namespace {

constexpr int kMostBrackets = 500;

bool is_reserved(const std::string& name) {
  static const char* const kReserved[] = {"and", "or", "in", "given", "forall", "inf", "not"};
  return std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved);
}

}  // namespace

Grammar::Grammar(const std::string& source, const std::vector<std::string>& variables, const Definitions& definitions,
                 const std::string& place)
    : source_(std::make_shared<const Source>(Source{source, place})),
      text_(std::make_shared<const std::string>(source)),
      tokens_(tokens_of(source, place)),
      definitions_(definitions),
      nodes_(source_) {
  for (const std::string& variable : variables) variables_.push_back({variable, variable});
}

bool Grammar::take(const char* text) {
  if (!sees(text)) return false;
  ++at_;
  return true;
}

void Grammar::expect(const char* text, const std::string& what) {
  if (!take(text)) fail(what);
}

void Grammar::end(const char* expected) const {
  if (peek().kind != TokenKind::end) fail(expected);
}

void Grammar::enter() {
  if (++level_ > kMostBrackets)
    error(peek().offset, "more than " + std::to_string(kMostBrackets) + " levels of brackets");
}

void Grammar::error(std::size_t offset, const std::string& text) const {
  throw ExpressionError(source_->text, offset, text, source_->place);
}

void Grammar::fail(const std::string& expected) const {
  const std::string found = peek().kind == TokenKind::end ? "the end" : "'" + peek().text.substr(0, 40) + "'";
  error(peek().offset, "expected " + expected + ", found " + found);
}

void Grammar::unknown(const char* what, const Token& token) const {
  std::vector<std::string> known;
  for (const Variable& v : variables_) known.push_back(v.name);
  for (const Definition& d : definitions_.all()) known.push_back(d.name);
  for (const Function& f : catalogue()) known.push_back(f.name);
  std::string near;
  for (const std::string& candidate : nearest_names(token.text, known)) near += (near.empty() ? "" : ", ") + candidate;
  error(token.offset, "unknown " + std::string(what) + " '" + token.text.substr(0, 40) + "'" +
                          (near.empty() ? "" : "; the nearest known: " + near));
}

void Grammar::require_kind(const NodePointer& node, bool statement) const {
  if (node->is_statement() == statement) return;
  const std::size_t offset = node->source == source_ ? node->offset : peek().offset;
  error(offset, statement ? "expected a statement such as a <= b, found a number"
                          : "expected a number, found a statement that is true or false");
}

const Grammar::Variable* Grammar::find_variable(const std::string& name) const {
  const auto found =
      std::find_if(variables_.rbegin(), variables_.rend(), [&](const Variable& v) { return v.name == name; });
  return found == variables_.rend() ? nullptr : &*found;
}

Token Grammar::new_name(const char* what) {
  const Token token = peek();
  if (token.kind != TokenKind::name || is_reserved(token.text)) fail(what);
  if (find_variable(token.text) != nullptr || find_function(token.text) != nullptr ||
      definitions_.find(token.text) != nullptr)
    error(token.offset, "the name '" + token.text + "' is already taken");
  ++at_;
  return token;
}

NodePointer Grammar::combine(NodeKind kind, std::size_t offset, NodePointer left, NodePointer right) {
  const bool of_statements = kind == NodeKind::conjunction || kind == NodeKind::disjunction;
  require_kind(left, of_statements);
  require_kind(right, of_statements);
  return nodes_.make({.kind = kind, .offset = offset, .operands = {std::move(left), std::move(right)}});
}

template <std::size_t kCount>
const Grammar::Operator* Grammar::take_one_of(const Operator (&operators)[kCount]) {
  for (const Operator& candidate : operators)
    if (take(candidate.first)) return &candidate;
  return nullptr;
}

/// operand (operator operand)*, grouped from the left.
template <std::size_t kCount>
NodePointer Grammar::chain(const Operator (&operators)[kCount], NodePointer (Grammar::*operand)()) {
  NodePointer left = (this->*operand)();
  for (std::size_t offset = peek().offset; const Operator* op = take_one_of(operators); offset = peek().offset)
    left = combine(op->second, offset, left, (this->*operand)());
  return left;
}

NodePointer Grammar::disjunction() {
  static constexpr Operator kOr[] = {{"or", NodeKind::disjunction}};
  return chain(kOr, &Grammar::conjunction);
}

NodePointer Grammar::conjunction() {
  static constexpr Operator kAnd[] = {{"and", NodeKind::conjunction}};
  return chain(kAnd, &Grammar::comparison);
}

NodePointer Grammar::comparison() {
  static constexpr Operator kComparisons[] = {{"<=", NodeKind::less_or_equal},
                                              {"<", NodeKind::less},
                                              {">=", NodeKind::greater_or_equal},
                                              {">", NodeKind::greater},
                                              {"=", NodeKind::equal}};
  NodePointer left = sum(), all;
  for (std::size_t offset = peek().offset; const Operator* op = take_one_of(kComparisons); offset = peek().offset) {
    NodePointer right = sum();
    NodePointer link = combine(op->second, offset, left, right);
    all = all ? combine(NodeKind::conjunction, offset, all, link) : link;
    left = std::move(right);
  }
  return all ? all : left;
}

NodePointer Grammar::sum() {
  static constexpr Operator kSums[] = {{"+", NodeKind::add}, {"-", NodeKind::subtract}};
  return chain(kSums, &Grammar::product);
}

NodePointer Grammar::product() {
  static constexpr Operator kProducts[] = {{"*", NodeKind::multiply}, {"/", NodeKind::divide}};
  return chain(kProducts, &Grammar::signed_power);
}

NodePointer Grammar::signed_power() {
  bool negative = false;
  const std::size_t offset = peek().offset;
  while (sees("-") || sees("+")) negative ^= tokens_[at_++].text == "-";
  NodePointer value = power();
  if (!negative) return value;
  require_kind(value, false);
  return nodes_.make({.kind = NodeKind::negate, .offset = offset, .operands = {value}});
}

NodePointer Grammar::power() {
  NodePointer base = primary();
  const std::size_t offset = peek().offset;
  if (!take("^")) return base;
  enter();
  NodePointer exponent = signed_power();
  --level_;
  return combine(NodeKind::power, offset, base, exponent);
}

NodePointer Grammar::primary() {
  const Token token = peek();
  if (token.kind == TokenKind::number) return number();
  if (token.text == "inf") error(token.offset, "'inf' can only be an end of an interval or of an integral");
  if (token.kind == TokenKind::name && !is_reserved(token.text)) return name();
  if (!take("(")) fail("a number, a name or '('");
  enter();
  NodePointer inner = disjunction();
  --level_;
  expect(")", "')' to match the '(' " + std::to_string(peek().offset - token.offset) + " characters before");
  return inner;
}

NodePointer Grammar::number() {
  const Token token = tokens_[at_++];
  try {
    return nodes_.make({.kind = NodeKind::number, .offset = token.offset, .number = parse_rational(token.text)});
  } catch (const PreconditionError&) {
    error(token.offset, "this number has too large an exponent");
  }
}

Expression Grammar::number_expression() {
  const NodePointer root = sum();
  require_kind(root, false);
  return {{text_, root}};
}

Expression Grammar::expression() {
  const NodePointer root = disjunction();
  require_kind(root, false);
  return {{text_, root}};
}

Claim Grammar::claim() {
  const NodePointer root = disjunction();
  if (peek().kind == TokenKind::end) require_kind(root, true);  // otherwise what follows is the mistake
  return {{text_, root}};
}

}  // namespace shatterproof::expression
