# Install and export: a separate project can find_package(shatterproof) and link shatterproof::<module>.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

get_property(modules GLOBAL PROPERTY SHATTERPROOF_MODULES)
install(TARGETS ${modules} EXPORT shatterproof ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS shatterproof_program shatterproof-check RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY lib/shatterproof DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(DIRECTORY constructions DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(DIRECTORY proofs_notes DESTINATION ${CMAKE_INSTALL_DATADIR}/shatterproof)
# Completion scripts and manual pages, made by the target shatterproof_share; the checker's page is written by hand.
install(DIRECTORY ${PROJECT_BINARY_DIR}/tools/share/ DESTINATION ${CMAKE_INSTALL_DATADIR})
install(FILES lib/checker/shatterproof-check.1 DESTINATION ${CMAKE_INSTALL_DATADIR}/man/man1)
install(FILES LICENSE lib/shatterproof/report/report.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/shatterproof)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/shatterproof)
install(EXPORT shatterproof NAMESPACE shatterproof:: FILE shatterproof-targets.cmake DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/shatterproof-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES lib/cmake/shatterproof-config.cmake lib/cmake/FindArb.cmake
              ${PROJECT_BINARY_DIR}/shatterproof-config-version.cmake
        DESTINATION ${package_dir})
