#include "launch.h"

#include "call.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
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

// What stood where the sockets go, to be put back when nothing could be executed; below 0 for nothing.
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
        portrun_place_descriptor(displaced->copies[index], number, true);
        close(displaced->copies[index]);
    }
}

// A socket may itself stand where another one goes, so all are first copied behind the last place.
static int place_sockets(const struct portrun_image *image, struct displaced *displaced) {
    int count = image->socket_count, end = portrun_first_socket + count;
    int copies[portrun_socket_limit];
    for (int index = 0; index < count; index++) {
        copies[index] = portrun_copy_descriptor(image->sockets[index], end);
        if (copies[index] < 0) return -copies[index];
    }
    for (int index = 0; index < count; index++) {
        displaced->copies[index] = portrun_copy_descriptor(portrun_first_socket + index, end);
        if (displaced->copies[index] < 0 && displaced->copies[index] != -EBADF) return -displaced->copies[index];
    }
    for (int index = 0; index < count; index++) {
        int placed = portrun_place_descriptor(copies[index], portrun_first_socket + index, false);
        if (placed < 0) return -placed;
    }
    return 0;
}

// The order of attempts and the errors that end it are those of execvp(3).
static int execute(const struct portrun_image *image) {
    restore_signals(image);
    bool denied = false;
    int failure = ENOENT;
    for (char **candidate = image->candidates; *candidate != NULL; candidate++) {
        failure = -portrun_execute_file(*candidate, image->arguments, image->environment);
        if (failure == ENOEXEC) {
            image->script_arguments[1] = *candidate;
            failure = -portrun_execute_file(image->script_arguments[0], image->script_arguments, image->environment);
        }
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

void portrun_adopt_orphans(void) {
#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
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
