#include <gmock/gmock.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>

/// In the locale of the environment, as a program with a window is.
int main(int argc, char* argv[]) {
    ::testing::InitGoogleMock(&argc, argv);
    const bool set = std::setlocale(LC_ALL, "") != nullptr;
    const char* wanted = std::getenv("LC_ALL");
    if (wanted != nullptr && std::strcmp(wanted, "de_DE.UTF-8") == 0 &&
        (!set || std::strcmp(std::localeconv()->decimal_point, ",") != 0)) {
        std::fputs("The German locale is not in force.\n", stderr);
        return 1;
    }
    return RUN_ALL_TESTS();
}
