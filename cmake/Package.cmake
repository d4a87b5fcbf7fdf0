# What `cmake --install` and CPack give to other projects: the policy library, and reading policies from files.
#
#     find_package(Stampede COMPONENTS policies loading)    → Stampede::policies, Stampede::loading
#     pkg-config --cflags --libs stampede-policies           (stampede-loading)
#
# A room becomes a component by one line, below. All of it is the install component `library`.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Stampede)
set(package_components "")

# component(NAME TARGET REQUIRES LIBS DESCRIPTION): REQUIRES are pkg-config modules.
function(component name target requires libs description)
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  add_library(Stampede::${name} ALIAS ${target})
  target_include_directories(${target} INTERFACE
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}> $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/include>)
  install(TARGETS ${target} EXPORT Stampede-${name} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library)
  install(EXPORT Stampede-${name} NAMESPACE Stampede:: DESTINATION ${package_dir} FILE Stampede-${name}.cmake
    COMPONENT library)
  file(RELATIVE_PATH prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/stampede.pc.in ${PROJECT_BINARY_DIR}/stampede-${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/stampede-${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
    COMPONENT library)
  set(package_components ${package_components} ${name} PARENT_SCOPE)
endfunction()

component(policies stampede_policies "" "-lstampede_policies -pthread"
  "Resilience policies: timeouts, retries, circuit breakers, bulkheads, fallbacks")
component(loading stampede_scenarios "stampede-policies fmt" "-lstampede_scenarios"
  "Reads stacks of resilience policies from JSON files")
if(TARGET stampede_asio)
  component(asio stampede_asio "stampede-policies" "" "Runs resilience policies in an Asio event loop")
endif()

# Headers say "policies/…" to each other; installed they must say <stampede/policies/…>, so that no project has to put
# a folder with names as common as these into its include path. See docs/decisions/0008-headers-are-rewritten.md.
install(CODE "
  set(PREFIX_DIR \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_INCLUDEDIR}/stampede\")
  set(SOURCE_DIR \"${PROJECT_SOURCE_DIR}\")
  include(\"${PROJECT_SOURCE_DIR}/cmake/InstallHeaders.cmake\")" COMPONENT library)

configure_package_config_file(cmake/StampedeConfig.cmake.in ${PROJECT_BINARY_DIR}/StampedeConfig.cmake
  INSTALL_DESTINATION ${package_dir})
# Before 1.0 a new minor version may change anything.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/StampedeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/StampedeConfig.cmake ${PROJECT_BINARY_DIR}/StampedeConfigVersion.cmake
  DESTINATION ${package_dir} COMPONENT library)

set(CPACK_PACKAGE_NAME libstampede-dev)
set(CPACK_PACKAGE_VENDOR "Stampede")
set(CPACK_PACKAGE_CONTACT "Stampede maintainers <maintainers@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "resilience policies for C++20: retry, circuit breaker, timeout and more")
set(CPACK_PACKAGE_DESCRIPTION
  "Timeouts, retries with backoff and jitter, circuit breakers, bulkheads and\nfallbacks around any function, with metrics, and settings that can be swapped\nwhile calls run. The same code runs in the Stampede simulator.")
set(CPACK_COMPONENTS_ALL library)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libstdc++-12-dev | libstdc++-dev, libfmt-dev, nlohmann-json3-dev")
set(CPACK_GENERATOR DEB)
include(CPack)
