#ifdef __linux__
// SO_NETNS_COOKIE
#define _GNU_SOURCE

#include "caller.h"

#include "short_file.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Linux 5.14
#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif
// Linux 6.9; the value of O_EXCL
#define PORTRUN_PIDFD_THREAD O_EXCL
// Linux 5.6
#define PORTRUN_IPPROTO_MPTCP 262
// Linux 5.6; the same number everywhere
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

static struct {
    // 0 where the kernel has none.
    uint64_t network_cookie;
    struct stat network;
    bool lacks_thread_pidfds;
} own;

static uint64_t number_option(int socket, int option) {
    uint64_t value = 0;
    socklen_t size = sizeof value;
    return getsockopt(socket, SOL_SOCKET, option, &value, &size) == 0 ? value : 0;
}

uint64_t portrun_socket_cookie(int socket) { return number_option(socket, SO_COOKIE); }

void portrun_know_self(void) {
    // Any socket tells the network that it is in.
    int any = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (any >= 0) {
        own.network_cookie = number_option(any, SO_NETNS_COOKIE);
        close(any);
    }
    if (own.network_cookie == 0 && stat("/proc/self/ns/net", &own.network) != 0) own.network.st_ino = 0;
}

int portrun_open_process(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

static pid_t process_of(pid_t thread) {
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%d/status", (int)thread);
    if (!portrun_read_short_file(path, text, sizeof text)) return -1;
    const char *line = strstr(text, "\nTgid:");
    int process = -1;
    return line != NULL && sscanf(line, "\nTgid: %d", &process) == 1 ? process : -1;
}

int portrun_open_thread(pid_t thread) {
    if (!own.lacks_thread_pidfds) {
        int pidfd = (int)syscall(SYS_pidfd_open, thread, PORTRUN_PIDFD_THREAD);
        if (pidfd >= 0 || errno != EINVAL) return pidfd;
        own.lacks_thread_pidfds = true;
    }
    // Older kernels know the first thread of a process only.
    int pidfd = (int)syscall(SYS_pidfd_open, thread, 0);
    if (pidfd >= 0 || (errno != EINVAL && errno != ENOENT)) return pidfd;
    pid_t process = process_of(thread);
    return process > 0 ? (int)syscall(SYS_pidfd_open, process, 0) : -1;
}

int portrun_take_descriptor(int pidfd, int number) { return (int)syscall(SYS_pidfd_getfd, pidfd, number, 0); }

// The thread that was asked for last: mostly it asks again. While its pidfd is open and the thread lives, its number is
// nobody else's.
static struct {
    pid_t thread;
    int pidfd;
} last = {.pidfd = -1};

void portrun_forget_thread(void) {
    if (last.pidfd >= 0) close(last.pidfd);
    last.pidfd = -1;
}

int portrun_take_from(pid_t thread, int number) {
    if (last.pidfd >= 0 && last.thread == thread) {
        int taken = portrun_take_descriptor(last.pidfd, number);
        // Else the thread has ended, and another one has its number.
        if (taken >= 0 || errno != ESRCH) return taken;
    }
    portrun_forget_thread();
    last.thread = thread;
    last.pidfd = portrun_open_thread(thread);
    if (last.pidfd < 0) return -1;
    int taken = portrun_take_descriptor(last.pidfd, number);
    int failure = errno;
    // It may be that of the process, which can outlive the thread.
    if (own.lacks_thread_pidfds) portrun_forget_thread();
    errno = failure;
    return taken;
}

bool portrun_read_transport(int socket, enum portrun_transport *transport) {
    int type = 0, protocol = 0;
    socklen_t size = sizeof type;
    if (getsockopt(socket, SOL_SOCKET, SO_TYPE, &type, &size) != 0) return false;
    size = sizeof protocol;
    if (getsockopt(socket, SOL_SOCKET, SO_PROTOCOL, &protocol, &size) != 0) return false;
    *transport = type == SOCK_STREAM ? portrun_tcp : portrun_udp;
    return (type == SOCK_STREAM && (protocol == IPPROTO_TCP || protocol == PORTRUN_IPPROTO_MPTCP))
        || (type == SOCK_DGRAM && protocol == IPPROTO_UDP);
}

bool portrun_is_in_own_network(pid_t thread, int socket) {
    if (own.network_cookie != 0) return number_option(socket, SO_NETNS_COOKIE) == own.network_cookie;
    // Before Linux 5.14 only the network of the thread can be seen, which nearly always is that of its sockets.
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/ns/net", (int)thread);
    struct stat status;
    return own.network.st_ino != 0 && stat(path, &status) == 0 && status.st_ino == own.network.st_ino
        && status.st_dev == own.network.st_dev;
}
#endif
