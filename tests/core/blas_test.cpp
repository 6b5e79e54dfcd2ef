#include "core/blas.h"

#include <gmock/gmock.h>

namespace normscope {
namespace {

const std::string kDebian = "/usr/lib/x86_64-linux-gnu/";

TEST(BlasAmong, TellsTheReferenceFromFasterOnes) {
    const std::string reference = kDebian + "blas/libblas.so.3.11.0";
    for (const std::string& fast :
         {kDebian + "openblas-pthread/libblas.so.3", kDebian + "blis-openmp/libblas.so.4",
          kDebian + "atlas/libblas.so.3.10.3", kDebian + "libmkl_rt.so"}) {
        const Blas blas = blasAmong({"/usr/bin/normscope", kDebian + "libc.so.6", fast});
        EXPECT_EQ(blas.kind, Blas::Kind::Fast) << fast;
        EXPECT_EQ(blas.file, fast);
    }
    const Blas blas = blasAmong({kDebian + "libtorch_cpu.so.1.13.0", reference});
    EXPECT_EQ(blas.kind, Blas::Kind::Reference);
    EXPECT_EQ(blas.file, reference);
}

/// OpenBLAS may be there for LAPACK alone: who asks for libblas gets the reference all the same.
TEST(BlasAmong, GoesByTheOneThatIsAskedFirst) {
    const Blas blas = blasAmong(
        {kDebian + "openblas-pthread/libopenblas.so.0", kDebian + "blas/libblas.so.3.11.0"});
    EXPECT_EQ(blas.kind, Blas::Kind::Reference);
}

TEST(BlasAmong, MayBeLinkedInOrMissing) {
    EXPECT_EQ(blasAmong({}).kind, Blas::Kind::None);
    EXPECT_EQ(blasAmong({kDebian + "libtorch_cpu.so.1.13.0"}).kind, Blas::Kind::None);
    const Blas blas = blasAmong({"/opt/lib/libopenblas.so.0"});
    EXPECT_EQ(blas.kind, Blas::Kind::Fast);
    EXPECT_EQ(blas.file, "/opt/lib/libopenblas.so.0");
}

/// These tests use LibTorch, so something is loaded; and nothing is a symbolic link.
TEST(LoadedLibraries, AreFilesThatComputeMatrixProducts) {
    const std::vector<std::string> libraries = loadedLibraries();
    EXPECT_THAT(libraries, ::testing::Contains(::testing::HasSubstr("libtorch_cpu.so")));
    EXPECT_NE(blasAmong(libraries).kind, Blas::Kind::None);
}

}  // namespace
}  // namespace normscope
