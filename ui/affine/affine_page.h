#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "ui/affine/affine_bench.h"
#include "ui/picture/picture.h"
#include "ui/sample_source.h"

class QStackedWidget;
class QToolButton;

namespace normscope {

class AffineSetup;
class MessageStrip;
class PairControls;
class PairPlane;
class RecoveryTableModel;
class ReluHistogram;
class Triptych;

/// The bench for gamma and beta: a real image from fully normalized to the original and beyond.
class AffinePage : public QWidget {
    Q_OBJECT

  public:
    explicit AffinePage(QWidget* parent = nullptr);
    ~AffinePage() override;

    void setRuns(const std::vector<RunChoice>& runs);
    /// The same run in another folder: whoever chose it stays with it.
    void moveRun(const QString& from, const QString& to);
    /// Asks for these images, or for what reaches that norm layer, as when somebody chooses them.
    void choose(const SampleRequest& request);
    /// The answer to sampleRequested; any other sample is dropped.
    void showSample(const Sample& sample);
    /// Why there is no sample, as a sentence; empty takes it away.
    void setMessage(const QString& sentence);

    std::vector<Picture> pictures() const;
    QString caption() const;

    const AffineBench& bench() const { return bench_; }

  signals:
    void sampleRequested(const normscope::SampleRequest& request);
    void openRunRequested();
    void exportRequested();

  protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    QWidget* makeBench();
    QWidget* makeRecovery();
    void layOut();
    void connectParts();
    void takePalette();

    void ask(const SampleRequest& request);
    /// After anything but the pair has changed.
    void showAll();
    /// After gamma or beta has moved: many times a second.
    void showPair();
    void showPlane();
    /// One norm of the table after the other, so that no slider waits for all of them.
    void restartRecovery();
    void measureNext();

    const Affine* learned() const { return learned_ ? &*learned_ : nullptr; }

    AffineBench bench_;
    std::optional<SampleRequest> requested_;
    bool hasSample_ = false;
    QString source_;
    std::vector<int> labels_;
    std::optional<Affine> learned_;  ///< where the sample comes from a norm layer
    NormKind learnedKind_ = NormKind::Batch;
    ValueRange range_;  ///< of the colours and the axis

    // In the order of the Tab key.
    AffineSetup* setup_;
    MessageStrip* message_;
    QStackedWidget* stack_;
    Triptych* triptych_;
    PairPlane* plane_;
    ReluHistogram* histogram_;
    QToolButton* export_;
    PairControls* controls_;
    RecoveryTableModel* recovery_;
    QTimer measuring_;
    std::size_t nextMeasured_ = 0;
};

}  // namespace normscope
