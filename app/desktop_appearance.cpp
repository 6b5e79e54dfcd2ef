#include "app/desktop_appearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingReply>
#include <QFileInfo>
#include <QPalette>

namespace normscope {
namespace {

const auto kService = QStringLiteral("org.freedesktop.portal.Desktop");
const auto kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const auto kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const auto kSpace = QStringLiteral("org.freedesktop.appearance");
const auto kKey = QStringLiteral("color-scheme");

/// The values of color-scheme; 0 is no preference.
constexpr uint kPrefersDark = 1;
constexpr uint kPrefersLight = 2;

/// A portal that runs answers within a few milliseconds. One that is still to be started may take
/// longer than anybody wants to wait for a window.
constexpr int kPatienceMilliseconds = 100;
constexpr int kForever = 25'000;  // as Qt has it

/// Without a bus, connecting to one would first try to start it, which takes its time.
bool hasSessionBus() {
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

}  // namespace

DesktopAppearance::DesktopAppearance(const QPalette& platformPalette, QObject* parent)
    : QObject(parent),
      platformIsDark_(platformPalette.color(QPalette::Window).lightness() <
                      platformPalette.color(QPalette::WindowText).lightness()),
      dark_(platformIsDark_) {
    if (hasSessionBus()) {
        ask();
    }
}

void DesktopAppearance::ask() {
    // Qt registers this type when it first meets a value of it; until then it takes no slot for
    // one.
    qRegisterMetaType<QDBusVariant>();
    QDBusConnection bus = QDBusConnection::sessionBus();
    // Before asking, so that no change falls between the two.
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    askFor(kPatienceMilliseconds);
}

void DesktopAppearance::askFor(int milliseconds) {
    QDBusMessage question =
        QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    question << kSpace << kKey;
    question_ = std::make_unique<QDBusPendingCallWatcher>(
        QDBusConnection::sessionBus().asyncCall(question, milliseconds));
    connect(question_.get(), &QDBusPendingCallWatcher::finished, this,
            [this, milliseconds] { takeAnswer(milliseconds); });
}

void DesktopAppearance::takeAnswer(int milliseconds) {
    const QDBusPendingReply<QDBusVariant> reply = *question_;
    if (reply.isValid()) {
        apply(reply.value().variant());
    } else if (reply.error().type() == QDBusError::NoReply && milliseconds != kForever) {
        // Nobody waits any more.
        question_.release()->deleteLater();
        askFor(kForever);
    }
}

void DesktopAppearance::waitForAnswer() {
    if (question_) {
        question_->disconnect(this);
        question_->waitForFinished();
        takeAnswer(kPatienceMilliseconds);
    }
}

void DesktopAppearance::onSettingChanged(const QString& space, const QString& key,
                                         const QDBusVariant& value) {
    if (space == kSpace && key == kKey) {
        apply(value.variant());
    }
}

void DesktopAppearance::apply(const QVariant& colourScheme) {
    QVariant value = colourScheme;
    while (value.canConvert<QDBusVariant>()) {  // Read wraps its answer twice
        value = value.value<QDBusVariant>().variant();
    }
    const uint scheme = value.toUInt();
    const bool dark = scheme == kPrefersDark || (scheme != kPrefersLight && platformIsDark_);
    if (dark != dark_) {
        dark_ = dark;
        emit darkChanged(dark_);
    }
}

}  // namespace normscope
