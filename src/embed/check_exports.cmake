# Fails unless the functions that LIBRARY exports are those that HEADER declares.
execute_process(COMMAND ${NM} --dynamic --defined-only --format=posix ${LIBRARY}
  OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" lines "${symbols}")
foreach(line IN LISTS lines)
  string(REGEX REPLACE "[ @].*" "" name "${line}")
  list(APPEND exported ${name})
endforeach()

file(READ ${HEADER} text)
string(REGEX MATCHALL "WRIT_API [^;]*[ *]writ_[a-z_]+\\(" declarations "${text}")
foreach(declaration IN LISTS declarations)
  string(REGEX MATCH "writ_[a-z_]+\\($" name "${declaration}")
  string(REPLACE "(" "" name "${name}")
  list(APPEND declared ${name})
endforeach()

list(SORT exported)
list(SORT declared)
if(NOT exported STREQUAL declared)
  message(FATAL_ERROR "exported: ${exported}\ndeclared: ${declared}")
endif()
