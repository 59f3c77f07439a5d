#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

// One line, with everything but plain printable characters as \xNN.
static void print_bytes(FILE *out, const char *name, const char *bytes) {
    fprintf(out, "%s ", name);
    for (; *bytes != '\0'; bytes++) {
        unsigned char byte = (unsigned char)*bytes;
        if (byte < 0x20 || byte > 0x7e || byte == '\\') {
            fprintf(out, "\\x%02x", byte);
        } else {
            fputc(byte, out);
        }
    }
    fputc('\n', out);
}

static void print_descriptors(FILE *out, int own) {
    for (int descriptor = 0; descriptor < 256; descriptor++) {
        struct stat status;
        if (descriptor == own || fstat(descriptor, &status) != 0) continue;
        fprintf(out, "descriptor %d device %llu inode %llu flags %o close-on-exec %d offset %lld\n", descriptor,
            (unsigned long long)status.st_dev, (unsigned long long)status.st_ino,
            (unsigned)fcntl(descriptor, F_GETFL), fcntl(descriptor, F_GETFD),
            (long long)lseek(descriptor, 0, SEEK_CUR));
    }
}

static void print_signals(FILE *out) {
    sigset_t mask;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) != 0) continue;
        const char *disposition = action.sa_handler == SIG_IGN ? "ignored"
            : action.sa_handler == SIG_DFL                     ? "default"
                                                               : "caught";
        fprintf(out, "signal %d %s%s\n", number, disposition,
            sigismember(&mask, number) == 1 ? " blocked" : "");
    }
}

static void print_limits(FILE *out) {
    for (int limit = 0; limit < 16; limit++) {
        struct rlimit value;
        if (getrlimit(limit, &value) != 0) continue;
        fprintf(out, "limit %d %llu %llu\n", limit, (unsigned long long)value.rlim_cur,
            (unsigned long long)value.rlim_max);
    }
}

// What Linux alone can tell: users, capabilities, the raw signal sets, the processors allowed.
static void print_kernel_status(FILE *out) {
    static const char *const names[] = {"Umask:", "Uid:", "Gid:", "Groups:", "Threads:", "SigPnd:", "ShdPnd:",
        "SigBlk:", "SigIgn:", "SigCgt:", "Cap", "NoNewPrivs:", "Seccomp:", "Cpus_allowed:"};
    FILE *status = fopen("/proc/self/status", "re");
    if (status == NULL) return;
    char line[4096];
    while (fgets(line, sizeof line, status) != NULL) {
        for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
            if (strncmp(line, names[index], strlen(names[index])) == 0) fprintf(out, "status %s", line);
        }
    }
    fclose(status);
}

void print_facts(FILE *out, int own, const char *name, char **arguments) {
    print_bytes(out, "name", name);
    for (; *arguments != NULL; arguments++) print_bytes(out, "argument", *arguments);
    for (char **entry = environ; *entry != NULL; entry++) print_bytes(out, "variable", *entry);
    char folder[4096];
    print_bytes(out, "folder", getcwd(folder, sizeof folder) != NULL ? folder : strerror(errno));
    mode_t mask = umask(0);
    umask(mask);
    fprintf(out, "umask %o\n", (unsigned)mask);
    errno = 0;
    fprintf(out, "nice %d\n", getpriority(PRIO_PROCESS, 0));
    fprintf(out, "group %d session %d\n", getpgrp(), getsid(0));
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    fprintf(out, "terminal foreground %d\n", terminal >= 0 ? tcgetpgrp(terminal) : -1);
    if (terminal >= 0) close(terminal);
    print_descriptors(out, own);
    print_signals(out);
    print_limits(out);
    print_kernel_status(out);
}
