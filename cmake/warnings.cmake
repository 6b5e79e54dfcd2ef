# Our own code compiles without a warning; Qt, torch and QCustomPlot are system headers.
# -Wrestrict is off: GCC 12 sees overlaps in std::string concatenation where there are none (PR 105651).
add_library(normscope_warnings INTERFACE)
target_compile_options(normscope_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
