# NORMSCOPE_SANITIZE is what the presets asan and tsan set: a list for -fsanitize=.
set(NORMSCOPE_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize= takes them")
if(NORMSCOPE_SANITIZE)
    add_compile_options(-fsanitize=${NORMSCOPE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${NORMSCOPE_SANITIZE})
endif()
