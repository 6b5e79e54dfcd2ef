#pragma once

#include <QLabel>

namespace normscope {

/// Says in place what is wrong with the field above it, and takes no room while nothing is.
class ProblemLabel : public QLabel {
    Q_OBJECT

  public:
    explicit ProblemLabel(QWidget* parent = nullptr);

    void setProblem(const QString& sentence);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void takeColour();
};

}  // namespace normscope
