#include "app/components.h"

#include <qcustomplot.h>
#include <zlib.h>

#include <nlohmann/json.hpp>

#include "core/versions.h"

namespace normscope {

std::vector<Component> components() {
    const auto json = [](const char* part) {
        return QString::number(nlohmann::json::meta()["version"][part].get<int>());
    };
    return {
        {"Qt", qVersion(), "LGPL-3.0"},
        {"QCustomPlot", QCUSTOMPLOT_VERSION_STR, "GPL-3.0-or-later"},
        {"LibTorch", QString::fromStdString(torchVersion()), "BSD-3-Clause"},
        {"JSON for Modern C++", json("major") + '.' + json("minor") + '.' + json("patch"), "MIT"},
        {"zlib", zlibVersion(), "Zlib"},
    };
}

}  // namespace normscope
