# Copies the public headers from SOURCE_DIR to PREFIX_DIR; quoted includes get the prefix that they are installed under.
file(GLOB_RECURSE headers RELATIVE ${SOURCE_DIR} ${SOURCE_DIR}/policies/*.hpp)
list(APPEND headers scenarios/loading/stacks.hpp scenarios/format/diagnostics.hpp)
foreach(header IN LISTS headers)
  file(READ ${SOURCE_DIR}/${header} text)
  string(REGEX REPLACE "#include \"((policies|scenarios)/[^\"]+)\"" "#include <stampede/\\1>" text "${text}")
  file(WRITE ${PREFIX_DIR}/${header} "${text}")
  list(APPEND CMAKE_INSTALL_MANIFEST_FILES ${PREFIX_DIR}/${header})
endforeach()
