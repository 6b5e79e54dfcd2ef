# What many sources of the window and of its tests include: more than half of the time to compile
# one. Each of them names its includes all the same: the presets with sanitizers and clang-tidy go
# without.
set(PRECOMPILED_HEADERS
    <QApplication> <QComboBox> <QDir> <QEvent> <QFileInfo> <QHBoxLayout> <QImage> <QKeyEvent>
    <QLabel> <QLocale> <QMouseEvent> <QPainter> <QPushButton> <QScrollArea> <QSpinBox>
    <QStandardPaths> <QTimer> <QToolButton> <QVBoxLayout> <algorithm> <array> <chrono> <cmath>
    <filesystem> <functional> <map> <memory> <mutex> <optional> <span> <stdexcept> <string> <thread>
    <vector>)
