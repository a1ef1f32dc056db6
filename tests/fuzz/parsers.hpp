#pragma once
#include <string>

/// Feeds the text to the reader of notes, the parsers of expressions and the readers of networks. Malformed text must
/// end in the errors that they document; anything else (another exception, a claim out of place, a crash) ends the
/// program.
void try_parsers(const std::string& text);
