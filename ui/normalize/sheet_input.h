#pragma once

#include <QString>
#include <cstdint>

#include "core/tensor4.h"
#include "ui/sample_source.h"

namespace normscope {

/// Where the numbers of the sheet come from, with all that decides them.
struct SheetInput {
    enum class Kind { SmallIntegers, ClassExample, Constant, Outlier, Digits, Activations };

    Kind kind = Kind::ClassExample;
    std::uint64_t seed = 1;
    double constant = 1.0;
    double outlier = 100.0;
    SampleRequest digits = ofKind(SampleRequest::Kind::Digits);
    SampleRequest activations = ofKind(SampleRequest::Kind::Activations);

    /// Real numbers, which have to be asked for.
    bool isSample() const { return kind == Kind::Digits || kind == Kind::Activations; }
    /// Numbers there are for any shape.
    bool isGenerated() const { return !isSample() && kind != Kind::ClassExample; }
    const SampleRequest& request() const { return kind == Kind::Digits ? digits : activations; }

    friend bool operator==(const SheetInput&, const SheetInput&) = default;

  private:
    static SampleRequest ofKind(SampleRequest::Kind kind) {
        SampleRequest request;
        request.kind = kind;
        return request;
    }
};

/// The numbers themselves; those of the class example have a shape of their own. Not for samples.
Tensor4 makeInput(const SheetInput& input, const Shape4& shape);

/// "Small integers, seed 1".
QString inputText(const SheetInput& input);

/// The next batch of the same source; of a source that has only one, the same again. `available`
/// is the number of test images, after which the first one follows.
SheetInput nextBatch(const SheetInput& input, int available);

}  // namespace normscope
