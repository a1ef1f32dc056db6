#pragma once
#include <catch2/catch.hpp>
#include <cstdlib>

#include "temporary_folder.hpp"
#include "tools/run_program.hpp"

/// Compiles the body as a document with the packages that the files name; nothing where there is no pdflatex.
inline void check_compiles(const TemporaryFolder& folder, const std::string& body) {
  const char* pdflatex = std::getenv("SHATTERPROOF_PDFLATEX");
  if (pdflatex == nullptr) {
    WARN("no pdflatex: not compiled");
    return;
  }
  folder.write("main.tex",
               "\\documentclass{article}\n"
               "\\usepackage{textcomp,amsmath,array,booktabs,longtable,graphicx,siunitx,pgfplots}\n"
               "\\pgfplotsset{compat=1.17}\n\\begin{document}\nText.\n" +
                   body + "\n\\end{document}\n");
  const Run run = run_program("-interaction=nonstopmode -halt-on-error -output-directory '" + folder.path.string() +
                                  "' '" + (folder.path / "main.tex").string() + "'",
                              "env' 'TEXINPUTS=" + folder.path.string() + ":' '" + pdflatex);
  INFO(run.out.substr(run.out.size() - std::min<std::size_t>(run.out.size(), 3000)));
  CHECK(run.exit_code == 0);
  CHECK(std::filesystem::exists(folder.path / "main.pdf"));
}

/// Holds the JSON text against report.schema.json; nothing where there is no jsonschema.
inline Run check_schema(const std::string& json) {
  const char* python = std::getenv("SHATTERPROOF_SCHEMA_PYTHON");
  const char* source = std::getenv("SHATTERPROOF_SOURCE");
  REQUIRE(source != nullptr);
  if (python == nullptr) {
    WARN("no jsonschema: not validated");
    return {0, "", ""};
  }
  const TemporaryFolder folder;
  folder.write("report.json", json);
  return run_program("'" + std::string(source) + "/tests/report/validate.py' '" + std::string(source) +
                         "/lib/shatterproof/report/report.schema.json' '" + (folder.path / "report.json").string() +
                         "'",
                     python);
}
