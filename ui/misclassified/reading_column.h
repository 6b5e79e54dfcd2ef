#pragma once

#include "ui/widgets/settings_column.h"

namespace normscope {

/// What models answer, one part below the other, scrolled where it is too much for the page. Unlike
/// settings it takes all the width that there is.
class ReadingColumn : public SettingsColumn {
    Q_OBJECT

  public:
    explicit ReadingColumn(int characters, QWidget* parent = nullptr)
        : SettingsColumn(characters, parent) {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    }

    using SettingsColumn::keepFieldsFromTheWheel;
};

}  // namespace normscope
