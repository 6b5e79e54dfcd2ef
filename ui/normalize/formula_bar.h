#pragma once

#include <QFrame>
#include <vector>

#include "ui/normalize/arithmetic.h"

class QLabel;
class QPushButton;
class QScrollArea;

namespace normscope {

class ElidedLabel;

/// The arithmetic of one cell, a step at a time as on a board, or all of it. Its height does not
/// depend on what it says, so that nothing above it moves.
class FormulaBar : public QFrame {
    Q_OBJECT

  public:
    explicit FormulaBar(QWidget* parent = nullptr);

    /// `cell` names the cell. The step stays the same, so that cells can be compared.
    void display(const QString& cell, std::vector<ArithmeticStep> steps);
    /// No cell; says how to choose one.
    void clear();

    int step() const { return step_; }
    int stepCount() const { return static_cast<int>(steps_.size()); }
    /// One on; after the last the first again.
    void next();
    void back();
    bool showsAll() const;
    void setShowsAll(bool all);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void makeControls();
    void layOut();
    void goTo(int step);
    void show();
    void announce();
    void fitToFont();
    QString stepHtml(const ArithmeticStep& step) const;
    QString allHtml() const;

    std::vector<ArithmeticStep> steps_;
    int step_ = 0;

    ElidedLabel* cell_;
    ElidedLabel* name_;
    QPushButton* back_;
    QPushButton* next_;
    QPushButton* all_;
    QScrollArea* scroll_;
    QLabel* text_;
};

}  // namespace normscope
