#include "core/kernels/image_group.h"

#include <sys/mman.h>

#include <cstdlib>

namespace normscope::kernels {
namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20;

}  // namespace

void* LargeObject::operator new(std::size_t size, std::align_val_t /*alignment*/) {
    const std::size_t rounded = (size + kLargePage - 1) / kLargePage * kLargePage;
    void* memory = std::aligned_alloc(kLargePage, rounded);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
#ifdef MADV_HUGEPAGE
    ::madvise(memory, rounded, MADV_HUGEPAGE);  // a wish: refused, it is slower and no more
#endif
    return memory;
}

void LargeObject::operator delete(void* memory, std::align_val_t /*alignment*/) {
    std::free(memory);
}

// Here and not in the header, which is compiled for each instruction set: see lanes.h.
Workspace::~Workspace() = default;
ImageGroup::~ImageGroup() = default;

}  // namespace normscope::kernels
