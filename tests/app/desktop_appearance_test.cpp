#include "app/desktop_appearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QPalette>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

namespace normscope {
namespace {

const auto kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const auto kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const auto kAppearance = QStringLiteral("org.freedesktop.appearance");
const auto kColourScheme = QStringLiteral("color-scheme");

constexpr uint kNoPreference = 0;
constexpr uint kDark = 1;
constexpr uint kLight = 2;

QVariant variant(const QVariant& value) {
    return QVariant::fromValue(QDBusVariant(value));
}

/// What a desktop puts on the bus.
class Portal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

  public:
    explicit Portal(const QDBusConnection& bus) : bus_(bus) {
        bus_.registerObject(kPath, this, QDBusConnection::ExportAllSlots);
        bus_.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
    }

    void change(const QString& space, uint value) {
        QDBusMessage signal = QDBusMessage::createSignal(kPath, kInterface, "SettingChanged");
        signal << space << kColourScheme << variant(value);
        bus_.send(signal);
    }

  public slots:
    QDBusVariant Read(const QString& space, const QString& key) const {
        const bool known = space == kAppearance && key == kColourScheme;
        return QDBusVariant(variant(known ? kDark : kLight));  // wrapped twice, as desktops do
    }

  private:
    QDBusConnection bus_;
};

}  // namespace

/// Each test talks over a bus of its own that nobody else is on.
class DesktopAppearanceTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void cleanupTestCase();
    void followsThePortal();
    void waitsForThePortal();
    void doesNotWaitForAPortalThatIsSlow();
    void goesByThePlatformWithoutAPortal();

  private:
    QProcess daemon_;
    QString address_;
};

void DesktopAppearanceTest::initTestCase() {
    daemon_.start("dbus-daemon", {"--session", "--nofork", "--print-address"});
    if (!daemon_.waitForStarted()) {
        QSKIP("There is no dbus-daemon.");
    }
    QVERIFY(daemon_.waitForReadyRead());
    address_ = QString::fromLatin1(daemon_.readLine()).trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", address_.toLatin1());
}

void DesktopAppearanceTest::cleanupTestCase() {
    daemon_.terminate();
    daemon_.waitForFinished();
}

// Runs first: nothing may have told Qt about the types on the bus before the program does.
void DesktopAppearanceTest::followsThePortal() {
    Portal portal(QDBusConnection::connectToBus(address_, "portal"));
    DesktopAppearance appearance((QPalette(Qt::white)));
    QSignalSpy changed(&appearance, &DesktopAppearance::darkChanged);
    QVERIFY(!appearance.isDark());

    QTRY_VERIFY(appearance.isDark());
    portal.change(kAppearance, kLight);
    QTRY_VERIFY(!appearance.isDark());
    portal.change(kAppearance, kDark);
    QTRY_VERIFY(appearance.isDark());
    portal.change(QStringLiteral("org.gnome.desktop"), kLight);  // somebody else's setting
    portal.change(kAppearance, kNoPreference);                   // then the platform's colours
    QTRY_VERIFY(!appearance.isDark());
    QCOMPARE(changed.size(), 4);
    QDBusConnection::disconnectFromBus("portal");
}

void DesktopAppearanceTest::waitsForThePortal() {
    Portal portal(QDBusConnection::connectToBus(address_, "portal"));
    QThread desktop;
    portal.moveToThread(&desktop);
    desktop.start();
    DesktopAppearance appearance((QPalette(Qt::white)));
    appearance.waitForAnswer();
    QVERIFY(appearance.isDark());
    desktop.quit();
    desktop.wait();
    QDBusConnection::disconnectFromBus("portal");
}

/// One that cannot answer while it is waited for.
void DesktopAppearanceTest::doesNotWaitForAPortalThatIsSlow() {
    const Portal portal(QDBusConnection::connectToBus(address_, "portal"));
    DesktopAppearance appearance((QPalette(Qt::white)));
    appearance.waitForAnswer();
    QVERIFY(!appearance.isDark());
    QTRY_VERIFY(appearance.isDark());
    QDBusConnection::disconnectFromBus("portal");
}

void DesktopAppearanceTest::goesByThePlatformWithoutAPortal() {
    QVERIFY(!DesktopAppearance(QPalette(Qt::white)).isDark());
    QVERIFY(DesktopAppearance(QPalette(Qt::black)).isDark());
}

}  // namespace normscope

QTEST_MAIN(normscope::DesktopAppearanceTest)
#include "desktop_appearance_test.moc"
