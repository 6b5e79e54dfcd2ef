#include "app/comparison_pages.h"

#include <utility>

#include "app/comparison_session.h"
#include "ui/findings/findings_page.h"
#include "ui/misclassified/misclassified_page.h"

namespace normscope {

ComparisonPages::ComparisonPages(MisclassifiedPage& misclassified, FindingsPage& findings,
                                 ComparisonSession& comparison, QObject* parent)
    : QObject(parent), misclassified_(misclassified), findings_(findings), comparison_(comparison) {
    connect(&comparison, &ComparisonSession::changed, this, &ComparisonPages::takeChange);
    connect(&comparison, &ComparisonSession::datasetReady, this, &ComparisonPages::takeChange);
    connect(&comparison, &ComparisonSession::failed, &misclassified,
            &MisclassifiedPage::setMessage);
    connect(&comparison, &ComparisonSession::failed, &findings, &FindingsPage::setMessage);
}

void ComparisonPages::turnTo(Page page) {
    page_ = page;
    refresh();
}

void ComparisonPages::takeChange() {
    misclassifiedIsBehind_ = true;
    findingsAreBehind_ = true;
    refresh();
}

void ComparisonPages::refresh() {
    if (page_ == Page::Misclassified && std::exchange(misclassifiedIsBehind_, false)) {
        misclassified_.setComparison(comparison_.models(), comparison_.dataset());
    }
    if (page_ == Page::Findings && std::exchange(findingsAreBehind_, false)) {
        findings_.setComparison(comparison_.models());
    }
}

}  // namespace normscope
