#pragma once
#include <string>

/// Feeds the text to the checker of certificates, as it is and with the checksum made right. Whatever comes must end in
/// one of its three answers, in the form that it documents; anything else ends the program.
void try_checker(const std::string& text);
