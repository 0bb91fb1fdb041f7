# Embeds pages of the manual, so that `help` can print what they say.
#
#   xmppfed_embed_manual(TARGET NAME...)     man/NAME.mdoc
#
# cli/terminal/manual_source.hpp declares what is made.
#
# Run as a script (cmake -P), this file writes that source: DIRECTORY, PAGES (parted by commas) and OUTPUT are given
# with -D.

include_guard(GLOBAL)

function(xmppfed_embed_manual target)
  set(output "${PROJECT_BINARY_DIR}/generated/cli/manual_source.cpp")
  set(script "${CMAKE_CURRENT_FUNCTION_LIST_FILE}")
  set(directory "${PROJECT_SOURCE_DIR}/man")
  list(TRANSFORM ARGN REPLACE "(.+)" "${directory}/\\1.mdoc" OUTPUT_VARIABLE files)
  list(JOIN ARGN "," pages)
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DDIRECTORY=${directory}" "-DPAGES=${pages}" "-DOUTPUT=${output}" -P "${script}"
    DEPENDS ${files} "${script}"
    COMMENT "Embedding the manual"
    VERBATIM)
  set_source_files_properties("${output}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)  # not there before a build
  target_sources(${target} PRIVATE "${output}")
endfunction()

function(xmppfed_write_manual directory pages output)
  set(rows "")
  string(REPLACE "," ";" pages "${pages}")
  foreach(page IN LISTS pages)
    file(READ "${directory}/${page}.mdoc" text)
    string(FIND "${text}" ")~mdoc~\"" collision)
    if(NOT collision EQUAL -1)
      message(FATAL_ERROR "${page}.mdoc: contains the delimiter of the string literal it would be put in")
    endif()
    string(LENGTH "${text}" length)
    if(length GREATER 60000)  # compilers need to take string literals of 65,536 characters only
      message(FATAL_ERROR "${page}.mdoc: ${length} characters do not fit into one string literal; split the file")
    endif()
    string(APPEND rows "    if (page == \"${page}\") {\n        return R\"~mdoc~(${text})~mdoc~\";\n    }\n")
  endforeach()
  file(WRITE "${output}"
"// Generated from man/. Do not edit.

#include \"cli/terminal/manual_source.hpp\"

namespace xmppfed::cli {

std::string_view manual_source(std::string_view page) {
${rows}    return {};
}

}  // namespace xmppfed::cli
")
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  xmppfed_write_manual("${DIRECTORY}" "${PAGES}" "${OUTPUT}")
endif()
