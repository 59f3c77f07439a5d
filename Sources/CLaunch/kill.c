#ifdef __linux__
// getpid(2)
#define _GNU_SOURCE

#include "kill.h"

#include "grant.h"
#include "job.h"
#include "short_file.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Whether the numbers of processes that a thread knows are this process's, too.
static bool has_own_numbers(pid_t thread) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/ns/pid", (int)thread);
    struct stat own, other;
    return stat("/proc/self/ns/pid", &own) == 0 && stat(path, &other) == 0 && own.st_ino == other.st_ino
        && own.st_dev == other.st_dev;
}

// The process that a descriptor of a thread stands for, a pidfd or a folder of /proc; 0 where it stands for none.
static pid_t process_behind(pid_t thread, int descriptor) {
    char path[64], text[512];
    int process = 0;
    snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", (int)thread, descriptor);
    if (!portrun_read_short_file(path, text, sizeof text)) return 0;
    const char *line = strstr(text, "\nPid:");
    if (line != NULL) return sscanf(line, "\nPid: %d", &process) == 1 && process > 0 ? process : 0;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)thread, descriptor);
    // A folder of /proc says what that calls it.
    ssize_t length = has_own_numbers(thread) ? readlink(path, text, sizeof text - 1) : 0;
    text[length > 0 ? length : 0] = '\0';
    return sscanf(text, "/proc/%d", &process) == 1 && process > 0 ? process : 0;
}

// Whoever loses its parent below becomes a child of who serves.
static bool is_below(pid_t process) {
    pid_t own = getpid();
    while (process > 1 && process != own) process = portrun_parent_of(process);
    return process == own;
}

struct portrun_answer portrun_answer_kill(
    struct portrun_translation *translation, const struct portrun_request *request) {
    static const struct portrun_answer unchanged = {.continues = true};
    if (!translation->is_heard) return unchanged;
    bool is_number = request->kind != portrun_call_pidfd_send_signal;
    int target = is_number ? request->descriptor : process_behind(request->thread, request->descriptor);
    // The own group, and all processes, are of many; the least number has no group.
    if (target == 0 || target == -1 || target == INT_MIN) return unchanged;
    if (target < 0 && getpgid(request->thread) == -target) return unchanged;
    // Of a group the leader, which may have ended.
    if (is_below(target < 0 ? -target : target) || (is_number && !has_own_numbers(request->thread))) return unchanged;
    struct portrun_report question = {.kind = portrun_report_kill, .value = target, .pid = request->thread};
    if (!portrun_ask(translation, &question)) return unchanged;
    return (struct portrun_answer){.error = -EPERM};
}
#endif
