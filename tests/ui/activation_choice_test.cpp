#include "ui/activation_choice.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

#include "tests/named_widget.h"

namespace normscope {

using testing::namedWidget;

namespace {

RunChoice runOf(const QString& folder, const QStringList& models) {
    RunChoice run{.name = QStringLiteral("Run ") + folder, .folder = folder, .models = {}};
    for (const QString& model : models) {
        run.models.push_back({model, {}});
    }
    return run;
}

SampleRequest requestOf(const QString& run, int model, int normLayer) {
    SampleRequest request;
    request.run = run;
    request.model = model;
    request.normLayer = normLayer;
    return request;
}

}  // namespace

class ActivationChoiceTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { choice_ = std::make_unique<ActivationChoice>(); }
    void cleanup() { choice_.reset(); }

    void keepsItsChoiceWhenRunsAreListedAnew() {
        const RunChoice first = runOf("a", {"batch", "layer"});
        const RunChoice second = runOf("b", {"batch", "layer", "group"});
        choice_->setRuns({first, second});
        choice_->display(requestOf("b", 2, 4));
        const QSignalSpy changed(choice_.get(), &ActivationChoice::changed);

        choice_->setRuns({runOf("c", {"instance"}), second, first});
        QCOMPARE(written(), requestOf("b", 2, 4));
        // By its name: the models need not be in the same order.
        choice_->setRuns({first, runOf("b", {"group", "batch"})});
        QCOMPARE(written(), requestOf("b", 0, 4));
        QCOMPARE(changed.count(), 0);
    }

    void takesTheFirstRunWhereItsOwnIsGone() {
        choice_->setRuns({runOf("a", {"batch"}), runOf("b", {"layer", "group"})});
        choice_->display(requestOf("b", 1, 3));
        choice_->setRuns({runOf("c", {"layer", "batch"}), runOf("a", {"batch"})});
        QCOMPARE(written(), requestOf("c", 0, 3));
    }

    void aRunThatIsNotOnOfferIsShownOnceItIs() {
        const RunChoice offered = runOf("a", {"batch", "layer"});
        choice_->setRuns({offered});
        choice_->display(requestOf("b", 1, 5));
        QCOMPARE(written(), requestOf("a", 0, 0));
        const QSignalSpy changed(choice_.get(), &ActivationChoice::changed);

        choice_->setRuns({offered, runOf("c", {"batch"})});
        QCOMPARE(written(), requestOf("a", 0, 0));
        choice_->setRuns({offered, runOf("b", {"batch", "group"})});
        QCOMPARE(written(), requestOf("b", 1, 5));
        QCOMPARE(changed.count(), 0);
    }

    void whatTheReaderChoosesIsNoLongerReplaced() {
        const RunChoice first = runOf("a", {"batch"});
        const RunChoice second = runOf("b", {"layer"});
        choice_->setRuns({first, second});
        choice_->display(requestOf("c", 0, 2));
        namedWidget<QComboBox>(*choice_, QStringLiteral("Run"))->setCurrentIndex(1);
        choice_->setRuns({first, second, runOf("c", {"group"})});
        QCOMPARE(written().run, QStringLiteral("b"));
    }

    void theFirstRunsAreToldOf() {
        const QSignalSpy changed(choice_.get(), &ActivationChoice::changed);
        QVERIFY(choice_->isEmpty());
        choice_->setRuns({});
        QCOMPARE(changed.count(), 0);
        choice_->setRuns({runOf("a", {"batch"})});
        QCOMPARE(changed.count(), 1);
        QVERIFY(!choice_->isEmpty());
    }

  private:
    SampleRequest written() const {
        SampleRequest request;
        choice_->writeInto(request);
        return request;
    }

    std::unique_ptr<ActivationChoice> choice_;
};

}  // namespace normscope

QTEST_MAIN(normscope::ActivationChoiceTest)
#include "activation_choice_test.moc"
