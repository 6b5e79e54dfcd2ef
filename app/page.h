#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace normscope {

/// The pages of the window, in the order of the rail.
enum class Page { Train, Normalize, Affine, Misclassified, Findings };

inline constexpr std::array kPages{Page::Train, Page::Normalize, Page::Affine, Page::Misclassified,
                                   Page::Findings};

/// "train", "normalize", ... as on the command line and in the settings.
constexpr std::string_view nameOf(Page page) {
    constexpr std::array<std::string_view, kPages.size()> kNames{"train", "normalize", "affine",
                                                                 "misclassified", "findings"};
    return kNames[static_cast<std::size_t>(page)];
}

constexpr std::optional<Page> pageNamed(std::string_view name) {
    for (const Page page : kPages) {
        if (nameOf(page) == name) {
            return page;
        }
    }
    return std::nullopt;
}

}  // namespace normscope
