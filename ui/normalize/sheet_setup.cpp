#include "ui/normalize/sheet_setup.h"

#include <QVBoxLayout>

#include "ui/normalize/affine_section.h"
#include "ui/normalize/norm_section.h"
#include "ui/normalize/running_section.h"
#include "ui/normalize/size_section.h"
#include "ui/normalize/source_section.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kCharacters = 34;

}  // namespace

SheetSetup::SheetSetup(SheetDocument& document, QWidget* parent)
    : SettingsColumn(kCharacters, parent) {
    setAccessibleName(tr("Settings"));
    auto* norm = new NormSection(document, widget());
    source_ = new SourceSection(widget());
    size_ = new SizeSection(document, widget());
    auto* affine = new AffineSection(document, widget());
    auto* running = new RunningSection(document, widget());

    auto* column = new QVBoxLayout(widget());
    column->setContentsMargins(0, 0, kSpacing, 0);
    column->setSpacing(kSpacing);
    column->addWidget(norm);
    column->addSpacing(kSpacing);
    column->addWidget(source_);
    column->addWidget(size_);
    column->addSpacing(kSpacing);
    column->addWidget(affine);
    column->addSpacing(kSpacing);
    column->addWidget(running);
    column->addStretch();

    connect(running, &RunningSection::batchRequested, this, &SheetSetup::batchRequested);
    keepFieldsFromTheWheel();
}

}  // namespace normscope
