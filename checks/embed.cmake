# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Compiles text files in, each as one row {name without extension, text} of a
# table. Included: defines pool_tidy_embed(). With -P: writes the source file.

if(CMAKE_SCRIPT_MODE_FILE)
  set(Text "// Written by checks/embed.cmake.\n#include \"${Header}\"\n\n")
  string(APPEND Text "namespace ${Namespace} {\n\n")
  string(APPEND Text "llvm::ArrayRef<${Row}> ${Function}() {\n")
  # The last row is never seen; an array without rows is no C++.
  string(APPEND Text "  static constexpr ${Row} Table[] = {\n")
  file(GLOB Files ${Pattern})
  list(SORT Files)
  foreach(File IN LISTS Files)
    get_filename_component(Name ${File} NAME_WE)
    file(READ ${File} Content)
    # A compiler need not take string literals of more than 64 KiB; what is
    # embedded here is far below that.
    string(APPEND Text "      {\"${Name}\", R\"__text(${Content})__text\"},\n")
  endforeach()
  string(APPEND Text "      {\"\", \"\"}};\n")
  string(APPEND Text "  return llvm::ArrayRef<${Row}>(Table).drop_back();\n}\n\n")
  string(APPEND Text "} // namespace ${Namespace}\n")
  file(WRITE ${Output} "${Text}")
  return()
endif()

# Sets OUT to a generated source that defines
# `llvm::ArrayRef<ROW> NAMESPACE::FUNCTION()`, declared in HEADER, with the
# files that match PATTERN in the order of their names.
function(pool_tidy_embed Out Pattern Header Namespace Row Function)
  set(Script ${PROJECT_SOURCE_DIR}/checks/embed.cmake)
  set(Generated ${PROJECT_BINARY_DIR}/generated/${Function}.cpp)
  file(GLOB Files CONFIGURE_DEPENDS ${Pattern})
  add_custom_command(OUTPUT ${Generated}
    COMMAND ${CMAKE_COMMAND} -DPattern=${Pattern} -DHeader=${Header}
            -DNamespace=${Namespace} -DRow=${Row} -DFunction=${Function}
            -DOutput=${Generated} -P ${Script}
    DEPENDS ${Files} ${Script}
    COMMENT "Embedding ${Pattern}" VERBATIM)
  set(${Out} ${Generated} PARENT_SCOPE)
endfunction()
