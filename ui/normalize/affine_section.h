#pragma once

#include <QWidget>
#include <optional>

class QComboBox;

namespace normscope {

class NumberSetting;
class SheetDocument;

/// Epsilon, and gamma and beta of all channels at once or of one.
class AffineSection : public QWidget {
    Q_OBJECT

  public:
    explicit AffineSection(SheetDocument& document, QWidget* parent = nullptr);

  private:
    void layOut();
    void display();
    void displayPairs();
    std::optional<int> channel() const;

    SheetDocument& document_;
    NumberSetting* eps_;
    QComboBox* channel_;
    NumberSetting* gamma_;
    NumberSetting* beta_;
};

}  // namespace normscope
