#ifdef __linux__
// close_range(2)
#define _GNU_SOURCE

#include "supervisor.h"

#include "answer.h"
#include "call.h"
#include "caller.h"
#include "filter.h"
#include "gate.h"
#include "job.h"
#include "request.h"
#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// SECCOMP_IOCTL_NOTIF_SET_FLAGS and SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP, which older headers lack (seccomp_unotify(2)).
#define notify_set_flags SECCOMP_IOW(4, __u64)
#define notify_sync_wake_up 1UL

static struct portrun_failure failed(enum portrun_obstacle obstacle, int code) {
    return (struct portrun_failure){code == ENOSYS ? portrun_obstacle_system : obstacle, code};
}

struct portrun_failure portrun_find_obstacle(pid_t pid, int descriptor) {
#ifdef PORTRUN_SHARES_MEMORY
    // As old as what else is needed, Linux 5.9; it closes nothing.
    if (close_range(UINT_MAX, UINT_MAX, 0) != 0) return failed(portrun_obstacle_system, errno);
    struct seccomp_notif_sizes sizes;
    if (syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) != 0) return failed(portrun_obstacle_filter, errno);
    if (sizes.seccomp_notif > sizeof(union portrun_slot)) return failed(portrun_obstacle_system, E2BIG);
    int taken = portrun_take_from(pid, descriptor);
    if (taken < 0) return failed(portrun_obstacle_access, errno);
    close(taken);
    // Memory that is the same in this process.
    static const char mark = 1;
    char read;
    if (!portrun_read_memory(pid, (uint64_t)(uintptr_t)&mark, &read, sizeof read))
        return failed(portrun_obstacle_access, errno);
    return failed(portrun_no_obstacle, 0);
#else
    (void)pid, (void)descriptor;
    return failed(portrun_obstacle_system, ENOSYS);
#endif
}

struct portrun_failure portrun_read_refusal(int listener) {
    if (listener >= 0) return failed(portrun_no_obstacle, 0);
    return failed(listener == -EBUSY ? portrun_obstacle_nested : portrun_obstacle_filter, -listener);
}

// Between the supervisor and the command before it runs: «go on», and the listener.
static int trial[2];

// The supervisor's end of the socket to the launcher.
static int supervisor_end;

// What the command does first. It may run in the memory of the supervisor.
static bool install_when_told(void) {
    close(trial[0]);
    // Else the launcher would not see the end of a supervisor that is killed before it has said that all is ready.
    close(supervisor_end);
    char go;
    if (portrun_read(trial[1], &go, 1) != 1) return false;
    int listener = portrun_install_filter();
    return portrun_write(trial[1], &listener, sizeof listener) == sizeof listener;
}

// Gives the command the filter, and takes the listener. Nothing is changed where it could not be served.
static struct portrun_failure set_up(struct portrun_translation *translation, pid_t command) {
    struct portrun_failure failure = portrun_find_obstacle(command, trial[1]);
    if (failure.obstacle != portrun_no_obstacle) return failure;
    char go = 1;
    int number;
    if (write(trial[0], &go, 1) != 1 || read(trial[0], &number, sizeof number) != sizeof number)
        return failed(portrun_obstacle_resources, ESRCH);
    failure = portrun_read_refusal(number);
    if (failure.obstacle != portrun_no_obstacle) return failure;
    if (!portrun_begin_serving()) return failed(portrun_obstacle_resources, EAGAIN);
    translation->listener = portrun_take_from(command, number);
    if (translation->listener < 0) return failed(portrun_obstacle_access, errno);
    // Who calls and who answers take turns on one processor then; another one would have to be woken up each time. A
    // kernel before 6.6 does not know it.
    ioctl(translation->listener, notify_set_flags, notify_sync_wake_up);
    return failure;
}

