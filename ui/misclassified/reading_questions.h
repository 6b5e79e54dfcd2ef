#pragma once

#include <optional>

#include "ui/compared_model.h"
#include "ui/reading_source.h"

namespace normscope {

/// The questions of one asker: one is under way at a time, and of those that wait only the latest
/// counts, so that a pen that moves leaves no queue behind.
class ReadingQuestions {
  public:
    /// What to ask now, with an id of its own; empty while another question is under way.
    std::optional<ReadingRequest> ask(ReadingRequest request);

    struct Next {
        bool isAnswer = false;  ///< to the question that was under way
        bool isLatest = false;  ///< and nothing newer waits
        std::optional<ReadingRequest> question;
    };
    /// What an answer means and what to ask after it.
    Next take(const ReadingAnswer& answer);

    /// Answers to what was asked so far do not count any more.
    void forget();

  private:
    std::optional<std::uint64_t> underWay_;
    std::optional<ReadingRequest> waiting_;
};

/// Whether the answers of the ones hold for the others, who look the same: the same networks after
/// as many epochs.
bool areSameNetworks(const Comparison& some, const Comparison& others);

}  // namespace normscope
