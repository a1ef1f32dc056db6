// The page's bytes, taken in by the assembler; CMake names the folder and rebuilds this file when the page changes.
#include "shatterproof/report/page.hpp"

__asm__(
    ".section .rodata\n"
    ".global shatterproof_page_begin\n"
    ".hidden shatterproof_page_begin\n"
    ".global shatterproof_page_end\n"
    ".hidden shatterproof_page_end\n"
    "shatterproof_page_begin:\n"
    ".incbin \"page.html\"\n"
    "shatterproof_page_end:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" const char shatterproof_page_begin[], shatterproof_page_end[];

namespace shatterproof::report {

std::string_view page_asset() {
  return {shatterproof_page_begin, static_cast<std::size_t>(shatterproof_page_end - shatterproof_page_begin)};
}

}  // namespace shatterproof::report
