// The settings.

#include "app/settings_store.h"
#include "tests/fuzz/reader.h"
#include "tests/fuzz/scratch_file.h"

using namespace normscope;
using namespace normscope::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const ScratchFolder folder;
    StoredState defaults;
    defaults.training.models = {parseModel("batch=batch"), parseModel("layer=layer")};
    const SettingsStore store(
        QString::fromStdString(folder.write("settings.json", textOf(data, size)).string()),
        /*cores=*/4);
    const StoredState state = store.load(defaults);
    validate(state.training);
    expect(state.settings.textScale >= kSmallestTextScale &&
               state.settings.textScale <= kLargestTextScale && state.settings.threads >= 1 &&
               state.settings.threads <= 4,
           "settings lie within their ranges");
    expect(store.save(state), "what was read can be written");
    expect(store.load(defaults) == state, "and comes back");
    return 0;
}
