#pragma once

#include <QWidget>
#include <array>

#include "core/tensor4.h"

class QSpinBox;

namespace normscope {

class SheetDocument;

/// Images, channels, height and width of the sheet.
class SizeSection : public QWidget {
    Q_OBJECT

  public:
    explicit SizeSection(SheetDocument& document, QWidget* parent = nullptr);

    /// The size the sheet has, in place of one that was asked for in vain.
    void display();

  signals:
    void shapeChosen(const normscope::Shape4& shape);

  private:
    Shape4 chosen() const;

    SheetDocument& document_;
    std::array<QSpinBox*, 4> fields_{};
};

}  // namespace normscope
