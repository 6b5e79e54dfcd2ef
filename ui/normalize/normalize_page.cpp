#include "ui/normalize/normalize_page.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QSplitter>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/norm_style.h"
#include "ui/normalize/arithmetic.h"
#include "ui/normalize/cube_picture.h"
#include "ui/normalize/details_panel.h"
#include "ui/normalize/formula_bar.h"
#include "ui/normalize/histogram_panel.h"
#include "ui/normalize/sheet_actions.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_feeder.h"
#include "ui/normalize/sheet_picture.h"
#include "ui/normalize/sheet_remarks.h"
#include "ui/normalize/sheet_setup.h"
#include "ui/normalize/sheet_view.h"
#include "ui/normalize/sheet_words.h"
#include "ui/normalize/size_section.h"
#include "ui/normalize/source_section.h"
#include "ui/theme.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/problem_label.h"

namespace normscope {
namespace {

constexpr int kLongestRemark = 165;  ///< in characters
constexpr int kMostRemarkLines = 3;
constexpr int kLeastSheetLines = 12;

// From so many steps of the layout grid on, the details have room: beside the sheet, or below it.
constexpr int kWide = 165;
constexpr int kHigh = 100;

Picture cubePicture(const SheetState& state) {
    constexpr QSize kSize{800, 600};
    const QFont font = applicationFont(100);
    return {NormalizePage::tr("Cube"), kSize,
            [shape = state.input->shape, spec = state.spec, font](QPainter& painter, QSize size) {
                const QRect page({}, size);
                painter.fillRect(page, lightPalette().color(QPalette::Base));
                paintCube(painter, page, shape, spec, 0, lightPalette(), font);
            }};
}

QString pairsText(const std::vector<double>& numbers, const QString& name) {
    const bool equal = std::all_of(numbers.begin(), numbers.end(),
                                   [&](double number) { return number == numbers.front(); });
    return equal ? QStringLiteral("%1 %2").arg(name, shortNumber(numbers.front()))
                 : NormalizePage::tr("%1 by channel").arg(name);
}

}  // namespace

NormalizePage::NormalizePage(QWidget* parent)
    : QWidget(parent),
      document_(new SheetDocument(this)),
      feeder_(new SheetFeeder(*document_, this)),
      // In the order of the Tab key: settings, what to do with the sheet, the sheet, its numbers.
      setup_(new SheetSetup(*document_, this)),
      view_(new SheetView(*document_)),
      actions_(new SheetActions(*document_, *view_, this)),
      message_(new MessageStrip(this)),
      remark_(new QLabel(this)),
      problem_(new ProblemLabel(this)),
      formula_(new FormulaBar(this)),
      details_(new DetailsPanel(*document_, this)),
      splitter_(new QSplitter(this)) {
    setAccessibleName(tr("Normalize"));
    layOut();
    connectParts();
    connectSettings();
    showDocument();
    arrange();
}

NormalizePage::~NormalizePage() = default;

QUndoStack& NormalizePage::undoStack() {
    return document_->undoStack();
}

QAction* NormalizePage::undoAction() const {
    return actions_->undoAction();
}

QAction* NormalizePage::redoAction() const {
    return actions_->redoAction();
}

void NormalizePage::moveRun(const QString& from, const QString& to) {
    setup_->source().moveRun(from, to);
}

void NormalizePage::setRuns(const std::vector<RunChoice>& runs) {
    setup_->source().setRuns(runs);
}

void NormalizePage::choose(const SampleRequest& request) {
    SheetInput input;
    if (request.kind == SampleRequest::Kind::Digits) {
        input.kind = SheetInput::Kind::Digits;
        input.digits = request;
    } else {
        input.kind = SheetInput::Kind::Activations;
        input.activations = request;
    }
    feeder_->choose(std::move(input));
}

void NormalizePage::showSample(const Sample& sample) {
    if (feeder_->take(sample)) {
        setup_->source().setAvailableImages(sample.available);
        setMessage({});
    }
}

void NormalizePage::setMotion(bool on) {
    view_->setMotion(on);
}

void NormalizePage::setMessage(const QString& sentence) {
    message_->setMessage(sentence);
    setup_->size().display();  // where a size was asked for in vain
}

bool NormalizePage::isSetupShown() const {
    return !setup_->isHidden();
}

void NormalizePage::setSetupShown(bool shown) {
    setup_->setVisible(shown);
    actions_->setSetupShown(shown);
}

std::vector<Picture> NormalizePage::pictures() const {
    const SheetState& state = document_->state();
    return {sheetPicture(state), details_->histograms().picture(), cubePicture(state)};
}

QString NormalizePage::caption() const {
    const SheetState& state = document_->state();
    const Shape4& shape = state.input->shape;
    QStringList parts{displayName(state.spec.kind)};
    if (state.spec.kind == NormKind::Group) {
        parts.back() = tr("%1 with %2 groups").arg(parts.back()).arg(state.spec.groups);
    } else if (state.usesRunning()) {
        parts.back() = tr("%1 at evaluation").arg(parts.back());
    }
    parts << state.source
          << tr("%1 images × %2 channels × %3 × %4")
                 .arg(shape.images)
                 .arg(shape.channels)
                 .arg(shape.height)
                 .arg(shape.width)
          << tr("ε %1").arg(shortNumber(state.spec.eps))
          << pairsText(state.affine.gamma, QStringLiteral("γ"))
          << pairsText(state.affine.beta, QStringLiteral("β"));
    return parts.join(QStringLiteral(" · "));
}

/// The keys of a replay, wherever on the page they are not needed for typing.
void NormalizePage::keyPressEvent(QKeyEvent* event) {
    const bool shift = event->modifiers() == Qt::ShiftModifier;
    const bool plain = event->modifiers() == Qt::NoModifier;
    if ((plain && event->key() == Qt::Key_Space) || (plain && event->key() == Qt::Key_N)) {
        formula_->next();
    } else if ((shift && event->key() == Qt::Key_Space) || (plain && event->key() == Qt::Key_B)) {
        formula_->back();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void NormalizePage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

bool NormalizePage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == formula_ && event->type() == QEvent::Resize) {
        giveRemarkRoom();  // the remark is as wide
    }
    return QWidget::eventFilter(watched, event);
}

void NormalizePage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        arrange();
        giveRemarkRoom();
    }
}

