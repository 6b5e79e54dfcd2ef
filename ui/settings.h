#pragma once

namespace normscope {

inline constexpr int kSmallestTextScale = 100;  // percent
inline constexpr int kLargestTextScale = 200;

/// What a person prefers, whatever is being trained.
struct Settings {
    enum class Theme { System, Light, Dark };

    Theme theme = Theme::System;
    int textScale = kSmallestTextScale;
    bool motion = true;  ///< panels slide instead of appearing
    int threads = 1;     ///< processor cores each model computes on

    bool isDark(bool desktopDark) const {
        return theme == Theme::Dark || (theme == Theme::System && desktopDark);
    }

    friend bool operator==(const Settings&, const Settings&) = default;
};

}  // namespace normscope
