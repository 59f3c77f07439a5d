#ifdef __linux__
#include "patience.h"

#include "clock.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

static timer_t timer;
static bool has_timer;

// Until when calls get short patience, in milliseconds: after one that took long many more may come to the same server.
static int64_t short_until;

static volatile sig_atomic_t has_come;

static void take_note(int number) {
    (void)number;
    has_come = 1;
}

// SIGCHLD is the one signal whose meaning may be repeated: it says that there is something to look at. It is blocked
// but during the call.
bool portrun_start_clock(void) {
    struct sigaction action = {.sa_handler = take_note};
    sigaction(SIGCHLD, &action, NULL);
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGCHLD};
    has_timer = timer_create(CLOCK_MONOTONIC, &event, &timer) == 0;
    return has_timer;
}

static void set_timer(long nanoseconds) {
    // Repeated, as the first may come before the call blocks.
    struct itimerspec time = {{0, nanoseconds}, {0, nanoseconds}};
    if (has_timer) timer_settime(timer, 0, &time, NULL);
}

int portrun_connect_patiently(int socket, const struct portrun_address *address) {
    // In nanoseconds. The long one is longer than a tick: an earlier one would have the clock of the machine set. A
    // server that takes the connection has done so well within the short one.
    enum { long_patience = 5000000, short_patience = 100000, short_time = 1000 };
    bool is_short = short_until != 0 && portrun_now() < short_until;
    sigset_t child, before;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    has_come = 0;
    sigprocmask(SIG_UNBLOCK, &child, &before);
    set_timer(is_short ? short_patience : long_patience);
    int error = connect(socket, (const struct sockaddr *)&address->bytes, address->length) == 0 ? 0 : -errno;
    set_timer(0);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (error == -EINTR) short_until = portrun_now() + short_time;
    // It may have been that of a child.
    if (has_come) kill(getpid(), SIGCHLD);
    return error;
}
#endif