// The first report, with the listener.
static bool send_start(const struct portrun_translation *translation, pid_t command) {
    struct portrun_report report = {.kind = portrun_report_started, .pid = command};
    struct iovec bytes = {&report, sizeof report};
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {.header = {CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS}};
    memcpy(CMSG_DATA(&control.header), &translation->listener, sizeof(int));
    struct msghdr message = {
        .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    return sendmsg(translation->peer, &message, MSG_NOSIGNAL) >= 0;
}

static bool receive_start(struct portrun_translation *translation, struct portrun_report *report) {
    struct iovec bytes = {report, sizeof *report};
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {
        .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t count;
    do {
        count = recvmsg(translation->peer, &message, MSG_CMSG_CLOEXEC);
    } while (count < 0 && errno == EINTR);
    if (count != sizeof *report || report->kind != portrun_report_started) return false;
    if (message.msg_controllen < CMSG_LEN(sizeof(int))) return false;
    memcpy(&translation->listener, CMSG_DATA(&control.header), sizeof(int));
    return true;
}

static void supervise(struct portrun_translation *translation, int peer) __attribute__((noreturn));
static void supervise(struct portrun_translation *translation, int peer) {
    // Whoever loses its parent below becomes a child of this process, which may read the memory of what descends from
    // it where nobody else may (Yama 1).
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    translation->peer = peer;
    translation->is_heard = true;
    pid_t command = -1;
    struct portrun_failure failure = failed(portrun_obstacle_resources, 0);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, trial) == 0) {
        portrun_gate.prepare = install_when_told;
        supervisor_end = peer;
        int pair[2] = {-1, -1};
        if (pipe2(pair, O_CLOEXEC) == 0) translation->executing = pair[0];
        // Before the signals of this process change, since the command gets those.
        command = portrun_start_child();
        failure.code = command < 0 ? errno : 0;
        if (pair[1] >= 0) close(pair[1]);
    } else {
        failure.code = errno;
    }
    if (command > 0) {
        close(portrun_gate.ends[0]);
        close(portrun_gate.ends[1]);
        failure = set_up(translation, command);
    }
    if (failure.obstacle != portrun_no_obstacle) {
        if (command > 0) {
            kill(command, SIGKILL);
            waitpid(command, NULL, 0);
        }
        struct portrun_report report = {
            .kind = portrun_report_failed, .value = failure.obstacle, .pid = failure.code};
        portrun_send_report(translation, &report);
        _exit(0);
    }
    // The launcher goes on at once; it has blocked what the terminal could send to this process as well.
    if (!send_start(translation, command)) kill(command, SIGKILL);
    // In the session this process is a parent in another group of it, as the launcher is to a command with a group of
    // its own, which can be stopped then. But it would be one to the launcher's group, too, which cannot be where no
    // shell would continue it.
    pid_t shell = portrun_job_shell(getppid());
    translation->shell = shell > 0 ? portrun_open_process(shell) : -1;
    int kept[] = {translation->listener, translation->peer, translation->shell, translation->executing};
    portrun_withdraw(kept, 4, translation->shell >= 0);
    portrun_serve_alone(translation, command);
}

// SIGCHLD, which is awaited anyway, also tells of a report.
static void signal_reports(int peer) {
    fcntl(peer, F_SETOWN, getpid());
    fcntl(peer, F_SETSIG, SIGCHLD);
    fcntl(peer, F_SETFL, fcntl(peer, F_GETFL) | O_ASYNC);
}

pid_t portrun_fork_translated(
    struct portrun_image *image, struct portrun_translation *translation, int *channel,
    struct portrun_failure *failure) {
    *channel = -1;
    *failure = failed(portrun_obstacle_resources, 0);
    portrun_write_filter(translation->has_udp, translation->shared->asks_first);
    int pair[2];
    if (!portrun_make_gate(image)) {
        failure->code = errno;
        return -1;
    }
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        failure->code = errno;
        close(portrun_gate.ends[0]);
        close(portrun_gate.ends[1]);
        return -1;
    }
    portrun_gate.is_open = &translation->shared->gate_is_open;
    portrun_gate.is_visible = true;
    int was_subreaper = 0;
    prctl(PR_GET_CHILD_SUBREAPER, &was_subreaper, 0, 0, 0);
    // The command becomes a child of this process when the supervisor is killed.
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    signal_reports(pair[0]);
    translation->supervisor = fork();
    if (translation->supervisor == 0) {
        close(pair[0]);
        supervise(translation, pair[1]);
    }
    failure->code = translation->supervisor < 0 ? errno : ESRCH;
    close(pair[1]);
    close(portrun_gate.ends[1]);
    translation->peer = pair[0];
    struct portrun_report report = {.kind = 0};
    if (translation->supervisor > 0 && receive_start(translation, &report)) {
        *channel = portrun_gate.ends[0];
        *failure = failed(portrun_no_obstacle, 0);
        return report.pid;
    }
    if (report.kind == portrun_report_failed) *failure = failed((enum portrun_obstacle)report.value, report.pid);
    // The end of the gate ends a command whose supervisor was killed.
    close(portrun_gate.ends[0]);
    close(translation->peer);
    translation->peer = -1;
    if (translation->supervisor > 0) waitpid(translation->supervisor, NULL, 0);
    prctl(PR_SET_CHILD_SUBREAPER, was_subreaper, 0, 0, 0);
    return -1;
}

void portrun_succeed(struct portrun_translation *translation) {
    portrun_begin_serving();
    portrun_answer_left(translation);
    portrun_find_successor(translation);
}
#endif
