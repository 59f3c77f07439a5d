#ifndef PORTRUN_CALL_H
#define PORTRUN_CALL_H

// What the child of a clone calls. It may share the memory of its parent, and with it errno, so on Linux these make the
// system call themselves. Each returns what the call does, or an errno value with its sign turned.

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/types.h>
#include <unistd.h>

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))
#define PORTRUN_SHARES_MEMORY 1

#include <sys/syscall.h>

static inline long portrun_call(long number, long first, long second, long third, long fourth, long fifth) {
#ifdef __x86_64__
    long result = number;
    register long r10 __asm__("r10") = fourth;
    register long r8 __asm__("r8") = fifth;
    __asm__ volatile("syscall"
        : "+a"(result)
        : "D"(first), "S"(second), "d"(third), "r"(r10), "r"(r8)
        : "rcx", "r11", "memory");
    return result;
#else
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = first;
    register long x1 __asm__("x1") = second;
    register long x2 __asm__("x2") = third;
    register long x3 __asm__("x3") = fourth;
    register long x4 __asm__("x4") = fifth;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
    return x0;
#endif
}

static inline int portrun_copy_descriptor(int from, int least) {
    return (int)portrun_call(SYS_fcntl, from, F_DUPFD_CLOEXEC, least, 0, 0);
}
static inline int portrun_place_descriptor(int from, int at, bool closing) {
    return (int)portrun_call(SYS_dup3, from, at, closing ? O_CLOEXEC : 0, 0, 0);
}
static inline int portrun_execute_file(char *path, char **arguments, char **environment) {
    return (int)portrun_call(SYS_execve, (long)path, (long)arguments, (long)environment, 0, 0);
}
static inline long portrun_read(int descriptor, void *bytes, size_t size) {
    return portrun_call(SYS_read, descriptor, (long)bytes, (long)size, 0, 0);
}
static inline long portrun_write(int descriptor, const void *bytes, size_t size) {
    return portrun_call(SYS_write, descriptor, (long)bytes, (long)size, 0, 0);
}
#else
static inline long portrun_or_errno(long result) { return result < 0 ? -errno : result; }

static inline int portrun_copy_descriptor(int from, int least) {
    return (int)portrun_or_errno(fcntl(from, F_DUPFD_CLOEXEC, least));
}
static inline int portrun_place_descriptor(int from, int at, bool closing) {
    int placed = (int)portrun_or_errno(dup2(from, at));
    if (placed >= 0 && closing) fcntl(placed, F_SETFD, FD_CLOEXEC);
    return placed;
}
static inline int portrun_execute_file(char *path, char **arguments, char **environment) {
    return (int)portrun_or_errno(execve(path, arguments, environment));
}
static inline long portrun_read(int descriptor, void *bytes, size_t size) {
    return portrun_or_errno(read(descriptor, bytes, size));
}
static inline long portrun_write(int descriptor, const void *bytes, size_t size) {
    return portrun_or_errno(write(descriptor, bytes, size));
}
#endif

#endif