void NormalizePage::layOut() {
    remark_->setWordWrap(true);
    remark_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    remark_->setAccessibleName(tr("Remark"));
    problem_->setAlignment(Qt::AlignLeft | Qt::AlignTop);

    auto* sheet = new QWidget(splitter_);
    auto* column = new QVBoxLayout(sheet);
    column->setContentsMargins({});
    column->setSpacing(kSpacing);
    column->addWidget(view_, 1);
    column->addWidget(remark_);
    column->addWidget(problem_);
    column->addWidget(formula_);
    splitter_->addWidget(sheet);
    splitter_->addWidget(details_);
    splitter_->setStretchFactor(0, 1);
    splitter_->setStretchFactor(1, 0);
    splitter_->setChildrenCollapsible(false);

    // Scrolls where large text leaves the sheet no room.
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    scroll->setWidget(splitter_);

    auto* body = new QHBoxLayout;
    body->setSpacing(2 * kSpacing);
    body->addWidget(setup_);
    body->addWidget(scroll, 1);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(2 * kSpacing, kSpacing, 2 * kSpacing, kSpacing);
    rows->setSpacing(kSpacing);
    rows->addWidget(actions_);
    rows->addWidget(message_);
    rows->addLayout(body, 1);
    formula_->installEventFilter(this);
    addActions({undoAction(), redoAction()});
}

void NormalizePage::connectParts() {
    connect(document_, &SheetDocument::changed, this, &NormalizePage::showDocument);
    connect(view_, &SheetView::currentChanged, this, &NormalizePage::showCell);
    connect(view_, &SheetView::hoveredChanged, this, &NormalizePage::showCell);
    connect(view_, &SheetView::problem, this, &NormalizePage::showProblem);
    connect(actions_, &SheetActions::openSheetRequested, this, &NormalizePage::openSheetRequested);
    connect(actions_, &SheetActions::saveSheetRequested, this, &NormalizePage::saveSheetRequested);
    connect(actions_, &SheetActions::copyPictureRequested, this,
            &NormalizePage::copyPictureRequested);
    connect(actions_, &SheetActions::exportRequested, this, &NormalizePage::exportRequested);
    connect(actions_, &SheetActions::setupToggled, this, &NormalizePage::setSetupShown);
    connect(actions_, &SheetActions::pokeRequested, this, &NormalizePage::poke);
    connect(actions_, &SheetActions::backwardsToggled, this, [this](bool on) {
        view_->setBackwards(on);
        showRemark();
    });
    connect(actions_, &SheetActions::detailsToggled, this, [this](bool shown) {
        detailsWanted_ = shown;
        arrange();
    });
}

