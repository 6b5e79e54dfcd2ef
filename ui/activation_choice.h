#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "ui/sample_source.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace normscope {

/// Chooses whose activations are shown: the run, the model, and what enters which norm layer.
class ActivationChoice : public QWidget {
    Q_OBJECT

  public:
    explicit ActivationChoice(QWidget* parent = nullptr);

    /// Runs on offer, the training under way first. What was chosen stays so if it is still there.
    void setRuns(const std::vector<RunChoice>& runs);
    /// The same run in another folder: whoever chose it stays with it.
    void moveRun(const QString& from, const QString& to);
    bool isEmpty() const { return runs_.empty(); }

    /// Shows what `request` asks for, without changed(); a run that is not on offer once it is.
    void display(const SampleRequest& request);
    /// Writes run, model and norm layer into `request`.
    void writeInto(SampleRequest& request) const;

    int normLayer() const;

    /// The fields, for a column that keeps the wheel from them.
    std::vector<QWidget*> fields() const;

  signals:
    /// Something else was chosen, the same is wanted as it is by now, or there is a choice at last.
    void changed();
    void openRunRequested();

  private:
    void layOut();
    void fillModels();
    void showFields();
    const RunChoice* run() const;

    std::vector<RunChoice> runs_;
    std::optional<SampleRequest> wanted_;  ///< of a run that is not on offer
    QFormLayout* form_;
    QLabel* noRun_;
    QComboBox* run_;
    QComboBox* model_;
    QComboBox* layer_;
    QPushButton* open_;
    QPushButton* refresh_;
};

}  // namespace normscope
