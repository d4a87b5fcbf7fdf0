# Installs the packages of this folder's lock file into its build folder, once for each state of the file, and sets
# VARIABLE to a file that depends on them.
find_program(NODE node REQUIRED)
find_program(NPM npm REQUIRED)

function(npm_packages variable what_for)
  set(installed ${CMAKE_CURRENT_BINARY_DIR}/node_modules/.package-lock.json)
  add_custom_command(
    OUTPUT ${installed}
    COMMAND ${CMAKE_COMMAND} -E copy_if_different ${CMAKE_CURRENT_SOURCE_DIR}/package.json
      ${CMAKE_CURRENT_SOURCE_DIR}/package-lock.json ${CMAKE_CURRENT_BINARY_DIR}
    COMMAND ${NPM} ci --prefer-offline --ignore-scripts --no-audit --no-fund --silent
    COMMAND ${CMAKE_COMMAND} -E touch ${installed}
    DEPENDS package.json package-lock.json
    WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}
    COMMENT "Installing ${what_for}"
    VERBATIM)
  set(${variable} ${installed} PARENT_SCOPE)
endfunction()
