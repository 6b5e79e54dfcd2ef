#include "ui/affine/affine_page.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/affine/affine_picture.h"
#include "ui/affine/affine_setup.h"
#include "ui/affine/pair_controls.h"
#include "ui/affine/pair_plane.h"
#include "ui/affine/recovery_table_model.h"
#include "ui/affine/relu_histogram.h"
#include "ui/affine/triptych.h"
#include "ui/norm_style.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/themed_icon.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/whole_table.h"

namespace normscope {
namespace {

/// The norm of the layer that the sample comes from, or else the present one, made to fit.
NormSpec specFor(const Sample& sample, const NormSpec& present) {
    const NormSpec& own = sample.activations.spec;
    const bool fromLayer =
        sample.request.kind == SampleRequest::Kind::Activations && own.kind != NormKind::None;
    NormSpec spec = fromLayer ? own : present;
    if (fromLayer && own.kind != NormKind::Group) {
        // What group norm would be compared with: the groups it has in this layer.
        spec.groups = kReferenceGroups.at(static_cast<std::size_t>(sample.request.normLayer));
    }
    if (spec.groups < 1 || sample.activations.input.shape.channels % spec.groups != 0) {
        spec.groups = 1;
    }
    return spec;
}

}  // namespace

AffinePage::AffinePage(QWidget* parent)
    : QWidget(parent),
      setup_(new AffineSetup(this)),
      message_(new MessageStrip(this)),
      stack_(new QStackedWidget(this)),
      triptych_(new Triptych(this)),
      plane_(new PairPlane(this)),
      histogram_(new ReluHistogram(this)),
      export_(new QToolButton(this)),
      controls_(new PairControls(this)),
      recovery_(new RecoveryTableModel(this)) {
    setAccessibleName(tr("Gamma and beta"));
    export_->setAutoRaise(true);
    export_->setFocusPolicy(Qt::StrongFocus);
    export_->setAccessibleName(tr("Export Gamma and beta"));
    export_->setToolTip(tr("Save, copy or print these pictures"));
    layOut();
    connectParts();
    takePalette();
}

AffinePage::~AffinePage() = default;

void AffinePage::moveRun(const QString& from, const QString& to) {
    setup_->moveRun(from, to);
}

void AffinePage::setRuns(const std::vector<RunChoice>& runs) {
    setup_->setRuns(runs);
}

void AffinePage::choose(const SampleRequest& request) {
    setup_->setRequest(request);
    SampleRequest whole = request;
    if (request.kind == SampleRequest::Kind::Activations) {
        // Layer and group norm share their statistics among channels.
        whole.firstChannel = 0;
        whole.channels = kNormLayerChannels.at(static_cast<std::size_t>(request.normLayer));
    }
    ask(whole);
}

void AffinePage::showSample(const Sample& sample) {
    if (!requested_ || !(sample.request == *requested_) ||
        sample.activations.input.values.empty()) {
        return;
    }
    const Activations& activations = sample.activations;
    bench_.setInput(activations.input, specFor(sample, bench_.spec()));
    learned_.reset();
    if (sample.request.kind == SampleRequest::Kind::Activations &&
        activations.spec.kind != NormKind::None) {
        learned_ = activations.affine;
        learnedKind_ = activations.spec.kind;
    }
    source_ = sample.source;
    labels_ = sample.labels;
    hasSample_ = true;
    message_->setMessage({});
    stack_->setCurrentIndex(1);
    controls_->setLearnedAvailable(learned_.has_value());
    setup_->showSample(sample, bench_);
    showAll();
}

void AffinePage::setMessage(const QString& sentence) {
    message_->setMessage(sentence);
}

std::vector<Picture> AffinePage::pictures() const {
    if (!hasSample_) {
        return {};
    }
    return {affinePicture({triptych_->content(), histogram_->content(), plane_->content()})};
}

QString AffinePage::caption() const {
    return hasSample_ ? affineCaption(source_, bench_, *recovery_) : QString();
}

void AffinePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!requested_) {
        ask(setup_->request());
    }
}

void AffinePage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        takePalette();
    }
}

void AffinePage::takePalette() {
    recovery_->setDark(isDark(palette()));
    export_->setIcon(themedIcon("export", palette()));
}

QWidget* AffinePage::makeBench() {
    auto* figures = new QGridLayout;
    figures->setHorizontalSpacing(3 * kSpacing);
    figures->setVerticalSpacing(kSpacing);
    figures->addWidget(triptych_, 0, 0, 1, 2);
    figures->addWidget(export_, 0, 1, Qt::AlignTop | Qt::AlignRight);
    figures->addWidget(controls_, 1, 0);
    figures->addWidget(plane_, 1, 1, 2, 1);
    figures->addWidget(histogram_, 2, 0);
    figures->setColumnStretch(0, 3);
    figures->setColumnStretch(1, 2);
    figures->setRowStretch(0, 3);
    figures->setRowStretch(2, 2);

    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins({});
    column->setSpacing(kSpacing);
    column->addLayout(figures, 1);
    column->addWidget(makeRecovery());
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    return scroll;
}

