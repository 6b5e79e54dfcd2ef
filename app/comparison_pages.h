#pragma once

#include <QObject>

#include "app/page.h"

namespace normscope {

class ComparisonSession;
class FindingsPage;
class MisclassifiedPage;

/// Keeps the pages that hold models against each other at those that are compared. Only the page
/// that is looked at follows a training; the other one catches up when it is turned to.
class ComparisonPages : public QObject {
    Q_OBJECT

  public:
    ComparisonPages(MisclassifiedPage& misclassified, FindingsPage& findings,
                    ComparisonSession& comparison, QObject* parent = nullptr);

    /// This page is looked at from now on.
    void turnTo(Page page);

  private:
    void takeChange();
    void refresh();

    MisclassifiedPage& misclassified_;
    FindingsPage& findings_;
    ComparisonSession& comparison_;
    Page page_ = Page::Train;
    bool misclassifiedIsBehind_ = true;
    bool findingsAreBehind_ = true;
};

}  // namespace normscope
