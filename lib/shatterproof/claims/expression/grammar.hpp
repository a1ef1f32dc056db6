#pragma once
#include <string>
#include <utility>
#include <vector>

#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/lexer.hpp"
#include "shatterproof/claims/expression/node_builder.hpp"
#include "shatterproof/claims/expression/parser.hpp"

namespace shatterproof::expression {

/// Recursive descent over the tokens of one source; the methods are named after what they read.
class Grammar {
 public:
  Grammar(const std::string& source, const std::vector<std::string>& variables, const Definitions& definitions,
          const std::string& place = "");

  [[nodiscard]] Expression expression();
  [[nodiscard]] Claim claim();
  [[nodiscard]] std::vector<Range> ranges();  ///< their variables are known from then on
  [[nodiscard]] Quantified quantified();
  [[nodiscard]] Optimum optimum();
  [[nodiscard]] Definition definition();
  void end(const char* expected) const;  ///< nothing may be left

 private:
  using Operator = std::pair<const char*, NodeKind>;
  /// A name that stands for a value, and the name of its node (unique where a sum binds it).
  struct Variable {
    std::string name, node_name;
  };

  [[nodiscard]] const Token& peek() const { return tokens_[at_]; }
  [[nodiscard]] bool sees(const char* text) const { return peek().kind != TokenKind::number && peek().text == text; }
  bool take(const char* text);
  void expect(const char* text, const std::string& what);
  void enter();
  [[noreturn]] void error(std::size_t offset, const std::string& text) const;
  [[noreturn]] void fail(const std::string& expected) const;
  [[noreturn]] void unknown(const char* what, const Token& token) const;
  void require_kind(const NodePointer& node, bool statement) const;
  [[nodiscard]] const Variable* find_variable(const std::string& name) const;
  Token new_name(const char* what);  ///< a name that is not taken

  [[nodiscard]] NodePointer combine(NodeKind kind, std::size_t offset, NodePointer left, NodePointer right);
  template <std::size_t kCount>
  const Operator* take_one_of(const Operator (&operators)[kCount]);
  template <std::size_t kCount>
  NodePointer chain(const Operator (&operators)[kCount], NodePointer (Grammar::*operand)());

  NodePointer disjunction();
  NodePointer conjunction();
  NodePointer comparison();
  NodePointer sum();
  NodePointer product();
  NodePointer signed_power();
  NodePointer power();
  NodePointer primary();
  NodePointer number();
  NodePointer name();
  std::vector<NodePointer> arguments(const std::string& function);
  NodePointer call(const Token& token, const Function& function);
  NodePointer binder(const Token& token, const Function& function);
  NodePointer inlined(const Token& token, const Definition& definition);
  NodePointer end_of_range();  ///< a number or inf or -inf
  Expression number_expression();
  Range range();
  void interval(Range& result);
  void integers(Range& result);

  std::shared_ptr<const Source> source_;
  std::shared_ptr<const std::string> text_;
  std::vector<Token> tokens_;
  std::vector<Variable> variables_;
  const Definitions& definitions_;
  NodeBuilder nodes_;
  std::size_t at_ = 0;
  int level_ = 0;
};

}  // namespace shatterproof::expression
