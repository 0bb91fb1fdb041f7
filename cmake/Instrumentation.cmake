# xmppfed_instrumentation: sanitizers and coverage. Empty in an ordinary build.

include_guard(GLOBAL)

add_library(xmppfed_instrumentation INTERFACE)

if(XMPPFED_SANITIZE)
  if(XMPPFED_STATIC_LIBS)
    message(FATAL_ERROR "XMPPFED_SANITIZE and XMPPFED_STATIC_LIBS do not go together")
  endif()
  set(flags -fsanitize=${XMPPFED_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(xmppfed_instrumentation INTERFACE ${flags})
  target_link_options(xmppfed_instrumentation INTERFACE ${flags})
endif()

if(XMPPFED_COVERAGE)
  target_compile_options(xmppfed_instrumentation INTERFACE --coverage -fprofile-abs-path)
  target_link_options(xmppfed_instrumentation INTERFACE --coverage)
endif()
