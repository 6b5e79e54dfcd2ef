#include "ui/normalize/size_section.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include "ui/normalize/sheet_document.h"
#include "ui/theme.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
SizeSection::SizeSection(SheetDocument& document, QWidget* parent)
    : QWidget(parent), document_(document) {
    struct Field {
        QString name;
        int largest;
    };
    const std::array fields{Field{tr("Images"), kLargestImages},
                            Field{tr("Channels"), kLargestChannels},
                            Field{tr("Height"), kLargestSide}, Field{tr("Width"), kLargestSide}};
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(kSpacing);
    grid->setVerticalSpacing(kSpacing);
    for (int i = 0; i < static_cast<int>(fields.size()); ++i) {
        const Field& field = fields[static_cast<std::size_t>(i)];
        QSpinBox* box = makeCountField(1, field.largest, this);
        box->setAccessibleName(field.name);
        auto* label = new QLabel(field.name, this);
        label->setBuddy(box);
        grid->addWidget(label, i / 2, i % 2 * 2);
        grid->addWidget(box, i / 2, i % 2 * 2 + 1);
        fields_[static_cast<std::size_t>(i)] = box;
        connect(box, &QSpinBox::valueChanged, this, [this] { emit shapeChosen(chosen()); });
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    connect(&document_, &SheetDocument::changed, this, &SizeSection::display);
    display();
}

void SizeSection::display() {
    const Shape4& shape = document_.shape();
    const std::array sizes{shape.images, shape.channels, shape.height, shape.width};
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const QSignalBlocker blocker(fields_[i]);
        fields_[i]->setValue(sizes[i]);
    }
}

Shape4 SizeSection::chosen() const {
    return {fields_[0]->value(), fields_[1]->value(), fields_[2]->value(), fields_[3]->value()};
}

}  // namespace normscope
