#pragma once

#include <QByteArray>

#include "app/report/report.h"

namespace normscope {

/// One page that needs nothing but itself: its pictures are in it.
QByteArray htmlReport(const Report& report);

}  // namespace normscope
