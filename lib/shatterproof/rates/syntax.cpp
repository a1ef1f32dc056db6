#include "shatterproof/rates/syntax.hpp"

#include <algorithm>
#include <cctype>

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

// More would only exhaust the stack.
constexpr int kDeepest = 200;  // nested brackets
constexpr std::size_t kLongest = 4000;

struct Token {
  enum class Kind { number, name, sign, end };
  Kind kind = Kind::end;
  std::string text;
  std::size_t column = 1;
};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {
    require(text.size() <= kLongest, "a formula of " + std::to_string(text.size()) + " characters is too long");
    advance();
  }

  [[noreturn]] void fail(const std::string& expected) const {
    const std::string found = token_.kind == Token::Kind::end ? "the end" : "'" + token_.text + "'";
    throw PreconditionError("\"" + std::string(text_) + "\", column " + std::to_string(token_.column) + ": found " +
                            found + ", expected " + expected);
  }

  [[nodiscard]] const Token& token() const { return token_; }
  [[nodiscard]] bool at_end() const { return token_.kind == Token::Kind::end; }
  [[nodiscard]] bool sees(const std::string& text) const { return !at_end() && token_.text == text; }

  bool take(const std::string& text) {
    if (!sees(text)) return false;
    advance();
    return true;
  }

  void expect(const std::string& text) {
    if (!take(text)) fail("'" + text + "'");
  }

  void expect_end() {
    if (!at_end()) fail("an operator or the end");
  }

  std::string name() {
    if (token_.kind != Token::Kind::name) fail("a name");
    std::string text = token_.text;
    advance();
    return text;
  }

  Rational rational() {
    const bool negative = take("-");
    if (token_.kind != Token::Kind::number) fail("a number");
    Rational value = parse_rational(token_.text);
    advance();
    if (take("/")) {
      if (token_.kind != Token::Kind::number || sgn(parse_rational(token_.text)) == 0) fail("a denominator");
      value /= parse_rational(token_.text);
      advance();
    }
    return negative ? Rational(-value) : value;
  }

  Node sum() {
    Node left = product();
    while (sees("+") || sees("-")) {
      const Node::Kind kind = sees("+") ? Node::Kind::add : Node::Kind::subtract;
      advance();
      left = binary(kind, left);
    }
    return left;
  }

 private:
  void advance() {
    while (next_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[next_])) != 0) ++next_;
    token_ = {Token::Kind::end, "", next_ + 1};
    if (next_ == text_.size()) return;
    const std::size_t start = next_;
    const auto is_digit = [&] {
      return next_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[next_]));
    };
    const auto is_word = [&] {
      return is_digit() ||
             (next_ < text_.size() && (std::isalpha(static_cast<unsigned char>(text_[next_])) || text_[next_] == '_'));
    };
    if (is_digit()) {
      token_.kind = Token::Kind::number;
      while (is_digit()) ++next_;
      if (next_ < text_.size() && text_[next_] == '.') ++next_;
      while (is_digit()) ++next_;
    } else if (is_word()) {
      token_.kind = Token::Kind::name;
      while (is_word()) ++next_;
    } else {
      token_.kind = Token::Kind::sign;
      ++next_;
      if ((text_[start] == '<' || text_[start] == '>') && next_ < text_.size() && text_[next_] == '=') ++next_;
    }
    token_.text = text_.substr(start, next_ - start);
  }

  Node binary(Node::Kind kind, const Node& left) {
    Node node{.kind = kind, .number = {}, .name = {}, .operands = {left}, .column = left.column};
    node.operands.push_back(kind == Node::Kind::add || kind == Node::Kind::subtract ? product() : factor());
    return node;
  }

  Node product() {
    Node left = factor();
    while (sees("*") || sees("/")) {
      const Node::Kind kind = sees("*") ? Node::Kind::multiply : Node::Kind::divide;
      advance();
      left = binary(kind, left);
    }
    return left;
  }

  Node factor() {
    if (++depth_ > kDeepest) fail("less nesting");
    Node node{.kind = Node::Kind::negate, .number = {}, .name = {}, .operands = {}, .column = token_.column};
    if (take("-")) {
      node.operands.push_back(factor());
    } else {
      node = raised();
    }
    --depth_;
    return node;
  }

  Node raised() {
    Node base = primary();
    if (!take("^")) return base;
    Node node{.kind = Node::Kind::power, .number = {}, .name = {}, .operands = {base}, .column = base.column};
    node.operands.push_back(factor());
    return node;
  }

  Node primary() {
    Node node;
    node.column = token_.column;
    if (token_.kind == Token::Kind::number) {
      node.number = parse_rational(token_.text);
      advance();
    } else if (token_.kind == Token::Kind::name) {
      node.kind = Node::Kind::name;
      node.name = name();
      if (take("(")) call(node);
    } else if (take("(")) {
      node = sum();
      expect(")");
    } else {
      fail("a number, a name or '('");
    }
    return node;
  }

  void call(Node& node) {
    node.kind = Node::Kind::call;
    do {
      Node argument = sum();
      if (argument.kind == Node::Kind::name && take("=")) {
        argument.kind = Node::Kind::keyword;
        argument.operands = {sum()};
      }
      node.operands.push_back(std::move(argument));
    } while (take(","));
    expect(")");
  }

  std::string_view text_;
  std::size_t next_ = 0;
  Token token_;
  int depth_ = 0;
};

