#include "ui/chart/log_ticker.h"

#include <algorithm>
#include <cmath>

namespace normscope {

QVector<double> LogTicker::createTickVector(double tickStep, const QCPRange& range) {
    const int first = static_cast<int>(std::floor(std::log10(range.lower)));
    const int last = static_cast<int>(std::ceil(std::log10(range.upper)));
    const int stride = 1 + (last - first) / 8;
    const QVector<double> steps =
        last - first <= 2 ? QVector<double>{1.0, 2.0, 5.0} : QVector<double>{1.0};
    QVector<double> ticks;
    for (int exponent = first; exponent <= last; exponent += stride) {
        for (const double step : steps) {
            ticks.append(step * std::pow(10.0, exponent));
        }
    }
    const auto seen = std::count_if(ticks.begin(), ticks.end(),
                                    [&](double tick) { return range.contains(tick); });
    return seen >= 2 ? ticks : QCPAxisTicker::createTickVector(tickStep, range);
}

int LogTicker::getSubTickCount(double) {
    return 0;
}

}  // namespace normscope
