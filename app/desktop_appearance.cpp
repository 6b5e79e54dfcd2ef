#include "app/desktop_appearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
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
    QDBusMessage question =
        QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    question << kSpace << kKey;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid()) {
            apply(reply.value().variant());
        }
        watcher->deleteLater();
    });
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
