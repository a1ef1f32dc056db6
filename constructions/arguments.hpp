#pragma once
#include <map>
#include <string>
#include <vector>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof {

/// One parameter of a construction.
struct ParameterInfo {
  std::string name;
  std::string standard;  ///< value used when it is not given
  std::string expected;  ///< range and meaning in words
};

/// The values of k=v assignments, as text until a typed getter is asked. Every error is a PreconditionError that names
/// the construction, the key, the value and what was expected.
class Arguments {
 public:
  /// Throws for an assignment without '=', an unknown key or a key given twice.
  Arguments(std::string owner, std::vector<ParameterInfo> known, const std::vector<std::string>& assignments);

  [[nodiscard]] const std::string& text(const std::string& name) const;
  /// A whole number in [least, most]; "1e4" counts as one.
  [[nodiscard]] long integer(const std::string& name, long least, long most) const;
  [[nodiscard]] Rational rational(const std::string& name) const;
  [[nodiscard]] Rational positive(const std::string& name) const;
  [[nodiscard]] std::string choice(const std::string& name, const std::vector<std::string>& options) const;

  /// Throws the error for this key's value.
  [[noreturn]] void reject(const std::string& name) const;
  [[noreturn]] void reject(const std::string& name, const std::string& expected) const;

 private:
  std::string owner_;
  std::vector<ParameterInfo> known_;
  std::map<std::string, std::string> values_;
};

}  // namespace shatterproof
