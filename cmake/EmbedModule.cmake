# Embeds the module for Prosody, so that `render prosody` can write it beside the policy that it enforces.
#
#   xmppfed_embed_module(TARGET FILE)
#
# app/render/enforcement_module.hpp declares what is made.
#
# Run as a script (cmake -P), this file writes that source: FILE and OUTPUT are given with -D.

include_guard(GLOBAL)

function(xmppfed_embed_module target file)
  set(output "${PROJECT_BINARY_DIR}/generated/app/enforcement_module.cpp")
  set(script "${CMAKE_CURRENT_FUNCTION_LIST_FILE}")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DFILE=${file}" "-DOUTPUT=${output}" -P "${script}"
    DEPENDS "${file}" "${script}"
    COMMENT "Embedding the module for Prosody"
    VERBATIM)
  set_source_files_properties("${output}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)  # not there before a build
  target_sources(${target} PRIVATE "${output}")
endfunction()

function(xmppfed_write_module file output)
  file(READ "${file}" text)
  string(FIND "${text}" ")~lua~\"" collision)
  if(NOT collision EQUAL -1)
    message(FATAL_ERROR "${file}: contains the delimiter of the string literal it would be put in")
  endif()
  string(LENGTH "${text}" length)
  if(length GREATER 60000)  # compilers need to take string literals of 65,536 characters only
    message(FATAL_ERROR "${file}: ${length} characters do not fit into one string literal; split the file")
  endif()
  file(WRITE "${output}"
"// Generated from servers/prosody. Do not edit.

#include \"app/render/enforcement_module.hpp\"

namespace xmppfed::app {

std::string_view prosody_module() {
    return R\"~lua~(${text})~lua~\";
}

}  // namespace xmppfed::app
")
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  xmppfed_write_module("${FILE}" "${OUTPUT}")
endif()