QWidget* AffinePage::makeRecovery() {
    auto* table = new WholeTable(this);
    table->setModel(recovery_);
    table->setAccessibleName(tr("Recovery of the original"));
    auto* section = new QWidget(this);
    auto* column = new QVBoxLayout(section);
    column->setContentsMargins({});
    column->setSpacing(kSpacing / 2);
    column->addWidget(makeHeading(
        tr("Can gamma and beta bring back the original? The largest error they leave")));
    column->addWidget(table);
    column->addWidget(makeRemark(
        tr("A channel has one gamma and one beta, so they bring back all "
           "images only where these share its mean and variance. The table is for one pair "
           "per channel, linked or not.")));
    return section;
}

void AffinePage::layOut() {
    auto* waiting =
        makeRemark(tr("Choose images on the left: digits, or what enters a norm layer "
                      "of a trained model."));
    waiting->setAlignment(Qt::AlignCenter);
    stack_->addWidget(waiting);
    stack_->addWidget(makeBench());

    auto* body = new QHBoxLayout;
    body->setSpacing(2 * kSpacing);
    body->addWidget(setup_);
    body->addWidget(stack_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kSpacing, kSpacing, 2 * kSpacing, kSpacing);
    column->setSpacing(kSpacing);
    column->addWidget(message_);
    column->addLayout(body, 1);
}

void AffinePage::connectParts() {
    connect(setup_, &AffineSetup::requestChanged, this, &AffinePage::ask);
    connect(setup_, &AffineSetup::openRunRequested, this, &AffinePage::openRunRequested);
    connect(setup_, &AffineSetup::specChosen, this, [this](const NormSpec& spec) {
        bench_.setSpec(spec);
        showAll();
    });
    connect(setup_, &AffineSetup::cellChosen, this, [this](int image, int channel) {
        bench_.choose(image, channel);
        showAll();
    });
    const auto takePair = [this](const AffinePair& pair) {
        bench_.setPair(pair);
        showPair();
    };
    connect(export_, &QToolButton::clicked, this, &AffinePage::exportRequested);
    connect(controls_, &PairControls::pairChosen, this, takePair);
    connect(plane_, &PairPlane::pairDragged, this, takePair);
    connect(controls_, &PairControls::betweenChosen, this, [this](double place) {
        bench_.setBetween(place);
        showPair();
    });
    connect(controls_, &PairControls::linkedChosen, this, [this](bool linked) {
        bench_.setLinked(linked);
        showPair();
    });
    connect(controls_, &PairControls::learnedChosen, this, [this] {
        bench_.setAffine(*learned_);
        showPair();
    });
    connect(controls_, &PairControls::learnedShownChanged, this, &AffinePage::showPlane);
    connect(&measuring_, &QTimer::timeout, this, &AffinePage::measureNext);
}

void AffinePage::ask(const SampleRequest& request) {
    requested_ = request;
    emit sampleRequested(request);
}

void AffinePage::showAll() {
    range_ = bench_.rangeOnTheLine();
    controls_->setReach(pairReach(bench_, learned()));
    setup_->showBench(bench_);
    recovery_->setChosen(bench_.spec().kind);
    restartRecovery();
    showPair();
}

void AffinePage::showPair() {
    const ThreePlanes planes = bench_.planes();
    HistogramContent histogram = histogramContent(planes, range_);
    histogram.alive = bench_.alive();
    histogram.images = bench_.input().shape.images;
    triptych_->setContent({planes, bench_.pair(), range_});
    histogram_->setContent(std::move(histogram));
    controls_->show(bench_);
    showPlane();
}

void AffinePage::showPlane() {
    PairPlaneContent content;
    content.present = bench_.pair();
    content.restoring = bench_.restoringPair(bench_.image(), bench_.channel());
    content.kind = bench_.spec().kind;
    content.learnedKind = learnedKind_;
    content.channel = bench_.channel();
    const Shape4& shape = bench_.input().shape;
    for (int image = 0; image < shape.images; ++image) {
        content.images.push_back(bench_.restoringPair(image, bench_.channel()));
    }
    const bool withLearned = learned_ && controls_->isLearnedShown();
    for (int channel = 0; channel < shape.channels; ++channel) {
        content.channels.push_back(bench_.restoringPair(bench_.image(), channel));
        if (withLearned) {
            content.learned.push_back(AffineBench::pairOf(*learned_, channel));
        }
    }
    plane_->setContent(std::move(content));
}

void AffinePage::restartRecovery() {
    recovery_->clear(bench_.input().shape, bench_.spec().groups);
    nextMeasured_ = 0;
    measuring_.start(0);
}

void AffinePage::measureNext() {
    if (nextMeasured_ == kComparedNorms.size()) {
        measuring_.stop();
        return;
    }
    NormSpec spec = bench_.spec();
    spec.kind = kComparedNorms.at(nextMeasured_++);
    recovery_->setRecovery(spec.kind, measureRecovery(bench_.input(), spec, bench_.image()));
}

}  // namespace normscope