/// "floor", "annulus, core", "balance of annulus and core".
std::vector<std::string> active_names(Parser& parser) {
  std::vector<std::string> names;
  do {
    if (parser.take(",")) continue;
    const std::string name = parser.name();
    if (name != "balance" && name != "of" && name != "and") names.push_back(name);
  } while (!parser.at_end() && !parser.sees("at"));
  if (names.empty()) parser.fail("floor, ceiling, or the names of the terms that balance");
  return names;
}

/// "d = 1, 2; alpha = 1/2" behind the word `at`.
void read_places(Parser& parser, Statement& statement) {
  std::size_t most = 1;
  do {
    std::pair<std::string, std::vector<Rational>> place{parser.name(), {}};
    parser.expect("=");
    do place.second.push_back(parser.rational());
    while (parser.take(","));
    most = std::max(most, place.second.size());
    statement.at.push_back(std::move(place));
  } while (parser.take(";"));
  parser.expect_end();
  for (auto& [name, values] : statement.at) {
    require(values.size() == 1 || values.size() == most,
            "\"" + statement.text + "\": the lists behind 'at' have different lengths");
    values.resize(most, values.front());
  }
  if (!statement.active.empty()) return;
  require(statement.right.size() == 1 || statement.right.size() == most,
          "\"" + statement.text + "\": expected one right side, or one for each of the " + std::to_string(most) +
              " places");
  statement.right.resize(most, statement.right.front());
}

}  // namespace

Node parse_expression(std::string_view text) {
  Parser parser(text);
  Node node = parser.sum();
  parser.expect_end();
  return node;
}

Definition parse_definition(std::string_view text) {
  Parser parser(text);
  Definition definition{parser.name(), {}, std::string(text)};
  parser.expect("=");
  definition.value = parser.sum();
  parser.expect_end();
  return definition;
}

Statement parse_statement(std::string_view text) {
  Parser parser(text);
  Statement statement;
  statement.text = text;
  statement.left = parser.sum();
  statement.relation = parser.token().text;
  static const std::vector<std::string> relations{"=", "<=", "<", ">=", ">"};
  if (std::find(relations.begin(), relations.end(), statement.relation) == relations.end())
    parser.fail("one of = <= < >= >");
  parser.take(statement.relation);
  if (statement.left.kind == Node::Kind::name && statement.left.name == "active" && statement.relation == "=") {
    statement.active = active_names(parser);
  } else {
    do statement.right.push_back(parser.sum());
    while (parser.take(","));
  }
  if (parser.take("at")) read_places(parser, statement);
  parser.expect_end();
  require(!statement.at.empty() || statement.right.size() <= 1,
          "\"" + statement.text + "\": several right sides need 'at d = ...'");
  return statement;
}

}  // namespace shatterproof::rates
