#include "ui/misclassified/reading_questions.h"

#include <algorithm>
#include <utility>

namespace normscope {
namespace {

/// Unique over all askers. Widgets live on one thread.
std::uint64_t nextId() {
    static std::uint64_t last = 0;
    return ++last;
}

bool isSame(const ComparedModel& a, const ComparedModel& b) {
    return a.label == b.label && a.variant == b.variant && a.model == b.model &&
           a.run->folder == b.run->folder && a.config().network == b.config().network &&
           a.history().epochs.size() == b.history().epochs.size();
}

}  // namespace

std::optional<ReadingRequest> ReadingQuestions::ask(ReadingRequest request) {
    if (underWay_) {
        waiting_ = std::move(request);
        return std::nullopt;
    }
    request.id = nextId();
    underWay_ = request.id;
    return request;
}

ReadingQuestions::Next ReadingQuestions::take(const ReadingAnswer& answer) {
    if (underWay_ != answer.request.id) {
        return {};
    }
    underWay_.reset();
    if (!waiting_) {
        return {.isAnswer = true, .isLatest = true, .question = std::nullopt};
    }
    return {.isAnswer = true,
            .isLatest = false,
            .question = ask(*std::exchange(waiting_, std::nullopt))};
}

void ReadingQuestions::forget() {
    underWay_.reset();
    waiting_.reset();
}

bool areSameNetworks(const Comparison& some, const Comparison& others) {
    return std::ranges::equal(some, others, isSame);
}

}  // namespace normscope
