#include "shatterproof/certificate/certificate_text.hpp"

namespace shatterproof {

CertificateText::CertificateText(std::string_view kind) {
  text_ = "shatterproof-certificate 1 ";
  text_ += kind;
  text_ += '\n';
}

std::string CertificateText::finished() const {
  Integer number;
  mpz_import(number.get_mpz_t(), text_.size(), 1, 1, 1, 0, text_.data());
  const Integer checksum = number % Integer((Integer(1) << 127) - 1);
  return text_ + "end " + checksum.get_str() + "\n";
}

}  // namespace shatterproof
