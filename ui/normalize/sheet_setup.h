#pragma once

#include "ui/normalize/sheet_input.h"
#include "ui/widgets/settings_column.h"

namespace normscope {

class SheetDocument;
class SizeSection;
class SourceSection;

/// Everything that decides the numbers of the sheet, in a column beside it.
class SheetSetup : public SettingsColumn {
    Q_OBJECT

  public:
    explicit SheetSetup(SheetDocument& document, QWidget* parent = nullptr);

    SourceSection& source() { return *source_; }
    SizeSection& size() { return *size_; }

  signals:
    void batchRequested();

  private:
    SourceSection* source_;
    SizeSection* size_;
};

}  // namespace normscope
