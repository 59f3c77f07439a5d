#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef __linux__
#include <poll.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#else
#include <mach-o/dyld.h>
#include <sys/param.h>
#endif

// Dispositions come first: a signal that was held back must not meet a disposition of portrun's.
static void restore_signals(const struct portrun_image *image) {
    for (int number = 1; number < portrun_signal_limit; number++) {
        if (sigismember(&image->changed, number) != 1) continue;
        signal(number, sigismember(&image->ignored, number) == 1 ? SIG_IGN : SIG_DFL);
    }
    // Unblocking rather than setting the mask: glibc would drop its two internal signals from a whole mask.
    sigprocmask(SIG_UNBLOCK, &image->blocked, NULL);
}

// What stood where the sockets go, to be put back when nothing could be executed; -1 for nothing.
struct displaced {
    int copies[portrun_socket_limit];
};

static void put_back(const struct displaced *displaced, int count) {
    for (int index = 0; index < count; index++) {
        int number = portrun_first_socket + index;
        if (displaced->copies[index] < 0) {
            close(number);
            continue;
        }
        // All that can stand here is portrun's own, since `--listen` refuses descriptors that the command would inherit.
        dup2(displaced->copies[index], number);
        fcntl(number, F_SETFD, FD_CLOEXEC);
        close(displaced->copies[index]);
    }
}

// A socket may itself stand where another one goes, so all are first copied behind the last place.
static int place_sockets(const struct portrun_image *image, struct displaced *displaced) {
    int count = image->socket_count, end = portrun_first_socket + count;
    int copies[portrun_socket_limit];
    for (int index = 0; index < count; index++) {
        copies[index] = fcntl(image->sockets[index], F_DUPFD_CLOEXEC, end);
        if (copies[index] < 0) return errno;
    }
    for (int index = 0; index < count; index++) {
        displaced->copies[index] = fcntl(portrun_first_socket + index, F_DUPFD_CLOEXEC, end);
        if (displaced->copies[index] < 0 && errno != EBADF) return errno;
    }
    for (int index = 0; index < count; index++) {
        if (dup2(copies[index], portrun_first_socket + index) < 0) return errno;
    }
    return 0;
}

// The order of attempts and the errors that end it are those of execvp(3).
static int execute(const struct portrun_image *image) {
    restore_signals(image);
    bool denied = false;
    int failure = ENOENT;
    for (char **candidate = image->candidates; *candidate != NULL; candidate++) {
        execve(*candidate, image->arguments, image->environment);
        if (errno == ENOEXEC) {
            image->script_arguments[1] = *candidate;
            execve(image->script_arguments[0], image->script_arguments, image->environment);
        }
        failure = errno;
        switch (failure) {
        case EACCES:
            denied = true;
            break;
        case ENOENT:
        case ENOTDIR:
        case ENODEV:
        case ESTALE:
        case ETIMEDOUT:
            break;
        default:
            return failure;
        }
    }
    return denied ? EACCES : failure;
}

int portrun_exec(const struct portrun_image *image) {
    if (image->socket_count == 0) return execute(image);
    struct displaced displaced;
    int failure = place_sockets(image, &displaced);
    if (failure != 0) return failure;
    failure = execute(image);
    put_back(&displaced, image->socket_count);
    return failure;
}

// Room for the one control message of the gate, aligned as cmsg(3) wants.
union rights {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * portrun_socket_limit)];
};

void portrun_open_gate(const struct portrun_image *image, int channel) {
    char opened = 1;
    struct iovec data = {.iov_base = &opened, .iov_len = 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
    union rights rights;
    if (image->socket_count > 0) {
        size_t size = sizeof(int) * (size_t)image->socket_count;
        memset(&rights, 0, sizeof rights);
        message.msg_control = rights.bytes;
        message.msg_controllen = CMSG_SPACE(size);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(size);
        memcpy(CMSG_DATA(header), image->sockets, size);
    }
    // Fails only when the child is gone, which waiting for it will tell; SIGPIPE is blocked.
    while (sendmsg(channel, &message, 0) < 0 && errno == EINTR) continue;
}

// Waits for the gate to open, and notes the sockets that came with that by their numbers in this process.
static bool pass_gate(struct portrun_image *image, int channel) {
    char opened;
    struct iovec data = {.iov_base = &opened, .iov_len = 1};
    union rights rights;
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
    message.msg_control = rights.bytes;
    message.msg_controllen = sizeof rights;
    ssize_t got;
    do {
#ifdef __linux__
        got = recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
#else
        got = recvmsg(channel, &message, 0);
#endif
    } while (got < 0 && errno == EINTR);
    if (got != 1) return false;
    if (image->socket_count == 0) return true;
    size_t size = sizeof(int) * (size_t)image->socket_count;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    // The system hands over none or fewer when there is no descriptor left: unix(7), MSG_CTRUNC.
    if (header == NULL || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(size)) return false;
    memcpy(image->sockets, CMSG_DATA(header), size);
    for (int index = 0; index < image->socket_count; index++) fcntl(image->sockets[index], F_SETFD, FD_CLOEXEC);
    return true;
}

static void write_decimal(char *place, long number) {
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) *place++ = digits[--count];
    *place = '\0';
}

__attribute__((noreturn)) static void run_child(struct portrun_image *image, int channel) {
    if (!pass_gate(image, channel)) _exit(125);
    if (image->listen_pid != NULL) write_decimal(image->listen_pid, getpid());
    bool arrived = image->directory == NULL || chdir(image->directory) == 0;
    int failure = arrived ? portrun_exec(image) : errno;
    // The write can only fail when the parent is gone, and then nobody is left to tell.
    ssize_t written = write(channel, &failure, sizeof failure);
    _exit(written < 0 ? 125 : 126);
}

pid_t portrun_fork(struct portrun_image *image, int *channel) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return -1;
    // SOCK_CLOEXEC is missing on Darwin; no other thread can fork in between.
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        run_child(image, ends[1]);
    }
    int failure = errno;
    close(ends[1]);
    if (pid < 0) close(ends[0]);
    *channel = pid < 0 ? -1 : ends[0];
    errno = failure;
    return pid;
}

void portrun_read_ignored(sigset_t *ignored) {
    sigemptyset(ignored);
    for (int number = 1; number < portrun_signal_limit; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN) sigaddset(ignored, number);
    }
}

const char *portrun_executed_path(void) {
#ifdef __linux__
    return (const char *)getauxval(AT_EXECFN);
#else
    static char path[MAXPATHLEN];
    uint32_t size = sizeof path;
    return _NSGetExecutablePath(path, &size) == 0 ? path : NULL;
#endif
}

void portrun_suppress_core(void) {
#ifdef __linux__
    // The limit does not hold for a core that is piped into a program: core(5).
    prctl(PR_SET_DUMPABLE, 0);
#endif
    struct rlimit limit;
    if (getrlimit(RLIMIT_CORE, &limit) != 0) return;
    limit.rlim_cur = 0;
    setrlimit(RLIMIT_CORE, &limit);
}

#ifdef __linux__
// PID_FS_MAGIC of linux/magic.h, which older headers lack. Only inodes of this file system name a process.
static const unsigned long pid_file_system = 0x50494446;

int portrun_look_at(pid_t pid, uint64_t *id, bool *ended) {
    // glibc before 2.36 has no wrapper.
    int descriptor = (int)syscall(SYS_pidfd_open, pid, 0);
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
#endif
