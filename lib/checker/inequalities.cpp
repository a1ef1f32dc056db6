// Comparisons between exact rationals, for all values of integer variables in finite ranges.
#include "check.hpp"

namespace checker {
namespace {

constexpr std::size_t kMostBits = 1'000'000;   // of one number
constexpr std::size_t kMostWork = 20'000'000;  // words written and operations done in one certificate
constexpr int kDeepest = 200;

struct Variable {
  std::string name;
  long low, high, value;
};

struct Comparison {
  std::string label, left, relation, right;
  std::vector<Variable> variables;
};

/// SUM = TERM (("+" | "-") TERM)*, TERM = FACTOR (("*" | "/") FACTOR)*, FACTOR = "-" FACTOR | ATOM ["^" FACTOR],
/// ATOM = digits | variable | "(" SUM ")"; no blanks.
class Evaluator {
 public:
  Evaluator(const std::string& text, const std::vector<Variable>& variables, std::size_t& work)
      : text_(text), variables_(variables), work_(work) {}

  Rational value() {
    const Rational result = sum();
    if (next_ != text_.size()) refuse("an operator");
    return result;
  }

 private:
  [[noreturn]] void refuse(const char* expected) const {
    throw Rejected{"expression '" + text_.substr(0, 60) + "', character " + std::to_string(next_ + 1) + ": expected " +
                   expected};
  }
  [[nodiscard]] char peek() const { return next_ < text_.size() ? text_[next_] : '\0'; }
  bool take(char c) { return peek() == c && (++next_, true); }
  static std::size_t bits_of(const Rational& x) {
    return mpz_sizeinbase(x.get_num_mpz_t(), 2) + mpz_sizeinbase(x.get_den_mpz_t(), 2);
  }
  Rational counted(const Rational& x) {
    work_ += 8 + bits_of(x) / 64;
    if (bits_of(x) > kMostBits || work_ > kMostWork) refuse("smaller numbers or fewer operations");
    return x;
  }

  Rational sum() {
    Rational total = term();
    while (peek() == '+' || peek() == '-') {
      const bool plus = take('+') || !take('-');
      const Rational next = term();
      total = counted(plus ? Rational(total + next) : Rational(total - next));
    }
    return total;
  }
  Rational term() {
    Rational total = factor();
    while (peek() == '*' || peek() == '/') {
      const bool times = take('*') || !take('/');
      const Rational next = factor();
      if (!times && next == 0) refuse("a divisor other than 0");
      total = counted(times ? Rational(total * next) : Rational(total / next));
    }
    return total;
  }
  Rational factor() {
    if (++depth_ > kDeepest) refuse("less nesting");
    Rational result = take('-') ? Rational(-factor()) : atom();
    --depth_;
    return counted(result);
  }
  Rational atom() {
    Rational base = take('(') ? bracket() : number();
    return take('^') ? power(base, factor()) : base;
  }
  Rational bracket() {
    Rational result = sum();
    if (!take(')')) refuse("a closing bracket");
    return result;
  }
  Rational number() {
    const std::size_t start = next_;
    while (peek() >= '0' && peek() <= '9') ++next_;
    if (next_ > start) return Rational(Integer(text_.substr(start, next_ - start), 10));
    while ((peek() >= 'a' && peek() <= 'z') || (peek() >= 'A' && peek() <= 'Z')) ++next_;
    for (const Variable& variable : variables_)
      if (text_.compare(start, next_ - start, variable.name) == 0) return variable.value;
    next_ = start;
    refuse("a number, a variable or a bracket");
  }
  Rational power(const Rational& base, const Rational& exponent) {
    if (exponent.get_den() != 1 || abs(exponent) > static_cast<long>(kMostBits)) refuse("a small integer exponent");
    const std::size_t size = Integer(abs(exponent.get_num())).get_ui();
    if (exponent < 0 && base == 0) refuse("a base other than 0");
    if (bits_of(base) > 2 && bits_of(base) * size > kMostBits) refuse("a smaller power");  // else base is 0, 1 or -1
    Rational result;
    mpz_pow_ui(result.get_num_mpz_t(), base.get_num_mpz_t(), size);
    mpz_pow_ui(result.get_den_mpz_t(), base.get_den_mpz_t(), size);
    return exponent < 0 ? Rational(1 / result) : result;
  }

  const std::string& text_;
  const std::vector<Variable>& variables_;
  std::size_t& work_;
  std::size_t next_ = 0;
  int depth_ = 0;
};

bool holds(const Comparison& c, std::size_t& work) {
  const Rational left = Evaluator(c.left, c.variables, work).value();
  const Rational right = Evaluator(c.right, c.variables, work).value();
  if (c.relation == "<") return left < right;
  if (c.relation == "<=") return left <= right;
  return (left == right) == (c.relation == "=");
}

/// Goes on to the next choice of the variables; false after the last.
bool advance(std::vector<Variable>& variables) {
  for (Variable& v : variables) {
    if (v.value < v.high) return ++v.value, true;
    v.value = v.low;
  }
  return false;
}

Comparison read_comparison(Reader& in) {
  Comparison c;
  in.begin("statement");
  c.label = in.word("label");
  in.end();
  for (long k = in.count_line("variables", 0, 8); k > 0; --k) {
    in.begin("variable");
    Variable v{std::string(in.word("name")), 0, 0, 0};
    for (const Variable& other : c.variables)
      if (other.name == v.name) in.fail("name", v.name, "a name used once");
    v.low = v.value = in.count("from", -kLargestCount);
    v.high = in.count("to", v.low);
    in.end();
    c.variables.push_back(v);
  }
  in.begin("holds");
  c.left = in.word("left side"), c.relation = in.word("relation"), c.right = in.word("right side");
  if (c.relation != "<" && c.relation != "<=" && c.relation != "=" && c.relation != "!=")
    in.fail("relation", c.relation, "<, <=, = or !=");
  in.end();
  return c;
}

}  // namespace

Claim check_inequalities(Reader& in) {
  std::vector<Comparison> comparisons;
  for (long k = in.count_line("statements", 1); k > 0; --k) comparisons.push_back(read_comparison(in));
  in.finish();
  std::size_t work = 0;
  std::string data;
  for (Comparison& c : comparisons) {
    data += c.left + " " + c.relation + " " + c.right;
    for (const Variable& v : c.variables)
      data += ", all integers " + v.name + " from " + std::to_string(v.low) + " to " + std::to_string(v.high);
    data += "   [label, not checked: " + c.label + "]\n";
    do
      if (!holds(c, work)) {
        std::string where;
        for (const Variable& v : c.variables) where += " " + v.name + " = " + std::to_string(v.value);
        throw Rejected{"the statement labelled " + c.label + " is false" + where};
      }
    while (advance(c.variables));
  }
  return {"in exact rational arithmetic, these " + std::to_string(comparisons.size()) + " comparisons hold", data};
}

}  // namespace checker
