#pragma once

#include <QTimer>
#include <QWidget>
#include <array>
#include <memory>
#include <optional>

#include "ui/normalize/sheet_state.h"
#include "ui/normalize/value_histogram.h"
#include "ui/picture/picture.h"

namespace normscope {

class SheetDocument;

/// How the values are spread before normalization, after it, and after gamma and beta: beside each
/// other, or below each other where it is narrow. Only what has changed is counted, once it is
/// seen, and one tensor at a time, so that a slider keeps its pace beside the largest sheet.
class HistogramPanel : public QWidget {
    Q_OBJECT

  public:
    explicit HistogramPanel(SheetDocument& document, QWidget* parent = nullptr);

    /// The statistics set in front of the whole; empty for none.
    void setSet(std::optional<int> set);

    /// The same, with numbers of the moment, for export.
    Picture picture() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void counted();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    using Contents = std::array<ValueHistogram, 3>;

    void takeDocument();
    void countSoon(int milliseconds);
    void countNext();
    void countPart(std::size_t tensor);
    void describe();

    SheetDocument& document_;
    std::optional<int> set_;
    QTimer timer_;
    SheetState counted_;  ///< what contents_ are of, but for those that are stale
    std::array<bool, 3> stale_{true, true, true};
    bool partsStale_ = true;
    Contents contents_;
};

}  // namespace normscope
