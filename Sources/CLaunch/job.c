#ifdef __linux__
// getsid(2)
#define _GNU_SOURCE

#include "job.h"

#include "short_file.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t portrun_parent_of(pid_t pid) {
    char path[64];
    int parent = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    char text[512];
    if (!portrun_read_short_file(path, text, sizeof text)) return 0;
    // The name may hold anything but ends with the last parenthesis; no field behind it has one.
    const char *end = strrchr(text, ')');
    return end != NULL && sscanf(end, ") %*c %d", &parent) == 1 ? parent : 0;
}

pid_t portrun_job_shell(pid_t process) {
    pid_t group = getpgid(process), session = getsid(process);
    for (pid_t parent = portrun_parent_of(process); parent > 0 && getsid(parent) == session;
         parent = portrun_parent_of(parent)) {
        if (getpgid(parent) != group) return parent;
    }
    return 0;
}

// Becomes a member of `group` whose parent is in another one, and ends: only then the kernel looks whether the group is
// an orphaned one.
static void end_as_member(pid_t group) __attribute__((noreturn));
static void end_as_member(pid_t group) {
    setpgid(0, 0);
    pid_t member = fork();
    if (member == 0) {
        setpgid(0, group);
        _exit(0);
    }
    if (member > 0) waitpid(member, NULL, 0);
    _exit(0);
}

void portrun_leave_job(pid_t group) {
    // A leader of a group cannot leave the session, and as a member of that one it is no longer a parent from outside.
    if (group > 0 && setpgid(0, group) == 0) {
        pid_t other = fork();
        if (other == 0) end_as_member(group);
        if (other > 0) waitpid(other, NULL, 0);
    }
    setsid();
}
#endif