void NormalizePage::connectSettings() {
    SourceSection& source = setup_->source();
    connect(&source, &SourceSection::chosen, feeder_, qOverload<SheetInput>(&SheetFeeder::choose));
    connect(&source, &SourceSection::openRunRequested, this, &NormalizePage::openRunRequested);
    connect(&setup_->size(), &SizeSection::shapeChosen, feeder_,
            qOverload<const Shape4&>(&SheetFeeder::choose));
    connect(setup_, &SheetSetup::batchRequested, feeder_, &SheetFeeder::feedAnotherBatch);
    connect(feeder_, &SheetFeeder::sampleRequested, this, &NormalizePage::sampleRequested);
}

void NormalizePage::showDocument() {
    showProblem({});  // what was refused is past
    setup_->source().display(feeder_->input(), feeder_->remark());
    showCell();
}

/// The current cell, or the one under the mouse while there is none.
void NormalizePage::showCell() {
    const std::optional<SheetCell> cell = view_->current() ? view_->current() : view_->hovered();
    const SheetState& state = document_->state();
    if (cell && contains(document_->shape(), cell->cell)) {
        const CellIndex& index = cell->cell;
        details_->setSet(
            statisticsSetOf(document_->shape(), state.spec, index.image, index.channel));
        formula_->display(cellPosition(*cell), arithmeticSteps(state, document_->trace(), index));
    } else {
        details_->setSet(std::nullopt);
        formula_->clear();
    }
    actions_->setPokedImage(view_->current() ? view_->current()->cell.image : 0);
    showRemark();
}

/// As many lines as the longest remark needs in this width, whichever is shown.
void NormalizePage::giveRemarkRoom() {
    const QFontMetrics metrics = fontMetrics();
    const int room = std::max(1, formula_->width());
    const int lines =
        std::clamp(kLongestRemark * metrics.averageCharWidth() / room + 1, 1, kMostRemarkLines);
    remark_->setFixedHeight(lines * metrics.lineSpacing());
    problem_->setFixedHeight(lines * metrics.lineSpacing());
}

void NormalizePage::showRemark() {
    const SheetState& state = document_->state();
    QStringList sentences{normRemark(state)};
    if (feeder_->showsCutSets()) {
        const auto layer = static_cast<std::size_t>(feeder_->input()->activations.normLayer);
        sentences << partOfLayerRemark(kNormLayerChannels[layer]);
    }
    if (!state.usesRunning()) {
        sentences << zeroVarianceRemark(document_->trace());
    }
    sentences.removeAll(QString());
    const QString remark = document_->pokeResult() ? pokeRemark(state, *document_->pokeResult())
                           : view_->isBackwards()  ? backwardsRemark(state, view_->current())
                                                   : sentences.join(QLatin1Char(' '));
    remark_->setText(remark);
    remark_->setToolTip(remark);  // in a narrow window its end has no room
}

/// In the room of the remark, so that nothing moves.
void NormalizePage::showProblem(const QString& sentence) {
    problem_->setProblem(sentence);
    remark_->setVisible(sentence.isEmpty());
}

void NormalizePage::poke() {
    document_->poke(view_->current() ? view_->current()->cell.image : 0);
}

/// The details stand beside the sheet where the page is wide, else below it; unasked for, only
/// where the sheet has room all the same.
void NormalizePage::arrange() {
    const int unit = gridUnit(this);
    const bool wide = width() >= kWide * unit;
    const bool shown = detailsWanted_.value_or(wide || height() >= kHigh * unit);
    splitter_->setOrientation(wide ? Qt::Horizontal : Qt::Vertical);
    details_->setOrientation(wide ? Qt::Vertical : Qt::Horizontal);
    details_->setVisible(shown);
    view_->setMinimumHeight(kLeastSheetLines * fontMetrics().lineSpacing());
    actions_->setDetailsShown(shown);
}

}  // namespace normscope
