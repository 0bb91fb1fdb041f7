# Embeds the completion scripts, so that `xmppfed completion SHELL` prints the one that belongs to it.
#
#   xmppfed_embed_completions(TARGET)
#
# cli/line/completion_scripts.hpp declares what is made.

include_guard(GLOBAL)

function(xmppfed_embed_completions target)
  set(directory "${PROJECT_SOURCE_DIR}/completions")
  foreach(shell IN ITEMS bash zsh fish)
    set(file "${directory}/xmppfed.${shell}")
    if(shell STREQUAL zsh)
      set(file "${directory}/_xmppfed")
    endif()
    file(READ "${file}" XMPPFED_COMPLETION_${shell})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  endforeach()
  set(output "${PROJECT_BINARY_DIR}/generated/completion_scripts.cpp")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/completion_scripts.cpp.in" "${output}" @ONLY)
  target_sources(${target} PRIVATE "${output}")
endfunction()
