#pragma once
#include <string>
#include <string_view>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof {

/// The text of a certificate in the making: lines of a keyword and fields (proofs_notes/certificate_format.md).
class CertificateText {
 public:
  explicit CertificateText(std::string_view kind);

  template <class... Fields>
  void line(std::string_view keyword, const Fields&... fields) {
    begin(keyword);
    (field(fields), ...);
    end();
  }
  /// A line of many fields.
  void begin(std::string_view keyword) { text_ += keyword; }
  void field(const Rational& x) { append(to_text_exact(x)); }
  void field(const Integer& x) { append(x.get_str()); }
  void field(long x) { append(std::to_string(x)); }
  void field(const std::string& word) { append(word); }
  void end() { text_ += '\n'; }

  /// The whole certificate, its checksum at the end.
  [[nodiscard]] std::string finished() const;

 private:
  void append(const std::string& field) { text_ += ' ', text_ += field; }
  std::string text_;
};

}  // namespace shatterproof
