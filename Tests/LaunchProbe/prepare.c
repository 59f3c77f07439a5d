#include "probe.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

// Makes the terminal at `path` the controlling one of a new session, and standard input, output and error.
static int take_terminal(const char *path) {
    if (setsid() < 0) return -1;
    int terminal = open(path, O_RDWR);
    if (terminal < 0 || ioctl(terminal, TIOCSCTTY, 0) != 0) return -1;
    for (int descriptor = 0; descriptor <= 2; descriptor++) dup2(terminal, descriptor);
    if (terminal > 2) close(terminal);
    return 0;
}

// Makes a process group of its own the foreground one, as an interactive shell does.
static int take_foreground(void) {
    if (setpgid(0, 0) != 0) return -1;
    void (*before)(int) = signal(SIGTTOU, SIG_IGN);
    int result = tcsetpgrp(STDIN_FILENO, getpid());
    signal(SIGTTOU, before);
    return result;
}

static int prepare_one(const char *word) {
    const char *value = strchr(word, '=');
    value = value == NULL ? "" : value + 1;
    if (strncmp(word, "ignore=", 7) == 0) return signal(atoi(value), SIG_IGN) == SIG_ERR ? -1 : 0;
    if (strncmp(word, "close=", 6) == 0) return close(atoi(value));
    if (strncmp(word, "terminal=", 9) == 0) return take_terminal(value);
    if (strncmp(word, "alarm=", 6) == 0) return (int)alarm((unsigned)atoi(value));
    if (strcmp(word, "group") == 0) return setpgid(0, 0);
    if (strcmp(word, "foreground") == 0) return take_foreground();
    if (strcmp(word, "session") == 0) return setsid() < 0 ? -1 : 0;
    if (strcmp(word, "block") == 0) {
        sigset_t all;
        sigfillset(&all);
        return sigprocmask(SIG_SETMASK, &all, NULL);
    }
    // A child of its own, that the command inherits.
    if (strcmp(word, "child") == 0) {
        if (fork() == 0) _exit(7);
        return 0;
    }
    return -1;
}

const char *prepare(char **words) {
    for (; *words != NULL && strcmp(*words, "--") != 0; words++) {
        if (prepare_one(*words) != 0) return *words;
    }
    if (*words == NULL) return "nothing to execute";
    execvp(words[1], words + 1);
    return words[1];
}
