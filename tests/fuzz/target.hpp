#pragma once
#include <filesystem>
#include <string>
#include <vector>

// What is fuzzed. A program links one source that defines all of this: parsers.cpp or checker.cpp.

/// Feeds the text to what is tested. Whatever comes must end as it documents; anything else ends the program.
void try_text(const std::string& text);

/// How the replay changes texts.
struct Mutations {
  std::vector<std::string> words;   ///< that are inserted
  int first_byte = 0, bytes = 256;  ///< a byte is replaced by one of these
};
const Mutations& mutations();

/// Texts inside a seed that are seeds of their own.
std::vector<std::string> texts_within(const std::filesystem::path& seed, const std::filesystem::path& folder);
