# `cpack` in a build folder makes a Debian package and a tarball that runs from any place. What is
# in them is what the install rules name. packaging/package.sh does all of it.
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_CONTACT "The Normscope developers <developers@normscope.org>")
set(CPACK_SYSTEM_NAME ${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES ON)
# Whatever the umask of whoever makes the package.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/before_packing.cmake)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PACKAGE_DESCRIPTION
"Normscope trains small networks that differ in their normalization alone, side
by side, on the handwritten digits of MNIST, and shows live what batch, layer,
group and instance normalization do. Every number of a normalization is a cell
of a sheet that can be changed; every misread digit can be looked at; and what
is said of a difference is said with its test.
.
The images and a run of 20 epochs come with it. The same program works from the
command line, without a display.")
# The libraries that the program is linked with come from dpkg-shlibdeps. These are looked for when
# it runs:
# - LibTorch takes what the alternative libblas.so.3 is, and is content with the reference BLAS,
#   many times slower. Of all in Debian 12 this OpenBLAS has the highest priority (100; the
#   reference BLAS has 10), so to have it installed is to have it used, unless somebody chose by
#   hand.
# - The typeface of the window, and the one for every other character.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR})  # the program's own
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libopenblas0-pthread, fonts-roboto-unhinted, fonts-dejavu-core")
# A window on desktops without X11.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS qt6-wayland)

include(CPack)
