#pragma once
#include <map>
#include <string>

#include "shatterproof/report/document.hpp"

namespace shatterproof::report {

/// The files of a folder for a paper, by their names: shatterproof.tex, to be read with one \input, which holds every
/// table and the main figures; each table and each figure alone as table-NAME.tex and figure-NAME.tex; and
/// formulas.tex, the formal statements. They compile with plain pdflatex; the first lines of each name the packages for
/// the preamble. The same document gives the same bytes.
[[nodiscard]] std::map<std::string, std::string> latex_files(const Document& document);

/// BibTeX entries of the program, of the paper, and of what the notes of this document cite.
[[nodiscard]] std::string bibtex_of(const Document& document);

}  // namespace shatterproof::report
