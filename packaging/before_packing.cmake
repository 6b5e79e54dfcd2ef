# Run by cpack before it packs what was installed into CPACK_TEMPORARY_DIRECTORY.
if(CPACK_GENERATOR STREQUAL DEB)
    # Debian's own copy is at /usr/share/common-licenses/GPL-3, and the file copyright names it.
    file(REMOVE ${CPACK_TEMPORARY_DIRECTORY}/usr/share/doc/normscope/LICENSE)
endif()
