#include "ui/normalize/sheet_input.h"

#include <QCoreApplication>
#include <QLocale>

#include "core/sample_tensors.h"
#include "ui/widgets/number_field.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(SheetInput)
};

void advance(SampleRequest& request, int available) {
    request.firstImage += request.images;
    if (request.firstImage + request.images > available) {
        request.firstImage = 0;
    }
}

}  // namespace

Tensor4 makeInput(const SheetInput& input, const Shape4& shape) {
    switch (input.kind) {
        case SheetInput::Kind::SmallIntegers:
            return smallIntegers(shape, input.seed);
        case SheetInput::Kind::Constant:
            return constantTensor(shape, input.constant);
        case SheetInput::Kind::Outlier:
            return outlierTensor(shape, input.seed, input.outlier);
        case SheetInput::Kind::ClassExample:
        case SheetInput::Kind::Digits:
        case SheetInput::Kind::Activations:
            break;
    }
    return classExample();
}

QString inputText(const SheetInput& input) {
    const QString seed = QString::number(input.seed);
    switch (input.kind) {
        case SheetInput::Kind::SmallIntegers:
            return Texts::tr("Small integers, seed %1").arg(seed);
        case SheetInput::Kind::ClassExample:
            return Texts::tr("Four images of a class");
        case SheetInput::Kind::Constant:
            return Texts::tr("Constant %1").arg(shortNumber(input.constant));
        case SheetInput::Kind::Outlier:
            return Texts::tr("Small integers, seed %1, and one outlier, %2")
                .arg(seed, shortNumber(input.outlier));
        case SheetInput::Kind::Digits:
            return Texts::tr("MNIST digits");
        case SheetInput::Kind::Activations:
            return Texts::tr("Activations");
    }
    return {};
}

SheetInput nextBatch(const SheetInput& input, int available) {
    SheetInput next = input;
    switch (input.kind) {
        case SheetInput::Kind::SmallIntegers:
        case SheetInput::Kind::Outlier:
            ++next.seed;
            break;
        case SheetInput::Kind::Digits:
            advance(next.digits, available);
            break;
        case SheetInput::Kind::Activations:
            advance(next.activations, available);
            break;
        case SheetInput::Kind::ClassExample:
        case SheetInput::Kind::Constant:
            break;
    }
    return next;
}

}  // namespace normscope
