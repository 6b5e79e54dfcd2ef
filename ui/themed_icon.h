#pragma once

#include <QIcon>
#include <QPalette>

namespace normscope {

/// The symbolic icon resources/icons/`name`.svg in the colour that `role` has in `palette`, sharp
/// at every size and device pixel ratio. Make it anew when the palette changes.
QIcon themedIcon(const QString& name, const QPalette& palette,
                 QPalette::ColorRole role = QPalette::ButtonText);

/// The icon of the program.
QIcon applicationIcon();

}  // namespace normscope
