#include "shatterproof/report/formula.hpp"

#include <functional>
#include <map>
#include <set>

#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/parser.hpp"

namespace shatterproof::report {
namespace {

using expression::Node;
using expression::NodeKind;
using expression::NodePointer;

/// How tightly a node binds; an operand that binds less than its place asks for is put in brackets.
enum Binding { kOr, kAnd, kComparison, kSum, kProduct, kSign, kPower, kAtom };

const std::map<std::string, std::string>& greek() {
  static const std::map<std::string, std::string> letters{
      {"alpha", "\\alpha"}, {"beta", "\\beta"},   {"gamma", "\\gamma"}, {"delta", "\\delta"},   {"eps", "\\varepsilon"},
      {"eta", "\\eta"},     {"theta", "\\theta"}, {"kappa", "\\kappa"}, {"lambda", "\\lambda"}, {"mu", "\\mu"},
      {"rho", "\\rho"},     {"sigma", "\\sigma"}, {"tau", "\\tau"},     {"phi", "\\varphi"},    {"psi", "\\psi"},
      {"omega", "\\omega"}, {"pi", "\\pi"}};
  return letters;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The exponent if the number is a power of ten from 10^5 on; 0 otherwise.
long power_of_ten(const Integer& number) {
  const std::string text = number.get_str();
  const bool is_power = text.size() > 5 && text[0] == '1' && text.find_first_not_of('0', 1) == std::string::npos;
  return is_power ? static_cast<long>(text.size()) - 1 : 0;
}

std::string integer_text(const Integer& number) {
  const long exponent = power_of_ten(number);
  return exponent > 0 ? "10^{" + std::to_string(exponent) + "}" : number.get_str();
}

std::string number_text(const Rational& number) {
  const Integer& bottom = number.get_den();
  if (bottom == 1) return integer_text(number.get_num());
  if (const long exponent = power_of_ten(bottom); exponent > 0 && number.get_num() == 1)
    return "10^{-" + std::to_string(exponent) + "}";
  return "\\tfrac{" + number.get_num().get_str() + "}{" + integer_text(bottom) + "}";
}

std::string bracketed(const std::string& text) { return "\\left(" + text + "\\right)"; }

class Printer {
 public:
  std::string print(const NodePointer& node) { return text(*node); }

 private:
  static Binding binding(const Node& node) {
    switch (node.kind) {
      case NodeKind::disjunction:
        return kOr;
      case NodeKind::conjunction:
        return kAnd;
      case NodeKind::less:
      case NodeKind::less_or_equal:
      case NodeKind::greater:
      case NodeKind::greater_or_equal:
      case NodeKind::equal:
        return kComparison;
      case NodeKind::add:
      case NodeKind::subtract:
        return kSum;
      case NodeKind::multiply:
      case NodeKind::sum:
      case NodeKind::product:
      case NodeKind::integral:
        return kProduct;
      case NodeKind::negate:
        return kSign;
      case NodeKind::divide:  // a fraction needs brackets under an exponent only
      case NodeKind::power:
        return kPower;
      case NodeKind::number:
        return number_binding(node.number);
      case NodeKind::call:  // n!! would be another function
        return is_factorial(node) ? kPower : kAtom;
      default:
        return kAtom;
    }
  }
  static bool is_factorial(const Node& node) { return node.function != nullptr && node.function->name == "factorial"; }
  static Binding number_binding(const Rational& number) {
    if (number < 0) return kSign;
    return number.get_den() == 1 && power_of_ten(number.get_num()) == 0 ? kAtom : kPower;
  }

  std::string operand(const Node& node, std::size_t i, Binding least) {
    const Node& inner = *node.operands[i];
    return binding(inner) < least ? bracketed(text(inner)) : text(inner);
  }

  std::string infix(const Node& node, const char* sign, Binding left, Binding right) {
    return operand(node, 0, left) + sign + operand(node, 1, right);
  }

  static bool is_open(const Node& node) {
    return node.binds() ||
           ((node.kind == NodeKind::multiply || node.kind == NodeKind::negate) && is_open(*node.operands.back()));
  }

  /// A dot where two numbers would meet; a thin space otherwise. What follows a sum would seem to belong to its body.
  std::string product(const Node& node) {
    const Node &first = *node.operands[0], &second = *node.operands[1];
    const std::string left = is_open(first) ? bracketed(text(first)) : operand(node, 0, kProduct);
    const std::string right = second.binds() ? text(second) : operand(node, 1, kSign);
    const bool digits = !right.empty() && (is_digit(right[0]) || right.rfind("10^", 0) == 0 || right[0] == '-');
    return left + (digits || right.rfind("\\tfrac", 0) == 0 ? " \\cdot " : "\\,") + right;
  }

  std::string power(const Node& node) {
    const Node& exponent = *node.operands[1];
    return operand(node, 0, kAtom) + "^{" + text(exponent) + "}";
  }

  /// a < b and b < c is written a < b < c, as authors write it.
  std::string conjunction(const Node& node) {
    const Node &left = *node.operands[0], &right = *node.operands[1];
    const Node& last = left.kind == NodeKind::conjunction ? *left.operands[1] : left;
    if (binding(right) == kComparison && binding(last) == kComparison && last.operands[1] == right.operands[0])
      return text(left) + relation(right.kind) + operand(right, 1, kSum);
    return infix(node, "\\ \\text{ and }\\ ", kAnd, kAnd);
  }

  static const char* relation(NodeKind kind) {
    switch (kind) {
      case NodeKind::less:
        return " < ";
      case NodeKind::less_or_equal:
        return " \\le ";
      case NodeKind::greater:
        return " > ";
      case NodeKind::greater_or_equal:
        return " \\ge ";
      default:
        return " = ";
    }
  }

  std::string binder(const Node& node) {
    const std::string name = latex_name(node.name), first = text(*node.operands[0]), last = text(*node.operands[1]);
    if (node.kind == NodeKind::integral)
      return "\\int_{" + first + "}^{" + last + "} " + operand(node, 2, kProduct) + "\\,\\mathrm{d}" + name;
    return std::string(node.kind == NodeKind::sum ? "\\sum" : "\\prod") + "_{" + name + "=" + first + "}^{" + last +
           "} " + operand(node, 2, kProduct);
  }

  std::string arguments(const Node& node) {
    std::string list;
    for (const NodePointer& argument : node.operands) list += (list.empty() ? "" : ", ") + text(*argument);
    return list;
  }

  std::string call(const Node& node) {
    const std::string name = node.function != nullptr ? node.function->name : node.name;
    if (node.operands.empty()) return latex_name(name);
    const std::string list = arguments(node);
    static const std::map<std::string, std::pair<const char*, const char*>> around{
        {"sqrt", {"\\sqrt{", "}"}},
        {"abs", {"\\left|", "\\right|"}},
        {"floor", {"\\left\\lfloor ", "\\right\\rfloor"}},
        {"ceil", {"\\left\\lceil ", "\\right\\rceil"}}};
    static const std::set<std::string> known{"exp", "log", "sin", "cos", "tanh", "min", "max"};
    static const std::map<std::string, const char*> renamed{{"gamma", "\\Gamma"},
                                                            {"beta", "\\mathrm{B}"},
                                                            {"asin", "\\arcsin"},
                                                            {"acos", "\\arccos"},
                                                            {"atan", "\\arctan"}};
    if (node.function != nullptr) {
      if (const auto f = around.find(name); f != around.end()) return f->second.first + list + f->second.second;
      if (name == "binomial") return "\\binom{" + text(*node.operands[0]) + "}{" + text(*node.operands[1]) + "}";
      if (is_factorial(node)) return operand(node, 0, kAtom) + "!";
      if (known.count(name) != 0) return "\\" + name + bracketed(list);
      if (const auto f = renamed.find(name); f != renamed.end()) return f->second + bracketed(list);
    }
    return latex_name(name) + "(" + list + ")";
  }

  std::string text(const Node& node) {
    switch (node.kind) {
      case NodeKind::number:
        return number_text(node.number);
      case NodeKind::variable:
        return latex_name(node.name);
      case NodeKind::infinity:
        return "\\infty";
      case NodeKind::call:
        return call(node);
      case NodeKind::negate:
        return "-" + operand(node, 0, kProduct);
      case NodeKind::add:
        return infix(node, " + ", kSum, kProduct);
      case NodeKind::subtract:
        return infix(node, " - ", kSum, kProduct);
      case NodeKind::multiply:
        return product(node);
      case NodeKind::divide:
        return "\\frac{" + text(*node.operands[0]) + "}{" + text(*node.operands[1]) + "}";
      case NodeKind::power:
        return power(node);
      case NodeKind::sum:
      case NodeKind::product:
      case NodeKind::integral:
        return binder(node);
      case NodeKind::conjunction:
        return conjunction(node);
      case NodeKind::disjunction:
        return infix(node, "\\ \\text{ or }\\ ", kOr, kAnd);
      default:
        return infix(node, relation(node.kind), kSum, kSum);
    }
  }
};

}  // namespace

std::string latex_name(const std::string& full) {
  const std::string name = full.substr(0, full.find('\''));
  std::size_t digits = name.size();
  while (digits > 0 && is_digit(name[digits - 1])) --digits;
  const std::string stem = name.substr(0, digits), index = name.substr(digits);
  std::string text;
  if (const auto letter = greek().find(stem); letter != greek().end())
    text = letter->second;
  else if (stem.size() == 1 && stem != "_")
    text = stem;
  if (!text.empty()) return index.empty() ? text : text + "_{" + index + "}";
  for (const char c : name) text += c == '_' ? "\\_" : std::string(1, c);
  return "\\operatorname{" + text + "}";
}

std::string latex_of(const NodePointer& node) { return Printer().print(node); }

}  // namespace shatterproof::report
