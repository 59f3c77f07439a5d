#ifdef __linux__
// fork(2), signals
#define _GNU_SOURCE

#include "caller.h"
#include "filter.h"
#include "server.h"
#include "supervisor.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Serves `subject`, which this process is not the parent of. It has the other end of the channel.
static void serve_other(struct portrun_translation *translation, pid_t subject, const int ends[2])
    __attribute__((noreturn));
static void serve_other(struct portrun_translation *translation, pid_t subject, const int ends[2]) {
    int channel = ends[1];
    portrun_withdraw(&channel, 1, false);
    // The number of the listener comes back when nothing is in the way.
    struct portrun_failure failure = portrun_find_obstacle(subject, ends[0]);
    if (failure.obstacle == portrun_no_obstacle && !portrun_begin_serving())
        failure = (struct portrun_failure){portrun_obstacle_resources, EAGAIN};
    int number;
    if (write(channel, &failure, sizeof failure) != sizeof failure
        || read(channel, &number, sizeof number) != sizeof number)
        _exit(0);
    translation->listener = portrun_take_from(subject, number);
    if (translation->listener < 0) _exit(0);
    portrun_find_successor(translation);
    char ready = 1;
    if (write(channel, &ready, 1) != 1) _exit(0);
    close(channel);
    portrun_serve_alone(translation, 0);
}

// Tries out the filter, which can't be taken off again. Its parent goes when it does, so it is nobody's child.
static int start_server(struct portrun_translation *translation, const int channel[2]) {
    pid_t subject = getpid();
    pid_t middle = fork();
    if (middle < 0) return errno;
    if (middle == 0) {
        pid_t server = fork();
        if (server == 0) serve_other(translation, subject, channel);
        int listener = server < 0 ? -errno : portrun_install_filter();
        _exit(listener < 0 ? -listener : 0);
    }
    int status;
    while (waitpid(middle, &status, 0) < 0 && errno == EINTR) continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

// The command is not to find a signal that came of it.
static void forget_child(bool was_pending) {
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    struct timespec none = {0, 0};
    if (!was_pending) sigtimedwait(&child, NULL, &none);
}

bool portrun_translate_self(struct portrun_translation *translation, struct portrun_failure *failure) {
    int adopts = 0;
    prctl(PR_GET_CHILD_SUBREAPER, &adopts, 0, 0, 0);
    if (adopts != 0 || getpid() == 1) {
        *failure = (struct portrun_failure){portrun_obstacle_adopter, 0};
        return false;
    }
    // Nobody is there to tell whose a process is.
    portrun_write_filter(translation->has_udp, false);
    int channel[2];
    *failure = (struct portrun_failure){portrun_obstacle_resources, ESRCH};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0) {
        failure->code = errno;
        return false;
    }
    sigset_t pending;
    sigpending(&pending);
    int code = start_server(translation, channel);
    forget_child(sigismember(&pending, SIGCHLD) == 1);
    close(channel[1]);
    if (code != 0) *failure = portrun_read_refusal(-code);
    bool is_ready = false;
    if (code == 0 && read(channel[0], failure, sizeof *failure) == sizeof *failure
        && failure->obstacle == portrun_no_obstacle) {
        int listener = portrun_install_filter();
        char ready;
        is_ready = listener >= 0 && write(channel[0], &listener, sizeof listener) == sizeof listener
            && read(channel[0], &ready, 1) == 1;
        // From the installation on there is no way back.
        if (!is_ready) *failure = (struct portrun_failure){portrun_obstacle_resources, ESRCH};
    }
    close(channel[0]);
    return is_ready;
}
#endif
