#ifdef __linux__
// close_range(2)
#define _GNU_SOURCE

#include "server.h"

#include "answer.h"
#include "caller.h"
#include "job.h"
#include "memory.h"
#include "watch.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

void portrun_withdraw(const int *kept, int count, bool stays) {
    if (stays) {
        setpgid(0, 0);
    } else {
        setsid();
    }
    if (chdir("/") != 0) {
        // A mount stays busy then, no more.
    }
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    portrun_forget_thread();
    // All between one that is kept and the next larger one.
    unsigned first = 0;
    while (true) {
        unsigned next = UINT_MAX;
        for (int index = 0; index < count; index++) {
            if ((unsigned)kept[index] >= first && (unsigned)kept[index] < next) next = (unsigned)kept[index];
        }
        if (next > first) close_range(first, next == UINT_MAX ? UINT_MAX : next - 1, 0);
        if (next == UINT_MAX) break;
        first = next + 1;
    }
    // So that nothing of ours becomes a standard descriptor. One more may be open then.
    int null;
    do {
        null = open("/dev/null", O_RDWR | O_CLOEXEC);
    } while (null >= 0 && null < STDERR_FILENO);
    if (null > STDERR_FILENO) close(null);
}

// Waits for the end of the other holder, and goes on in its place.
static void stand_by(struct portrun_translation *translation, int pair) __attribute__((noreturn));
static void stand_by(struct portrun_translation *translation, int pair) {
    int kept[] = {translation->listener, pair};
    translation->shell = translation->executing = -1;
    portrun_withdraw(kept, 2, false);
    struct pollfd end = {.fd = pair};
    while (poll(&end, 1, -1) < 1) continue;
    close(pair);
    portrun_begin_serving();
    portrun_answer_left(translation);
    struct pollfd question = {.fd = translation->listener, .events = POLLIN};
    poll(&question, 1, 0);
    if (portrun_answer_polled(translation, &question)) portrun_find_successor(translation);
    portrun_serve_alone(translation, 0);
}

void portrun_find_successor(struct portrun_translation *translation) {
    if (translation->peer >= 0) close(translation->peer);
    translation->peer = -1;
    translation->is_heard = false;
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) return;
    pid_t pid = fork();
    if (pid == 0) {
        close(pair[0]);
        stand_by(translation, pair[1]);
    }
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
    } else {
        translation->peer = pair[0];
    }
}

// The word of waitpid(2).
static int status_word(const siginfo_t *info) {
    switch (info->si_code) {
    case CLD_EXITED: return (info->si_status & 0xff) << 8;
    case CLD_DUMPED: return info->si_status | 0x80;
    case CLD_STOPPED: return info->si_status << 8 | 0x7f;
    case CLD_CONTINUED: return 0xffff;
    default: return info->si_status;
    }
}

struct command {
    pid_t pid;
    bool has_ended;
    // A report did not fit into the queue of the other holder.
    bool is_untold;
};

// Nobody is left who would continue the command: the launcher, or the shell whose job that is, has ended.
static void leave_job(struct portrun_translation *translation, const struct command *command) {
    if (translation->shell < 0) return;
    close(translation->shell);
    translation->shell = -1;
    pid_t member = translation->is_heard ? getppid() : command->pid;
    pid_t shell = translation->is_heard ? portrun_job_shell(member) : 0;
    if (shell > 0) {
        translation->shell = portrun_open_process(shell);
        if (translation->shell >= 0) return;
    }
    portrun_leave_job(command->has_ended && member == command->pid ? 0 : getpgid(member));
}

// Takes the changes of kind `options` of the children; what the command did is reported first, so that it is known even
// if this process is killed in between.
static void take_changes(
    struct portrun_translation *translation, struct command *command, idtype_t which, id_t pid, int options) {
    while (!command->is_untold) {
        siginfo_t info = {.si_pid = 0};
        if (waitid(which, pid, &info, options | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) return;
        if (info.si_pid == command->pid) {
            struct portrun_report report = {
                .kind = portrun_report_status, .value = status_word(&info), .pid = info.si_pid};
            command->is_untold = !portrun_send_report(translation, &report);
            if (command->is_untold) return;
            if (options == WEXITED) command->has_ended = true;
        }
        // No more than what was seen: a stopped child may have been continued by now.
        int seen = info.si_code == CLD_STOPPED ? WSTOPPED : info.si_code == CLD_CONTINUED ? WCONTINUED : WEXITED;
        waitid(P_PID, (id_t)info.si_pid, &info, seen | WNOHANG);
    }
}

// The sooner of two times in milliseconds, of which a negative one is never.
static int sooner(int one, int other) { return one < 0 || (other >= 0 && other < one) ? other : one; }

void portrun_serve_alone(struct portrun_translation *translation, pid_t pid) {
    if (translation->executing < 0) portrun_return_memory_later();
    struct command command = {.pid = pid, .has_ended = pid == 0};
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    int signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    while (translation->listener >= 0 || !command.has_ended) {
        struct pollfd questions[] = {
            {.fd = translation->listener, .events = POLLIN},
            {.fd = signals, .events = POLLIN},
            {.fd = translation->peer, .events = command.is_untold ? POLLOUT : 0},
            {.fd = translation->shell, .events = POLLIN},
            {.fd = translation->executing, .events = 0},
        };
        int timeout = portrun_has_waiting() ? 0 : sooner(portrun_watch_timeout(), portrun_memory_timeout());
        if (poll(questions, 5, timeout) < 0) continue;
        bool is_needed = portrun_answer_polled(translation, &questions[0]);
        if ((questions[2].revents & (POLLHUP | POLLERR)) != 0) {
            if (is_needed) {
                portrun_find_successor(translation);
            } else {
                close(translation->peer);
                translation->peer = -1;
                translation->is_heard = false;
            }
            leave_job(translation, &command);
        }
        if (questions[3].revents != 0) leave_job(translation, &command);
        if (questions[4].revents != 0) {
            close(translation->executing);
            translation->executing = -1;
            portrun_return_memory_later();
        }
        portrun_return_memory();
        struct signalfd_siginfo info;
        // Not unless it was polled: the end of the listener may come first, and the signal between poll and here.
        bool has_come = questions[1].revents != 0;
        while (has_come && read(signals, &info, sizeof info) > 0) continue;
        if (has_come || command.is_untold) {
            command.is_untold = false;
            take_changes(translation, &command, P_ALL, 0, WEXITED);
            if (!command.has_ended) {
                take_changes(translation, &command, P_PID, (id_t)command.pid, WSTOPPED | WCONTINUED);
            }
        }
        portrun_look(translation);
    }
    _exit(0);
}
#endif
