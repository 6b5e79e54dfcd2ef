// Loaded into the program with LD_PRELOAD by tests/app/kill_moments_test.py: counts the calls that
// change files and, before the one that NORMSCOPE_KILL_AT names, has the process killed. Without
// that it writes into NORMSCOPE_CALLS, when the process ends, how many there were.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>

namespace {

std::atomic<long> calls = 0;

void count() {
    static const char* const last = std::getenv("NORMSCOPE_KILL_AT");
    if (++calls == (last != nullptr ? std::atol(last) : 0)) {
        ::kill(::getpid(), SIGKILL);
    }
}

template <typename Function>
Function next(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

struct AtTheEnd {
    ~AtTheEnd() {
        if (const char* path = std::getenv("NORMSCOPE_CALLS")) {
            if (std::FILE* file = std::fopen(path, "w")) {
                std::fprintf(file, "%ld", calls.load());
                std::fclose(file);
            }
        }
    }
} atTheEnd;

}  // namespace

extern "C" {

int rename(const char* from, const char* to) noexcept {
    count();
    return next<int (*)(const char*, const char*)>("rename")(from, to);
}

int renameat2(int a, const char* from, int b, const char* to, unsigned flags) noexcept {
    count();
    return next<int (*)(int, const char*, int, const char*, unsigned)>("renameat2")(a, from, b, to,
                                                                                    flags);
}

int mkdir(const char* path, mode_t mode) noexcept {
    count();
    return next<int (*)(const char*, mode_t)>("mkdir")(path, mode);
}

int fsync(int file) {
    count();
    return next<int (*)(int)>("fsync")(file);
}

int open(const char* path, int flags, ...) {
    mode_t mode = 0;
    if ((flags & (O_CREAT | O_TMPFILE)) != 0) {
        std::va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    if ((flags & O_ACCMODE) != O_RDONLY) {
        count();
    }
    return next<int (*)(const char*, int, mode_t)>("open")(path, flags, mode);
}

int open64(const char* path, int flags, ...) __attribute__((alias("open")));
}
