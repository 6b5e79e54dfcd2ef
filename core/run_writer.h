#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/run_lock.h"
#include "core/runs.h"

namespace normscope {

/// Writes one run folder, and remembers what is to stand in it: whatever the disk refuses is tried
/// again with every later writing, and can be saved elsewhere. Shared by the threads of its models.
/// Every writing function throws std::runtime_error with a sentence that names the file when the
/// disk refuses; it is remembered all the same.
class RunWriter {
  public:
    /// A new run in a folder that holds none yet.
    static std::shared_ptr<RunWriter> create(Run run);
    /// One that was read from its folder goes on.
    static std::shared_ptr<RunWriter> reopen(Run run, RunLock lock);
    /// One whose folder cannot be written, which `problem` tells: only remembers until saveTo().
    /// `run.folder` is where it was before, if it goes on.
    static std::shared_ptr<RunWriter> inMemory(Run run, const std::string& problem);

    /// After each finished epoch. checkpoint.pt comes last: what it lets resume is all there.
    void writeEpoch(std::size_t model, const ModelHistory& history, const std::string& modelFile,
                    const std::string& checkpoint);

    /// When the model stops, for whatever reason: also what it measured of an unfinished epoch.
    void writeEnd(std::size_t model, const ModelHistory& history);

    /// Whatever could not be written so far.
    void writeMissing();

    /// All of the run into another folder, which holds none yet, and everything to come as well.
    /// Where that fails, all is as before.
    void saveTo(const std::filesystem::path& folder);

    /// Where it is, or was before it could no longer be written; empty if it never was anywhere.
    std::filesystem::path folder();

    /// Why not all of it is on the disk; empty if it is. Waits for no disk.
    std::string problem() const;

  private:
    /// What is to stand in one file of a model.
    struct File {
        enum class State { Absent, Waiting, Written };
        const char* name;
        State state = State::Absent;
        std::string content = {};
    };
    using ModelFiles = std::vector<File>;

    /// Of one file of a model.
    struct Content {
        const char* name;
        std::string text;
    };

    explicit RunWriter(Run run);

    void rememberFolder();
    void put(std::size_t model, const ModelHistory& history, std::vector<Content> contents);
    void summarizeModel(std::size_t model, const ModelHistory& history);
    void writeAll();
    void writeWaiting(std::size_t model);
    void writeComparison();
    [[noreturn]] void lose(const std::string& problem);
    void setAll(File::State from, File::State to);
    void setProblem(const std::string& problem);

    /// Models write their files at the same time; whoever touches those of others is alone.
    std::shared_mutex place_;
    std::mutex comparison_;        ///< of what stands in comparison.json
    std::optional<RunLock> lock_;  ///< empty: there is no folder to write to
    Run run_;  ///< of its models only outcome and error, the measurements are in the others
    std::vector<ModelSummary> summaries_;
    std::vector<ModelFiles> files_;
    mutable std::mutex problemMutex_;
    std::string problem_;
};

/// The facts of a dataset that a run keeps.
DatasetInfo describe(const Dataset& dataset);

}  // namespace normscope
