#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "ui/normalize/sheet_input.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace normscope {

class ActivationChoice;
class NumberSetting;

/// Chooses where the numbers of the sheet come from. It asks by chosen() and shows what it is told:
/// how many images and channels there are is up to the size of the sheet.
class SourceSection : public QWidget {
    Q_OBJECT

  public:
    explicit SourceSection(QWidget* parent = nullptr);

    /// What the sheet shows; empty where it came from a file. `remark` describes it.
    void display(const std::optional<SheetInput>& input, const QString& remark);

    /// Runs whose activations are on offer, the training under way first.
    void setRuns(const std::vector<RunChoice>& runs);
    /// The same run in another folder: whoever chose it stays with it.
    void moveRun(const QString& from, const QString& to);
    void setAvailableImages(int images);

  signals:
    void chosen(const normscope::SheetInput& input);
    void openRunRequested();

  private:
    void makeFields();
    void layOut();
    void connectFields();

    void takeKind(int index);
    void takeEdit();
    void takeActivations();
    QString takeConstant(double value);
    QString takeOutlier(double value);
    void ask();

    void fill();
    void fillChannels();
    void showFields();

    SheetInput input_;
    bool filling_ = false;

    QFormLayout* form_;
    QComboBox* kind_;
    QSpinBox* seed_;
    QPushButton* newNumbers_;
    NumberSetting* constant_;
    NumberSetting* outlier_;
    ActivationChoice* activations_;
    QSpinBox* firstImage_;
    QComboBox* side_;
    QSpinBox* firstChannel_;
    QLabel* remark_;
};

}  // namespace normscope
