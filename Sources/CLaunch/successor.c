#ifdef __linux__
// close_range(2)
#define _GNU_SOURCE

#include "server.h"

#include "answer.h"
#include "caller.h"
#include "job.h"
#include "watch.h"

#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <sys/auxv.h>
#include <sys/mman.h>
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

// Gives back the pages from `start` on that are still as the file has them: a page that was written to is not of the
// file any more, which /proc/self/pagemap tells in bit 61.
static void forget_unchanged_pages(uintptr_t start, uintptr_t end, uintptr_t page, int pagemap) {
    uint64_t entries[512];
    while (start < end) {
        size_t wanted = (end - start) / page;
        if (wanted > sizeof entries / sizeof *entries) wanted = sizeof entries / sizeof *entries;
        ssize_t size = pread(pagemap, entries, wanted * sizeof *entries, (off_t)(start / page * sizeof *entries));
        if (size < (ssize_t)sizeof *entries) return;
        size_t count = (size_t)size / sizeof *entries;
        for (size_t index = 0; index < count; index++)
            if ((entries[index] >> 61 & 1) != 0) madvise((void *)(start + index * page), page, MADV_DONTNEED);
        start += count * page;
    }
}

// What of the program is mapped so that it can be written to, or so that it cannot.
static void forget_segments(bool writable) {
    const ElfW(Phdr) *segments = (const ElfW(Phdr) *)getauxval(AT_PHDR);
    uintptr_t count = getauxval(AT_PHNUM), page = getauxval(AT_PAGESZ), base = 0;
    for (uintptr_t index = 0; index < count; index++)
        if (segments[index].p_type == PT_PHDR) base = (uintptr_t)segments - segments[index].p_vaddr;
    int pagemap = writable ? open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC) : -1;
    for (uintptr_t index = 0; index < count; index++) {
        if (segments[index].p_type != PT_LOAD || ((segments[index].p_flags & PF_W) != 0) != writable) continue;
        uintptr_t start = base + segments[index].p_vaddr, end = start + segments[index].p_memsz;
        start &= ~(page - 1);
        end = (end + page - 1) & ~(page - 1);
        if (!writable) {
            madvise((void *)start, end - start, MADV_DONTNEED);
        } else if (pagemap >= 0) {
            forget_unchanged_pages(start, end, page, pagemap);
        }
    }
    if (pagemap >= 0) close(pagemap);
}

// Gives back what of the program has been read and is unchanged: this process needs a small part of it from now on, and
// finds that again in the file. It may live as long as the command does.
static void forget_code(void) { forget_segments(false); }

// The same for variables and constants. Until the command executes its program, it may write to the memory of this
// process, between the look at a page and its end.
static void forget_data(struct portrun_translation *translation) {
    close(translation->executing);
    translation->executing = -1;
    forget_segments(true);
}

void portrun_serve_alone(struct portrun_translation *translation, pid_t pid) {
    forget_code();
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
        if (poll(questions, 5, portrun_has_waiting() ? 0 : portrun_watch_timeout()) < 0) continue;
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
        if (questions[4].revents != 0) forget_data(translation);
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
