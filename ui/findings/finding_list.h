#pragma once

#include <QWidget>
#include <vector>

#include "ui/findings/finding_sentences.h"

class QPushButton;
class QVBoxLayout;

namespace normscope {

/// The sentences of a comparison, one below the other: what was found in large letters, what limits
/// it and what carries it in small ones.
class FindingList : public QWidget {
    Q_OBJECT

  public:
    explicit FindingList(QWidget* parent = nullptr);

    void setFindings(const std::vector<Finding>& findings);

  signals:
    void experimentRequested();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void rebuild();
    QWidget* makeEntry(const Finding& finding);

    std::vector<Finding> findings_;
    QVBoxLayout* column_;
    QWidget* entries_ = nullptr;  ///< made anew with the sentences
    QPushButton* experiment_;     ///< not: it may have the focus
};

}  // namespace normscope
