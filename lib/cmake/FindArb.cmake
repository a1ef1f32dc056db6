# Finds Arb (or FLINT 3, which contains it), FLINT, MPFR and GMP; Debian ships no config files for them.
# Defines the imported target Arb::Arb.
find_path(Arb_INCLUDE_DIR NAMES arb.h flint/arb.h)
find_path(Flint_INCLUDE_DIR NAMES flint/flint.h)
find_library(Arb_LIBRARY NAMES flint-arb arb)
find_library(Flint_LIBRARY NAMES flint)
find_library(Mpfr_LIBRARY NAMES mpfr)
find_library(Gmp_LIBRARY NAMES gmp)
find_library(Gmpxx_LIBRARY NAMES gmpxx)
if(NOT Arb_LIBRARY AND Arb_INCLUDE_DIR AND EXISTS "${Arb_INCLUDE_DIR}/flint/arb.h")
  set(Arb_LIBRARY ${Flint_LIBRARY}) # FLINT 3
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Arb REQUIRED_VARS
  Arb_LIBRARY Flint_LIBRARY Mpfr_LIBRARY Gmp_LIBRARY Gmpxx_LIBRARY Arb_INCLUDE_DIR Flint_INCLUDE_DIR)
if(Arb_FOUND AND NOT TARGET Arb::Arb)
  add_library(Arb::Arb INTERFACE IMPORTED)
  target_include_directories(Arb::Arb INTERFACE ${Arb_INCLUDE_DIR} ${Flint_INCLUDE_DIR} ${Flint_INCLUDE_DIR}/flint)
  target_link_libraries(Arb::Arb INTERFACE
    ${Arb_LIBRARY} ${Flint_LIBRARY} ${Mpfr_LIBRARY} ${Gmpxx_LIBRARY} ${Gmp_LIBRARY})
endif()
mark_as_advanced(Arb_INCLUDE_DIR Flint_INCLUDE_DIR Arb_LIBRARY Flint_LIBRARY Mpfr_LIBRARY Gmp_LIBRARY Gmpxx_LIBRARY)
