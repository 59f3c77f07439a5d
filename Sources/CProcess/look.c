// syscall(2)
#define _GNU_SOURCE

#include "process.h"

#ifdef __linux__
#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

// PID_FS_MAGIC of linux/magic.h, which older headers lack. Only inodes of this file system name a process.
static const unsigned long pid_file_system = 0x50494446;

// glibc before 2.36 has no wrapper.
int portrun_follow_process(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int portrun_look_at(pid_t pid, uint64_t *id, bool *ended) {
    int descriptor = portrun_follow_process(pid);
    if (descriptor < 0) return errno;
    struct statfs system;
    struct stat status;
    bool named = fstatfs(descriptor, &system) == 0 && (unsigned long)system.f_type == pid_file_system
        && fstat(descriptor, &status) == 0;
    *id = named ? status.st_ino : 0;
    struct pollfd question = {.fd = descriptor, .events = POLLIN};
    *ended = poll(&question, 1, 0) == 1;
    close(descriptor);
    return 0;
}

// PIDFD_GET_…_NAMESPACE of linux/pidfd.h, which older headers lack.
static const unsigned long namespace_requests[] = {
    [PORTRUN_NET_NAMESPACE] = _IO(0xFF, 4),
    [PORTRUN_PID_NAMESPACE] = _IO(0xFF, 5),
    [PORTRUN_TIME_NAMESPACE] = _IO(0xFF, 7),
};

uint64_t portrun_namespace(portrun_namespace_kind kind) {
    int process = (int)syscall(SYS_pidfd_open, getpid(), 0);
    if (process < 0) return 0;
    int descriptor = ioctl(process, namespace_requests[kind], 0);
    close(process);
    if (descriptor < 0) return 0;
    struct stat status;
    uint64_t inode = fstat(descriptor, &status) == 0 ? status.st_ino : 0;
    close(descriptor);
    return inode;
}
#endif
