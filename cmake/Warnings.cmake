# xmppfed_warnings: what our own sources must pass. Each flag is probed, so that a compiler that does not
# know one still builds. Errors only with XMPPFED_WERROR: a newer compiler never breaks a user's build.

include_guard(GLOBAL)
include(CheckCXXCompilerFlag)

add_library(xmppfed_warnings INTERFACE)

# Not here, on purpose: -Wnull-dereference (false positives inside libstdc++ once it is inlined) and
# -Wuseless-cast (fires on casts between types that are the same on one platform only).
foreach(flag IN ITEMS
    -Wall
    -Wextra
    -Wpedantic
    -Wconversion
    -Wsign-conversion
    -Wshadow
    -Wformat=2
    -Wimplicit-fallthrough
    -Wnon-virtual-dtor
    -Wold-style-cast
    -Wcast-qual
    -Wcast-align
    -Woverloaded-virtual
    -Wundef
    -Wswitch-enum
    -Wextra-semi
    -Wunused-const-variable
    -Wduplicated-cond
    -Wduplicated-branches
    -Wlogical-op
    -Wtrampolines)
  string(MAKE_C_IDENTIFIER "XMPPFED_HAS${flag}" probe)
  check_cxx_compiler_flag("${flag}" ${probe})
  if(${probe})
    target_compile_options(xmppfed_warnings INTERFACE "${flag}")
  endif()
endforeach()

# Where files are compiled as one, the names of each do not matter to its neighbours.
target_compile_options(xmppfed_warnings INTERFACE "$<$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>:-Wno-shadow>")

if(XMPPFED_WERROR)
  target_compile_options(xmppfed_warnings INTERFACE -Werror)
endif()
